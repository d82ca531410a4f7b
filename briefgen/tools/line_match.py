"""Find the lines of a record again in a text that has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum


class LineStatus(Enum):
    """What became of the text of a recorded line."""

    SAME = "unchanged, here or elsewhere"
    CHANGED = "another text stands in its place"
    GONE = "its place cannot be told"


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A line as a record has it; `lost`: an earlier update did not find it, so its number means nothing."""

    number: int
    sha256: str
    lost: bool = False


def find_lines(
    recorded: Sequence[RecordedLine], left_out: Sequence[int], hashes: Sequence[str]
) -> tuple[list[tuple[LineStatus, int]], dict[int, int]]:
    """What became of each recorded line, with its number now, and the old and new numbers of the lines left out.

    `hashes` are those of the lines of the text; no line is found twice. A line that was left out has no hash: it is
    found only where as many lines as before stand between two that are known, and is missing in the result elsewhere.
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

    for status, place in ((LineStatus.SAME, unchanged), (LineStatus.SAME, nearest), (LineStatus.CHANGED, in_place)):
        for at, line in enumerate(recorded):
            number = place(line) if at not in found else None
            if number and number not in taken:
                taken.add(number)
                found[at] = (status, number)
    statuses = [found.get(at, (LineStatus.GONE, line.number)) for at, line in enumerate(recorded)]
    return statuses, {old: new for old in left_out if (new := matched.get(old)) and new not in taken}


def _matched(known: Mapping[int, str], left_out: Sequence[int], hashes: Sequence[str]) -> Mapping[int, int]:
    """The new number of each old one, as far as the order of the known hashes tells."""
    # a number far beyond the text is a typing error
    last = max((number for number in (*known, *left_out) if number <= 2 * len(hashes) + 1000), default=0)
    old = [known.get(number, f"unknown {number}") for number in range(1, last + 1)]
    matched: dict[int, int] = {}
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, hashes, autojunk=False).get_opcodes():
        alike = tag == "equal" or end - start == new_end - new_start
        pairs = zip(range(start + 1, end + 1), range(new_start + 1, new_end + 1), strict=False)
        matched |= {number: new for number, new in pairs if alike or number in known}
    return matched
