"""Drafts the file of a language, copies a workspace into a pseudo-locale, and writes review sheets for readers.

A draft comes from CLDR and the English file, with a list of what a person must decide. The pseudo-locale, English with
accents, a third longer and in brackets, shows what is not translated and what does not fit. A review sheet has every
text in English and another language side by side, as printed.
"""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import asdict, dataclass, replace
from datetime import date
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from briefgen.files import files_below, read_file, read_text, text_if_readable
from briefgen.localise import cldr
from briefgen.localise.context import Context
from briefgen.localise.language import Language, LanguageFile, ReadingWords, Translation, language_hint
from briefgen.localise.patterns import NO_BREAK, NO_BREAK_MARK, STILL_ENGLISH
from briefgen.model.book import FactBook, values_of
from briefgen.model.briefing import Briefing
from briefgen.model.facts import Value, text_key
from briefgen.model.findings import FindingsError, Location
from briefgen.model.look import LINES
from briefgen.model.texts import without_unwanted
from briefgen.model.views import Prose, Run
from briefgen.read import LOOK_FILE, shipped_templates
from briefgen.read.catalog import Catalog, CatalogEntry, read_catalogs
from briefgen.read.facts import partnerships, read_book
from briefgen.read.languages import BASE, catalog_files, read_languages
from briefgen.read.look import read_look
from briefgen.read.validate import described, read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, parse_yaml, read_yaml, yaml_text
from briefgen.tools.source_lines import RECOGNISED
from briefgen.tools.translations import all_labels, entries_for, machine_translated, texts_by_partnership
from briefgen.tools.workspaces import YAML_HEADER

_HEAD = """\
# How values are worded in {name}: a draft. CLDR gave number marks, months, plural categories, scale words, currencies,
# measures and spans of time; every other phrase is still the English one, marked `{mark}`. Whoever knows the language
# puts it right and takes the mark away; nothing is built before. What else is counted is added when a fact needs it:
# `briefgen check` tells what to write. What each key means is in schema.json beside this file, from `briefgen schema`.
"""
_READING = """\
# The words by which figures are read in sources; all may be left out, and the more there are, the surer is a draft.
reading:
  locale: {locale}
"""
_COUNTED_ON_EVERY_PAGE = ("facts", "sources")
CODE = "xa"
"""The language of the copy; CLDR calls its pseudo-locale of accented English en-XA."""
_FIRST_LINE = "# A copy of a workspace in a pseudo-locale, made by `briefgen translate pseudo`; it may be deleted.\n"
_FOLDERS = ("facts", "seeds", "templates")
_FIELD = re.compile(r"(\{[^{}]*\})")
_VOWELS = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True))
_ACCENTED = str.maketrans("cnsyzCNSYZ", "çñšýžÇÑŠÝŽ") | str.maketrans({each: 2 * _VOWELS[each] for each in _VOWELS})
"""Vowels are doubled, which makes a text and its words about a third longer, as translations are."""
_NO_PHRASES = ("numbers.grouping", "locale", "lang")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLanguage:
    """The text of a language's file, and the keys whose phrases are still English."""

    name: str
    text: str
    open_keys: tuple[str, ...]
    right_to_left: bool


