"""Whether a quotation says an amount, a count, a share or a place in a series: its digits, scale words and unit."""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefgen.check.source_words import Piece, SourceWords, is_unspaced, plain
from briefgen.localise.cldr import all_scale_words
from briefgen.localise.numerals import Amounts, with_amount
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.quantities import Bound, Count, Fraction, Money, Ordinal, Percent
from briefgen.model.records import Quoted

Amount = Money | Count | Percent


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a quotation: the code of the check that shows it, what is wrong, and what to do."""

    code: str
    message: str
    hint: str = ""


DIFFERS, UNKNOWN, MIXED = "E216", "E217", "E218"
LOOK_AGAIN = "look at the line again and correct the one that is wrong"
SHORTER = "quote only the words of this figure"
DERIVE = "quote the words that give it, or move the figure to 'derived' and say why"


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with its scale words: its value, its first piece, and the first one after it."""

    value: Decimal
    start: int
    end: int


def amount_faults(quoted: Quoted, value: Amount, words: SourceWords) -> Iterator[Fault]:
    """Yield where the words do not give an amount, hold more than it, or hold what cannot be named."""
    known = {*_marks(value, words), plain(quoted.of).lower()} - {""}
    pieces = words.pieces(quoted.words, known=known)
    number_word = f"number_words: {{{_number_word(pieces)}: {_mantissa(pieces, value)}}}"
    if unclear := _of_fault(quoted, pieces, words) or _one_number(pieces, quoted, words.to_add(number_word)):
        yield unclear
        return
    currencies = {each.text.lower() for each in pieces if _is_currency(each, value)}
    number = _number(pieces, words, letters=isinstance(value, Money))
    if (
        not isinstance(number, Fault)
        and (joint := next(iter(pieces[number.end :]), Piece(""))).text.lower() in words.ands
    ):
        yield Fault(MIXED, f"'{joint.text}' adds something to the number", DERIVE)
        return
    if unknown := unknown_fault(pieces, words, value, currencies | known):
        yield unknown
        return
    if isinstance(number, Fault):
        yield number
        return
    yield from _sign_faults(pieces, number, quoted, value, words)
    yield from _unit_faults(pieces, number, quoted, value, words)
    yield from _bound_faults(pieces, quoted, value, words)
    yield from _rate_faults(pieces, quoted, value, words)
    yield from (Fault(MIXED, f"'{each.text}' makes it a part", DERIVE) for each in pieces if "fraction" in each.means)
    yield from stray_faults(pieces, number.start, number.end, words)


def _of_fault(quoted: Quoted, pieces: Sequence[Piece], words: SourceWords) -> Fault | None:
    """Return what is wrong with the words that say what is counted: they must be quoted, and no number or limit."""
    given = plain(quoted.of).lower()
    if not given:
        return None
    if given not in {piece.text.lower() for piece in pieces}:
        return Fault(UNKNOWN, f"the words '{quoted.of}' of 'of' are not in '{quoted.words}'", LOOK_AGAIN)
    for piece in words.pieces(quoted.of):
        is_foreign = not piece.means and len(piece.text) > 1 and piece.text.lower() in all_scale_words()
        if piece.digits or is_foreign or {"number", "scale", "bound", "not"} & piece.means.keys():
            return Fault(UNKNOWN, f"'{piece.text}' does not say what is counted", "take it out of 'of'")
    return None


def _marks(value: Amount, words: SourceWords) -> frozenset[str]:
    """Return the names and signs of an amount's currency."""
    return words.marks_of(value.currency) if isinstance(value, Money) else frozenset()


def fraction_faults(quoted: Quoted, value: Fraction, words: SourceWords) -> Iterator[Fault]:
    """Yield where the words do not give a part of a whole: half, two thirds, 1/3."""
    pieces = words.pieces(quoted.words, known={plain(quoted.of).lower()} - {""})
    said = [str(each.means["fraction"]) for each in pieces if "fraction" in each.means]
    said += [found.group() for found in _FRACTION.finditer(plain(quoted.words))]
    if not said:
        message = f"'{quoted.words}' has no part of a whole that the program can read"
        add = words.to_add(f"fractions: {{{quoted.words}: {value.numerator}/{value.denominator}}}")
        yield Fault(UNKNOWN, message, f"{add}; or {DERIVE}")
    elif unknown := unknown_fault(pieces, words, value, {plain(quoted.of).lower()}):
        yield unknown
    elif len(said) > 1:
        yield Fault(MIXED, f"'{quoted.words}' holds {len(said)} parts of a whole", SHORTER)
    elif said[0] != f"{value.numerator}/{value.denominator}":
        yield Fault(DIFFERS, f"'{quoted.words}' says {said[0]}, not {value}", LOOK_AGAIN)
    yield from _bound_faults(pieces, quoted, value, words)
    yield from stray_faults(pieces, 0, 0, words)


