"""A record brought up to its text: what was curated stays, and follows its line where that has moved."""

from collections.abc import Iterable, Mapping
from itertools import chain

from briefgen.drafting.alignment import Alignment, Fate, Recorded, align
from briefgen.drafting.drafts import Draft, count_undecided, drafted_line
from briefgen.figures import ReadingWords
from briefgen.originals import Original, line_hash
from briefgen.yamlfile import Plain

CHANGED = "the line has changed since it was curated: look at its figures, speaker and digest again"
GONE = "the text of this line is in the original no more: move what it says to another line, or take the entry away"
Entry = dict[str, Plain]


def update(record: Mapping[str, Plain], original: Original, words: ReadingWords) -> Draft:
    """The record brought up to the text; ValueError where it has a line without number or hash.

    A curated line follows its text. Where the text has changed in its place, or is gone, a note asks the curator to
    look; nothing of the entry is taken away. A line that no entry speaks of is drafted. With the text that the record
    is of already, no entry is touched.
    """
    entries, left_out = _entries(record), _left_out(record)
    recorded = [Recorded(number=_number(each), sha256=str(each["sha256"]), lost=GONE in _notes(each)) for each in entries]
    every_number = tuple(chain.from_iterable(left_out.values()))
    if record.get("sha256") == original.sha256:
        found = _as_it_stands(recorded, every_number)
    else:
        found = align(recorded, every_number, [line_hash(line) for line in original.lines])
    kept = [
        _kept(entry, fate, number, original) for entry, (fate, number) in zip(entries, found.recorded, strict=True)
    ]
    spoken_of = {number for fate, number in found.recorded if fate is not Fate.GONE} | set(found.left_out.values())
    fresh = {
        number: drafted_line(number, text, words)
        for number, text in enumerate(original.lines, 1)
        if number not in spoken_of
    }
    lines = _in_order(kept, fresh)
    value: dict[str, Plain] = {**record, "sha256": original.sha256, "lines": list(lines)}
    if left_out:
        value["left_out"] = {
            reason: [str(found.left_out[number]) for number in numbers if number in found.left_out]
            for reason, numbers in left_out.items()
        }
    return _told(value, recorded, found, tuple(fresh))


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


def _number(entry: Entry) -> int:
    return int(str(entry["line"]))


def _notes(entry: Entry) -> list[Plain]:
    notes = entry.get("undecided")
    return notes if isinstance(notes, list) else []


def _as_it_stands(recorded: Iterable[Recorded], left_out: Iterable[int]) -> Alignment:
    return Alignment(
        recorded=tuple((Fate.GONE if line.lost else Fate.SAME, line.number) for line in recorded),
        left_out={number: number for number in left_out},
    )


def _kept(entry: Entry, fate: Fate, number: int, original: Original) -> Entry:
    """The entry with its number; a note where a person has to look, and the note gone where the text is back."""
    match fate:
        case Fate.SAME:
            notes = [note for note in _notes(entry) if note != GONE]
            fresh: Entry = {**entry, "line": str(number)}
        case Fate.CHANGED:
            notes = [*_notes(entry), *([CHANGED] if CHANGED not in _notes(entry) else [])]
            fresh = {**entry, "line": str(number), "sha256": line_hash(original.lines[number - 1])}
        case Fate.GONE:
            notes = [*_notes(entry), *([GONE] if GONE not in _notes(entry) else [])]
            fresh = {**entry}
    if notes != _notes(entry):
        fresh["undecided"] = notes
    return fresh


def _in_order(kept: Iterable[Entry], fresh: Mapping[int, Entry]) -> list[Entry]:
    """The curator's order, with each new line before the first that comes after it."""
    lines: list[Entry] = []
    waiting = sorted(fresh, reverse=True)
    for entry in kept:
        while waiting and waiting[-1] < _number(entry):
            lines.append(fresh[waiting.pop()])
        lines.append(entry)
    return [*lines, *(fresh[number] for number in reversed(waiting))]


def _told(value: Mapping[str, Plain], recorded: Iterable[Recorded], found: Alignment, fresh: tuple[int, ...]) -> Draft:
    fates = [(line, fate, number) for line, (fate, number) in zip(recorded, found.recorded, strict=True)]
    lines = value["lines"]
    return Draft(
        value=value,
        new=fresh,
        changed=tuple(number for _, fate, number in fates if fate is Fate.CHANGED),
        moved={line.number: number for line, fate, number in fates if fate is not Fate.GONE and line.number != number},
        gone=tuple(number for _, fate, number in fates if fate is Fate.GONE),
        undecided=count_undecided(line for line in lines if isinstance(line, dict)) if isinstance(lines, list) else 0,
    )
