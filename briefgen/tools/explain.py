"""Finds the fact that a person names, of any partnership, and explains it: the whole chain behind it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from briefgen.assess.briefing import assess
from briefgen.assess.status import fact_known_from
from briefgen.localise.explain import Explanation, explain
from briefgen.localise.language import Language
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.findings import FindingsError, did_you_mean, errors
from briefgen.read.facts import partnerships, read_and_check_facts
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace

_SIMILAR = 12


def explain_fact(workspace: Workspace, name: str, day: date) -> Explanation:
    """Return the explanation of a fact as of a day; FindingsError if there is no such fact or the facts have errors.

    It is named by its id, or as PARTNERSHIP/ID. A language that cannot be read is left out: the chain behind a fact
    does not depend on it.
    """
    facts, book, id = find_known_fact(workspace, name)
    languages, unread = _languages(workspace, facts)
    briefing = assess(book, day, workspace.settings.due_soon_days, workspace.settings.shelf_lives)
    ensure_known(briefing, id)
    found = explain(briefing, id, languages, BASE)
    return replace(found, not_worded={**unread, **found.not_worded})


def ensure_known(briefing: Briefing, id: str) -> None:
    """Raise FindingsError where a fact was not known on the day (A602)."""
    if id not in briefing.items:
        book = briefing.book
        since = fact_known_from(book, book.facts[id])
        hint = f"it is known from {since}; try --as-of {since}" if since else "no source reports all of it"
        raise FindingsError.of(book.location(id), "A602", f"'{id}' was not known on {briefing.day}", hint)


def find_known_fact(workspace: Workspace, name: str) -> tuple[Path, FactBook, str]:
    """Return the facts file and the book that have the fact, and its id; FindingsError if that book has errors."""
    paths = {path.stem: path for path in partnerships(workspace)}
    read = {each: read_and_check_facts(workspace, path) for each, path in paths.items()}
    known = {each: book.facts if book else {} for each, (book, _) in read.items()}
    try:
        partnership, id = find_fact(name, known)
    except FindingsError as unknown:
        named = name.rpartition("/")[0]
        unread = [each for each, (book, _) in read.items() if book is None and named in ("", each)]
        faults = [fault for each in unread for fault in errors(read[each][1])]
        raise (FindingsError(faults) if faults and unknown.findings[0].code == "A603" else unknown) from None
    book, findings = read[partnership]
    if book is None or errors(findings):
        raise FindingsError(errors(findings))
    return paths[partnership], book, id


def _languages(workspace: Workspace, facts: Path) -> tuple[Mapping[str, Language], Mapping[str, str]]:
    """Return the languages that can be read, and what to say about those that cannot."""
    found = dict(read_languages(workspace, [], facts))
    unread = {}
    for code in workspace.settings.languages:
        try:
            found |= read_languages(workspace, [code], facts)
        except FindingsError:
            unread[code] = "the language cannot be read; see briefgen check"
    return found, unread


def find_fact(name: str, known: Mapping[str, Collection[str]]) -> tuple[str, str]:
    """Return the partnership and the id of a fact, by the ids of the facts of each partnership.

    FindingsError if no partnership has it (A603), or if several have and none is named (A606).
    """
    partnership, _, id = name.rpartition("/")
    if partnership and partnership not in known:
        raise FindingsError.of("facts", "A603", f"there are no facts '{partnership}'", did_you_mean(partnership, known))
    among = {partnership: known[partnership]} if partnership else known
    found = [each for each, ids in among.items() if id in ids]
    if len(found) > 1:
        message = f"{len(found)} partnerships have a fact '{id}': {', '.join(found)}"
        raise FindingsError.of("facts", "A606", message, f"name one of them: {found[0]}/{id}")
    if not found:
        message = f"there is no fact '{id}'" + (f" of '{partnership}'" if partnership else "")
        every = dict.fromkeys(each for ids in among.values() for each in ids)
        alike = [each for each in every if set(each.split("-")) & set(id.casefold().split("-"))]
        similar = f"similar: {', '.join(alike[:_SIMILAR])}" if alike else ""
        raise FindingsError.of("facts", "A603", message, did_you_mean(id, every) or similar)
    return found[0], id
