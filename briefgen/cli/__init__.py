"""The command line, the only package that reads the clock: how it begins, and what it says before commands are loaded.

A `briefgen build` with nothing to do says so before anything heavy is loaded, click included.
"""

import codecs
import gc
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import partial
from io import TextIOWrapper
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefgen.files import seen_from
from briefgen.model.findings import FindingsError, printable
from briefgen.publish import Edition, current_pin, up_to_date
from briefgen.read import facts_files, find_settings, read_fingerprint

OK, FAULTS, TROUBLE = 0, 1, 2
"""Exit codes: done; the facts, catalogs or templates are at fault; wrong use, or the machine is at fault."""


def main() -> None:
    """Run the program; a build with nothing to do ends here, before the commands are loaded."""
    _write_whatever_the_terminal_knows()
    _take_utc_where_no_zone_is_named()
    text = nothing_to_do(sys.argv[1:])
    gc.freeze()  # nor is it looked through again, which Python does at the end too
    gc.enable()
    if text is None:
        from briefgen.cli.app import main as run

        run()
        return
    try:
        _write(text)
    except OSError:  # a closed pipe or a full disk, reported as for every command
        from briefgen.cli.app import exit_code

        sys.exit(exit_code(partial(_write, text)))


_PLAIN = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2060": "", "–": "-", "—": "-", "−": "-", "→": "->"}
_PLAIN |= {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": "-", "†": "+", "×": "x", "•": "*"}
"""What stands for typography in an older encoding; any other sign is written by its number."""


def _write_whatever_the_terminal_knows() -> None:
    """Let no sign end the program that a terminal in EUC-KR, Latin-1 or the like does not have."""

    def replaced(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        signs = error.object[error.start : error.end]
        return "".join(_PLAIN.get(sign, sign.encode("ascii", "backslashreplace").decode()) for sign in signs), error.end

    codecs.register_error("briefgen", replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="briefgen")


def _take_utc_where_no_zone_is_named() -> None:
    """Let a TZ that leads to a folder, or to a file that is no zone, mean UTC, as it does to the C library.

    Babel would fall over it; all days and times here are those of the settings.
    """
    if zone := os.environ.get("TZ", "").removeprefix(":"):
        try:
            with Path("/usr/share/zoneinfo", zone).open("rb") as file:
                is_zone = file.read(4) == b"TZif"
        except FileNotFoundError:  # one that needs no file: UTC+9
            return
        except OSError:
            is_zone = False
        if not is_zone:
            os.environ["TZ"] = "UTC"


def _write(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(printable(text, also="\n"))
        sys.stdout.flush()


_OURS = os.urandom(8).hex()
"""By it our own links are known from those that a text may hold."""
LINK = re.compile(rf"\x1b\]8;id={_OURS}[\d.]*;[!-~]*\x1b\\[^\x1b]*\x1b\]8;;\x1b\\")
"""A link that `linked` has made (OSC 8), whole."""


def is_dumb() -> bool:
    """Return whether the terminal obeys no signs, as that within an editor."""
    return os.environ.get("TERM") == "dumb"


def linked(path: Path, text: str) -> str:
    """Return a text that leads to a file when it is clicked; the bare text where nobody could click it."""
    shown = printable(text)
    if not path.is_absolute() or sys.stdout is None or not sys.stdout.isatty() or is_dumb():
        return shown
    return f"\x1b]8;id={_OURS};{path.as_uri()}\x1b\\{shown}\x1b]8;;\x1b\\"


def nothing_to_do(arguments: Sequence[str]) -> str | None:
    """Return what a plain `build` prints if nothing has changed; None for everything else."""
    names = tuple(each for each in arguments[1:] if each != "--strict")
    if list(arguments[:1]) != ["build"] or any(each.startswith("-") for each in names):
        return None
    if "_BRIEFGEN_COMPLETE" in os.environ:
        return None
    try:
        found = up_to_date_lines(Path.cwd(), names, None, strict="--strict" in arguments)
    except (OSError, FindingsError):
        return None
    return None if found is None or found[1] else "".join(f"{line}\n" for line in found[0])


def up_to_date_lines(
    start: Path, names: Iterable[str], out: Path | None, *, strict: bool
) -> tuple[list[str], tuple[str, ...]] | None:
    """Return lines about the partnerships that a build of today would leave as they are, and the names of the others.

    None if only the build itself can tell: it reports in full whatever is wrong.
    """
    path, table = find_settings(start.absolute())
    facts = {each.stem: each for each in facts_files(path.parent)}
    asked, today = tuple(names) or tuple(facts), _today(table)
    if today is None or not asked or any(name not in facts for name in asked):
        return None
    folder = (start / out if out else path.parent / "out").absolute()
    lines: list[str] = []
    others: list[str] = []
    for name in asked:
        fingerprint = read_fingerprint(path.parent, facts[name], strict=strict)
        if found := up_to_date(folder, facts[name], fingerprint, today):
            lines += unchanged_lines(name, found)
        else:
            others.append(name)
    return lines, tuple(others)


def _today(table: Any) -> date | None:
    """Return today in the time zone of the settings; None if that is not known."""
    zone = table.get("timezone", "UTC") if isinstance(table, dict) else None
    try:
        return datetime.now(ZoneInfo(zone)).date() if isinstance(zone, str) else None
    except (KeyError, OSError, ValueError):
        return None


def unchanged_lines(name: str, edition: Edition) -> Iterator[str]:
    """Yield that nothing was made, because nothing has changed or because a rollback holds."""
    manifest, pin = edition.manifest, current_pin(edition.outdir)
    if pin is None:
        yield f"{name}: nothing has changed since edition {manifest.name}.{expected(manifest.next_change)}"
    else:
        yield f"{name}: a rollback holds edition {manifest.name} since {pin.since}, until one of your files changes."
        yield f"  To end it now: briefgen editions release {manifest.partnership}"
    yield from document_lines(edition)


def document_lines(edition: Edition) -> Iterator[str]:
    """Yield where the documents are, a line each."""
    return (f"  {linked(file, shown(file))}" for file in edition.documents)


def expected(next_change: date | None) -> str:
    """Return when something changes by itself, as a sentence that follows another."""
    return f" Next expected change: {next_change}." if next_change else ""


def shown(path: Path) -> str:
    """Return a path as seen from the current folder."""
    return seen_from(Path.cwd(), path)
