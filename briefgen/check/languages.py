"""Checks of a language: whether all is translated, says only what it may, and can be formatted."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar

from briefgen.localise.language import Language, Translation
from briefgen.localise.patterns import Patterns
from briefgen.localise.values import format_value, with_particle
from briefgen.model.book import FactBook, Message
from briefgen.model.facts import STRICT, AnyFact, Field, pieces, placeholders, values_of
from briefgen.model.findings import Finding, Location, Severity
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageSubject:
    """A language with what is said in it."""

    language: Language
    labels: tuple[str, ...] = ()
    """The English labels that it must translate."""
    messages: tuple[Message, ...] = ()
    """The texts of the facts in English."""
    book: FactBook | None = None
    terms: tuple[Term, ...] = ()
    template_lines: tuple[Message, ...] = ()
    """What the workspace's own templates print in every language."""
    audience: str = ""
    """Whom the briefings are for, as the settings say."""


def missing_labels(subject: LanguageSubject) -> Iterator[Finding]:
    """T301: a label is not translated; the build stops."""
    language = subject.language
    if language.fallback is None:
        return
    for label in subject.labels:
        found = language.labels.get(label)
        if found is None or not found.done:
            location = found.location if found else Location(language.labels_file)
            why = "is only a guess (fuzzy)" if found and found.fuzzy else "is missing"
            yield Finding(location, "T301", f"the translation of the label '{_shortened(label)}' {why}")


def wrong_placeholders(subject: LanguageSubject) -> Iterator[Finding]:
    """T302: a translation does not have the placeholders of its English text."""
    language = subject.language
    current = [language.texts[each.context] for each in subject.messages if each.context in language.texts]
    for translation in (*language.labels.values(), *current):
        expected, present = set(placeholders(translation.source)), set(placeholders(translation.text))
        if translation.done and expected != present:
            lost = ", ".join(f"{{{name}}}" for name in sorted(expected - present))
            extra = ", ".join(f"{{{name}}}" for name in sorted(present - expected))
            parts = (lost and f"lacks {lost}", extra and f"has {extra}, which the source lacks")
            message = f"the translation of '{_shortened(translation.source)}' {'; '.join(filter(None, parts))}"
            yield Finding(translation.location, "T302", message)


def missing_texts(subject: LanguageSubject) -> Iterator[Finding]:
    """T303: a text of the facts is not translated; it is printed in the base language and marked."""
    language = subject.language
    if language.fallback is None:
        return
    for message in subject.messages:
        if language.text(message.context, message.text) is None:
            found = language.texts.get(message.context)
            location = found.location if found else Location(language.texts_file)
            text = f"'{message.context}' {_why_missing(found)} ({message.location})"
            yield Finding(location, "T303", text, severity=Severity.WARNING)


def _why_missing(found: Translation | None) -> str:
    if found is None or not found.text:
        return "is not translated"
    return "is only a guess (fuzzy)" if found.fuzzy else f"translates an older text: '{_shortened(found.source)}'"


def unused_texts(subject: LanguageSubject) -> Iterator[Finding]:
    """T304: a translation belongs to no text of the facts."""
    contexts = {message.context for message in subject.messages}
    for context, found in subject.language.texts.items():
        if context not in contexts:
            message = f"'{context}' is no text of the facts any more"
            yield Finding(found.location, "T304", message, severity=Severity.NOTE)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."


def forbidden_terms(subject: LanguageSubject) -> Iterator[Finding]:
    """T306: a label, a text or a template uses a forbidden term, and its context is not exempt."""
    texts = (*_term_texts(subject.language, subject.messages), *subject.template_lines)
    for term in subject.terms:
        if term.audience in ("", subject.audience):
            for text in texts:
                if text.context not in term.exempt and (found := term.never.search(text.text)):
                    hint = f"use '{term.use}' ({term.why}); or exempt '{text.context}' in the list of terms"
                    yield Finding(text.location, "T306", f"'{found.group()}' is not used in this language", hint=hint)


def _term_texts(language: Language, messages: Iterable[Message]) -> Iterator[Message]:
    """The labels and the texts of the facts as they are printed in the language."""
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
    """A text with the values that its placeholders may name; without a context it is not translated."""

    context: str
    english: str
    values: Quantities
    location: Location


def unformattable_values(subject: LanguageSubject) -> Iterator[Finding]:
    """T307: a value cannot be formatted: the language has no counter for its unit, or does not know its style."""
    language, book = subject.language, subject.book
    if book is None:
        return
    file = book.file
    names = {id: each.name for group in (file.parties, file.people, file.terms) for id, each in group.items()}
    for text in (*_texts(book), _page_counts(language)):
        printed = language.text(text.context, text.english) if text.context else text.english
        found = language.texts.get(text.context) if language.fallback else None
        for message in dict.fromkeys(_format_errors(printed or "", text.values, names, language.patterns)):
            yield Finding(found.location if found else text.location, "T307", message)


def repeated_texts(subject: LanguageSubject) -> Iterator[Finding]:
    """T308: an obsolete entry translates a text that has a live entry too, which `msgfmt` may refuse."""
    language = subject.language
    for name, found in (*language.labels.items(), *language.texts.items()):
        if found.repeated:
            message = f"'{_shortened(name)}' is translated in this obsolete entry, but has a live one too"
            hint = "run `briefgen translate`: it uses this translation where there is none, or else makes it a comment"
            yield Finding(found.repeated, "T308", message, severity=Severity.NOTE, hint=hint)


def _texts(book: FactBook) -> Iterator[_Text]:
    every: dict[str, Quantity] = {}
    for fact in book.facts.values():
        values = {name: value.value for name, value in values_of(fact).items()}
        every |= {f"{fact.id}.{name}": quantity for name, quantity in values.items()}
        yield from _of_fact(book, fact, values)
    for number, headline in enumerate(book.file.headlines):
        location = book.locate(("headlines", number, "text"))
        yield _Text(context=f"{headline.id} text", english=headline.text, values=every, location=location)


def _page_counts(language: Language) -> _Text:
    """What every page counts, whatever the facts are."""
    values = {unit: Count(2, unit) for unit in ("facts", "sources", "months")}
    english = "".join(f"{{{unit}}}" for unit in values)
    return _Text(
        context="", english=english, values=values, location=Location(f"templates/languages/{language.code}.yaml")
    )


def _of_fact(book: FactBook, fact: AnyFact, values: Quantities) -> Iterator[_Text]:
    """The text and note of a fact, and each of its values as tables and tiles print it."""
    bare = " ".join(f"{{{name}:table}}{{{name}:short}}" for name in values)
    yield _Text(context="", english=bare, values=values, location=book.location(fact.id, "values"))
    for key in ("text", "note"):
        location = book.location(fact.id, key)
        yield _Text(context=f"{fact.id} {key}", english=getattr(fact, key), values=values, location=location)


def _format_errors(text: str, values: Quantities, names: Mapping[str, str], patterns: Patterns) -> Iterator[str]:
    for piece in pieces(text):
        if isinstance(piece, Field) and piece.name in values:
            plain = [style for style in piece.styles if "/" not in style]
            try:
                worded = format_value(values[piece.name], patterns, plain[0] if plain else "prose", names)
                for pair in (style for style in piece.styles if "/" in style):
                    with_particle(worded, pair, patterns)
            except ValueError as error:
                yield f"{{{piece.name}}} cannot be worded: {error}"
