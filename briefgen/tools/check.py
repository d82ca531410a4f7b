"""Finds what is wrong in a workspace without building; facts past review; names in templates that nothing has."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.changes import ChangeKind
from briefgen.check.facts import past_review
from briefgen.check.languages import LanguageSubject, missing_labels, unknown_labels, untranslatable_texts, unused_texts
from briefgen.files import styled, text_if_readable
from briefgen.localise.labels import Label
from briefgen.model.book import FactBook
from briefgen.model.briefing import Status
from briefgen.model.document import TemplateError
from briefgen.model.edition import INDEX
from briefgen.model.facts import Act, Delivery, DocumentForm, MeetingForm
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean, errors, plural
from briefgen.read import facts_files, workspace_files
from briefgen.read.facts import (
    assess_on,
    partnerships,
    read_and_check,
    read_facts,
    read_sources,
    readable_facts,
    shared_ids,
)
from briefgen.read.files import check_addresses, check_names, check_styles, moved_on
from briefgen.read.languages import BASE, known_languages, read_language_file, read_languages
from briefgen.read.look import check_look_ids, lapsed, look_as_written, read_and_check_look, read_look
from briefgen.read.workspace import Workspace, known_documents, read_clearances
from briefgen.render.screen import script
from briefgen.render.styles import classes_in, styles_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What `check_all` found."""

    findings: tuple[Finding, ...]
    summary: str
    """One sentence; of several partnerships one on each before it, on lines of their own."""
    books: Mapping[str, FactBook]
    """The facts without errors, by partnership."""


def check_all(workspace: Workspace, now: datetime) -> Checked:
    """Return every finding of the workspace as of this moment."""
    findings, read, books = list[Finding](), list[FactBook](), dict[str, FactBook]()
    counts: list[tuple[str, int, tuple[Finding, ...]]] = []
    for path in partnerships(workspace):
        book, languages, found = read_and_check(workspace, path, workspace.settings.languages, now.date())
        findings += (*found, *read_and_check_look(workspace, languages, workspace.settings.languages)[1])
        counts.append((path.stem, len(book.facts) if book else readable_facts(workspace, path), found))
        read += [book] if book else []
        books |= {path.stem: book} if book and not errors(found) else {}
        try:
            read_clearances(workspace, path)
        except FindingsError as error:
            findings += error.findings
    findings += (
        *read_sources(workspace)[2],  # those of records that no facts cite yet too
        *check_names(workspace),
        *shared_ids(workspace),
        *check_templates(workspace),
        *check_styles(workspace),
        *check_addresses(workspace),
        *moved_on(workspace),
    )
    look, written = read_look(workspace, ())[0], look_as_written(workspace)
    if look and look.embargo:
        findings += lapsed(look.embargo, written.keys, now)
    findings += check_look_ids(workspace, look, read) if look else ()
    if len(read) == len(counts):  # else it may be of a partnership that could not be read
        findings += (*_unused_records(workspace, read), *_unused_translations(workspace, read))
    for code in sorted({*known_languages(workspace)} - {*workspace.settings.languages}):  # texts are read in these
        findings += read_language_file(workspace, code)[1]
    lines = [f"{name}: {_counted(facts, found)}" for name, facts, found in counts] if len(counts) > 1 else []
    lines.append(_counted(sum(facts for _, facts, _ in counts), findings))
    return Checked(findings=tuple(findings), summary="\n".join(lines), books=books)


def _unused_records(workspace: Workspace, books: Iterable[FactBook]) -> Iterator[Finding]:
    cited = {id for book in books for id in book.sources}
    sources, locations, _ = read_sources(workspace)
    for id, source in sources.items():
        if id not in cited:
            silent = sum(not (line.digest or line.says) for line in source.lines)
            lines = (
                f" yet; of {plural(len(source.lines), 'line')}, {silent} {'has' if silent == 1 else 'have'} no digest"
            )
            left_out = ": all of its lines are left out"
            message = f"no fact rests on this record{lines if source.lines else left_out}"
            hint = f"briefgen fact add {id}:LINE writes one; briefgen sources show {id} lists the lines"
            yield Finding(locations["sources", id, "id"], "E214", message, Severity.NOTE, hint=hint)


