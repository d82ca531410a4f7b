"""`briefgen translate review`: every text in English and one other language side by side, with space for remarks."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

import click

from briefgen.cli.translating import catalog_text, every_label, texts_of
from briefgen.cli.writing import replace_file
from briefgen.localise.language import Language
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.model.rows import Prose, Run
from briefgen.read.facts import partnerships
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace
from briefgen.tools.review_sheet import reviewer
from briefgen.tools.translations import Entry, entries

Worded = Callable[[str, str, str], tuple[Prose, Prose]]
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
class _Group:
    """A table of the sheet: its entries, and how they are worded."""

    title: str
    entries: tuple[Entry, ...]
    worded: Worded


def write_review(workspace: Workspace, code: str, path: Path) -> None:
    """Write the sheet of a language; FindingsError where the language or the facts cannot be read."""
    languages = _languages(workspace, code)
    groups = [_labels(workspace, code), *_facts(workspace, code, languages)]
    replace_file(path, _sheet(groups, languages, code))
    click.echo(f"Wrote {path}: open it in a browser, or print it.")


def _languages(workspace: Workspace, code: str) -> Mapping[str, Language]:
    choices = [each for each in workspace.settings.languages if each != BASE]
    if code not in choices:
        message, hint = f"the settings name no language '{code}' to translate into", did_you_mean(code, choices)
        raise FindingsError([Finding(Location("languages"), "W005", message, hint=hint)])
    return read_languages(workspace, [code], workspace.facts / "locale")


def _labels(workspace: Workspace, code: str) -> _Group:
    """The labels of all templates; the workspace's own translations come before the shipped ones."""
    labels = every_label(workspace)
    found = [entries(catalog_text(folder, code), labels) for folder in workspace.template_folders]
    best = (next((each for each in one if each.translation), one[0]) for one in zip(*found, strict=True))
    return _Group(title="Labels", entries=tuple(best), worded=_label)


def _label(_context: str, english: str, translation: str) -> tuple[Prose, Prose]:
    return Prose((Run(english),)), Prose((Run(translation),)) if translation else Prose()


def _facts(workspace: Workspace, code: str, languages: Mapping[str, Language]) -> Iterable[_Group]:
    """A table for each partnership; the records they share come once."""
    seen: set[str] = set()
    for path in partnerships(workspace):
        book, texts = texts_of(workspace, path)
        known = entries(catalog_text(workspace.facts, code), texts)
        yield _group(book, languages, code, tuple(entry for entry in known if entry.context not in seen), known)
        seen |= {text.context for text in texts}


def _group(
    book: FactBook, languages: Mapping[str, Language], code: str, shown: tuple[Entry, ...], known: tuple[Entry, ...]
) -> _Group:
    pairs = {entry.context: (entry.english, entry.translation) for entry in known if entry.translation}
    worded = reviewer(book, languages[BASE], languages[code], pairs).both
    return _Group(title=book.file.partnership.name, entries=shown, worded=worded)


def _sheet(groups: Iterable[_Group], languages: Mapping[str, Language], code: str) -> str:
    base, other = languages[BASE].patterns, languages[code].patterns
    names = {"base": escape(base.lang), "tag": escape(other.lang), "name": escape(other.own_name), "code": escape(code)}
    tables, number = [], 0
    for group in groups:
        rows = [_row(group, entry, at, names) for at, entry in enumerate(group.entries, number + 1)]
        tables.append(_TABLE.substitute(names, title=escape(group.title), rows="\n".join(rows)))
        number += len(rows)
    page = Template(Path(__file__).with_name("review.html").read_text(encoding="utf-8"))
    return page.substitute(names, title=f"Review: {names['name']}", count=number, tables="\n".join(tables))


def _row(group: _Group, entry: Entry, number: int, names: Mapping[str, str]) -> str:
    english, translation = group.worded(entry.context, entry.english, entry.translation)
    state = "guess" if entry.fuzzy else "" if entry.translation else "missing"
    asides = [f'<span class="state">{state}</span>'] if state else []
    asides += [f"made for: {escape(line)}" for line in entry.previous]
    asides += [f"translator’s note: {escape(' '.join(entry.comments))}"] if entry.comments else []
    return _ROW.substitute(
        names,
        state="left" if state else "done",
        number=number,
        key=escape(entry.context or entry.file or "of the program"),
        id=escape(entry.context or entry.english),
        english=_markup(english),
        translation=_markup(translation),
        asides="".join(f'<span class="aside">{aside}</span>' for aside in asides),
    )


def _markup(prose: Prose) -> str:
    return "".join(_run(run) for run in prose.runs)


def _run(run: Run) -> str:
    text = re.sub(r"\{[^{}]*\}", r'<i class="field">\g<0></i>', escape(run.text))
    return f'<span class="value">{text}</span>' if run.value else text
