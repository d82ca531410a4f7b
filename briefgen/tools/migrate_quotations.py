"""Finds, in the original of a record, the few words that give each figure: the fewest that the checks accept."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefgen.check.quotations import MOST_WORDS, name_faults, name_score, names_like, value_faults
from briefgen.check.source_words import source_words
from briefgen.localise.language_file import ReadingWords
from briefgen.model.book import FactFile
from briefgen.model.quantities import Name, Quantity, parse_quantity
from briefgen.model.records import Quoted
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import parse_yaml
from briefgen.tools.originals import Original, line_hash, read_originals
from briefgen.tools.quotations import as_quoted, line_faults

_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?[%+]?|[$€£¥₩₫₽₹~<>≤≥]\S*[^\W_]|%\S*\w")
_NAME = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PHRASE = re.compile(rf"{_NAME.pattern}(?:[ \u00a0-]{_NAME.pattern})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoter:
    """The originals by their hash, the words of their languages, and the facts in which names are looked up."""

    originals: Mapping[str, Original]
    reading: Mapping[str, ReadingWords]
    facts: Sequence[FactFile]

    def quote(self, record: Mapping[str, Any], line: Mapping[str, Any], figure: str) -> dict[str, str]:
        """Return a figure of a record's line with its words; these are empty where none can be found."""
        text = self._text(record, line)
        try:
            value = parse_quantity(figure)
        except ValueError:
            return {"value": figure, "as": ""}
        language = str(record.get("language"))
        found = self._named(text, value, language) if isinstance(value, Name) else self._given(text, value, language)
        which = {"which": str(found.which)} if found and found.which else {}
        return {"value": figure, "as": found.words if found else "", **which}

    def _text(self, record: Mapping[str, Any], line: Mapping[str, Any]) -> str:
        """Return the line in the original; empty if the original is missing or its line is another."""
        original, number = self.originals.get(str(record.get("sha256"))), str(line.get("line"))
        lines = original.lines if original else ()
        text = lines[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(lines) else ""
        return text if line_hash(text) == line.get("sha256") else ""

    def _given(self, text: str, value: Quantity, language: str) -> Quoted | None:
        """Return the fewest words that give a value."""
        words = source_words(language, self.reading.get(language))
        for start, end in _runs([match.span() for match in _WORD.finditer(text)]) if words else ():
            quoted = as_quoted(text, start, end, value)
            faults = (*value_faults(quoted, words), *line_faults(text, quoted, words)) if words else ()
            if not faults:
                return quoted
        return None

    def _named(self, text: str, name: Name, language: str) -> Quoted | None:
        """Return the most words in a row that are all part of a name, and no more."""
        for names in (names_like(file, name.id, language) for file in self.facts):
            found = [
                as_quoted(text, start, end, name)
                for start, end, words in _phrases(text)
                if all(name_score(word, names.parts.get(name.id, frozenset())) for word in words)
            ]
            fitting = [each for each in found if not [*name_faults(each, name, names)]]
            if fitting:
                return max(fitting, key=lambda each: len(_NAME.findall(each.words)))
        return None


def quoter_of(workspace: Workspace, originals: Path, facts: Iterable[str]) -> Quoter:
    """Return what finds quotations; `facts` are the texts of the facts files in the newest format."""
    files = (read_as(FactFile, parse_yaml(text.removeprefix("\ufeff"), ""))[0] for text in facts)
    return Quoter(
        originals=read_originals(originals)[0],
        reading=reading_words(workspace, known_languages(workspace)),
        facts=tuple(filter(None, files)),
    )


def _phrases(text: str) -> Iterator[tuple[int, int, list[str]]]:
    """Yield every run of words with only a space or hyphen between them, and these words."""
    for phrase in _PHRASE.finditer(text):
        spans = [match.span() for match in _NAME.finditer(phrase.group())]
        for start, end in _runs(spans):
            words = _NAME.findall(phrase.group()[start:end])
            yield phrase.start() + start, phrase.start() + end, words


def _runs(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield every run of words, the shortest first, from left to right."""
    for length in range(1, MOST_WORDS + 1):
        for first in range(len(spans) - length + 1):
            yield spans[first][0], spans[first + length - 1][1]
