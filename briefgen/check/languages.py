"""Whether a language can word every value the way its texts ask for; found before anything is printed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from briefgen.localise.language import Language
from briefgen.localise.patterns import Patterns
from briefgen.localise.values import format_value, with_particle
from briefgen.model.book import FactBook, Message
from briefgen.model.facts import STRICT, AnyFact, Field, pieces, values_of
from briefgen.model.findings import Finding, Location
from briefgen.model.quantities import Count, Notation, Quantity


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
    return forbidden_in(_term_texts(language, messages), terms, audience)


def forbidden_in(texts: Iterable[Message], terms: Iterable[Term], audience: str) -> Iterator[Finding]:
    """T306: one of these texts says what must not be said, and its context is not exempt."""
    kept = tuple(texts)
    for term in terms:
        if term.audience in ("", audience):
            for text in kept:
                if text.context not in term.exempt and (found := term.never.search(text.text)):
                    hint = f"use '{term.use}' ({term.why}); or exempt '{text.context}' in the list of terms"
                    yield Finding(text.location, "T306", f"'{found.group()}' is not used in this language", hint=hint)


def _term_texts(language: Language, messages: Iterable[Message]) -> Iterator[Message]:
    """What is printed in the language: labels, and texts of the facts, each with its context and place."""
    for english, label in language.labels.items():
        yield Message(context=f"label {english}", text=label.text, location=label.location)
    for message in messages:
        if language.fallback is None:
            yield message
        elif found := language.texts.get(message.context):
            yield Message(context=message.context, text=found.text, location=found.location)


Quantities = Mapping[str, Quantity]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """A text with the values it may name; without a context it is the same in every language."""

    context: str
    english: str
    values: Quantities
    location: Location


def unformattable_values(language: Language, book: FactBook) -> Iterator[Finding]:
    """T307: a value cannot be worded: its unit has no counter in the language, or a text asks for an unknown style."""
    file = book.file
    names = {id: each.name for group in (file.parties, file.people, file.terms) for id, each in group.items()}
    for text in (*_texts(book), _own_counts(language)):
        printed = language.text(text.context, text.english) if text.context else text.english
        found = language.texts.get(text.context) if language.fallback else None
        for trouble in dict.fromkeys(_troubles(printed or "", text.values, names, language.patterns)):
            yield Finding(found.location if found else text.location, "T307", trouble)


def _texts(book: FactBook) -> Iterator[_Text]:
    every: dict[str, Quantity] = {}
    for fact in book.facts.values():
        values = {name: value.value for name, value in values_of(fact).items()}
        every |= {f"{fact.id}.{name}": quantity for name, quantity in values.items()}
        yield from _of_fact(book, fact, values)
    for number, headline in enumerate(book.file.headlines):
        location = book.locate(("headlines", number, "text"))
        yield _Text(context=f"{headline.id} text", english=headline.text, values=every, location=location)


def _own_counts(language: Language) -> _Text:
    """What the page itself counts, whatever the facts are."""
    values = {unit: Count(2, unit) for unit in ("facts", "sources")}
    english = "".join(f"{{{unit}}}" for unit in values)
    return _Text(
        context="", english=english, values=values, location=Location(f"templates/languages/{language.code}.yaml")
    )


def _of_fact(book: FactBook, fact: AnyFact, values: Quantities) -> Iterator[_Text]:
    """Its text and note, and each value as tables and tiles print it."""
    bare = " ".join(f"{{{name}:table}}{{{name}:short}}" for name in values)
    yield _Text(context="", english=bare, values=values, location=book.location(fact.id, "values"))
    for key in ("text", "note"):
        location = book.location(fact.id, key)
        yield _Text(context=f"{fact.id} {key}", english=getattr(fact, key), values=values, location=location)


def _troubles(text: str, values: Quantities, names: Mapping[str, str], patterns: Patterns) -> Iterator[str]:
    for piece in pieces(text):
        if isinstance(piece, Field) and piece.name in values:
            plain = [style for style in piece.styles if "/" not in style]
            try:
                worded = format_value(values[piece.name], patterns, plain[0] if plain else "prose", names)
                for pair in (style for style in piece.styles if "/" in style):
                    with_particle(worded, pair, patterns)
            except ValueError as error:
                yield f"{{{piece.name}}} cannot be worded: {error}"
