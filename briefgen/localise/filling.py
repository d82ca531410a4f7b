"""Patterns of a language's file and the {fields} in them: filled, checked, and the nearest word for a wrong one."""

import re
import unicodedata
from collections.abc import Callable, Iterable

from briefgen import findings
from briefgen.model.notation import Notation

NO_BREAK = "\u00a0"
NO_BREAK_MARK = "⍽"  # how a language's file shows a no-break space, which nobody can see
_FIELD = re.compile(r"\{([^{}]*)\}")
_DOUBLE_NO_BREAK = re.compile(rf"{NO_BREAK}[ {NO_BREAK}]+| +{NO_BREAK}")
_CLDR_DATE = re.compile(r"full|long|medium|short|(?:[yMLdEQq]|[^A-Za-z])+")


def fill(pattern: str, **values: str) -> str:
    """The pattern with each {field} replaced; ValueError for a field that has no value."""
    return fill_with(pattern, lambda field: _value(field, values))


def fill_with(pattern: str, resolve: Callable[[str], str]) -> str:
    """The pattern with each {field} replaced by what `resolve` says of it."""
    return _FIELD.sub(lambda match: resolve(match[1]), pattern)


def fields_of(pattern: str) -> tuple[str, ...]:
    """The fields a pattern has, in order."""
    return tuple(_FIELD.findall(pattern))


def tidy(text: str) -> str:
    """The finished string: composed (NFC), and one no-break space where two met."""
    return unicodedata.normalize("NFC", _DOUBLE_NO_BREAK.sub(NO_BREAK, text))


def nearest(word: str, words: Iterable[str]) -> str:
    """The word most like a mistyped one, as the end of a sentence: `; did you mean 'table'?`; or all, where few."""
    hint = findings.did_you_mean(word, words)
    return f"; {hint}" if hint else ""


def phrase(*fields: str) -> Notation:
    """A pattern that can have these fields and no others; refused where it is read, so that the line is known."""
    example = "".join(f"{{{field}}}" for field in fields)

    def parse(pattern: str) -> str:
        _check(pattern, lambda field: field in fields, _listed(fields))
        return pattern.replace(NO_BREAK_MARK, NO_BREAK)

    return Notation(parse, f"a phrase with {_listed(fields)}" if fields else "a phrase", example)


def period_phrase() -> Notation:
    """A pattern of a date: {date}, {month}, {quarter} or CLDR date patterns (Unicode TR 35)."""
    own = ("date", "month", "quarter")

    def parse(pattern: str) -> str:
        _check(pattern, lambda field: field in own or _is_cldr(field), f"CLDR's, as {{d MMMM y}}, and {_listed(own)}")
        return pattern.replace(NO_BREAK_MARK, NO_BREAK)

    return Notation(parse, "a phrase with date fields", "{d MMMM y}")


def range_phrase() -> Notation:
    """A pattern of a range: {start}, {end}, or {from ...} and {to ...} with what a date can have."""

    def parse(pattern: str) -> str:
        _check(pattern, _is_range_field, "{start}, {end}, {from ...} and {to ...}, as {from d}–{to d MMMM y}")
        return pattern.replace(NO_BREAK_MARK, NO_BREAK)

    return Notation(parse, "a phrase with the two sides of a range", "{from d}–{to d MMMM y}")


def _is_range_field(field: str) -> bool:
    side, _, plain = field.partition(" ")
    return field in ("start", "end") or (side in ("from", "to") and (plain in ("month", "quarter") or _is_cldr(plain)))


def _is_cldr(field: str) -> bool:
    return bool(_CLDR_DATE.fullmatch(field)) and not field.isspace()


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
