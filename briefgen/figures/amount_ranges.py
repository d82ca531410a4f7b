"""Reads the two ends of a range of amounts: 100–150 billion USD, 10 bis 15 Millionen Euro."""

from briefgen.figures.amounts import is_no_figure
from briefgen.figures.found import Found
from briefgen.figures.kinds import amount, kind_after, kind_around
from briefgen.figures.line import Line
from briefgen.figures.numerals import read_magnitude
from briefgen.figures.surroundings import joint_after
from briefgen.figures.vocabulary import Vocabulary
from briefgen.model.quantities import Bound

_DOUBT = ("one end of a range of amounts",)


def read_amount_range(line: Line, start: int, floor: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """Both ends, each a figure of its own and none sure, as no value holds two amounts; None where there is no range.

    The first end takes scale and unit of the second where it has none: "5 to 10 million" is read as 5 million.
    """
    first = read_magnitude(line.text, start, words)
    if first is None or first.value is None or kind_after(line, first.end, words):
        return None
    second_start = joint_after(line.text, start, first.end, words)
    second = read_magnitude(line.text, second_start, words) if second_start is not None else None
    if second_start is None or second is None or second.value is None:
        return None
    kind = kind_around(line, start, second.end, floor, words)
    if not kind or is_no_figure(line, start, first, kind, words):
        return None
    value = first.value if first.scaled else first.value * second.factor
    doubts = (*_DOUBT, *filter(None, (kind.doubt,)))
    end = max(kind.end, second.end)
    return (
        amount(
            line,
            (start if kind.begin is None else kind.begin, first.end),
            value,
            kind,
            Bound.EXACT,
            (*doubts, *first.doubts),
        ),
        amount(line, (second_start, end), second.value, kind, Bound.EXACT, (*doubts, *second.doubts)),
    )
