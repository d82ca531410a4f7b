"""Findings: what is wrong with the data, each with its location, severity, code and message; and text for terminals."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from traceback import walk_tb
from typing import Self


class Severity(IntEnum):
    """How much a finding matters; an error keeps an edition from being published."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A file, by the name a reader knows it by; line and column are counted from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"

    def seen_from(self, folder: str) -> Self:
        """Return it with a file below a folder named by its path in it."""
        return replace(self, file=self.file.removeprefix(f"{folder.removesuffix('/')}/"))

    @classmethod
    def behind(cls, text: str, file: str) -> Self:
        """Return the place right behind a text with which the file begins."""
        return cls(file, text.count("\n") + 1, len(text) - text.rfind("\n"))

    @classmethod
    def not_utf8(cls, error: UnicodeDecodeError, file: str) -> Self:
        """Return the place of the first byte that is not UTF-8; the file alone where another encoding is known."""
        if error.encoding != "utf-8":
            return cls(file)
        return cls.behind(error.object[: error.start].decode("utf-8-sig"), file)


def not_utf8(error: UnicodeDecodeError, file: str) -> tuple[str, str]:
    """Return what is said of a file that is not UTF-8 text, by its encoding if that is known, and what to do."""
    if error.encoding == "utf-8":
        return "is not UTF-8 text", "save the file as UTF-8"
    if not error.encoding.startswith("UTF-"):
        how = "save it as plain text in UTF-8, by 'Save as'"
        if error.encoding == "a picture":
            how = "have its letters recognised (OCR), read them against it, and save them as plain text in UTF-8"
        return f"is {error.encoding}, and no text", how
    hint = "save the file as UTF-8, which editors ask for under 'Save as'"
    return f"is {error.encoding} text, not UTF-8", f"{hint}; or: iconv -f {error.encoding} -t UTF-8 {file} > NEW"


MAX_MESSAGE, _MAX_WORD = 1_000, 200
"""Characters of a message, and of a piece of it without a space."""


def shortened(text: str) -> str:
    """Return a message without the middle of what is too long in it: a value, a line of another file."""
    if len(text) <= _MAX_WORD:
        return text
    text = re.sub(rf"\S{{{_MAX_WORD},}}", lambda word: f"{word[0][:60]}…{word[0][-20:]}", text)
    return text if len(text) <= MAX_MESSAGE else f"{text[: MAX_MESSAGE - 101]}…{text[-100:]}"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong, where a person can mend it, and a hint how, which may be empty."""

    location: Location
    code: str
    message: str
    severity: Severity = Severity.ERROR
    hint: str = ""

    def __post_init__(self) -> None:
        """Shorten what is quoted at great length: a finding is one sentence."""
        object.__setattr__(self, "message", shortened(self.message))
        object.__setattr__(self, "hint", shortened(self.hint))

    def __str__(self) -> str:
        return f"{self.location}: {self.severity.name.lower()} {self.code} {self.message}"


class FindingsError(Exception):
    """Raised where a stage cannot go on; carries every finding that prevents it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Finding, ...]]]:
        """Return how it is made anew from its findings, in another process."""
        return type(self), (self.findings,)

    @classmethod
    def of(cls, location: Location | str, code: str, message: str, hint: str = "") -> Self:
        """Return the error with a single finding."""
        where = Location(location) if isinstance(location, str) else location
        return cls([Finding(where, code, message, hint=hint)])


OWN_FAULT = "P522"


