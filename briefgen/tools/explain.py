"""Explains one fact of any partnership: the whole chain behind it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from briefgen.assess.briefing import assess
from briefgen.assess.status import fact_known_from
from briefgen.localise.explain import Explanation, explain
from briefgen.localise.language import Language
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, FindingsError, did_you_mean, errors
from briefgen.read.facts import partnerships, read_and_check_facts
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace


def explain_fact(workspace: Workspace, id: str, day: date) -> Explanation:
    """Return the explanation of a fact as of a day; FindingsError if there is no such fact or the facts have errors.

    A language that cannot be read is left out: the chain behind a fact does not depend on it.
    """
    book = _find(workspace, id)
    languages, unread = _languages(workspace)
    briefing = assess(book, day, workspace.settings.due_soon_days, workspace.settings.shelf_lives)
    found = explain(briefing, id, languages, BASE)
    if found is None:
        since = fact_known_from(book, book.facts[id])
        hint = f"it is known from {since}; try --as-of {since}" if since else "no source reports all of it"
        raise FindingsError.of(book.location(id), "A602", f"'{id}' was not known on {day}", hint)
    return replace(found, not_worded={**unread, **found.not_worded})


def _find(workspace: Workspace, id: str) -> FactBook:
    """Return the book that has the fact; FindingsError if none has, or if the book has errors."""
    known: list[str] = []
    unreadable: list[Finding] = []
    for path in partnerships(workspace):
        book, findings = read_and_check_facts(workspace, path)
        faults = errors(findings)
        if book is not None and id in book.facts:
            if faults:
                raise FindingsError(faults)
            return book
        known += book.facts if book else ()
        unreadable += faults if book is None else ()
    if unreadable:
        raise FindingsError(unreadable)
    alike = [each for each in known if set(each.split("-")) & set(id.casefold().split("-"))]
    hint = did_you_mean(id, known) or (f"similar: {', '.join(alike[:12])}" if alike else "")
    raise FindingsError.of("facts", "A603", f"there is no fact '{id}'", hint)


def _languages(workspace: Workspace) -> tuple[Mapping[str, Language], Mapping[str, str]]:
    """Return the languages that can be read, and what to say about those that cannot."""
    found = dict(read_languages(workspace, []))
    unread = {}
    for code in workspace.settings.languages:
        try:
            found |= read_languages(workspace, [code])
        except FindingsError:
            unread[code] = "the language cannot be read; see briefgen check"
    return found, unread
