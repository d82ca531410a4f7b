"""`briefgen sources`: the records of source documents; `explain`: the chain behind a fact; `where`: what uses it."""

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import FAULTS, OK
from briefgen.cli.output import (
    AS_JSON,
    EDITIONS_IN,
    IN_LANGUAGE,
    PATH,
    Command,
    DayOption,
    Group,
    Here,
    answer,
    echo,
    echo_all,
    echo_json,
    show,
    styled,
    wrapped,
)
from briefgen.model.findings import FindingsError, counted_pages, did_you_mean, errors, plural
from briefgen.model.texts import parse_address

if TYPE_CHECKING:
    from briefgen.model.records import Source
    from briefgen.tools.explain import ExplainedDate, ExplainedLine, Explanation, Use, Uses
    from briefgen.tools.source_lines import SourceLine
    from briefgen.tools.sources import Draft

_SHORT = 60


def _address(_: click.Context, __: click.Parameter, typed: str) -> str:
    try:
        return parse_address(typed)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.group(cls=Group, short_help="Draft, list and verify records of source documents.")
def sources() -> None:
    """Work on the records of source documents: draft, list, or compare them with their originals."""


@sources.command(short_help="Draft the record of a text, or bring it up to date.")
@click.argument("file", type=PATH)
@click.option("--id", "record", default="", help="The record's id; default: made from the file's name.")
@click.option(
    "--lang",
    "language",
    default="",
    metavar="CODE",
    help="The text's language; default: that of the record, or detected.",
)
@click.option("--again", is_flag=True, help="Read each line anew of which nothing is said yet.")
@click.option("--publisher", default="", metavar="NAME", help="Who published it; default: not stated.")
@click.option("--describes", default="", metavar="TEXT", help="What the document is, in your own words.")
@click.option(
    "--published", default="", metavar="DAY", help="The day of publication; 'DAY because WHY' if no line gives it."
)
@click.option("--account", default="", metavar="PARTY", help="Whose view it gives, if any side's.")
@click.option("--url", default="", metavar="ADDRESS", callback=_address, help="Where it stands.")
@click.pass_obj
def add(here: Here, /, file: Path, record: str, language: str, *, again: bool, **head: str) -> None:
    """Draft the record of the text FILE, or bring its record up to date; what was curated is kept."""
    from briefgen.tools.sources import draft_source

    workspace = here.workspace
    original, draft, path, text = draft_source(workspace, here.folder / file, record, language, head, again=again)
    if not here.write(path, text):
        echo(f"{workspace.shown(path)} is up to date with this text; nothing has changed.")
        echo_all(f"  {line}" for line in _otherwise(draft))
        return
    echo(f"{workspace.shown(path)}: language {draft.value['language']}, {plural(len(original.lines), 'line')}.")
    echo_all(f"  {line}" for line in _changes(draft))
    if not original.path.resolve().is_relative_to(workspace.originals.resolve()):
        folder = workspace.shown(workspace.originals)
        echo(f"Keep the text in {folder}/, so that `briefgen sources verify` finds it.")
    id = path.stem
    echo(f"Next, for each line you use: briefgen fact add {id}:LINE; then: briefgen sources leave-out {id} --as unused")


def _changes(draft: "Draft") -> list[str]:
    """Return what became of the lines, and what a person has to do."""
    kept = draft.as_before
    shifts = dict.fromkeys(new - old for old, new in draft.moved.items())  # lines that moved equally far go together
    together = ((shift, [old for old, new in draft.moved.items() if new - old == shift]) for shift in shifts)
    moves = ", ".join(f"{_ranges(olds)} to {_ranges(old + shift for old in olds)}" for shift, olds in together)
    rows = (
        (draft.new, f"lines drafted: {_ranges(draft.new)}"),
        (draft.again, f"lines read again: {_ranges(draft.again)}"),
        (kept, f"curated in another language, and kept: {_ranges(kept)}; check their figures again"),
        (draft.moved, f"moved: {moves}; update the facts that cite these lines"),
        (draft.changed, f"changed: {_ranges(draft.changed)}; check what was curated again"),
        (draft.gone, f"gone from the text, and kept: {_ranges(draft.gone)}; move what they say, or remove them"),
        (draft.undecided, f"to decide: {draft.undecided}; look for 'undecided' in the lines that carry facts"),
    )
    return [*(line for found, line in rows if found), *_otherwise(draft)]


def _otherwise(draft: "Draft") -> list[str]:
    """Return what to do about lines that are read otherwise with the words that a language has today."""
    lines = draft.otherwise
    return (
        [f"lines that would be read otherwise today: {_ranges(lines)}; to read them again, add --again"]
        if lines
        else []
    )


