"""Two briefings -> what changed: computed from facts, and telling what the world did from what time or we did."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.facts import Reason
from briefgen.model.quantities import Quantity, parse_quantity


class ChangeKind(StrEnum):
    """What happened to a fact between two editions; corrections come first."""

    CORRECTED = "corrected"
    """The sources are the same: what we said of them was wrong."""
    NEW = "new"
    UPDATED = "updated"
    STATUS = "status changed"
    TIME = "time passed"
    """Every source is the same: only the day is another."""
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What an edition said of a fact."""

    id: str
    status: str
    values: Mapping[str, str]
    cites: tuple[str, ...]
    wording: tuple[str, ...]
    """Its text, then its parties, speaker, act and occasion."""

    @property
    def attribution(self) -> tuple[str, ...]:
        """Who says it, to whom, with which act, when."""
        return self.wording[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of a fact, with what it said before and says now: statuses, or the values that differ."""

    kind: ChangeKind
    fact: str
    old: tuple[Status | Quantity, ...] = ()
    new: tuple[Status | Quantity, ...] = ()
    last: Published | None = None
    """What was last said of a fact that is there no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since an edition, corrections first, then in the order of the kinds."""

    since: int
    rows: tuple[Change, ...]


def published(item: Assessed) -> Published:
    """What this edition says of a fact."""
    fact = item.fact
    wording = (fact.text, *fact.by, fact.speaker, *fact.to, fact.act.value, str(fact.on or ""))
    values = {name: str(value.value) for name, value in item.values.items()}
    cites = tuple(str(cite) for cite in item.cites)
    return Published(id=fact.id, status=item.status.value, values=values, cites=cites, wording=wording)


def compare(
    before: Mapping[str, Published], since: int, briefing: Briefing, earlier: Mapping[str, Published] | None = None
) -> Changes:
    """The changes since the edition `since`, which said `before`.

    Corrections stay for two editions: those that `before` made of the edition `earlier` are told again.
    """
    now = {id: published(item) for id, item in briefing.items.items()}
    rows = [*_changed(before, now, briefing), *_removed(before, now)]
    rows += (each for each in _corrections(earlier or {}, before, briefing) if each not in rows)
    order = list(ChangeKind)
    return Changes(since=since, rows=tuple(sorted(rows, key=lambda row: order.index(row.kind))))


def _changed(before: Mapping[str, Published], now: Mapping[str, Published], briefing: Briefing) -> Iterator[Change]:
    """For each fact at most one change of its status and one of what it says."""
    for id, new in now.items():
        old = before.get(id)
        if old is None:
            yield Change(kind=ChangeKind.NEW, fact=id)
            continue
        corrected = tuple(_correction(old, new, briefing.items[id]))
        yield from corrected
        if old.status != new.status and not _withdrawn(old, new, briefing.items[id]):
            kind = _cause(briefing.items[id], old, new)
            yield Change(kind=kind, fact=id, old=_statuses(old), new=_statuses(new))
        elif not corrected and (old.values, old.cites, old.wording) != (new.values, new.cites, new.wording):
            yield from _update(old, new)


def _corrections(before: Mapping[str, Published], now: Mapping[str, Published], briefing: Briefing) -> Iterator[Change]:
    for id, item in briefing.items.items():
        if id in before and id in now:
            yield from _correction(before[id], now[id], item)


def _correction(old: Published, new: Published, item: Assessed) -> Iterator[Change]:
    """The same lines are cited, and something else is said of them; or another fact corrects this one."""
    if _withdrawn(old, new, item):
        yield Change(kind=ChangeKind.CORRECTED, fact=new.id, old=_statuses(old), new=_statuses(new))
    elif old.cites == new.cites and (_differing(old, new) or old.attribution != new.attribution):
        names = _differing(old, new)
        yield Change(kind=ChangeKind.CORRECTED, fact=new.id, old=_values(old, names), new=_values(new, names))


def _withdrawn(old: Published, new: Published, item: Assessed) -> bool:
    """Whether a fact that corrects this one has come in between."""
    superseded = item.fact.superseded
    corrected = superseded is not None and superseded.reason is Reason.CORRECTED
    return corrected and old.status != new.status == Status.SUPERSEDED


def _update(old: Published, new: Published) -> Iterator[Change]:
    """Values, sources or words; a value that only goes by another name now is no change."""
    names = [name for name in {**old.values, **new.values} if old.values.get(name) != new.values.get(name)]
    before, now = _values(old, names), _values(new, names)
    if set(before) != set(now):
        yield Change(kind=ChangeKind.UPDATED, fact=new.id, old=before, new=now)
    elif (old.cites, old.wording) != (new.cites, new.wording):
        yield Change(kind=ChangeKind.UPDATED, fact=new.id)


def _differing(old: Published, new: Published) -> list[str]:
    """The values that both have under one name, and that are not the same."""
    return [name for name in old.values if name in new.values and old.values[name] != new.values[name]]


def _values(said: Published, names: Iterable[str]) -> tuple[Quantity, ...]:
    """Each once; what an older program wrote in a way that is read no more is passed over."""
    found: dict[Quantity, None] = {}
    for name in names:
        try:
            found[parse_quantity(said.values[name])] = None
        except (KeyError, ValueError):
            continue
    return tuple(found)


def _statuses(said: Published) -> tuple[Status, ...]:
    return (Status(said.status),) if said.status in set(Status) else ()


def _cause(item: Assessed, old: Published, new: Published) -> ChangeKind:
    """Time alone changes a status when everything a source told stayed as it was."""
    same = (old.values, old.cites, old.attribution) == (new.values, new.cites, new.attribution)
    return ChangeKind.TIME if same and item.status in _BY_TIME else ChangeKind.STATUS


_BY_TIME = (
    Status.DUE_SOON,
    Status.DEADLINE_PASSED,
    Status.MAY_HAVE_TAKEN_PLACE,
    Status.OUTCOME_NOT_RECORDED,
)


def _removed(before: Mapping[str, Published], now: Mapping[str, Published]) -> Iterator[Change]:
    for id, said in before.items():
        if id not in now:
            yield Change(kind=ChangeKind.REMOVED, fact=id, last=said)
