"""Draft the record of a source text, or bring a record up to date: what was curated is kept and follows its line."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum
from pathlib import Path
from typing import Any, assert_never

from briefgen.localise.language_file import ReadingWords
from briefgen.model.dates import Period, Precision
from briefgen.model.findings import FindingsError, Location, did_you_mean, has_errors
from briefgen.model.quantities import Count, Money, Ordinal, Percent, parse_id
from briefgen.model.records import Source
from briefgen.read.languages import known_languages
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.tools.figures.read import figures_in
from briefgen.tools.originals import Original, line_hash, read_original, reading_words
from briefgen.tools.yaml_edit import EditError, edit

NEAR_THE_BEGINNING = 12
"""Lines in which a text's own date is looked for: it opens the text, or is above it, below the menu of a web page."""
CHANGED = "the line has changed since it was curated: check its figures, speaker and digest again"
GONE = "the text of this line is no longer in the original: move what it says to another line, or remove the entry"
_NO_DATE = "undecided: there is no full date near the beginning; enter the day of publication and how it is known"
_DRAFTED = {"line", "sha256", "undecided"}
"""Keys in a draft of a line without figures; an entry that says more is curated."""
_WORD = re.compile(r"[^\W\d_]+")
_KINDS = {Money: "amount", Count: "count", Percent: "share", Ordinal: "number"}
"""The names of figures in a draft; every other quantity is a date."""
Entry = dict[str, Plain]
"""A line of the text as its record has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record as plain values, and what a person has to do about it; lines are given by their numbers."""

    value: Mapping[str, Any]
    in_place: Mapping[str, Plain] = field(default_factory=dict)
    """An updated record before entries are added and removed."""
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    moved: Mapping[int, int] = field(default_factory=dict)
    """The old and the new number of lines whose text has moved."""
    gone: tuple[int, ...] = ()
    """Curated lines whose text is no longer there; they are kept."""

    @property
    def undecided(self) -> int:
        """How many notes a person has to decide on."""
        return sum(len(_notes(line)) for line in self.value["lines"])


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """The record of a text, the file it belongs in, and the new text of that file."""

    original: Original
    draft: Draft
    path: Path
    text: str


def draft_source(workspace: Workspace, file: Path, id: str = "", language: str = "") -> SourceDraft:
    """Draft the record of a text file, or update the record of that id; FindingsError says why it cannot be done."""
    original = read_original(file)
    path = workspace.seeds / f"{_record_id(workspace, original, id)}.yaml"
    if path.exists():
        made, text = _updated(workspace, path, original, language)
    else:
        code, words = _language(workspace, original, language)
        made = draft(path.stem, original, code, words)
        text = yaml_text(dict(made.value))
    return SourceDraft(original=original, draft=made, path=path, text=text)


def _record_id(workspace: Workspace, original: Original, given: str) -> str:
    """Return the given id, or that of the record that already has this text, or one made from the file's name."""
    if given:
        try:
            return parse_id(given)
        except ValueError as error:
            raise FindingsError.of("--id", "V711", str(error), f"such as {_new_id(given)}") from None
    for path in sorted(workspace.seeds.glob("*.yaml")):
        value = read_yaml(path).value
        if isinstance(value, dict) and value.get("sha256") == original.sha256:
            return path.stem
    return _new_id(original.path.stem)


def _new_id(stem: str) -> str:
    """Return an id made from a file's name; what an id cannot hold becomes a hyphen."""
    words = re.findall(r"[a-z0-9]+", stem.casefold())
    return "-".join(words) or f"source-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def _language(workspace: Workspace, original: Original, given: str) -> tuple[str, ReadingWords]:
    """Return the language of a text, given or detected, and its words: those of CLDR alone if we have none."""
    code, file = given, str(original.path)
    known = reading_words(workspace, [code] if code else known_languages(workspace))
    if not code and not (code := detect_language("\n".join(original.lines), known)):
        hint = f"name it with --lang; those with words of their own are: {', '.join(sorted(known))}"
        raise FindingsError.of(file, "V708", "the language of this text is not clear", hint)
    try:
        return code, known.get(code) or ReadingWords(locale=code)
    except ValueError as error:
        raise FindingsError.of(file, "V708", str(error), did_you_mean(code, known_languages(workspace))) from None


