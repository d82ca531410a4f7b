"""What two editions said -> what changed: computed from facts, telling what the world did from what time or we did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefgen.changes.kinds import MINOR, ChangeKind
from briefgen.changes.published import Published
from briefgen.changes.telling import Told, attribution_told, dates_of, statuses_changed, statuses_told, values_told
from briefgen.model.briefing import Status
from briefgen.model.facts import Reason

Said = Mapping[str, Published]
"""What an edition said of each fact, by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a fact, with what it said before and says now: statuses, values or sides that differ."""

    kind: ChangeKind
    fact: str
    said: Published
    """What is said of it now; of one that is there no more, what was said last."""
    old: tuple[Told, ...] = ()
    new: tuple[Told, ...] = ()
    told_in: int | None = None
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
        return any(row.kind not in MINOR and row.told_in is None for row in self.rows)


def compare(before: Said, now: Said, *, since: int, day: date, earlier: Said | None = None) -> Changes:
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
    rows += tuple(replace(row, told_in=since, said=now.get(row.fact, row.said)) for row in again)
    return Changes(since=since, day=day, rows=_in_order(rows))


def differences(before: Said, now: Said) -> tuple[Change, ...]:
    """Every change between two editions, or two days; what is told of a fact follows from the two alone."""
    rows = [row for id, new in now.items() for row in _of_fact(before.get(id), new)]
    gone = [
        Change(kind=ChangeKind.REMOVED, fact=id, said=old, old=statuses_told(old))
        for id, old in before.items()
        if id not in now
    ]
    return _in_order((*rows, *gone))


def _in_order(rows: tuple[Change, ...]) -> tuple[Change, ...]:
    order = list(ChangeKind)
    return tuple(sorted(rows, key=lambda row: (order.index(row.kind), row.told_in is not None)))


def _of_fact(old: Published | None, new: Published) -> Iterator[Change]:
    """At most one change of what it says and one of its status; a status that a moved date brings is told with it."""
    if old is None:
        yield Change(kind=ChangeKind.NEW, fact=new.id, said=new, new=statuses_told(new))
        return
    content, status = _content(old, new), _status(old, new)
    if content and status and _follows_a_date(old, new, status.kind):
        yield replace(content, old=(*content.old, *status.old), new=(*content.new, *status.new))
    elif content or status:
        yield from filter(None, (content, status))
    elif kind := _form(old, new):
        yield Change(kind=kind, fact=new.id, said=new)


def _follows_a_date(old: Published, new: Published, kind: ChangeKind) -> bool:
    return kind is ChangeKind.STATUS and dates_of(old) != dates_of(new)


def _content(old: Published, new: Published) -> Change | None:
    """Its values, and who says it to whom with which act on which occasion."""
    values_gone, values_come = values_told(old.values, new.values), values_told(new.values, old.values)
    sides_gone, sides_come = attribution_told(old, new), attribution_told(new, old)
    gone, come = (*values_gone, *sides_gone), (*values_come, *sides_come)
    if not gone and not come and old.kind == new.kind:
        return None
    corrected = (bool(gone) or old.kind != new.kind) and new.sources <= old.sources
    kind = ChangeKind.CORRECTED if corrected else ChangeKind.UPDATED
    return Change(kind=kind, fact=new.id, said=new, old=gone, new=come)


def _status(old: Published, new: Published) -> Change | None:
    if (old.status, old.became, old.superseded_by) == (new.status, new.became, new.superseded_by):
        return None
    then, now = statuses_changed(old, new)
    return Change(kind=_cause(old, new), fact=new.id, said=new, old=then, new=now)


def _cause(old: Published, new: Published) -> ChangeKind:
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


def _by_time(old: Published, new: Published) -> bool:
    """Both statuses follow from dates alone, and no date is another."""
    statuses = {old.became or old.status, new.became or new.status}
    same = (old.superseded_by, dates_of(old)) == (new.superseded_by, dates_of(new))
    return same and statuses <= _BY_DATES


def _form(old: Published, new: Published) -> ChangeKind | None:
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
