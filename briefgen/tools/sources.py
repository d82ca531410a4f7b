"""A record brought up to its text: what was curated stays, and follows its line where that has moved."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import Enum
from itertools import chain

from briefgen.localise.language_file import ReadingWords
from briefgen.model.dates import Period, Precision
from briefgen.model.quantities import Count, Money, Ordinal, Percent
from briefgen.read.yaml import Plain
from briefgen.tools.figures.read import figures_in
from briefgen.tools.figures.text import Match
from briefgen.tools.originals import Original, line_hash

NEAR_THE_BEGINNING = 12
"""Lines in which a text's own date is looked for: it opens the text, or stands above it, below the menu of a page."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_DATE = "undecided: no full date stands near the beginning; enter the day of publication and how it is known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record as plain values, and what a person has to do about it; lines are given by their numbers."""

    value: Mapping[str, Plain]
    origins: tuple[int | None, ...] = ()
    """Of each line of an updated record, which of the old entries it was; None: it is new."""
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    moved: Mapping[int, int] = field(default_factory=dict)
    """Lines whose text stands elsewhere now: the old number and the new one."""
    gone: tuple[int, ...] = ()
    """Curated lines whose text is not there any more; they are kept."""
    undecided: int = 0


def detect_language(text: str, known: Mapping[str, ReadingWords]) -> str:
    """The known language whose small words the text uses most; empty where none stands out."""
    words = Counter(word.casefold() for word in _WORD.findall(text))
    scores = {code: sum(words[word] for word in reading.common) for code, reading in known.items()}
    ranked = sorted(scores, key=lambda code: scores[code], reverse=True)
    if not ranked or not scores[ranked[0]]:
        return ""
    clear = len(ranked) == 1 or scores[ranked[0]] > 1.5 * scores[ranked[1]]
    return ranked[0] if clear else ""


def draft(id: str, original: Original, language: str, words: ReadingWords) -> Draft:
    """A first record: every line with its hash and figures."""
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
    return Draft(value=value, new=tuple(range(1, len(lines) + 1)), undecided=count_undecided(lines))


def drafted_line(number: int, text: str, words: ReadingWords) -> dict[str, Plain]:
    """A line with what was read in it: figures that are sure, and doubts for the curator to settle."""
    found = figures_in(text, words)
    line: dict[str, Plain] = {"line": str(number), "sha256": line_hash(text), "digest": ""}
    if figures := _named(each for each in found if each.sure):
        line["figures"] = dict(figures)
    if doubts := [_doubt(each) for each in found if not each.sure]:
        line["undecided"] = list(doubts)
    return line


def count_undecided(lines: Iterable[Mapping[str, Plain]]) -> int:
    """How many notes a person has to settle."""
    return sum(len(notes) for line in lines if isinstance(notes := line.get("undecided"), list))


def new_id(stem: str) -> str:
    """An id made of a file's name; what cannot stand in one becomes a hyphen."""
    words = re.findall(r"[a-z0-9]+", stem.casefold())
    return "-".join(words) or f"source-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def _published(original: Original, words: ReadingWords) -> dict[str, Plain]:
    """The first full date near the beginning; without one, a blank that the check points at."""
    for number, text in enumerate(original.lines[:NEAR_THE_BEGINNING], 1):
        for found in figures_in(text, words):
            day = found.quantity
            if found.sure and isinstance(day, Period) and day.precision is Precision.DAY:
                why = "drafted: the first full date of the text; make sure that it is the day of publication"
                return {"date": str(day), "basis": "text", "line": str(number), "why": why}
    return {"date": "", "basis": "text", "why": _NO_DATE}


def _named(found: Iterable[Match]) -> Mapping[str, Plain]:
    """Figures under a name of their kind, which the curator makes speaking: amount, amount-2, date."""
    numbers: Counter[str] = Counter()
    named: dict[str, Plain] = {}
    for each in found:
        kind = _kind(each)
        numbers[kind] += 1
        named[kind if numbers[kind] == 1 else f"{kind}-{numbers[kind]}"] = str(each.quantity)
    return named


def _kind(found: Match) -> str:
    match found.quantity:
        case Money():
            return "amount"
        case Count():
            return "count"
        case Percent():
            return "share"
        case Ordinal():
            return "number"
        case _:
            return "by" if found.deadline else "date"


def _doubt(found: Match) -> str:
    read = f" ({found.quantity or found.partial})" if found.quantity or found.partial else ""
    return f"{found.text}{read}: {found.why}"


Number = int
"""Of a line, counted from 1."""