def _ranges(lines: Iterable[int]) -> str:
    """Return 1, 2, 3, 7 as 1-3, 7."""
    runs = groupby(enumerate(sorted(lines)), key=lambda each: each[1] - each[0])
    ranges = ([line for _, line in run] for _, run in runs)
    return ", ".join(str(each[0]) if len(each) == 1 else f"{each[0]}-{each[-1]}" for each in ranges)


@sources.command("list", short_help="List the records and what is used of them.")
@click.pass_obj
def list_records(here: Here) -> None:
    """List the records: which lines carry facts, which are left out and why."""
    from briefgen.read.facts import read_sources

    records, _, wrong = read_sources(here.workspace)
    if errors(wrong):
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
def show_line(here: Here, name: str, as_json: bool) -> None:
    """Show a line of a source beside its record: what it says, its figures, what is undecided, which facts cite it.

    Without :LINE, every line in short: which carry facts, which are left out, where nothing is said yet.
    """
    from briefgen.tools.source_lines import citing, find_record, split_name

    source, number = split_name(name)
    record, facts = find_record(here.workspace, source), citing(here.workspace, source)
    lines = [record.line(each) for each in (record.numbers if number is None else [number])]
    if as_json:
        echo_json([{**asdict(line), "facts": facts.get(line.number, ())} for line in lines])
    elif number is not None:
        echo_all(source_line(f"{source}:L{number}", lines[0], facts.get(number, ())))
    else:
        echo_all(in_short(line, facts.get(line.number, ())) for line in lines)


@sources.command(short_help="Leave lines out of a record that carry no fact.")
@click.argument("name", metavar="SOURCE")
@click.argument("lines", nargs=-1, metavar="[LINE | FROM-TO]...")
@click.option("--as", "reason", required=True, metavar="REASON", help="Why: caption, question, repeated, unused ...")
@click.pass_obj
def leave_out(here: Here, name: str, lines: tuple[str, ...], reason: str) -> None:
    """List lines of SOURCE under `left_out`, and take away what was drafted of them.

    Without LINE, all that say nothing yet; a line that says something is not touched.
    """
    from briefgen.tools.source_lines import find_record, reasons, without_lines

    workspace, reason = here.workspace, " ".join(reason.split())
    record = find_record(workspace, name)
    known = reasons(workspace, record)
    text, taken = without_lines(workspace, record, (n for each in lines for n in _numbers(each)), reason)
    here.write(record.path, text)
    if reason not in known:
        hint = did_you_mean(reason, known) or "see briefgen sources leave-out --help"
        echo(f"'{reason}' is a reason that no record had before; {hint}", err=True)
    echo(f"{workspace.shown(record.path)}: left out as {reason}: {_ranges(taken) or 'nothing'}.")


def _numbers(typed: str) -> Iterator[int]:
    """Yield the lines of 7, L7 or 7-12."""
    found = re.fullmatch(r"L?(\d{1,6})(?:-L?(\d{1,6}))?", typed, re.IGNORECASE)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first:
        raise click.UsageError(f"'{typed}' is no line; write 7 or 7-12")
    yield from range(first, last + 1)


@sources.command(short_help="Recompute records from the original texts.")
@click.option("--originals", type=PATH, help="Where the texts are; default: seeds/originals.")
@click.pass_obj
def verify(here: Here, originals: Path | None) -> None:
    """Compare hashes, line numbers, quotations and dates of every record with the original texts.

    If an original is missing, it says how many links were not checked.
    """
    from briefgen.tools.originals import compare_all

    workspace = here.workspace
    found = compare_all(workspace, here.folder / originals if originals else workspace.originals)
    show(found.findings, workspace.root)
    number, missing = len(found.findings), plural(found.absent, "original")
    checked = f"{found.links - found.unchecked} checked, {found.unchecked} not ({missing} missing)"
    counted = f"{plural(found.records, 'record')}, {plural(found.links, 'link')}"
    echo(f"{counted}: {checked}. {plural(number, 'finding') if number else 'No findings'}.")
    sys.exit(FAULTS if errors(found.findings) else OK)


