"""Small books made in memory: facts, and sources that come out on given days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from briefgen.model.book import SECTIONS, FactBook, FactFile, KeyPath, Partnership, Party, Person, Term
from briefgen.model.dates import parse_date
from briefgen.model.facts import (
    Act,
    AnyFact,
    Document,
    DocumentForm,
    Figure,
    Mechanism,
    Meeting,
    MeetingForm,
    Milestone,
    Observation,
    Office,
    Statement,
    Summit,
    Value,
)
from briefgen.model.quantities import Cite, EventRef, parse_figure, parse_quantity
from briefgen.model.records import Basis, Dated, Event, Source

EARLY, LATE = date(2025, 1, 10), date(2025, 6, 20)
SOURCES = {"early": EARLY, "late": LATE}


def source(id: str, day: date) -> Source:
    """A source published on a day, on which its one event took place."""
    dated = parse_date(str(day))
    return Source(
        id=id,
        publisher="not stated",
        describes=f"The {id} source",
        language="en",
        sha256="",
        published=Dated(date=dated, basis=Basis.TEXT),
        events={"talks": Event(name=f"Talks told by the {id} source", date=dated, basis=Basis.TEXT)},
    )


def book(*facts: AnyFact, sources: Mapping[str, date] = SOURCES, **other: Any) -> FactBook:
    """These facts, resting on these sources; other entries of the facts file as they are given."""
    sections: dict[str, Any] = {
        section: tuple(fact for fact in facts if f"{fact.kind}s" == section) for section in SECTIONS
    }
    parties = {id: Party(name=id) for id in ("NL", "SL")}
    entries: dict[str, Any] = {
        "partnership": Partnership(id="sample", name="Sample", parties=tuple(parties)),
        "parties": parties,
        "themes": {"trade": "Trade"},
        "people": {"ada": Person(name="Ada Holm", party="SL"), "nils": Person(name="Nils Berg", party="NL")},
        "terms": {"s7": Term(name="Summit of the Seven Straits", short="S7")},
    }
    file = FactFile(**entries | sections | other)
    paths: dict[str, KeyPath] = {fact.id: (f"{fact.kind}s", 0) for fact in facts}
    records = {id: source(id, day) for id, day in sources.items()}
    return FactBook(file=file, facts={fact.id: fact for fact in facts}, sources=records, locations={}, paths=paths)


def value(text: str, cite: str = "early:L1#x") -> Value:
    """A typed value."""
    return Value(value=parse_quantity(text), cite=parse_figure(cite))


def common(id: str, *sources: str) -> dict[str, Any]:
    """What every fact has."""
    cites = tuple(Cite(source, 1) for source in sources or ("early",))
    return {"id": id, "text": "Something", "theme": "trade", "cites": cites}


def statement(id: str, *sources: str, act: Act = Act.REQUESTED, **other: Any) -> Statement:
    """A statement of Southland's."""
    return Statement(**{**common(id, *sources), "by": ("SL",), "act": act, **other})


def summit(id: str, when: str, *sources: str, cite: str = "early:L1#x", **other: Any) -> Summit:
    """A summit of the Seven Straits."""
    return Summit(**{**common(id, *sources), "series": "s7", "when": value(when, cite), **other})


def office(id: str, *sources: str, **other: Any) -> Office:
    """Ada Holm's, of Southland."""
    return Office(**{**common(id, *sources), "holder": value("@ada"), "party": value("@SL"), **other})


def figure(id: str, *periods: str, **other: Any) -> Figure:
    """An indicator with an observation for each of these periods; none: one observation of no period."""
    seen = [Observation(value=value("5 billion USD"), period=value(each)) for each in periods]
    return Figure(
        **{**common(id), "observations": tuple(seen) or (Observation(value=value("7 billion USD")),), **other}
    )


def milestone(id: str, when: str, *sources: str, level: bool = True, **other: Any) -> Milestone:
    """A step that sets the level of the partnership."""
    return Milestone(**{**common(id, *sources), "when": value(when), "level": level, **other})


def mechanism(id: str, *sources: str, act: Act = Act.STATED, **other: Any) -> Mechanism:
    """A standing channel of both sides."""
    return Mechanism(**{**common(id, *sources), "by": ("NL", "SL"), "act": act, **other})


def document(id: str, *sources: str, act: Act = Act.SIGNED, **other: Any) -> Document:
    """A memorandum of both sides."""
    said = {**common(id, *sources), "by": ("NL", "SL"), "act": act, "form": DocumentForm.MEMORANDUM}
    return Document(**{**said, **other})


def meeting(id: str, source: str, *, leaders: bool = False, **other: Any) -> Meeting:
    """A meeting on the day of its source."""
    said = {**common(id, source), "form": MeetingForm.MEETING, "on": EventRef(source, "talks"), "leaders": leaders}
    return Meeting(**{**said, **other})


def said_on(id: str, source: str, *by: str, act: Act = Act.REQUESTED, **other: Any) -> Statement:
    """A statement on the day of its source; of Southland's, unless others are named."""
    return statement(id, source, act=act, **{"by": by or ("SL",), "on": EventRef(source, "talks"), **other})
