"""What stands around a number: its bound, its currency, its unit, the word that makes it one end of a range."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from unicodedata import category

from briefgen.model.quantities import Bound, Count, Money, Percent, Quantity
from briefgen.tools.figures.lexicon import Found, Hit, Line, found, is_narrow, is_wide
from briefgen.tools.figures.vocabulary import Unit, Vocabulary

MOST_DIGITS = 15
_RUN = re.compile(r"\d+(?:[.,']\d+)*")
_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,5}(?![\d ]\d)(?:[.,]\d+)?")
_GAP = re.compile(r"[ -]?")
_TENS, _ONES = range(20, 100, 10), range(1, 10)
_SHORT_WORD, _ABBREVIATION = 1, 4


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without its scale; no value where it cannot be made out."""

    value: Decimal | None
    end: int
    why: str = ""
    decimals_unclear: bool = False
    """Three decimals may be thousands; before a scale word they are decimals (94,618 tỷ) unless they end in nought."""


@dataclass(frozen=True, slots=True)
class Magnitude:
    """A number with its scale words. `doubts` say why it is not sure; `spelled` is a number written as a word."""

    value: Decimal | None
    end: int
    doubts: tuple[str, ...] = ()
    scaled: bool = False
    factor: Decimal = Decimal(1)
    """What its scale words make of its only number; 1 where there are several, as in 12억 3,450만."""
    short_scale: bool = False
    spelled: Hit[int] | None = None


@dataclass(slots=True)
class _Sum:
    """Adds up 12억 3,450만: parts below the next scale word gather in `section`."""

    total: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    current: Decimal = Decimal(0)
    powers: list[int] = field(default_factory=list)
    limit: int = 99
    parts: int = 1

    def scale(self, power: int, *, closing: bool) -> None:
        """Apply a scale word to what was read since the last."""
        self.powers.append(power)
        if closing:
            self.total += (self.section + self.current).scaleb(power)
            self.section = Decimal(0)
            self.limit = power
        else:
            self.section += self.current.scaleb(power)
        self.current = Decimal(0)

    @property
    def value(self) -> Decimal:
        """All that was read."""
        return self.total + self.section + self.current


def read_numeral(text: str, start: int, words: Vocabulary) -> Numeral | None:
    """The digits that begin here, all that hang together; None where there are none."""
    run = _RUN.match(text, start)
    if run is None:
        return None
    spaced = _SPACED.match(text, start)
    if spaced and spaced.end() > run.end():
        value, why = _value(spaced.group() if words.group == " " else spaced.group().replace(" ", ""), words)
        return Numeral(value, spaced.end(), why or ("" if words.group == " " else "spaces inside the number"))
    if category(text[run.end() : run.end() + 1] or " ") == "No":
        return Numeral(None, run.end(), "a fraction sign follows the number")
    value, why = _value(run.group(), words)
    return Numeral(value, run.end(), why or _other_reading(run.group(), words), decimals_unclear=not why)


def read_magnitude(text: str, start: int, words: Vocabulary) -> Magnitude | None:
    """The number that begins here, in digits or as a word, with its scale words."""
    spelled = _spelled(text, start, words)
    numeral = Numeral(Decimal(spelled.value), spelled.end) if spelled else read_numeral(text, start, words)
    if numeral is None:
        return None
    if numeral.value is None:
        return Magnitude(None, numeral.end, (numeral.why,))
    added = _Sum(current=numeral.value)
    first_scale = _scale_at(text, numeral.end, words, added)
    end = _add_up(text, numeral.end, words, added)
    settled = numeral.decimals_unclear and added.powers and text[numeral.end - 1] != "0"
    why = "" if settled else numeral.why
    return Magnitude(
        value=added.value,
        end=end,
        doubts=(why,) if why else (),
        scaled=bool(added.powers),
        factor=Decimal(1).scaleb(sum(added.powers)) if added.parts == 1 else Decimal(1),
        short_scale=first_scale is not None and _is_short(text, first_scale),
        spelled=spelled,
    )


def _spelled(text: str, start: int, words: Vocabulary) -> Hit[int] | None:
    """A number word, or two of them: twenty-five."""
    tens = words.number_words.at(text, start)
    if tens is None or tens.value not in _TENS or not text.startswith("-", tens.end):
        return tens
    ones = words.number_words.at(text, tens.end + 1)
    return Hit(tens.value + ones.value, start, ones.end) if ones and ones.value in _ONES else tens


