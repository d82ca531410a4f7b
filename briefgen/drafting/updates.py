"""A record brought up to its text: what was curated stays, and follows its line where that has moved."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from briefgen.drafting.alignment import Alignment, Fate, Recorded, align
from briefgen.drafting.drafts import Draft, count_undecided, drafted_line
from briefgen.figures import ReadingWords
from briefgen.originals import Original, line_hash
from briefgen.yamlfile import Plain

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
