"""Finds everything that is wrong in a workspace without building, and facts that are past review."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from briefgen.check.facts import past_review
from briefgen.check.languages import LanguageSubject, missing_labels, unknown_labels, untranslatable_texts, unused_texts
from briefgen.localise.labels import Label
from briefgen.model.book import FactBook
from briefgen.model.document import TemplateError
from briefgen.model.findings import Finding, FindingsError, Location, Severity, has_errors, plural
from briefgen.read.facts import assess_on, partnerships, read_and_check, read_sources, readable_facts, shared_ids
from briefgen.read.files import check_names, check_styles, moved_on
from briefgen.read.languages import BASE, known_languages, read_language_file, read_languages
from briefgen.read.look import check_look_ids, lapsed, look_as_written, read_and_check_look, read_look
from briefgen.read.workspace import Workspace, known_documents, read_clearances


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
        books |= {path.stem: book} if book and not has_errors(found) else {}
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
            lines = f" yet; of {plural(len(source.lines), 'line')}, {silent} have no digest"
            left_out = ": all of its lines are left out"
            message = f"no fact rests on this record{lines if source.lines else left_out}"
            hint = f"briefgen fact add {id}:LINE writes one; briefgen sources show {id} lists the lines"
            yield Finding(locations["sources", id, "id"], "E214", message, Severity.NOTE, hint=hint)


def _counted(facts: int, findings: Iterable[Finding]) -> str:
    """Return how many facts were checked, and how many different findings there are."""
    number = len({*findings})
    return f"{facts} facts checked, {plural(number, 'finding') if number else 'no findings'}."


def check_freshness(workspace: Workspace, books: Mapping[str, FactBook], day: date) -> tuple[list[str], list[Finding]]:
    """Return a sentence on each partnership, and the facts past review on the day, the longest unconfirmed first."""
    sentences, stale = [], []
    for name, book in books.items():
        briefing = assess_on(workspace, book, day)
        found = list(past_review(briefing))
        sentences.append(f"{name}: {len(found)} of {len(briefing.ageing)} facts that age are past review on {day}.")
        stale += [(item.confirmed, finding) for item, finding in zip(briefing.past_review, found, strict=True)]
    return sentences, [finding for _, finding in sorted(stale)]


def _never_met(workspace: Workspace, found: Iterable[tuple[Path, int, str, str]]) -> Iterator[Finding]:
    """R413: a template asks whether the medium or the language is one that there is not."""
    from briefgen.render.templates import column_of

    for path, line, asked, hint in found:
        location = Location(workspace.shown(path), line, column_of(str(path), line, f"'{asked}'"))
        message = f"the condition is never met: no page has '{asked}'"
        yield Finding(location, "R413", message, Severity.WARNING, hint=hint)


def check_templates(workspace: Workspace) -> list[Finding]:
    """Return which templates cannot be read, the names and labels that nothing has, and plain text."""
    from briefgen.read.template_names import check_template_names
    from briefgen.render.html import conditions_never_met, labels_used, untranslated_texts
    from briefgen.render.templates import column_of

    folders, codes = workspace.template_folders, workspace.settings.languages
    printed_as_it_stands = codes != (BASE,) and folders[0].is_relative_to(workspace.root)
    try:
        used = {label: (path, line) for path, line, label in reversed([*labels_used(folders)])}
        texts = untranslated_texts(folders[0], folders) if printed_as_it_stands else ()
        plain = [*untranslatable_texts((Location(workspace.shown(path), line), text) for path, line, text in texts)]
        plain += _never_met(workspace, conditions_never_met(folders, known_languages(workspace)))
        languages = read_languages(workspace, codes)
    except TemplateError as error:
        return [Finding(Location(error.file, error.line, error.column), "R401", error.message, hint=error.hint)]
    except FindingsError:
        return []  # the languages are reported with the facts
    places = {
        label: Location(workspace.shown(path), line, column_of(str(path), line, f"'{label}'"))
        for label, (path, line) in used.items()
        if path.is_relative_to(folders[0])
    }
    for language in languages.values():
        plain += missing_labels(LanguageSubject(language=language, labels=(*reversed(used),), places=places))
    plain += [each for language in languages.values() for each in unknown_labels(language, (*used, *Label))]
    return plain + check_template_names(workspace, known_documents(workspace), rest=True)


def _unused_translations(workspace: Workspace, books: Sequence[FactBook]) -> Iterator[Finding]:
    """Yield the translations shared by several partnerships that belong to no text of any."""
    messages = tuple(message for book in books for message in book.messages())
    with suppress(FindingsError):  # what is wrong with a language is reported with the facts
        for language in read_languages(workspace, workspace.settings.languages).values() if len(books) > 1 else ():
            yield from unused_texts(LanguageSubject(language=language, messages=messages))