def _value(written: str, words: Vocabulary) -> tuple[Decimal | None, str]:
    """The value by the language's own marks; by the other ones only with a doubt."""
    if sum(map(str.isdigit, written)) > MOST_DIGITS:
        return None, "too many digits for a figure"
    own = _by_marks(written, words.decimal, words.group)
    if own is None:
        other = _by_marks(written, *((",", ".") if words.decimal == "." else (".", ",")))
        return other, "written with the number marks of another language" if other is not None else "unclear digits"
    return own, ""


def _other_reading(written: str, words: Vocabulary) -> str:
    """350.000 is 350 in English, and may yet be meant as 350 thousand."""
    whole, mark, decimals = written.partition(words.decimal)
    if mark and len(decimals) == 3 and 0 < len(whole) <= 3 and whole != "0":
        return f"could be {whole}{decimals}, with the thousands marked as in other languages"
    return ""


def _by_marks(written: str, decimal: str, group: str) -> Decimal | None:
    whole, mark, decimals = written.partition(decimal)
    if mark and not decimals.isdigit():
        return None
    groups = whole.split(group)
    if len(groups) > 1 and not _are_groups(groups):
        return None
    digits = "".join(groups)
    return Decimal(f"{digits}.{decimals}" if mark else digits) if digits.isdigit() else None


def _are_groups(groups: list[str]) -> bool:
    """Thousands in threes, or as in India the last three digits and then twos: 12,34,567."""
    first, *inner, last = map(len, groups)
    threes = first <= 3 and all(length == 3 for length in inner)
    twos = first <= 2 and bool(inner) and all(length == 2 for length in inner)
    return last == 3 and first > 0 and groups[0][0] != "0" and (threes or twos)


def _add_up(text: str, end: int, words: Vocabulary, added: _Sum) -> int:
    """Read scale words and further numbers, each smaller than the last, and say where they end."""
    while True:
        while scale := _scale_at(text, end, words, added):
            added.scale(scale.value, closing=_closes(scale.value, words))
            end = _after_abbreviation(text, scale)
        tail = _next_part(text, end, words, added) if added.powers else None
        if tail is None or tail.value is None:
            return end
        added.current = tail.value
        added.parts += 1
        end = tail.end


def _next_part(text: str, end: int, words: Vocabulary, added: _Sum) -> Numeral | None:
    """The next number, if it goes on with this one: 3,450만 after 12억; closed up or before a unit, 5,000 after 3만."""
    begin = end + 1 if text.startswith(" ", end) else end
    numeral = read_numeral(text, begin, words)
    if numeral is None or numeral.value is None or numeral.why or added.current:
        return None
    power = added.powers[-1]
    if numeral.value >= Decimal(10) ** power:
        return None
    probe = _Sum(current=numeral.value, limit=added.limit)
    if scale := _scale_at(text, numeral.end, words, probe):
        goes_on = numeral.value.scaleb(scale.value) < Decimal(10) ** added.limit
        return numeral if (goes_on and scale.value < power) or _small_before_large(scale, power, words) else None
    return numeral if is_wide(text[end - 1]) and (begin == end or _unit_follows(text, numeral.end, words)) else None


def _small_before_large(scale: Hit[int], power: int, words: Vocabulary) -> bool:
    """5천5백만: the thousands and hundreds gather before the scale word that closes."""
    return not _closes(power, words) and not _closes(scale.value, words) and scale.value < power


def _unit_follows(text: str, end: int, words: Vocabulary) -> bool:
    begin = end + 1 if text.startswith(" ", end) else end
    if words.dates.year_after.at(text, begin):
        return False
    return bool(words.units.at(text, begin) or words.currency_names.at(text, begin))


def _scale_at(text: str, end: int, words: Vocabulary, added: _Sum) -> Hit[int] | None:
    gap = _GAP.match(text, end)
    begin = gap.end() if gap else end
    scale = words.scales.at(text, begin, loose=True)
    if scale is None or scale.value >= added.limit or (begin > end and _is_short(text, scale)):
        return None
    return scale if added.current or (added.section and _closes(scale.value, words)) else None


def _is_short(text: str, scale: Hit[int]) -> bool:
    """A single letter, such as m: it counts only right after the digits."""
    return is_narrow(text[scale.start]) and scale.end - scale.start <= _SHORT_WORD


def _closes(power: int, words: Vocabulary) -> bool:
    """Whether a scale word ends a section: million does, hundred does not; 만 does, 천 does not."""
    return power >= (4 if words.myriads else 3)


