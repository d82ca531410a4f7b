"""What the commands print: findings with their lines, wrapped text, and exit codes."""

import codecs
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from textwrap import fill
from typing import Any
from unicodedata import combining, east_asian_width

import click

from briefgen.model.findings import Finding, Location, Severity, in_order, plural

OK, FAULTS, TROUBLE = 0, 1, 2
"""Exit codes: done; the facts, catalogs or templates are at fault; wrong use, or the machine is at fault."""
WIDTH = 96
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_QUOTED = 160
"""Characters of a long line that are quoted."""
_INVISIBLE = "\u00a0\u2009\u202f\u2060"
"""No-break spaces and the word joiner, which typography needs and no terminal obeys."""


def echo_all(lines: Iterable[str]) -> None:
    """Print each line."""
    for line in lines:
        click.echo(line)


def echo_json(data: Any) -> None:
    """Print data as JSON; dates and enums as text. Where signs may be lost on the way, JSON has numbers for them."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    lossless = codecs.lookup(encoding).name.startswith("utf")
    click.echo(json.dumps(data, indent=2, ensure_ascii=not lossless, default=str))


def show(findings: Iterable[Finding], root: Path) -> None:
    """Print findings in the order of their locations, each with its line, to standard error."""
    for finding in in_order(findings):
        location = _relative(finding.location, root)
        kind = click.style(f"{finding.severity.name.lower()} {finding.code}", fg=_COLOURS[finding.severity], bold=True)
        click.echo(f"{click.style(str(location), bold=True)}: {kind} {finding.message}", err=True)
        for line in _quoted(location, root):
            click.echo(line, err=True)
        if finding.hint:
            click.echo(f"    help: {finding.hint}", err=True)


def stopped(findings: Iterable[Finding], root: Path, consequence: str = "") -> int:
    """Print why a command could not do its work, with a summary, and return the exit code."""
    found = in_order(findings)
    show(found, root)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    counted = [plural(errors, "error")] if errors else []
    counted += [plural(len(found) - errors, "other finding")] if len(found) > errors else []
    click.echo(f"{', '.join(counted)}. {consequence}".rstrip(), err=True)
    return TROUBLE if any(finding.code.startswith("P") for finding in found) else FAULTS


def wrapped(text: str, indent: int = 2, hang: int = 0) -> str:
    """Return text in lines of WIDTH terminal columns; words, hashes and file names are not broken.

    Control characters are replaced: text from a file that anybody may have made must not control the terminal.
    """
    printable = "".join(sign if sign.isprintable() or sign in _INVISIBLE else "\ufffd" for sign in text)
    columns = sum(1 + (east_asian_width(sign) in "WF") for sign in printable)
    return fill(
        printable,
        WIDTH * len(printable) // columns if printable else WIDTH,  # a Korean syllable takes two columns
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _relative(location: Location, root: Path) -> Location:
    """Return the location with a file of the workspace named by its path in it."""
    path = Path(location.file)
    inside = path.is_absolute() and path != root and path.is_relative_to(root)
    return replace(location, file=str(path.relative_to(root))) if inside else location


def _quoted(location: Location, root: Path) -> list[str]:
    """Return the line itself with a caret under the column; nothing if it cannot be read."""
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
    """Return spaces as wide as the text: Korean takes two columns, a combining mark none, a tab stays a tab."""
    return "".join(
        "\t" if sign == "\t" else "" if combining(sign) else "  " if east_asian_width(sign) in "WF" else " "
        for sign in text
    )
