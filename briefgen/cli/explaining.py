"""`briefgen explain`: the chain behind one fact, as a story or as JSON."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from textwrap import fill

import click

from briefgen.assess import assess, fact_known_from
from briefgen.catalogs import BASE
from briefgen.examine import examine
from briefgen.facts import partnerships
from briefgen.findings import Finding, NothingToGoOnWith, Place, Severity, did_you_mean, has_errors
from briefgen.localise.explanation import Explanation, explain
from briefgen.workspace import Workspace


def explain_fact(workspace: Workspace, id: str, day: date, *, as_json: bool) -> str:
    """The explanation as text; NothingToGoOnWith where there is no such fact or the files are at fault."""
    known: set[str] = set()
    for path in partnerships(workspace):
        book, languages, findings = examine(workspace, path, workspace.settings.languages)
        if book is None or has_errors(findings):
            raise NothingToGoOnWith(each for each in findings if each.severity is Severity.ERROR)
        if id in book.facts:
            briefing = assess(book, day, workspace.settings.due_soon_days)
            found = explain(briefing, id, languages, BASE)
            if found is None:
                message = f"'{id}' was not known on {day}"
                hint = f"it is known from {fact_known_from(book, book.facts[id])}"
                raise NothingToGoOnWith([Finding(book.place(id), "A602", message, hint=hint)])
            return json.dumps(asdict(found), indent=2, ensure_ascii=False) if as_json else "\n".join(_story(found))
        known |= set(book.facts)
    finding = Finding(Place("facts"), "A603", f"there is no fact '{id}'", hint=did_you_mean(id, known))
    raise NothingToGoOnWith([finding])


def _story(found: Explanation) -> Iterator[str]:
    yield click.style(f"{found.id}", bold=True) + f"  ({found.kind}, {found.place})"
    yield ""
    for code, text in found.texts.items():
        yield f"  {code}  {text}"
    yield ""
    yield from _who(found)
    yield _wrapped(f"Status on {found.day}: {found.status}. Why: {found.why}.")
    yield _wrapped(f"Known from {found.known_from}, the day of its first source.")
    if found.superseded_by:
        yield _wrapped(f"Its place was taken by {found.superseded_by}.")
    if found.supersedes:
        yield _wrapped(f"It takes the place of {', '.join(found.supersedes)}.")
    if found.note:
        yield _wrapped(f"Note: {found.note}")
    yield from _values(found)
    yield from _lines(found)


def _who(found: Explanation) -> Iterator[str]:
    who = f"{found.speaker} for {found.by}" if found.speaker and found.by else found.speaker or found.by
    said = f"{who or 'The source itself'} {'reports' if not who else found.act}"
    to = f", to {found.to}" if found.to else ""
    occasion = f", at: {found.occasion}" if found.occasion else ""
    yield _wrapped(f"{said}{to}{occasion}.")


def _values(found: Explanation) -> Iterator[str]:
    if found.values:
        yield "\nValues, each equal to the figure of the record that it names"
    for value in found.values:
        words = " | ".join(dict.fromkeys(value.words.values()))
        yield f"  {value.name}: {value.value}  <-  {value.cite}"
        yield f"      {words}"
        if value.derived:
            yield f"      not printed in the line; derived: {value.derived}"


def _lines(found: Explanation) -> Iterator[str]:
    yield "\nLines it rests on"
    for line in found.lines:
        later = "" if line.known else "  (published after this day)"
        yield f"  {line.cite}{later}"
        yield _wrapped(f"{line.source}; published {line.published}", "      ")
        yield _wrapped(f"says, in our words: {line.digest}", "      ")
        yield f"      sha256 of the line: {line.sha256}"


def _wrapped(text: str, indent: str = "") -> str:
    return fill(text, 96, initial_indent=indent, subsequent_indent=indent)
