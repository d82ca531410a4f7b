"""Everything that can be found wrong without rendering: facts, records, evidence, catalogs, terms."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefgen.check.evidence import EVIDENCE
from briefgen.check.facts import CHECKS
from briefgen.check.languages import (
    forbidden_in,
    forbidden_terms,
    missing_labels,
    missing_texts,
    repeated_texts,
    unformattable_values,
    unused_texts,
    wrong_placeholders,
)
from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.model.book import FactBook, Message
from briefgen.model.findings import Finding, FindingsError, Location, in_order
from briefgen.model.look import Look
from briefgen.read.facts import read_facts
from briefgen.read.languages import read_languages, read_terms
from briefgen.read.look import printed_markings, read_look
from briefgen.read.workspace import Workspace

_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)


def read_and_check(
    workspace: Workspace, facts: Path, codes: Iterable[str]
) -> tuple[FactBook | None, Mapping[str, Language], tuple[Finding, ...]]:
    """The facts and languages as far as they can be read, and every fault of both in one go."""
    book, findings = read_and_check_facts(workspace, facts)
    languages: Mapping[str, Language] = {}
    try:
        languages = read_languages(workspace, codes, _locale_folder(facts))
    except FindingsError as trouble:
        findings = (*findings, *trouble.findings)
    if book is not None:
        findings = (*findings, *_check_languages(workspace, facts, book, languages))
    return book, languages, in_order(findings)


def read_and_check_facts(workspace: Workspace, facts: Path) -> tuple[FactBook | None, tuple[Finding, ...]]:
    """The facts and records alone, and every fault of theirs; no language is read."""
    book, findings = read_facts(workspace, facts)
    if book is None:
        return None, findings
    return book, in_order((*findings, *(finding for check in (*CHECKS, *EVIDENCE) for finding in check(book))))


def read_and_check_look(
    workspace: Workspace, languages: Mapping[str, Language], codes: Iterable[str]
) -> tuple[Look | None, tuple[Finding, ...]]:
    """The look as far as it can be read, its faults, and state markings wherever staff write what is printed."""
    look, findings = read_look(workspace, codes)
    labels = [each for language in languages.values() for each in language.labels.values()]
    printed = printed_markings(workspace, ((each.location, each.text) for each in labels))
    return look, in_order((*findings, *printed))


def _locale_folder(facts: Path) -> Path:
    """The catalogs stand beside the facts."""
    return facts.parent / "locale"


def _check_languages(
    workspace: Workspace, facts: Path, book: FactBook, languages: Mapping[str, Language]
) -> Iterator[Finding]:
    messages = tuple(book.messages())
    contexts = frozenset(message.context for message in messages)
    templates = tuple(_template_lines(workspace))
    for code, language in languages.items():
        yield from missing_labels(language, Label)
        yield from missing_texts(language, messages)
        yield from wrong_placeholders(language, messages)
        yield from unused_texts(language, contexts)
        yield from repeated_texts(language)
        yield from unformattable_values(language, book)
        terms, wrong = read_terms(workspace, code, _locale_folder(facts))
        yield from wrong
        yield from forbidden_terms(language, terms, messages, workspace.settings.audience)
        yield from forbidden_in(templates, terms, workspace.settings.audience)


def _template_lines(workspace: Workspace) -> Iterator[Message]:
    """What stands in the workspace's own templates, but for their remarks: it is printed in every language."""
    folder = workspace.template_folders[0]
    for path in sorted(folder.rglob("*.html")) if folder.is_relative_to(workspace.root) else ():
        if path.relative_to(folder).parts[0] != "starter":
            text = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), path.read_text("utf-8", "replace"))
            for number, line in enumerate(text.split("\n"), 1):
                location = Location(workspace.shown(path), number)
                yield Message(context=f"template {path.relative_to(folder)}", text=line, location=location)
