"""Classification markings of states, which no paper made from public sources may carry."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from briefgen.model.facts import STRICT
from briefgen.model.look import Colours

TEXT, SHAPES = 4.5, 3.0
"""The contrast that WCAG 2.2 asks of text (1.4.3) and of shapes that carry a meaning (1.4.11), level AA."""
_TEXTS = ("ink", "muted", "accent", "link", "passed")
_SHAPES = ("strong_rule", "soon", "open", "progress", "done", "past")
_STEPS = 100


def contrast(one: str, other: str) -> float:
    """The ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def needed(name: str) -> float:
    """The contrast with the paper that a colour needs for what it is used for; 1 for mere decoration."""
    return TEXT if name in _TEXTS else SHAPES if name in _SHAPES else 1.0


def too_faint(colours: Colours) -> Iterator[tuple[str, float, float]]:
    """Colours that cannot be read on their paper: the name, the ratio, and the ratio that is needed."""
    for name in (each.name for each in fields(Colours)):
        ratio = contrast(getattr(colours, name), colours.paper)
        if ratio < needed(name):
            yield name, ratio, needed(name)


def lightened(colour: str, paper: str, ratio: float) -> str:
    """The colour, mixed with as little white as it takes to be read on a dark ground; white where nothing else is."""
    parts = _parts(colour)
    for step in range(_STEPS + 1):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / _STEPS):02x}" for part in parts)
        if contrast(mixed, paper) >= ratio:
            return mixed
    return "#ffffff"


def _luminance(colour: str) -> float:
    """Relative luminance, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_BETWEEN = re.compile(r"[/|·•,;:\n()\[\]{}<>«»「」『』【】〔〕《》]| +[-‐‑‒–—―] +")
"""What parts a line that carries several markings: SECRET//NOFORN, SECRET – for ministers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markings:
    """The file that lists them."""

    __pydantic_config__: ClassVar = STRICT

    markings: Mapping[str, tuple[str, ...]]
    """By whose they are."""

    def folded(self) -> Mapping[str, str]:
        """Each marking as it is compared, and whose it is."""
        return {folded(each): owner for owner, words in self.markings.items() for each in words}


def folded(text: str) -> str:
    """Letters and digits alone: what spaces, hyphens, brackets, dots, width, case and composition leave alike."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def marking_in(text: str, known: Mapping[str, str]) -> str:
    """The part of a text that is, as a whole, a state's marking; empty where there is none.

    A sentence that merely uses such a word is none: "Not an official document of either government."
    """
    parts = (text, *_BETWEEN.split(unicodedata.normalize("NFKC", text)))
    return next((part.strip() for part in parts if folded(part) in known), "")
