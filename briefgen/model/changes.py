"""The content of each fact in an edition, as its briefing.json holds it, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any

from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.facts import Act
from briefgen.model.quantities import EventRef, Quantity
from briefgen.model.typed_json import convert

Data = Mapping[str, Any]
"""A fact as JSON has it: strings, lists of strings, and the values by name."""
Facts = Mapping[str, Data]
"""Such facts by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSnapshot:
    """The content of a fact in an edition; values and cites in the facts' notation."""

    id: str
    kind: str = ""
    theme: str = ""
    text: str = ""
    note: str = ""
    by: tuple[str, ...] = ()
    speaker: str = ""
    to: tuple[str, ...] = ()
    act: str = ""
    on: str = ""
    status: str = ""
    reported_by: tuple[str, ...] = ()
    """The lines that report the outcome, where the status rests on them."""
    superseded_by: str = ""
    reason: str = ""
    """Why it was superseded."""
    became: str = ""
    """The status that a superseded fact would have otherwise."""
    values: Mapping[str, str] = field(default_factory=dict)
    cites: tuple[str, ...] = ()
    past_review: str = ""
    """The day on which it was last confirmed, where that is too long ago."""

    @property
    def sources(self) -> frozenset[str]:
        """The source documents that it rests on."""
        return frozenset(cite.partition(":")[0] for cite in (*self.cites, *self.reported_by))


def take_snapshot(briefing: Briefing) -> Mapping[str, FactSnapshot]:
    """Return the content of each fact by id, in the order of the file."""
    return {id: _fact_snapshot(item) for id, item in briefing.items.items()}


def as_data(snapshot: FactSnapshot) -> dict[str, Any]:
    """Return a snapshot as JSON has it: tuples become lists."""
    return {
        each.name: list(value) if isinstance(value := getattr(snapshot, each.name), tuple) else value
        for each in fields(FactSnapshot)
    }


def from_data(data: Data) -> FactSnapshot:
    """Return the snapshot in such data, empty where a key is missing; ValueError where it is not one."""
    return convert(FactSnapshot, {key: value for key, value in data.items() if value is not None})


def _fact_snapshot(item: Assessed) -> FactSnapshot:
    fact = item.fact
    return FactSnapshot(
        id=fact.id,
        kind=fact.kind,
        theme=fact.theme,
        text=fact.text,
        note=fact.note,
        by=fact.by,
        speaker=fact.speaker,
        to=fact.to,
        act=fact.act.value,
        on=str(fact.on or ""),
        status=item.status.value,
        reported_by=tuple(map(str, item.reported_by)),
        superseded_by=item.superseded_by,
        reason=fact.superseded.reason.value if fact.superseded and item.superseded_by else "",
        became=item.became.value if item.became else "",
        values={name: str(value.value) for name, value in item.values.items()},
        cites=tuple(map(str, item.cites)),
        past_review=str(item.confirmed) if item.stale else "",
    )


class ChangeKind(StrEnum):
    """What happened to a fact between two editions, in the order of printing; corrections come first."""

    CORRECTED = "corrected"
    """No new source document: our reading of the known ones was wrong."""
    NEW = "new"
    UPDATED = "updated"
    """Another value, act, side or occasion."""
    STATUS = "status changed"
    """The world changed it, or a source that reports it."""
    WITHDRAWN = "withdrawn"
    """It lapsed, or a source reports that it was withdrawn."""
    REMOVED = "removed"
    """It is missing. Facts are never deleted, so this should not happen, and is reported where it does."""
    TIME = "time passed"
    """Every date is the same: only the day is another."""
    SOURCE = "source changed"
    """The same content rests on other lines."""
    REWORDED = "reworded"
    """The same in other words."""

    @property
    def rank(self) -> int:
        """Its place in the order of printing."""
        return list(ChangeKind).index(self)


MINOR = frozenset({ChangeKind.SOURCE, ChangeKind.REWORDED})
"""An edition with nothing but these keeps the date that its readers know."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties, or the person, by or to whom something is said, by id."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        return " and ".join(self.ids)


ChangedValue = Status | Act | Sides | EventRef | Quantity
Snapshot = Mapping[str, FactSnapshot]
"""The content of an edition, by the id of each fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a fact, with the statuses, values and sides that differ."""

    kind: ChangeKind
    fact: str
    snapshot: FactSnapshot
    """The fact now; of a removed one, as it was last."""
    old: tuple[ChangedValue, ...] = ()
    new: tuple[ChangedValue, ...] = ()
    first_reported_in: int | None = None
    """The edition that reported this correction first; None where this is the first report."""

    def to_data(self) -> dict[str, Any]:
        """Return it as plain data: its kind, the fact with text, values and citations, old and new values."""
        return {
            "kind": self.kind.value,
            "fact": self.fact,
            "text": self.snapshot.text,
            "values": dict(self.snapshot.values),
            "old": [str(value) for value in self.old],
            "new": [str(value) for value in self.new],
            "told_in": self.first_reported_in,
            "cites": list(self.snapshot.cites),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since an edition, corrections first, then in the order of the kinds."""

    since: int
    day: date
    """The day that edition is known by."""
    rows: tuple[Change, ...]

    @property
    def major(self) -> bool:
        """Whether readers need to know: anything but other words or sources, or corrections reported before."""
        return any(row.kind not in MINOR and row.first_reported_in is None for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSheet:
    """The patch from the facts of one edition to those of another, with the hashes of both.

    It is a JSON Merge Patch (RFC 7396) of an object that has each fact by its id.
    """

    edition: int | None
    since: int | None
    """The edition whose facts it starts from; None for the first edition, whose patch is empty."""
    patch: Mapping[str, Any]
    before_sha256: str
    after_sha256: str
