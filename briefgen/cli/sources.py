"""`briefgen sources`: drafts, lists and verifies the records of source documents."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, echo, show
from briefgen.model.findings import FindingsError, has_errors, plural

if TYPE_CHECKING:
    from briefgen.model.records import Source
    from briefgen.tools.sources import Draft


@click.group(short_help="Draft, list and verify records of source documents.")
def sources() -> None:
    """Work on the records of source documents: draft, list, or compare them with their originals."""


@sources.command(short_help="Draft the record of a text, or bring it up to date.")
@click.argument("file", type=options.PATH)
@click.option("--id", "record", default="", help="The record's id; default: made from the file's name.")
@click.option(
    "--lang",
    "language",
    default="",
    metavar="CODE",
    help="The text's language; default: that of the record, or detected.",
)
@click.pass_obj
def add(start: Path, file: Path, record: str, language: str) -> None:
    """Draft the record of the text FILE, or bring its record up to date; what was curated is kept."""
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.sources import draft_source

    workspace = options.find(start)
    drafted = draft_source(workspace, start / file, record, language)
    shown, draft, original = workspace.shown(drafted.path), drafted.draft, drafted.original
    if not replace_file(drafted.path, drafted.text.encode(), workspace.root):
        echo(f"{shown} is up to date with this text; nothing has changed.")
        return
    echo(f"{shown}: language {draft.value['language']}, {len(original.lines)} lines.")
    for line in _changes(draft):
        echo(f"  {line}")
    if not original.path.resolve().is_relative_to(workspace.originals.resolve()):
        folder = workspace.shown(workspace.originals)
        echo(f"Keep the text in {folder}/, so that `briefgen sources verify` finds it.")
    echo("Next: record what each line says ('says', 'digest'), leave the others out, then: briefgen check")


def _changes(draft: "Draft") -> Iterator[str]:
    """Yield what became of the lines, and what a person has to do."""
    if draft.new:
        yield f"drafted: {_ranges(draft.new)}"
    if draft.again:
        yield f"read again in this language: {_ranges(draft.again)}"
    if draft.as_before:
        yield f"curated in another language, and kept: {_ranges(draft.as_before)}; check their figures again"
    if draft.moved:
        yield f"moved: {', '.join(_moves(draft.moved))}; update the facts that cite these lines"
    if draft.changed:
        yield f"changed: {_ranges(draft.changed)}; check what was curated again"
    if draft.gone:
        yield f"gone from the text, and kept: {_ranges(draft.gone)}; move what they say, or remove them"
    if draft.undecided:
        yield f"to decide: {draft.undecided}; look for 'undecided' in the lines that carry facts"


def _moves(moved: Mapping[int, int]) -> Iterator[str]:
    """Yield lines that moved by the same distance together."""
    for shift in dict.fromkeys(new - old for old, new in moved.items()):
        together = [old for old, new in moved.items() if new - old == shift]
        yield f"{_ranges(together)} to {_ranges(old + shift for old in together)}"


def _ranges(lines: Iterable[int]) -> str:
    """Return 1, 2, 3, 7 as 1-3, 7."""
    ranges: list[list[int]] = []
    for line in sorted(lines):
        if ranges and line == ranges[-1][-1] + 1:
            ranges[-1].append(line)
        else:
            ranges.append([line])
    return ", ".join(str(each[0]) if len(each) == 1 else f"{each[0]}-{each[-1]}" for each in ranges)


@sources.command("list", short_help="List the records and what is used of them.")
@click.pass_obj
def list_records(start: Path) -> None:
    """List the records: which lines carry facts, which are left out and why."""
    from briefgen.read.facts import read_sources

    records, _, wrong = read_sources(options.find(start))
    if has_errors(wrong):
        raise FindingsError(wrong)
    echo("\n\n".join(_coverage(record) for record in records.values()))


def _coverage(record: "Source") -> str:
    carrying = [line for line in record.lines if line.says or line.reports]
    facts = {id for line in record.lines for saying in line.says for id in saying.facts}
    figures = sum(len(line.figures) + len(line.derived) for line in record.lines)
    left_out = "; ".join(f"{reason} {_ranges(lines)}" for reason, lines in record.left_out.items())
    return (
        f"{record.id}  ({record.language}, {record.published.date}, {record.published.basis})\n"
        f"  {record.describes}\n"
        f"  {len(carrying)} lines carry {len(facts)} facts and {figures} figures\n"
        f"  left out: {left_out or 'nothing'}"
    )


@sources.command(short_help="Recompute records from the original texts.")
@click.option("--originals", type=options.PATH, help="Where the texts are; default: seeds/originals.")
@click.pass_obj
def verify(start: Path, originals: Path | None) -> None:
    """Compare hashes, line numbers, quotations and dates of every record with the original texts.

    If an original is missing, it says how many links were not checked.
    """
    from briefgen.tools.originals import compare_all

    workspace = options.find(start)
    found = compare_all(workspace, start / originals if originals else workspace.originals)
    show(found.findings, workspace.root)
    number = len(found.findings)
    echo(
        f"{plural(found.records, 'record')}, {plural(found.links, 'link')}: "
        f"{found.links - found.unchecked} checked, {found.unchecked} not "
        f"({plural(found.absent, 'original')} missing). "
        f"{plural(number, 'finding') if number else 'No findings'}."
    )
    sys.exit(FAULTS if has_errors(found.findings) else OK)
