"""How files hold texts, whole numbers and web addresses; signs and addresses that are not what they seem."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from itertools import groupby
from typing import Annotated, Any


@dataclass(frozen=True, slots=True)
class Notation:
    """Annotation of a field that files hold as a string: `parse` reads it, `form` and `example` describe it.

    pydantic finds its methods by their names. The library is imported only when a file is read, so that a worker
    process that merely receives these types stays light.
    """

    parse: Callable[[str], object]
    form: str = ""
    example: str = ""
    is_prose: bool = False
    """Whether people write it freely, apart from its placeholders: cut at ` #`, it would still be a text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Return the schema of a string that `parse` reads; a ValueError of `parse` becomes a finding."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self.parse, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        """Return what an editor shows and completes."""
        described = {"description": self.form, "examples": [self.example]} if self.form else {}
        return {"type": "string", **described}


def _folded(text: str) -> str:
    """Return the text in one line; a no-break space stays."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _one_line(text: str) -> str:
    if "\n" in text.strip():
        raise ValueError("a name holds a line break here; write it on one line")
    return _folded(text)


class _Whole:
    """Marks a number that files hold as text: 17, and not 017, +17, 17.0 or 1_7."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        """Return the schema of a whole number in plain digits; a ValueError becomes a finding."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_plain_digits, core_schema.int_schema())

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, object]:
        """Return what an editor shows."""
        return {"type": "integer", "minimum": 0}


def _plain_digits(given: object) -> object:
    is_number = isinstance(given, str) and re.fullmatch(r"[-+]?\d[\d_]*(?:\.0*)?", given.strip())
    if is_number and not re.fullmatch(r"0|[1-9]\d{0,8}", str(given).strip(), re.ASCII):
        raise ValueError(f"'{given}': a whole number from 0 on is expected here, in plain digits like 17")
    return given


Whole = Annotated[int, _Whole()]
"""A whole number, not negative."""
NameText = Annotated[str, Notation(_one_line, is_prose=True)]
"""A name as it is printed, which must be written on one line."""
Text = Annotated[str, Notation(_folded, is_prose=True)]
"""Prose, for readers or about a source, printed on one line; every other string has a form, or is compared with a name.
"""


def is_free_text(kind: object) -> bool:
    """Return whether a field of this type holds text that people write freely."""
    return any(isinstance(each, Notation) and each.is_prose for each in getattr(kind, "__metadata__", ()))


MAX_TEXT = 2_000
"""The most characters of a text, or of an address: what is longer fills pages of its own."""
_MARKS_IN_A_ROW = 8
"""More than any script stacks on one letter; Hebrew with cantillation and Tibetan need half of it."""
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff"  # control signs, and halves of a pair
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffd"  # format signs that nobody sees
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0\ufe00-\ufe0f"  # blanks and selectors
    "\ue000-\uf8ff"  # of private use
    "\ufdd0-\ufdef\ufffe\uffff\U00010000-\U0010ffff]"  # to name each beyond U+FFFF here takes twenty times as long
)
_UNWANTED_BEYOND = re.compile(
    "[\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff\U000f0000-\U0010ffff"
    f"{''.join(f'{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}' for plane in range(0x10000, 0x110000, 0x10000))}]"
)
"""Of the signs beyond U+FFFF."""
_OF_MARKS = re.compile(rf"[^\w\s!-/:-@\[-`{{-~]{{{_MARKS_IN_A_ROW + 1},}}")
"""What may hold a tower of marks: signs that are neither letters nor digits, blanks or ASCII."""
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
TAKE_AWAY = "take it away; where it was meant, say it in words that everybody sees"
_NON_JOINER, _JOINER = "\u200c", "\u200d"
_CONTROL_NAMES = {
    "\0": "NULL",
    "\a": "BELL",
    "\b": "BACKSPACE",
    "\v": "LINE TABULATION",
    "\f": "FORM FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE",
    "\x7f": "DELETE",
    "\x85": "NEXT LINE",
}


def unwanted(text: str) -> Iterator[tuple[int, str]]:
    """Yield every sign that a text may not hold, with its place and what it is by code point and name.

    Line feeds and tabs are none of them.

    These are control and format signs (zero-width, bidirectional), blanks that look like nothing, noncharacters, and
    marks beyond what a letter can carry. A joiner is allowed where RFC 5892 (appendix A) allows it, and one variation
    selector behind a sign.
    """
    for match in _UNWANTED.finditer(text):
        is_unwanted = match[0] <= "\uffff" or _UNWANTED_BEYOND.match(match[0])
        if is_unwanted and not _is_needed(text, match.start()):
            yield match.start(), described(match[0])
    for match in _OF_MARKS.finditer(text):
        yield from ((match.start() + place, what) for place, what in _towers(match[0]))


