"""What may not stand in a text: a number that is no value, marks that would be printed, letters of another script."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from briefgen.check.languages import LanguageSubject, in_short, printed
from briefgen.model.book import Body, FactBook, Party
from briefgen.model.facts import without_placeholders
from briefgen.model.findings import LIKE_LATIN, Finding, Severity
from briefgen.model.texts import garbled, marks_in, numbers_in


def typed_digits(book: FactBook) -> Iterator[Finding]:
    """C104: a digit is typed into prose instead of being a value."""
    terms = book.file.terms.values()
    sides: tuple[Party | Body, ...] = (*book.file.parties.values(), *book.file.bodies.values())
    every = (
        *(name for term in terms for name in (term.name, term.short, *term.aliases)),
        *(name for side in sides for name in (side.name, *side.aliases)),
    )
    names = {*filter(numbers_in, every)}
    for message in book.messages():
        if message.of[0] in ("term", "party", "body", "publisher", "line"):  # the figures of a line stand beside it
            continue
        bare = without_placeholders(message.text)
        for name in sorted(names, key=len, reverse=True):
            bare = bare.replace(name, " ")
        bare = _SQUARE.sub(r"\1", bare)
        if numbers_in(bare):
            word = next(word for word in bare.split() if numbers_in(word)).strip(",.;:!?()")
            hint = "make it a value and write its {name} here, or declare the proper name under 'terms'"
            yield Finding(message.location, "C104", f"the number '{word}' is typed into a text", hint=hint)


_SQUARE = re.compile("(?<![^\\W\\d_])([a-zµ]{0,2}m)[²³]")
"""Of a unit: km². Behind another word it is the number of a note."""


def stray_braces(book: FactBook) -> Iterator[Finding]:
    """C110: a single brace, a placeholder in a text that has no values, such as a name, or a mark of another format.

    And quotes around a whole text that are none in YAML.
    """
    for message in book.messages():
        if marks := marks_in(message.text):
            hint = "write plain text: it is printed as it stands"
            yield Finding(
                message.location, "C110", f"{', '.join(sorted(marks))} would be printed as it stands", hint=hint
            )
        if quoted := _QUOTED.fullmatch(message.text):
            told = f"the quotes around the whole text would be printed: {quoted[1]}…{message.text[-1]}"
            hint = 'write straight ones, as text: "..."; nothing else, if they are to be printed'
            yield Finding(message.location, "C110", told, Severity.WARNING, hint=hint)
        if {"{", "}"} & set(without_placeholders(message.text) if message.has_values else message.text):
            plain = "write it without braces; no value stands here"
            hint = "write {name} with both braces" if message.has_values else plain
            yield Finding(message.location, "C110", "a brace would be printed as it stands", hint=hint)


_QUOTED = re.compile("([“„«‘「『])[^“”„«»‘’「」『』]+[”“»’」』]")
"""A text as word processors and chats write it where YAML wants straight quotes."""


def long_notes(book: FactBook) -> Iterator[Finding]:
    """C128: a note has more words than its place on the page is for."""
    for fact in book.facts.values():
        if len(words := fact.note.split()) > _MOST_WORDS:
            message = f"the note has {len(words)} words; the most is {_MOST_WORDS}"
            yield Finding(book.location(fact.id, "note"), "C128", message, Severity.WARNING, hint="shorten it")


_MOST_WORDS = 20


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


def garbled_texts(book: FactBook) -> Iterator[Finding]:
    """C127: a text was read in another encoding than it was saved in."""
    for message in book.messages():
        if meant := garbled(message.text):
            yield Finding(message.location, "C127", _GARBLED, Severity.WARNING, hint=_as_it_was(meant))


def garbled_translations(subject: LanguageSubject) -> Iterator[Finding]:
    """T317: a translation was read in another encoding than it was saved in."""
    for each in printed(subject):
        if (meant := garbled(each.text)) and not garbled(each.source):
            yield Finding(each.location, "T317", _GARBLED, Severity.WARNING, hint=_as_it_was(meant))


def untranslated_sentences(subject: LanguageSubject) -> Iterator[Finding]:
    """T318: a sentence is still the English one, or is written in the script of another language."""
    messages = [each for each in subject.messages if each.of[0] in ("fact", "headline", "line")]
    found = (subject.language.translation(each.context, each.text) for each in messages)
    done = [each for each in found if each and each.done]
    seen = Counter(script for each in done for script in _scripts(each.text))
    usual = {script for script, times in seen.items() if 2 * times > len(done) >= _ENOUGH}
    for each in done:
        bare = without_placeholders(each.text)
        if each.text == each.source and len(_ENGLISH.findall(bare)) > _WORDS:
            what = "is the English text"
        elif usual and len(_LETTER.findall(bare)) > _LETTERS_OF_A_SENTENCE and not usual & _scripts(bare):
            what = "is written in other letters than the translations beside it"
        else:
            continue
        hint = "translate it; or leave it empty: then the English is printed, and marked"
        message = f"the translation of '{in_short(each.source)}' {what}"
        yield Finding(each.location, "T318", message, Severity.WARNING, hint=hint)


_ENOUGH, _WORDS, _LETTERS_OF_A_SENTENCE = 10, 3, 12
"""How many translations tell the script of a language; a text of more words and letters than these is no name."""
_ENGLISH, _LETTER = re.compile(r"\b[a-z]{2,}\b"), re.compile(r"[^\W\d_]")


def _scripts(text: str) -> set[str]:
    return {_script(sign) for sign in set(text) if sign.isalpha()}


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


_GARBLED = "was read in another encoding than it was saved in, so that other letters stand for those that were meant"


def _as_it_was(meant: str) -> str:
    """Return what to write in its place."""
    return f"copy it anew from a file that is read as UTF-8; most likely: {meant}"


_ALSO_OTHERS = frozenset("abceopxyijsABCEHIJKMNOPSTXYZovu")
"""Latin letters that look like those of another script."""
_LETTERS = re.compile(r"[^\W\d_]+")
_OTHERS = re.compile("[\u0370-\u03ff\u0400-\u052f]")
_COMPATIBLE = re.compile("[\uff21-\uff3a\uff41-\uff5a\ufb00-\ufb06\U0001d400-\U0001d6a3]")
"""Latin letters of full width, ligatures as PDFs have them, and letters of mathematics: no search finds them."""


def look_alikes(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word in which a letter of another script stands for one that looks like it, and the word as meant.

    The і of Vіet may be that of Ukrainian.
    """
    for match in _LETTERS.finditer(text) if _COMPATIBLE.search(text) else ():
        if _COMPATIBLE.search(match[0]):
            yield match[0], _COMPATIBLE.sub(lambda letter: unicodedata.normalize("NFKC", letter[0]), match[0])
    for match in _LETTERS.finditer(text) if _OTHERS.search(text) else ():
        word = unicodedata.normalize("NFD", match[0])
        others, latin = set(_OTHERS.findall(word)), set(re.findall("[A-Za-z]", word))
        if others and latin and all(letter != letter.translate(LIKE_LATIN) for letter in others):
            yield match[0], unicodedata.normalize("NFC", word.translate(LIKE_LATIN))
        elif others and latin and latin <= _ALSO_OTHERS:
            yield match[0], ""


def _mixed(word: str) -> str:
    """Return what is said of a word of two scripts: which letter of it is of the one that has fewer there."""
    if found := _COMPATIBLE.search(word):
        name = f"U+{ord(found[0]):04X} {unicodedata.name(found[0])}"
        return f"'{word}' has a letter that only looks like a plain one: {name}"
    others, latin = _OTHERS.findall(word), re.findall("[A-Za-z]", word)
    letter = min((others, latin), key=len)[0]
    return f"'{word}' has a letter of another script: U+{ord(letter):04X} {unicodedata.name(letter)}"


def _retype(meant: str) -> str:
    """Return what to do about such a word."""
    return f"write '{meant}', every letter anew" if meant else "write the word anew, with one keyboard"
