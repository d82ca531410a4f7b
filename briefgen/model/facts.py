"""The kinds of fact in a partnership's file, a dataclass each."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, ClassVar, Final, TypeGuard

from briefgen.model.dates import DATE_FORMS, FactDate, parse_date
from briefgen.model.quantities import (
    EVENT_FORM,
    FIGURE_FORM,
    LINE_FORM,
    QUANTITY_FORMS,
    Cite,
    EventRef,
    Quantity,
    parse_event,
    parse_figure,
    parse_id,
    parse_key,
    parse_line,
    parse_quantity,
)
from briefgen.model.texts import NameText, Notation, Text, Whole

FORMAT = 2
"""The format that this program reads and writes; `tools/workspaces.py` has a step for each one after the first."""
FIRST = 1
"""The format of a file without a number."""


class Act(StrEnum):
    """The speech act of a statement: how firm the commitment is. A request is never an agreement."""

    REQUESTED = "requested"
    HOPED = "hoped"
    """Hopes, wishes and expectations: softer than a request."""
    INVITED = "invited"
    INSTRUCTED = "instructed"
    """Said to one's own authorities."""
    PROPOSED = "proposed"
    PLANNED = "planned"
    """What a side or both will do, as one says it of the other or of both: neither promised nor agreed."""
    ANNOUNCED = "announced"
    """An undertaking: a side says that it will do it, or both do; printed as pledged."""
    AIMED = "aimed"
    """A goal that one or both sides hold; not a promise."""
    AGREED = "agreed"
    SIGNED = "signed"
    STATED = "stated"

    @property
    def owes_nothing(self) -> bool:
        """Whether nobody asked for it or promised it by its day, which is a date then and no deadline."""
        return self in (Act.PLANNED, Act.HOPED, Act.INVITED)


class Delivery(StrEnum):
    """What was done about a statement, according to a source."""

    NOT_STARTED = "not started"
    IN_PROGRESS = "in progress"
    FULFILLED = "fulfilled"
    PARTLY = "partly fulfilled"
    NOT_MET = "not met"
    OVERDUE = "overdue"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why one fact takes the place of another."""

    REPLACED = "replaced"
    CORRECTED = "corrected"
    LAPSED = "lapsed"
    DISPUTED = "disputed"


class MeetingForm(StrEnum):
    """What kind of contact a meeting was; the words express rank and are never reduced to "met"."""

    STATE_VISIT = "state visit"
    OFFICIAL_VISIT = "official visit"
    VISIT = "visit"
    TALKS = "talks"
    MEETING = "meeting"
    DIALOGUE = "dialogue"
    CONFERENCE = "conference"
    BANQUET = "banquet"
    EVENT = "event"
    """What is neither a journey nor a meeting: a tour, a call at one's own embassy."""


class DocumentForm(StrEnum):
    """What kind of paper a document is; a facts file may name more under `forms`."""

    MEMORANDUM = "memorandum"
    JOINT_STATEMENT = "joint statement"
    DECLARATION = "declaration"
    ACTION_PROGRAMME = "action programme"
    COOPERATION_DOCUMENTS = "cooperation documents"
    AGREEMENT = "agreement"
    TREATY = "treaty"
    PROTOCOL = "protocol"
    LETTER_OF_INTENT = "letter of intent"
    PLAN = "plan"
    LAW = "law"


class Role(StrEnum):
    """Where on the first page a headline is printed."""

    BOTTOM_LINE = "bottom line"
    MESSAGE = "message"


FIELD = re.compile(r"\{([^{}]*)\}")
"""What is filled in, of a text and of a pattern."""


@dataclass(frozen=True, slots=True)
class Field:
    """A placeholder: `{goal}`, `{by:deadline}`, or in a language with particles `{host:이/가}`."""

    name: str
    styles: tuple[str, ...] = ()


def pieces(text: str) -> Iterator[str | Field]:
    """Yield the text cut at its placeholders; `{{` and `}}` are not used."""
    for number, part in enumerate(FIELD.split(text)):
        if number % 2:
            name, _, styles = part.partition(":")
            yield Field(name.strip(), tuple(filter(None, (style.strip() for style in styles.split(",")))))
        elif part:
            yield part


def placeholders(text: str) -> tuple[str, ...]:
    """Return the names of the placeholders, each once, in order."""
    return tuple(dict.fromkeys(piece.name for piece in pieces(text) if isinstance(piece, Field)))


def without_placeholders(text: str) -> str:
    """Return the text with a space for each placeholder."""
    return FIELD.sub(" ", text)


