"""The schema of `templates/look.yaml`, and the checked look that templates get."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Annotated

from briefgen.model.facts import FileSchema
from briefgen.model.texts import Notation, Text

NEVER_LEFT_OUT = ("open-questions", "sources", "colophon")
"""Sections of the full briefing without which a reader could not trust the rest."""
BRIEF, TALKS, SUMMITS, TARGETS = "relationship", "last-talks", "summits", "targets"
"""The sections of the relationship in brief, last talks, summits and targets: what stands there is not said again."""


def parse_colour(text: str) -> str:
    """Return a colour of six hexadecimal digits in small letters; ValueError says what was expected."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        form = f'# and six digits or letters from a to f, in quotes: "{_meant(text) or "#12436d"}"'
        raise ValueError(f"'{text}' is no colour; colours are {form}")
    return text.lower()


def _meant(text: str) -> str:
    """Return the colour that is written in another form, as other programs have it; empty where it is in none."""
    if parts := re.fullmatch(r"rgba?\s*\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\b[^)]*\)", text.lower()):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in parts.groups())
    digits = re.fullmatch(r"(?:#|0x)?([0-9a-f]{3}|[0-9a-f]{6})(?:[0-9a-f]{2})?", text.lower())
    return "#" + (digits[1] if len(digits[1]) == 6 else "".join(each * 2 for each in digits[1])) if digits else ""


def luminance(*colour: float) -> float:
    """Return how bright a colour is from its red, green and blue, all from 0 to 1 (WCAG 2.2, relative luminance)."""
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in colour)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


LINES = ("handling", "prepared_by", "contact", "distribution", "footer_text", "watermark")
"""The keys of texts that each language has, or none."""
FOOTER = ("kind", "edition", "disclaimer", "prepared_by", "contact", "distribution", "footer_text")
"""What the foot of each page may have, in the order that it has unless look.yaml says otherwise."""
ALL_LANGUAGES = "default"
"""In place of a language's code: for every language that is not named."""
EARLIER_YEARS = 4
"""How far before the last meeting of leaders the annex of further statements goes on paper, unless look.yaml says."""
FIELD_ROWS = 10
"""How many statements a field of the body has at most, unless look.yaml says."""
TALKS_TIMES = 3
"""The last talks have up to so many times as many statements as a field."""


@dataclass(frozen=True, slots=True)
class LocalTime:
    """Day, hour and minute in a time zone."""

    day: date
    hour: int
    minute: int
    zone: str


EMBARGO_FORM = "2026-11-25 09:00 Asia/Seoul"
_LOCAL_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d?):(\d\d) +([A-Za-z][\w+\-/]*)")


def parse_local_time(text: str) -> LocalTime:
    """Read day, hour and zone; ValueError says what was expected. Whether the zone exists is not checked here."""
    match = _LOCAL_TIME.fullmatch(text)
    try:
        if match and int(match[2]) < 24 and int(match[3]) < 60:
            return LocalTime(date.fromisoformat(match[1]), int(match[2]), int(match[3]), match[4])
    except ValueError:
        pass
    raise ValueError(f"'{text}' is no day, hour and time zone; write them like {EMBARGO_FORM}")


