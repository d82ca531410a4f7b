"""Writes a review sheet: every text in English and another language side by side, as printed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from string import Template

from briefgen.localise.context import Context
from briefgen.localise.language import Language, Translation
from briefgen.model.book import FactBook, values_of
from briefgen.model.briefing import Briefing
from briefgen.model.facts import Value, text_key
from briefgen.model.findings import FindingsError, Location, did_you_mean
from briefgen.model.page import Prose, Run
from briefgen.read.catalog import Catalog, CatalogEntry, read_catalogs
from briefgen.read.facts import partnerships, read_book
from briefgen.read.languages import BASE, catalog_files, read_languages
from briefgen.read.workspace import Workspace
from briefgen.tools.translations import all_labels, entries_for

_ROW = Template("""\
<tr class="$state"><th scope="row" class="key"><b>$number</b> $key</th>
<td lang="$base">$english</td>
<td><span lang="$tag">$translation</span>$asides</td>
<td><textarea name="$id" aria-label="$number $key" rows="1"></textarea></td></tr>""")
_TABLE = Template("""\
<h2>$title</h2>
<table>
<thead><tr><th scope="col" class="key">Row</th><th scope="col">English</th><th scope="col" lang="$tag">$name</th>\
<th scope="col" class="remark">Remarks</th></tr></thead>
<tbody>
$rows
</tbody>
</table>""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A text of the sheet: its entry in the catalog, and both languages as printed."""

    entry: CatalogEntry
    english: Prose
    translation: Prose


def review_sheet(workspace: Workspace, code: str) -> str:
    """Return the sheet of a language as an HTML page; FindingsError if the language or the facts cannot be read."""
    choices = [each for each in workspace.settings.languages if each != BASE]
    if code not in choices:
        message = f"the settings name no language '{code}' to translate into"
        raise FindingsError.of("languages", "W005", message, did_you_mean(code, choices))
    languages = read_languages(workspace, [code])
    return _page((("Labels", _label_rows(workspace, code)), *_fact_groups(workspace, languages, code)), languages, code)


def _label_rows(workspace: Workspace, code: str) -> tuple[_Row, ...]:
    """Return the labels of all templates; the workspace's own translations come before the shipped ones."""
    labels = all_labels(workspace)
    catalogs = read_catalogs((f / "locale" / f"{code}.po" for f in workspace.template_folders), workspace.root).values()
    found = zip(*(entries_for(catalog, labels) for catalog in catalogs), strict=True)
    entries = (next((each for each in alike if each.msgstr), alike[0]) for alike in found)
    return tuple(_Row(entry=each, english=_plain(each.msgid), translation=_plain(each.msgstr)) for each in entries)


def _fact_groups(
    workspace: Workspace, languages: Mapping[str, Language], code: str
) -> Iterator[tuple[str, tuple[_Row, ...]]]:
    """Yield the rows of each partnership with its name; what several say in the same words comes once."""
    seen: set[tuple[str, ...]] = set()
    for path in partnerships(workspace):
        book = read_book(workspace, path)
        own, *shared = read_catalogs(catalog_files(workspace, path, code), workspace.root).values()
        messages = tuple(book.messages())
        same = {(message.context, message.text) for message in messages}
        common = (each for catalog in shared for each in catalog.entries if (each.msgctxt, each.msgid) in same)
        entries = entries_for(Catalog(entries=(*own.entries, *common)), messages)
        rows = _fact_rows(book, languages, code, entries)
        words = [(each.msgctxt, each.msgid, each.msgstr) for each in entries]
        yield book.file.partnership.name, tuple(row for row, each in zip(rows, words, strict=True) if each not in seen)
        seen |= set(words)