_FRACTION = re.compile(r"[1-9]\d?/[1-9]\d?(?![\d/])", re.ASCII)


def ordinal_faults(quoted: Quoted, value: Ordinal, words: SourceWords) -> Iterator[Fault]:
    """Yield where the words do not give a place in a series."""
    pieces = words.pieces(quoted.words)
    hint = words.to_add(f"ordinal_words: {{{quoted.words}: {value.number}}}")
    if unclear := _one_number(pieces, quoted, hint, "ordinal"):
        yield unclear
        return
    (at,) = _numbers(pieces, "ordinal")
    named = pieces[at].means.get("ordinal")
    text, found = plain(quoted.words).lower(), pieces[at].text
    forms = [plain(form.replace("{n}", found)).lower() for form in words.reading.ordinals]
    if str(named if named else found) != str(value.number):
        yield Fault(DIFFERS, f"'{quoted.words}' does not say {value}", LOOK_AGAIN)
    elif not named and forms and not any(form in text for form in forms):
        form = plain(quoted.words).replace(found, "{n}")
        yield Fault(
            UNKNOWN, f"'{quoted.words}' is not known to be a place in a series", words.to_add(f'ordinals: ["{form}"]')
        )
    yield from stray_faults(pieces, at, at + 1, words)


def _one_number(pieces: Sequence[Piece], quoted: Quoted, to_add: str, role: str = "number") -> Fault | None:
    """Return what is wrong if the words do not hold just one number; the parts of 12억 3,450만 are one."""
    found = _numbers(pieces, role)
    if not found:
        message = f"'{quoted.words}' has no number that the program can read"
        return Fault(UNKNOWN, message, f"if a word of it is the number, {to_add}; or {DERIVE}" if pieces else DERIVE)
    parts = [at for at in found if not _continues(pieces, at)]
    if len(parts) > 1:
        return Fault(MIXED, f"'{quoted.words}' holds {len(parts)} numbers", SHORTER)
    return None


def _number_word(pieces: Sequence[Piece]) -> str:
    """Return the word that is most likely the number: the last one unknown before a scale word, or the first one."""
    scale = next((at for at, each in enumerate(pieces) if "scale" in each.means), 0)
    unknown = [each.text for each in pieces[:scale] if each.is_word and not each.means][-1:]
    return next(iter((*unknown, *(each.text for each in pieces if each.is_word and not each.means))), "WORD").lower()


def _mantissa(pieces: Sequence[Piece], value: Amount) -> str:
    """Return the number that stands before the scale words, where it is a whole one."""
    power = sum(scale for each in pieces if isinstance(scale := each.means.get("scale"), int))
    number = abs(value.amount if isinstance(value, Money) else value.number).scaleb(-power)
    return f"{number:f}".partition(".")[0] if number == number.to_integral_value() else "NUMBER"


def _numbers(pieces: Sequence[Piece], role: str) -> list[int]:
    """Return where the numbers are: those in digits, or where there are none, those in words."""
    in_words = (at for at, each in enumerate(pieces) if role in each.means)
    return [at for at, each in enumerate(pieces) if each.digits] or [
        at
        for at in in_words
        if not (at and "scale" in pieces[at].means and role in pieces[at - 1].means)  # one hundred
    ]


def _continues(pieces: Sequence[Piece], at: int) -> bool:
    """Return whether a number goes on with what is before it: after a scale word (12억 3,450만), or as twenty-five."""
    if pieces[at].digits:
        return at > 0 and "scale" in pieces[at - 1].means
    return at > 1 and pieces[at - 1].text == "-" and "number" in pieces[at - 2].means


