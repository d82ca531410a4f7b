"""Two briefings -> what changed: computed from facts, and telling what the world did from what time did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.facts import Reason


class ChangeKind(StrEnum):
    """What happened to a fact between two editions; corrections come first."""

    CORRECTED = "corrected"
    NEW = "new"
    UPDATED = "updated"
    STATUS = "status changed"
    TIME = "time passed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One changed fact; `old` and `new` are statuses, or the values that differ in the facts' notation."""

    kind: ChangeKind
    fact: str
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What an earlier edition said of a fact."""

    id: str
    status: str
    values: Mapping[str, str]
    cites: tuple[str, ...]
    wording: tuple[str, ...]
    """Its text, parties, speaker and act."""


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


def compare(before: Mapping[str, Published], since: int, briefing: Briefing) -> Changes:
    """The changes since the edition `since`, which said `before`."""
    rows = [*_changed(before, briefing), *_removed(before, briefing)]
    order = list(ChangeKind)
    return Changes(since=since, rows=tuple(sorted(rows, key=lambda row: order.index(row.kind))))


def _changed(before: Mapping[str, Published], briefing: Briefing) -> Iterator[Change]:
    for id, item in briefing.items.items():
        old, new = before.get(id), published(item)
        if old is None:
            yield Change(kind=ChangeKind.NEW, fact=id)
        elif old.status != new.status:
            yield Change(kind=_cause(item, old, new), fact=id, old=old.status, new=new.status)
        elif old.values != new.values:
            names = [name for name in {**old.values, **new.values} if old.values.get(name) != new.values.get(name)]
            changed = [", ".join(each.values[name] for name in names if name in each.values) for each in (old, new)]
            yield Change(kind=ChangeKind.UPDATED, fact=id, old=changed[0], new=changed[1])
        elif old.wording != new.wording or old.cites != new.cites:
            yield Change(kind=ChangeKind.UPDATED, fact=id)


def _cause(item: Assessed, old: Published, new: Published) -> ChangeKind:
    """Time alone changes a status when everything a source told stayed as it was."""
    if item.status is Status.SUPERSEDED:
        corrected = item.fact.superseded is not None and item.fact.superseded.reason is Reason.CORRECTED
        return ChangeKind.CORRECTED if corrected else ChangeKind.STATUS
    same = (old.values, old.cites, old.wording) == (new.values, new.cites, new.wording)
    return ChangeKind.TIME if same and item.status in _BY_TIME else ChangeKind.STATUS


_BY_TIME = (
    Status.DUE_SOON,
    Status.DEADLINE_PASSED,
    Status.MAY_HAVE_TAKEN_PLACE,
    Status.OUTCOME_NOT_RECORDED,
)


def _removed(before: Mapping[str, Published], briefing: Briefing) -> Iterator[Change]:
    for id in before:
        if id not in briefing.items:
            yield Change(kind=ChangeKind.REMOVED, fact=id)
