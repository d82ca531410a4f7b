"""Words with a letter of another script that looks like the one meant: nobody sees it, and no search finds the word."""

import re
import unicodedata
from collections.abc import Iterator

from briefgen.check.languages import LanguageSubject, printed
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, Severity


def look_alikes_in_texts(book: FactBook) -> Iterator[Finding]:
    """C126: in a word of a text a letter of another script stands for one that looks like it."""
    for message in book.messages():
        for word, meant in look_alikes(message.text):
            yield Finding(message.location, "C126", _mixed(word), Severity.WARNING, hint=_retype(meant))


def look_alikes_in_translations(subject: LanguageSubject) -> Iterator[Finding]:
    """T316: in a word of a translation a letter of another script stands for one that looks like it."""
    for each in printed(subject):
        for word, meant in look_alikes(each.text):
            yield Finding(each.location, "T316", _mixed(word), Severity.WARNING, hint=_retype(meant))


_LIKE_LATIN = str.maketrans(
    "авеорсухіјѕԁһԛԝАВЕНКМОРСТУХІЈЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι", "abeopcyxijsdhqwABEHKMOPCTYXIJSQWABEZHIKMNOPTYXovi"
)
"""Letters of Cyrillic and Greek that look like Latin ones; б, Δ, μ and the like are meant where they stand."""
_ALSO_OTHERS = frozenset("abceopxyijsABCEHIJKMNOPSTXYZovu")
"""Latin letters that look like those of another script."""
_LETTERS = re.compile(r"[^\W\d_]+")
_OTHERS = re.compile("[\u0370-\u03ff\u0400-\u052f]")


def look_alikes(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word in which a letter of another script stands for one that looks like it, and the word as meant.

    The і of Vіet may be that of Ukrainian.
    """
    for match in _LETTERS.finditer(text) if _OTHERS.search(text) else ():
        word = unicodedata.normalize("NFD", match[0])
        others, latin = set(_OTHERS.findall(word)), set(re.findall("[A-Za-z]", word))
        if others and latin and all(letter != letter.translate(_LIKE_LATIN) for letter in others):
            yield match[0], unicodedata.normalize("NFC", word.translate(_LIKE_LATIN))
        elif others and latin and latin <= _ALSO_OTHERS:
            yield match[0], ""


def _mixed(word: str) -> str:
    """Return what is said of a word of two scripts: which letter of it is of the one that has fewer there."""
    others, latin = _OTHERS.findall(word), re.findall("[A-Za-z]", word)
    letter = min((others, latin), key=len)[0]
    return f"'{word}' has a letter of another script: U+{ord(letter):04X} {unicodedata.name(letter)}"


def _retype(meant: str) -> str:
    """Return what to do about such a word."""
    return f"write '{meant}', every letter anew" if meant else "write the word anew, with one keyboard"