def own_fault(error: Exception) -> Finding:
    """P522: the program itself failed; no file of the workspace is blamed for it."""
    steps = [f"{frame.f_code.co_filename.rpartition('/')[2]}:{line}" for frame, line in walk_tb(error.__traceback__)]
    place = f" ({steps[-1]})" if steps else ""
    message = f"the program itself failed: {type(error).__name__}: {error}{place}"
    return Finding(Location("briefgen"), OWN_FAULT, message, hint="send this to whoever looks after briefgen")


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings without repeats, and without what only follows from another, by file, line and column.

    A name that is not known is told once at a place: the template as such knows more names that it may be than a page.
    """
    found = set(findings)
    because = {(each.location.file, each.location.line, code) for each in found for code in _FOLLOWS.get(each.code, ())}
    told: dict[object, Finding] = {}
    merged = {each.location.file for each in found if each.code == _MERGED}
    for each in sorted(found):
        if each.location.file in merged and each.code != _MERGED:
            continue
        if (each.location.file, each.location.line, each.code) in because:
            continue
        name = _NOT_KNOWN.match(each.message)
        key = (each.location, name[0]) if name else each
        if key not in told or ("did you mean" in each.message and "did you mean" not in told[key].message):
            told[key] = each
    return tuple(told.values())


_MERGED = "Y007"
"""Lines of a merge stand in the file, and whatever else is said of it may come from that."""
_NOT_KNOWN = re.compile("'.+?' is not known here")


_FOLLOWS = {"C102": ("E203", "E204", "T307"), "E206": ("E203",)}
"""What is said of the same line because a name in it is none: it differs from the record, and cannot be worded."""


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that keep an edition from being published."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def nearest_word(word: str, choices: Iterable[str]) -> str:
    """Return the right word that a person most likely meant; empty where none is near."""
    from difflib import get_close_matches  # only what is wrong needs it

    by_folded = {_looks(choice): choice for choice in choices if choice != word}
    close = get_close_matches(_looks(word), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else ""


def _looks(word: str) -> str:
    """Return what a word looks like, large or small letters aside: composed, and without signs that take no room."""
    return unicodedata.normalize("NFC", word).translate(LIKE_LATIN).casefold().translate(_WITHOUT_ROOM)


LIKE_LATIN = str.maketrans(
    "авеорсухіјѕԁһԛԝАВЕНКМОРСТУХІЈЅԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧονι", "abeopcyxijsdhqwABEHKMOPCTYXIJSQWABEZHIKMNOPTYXovi"
)
"""Letters of Cyrillic and Greek that look like Latin ones; б, Δ, μ and the like are meant where they stand."""
_WITHOUT_ROOM = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return a hint with the nearest right word, or with all of them where they are few; else empty."""
    known = sorted(choices)
    if near := nearest_word(word, known):
        is_alike = _looks(near) == _looks(word) and near.casefold() != word.casefold()
        return f"did you mean '{near}'?{', which only looks the same' * is_alike}"
    return f"known here: {', '.join(known)}" if known and len(known) <= 24 else ""


def plural(number: int, noun: str) -> str:
    """Return a number of things in English: 1 document, 2 documents."""
    return f"{number} {noun}{'s' * (number != 1)}"


def some_of(numbers: Iterable[int]) -> str:
    """Return the first of some numbers in order, each once, and how many more there are: 1, 2, 3 and 4 more."""
    first, rest = (each := sorted(set(numbers)))[:_SHOWN], each[_SHOWN:]
    return ", ".join(map(str, first)) + (f" and {len(rest)} more" if rest else "")


_SHOWN = 6


def counted_pages(pages: Iterable[int]) -> str:
    """Return page numbers in words: page 3, or pages 1, 2, 4."""
    numbers = [*map(str, pages)]
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(numbers)}"


_TYPOGRAPHY = "\u00a0\u2009\u202f\u2060\u3000"
"""Spaces, and the word joiner, which typography needs and no terminal obeys."""


def printable(text: str, also: str = "") -> str:
    """Return text that no terminal obeys and no log is broken by: other signs than `also` become U+FFFD."""
    return "".join(sign if sign.isprintable() or sign in _TYPOGRAPHY or sign in also else "\ufffd" for sign in text)


def json_printable(text: str) -> str:
    """Return JSON in which each sign that is not printable stands by its number."""
    kept = f"{_TYPOGRAPHY}\n"
    return "".join(sign if sign.isprintable() or sign in kept else json.dumps(sign)[1:-1] for sign in text)
