"""Takes over what is new in a shipped file into the workspace's own copy, and shows the three versions."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.atomic import replace_file
from briefgen.read.workspace import Workspace
from briefgen.render.reading import read_file, read_text
from briefgen.tools.merge import Merged, Stretch, merge_lines, stretches
from briefgen.tools.templates import OverrideStatus, Template, free_name, record_taken


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
    if lines := [str(each.before + 1) for each in stretches(then, now, mine) if each.conflicts]:
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
    if keep_mine or not merged.conflicts:
        record_taken(workspace, template.name, shipped.read_bytes())
        return TakenOver(taken=merged.taken, kept_as=kept_as, conflicts=())
    record_taken(workspace, template.name, _text(merged.then).encode())
    return TakenOver(taken=merged.taken, kept_as=kept_as, conflicts=tuple(_conflicts(merged, where, template.name)))


def _write(workspace: Workspace, own: Path, merged: Merged) -> Path:
    """Write the merged lines, with the line ends that the file has, and return where it is kept as it was."""
    before = read_file(own, workspace.root)
    kept_as = free_name(own)
    replace_file(kept_as, before, workspace.root)
    text = _text(merged.lines)
    replace_file(own, (text.replace("\n", "\r\n") if b"\r\n" in before else text).encode(), workspace.root)
    return kept_as


def _conflicts(merged: Merged, where: str, name: str) -> Iterator[Finding]:
    for each in merged.conflicts:
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


def _text(lines: tuple[str, ...]) -> str:
    return "\n".join(lines)


def _diff(before: list[str], after: list[str]) -> Iterator[str]:
    return islice(unified_diff(before, after, n=1, lineterm=""), 2, None)
