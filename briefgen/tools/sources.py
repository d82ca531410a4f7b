"""Draft the record of a source text, or bring a record up to date: what was curated is kept and follows its line."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path
from typing import Any

from briefgen.files import read_file
from briefgen.localise.language import ReadingWords, language_hint
from briefgen.model.dates import parse_date
from briefgen.model.facts import FORMAT
from briefgen.model.findings import FindingsError, Location, errors
from briefgen.model.quantities import parse_id
from briefgen.model.records import Source
from briefgen.read import yaml_files
from briefgen.read.facts import OTHER_FORMAT, read_current
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.tools.figures.read import has_date
from briefgen.tools.originals import Original, language_code, line_hash, line_hashes, new_id, read_original, words_of
from briefgen.tools.source_lines import Drafter, Entry, detect, is_recognised, says_something
from briefgen.tools.yaml_edit import edited

CHANGED = "the line has changed since it was curated: check its figures, speaker and digest again"
GONE = "the text of this line is no longer in the original: move what it says to another line, or remove the entry"
_OF_A_LINE, _OF_A_TEXT, _QUOTED = {"characters": 50_000, "numbers": 1_000}, {"lines": 10_000, "numbers": 20_000}, 40
"""The most of each: every line takes its time, and so does every number, for what is around it in its line."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NO_PLAIN_TEXT = re.compile(r"\s*(?:%PDF-|\{\\rtf|<!doctype html|<html|<\?xml)", re.IGNORECASE)
_DRAFTED = {"line", "sha256", "undecided"}
"""Keys in a draft of a line without figures; an entry that says more is curated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record as plain values, and what a person has to do about it; lines are given by their numbers."""

    value: Mapping[str, Any]
    in_place: Mapping[str, Plain] = field(default_factory=dict)
    """An updated record before entries are added and removed."""
    new: tuple[int, ...] = ()
    again: tuple[int, ...] = ()
    """Lines that were drafted in another language, or of which nothing is said, and have been read again."""
    otherwise: tuple[int, ...] = ()
    """Lines of which nothing is said, and which would be read otherwise with the words of today."""
    as_before: tuple[int, ...] = ()
    """Curated lines with figures that were read in another language; they are kept."""
    changed: tuple[int, ...] = ()
    moved: Mapping[int, int] = field(default_factory=dict)
    """The old and the new number of lines whose text has moved."""
    gone: tuple[int, ...] = ()
    """Curated lines whose text is no longer there; they are kept."""

    @property
    def undecided(self) -> int:
        """How many notes a person has to decide on."""
        return sum(len(_notes(line)) for line in self.value["lines"])


def _with_head(record: Mapping[str, Any], head: Mapping[str, str], drafter: Drafter) -> dict[str, Any]:
    """Return a record that says what a person says of its document; what is empty leaves what the record has."""
    given: dict[str, Any] = {key: head[key] for key in ("publisher", "describes", "account", "url") if head.get(key)}
    if day := head.get("published"):
        given["published"] = _published(day, record.get("published"), drafter)
    made: dict[str, Any] = {key: given.get(key, value) for key, value in record.items()}
    first: dict[str, Any] = {key: made.pop(key) for key in ("format", "id", "publisher", "describes") if key in made}
    return {**first, **{key: value for key, value in given.items() if key not in record}, **made}


def _published(day: str, drafted: Any, drafter: Drafter) -> Entry:
    """Return the day of publication with its line: that of the draft, or else the first one that has it.

    Or with its reason: `2019-08-28 because the address of the page has it`.
    """
    day, _, why = day.partition(" because ")
    try:
        date = parse_date(day)
    except ValueError as error:
        raise FindingsError.of("--published", "V709", str(error), "write it like 2025-02-12") from None
    if why:
        return {"date": day, "basis": "derived", "why": why}
    first = [int(str(drafted["line"]))] if isinstance(drafted, dict) and drafted.get("date") == day else []
    numbers = (*first, *range(1, len(drafter.lines) + 1))
    line = next((n for n in numbers if has_date(drafter.lines[n - 1], date, drafter.words, of_year=False)), None)
    if line is None:
        hint = f"say what gives it: --published '{day} because the address of the page has it'"
        raise FindingsError.of("--published", "V709", f"no line of the text has the date {day} with its year", hint)
    return {"date": day, "basis": "text", "line": str(line)}


def draft_source(
    workspace: Workspace, file: Path, id: str, language: str, head: Mapping[str, str], *, again: bool
) -> tuple[Original, Draft, Path, str]:
    """Draft the record of a text file, or update the record of that id; FindingsError says why it cannot be done.

    Return the text, its record, the file that this belongs in, and the new text of that file. `head`: the publisher,
    what it describes, whose account it is, its url, and the day published, which a line gives. `again`: whether lines
    of which nothing is said yet are read anew.
    """
    original = read_original(file)
    _refuse_what_is_no_source(workspace, original)
    _refuse_what_takes_hours(original, str(file))
    path = workspace.seeds / f"{_record_id(workspace, original, id)}.yaml"
    if path.exists():
        if not id:
            _refuse_another_text(workspace, path, original)
        made, text = _updated(workspace, path, original, language, head, again=again)
    else:
        drafter = _drafter(workspace, original, language)
        made = draft(path.stem, original, drafter)
        made = replace(made, value=_with_head(made.value, head, drafter))
        text = yaml_text(dict(made.value))
    return original, made, path, text


def _refuse_what_takes_hours(original: Original, file: str) -> None:
    """V707: a text, or a line of it, has more than is read in a minute."""
    numbers = [len(_NUMBER.findall(line)) for line in original.lines]
    for number, line in enumerate(original.lines, 1):
        for what, count in {"characters": len(line), "numbers": numbers[number - 1]}.items():
            if count > _OF_A_LINE[what]:
                begins, limit = line[:_QUOTED].strip(), _OF_A_LINE[what]
                message = f"the line '{begins} ...' has {count:,} {what}; the limit is {limit:,}"
                raise FindingsError.of(Location(file, number), "V707", message, "break it where its paragraphs end")
    for what, count in {"lines": len(numbers), "numbers": sum(numbers)}.items():
        if count > _OF_A_TEXT[what]:
            message = f"has {count:,} {what}; the limit is {_OF_A_TEXT[what]:,}"
            raise FindingsError.of(file, "V707", message, "take the document that the facts rest on out of it")


def _refuse_what_is_no_source(workspace: Workspace, original: Original) -> None:
    """V707: a page, a word processor's file, or a file of the workspace; its own record would be drafted over."""
    path = original.path.resolve()
    is_own = path.suffix.lower() in (".yaml", ".yml", ".toml", ".po") and path.is_relative_to(workspace.root.resolve())
    if is_own and not path.is_relative_to(workspace.originals.resolve()):
        hint = f"name the text itself, such as {workspace.shown(workspace.originals)}/{path.stem}.txt"
        raise FindingsError.of(str(original.path), "V707", "is a file of the workspace, and no text of a source", hint)
    if written := _NO_PLAIN_TEXT.match(original.lines[0]):
        message = f"is no plain text: it begins with '{written[0].strip()}'"
        raise FindingsError.of(str(original.path), "V707", message, "open it, and save its text as a UTF-8 text file")


def _refuse_another_text(workspace: Workspace, path: Path, original: Original) -> None:
    """V711: the record with the id that the file's name gives is of another text, of which no line is in this one."""
    value = read_yaml(path, within=workspace.root).value
    lines: Any = value.get("lines") if isinstance(value, dict) else None
    known = {str(line.get("sha256")) for line in lines or () if isinstance(line, dict)}
    if known and not any(known & line_hashes(line) for line in original.lines):
        message = f"{workspace.shown(path)} is the record of another text: no line of it is in this one"
        hint = f"give this one an id of its own: --id ...; or, if it is that text made anew: --id {path.stem}"
        raise FindingsError.of(str(original.path), "V711", message, hint)


def _record_id(workspace: Workspace, original: Original, given: str) -> str:
    """Return the given id, or that of the record that already has this text, or one made from the file's name."""
    if given:
        try:
            return parse_id(given)
        except ValueError as error:
            raise FindingsError.of("--id", "V711", str(error), f"such as {new_id(given)}") from None
    for path in yaml_files(workspace.seeds):
        value = read_yaml(path, within=workspace.root).value
        if isinstance(value, dict) and original.has(value.get("sha256"), value.get("text_sha256")):
            return path.stem
    return new_id(original.path.stem)


def _drafter(workspace: Workspace, original: Original, given: str) -> Drafter:
    """Return what reads the text in its language, given or detected; V708 where that is not known."""
    known = reading_words(workspace, known_languages(workspace))
    code = given or _detected(original, known)
    try:
        code = language_code(code, known)
        return Drafter(original.lines, code, words_of(code, known), known)
    except ValueError as error:
        hint = language_hint(code, known) + "; any other code that CLDR knows is read with its numbers and dates alone"
        raise FindingsError.of(str(original.path), "V708", str(error), hint) from None


_TOO_MANY = 4
"""Languages that a text may be in besides the likeliest: of so many nothing is said, as by a few words of Turkish."""


def _detected(original: Original, known: Mapping[str, ReadingWords]) -> str:
    """Return the language of a text; FindingsError (V708) where it is not clear, or has no words of its own here."""
    found = detect("\n".join(original.lines), known)
    if found.is_clear and found.code in known:
        return found.code
    if found.near:
        may_be = " or ".join(f"'{code}'" for code in (found.code, *found.near))
        looks = f"; it may be {may_be}" if len(found.near) < _TOO_MANY else ""
    else:
        is_unknown = found.is_clear and found.code not in known
        looks = f"; it looks like '{found.code}', which has no words of its own here" if is_unknown else ""
    begun = sorted(code for code, words in known.items() if not is_recognised(code, words))
    of_ours = [found.code] if found.code in known or found.is_clear else []
    likeliest = of_ours or ([] if found.near else begun)
    example = f", such as --lang {likeliest[0]}" if likeliest else ""
    hint = f"name it with --lang{example}; with words of their own: {', '.join(sorted({*known} - {*begun}))}"
    if begun:  # a file that was drafted, and not filled in
        where = f"'common' under 'reading' of templates/languages/{begun[0]}.yaml"
        hint += f"; no text is known to be in {' or '.join(begun)} while {where} is empty"
    raise FindingsError.of(str(original.path), "V708", f"the language of this text is not clear{looks}", hint)


def draft(id: str, original: Original, drafter: Drafter) -> Draft:
    """Return a first record: every line with its hash and figures."""
    numbers = tuple(range(1, len(original.lines) + 1))
    value: dict[str, Plain] = {"format": str(FORMAT), "id": id, "publisher": "not stated", "describes": ""}
    value |= {"language": drafter.language, "sha256": original.sha256, "published": drafter.published(), "events": {}}
    value |= {"lines": [drafter.line(number) for number in numbers], "text_sha256": original.text_sha256}
    return Draft(value=value, new=numbers)


def _updated(
    workspace: Workspace, path: Path, original: Original, language: str, head: Mapping[str, str], *, again: bool
) -> tuple[Draft, str]:
    """Return the updated record and the text of its file; the record need not be complete yet."""
    shown = workspace.shown(path)
    file = read_yaml(path, shown, workspace.root)
    faults = read_current(Source, file)[1]
    if not isinstance(file.value, dict) or errors(file.findings) or OTHER_FORMAT in {each.code for each in faults}:
        raise FindingsError(file.findings or faults)
    drafter = _drafter(workspace, original, language or str(file.value.get("language") or ""))
    try:
        made = update(file.value, original, drafter, all_again=again)
        value = _with_head(made.value, head, drafter)
    except ValueError as error:
        faults = read_as(Source, file)[1]
        raise (FindingsError(faults) if faults else FindingsError.of(shown, "F004", str(error))) from None
    text = read_file(path, workspace.root).decode()
    for wanted in (dict(made.in_place), value):
        text = edited(text, wanted, shown, "V712", "the record cannot be updated")
    return made, text


class LineStatus(Enum):
    """What became of a recorded line: its text is there, another one is in its place, or it is nowhere."""

    SAME, CHANGED, GONE = range(3)


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A line as a record has it; `lost`: an earlier update did not find it, so its number means nothing."""

    number: int
    sha256: str
    lost: bool


def update(record: Mapping[str, Plain], original: Original, drafter: Drafter, *, all_again: bool = False) -> Draft:
    """Return the record brought up to date with its text; ValueError if it has a line without number or hash.

    A curated entry follows its line. If the text of the line has changed, or is gone, a note asks the curator to look;
    nothing of the entry is removed. A line without an entry is drafted, and so is one that was only drafted before, if
    its text has changed or another language has been named; with `all_again` each of which nothing is said. If the
    record is of this text already, no other entry is touched; blanks at the end of a line and the like change no text.
    """
    entries = _entries(record)
    recorded = [RecordedLine(int(str(each["line"])), str(each["sha256"]), GONE in _notes(each)) for each in entries]
    statuses, still_left_out = _where_lines_are(record, recorded, original)
    hashes, others = [line_hash(line) for line in original.lines], _other_drafters(record, drafter)
    kept = {
        at: _kept(entry, status, number, hashes)
        for at, (entry, (status, number)) in enumerate(zip(entries, statuses, strict=True))
        if status is LineStatus.SAME or any(entry[key] for key in entry.keys() - _DRAFTED)
    }
    here = {at: n for at, (status, n) in enumerate(statuses) if status is LineStatus.SAME and 1 <= n <= len(hashes)}
    otherwise = {at: number for at, number in here.items() if entries[at] != drafter.line(number)}
    silent = {at: n for at, n in otherwise.items() if not (says_something(entries[at]) or entries[at].get("derived"))}
    again = {
        at: number
        for at, number in otherwise.items()
        if (all_again and at in silent) or any(entries[at] == each.line(number) for each in others)
    }
    kept |= {at: drafter.line(number) for at, number in again.items()}
    now = {each: tuple(statuses[at][1] for at in kept if statuses[at][0] is each) for each in LineStatus}
    taken = {*now[LineStatus.SAME], *now[LineStatus.CHANGED], *still_left_out.values()}
    new = {n: drafter.line(n) for n in range(1, len(original.lines) + 1) if n not in taken}
    # the number of a lost line means nothing, so it yields to that of a line that was known
    pairs = sorted(zip(recorded, statuses, strict=True), key=lambda pair: not pair[0].lost)
    moves = {line.number: number for line, (status, number) in pairs if status is not LineStatus.GONE}
    value = _renumbered(_head(record, original, drafter, others), {**moves, **still_left_out})
    read_otherwise = record.get("language") not in (None, drafter.language)
    untouched = (entry for at, entry in kept.items() if read_otherwise and at not in again)
    as_before = (int(str(each["line"])) for each in untouched if each.get("figures") or each.get("undecided"))
    return Draft(
        value={**value, "lines": _in_order(kept.values(), new.values())},
        in_place={**value, "lines": [kept.get(at, entry) for at, entry in enumerate(entries)]},
        new=tuple(new),
        again=tuple(again.values()),
        otherwise=tuple(n for at, n in silent.items() if at not in again),
        as_before=tuple(as_before),
        changed=now[LineStatus.CHANGED],
        moved={old: number for old, number in moves.items() if old != number and number in taken},
        gone=now[LineStatus.GONE],
    )


def _where_lines_are(
    record: Mapping[str, Plain], recorded: Sequence[RecordedLine], original: Original
) -> tuple[Sequence[tuple[LineStatus, int]], Mapping[int, int]]:
    """Return what became of each recorded line, and its number now; and the new number of each line left out."""
    left_out = _left_out(record)
    if original.has(record.get("sha256"), record.get("text_sha256")):
        statuses = [(LineStatus.GONE if line.lost else LineStatus.SAME, line.number) for line in recorded]
        return statuses, {number: number for number in left_out}
    known = {line.sha256 for line in recorded}  # where only blanks and the like differ, the hash that is recorded
    found = [min(known & line_hashes(line), default=line_hash(line)) for line in original.lines]
    return find_lines(recorded, left_out, found)


def _head(record: Mapping[str, Plain], original: Original, drafter: Drafter, others: Iterable[Drafter]) -> Entry:
    """Return the record with the hashes and the language of its text now, and a day of publication only drafted."""
    now: Entry = {"sha256": original.sha256, "text_sha256": original.text_sha256, "language": drafter.language}
    published = record.get("published")
    if published != drafter.published() and any(published == each.published() for each in others):
        now["published"] = drafter.published()
    return {**record, **{key: value for key, value in now.items() if key in record}}


def _other_drafters(record: Mapping[str, Plain], drafter: Drafter) -> list[Drafter]:
    """Return what may have drafted the record in another language: its own before, any with words, or the detected."""
    words = {**drafter.known}
    for code in (str(record.get("language")), detect("\n".join(drafter.lines), drafter.known).code):
        with suppress(ValueError):
            words[code] = words_of(code, drafter.known)
    return [replace(drafter, language=code, words=each) for code, each in words.items() if code != drafter.language]


def find_lines(
    recorded: Sequence[RecordedLine], left_out: Sequence[int], hashes: Sequence[str]
) -> tuple[list[tuple[LineStatus, int]], dict[int, int]]:
    """Return the status and new number of each recorded line, and the old and new numbers of the lines left out.

    `hashes` are those of the lines of the text; no line is found twice. A line that was left out has no hash: it is
    found only if as many lines as before are between two that are known, and is missing in the result otherwise.
    """
    matched = _matched({line.number: line.sha256 for line in recorded if not line.lost}, left_out, hashes)
    found: dict[int, tuple[LineStatus, int]] = {}
    taken: set[int] = set()

    def in_place(line: RecordedLine) -> int | None:
        return None if line.lost else matched.get(line.number)

    def unchanged(line: RecordedLine) -> int | None:
        number = in_place(line)
        return number if number and hashes[number - 1] == line.sha256 else None

    def nearest(line: RecordedLine) -> int | None:
        free = (n for n, sha256 in enumerate(hashes, 1) if sha256 == line.sha256 and n not in taken)
        return min(free, key=lambda n: abs(n - line.number), default=None)

    for status, find in ((LineStatus.SAME, unchanged), (LineStatus.SAME, nearest), (LineStatus.CHANGED, in_place)):
        for at, line in enumerate(recorded):
            number = find(line) if at not in found else None
            if number and number not in taken:
                taken.add(number)
                found[at] = (status, number)
    statuses = [found.get(at, (LineStatus.GONE, line.number)) for at, line in enumerate(recorded)]
    return statuses, {old: new for old in left_out if (new := matched.get(old)) and new not in taken}


def _matched(known: Mapping[int, str], left_out: Sequence[int], hashes: Sequence[str]) -> Mapping[int, int]:
    """Return the new number of each old one, as far as the order of the known hashes shows it."""
    # a number far beyond the text is a typing error
    last = max((number for number in (*known, *left_out) if number <= 2 * len(hashes) + 1000), default=0)
    old = [known.get(number, f"unknown {number}") for number in range(1, last + 1)]
    matched: dict[int, int] = {}
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, hashes, autojunk=False).get_opcodes():
        alike = tag == "equal" or end - start == new_end - new_start
        pairs = zip(range(start + 1, end + 1), range(new_start + 1, new_end + 1), strict=False)
        matched |= {number: new for number, new in pairs if alike or number in known}
    return matched


def _entries(record: Mapping[str, Plain]) -> list[Entry]:
    lines = record.get("lines") or []
    if not isinstance(lines, list):
        raise ValueError("'lines' is not a list")
    entries = [line for line in lines if isinstance(line, dict) and line.get("line") and line.get("sha256")]
    if len(entries) < len(lines):
        raise ValueError("a line has no number or no hash")
    return entries


def _left_out(record: Mapping[str, Plain]) -> list[int]:
    reasons = record.get("left_out") or {}
    if not isinstance(reasons, dict):
        raise ValueError("'left_out' is not a mapping")
    return [int(str(each)) for numbers in reasons.values() if isinstance(numbers, list) for each in numbers if each]


def _notes(entry: Entry) -> list[Plain]:
    notes = entry.get("undecided") or []
    return notes if isinstance(notes, list) else [notes]


def _kept(entry: Entry, status: LineStatus, number: int, hashes: Sequence[str]) -> Entry:
    """Return the entry with its number; with a note if a person has to look, without it if the text is back."""
    notes, note = _notes(entry), GONE if status is LineStatus.GONE else CHANGED
    now, changes = notes if note in notes else [*notes, note], dict[str, Plain]()
    if status is LineStatus.SAME:
        now = [each for each in notes if each != GONE]
    if status is not LineStatus.GONE:
        changes = {"line": str(number), **({"sha256": hashes[number - 1]} if 0 < number <= len(hashes) else {})}
    if now == notes:
        return {**entry, **changes}
    kept = {**dict.fromkeys(("line", "sha256", "undecided")), **entry, **changes, "undecided": now}
    return {key: value for key, value in kept.items() if key != "undecided" or now}


def _in_order(kept: Iterable[Entry], new: Iterable[Entry]) -> list[Plain]:
    """Return the entries in the curator's order, each new one before the first with a greater number."""
    lines: list[Plain] = []
    waiting = deque(new)
    for entry in kept:
        while waiting and int(str(waiting[0]["line"])) < int(str(entry["line"])):
            lines.append(waiting.popleft())
        lines.append(entry)
    return [*lines, *waiting]


def _renumbered(record: Mapping[str, Plain], moves: Mapping[int, int]) -> Entry:
    """Return the record with the new number of every line that it names outside `lines`."""
    value = {**record}
    if isinstance(reasons := value.get("left_out"), dict):
        lists = {reason: numbers for reason, numbers in reasons.items() if isinstance(numbers, list)}
        known = {reason: [int(str(each)) for each in numbers if each] for reason, numbers in lists.items()}
        moved: Entry = {reason: [str(moves[n]) for n in numbers if n in moves] for reason, numbers in known.items()}
        value["left_out"] = {**reasons, **moved}
    if "published" in value:
        value["published"] = _moved(value["published"], moves)
    if isinstance(events := value.get("events"), dict):
        value["events"] = {name: _moved(event, moves) for name, event in events.items()}
    return value


def _moved(dated: Plain, moves: Mapping[int, int]) -> Plain:
    line = str(dated.get("line")) if isinstance(dated, dict) else ""
    if not isinstance(dated, dict) or not line.isdecimal() or int(line) not in moves:
        return dated
    return {**dated, "line": str(moves[int(line)])}
