"""Writes a new fact into the books, with what its line says; all is filled in that a person need not decide."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from briefgen.check.evidence import is_year_given
from briefgen.check.source_words import SourceWords, source_words
from briefgen.localise.language import ReadingWords
from briefgen.model.book import SECTIONS, FactFile, KeyPath, locate
from briefgen.model.dates import FactDate, parse_date
from briefgen.model.facts import Fact, Statement, Value, placeholders
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, errors
from briefgen.model.quantities import id_words, parse_id, parse_key, parse_quantity
from briefgen.model.records import Quoted, Source
from briefgen.read import files_of
from briefgen.read.facts import choose_partnerships, read_and_check_facts, read_current, read_sources
from briefgen.read.languages import reading_words
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile, parse_yaml, read_yaml
from briefgen.tools.figures.read import has_date
from briefgen.tools.originals import line_faults
from briefgen.tools.source_lines import RecordFile, SourceLine, edited_text, find_record

KINDS: Mapping[str, type[Fact]] = {kind.kind: kind for kind in SECTIONS.values()}
ACTING = ("statement", "document", "mechanism")
"""Kinds whose act tells what the fact is: it is asked for, and never taken for granted."""
_TARGET, _OBSERVED, _PARTICIPANT = ("goal", "by"), ("value", "period"), re.compile(r"participant([1-9]\d?)")
_FIGURE = re.compile(r"(?P<name>[\w-]+)(?:\s*=\s*(?P<rest>.+))?", re.DOTALL)
_TYPED = re.compile(r"(?P<value>.+?) (?P<how>as|because) (?P<rest>.+?)(?: #(?P<which>[1-9]\d?))?$")
_NOTED = re.compile(r"(?P<words>.+?) \((?P<value>[^()-][^()]*)\): ")
Values = Mapping[str, tuple[str, re.Match[str] | None]]
"""By its name in a fact, the figure of the record that each value is, and what was typed of one that is new."""
Figures = dict[str, dict[str, dict[str, str]]]
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
    outcome: str = ""
    """What the line says became of the fact, which is there already."""
    settled: bool = False
    """Whether a person has looked at the notes of the draft on this line that the values do not answer."""


def facts_of(workspace: Workspace, name: str) -> Path:
    """Return the facts of the partnership `name`, which may be empty where there is one only; W004 otherwise."""
    found = choose_partnerships(workspace, (name,) if name else ())
    if len(found) > 1:
        hint = f"name one with --partnership: {', '.join(path.stem for path in found)}"
        raise FindingsError.of("facts", "W004", f"there are {len(found)} partnerships", hint)
    return found[0]


def new_id(text: str, known: Sequence[str]) -> str:
    """Return an id for a text, of its first words, that no fact has."""
    words = id_words(re.sub(r"\{[^}]*\}", " ", text))
    id = "-".join([word for word in words if len(word) > 3 or word.isdigit()][:4]) or "fact"
    return next(name for n in range(1, len(known) + 2) if (name := f"{id}-{n}" if n > 1 else id) not in known)


def needed(kind: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the values, and of the other keys, without which a fact of this kind is none."""
    of_all = {"by", "act", "on", *(each.name for each in fields(Fact))}
    own = [each for each in fields(KINDS[kind]) if each.name not in of_all]
    names = [each.name for each in own if each.default is MISSING and each.default_factory is MISSING]
    values = [name for name in names if name == "observations" or _is_value(KINDS[kind], name)]
    asked = tuple("value" if name == "observations" else name for name in values)
    return asked, tuple(name for name in names if name not in values)


def open_notes(notes: Sequence[str], values: Sequence[str], event: str = "") -> list[str]:
    """Return the notes of a draft that no typed value answers: each begins with words of the line.

    A value answers one whose words it quotes, or of whose words it quotes some, with every digit of them; an event
    that of its day, read without its year.
    """
    day = re.sub(r"\d{4}-", "--", event.partition(" ")[0])
    quoted = [found["rest"] for each in values if (found := _TYPED.search(each)) and found["how"] == "as"]

    def is_answered(note: str) -> bool:
        words = re.split(r" \(|: ", note, maxsplit=1)[0]
        if day and f" ({day}): " in note:
            return True
        parts = (
            each for each in quoted if (digits := re.findall(r"\d+", words)) == re.findall(r"\d+", each) and digits
        )
        return any(_holds(each, words) for each in quoted) or any(_holds(words, each) for each in parts)

    return [note for note in notes if not is_answered(note)]