class Fate(Enum):
    """What became of a line's text."""

    SAME = "stands there, here or elsewhere"
    CHANGED = "has another text in its place"
    GONE = "has no place any more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A line as a record has it; `lost`: an earlier update found no place for it, so its number means nothing."""

    number: Number
    sha256: str
    lost: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """The fate and the number of each recorded line, and where the lines that were left out are now.

    A line that was left out has no hash. It is followed only where as many lines as before stand between two that are
    known; elsewhere it is not in the mapping, and a person is asked again.
    """

    recorded: tuple[tuple[Fate, Number], ...]
    left_out: Mapping[Number, Number]


def align(recorded: Sequence[Recorded], left_out: Iterable[Number], hashes: Sequence[str]) -> Alignment:
    """Find the lines again; no place is given twice."""
    known = {line.number: line.sha256 for line in recorded if not line.lost}
    matched = _match(known, [*known, *left_out], hashes)
    taken: set[Number] = set()
    found: dict[int, tuple[Fate, Number]] = {}

    def give(index: int, fate: Fate, number: Number | None) -> None:
        if number is not None and number not in taken:
            taken.add(number)
            found[index] = (fate, number)

    unsettled = range(len(recorded))
    for index in unsettled:
        line = recorded[index]
        location = matched.get(line.number) if not line.lost else None
        give(index, Fate.SAME, location if location and hashes[location - 1] == line.sha256 else None)
    for index in (index for index in unsettled if index not in found):
        give(index, Fate.SAME, _nearest(recorded[index], hashes, taken))
    for index in (index for index in unsettled if index not in found and not recorded[index].lost):
        give(index, Fate.CHANGED, matched.get(recorded[index].number))
    return Alignment(
        recorded=tuple(found.get(index, (Fate.GONE, recorded[index].number)) for index in unsettled),
        left_out={
            number: location for number in left_out if (location := matched.get(number)) and location not in taken
        },
    )


def _match(known: Mapping[Number, str], named: Iterable[Number], hashes: Sequence[str]) -> Mapping[Number, Number]:
    """Each old number with the new one, as far as order and hashes tell."""
    # a number far beyond the text is a slip of the hand
    last = max((number for number in named if number <= 2 * len(hashes) + 1000), default=0)
    old = [known.get(number, f"unknown {number}") for number in range(1, last + 1)]
    matched: dict[Number, Number] = {}
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, hashes, autojunk=False).get_opcodes():
        alike = tag == "equal" or end - start == new_end - new_start
        pairs = zip(range(start + 1, end + 1), range(new_start + 1, new_end + 1), strict=False)
        matched |= {number: location for number, location in pairs if alike or number in known}
    return matched


def _nearest(line: Recorded, hashes: Sequence[str], taken: set[Number]) -> Number | None:
    """The free place with just this text that is nearest to the old one."""
    locations = (location for location, each in enumerate(hashes, 1) if each == line.sha256 and location not in taken)
    return min(locations, key=lambda location: abs(location - line.number), default=None)


CHANGED = "the line has changed since it was curated: look at its figures, speaker and digest again"
GONE = "the text of this line is no longer in the original: move what it says to another line, or take the entry away"
Entry = dict[str, Plain]
Placed = tuple[int | None, Entry]
"""An entry, and where it stood among the record's entries; None: it is new."""


def update(record: Mapping[str, Plain], original: Original, words: ReadingWords) -> Draft:
    """The record brought up to the text; ValueError where it has a line without number or hash.

    A curated line follows its text. Where the text has changed in its place, or is gone, a note asks the curator to
    look; nothing of the entry is taken away. A line that no entry speaks of is drafted, and so is again one that was
    only drafted before. With the text that the record is of already, no entry is touched.
    """
    entries, left_out = _entries(record), _left_out(record)
    recorded = [_recorded(entry) for entry in entries]
    numbers = tuple(chain.from_iterable(left_out.values()))
    same = record.get("sha256") == original.sha256
    found = _as_it_stands(recorded, numbers) if same else align(recorded, numbers, _hashes(original))
    kept = {
        at: _kept(entry, fate, number, original)
        for at, (entry, (fate, number)) in enumerate(zip(entries, found.recorded, strict=True))
        if fate is Fate.SAME or _is_curated(entry)
    }
    spoken_of = {number for at, (fate, number) in enumerate(found.recorded) if at in kept and fate is not Fate.GONE}
    fresh = {
        number: drafted_line(number, text, words)
        for number, text in enumerate(original.lines, 1)
        if number not in spoken_of | set(found.left_out.values())
    }
    lines = _in_order(kept, fresh)
    value = _value(record, original, lines, left_out, {**_moves(recorded, found), **found.left_out})
    return _told(value, lines, [(recorded[at], *found.recorded[at]) for at in kept], tuple(fresh))


