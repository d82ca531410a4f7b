"""The shape of `templates/languages/xx.yaml`: how a language words values, and how it is read in sources."""

from dataclasses import dataclass
from typing import ClassVar

from briefgen.figures.words import ReadingWords
from briefgen.localise.patterns import Patterns
from briefgen.model.facts import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFile:
    """Either part may be absent: a language that is only read needs no patterns."""

    __pydantic_config__: ClassVar = STRICT
    patterns: Patterns | None = None
    reading: ReadingWords | None = None
