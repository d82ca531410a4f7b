"""How findings are shown: the place, the line itself, what was expected, how to mend it."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from briefgen.findings import Finding, Severity, in_order

OK, FAULTS, TROUBLE = 0, 1, 2
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def show(findings: Iterable[Finding], root: Path) -> None:
    """Print findings in the order of their places, each with its line, to standard error."""
    for finding in in_order(findings):
        word = click.style(f"{finding.severity.name.lower()} {finding.code}", fg=_COLOURS[finding.severity], bold=True)
        click.echo(f"{click.style(str(finding.place), bold=True)}: {word} {finding.message}", err=True)
        for line in _quoted(finding, root):
            click.echo(line, err=True)
        if finding.hint:
            click.echo(f"    help: {finding.hint}", err=True)


def stop(findings: Iterable[Finding], root: Path) -> NoReturn:
    """Show why nothing could be made, and leave with the code for it."""
    found = in_order(findings)
    show(found, root)
    trouble = any(finding.code.startswith("P") for finding in found)
    click.echo(_sum(found), err=True)
    sys.exit(TROUBLE if trouble else FAULTS)


def _sum(findings: tuple[Finding, ...]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    others = len(findings) - errors
    counted = [f"{errors} error{'s' * (errors != 1)}"] if errors else []
    counted += [f"{others} other finding{'s' * (others != 1)}"] if others else []
    return f"{', '.join(counted)}. Nothing was written; what stood in out/ stands as it was."


def _quoted(finding: Finding, root: Path) -> list[str]:
    """The line itself with a caret under the column."""
    place = finding.place
    if not place.line:
        return []
    try:
        line = (root / place.file).read_text(encoding="utf-8", errors="replace").split("\n")[place.line - 1]
    except (OSError, IndexError):
        return []
    quoted = [f"{place.line:>6} | {line}"]
    if place.column:
        quoted.append(f"{'':>6} | {' ' * (place.column - 1)}^")
    return quoted