def _fact_rows(
    book: FactBook, languages: Mapping[str, Language], code: str, entries: Iterable[CatalogEntry]
) -> Iterator[_Row]:
    """Yield every text as printed with the translations of the catalog, fuzzy ones too, since they need review."""
    translated = {
        entry.msgctxt: Translation(source=entry.msgid, text=entry.msgstr, fuzzy=False, location=Location(""))
        for entry in entries
    }
    # names and sentences do not depend on the day
    briefing = Briefing(day=date.min, book=book, items={}, headlines=(), next_change=None)
    english = Context(briefing=briefing, language=languages[BASE])
    other = Context(briefing=briefing, language=replace(languages[code], texts=translated))
    values = _values(book)
    for entry in entries:
        own = values.get(entry.msgctxt, {})
        yield _Row(
            entry=entry,
            english=_prose(english, entry, own, entry.msgid),
            translation=_prose(other, entry, own, entry.msgstr) if entry.msgstr else Prose(),
        )


def _values(book: FactBook) -> Mapping[str, Mapping[str, Value]]:
    """Return the values each text may name: those of its fact; in a headline, those of all facts as {fact.value}."""
    every = {f"{id}.{name}": value for id, fact in book.facts.items() for name, value in values_of(fact).items()}
    own = {f"{id} {key}": values_of(fact) for id, fact in book.facts.items() for key in ("text", "note")}
    own |= {text_key(id, e.before): values_of(fact) for id, fact in book.facts.items() for e in fact.earlier_texts}
    return {**own, **{f"{headline.id} text": every for headline in book.file.headlines}}


def _prose(context: Context, entry: CatalogEntry, values: Mapping[str, Value], text: str) -> Prose:
    """Return the text with its values; with its braces if one cannot be formatted, which `briefgen check` reports."""
    try:
        return context.prose(entry.msgctxt, entry.msgid, values)
    except ValueError:
        return _plain(text)


def _plain(text: str) -> Prose:
    return Prose((Run(text),)) if text else Prose()


def _page(groups: Iterable[tuple[str, tuple[_Row, ...]]], languages: Mapping[str, Language], code: str) -> str:
    base, other = languages[BASE].patterns, languages[code].patterns
    names = {"base": escape(base.lang), "tag": escape(other.lang), "name": escape(other.own_name), "code": escape(code)}
    tables, count, boxes = [], 0, Counter[str]()
    for title, rows in groups:
        boxes.update(map(_box, rows))
        written = "\n".join(
            _row(row, number, names | {"id": escape(f"{_box(row)} {boxes[_box(row)]}".removesuffix(" 1"))})
            for number, row in enumerate(rows, count + 1)
        )
        tables.append(_TABLE.substitute(names, title=escape(title), rows=written))
        count += len(rows)
    page = Template(Path(__file__).with_name("review.html").read_text(encoding="utf-8"))
    return page.substitute(names, title=f"Review: {names['name']}", count=count, tables="\n".join(tables))


def _box(row: _Row) -> str:
    """Return the name of a row's remarks; where an earlier table has it too, its number follows."""
    return row.entry.msgctxt or row.entry.msgid


def _row(row: _Row, number: int, names: Mapping[str, str]) -> str:
    entry = row.entry
    state = "guess" if entry.fuzzy else "" if entry.msgstr else "missing"
    asides = [f'<span class="state">{state}</span>'] if state else []
    asides += [f"made for: {escape(entry.previous_msgid)}"] if entry.previous_msgid else []
    asides += [f"translator’s note: {escape(' '.join(entry.tcomment.split()))}"] if entry.tcomment else []
    return _ROW.substitute(
        names,
        state="left" if state else "done",
        number=number,
        key=escape(entry.msgctxt or entry.comment or "of the program"),
        english=_markup(row.english),
        translation=_markup(row.translation),
        asides="".join(f'<span class="aside">{aside}</span>' for aside in asides),
    )


def _markup(prose: Prose) -> str:
    runs = [(run, re.sub(r"\{[^{}]*\}", r'<i class="field">\g<0></i>', escape(run.text))) for run in prose.runs]
    return "".join(f'<span class="value">{text}</span>' if run.value else text for run, text in runs)
