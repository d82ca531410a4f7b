"""What reading a line yields: a figure, the very slice it was read from, and whether it is sure."""

from dataclasses import dataclass

from briefgen.figures.line import Line
from briefgen.model.quantities import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure of a line; `line[start:end]` is `text`.

    Where `sure` is false, `why` says what a person has to decide. `partial` is what was understood where that is no
    whole quantity: a number without a unit (`more than 350000`), a date without its year (`--02-09/--02-11`).
    """

    quantity: Quantity | None
    text: str
    start: int
    end: int
    sure: bool
    why: str = ""
    partial: str = ""
    deadline: bool = False
    """Whether the line says "by" before a date, or the like after it."""


@dataclass(frozen=True, slots=True)
class Skip:
    """What is no figure, and where reading goes on."""

    end: int


Reading = tuple[Found, ...] | Skip


def found(
    line: Line,
    span: tuple[int, int],
    quantity: Quantity | None,
    doubts: tuple[str, ...] = (),
    *,
    partial: str = "",
    deadline: bool = False,
) -> Found:
    """A figure at a span of the folded line; it is sure if nothing speaks against it."""
    start, end = span
    return Found(
        quantity=quantity,
        text=line.slice(start, end),
        start=line.origin[start],
        end=line.origin[end],
        sure=not doubts,
        why="; ".join(dict.fromkeys(doubts)),
        partial=partial,
        deadline=deadline,
    )
