"""`briefgen explain`."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.output import echo_all, echo_json, styled, wrapped

if TYPE_CHECKING:
    from briefgen.localise.explain import ExplainedDate, ExplainedLine, Explanation

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