STRICT: Final = {"extra": "forbid", "str_strip_whitespace": True}


class FileSchema:
    """Base of the types that files are read into, for pydantic: a key that a type does not have is a finding."""

    __slots__ = ()
    __pydantic_config__: ClassVar = STRICT


Id = Annotated[str, Notation(parse_id, "A stable id; never reused.", "trade-goal-2030")]
Key = Annotated[str, Notation(parse_key, "The name by which others refer to an entry.", "VN")]
LineCite = Annotated[Cite, Notation(parse_line, f"A line of a source: {LINE_FORM}", "talks-2022:L7")]
FigureCite = Annotated[Cite, Notation(parse_figure, f"A figure of a line: {FIGURE_FORM}", "talks-2022:L7#goal")]
Occasion = Annotated[EventRef, Notation(parse_event, f"An event that a record dates: {EVENT_FORM}", "talks-2022@talks")]
AnyQuantity = Annotated[Quantity, Notation(parse_quantity, f"A value: {QUANTITY_FORMS}", "150 billion USD")]
Date = Annotated[FactDate, Notation(parse_date, f"A date: {DATE_FORMS}", "2025-08-11")]


Form = Annotated[str, Notation(str.strip, "What kind of thing it is: a form of the guide, or of 'forms'.", "agreement")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier(FileSchema):
    """What an earlier source had in the place of a value: a date that was less exact, a figure that was estimated."""

    value: AnyQuantity
    cite: FigureCite


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Earlier):
    """A typed value and the figure of a record that it rests on and must equal."""

    earlier: tuple[Earlier, ...] = ()
    """What stands in its place on days before its source was published, the oldest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(FileSchema):
    """What is to be reached by when; `indicator` is the id of the figure that measures it, if any source has one."""

    goal: Value
    by: Value | None = None
    indicator: Id | None = None
    name: Text = ""
    """What is to be reached, in a few words, where no figure measures it: the title of the history of the target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(FileSchema):
    """What a later source says was done about a statement."""

    status: Delivery
    cites: tuple[LineCite, ...]
    on: Occasion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded(FileSchema):
    """The fact that takes this one's place, and why."""

    by: Id
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile(FileSchema):
    """Puts one value among the key figures of the first page."""

    label: Text
    """What the figure measures, in a few words."""
    value: str
    """The name of the value to show: one of `values`, or goal, by, when ..."""
    rank: Whole
    """1 comes first."""
    period: str = ""
    """The name of the value that dates it; else the day of the source."""
    under: Id | None = None
    """A figure with a tile, under which it stands in a line if it is of the same period: a deficit under the trade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierText(FileSchema):
    """What a fact reads on days before a source was published that the text owes words to."""

    text: Text
    before: Id
    """The source, by its id."""


def text_key(fact: str, before: str = "") -> str:
    """Return the context of a fact's text in the catalogs, or of the text that it has before a source."""
    return f"{fact} before {before} text" if before else f"{fact} text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(FileSchema):
    """What every fact carries."""

    kind: ClassVar[str]
    """The name of the class in lower case."""
    id: Id
    text: Text
    """One phrase in the base language; every number is a {placeholder} of a typed value."""
    theme: str
    cites: tuple[LineCite, ...]
    by: tuple[str, ...] = ()
    """The parties, or bodies, that say it; none: the source reports it."""
    speaker: str = ""
    """The person who says it, or the body that speaks for its party, by id."""
    to: tuple[str, ...] = ()
    """The parties, or bodies, that it is said to."""
    act: Act = Act.STATED
    on: Occasion | None = None
    """The occasion on which it was said or done."""
    values: Mapping[Key, Value] = field(default_factory=dict)
    tile: Tile | None = None
    rank: Whole = 0
    """Weight on the first page: 1 comes first, 0 comes last; of an office, its rank in the protocol."""
    overview: Id | None = None
    """The line of the relationship in brief that it belongs to; several are printed one after the other."""
    superseded: Superseded | None = None
    reviewed: Date | None = None
    """The day someone looked again and found nothing new."""
    earlier_texts: tuple[EarlierText, ...] = ()
    """What it reads before the sources were published that its text owes words to, the oldest first."""
    note: Text = ""
    """Twenty words at most: what a reader should know besides."""

    def __init_subclass__(cls) -> None:
        cls.kind = cls.__name__.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone(Fact):
    """A step in the relationship."""

    when: Value
    level: bool = False
    """Whether this step sets the level of the partnership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(Fact):
    """A visit, talks or a conference that took place, or that is announced."""

    form: Form
    leaders: bool = False
    """Whether the leaders met: what came out of the latest such meeting opens the first page."""
    participants: tuple[Value, ...] = ()
    host: Value | None = None
    hosts: tuple[Value, ...] = ()
    """Several hosts."""
    when: Value | None = None
    """Of one that is announced, its date, if a source gives one; else it is that of the occasion."""
    session_of: Id | None = None
    """The mechanism that it is a session of."""
    held: bool | None = None
    """false: announced, and no source says yet that it took place; true: announced before, and the newest source says
    so. Left out: it took place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Fact):
    """A standing channel: a dialogue, a group, a programme. Its act shows whether it exists or is only agreed."""

    outcome: Outcome | None = None
    """What a source says became of one that was agreed."""
    every: Value | None = None
    """How long it is from one session to the next, such as 2 years; when the next is due follows from the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Fact):
    """A paper the parties signed, adopted or mean to."""

    form: Form
    when: Value | None = None
    in_force: Value | None = None
    """The day on which it entered or enters into force."""
    until: Value | None = None
    """The last day of its term, or the years that it is for."""
    brief: NameText = ""
    """The text in few words where it is only named: on the first page, and with a summit ahead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(FileSchema):
    """One measured value of an indicator, for a period, on one side's account."""

    value: Value
    period: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Fact):
    """An indicator and what was observed of it."""

    observations: tuple[Observation, ...]
    name: Text = ""
    """What it measures, whoever's figure it is: the title of the history of its targets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summit(Fact):
    """One meeting of a series of summits; it has taken place only when a source says so."""

    session_of: Id | None = None
    """The mechanism that it is a session of."""
    series: str
    """The id of the term that names the series."""
    when: Value | None = None
    """Left out as long as no source gives its date."""
    host: Value | None = None
    hosts: tuple[Value, ...] = ()
    """Several hosts."""
    held: bool = False
    """Whether the cited source says that it took place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Fact):
    """Who held which office on the day of the source; the text is the title."""

    holder: Value
    party: Value
    since: Value | None = None
    until: Value | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Fact):
    """Who says, to whom, with which act, what: an ask, a pledge, a target or a position."""

    by: tuple[str, ...]
    act: Act
    target: Target | None = None
    due: Value | None = None
    summit: Id | None = None
    """The summit it is addressed to."""
    outcome: Outcome | None = None
    repeats: tuple[Id, ...] = ()
    """Earlier statements of the same side that say the same; they are printed together."""
    answers: tuple[Id, ...] = ()
    """Statements of the other side that it answers, as the source has it."""
    background: tuple[Id, ...] = ()
    """Earlier statements of any side on the same matter: they stand behind it, and answer nothing."""
    courtesy: bool = False
    """Congratulations, thanks, appreciation: counted in a line, not listed among positions."""
    brief: NameText = ""
    """The text in few words for the first page: of a reply, of what is due, behind its meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Fact):
    """What sources disagree on; both are kept, and the text says what is printed."""

    between: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline(FileSchema):
    """A sentence of the first page, made only of facts: its placeholders are {fact-id.value}."""

    id: Id
    role: Role
    text: Text
    facts: tuple[Id, ...]
    rank: Whole


Gathering = Summit | Meeting
AnyFact = Milestone | Meeting | Mechanism | Document | Figure | Summit | Office | Statement | Conflict


def is_expected(fact: Fact | None) -> TypeGuard[Gathering]:
    """Return whether it is a summit, or a meeting that was announced before it took place."""
    return isinstance(fact, Summit) or (isinstance(fact, Meeting) and fact.held is not None)


def outcome_of(fact: Fact) -> Outcome | None:
    """Return what a source says became of a statement or a mechanism; None of other facts."""
    return fact.outcome if isinstance(fact, Statement | Mechanism) else None


def outcome_cites(fact: Fact) -> tuple[Cite, ...]:
    """Return the lines that report its outcome; empty where none does."""
    outcome = outcome_of(fact)
    return outcome.cites if outcome else ()


def summit_of(fact: Fact) -> str:
    """Return the id of the summit that a statement is addressed to; empty where there is none."""
    return fact.summit or "" if isinstance(fact, Statement) else ""


def repeats_of(fact: Fact) -> tuple[str, ...]:
    """Return the ids of the earlier statements that a statement says again."""
    return fact.repeats if isinstance(fact, Statement) else ()
