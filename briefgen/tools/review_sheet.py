"""A text and its translation as they would be printed, for a reviewer: whatever the state of the catalog."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from briefgen.localise.context import Context
from briefgen.localise.language import Language, Translation
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.facts import Value, values_of
from briefgen.model.findings import Location
from briefgen.model.rows import Prose, Run

Pair = tuple[str, str]
"""English and its translation."""


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """Words the texts of a book in the base language and in another one."""

    english: Context
    other: Context
    values: Mapping[str, Mapping[str, Value]]
    """By context."""

    def both(self, context: str, english: str, translation: str) -> tuple[Prose, Prose]:
        """Both as printed; no prose where there is no translation."""
        return self._prose(self.english, context, english), (
            self._prose(self.other, context, english, translation) if translation else Prose()
        )

    def _prose(self, printer: Context, context: str, english: str, translation: str = "") -> Prose:
        """With its values in words; with braces where one cannot be worded, which `briefgen check` reports."""
        try:
            return printer.prose(context, english, self.values.get(context, {}))
        except ValueError:
            return Prose((Run(translation or english),))


def reviewer(book: FactBook, base: Language, language: Language, translations: Mapping[str, Pair]) -> Reviewer:
    """A reviewer of these translations, by context; a guess is worded like any other, for it is to be judged."""
    texts = {
        context: Translation(source=english, text=translation, fuzzy=False, location=Location(""))
        for context, (english, translation) in translations.items()
    }
    # names and sentences do not depend on the day
    briefing = Briefing(day=date.min, book=book, items={}, headlines=(), next_change=None)
    return Reviewer(
        english=Context(briefing=briefing, language=base),
        other=Context(briefing=briefing, language=replace(language, texts=texts)),
        values=_values(book),
    )


def _values(book: FactBook) -> Mapping[str, Mapping[str, Value]]:
    """The values each text may name: those of its fact; in a headline, those of all facts under {fact.value}."""
    every = {f"{id}.{name}": value for id, fact in book.facts.items() for name, value in values_of(fact).items()}
    own = {f"{id} {key}": values_of(fact) for id, fact in book.facts.items() for key in ("text", "note")}
    return {**own, **{f"{headline.id} text": every for headline in book.file.headlines}}
