"""`briefgen sources`: drafts, lists and verifies the records of source documents."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, echo, echo_all, echo_json, show, styled, wrapped
from briefgen.model.findings import FindingsError, has_errors, plural

if TYPE_CHECKING:
    from briefgen.model.records import Source
    from briefgen.tools.source_lines import SourceLine
    from briefgen.tools.sources import Draft

_SHORT = 60


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
@click.option("--publisher", default="", metavar="NAME", help="Who published it; default: not stated.")
@click.option("--describes", default="", metavar="TEXT", help="What the document is, in your own words.")
@click.option("--published", default="", metavar="DAY", help="The day of publication, if a line of the text gives it.")
@click.option("--account", default="", metavar="PARTY", help="Whose view it gives, if any side's.")
@click.option("--url", default="", metavar="ADDRESS", help="Where it stands.")
@click.pass_obj
def add(start: Path, /, file: Path, record: str, language: str, **head: str) -> None:
    """Draft the record of the text FILE, or bring its record up to date; what was curated is kept."""
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.sources import draft_source

    workspace = options.find(start)
    drafted = draft_source(workspace, start / file, record, language, head)
    shown, draft, original = workspace.shown(drafted.path), drafted.draft, drafted.original
    if not replace_file(drafted.path, drafted.text.encode(), workspace.root):
        echo(f"{shown} is up to date with this text; nothing has changed.")
        return
    echo(f"{shown}: language {draft.value['language']}, {plural(len(original.lines), 'line')}.")
    for line in _changes(draft):
        echo(f"  {line}")
    if not original.path.resolve().is_relative_to(workspace.originals.resolve()):
        folder = workspace.shown(workspace.originals)
        echo(f"Keep the text in {folder}/, so that `briefgen sources verify` finds it.")
    id = drafted.path.stem
    echo(f"Next, for each line you use: briefgen fact add {id}:LINE; then: briefgen sources leave-out {id} --as unused")


def _changes(draft: "Draft") -> list[str]:
    """Return what became of the lines, and what a person has to do."""
    old = draft.as_before
    rows = (
        (draft.new, f"drafted: {_ranges(draft.new)}"),
        (draft.again, f"read again in this language: {_ranges(draft.again)}"),
        (old, f"curated in another language, and kept: {_ranges(old)}; check their figures again"),
        (draft.moved, f"moved: {', '.join(_moves(draft.moved))}; update the facts that cite these lines"),
        (draft.changed, f"changed: {_ranges(draft.changed)}; check what was curated again"),
        (draft.gone, f"gone from the text, and kept: {_ranges(draft.gone)}; move what they say, or remove them"),
        (draft.undecided, f"to decide: {draft.undecided}; look for 'undecided' in the lines that carry facts"),
    )
    return [line for found, line in rows if found]


def _moves(moved: Mapping[int, int]) -> Iterator[str]:
    """Yield lines that moved by the same distance together."""
    for shift in dict.fromkeys(new - old for old, new in moved.items()):
        together = [old for old, new in moved.items() if new - old == shift]
        yield f"{_ranges(together)} to {_ranges(old + shift for old in together)}"


def _ranges(lines: Iterable[int]) -> str:
    """Return 1, 2, 3, 7 as 1-3, 7."""
    runs = groupby(enumerate(sorted(lines)), key=lambda each: each[1] - each[0])
    ranges = ([line for _, line in run] for _, run in runs)
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
        f"  {plural(len(carrying), 'line')} with {plural(len(facts), 'fact')} and {plural(figures, 'figure')}\n"
        f"  left out: {left_out or 'nothing'}"
    )


@sources.command(name="show", short_help="Show a line beside what was read in it.")
@click.argument("name", metavar="SOURCE[:LINE]")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
@click.pass_obj
def show_line(start: Path, name: str, as_json: bool) -> None:
    """Show a line of a source beside its record: what it says, its figures, what is undecided, which facts cite it.

    Without :LINE, every line in short: which carry facts, which are left out, where nothing is said yet.
    """
    from briefgen.tools.source_lines import citing, find_record, split_name

    workspace = options.find(start)
    source, number = split_name(name)
    record, facts = find_record(workspace, source), citing(workspace, source)
    lines = [record.line(each) for each in ([number] if number else record.numbers)]
    if as_json:
        echo_json([{**asdict(line), "facts": facts.get(line.number, ())} for line in lines])
    elif number:
        echo_all(source_line(f"{source}:L{number}", lines[0], facts.get(number, ())))
    else:
        echo_all(in_short(line, facts.get(line.number, ())) for line in lines)


@sources.command(short_help="Leave lines out of a record that carry no fact.")
@click.argument("name", metavar="SOURCE")
@click.argument("lines", nargs=-1, metavar="[LINE | FROM-TO]...")
@click.option("--as", "reason", required=True, metavar="REASON", help="Why: caption, question, repeated, unused ...")
@click.pass_obj
def leave_out(start: Path, name: str, lines: tuple[str, ...], reason: str) -> None:
    """List lines of SOURCE under `left_out`, and take away what was drafted of them.

    Without LINE, all that say nothing yet; a line that says something is not touched.
    """
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.source_lines import find_record, without_lines

    workspace = options.find(start)
    record = find_record(workspace, name)
    text, taken = without_lines(workspace, record, (n for each in lines for n in _numbers(each)), reason)
    replace_file(record.path, text.encode(), workspace.root)
    echo(f"{workspace.shown(record.path)}: left out as {reason}: {_ranges(taken) or 'nothing'}.")


def _numbers(typed: str) -> Iterator[int]:
    """Yield the lines of 7, L7 or 7-12."""
    found = re.fullmatch(r"L?(\d{1,6})(?:-L?(\d{1,6}))?", typed, re.IGNORECASE)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first:
        raise click.UsageError(f"'{typed}' is no line; write 7 or 7-12")
    yield from range(first, last + 1)


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


def source_line(name: str, line: "SourceLine", facts: Iterable[str]) -> Iterator[str]:
    """Yield a line and its entry: digest, who says what, each figure with its words, notes, and the facts."""
    yield styled(name, bold=True)
    yield wrapped(line.text or "(the original is not here)", indent=4)
    yield ""
    entry = line.entry
    if line.left_out:
        yield f"  left out: {line.left_out}"
    elif not entry:
        yield "  not recorded"
    if entry.get("digest"):
        yield wrapped(f"digest: {entry['digest']}", hang=2)
    for saying in entry.get("says") or ():
        yield wrapped(f"says: {_saying(saying)}", hang=2)
    for id, delivery in (entry.get("reports") or {}).items():
        yield f"  reports: {id} {delivery}"
    yield from _figures(entry)
    for note in entry.get("undecided") or ():
        yield wrapped(f"undecided: {note}", hang=2)
    yield f"  cited by: {', '.join(facts) or 'no fact'}"


def in_short(line: "SourceLine", facts: Iterable[str]) -> str:
    """Return a line on one line: its number, what became of it, and how it begins."""
    cited = ", ".join(facts)
    state = cited or (f"left out: {line.left_out}" if line.left_out else "nothing said yet")
    if not cited and line.entry.get("says"):
        state = "recorded"
    begin = line.text[:_SHORT] + ("…" if len(line.text) > _SHORT else "")
    return f"L{line.number:<4} {begin:<{_SHORT + 1}}  {state}"


def _figures(entry: Mapping[str, Any]) -> Iterator[str]:
    for name, figure in (entry.get("figures") or {}).items():
        yield wrapped(f"figure {name}: {figure.get('value')}  ‹{figure.get('as')}›", hang=2)
    for name, figure in (entry.get("derived") or {}).items():
        yield wrapped(f"derived {name}: {figure.get('value')}, because {figure.get('why')}", hang=2)


def _saying(saying: Mapping[str, Any]) -> str:
    """Return who says what to whom, and the facts that rest on it."""
    by, to = (", ".join(saying.get(key) or ()) for key in ("by", "to"))
    parts = [by, f"({saying['speaker']})" if saying.get("speaker") else "", saying.get("act") or "stated"]
    parts += [f"to {to}" if to else "", f"on {saying['on']}" if saying.get("on") else ""]
    return f"{' '.join(filter(None, parts))} → {', '.join(saying.get('facts') or ())}"