def _after_abbreviation(text: str, scale: Hit[int]) -> int:
    """The end of the word, with the stop of an abbreviation when a word goes on after it: Mio. Euro."""
    if scale.end - scale.start <= _ABBREVIATION and re.match(r"\. ?\w", text[scale.end : scale.end + 3]):
        return scale.end + 1
    return scale.end


@dataclass(frozen=True, slots=True)
class Kind:
    """What a number measures, where the words for it begin and end, and what is doubtful about that."""

    currency: str = ""
    unit: Unit | None = None
    percent: bool = False
    begin: int | None = None
    end: int = 0
    doubt: str = ""

    def __bool__(self) -> bool:
        return bool(self.currency or self.unit or self.percent)


def kind_around(line: Line, start: int, end: int, floor: int, words: Vocabulary, *, apart: bool = True) -> Kind:
    """What the words around a number say it measures; nothing before `floor` belongs to it."""
    behind = kind_after(line, end, words, apart=apart)
    ahead = currency_before(line, start, words)
    if ahead is None or ahead.start < floor or behind.percent:
        return behind
    return _money(line, ahead, words, begin=ahead.start)


def kind_after(line: Line, end: int, words: Vocabulary, *, apart: bool = True) -> Kind:
    """What the words behind a number say it measures; `apart`: the unit may stand a word or two away."""
    if hit := percent_after(line.text, end, words):
        return Kind(percent=True, end=hit.end, doubt="percentage points, perhaps" if hit.doubtful else "")
    money, unit = currency_after(line, end, words), unit_beside(line.text, end, words)
    if money and (unit is None or unit.end <= money.end):
        return _money(line, money, words, end=money.end)
    if counted := unit_after(line, end, words, apart=apart):
        return Kind(unit=counted.unit, end=counted.end, doubt=counted.doubt)
    return Kind()


def amount(
    line: Line, span: tuple[int, int], number: Decimal, kind: Kind, bound: Bound, doubts: Iterable[str] = ()
) -> Found:
    """The figure that a number of a kind makes; a number of nothing known is kept as `partial`."""
    value = Decimal(int(number)) if number == int(number) else number.normalize()
    quantity = _quantity(value, kind, bound)
    partial = "" if quantity else " ".join(filter(None, (str(bound), f"{value:f}")))
    why = tuple(doubts) if quantity else (*doubts, _what_is_missing(kind))
    return found(line, span, quantity, why, partial=partial)


def _money(line: Line, hit: Hit[str], words: Vocabulary, begin: int | None = None, end: int = 0) -> Kind:
    written = line.slice(hit.start, hit.end)
    doubt = f"'{written}' may be another currency" if hit.doubtful else ""
    if written == hit.value and written not in words.sure_codes:
        doubt = f"'{written}' may be another word in capitals"
    return Kind(currency=hit.value, begin=begin, end=end, doubt=doubt)


def _quantity(value: Decimal, kind: Kind, bound: Bound) -> Quantity | None:
    if kind.percent:
        return Percent(value, bound)
    if kind.currency:
        return Money(value, kind.currency, bound)
    if kind.unit and value == int(value):
        return Count(int(value) * kind.unit.factor, kind.unit.name, bound)
    return None


def _what_is_missing(kind: Kind) -> str:
    if kind.unit:
        return f"a count of {kind.unit.name} must be a whole number"
    return "a number without a unit: of what?"


