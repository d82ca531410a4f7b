"""`briefgen explain`: the chain behind one fact, as a story or as JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from textwrap import fill

import click

from briefgen.assess.briefing import assess
from briefgen.assess.status import fact_known_from
from briefgen.localise.explain import ExplainedDate, ExplainedLine, Explanation, explain
from briefgen.localise.language import Language
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, has_errors
from briefgen.read.checked import read_and_check_facts
from briefgen.read.facts import partnerships
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace

WIDTH = 96
_ACTS = {
    "requested": "One side asks for it; nothing is agreed.",
    "proposed": "One side puts it forward; nothing is agreed.",
    "announced": "One side says that it will do it.",
    "agreed": "Both sides agree, in a joint text or in the account of each.",
    "signed": "Both sides have signed it.",
    "stated": "A position or a report, not a promise.",
}
_BASES = {
    "text": "the date stands in the text",
    "derived": "the date is concluded from the text",
    "press": "the date is known from the press of the day",
}


def explain_fact(workspace: Workspace, id: str, day: date, *, as_json: bool) -> str:
    """The explanation as text; FindingsError where there is no such fact or the facts are at fault.

    A language that cannot be read is left out: the chain behind a fact does not depend on it.
    """
    book, facts = _find(workspace, id)
    languages, unread = _languages(workspace, facts)
    briefing = assess(book, day, workspace.settings.due_soon_days, workspace.settings.shelf_lives)
    found = explain(briefing, id, languages, BASE)
    if found is None:
        since = fact_known_from(book, book.facts[id])
        hint = f"it is known from {since}; try --as-of {since}" if since else "no source tells all of it"
        raise FindingsError([Finding(book.location(id), "A602", f"'{id}' was not known on {day}", hint=hint)])
    found = replace(found, not_worded={**unread, **found.not_worded})
    return json.dumps(asdict(found), indent=2, ensure_ascii=False) if as_json else "\n".join(_story(found))


def _find(workspace: Workspace, id: str) -> tuple[FactBook, Path]:
    """The faultless book that has the fact, and its file."""
    known: list[str] = []
    unreadable: list[Finding] = []
    for path in partnerships(workspace):
        book, findings = read_and_check_facts(workspace, path)
        faults = [finding for finding in findings if has_errors([finding])]
        if book is not None and id in book.facts:
            if faults:
                raise FindingsError(faults)
            return book, path
        known += book.facts if book else ()
        unreadable += faults if book is None else ()
    if unreadable:
        raise FindingsError(unreadable)
    raise FindingsError([Finding(Location("facts"), "A603", f"there is no fact '{id}'", hint=_near(id, known))])


def _near(id: str, known: Iterable[str]) -> str:
    """The nearest id, or those that share a word with what was typed."""
    ids = tuple(known)
    if hint := did_you_mean(id, ids):
        return hint
    alike = [each for each in ids if set(each.split("-")) & set(id.casefold().split("-"))]
    return f"like it: {', '.join(alike[:12])}" if alike else ""


def _languages(workspace: Workspace, facts: Path) -> tuple[Mapping[str, Language], Mapping[str, str]]:
    """The languages that can be read, and what to say of those that cannot."""
    found = dict(read_languages(workspace, [], facts.parent / "locale"))
    unread = {}
    for code in workspace.settings.languages:
        try:
            found |= read_languages(workspace, [code], facts.parent / "locale")
        except FindingsError:
            unread[code] = "the language cannot be read; see briefgen check"
    return found, unread


def _story(found: Explanation) -> Iterator[str]:
    yield from _words(found)
    yield from _who(found)
    yield from _status(found)
    yield from _heading("How we know")
    yield _wrapped(f"Known from {found.known_from}, when the first source was out that tells it.")
    for line in found.lines:
        yield ""
        yield from _line(line)
    yield f"\nWritten in {found.place}; to compare with the original texts: briefgen sources verify"


def _words(found: Explanation) -> Iterator[str]:
    first, *others = found.texts.items()
    yield fill(click.style(first[1], bold=True), WIDTH)
    for code, text in others:
        yield _wrapped(f"{code}  {text}", hang=4)
    if found.note:
        yield _wrapped(f"Note: {found.note}")
    yield _wrapped(f"This is the {found.kind} '{found.id}'.")
    for code, fault in found.not_worded.items():
        yield _wrapped(f"It is not worded in '{code}': {fault}.")


def _who(found: Explanation) -> Iterator[str]:
    yield from _heading("Who says it")
    who = f"{found.speaker}, for {found.by}" if found.speaker and found.by else found.speaker or found.by
    if who:
        to = f" Addressed to: {found.to}." if found.to else ""
        yield _wrapped(f"{who}.{to}")
        yield _wrapped(f"Commitment: {found.act}. {_ACTS[found.act]}")
        if found.account:
            yield _wrapped(f"One side's account: {found.account}.")
    else:
        yield _wrapped("The sources report it and name nobody who says it.")
    if found.occasion:
        yield _wrapped(f"Occasion: {found.occasion.name}, {found.occasion.when.words} ({_basis(found.occasion.when)}).")


def _status(found: Explanation) -> Iterator[str]:
    yield from _heading(f"Where it stands on {found.day}")
    yield _wrapped(f"{found.status.capitalize()}: {found.why}.")
    if found.reviewed:
        yield _wrapped(f"Looked at again on {found.reviewed}: nothing new.")
    if found.review_due:
        since = "past review since" if found.past_review else "past review from"
        yield _wrapped(f"Last confirmed on {found.confirmed}, {since} {found.review_due}.")
    if other := found.superseded_by:
        yield _wrapped(f"It was {other.reason} by '{other.id}': {other.text}")
    for other in found.supersedes:
        yield _wrapped(f"It takes the place of '{other.id}' ({other.reason}): {other.text}")


def _line(line: ExplainedLine) -> Iterator[str]:
    told = " (tells the outcome)" if line.outcome else ""
    later = "" if line.known else ", which was not out yet on this day"
    yield f"  {click.style(line.cite, bold=True)}{told}{later}"
    yield _wrapped(f"{line.source}, {line.published.words} ({_basis(line.published)}).", 4)
    yield _wrapped(f"It says, in our words: {line.digest or '(no digest yet)'}", 4)
    for value in line.values:
        words = " | ".join(dict.fromkeys(value.words.values()))
        how = f" The line does not print it: {value.derived}" if value.derived else ""
        yield _wrapped(
            f"{value.name} = {value.value}, the figure '{value.cite.partition('#')[2]}' of this line.{how}", 6, 2
        )
        yield _wrapped(f"in words: {words}", 8, 2)
    yield f"    sha256 of the line:     {line.sha256}"
    yield f"    sha256 of the original: {line.original_sha256}"


def _basis(when: ExplainedDate) -> str:
    """How a date is known; the line that gives it, or the reasoning behind it."""
    line = f", line {when.line}" if when.line else ""
    return f"{_BASES[when.basis]}{line}" + (f": {when.why.rstrip('.')}" if when.why else "")


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield click.style(text, bold=True)


def _wrapped(text: str, indent: int = 2, hang: int = 0) -> str:
    return fill(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang))
