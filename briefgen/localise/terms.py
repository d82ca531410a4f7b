"""Terms that must not be printed in a language, with the approved form and the reason: data of the workspace."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from briefgen.findings import Finding
from briefgen.localise.language import Language
from briefgen.model.book import Message
from briefgen.model.facts import STRICT
from briefgen.model.notation import Notation


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise ValueError(f"'{text}' is no regular expression: {error}") from None


Pattern = Annotated[re.Pattern[str], Notation(_pattern, "A regular expression; upper and lower case differ.", "Saigon")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One thing not to say, what to say instead, and why."""

    __pydantic_config__: ClassVar = STRICT
    never: Pattern
    use: str
    why: str
    exempt: tuple[str, ...] = ()
    """Contexts of texts that may say it all the same: a quotation, a title."""
    audience: str = ""
    """Only in editions for this audience; everywhere where empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermList:
    """The file `facts/locale/xx.terms.yaml`."""

    __pydantic_config__: ClassVar = STRICT
    terms: tuple[Term, ...]


def forbidden_terms(
    language: Language, terms: Iterable[Term], messages: Iterable[Message], audience: str
) -> Iterator[Finding]:
    """T306: a text in this language says what must not be said."""
    return forbidden_in(_texts(language, messages), terms, audience)


def forbidden_in(texts: Iterable[Message], terms: Iterable[Term], audience: str) -> Iterator[Finding]:
    """T306: one of these texts says what must not be said, and its context is not exempt."""
    kept = tuple(texts)
    for term in terms:
        if term.audience in ("", audience):
            for text in kept:
                if text.context not in term.exempt and (found := term.never.search(text.text)):
                    hint = f"use '{term.use}' ({term.why}); or exempt '{text.context}' in the list of terms"
                    yield Finding(text.place, "T306", f"'{found.group()}' is not used in this language", hint=hint)


def _texts(language: Language, messages: Iterable[Message]) -> Iterator[Message]:
    """What is printed in the language: labels, and texts of the facts, each with its context and place."""
    for english, label in language.labels.items():
        yield Message(context=f"label {english}", text=label.text, place=label.place)
    for message in messages:
        if language.fallback is None:
            yield message
        elif found := language.texts.get(message.context):
            yield Message(context=message.context, text=found.text, place=found.place)
