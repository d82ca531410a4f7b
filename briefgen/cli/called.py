"""An edition as people call it: 7 for its latest revision, or 7r2 for its second."""

import re
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.editions import Edition, editions

CALLED = re.compile(r"(\d+)(?:r(\d+))?")
_FEW = 12


def find(outdir: Path, called: str) -> Edition:
    """The edition that is called so; FindingsError names the nearest there is."""
    standing = editions(outdir)
    if match := CALLED.fullmatch(called):
        number, revision = int(match[1]), int(match[2] or 0)
        wanted = [each for each in standing if each.order[0] == number and revision in (0, each.order[1])]
        if wanted:
            return wanted[-1]
    hint = _near(called, [each.manifest.name for each in standing])
    raise FindingsError([Finding(Location(str(outdir)), "W009", f"there is no edition '{called}'", hint=hint)])


def _near(called: str, names: list[str]) -> str:
    """The nearest number, and the first and last there are."""
    if not names:
        return "there is none at all yet; make the first one with `briefgen build`"
    listed = ", ".join(names) if len(names) <= _FEW else f"{names[0]} to {names[-1]}"
    match = CALLED.fullmatch(called)
    if match is None:
        return f"write it like 7, or 7r2; there are: {listed}"
    nearest = min(names, key=lambda each: abs(int(each.partition("r")[0]) - int(match[1])))
    return f"the nearest is {nearest}; there are: {listed}"