def detect_language(text: str, known: Mapping[str, ReadingWords]) -> str:
    """Return the known language whose small words the text uses most; empty if none is clearly ahead."""
    words = Counter(word.casefold() for word in _WORD.findall(text))
    scores = Counter({code: sum(words[word] for word in reading.common) for code, reading in known.items()})
    (best, most), (_, second) = [*scores.most_common(2), ("", 0), ("", 0)][:2]
    return best if most > 1.5 * second else ""


def draft(id: str, original: Original, language: str, words: ReadingWords) -> Draft:
    """Return a first record: every line with its hash and figures."""
    lines = [drafted_line(number, text, words) for number, text in enumerate(original.lines, 1)]
    value: dict[str, Plain] = {
        "id": id,
        "publisher": "not stated",
        "describes": "",
        "language": language,
        "sha256": original.sha256,
        "published": _published(original, words),
        "events": {},
        "lines": list(lines),
    }
    return Draft(value=value, new=tuple(range(1, len(lines) + 1)))


def _published(original: Original, words: ReadingWords) -> Entry:
    """Return the first full date near the beginning; without one, a blank that `briefgen check` reports."""
    for number, text in enumerate(original.lines[:NEAR_THE_BEGINNING], 1):
        for found in figures_in(text, words):
            day = found.quantity
            if found.sure and isinstance(day, Period) and day.precision is Precision.DAY:
                why = "drafted: the first full date of the text; make sure that it is the day of publication"
                return {"date": str(day), "basis": "text", "line": str(number), "why": why}
    return {"date": "", "basis": "text", "why": _NO_DATE}


def drafted_line(number: int, text: str, words: ReadingWords) -> Entry:
    """Return a line with its figures, named after their kind (amount, amount-2, date), and doubts for a person."""
    line: Entry = {"line": str(number), "sha256": line_hash(text), "digest": ""}
    figures: Entry = {}
    doubts: list[Plain] = []
    kinds: Counter[str] = Counter()
    for found in figures_in(text, words):
        if found.sure:
            kind = _KINDS.get(type(found.quantity), "by" if found.deadline else "date")
            kinds[kind] += 1
            figures[kind if kinds[kind] == 1 else f"{kind}-{kinds[kind]}"] = str(found.quantity)
        else:
            read = found.quantity or found.partial
            doubts.append(f"{found.text}{f' ({read})' if read else ''}: {found.why}")
    more: Entry = {"figures": figures, "undecided": doubts}
    return line | {key: value for key, value in more.items() if value}


def _updated(workspace: Workspace, path: Path, original: Original, language: str) -> tuple[Draft, str]:
    """Return the updated record and the text of its file; the record need not be complete yet."""
    shown = workspace.shown(path)
    file = read_yaml(path, shown)
    if not isinstance(file.value, dict) or has_errors(file.findings):
        raise FindingsError(file.findings or read_as(Source, file)[1])
    _, words = _language(workspace, original, language or str(file.value.get("language") or ""))
    try:
        made = update(file.value, original, words)
        text = edit(path.read_bytes().decode(), dict(made.in_place))
        return made, edit(text, dict(made.value))
    except ValueError as error:
        faults = read_as(Source, file)[1]
        raise (FindingsError(faults) if faults else FindingsError.of(shown, "F004", str(error))) from None
    except EditError as error:
        message = "the record cannot be updated: it is written in a form that only a person can edit"
        hint = "write each value here on one line and without a comment, then try again; nothing has been changed"
        raise FindingsError.of(Location(shown, error.line), "V712", message, hint) from None


