"""A language: its patterns, its labels, and its texts of the facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefgen.localise.labels import Label
from briefgen.localise.patterns import Patterns
from briefgen.model.book import Message
from briefgen.model.facts import placeholders
from briefgen.model.findings import Finding, Location, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One entry of a catalog; a fuzzy one is never printed."""

    source: str
    text: str
    fuzzy: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """All that is needed to print in one language; `fallback` is the base language, None in the base itself."""

    code: str
    patterns: Patterns
    labels: Mapping[str, Translation] = field(default_factory=dict)
    """By English label."""
    texts: Mapping[str, Translation] = field(default_factory=dict)
    """By context: fact and field."""
    labels_file: str = ""
    texts_file: str = ""
    fallback: "Language | None" = None

    def label(self, english: str) -> str:
        """The label; English where the catalog lacks it, which `missing_labels` reports and a build refuses."""
        found = self.labels.get(english)
        return found.text if found and found.text and not found.fuzzy else english

    def label_text(self, label: Label, **fields: str) -> str:
        """A label with its fields filled."""
        text = self.label(label)
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def text(self, context: str, english: str) -> str | None:
        """The text of a fact; None where there is no translation of just this English."""
        if self.fallback is None:
            return english
        found = self.texts.get(context)
        return found.text if found and found.text and not found.fuzzy and found.source == english else None


def missing_labels(language: Language, labels: Iterable[str]) -> Iterator[Finding]:
    """T301: a label has no translation; the build stops."""
    if language.fallback is None:
        return
    for label in labels:
        found = language.labels.get(label)
        if found is None or not found.text or found.fuzzy:
            location = found.location if found else Location(language.labels_file)
            why = "is only a guess (fuzzy)" if found and found.fuzzy else "is missing"
            yield Finding(location, "T301", f"the translation of the label '{_short(label)}' {why}")


def wrong_placeholders(language: Language, messages: Iterable[Message]) -> Iterator[Finding]:
    """T302: a translation's placeholders are not the source's."""
    current = [language.texts[each.context] for each in messages if each.context in language.texts]
    for translation in (*language.labels.values(), *current):
        yield from _compare(translation)


def missing_texts(language: Language, messages: Iterable[Message]) -> Iterator[Finding]:
    """T303: a text of the facts is not translated and will be printed in the base language, marked."""
    if language.fallback is None:
        return
    for message in messages:
        if language.text(message.context, message.text) is None:
            found = language.texts.get(message.context)
            why = _why_missing(found)
            location = found.location if found else Location(language.texts_file)
            text = f"'{message.context}' {why} ({message.location})"
            yield Finding(location, "T303", text, severity=Severity.WARNING)


def unused_texts(language: Language, contexts: frozenset[str]) -> Iterator[Finding]:
    """T304: a translation belongs to no text any more."""
    for context, found in language.texts.items():
        if context not in contexts:
            yield Finding(
                found.location, "T304", f"'{context}' is no text of the facts any more", severity=Severity.NOTE
            )


def _why_missing(found: Translation | None) -> str:
    if found is None or not found.text:
        return "is not translated"
    return "is only a guess (fuzzy)" if found.fuzzy else f"translates an older text: '{_short(found.source)}'"


def _compare(translation: Translation) -> Iterator[Finding]:
    english = translation.source
    expected, present = set(placeholders(english)), set(placeholders(translation.text))
    if not translation.text or translation.fuzzy or expected == present:
        return
    lost = ", ".join(f"{{{name}}}" for name in sorted(expected - present))
    extra = ", ".join(f"{{{name}}}" for name in sorted(present - expected))
    message = "; ".join(filter(None, (lost and f"lacks {lost}", extra and f"has {extra}, which the source lacks")))
    yield Finding(translation.location, "T302", f"the translation of '{_short(english)}' {message}")


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "..."