def described(sign: str) -> str:
    """Return what a sign is: the bidirectional sign U+202E RIGHT-TO-LEFT OVERRIDE."""
    return f"{_kind(sign)} U+{ord(sign):04X} {unicodedata.name(sign, _CONTROL_NAMES.get(sign, ''))}".strip()


def _kind(sign: str) -> str:
    if unicodedata.category(sign) in ("Cc", "Zl", "Zp"):
        return "a control character"
    if unicodedata.category(sign) == "Cn":
        return "a noncharacter"
    if is_private(sign):
        return "a sign of private use"
    if sign in "\ufffc\ufffd":
        return "a stand-in for what was lost"
    bidirectional = "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069" or sign in "\u200e\u200f\u061c"
    return "a bidirectional control" if bidirectional else "an invisible sign"


def is_private(sign: str) -> bool:
    """Return whether a sign is of private use: each font draws another thing, as a template's own font of icons."""
    return unicodedata.category(sign) == "Co"


def _is_needed(text: str, place: int) -> bool:
    """Return whether the script needs a sign where it stands."""
    sign, before = text[place], text[place - 1 : place]
    if _SELECTORS.match(sign):
        return bool(before) and unicodedata.category(before)[0] in "LSPN" and not _SELECTORS.match(before)
    if sign not in (_NON_JOINER, _JOINER) or not before:
        return False
    if unicodedata.combining(before) == 9:  # a virama
        return True
    after = text[place + 1 : place + 2]
    return sign == _NON_JOINER and _is_joining(text[:place]) and unicodedata.bidirectional(after or " ") == "AL"


def _is_joining(text: str) -> bool:
    """Return whether a text ends in a letter of a script whose letters join, such as Arabic, past its marks."""
    letters = (sign for sign in reversed(text) if not unicodedata.combining(sign))
    return unicodedata.bidirectional(next(letters, " ")) == "AL"


def _towers(text: str) -> Iterator[tuple[int, str]]:
    place = 0
    for is_mark, signs in groupby(text, lambda sign: unicodedata.category(sign) in ("Mn", "Me")):
        length = len(tuple(signs))
        if is_mark and length > _MARKS_IN_A_ROW:
            yield place, f"a tower of {length} marks"
        place += length


def without_unwanted(text: str) -> str:
    """Return the text without the signs that it may not hold; towers stay."""
    places = {place for place, what in unwanted(text) if not what.startswith("a tower")}
    return "".join(sign for place, sign in enumerate(text) if place not in places) if places else text


def as_seen(text: str) -> str:
    """Return a text in Unicode NFC, without the signs that nobody sees, such as a zero-width space."""
    return unicodedata.normalize("NFC", without_unwanted(text))


def is_blank(text: str) -> bool:
    """Return whether a text shows nothing: spaces and unseen signs alone."""
    return not without_unwanted(text).replace("\u2060", "").strip()


def is_right_to_left(text: str) -> bool:
    """Return whether a letter of the text is written from right to left, so that it must be kept apart from others."""
    signs = () if text.isascii() else _OF_SUCH_SCRIPTS.findall(text)
    return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in signs)


