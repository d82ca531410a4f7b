"""Checks of templates/look.yaml: contrast, sections, page limits, texts, and classification markings."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from briefgen.localise.cldr import language_of
from briefgen.model.book import KeyPath
from briefgen.model.facts import STRICT
from briefgen.model.findings import Finding, Location, did_you_mean
from briefgen.model.look import (
    ALL_LANGUAGES,
    FOOTER,
    LINES,
    NEVER_LEFT_OUT,
    Colours,
    FirstPageRows,
    LookFile,
    Margins,
    luminance,
)
from briefgen.model.texts import marks_in

TABLE = "table."
"""Before the class of a table."""
TEXT, SHAPES = 4.5, 3.0
"""The contrast that WCAG 2.2 asks of text (1.4.3) and of shapes that carry a meaning (1.4.11), level AA."""
_TEXTS = ("ink", "muted", "accent", "link", "passed")
_SHAPES = ("strong_rule", "soon", "open", "progress", "done", "past")
_STEPS = 100


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted(luminance(*(part / 255 for part in _parts(colour))) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def needed(name: str) -> float:
    """Return the contrast with the paper that a colour needs for its use; 1 for decoration."""
    return TEXT if name in _TEXTS else SHAPES if name in _SHAPES else 1.0


def lightened(colour: str, paper: str, ratio: float) -> str:
    """Return the colour mixed with as little white as makes it legible on dark paper; white if nothing else is."""
    parts = _parts(colour)
    for step in range(_STEPS + 1):
        mixed = "#" + "".join(f"{round(part + (255 - part) * step / _STEPS):02x}" for part in parts)
        if contrast(mixed, paper) >= ratio:
            return mixed
    return "#ffffff"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_BETWEEN = re.compile(r"[/|·•,;:\n()\[\]{}<>«»「」『』【】〔〕《》]|(?<! ) +[-‐‑‒–—―] +")
"""What separates the markings of a line that has several: SECRET//NOFORN, SECRET – for ministers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markings:
    """The file that lists the classification markings of states."""

    __pydantic_config__: ClassVar = STRICT

    markings: Mapping[str, tuple[str, ...]]
    """By the state they belong to."""

    def folded(self) -> Mapping[str, str]:
        """Return the state of each marking, by the marking folded for comparison."""
        return {folded(each): owner for owner, words in self.markings.items() for each in words}


