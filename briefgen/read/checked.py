"""Reads facts, languages and look, and runs every check that needs no rendering."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefgen.check.languages import LanguageSubject
from briefgen.check.look import markings_in
from briefgen.check.registry import FACTS, LANGUAGES
from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.model.book import FactBook, Message
from briefgen.model.findings import Finding, FindingsError, Location, in_order
from briefgen.model.look import Look
from briefgen.read.facts import read_facts
from briefgen.read.languages import read_languages, read_terms
from briefgen.read.look import printed_texts, read_look, state_markings
from briefgen.read.workspace import Workspace

_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def read_and_check(
    workspace: Workspace, facts: Path, codes: Iterable[str]
) -> tuple[FactBook | None, Mapping[str, Language], tuple[Finding, ...]]:
    """Return the facts and languages as far as they can be read, and every fault of both."""
    book, findings = read_and_check_facts(workspace, facts)
    languages: Mapping[str, Language] = {}
    try:
        languages = read_languages(workspace, codes)
    except FindingsError as trouble:
        findings = (*findings, *trouble.findings)
    if book is not None:
        findings = (*findings, *_check_languages(workspace, book, languages))
    return book, languages, in_order(findings)


def read_and_check_facts(workspace: Workspace, facts: Path) -> tuple[FactBook | None, tuple[Finding, ...]]:
    """Return the facts with their records, and every fault of these; no language is read."""
    book, findings = read_facts(workspace, facts)
    if book is None:
        return None, findings
    return book, in_order((*findings, *(finding for check in FACTS for finding in check(book))))


def read_and_check_look(
    workspace: Workspace, languages: Mapping[str, Language], codes: Iterable[str]
) -> tuple[Look | None, tuple[Finding, ...]]:
    """Return the look as far as it can be read, its faults, and state markings in labels and in own templates."""
    look, findings = read_look(workspace, codes)
    labels = [each for language in languages.values() for each in language.labels.values()]
    printed = (*((each.location, each.text) for each in labels), *printed_texts(workspace))
    return look, in_order((*findings, *markings_in(printed, state_markings())))


def _check_languages(workspace: Workspace, book: FactBook, languages: Mapping[str, Language]) -> Iterator[Finding]:
    template_lines = tuple(_template_lines(workspace))
    for code, language in languages.items():
        terms, wrong = read_terms(workspace, code)
        yield from wrong
        subject = LanguageSubject(
            language=language,
            labels=tuple(Label),
            messages=tuple(book.messages()),
            book=book,
            terms=tuple(terms),
            template_lines=template_lines,
            audience=workspace.settings.audience,
        )
        yield from (finding for check in LANGUAGES for finding in check(subject))


def _template_lines(workspace: Workspace) -> Iterator[Message]:
    """Yield each line of the workspace's own templates, without comments: it is printed in every language."""
    folder = workspace.template_folders[0]
    for path in sorted(folder.rglob("*.html")) if folder.is_relative_to(workspace.root) else ():
        if path.relative_to(folder).parts[0] != "starter":
            text = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), path.read_text("utf-8", "replace"))
            for number, line in enumerate(text.split("\n"), 1):
                location = Location(workspace.shown(path), number)
                yield Message(context=f"template {path.relative_to(folder)}", text=line, location=location)
