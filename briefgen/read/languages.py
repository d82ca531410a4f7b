"""Reads the languages: patterns from `templates/languages/`, catalogs from `templates/locale/` and `facts/locale/`.

A catalog of texts, or a list of terms, in `facts/locale/NAME/` belongs to the partnership with the facts file `NAME`.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from briefgen.check import LANGUAGES
from briefgen.check.languages import ForbiddenTerm, LanguageSubject, TermList, forbidden_terms
from briefgen.files import seen_from, text_if_readable
from briefgen.localise.labels import Label
from briefgen.localise.language import Language, LanguageFile, ReadingWords, Translation, language_hint
from briefgen.model import remembered
from briefgen.model.book import FactBook, Message
from briefgen.model.findings import Finding, FindingsError, Location, errors
from briefgen.read import SETTINGS_FILES, facts_files, own_locale, while_unchanged, yaml_files
from briefgen.read.catalog import Catalog, CatalogEntry, key, read_catalogs
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace, languages_location
from briefgen.read.yaml import YamlFile, laid_over, read_yaml

BASE = "en"
OVERLAY = ".local.yaml"
"""How the name of a file ends that adds to a language's file, such as units that one desk counts in."""
TermsAndFaults: TypeAlias = tuple[tuple[ForbiddenTerm, ...], tuple[Finding, ...]]
_REMARK = re.compile(r"\{#.*?(?:#\}|\Z)", re.DOTALL)


def _language_files(workspace: Workspace, codes: Iterable[str], facts: Path | None = None) -> Iterator[Path]:
    """Yield every file that `read_languages` may read."""
    yield from (workspace.root / name for name in SETTINGS_FILES)
    for folder in workspace.template_folders:
        yield from yaml_files(folder / "languages")
    for code in {BASE, *codes}:
        yield from (folder / "locale" / f"{code}.po" for folder in workspace.template_folders)
        yield from catalog_files(workspace, facts, code)


@while_unchanged(_language_files)
def read_languages(workspace: Workspace, codes: Iterable[str], facts: Path | None = None) -> dict[str, Language]:
    """Return the languages with these codes and the base language, with the texts of the partnership with these facts.

    Without facts, the texts are those that all partnerships share. FindingsError lists the faults of all languages.
    """
    findings: list[Finding] = []
    languages: dict[str, Language] = {}
    for code in dict.fromkeys((BASE, *codes)):
        if language := _read_language(workspace, code, languages.get(BASE), findings):
            own, *shared = catalog_files(workspace, facts, code)
            languages[code] = replace(
                language,
                texts=_texts(workspace, own, findings),
                shared=_texts(workspace, shared[0], findings) if shared else {},
                texts_file=workspace.shown(own),
            )
    if findings:
        raise FindingsError(findings)
    return languages


def catalog_files(workspace: Workspace, facts: Path | None, code: str) -> tuple[Path, ...]:
    """Return the catalog of a partnership's texts, and the shared one where that is another.

    The only partnership of a workspace needs no catalog of its own.
    """
    shared = workspace.facts / "locale" / f"{code}.po"
    if facts is None:
        return (shared,)
    own = own_locale(facts) / shared.name
    return (own, shared) if own.is_file() or len(facts_files(workspace.root)) > 1 else (shared,)


def known_languages(workspace: Workspace) -> tuple[str, ...]:
    """Return the codes of all languages that have a file in `templates/languages/`."""
    found = {path.stem for folder in workspace.template_folders for path in yaml_files(folder / "languages")}
    return tuple(sorted(code for code in found if not f"{code}.yaml".endswith(OVERLAY)))


def read_language_file(workspace: Workspace, code: str) -> tuple[LanguageFile | None, tuple[Finding, ...]]:
    """Return the patterns and reading words of a language, or None, and the faults of its file."""
    path = workspace.template_file(f"languages/{code}.yaml")
    if path is None:
        message = f"there is no language '{code}' (no templates/languages/{code}.yaml)"
        hint = language_hint(code, known_languages(workspace))
        if not hint.startswith("did"):
            hint += f"{'; ' if hint else ''}another one is begun with: briefgen language new CODE"
        return None, (Finding(languages_location(workspace, code), "W005", message, hint=hint),)
    file = read_yaml(path, workspace.shown(path), workspace.root)
    own = workspace.root / "templates" / "languages" / f"{code}{OVERLAY}"
    if own.is_file():
        file = laid_over(file, read_yaml(own, workspace.shown(own), workspace.root))
    return _as_language(file)


@remembered(16)
def _as_language(file: YamlFile) -> tuple[LanguageFile | None, tuple[Finding, ...]]:
    return read_as(LanguageFile, file)


def reading_words(workspace: Workspace, codes: Iterable[str]) -> Mapping[str, ReadingWords]:
    """Return the words for reading figures in these languages; those without words of their own are left out.

    FindingsError if a file cannot be read: without its words, figures would be read wrong, or not at all.
    """
    files = {code: read_language_file(workspace, code) for code in {*codes} & {*known_languages(workspace)}}
    if wrong := [fault for file, faults in files.values() if file is None for fault in faults]:
        raise FindingsError(errors(wrong))
    return {code: file.reading for code, (file, _) in files.items() if file and file.reading}


MAX_TERMS = 1_000
"""Of a list; each is looked for in every text."""