def source_line(name: str, line: "SourceLine", facts: Iterable[str]) -> Iterator[str]:
    """Yield a line and its entry: digest, who says what, each figure with its words, notes, and the facts."""
    entry = line.entry
    reports, figures, derived = (entry.get(key) or {} for key in ("reports", "figures", "derived"))
    said = (
        f"left out: {line.left_out}" if line.left_out else "" if entry else "not recorded",
        f"digest: {entry['digest']}" if entry.get("digest") else "",
        *(f"says: {_saying(each)}" for each in entry.get("says") or ()),
        *(f"reports: {id} {delivery}" for id, delivery in reports.items()),
        *(f"figure {name}: {each.get('value')}  ‹{each.get('as')}›" for name, each in figures.items()),
        *(f"derived {name}: {each.get('value')}, because {each.get('why')}" for name, each in derived.items()),
        *(f"undecided: {note}" for note in entry.get("undecided") or ()),
        f"cited by: {', '.join(facts) or 'no fact'}",
    )
    yield from (styled(name, bold=True), wrapped(line.text or "(the original is not here)", indent=4), "")
    yield from (wrapped(each, hang=2) for each in said if each)


def in_short(line: "SourceLine", facts: Iterable[str]) -> str:
    """Return a line on one line: its number, what became of it, and how it begins."""
    silent = f"left out: {line.left_out}" if line.left_out else "nothing said yet"
    state = ", ".join(facts) or ("recorded" if line.entry.get("says") else silent)
    begin = line.text[:_SHORT] + ("…" if len(line.text) > _SHORT else "")
    return f"L{line.number:<4} {begin:<{_SHORT + 1}}  {state}"


def _saying(saying: Mapping[str, Any]) -> str:
    """Return who says what to whom, and the facts that rest on it."""
    by, to = (", ".join(saying.get(key) or ()) for key in ("by", "to"))
    parts = [by, f"({saying['speaker']})" if saying.get("speaker") else "", saying.get("act") or "stated"]
    parts += [f"to {to}" if to else "", f"on {saying['on']}" if saying.get("on") else ""]
    return f"{' '.join(filter(None, parts))} → {', '.join(saying.get('facts') or ())}"


_ACTS = {
    "requested": "One side asks for it; nothing is agreed.",
    "hoped": "One side hopes for it or expects it; nothing is asked outright, and nothing is agreed.",
    "invited": "One side invites the other; nothing is agreed.",
    "instructed": "A side tells its own authorities to do it; the other side is asked for nothing.",
    "proposed": "One side puts it forward; nothing is agreed.",
    "planned": "One side says of the other, or of both, that they will do it; nothing is promised or agreed.",
    "announced": "A side, or both, say that they will do it.",
    "aimed": "A goal that a side or both hold, not a promise.",
    "agreed": "Both sides agree, in a joint text or in the account of each.",
    "signed": "Both sides have signed it.",
    "stated": "A position or a report, not a promise.",
}
_BASES = {
    "text": "the date is in the text",
    "derived": "the date is inferred from the text",
    "press": "the date is known from press reports of the day",
}


@click.command(cls=Command, short_help="Show the whole chain behind one fact.")
@click.argument("fact")
@click.option("--as-of", "day", type=DayOption(), help="As of this day; default: today.")
@AS_JSON
@click.pass_obj
def explain(here: Here, fact: str, day: date | None, as_json: bool) -> None:
    """Show the whole chain behind FACT: words, values, lines, hashes, status and why.

    FACT is the id of a fact, or PARTNERSHIP/ID where several partnerships have that id.
    """
    from briefgen.tools.explain import explain_fact

    found = explain_fact(here.workspace, fact, day or here.today)
    answer(as_json, asdict(found), _lines(found))


def _lines(found: "Explanation") -> Iterator[str]:
    yield from _about(found)
    yield _heading("How we know")
    yield wrapped(f"Known from {found.known_from}, when the first source that reports it was published.")
    for line in found.lines:
        yield ""
        yield from _line(line)
    yield f"\nWritten in {found.place}; to compare with the original texts: briefgen sources verify"