_SPACES = re.compile(r"[ -]?")
_LABEL_GAP = re.compile(r"[ :#(.]{0,3}$")
_LONGEST_WORD, _WORDS_BETWEEN = 60, 2
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit of a number, where its word ends, and what speaks against it."""

    unit: Unit
    end: int
    doubt: str = ""


def currency_before(line: Line, start: int, words: Vocabulary) -> Hit[str] | None:
    """The sign or code right before the number; a name such as won is none, as it may be a verb."""
    hit = words.currency_codes.before(line.text, start) or words.currency_names.before(line.text, start)
    if hit is None:
        return None
    written = line.slice(hit.start, hit.end)
    is_cut = hit.start > 0 and is_narrow(line.text[hit.start - 1])  # the $ of S$
    return hit if written == written.upper() and not is_wide(written[0]) and not is_cut else None


def bound_before(text: str, start: int, words: Vocabulary) -> Hit[Bound] | None:
    """The word before the number that says how exact it is."""
    return words.bounds_before.before(text, start)


def bound_after(text: str, end: int, words: Vocabulary) -> Hit[Bound] | None:
    """The same behind it: closed up (만여) or after a space (or more)."""
    return words.bounds_after.at(text, end, loose=True) or words.bounds_after.behind(text, end)


def currency_after(line: Line, end: int, words: Vocabulary) -> Hit[str] | None:
    """The currency behind the number, by its code in capitals or its name."""
    begin = _begin(line.text, end, words)
    code = words.currency_codes.at(line.text, begin)
    if code and line.slice(code.start, code.end).isupper():
        return code
    return words.currency_names.at(line.text, begin)


def percent_after(text: str, end: int, words: Vocabulary) -> Hit[str] | None:
    """The sign or word for per cent."""
    return words.percent.behind(text, end)


def unit_beside(text: str, end: int, words: Vocabulary) -> Hit[Unit] | None:
    """The unit that stands right behind the number."""
    return _unit_at(text, _begin(text, end, words), words)


def unit_after(line: Line, end: int, words: Vocabulary, *, apart: bool) -> Counted | None:
    """The unit behind the number, or with a doubt one that is a word or two away, or the name of a people."""
    if hit := unit_beside(line.text, end, words):
        doubt = (
            f"'{line.slice(hit.start, hit.end)}' may be something else than {hit.value.name}" if hit.doubtful else ""
        )
        return Counted(hit.value, hit.end, doubt)
    begin = _begin(line.text, end, words)
    for _ in range(_WORDS_BETWEEN if apart else 0):
        word = _word_at(line.text, begin)
        if word is None:
            return None
        if people := _people(line, word, words):
            return people
        begin = word.end() + 1 if line.text.startswith(" ", word.end()) else word.end()
        if begin > word.end() and (hit := _unit_at(line.text, begin, words)):
            return Counted(hit.value, hit.end, "the unit stands apart from the number")
    return None


def has_label(text: str, start: int, words: Vocabulary) -> bool:
    """Whether a word such as article or page stands before the number."""
    gap = _LABEL_GAP.search(text, max(0, start - 3), start)
    return words.labels.before(text, gap.start() if gap else start) is not None


def joint_after(text: str, start: int, end: int, words: Vocabulary) -> int | None:
    """Where the second end of a range begins, if what stood from `start` to `end` is the first one."""
    begin = end + 1 if text.startswith(" ", end) else end
    hit = words.ranges.at(text, begin, loose=True)
    if hit is None and is_after_between(text, start, words):
        hit = words.ands.at(text, begin)
    if hit is None:
        return None
    return hit.end + 1 if text.startswith(" ", hit.end) else hit.end


def is_after_between(text: str, start: int, words: Vocabulary) -> bool:
    """Whether a word for between stands before, so that the next "and" makes a range."""
    return words.between.before(text, start) is not None


def _people(line: Line, word: re.Match[str], words: Vocabulary) -> Counted | None:
    """A word with a capital that ends as names of peoples do."""
    if line.is_capital(word.start()) and words.people_endings and word.group().endswith(words.people_endings):
        written = line.slice(word.start(), word.end())
        return Counted(Unit("people"), word.end(), f"'{written}' is taken for people of a country")
    return None


def _unit_at(text: str, begin: int, words: Vocabulary) -> Hit[Unit] | None:
    if hit := words.units.at(text, begin):
        return hit
    word = _word_at(text, begin)
    return None if word is None else _by_ending(text, word, words)


def _by_ending(text: str, word: re.Match[str], words: Vocabulary) -> Hit[Unit] | None:
    """Compounds: samenwerkingsdocumenten is a word for documents."""
    endings = words.unit_endings
    for length in endings.lengths:
        ending = text[max(word.start(), word.end() - length) : word.end()]
        if ending in endings.entries:
            return Hit(endings.entries[ending], word.start(), word.end(), ending in endings.doubtful)
    return None


def _word_at(text: str, begin: int) -> re.Match[str] | None:
    word = _WORD.match(text, begin, begin + _LONGEST_WORD)
    if word is None or (word.end() < len(text) and is_narrow(text[word.end()])):
        return None
    return word


def _begin(text: str, end: int, words: Vocabulary) -> int:
    """Past a space or hyphen, and a small word such as "of"."""
    gap = _SPACES.match(text, end)
    begin = gap.end() if gap else end
    link = words.links.at(text, begin) if begin > end else None
    return link.end + text.startswith(" ", link.end) if link else begin
