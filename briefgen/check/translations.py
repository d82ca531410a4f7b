"""Checks of what translations say beside their words: signs, figures and placeholders that the source lacks."""

import re
from collections import Counter
from collections.abc import Iterator

from briefgen.check.languages import LanguageSubject, in_short
from briefgen.localise.language import Language, Translation
from briefgen.model.facts import Field, pieces, without_placeholders
from briefgen.model.findings import Finding
from briefgen.model.signs import TAKE_AWAY, is_blank, numbers_in, unwanted

_CARDINALS = "zero one two three four five six seven eight nine ten eleven twelve"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_WORDS = {word: number for words in (_CARDINALS, _ORDINALS) for number, word in enumerate(words.split())}
"""In English, which every text is translated from."""


def _printed(subject: LanguageSubject) -> Iterator[Translation]:
    """Yield the translations that may be printed: labels, and those of the texts that the facts have now."""
    language = subject.language
    current = filter(None, (language.translation(each.context, each.text) for each in subject.messages))
    yield from (each for each in (*language.labels.values(), *current) if each.done)


def strange_signs(subject: LanguageSubject) -> Iterator[Finding]:
    """T312: a translation holds a sign that no text may hold, or a line break that its source lacks."""
    for each in _printed(subject):
        if "\n" in each.text and "\n" not in each.source:
            message = f"the translation of '{in_short(each.source)}' holds a line break"
            yield Finding(each.location, "T312", message, hint="take \\n away")
        for what in dict.fromkeys(what for _, what in unwanted(each.text)):
            yield Finding(
                each.location, "T312", f"{what} stands in the translation of '{in_short(each.source)}'", hint=TAKE_AWAY
            )


def blank_translations(subject: LanguageSubject) -> Iterator[Finding]:
    """T313: a translation shows nothing."""
    for each in _printed(subject):
        if is_blank(each.text) and not is_blank(each.source):
            message = f"the translation of '{in_short(each.source)}' is blank"
            yield Finding(
                each.location, "T313", message, hint="write it, or leave it empty: then the English is printed"
            )


def added_figures(subject: LanguageSubject) -> Iterator[Finding]:
    """T314: a translation has a figure, in digits of any script, that its source lacks.

    Proper names may hold figures, as in English (C104), and a small number may be a word in one language only.
    """
    names = tuple(_names_with_figures(subject.language))
    for each in _printed(subject):
        known = _said_numbers(each.source).union(*(numbers for name, numbers in names if name in each.source))
        for number in sorted(numbers_in(without_placeholders(each.text)) - known):
            message = f"the translation of '{in_short(each.source)}' says {number}, which its source does not"
            yield Finding(each.location, "T314", message, hint="write a number as a word, or take it out")


def wrong_placeholders(subject: LanguageSubject) -> Iterator[Finding]:
    """T302: a translation does not have the placeholders of its English text, each as often."""
    for each in _printed(subject):
        if faults := "; ".join(_placeholder_faults(each)):
            yield Finding(each.location, "T302", f"the translation of '{in_short(each.source)}' {faults}")


def _names_with_figures(language: Language) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each English name of a term or publisher, and the numbers of all its names: UNCLOS, of 1982."""
    every: dict[str, list[Translation]] = {}
    for context, each in {**language.shared, **language.texts}.items():
        if context.startswith(("term ", "publisher ")):
            every.setdefault(" ".join(context.split()[:2]), []).append(each)
    for names in every.values():
        numbers = frozenset().union(*(numbers_in(f"{each.source} {each.text}") for each in names))
        yield from ((each.source, numbers) for each in names)


def _said_numbers(english: str) -> frozenset[str]:
    """Return the numbers that an English text says, in digits or in words up to twelve."""
    words = re.findall("[a-z]+", english.lower())
    return numbers_in(without_placeholders(english)) | {str(_WORDS[word]) for word in words if word in _WORDS}


def _placeholder_faults(translation: Translation) -> Iterator[str]:
    """Yield how the placeholders of a translation differ from those of its source."""
    expected, present = _counted(translation.source), _counted(translation.text)
    lost, extra = expected.keys() - present.keys(), present.keys() - expected.keys()
    often = {name for name in expected.keys() & present.keys() if expected[name] != present[name]}
    if lost:
        yield f"lacks {_listed(lost)}"
    if extra:
        yield f"has {_listed(extra)}, which the source lacks"
    if often:
        yield f"has {_listed(often)} more often or less often than the source"
    if {"{", "}"} & set(without_placeholders(translation.text)) - set(without_placeholders(translation.source)):
        yield "has a brace that would be printed as it stands"


def _counted(text: str) -> Counter[str]:
    return Counter(piece.name for piece in pieces(text) if isinstance(piece, Field))


def _listed(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
