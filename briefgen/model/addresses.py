"""Web addresses: absolute, without credentials, and of the letters that they seem to be of."""

import re
import unicodedata
from typing import Annotated

from briefgen.model.quantities import Notation

MAX_LENGTH = 2_000
_ADDRESS = re.compile(r"(?i:https?)://(?P<authority>[^/?#]*)(?P<rest>[/?#].*)?", re.DOTALL)
_AUTHORITY = re.compile(r"(?P<host>[^:]+)(?::(?P<port>\d{1,5}))?")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|$)){4}", re.ASCII)
_NEVER = re.compile(r"[\\\"<>`{}|^]")
"""Signs that RFC 3986 allows nowhere; browsers take a backslash for a slash."""
_LATIN_LETTERS = frozenset("đøßæœłþð")
"""Letters that are no ASCII letter with a mark, and that nobody takes for one."""
_LOOK_LIKE_LATIN = frozenset({"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"})
"""Scripts that are written together."""


def parse_address(text: str) -> str:
    """Return the address; ValueError says what is wrong with it."""
    if text and (fault := address_fault(text)):
        raise ValueError(f"'{text}' {fault}")
    return text


def address_fault(text: str) -> str:
    """Return why a text is no web address that may be printed as a link; empty where it is one."""
    if wrong := next((sign for sign in text if unicodedata.category(sign)[0] in "CZ" or _NEVER.match(sign)), None):
        named = unicodedata.name(wrong, "a control character").lower()
        return f"holds a sign that no address may hold: U+{ord(wrong):04X} ({named})"
    if len(text) > MAX_LENGTH:
        return f"has {len(text):,} characters; the limit is {MAX_LENGTH:,}"
    address = _ADDRESS.fullmatch(text)
    if address is None:
        return "is no web address; write it whole, as https://www.example.org/page"
    if "@" in address["authority"]:
        return "holds a user name or a password; take out what stands before the @"
    authority = _AUTHORITY.fullmatch(address["authority"])
    if authority is None or int(authority["port"] or 1) not in range(1, 65536):
        return "names no server; write it whole, as https://www.example.org/page"
    return _host_fault(authority["host"].lower().removesuffix("."))


def _host_fault(host: str) -> str:
    labels = host.split(".")
    if labels[-1].isdecimal() or labels[-1].startswith("0x"):
        return "" if _IPV4.fullmatch(host) else f"names no server: '{host}'"
    for label in labels:
        plain = _decoded(label)
        if not plain or not all(map(_in_names, plain)) or plain.strip("-") != plain or len(label) > 63:
            return f"names no server: '{host}'"
        if mixed := _look_alike(plain, _decoded(labels[-1]) or ""):
            return f"names a server that looks like another: {mixed}"
    return ""


def _in_names(sign: str) -> bool:
    return sign.isalnum() or sign == "-" or unicodedata.category(sign)[0] == "M"


def _decoded(label: str) -> str | None:
    """Return a part of a server's name as a browser shows it (RFC 3492); None if it cannot be read."""
    if not label.startswith("xn--"):
        return label
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode")
    except UnicodeError:
        return None


def _look_alike(label: str, top: str) -> str:
    """Return what is deceptive about a part of a server's name: letters of other scripts, or of another form.

    A name all of Cyrillic or Greek letters is genuine below a top-level domain of that script.
    """
    if unicodedata.normalize("NFKC", label) != label:
        return f"'{label}' has letters of another form"
    scripts: dict[str, str] = {}
    for letter in label:
        if letter.isalpha():
            scripts.setdefault(_script(letter), letter)
    odd = next((script for script in scripts if script in _LOOK_LIKE_LATIN), "") or next(
        (script for script in scripts if script.startswith("LATIN ")), ""
    )
    mixed = len(scripts) > 1 and not scripts.keys() <= _TOGETHER
    if mixed or odd.startswith("LATIN ") or (odd and {_script(each) for each in top if each.isalpha()} != {odd}):
        script = odd or next(reversed(scripts))
        letter = scripts[script]
        return f"'{letter}' in '{label}' is {unicodedata.name(letter, 'unknown').lower()} (U+{ord(letter):04X})"
    return ""


def _script(letter: str) -> str:
    """Return the script of a letter by the first word of its name; of a Latin one that deceives, more than that."""
    if unicodedata.normalize("NFD", letter)[0].isascii() or letter in _LATIN_LETTERS:
        return "LATIN"
    first = unicodedata.name(letter, "UNKNOWN").partition(" ")[0].partition("-")[0]
    return "LATIN " + letter if first == "LATIN" else first


WebAddress = Annotated[str, Notation(parse_address, "A web address.", "https://www.example.org/page")]
