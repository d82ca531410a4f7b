"""Briefing x languages -> records for other systems: the typed facts with their texts in each language."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import assert_never

from briefgen.localise.context import Context, context_of
from briefgen.localise.labels import ACTS
from briefgen.localise.language import Language
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.briefing_file import CitedLine, Day, Record, Standing, Typed, Worded
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.quantities import Cite, Count, Fraction, Money, Name, Ordinal, Percent, Quantity

Contexts = Mapping[str, Context]


def contexts_of(briefing: Briefing, languages: Iterable[Language]) -> Contexts:
    """Return what words a briefing in each language, by its code."""
    return {language.code: context_of(briefing, language, "") for language in languages}


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
        fact = known.fact
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
            cites=tuple(_cited(contexts, source, line) for source, line in _lines(known)),
            texts={code: _worded(context, known) for code, context in contexts.items()},
        )


def _lines(known: Assessed) -> dict[tuple[str, int], None]:
    return dict.fromkeys((cite.source, cite.line) for cite in known.cites)


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
        theme=plain(context.text(f"theme {fact.theme}", context.book.file.themes.get(fact.theme, ""))),
    )


_BOUND = str.maketrans({"\u00a0": " ", "\u2060": None, "†": None})


def plain(text: str) -> str:
    """Return a text without the signs by which paper binds words and marks derived values; a value says that itself."""
    return text.translate(_BOUND)
