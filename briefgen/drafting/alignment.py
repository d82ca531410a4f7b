"""Where the lines of an older text stand in a newer one, told from their hashes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum

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
        place = matched.get(line.number) if not line.lost else None
        give(index, Fate.SAME, place if place and hashes[place - 1] == line.sha256 else None)
    for index in (index for index in unsettled if index not in found):
        give(index, Fate.SAME, _nearest(recorded[index], hashes, taken))
    for index in (index for index in unsettled if index not in found and not recorded[index].lost):
        give(index, Fate.CHANGED, matched.get(recorded[index].number))
    return Alignment(
        recorded=tuple(found.get(index, (Fate.GONE, recorded[index].number)) for index in unsettled),
        left_out={number: place for number in left_out if (place := matched.get(number)) and place not in taken},
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
        matched |= {number: place for number, place in pairs if alike or number in known}
    return matched


def _nearest(line: Recorded, hashes: Sequence[str], taken: set[Number]) -> Number | None:
    """The free place with just this text that is nearest to the old one."""
    places = (place for place, each in enumerate(hashes, 1) if each == line.sha256 and place not in taken)
    return min(places, key=lambda place: abs(place - line.number), default=None)
