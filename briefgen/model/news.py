"""What changed since the last edition, in finished strings."""

from dataclasses import dataclass

from briefgen.model.pieces import Badge, Mark, Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """What happened to one fact."""

    id: str
    kind: Badge
    """Such as `corrected`; its code chooses the look."""
    text: Prose
    """What is said of it now; of a fact that is there no more, what was said last."""
    old: tuple[Prose, ...]
    """Values, acts and sides that it had before and has no more."""
    new: tuple[Prose, ...]
    was: tuple[Badge, ...]
    """The statuses before, and now."""
    now: tuple[Badge, ...]
    notes: tuple[str, ...]
    """What took its place; that an earlier edition told this correction already."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """How many changes are of one kind."""

    kind: Badge
    count: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What changed since the last edition; either rows, or the sentence that says why there are none."""

    since: str
    """Which edition it is compared with; empty where there is none."""
    nothing: str
    counts: tuple[KindCount, ...]
    """Of all changes, whether or not they have a row here."""
    rows: tuple[ChangeRow, ...]
    more: str
    """How many changes of which kinds have no row here; empty where all have one."""