def _number(pieces: Sequence[Piece], words: SourceWords, *, letters: bool) -> _Number | Fault:
    """Return the number with its scale words; `letters`: a single letter may be one, as in US$38B."""
    start = at = _numbers(pieces, "number")[0]
    amounts: Amounts = ()
    while at < len(pieces) and (at == start or (pieces[at].digits and _continues(pieces, at))):
        value, at = _numeral(pieces, at, words)
        powers, at = _scales(pieces, at, letters=letters)
        before = pieces[start - 1].means.get("scale") if start else None
        if isinstance(before, int) and not (powers or amounts):
            powers, start = (before,), start - 1  # milioni 45
        amounts = with_amount(amounts, value, powers) if value is not None else ()
        is_letter = at < len(pieces) and "scale" in pieces[at].means
        if not amounts or is_letter:
            return Fault(
                UNKNOWN,
                f"the number '{' '.join(each.text for each in pieces[start : at + is_letter])}' is unclear",
                DERIVE,
            )
    return _Number(sum((value for value, _ in amounts), Decimal(0)), start, at)


def _numeral(pieces: Sequence[Piece], at: int, words: SourceWords) -> tuple[Decimal | None, int]:
    """Return the number without scale words that begins here, and where it ends; None where its digits are unclear."""
    if pieces[at].digits:
        return words.value_of(pieces[at].text), at + 1
    value = _plain_number(pieces[at])
    if at + 2 < len(pieces) and _continues(pieces, at + 2):
        return value + _plain_number(pieces[at + 2]), at + 3
    return value, at + 1


def _plain_number(piece: Piece) -> Decimal:
    return Decimal(int(str(piece.means["number"])))


def _scales(pieces: Sequence[Piece], at: int, *, letters: bool) -> tuple[tuple[int, ...], int]:
    """Return the powers of ten of the scale words here, and where these end."""
    powers: tuple[int, ...] = ()
    end = at
    while at < len(pieces):
        piece = pieces[at]
        scale = piece.means.get("scale")
        if isinstance(scale, int) and (letters or len(piece.text) > 1 or is_unspaced(piece.text)):
            powers, end = (*powers, scale), at + 1
        elif piece.text not in ("-", "."):  # 150-billion, Mio. Euro
            break
        at += 1
    return powers, end


def _unit_faults(
    pieces: Sequence[Piece], number: _Number, quoted: Quoted, value: Amount, words: SourceWords
) -> Iterator[Fault]:
    """Yield where the words beside the number do not say what is counted, or say something else, and a wrong number."""
    factor, said, known = 1, "", _marks(value, words)
    given = plain(quoted.of).lower()
    for at in (*range(number.end, len(pieces)), *range(number.start - 1, -1, -1)):
        piece = pieces[at]
        found = _unit(piece, value, known, given, words)
        if found:
            factor, said = found
            break
    expected = value.currency if isinstance(value, Money) else value.unit if isinstance(value, Count) else "%"
    total = number.value * factor
    if not said:
        yield Fault(UNKNOWN, f"'{quoted.words}' does not say of what ({expected}) the number is", DERIVE)
    elif said != expected:
        yield Fault(DIFFERS, f"'{quoted.words}' says {said}, not {expected}", LOOK_AGAIN)
    if total != abs(value.amount if isinstance(value, Money) else value.number):
        yield Fault(DIFFERS, f"'{quoted.words}' says {_with_number(value, total)}, not {value}", LOOK_AGAIN)


def _sign_faults(
    pieces: Sequence[Piece], number: _Number, quoted: Quoted, value: Amount, words: SourceWords
) -> Iterator[Fault]:
    """Yield where a minus is on one side only; in words, `of` names what makes an amount negative: a deficit.

    A word of `of` that is known, or names the currency, says no such thing.
    """
    at = number.start - 1
    if at > 0 and pieces[at].is_word is False and pieces[at].text != "-":
        at -= 1  # -$2.6 billion
    minus = at >= 0 and pieces[at].text == "-" and (at == 0 or not pieces[at].attached)
    is_negative = (value.amount if isinstance(value, Money) else value.number) < 0
    if minus and not is_negative:
        yield Fault(MIXED, "a minus sign is before the number", DERIVE)
    marks = _marks(value, words)
    answers = (each for each in words.pieces(quoted.of, known=marks) if each.is_word and not each.means)
    if is_negative and not minus and all(each.text.lower() in marks for each in answers):
        hint = "quote the minus, or the word that says it, and write 'of: deficit' with that word"
        yield Fault(DIFFERS, f"'{quoted.words}' does not say that it is negative", hint)


