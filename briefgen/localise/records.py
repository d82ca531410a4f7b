"""briefing.json, where each fact is a record; and every statement in one list, for the screen and for spreadsheets."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from typing import Any, Literal, assert_never

from briefgen.changes import briefing_data
from briefgen.localise.cldr import direction
from briefgen.localise.context import SEPARATOR, Context, context_of, printed
from briefgen.localise.history import in_few_words, is_courtesy, newest_first
from briefgen.localise.labels import ACTS, Label
from briefgen.localise.language import Language
from briefgen.localise.statements import by_side, firmness, newest_group_first, of_last_talks, row
from briefgen.localise.summits import sign_of_day
from briefgen.model import remembered
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.document import RenderedFile
from briefgen.model.edition import BRIEFING, BRIEFING_SCHEMA, HEAD, EditionInfo
from briefgen.model.facts import Statement
from briefgen.model.quantities import Cite, Count, Fraction, Money, Name, Ordinal, Percent, Quantity
from briefgen.model.typed_json import json_schema, write_json
from briefgen.model.views import Badge, Courtesies, FactsOfKind, OccasionRow, RegisterRow, RowGroup, StatementRow

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


Contexts = Mapping[str, Context]


def contexts_of(briefing: Briefing, languages: Iterable[Language]) -> Contexts:
    """Return what words a briefing in each language, by its code."""
    return {language.code: context_of(briefing, language, "") for language in languages}


@remembered(8)
def briefing_file(briefing: Briefing, info: EditionInfo, languages: tuple[Language, ...]) -> RenderedFile:
    """Return briefing.json with the texts in these languages."""
    contexts = contexts_of(briefing, languages)
    told = {"names": names(contexts), "records": tuple(records(briefing, contexts))}
    head = {"$schema": BRIEFING_SCHEMA, "version": VERSION, HEAD: info.to_data()}
    return json_file(BRIEFING, {**head, **briefing_data(briefing), **told})


@cache
def briefing_schema() -> RenderedFile:
    """Return the JSON Schema of briefing.json (draft 2020-12)."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"briefing.json, version {VERSION}"}
    return json_file(BRIEFING_SCHEMA, {**schema, **json_schema(BriefingFile)})


def json_file(name: str, data: Mapping[str, Any]) -> RenderedFile:
    """Return data as a file for programs."""
    return RenderedFile(name=name, content=f"{write_json(data)}\n".encode())


def names(contexts: Contexts) -> dict[str, dict[str, str]]:
    """Return the printed names of the partnership (by its own id), its parties, people and terms, by language."""
    file = next(iter(contexts.values())).book.file
    return {
        code: {file.partnership.id: context.text("partnership name", file.partnership.name), **context.names}
        for code, context in contexts.items()
    }


def records(briefing: Briefing, contexts: Contexts) -> Iterator[Record]:
    """Yield every known fact, in the order of the facts file."""
    first = next(iter(contexts.values()))
    for known in briefing.items.values():
        fact, lines = known.fact, dict.fromkeys((cite.source, cite.line) for cite in known.cites)
        yield Record(
            id=fact.id,
            kind=fact.kind,
            theme=fact.theme,
            by=fact.by,
            to=fact.to,
            speaker=fact.speaker,
            act=fact.act.value,
            day=_day(first.when(known)),
            due=_day(known.due),
            values={name: _typed(first, value.value, value.cite) for name, value in known.values.items()},
            status=Standing(
                code=known.status.value,
                reason=known.why,
                superseded_by=known.superseded_by,
                reported_by=tuple(map(str, known.reported_by)),
            ),
            cites=tuple(_cited(contexts, source, line) for source, line in lines),
            texts={code: _worded(context, known) for code, context in contexts.items()},
        )


def _day(when: FactDate | None) -> Day | None:
    if when is None:
        return None
    return Day(written=str(when), first=when.first.isoformat(), last=when.last.isoformat())


