"""The content of each fact in an edition, as its briefing.json holds it, and the patch from one edition to the next."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from briefgen.model.briefing import Assessed, Briefing
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
