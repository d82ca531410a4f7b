"""What a number measures: money, a share, or a count of something."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from briefgen.figures.found import Found, found
from briefgen.figures.lexicon import Hit
from briefgen.figures.line import Line
from briefgen.figures.surroundings import currency_after, currency_before, percent_after, unit_after, unit_beside
from briefgen.figures.vocabulary import Unit, Vocabulary
from briefgen.model.quantities import Bound, Count, Money, Percent, Quantity


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