def _counted(facts: int, findings: Iterable[Finding]) -> str:
    """Return how many facts were checked, and how many different findings there are."""
    number = len({*findings})
    return f"{plural(facts, 'fact')} checked, {plural(number, 'finding') if number else 'no findings'}."


def check_freshness(workspace: Workspace, books: Mapping[str, FactBook], day: date) -> tuple[list[str], list[Finding]]:
    """Return a sentence on each partnership, and the facts past review on the day, the longest unconfirmed first."""
    sentences, stale = [], []
    for name, book in books.items():
        briefing = assess_on(workspace, book, day)
        found = list(past_review(briefing))
        ageing = f"{plural(len(briefing.ageing), 'fact')} that age{'s' if len(briefing.ageing) == 1 else ''}"
        sentences.append(f"{name}: {len(found)} of {ageing} {'is' if len(found) == 1 else 'are'} past review on {day}.")
        stale += [(item.confirmed, finding) for item, finding in zip(briefing.past_review, found, strict=True)]
    return sentences, [finding for _, finding in sorted(stale)]


def _place_of(name: str, workspace: Workspace, path: Path, line: int) -> Location:
    """Return where on a line a template has a name in quotes."""
    from briefgen.render.templates import column_of

    return Location(workspace.shown(path), line, column_of(str(path), line, f"'{name}'"))


def _never_met(workspace: Workspace, found: Iterable[tuple[Path, int, str, str]]) -> Iterator[Finding]:
    """R413: a template asks whether the medium or the language is one that there is not."""
    for path, line, asked, hint in found:
        location = _place_of(asked, workspace, path, line)
        message = f"the condition is never met: no page has '{asked}'"
        yield Finding(location, "R413", message, Severity.WARNING, hint=hint)


def check_templates(workspace: Workspace) -> list[Finding]:
    """Return which templates cannot be read, the names and labels that nothing has, and plain text."""
    from briefgen.render.html import conditions_never_met, labels_used, untranslated_texts
    from briefgen.render.templates import Templates

    folders, codes = workspace.template_folders, workspace.settings.languages
    loader = Templates(folders)  # for all that is looked for, so that each file is read once
    printed_as_it_stands = codes != (BASE,) and folders[0].is_relative_to(workspace.root)
    try:
        used = {label: (path, line) for path, line, label in reversed([*labels_used(loader)])}
        texts = untranslated_texts(loader) if printed_as_it_stands else ()
        plain = [*untranslatable_texts((Location(workspace.shown(path), line), text) for path, line, text in texts)]
        plain += _never_met(workspace, conditions_never_met(loader, known_languages(workspace)))
        languages = read_languages(workspace, codes)
    except TemplateError as error:
        return [Finding(Location(error.file, error.line, error.column), "R401", error.message, hint=error.hint)]
    except FindingsError:
        return []  # the languages are reported with the facts
    places = {
        label: _place_of(label, workspace, path, line)
        for label, (path, line) in used.items()
        if path.is_relative_to(folders[0])
    }
    for language in languages.values():
        plain += missing_labels(LanguageSubject(language=language, labels=(*reversed(used),), places=places))
    plain += [each for language in languages.values() for each in unknown_labels(language, (*used, *Label))]
    return plain + _wrong_names(workspace, loader, known_documents(workspace), rest=True)


def _unused_translations(workspace: Workspace, books: Sequence[FactBook]) -> Iterator[Finding]:
    """Yield the translations shared by several partnerships that belong to no text of any."""
    messages = tuple(message for book in books for message in book.messages())
    with suppress(FindingsError):  # what is wrong with a language is reported with the facts
        for language in read_languages(workspace, workspace.settings.languages).values() if len(books) > 1 else ():
            yield from unused_texts(LanguageSubject(language=language, messages=messages))


if TYPE_CHECKING:
    from briefgen.render.names import Named
    from briefgen.render.templates import Templates


def check_template_names(workspace: Workspace, documents: Iterable[str]) -> list[Finding]:
    """Return what is wrong with the names in the templates of documents.

    R401: nothing has the name. R413: no fact has the id that others are compared with, so that none is ever found.
    """
    from briefgen.render.templates import Templates

    return _wrong_names(workspace, Templates(workspace.template_folders), documents, rest=False)


