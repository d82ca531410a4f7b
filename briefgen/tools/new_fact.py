"""Writes a fact and what its line says into the two books: everything that a person need not decide."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from briefgen.check.source_words import SourceWords, source_words
from briefgen.localise.language_file import ReadingWords
from briefgen.model.book import SECTIONS, FactFile, KeyPath
from briefgen.model.dates import parse_date
from briefgen.model.facts import Fact, Statement, Value, placeholders
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, errors
from briefgen.model.quantities import parse_id, parse_key, parse_quantity
from briefgen.model.records import Quoted, Source
from briefgen.read.facts import partnerships, read_and_check_facts, read_current
from briefgen.read.languages import reading_words
from briefgen.read.paths import files_of
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, YamlFile, parse_yaml, read_yaml
from briefgen.tools.figures.read import has_date
from briefgen.tools.quotations import line_faults
from briefgen.tools.source_lines import RecordFile, SourceLine, edited_text, find_record

KINDS: Mapping[str, type[Fact]] = {kind.kind: kind for kind in SECTIONS.values()}
ACTING = ("statement", "document", "mechanism")
"""Kinds whose act tells what the fact is: it is asked for, and never taken for granted."""
_TARGET, _OBSERVED, _PARTICIPANT = ("goal", "by"), ("value", "period"), re.compile(r"participant([1-9]\d?)")
_FIGURE = re.compile(r"(?P<name>[\w-]+)(?:\s*=\s*(?P<rest>.+))?", re.DOTALL)
_TYPED = re.compile(r"(?P<value>.+?) (?P<how>as|because) (?P<rest>.+)")
_NOTED = re.compile(r"(?P<words>.+?) \((?P<value>[^()-][^()]*)\): ")
VALUE_FORM = "goal=amount, 'goal=150 billion USD as 150 miljard USD', or 'when=2025-02 because the note is of it'"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """What a person says of a fact; the rest is taken from the record."""

    kind: str
    id: str
    text: str
    theme: str
    digest: str = ""
    by: tuple[str, ...] = ()
    speaker: str = ""
    to: tuple[str, ...] = ()
    act: str = ""
    on: str = ""
    """The event, by its name in the record of the line."""
    event: str = ""
    """The day and the title of that event, where the record lacks it."""
    values: tuple[str, ...] = ()
    """Which figures of the line the fact has, in the notation VALUE_FORM; those that its text names need no mention."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Other keys of the fact, as they are written in YAML: form, series, overview, target.indicator ..."""
    settled: bool = False
    """Whether a person has looked at the notes of the draft on this line that the values do not answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The new texts of the two files."""

    facts: Path
    facts_text: str
    record: Path
    record_text: str


def facts_of(workspace: Workspace, name: str) -> Path:
    """Return the facts of the partnership `name`, which may be empty where there is one only; W004 otherwise."""
    known = {path.stem: path for path in partnerships(workspace)}
    if name in known or (not name and len(known) == 1):
        return known.get(name) or next(iter(known.values()))
    message = f"there are no facts '{name}'" if name else f"there are {len(known)} partnerships"
    hint = did_you_mean(name, known) if name else f"name one with --partnership: {', '.join(known)}"
    raise FindingsError.of(workspace.shown(workspace.facts), "W004", message, hint)