def draft_language(workspace: Workspace, code: str) -> NewLanguage:
    """Return the draft before what the language's file says already. FindingsError for what CLDR does not know."""
    existing = workspace.template_file(f"languages/{code}.yaml")
    file = read_yaml(existing, workspace.shown(existing), workspace.root) if existing else parse_yaml("{}", code)
    if file.findings or not isinstance(file.value, dict):
        raise FindingsError(file.findings or read_as(LanguageFile, file)[1])
    before = file.value
    if "patterns" in before:
        where, hint = (
            workspace.shown(existing or workspace.root),
            "it can be printed: name it under 'languages' in the settings",
        )
        raise FindingsError.of(where, "W005", f"'{code}' has patterns already", hint)
    try:
        given: Mapping[str, Any] = cldr.phrases(code)
    except ValueError as error:
        hint = (
            language_hint(code, RECOGNISED) or "write its code of two or three letters (ISO 639), such as fr, or fr_CA"
        )
        raise FindingsError.of(code, "W005", str(error), hint) from None
    if code.replace("-", "_") != (written := str(cldr.locale(code))):
        raise FindingsError.of(code, "W005", f"'{code}' is no code of a language", f"write {written}")
    english: Any = read_yaml(shipped_templates() / "languages" / f"{BASE}.yaml").value
    patterns = deepcopy(english["patterns"])
    patterns |= {"locale": written, "lang": written.replace("_", "-")}
    patterns["collation"], patterns["together"], patterns["fractions"]["words"] = {}, [], {}
    units = patterns["counts"]["units"]
    patterns["counts"]["units"] = {
        name: each for name, each in units.items() if name in _COUNTED_ON_EVERY_PAGE or _is_sign(each["other"])
    }
    for path, value in given.items():
        _put(patterns, path.split("."), value)
    _fit_plurals(patterns, cldr.plural_categories(code))
    still = tuple(key for key in _still_english(english["patterns"], patterns) if key not in _NO_PHRASES)
    for key in still:
        _mark(patterns, key.split("."))
    own = _READING.format(locale=written) + "".join(
        f"  # {key}: {says.partition(chr(10))[0]}\n" for key, says in described(ReadingWords).items() if key != "locale"
    )
    if existing and before.get("reading"):
        own = "\n" + read_text(existing, workspace.root).removeprefix(YAML_HEADER)
    name = cldr.language_name(written, BASE)
    text = YAML_HEADER + _HEAD.format(name=name, mark=STILL_ENGLISH) + yaml_text(_marked({"patterns": patterns})) + own
    faults = read_as(LanguageFile, parse_yaml(text, code))[1]
    if faults:
        raise FindingsError(faults)
    return NewLanguage(name=name, text=text, open_keys=still, right_to_left=cldr.direction(written) == "rtl")


def _put(into: dict[str, Any], path: list[str], value: Any) -> None:
    """Put a value at a path; a mapping adds to the one that is there.

    Without a word for a million a language counts otherwise, as in 億 and 万: no scale of English is left.
    """
    *outer, last = path
    for step in outer:
        into = into[step]
    if not isinstance(value, dict):
        into[last] = value
        return
    before = into[last] if last != "ahead" else {}
    if last.endswith("scales") and value:
        has_million = _MILLION in value
        value = {power: each for power, each in value.items() if str(power) in before or not has_million}
        before = before if has_million else {}
    into[last] = {**before, **{str(key): each for key, each in value.items()}}


_MILLION = 6


def _fit_plurals(node: Any, categories: tuple[str, ...]) -> None:
    """Give each phrase with a number the plural categories that the language has."""
    for each in node.values() if isinstance(node, dict) else ():
        if isinstance(each, dict) and "other" in each and set(each) <= {"one", "two", "few", "many", "zero", "other"}:
            other = each["other"]
            fitting = {name: each.get(name, other) for name in categories if len(each) > 1 or name == "other"}
            each.clear()
            each.update(fitting)
        else:
            _fit_plurals(each, categories)


def _still_english(english: Any, drafted: Any, path: str = "") -> Iterator[str]:
    """Yield the keys whose phrases have words and are those of English; one for each phrase, whatever its plurals."""
    if isinstance(english, dict) and "other" in english:
        english, drafted = english["other"], drafted.get("other") if isinstance(drafted, dict) else drafted
    if isinstance(english, dict):
        for key, each in english.items():
            yield from _still_english(each, drafted.get(key), f"{path}.{key}" if path else key)
    elif english == drafted and not (path.startswith("counts.units.") and _is_sign(str(english))):
        yield from (path,) if any(map(str.isalpha, _FIELD.sub("", str(english)))) else ()


def _is_sign(phrase: str) -> bool:
    """Return whether a unit is written with a sign that every language has: kWh."""
    return len(_FIELD.sub("", phrase).strip(NO_BREAK_MARK)) <= 3


def _mark(node: Any, path: list[str]) -> None:
    """Mark the phrase at a path as English, in all of its plural forms."""
    for step in path[:-1]:
        node = node[step]
    found = node[path[-1]]
    node[path[-1]] = (
        {category: STILL_ENGLISH + each for category, each in found.items()}
        if isinstance(found, dict)
        else STILL_ENGLISH + found
    )


