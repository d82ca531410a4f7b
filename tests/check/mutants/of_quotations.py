"""Every mutant of a figure and its quotation: the value as in a record, and the words that it was read from."""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefgen.localise.cldr import month_names, scale_words
from briefgen.model.book import FactBook
from briefgen.model.quantities import Name
from briefgen.model.records import Line, Quoted, Source
from check.mutants.neighbours import near_value, others

_LIMITS = {
    "en": ["more than", "up to", "nearly"],
    "nl": ["meer dan", "hooguit"],
    "de": ["mehr als", "höchstens"],
    "vi": ["hơn", "tối đa", "gần"],
    "ko": ["약", "최대", "거의"],
}
_DENIALS = {"en": "not", "nl": "niet", "de": "nicht", "vi": "không", "ko": "안"}
_PARTS = {
    "en": ["end", "early"],
    "nl": ["eind", "begin"],
    "de": ["Ende", "Anfang"],
    "vi": ["cuối", "đầu"],
    "ko": ["말", "초"],
}
_CURRENCY = re.compile(r"US\$|USD|US-Dollar")


def of_quotations(book: FactBook) -> Iterator[tuple[str, str, Quoted]]:
    """Yield the language of a record, what was changed, and the changed figure."""
    for source in book.sources.values():
        for line in source.lines:
            for name, quoted in line.figures.items():
                for changed in _changes(book, source, line, quoted):
                    where = f"{source.id}:L{line.line}#{name}"
                    yield source.language, f"{where}: {changed.value} as {changed.words}", changed


def _changes(book: FactBook, source: Source, line: Line, quoted: Quoted) -> Iterator[Quoted]:
    yield from (replace(quoted, value=value) for value in near_value(book, quoted.value, source, line.line))
    for words in others(quoted.words, _near_words(book, source.language, quoted)):
        yield replace(quoted, words=words)


def _near_words(book: FactBook, language: str, quoted: Quoted) -> Iterator[str]:
    """Yield other words: a digit off, one more, one less; another scale word, currency, month, limit; a denial."""
    words = quoted.words
    if isinstance(quoted.value, Name):
        yield from (each.name for id, each in book.file.people.items() if id != quoted.value.id)
        yield from (each.name for id, each in book.file.parties.items() if id != quoted.value.id)
        return
    if type(quoted.value).__name__ != "Ordinal" or language != "ko":  # "안 제2차" is no Korean
        yield f"{_DENIALS[language]} {words}"
    for digit in re.finditer(r"\d", words):
        at = digit.start()
        yield words[:at] + str((int(digit.group()) + 1) % 10) + words[at + 1 :]
        yield words[:at] + words[at + 1 :]
        yield words[:at] + digit.group() + words[at:]
    yield from _swapped(words, [*scale_words(language), ""])
    yield from _swapped(words, [*month_names(language), ""])
    yield from _swapped(words, _PARTS[language])
    yield from (_CURRENCY.sub(other, words) for other in ("€", "KRW", "₫") if _CURRENCY.search(words))
    if type(quoted.value).__name__ in ("Money", "Count", "Percent"):
        yield from (f"{limit} {words}" for limit in _LIMITS[language])
        yield from (words.removeprefix(f"{limit} ") for limit in ("about", "meer dan"))


def _swapped(words: str, others: list[str]) -> Iterator[str]:
    """Yield the text with each of these words in it changed for each other one."""
    for word in re.findall(r"[^\W\d_]+", words):
        if word.casefold() in others:
            yield from (words.replace(word, other) for other in others if len(other) > 1 or not other)