def new_id(text: str, known: Sequence[str]) -> str:
    """Return an id for a text, of its first words, that no fact has."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"\{[^}]*\}", " ", text).casefold())
    id = "-".join([word for word in words if len(word) > 3 or word.isdigit()][:4]) or "fact"
    return next(name for n in range(1, len(known) + 2) if (name := f"{id}-{n}" if n > 1 else id) not in known)


def values_needed(kind: str) -> tuple[str, ...]:
    """Return the names of the values without which a fact of this kind is none."""
    return tuple("value" if name == "observations" else name for name in _needed(kind) if _holds_value(kind, name))


def keys_needed(kind: str) -> tuple[str, ...]:
    """Return the other keys without which a fact of this kind is none: its form, its series."""
    asked = ("by", "act", "on")
    return tuple(name for name in _needed(kind) if not _holds_value(kind, name) and name not in asked)


def _needed(kind: str) -> Iterator[str]:
    of_all = {each.name for each in fields(Fact) if each.name not in ("by", "act", "on")}
    for each in fields(KINDS[kind]):
        if each.name not in of_all and each.default is MISSING and each.default_factory is MISSING:
            yield each.name


def _holds_value(kind: str, name: str) -> bool:
    return name == "observations" or _is_value(KINDS[kind], name)


def open_notes(notes: Sequence[str], values: Sequence[str]) -> list[str]:
    """Return the notes of a draft that no typed value answers: each begins with words of the line, before a bracket."""
    quoted = [found["rest"] for each in values if (found := _TYPED.search(each)) and found["how"] == "as"]

    def is_answered(note: str) -> bool:
        words = re.escape(note.partition(" (")[0])
        return any(re.search(rf"(?<![\w.,]){words}(?!\w|[.,]\d)", each) for each in quoted)

    return [note for note in notes if not is_answered(note)]


def with_noted(values: Sequence[str], notes: Sequence[str]) -> tuple[str, ...]:
    """Return the values, with what a note of the draft has read in place of its words alone: goal=10 milyar dolar."""
    read = {found["words"]: found["value"] for note in notes if (found := _NOTED.match(note))}

    def whole(value: str) -> str:
        name, _, rest = value.partition("=")
        return f"{name}={read[rest.strip()]} as {rest.strip()}" if rest.strip() in read else value

    return tuple(map(whole, values))


def write_fact(workspace: Workspace, facts: Path, record: RecordFile, number: int, fact: NewFact) -> Written:
    """Return both files with the fact; FindingsError names what is missing or not known, and nothing is written."""
    line = record.line(number)
    if line.left_out:
        hint = f"take {number} out of 'left_out: {line.left_out}' in {record.file.locations[()]} first"
        raise FindingsError.of(
            f"{record.id}:L{number}", "E213", f"line {number} is left out as '{line.left_out}'", hint
        )
    if not line.entry:
        hint = "run: briefgen sources add FILE, which drafts the lines that the record lacks"
        raise FindingsError.of(f"{record.id}:L{number}", "E201", f"line {number} has no entry in the record", hint)
    entry = _entry_with(workspace, record, line, fact)
    section = f"{fact.kind}s"
    path, file = _file_for(workspace, facts, section, fact.id)
    wanted: Any = deepcopy(file.value)
    wanted[section] = _with_fact(wanted.get(section) or (), _fact_entry(record, number, entry, fact))
    recorded: Any = deepcopy(dict(record.value))
    if fact.event:
        recorded["events"] = {**(recorded.get("events") or {}), fact.on: _event(workspace, record, number, fact)}
    recorded["lines"] = [entry if int(each["line"]) == number else each for each in recorded["lines"]]
    written = Written(
        facts=path,
        facts_text=edited_text(path, file, wanted, workspace.root),
        record=record.path,
        record_text=edited_text(record.path, record.file, recorded, workspace.root),
    )
    _refuse(FactFile, written.facts_text, file)
    _refuse(Source, written.record_text, record.file)
    return written


def faults_of(workspace: Workspace, facts: Path, id: str, record: RecordFile, number: int) -> list[Finding]:
    """Return what `briefgen check` finds wrong with a fact that was written, and with its line."""
    book, found = read_and_check_facts(workspace, facts)
    if book is None or id not in book.paths:
        return [*errors(found)]
    written = find_record(workspace, record.id)
    if unread := errors(read_current(Source, written.file)[1]):
        return [*unread]  # a record that is not complete is no witness yet, and nothing was compared with it
    entry = next(n for n, each in enumerate(written.value["lines"]) if int(each["line"]) == number)
    ours = {*_lines_of(book.locations, book.paths[id]), *_lines_of(written.file.locations, ("lines", entry))}
    return [each for each in found if (each.location.file, each.location.line) in ours]


def _lines_of(locations: Mapping[KeyPath, Location], path: KeyPath) -> Iterator[tuple[str, int]]:
    """Yield the file and the number of each line on which a key at or below a path stands."""
    return ((place.file, place.line) for key, place in locations.items() if key[: len(path)] == path)


def _with_fact(known: Sequence[Mapping[str, Any]], made: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the facts of a kind with a new one; a figure that is there gets its observation, values and line."""

    def observed(each: Mapping[str, Any]) -> Mapping[str, Any]:
        more = {"observations": [*each["observations"], *made.get("observations", ())]}
        values = {**(each.get("values") or {}), **made.get("values", {})}
        cites = dict.fromkeys((*each["cites"], *made["cites"]))
        return {**each, "cites": [*cites], **more, **({"values": values} if values else {})}

    if any(each.get("id") == made["id"] for each in known):
        return [observed(each) if each.get("id") == made["id"] else each for each in known]
    return [*known, made]


