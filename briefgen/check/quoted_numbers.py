"""Whether a quotation says an amount, a count, a share or a place in a series: its digits, scale words and unit."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic, TypeVar

from briefgen.check.source_words import (
    Amount,
    Piece,
    SourceWords,
    entry_for,
    is_currency,
    is_unspaced,
    limit_between,
    number_of,
    number_phrase,
    of_what,
    plain,
    unit_of,
    words_before,
    words_of_number,
)
from briefgen.localise.cldr import all_scale_words
from briefgen.localise.language import TENS, Amounts, roman_ordinals, with_amount
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.quantities import Bound, Count, Fraction, Money, Ordinal, Percent, Rate
from briefgen.model.records import Quoted

V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True)
class NumberFault:
    """What is wrong with a quotation: the code of the check that shows it, what is wrong, and what to do."""

    code: str
    message: str
    hint: str = ""


DIFFERS, UNKNOWN, MIXED = "E216", "E217", "E218"
LOOK_AGAIN = "look at the line again and correct the one that is wrong"
SHORTER = "quote only the words of this figure"
DERIVE = "quote the words that give it, or move the figure to 'derived' and say why"


@dataclass(frozen=True, slots=True)
class Quotation(Generic[V]):
    """A value, the words it was read from, and these in pieces, each with its meanings in the source's language."""

    quoted: Quoted
    value: V
    words: SourceWords
    pieces: Sequence[Piece]
    of: str = ""
    """The words that say what is counted, as pieces are folded."""
    marks: frozenset[str] = frozenset()
    """The names and signs of its currency."""

    def __str__(self) -> str:
        return f"'{self.quoted.words}'"

    def said(self, role: str) -> list[tuple[str, object]]:
        """Return each word that has a meaning in a role, with that meaning."""
        return [(piece.text, meaning) for piece in self.pieces for each, meaning in piece.means.items() if each == role]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its scale words: its value, its first piece, and the first one after it."""

    value: Decimal
    start: int
    end: int


def amount_faults(quoted: Quoted, value: Amount, words: SourceWords) -> Iterator[NumberFault]:
    """Yield where the words do not give an amount, hold more than it, or hold what cannot be named."""
    of, marks = plain(quoted.of).lower(), words.marks_of(value.currency) if isinstance(value, Money) else frozenset()
    pieces = words.pieces(quoted.words, known={*marks, of} - {""})
    said = Quotation(quoted, value, words, pieces, of, marks)
    if _is_rhythm(said):
        return
    if unclear := _of_fault(said) or _part_in_words(said) or _one_number(said, _number_to_add(said)):
        yield unclear
        return
    number = _number(said)
    if isinstance(number, _Number) and number.end < len(pieces) and pieces[number.end].folded in words.ands:
        yield NumberFault(MIXED, f"'{pieces[number.end].text}' adds something to the number", DERIVE)
        return
    currencies = {each.folded for each in pieces if is_currency(each, value)}
    if unknown := unknown_fault(said, {*currencies, *marks, of}):
        yield unknown
        return
    if isinstance(number, NumberFault):
        yield number
        return
    if _may_be_thousands(said, number):
        message = f"'{pieces[number.start].text}' may be thousands in the way of another language"
        yield NumberFault(UNKNOWN, message, DERIVE)
    yield from _sign_faults(said, number)
    yield from _unit_faults(said, number)
    yield from _bound_faults(said)
    yield from _rate_faults(said)
    yield from (NumberFault(MIXED, f"'{word}' makes it a part", DERIVE) for word, _ in said.said("fraction"))
    yield from stray_faults(said, number.start, number.end)


def _may_be_thousands(said: Quotation[Amount], number: _Number) -> bool:
    """Return whether three decimals of nothing may be none: 5.000 companies, US$ 5.000 million."""
    text = said.pieces[number.start].text
    return re.fullmatch(r"\d{1,3}[.,]000", text) is not None and text[-4] == said.words.decimal


def _is_rhythm(said: Quotation[Amount]) -> bool:
    """Return whether the words say no number and are those of the rate itself: annually, raz w roku for each year."""
    rate = _one_of(said.value)
    return bool(rate) and [each.means.get("rate") for each in said.pieces] == [rate]


def _one_of(value: Amount) -> str:
    """Return the span of time that a value is just one of; empty for any other value."""
    is_one = isinstance(value, Count) and value.number == 1 and not value.bound and not value.per
    return next((rate for rate in filter(None, Rate) if is_one and unit_of(value) == f"{rate}s"), "")


def _number_to_add(said: Quotation[Amount]) -> str:
    """Return what to write where, so that the number is read; empty where nobody can tell which word it is."""
    if rate := _one_of(said.value):
        return said.words.to_add(f"rates: {{{said.quoted.words}: {rate}}}")
    word = _long_number(said.pieces, said.words) or _number_word(said.pieces)
    return said.words.to_add(f"number_words: {{{word}: {_mantissa(said, said.value)}}}") if word else ""


def _of_fault(said: Quotation[Amount]) -> NumberFault | None:
    """Return what is wrong with the words that say what is counted: they must be quoted, and no number or limit."""
    if not said.of:
        return None
    if said.of not in {piece.folded for piece in said.pieces}:
        return NumberFault(UNKNOWN, f"the words '{said.quoted.of}' of 'of' are not in {said}", LOOK_AGAIN)
    for piece in said.words.pieces(said.quoted.of):
        is_foreign = not piece.means and len(piece.text) > 1 and piece.folded in all_scale_words()
        if (
            piece.digits
            or is_foreign
            or piece.folded in TENS
            or {"number", "scale", "bound", "not"} & piece.means.keys()
        ):
            return NumberFault(UNKNOWN, f"'{piece.text}' does not say what is counted", "take it out of 'of'")
    return None


def fraction_faults(quoted: Quoted, value: Fraction, words: SourceWords) -> Iterator[NumberFault]:
    """Yield where the words do not give a part of a whole: half, two thirds, 1/3."""
    of, part = plain(quoted.of).lower(), f"{value.numerator}/{value.denominator}"
    said = Quotation(quoted, value, words, words.pieces(quoted.words, known={of} - {""}))
    parts = [str(meaning) for _, meaning in said.said("fraction")]
    parts += [found.group() for found in _FRACTION.finditer(plain(quoted.words))]
    if not parts:
        add = words.to_add(f"fractions: {{{quoted.words}: {part}}}")
        yield NumberFault(UNKNOWN, f"{said} has no part of a whole that the program can read", f"{add}; or {DERIVE}")
    elif unknown := unknown_fault(said, {of}):
        yield unknown
    elif len(parts) > 1:
        yield NumberFault(MIXED, f"{said} holds {len(parts)} parts of a whole", SHORTER)
    elif parts[0] != part:
        yield NumberFault(DIFFERS, f"{said} says {parts[0]}, not {value}", LOOK_AGAIN)
    yield from _bound_faults(said)
    yield from stray_faults(said, 0, 0)


_FRACTION = re.compile(r"[1-9]\d?/[1-9]\d?(?![\d/])", re.ASCII)


def ordinal_faults(quoted: Quoted, value: Ordinal, words: SourceWords) -> Iterator[NumberFault]:
    """Yield where the words do not give a place in a series."""
    said = Quotation(quoted, value, words, words.pieces(quoted.words))
    if (roman := roman_ordinals(plain(quoted.words))) and not _is_in_digits(said):
        if set(roman.values()) != {value.number}:
            read = ", ".join(f"'{written}' is {Ordinal(number)}" for written, number in roman.items())
            yield NumberFault(DIFFERS, f"{read}, not {value}", LOOK_AGAIN)
        yield from stray_faults(said, 0, 0)
        return
    if unclear := _one_number(said, words.to_add(f"ordinal_words: {{{quoted.words}: {value.number}}}"), "ordinal"):
        yield unclear
        return
    at, *_ = _numbers(said.pieces, "ordinal")
    named, found = said.pieces[at].means.get("ordinal"), said.pieces[at].text
    if isinstance(named, int) and _continues(said.pieces, at, "ordinal"):  # twenty-first
        named += int(str(said.pieces[at - 2].means["number"]))
    forms = [plain(form.replace("{n}", found)).lower() for form in words.reading.ordinals]
    if str(named if named else found) != str(value.number):
        yield NumberFault(DIFFERS, f"{said} does not say {value}", LOOK_AGAIN)
    elif not named and forms and not any(form in plain(quoted.words).lower() for form in forms):
        add = words.to_add(f'ordinals: ["{plain(quoted.words).replace(found, "{n}")}"]')
        yield NumberFault(UNKNOWN, f"{said} is not known to be a place in a series", add)
    yield from stray_faults(said, at, at + 1)


def _is_in_digits(said: Quotation[Ordinal]) -> bool:
    """Return whether the place stands there in digits, in a form that the language has for it."""
    text = plain(said.quoted.words).lower()
    forms = (plain(form.replace("{n}", str(said.value.number))).lower() for form in said.words.reading.ordinals)
    return any(form in text for form in forms)


def _part_in_words(said: Quotation[Amount]) -> NumberFault | None:
    """Return what to write for a number with a half or a quarter in it, or of dozens or tens: learnt as a whole."""
    number, ands = abs(number_of(said.value)), said.words.ands
    read = [Decimal(str(each.means["number"])) for each in said.pieces if "number" in each.means]
    times = number / read[0] if len(read) == 1 and read[0] else Decimal(1)
    is_of_many = times > 1 and times.normalize().as_tuple().digits != (1,)
    if _mantissa(said, said.value) != "NUMBER" and not is_of_many:
        return None
    phrase = number_phrase(said.pieces, {*said.marks, said.of} - {""}, ands)
    if not phrase or number != int(number):
        return None
    add = said.words.to_add(f"number_words: {{{phrase}: {number:f}}}")
    return NumberFault(UNKNOWN, f"'{phrase}' is not known: a number in words?", f"if it says that, {add}; or {DERIVE}")


def _long_number(pieces: Sequence[Piece], words: SourceWords) -> str:
    """Return a number in several words, such as dua puluh lima; empty where there is none."""
    found = [at for at, each in enumerate(pieces) if "number" in each.means and not each.digits]
    whole = pieces[found[0] : found[-1] + 1] if len(found) > 1 else ()
    is_one = all("number" in each.means or each.folded in words.ands for each in whole)
    return " ".join(each.folded for each in whole) if is_one else ""


def _one_number(said: Quotation[object], to_add: str, role: str = "number") -> NumberFault | None:
    """Return what is wrong if the words do not hold just one number; the parts of 12억 3,450만 are one."""
    found = _numbers(said.pieces, role)
    if not found:
        otherwise = f"{SHORTER}; or {DERIVE}" if sum(each.is_unknown for each in said.pieces) > 1 else DERIVE
        hint = f"if it says that, {to_add}; or {DERIVE}" if said.pieces and to_add else otherwise
        return NumberFault(UNKNOWN, f"{said} has no number that the program can read", hint)
    parts = sum(not _continues(said.pieces, at) for at in found)
    is_long = (
        role == "number" and not any(said.pieces[at].digits for at in found) and _long_number(said.pieces, said.words)
    )
    hint = f"if they are one number, {to_add}; or {SHORTER}" if is_long else SHORTER
    return NumberFault(MIXED, f"{said} holds {parts} numbers", hint) if parts > 1 else None


def _number_word(pieces: Sequence[Piece]) -> str:
    """Return the word that must be the number: the unknown one right before a scale word, else the one before a unit.

    In más de mil millones nobody can tell: más is a limit, and mil a number by itself.
    """
    scale = next((at for at, each in enumerate(pieces) if "scale" in each.means), None)
    unknown = [each.folded for each in pieces if each.is_unknown]
    if scale is not None:
        return pieces[scale - 1].folded if scale and pieces[scale - 1].is_unknown else ""
    return unknown[0] if len(unknown) == 1 or (unknown and len(pieces) == 2) else ""  # treinta documentos


def _mantissa(said: Quotation[object], value: Amount) -> str:
    """Return the number that stands before the scale words, where it is a whole one."""
    power = sum(scale for _, scale in said.said("scale") if isinstance(scale, int))
    number = abs(number_of(value)).scaleb(-power)
    return f"{number:f}".partition(".")[0] if number == number.to_integral_value() else "NUMBER"


def _numbers(pieces: Sequence[Piece], role: str) -> list[int]:
    """Return where the numbers are: those in digits, or where there are none, those in words."""
    in_words = [at for at, each in enumerate(pieces) if role in each.means]
    scales = {at for at in in_words if at - 1 in in_words and "scale" in pieces[at].means}  # one hundred
    return [at for at, each in enumerate(pieces) if each.digits] or [at for at in in_words if at not in scales]


def _continues(pieces: Sequence[Piece], at: int, role: str = "number") -> bool:
    """Return whether a number goes on with what is before it: after a scale word (12억 3,450만), or as twenty-five."""
    if pieces[at].digits:
        return at > 0 and "scale" in pieces[at - 1].means
    is_joined = at > 1 and pieces[at - 1].text == "-" and "number" in pieces[at - 2].means
    return is_joined and role in pieces[at].means


def _number(said: Quotation[object]) -> _Number | NumberFault:
    """Return the number with its scale words; of money a single letter may be one, as in US$38B."""
    pieces = said.pieces
    start = at = _numbers(pieces, "number")[0]
    amounts: Amounts = ()
    while at < len(pieces) and (at == start or (pieces[at].digits and _continues(pieces, at))):
        value, at = _numeral(pieces, at, said.words)
        powers, at = _scales(pieces, at, letters=isinstance(said.value, Money))
        before = pieces[start - 1].means.get("scale") if start else None
        if isinstance(before, int) and not (powers or amounts):
            powers, start = (before,), start - 1  # milioni 45
        amounts = with_amount(amounts, value, powers) if value is not None else ()
        is_letter = at < len(pieces) and "scale" in pieces[at].means
        if not amounts or is_letter:
            unclear = " ".join(each.text for each in pieces[start : at + is_letter])
            return NumberFault(UNKNOWN, f"the number '{unclear}' is unclear", DERIVE)
    return _Number(sum((value for value, _ in amounts), Decimal(0)), start, at)


def _numeral(pieces: Sequence[Piece], at: int, words: SourceWords) -> tuple[Decimal | None, int]:
    """Return the number without scale words that begins here, and where it ends; None where its digits are unclear."""
    if pieces[at].digits:
        return words.value_of(pieces[at].text), at + 1
    end = at + 3 if at + 2 < len(pieces) and _continues(pieces, at + 2) else at + 1
    return sum((Decimal(str(each.means["number"])) for each in pieces[at:end:2]), Decimal(0)), end


def _scales(pieces: Sequence[Piece], at: int, *, letters: bool) -> tuple[tuple[int, ...], int]:
    """Return the powers of ten of the scale words here, and where these end."""
    powers: tuple[int, ...] = ()
    end = at
    for number, piece in enumerate(pieces[at:], at + 1):
        scale = piece.means.get("scale")
        if isinstance(scale, int) and (letters or len(piece.text) > 1 or is_unspaced(piece.text)):
            powers, end = (*powers, scale), number
        elif piece.text not in ("-", "."):  # 150-billion, Mio. Euro
            break
    return powers, end


def _unit_faults(said: Quotation[Amount], number: _Number) -> Iterator[NumberFault]:
    """Yield where the words beside the number do not say what is counted, or say something else, and a wrong number."""
    value, expected = said.value, unit_of(said.value)
    beside = (*said.pieces[number.end :], *reversed(said.pieces[: number.end]))
    named = [unit for unit in (_unit(piece, said) for piece in beside) if unit] or [(1, "")]
    factor, unit = named[0]
    total = number.value * factor
    if not unit:
        words = [each.text for each in said.pieces[number.end :] if each.is_word][:1]
        hint = f"write 'of: {words[0]}' if it says of what; or {DERIVE}" if words and not said.of else DERIVE
        yield NumberFault(UNKNOWN, f"{said} does not say of what ({expected}) the number is", hint)
    elif unit != expected:
        sign = unit.split("'")[1:2] if isinstance(value, Money) else []  # which none of the language's is
        add = "".join(
            f"; or, if it is that, {said.words.to_add(f'currencies: {{{each}: {expected}}}')}" for each in sign
        )
        yield NumberFault(DIFFERS, f"{said} says {unit}, not {expected}", f"{LOOK_AGAIN}{add}")
    elif isinstance(value, Money) and (other := next((each for _, each in named if each != unit), "")):
        yield NumberFault(MIXED, f"{said} names {other} as well", SHORTER)
    if total != abs(number_of(value)):
        exact = replace(value, bound=Bound.EXACT)
        read = replace(exact, amount=total) if isinstance(exact, Money) else replace(exact, number=total)
        yield NumberFault(DIFFERS, f"{said} says {read}, not {value}", LOOK_AGAIN)


def _sign_faults(said: Quotation[Amount], number: _Number) -> Iterator[NumberFault]:
    """Yield where a minus is on one side only; in words, `of` names what makes an amount negative: a deficit.

    A word of `of` that is known, or names the currency, says no such thing.
    """
    pieces, at = said.pieces, number.start - 1
    before = pieces[at]
    is_unit = before.folded in said.marks or before.means.keys() & {"percent", "currency"}
    if at > 0 and before.text != "-" and (not before.is_word or is_unit):
        at -= 1  # -$2.6 billion, minus US$5, eksi yüzde 5
    is_triangle = at >= 0 and pieces[at].text in ("△", "▲", "▼", "▽")  # a minus in Japanese
    around = [each.text for each in pieces[number.start - 1 : number.start + 2 : 2]]
    is_bracketed = around == ["(", ")"] and not _says_it_twice(said, number)  # in accounts
    minus = is_triangle or is_bracketed or (at >= 0 and pieces[at].text == "-" and (at == 0 or not pieces[at].attached))
    is_negative = number_of(said.value) < 0
    if minus and not is_negative:
        what = "brackets, a minus in accounts, are around" if is_bracketed else "a minus sign is before"
        yield NumberFault(MIXED, f"{what} the number", DERIVE)
    if any(each.text == "-" and not each.attached for each in pieces[number.start :]):
        yield NumberFault(MIXED, "a minus is behind the number: so many less, perhaps", DERIVE)
    answers = (each.folded for each in said.words.pieces(said.quoted.of, known=said.marks) if each.is_unknown)
    if is_negative and not minus and said.marks.issuperset(answers):
        hint = "quote the minus, or the word that says it, and write 'of: deficit' with that word"
        yield NumberFault(DIFFERS, f"{said} does not say that it is negative", hint)


def _says_it_twice(said: Quotation[Amount], number: _Number) -> bool:
    """Return whether a word stands before the bracket of a number, and no currency: thirty (30) days."""
    before = said.pieces[: number.start - 1][-1:]
    return any(each.is_word and each.folded not in said.marks for each in before)


def _unit(piece: Piece, said: Quotation[Amount]) -> tuple[int, str] | None:
    """Return how many of which unit a piece says; None if it is none. `of` answers for what is not sure."""
    expected, is_of = (1, unit_of(said.value)), bool(said.of) and piece.folded == said.of
    named = expected if piece.folded in said.marks else _named_unit(piece, said.value, said.words)
    return expected if is_of and (named is None or piece.folded in said.words.doubtful) else named


def _named_unit(piece: Piece, value: Amount, words: SourceWords) -> tuple[int, str] | None:
    if "percent" in piece.means and piece.folded not in words.doubtful:  # per cent, but not percentage points
        return 1, "%"
    if isinstance(unit := piece.means.get("unit"), tuple) and not isinstance(value, Money):
        return unit
    if isinstance(currency := piece.means.get("currency"), str):
        return 1, currency
    return (1, f"another currency ('{piece.text}')") if is_currency(piece, value) else None


def _rate_faults(said: Quotation[Amount]) -> Iterator[NumberFault]:
    """Yield where the words make the amount a rate and the value does not, or the other way round.

    Of a language whose words for rates nobody has listed, `of` answers for them.
    """
    rates, per, known = said.said("rate"), said.value.per, bool(said.words.reading.rates)
    sure = ((word, meaning) for word, meaning in rates if word.lower() not in said.words.doubtful)
    if other := next(((word, meaning) for word, meaning in sure if meaning != per), None):
        yield NumberFault(MIXED, f"'{other[0]}' means 'per {other[1]}', which the value does not say", LOOK_AGAIN)
    elif rates and not per:
        yield _unsure(rates[0][0], f"per {rates[0][1]}")
    elif per and per not in dict(rates).values() and (known or not said.quoted.of):
        add = said.words.to_add(f"rates: {{WORDS: {per}}}")
        hint = LOOK_AGAIN if known else f"{add}; or name the words that say it with 'of:'"
        yield NumberFault(DIFFERS, f"{said} does not say 'per {per}'", hint)


def _bound_faults(said: Quotation[Amount | Fraction]) -> Iterator[NumberFault]:
    """Yield where the words limit the number otherwise than the value; a word of many meanings counts only for it."""
    bounds, bound = said.said("bound"), said.value.bound
    sure = [each for each in bounds if each[0].lower() not in said.words.doubtful]
    if bound in dict(bounds).values() and len(bounds) == 1:
        return
    if sure and (bound is Bound.EXACT or len(bounds) > 1):
        word, other = next((each for each in sure if each[1] != bound), sure[0])
        yield NumberFault(MIXED, f"'{word}' means '{other}', which the value does not say", LOOK_AGAIN)
    elif bound is not Bound.EXACT:
        listed = {*said.words.reading.bounds_before.values(), *said.words.reading.bounds_after.values()}
        add = said.words.to_add(f"bounds_after: {{WORDS: {bound}}}")
        hint = LOOK_AGAIN if bound in listed else f"{LOOK_AGAIN}; or, if words that are quoted say it, {add}"
        yield NumberFault(DIFFERS, f"{said} does not say '{bound}'", hint)
    elif bounds and bound is Bound.EXACT:
        yield _unsure(*bounds[0])


def _unsure(word: str, meaning: object) -> NumberFault:
    hint = f"write what it means, or quote fewer words if it does not; {LOOK_AGAIN}"
    return NumberFault(UNKNOWN, f"'{word}' may mean '{meaning}', which the value does not say", hint)


def stray_faults(said: Quotation[object], start: int, end: int) -> Iterator[NumberFault]:
    """Yield a negation, and a scale word that belongs to another number than the one from `start` to `end`."""
    for at, piece in enumerate(said.pieces):
        is_sure = len(piece.text) > 1 and piece.folded not in said.words.doubtful and "link" not in piece.means
        if "not" in piece.means:
            yield NumberFault(MIXED, f"'{piece.text}' denies what is quoted", DERIVE)
        elif not start <= at < end and "scale" in piece.means and is_sure and not is_unspaced(piece.text):
            yield NumberFault(MIXED, f"'{piece.text}' belongs to another number", SHORTER)


def unknown_fault(said: Quotation[Amount | Fraction | FactDate], known: Container[str]) -> NumberFault | None:
    """Return the fault of the first word of which nothing is known: it may be a scale word, or change what is said."""
    pieces, value = said.pieces, said.value
    at = next((at for at, each in enumerate(pieces) if each.is_unknown and each.folded not in known), None)
    if at is None:
        return None
    word, power = pieces[at].text, _missing_power(said)
    if len(word) > 1 and word.lower() in all_scale_words():
        add = said.words.to_add(f"scales: {{{word.lower()}: {power or 'POWER OF TEN'}}}")
        hint = f"correct 'language' of the record; or {add}"
        return NumberFault(UNKNOWN, f"'{word}' is a scale word of another language", hint)
    first = next((at for at, each in enumerate(pieces) if each.digits or "number" in each.means), 0)
    named = next((place for place, each in enumerate(pieces) if each.folded in known), len(pieces))
    between = pieces[at : max(at, min(first, max(at, named)))]
    before = words_before(said.quoted.words, between, digits=pieces[first].digits and first <= named)
    entry = limit_between(pieces, at, value) or entry_for(pieces, at, value, power, before, known)
    if power and isinstance(value, Money) and at + 1 == len(pieces):  # mkr: millions, and of what
        of_what_too = f", currencies: {{{pieces[at].folded}: {value.currency}}}" * (named == len(pieces))
        entry = f"scales: {{{pieces[at].folded}: {power}}}{of_what_too}"
    add = f"; or, if it says that, {said.words.to_add(entry)}" if entry else ""
    if isinstance(value, Period | Interval):
        return NumberFault(UNKNOWN, f"'{word}' is not known: does it belong to the date?", f"quote fewer words{add}")
    is_ending = pieces[at - 1].text == "'" if at else False
    if (
        isinstance(value, Percent)
        and not (value.bound or is_ending)
        and any("percent" in each.means for each in pieces)
    ):
        return NumberFault(UNKNOWN, f"'{word}' is not known: percentage points?", f"quote fewer words; or {DERIVE}")
    if pieces[at].folded in TENS and isinstance(value, Money | Count | Percent) and not pieces[first].digits:
        number = f"{words_of_number(pieces[at:])}: {_mantissa(said, value)}"
        add = said.words.to_add(f"number_words: {{{number}}}")
        return NumberFault(
            UNKNOWN, f"'{word}' is not known: a number in words?", f"if it says that, {add}; or {DERIVE}"
        )
    rest = before or " ".join(each.text for each in of_what(pieces[at:]))
    hint = f"quote fewer words; or write 'of: {rest}' if it says of what{add}"
    return NumberFault(UNKNOWN, f"'{word}' is not known: a scale word, a limit, or what is counted?", hint)


def _missing_power(said: Quotation[object]) -> int | None:
    """Return the power of ten between the number as it is read and the value; None where they do not differ by one."""
    value = said.value
    if not isinstance(value, Money | Count | Percent) or not _numbers(said.pieces, "number"):
        return None
    number = _number(said)
    if isinstance(number, NumberFault) or not number.value:
        return None
    power = (abs(number_of(value)) / number.value).normalize()
    return power.adjusted() if power.as_tuple().digits == (1,) else None
