"""`briefgen explain`: the whole chain behind one fact; `briefgen where`: what uses it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.output import echo_all, echo_json, styled, wrapped
from briefgen.model.findings import counted_pages

if TYPE_CHECKING:
    from briefgen.localise.explain import ExplainedDate, ExplainedLine, Explanation
    from briefgen.tools.where import Use, Uses

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


@click.command(short_help="Show the whole chain behind one fact.")
@click.argument("fact")
@click.option("--as-of", "day", type=options.Day(), help="As of this day; default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def explain(start: Path, fact: str, day: date | None, as_json: bool) -> None:
    """Show the whole chain behind FACT: words, values, lines, hashes, status and why.

    FACT is the id of a fact, or PARTNERSHIP/ID where several partnerships have that id.
    """
    from briefgen.tools.explain import explain_fact

    workspace = options.find(start)
    found = explain_fact(workspace, fact, day or options.current_time(workspace).date())
    if as_json:
        echo_json(asdict(found))
    else:
        echo_all(_lines(found))


def _lines(found: "Explanation") -> Iterator[str]:
    yield from _words(found)
    yield from _who(found)
    yield from _status(found)
    yield _heading("How we know")
    yield wrapped(f"Known from {found.known_from}, when the first source that reports it was published.")
    for line in found.lines:
        yield ""
        yield from _line(line)
    yield f"\nWritten in {found.place}; to compare with the original texts: briefgen sources verify"


def _words(found: "Explanation") -> Iterator[str]:
    first, *others = found.texts.items()
    yield styled(wrapped(first[1], 0), bold=True)
    for code, text in others:
        yield wrapped(f"{code}  {text}", hang=4)
    if found.note:
        yield wrapped(f"Note: {found.note}")
    yield wrapped(f"This is the {found.kind} '{found.id}'.")
    for code, fault in found.not_worded.items():
        yield wrapped(f"It has no wording in '{code}': {fault}.")


def _who(found: "Explanation") -> Iterator[str]:
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


def _status(found: "Explanation") -> Iterator[str]:
    yield _heading(f"Its status on {found.day}")
    yield wrapped(f"{found.status.capitalize()}: {found.why}.")
    if found.reviewed:
        yield wrapped(f"Looked at again on {found.reviewed}: nothing new.")
    if found.review_due:
        since = "past review since" if found.past_review else "past review from"
        yield wrapped(f"Last confirmed on {found.confirmed}, {since} {found.review_due}.")
    if other := found.superseded_by:
        yield wrapped(f"It was {other.reason} by '{other.id}': {other.text}")
    for other in found.supersedes:
        yield wrapped(f"It replaces '{other.id}' ({other.reason}): {other.text}")


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


@click.command(short_help="Show where a fact is used: documents, pages, facts.")
@click.argument("fact")
@click.option("--as-of", "day", type=options.Day(), help="As of this day; default: today.")
@click.option("--lang", "language", default="", metavar="CODE", help="In this language; default: the settings' first.")
@click.option("--out", type=options.PATH, help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def where(start: Path, fact: str, day: date | None, language: str, out: Path | None, as_json: bool) -> None:
    """Show where FACT is used: the documents with page and heading, headlines, conflicts, summits, other facts.

    FACT is the id of a fact, or PARTNERSHIP/ID where several partnerships have that id. The documents are made as the
    next edition would have them, and not written.
    """
    from briefgen.tools.where import find_uses

    workspace = options.find(start)
    today = options.current_time(workspace).date()
    code = options.language_of(workspace, language)
    found = find_uses(workspace, fact, day or today, today, options.out_folder(start, out), code)
    if as_json:
        echo_json(asdict(found))
    else:
        echo_all(_uses(found))


def _uses(found: "Uses") -> Iterator[str]:
    yield styled(wrapped(found.text, 0), bold=True)
    yield wrapped(f"This is '{found.id}' of {found.partnership}, written in {found.place}.")
    yield f"\n{styled('Documents', bold=True)}"
    for use in found.documents:
        yield wrapped(f"{use.document}: {_printed(use)}", 2, 2)
    yield f"\n{styled('Headlines', bold=True)}"
    yield from _listed(found.headlines) if found.headlines else ["  No sentence of the first page is made of it."]
    yield f"\n{styled('Other facts', bold=True)}"
    for relation, others in found.facts.items():
        yield f"  {relation}:"
        yield from _listed(others, 4)
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