def _with_number(value: Amount, number: Decimal) -> Amount:
    """Return another amount of the same: as it is written, without its limit."""
    if isinstance(value, Money):
        return replace(value, amount=number, bound=Bound.EXACT)
    return replace(value, number=number, bound=Bound.EXACT)


def _unit(piece: Piece, value: Amount, known: frozenset[str], given: str, words: SourceWords) -> tuple[int, str] | None:
    """Return how many of which unit a piece says; None if it is none. `given` answers for what is not sure."""
    folded = piece.text.lower()
    expected = value.currency if isinstance(value, Money) else value.unit if isinstance(value, Count) else "%"
    named = (1, expected) if folded in known else _named_unit(piece, value, words)
    is_answer = bool(given) and folded == given and (named is None or folded in words.doubtful)
    return (1, expected) if is_answer else named


def _named_unit(piece: Piece, value: Amount, words: SourceWords) -> tuple[int, str] | None:
    """Return what a piece is known to count."""
    if "percent" in piece.means and piece.text.lower() not in words.doubtful:  # per cent, but not percentage points
        return 1, "%"
    if isinstance(unit := piece.means.get("unit"), tuple) and not isinstance(value, Money):
        return unit
    if isinstance(currency := piece.means.get("currency"), str):
        return 1, currency
    return (1, f"another currency ('{piece.text}')") if _is_currency(piece, value) else None


def _is_currency(piece: Piece, value: Amount) -> bool:
    """Return whether it looks like another currency: a sign, or three capitals of an amount of money."""
    return piece.text in "$€£¥₩₫₽₹฿₺₴₦₱" or (isinstance(value, Money) and len(piece.text) == 3 and piece.text.isupper())


def _rate_faults(pieces: Sequence[Piece], quoted: Quoted, value: Amount, words: SourceWords) -> Iterator[Fault]:
    """Yield where the words make the amount a rate and the value does not, or the other way round.

    Of a language whose words for rates nobody has listed, `of` answers for them.
    """
    said = [(each.text, each.means["rate"]) for each in pieces if "rate" in each.means]
    sure = [(word, per) for word, per in said if word.lower() not in words.doubtful]
    if other := next(((word, per) for word, per in sure if per != value.per), None):
        yield Fault(MIXED, f"'{other[0]}' means 'per {other[1]}', which the value does not say", LOOK_AGAIN)
    elif value.per and value.per not in dict(said).values() and (words.reading.rates or not quoted.of):
        add = words.to_add(f"rates: {{WORDS: {value.per}}}")
        hint = LOOK_AGAIN if words.reading.rates else f"{add}; or name the words that say it with 'of:'"
        yield Fault(DIFFERS, f"'{quoted.words}' does not say 'per {value.per}'", hint)


def _bound_faults(
    pieces: Sequence[Piece], quoted: Quoted, value: Amount | Fraction, words: SourceWords
) -> Iterator[Fault]:
    """Yield where the words limit the number otherwise than the value; a word of many meanings counts only for it."""
    said = [(each.text, each.means["bound"]) for each in pieces if "bound" in each.means]
    sure = [(word, bound) for word, bound in said if word.lower() not in words.doubtful]
    if value.bound in dict(said).values() and len(said) == 1:
        return
    if sure and (value.bound is Bound.EXACT or len(said) > 1):
        word, bound = next((each for each in sure if each[1] != value.bound), sure[0])
        yield Fault(MIXED, f"'{word}' means '{bound}', which the value does not say", LOOK_AGAIN)
    elif value.bound is not Bound.EXACT and (sure or words.reading.bounds_before):
        yield Fault(DIFFERS, f"'{quoted.words}' does not say '{value.bound}'", LOOK_AGAIN)


