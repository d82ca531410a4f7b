"""Reads the two ends of a range of amounts: 100–150 billion USD, 10 bis 15 Millionen Euro."""

from briefgen.figures.amounts import is_no_figure
from briefgen.figures.found import Found
from briefgen.figures.kinds import amount, kind_after, kind_around
from briefgen.figures.line import Line
from briefgen.figures.numerals import read_magnitude
from briefgen.figures.surroundings import currency_before, joint_after
from briefgen.figures.vocabulary import Vocabulary
from briefgen.model.quantities import Bound


def read_amount_range(line: Line, start: int, floor: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """Both ends, each a figure of its own and none sure, as no value holds two amounts; None where there is no range.

    The first end takes scale and unit of the second where it has none: "5 to 10 million" is read as 5 million.
    """
    first = read_magnitude(line.text, start, words)
    if first is None or first.value is None or kind_after(line, first.end, words):
        return None
    ahead = currency_before(line, start, words)
    begin = ahead.start if ahead and ahead.start >= floor else start
    joint = joint_after(line.text, begin, first.end, words)
    second = None if joint is None else read_magnitude(line.text, _past_currency(line.text, joint, words), words)
    if joint is None or second is None or second.value is None:
        return None
    kind = kind_around(line, start, second.end, floor, words)
    if not kind or is_no_figure(line, start, first, kind, words):
        return None
    doubts = ("one end of a range of amounts", *filter(None, (kind.doubt,)), *first.doubts, *second.doubts)
    value = first.value if first.scaled else first.value * second.factor
    spans = (begin, first.end), (joint, max(kind.end, second.end))
    return (
        amount(line, spans[0], value, kind, Bound.EXACT, doubts),
        amount(line, spans[1], second.value, kind, Bound.EXACT, doubts),
    )


def _past_currency(text: str, begin: int, words: Vocabulary) -> int:
    """The second end may repeat the sign: US$1.2 to US$1.5 billion."""
    sign = words.currency_codes.at(text, begin) or words.currency_names.at(text, begin)
    return sign.end + text.startswith(" ", sign.end) if sign else begin