def _event(workspace: Workspace, record: RecordFile, number: int, fact: NewFact) -> dict[str, Any]:
    """Return the entry of the occasion in the record, with the line that has its day."""
    day, _, title = fact.event.partition(" ")
    try:
        date = parse_date(day)
    except ValueError as error:
        raise _wrong(str(error), "write --event '2025-02-12 Council meeting'") from None
    if not title.strip():
        raise _wrong(f"'{fact.event}' has no title", "write --event '2025-02-12 Council meeting'")
    language = str(record.value.get("language"))
    words = reading_words(workspace, [language]).get(language) or ReadingWords(locale=language)
    line = number
    with suppress(ValueError):  # of a language that CLDR does not know no date is read
        line = next((n for n in (number, *record.numbers) if has_date(record.line(n).text, date, words)), number)
    return {"name": title.strip(), "date": day, "basis": "text", "line": str(line)}


def _file_for(workspace: Workspace, facts: Path, section: str, id: str) -> tuple[Path, YamlFile]:
    """Return the file with that fact, or with facts of its kind, or else the one that names the partnership."""
    files = [(path, read_yaml(path, workspace.shown(path), workspace.root)) for path in files_of(facts)]
    for path, file in files:
        known: Any = file.value.get(section) if isinstance(file.value, dict) else None
        if isinstance(known, list) and any(isinstance(each, dict) and each.get("id") == id for each in known):
            return path, file
    for key in (section, "partnership"):
        for path, file in files:
            if isinstance(file.value, dict) and key in file.value:
                return path, file
    raise FindingsError([each for _, file in files for each in file.findings] or [_no_facts(workspace, facts)])


def _no_facts(workspace: Workspace, facts: Path) -> Finding:
    return Finding(Location(workspace.shown(facts)), "F003", "the key 'partnership' is missing here")


def _refuse(kind: type, text: str, before: YamlFile) -> None:
    """Raise what is wrong with the new text of a file and was not wrong before."""
    file = parse_yaml(text.removeprefix("\ufeff"), "")
    _, found = read_current(kind, file)
    known = {(each.code, each.message) for each in read_current(kind, before)[1]}
    wrong = [each for each in errors(found) if (each.code, each.message) not in known]
    if wrong:
        raise FindingsError(
            [Finding(Location("the new fact"), each.code, each.message, hint=each.hint) for each in wrong]
        )


def _entry_with(workspace: Workspace, record: RecordFile, line: SourceLine, fact: NewFact) -> dict[str, Any]:
    """Return the entry of the line with what it says now: its digest, the saying of the fact, its new figures."""
    entry: dict[str, Any] = deepcopy(dict(line.entry))
    entry["digest"] = entry.get("digest") or fact.digest
    saying: dict[str, Any] = {"facts": [fact.id]}
    more = {"by": [*fact.by], "speaker": fact.speaker, "to": [*fact.to], "act": _act(fact), "on": fact.on}
    saying |= {key: value for key, value in more.items() if value}
    says = [*(entry.get("says") or ())]
    same = [each for each in says if {**each, "facts": 0} == {**saying, "facts": 0}]
    if same:
        says[says.index(same[0])] = {**same[0], "facts": [*same[0]["facts"], fact.id]}
    else:
        says.append(saying)
    words = _words(workspace, record)
    new = dict(_new_figures(record, line, fact, words))
    parts = {key: {**(entry.get(key) or {}), **new.get(key, {})} for key in ("figures", "derived")}
    notes = [] if fact.settled else open_notes(entry.pop("undecided", None) or (), fact.values)
    entry = {**entry, "undecided": notes} if notes else {key: entry[key] for key in entry if key != "undecided"}
    order = ("line", "sha256", "digest", "says", "figures", "derived")
    made = {**entry, "says": says, **{key: value for key, value in parts.items() if value}}
    return {
        key: made[key] for key in (*(key for key in order if key in made), *(key for key in made if key not in order))
    }


def _act(fact: NewFact) -> str:
    return "" if fact.act == "stated" and fact.kind != Statement.kind else fact.act


def _words(workspace: Workspace, record: RecordFile) -> SourceWords | None:
    language = str(record.value.get("language"))
    words = reading_words(workspace, [language]).get(language)
    return source_words(language, words) if words else None