def stray_faults(pieces: Sequence[Piece], start: int, end: int, words: SourceWords) -> Iterator[Fault]:
    """Yield a negation, and a scale word that belongs to another number than the one from `start` to `end`."""
    for at, piece in enumerate(pieces):
        if "not" in piece.means:
            yield Fault(MIXED, f"'{piece.text}' denies what is quoted", DERIVE)
        elif not start <= at < end and _is_scale(piece, words):
            yield Fault(MIXED, f"'{piece.text}' belongs to another number", SHORTER)


def unknown_fault(
    pieces: Sequence[Piece], words: SourceWords, value: Amount | Fraction | FactDate, known: Container[str] = ()
) -> Fault | None:
    """Return the fault of the first word of which nothing is known: it may be a scale word, or change what is said."""
    unknown = (at for at, each in enumerate(pieces) if each.is_word and not each.means)
    at = next((at for at in unknown if pieces[at].text.lower() not in known), None)
    if at is None:
        return None
    word, power = pieces[at].text, _missing_power(pieces, value, words)
    if len(word) > 1 and word.lower() in all_scale_words():
        add = words.to_add(f"scales: {{{word.lower()}: {power or 'POWER OF TEN'}}}")
        return Fault(
            UNKNOWN, f"'{word}' is a scale word of another language", f"correct 'language' of the record; or {add}"
        )
    add = f"if it says that, {words.to_add(_entry(pieces, at, value, power))}"
    if isinstance(value, Period | Interval):
        return Fault(UNKNOWN, f"'{word}' is not known: does it belong to the date?", f"quote fewer words; or, {add}")
    if isinstance(value, Percent) and any("percent" in each.means for each in pieces):
        return Fault(UNKNOWN, f"'{word}' is not known: percentage points?", f"quote fewer words; or {DERIVE}")
    rest = " ".join(each.text for each in pieces[at:])
    hint = f"quote fewer words; or write 'of: {rest}' if it says of what; or, {add}"
    return Fault(UNKNOWN, f"'{word}' is not known: a scale word, or what is counted?", hint)


def _missing_power(pieces: Sequence[Piece], value: Amount | Fraction | FactDate, words: SourceWords) -> int | None:
    """Return the power of ten between the number as it is read and the value; None where they do not differ by one."""
    if not isinstance(value, Money | Count | Percent) or not _numbers(pieces, "number"):
        return None
    number = _number(pieces, words, letters=isinstance(value, Money))
    wanted = abs(value.amount if isinstance(value, Money) else value.number)
    if isinstance(number, Fault) or not number.value:
        return None
    power = (wanted / number.value).normalize()
    return power.adjusted() if power.as_tuple().digits == (1,) else None


def _entry(pieces: Sequence[Piece], at: int, value: Amount | Fraction | FactDate, power: int | None) -> str:
    """Return the entry that would make a word known, as what it most likely is at this place."""
    word = pieces[at].text.lower()
    if isinstance(value, Period | Interval):
        return f"date_fillers: [{word}]"
    if at < next((at for at, each in enumerate(pieces) if each.digits or "number" in each.means), 0):
        if isinstance(value, Percent) and not any("percent" in each.means for each in pieces):
            return f"percent: [{word}]"
        return f"bounds_before: {{{word}: {value.bound or Bound.ABOUT}}}"
    if at + 1 < len(pieces) and len(word) <= _SMALL_WORD:
        return f"links: [{word}]"
    if at + 1 < len(pieces) and power != 0:
        return f"scales: {{{word}: {power or 'POWER OF TEN'}}}"
    rest = (each.text for each in pieces[at:] if each.is_word)  # the number is whole: this is the unit
    word = " ".join(each if each.isupper() else each.lower() for each in rest)
    match value:
        case Money():
            return f"currencies: {{{word}: {value.currency}}}"
        case Count():
            return f"units: {{{word}: {value.unit}}}"
        case _:
            return f"percent: [{word}]" if isinstance(value, Percent) else f"links: [{word}]"


_SMALL_WORD = 3
"""Letters of the longest word that is taken for a small one, such as de, van or των."""


def _is_scale(piece: Piece, words: SourceWords) -> bool:
    """Return whether it is a scale word wherever it stands."""
    is_sure = len(piece.text) > 1 and piece.text.lower() not in words.doubtful and "link" not in piece.means
    return "scale" in piece.means and is_sure and not is_unspaced(piece.text)
