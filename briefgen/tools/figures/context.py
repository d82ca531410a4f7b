"""Looks at what stands right before and after a figure: what was not understood there makes the figure a doubt.

These rules know no language: they hold where a source is in another language than its record says, and where the words
of its language are incomplete. They only ever add doubts.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from briefgen.localise import cldr
from briefgen.model.dates import Interval, Period, Precision
from briefgen.model.quantities import Bound, Count, Fraction, Money, Name, Ordinal, Percent
from briefgen.tools.figures.numbers import has_label
from briefgen.tools.figures.vocabulary import Match, NormalisedText, Vocabulary, is_narrow, is_wide, normalise

_REACH = 40
"""Characters before a figure that are looked at."""
_BESIDE = r"(?P<token>(?<![\w.,:])\d+(?:[.,/~-]\d+)*(?:[^\W\d_\u1100-\uffdc]{1,2}|°)?\.?|(?<![\w.,'])[^\W\d_]+)"
_JOINTS = (r" ?[-/~&+] ?|, ?| ", r" [^\W\d_]+\.? ", r" [^\W\d_]{1,3} [^\W\d_]{1,3} ")
_BEFORE = tuple(re.compile(f"{_BESIDE}(?P<joint>{joint})$") for joint in _JOINTS)
"""The number or word before a figure, and what joins the two: a space or mark, a word, or two short words."""
_LAST_WORD, _ROMAN = re.compile(r"([^\W\d_]+)\.?[ -]?$"), re.compile(r"[IVX]+")
_WORD = re.compile(r"[ -]?([^\W\d_][^\s\d.,;:()!?'-]*)")
_NUMBER_AFTER, _FRACTION_AFTER = re.compile(r"[ /]\d"), re.compile(r" ?[¼-¾⅐-⅞]")
_MONTH_NUMBER, _PLAIN_YEAR, _DAY = re.compile(r"\d{1,2}/\d{4}"), re.compile(r"\d{4}"), re.compile(r"\d{1,2}(?!\d)")
_RANGE_AFTER = re.compile(r" ?(?:から|より|至|到|부터|[-~]) ?\d{1,2}(?!\d)")
_DAY_AFTER = re.compile(r" ?\d{1,2}(?![\d%])")
_AMOUNT, _SPACE = re.compile(r" ?(?:[^\w\s]|[^\W\d_]{2,4} ?)?\d"), re.compile(" ?")
_each = re.compile(r"\S+").findall
_CHANGING = frozenset(
    _each(
        "minus moins menos meno mínus miinus mīnus mínusz eksi минус мінус âm マイナス 마이너스 ناقص "
        "min max maks mín máx minimum maximum approx approximately ca circa cca est estimated aprox env "
        "cerca vers прибл ок kb kt ước 약 double twice thrice triple times doppelt dreifach verdoppelt gấp "
        "kaum hardly barely scarcely nauwelijks amper nor neither weder noch"
    )
)
"""Words of any language that make a number another one: negative, a limit, an estimate, a multiple."""
_OR = r"(?:or|oder|of|hoặc|hay|또는|혹은|ou|o|или|atau|veya|lub)"
_OR_AFTER, _OR_BEFORE = re.compile(rf" {_OR} [^\W_]{{0,3}}\d"), re.compile(rf" {_OR} $")
_ROUGHLY_AFTER = re.compile(r" ?(?:쯤|초반|중반|후반|대(?![가-힣])|에 못 |[을를] 밑)")
_SLASHED_WORD = re.compile(r"[^\W\d_]\.?/ ?$")
_DENIED_DEADLINE = re.compile(r"(?:^| )([^\W\d_]+) [^\W\d_]+(?: the| dem| de)? $")
_SIGN = re.compile(r"(?:^|[\s(\[:;,|/])(?P<sign>-|[±~≈<>≤≥△▲▼▽])=? ?$")
_NOT = frozenset(
    _each(
        "no not never nicht kein keine niet geen pas non não nao nem nie ne не ni không chưa ikke inte ei tidak bukan"
    )
)
_POINTS = re.compile(
    r" ?[%-]? ?(?:p\.? ?p\b|p\b|point|punkt|punt|pont|punct|bod|пункт|п\. ?п|điểm|poin|puan|포인트|ポイント|百分点)"
)
_ERA_AFTER = re.compile(
    r",? ?\(?(?:b\. ?e\b|be\b|a\. ?h\b|ah\b|h\b|هـ|ه\b|هجر|ش\b|พ\.ศ|b\. ?c\b|bce?\b|v\. ?chr|av\. j|a\. ?c\b|до н|"
    r"âm lịch|lunar)"
)
_ERA_BEFORE = re.compile(
    r"(?:พ\.ศ\.?|พุทธศักราช|令和|平成|昭和|大正|明治|民國|民国|단기|주체|reiwa|heisei|sh[oō]wa|taish[oō]|meiji|minguo|juche|"
    r"b\. ?e\.|음력|農曆|农历|旧暦|lunar|hijri|هجري|هجرية)(?: year)? ?\(?$"
)
_PART_BEFORE = re.compile(
    r"(?:week|weekend|days|half|quarters?|thirds?|fifths?|tenths?|spring|summer|autumn|fall|winter|season|eve|middle|"
    r"wochen?|hälfte|drittel|viertel|fünftel|quartal|frühjahr|frühling|sommer|herbst|monatshälfte|saison|tuần|mùa|nửa|"
    r"quý|vụ|những|thập niên|thập kỷ|jaren|weken|helft|kwart|kwartaal|lente|zomer|herfst|najaar|voorjaar)"
    r"(?: (?:of|a|in|im|der|von|vom|des|van|của|trong|xuân|hè|hạ|thu|đông|the|het|de))* ?$"
)
_PART_AFTER = re.compile(
    r" ?(?:첫째|둘째|셋째|넷째|첫 ?주|마지막|봄|여름|가을|겨울|전반|후반|(?:첫|두|세|네) ?번째|\d주)"
)
_LIKELY_YEARS = range(1800, 2101)
_APART = (re.compile(r"(?:^|[^\w\s.,'])\s*$"), re.compile(r"\s*(?:$|[^\w\s])"))
"""The ends of a line, or marks such as brackets: no word before or after a figure says how exact it is."""


@dataclass(frozen=True, slots=True)
class Context:
    """A figure in its line: `start` and `end` are its places in the text of the line."""

    match: Match
    line: NormalisedText
    start: int
    end: int
    words: Vocabulary
    settled: Set[int]
    """The places of letters that belong to an earlier figure with a value."""

    @property
    def before(self) -> str:
        """What the line says before the figure."""
        return self.line.text[max(0, self.start - _REACH) : self.start]

    @property
    def after(self) -> str:
        """What the line says after the figure."""
        return self.line.text[self.end : self.end + _REACH]


def with_doubts(context: Context) -> Match:
    """Return the figure with a doubt for each thing next to it that was not understood."""
    found = context.match
    if scale := _unread_scale(context):
        return _unscaled(context, scale)
    match found.quantity if found.sure else None:
        case None | Name():
            return found
        case Ordinal():
            doubts = _of_ordinal(context)
        case Money() | Count() | Percent() | Fraction():
            doubts = _of_amount(context)
        case Period() | Interval() as when:
            doubts = _of_date(context, when)
        case other:
            assert_never(other)
    return replace(found, why="; ".join(dict.fromkeys(doubts)))


def _unread_scale(context: Context) -> re.Match[str] | None:
    """Return the scale word of any language that follows an amount and was not read with it."""
    found = context.match
    is_number = found.quantity is None and found.partial and "--" not in found.partial
    if isinstance(found.quantity, Money | Count) or is_number or _PLAIN_YEAR.fullmatch(found.text):
        word = _WORD.match(context.after)
        if word and len(word[1]) < _SHORT_LINK and (second := _WORD.match(context.after, word.end())):  # de milioane
            word = second if is_scale_word(second[1]) else word
        return word if word and is_scale_word(word[1]) else None
    return None


def _unscaled(context: Context, scale: re.Match[str]) -> Match:
    """Return the amount up to the scale word as no quantity: how large it is, a person must say."""
    found, read = context.match, context.match.quantity
    match read:
        case Money():
            number = f"{read.bound} {read.amount:f}".strip()
        case Count():
            number = f"{read.bound} {read.number:f}".strip()
        case _:
            number = found.partial or found.text
    written = context.line.written(context.end + scale.start(1), context.end + scale.end())
    whole = context.line.match(context.start, context.end + scale.end(), None)
    why = "; ".join(filter(None, (f"'{written}' may be a scale word of another language", found.why)))
    return replace(whole, why=why, partial=f"{number} {written}")


def _of_amount(context: Context) -> Iterator[str]:
    if _is_joined(context, amount=True):
        yield "a number right before it: one amount, a range, or two"
    yield from _before_amount(context)
    if _PART_BEFORE.search(context.before):
        yield "a part of it: a half, a third"
    if _in_range(context):
        yield "one end of a range of amounts"
    yield from _after_amount(context)
    if not context.words.knows_bounds and not _stands_apart(context):
        yield _NO_WORDS


def _before_amount(context: Context) -> Iterator[str]:
    """Yield the mark or word before an amount that makes it another one."""
    bound, text = getattr(context.match.quantity, "bound", Bound.EXACT), context.match.text.lower()
    last = _LAST_WORD.search(context.before)
    if sign := _sign_before(context):
        yield f"'{sign}' before the number"
    if last and last[1] in _CHANGING and not text.startswith(last[1]):
        yield f"'{last[1]}' before the number"
    if last and last[1] in _NOT:
        yield f"'{last[1]}' before '{bound or 'the number'}'"
    if context.before.endswith((".", ",", "'")):
        yield "a decimal mark right before it"
    if isinstance(context.match.quantity, Count) and has_label(context.line.text, context.start, context.words):
        yield "a number of what is named before it, perhaps"


def _after_amount(context: Context) -> Iterator[str]:
    """Yield what goes on after an amount."""
    after, is_money = context.after, isinstance(context.match.quantity, Money)
    if _FRACTION_AFTER.match(after) or (is_money and _NUMBER_AFTER.match(after)):
        yield "a number right after it: one amount, or two"
    if after.startswith("+") or _ROUGHLY_AFTER.match(after):
        yield "what follows it says how exact it is"
    if is_narrow(after[:1]):
        yield "letters are written on to it"
    if isinstance(context.match.quantity, Percent) and _POINTS.match(after):
        yield "percentage points, perhaps"


def _sign_before(context: Context) -> str:
    """Return the mark before a figure that changes it, such as < or a minus; empty for a dash or the mark of a list."""
    sign = _SIGN.search(context.before)
    if sign is None:
        return ""
    at = context.start - len(context.before) + sign.start("sign")
    written = context.line.written(at, at + 1)
    is_list = not context.line.text[:at].strip() and context.before.endswith(" ")
    return "" if sign["sign"] == "-" and (written not in "-−" or is_list) else written


def _in_range(context: Context) -> bool:
    """Return whether a dash or a word such as "to" joins it with another amount before or after it."""
    text, ranges = context.line.text, context.words.ranges
    after, before = ranges.after(text, context.end), ranges.before(text, context.start)
    is_or = _OR_BEFORE.search(context.before)
    begin = before.start if before else context.start - len(context.before) + is_or.start() if is_or else 0
    ends_there = bool(begin) and len(text[:begin].rstrip()) - 1 in context.settled
    return ends_there or bool(after and _AMOUNT.match(text, after.end)) or _OR_AFTER.match(context.after) is not None


def _of_ordinal(context: Context) -> Iterator[str]:
    text, words = context.line.text, context.words
    joint = words.ands.after(text, context.end) or words.ranges.after(text, context.end)
    suffix = context.match.text.lstrip("0123456789").lower()
    if (joint and _DAY_AFTER.match(text, joint.end)) or re.match(
        rf"[,/&] ?\d{{1,2}}{re.escape(suffix)}", context.after
    ):
        yield "an ordinal, or a day"


def _of_date(context: Context, when: Period | Interval) -> Iterator[str]:
    yield from _before_date(context)
    if _ERA_AFTER.match(context.after) or _ERA_BEFORE.search(context.before):
        yield "a year of another calendar, perhaps"
    elif not {when.first.year, when.last.year} <= {*_LIKELY_YEARS}:
        yield "an unlikely year: of another calendar, or a number"
    if _RANGE_AFTER.match(context.after):
        yield "a range, perhaps"
    text = context.line.text[context.start : context.end]
    if _MONTH_NUMBER.fullmatch(text) and not _is_dated(context):
        yield "a month, or the number of what is named before it"
    if _PLAIN_YEAR.fullmatch(text) and _counts_something(context):
        yield "a year, or an amount of what is named after it"
    ends = (when.start, when.end) if isinstance(when, Interval) else (when,)
    if not all(end.precision is Precision.DAY for end in ends):
        yield from _of_months(context)


def _before_date(context: Context) -> Iterator[str]:
    """Yield what stands before a date and makes it another one."""
    if (sign := _sign_before(context)) and sign not in "-−":
        yield f"'{sign}' before the date"
    if _is_joined(context, amount=False) or _SLASHED_WORD.search(context.before):
        yield "a number is joined to the front of the date"
    if context.match.deadline and (denied := _DENIED_DEADLINE.search(context.before)) and denied[1] in _NOT:
        yield f"'{denied[1]}' before the deadline"


def _of_months(context: Context) -> Iterator[str]:
    """Yield why a month or year may be only a part of one."""
    if _PART_BEFORE.search(context.before) or _PART_AFTER.match(context.after):
        yield "a part of it: a week, a season, a half"
    if not context.words.knows_date_parts and not _stands_apart(context):
        yield _NO_WORDS


_NO_WORDS = "the words beside it may say more, and this language has no words of its own"
_SHORT_LINK, _SHORT_WORD = 3, 2
_OUT_OF = frozenset(("op", "op de", "in", "out of", "of", "of the", "von", "von den", "sur", "van de", "trên", "trong"))


def _stands_apart(context: Context) -> bool:
    return bool(_APART[0].search(context.before) and _APART[1].match(context.after))


def _is_joined(context: Context, *, amount: bool) -> bool:
    """Return whether a number that no figure holds is joined to the front: 26 a 28 March, twenty five people."""
    found = filter(None, (pattern.search(context.before) for pattern in _BEFORE))
    return any(_is_joined_by(context, each, amount=amount) for each in found)


def _is_joined_by(context: Context, found: re.Match[str], *, amount: bool) -> bool:
    at, (token, joint) = context.start - len(context.before) + found.start(), found.group("token", "joint")
    if at in context.settled or has_label(context.line.text, at, context.words):
        return False
    if not token[0].isdigit():
        return _is_number_word(context, at + len(token), joint) if amount else _is_roman(context, at, token, joint)
    if amount:
        if joint.startswith(",") and not context.line.text[context.start].isdigit():
            return False
        return len(joint.strip()) <= _SHORT_LINK or joint.strip() in _OUT_OF or bool(_OR_BEFORE.fullmatch(joint))
    is_day = _DAY.match(token) is not None
    is_marked = not context.line.text[context.start].isdigit() and joint == " "
    if _PLAIN_YEAR.fullmatch(context.line.text[context.start : context.end]):
        return joint.strip() in ("-", "/", "~") or (not is_day and joint != " ")
    return is_day and not (is_marked and _marks_a_date(context))


def _marks_a_date(context: Context) -> bool:
    """Return whether a date begins with a word that marks its day or year: no number before it belongs to it."""
    words, text = context.words, context.line.text
    return any(lexicon.at(text, context.start) for lexicon in (words.day_before, words.year_before))


def _is_number_word(context: Context, end: int, joint: str) -> bool:
    """Return whether a number word or scale word ends here; "one" is one only before "in", "out of" and the like."""
    text, words = context.line.text, context.words
    is_word = words.ands.at(text, end + 1) or words.ranges.at(text, end + 1) or _OR_BEFORE.fullmatch(joint)
    is_link = not joint.strip(" -") or joint.strip() in _OUT_OF or bool(is_word)
    if not is_link or is_wide(text[end - 1]):
        return False
    number, scale = words.number_words.before(text, end), words.scales.before(text, end)
    if number and not number.doubtful:
        return number.value > 1 or bool(joint.strip(" -"))
    return bool(scale and not scale.doubtful and scale.end - scale.start > _SHORT_WORD)


def _is_roman(context: Context, at: int, token: str, joint: str) -> bool:
    """Return whether a Roman number is right before a date: 12 XII 2024."""
    return joint == " " and _ROMAN.fullmatch(context.line.written(at, at + len(token))) is not None


def _is_dated(context: Context) -> bool:
    """Return whether a word before it says that a date follows."""
    words, at = context.words, context.start
    lexicons = (words.year_context, words.deadlines_before, words.ranges, words.ands, words.date_fillers)
    return any(each.before(context.line.text, at) for each in lexicons)


def _counts_something(context: Context) -> bool:
    """Return whether a plain year may be an amount: of 2025 tonnes, in 2000 cases."""
    after = _WORD.match(context.after)
    if after is None or after[0][0] != " " or is_wide(after[1][0]) or after[1] in context.words.small_words:
        return False
    is_round = context.match.text.endswith("00")
    at = context.end + after.start(1)
    is_name = context.line.written(at, at + 1).isupper() and context.words.capital_months
    return is_round or (not is_name and _is_weak(context))


def _is_weak(context: Context) -> bool:
    """Return whether the word before a plain year is one that stands before amounts as well: of, to, from."""
    last = _LAST_WORD.search(context.before)
    return not last or last[1] not in _OF_TIME


_OF_TIME = frozenset(_each("in since during im seit in sinds năm từ until till bis"))


@cache
def _scale_words() -> frozenset[str]:
    """Return the scale words of every language that CLDR knows; none so short that many other words are alike."""
    words = {normalise(word.split(" ")[-1]).text for word in cldr.all_scale_words()}
    return frozenset(
        {word for word in words if is_wide(word[0]) or len(word) > _SHORT_WORD + word.isascii()} - {*_OTHER_WORDS}
        | {normalise(word).text for word in _MORE_SCALES}
    )


_MORE_SCALES = _each(
    "thousand thousands million millions milliard milliards billion billions trillion trillions lakh lakhs lac lacs "
    "crore crores arab kharab hundred hundreds dozen dozens k m b t mn bn tn mm bln mln tln mio mia mrd mld tsd bi mi "
    "cr rb jt mil milhar milhares miles millares mille milliers migliaia hundert honderd cent cento cien ciento "
    "centenas ngàn vạn trăm chục tỷ tỉ 千 百 万 萬 億 亿 兆 백 천 만 억 조 십"
)
_OTHER_WORDS = ("vote", "mile", "bill", "mano", "kun", "min", "ming", "mill")
_STEM = re.compile(
    r"(?:mill?[ijy]|mil[hjy]|mel[iy]|bill?[ijy]|bil[hjy]|trill?[ijy]|tril[hjy])[aãáeéiíoõóöuúõų]|milj|bilj|triljo|"
    r"mrd|mld|mlrd|tys|tis[ií]c|tuhan|tausend|thousand|мил[ил]|міль|биль|трил|трыл|тысяч|тисяч"
)
"""How scale words begin, whatever their endings: milyonluk, miljoonan, миллионами."""
_NO_STEM = re.compile(r"milit|milie[uv]|bilin|bilat|trilin|trilat|trilo")


def is_scale_word(word: str) -> bool:
    """Return whether a normalised word is, or begins like, a scale word of any language."""
    known = _scale_words()
    if is_wide(word[0]):
        return word[0] in known and (len(word) == 1 or not is_wide(word[1]) or word[:2] in known)
    return word in known or bool(_STEM.match(word) and not _NO_STEM.match(word))