def _wrong_names(workspace: Workspace, loader: "Templates", documents: Iterable[str], *, rest: bool) -> list[Finding]:
    from briefgen.render.names import names_in  # with Jinja, which takes its time to load

    templates = (*(f"{name}.html" for name in documents), f"parts/{INDEX}.html")
    unknown, ids = names_in(loader, templates, rest=rest)
    return [*(each.finding for each in unknown), *(_unknown_ids(workspace, ids) if ids else ())]


def _unknown_ids(workspace: Workspace, ids: Iterable["Named"]) -> Iterator[Finding]:
    books = [read_facts(workspace, path)[0] for path in partnerships(workspace)]
    known = {*read_sources(workspace)[0]}
    for book in books:
        if book is None:
            return  # it may be there
        known |= {*book.facts, *(each.id for each in book.file.headlines)}
    for each in ids:
        if each.name not in known:
            message = f"no fact and no record has the id '{each.name}'"
            yield Finding(each.location, "R413", message, Severity.WARNING, hint=did_you_mean(each.name, known))


_WORD, _TAG = re.compile(r"[\w-]+"), re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)
_CODES: tuple[type[StrEnum], ...] = (Status, Act, ChangeKind, Delivery, MeetingForm, DocumentForm)
"""What templates take as classes from facts: `class="status {{ badge.code }}"`."""


def unused_classes(workspace: Workspace) -> Iterator[Finding]:
    """Yield each class and id of an own style that no template prints, in whatever document, language or state (R415).

    Any word counts that a template, the page's script or a fact has: it may be put together to a class.
    """
    own, *shipped = workspace.template_folders
    texts = dict(styled([own], workspace.root)) if shipped else {}
    texts = {path: text for path, text in texts.items() if "\0" not in text}  # UTF-16: Y001
    sought = {path: found for path, text in texts.items() if (found := classes_in(_style(path, text)))}
    if not sought:
        return
    every = {**dict(styled(shipped, workspace.root)), **texts}
    marked = {word for path, text in every.items() if path.suffix == ".html" for word in _WORD.findall(_markup(text))}
    theirs = (_style(path, text) for path, text in every.items() if path not in texts)
    in_styles = {name for style in theirs for name, _, _ in classes_in(style)}
    codes = {each.replace(" ", "-") for kind in _CODES for each in kind}
    known = marked | in_styles | codes | {*_WORD.findall(script())}
    begun = tuple(word for word in marked if word.endswith("-") and word.strip("-"))
    in_facts = _words_of_facts(workspace)
    for path, found in sought.items():
        for written, line, column in found:
            name, what = written.removeprefix("#"), "id" if written.startswith("#") else "class"
            if name not in known and name not in in_facts and not name.startswith(begun):
                message = f"no document has the {what} '{name}', so that this rule is for nothing"
                there = _values(every, "id") if what == "id" else in_styles | _values(every, "class")
                hint = did_you_mean(name, there) or "give it to an element, or take the rule away"
                yield Finding(Location(workspace.shown(path), line, column), "R415", message, Severity.NOTE, hint=hint)


def _style(path: Path, text: str) -> str:
    return text if path.suffix == ".css" else styles_in(text)


def _markup(template: str) -> str:
    """Return a template without its styles."""
    style = styles_in(template)
    return "".join(" " if mark.strip() else each for each, mark in zip(template, style, strict=True))


def _values(texts: dict[Path, str], attribute: str) -> set[str]:
    """Return the classes or ids that elements of the templates have as they are written."""
    plain = (_TAG.sub(" ", text) for text in texts.values())
    values = (value for text in plain for value in re.findall(rf"""\b{attribute}=["']([^"']*)""", text))
    return {name for value in values for name in value.split()}


def _words_of_facts(workspace: Workspace) -> set[str]:
    files = {path for facts in facts_files(workspace.root) for path in workspace_files(workspace.root, facts)}
    texts = (text_if_readable(path, workspace.root) for path in files if path.suffix == ".yaml")
    return {word for text in texts for word in _WORD.findall(text)}
