"""What briefing.json tells: an edition as data, for other programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

VERSION = 1
"""Of briefing.json. A key may be added within a version; one that goes, or means something else, makes the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A date with its precision: first and last day, and how the facts write it (EDTF, and early, mid, late, end)."""

    written: str
    first: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A value: its kind says which of the keys behind it are there."""

    kind: Literal["money", "count", "percent", "fraction", "ordinal", "date", "name"]
    written: str
    """As the facts write it: 150 billion USD."""
    cite: str
    """The figure of a source that it rests on: nhandan-2025:L13#goal."""
    quotation: str
    """The words it was read from, in the language of the source; empty where it is derived."""
    derived: str
    """How it follows from the line, where the line does not print it."""
    number: int | float | None = None
    bound: str = ""
    """How the source limits it: about, more than, up to; empty where it is exact."""
    currency: str = ""
    unit: str = ""
    per: str = ""
    """Of a rate, the time in which it comes anew: year."""
    day: Day | None = None
    id: str = ""
    """Of a party, person or term."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What became of a fact, why that is said, and what took its place."""

    code: str
    reason: str
    superseded_by: str
    reported_by: tuple[str, ...]
    """The lines that report the outcome."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedLine:
    """A line that a fact rests on: a digest of it in each language, and the words that its values were read from."""

    source: str
    line: int
    sha256: str
    digest: Mapping[str, str]
    quotations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A fact in one language."""

    text: str
    note: str
    status: str
    act: str
    by: str
    to: str
    speaker: str
    account: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A fact with everything that a program may ask of it."""

    id: str
    kind: str
    theme: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    speaker: str
    act: str
    day: Day | None
    """When it was said, done or held."""
    due: Day | None
    values: Mapping[str, Typed]
    status: Standing
    cites: tuple[CitedLine, ...]
    texts: Mapping[str, Worded]
    """By language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingFile:
    """A briefing.json. The edition's hash covers `partnership` to `past_review`; `records` tell the facts in full."""

    edition: Mapping[str, Any]
    version: Literal[1]
    partnership: str
    parties: Mapping[str, str]
    bodies: Mapping[str, str] = field(default_factory=dict)
    """Those that are no party; left out where there are none."""
    facts: tuple[Mapping[str, Any], ...]
    headlines: tuple[Mapping[str, Any], ...]
    sources: Mapping[str, Mapping[str, Any]]
    past_review: Mapping[str, int]
    names: Mapping[str, Mapping[str, str]]
    """The partnership's title, parties, people and terms, by language and id."""
    records: tuple[Record, ...]
