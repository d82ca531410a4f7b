"""A figure in its line: the words around it, and the numbers, words and signs that are joined to it."""

import re
from collections.abc import Set
from dataclasses import dataclass

from briefgen.tools.figures import Match, TextLine, Vocabulary, is_wide
from briefgen.tools.figures.numbers import has_label

REACH = 40
"""Characters before a figure that are looked at."""
_BESIDE = r"(?P<token>(?<![\w.,:])\d+(?:[.,/~-]\d+)*(?:[^\W\d_\u1100-\uffdc]{1,2}|°)?\.?|(?<![\w.,'])[^\W\d_]+)"
_JOINTS = (
    r" ?[-/~&+×] ?|, ?| ",
    r" [^\W\d_]+(?:[./][^\W\d_]+)?\.? | و",
    r" [^\W\d_]{1,3} [^\W\d_]{1,3} ",
    r",? [^\W\d_]{1,3} (?:[^\W\d_]{1,3} )?[^\W\d_-]{4,},? ",  # 4 au mardi 5
)
_BEFORE = tuple(re.compile(f"{_BESIDE}(?P<joint>{joint})$") for joint in _JOINTS)
"""The number or word before a figure, and what joins the two.

That is a space or mark, a word, two short words, or a weekday behind such a word.
"""
LAST_WORD, _ROMAN = re.compile(r"([^\W\d_]+)\.?[ -]?$"), re.compile(r"[IVX]+")
PLAIN_YEAR, _DAY = re.compile(r"\d{4}"), re.compile(r"\d{1,2}(?!\d)")
OR_WORDS = r"(?:or|oder|bzw\.|resp\.|of|hoặc|hay|또는|혹은|ou|o|или|atau|veya|lub)"
OR_BEFORE = re.compile(rf" {OR_WORDS} $")
_SIGN = re.compile(r"(?:^|[\s(\[:;,|/]|(?<=[\u3000-\u9fff；：]))(?P<sign>-|[±~≈<>≤≥△▲▼▽])=? ?$")
_APART = (
    re.compile(r"(?:^|[^\w\s.,'-]|(?<![\u0590-\u08ff])-)\s*$"),
    re.compile(r"\s*(?:$|(?!['’:/-][^\W\d_])[^\w\s])"),
)
"""The ends of a line, or marks such as brackets: no word before or after a figure says how exact it is.

A mark with a letter right behind it may begin an ending (7'den fazla, 5%-nál több), or a rate (5 %/an).
"""
DENIED = re.compile(r"(?:^| )([^\W\d_]+) [^\W\d_]+(?: the| dem| de| a| à| la)? $")
WORD = re.compile(r"[ -]?([^\W\d_][^\s\d.,;:()!?'-]*)")
SMALL_WORD = re.compile(r"(?<= )[^\W\d_]{1,4} $")
_SHORT_LINK, _SHORT_WORD = 3, 2
_OUT_OF = frozenset(
    ("op", "op de", "in", "out of", "of", "of the", "von", "von den", "sur", "van de", "trên", "trong", "dari", "из")
)


@dataclass(frozen=True, slots=True)
class FigureContext:
    """A figure in its line: `start` and `end` are its places in the text of the line."""

    match: Match
    line: TextLine
    start: int
    end: int
    words: Vocabulary
    settled: Set[int]
    """The places of letters that belong to an earlier figure with a value."""

    @property
    def before(self) -> str:
        """What the line says before the figure."""
        return self.line.text[max(0, self.start - REACH) : self.start]

    @property
    def after(self) -> str:
        """What the line says after the figure."""
        return self.line.text[self.end : self.end + REACH]


def sign_before(context: FigureContext) -> str:
    """Return the mark before a figure that changes it, such as < or a minus; empty for a dash or the mark of a list."""
    sign = _SIGN.search(context.before)
    if sign is None:
        return ""
    at = context.start - len(context.before) + sign.start("sign")
    written = context.line.written(at, at + 1)
    is_list = not context.line.text[:at].strip() and context.before.endswith(" ")
    return "" if sign["sign"] == "-" and (written not in "-−" or is_list) else written


def stands_apart(context: FigureContext) -> bool:
    """Return whether nothing but the ends of a line and marks are beside a figure."""
    return bool(_APART[0].search(context.before) and _APART[1].match(context.after))


def is_joined(context: FigureContext, *, amount: bool) -> bool:
    """Return whether a number that no figure holds is joined to the front: 26 a 28 March, twenty five people."""
    found = filter(None, (pattern.search(context.before) for pattern in _BEFORE))
    return any(_is_joined_by(context, each, amount=amount) for each in found)


def _is_joined_by(context: FigureContext, found: re.Match[str], *, amount: bool) -> bool:
    at, (token, joint) = context.start - len(context.before) + found.start(), found.group("token", "joint")
    if at in context.settled or has_label(context.line.text, at, context.words):
        return False
    if not token[0].isdigit():
        is_roman = joint == " " and _ROMAN.fullmatch(context.line.written(at, at + len(token))) is not None  # XII 2024
        return _is_number_word(context, at + len(token), joint) if amount else is_roman
    if amount:
        if joint.startswith(",") and not context.line.text[context.start].isdigit():
            return False
        return len(joint.strip()) <= _SHORT_LINK or joint.strip() in _OUT_OF or bool(OR_BEFORE.fullmatch(joint))
    is_day = _DAY.match(token) is not None
    is_marked = not context.line.text[context.start].isdigit() and joint == " "
    if PLAIN_YEAR.fullmatch(context.line.text[context.start : context.end]):
        return joint.strip() in ("-", "/", "~") or (not is_day and joint != " ")
    marks = (context.words.day_before, context.words.year_before)  # no number before such a word belongs to the date
    return is_day and not (is_marked and any(each.at(context.line.text, context.start) for each in marks))


def _is_number_word(context: FigureContext, end: int, joint: str) -> bool:
    """Return whether a number word or scale word ends here; "one" is one only before "in", "out of" and the like."""
    text, words = context.line.text, context.words
    is_word = words.ands.at(text, end + 1) or words.ranges.at(text, end + 1) or OR_BEFORE.fullmatch(joint)
    is_link = not joint.strip(" -") or joint.strip() in _OUT_OF or bool(is_word)
    if not is_link or is_wide(text[end - 1]):
        return False
    number, scale = words.number_words.before(text, end), words.scales.before(text, end)
    if number and not number.doubtful:
        return number.value > 1 or bool(joint.strip(" -"))
    if words.numbers_of_any.before(text, end):
        return True
    is_long = scale and (scale.end - scale.start > _SHORT_WORD or text[: scale.start].rstrip()[-1:].isdigit())  # 3 tỷ
    return bool(scale and not scale.doubtful and is_long)


def without_prefix(word: str) -> str:
    """Return a Hebrew or Arabic word without the letter for "and", "in" or "by" that may be written on to its front."""
    is_prefixed = len(word) > _SHORTEST_PREFIXED and word[0] in "وفبلكושבכלמה"
    return word[1:] if is_prefixed else word


_SHORTEST_PREFIXED = 2


def word_of(found: re.Match[str] | None) -> str:
    """Return the first group of a match; empty without one."""
    return found[1] if found else ""


def lacking(key: str, what: str) -> str:
    """Return the doubt about a figure of a language whose words are not all listed."""
    return f"the words beside it may say more; nobody has listed all of this language ({key}: none for {what})"