def _marked(value: Any) -> Any:
    """Return the values as text, with a sign for each no-break space, and without the other signs that nobody sees."""
    if isinstance(value, dict):
        return {str(key): _marked(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_marked(each) for each in value]
    return without_unwanted(str(value).replace("\u202f", NO_BREAK).replace(NO_BREAK, NO_BREAK_MARK))


def pseudo(text: str) -> str:
    """Return the text with accents, a third longer and in brackets; its {placeholders} stay as they are."""
    parts = (part if number % 2 else part.translate(_ACCENTED) for number, part in enumerate(_FIELD.split(text)))
    return f"[{''.join(parts)}]"


def make_pseudo_workspace(workspace: Workspace, folder: Path) -> None:
    """Copy the workspace into a folder, with all of its texts translated into the pseudo-locale.

    FindingsError if the folder holds anything but an earlier copy.
    """
    labels, (texts, faults) = all_labels(workspace), texts_by_partnership(workspace)
    if faults:
        raise FindingsError(faults)
    if text_if_readable(folder / "briefgen.toml", folder).startswith(_FIRST_LINE):
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = "name a folder that does not exist yet"
        raise FindingsError.of(str(folder), "W006", "exists already and is not empty", hint)
    for name in _FOLDERS:
        source = workspace.root / name
        is_ours = source.is_dir() and source.resolve() != shipped_templates().resolve()
        for path in files_below(source, without=("originals",), within=workspace.root) if is_ours else ():
            if path.suffix != ".po" and not path.is_dir():  # catalogs are made anew, and originals are not needed
                copy = folder / name / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(read_file(path, workspace.root))
    settings = replace(workspace.settings, languages=(BASE, CODE))
    files = {
        "briefgen.toml": _FIRST_LINE + "".join(f"{key} = {_toml(value)}\n" for key, value in asdict(settings).items()),
        f"templates/languages/{CODE}.yaml": yaml_text(_language(workspace)),
        f"templates/locale/{CODE}.po": machine_translated(CODE, labels, pseudo),
    }
    own = {name: f"{name}/" if len(texts) > 1 else "" for name in texts}
    files |= {f"facts/locale/{at}{CODE}.po": machine_translated(CODE, texts[name], pseudo) for name, at in own.items()}
    if look := _look(workspace, folder / "templates" / LOOK_FILE):
        files[f"templates/{LOOK_FILE}"] = look
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def _look(workspace: Workspace, path: Path) -> str:
    """Return the look file with its lines in the pseudo-locale too, as a line must be in every language or in none."""
    look, _ = read_look(workspace, ())
    value = read_yaml(path).value if path.is_file() else {}
    if look is None or not isinstance(value, dict):
        return ""
    lines: dict[tuple[str, ...], Any] = {(key,): getattr(look, key) for key in LINES}
    lines["logo", "text"] = look.logo.text if look.logo else {}
    for keys, texts in lines.items():
        if texts.get(BASE):
            inner: Any = value
            for key in keys:
                inner[key] = inner.get(key) or {}
                inner = inner[key]
            inner[CODE] = pseudo(texts[BASE])
    return yaml_text(value) if value else ""


def _language(workspace: Workspace) -> Plain:
    """Return the base language's patterns under another name; values look the same in both, for comparison."""
    path = workspace.template_file(f"languages/{BASE}.yaml")
    file = read_yaml(path, within=workspace.root).value if path else None
    patterns = file.get("patterns") if isinstance(file, dict) else None
    if not isinstance(patterns, dict):
        message = f"the language '{BASE}' has no patterns to start from"
        raise FindingsError.of(f"templates/languages/{BASE}.yaml", "W005", message)
    name, tag = pseudo(str(patterns.get("own_name"))), f"{patterns.get('lang')}-XA"
    return {"patterns": {**patterns, "own_name": name, "lang": tag}}


def _toml(value: object) -> str:
    """Return a TOML value: a table on one line; texts, numbers and lists are written as in JSON."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {_toml(inner)}' for key, inner in value.items())}}}"
    return json.dumps(value, ensure_ascii=False)


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
        raise FindingsError.of("languages", "W005", message, language_hint(code, choices))
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
    briefing = Briefing(day=date.min, book=book, items={}, headlines=(), foresee=lambda: None)
    english = Context(briefing=briefing, language=languages[BASE])
    other = Context(briefing=briefing, language=replace(languages[code], texts=translated))
    # the values each text may name: those of its fact; in a headline, those of all facts as {fact.value}
    every = {f"{id}.{name}": value for id, fact in book.facts.items() for name, value in values_of(fact).items()}
    values = {f"{id} {key}": values_of(fact) for id, fact in book.facts.items() for key in ("text", "note")}
    values |= {text_key(id, e.before): values_of(fact) for id, fact in book.facts.items() for e in fact.earlier_texts}
    values |= {f"{headline.id} text": every for headline in book.file.headlines}
    for entry in entries:
        own = values.get(entry.msgctxt, {})
        translation = _prose(other, entry, own, entry.msgstr) if entry.msgstr else Prose()
        yield _Row(entry=entry, english=_prose(english, entry, own, entry.msgid), translation=translation)


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
