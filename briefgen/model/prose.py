"""Texts with {placeholders}: the names they use, and the pieces between them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Field:
    """A placeholder: `{goal}`, `{by:deadline}`, or in a language with particles `{host:이/가}`."""

    name: str
    styles: tuple[str, ...] = ()


def pieces(text: str) -> Iterator[str | Field]:
    """The text cut at its placeholders; `{{` and `}}` are not used."""
    for number, part in enumerate(_FIELD.split(text)):
        if number % 2:
            name, _, styles = part.partition(":")
            yield Field(name.strip(), tuple(filter(None, (style.strip() for style in styles.split(",")))))
        elif part:
            yield part


def placeholders(text: str) -> tuple[str, ...]:
    """The names of the placeholders, each once, in order."""
    return tuple(dict.fromkeys(piece.name for piece in pieces(text) if isinstance(piece, Field)))


def without_placeholders(text: str) -> str:
    """The text with a space for each placeholder."""
    return _FIELD.sub(" ", text)