def read_terms(workspace: Workspace, code: str, facts: Path | None = None) -> TermsAndFaults:
    """Return the terms that a partnership does not use in a language, and the faults of the list.

    Without facts, those that no partnership uses. Without a list, there are none.
    """
    path = (own_locale(facts) if facts else workspace.facts / "locale") / f"{code}.terms.yaml"
    if not os.path.lexists(path):
        return (), ()
    file = read_yaml(path, workspace.shown(path), workspace.root)
    given = file.value.get("terms") if isinstance(file.value, dict) else ()
    if isinstance(given, list) and len(given) > MAX_TERMS:
        message = f"a list of {len(given):,} terms; the limit is {MAX_TERMS:,}"
        return (), (Finding(file.at("terms"), "F004", message, hint="say what several have in common in one of them"),)
    listed, findings = read_as(TermList, file)
    return listed.terms if listed else (), findings


def check_languages(
    workspace: Workspace, facts: Path, book: FactBook, languages: Mapping[str, Language]
) -> Iterator[Finding]:
    """Yield the faults of the terms and of what each language prints: labels, texts of the facts, own templates."""
    template_lines = tuple(_template_lines(workspace))
    for code, language in languages.items():
        terms, wrong = read_terms(workspace, code, facts)
        shared_terms, wrong_shared = read_terms(workspace, code)
        yield from (*wrong, *wrong_shared)
        subject = LanguageSubject(
            language=language,
            terms=terms,
            shared_terms=shared_terms,
            several=len(facts_files(workspace.root)) > 1,
            audience=workspace.settings.audience,
        )
        yield from _faults(book, subject)
        bare = replace(language, labels={})
        yield from forbidden_terms(replace(subject, language=bare, template_lines=template_lines))


@remembered(16)
def _faults(book: FactBook, language: LanguageSubject) -> tuple[Finding, ...]:
    """Return the faults of what a language prints of these facts, whatever templates print."""
    subject = replace(language, labels=tuple(Label), messages=tuple(book.messages()), book=book)
    return tuple(finding for check in LANGUAGES for finding in check(subject))


def _template_lines(workspace: Workspace) -> Iterator[Message]:
    """Yield each line of the workspace's own templates, without comments: it is printed in every language."""
    for path in workspace.own_templates:
        if path.suffix == ".html":
            name = path.relative_to(workspace.template_folders[0])
            text = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text_if_readable(path, workspace.root))
            for number, line in enumerate(text.split("\n"), 1):
                location = Location(workspace.shown(path), number)
                yield Message(context=f"template {name}", text=line, location=location)


def _read_language(workspace: Workspace, code: str, base: Language | None, findings: list[Finding]) -> Language | None:
    file, wrong = read_language_file(workspace, code)
    findings += wrong
    if file is None:
        return None
    if file.patterns is None:
        message = f"the language '{code}' can be read from sources but not printed: it has no patterns"
        hint = f"take it out, or draft its patterns: briefgen language new {code}"
        findings.append(Finding(languages_location(workspace), "W005", message, hint=hint))
        return None
    return Language(
        code=code,
        patterns=file.patterns,
        labels=_labels(workspace, code, findings),
        labels_file=workspace.shown(workspace.root / "templates" / "locale" / f"{code}.po"),
        fallback=base,
    )


def _labels(workspace: Workspace, code: str, findings: list[Finding]) -> Mapping[str, Translation]:
    """Return the shipped labels, overridden by those that the workspace has translated itself."""
    labels: dict[str, Translation] = {}
    for folder in reversed(workspace.template_folders):
        for (context, english), each in _translations(workspace, folder / "locale" / f"{code}.po", findings).items():
            if not context:
                usable = english not in labels or each.done
                labels[english] = each if usable else replace(labels[english], repeated=each.repeated)
    return labels


def _texts(workspace: Workspace, path: Path, findings: list[Finding]) -> dict[str, Translation]:
    """Return the texts of facts in a catalog by context, those without one by ""; its faults go into the findings."""
    return {context: each for (context, _), each in _translations(workspace, path, findings).items()}


def _translations(workspace: Workspace, path: Path, findings: list[Finding]) -> dict[tuple[str, str], Translation]:
    """Return the live entries of a catalog without plural forms; its faults are added to the findings."""
    try:
        return _read_translations(path, workspace.root)
    except FindingsError as error:
        findings += error.findings
        return {}


@while_unchanged(lambda path, root: (path,), kept=64)  # noqa: ARG005 # a catalog that was saved has many beside it that were not
def _read_translations(path: Path, root: Path) -> dict[tuple[str, str], Translation]:
    catalog = read_catalogs([path], root)[path]
    entries, file = catalog.entries, seen_from(root, path)
    obsolete: dict[tuple[str, str], list[CatalogEntry]] = {}
    for entry in entries:
        if entry.obsolete and entry.msgstr:
            obsolete.setdefault(key(entry), []).append(entry)
    return {
        key(entry): _translation(entry, catalog, file, obsolete.get(key(entry), ()))
        for entry in entries
        if not entry.obsolete and not entry.msgid_plural
    }


def _translation(entry: CatalogEntry, catalog: Catalog, file: str, obsolete: Iterable[CatalogEntry]) -> Translation:
    line = entry.linenum or 0
    usable = (each for each in obsolete if each.msgid == entry.msgid or not entry.msgstr)
    return Translation(
        source=unicodedata.normalize("NFC", entry.msgid),
        text=unicodedata.normalize("NFC", entry.msgstr),
        fuzzy=entry.fuzzy,
        location=Location(file, *catalog.places.get(line, (line, 0))),
        msgid=Location(file, line, 1 if line else 0),
        repeated=next((Location(file, each.linenum or 0) for each in usable), None),
    )
