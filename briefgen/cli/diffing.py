"""`briefgen diff`: what changed between two editions, or two days, or since the newest edition."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any
from unicodedata import east_asian_width

import click

from briefgen.assess.briefing import assess
from briefgen.changes.compare import Change, Changes, Snapshot, differences
from briefgen.changes.snapshot import take_snapshot
from briefgen.cli.building import chosen
from briefgen.cli.called import CALLED, find
from briefgen.localise.changes import change_row
from briefgen.localise.context import Context
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, has_errors
from briefgen.model.rows import ChangeRow
from briefgen.publish.editions import Edition, latest, previous_visible
from briefgen.publish.history import snapshot_of
from briefgen.read.checked import read_and_check_facts
from briefgen.read.facts import read_facts
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace
from briefgen.render.change_sheet import rows

WIDTH = 96
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed."""

    sides: tuple[str, ...]
    ahead: bool
    language: str
    partnership: str
    today: date
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two that are compared."""

    name: str
    """Such as "edition 3 (2026-11-21)"."""
    edition: str
    """As people call it: 3, or 3r2; empty where it is a day."""
    day: date
    snapshot: Snapshot

    @property
    def order(self) -> tuple[date, int]:
        """The earlier one comes first; of one day, the edition with the smaller number, then what is no edition."""
        number = CALLED.fullmatch(self.edition)
        return self.day, int(number[1]) if number else 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two sides of one partnership."""

    partnership: str
    sides: tuple[Side, Side]
    rows: tuple[Change, ...]
    worded: tuple[ChangeRow, ...]

    @property
    def major(self) -> bool:
        """Whether readers would have to be told."""
        return Changes(since=0, day=self.sides[0].day, rows=self.rows).major


def diff_all(workspace: Workspace, asked: Asked, *, as_json: bool) -> tuple[str, tuple[Finding, ...]]:
    """Every partnership's changes, as a story or as JSON, and why some have none to tell.

    FindingsError where no partnership has anything to compare.
    """
    if len(asked.sides) + asked.ahead > 2:
        raise click.UsageError("two editions or days can be compared, and --next stands for one of them")
    found = chosen(workspace, (asked.partnership,) if asked.partnership else ())
    compared: list[Comparison] = []
    wanting: list[Finding] = []
    for facts in found:
        try:
            compared.append(comparison(workspace, facts, asked))
        except FindingsError as trouble:
            wanting += trouble.findings
    if not compared:
        raise FindingsError(wanting)
    if as_json:
        return json.dumps([_as_data(each) for each in compared], indent=2, ensure_ascii=False), tuple(wanting)
    return "\n\n".join("\n".join(_story(each)) for each in compared), tuple(wanting)


def comparison(workspace: Workspace, facts: Path, asked: Asked) -> Comparison:
    """One partnership's changes, worded; FindingsError where there is nothing to compare."""
    book, code = _book(workspace, facts), asked.language or workspace.settings.languages[0]
    if code not in (BASE, *workspace.settings.languages):
        raise click.UsageError(
            f"the settings name no language '{code}'; {did_you_mean(code, workspace.settings.languages)}"
        )
    older, newer = sorted(_sides(workspace, facts, book, asked), key=lambda side: side.order)
    found = differences(older.snapshot, newer.snapshot)
    language = read_languages(workspace, [code], facts.parent / "locale")[code]
    briefing = assess(book, asked.today, workspace.settings.due_soon_days, workspace.settings.shelf_lives)
    context = Context(briefing=briefing, language=language)
    return Comparison(
        partnership=book.file.partnership.id,
        sides=(older, newer),
        rows=found,
        worded=tuple(change_row(context, change) for change in found),
    )


def _book(workspace: Workspace, facts: Path) -> FactBook:
    """The facts, for their names; faults in them do not keep two editions from being compared."""
    book, findings = read_facts(workspace, facts)
    if book is None:
        raise FindingsError(finding for finding in findings if has_errors([finding]))
    return book


def _sides(workspace: Workspace, facts: Path, book: FactBook, asked: Asked) -> tuple[Side, Side]:
    outdir = asked.out / book.file.partnership.id
    typed = [_side(workspace, facts, outdir, text) for text in asked.sides]
    if asked.ahead:
        typed.append(_on_day(workspace, facts, asked.today, "now"))
    match typed:
        case [one, other]:
            return one, other
        case [one]:
            return one, _of_edition(_newest(outdir))
        case _:
            newest = _newest(outdir)
            return _of_edition(_before(outdir, newest)), _of_edition(newest)


