"""Any figure written in a language's usual form is read back equal: our own writers against the reader."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.check.quotations import value_faults
from briefgen.check.source_words import source_words
from briefgen.model.dates import Interval, Part, Period
from briefgen.model.quantities import Bound, Count, Money, Ordinal, Percent, Quantity
from briefgen.model.records import Quoted
from briefgen.tools.figures.read import figures_in

from .languages import words_for

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
FRAMES = {
    "en": ("{}", "Officials noted {}.", "It was ({}), they said", "so: {}; then"),
    "de": ("{}", "Es hieß: {}.", "Das war ({}), hieß es", "also {}; dann"),
    "nl": ("{}", "Men noemde {}.", "Dat was ({}), zei men", "dus {}; toen"),
    "vi": ("{}", "Hai bên nêu {}.", "Kết quả ({}), theo báo chí", "tức {}; sau đó"),
    "ko": ("{}", "양측은 {}.", "결과({}), 그리고", "즉 {}; 그 후"),
}
SCALES = {
    "en": {6: "million", 9: "billion", 12: "trillion"},
    "de": {6: "Millionen", 9: "Milliarden", 12: "Billionen"},
    "nl": {6: "miljoen", 9: "miljard", 12: "biljoen"},
    "vi": {6: "triệu", 9: "tỷ", 12: "nghìn tỷ"},
}
MONEY: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {"USD": ("US${}", "{} US dollars", "USD {}", "{} USD"), "EUR": ("€{}", "{} euros"), "KRW": ("KRW {}",)},
    "de": {"USD": ("{} US-Dollar", "{} USD", "US${}"), "EUR": ("{} Euro", "{} €"), "VND": ("{} VND",)},
    "nl": {"USD": ("{} USD", "US$ {}"), "EUR": ("{} euro", "€ {}")},
    "vi": {"USD": ("{} USD", "{} đô la Mỹ"), "VND": ("{} đồng",), "KRW": ("{} won Hàn Quốc",)},
    "ko": {"USD": ("{} 달러", "{}달러", "{} 달러로"), "KRW": ("{} 원", "{}원"), "EUR": ("{} 유로",)},
}
COUNTS = {
    "en": {"people": "people", "documents": "documents", "companies": "companies", "years": "years"},
    "de": {"people": "Menschen", "documents": "Dokumente", "companies": "Unternehmen", "years": "Jahre"},
    "nl": {"people": "mensen", "documents": "documenten", "companies": "bedrijven", "years": "jaar"},
    "vi": {"people": "người", "documents": "văn kiện", "companies": "công ty", "years": "năm"},
    "ko": {"people": " 명", "countries": "개국", "couples": "쌍"},
}
BOUNDS = {
    "en": {Bound.MORE_THAN: "more than {}", Bound.ABOUT: "about {}", Bound.AT_LEAST: "at least {}"},
    "de": {Bound.MORE_THAN: "mehr als {}", Bound.ABOUT: "rund {}", Bound.AT_LEAST: "mindestens {}"},
    "nl": {Bound.MORE_THAN: "meer dan {}", Bound.ABOUT: "ongeveer {}", Bound.NEARLY: "bijna {}"},
    "vi": {Bound.MORE_THAN: "hơn {}", Bound.ABOUT: "khoảng {}", Bound.NEARLY: "gần {}"},
    "ko": {Bound.ABOUT: "약 {}", Bound.AT_LEAST: "{} 이상", Bound.FEWER_THAN: "{} 미만"},
}
CODES = tuple(FRAMES)
whole = st.integers(1, 9_999)
decimals = st.integers(1, 99_999).map(lambda cents: Decimal(cents) / 100)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def number(value: Decimal | int, code: str) -> str:
    """A number with the marks of the language."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    return text.translate(str.maketrans(",.", ".,")) if code in ("de", "nl", "vi") else text


