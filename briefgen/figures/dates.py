"""Reads dates, periods and ranges of dates, also those that leave out the year."""

from collections.abc import Iterator, Sequence

from briefgen.figures.date_assembly import assemble
from briefgen.figures.date_atoms import Atom, Kind, read_atoms
from briefgen.figures.found import Found, found
from briefgen.figures.line import Line
from briefgen.figures.surroundings import currency_after, has_label, percent_after, unit_beside
from briefgen.figures.vocabulary import Vocabulary
from briefgen.model.dates import parse_date

_LONG_NAME = 4


def read_date(line: Line, start: int, words: Vocabulary) -> tuple[Found, ...] | None:
    """The date that begins here: as many of the atoms as make one."""
    atoms = read_atoms(line, start, words)
    for count in range(len(atoms), 0, -1):
        if count < len(atoms) and atoms[count].start < atoms[count - 1].end:
            continue  # one writing in figures is not cut
        notation = assemble(atoms[:count])
        if notation and not _measures(line, atoms[:count], words):
            return _found(line, atoms[:count], notation, words)
    return None


def _found(line: Line, atoms: Sequence[Atom], notation: str, words: Vocabulary) -> tuple[Found, ...] | None:
    span = (atoms[0].start, _with_stop(line.text, atoms))
    deadline = "/" not in notation and _is_deadline(line.text, span, words)
    doubts = tuple(_doubts(line, atoms, notation, deadline, words))
    if "--" in notation:
        return (found(line, span, None, doubts, partial=notation, deadline=deadline),)
    return (found(line, span, parse_date(notation), doubts, deadline=deadline),)


def _doubts(line: Line, atoms: Sequence[Atom], notation: str, deadline: bool, words: Vocabulary) -> Iterator[str]:
    yield from dict.fromkeys(atom.doubt for atom in atoms if atom.doubt)
    if notation.startswith("---"):
        yield "a day without month and year"
    elif "--" in notation:
        yield "a date without its year"
    if has_label(line.text, atoms[0].start, words):
        yield "a date, or the number of what is named before it"
    if [atom.kind for atom in atoms] == [Kind.YEAR] and not (deadline or _is_surely_year(line.text, atoms[0], words)):
        yield "a year, or a number or name that looks like one"


def _is_surely_year(text: str, year: Atom, words: Vocabulary) -> bool:
    return year.marked or words.dates.year_context.before(text, year.start) is not None


def _measures(line: Line, atoms: Sequence[Atom], words: Vocabulary) -> bool:
    """Whether the last number is rather an amount: 2025 documents, June 23 %; or a month's name alone too short."""
    last = atoms[-1]
    if len(atoms) == 1 and last.kind is Kind.MONTH and not last.figure and last.end - last.start < _LONG_NAME:
        return True
    if last.kind not in (Kind.NUMBER, Kind.YEAR) or last.marked:
        return False
    text, end = line.text, last.end
    scale = words.scales.at(text, end, loose=True) or words.scales.at(text, min(end + 1, len(text)), loose=True)
    return bool(
        scale or percent_after(text, end, words) or currency_after(line, end, words) or unit_beside(text, end, words)
    )


def _with_stop(text: str, atoms: Sequence[Atom]) -> int:
    """The end of the date, with the stop that its other end has too: 2025. 8. 10.~13."""
    end = atoms[-1].end
    return end + 1 if text.startswith(".", end) and "." in text[atoms[0].start : end] and _is_bare_end(atoms) else end


def _is_bare_end(atoms: Sequence[Atom]) -> bool:
    return len(atoms) > 1 and atoms[-1].kind is Kind.NUMBER and atoms[-2].kind is Kind.RANGE


def _is_deadline(text: str, span: tuple[int, int], words: Vocabulary) -> bool:
    before = words.dates.deadlines_before.before(text, span[0])
    return before is not None or words.dates.deadlines_after.behind(text, span[1]) is not None
