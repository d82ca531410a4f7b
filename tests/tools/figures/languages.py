"""The words of the shipped languages, read by a loader of the tests' own."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from briefgen.localise.language import ReadingWords
from briefgen.tools.figures import Match

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SHIPPED = ROOT / "templates" / "languages"


def read(path: Path) -> Any:
    """A YAML file with every scalar as a string, as the program reads it."""
    return yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 it makes strings only


_ADAPTER = TypeAdapter(ReadingWords)


def reading_words(raw: Any) -> ReadingWords:
    """A section `reading:`, checked as the program checks it."""
    return _ADAPTER.validate_python(raw)


WORDS = {path.stem: reading_words(read(path)["reading"]) for path in sorted(SHIPPED.glob("*.yaml"))}


def words_for(code: str) -> ReadingWords:
    """The words of a shipped language, or of any locale with what CLDR knows and nothing else."""
    return WORDS.get(code) or ReadingWords(locale=code)


def shown(figure: Match) -> str:
    """A figure as the tables write it: slice = by value ?, where a question mark means that it is not sure."""
    by, value = "by " if figure.deadline else "", figure.quantity or figure.partial or "-"
    return f"{figure.text} = {by}{value}{'' if figure.sure else ' ?'}"
