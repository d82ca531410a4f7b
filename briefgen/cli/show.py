"""How findings are shown: the place, the line itself, what was expected, how to mend it."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from unicodedata import combining, east_asian_width

import click

from briefgen.model.findings import Finding, Location, Severity, in_order

OK, FAULTS, TROUBLE = 0, 1, 2
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_QUOTED = 160
"""Characters of a long line that are quoted."""


def show(findings: Iterable[Finding], root: Path) -> None:
    """Print findings in the order of their places, each with its line, to standard error."""
    for finding in in_order(findings):
        location = _as_called_here(finding.location, root)
        word = click.style(f"{finding.severity.name.lower()} {finding.code}", fg=_COLOURS[finding.severity], bold=True)
        click.echo(f"{click.style(str(location), bold=True)}: {word} {finding.message}", err=True)
        for line in _quoted(location, root):
            click.echo(line, err=True)
        if finding.hint:
            click.echo(f"    help: {finding.hint}", err=True)


def stopped(findings: Iterable[Finding], root: Path, consequence: str = "") -> int:
    """Show why it could not be done, sum up, and give the exit code for it."""
    found = in_order(findings)
    show(found, root)
    click.echo(f"{_counted(found)}. {consequence}".rstrip(), err=True)
    return TROUBLE if any(finding.code.startswith("P") for finding in found) else FAULTS


def _counted(findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    others = len(findings) - errors
    counted = [f"{errors} error{'s' * (errors != 1)}"] if errors else []
    counted += [f"{others} other finding{'s' * (others != 1)}"] if others else []
    return ", ".join(counted)


def _as_called_here(location: Location, root: Path) -> Location:
    """A file of the workspace is called by its path in it."""
    path = Path(location.file)
    inside = path.is_absolute() and path != root and path.is_relative_to(root)
    return replace(location, file=str(path.relative_to(root))) if inside else location


def _quoted(location: Location, root: Path) -> list[str]:
    """The line itself with a caret under the column."""
    if not location.line:
        return []
    try:
        line = (root / location.file).read_text(encoding="utf-8", errors="replace").split("\n")[location.line - 1]
    except (OSError, IndexError):
        return []
    start = max(0, location.column - _QUOTED // 2) if len(line) > _QUOTED else 0
    shown = "".join(sign if sign.isprintable() or sign == "\t" else "\ufffd" for sign in line[start : start + _QUOTED])
    quoted = [f"{location.line:>6} | {shown}"]
    if location.column:
        quoted.append(f"{'':>6} | {_blank(shown[: location.column - 1 - start])}^")
    return quoted


def _blank(text: str) -> str:
    """As wide as the text: Korean takes two columns, a combining mark none, a tab what the terminal gives it."""
    return "".join(
        "\t" if sign == "\t" else "" if combining(sign) else "  " if east_asian_width(sign) in "WF" else " "
        for sign in text
    )