Colour = Annotated[str, Notation(parse_colour, "A colour: # and six hexadecimal digits, in quotes.", "#12436d")]
Hour = Annotated[LocalTime, Notation(parse_local_time, "Day, hour and time zone.", EMBARGO_FORM)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours(FileSchema):
    """The colours by purpose; style sheets use these names."""

    ink: Colour
    """Text."""
    muted: Colour
    """Text of less weight: remarks, table heads."""
    accent: Colour
    """Headings, bars, rules."""
    link: Colour
    """Links, on screen."""
    strong_rule: Colour
    """Rules that carry a meaning."""
    hairline: Colour
    """Rules that only guide the eye."""
    wash: Colour
    """The ground behind what is pointed at."""
    band: Colour
    """The light part of a bar."""
    paper: Colour
    """The ground of the page."""
    passed: Colour
    """Status: the deadline has passed, overdue, not met; also text of notices."""
    soon: Colour
    """Status: due soon."""
    open: Colour
    """Status: open."""
    progress: Colour
    """Status: in progress."""
    done: Colour
    """Status: fulfilled."""
    past: Colour
    """Status: superseded, withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogoFile(FileSchema):
    """A picture for the top of the first page."""

    file: str
    """An SVG or PNG file in templates/, such as logo.svg."""
    text: Mapping[str, Text]
    """Its description for readers who cannot see it, in each language."""
    height_mm: int = 12
    """Its height in millimetres, from 5 to 25."""


class PaperSize(StrEnum):
    """A sheet of paper."""

    A4 = "A4"
    LETTER = "Letter"


SHEETS = {PaperSize.A4: (210, 297), PaperSize.LETTER: (216, 279)}
"""Width and height in millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins(FileSchema):
    """The margins of a page, in millimetres; the running head and foot stand in those at the top and the bottom."""

    top: int = 15
    """From 12 to 50."""
    right: int = 18
    """From 8 to 50."""
    bottom: int = 15
    """From 12 to 50."""
    left: int = 18
    """From 8 to 50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper(FileSchema):
    """The sheet that documents are printed on."""

    size: PaperSize = PaperSize.A4
    """A4 or Letter."""
    margins: Margins = field(default_factory=Margins)
    """In millimetres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPageRows(FileSchema):
    """How many rows each zone of the first page may have; fewer where its page would be too long."""

    outcomes: int = 5
    """What came out of the last meeting: from 1 to 20."""
    officeholders: int = 3
    """Who serves for each side: from 0 to 20."""
    asks: int = 3
    """What each side asks: from 1 to 20."""
    due: int = 5
    """What lies ahead or is due: from 1 to 20."""
    figures: int = 5
    """Key figures, beside each other: from 1 to 6."""
    changes: int = 5
    """What changed since the last edition: from 1 to 20."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines(FileSchema):
    """What the look of a page has as `look.yaml` says it."""

    colours: Colours
    """On paper, and on light screens."""
    sections: tuple[str, ...]
    """The sections of the full briefing, in order; each is a file in templates/parts."""
    page_limits: Mapping[str, int] = field(default_factory=dict)
    """Documents that must not be longer on paper: rows are left out, the same in every language, until they fit."""
    earlier_years: int = EARLIER_YEARS
    """How far before the last meeting of leaders the annex of further statements goes on paper, in years."""
    field_rows: int = FIELD_ROWS
    """How many statements each field may have, by rank and then by day; the last talks have up to three times as many.

    The others are in the annex.
    """
    fields: tuple[str, ...] = ()
    """The fields that come first, by their ids under `themes` in the facts; the others follow as there."""
    fields_in_full: tuple[str, ...] = ()
    """The fields that have all of the last three years, as far as they may, and not the newest of each side alone."""
    footer: tuple[str, ...] = FOOTER
    """What stands in the foot of each page on paper, in order, before the number of the page."""
    footer_text: Mapping[str, Text] = field(default_factory=dict)
    """A line of your own for the foot of each page, in each language."""
    watermark: Mapping[str, Text] = field(default_factory=dict)
    """Large and faint behind the text of every page, in each language, or under `default` the same for all."""
    prepared_by: Mapping[str, Text] = field(default_factory=dict)
    """Who made the briefing, in each language."""
    contact: Mapping[str, Text] = field(default_factory=dict)
    """Whom to ask, in each language."""
    distribution: Mapping[str, Text] = field(default_factory=dict)
    """Who receives the briefing, in each language."""
    reader: Mapping[str, str] = field(default_factory=dict)
    """Whose side comes first in each language: the id of a party; else the party whose language it is."""
    handling: Mapping[str, Text] = field(default_factory=dict)
    """How the paper is to be handled, in each language; never a state's classification marking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LookFile(_Lines):
    """`templates/look.yaml`."""

    dark_colours: Colours
    """On dark screens. A colour changed above and not here is lightened for dark screens by itself."""
    fonts: Mapping[str, str]
    """The family for paper, by language; `default` for any other. Its files are in templates/fonts."""
    first_page_rows: FirstPageRows = field(default_factory=FirstPageRows)
    """How many rows each zone of the first page may have; fewer where its page would be too long."""
    paper: Paper = field(default_factory=Paper)
    """The sheet that documents are printed on."""
    column_widths: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By table and column, as their classes are named in the templates: a share of the table's width in percent."""
    logo: LogoFile | None = None
    """A picture for the top of the first page."""
    embargo: Hour | None = None
    """Not to be published before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logo:
    """A picture that can be printed: its content as a data URL, its description in each language, its height."""

    source: str
    text: Mapping[str, str]
    height_mm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSheet(Margins):
    """The paper as templates get it, in millimetres, with its margins."""

    size: str
    """A4 or Letter."""
    text_width: int
    """What is left between the margins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnWidth:
    """The width of a column of a table."""

    table: str
    """Its class."""
    column: str
    """The class of its cells."""
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """The time before which nothing may be published, and the offset of its zone from UTC at that time."""

    at: LocalTime
    offset_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Look(_Lines):
    """The content of `look.yaml`, checked and complete."""

    dark: Colours
    fonts: tuple[tuple[str, str], ...]
    """Language and font family, where that differs from `font`."""
    font: str
    first_page_rows: Mapping[str, int] = field(default_factory=dict)
    """By zone; the rows that it may have."""
    paper: PaperSheet
    column_widths: tuple[ColumnWidth, ...] = ()
    logo: Logo | None = None
    embargo: Embargo | None = None
