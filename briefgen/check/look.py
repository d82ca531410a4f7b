"""Checks of templates/look.yaml: contrast, sections, page limits, texts, and markings that no paper may carry."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from briefgen.model.book import KeyPath
from briefgen.model.facts import STRICT
from briefgen.model.findings import Finding, Location, did_you_mean
from briefgen.model.look import NEVER_LEFT_OUT, Colours, LookFile

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


_HINT = "write how the paper is to be handled in your own words, such as 'For internal use'; there is no override"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookSubject:
    """What templates/look.yaml says, where, and what it may say."""

    said: LookFile
    locations: Mapping[KeyPath, Location]
    """Of each value."""
    keys: Mapping[KeyPath, Location]
    """Of each key."""
    languages: tuple[str, ...]
    sections: frozenset[str]
    """That there are templates for."""
    documents: frozenset[str]
    """That there are templates for."""
    markings: Mapping[str, str]
    """The classification markings of states as they are compared, with whose they are."""

    def at(self, *path: str | int) -> Location:
        """Where a value stands."""
        return self.locations.get(path, Location(""))

    def at_key(self, *path: str | int) -> Location:
        """Where a key stands."""
        return self.keys.get(path, Location(""))


def faint_colours(subject: LookSubject) -> Iterator[Finding]:
    """K901: a colour has too little contrast with its paper."""
    for key, colours in (("colours", subject.said.colours), ("dark_colours", subject.said.dark_colours)):
        direction = "darker" if key == "colours" else "lighter"
        for name, ratio, least in too_faint(colours):
            message = (
                f"'{name}' has a contrast of {_ratio(ratio)} with the paper {colours.paper}; it needs {_ratio(least)}"
            )
            yield Finding(subject.at(key, name), "K901", message, hint=f"take a {direction} colour")


def _ratio(ratio: float) -> str:
    """Rounded down, so that 4.499 never reads as enough."""
    return f"{int(ratio * 100) / 100:.2f}:1"


def wrong_sections(subject: LookSubject) -> Iterator[Finding]:
    """K903: a section has no file, stands there twice, or is missing though nobody could trust the rest without it."""
    sections = subject.said.sections
    for number, name in enumerate(sections):
        if name not in subject.sections:
            message, hint = f"there is no section '{name}'", did_you_mean(name, subject.sections)
            yield Finding(subject.at("sections", number), "K903", message, hint=hint)
        elif name in sections[:number]:
            message = f"the section '{name}' stands here twice"
            yield Finding(subject.at("sections", number), "K903", message, hint="keep one of them")
    for name in NEVER_LEFT_OUT:
        if name not in sections:
            message = f"the section '{name}' may not be left out: readers could not trust the rest without it"
            yield Finding(subject.at_key("sections"), "K903", message, hint=f"add a line '- {name}'")


def wrong_page_limits(subject: LookSubject) -> Iterator[Finding]:
    """K904: a page limit of a document that does not exist, or of less than one page."""
    for name, pages in subject.said.page_limits.items():
        if name not in subject.documents:
            hint = did_you_mean(name, subject.documents)
            location = subject.at_key("page_limits", name)
            yield Finding(location, "K904", f"there is no document '{name}'", hint=hint)
        elif pages < 1:
            location = subject.at("page_limits", name)
            yield Finding(location, "K904", f"'{name}' cannot have {pages} pages", hint="write 1 or more")


def missing_languages(subject: LookSubject) -> Iterator[Finding]:
    """K906: a line that one language has and another lacks; what is left out is left out in all of them."""
    for path, texts in _texts(subject.said):
        missing = [code for code in subject.languages if not texts.get(code)]
        if texts and missing:
            message = f"'{'.'.join(path)}' has no text in: {', '.join(missing)}"
            yield Finding(subject.at_key(*path), "K906", message, hint=f"add a line '{missing[0]}: ...' below it")


def state_markings(subject: LookSubject) -> Iterator[Finding]:
    """K907: a text is a state's classification marking."""
    texts = ((subject.at(*path, code), text) for path, each in _texts(subject.said) for code, text in each.items())
    return markings_in(texts, subject.markings)


def markings_in(texts: Iterable[tuple[Location, str]], known: Mapping[str, str]) -> Iterator[Finding]:
    """K907 in whatever is printed: labels of the catalogs, and what the workspace's own templates say."""
    for location, text in texts:
        if marking := marking_in(text, known):
            message = (
                f"'{marking}' is a state's classification marking; a paper made from public sources must not carry it"
            )
            yield Finding(location, "K907", message, hint=_HINT)


def unknown_readers(
    reader: Mapping[str, str], locations: Mapping[KeyPath, Location], parties: Iterable[str]
) -> Iterator[Finding]:
    """K912: the side that comes first is a party of no partnership of the workspace."""
    known = tuple(dict.fromkeys(parties))
    for code, party in reader.items():
        if party not in known:
            location = locations.get(("reader", code), Location(""))
            hint = did_you_mean(party, known)
            yield Finding(location, "K912", f"'{party}' is a party of no partnership here", hint=hint)


def _texts(said: LookFile) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    yield ("handling",), said.handling
    yield ("prepared_by",), said.prepared_by
    yield ("contact",), said.contact
    yield ("distribution",), said.distribution
    if said.logo:
        yield ("logo", "text"), said.logo.text
