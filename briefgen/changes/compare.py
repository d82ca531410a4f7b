"""What two editions said -> what changed: computed from facts, telling what the world did from what time or we did."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from briefgen.changes.snapshot import FactSnapshot
from briefgen.model.briefing import Status
from briefgen.model.facts import Act, Reason
from briefgen.model.quantities import EventRef, Quantity, is_date, parse_event, parse_quantity


class ChangeKind(StrEnum):
    """What happened to a fact between two editions, in the order in which it is told; corrections come first."""

    CORRECTED = "corrected"
    """No new source document: what we said of the known ones was wrong."""
    NEW = "new"
    UPDATED = "updated"
    """Another value, or another who, to whom and with which act."""
    STATUS = "status changed"
    """The world changed it, or a source that reports it."""
    WITHDRAWN = "withdrawn"
    """It lapsed, or a source says that it was taken back."""
    REMOVED = "removed"
    """It is there no more. Nothing is ever deleted, so this is told where it happens all the same."""
    TIME = "time passed"
    """Every date is the same: only the day is another."""
    SOURCE = "source changed"
    """It says the same and rests on other lines."""
    REWORDED = "reworded"
    """The same in other words."""


MINOR = frozenset({ChangeKind.SOURCE, ChangeKind.REWORDED})
"""An edition with nothing but these keeps the date that its readers know."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties or the person that say something, or to whom it is said, by id."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        return " and ".join(self.ids)


ChangedValue = Status | Act | Sides | EventRef | Quantity


def changed_values(these: Mapping[str, str], others: Mapping[str, str]) -> tuple[Quantity, ...]:
    """The values among `these` that `others` does not have, each once.

    One that merely goes by another name is no difference: an indicator's last observation becomes the one before it.
    What an older program wrote in a way that is read no more is passed over.
    """
    left = {value for name, value in others.items() if name not in these}
    texts = (
        value
        for name, value in these.items()
        if others.get(name) != value and value not in (others.values() if name not in others else left)
    )
    return tuple(dict.fromkeys(_quantities(texts)))


def changed_attribution(this: FactSnapshot, other: FactSnapshot) -> tuple[ChangedValue, ...]:
    """Of act, who, to whom and occasion, what `this` says and `other` does not."""
    return tuple(
        snapshot
        for snapshot, before in zip(_attribution(this), _attribution(other), strict=True)
        if snapshot is not None and snapshot != before
    )


def known_statuses(snapshot: FactSnapshot) -> tuple[Status, ...]:
    """The status, and after "superseded" what became of it besides; those that this program knows."""
    return _known(snapshot.status, snapshot.became)


def statuses_changed(old: FactSnapshot, new: FactSnapshot) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    """The statuses before and now; of one that stays superseded, what became of it besides."""
    if old.status == new.status:
        return _known(old.became), _known(new.became)
    return _known(old.status), _known(new.status, new.became if new.became != old.status else "")


def _known(*statuses: str) -> tuple[Status, ...]:
    return tuple(Status(each) for each in statuses if each in set(Status))


def dates_of(snapshot: FactSnapshot) -> frozenset[str]:
    """The dates among its values, on which a status may rest."""
    return frozenset(str(value) for value in _quantities(snapshot.values.values()) if is_date(value))


def _attribution(snapshot: FactSnapshot) -> Iterator[ChangedValue | None]:
    yield Act(snapshot.act) if snapshot.act in set(Act) else None
    for ids in (snapshot.by, (snapshot.speaker,), snapshot.to):
        yield Sides(ids) if any(ids) else None
    occasion = None
    with suppress(ValueError):
        occasion = parse_event(snapshot.on)
    yield occasion


def _quantities(texts: Iterable[str]) -> Iterator[Quantity]:
    for text in texts:
        with suppress(ValueError):
            yield parse_quantity(text)


Snapshot = Mapping[str, FactSnapshot]
"""What an edition said of each fact, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a fact, with what it said before and says now: statuses, values or sides that differ."""

    kind: ChangeKind
    fact: str
    snapshot: FactSnapshot
    """What is said of it now; of one that is there no more, what was said last."""
    old: tuple[ChangedValue, ...] = ()
    new: tuple[ChangedValue, ...] = ()
    first_told_in: int | None = None
    """The edition that told this correction first; None: it is told for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since an edition, corrections first, then in the order of the kinds."""

    since: int
    day: date
    """The day that edition is known by."""
    rows: tuple[Change, ...]

    @property
    def major(self) -> bool:
        """Whether readers must be told: anything but other words or sources, and what they were told already."""
        return any(row.kind not in MINOR and row.first_told_in is None for row in self.rows)


