"""Reads facts and records of the format that this program knows; other formats are one clear finding."""

from typing import Any, TypeVar

from briefgen.model.book import KeyPath, locate
from briefgen.model.findings import Finding, Location
from briefgen.model.formats import FIRST, FORMAT
from briefgen.read.validate import read_as
from briefgen.read.yaml import YamlFile

T = TypeVar("T")
OTHER_FORMAT = "F005"


def read_current(kind: type[T], file: YamlFile) -> tuple[T | None, tuple[Finding, ...]]:
    """Return the file as a typed value, or None, and every reason why it is not one.

    Of a file in a newer format, or with what only an older one had, F005 is all that is found. A file without a number
    that says nothing in the old way is read as it is.
    """
    number = format_of(file)
    if number is not None and number > FORMAT:
        return None, (_other(file, number, "use a newer briefgen", f"this briefgen knows formats up to {FORMAT}"),)
    if number is not None and number < FORMAT and _is_old(file.value):
        return None, (_other(file, number, "run: briefgen migrate", f"this briefgen reads format {FORMAT}"),)
    return read_as(kind, file)


def _is_old(value: Any) -> bool:
    """Return whether facts or a record hold what format 2 has otherwise: bare figures, long names of parties."""
    try:
        figures = [figure for line in value.get("lines", ()) for figure in (line.get("figures") or {}).values()]
        names = [name for party in value.get("parties", {}).values() for name in party]
    except (AttributeError, TypeError):  # no shape of any format
        return False
    return any(isinstance(figure, str) for figure in figures) or not {"long_name", "code"}.isdisjoint(names)


def format_of(file: YamlFile) -> int | None:
    """Return the number of a file's format; 1 where it has none, None where what stands there is no number."""
    written = file.value.get("format", FIRST) if isinstance(file.value, dict) else FIRST
    return int(str(written)) if str(written).isdecimal() and len(str(written)) < 10 else None


def _other(file: YamlFile, number: int, hint: str, known: str) -> Finding:
    path: KeyPath = ("format",)
    location = locate(file.keys, path, file.locations.get((), Location("")))
    return Finding(location, OTHER_FORMAT, f"the file is of format {number}; {known}", hint=hint)
