"""The content of each fact in an edition, and two of these -> what changed, told in rows and as a patch to apply.

It is computed from facts: whether the world, time or a mistake of ours changed them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from briefgen.model import remembered
from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.facts import Act, Delivery, Reason
from briefgen.model.quantities import EventRef, Quantity, is_date, parse_event, parse_quantity
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


def briefing_data(briefing: Briefing) -> dict[str, Any]:
    """Return the briefing as plain data; it is the same on every day on which its content is the same."""
    file = briefing.book.file
    return {
        "partnership": file.partnership.id,
        "parties": {id: party.name for id, party in file.parties.items()},
        **({"bodies": {id: body.name for id, body in file.bodies.items()}} if file.bodies else {}),
        "facts": list(facts_of(briefing).values()),
        "headlines": [{"id": each.id, "role": each.role.value, "text": each.text} for each in briefing.headlines],
        "sources": {
            id: {"published": str(source.published.date), "sha256": source.sha256}
            for id, source in briefing.book.sources.items()
            if source.known_from <= briefing.day
        },
        "past_review": {"facts": len(briefing.past_review), "of": len(briefing.ageing)},
    }


def facts_of(briefing: Briefing) -> Facts:
    """Return the facts as plain data by id, in the order of the facts file."""
    return {id: as_data(each) for id, each in take_snapshot(briefing).items()}


@remembered(8)
def facts_hash(briefing: Briefing) -> str:
    """Return the sha256 of the briefing's data; it changes when a fact or a status does."""
    return data_hash(briefing_data(briefing))


def data_hash(data: Mapping[str, Any]) -> str:
    """Return the sha256 of the data of a briefing.json, without what is told of them in each language."""
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


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


def compare(before: Snapshot, now: Snapshot, *, since: int, day: date, earlier: Snapshot | None = None) -> Changes:
    """Return the changes since edition `since` of a `day`, whose content was `before`.

    Corrections stay for two editions: those that `before` made of the edition `earlier` are reported again, unless
    the fact has been corrected anew, since the value of the first correction is then wrong.
    """
    rows = differences(before, now)
    anew = {row.fact for row in rows if row.kind is ChangeKind.CORRECTED}
    again = [
        replace(row, first_reported_in=since, snapshot=now.get(row.fact, row.snapshot))
        for row in differences(earlier or {}, before)
        if earlier and row.kind is ChangeKind.CORRECTED and row.fact not in anew
    ]
    return Changes(since=since, day=day, rows=_in_order((*rows, *again)))


def differences(before: Snapshot, now: Snapshot) -> tuple[Change, ...]:
    """Return every change between two editions or two days."""
    rows = [row for id, new in now.items() for row in _of_fact(before.get(id), new)]
    gone = [
        Change(kind=ChangeKind.REMOVED, fact=id, snapshot=old, old=_statuses(old.status, old.became))
        for id, old in before.items()
        if id not in now
    ]
    return _in_order((*rows, *gone))