def compare(before: Snapshot, now: Snapshot, *, since: int, day: date, earlier: Snapshot | None = None) -> Changes:
    """The changes since the edition `since` of a `day`, which said `before`.

    Corrections stay for two editions: those that `before` made of the edition `earlier` are told again, unless the
    fact has been corrected anew: what the first one put right is then not what stands.
    """
    rows = differences(before, now)
    anew = {row.fact for row in rows if row.kind is ChangeKind.CORRECTED}
    again = [
        row
        for row in differences(earlier or {}, before)
        if earlier and row.kind is ChangeKind.CORRECTED and row.fact not in anew
    ]
    rows += tuple(replace(row, first_told_in=since, snapshot=now.get(row.fact, row.snapshot)) for row in again)
    return Changes(since=since, day=day, rows=_in_order(rows))


def differences(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """Every change between two editions, or two days; what is told of a fact follows from the two alone."""
    rows = [row for id, new in now.items() for row in _of_fact(before.get(id), new)]
    gone = [
        Change(kind=ChangeKind.REMOVED, fact=id, snapshot=old, old=known_statuses(old))
        for id, old in before.items()
        if id not in now
    ]
    return _in_order((*rows, *gone))


def _in_order(rows: tuple[Change, ...]) -> tuple[Change, ...]:
    order = list(ChangeKind)
    return tuple(sorted(rows, key=lambda row: (order.index(row.kind), row.first_told_in is not None)))


def _of_fact(old: FactSnapshot | None, new: FactSnapshot) -> Iterator[Change]:
    """At most one change of what it says and one of its status; a status that a moved date brings is told with it."""
    if old is None:
        yield Change(kind=ChangeKind.NEW, fact=new.id, snapshot=new, new=known_statuses(new))
        return
    content, status = _content(old, new), _status(old, new)
    if content and status and _follows_a_date(old, new, status.kind):
        yield replace(content, old=(*content.old, *status.old), new=(*content.new, *status.new))
    elif content or status:
        yield from filter(None, (content, status))
    elif kind := _form(old, new):
        yield Change(kind=kind, fact=new.id, snapshot=new)


def _follows_a_date(old: FactSnapshot, new: FactSnapshot, kind: ChangeKind) -> bool:
    return kind is ChangeKind.STATUS and dates_of(old) != dates_of(new)


def _content(old: FactSnapshot, new: FactSnapshot) -> Change | None:
    """Its values, and who says it to whom with which act on which occasion."""
    values_gone, values_come = changed_values(old.values, new.values), changed_values(new.values, old.values)
    sides_gone, sides_come = changed_attribution(old, new), changed_attribution(new, old)
    gone, come = (*values_gone, *sides_gone), (*values_come, *sides_come)
    if not gone and not come and old.kind == new.kind:
        return None
    corrected = (bool(gone) or old.kind != new.kind) and new.sources <= old.sources
    kind = ChangeKind.CORRECTED if corrected else ChangeKind.UPDATED
    return Change(kind=kind, fact=new.id, snapshot=new, old=gone, new=come)


def _status(old: FactSnapshot, new: FactSnapshot) -> Change | None:
    if (old.status, old.became, old.superseded_by) == (new.status, new.became, new.superseded_by):
        return None
    then, now = statuses_changed(old, new)
    return Change(kind=_cause(old, new), fact=new.id, snapshot=new, old=then, new=now)


def _cause(old: FactSnapshot, new: FactSnapshot) -> ChangeKind:
    """Who changed it: time, we, or the world."""
    superseded = new.status == Status.SUPERSEDED != old.status
    if superseded and new.reason == Reason.CORRECTED:
        return ChangeKind.CORRECTED
    if (superseded and new.reason == Reason.LAPSED) or new.status == Status.WITHDRAWN != old.status:
        return ChangeKind.WITHDRAWN
    if _by_time(old, new):
        return ChangeKind.TIME
    taken_back = old.status in _SOURCED and new.status != Status.SUPERSEDED and new.sources <= old.sources
    return ChangeKind.CORRECTED if taken_back else ChangeKind.STATUS


def _by_time(old: FactSnapshot, new: FactSnapshot) -> bool:
    """Both statuses follow from dates alone, and no date is another."""
    statuses = {old.became or old.status, new.became or new.status}
    same = (old.superseded_by, dates_of(old)) == (new.superseded_by, dates_of(new))
    return same and statuses <= _BY_DATES


def _form(old: FactSnapshot, new: FactSnapshot) -> ChangeKind | None:
    """It says the same; other lines say it, or other words."""
    if (set(old.cites), set(old.reported_by)) != (set(new.cites), set(new.reported_by)):
        return ChangeKind.SOURCE
    words = (old.text, old.note, old.theme, old.reason) != (new.text, new.note, new.theme, new.reason)
    return ChangeKind.REWORDED if words else None


_BY_DATES = frozenset(
    {
        Status.OPEN,
        Status.DUE_SOON,
        Status.DEADLINE_PASSED,
        Status.UPCOMING,
        Status.MAY_HAVE_TAKEN_PLACE,
        Status.OUTCOME_NOT_RECORDED,
    }
)
_SOURCED = frozenset(
    {
        Status.NOT_STARTED,
        Status.IN_PROGRESS,
        Status.FULFILLED,
        Status.PARTLY,
        Status.NOT_MET,
        Status.OVERDUE,
        Status.WITHDRAWN,
        Status.HELD,
    }
)
