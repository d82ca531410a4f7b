"""Merges three versions of a file line by line: as it was taken, as it is shipped now, and as a person has made it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some lines in all three versions, and how many lines of `mine` come before them."""

    before: int
    then: tuple[str, ...]
    now: tuple[str, ...]
    mine: tuple[str, ...]

    @property
    def conflicts(self) -> bool:
        """Whether both sides have changed the lines, each in its own way."""
        return self.mine not in (self.then, self.now) and self.now != self.then

    @property
    def takes_over(self) -> bool:
        """Whether the shipped file alone has changed them."""
        return self.mine == self.then != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What came of a merge."""

    lines: tuple[str, ...]
    """Mine, with what could be taken over; where both sides have changed lines, they are as I had them."""
    then: tuple[str, ...]
    """The shipped file as far as it was taken over: merging against it once more tells the same conflicts."""
    taken: int
    """How many stretches were taken over."""
    conflicts: tuple[Stretch, ...]
    """`before` counts in `lines`."""


def merge_lines(then: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> Merged:
    """Take over into `mine` what `now` has otherwise than `then`, wherever `mine` still has the lines of `then`."""
    lines: list[str] = []
    known: list[str] = []
    conflicts: list[Stretch] = []
    taken = 0
    for each in stretches(then, now, mine):
        if each.conflicts:
            conflicts.append(Stretch(before=len(lines), then=each.then, now=each.now, mine=each.mine))
        taken += each.takes_over
        known += each.then if each.conflicts else each.now
        lines += each.now if each.takes_over else each.mine
    return Merged(lines=tuple(lines), then=tuple(known), taken=taken, conflicts=tuple(conflicts))


def stretches(then: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> Iterator[Stretch]:
    """Yield the three versions in stretches: lines that are the same in all, and between them those that are not."""
    at = at_now = at_mine = 0
    for start, in_now, in_mine, size in (*_common(then, now, mine), (len(then), len(now), len(mine), 0)):
        if (start, in_now, in_mine) != (at, at_now, at_mine):
            yield Stretch(
                before=at_mine,
                then=tuple(then[at:start]),
                now=tuple(now[at_now:in_now]),
                mine=tuple(mine[at_mine:in_mine]),
            )
        at, at_now, at_mine = start + size, in_now + size, in_mine + size
        if size:
            same = tuple(then[start:at])
            yield Stretch(before=in_mine, then=same, now=same, mine=same)


def _common(then: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where lines are the same in all three: the start in each, and how many."""
    for one in _matches(then, now):
        for other in _matches(then, mine):
            start, end = max(one[0], other[0]), min(one[0] + one[2], other[0] + other[2])
            if start < end:
                yield start, start - one[0] + one[1], start - other[0] + other[1], end - start


def _matches(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    found = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(match.a, match.b, match.size) for match in found]