def _entries(record: Mapping[str, Plain]) -> list[Entry]:
    lines = record.get("lines") or []
    if not isinstance(lines, list):
        raise ValueError("'lines' is no list")
    entries = [line for line in lines if isinstance(line, dict) and line.get("line") and line.get("sha256")]
    if len(entries) < len(lines):
        raise ValueError("a line has no number or no hash")
    return entries


def _left_out(record: Mapping[str, Plain]) -> dict[str, list[int]]:
    reasons = record.get("left_out") or {}
    if not isinstance(reasons, dict):
        raise ValueError("'left_out' is no mapping")
    return {
        reason: [int(str(number)) for number in numbers if number] if isinstance(numbers, list) else []
        for reason, numbers in reasons.items()
    }


def _recorded(entry: Entry) -> Recorded:
    return Recorded(number=_number(entry), sha256=str(entry["sha256"]), lost=GONE in _notes(entry))


def _number(entry: Entry) -> int:
    return int(str(entry["line"]))


def _notes(entry: Entry) -> list[Plain]:
    notes = entry.get("undecided")
    return notes if isinstance(notes, list) else []


def _hashes(original: Original) -> list[str]:
    return [line_hash(line) for line in original.lines]


def _is_curated(entry: Entry) -> bool:
    """Whether it says more than a draft of a line without figures."""
    return any(value for key, value in entry.items() if key not in ("line", "sha256", "undecided"))


def _as_it_stands(recorded: Iterable[Recorded], left_out: Iterable[int]) -> Alignment:
    return Alignment(
        recorded=tuple((Fate.GONE if line.lost else Fate.SAME, line.number) for line in recorded),
        left_out={number: number for number in left_out},
    )


def _kept(entry: Entry, fate: Fate, number: int, original: Original) -> Entry:
    """The entry with its number; a note where a person has to look, and the note gone where the text is back."""
    notes = _notes(entry)
    match fate:
        case Fate.SAME:
            fresh, now = {**entry, "line": str(number)}, [note for note in notes if note != GONE]
        case Fate.CHANGED:
            fresh, now = {**entry, "line": str(number), "sha256": _hashes(original)[number - 1]}, [*notes, CHANGED]
        case Fate.GONE:
            fresh, now = {**entry}, [*notes, GONE]
    if now != notes:
        fresh["undecided"] = list(dict.fromkeys(str(note) for note in now))
    return fresh


def _in_order(kept: Mapping[int, Entry], fresh: Mapping[int, Entry]) -> list[Placed]:
    """The curator's order, with each new line before the first that comes after it."""
    lines: list[Placed] = []
    waiting = sorted(fresh, reverse=True)
    for at, entry in kept.items():
        while waiting and waiting[-1] < _number(entry):
            lines.append((None, fresh[waiting.pop()]))
        lines.append((at, entry))
    return [*lines, *((None, fresh[number]) for number in reversed(waiting))]


def _moves(recorded: Sequence[Recorded], found: Alignment) -> dict[int, int]:
    pairs = zip(recorded, found.recorded, strict=True)
    return {line.number: number for line, (fate, number) in pairs if fate is not Fate.GONE}


def _value(
    record: Mapping[str, Plain],
    original: Original,
    lines: Iterable[Placed],
    left_out: Mapping[str, list[int]],
    moves: Mapping[int, int],
) -> dict[str, Plain]:
    """The record with its new lines; whatever else names a line by its number follows it."""
    value: dict[str, Plain] = {**record, "sha256": original.sha256, "lines": [entry for _, entry in lines]}
    if left_out:
        value["left_out"] = {
            reason: [str(moves[number]) for number in numbers if number in moves]
            for reason, numbers in left_out.items()
        }
    if "published" in record:
        value["published"] = _moved(record["published"], moves)
    if isinstance(events := record.get("events"), dict):
        value["events"] = {name: _moved(event, moves) for name, event in events.items()}
    return value


def _moved(dated: Plain, moves: Mapping[int, int]) -> Plain:
    line = str(dated.get("line")) if isinstance(dated, dict) else ""
    if not isinstance(dated, dict) or not line.isdecimal() or int(line) not in moves:
        return dated
    return {**dated, "line": str(moves[int(line)])}


def _told(
    value: Mapping[str, Plain],
    lines: Iterable[Placed],
    fates: Iterable[tuple[Recorded, Fate, int]],
    new: tuple[int, ...],
) -> Draft:
    known = tuple(fates)
    return Draft(
        value=value,
        origins=tuple(at for at, _ in lines),
        new=new,
        changed=tuple(number for _, fate, number in known if fate is Fate.CHANGED),
        moved={line.number: number for line, fate, number in known if fate is not Fate.GONE and line.number != number},
        gone=tuple(number for _, fate, number in known if fate is Fate.GONE),
        undecided=count_undecided(entry for _, entry in lines),
    )
