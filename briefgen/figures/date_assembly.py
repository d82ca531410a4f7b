"""Puts the atoms of a date together: which number is the day, what one end of a range takes from the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefgen.figures.date_atoms import Atom, Kind
from briefgen.model.dates import Part, parse_date

_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One date, or one end of a range; what it does not say is None."""

    year: int | None = None
    half: int | None = None
    quarter: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part | None = None

    def notation(self) -> str | None:
        """The date as it is written in records, with a hyphen for an unknown year; None if it is no date."""
        if self.day is not None and self.month is None and self.year is None:
            return f"---{self.day:02}"
        notation = self._with_year(_LEAP_YEAR if self.year is None else self.year)
        if not _is_date(notation):
            return None
        return notation if self.year is not None else notation.replace(str(_LEAP_YEAR), "-", 1)

    def _with_year(self, year: int) -> str:
        unit = self.month or (self.quarter and self.quarter + 32) or (self.half and self.half + 39)
        units = [f"{unit:02}" if unit else "", f"{self.day:02}" if self.day else ""]
        return (f"{self.part} " if self.part else "") + "-".join([f"{year:04}", *filter(None, units)])


def assemble(atoms: Sequence[Atom]) -> str | None:
    """The date in the notation of the records (see `Side.notation`); None if the atoms make no date."""
    joints = [i for i, atom in enumerate(atoms) if atom.kind in (Kind.RANGE, Kind.AND)]
    if not joints:
        side = _side(atoms)
        return side.notation() if side and _stands_alone(side) else None
    at = joints[0]
    left, right = list(atoms[:at]), list(atoms[at + 1 :])
    if len(joints) > 1 or not left or not right:
        return None
    _lend_kinds(left, right)
    first, last = _side(left), _side(right)
    if first is None or last is None:
        return None
    if atoms[at].kind is Kind.AND and not _are_consecutive_days(first, last):
        return None
    return _interval(first, last)


def _stands_alone(side: Side) -> bool:
    """A half or quarter needs its year, and so does a part of a year."""
    return side.year is not None or side.month is not None or side.day is not None


def _lend_kinds(left: list[Atom], right: list[Atom]) -> None:
    """A bare number beside the range is of the kind that stands across it: 10–13 August, 1~3월, 2024–27."""
    _resolve(left)
    _resolve(right)
    if left[-1].kind is Kind.NUMBER and right[0].figure and right[0].kind is not Kind.NUMBER:
        left[-1] = replace(left[-1], kind=right[0].kind)
    if right[0].kind is Kind.NUMBER and left[-1].figure and left[-1].kind is not Kind.NUMBER:
        right[0] = (
            _short_year(left[-1], right[0]) if left[-1].kind is Kind.YEAR else replace(right[0], kind=left[-1].kind)
        )


def _short_year(full: Atom, short: Atom) -> Atom:
    """2024–27: only right after the dash, and later than the first."""
    value = full.value // 100 * 100 + short.value
    closed_up = short.start == full.end + 1
    return replace(short, kind=Kind.YEAR, value=value) if closed_up and value > full.value else short


def _resolve(atoms: list[Atom]) -> None:
    """A bare number beside a month is the day, unless the day is there."""
    for i, atom in enumerate(atoms):
        beside = [atoms[k].kind for k in (i - 1, i + 1) if 0 <= k < len(atoms)]
        if atom.kind is Kind.NUMBER and Kind.MONTH in beside and all(a.kind is not Kind.DAY for a in atoms):
            atoms[i] = replace(atom, kind=Kind.DAY)


def _side(atoms: Sequence[Atom]) -> Side | None:
    resolved = list(atoms)
    _resolve(resolved)
    said = {atom.kind: atom for atom in resolved}
    if len(said) < len(resolved) or Kind.NUMBER in said:
        return None
    values = {kind: atom.value for kind, atom in said.items()}
    return Side(
        year=values.get(Kind.YEAR),
        half=values.get(Kind.HALF),
        quarter=values.get(Kind.QUARTER),
        month=values.get(Kind.MONTH),
        day=values.get(Kind.DAY),
        part=said[Kind.PART].part if Kind.PART in said else None,
    )


def _are_consecutive_days(first: Side, last: Side) -> bool:
    """3. und 4. Mai: one month for both, named once."""
    one_month = (first.month is None) != (last.month is None)
    return bool(one_month and first.day and last.day == first.day + 1)


def _interval(first: Side, last: Side) -> str | None:
    """Each end takes from the other what it lacks; over a new year the lent year is one off."""
    if first.day is not None and first.month is None:
        first = replace(first, month=last.month)
    if last.day is not None and last.month is None:
        last = replace(last, month=first.month)
    if _precision(first) != _precision(last) and None in (first.year, last.year):
        return None
    if first.year is None and last.year is not None:
        first = replace(first, year=last.year - (_units(first) > _units(last)))
    elif last.year is None and first.year is not None:
        last = replace(last, year=first.year + (_units(last) < _units(first)))
    notation = f"{first.notation()}/{last.notation()}"
    if notation.startswith("---"):
        return notation if _units(first) < _units(last) else None
    return notation if _is_date(notation.replace("--", f"{_LEAP_YEAR}-")) else None


def _units(side: Side) -> tuple[int, int]:
    return side.month or 0, side.day or 0


def _precision(side: Side) -> tuple[bool, ...]:
    return tuple(unit is not None for unit in (side.half, side.quarter, side.month, side.day))


def _is_date(notation: str) -> bool:
    try:
        parse_date(notation)
    except ValueError:
        return False
    return True
