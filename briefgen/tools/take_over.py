"""Merges three versions of a file: as it was shipped, as it is shipped now, and as a person has made it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher, unified_diff
from itertools import islice
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.atomic import replace_file
from briefgen.read.workspace import Workspace
from briefgen.render.reading import read_file, read_text
from briefgen.tools.templates import OverrideStatus, Template, free_name, record_taken

Lines = Sequence[str]


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


def merge_lines(then: Lines, now: Lines, mine: Lines) -> Merged:
    """Take over into `mine` what `now` has otherwise than `then`, wherever `mine` still has the lines of `then`."""
    lines, known, conflicts, taken = list[str](), list[str](), list[Stretch](), 0
    for each in _stretches(then, now, mine):
        conflicts += [replace(each, before=len(lines))] if each.conflicts else []
        taken += each.takes_over
        known += each.then if each.conflicts else each.now
        lines += each.now if each.takes_over else each.mine
    return Merged(lines=tuple(lines), then=tuple(known), taken=taken, conflicts=tuple(conflicts))


def _stretches(then: Lines, now: Lines, mine: Lines) -> Iterator[Stretch]:
    """Yield the three versions in stretches: lines that are the same in all, and between them those that are not."""
    at = at_now = at_mine = 0
    for start, in_now, in_mine, size in (*_common(then, now, mine), (len(then), len(now), len(mine), 0)):
        if (start, in_now, in_mine) != (at, at_now, at_mine):
            new, ours = tuple(now[at_now:in_now]), tuple(mine[at_mine:in_mine])
            yield Stretch(before=at_mine, then=tuple(then[at:start]), now=new, mine=ours)
        at, at_now, at_mine = start + size, in_now + size, in_mine + size
        if size:
            same = tuple(then[start:at])
            yield Stretch(before=in_mine, then=same, now=same, mine=same)


def _common(then: Lines, now: Lines, mine: Lines) -> Iterator[tuple[int, int, int, int]]:
    """Yield where lines are the same in all three: the start in each, and how many."""
    in_now, in_mine = (SequenceMatcher(None, then, each, autojunk=False) for each in (now, mine))
    for one in in_now.get_matching_blocks():
        for other in in_mine.get_matching_blocks():
            start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
            if start < end:
                yield start, start - one.a + one.b, start - other.a + other.b, end - start


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """What came of merging one template."""

    taken: int
    """How many changes of the shipped file are in the own one now."""
    kept_as: Path | None
    """Where the own file is kept as it was; None where it did not change."""
    conflicts: tuple[Finding, ...]
    """Where both have changed the same lines; the own ones were kept."""


def three_ways(template: Template) -> Iterator[str]:
    """Yield what the program has changed since the copy was taken, and what its owner has; nothing where not known."""
    if template.then is None or template.own is None or template.shipped is None:
        return
    then, now, mine = _versions(template, template.then)
    yield "New in the shipped file since you took yours:"
    yield from (f"  {line}" for line in _diff(then, now))
    yield "What you have changed:"
    yield from (f"  {line}" for line in _diff(then, mine))
    if lines := [str(each.before + 1) for each in _stretches(then, now, mine) if each.conflicts]:
        yield f"Both have changed the same at line {', '.join(lines)} of yours: a merge leaves that to you."


def take_over(workspace: Workspace, template: Template, *, keep_mine: bool = False) -> TakenOver:
    """Merge what is new in the shipped file into the own one; K914 for each conflict, where the own lines stay.

    A conflict is told again by the next merge, until the lines are as in the shipped file, or `keep_mine` settles it.
    FindingsError where nothing is known to merge by.
    """
    own, shipped = template.own, template.shipped
    if template.status is not OverrideStatus.BEHIND or own is None or shipped is None:
        return TakenOver(taken=0, kept_as=None, conflicts=())
    where = workspace.shown(own)
    if template.then is None:
        message = "cannot be merged: nothing is left of the shipped file as it was when you took this copy"
        hint = f"see what differs, take over by hand what you want: briefgen template compare {template.name}"
        raise FindingsError.of(where, "K910", message, hint)
    if "\ufffd" in read_text(own, template.root):
        raise FindingsError.of(where, "K910", "cannot be merged: it is not UTF-8 text", "save it as UTF-8 first")
    merged = merge_lines(*_versions(template, template.then))
    kept_as = _write(workspace, own, merged) if merged.taken else None
    left = () if keep_mine else merged.conflicts
    record_taken(workspace, template.name, "\n".join(merged.then).encode() if left else shipped.read_bytes())
    return TakenOver(taken=merged.taken, kept_as=kept_as, conflicts=tuple(_findings(left, where, template.name)))


def _write(workspace: Workspace, own: Path, merged: Merged) -> Path:
    """Write the merged lines, with the line ends that the file has, and return where it is kept as it was."""
    before = read_file(own, workspace.root)
    kept_as = free_name(own)
    replace_file(kept_as, before, workspace.root)
    text = "\n".join(merged.lines)
    replace_file(own, (text.replace("\n", "\r\n") if b"\r\n" in before else text).encode(), workspace.root)
    return kept_as


def _findings(conflicts: Iterable[Stretch], where: str, name: str) -> Iterator[Finding]:
    for each in conflicts:
        what = " / ".join(line.strip() for line in each.now if line.strip()) or "nothing"
        message = f"{_counted(each)} changed by you and in the shipped file, which now has: {what}"
        hint = f"put in what you want of it; to keep yours as it is: briefgen template merge {name} --keep-mine"
        yield Finding(Location(where, each.before + 1), "K914", message, Severity.WARNING, hint=hint)


def _counted(conflict: Stretch) -> str:
    if not conflict.mine:
        return "lines that you took away before this one were"
    last = conflict.before + len(conflict.mine)
    return "this line was" if len(conflict.mine) == 1 else f"lines {conflict.before + 1} to {last} were"


def _versions(template: Template, then: str) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of the shipped file as it was and as it is, and of the own one."""
    texts = (then, *(read_text(path, template.root) for path in (template.shipped, template.own) if path))
    first, second, third = (text.replace("\r\n", "\n").split("\n") for text in texts)
    return first, second, third


def _diff(before: list[str], after: list[str]) -> Iterator[str]:
    return islice(unified_diff(before, after, n=1, lineterm=""), 2, None)
