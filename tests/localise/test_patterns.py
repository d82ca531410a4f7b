"""What a language's file may say: a slip in it is refused with its place and what was expected."""

import copy
from typing import Any

import pytest
from pydantic import ValidationError

from briefgen.localise import cldr
from briefgen.localise.patterns import Patterns, interpolate
from briefgen.localise.values import countdown, format_value, with_particle
from briefgen.model.dates import Period
from briefgen.model.quantities import Name, parse_quantity

from .languages import CODES, EVERY, PATTERNS, SHIPPED, patterns_of, read

SLIPS: list[tuple[str, Any, str]] = [
    ("dates.prose.day", "{day} {MMMM y}", "has a field {day}; it can have CLDR's, as {d MMMM y}"),
    ("dates.prose.day", "{from d}", "has a field {from d}"),
    ("dates.prose.same_month", "{d} {to MMMM y}", "has a field {d}; it can have {start}, {end}, {from ...}"),
    ("dates.prose.year", "{y", "a brace without its partner"),
    ("dates.deadline.any", "by {when}", "has a field {when}; it can have {date}"),
    ("dates.as_of", "As of {day}", "it can have {date}"),
    ("dates.tomorow", "x", "Unexpected keyword argument"),
    ("dates.months", ["1"], "months has 1 words; it needs 12 or none"),
    ("dates.prose.month", None, "prose has no pattern for month"),
    ("bounds.counts.nearly", None, "counts has no pattern for nearly"),
    ("counts.units.people.other", "{n} people", "has a field {n}; it can have {number}"),
    ("counts.units.people.plural", "x", "Unexpected keyword argument"),
    ("money.currencies.usd", {"other": "{number}"}, "is no currency code (ISO 4217)"),
    ("money.by_code", "{number} {currency}", "it can have {number}, {code}"),
    ("numbers.most_decimals", "four", "valid integer"),
    ("numbers.grouping", "words", "'one-word' or 'every-word'"),
    ("numbers.minus", "{number}", "it can have none"),
    ("lists", {"two": "{start}/{end}"}, "a list needs all three"),
]


@pytest.mark.parametrize(("path", "value", "message"), SLIPS, ids=[f"{path}: {value}" for path, value, _ in SLIPS])
def test_a_slip_is_refused_with_its_place(path: str, value: object, message: str) -> None:
    raw = copy.deepcopy(read(SHIPPED / "en.yaml"))
    *parents, last = path.split(".")
    table = raw["patterns"]
    for parent in parents:
        table = table[parent]
    table.pop(last, None)
    if value is not None:
        table[last] = value
    with pytest.raises(ValidationError) as caught:
        patterns_of(raw)
    fault = caught.value.errors()[0]
    assert message in fault["msg"]
    place = [str(step) for step in fault["loc"] if step != "[key]"]
    assert place
    assert path.startswith(".".join(place))


@pytest.mark.parametrize("code", CODES)
def test_every_shipped_language_counts_the_same_things(code: str) -> None:
    assert set(PATTERNS[code].counts.units) == set(PATTERNS["en"].counts.units)


@pytest.mark.parametrize("patterns", EVERY.values(), ids=EVERY)
def test_scale_words_mean_what_cldr_says(patterns: Patterns) -> None:
    powers = cldr.scale_words(patterns.locale)
    for power, scale in patterns.numbers.scales.items():
        for pattern in filter(None, (scale.one, scale.other)):
            said = interpolate(pattern, number="").replace("\u00a0", " ").strip().casefold()
            assert powers[said] == power


@pytest.mark.parametrize(
    ("value", "style", "message"),
    [
        ("2025", "prosa", "no style 'prosa' for a date; did you mean 'prose'?"),
        ("2025", "dead-line", "did you mean 'deadline'?"),
        ("5 USD", "deadline", "no style 'deadline' for an amount of money; known here: prose, short, table"),
        ("2025", "zzz", "no style 'zzz' for a date; known here: dateline, deadline, month, prose, "),
        ("5 people", "weekday", "no style 'weekday' for a count"),
        ("5th", "ordinal-meetings", "did you mean 'ordinal-meeting'?"),
        ("5 %", "point", "did you mean 'points'?"),
        ("5 peoples", "prose", "'en_GB' has no counter for 'peoples' under counts, units; did you mean 'people'?"),
        ("@VM", "prose", "no name for '@VM'; known here: VN"),
    ],
)
def test_a_wrong_word_names_the_nearest_right_one(value: str, style: str, message: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 the message is compared below, with its brackets
        format_value(parse_quantity(value), PATTERNS["en"], style, {"VN": "Viet Nam"})
    assert message in str(caught.value)


def test_names_are_printed_as_given_but_composed() -> None:
    assert format_value(Name("VN"), PATTERNS["vi"], names={"VN": "Vie\u0323\u0302t Nam"}) == "Việt Nam"


def test_a_countdown_needs_a_day() -> None:
    assert countdown(40, PATTERNS["en"], Period(2027)) == "2027"


def test_particles_where_there_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="'en_GB' has no particles, so '은/는' cannot follow 'Seoul'"):
        with_particle("Seoul", "은/는", PATTERNS["en"])
    with pytest.raises(ValueError, match="'ko' has no particles '는/은'"):
        with_particle("서울", "는/은", PATTERNS["ko"])