_OF_SUCH_SCRIPTS = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""The blocks of the scripts that are written so; what else stands in them is told by its own direction."""


def numbers_in(text: str) -> frozenset[str]:
    """Return the numbers that a text writes in digits of any script, in plain digits: 2035 of ٢٠٣٥, 0.5 of ½.

    Han numerals are digits where three stand in a row, as in 二〇三五; or one alone; others are words, as in 二国.
    """
    if not any(map(str.isnumeric, text)):
        return frozenset()
    text = _HAN_DIGITS.sub(lambda run: "".join(f"{unicodedata.numeric(sign):.0f}" for sign in run[0]), text)
    return frozenset("".join(map(_number, text)).split())


_HAN_DIGITS = re.compile("[〇零一二三四五六七八九]{3,}|(?<!\\w)[〇零一二三四五六七八九](?!\\w)")


def _number(sign: str) -> str:
    """Return what a sign stands for in plain digits, a blank where it is none; a numeral such as Ⅻ stands alone."""
    match unicodedata.category(sign):
        case "Nd":
            return str(unicodedata.decimal(sign))
        case "Nl" | "No":
            return f" {unicodedata.numeric(sign, 0):g} "
        case _:
            return " "


def marks_in(text: str) -> frozenset[str]:
    """Return the marks of other formats that a text holds: of HTML, and what programs fill in."""
    return frozenset(_MARKS.findall(text))


_MARKS = re.compile(r"<!(?:--|\[CDATA\[)|</?[A-Za-z][^<>]{0,40}>|&(?:[a-z]{2,8}|#\d{1,6});|%[sd](?!\w)|%\(\w+\)[sd]")


def garbled(text: str) -> str:
    """Return a text as it was before it was saved as UTF-8 and read as Windows-1252: ’ for â€™; else empty.

    Signs that may stand so in a right text are no proof: é before a blank and », as in French, Í before Ž, as in Czech.
    """
    found = (each[0] for each in _GARBLED.finditer(text))
    if all(set(each[1:]) <= (_MAY_FOLLOW if each[0] in _OF_LATIN else _MAY_FOLLOW | _LETTERS) for each in found):
        return ""
    return _GARBLED.sub(
        lambda each: bytes(_BYTES.get(sign, ord(sign)) for sign in each[0]).decode("utf-8", "replace"), text
    )


_BYTES = {bytes([byte]).decode("cp1252", "ignore"): byte for byte in range(0x80, 0xA0)}
_BYTES.pop("")
"""The signs of Windows-1252 that stand elsewhere in Unicode."""
_FOLLOWS = f"[\x80-\xbf{''.join(_BYTES)}]"
_GARBLED = re.compile(f"[\xc2-\xdf]{_FOLLOWS}|[\xe0-\xef]{_FOLLOWS}{{2}}")
_MAY_FOLLOW = frozenset("\xa0«»“”‘’„‚–—…‹›™°ºª·¿¡")
_LETTERS, _OF_LATIN = frozenset("ŠŒŽšœžŸ"), "ÃÄÅ"
"""Letters that may follow too, but not what most letters of Latin begin with once they are garbled: Ãœ of Ü."""


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
    """Return the address of a source; ValueError says what is wrong with it, or that readers cannot follow it."""
    if text and (fault := address_fault(text) or _fault_of_place(text)):
        raise ValueError(f"'{text}' {fault}")
    return text


def address_on_paper(url: str) -> str:
    """Return a web address as readers of paper see it: nobody types letters that take six or nine signs each."""
    return _ESCAPED_WORDS.sub("…", url.removeprefix("https://"))


_ESCAPED_WORDS = re.compile(r"(?:%[0-9A-F]{2}){6,}(?:[^/?#&=%]{0,3}(?:%[0-9A-F]{2})+)*", re.IGNORECASE)
"""What an address has for two letters or more of another script; a space or a mark alone is left as it is."""


def _fault_of_place(text: str) -> str:
    address = _ADDRESS.fullmatch(text)
    host = address["authority"].partition(":")[0].lower().removesuffix(".") if address else ""
    is_within = host.rpartition(".")[2] in _OF_NO_WEB or "." not in host
    if is_within or (_IPV4.fullmatch(host) and ip_address(host).is_private):
        return (
            f"is on one machine or network alone: readers cannot open '{host}'; leave it out, or write that of the web"
        )
    return ""


_OF_NO_WEB = frozenset(("localhost", "local", "internal", "invalid", "test"))
"""Ends of names that no server of the web has."""


def address_fault(text: str) -> str:
    """Return why a text is no web address that may be printed as a link; empty where it is one."""
    if wrong := next((sign for sign in text if unicodedata.category(sign)[0] in "CZ" or _NEVER.match(sign)), None):
        named = unicodedata.name(wrong, "a control character").lower()
        return f"holds a sign that no address may hold: U+{ord(wrong):04X} ({named})"
    if len(text) > MAX_TEXT:
        return f"has {len(text):,} characters; the limit is {MAX_TEXT:,}"
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
    deceptive = (script for script in scripts if script in _LOOK_LIKE_LATIN or script.startswith("LATIN "))
    odd = min(deceptive, key=lambda script: script not in _LOOK_LIKE_LATIN, default="")
    mixed = len(scripts) > 1 and not scripts.keys() <= _TOGETHER
    if mixed or odd.startswith("LATIN ") or (odd and {_script(each) for each in top if each.isalpha()} != {odd}):
        letter = scripts[odd or next(reversed(scripts))]
        return f"'{letter}' in '{label}' is {unicodedata.name(letter, 'unknown').lower()} (U+{ord(letter):04X})"
    return ""


def _script(letter: str) -> str:
    """Return the script of a letter by the first word of its name; of a Latin one that deceives, more than that."""
    if unicodedata.normalize("NFD", letter)[0].isascii() or letter in _LATIN_LETTERS:
        return "LATIN"
    first = unicodedata.name(letter, "UNKNOWN").partition(" ")[0].partition("-")[0]
    return "LATIN " + letter if first == "LATIN" else first