def _about(found: "Explanation") -> Iterator[str]:
    """Yield its words, who says it, and its status."""
    first, *others = found.texts.items()
    yield styled(wrapped(first[1], 0), bold=True)
    yield from (wrapped(f"{code}  {text}", hang=4) for code, text in others)
    notes = [f"Note: {found.note}"] if found.note else []
    unworded = (f"It has no wording in '{code}': {fault}." for code, fault in found.not_worded.items())
    yield from map(wrapped, (*notes, f"This is the {found.kind} '{found.id}'.", *unworded))
    yield _heading("Who says it")
    who = f"{found.speaker}, for {found.by}" if found.speaker and found.by else found.speaker or found.by
    if who:
        to = f" Addressed to: {found.to}." if found.to else ""
        yield wrapped(f"{who}.{to}")
        yield wrapped(f"Commitment: {found.act}. {_ACTS[found.act]}")
        if found.account:
            yield wrapped(f"One side's account: {found.account}.")
    else:
        yield wrapped("The sources report it without naming a speaker.")
    if found.occasion:
        yield wrapped(f"Occasion: {found.occasion.name}, {found.occasion.when.words} ({_basis(found.occasion.when)}).")
    yield _heading(f"Its status on {found.day}")
    since, other = "since" if found.past_review else "from", found.superseded_by
    said = [f"{found.status.capitalize()}: {found.why}."]
    said += [f"Looked at again on {found.reviewed}: nothing new."] if found.reviewed else []
    due = f"Last confirmed on {found.confirmed}, past review {since} {found.review_due}."
    said += [due] if found.review_due else []
    said += [f"It was {other.reason} by '{other.id}': {other.text}"] if other else []
    said += [f"It replaces '{each.id}' ({each.reason}): {each.text}" for each in found.supersedes]
    yield from map(wrapped, said)


def _line(line: "ExplainedLine") -> Iterator[str]:
    outcome = " (reports the outcome)" if line.outcome else ""
    later = "" if line.known else ", which was not yet published on this day"
    yield f"  {styled(line.cite, bold=True)}{outcome}{later}"
    yield wrapped(f"{line.source}, {line.published.words} ({_basis(line.published)}).", 4)
    yield wrapped(f"It says, in our words: {line.digest or '(no digest yet)'}", 4)
    for value in line.values:
        words = " | ".join(dict.fromkeys(value.words.values()))
        how = f" The line does not print it: {value.derived}" if value.derived else ""
        how = f" The line reads: “{value.quotation}”." if value.quotation else how
        figure = value.cite.partition("#")[2]
        yield wrapped(f"{value.name} = {value.value}, the figure '{figure}' of this line.{how}", 6, 2)
        yield wrapped(f"in words: {words}", 8, 2)
    yield f"    sha256 of the line:     {line.sha256}"
    yield f"    sha256 of the original: {line.original_sha256}"


def _basis(when: "ExplainedDate") -> str:
    """Return how a date is known: the line that gives it, or the reasoning behind it."""
    line = f", line {when.line}" if when.line else ""
    return f"{_BASES[when.basis]}{line}" + (f": {when.why.rstrip('.')}" if when.why else "")


def _heading(text: str) -> str:
    return f"\n{styled(text, bold=True)}"


@click.command(cls=Command, short_help="Show where a fact is used: documents, pages, facts.")
@click.argument("fact")
@click.option("--as-of", "day", type=DayOption(), help="As of this day; default: today.")
@IN_LANGUAGE
@EDITIONS_IN
@AS_JSON
@click.pass_obj
def where(here: Here, fact: str, day: date | None, language: str, out: Path | None, as_json: bool) -> None:
    """Show where FACT is used: the documents with page and heading, headlines, conflicts, summits, other facts.

    FACT is the id of a fact, or PARTNERSHIP/ID where several partnerships have that id. The documents are made as the
    next edition would have them, and not written.
    """
    from briefgen.tools.explain import find_uses

    workspace = here.workspace
    today = here.today
    found = find_uses(workspace, fact, day or today, today, here.out(out), here.language(language))
    answer(as_json, asdict(found), _uses(found))


def _uses(found: "Uses") -> Iterator[str]:
    yield styled(wrapped(found.text, 0), bold=True)
    yield wrapped(f"This is '{found.id}' of {found.partnership}, written in {found.place}.")
    yield _heading("Documents")
    for use in found.documents:
        yield wrapped(f"{use.document}: {_printed(use)}", 2, 2)
    yield _heading("Headlines")
    yield from _listed(found.headlines) if found.headlines else ["  No sentence of the first page is made of it."]
    yield _heading("Other facts")
    for relation, others in found.facts.items():
        yield from (f"  {relation}:", *_listed(others, 4))
    if not found.facts:
        yield "  None names it, and it names none."


def _printed(use: "Use") -> str:
    if not use.sections and not use.pages:
        return "only counted among what is left out" if use.counted else "not printed"
    pages = counted_pages(use.pages) if use.pages else ""
    return ": ".join(filter(None, (pages, " · ".join(each or "(above the first heading)" for each in use.sections))))


def _listed(texts: Mapping[str, str], indent: int = 2) -> Iterator[str]:
    for id, text in texts.items():
        yield f"{' ' * indent}{styled(id, fg='cyan')}"
        yield wrapped(text, indent + 4)
