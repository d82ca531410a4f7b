"""Snapshots: the content of each fact in an edition, as its briefing.json holds it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.facts import outcome_of
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
    return {id: _fact_snapshot(item, briefing) for id, item in briefing.items.items()}


def as_data(snapshot: FactSnapshot) -> dict[str, Any]:
    """Return a snapshot as JSON has it: tuples become lists."""
    return {
        each.name: list(value) if isinstance(value := getattr(snapshot, each.name), tuple) else value
        for each in fields(FactSnapshot)
    }


def from_data(data: Data) -> FactSnapshot:
    """Return the snapshot in such data, empty where a key is missing; ValueError where it is not one."""
    return convert(FactSnapshot, {key: value for key, value in data.items() if value is not None})


def _fact_snapshot(item: Assessed, briefing: Briefing) -> FactSnapshot:
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
        reported_by=tuple(_reported_by(item, briefing)),
        superseded_by=item.superseded_by,
        reason=fact.superseded.reason.value if fact.superseded and item.superseded_by else "",
        became=item.became.value if item.became else "",
        values={name: str(value.value) for name, value in item.values.items()},
        cites=tuple(str(cite) for cite in item.cites),
        past_review=str(item.confirmed) if item.stale else "",
    )


def _reported_by(item: Assessed, briefing: Briefing) -> Iterator[str]:
    """Yield the lines that report the outcome, of sources published by the day."""
    outcome = outcome_of(item.fact)
    for cite in outcome.cites if outcome else ():
        source = briefing.book.sources.get(cite.source)
        if source and source.known_from <= briefing.day:
            yield str(cite)
