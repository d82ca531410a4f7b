"""Lets a field be written as a short string in the files and be a typed value in the program."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Notation:
    """Field metadata: `parse` reads the string; `form` is what a person should have written, with `example`s.

    pydantic finds the hook by its name. The library is imported only when a file is read, so that a worker process
    that merely receives these types stays light.
    """

    parse: Callable[[str], object]
    form: str
    example: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """A string, read by `parse`; what `parse` refuses is a finding."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.parse, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        """What an editor shows and completes."""
        return {"type": "string", "description": self.form, "examples": [self.example]}


@dataclass(frozen=True, slots=True, order=True)
class Cite:
    """A line of a source (`talks-2022:L7`), or a named figure of that line (`talks-2022:L7#goal`)."""

    source: str
    line: int
    figure: str = ""

    def __str__(self) -> str:
        return f"{self.source}:L{self.line}" + (f"#{self.figure}" if self.figure else "")


@dataclass(frozen=True, slots=True, order=True)
class EventRef:
    """An event that a source record dates (`talks-2022@talks`)."""

    source: str
    event: str

    def __str__(self) -> str:
        return f"{self.source}@{self.event}"


_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CITE = re.compile(rf"(?P<source>{_ID}):L(?P<line>[1-9]\d*)(?:#(?P<figure>{_ID}))?")
_EVENT = re.compile(rf"(?P<source>{_ID})@(?P<event>{_ID})")
LINE_FORM, FIGURE_FORM, EVENT_FORM = "source:L7", "source:L7#figure", "source@event"


def parse_line(text: str) -> Cite:
    """A cite of a whole line; ValueError says what was expected."""
    match = _CITE.fullmatch(text)
    if match is None or match["figure"]:
        raise ValueError(f"'{text}' names no line of a source; cites are written like {LINE_FORM}")
    return Cite(match["source"], int(match["line"]))


def parse_figure(text: str) -> Cite:
    """A cite of a named figure; ValueError says what was expected."""
    match = _CITE.fullmatch(text)
    if match is None or not match["figure"]:
        raise ValueError(f"'{text}' names no figure of a source; figures are named like {FIGURE_FORM}")
    return Cite(match["source"], int(match["line"]), match["figure"])


def parse_event(text: str) -> EventRef:
    """A reference to an event; ValueError says what was expected."""
    match = _EVENT.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' names no event of a source; events are named like {EVENT_FORM}")
    return EventRef(match["source"], match["event"])


def parse_id(text: str) -> str:
    """A stable id: small letters, digits and single hyphens."""
    if not re.fullmatch(_ID, text):
        raise ValueError(f"'{text}' is no id; ids are small letters, digits and hyphens, like trade-goal-2030")
    return text