def _new_figures(
    record: RecordFile, line: SourceLine, fact: NewFact, words: SourceWords | None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the figures and the derived figures that a person has typed, as the record has them."""
    printed: dict[str, Any] = {}
    derived: dict[str, Any] = {}
    for name, _, typed in _values(fact):
        if not typed:
            continue
        known = {**(line.entry.get("figures") or {}), **(line.entry.get("derived") or {})}
        if name in known:
            value = known[name].get("value")
            raise _wrong(f"line {line.number} has a figure '{name}' already: {value}", f"write {name}")
        found = _TYPED.fullmatch(typed)
        if found and found["how"] == "because":
            derived[name] = {"value": found["value"], "why": found["rest"]}
        elif found:
            quoted = Quoted(value=parse_quantity(found["value"]), words=found["rest"])
            faults = [*line_faults(line.text, quoted, words)] if line.text else []
            if faults:
                raise FindingsError.of(f"{record.id}:L{line.number}", faults[0].code, faults[0].message, faults[0].hint)
            printed[name] = {"value": found["value"], "as": found["rest"]}
    yield "figures", printed
    yield "derived", derived


def _values(fact: NewFact) -> Iterator[tuple[str, str, str]]:
    """Yield the figure in the record, the name in the fact, and what was typed for a figure that is new."""
    named = {}
    for each in fact.values:
        found = _FIGURE.fullmatch(each.strip())
        if not found:
            raise _wrong(f"'{each}' names no value", f"write {VALUE_FORM}")
        name, rest = found["name"], (found["rest"] or "").strip()
        if is_typed := _TYPED.fullmatch(rest):
            try:
                parse_quantity(is_typed["value"])
            except ValueError as error:
                raise _wrong(str(error), f"write {VALUE_FORM}") from None
        elif " " in rest:
            raise _wrong(f"'{rest}' has no words of the source", f"write {VALUE_FORM}")
        named[name] = (name, rest) if is_typed else (rest or name, "")
    for name in placeholders(fact.text):
        named.setdefault(name, (name, ""))
    for name, (figure, typed) in named.items():
        yield figure, name, typed


def _fact_entry(record: RecordFile, number: int, entry: Mapping[str, Any], fact: NewFact) -> dict[str, Any]:
    """Return the fact as its file has it."""
    line, kind = f"{record.id}:L{number}", KINDS[fact.kind]
    made: dict[str, Any] = {"id": fact.id, "text": fact.text, "theme": fact.theme, "cites": [line]}
    more = {"by": [*fact.by], "speaker": fact.speaker, "to": [*fact.to], "act": _act(fact)}
    made |= {key: value for key, value in more.items() if value}
    if fact.on:
        made["on"] = f"{record.id}@{fact.on}"
    filled_in = {*made}
    for key, value in fact.keys.items():
        path = tuple(key.split("."))
        if path[0] in filled_in:
            raise _wrong(f"'{path[0]}' is filled in already", "it comes from the line, or from the option of that name")
        _put(made, path, _read_value(key, value))
    figures = {**(entry.get("figures") or {}), **(entry.get("derived") or {})}
    for figure, name, _ in _values(fact):
        if figure not in figures:
            known = ", ".join(f"{each} ({figures[each].get('value')})" for each in figures) or "none"
            hint = did_you_mean(figure, figures) if figures else ""
            hint = f"{hint}; " if hint.startswith("did") else ""
            raise _wrong(f"line {number} has no figure '{figure}'; it has {known}", f"{hint}or write {VALUE_FORM}")
        _put(made, _path(kind, name), {"value": figures[figure]["value"], "cite": f"{line}#{figure}"})
    return made


def _path(kind: type[Fact], name: str) -> tuple[str | int, ...]:
    """Return where a fact of this kind has the value of that name."""
    if _is_value(kind, name):
        return (name,)
    if kind is KINDS["statement"] and name in _TARGET:
        return ("target", name)
    if kind is KINDS["figure"] and name in _OBSERVED:
        return ("observations", 0, name)
    if kind is KINDS["meeting"] and (found := _PARTICIPANT.fullmatch(name)):
        return ("participants", int(found[1]) - 1)
    return ("values", parse_key(name))


def _is_value(kind: type[Fact], name: str) -> bool:
    hint = get_type_hints(kind).get(name)
    return hint is Value or (get_origin(hint) in (UnionType, Union) and Value in get_args(hint))


def _put(into: Any, path: tuple[str | int, ...], value: Any) -> None:
    """Put a value at a path, of mappings and lists that need not be there yet."""
    first, *rest = path
    fits = isinstance(into, list if isinstance(first, int) else dict)
    if not fits:
        raise _wrong(f"'{first}' has no place in '{into}'", "give one value for it, or its parts one by one")
    if isinstance(first, int):
        into.extend({} for _ in range(len(into), first + 1))
    if not rest:
        into[first] = value
        return
    if isinstance(into, dict) and first not in into:
        into[first] = [] if isinstance(rest[0], int) else {}
    _put(into[first], tuple(rest), value)


def _read_value(key: str, written: str) -> Plain:
    file = parse_yaml(written, key)
    if file.findings:
        raise FindingsError(file.findings)
    return file.value


def _wrong(message: str, hint: str) -> FindingsError:
    return FindingsError.of("the new fact", "F004", message, hint)


def check_id(id: str) -> str:
    """Return an id that a person has typed; FindingsError (F004) says what is wrong with it."""
    try:
        return parse_id(id)
    except ValueError as error:
        raise _wrong(str(error), "") from None