def myriads(value: int) -> str:
    """A Korean number in groups of 조, 억 and 만: 12억 3,450만."""
    groups = (
        (value // 10**12, "조"),
        (value // 10**8 % 10**4, "억"),
        (value // 10**4 % 10**4, "만"),
        (value % 10**4, ""),
    )
    return " ".join(f"{group:,}{word}" for group, word in groups if group)


def _quotation_faults(written: str, code: str, *values: Quantity) -> Iterator[str]:
    """What the checks of records find where this is quoted for these values."""
    words = source_words(code, words_for(code))
    assert words
    for value in values:
        yield from (fault.message for fault in value_faults(Quoted(value=value, words=written), words))


def read_back(written: str, code: str, frame: str) -> list[Quantity | None]:
    """What is read, none of it with a doubt; as a quotation it gives just that."""
    figures = figures_in(frame.format(written), words_for(code))
    assert [figure.why for figure in figures if not figure.sure] == []
    assert [*_quotation_faults(written, code, *(each.quantity for each in figures if each.quantity))] == []
    return [figure.quantity for figure in figures]


@st.composite
def framed(draw: st.DrawFn) -> tuple[str, str]:
    """A language and a sentence of it with a place for the figure."""
    code = draw(st.sampled_from(CODES))
    return code, draw(st.sampled_from(FRAMES[code]))


@given(st.data(), framed())
def test_money(data: st.DataObject, where: tuple[str, str]) -> None:
    code, frame = where
    currency = data.draw(st.sampled_from(sorted(MONEY[code])))
    form = data.draw(st.sampled_from(MONEY[code][currency]))
    if code == "ko":
        amount = Decimal(data.draw(st.integers(1, 10**16 - 1)))
        written = myriads(int(amount))
    else:
        power = data.draw(st.sampled_from(sorted(SCALES[code])))
        value = data.draw(decimals)
        amount, written = value.scaleb(power), f"{number(value.normalize(), code)} {SCALES[code][power]}"
    inflected = form.endswith("로")  # no word for a bound follows then
    bound = data.draw(st.sampled_from([Bound.EXACT, *(() if inflected else BOUNDS[code])]))
    written = BOUNDS[code].get(bound, "{}").format(form.format(written))
    assert read_back(written, code, frame) == [Money(amount, currency, bound)], written
    for other in (amount * 10, amount + 1, amount / 1000, amount * 1000):
        assert any(_quotation_faults(written, code, Money(other, currency, bound))), f"{written} for {other}"
    for limit in {*Bound} - {bound}:
        assert any(_quotation_faults(written, code, Money(amount, currency, limit))), f"{written} for {limit}"


@given(st.data(), framed())
def test_counts(data: st.DataObject, where: tuple[str, str]) -> None:
    code, frame = where
    unit = data.draw(st.sampled_from(sorted(COUNTS[code])))
    value = data.draw(st.integers(1, 10**8))
    digits = myriads(value) if code == "ko" else f"{number(value, code)} "
    written = digits + COUNTS[code][unit]
    bound = data.draw(st.sampled_from([Bound.EXACT, *BOUNDS[code]]))
    written = BOUNDS[code].get(bound, "{}").format(written)
    assert read_back(written, code, frame) == [Count(Decimal(value), unit, bound)], written
    for other in (value + 1, value * 10, value * 1000):
        assert any(_quotation_faults(written, code, Count(Decimal(other), unit, bound))), f"{written} for {other}"
    assert any(_quotation_faults(written, code, Count(Decimal(value), "ships", bound)))


@given(decimals, framed())
def test_percentages(value: Decimal, where: tuple[str, str]) -> None:
    code, frame = where
    written = number(value.normalize(), code) + {"de": " Prozent", "nl": " %"}.get(code, "%")
    assert read_back(written, code, frame) == [Percent(value)], written


def in_words(day: date, code: str) -> str:
    forms = {
        "en": "{d} {m} {y}",
        "de": "{d}. {m} {y}",
        "nl": "{d} {m} {y}",
        "vi": "ngày {d} tháng {n} năm {y}",
        "ko": "{y}년 {n}월 {d}일",
    }
    month = MONTHS[code].split()[day.month - 1] if code in MONTHS else ""
    return forms[code].format(d=day.day, m=month, n=day.month, y=day.year)


def american(day: date) -> str:
    return f"{MONTHS['en'].split()[day.month - 1]} {day.day}, {day.year}"


DATE_FORMS: list[tuple[str, Callable[[date], str]]] = [
    *((code, lambda day, code=code: in_words(day, code)) for code in CODES),
    *((code, date.isoformat) for code in CODES),
    ("en", american),
    ("de", lambda day: f"{day:%d.%m.%Y}"),
    ("de", lambda day: f"{day.day}. {day.month}. {day.year}"),
    ("nl", lambda day: f"{day.day}-{day.month}-{day.year}"),
    ("vi", lambda day: f"{day.day}/{day.month}/{day.year}"),
    ("vi", lambda day: f"ngày {day:%d/%m/%Y}"),
    ("vi", lambda day: f"{day.day} tháng {day.month}, {day.year}"),
    ("ko", lambda day: f"{day.year}. {day.month}. {day.day}."),
]


@given(st.data(), days, st.sampled_from(DATE_FORMS))
def test_days(data: st.DataObject, day: date, form: tuple[str, Callable[[date], str]]) -> None:
    code, write = form
    frame = data.draw(st.sampled_from(FRAMES[code]))
    assert read_back(write(day), code, frame) == [Period(day.year, day.month, day.day)], write(day)
    for off in (-365, -31, -1, 1, 31, 365):
        other = date.fromordinal(day.toordinal() + off)
        assert any(_quotation_faults(write(day), code, Period(other.year, other.month, other.day))), (write(day), other)
    for less in (Period(day.year), Period(day.year, day.month)):
        assert any(_quotation_faults(write(day), code, less)), (write(day), less)


@given(st.data(), days, st.integers(1, 400))
def test_ranges_of_days(data: st.DataObject, first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    code, frame = data.draw(framed())
    joint = {"en": " – ", "de": " bis ", "nl": " tot en met ", "vi": " đến ", "ko": "~"}[code]
    expected = Interval(Period(first.year, first.month, first.day), Period(last.year, last.month, last.day))
    assert read_back(in_words(first, code) + joint + in_words(last, code), code, frame) == [expected]


@given(st.data(), days.filter(lambda day: day.day < 28))
def test_ranges_within_a_month_name_it_once(data: st.DataObject, first: date) -> None:
    last = first.replace(day=min(28, first.day + 3))
    code, frame = data.draw(framed())
    month = MONTHS[code].split()[first.month - 1] if code in MONTHS else ""
    form = {
        "en": f"{first.day}–{last.day} {month} {first.year}",
        "de": f"{first.day}. bis {last.day}. {month} {first.year}",
        "nl": f"{first.day} tot {last.day} {month} {first.year}",
        "vi": f"ngày {first.day} đến ngày {last.day}/{first.month}/{first.year}",
        "ko": f"{first.year}. {first.month}. {first.day}.~{last.day}.",
    }[code]
    expected = Interval(Period(first.year, first.month, first.day), Period(last.year, last.month, last.day))
    assert read_back(form, code, frame) == [expected], form


@given(framed(), st.integers(1900, 2099), st.integers(1, 12), st.sampled_from([None, Part.EARLY, Part.END]))
def test_months_and_parts_of_them(where: tuple[str, str], year: int, month: int, part: Part | None) -> None:
    code, frame = where
    name = MONTHS[code].split()[month - 1] if code in MONTHS else ""
    form = {"vi": f"tháng {month} năm {year}", "ko": f"{year}년 {month}월"}.get(code, f"{name} {year}")
    before = {
        "en": {Part.EARLY: "early {}", Part.END: "end of {}"},
        "de": {Part.EARLY: "Anfang {}", Part.END: "Ende {}"},
        "nl": {Part.EARLY: "begin {}", Part.END: "eind {}"},
        "vi": {Part.EARLY: "đầu {}", Part.END: "cuối {}"},
        "ko": {Part.EARLY: "{} 초", Part.END: "{} 말"},
    }[code]
    written = before[part].format(form) if part else form
    assert read_back(written, code, frame) == [Period(year, month, part=part)], written


@given(framed(), st.integers(1900, 2099), st.integers(1, 4))
def test_quarters(where: tuple[str, str], year: int, quarter: int) -> None:
    code, frame = where
    form = {
        "en": f"Q{quarter} {year}",
        "de": f"{quarter}. Quartal {year}",
        "nl": f"{quarter}e kwartaal {year}",
        "vi": f"quý {['I', 'II', 'III', 'IV'][quarter - 1]}/{year}",
        "ko": f"{year}년 {quarter}분기",
    }[code]
    assert read_back(form, code, frame) == [Period(year, quarter=quarter)], form


@given(st.sampled_from(CODES), st.integers(1900, 2098), st.integers(1, 60), st.sampled_from("–-~"))
def test_ranges_of_years(code: str, first: int, length: int, dash: str) -> None:
    last = min(first + length, 2099)
    (found,) = figures_in(f"({first}{dash}{last})", words_for(code))
    assert found.quantity == Interval(Period(first), Period(last))
    assert found.sure


@pytest.mark.parametrize(
    ("code", "form"), [("en", "the {} round"), ("nl", "de {} ronde"), ("vi", "lần thứ {}"), ("ko", "제{}차 회의")]
)
@given(value=st.integers(1, 99))
def test_ordinals(code: str, form: str, value: int) -> None:
    written = {"en": str(Ordinal(value)), "nl": f"{value}e"}.get(code, str(value))
    assert read_back(form.format(written), code, "{}") == [Ordinal(value)]


@given(whole)
def test_the_marks_decide_between_thousands_and_decimals(value: int) -> None:
    """350.000 is three hundred and fifty thousand in German; in English it may be 350, and is not sure."""
    written = f"{number(value * 1000, 'de')} {{}}"
    (german,) = figures_in(written.format("Menschen"), words_for("de"))
    (english,) = figures_in(written.format("people"), words_for("en"))
    assert (german.quantity, german.sure) == (Count(Decimal(value * 1000), "people"), True)
    assert not english.sure