def _holds(text: str, words: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(words)}(?!\w|[.,]\d)", text) is not None


def with_noted(values: Sequence[str], entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the values with what the draft has read in place of its words alone: goal=10 milyar dolar.

    That is a figure of the line, or what a note read in these words.
    """
    notes = map(_NOTED.match, entry.get("undecided") or ())
    read = {found["words"]: f"{found['value']} as {found['words']}" for found in notes if found}
    read |= {str(each.get("as")): name for name, each in reversed((entry.get("figures") or {}).items())}

    def whole(value: str) -> str:
        name, _, rest = value.partition("=")
        return f"{name}={read[rest.strip()]}" if rest.strip() in read else value

    return tuple(map(whole, values))


def write_fact(workspace: Workspace, facts: Path, record: RecordFile, number: int, fact: NewFact) -> Mapping[Path, str]:
    """Return the new texts of the record and of the facts file; FindingsError names what is missing or not known."""
    line, place = record.line(number), f"{record.id}:L{number}"
    if line.left_out:
        where = locate(record.file.keys, ("left_out", line.left_out), record.file.locations[()])
        hint = f"take {number} out of 'left_out: {line.left_out}' in {where} first"
        raise FindingsError.of(place, "E213", f"line {number} is left out as '{line.left_out}'", hint)
    if not line.entry:
        hint = "run: briefgen sources add FILE, which drafts the lines that the record lacks"
        raise FindingsError.of(place, "E201", f"line {number} has no entry in the record", hint)
    language = str(record.value.get("language"))
    words, values = reading_words(workspace, [language]).get(language), _values(fact)
    entry = _entry_with(line, fact, _new_figures(place, line, values, source_words(language, words) if words else None))
    section = f"{fact.kind}s"
    path, file = _file_for(workspace, facts, section, fact.id)
    wanted: Any = deepcopy(file.value)
    days = {id: source.known_from for id, source in read_sources(workspace)[0].items()} if fact.kind == "figure" else {}
    wanted[section] = _with_fact(wanted.get(section) or (), _fact_entry(record, number, entry, fact, values), days)
    recorded: Any = deepcopy(dict(record.value))
    if fact.event:
        event = _event(record, number, fact, words or ReadingWords(locale=language))
        recorded["events"] = {**(recorded.get("events") or {}), fact.on: event}
    recorded["lines"] = [entry if int(each["line"]) == number else each for each in recorded["lines"]]
    changed = {record.path: (Source, record.file, recorded), path: (FactFile, file, wanted)}
    texts = {at: edited_text(at, before, value, workspace.root) for at, (_, before, value) in changed.items()}
    for at, (kind, before, _) in reversed(changed.items()):  # what is wrong now and was not before
        found = read_current(kind, parse_yaml(texts[at].removeprefix("\ufeff"), ""))[1]
        known = {(each.code, each.message) for each in read_current(kind, before)[1]}
        if wrong := [each for each in errors(found) if (each.code, each.message) not in known]:
            raise FindingsError([replace(each, location=Location("the new fact")) for each in wrong])
    return texts


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


def _with_fact(
    known: Sequence[Mapping[str, Any]], made: Mapping[str, Any], days: Mapping[str, date]
) -> list[Mapping[str, Any]]:
    """Return the facts of a kind with a new one; one that is there gets what the line says more of it.

    `days`: from when each source is known, which puts observations without a period in order.
    """
    for at, each in enumerate(known):
        if each.get("id") == made["id"]:
            return [*known[:at], _joined(each, made, days), *known[at + 1 :]]
    return [*known, made]


def _joined(fact: Mapping[str, Any], made: Mapping[str, Any], days: Mapping[str, date]) -> dict[str, Any]:
    """Return a fact with a line more: its outcome, its observation, that it was held, a value told more exactly."""
    own = {"on", "by", "speaker", "to", "act", "text", "theme"}
    more = {key: value for key, value in made.items() if key not in own or (key == "on" and key not in fact)}
    if outcome := made.get("outcome"):
        return {**fact, "outcome": _outcome(fact.get("outcome"), outcome)}
    more["cites"] = [*dict.fromkeys((*fact["cites"], *made["cites"]))]
    if "observations" in made:
        more["observations"] = _in_order([*fact["observations"], *made["observations"]], days)
    if "values" in made:
        values = fact.get("values") or {}
        more["values"] = values | {key: _more_exact(values.get(key), each) for key, each in made["values"].items()}
    return {**fact, **{key: _more_exact(fact.get(key), value) for key, value in more.items()}}


def _more_exact(before: Any, now: Any) -> Any:
    """Return a value that a line tells anew, with what it was before."""
    if not (isinstance(before, dict) and isinstance(now, dict) and {"value", "cite"} <= {*before} & {*now}):
        return now
    if before["value"] == now["value"]:
        return before
    first = {key: value for key, value in before.items() if key != "earlier"}
    return {**now, "earlier": [*before.get("earlier", ()), first]}


def _outcome(before: Any, now: Mapping[str, Any]) -> Mapping[str, Any]:
    if not before:
        return now
    if before.get("status") == now["status"]:
        return {**before, "cites": [*dict.fromkeys((*before["cites"], *now["cites"]))]}
    was = f"{before.get('status')} ({', '.join(before.get('cites', ()))})"
    hint = "a fact has one: take it and the line's 'reports' away by hand, then write the new one"
    raise _wrong(f"it has an outcome already: {was}", hint)


def _in_order(observations: Sequence[Mapping[str, Any]], days: Mapping[str, date]) -> list[Mapping[str, Any]]:
    """Return observations, the last of them new, with that one before later ones."""
    *known, new = observations
    ends = [_end_of_period(each) for each in observations]
    told = [days.get(str(each["value"]["cite"]).partition(":")[0]) for each in observations]

    def is_later(at: int) -> bool:
        one, other = (ends[at], ends[-1]) if ends[at] and ends[-1] else (told[at], told[-1])
        return bool(one and other and one > other)

    at = next(filter(is_later, range(len(known))), len(known))
    return [*known[:at], new, *known[at:]]


def _end_of_period(observation: Mapping[str, Any]) -> date | None:
    """Return the last day of a period; None without one, or of one that cannot be read."""
    with suppress(ValueError, TypeError, KeyError):
        return parse_date(observation["period"]["value"]).last
    return None


def _event(record: RecordFile, number: int, fact: NewFact, words: ReadingWords) -> dict[str, Any]:
    """Return the entry of the occasion in the record: its day, with the line that has it, or with the reason."""
    said, _, why = fact.event.partition(" because ")
    day, _, title = said.partition(" ")
    try:
        when = parse_date(day)
    except ValueError as error:
        raise _wrong(str(error), "write --event '2025-02-12 Council meeting'") from None
    if not title.strip():
        raise _wrong(f"'{fact.event}' has no title", "write --event '2025-02-12 Council meeting'")
    made, numbers = {"name": title.strip(), "date": day}, (number, *record.numbers)

    def giving(*, of_year: bool) -> int | None:
        with suppress(ValueError):  # of a language that CLDR does not know no date is read
            return next((n for n in numbers if has_date(record.line(n).text, when, words, of_year=of_year)), None)
        return None

    whole = giving(of_year=False)
    line = whole or giving(of_year=True)
    if why:
        text = {"basis": "text", "line": str(line)} if line else {"basis": "derived"}
        return {**made, **text, "why": why}
    hint = f"correct it; if it is right, say what gives it: --event '{fact.event} because the line is of ...'"
    if line is None and record.original:
        raise FindingsError.of(f"{record.id}:L{number}", "V709", f"no line of the text is known to give {day}", hint)
    figures = (record.line(line or number).entry.get("figures") or {}).values()
    published = [*_dates([record.value.get("published")])]
    if published and not is_year_given(when, published[0], _dates(figures)):
        year = f"line {line or number} is not known to give the year of {day}, and the text is of {published[0]}"
        raise FindingsError.of(f"{record.id}:L{number}", "E221", year, hint)
    return {**made, "basis": "text", "line": str(line or number)}


def _dates(entries: Iterable[Any]) -> Iterator[FactDate]:
    """Yield the dates of entries of a record, which need not be complete."""
    for each in entries:
        with suppress(ValueError, TypeError, KeyError):
            yield parse_date(str(each.get("date") or each["value"]))


def _file_for(workspace: Workspace, facts: Path, section: str, id: str) -> tuple[Path, YamlFile]:
    """Return the file with that fact, or with facts of its kind, or else the one that names the partnership."""
    files = [(path, read_yaml(path, workspace.shown(path), workspace.root)) for path in files_of(facts)]

    def has_fact(value: Any) -> bool:
        known = value.get(section)
        return isinstance(known, list) and any(isinstance(each, dict) and each.get("id") == id for each in known)

    for fits in (has_fact, lambda value: section in value, lambda value: "partnership" in value):
        for path, file in files:
            if isinstance(file.value, dict) and fits(file.value):
                return path, file
    missing = Finding(Location(workspace.shown(facts)), "F003", "the key 'partnership' is missing here")
    raise FindingsError([each for _, file in files for each in file.findings] or [missing])


def _entry_with(line: SourceLine, fact: NewFact, new: Figures) -> dict[str, Any]:
    """Return the entry of the line with what it says now: its digest, the saying of the fact, its new figures."""
    entry: dict[str, Any] = deepcopy(dict(line.entry))
    saying: dict[str, Any] = {"facts": [fact.id], **_who(fact), **({"on": fact.on} if fact.on else {})}
    says = [*(entry.get("says") or ())]
    if fact.outcome:
        entry["reports"] = {**(entry.get("reports") or {}), fact.id: fact.outcome}
    elif same := next((each for each in says if {**each, "facts": 0} == {**saying, "facts": 0}), None):
        says[says.index(same)] = {**same, "facts": [*same["facts"], fact.id]}
    else:
        says.append(saying)
    notes = open_notes(entry.pop("undecided", None) or (), fact.values, fact.event)
    more: dict[str, Any] = {key: {**(entry.get(key) or {}), **figures} for key, figures in new.items()}
    more["undecided"] = [] if fact.settled else notes
    made = dict.fromkeys(("line", "sha256", "digest", "says", "figures", "derived")) | entry
    made |= {"digest": entry.get("digest") or fact.digest, "says": says or None}
    made |= {key: value for key, value in more.items() if value}
    return {key: value for key, value in made.items() if value is not None or key in entry}


def _who(fact: NewFact) -> dict[str, Any]:
    act = "" if fact.act == "stated" and fact.kind != Statement.kind else fact.act
    said = {"by": [*fact.by], "speaker": fact.speaker, "to": [*fact.to], "act": act}
    return {key: value for key, value in said.items() if value}


def _new_figures(place: str, line: SourceLine, values: Values, words: SourceWords | None) -> Figures:
    """Return the figures and the derived figures that a person has typed, as the record has them."""
    made: Figures = {"figures": {}, "derived": {}}
    known = {**(line.entry.get("figures") or {}), **(line.entry.get("derived") or {})}
    for name, typed in values.values():
        if not typed:
            continue
        if name in known:
            there = known[name].get("value")
            hint = f"if that one is meant, write --value {name}; give this one a name that no figure of the line has"
            raise _wrong(f"line {line.number} has a figure '{name}' already: {there}", hint)
        value, how, rest = typed.group("value", "how", "rest")
        if how == "because":
            made["derived"][name] = {"value": value, "why": rest}
            continue
        quoted = Quoted(value=parse_quantity(value), words=rest, which=int(typed["which"] or 0))
        for fault in line_faults(line.text, quoted, words) if line.text else ():
            hint = f"quote a word more, or say which is meant: '{value} as {rest} #2'"
            raise FindingsError.of(place, fault.code, fault.message, hint if fault.code == "V714" else fault.hint)
        made["figures"][name] = {"value": value, "as": rest, **({"which": typed["which"]} if typed["which"] else {})}
    return made


def _values(fact: NewFact) -> Values:
    named: dict[str, tuple[str, re.Match[str] | None]] = {}
    for each in fact.values:
        found = _FIGURE.fullmatch(each.strip())
        if not found:
            raise _wrong(f"'{each}' names no value", f"write {VALUE_FORM}")
        name, rest = found["name"], (found["rest"] or "").strip()
        if typed := _TYPED.fullmatch(rest):
            try:
                parse_quantity(typed["value"])
            except ValueError as error:
                raise _wrong(str(error), f"write {VALUE_FORM}") from None
        elif " " in rest:
            raise _wrong(f"'{rest}' has no words of the source", f"write {VALUE_FORM}")
        figure = name.replace("_", "-") if typed else rest or name  # in_force is no name of a figure
        named[name] = (figure, typed)
    return {**named, **{name: (name, None) for name in placeholders(fact.text) if name not in named}}


def _fact_entry(record: RecordFile, number: int, entry: Any, fact: NewFact, values: Values) -> dict[str, Any]:
    line, kind = f"{record.id}:L{number}", KINDS[fact.kind]
    made: dict[str, Any] = {"id": fact.id, "text": fact.text, "theme": fact.theme, "cites": [line], **_who(fact)}
    on = {"on": f"{record.id}@{fact.on}"} if fact.on else {}
    made |= {"outcome": {"status": fact.outcome, "cites": [line], **on}} if fact.outcome else on
    filled_in = {*made}
    for key, value in fact.keys.items():
        path = tuple(key.split("."))
        if path[0] in filled_in:
            raise _wrong(f"'{path[0]}' is filled in already", "it comes from the line, or from the option of that name")
        written = parse_yaml(value, key)
        if written.findings:
            raise FindingsError(written.findings)
        _put(made, path, written.value)
    figures = {**(entry.get("figures") or {}), **(entry.get("derived") or {})}
    is_target = {each.partition(".")[0] for each in fact.keys} >= {"target"}
    if kind is KINDS["statement"] and "by" in values and "goal" not in values and not is_target:
        raise _wrong(
            "'by' is when a target is to be reached, and there is no 'goal'", "of a deadline write due=by, {due}"
        )
    for name, (figure, _) in values.items():
        if figure not in figures:
            known = ", ".join(f"{each} ({found.get('value')})" for each, found in figures.items()) or "none"
            near = did_you_mean(figure, figures)
            hint = f"{near}; or " if near.startswith("did") else ""
            raise _wrong(f"line {number} has no figure '{figure}'; it has {known}", f"{hint}write {VALUE_FORM}")
        _put(made, _path(kind, name), {"value": figures[figure]["value"], "cite": f"{line}#{figure}"})
    return made


def _path(kind: type[Fact], name: str) -> KeyPath:
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


def _put(into: Any, path: KeyPath, value: Any) -> None:
    """Put a value at a path, of mappings and lists that need not be there yet."""
    first, *rest = path
    fits = isinstance(into, list if isinstance(first, int) else dict)
    if not fits:
        raise _wrong(f"'{first}' has no place in '{into}'", "give one value for it, or its parts one by one")
    if isinstance(first, int):
        into.extend({} for _ in range(len(into), first + 1))
    elif rest:
        into.setdefault(first, [] if isinstance(rest[0], int) else {})
    if rest:
        _put(into[first], tuple(rest), value)
    else:
        into[first] = value


def _wrong(message: str, hint: str) -> FindingsError:
    return FindingsError.of("the new fact", "F004", message, hint)


def check_id(id: str) -> str:
    """Return an id that a person has typed; FindingsError (F004) says what is wrong with it."""
    try:
        return parse_id(id)
    except ValueError as error:
        raise _wrong(str(error), "") from None
