"""Patterns of a language's file and the {fields} in them: filled, checked, and the nearest word for a wrong one."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from rapidfuzz import process

from briefgen.model.notation import Notation

NO_BREAK = "\u00a0"
NO_BREAK_MARK = "⍽"  # how a language's file shows a no-break space, which nobody can see
_FIELD = re.compile(r"\{([^{}]*)\}")
_DOUBLE_NO_BREAK = re.compile(rf"{NO_BREAK}[ {NO_BREAK}]+| +{NO_BREAK}")
_RANGE_SIDE = re.compile(r"(?:from|to) ")
_OWN_DATE_FIELDS = ("date", "start", "end", "month", "quarter")
_CLDR_DATE = re.compile(r"full|long|medium|short|(?:[yMLdEQq]|[^A-Za-z])+")


def fill(pattern: str, **values: str) -> str:
    """The pattern with each {field} replaced; ValueError for a field that has no value."""
    return fill_with(pattern, lambda field: _value(field, values))


def fill_with(pattern: str, resolve: Callable[[str], str]) -> str:
    """The pattern with each {field} replaced by what `resolve` says of it."""
    shown = pattern.replace(NO_BREAK_MARK, NO_BREAK)
    return _FIELD.sub(lambda match: resolve(match[1]), shown)


def fields_of(pattern: str) -> tuple[str, ...]:
    """The fields a pattern has, in order."""
    return tuple(_FIELD.findall(pattern))


def tidy(text: str) -> str:
    """The finished string: composed (NFC), and one no-break space where two met."""
    return unicodedata.normalize("NFC", _DOUBLE_NO_BREAK.sub(NO_BREAK, text))


def nearest(word: str, words: Iterable[str]) -> str:
    """The word most like a mistyped one, as a hint: `; did you mean 'table'?`; empty where nothing is like it."""
    found = process.extractOne(word, list(words), score_cutoff=50)
    return f"; did you mean '{found[0]}'?" if found else ""


def phrase(*fields: str) -> Notation:
    """A pattern that can have these fields and no others; refused where it is read, so that the line is known."""
    example = "".join(f"{{{field}}}" for field in fields)

    def parse(pattern: str) -> str:
        _check(pattern, lambda field: field in fields, _listed(fields))
        return pattern

    return Notation(parse, f"a phrase with {_listed(fields)}" if fields else "a phrase", example)


def date_phrase() -> Notation:
    """A date pattern, whose fields are our own few words or CLDR date patterns (Unicode TR 35)."""

    def parse(pattern: str) -> str:
        _check(pattern, _is_date_field, f"CLDR date patterns such as {{d MMMM y}}, and {_listed(_OWN_DATE_FIELDS)}")
        return pattern

    return Notation(parse, "a phrase with date fields", "{d MMMM y}")


def _is_date_field(field: str) -> bool:
    plain = _RANGE_SIDE.sub("", field, count=1)
    return plain in _OWN_DATE_FIELDS or bool(plain and _CLDR_DATE.fullmatch(plain))


def _check(pattern: str, allowed: Callable[[str], bool], form: str) -> None:
    if set(_FIELD.sub("", pattern)) & {"{", "}"}:
        raise ValueError(f"'{pattern}' has a brace without its partner")
    for field in fields_of(pattern):
        if not allowed(field):
            raise ValueError(f"'{pattern}' has a field {{{field}}}; it can have {form or 'none'}")


def _listed(fields: Iterable[str]) -> str:
    return ", ".join(f"{{{field}}}" for field in fields)


def _value(field: str, values: dict[str, str]) -> str:
    if field not in values:
        raise ValueError(f"a pattern has a field {{{field}}}; it can have {_listed(values)}")
    return values[field]