def _in_order(rows: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(sorted(rows, key=lambda row: (row.kind.rank, row.first_reported_in is not None)))


def _of_fact(old: FactSnapshot | None, new: FactSnapshot) -> Iterator[Change]:
    """Yield at most one change of content and one of status; a status that follows a moved date joins its change."""
    if old is None:
        yield Change(kind=ChangeKind.NEW, fact=new.id, snapshot=new, new=_statuses(new.status, new.became))
        return
    content, status = _content(old, new), _status(old, new)
    if content and status and status.kind is ChangeKind.STATUS and _dates(old) != _dates(new):
        yield replace(content, old=(*content.old, *status.old), new=(*content.new, *status.new))
    elif content or status:
        yield from filter(None, (content, status))
    elif kind := _form(old, new):
        yield Change(kind=kind, fact=new.id, snapshot=new)


def _content(old: FactSnapshot, new: FactSnapshot) -> Change | None:
    gone, come = _missing_in(new, old), _missing_in(old, new)
    if not gone and not come and old.kind == new.kind:
        return None
    corrected = (bool(gone) or old.kind != new.kind) and new.sources <= old.sources
    kind = ChangeKind.CORRECTED if corrected else ChangeKind.UPDATED
    return Change(kind=kind, fact=new.id, snapshot=new, old=gone, new=come)


def _missing_in(other: FactSnapshot, this: FactSnapshot) -> tuple[ChangedValue, ...]:
    """Return the values, act, sides and occasion that `this` has and `other` lacks.

    A value under another name is no difference: the last observation of an indicator becomes the one before it.
    """
    left = {value for name, value in other.values.items() if name not in this.values}
    texts = [
        value
        for name, value in this.values.items()
        if other.values.get(name) != value and value not in (left if name in other.values else other.values.values())
    ]
    pairs = zip(_attribution(this), _attribution(other), strict=True)
    return (*dict.fromkeys(_quantities(texts)), *(mine for mine, theirs in pairs if mine and mine != theirs))


def _attribution(snapshot: FactSnapshot) -> Iterator[ChangedValue | None]:
    """Yield the act, who says it, the speaker, to whom, and the occasion; None for each that is missing or unknown."""
    yield Act(snapshot.act) if snapshot.act in set(Act) else None
    for ids in (snapshot.by, (snapshot.speaker,), snapshot.to):
        yield Sides(tuple(sorted(ids))) if any(ids) else None  # their order says nothing
    try:
        yield parse_event(snapshot.on)
    except ValueError:
        yield None


def _quantities(texts: Iterable[str]) -> Iterator[Quantity]:
    """Yield those that can be read; an older version may have written others."""
    for text in texts:
        with suppress(ValueError):
            yield parse_quantity(text)


def _dates(snapshot: FactSnapshot) -> frozenset[str]:
    """Return the dates among its values, on which a status may rest."""
    return frozenset(str(value) for value in _quantities(snapshot.values.values()) if is_date(value))


def _status(old: FactSnapshot, new: FactSnapshot) -> Change | None:
    if (old.status, old.became, old.superseded_by) == (new.status, new.became, new.superseded_by):
        if old.reason == new.reason or new.reason not in _BY_REASON:
            return None
        then, now = _statuses(), _statuses(new.status)
    elif old.status == new.status:
        then, now = _statuses(old.became), _statuses(new.became)
    else:
        then, now = _statuses(old.status), _statuses(new.status, new.became if new.became != old.status else "")
    return Change(kind=_cause(old, new), fact=new.id, snapshot=new, old=then, new=now)


def _statuses(*statuses: str) -> tuple[Status, ...]:
    """Return those that this version knows."""
    return tuple(Status(each) for each in statuses if each in set(Status))


def _cause(old: FactSnapshot, new: FactSnapshot) -> ChangeKind:
    """Return the kind of a change of status, by what changed it: time, a mistake of ours, or the world."""
    if new.status == Status.SUPERSEDED and (old.status, old.reason) != (new.status, new.reason):
        kind = _BY_REASON.get(new.reason)
    else:
        kind = ChangeKind.WITHDRAWN if new.status == Status.WITHDRAWN != old.status else None
    if kind:
        return kind
    same_dates = (old.superseded_by, _dates(old)) == (new.superseded_by, _dates(new))
    same_dates &= (old.status == Status.REPEATED) == (new.status == Status.REPEATED)  # a source repeats, not time
    if same_dates and {old.became or old.status, new.became or new.status} <= _BY_DATES:
        return ChangeKind.TIME
    taken_back = old.status in _SOURCED and new.status != Status.SUPERSEDED and new.sources <= old.sources
    return ChangeKind.CORRECTED if taken_back else ChangeKind.STATUS


def _form(old: FactSnapshot, new: FactSnapshot) -> ChangeKind | None:
    """Return the kind of a change that leaves the content as it is; None where nothing changed."""
    if (set(old.cites), set(old.reported_by)) != (set(new.cites), set(new.reported_by)):
        return ChangeKind.SOURCE
    same = (old.text, old.note, old.theme, old.reason) == (new.text, new.note, new.theme, new.reason)
    return None if same else ChangeKind.REWORDED


_BY_REASON: Mapping[str, ChangeKind] = {Reason.CORRECTED: ChangeKind.CORRECTED, Reason.LAPSED: ChangeKind.WITHDRAWN}
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
_SOURCED = frozenset({Status.HELD, *(Status(each.value) for each in Delivery)})


def make_sheet(edition: int | None, since: int | None, before: Facts, after: Facts) -> ChangeSheet:
    """Return the sheet that leads from `before` to `after`."""
    return ChangeSheet(
        edition=edition,
        since=since,
        patch=difference(before, after),
        before_sha256=digest(before),
        after_sha256=digest(after),
    )


def digest(facts: Facts) -> str:
    """Return the sha256 of facts, whatever their order."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the merge patch that turns `before` into `after`; neither may hold a null, which deletes a key."""
    gone = {key: None for key in before if key not in after}
    return gone | {key: _changed(before.get(key), value) for key, value in after.items() if before.get(key) != value}


def _changed(before: Any, after: Any) -> Any:
    if not isinstance(after, Mapping):
        return after
    return difference(before if isinstance(before, Mapping) else {}, after)