def _side(workspace: Workspace, facts: Path, outdir: Path, text: str) -> Side:
    if _DAY.fullmatch(text):
        return _on_day(workspace, facts, _day(text), text)
    if not CALLED.fullmatch(text):
        raise click.UsageError(f"'{text}' is neither an edition, such as 7 or 7r2, nor a day, such as 2026-11-21")
    return _of_edition(find(outdir, text))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise click.UsageError(f"'{text}' is no day; write it like 2026-11-21") from None


def _on_day(workspace: Workspace, facts: Path, day: date, name: str) -> Side:
    """What could be said on a day: the same as a reconstruction of it, or as the next edition."""
    book, findings = read_and_check_facts(workspace, facts)
    if book is None or has_errors(findings):
        raise FindingsError(finding for finding in findings if has_errors([finding]))
    briefing = assess(book, day, workspace.settings.due_soon_days, workspace.settings.shelf_lives)
    return Side(
        name=f"the facts as of {day}" if name == "now" else name,
        edition="",
        day=day,
        snapshot=take_snapshot(briefing),
    )


def _of_edition(edition: Edition) -> Side:
    manifest = edition.manifest
    name = f"edition {manifest.name} ({manifest.as_of})"
    return Side(name=name, edition=manifest.name, day=manifest.as_of, snapshot=snapshot_of(edition))


def _newest(outdir: Path) -> Edition:
    """What readers see."""
    if edition := latest(outdir):
        return edition
    hint = "make the first one with `briefgen build`; two days can be compared without any edition"
    raise FindingsError([Finding(Location(str(outdir)), "W009", "there is no edition to compare with", hint=hint)])


def _before(outdir: Path, newest: Edition) -> Edition:
    """The one that it tells changes of."""
    if edition := previous_visible(outdir, newest.order[0]):
        return edition
    message = f"edition {newest.manifest.name} is the first, so there is none before it to compare with"
    hint = "compare it with the facts as they stand now: briefgen diff --next"
    raise FindingsError([Finding(Location(str(outdir)), "W009", message, hint=hint)])


def _story(compared: Comparison) -> Iterator[str]:
    older, newer = compared.sides
    yield click.style(f"{compared.partnership}: from {older.name} to {newer.name}", bold=True)
    if not compared.rows:
        yield "  Nothing changed."
        return
    number = len(compared.rows)
    readers = "readers must be told" if compared.major else "minor: other words or sources only"
    yield f"  {number} change{'s' * (number != 1)}; {readers}."
    told = zip(compared.rows, compared.worded, strict=True)
    for _, group in groupby(told, lambda each: each[0].kind):
        pairs = list(group)
        yield f"\n{click.style(pairs[0][1].kind.label, bold=True)} ({len(pairs)})"
        for change, row in pairs:
            yield from _told(change, row)


def _told(change: Change, row: ChangeRow) -> Iterator[str]:
    yield f"  {click.style(change.fact, fg='cyan')}"
    yield _wrapped(str(row.text))
    old = [*map(str, row.old), *(badge.label for badge in row.was)]
    new = [*map(str, row.new), *(badge.label for badge in row.now)]
    if old or new:
        yield _wrapped(f"{' · '.join(old) or '–'} → {' · '.join(new) or '–'}" if old else f"→ {' · '.join(new)}")
    for note in row.notes:
        yield _wrapped(note)
    yield _wrapped(f"[{', '.join((*change.snapshot.cites, *change.snapshot.reported_by))}]")


def _wrapped(text: str) -> str:
    indent, columns = " " * 6, sum(1 + (east_asian_width(sign) in "WF") for sign in text)
    width = WIDTH * len(text) // columns  # a Korean syllable takes two columns
    return fill(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _as_data(compared: Comparison) -> dict[str, Any]:
    older, newer = compared.sides
    return {
        "partnership": compared.partnership,
        "from": {"edition": older.edition or None, "as_of": str(older.day)},
        "to": {"edition": newer.edition or None, "as_of": str(newer.day)},
        "major": compared.major,
        "changes": rows(compared.rows),
    }