def folded(text: str) -> str:
    """Return the letters and digits alone, whatever the spaces, punctuation, width, case and composition."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def marking_in(text: str, known: Mapping[str, str]) -> str:
    """Return the part of a text that is, as a whole, a state's marking; empty if there is none.

    A sentence that only contains such a word is none: "Not an official document."
    """
    parts = (text, *_BETWEEN.split(unicodedata.normalize("NFKC", text)))
    return next((part.strip() for part in parts if folded(part) in known), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class LookSubject:
    """What templates/look.yaml says, the location of each key, and what it may say."""

    written: LookFile
    locations: Mapping[KeyPath, Location]
    """Of each value."""
    keys: Mapping[KeyPath, Location]
    """Of each key."""
    languages: tuple[str, ...]
    sections: frozenset[str]
    """That there are templates for."""
    documents: frozenset[str]
    """That there are templates for."""
    classes: frozenset[str]
    """Of everything in the templates, those of tables with TABLE before them too; empty where no width is given."""
    markings: Mapping[str, str]
    """The classification markings of states, folded for comparison, with the state."""

    def at(self, *path: str | int) -> Location:
        """Return the location of a value."""
        return self.locations.get(path, Location(""))

    def at_key(self, *path: str | int) -> Location:
        """Return the location of a key."""
        return self.keys.get(path, Location(""))


def faint_colours(subject: LookSubject) -> Iterator[Finding]:
    """K901: a colour has too little contrast with its paper."""
    for key, colours in (("colours", subject.written.colours), ("dark_colours", subject.written.dark_colours)):
        direction = "darker" if contrast(colours.paper, "#ffffff") < contrast(colours.paper, "#000000") else "lighter"
        faint = [
            (name, ratio, least)
            for name in (each.name for each in fields(Colours))
            if (ratio := contrast(getattr(colours, name), colours.paper)) < (least := needed(name))
        ]
        ground = subject.at(key, "paper")
        is_own = not ground.file.startswith("/")
        if others := [name for name, _, _ in faint if is_own and subject.at(key, name).file != ground.file]:
            message = f"on the paper {colours.paper} these stand out too little: {', '.join(others)}"
            opposite = "lighter" if key == "colours" else "darker"
            yield Finding(
                ground, "K901", message, hint=f"take a {opposite} paper, or write these colours {direction} too"
            )
        for name, ratio, least in faint:
            if name not in others:
                present = f"'{name}' has a contrast of {_ratio(ratio)} with the paper {colours.paper}"
                message = f"{present}; it needs {_ratio(least)}"
                yield Finding(subject.at(key, name), "K901", message, hint=f"take a {direction} colour")


def _ratio(ratio: float) -> str:
    """Return a ratio rounded down, so that 4.499 is not shown as sufficient."""
    return f"{int(ratio * 100) / 100:.2f}:1"


def wrong_sections(subject: LookSubject) -> Iterator[Finding]:
    """K903: a section has no file, is named twice, or is missing though the briefing needs it."""
    sections = subject.written.sections
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
    """K904: a page limit of a document that does not exist, or of less than one page; an annex or fields of nothing."""
    counted = {"earlier_years": "the annex cannot go back {} years", "field_rows": "a field cannot have {} rows"}
    for key, message in counted.items():
        if (number := getattr(subject.written, key)) < 1:
            yield Finding(subject.at(key), "K904", message.format(number), hint="write 1 or more")
    for name, pages in subject.written.page_limits.items():
        if name not in subject.documents:
            location, hint = subject.at_key("page_limits", name), did_you_mean(name, subject.documents)
            yield Finding(location, "K904", f"there is no document '{name}'", hint=hint)
        elif pages < 1:
            location = subject.at("page_limits", name)
            yield Finding(location, "K904", f"'{name}' cannot have {pages} pages", hint="write 1 or more")


def wrong_measures(subject: LookSubject) -> Iterator[Finding]:
    """K915: a margin, a width, a number of rows or a watermark is too small or too large."""
    written = subject.written
    for path, number, least, most in _measures(written):
        if not least <= number <= most:
            message, hint = f"'{path[-1]}' cannot be {number}", f"write a number from {least} to {most}"
            yield Finding(subject.at(*path), "K915", message, hint=hint)
    for table, columns in written.column_widths.items():
        if (total := sum(columns.values())) > _MOST_WIDTH:
            message = f"the columns of '{table}' take {total} % of its width, which leaves nothing for the others"
            hint = f"write shares of {_MOST_WIDTH} or less together"
            yield Finding(subject.at_key("column_widths", table), "K915", message, hint=hint)
    for code, text in written.watermark.items():
        widest = max(sum(2 if sign > "\u2e7f" else 1 for sign in word) for word in text.split() or [""])
        if len(text) > 48 or widest > 16:
            message, hint = "the watermark is too long for a page", "write a few short words, such as 'Draft'"
            yield Finding(subject.at("watermark", code), "K915", message, hint=hint)


_MOST_WIDTH = 90
"""Of a table, in percent."""
_HEAD, _SIDE, _WIDEST = 12, 8, 50
"""Of margins, in millimetres: the least at the top and bottom, where the running head and foot stand; at the sides."""
_MOST_ROWS, _MOST_FIGURES = 20, 6


def _measures(written: LookFile) -> Iterator[tuple[tuple[str, ...], int, int, int]]:
    """Yield each measure with its path, and the least and the most that it may be."""
    margins, rows = written.paper.margins, written.first_page_rows
    for side in (each.name for each in fields(Margins)):
        least = _HEAD if side in ("top", "bottom") else _SIDE
        yield ("paper", "margins", side), getattr(margins, side), least, _WIDEST
    for zone in (each.name for each in fields(FirstPageRows)):
        most = _MOST_FIGURES if zone == "figures" else _MOST_ROWS
        yield ("first_page_rows", zone), getattr(rows, zone), 0 if zone == "officeholders" else 1, most
    for table, columns in written.column_widths.items():
        for column, percent in columns.items():
            yield ("column_widths", table, column), percent, 1, _MOST_WIDTH


def wrong_names(subject: LookSubject) -> Iterator[Finding]:
    """K916: a table, a column or an entry of the footer is not known, or the footer lacks what it must have."""
    tables = {each.removeprefix(TABLE) for each in subject.classes if each.startswith(TABLE)}
    others = {each for each in subject.classes if not each.startswith(TABLE)}
    for table, columns in subject.written.column_widths.items():
        for path in ((table,), *((table, column) for column in columns)):
            what, known = ("table", tables) if len(path) == 1 else ("column", others)
            if path[-1] not in known:
                hint = did_you_mean(path[-1], known) or "write the class that it has in the template"
                location = subject.at_key("column_widths", *path)
                yield Finding(location, "K916", f"no template has a {what} of the class '{path[-1]}'", hint=hint)
    footer = subject.written.footer
    for number, name in enumerate(footer):
        if name not in FOOTER or name in footer[:number]:
            message = f"'{name}' stands here twice" if name in FOOTER else f"the footer has no '{name}'"
            hint = "keep one of them" if name in FOOTER else did_you_mean(name, FOOTER)
            yield Finding(subject.at("footer", number), "K916", message, hint=hint)
    if "disclaimer" not in footer and {*footer} <= {*FOOTER}:
        message = "'disclaimer' may not be left out: it says that the briefing is no official document"
        yield Finding(subject.at_key("footer"), "K916", message, hint="add a line '- disclaimer'")


def marks_that_would_be_printed(subject: LookSubject) -> Iterator[Finding]:
    """F004: a text has marks of another format, such as <b>, which would be printed; or is too long for a line."""
    for path, texts in _texts(subject.written):
        for code, text in texts.items():
            if marks := sorted(marks_in(text)):
                message = f"'{path[-1]}' has {', '.join(marks)}, which would be printed as it stands"
                yield Finding(subject.at(*path, code), "F004", message, hint="write plain text")
            if path[0] in FOOTER and len(text) > _LONGEST_LINE:
                message = f"'{path[-1]}' has {len(text)} signs, more than the foot of a page has room for"
                yield Finding(subject.at(*path, code), "F004", message, hint=f"write {_LONGEST_LINE} or less")


_LONGEST_LINE = 300
"""Signs of a text in the foot of each page, which has others too."""


def languages_by_country(subject: LookSubject) -> Iterator[Finding]:
    """K906: a font, or the side that comes first, is of a country in place of its language: kr, vn."""
    for key in ("fonts", "reader"):
        for code in getattr(subject.written, key):
            if code not in subject.languages and (meant := language_of(code)) != code and meant in subject.languages:
                hint = f"did you mean '{meant}' by '{code}'?"
                yield Finding(subject.at_key(key, code), "K906", f"'{code}' is none of the languages here", hint=hint)


def missing_languages(subject: LookSubject) -> Iterator[Finding]:
    """K906: one language has a line that another lacks."""
    for path, texts in _texts(subject.written):
        missing = [code for code in subject.languages if not texts.get(code)]
        if texts and missing and not (path == ("watermark",) and texts.get(ALL_LANGUAGES)):
            message = f"'{'.'.join(path)}' has no text in: {', '.join(missing)}"
            hint = f"add a line '{missing[0]}: ...' below it"
            countries = [code for code in texts if code not in subject.languages and language_of(code) in missing]
            if countries:
                hint = "; ".join(f"did you mean '{language_of(code)}' by '{code}'?" for code in countries)
            yield Finding(subject.at_key(*path), "K906", message, hint=hint)


def state_markings(subject: LookSubject) -> Iterator[Finding]:
    """K907: a text is a state's classification marking."""
    texts = ((subject.at(*path, code), text) for path, each in _texts(subject.written) for code, text in each.items())
    return markings_in(texts, subject.markings)


def markings_in(texts: Iterable[tuple[Location, str]], known: Mapping[str, str]) -> Iterator[Finding]:
    """K907 in other texts: labels of the catalogs, and what the workspace's own templates print."""
    hint = "write how the paper is to be handled in your own words, such as 'For internal use'; there is no override"
    for location, text in texts:
        if marking := marking_in(text, known):
            why = "a paper made from public sources must not carry it"
            yield Finding(location, "K907", f"'{marking}' is a state's classification marking; {why}", hint=hint)


def unknown_ids(
    named: Iterable[tuple[KeyPath, str]], locations: Mapping[KeyPath, Location], known: Iterable[str], what: str
) -> Iterator[Finding]:
    """K912: the side that comes first, or a field that does, is a party or a theme of no partnership here."""
    ids = tuple(dict.fromkeys(known))
    for path, id in named:
        if id not in ids:
            message = f"'{id}' is a {what} of no partnership here"
            yield Finding(locations.get(path, Location("")), "K912", message, hint=did_you_mean(id, ids))


def _texts(written: LookFile) -> Iterator[tuple[tuple[str, ...], Mapping[str, str]]]:
    for name in LINES:
        yield (name,), getattr(written, name)
    if written.logo:
        yield ("logo", "text"), written.logo.text