def _typed(context: Context, quantity: Quantity, cite: Cite) -> Typed:
    typed = partial(
        Typed,
        written=str(quantity),
        cite=str(cite),
        quotation=context.book.quotation(cite),
        derived=context.book.reasoning(cite),
    )
    match quantity:
        case Money(amount, currency, bound, per):
            return typed(kind="money", number=_number(amount), currency=currency, bound=bound, per=per)
        case Count(number, unit, bound, per):
            return typed(kind="count", number=_number(number), unit=unit, bound=bound, per=per)
        case Percent(number, bound, per):
            return typed(kind="percent", number=_number(number), bound=bound, per=per)
        case Fraction(numerator, denominator, bound):
            return typed(kind="fraction", number=numerator / denominator, bound=bound)
        case Ordinal(place):
            return typed(kind="ordinal", number=place)
        case Name(id):
            return typed(kind="name", id=id)
        case Period() | Interval():
            return typed(kind="date", day=_day(quantity))
        case _:
            assert_never(quantity)


def _number(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)


def _cited(contexts: Contexts, source: str, number: int) -> CitedLine:
    line = next(iter(contexts.values())).book.sources[source].line(number)
    name = f"line {source}:L{number}"
    return CitedLine(
        source=source,
        line=number,
        sha256=line.sha256 if line else "",
        digest={code: context.text(name, line.digest) for code, context in contexts.items()} if line else {},
        quotations=tuple(dict.fromkeys(each.words for each in line.figures.values())) if line else (),
    )


def _worded(context: Context, known: Assessed) -> Worded:
    fact = known.fact
    item = context.item(known)
    return Worded(
        text=plain(str(item.text)),
        note=plain(str(item.note)),
        status=plain(context.standing(known).label),
        act=plain(context.label(ACTS[fact.act])),
        by=plain(context.side(fact.by)),
        to=plain(context.side(fact.to)),
        speaker=plain(context.name(fact.speaker)) if fact.speaker else "",
        account=plain(item.account),
        theme=plain(context.theme(fact.theme)),
    )


_BOUND = str.maketrans({"\u00a0": " ", "\u2060": None, "†": None})


def plain(text: str) -> str:
    """Return a text without the signs by which paper binds words and marks derived values; a value says that itself."""
    return text.translate(_BOUND)


COLUMNS = tuple(label for label in Label if label.name.startswith("COLUMN_"))


Said = tuple[Assessed, ...]
"""What was said on one occasion."""


def left_over(context: Context, elsewhere: frozenset[str]) -> list[Said]:
    """Return the statements that the body does not have, by occasion, the latest first.

    `elsewhere` has the ids of what is in the fields and the follow-up.
    """
    left = [item for item in printed(context) if isinstance(item.fact, Statement) and item.fact.id not in elsewhere]
    occasions: dict[tuple[str, str], list[Assessed]] = {}  # sources that tell of the same one each have it
    for item in sorted(left, key=lambda item: (-context.day(item).toordinal(), str(item.fact.on or ""))):
        event, when = context.occasion(item), context.when(item)
        occasions.setdefault((event.name if event else "", context.month_of(when) if when else ""), []).append(item)
    return [tuple(items) for items in occasions.values()]


def earlier(context: Context, left: Iterable[Said], again: frozenset[str] = frozenset()) -> tuple[OccasionRow, ...]:
    """Return what was left over, a row for each occasion; `again` has the ids of what other tables repeat."""
    return tuple(_occasion(context, found, again) for found in left)


def on_screen_only(context: Context, found: Said, again: frozenset[str], years: int) -> tuple[str, ...]:
    """Return the ids of what paper leaves out of an occasion: all of one so many years ago, else what was repeated."""
    return _ids(found, again) if _years_before(context, found[0]) >= years else _repeated(found)


def _ids(found: Said, again: frozenset[str]) -> tuple[str, ...]:
    return tuple(item.fact.id for item in found if not is_courtesy(item) and item.fact.id not in again)


def _repeated(found: Said) -> tuple[str, ...]:
    return tuple(item.fact.id for item in found if item.repeated_by and not is_courtesy(item))


def last_talks(context: Context, most: int) -> OccasionRow | None:
    """Return the last meeting of leaders, named with its day, with at most so many of its statements."""

    def brief(one: StatementRow) -> StatementRow:
        """Let the replies be told in few words: in full they stand in other sections."""
        return replace(one, replies=tuple(in_few_words(context, reply) for reply in one.replies))

    found, total = of_last_talks(context, most)
    met = context.last_meeting
    if met is None or not found:
        return None
    told = _occasion(context, found, frozenset())
    when = context.date(context.when(met)) + sign_of_day(context, met)
    aside = (str(context.item(met).note), context.share(len(found), total))
    return replace(
        told,
        name=SEPARATOR.join((told.name, when)),
        when=when,
        aside=SEPARATOR.join(filter(None, aside)),
        groups=tuple(replace(group, rows=tuple(map(brief, group.rows))) for group in told.groups),
    )


