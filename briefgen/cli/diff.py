"""`briefgen diff`."""

import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import options
from briefgen.cli.output import OK, echo, echo_json, stopped, styled, wrapped
from briefgen.model.findings import Finding, FindingsError, plural

if TYPE_CHECKING:
    from briefgen.changes.compare import Change
    from briefgen.model.page import ChangeRow
    from briefgen.tools.compare import Ahead, Comparison


class _Side(options.Day):
    """An edition (7, or 7r2) or a day (2026-11-21)."""

    name = "SIDE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number of an edition as text, or a date; wrong use for anything else."""
        if re.fullmatch(r"\d{1,7}(r\d+)?", value, re.ASCII):
            return value
        if value.count("-") != 2:
            self.fail(f"'{value}' is neither an edition, such as 7 or 7r2, nor a day, such as 2026-11-21", param, ctx)
        return super().convert(value, param, ctx)


@click.command(short_help="Show what changed between two editions or two days.")
@click.argument("sides", metavar="[A] [B]", nargs=-1, type=_Side())
@click.option("--next", "with_next", is_flag=True, help="Compare with what the facts say now, without building.")
@click.option("--lang", "language", default="", metavar="CODE", help="In this language; default: the settings' first.")
@click.option("--partnership", default="", metavar="NAME", help="Only this partnership; default: all.")
@click.option("--out", type=options.PATH, help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff(
    start: Path,
    sides: tuple[str | date, ...],
    with_next: bool,
    language: str,
    partnership: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Show what changed between A and B, corrections first, with both values and the lines cited.

    A and B are editions (7, or 7r2 for its second revision) or days (2025-09-01: what could be known and said then).
    Without B: A and the newest edition. With neither: the newest edition and the one before it. The earlier of the
    two always comes first. With --next: what the next edition would report if it were built now; with --next alone,
    also which documents and pages would change, and with --lang in which words; they are made and not written.

    The exit code is 0 whether or not anything changed; 1 if a partnership has nothing to compare.
    """
    from briefgen.read.languages import BASE
    from briefgen.tools.building import choose_partnerships
    from briefgen.tools.compare import compare, look_ahead

    workspace = options.find(start)
    if len(sides) + with_next > 2:
        raise click.UsageError("only two editions or days can be compared, and --next counts as one of them")
    code = options.language_of(workspace, language, BASE)
    folder, today = options.out_folder(start, out), options.current_time(workspace).date()
    compared: list[tuple[Comparison, Ahead | None]] = []
    missing: list[Finding] = []
    for facts in choose_partnerships(workspace, (partnership,) if partnership else ()):
        try:
            compared.append((compare(workspace, facts, folder, today, code, sides, with_next=with_next), None))
            if with_next and not sides:
                compared[-1] = compared[-1][0], look_ahead(workspace, facts, folder, today, language)
        except FindingsError as error:
            missing += error.findings
    if not compared:
        raise FindingsError(missing)
    if as_json:
        echo_json([each.to_data() | ({"next": asdict(next_)} if next_ else {}) for each, next_ in compared])
    else:
        echo(
            "\n\n".join(
                "\n".join((*_lines(each), *_ahead_lines(next_, quoting=bool(language)))) for each, next_ in compared
            )
        )
    sys.exit(stopped(missing, workspace.root) if missing else OK)


def _lines(compared: "Comparison") -> Iterator[str]:
    heading = f"{compared.partnership}: from {compared.older.name} to {compared.newer.name}"
    yield styled(heading, bold=True)
    if not compared.changes:
        yield "  Nothing changed."
        return
    readers = "readers must know" if compared.major else "minor: only other words or sources"
    yield f"  {plural(len(compared.changes), 'change')}; {readers}."
    pairs = zip(compared.changes, compared.rows, strict=True)
    for _, group in groupby(pairs, lambda each: each[0].kind):
        found = list(group)
        yield f"\n{styled(found[0][1].kind.label, bold=True)} ({len(found)})"
        for change, row in found:
            yield from _change_lines(change, row)


def _change_lines(change: "Change", row: "ChangeRow") -> Iterator[str]:
    from briefgen.tools.compare import before_and_now

    yield f"  {styled(change.fact, fg='cyan')}"
    yield wrapped(str(row.text), 6)
    old, new = before_and_now(row)
    if old or new:
        yield wrapped(f"{old} → {new or '–'}" if old else f"→ {new}", 6)
    for note in row.notes:
        yield wrapped(note, 6)
    yield wrapped(f"[{', '.join((*change.snapshot.cites, *change.snapshot.reported_by))}]", 6)


_MOST_LINES = 5
"""How many new lines of a document are quoted, and how many that are gone."""


def _ahead_lines(ahead: "Ahead | None", *, quoting: bool) -> Iterator[str]:
    """Yield what readers would be given, document by document."""
    if ahead is None:
        return
    yield f"\n{styled(ahead.sentence, bold=True)}"
    if ahead.compared:
        others = ahead.compared - len(ahead.documents)
        yield f"  {plural(len(ahead.documents), 'document')} would say something else, {others} would not."
    for each in ahead.documents:
        yield wrapped(f"{each.name}: {each.where}", 2, 2)
        for sign, texts in (("+", each.added), ("-", each.removed)) if quoting else ():
            yield from (wrapped(f"{sign} {text}", 6, 2) for text in texts[:_MOST_LINES])
            if len(texts) > _MOST_LINES:
                yield wrapped(f"{sign} and {len(texts) - _MOST_LINES} more", 6)