class LineStatus(Enum):
    """What became of the text of a recorded line."""

    SAME = "unchanged, here or elsewhere"
    CHANGED = "another text is in its place"
    GONE = "nowhere to be found"


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A line as a record has it; `lost`: an earlier update did not find it, so its number means nothing."""

    number: int
    sha256: str
    lost: bool


def update(record: Mapping[str, Plain], original: Original, words: ReadingWords) -> Draft:
    """Return the record brought up to date with its text; ValueError if it has a line without number or hash.

    A curated entry follows its line. If the text of the line has changed, or is gone, a note asks the curator to look;
    nothing of the entry is removed. A line without an entry is drafted, and so is one that was only drafted before, if
    its text has changed. If the record has the hash of this text already, no entry is touched.
    """
    entries, left_out = _entries(record), _left_out(record)
    recorded = [RecordedLine(int(str(each["line"])), str(each["sha256"]), GONE in _notes(each)) for each in entries]
    hashes = [line_hash(line) for line in original.lines]
    if record.get("sha256") == original.sha256:
        statuses = [(LineStatus.GONE if line.lost else LineStatus.SAME, line.number) for line in recorded]
        still_left_out = {number: number for number in left_out}
    else:
        statuses, still_left_out = find_lines(recorded, left_out, hashes)
    kept = {
        at: _kept(entry, status, number, hashes)
        for at, (entry, (status, number)) in enumerate(zip(entries, statuses, strict=True))
        if status is LineStatus.SAME or any(entry[key] for key in entry.keys() - _DRAFTED)
    }
    now = {each: tuple(statuses[at][1] for at in kept if statuses[at][0] is each) for each in LineStatus}
    taken = {*now[LineStatus.SAME], *now[LineStatus.CHANGED], *still_left_out.values()}
    new = {n: drafted_line(n, text, words) for n, text in enumerate(original.lines, 1) if n not in taken}
    # the number of a lost line means nothing, so it yields to that of a line that was known
    pairs = sorted(zip(recorded, statuses, strict=True), key=lambda pair: not pair[0].lost)
    moves = {line.number: number for line, (status, number) in pairs if status is not LineStatus.GONE}
    value = _renumbered({**record, "sha256": original.sha256}, {**moves, **still_left_out})
    return Draft(
        value={**value, "lines": _in_order(kept.values(), new.values())},
        in_place={**value, "lines": [kept.get(at, entry) for at, entry in enumerate(entries)]},
        new=tuple(new),
        changed=now[LineStatus.CHANGED],
        moved={old: number for old, number in moves.items() if old != number and number in taken},
        gone=now[LineStatus.GONE],
    )


def find_lines(
    recorded: Sequence[RecordedLine], left_out: Sequence[int], hashes: Sequence[str]
) -> tuple[list[tuple[LineStatus, int]], dict[int, int]]:
    """Return the status and new number of each recorded line, and the old and new numbers of the lines left out.

    `hashes` are those of the lines of the text; no line is found twice. A line that was left out has no hash: it is
    found only if as many lines as before are between two that are known, and is missing in the result otherwise.
    """
    known = {line.number: line.sha256 for line in recorded if not line.lost}
    matched = _matched(known, left_out, hashes)
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
    notes = _notes(entry)
    match status:
        case LineStatus.SAME:
            now, changes = [note for note in notes if note != GONE], {"line": str(number)}
        case LineStatus.CHANGED:
            now = notes if CHANGED in notes else [*notes, CHANGED]
            changes = {"line": str(number), "sha256": hashes[number - 1]}
        case LineStatus.GONE:
            now, changes = notes if GONE in notes else [*notes, GONE], {}
        case _:
            assert_never(status)
    if now == notes:
        return {**entry, **changes}
    kept = {**dict.fromkeys(("line", "sha256", "undecided")), **entry, **changes, "undecided": now}
    return {key: value for key, value in kept.items() if key != "undecided" or now}


def _in_order(kept: Iterable[Entry], new: Iterable[Entry]) -> list[Plain]:
    """Return the entries in the curator's order, each new one before the first with a greater number."""
    lines: list[Plain] = []
    waiting = [*new][::-1]
    for entry in kept:
        while waiting and int(str(waiting[-1]["line"])) < int(str(entry["line"])):
            lines.append(waiting.pop())
        lines.append(entry)
    return [*lines, *waiting[::-1]]


def _renumbered(record: Mapping[str, Plain], moves: Mapping[int, int]) -> Entry:
    """Return the record with the new number of every line that it names outside `lines`."""
    value = {**record}
    if isinstance(reasons := value.get("left_out"), dict):
        value["left_out"] = {
            reason: [str(moves[int(str(each))]) for each in numbers if each and int(str(each)) in moves]
            if isinstance(numbers, list)
            else numbers
            for reason, numbers in reasons.items()
        }
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
