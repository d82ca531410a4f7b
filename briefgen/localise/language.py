"""A language: its patterns, its labels, and its texts of the facts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from briefgen.localise.labels import Label
from briefgen.localise.patterns import Patterns
from briefgen.model.findings import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One entry of a catalog; a fuzzy one is never printed."""

    source: str
    text: str
    fuzzy: bool
    location: Location
    repeated: Location | None = None
    """Where an obsolete entry has a translation of the same text."""

    @property
    def done(self) -> bool:
        """Whether it may be printed."""
        return bool(self.text) and not self.fuzzy


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a language needs for printing; `fallback` is the base language, None in the base itself."""

    code: str
    patterns: Patterns
    labels: Mapping[str, Translation] = field(default_factory=dict)
    """By English label."""
    texts: Mapping[str, Translation] = field(default_factory=dict)
    """Of one partnership, by context: fact and field."""
    shared: Mapping[str, Translation] = field(default_factory=dict)
    """Of all partnerships, by context; each counts only for a text whose English is the same."""
    labels_file: str = ""
    texts_file: str = ""
    fallback: "Language | None" = None

    def label(self, english: str) -> str:
        """The label; in English where it is not translated, which stops a build (T301)."""
        found = self.labels.get(english)
        return found.text if found and found.done else english

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
        found = self.translation(context, english)
        return found.text if found and found.done and found.source == english else None

    def translation(self, context: str, english: str) -> Translation | None:
        """The catalog's entry for a text: the partnership's own, unless only the shared one may be printed."""
        own, shared = self.texts.get(context), self.shared.get(context)
        if shared is None or shared.source != english:
            return own
        return own if own and (not shared.done or (own.done and own.source == english)) else shared