def courtesies(context: Context) -> FactsOfKind:
    """Return all courtesies, with the sentence that counts them."""
    items = tuple(context.item(item) for item in printed(context) if is_courtesy(item))
    return FactsOfKind(title=context.label(Label.COURTESIES, number=str(len(items))), items=items)


def _occasion(context: Context, found: Said, again: frozenset[str]) -> OccasionRow:
    """Return what was said on one occasion; what one side said stands together, its courtesies in a line."""
    first, said = row(context, found[0]), by_side(context, found)
    plain = [(side, [item for item in items if not is_courtesy(item)]) for side, items in said]
    found_groups = [
        group
        for side, items in plain  # by act, so that each act is named once
        for group in newest_group_first(context, context.side(side), sorted(items, key=firmness))
    ]
    courtesies = tuple(
        Courtesies(party=context.side(side), items=tuple(context.item(item) for item in items if is_courtesy(item)))
        for side, items in said
    )
    return OccasionRow(
        when=first.when,
        name=first.occasion or context.label(Label.OCCASION_NOT_STATED),
        groups=tuple(_replies_once(context, found_groups)),
        courtesies=tuple(each for each in courtesies if each.items),
        years_before=_years_before(context, found[0]),
        ids=_ids(found, again),
        repeated=_repeated(found),
    )


def _years_before(context: Context, known: Assessed) -> int:
    """Return the whole years from a statement to the last meeting of leaders."""
    day, last = context.day(known), context.last_meeting_day
    if last is None or day == date.min:
        return 0
    return max(0, last.year - day.year - ((last.month, last.day) < (day.month, day.day)))


def _replies_once(context: Context, found: Iterable[RowGroup]) -> Iterator[RowGroup]:
    """Yield the groups; a reply that a statement has in common with the one before it is worded with that alone."""
    seen = frozenset[str]()
    again = context.label(Label.AS_ABOVE)

    def once(one: StatementRow) -> StatementRow:
        nonlocal seen
        before, seen = seen, frozenset(reply.id for reply in one.replies)
        if not one.replies or one.replies[0].id not in before:
            return one
        first, *others = one.replies  # behind another reply "as above" would lead to that
        return replace(one, replies=(replace(first, text=again, marks=()), *others))

    for each in found:
        yield replace(each, rows=tuple(map(once, each.rows)))


def register(context: Context) -> tuple[RegisterRow, ...]:
    """Return all statements that are printed, the latest first."""
    found = [item for item in printed(context) if isinstance(item.fact, Statement)]
    return tuple(_entry(context, item) for item in newest_first(context, found))


def _entry(context: Context, known: Assessed) -> RegisterRow:
    whole, when, fact = row(context, known), context.when(known), known.fact
    return whole.into(
        RegisterRow,
        stale=context.stale(known),
        field=Badge(fact.theme, context.theme(fact.theme)),
        side=Badge("+".join(fact.by), whole.party),
        day=when.last.isoformat() if when else "",
        standing=context.standing(known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Statements in one language: a row of heads, and a row each."""

    language: str
    direction: str
    """In which its columns follow each other: ltr or rtl."""
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(context: Context) -> Table:
    """Return every statement that the page has, the latest first."""
    return Table(
        language=context.language.code,
        direction=direction(context.language.patterns.locale),
        heads=tuple(context.label(each) for each in COLUMNS),
        rows=tuple(tuple(map(plain, _cells(context, row))) for row in register(context)),
    )


def _cells(context: Context, row: RegisterRow) -> Iterator[str]:
    """Yield the cells of a statement, in the order of COLUMNS."""
    yield from (row.id, row.day, row.field.label, row.side.label, row.to, row.speaker, str(row.text))
    yield from (row.act.label, row.standing.label, row.due, row.account, str(row.note))
    yield "; ".join(map(context.cited, row.marks))
