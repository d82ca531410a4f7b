"""Looks at what stands beside a figure, and here beside an amount.

What stands right before and after a figure and was not understood makes the figure a doubt. These rules know no
language: they hold where a source is in another language than its record says, and where the words of its language are
incomplete. They only ever add doubts.
"""

import re
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from itertools import chain

from briefgen.localise import cldr
from briefgen.model.quantities import Bound, Count, Money, Percent
from briefgen.tools.figures import (
    Match,
    TextLine,
    Vocabulary,
    any_language,
    holding,
    is_narrow,
    is_unspaced,
    is_wide,
    normalise,
)
from briefgen.tools.figures.dates import is_like
from briefgen.tools.figures.not_so import not_so
from briefgen.tools.figures.numbers import has_label, is_until, measure_after, read_number

REACH = 40
"""Characters before a figure that are looked at."""
_BESIDE = r"(?P<token>(?<![\w.,:])\d+(?:[.,/~-]\d+)*(?:[^\W\d_\u1100-\uffdc]{1,2}|°)?\.?|(?<![\w.,'])[^\W\d_]+)"
_JOINTS = (
    r" ?[-/~&+×、] ?|, ?| ",
    r",? [^\W\d_]+(?:[./][^\W\d_]+)?\.? | [וو]-?",
    r" [^\W\d_]{1,3} [^\W\d_]{1,3} ",
    r",? [^\W\d_]{1,3} (?:[^\W\d_]{1,3} )?[^\W\d_-]{4,},? ",  # 4 au mardi 5
)
_BEFORE = tuple(re.compile(f"{_BESIDE}(?P<joint>{joint})$") for joint in _JOINTS)
"""The number or word before a figure, and what joins the two.

That is a space or mark, a word, two short words, or a weekday behind such a word.
"""
LAST_WORD, _ROMAN = re.compile(r"([^\W\d_]+)\.?[ -]?$"), re.compile(r"[IVX]+")
PLAIN_YEAR, _DAY = re.compile(r"\d{4}"), re.compile(r"\d{1,2}(?!\d)")
OR_WORDS = (
    r"(?:or|oder|bzw\.|resp\.|of|hoặc|hay|또는|혹은|내지|ou|o|oppure|или|либо|atau|veya|ya da|lub|albo|bądź|чи|або|"
    r"nebo|anebo|eller|eða|tai|vagy|หรือ|या|أو|یا|או)"
)
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
SHORT_LINK, _SHORT_WORD = 3, 2


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
        return (
            len(joint.strip(" ,")) <= SHORT_LINK
            or joint.strip() in any_language.OUT_OF
            or bool(OR_BEFORE.fullmatch(joint))
        )
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
    is_link = not joint.strip(" -") or joint.strip() in any_language.OUT_OF or bool(is_word)
    if not is_link or is_wide(text[end - 1]):
        return False
    number, scale = words.number_words.before(text, end), words.scales.before(text, end)
    if number and not number.doubtful:
        return number.value > 1 or bool(joint.strip(" -"))
    if words.numbers_of_any.before(text, end) or (is_word and is_scale_word(text[:end].rsplit(" ", 1)[-1])):
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


def lacking(**keys: str) -> str:
    """Return the doubt about a figure of a language whose words are not all listed."""
    said = "; ".join(f"{key}: none for {what}" for key, what in keys.items() if what)
    return said and f"the words beside it may say more; nobody has listed all of this language ({said})"


_SENTENCE_END = re.compile(r"[.!?;。！？](?!\d)")
_CLAUSE_START = re.compile(r"[.,;:!?،؛؟।。、，；\d\0]")
_PLAIN_CLAUSE = re.compile(r"[^.,;:!?،؛؟।。、，；\d]*")
_SENTENCE = 200
"""Characters before a figure in which its sentence is looked for."""
_NUMBER_AFTER, _FRACTION_AFTER = re.compile(r"[ /]\d"), re.compile(r" ?[¼-¾⅐-⅞]| [.,] ?\d| \.[^\W\d_]")
_AMOUNT, _SPACE = re.compile(r" ?(?:[^\w\s]|[^\W\d_]{2,4} ?)?\d"), re.compile(" ?")
_OR_WIDE = r"(?:または|又は|あるいは|もしくは|ないし|或者?)"
OR_AFTER = re.compile(rf" {OR_WORDS} [^\W_]{{0,3}}\d|{_OR_WIDE}\d")
_EITHER = re.compile(rf"\d\D{{0,8}}{_OR_WIDE}$")
_LIMITS_BEFORE = (
    any_language.SHORT_OF,
    any_language.REPLACED,
    any_language.THAN,
    any_language.CHANGING_WIDE,
    any_language.ROUGHLY_BEFORE,
    any_language.EXCEEDING,
)
_ENDS_BEFORE = (any_language.END_WIDE, any_language.BETWEEN_BEFORE, any_language.TO_BEFORE)
_ENDING = re.compile(r"'([^\W\d_]+)")
"""An ending written on to a figure: in 20'ye varan it belongs to what says how exact it is."""
_SHORT_WORD_BEFORE = re.compile(r" [^\W\d_]{1,4}[ -]$")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d ")
_PREFIX = re.compile("[\u0590-\u08ff]$")
"""A Hebrew or Arabic letter, which may be the "and", "in" or "of" that is written on to a number there."""
_MULTIPLE = re.compile(r" (?:as|more|less|the|that|what|its|their|\w+er)\b| [^ ]*\d")
"""What makes a number of times a multiple: 5 times as much."""
_SHARED = re.compile(
    r" ?/ ?[^\W\d_]|,? (?:p\.? ?a\b|a\. ?a\b|(?:ao|al|par|por|per|each|apiece|pro|je|elk|mỗi|bình quân)\b)"
    r"| an? (?:tonne|ton|head|barrel|litre|kilo|hectare|person|unit|piece|household)\b"
)
"""What makes an amount one of each year, person or the like, where `rates` of the language do not say of which."""


def doubts_of_amount(context: FigureContext) -> list[str]:
    """Return a doubt for each thing beside an amount that was not understood."""
    quantity, words, before, after = context.match.quantity, context.words, context.before, context.after
    sign, last = sign_before(context), word_of(LAST_WORD.search(before))
    is_changed = _changes(last, words.small_words) and not context.match.text.lower().startswith(last)
    further = word_of(LAST_WORD.search(_SHORT_WORD_BEFORE.sub(" ", before)))  # zhruba o 7 %
    is_money, bound = isinstance(quantity, Money), getattr(quantity, "bound", Bound.EXACT)
    is_labelled = isinstance(quantity, Count) and has_label(context.line.text, context.start, words)
    goes_on = _FRACTION_AFTER.match(after) or (is_money and _NUMBER_AFTER.match(after)) or _goes_on(context)
    ending, denied = word_of(_ENDING.match(after)), word_of(DENIED.search(before) or WORD.match(after))
    like = "" if bound else _like_bound(context) or _bound_apart(context)
    often = (_SHARED.match(after), any_language.OFTEN_BEFORE.search(before), any_language.OFTEN_AFTER.match(after))
    is_shared = _is_each(context) or any(often) or _is_of_each(context)
    is_multiple = isinstance(quantity, Count) and quantity.unit == "times" and _MULTIPLE.match(after)
    unlisted = lacking(bounds_before=words.unknown_bounds, negations="" if words.negations else "a denial")
    return holding(
        (is_joined(context, amount=True), "a number right before it: one amount, a range, or two"),
        (sign, f"'{sign}' before the number"),
        (is_changed, f"'{last}' before the number"),
        (_changes(further) and further != last, f"'{further}' near the number"),
        (last in any_language.NOT, f"'{last}' before '{bound or 'the number'}'"),
        (any(each.search(before) for each in _LIMITS_BEFORE), "what stands before it says how exact it is"),
        (denied in any_language.NOT, f"'{denied}' near the number"),
        (last and is_scale_word(last), f"in {last}, perhaps"),
        (_is_denied(context) or _is_denied_before(context), "what is beside it denies something"),
        (otherwise := _not_so(context), otherwise),
        (before.endswith((".", ",", "'")), "a decimal mark right before it"),
        (is_narrow(before[-1:]) and not _PREFIX.search(before), "letters stand right before it"),
        (is_labelled, "a number of what is named before it, perhaps"),
        (_is_half_of(context), "a part of it: a half, a third"),
        (any_language.ONE_IN.search(before) or any_language.ONE_OF.search(before), "one of so many, perhaps"),
        (_other_currency(context), "another currency beside it"),
        (is_money and _MILLIONS.fullmatch(context.match.text), "a currency in millions, perhaps"),
        (any_language.ERA_BEFORE.search(before), "a year of another calendar, perhaps"),
        (any_language.HALF_AFTER.match(after), "and a half, perhaps"),
        (_in_range(context) or _is_open_range(context), "one end of a range of amounts"),
        (any_language.BELOW_ZERO.match(after), "below zero"),
        (not getattr(quantity, "per", "") and is_shared, "what is beside it says of what each"),
        (is_multiple, "so many times as large, perhaps"),
        (isinstance(quantity, Count) and _may_be_year(context, last), "a year, and what happened in it, perhaps"),
        (goes_on, "a number right after it: one amount, or two"),
        (_adds_to_words(context), "more of it in words before it, perhaps"),
        (_is_limited_behind(context), "what follows it says how exact it is"),
        (_is_difference(quantity, after), "so many more or less, perhaps"),
        (_is_former(context), "what it was before, perhaps, or is compared with"),
        (like, f"'{like}' may say how exact it is"),
        (ending and ending not in words.endings, "an ending is written on to it"),
        (is_narrow(after[:1]), "letters are written on to it"),
        (isinstance(quantity, Percent) and any_language.POINTS.match(after), "percentage points, perhaps"),
        (unlisted and not stands_apart(context), unlisted),
    )


def says_more(before: str, after: str, value: Money | Count | Percent) -> str:
    """Return what makes another one of the amount between two normalised stretches of a line, in any language."""
    is_exact = value.bound is Bound.EXACT
    last, further = (word_of(LAST_WORD.search(each)) for each in (before, _SHORT_WORD_BEFORE.sub(" ", before)))
    limits = holding(*((is_exact and _changes(word), f"'{word}'") for word in (last, further)))
    is_limited = any(each.search(before) for each in _LIMITS_BEFORE) or any_language.ROUGHLY_AFTER.match(after)
    denied = word_of(DENIED.search(before))
    parts = (any_language.HALF_OF, any_language.PART_WIDE_BEFORE)
    often = any_language.OFTEN_BEFORE.search(before) or any_language.OFTEN_AFTER.match(after)
    found = holding(
        (isinstance(value, Percent) and any_language.POINTS.match(after), "percentage points, perhaps"),
        (any(each.search(before) for each in parts), "that it is a part, or a multiple"),
        (any_language.HALF_AFTER.match(after), "that it is more by a half"),
        (_FRACTION_AFTER.match(after), "that the number goes on"),
        (is_exact and is_limited, "how exact it is"),
        (_is_difference(value, after), "so many more or less"),
        (denied in any_language.NOT - {"no"} and last not in any_language.ONLY, f"'{denied}'"),
        (any(each.search(before) for each in _ENDS_BEFORE), "the other end of a range"),
        (often and not value.per, "of what each it is"),
    )
    return next(chain(limits, found), "")


def _is_difference(quantity: object, after: str) -> bool:
    return not isinstance(quantity, Percent) and any_language.DIFFERENCE.match(after) is not None


def _is_former(context: FigureContext) -> bool:
    return bool(any_language.FORMER_BEFORE.search(context.before) or any_language.FORMER_AFTER.match(context.after))


def _may_be_year(context: FigureContext, last: str) -> bool:
    """Return whether it begins like a year behind a word of time: since 2024 companies invest."""
    is_year = _YEAR_FIRST.match(context.line.text, context.start) is not None
    return is_year and (last in any_language.OF_TIME or last in any_language.FROM_OR_BY)


def _is_each(context: FigureContext) -> bool:
    """Return whether a word or a few behind it is said how often: 2 million tonnes of soya beans per year."""
    clause = (_PLAIN_CLAUSE.match(context.after) or [""])[0]
    places = [context.end + space.start() + 1 for space in re.finditer(" ", clause)][:_NEAR_RATE]
    hits = (context.words.rates.at(context.line.text, place) for place in places)
    return any(hit and not hit.doubtful for hit in hits)


def _is_of_each(context: FigureContext) -> bool:
    """Return whether it is one of each side, or each of several: je 20 Firmen. Each two years is a rhythm."""
    if getattr(context.match.quantity, "unit", "") in _SPANS:
        return False
    before, after = any_language.EACH_BEFORE, any_language.EACH_AFTER
    return bool(before.search(context.before) or after.match(context.after))


def _goes_on(context: FigureContext) -> bool:
    """Return whether "and" and a number with a scale word and no unit follow: US$ 3 billion and 200 million."""
    text, words = context.line.text, context.words
    joint = words.ands.after(text, context.end)
    number = read_number(text, joint.end + text.startswith(" ", joint.end), words) if joint else None
    if number is None or not number.power:
        return False
    return measure_after(context.line, number.start, number.end, words, apart=False) is None


def _adds_to_words(context: FigureContext) -> bool:
    """Return whether "and" joins it to money in words, which no figure holds: مليارا دولار و500 مليون دولار."""
    text, words = context.line.text, context.words
    currency = getattr(context.match.quantity, "currency", "")
    joint = words.ands.before(text, context.start)
    unit = words.units.before(text, joint.start) if joint else None
    return bool(unit and unit.value.name == currency and unit.start not in context.settled)


def _is_denied(context: FigureContext) -> bool:
    """Return whether a word, or an ending of a verb, denies what is said of an amount in the rest of its clause."""
    clause = (any_language.CLAUSE.match(context.after) or [""])[0]
    return any_language.DENIED_AFTER.search(clause) is not None or _denies(clause, context.words)


def _is_denied_before(context: FigureContext) -> bool:
    """Return whether a denial stands before it in its clause, with no other number between: no alcanzó los 5 %."""
    near = " ".join(_CLAUSE_START.split(context.before)[-1].split()[-_NEAR_DENIAL:])
    return not is_wide(near[:1]) and _denies(near, context.words)


def _denies(clause: str, words: Vocabulary) -> bool:
    """Return whether a stretch of text holds a word, or an ending, that the language lists as a denial."""
    endings = tuple(each[1:] for each in words.negations if each.startswith("*"))
    fronts = tuple(each[:-1] for each in words.negations if each.endswith("*"))
    inside = (each for each in words.negations if is_unspaced(each))
    return any(each in clause for each in inside) or any(
        {each, without_prefix(each)} & {*words.negations} or each.endswith(endings) or each.startswith(fronts)
        for each in clause.split()
    )


def _not_so(context: FigureContext) -> str:
    """Return the doubt that it is a loss, a balance that the sentence calls negative before it, or only possible."""
    sentence = _SENTENCE_END.split(context.line.text[max(0, context.start - _SENTENCE) : context.start])[-1]
    return not_so(sentence, context.before, context.after)


def _is_half_of(context: FigureContext) -> bool:
    """Return whether it is of a part of the amount: half of it, metade de 10."""
    at = context.start - len((SMALL_WORD.search(context.before) or [""])[0])
    listed = (context.words.fractions.before(context.line.text, place) for place in (context.start, at))
    found = (
        any_language.PART_BEFORE.search(context.before),
        any_language.HALF_OF.search(context.before),
        any_language.PART_WIDE_BEFORE.search(context.before),
        any_language.PART_WIDE.match(context.after),
    )
    return any((*found, *listed))


def _like_bound(context: FigureContext) -> str:
    """Return the word behind an amount that is a limit of the language in another form: üzerindedir for üzerinde."""
    found = WORD.match(context.after)
    word = found[1] if found else ""
    known = (each for each in context.words.bounds_after.meanings if each != word and " " not in each)
    return word if any(is_like(word, each, ending=_LIMIT_ENDING) for each in known) else ""


def _bound_apart(context: FigureContext) -> str:
    """Return the limit of the language that an article parts from an amount, or that has a letter written on to it.

    As in cerca de los 5 millones.
    """
    before = context.before.rstrip(" -")
    for phrase in context.words.bounds_before.meanings:
        if is_unspaced(phrase[-1:]) and before.endswith(phrase) and not is_wide(phrase[-1:]):
            return phrase  # ไม่น้อยกว่า, of which น้อยกว่า is a part
        last = before.split()[-1 - phrase.count(" ") :]
        if last and without_prefix(" ".join(last)) == phrase != " ".join(last):  # بأكثر من 3
            return phrase
    small = SMALL_WORD.search(context.before)
    hit = context.words.bounds_before.before(context.line.text, context.start - len(small.group())) if small else None
    return context.line.written(hit.start, hit.end) if hit and not hit.doubtful else ""


_NUMBER_NEAR = re.compile(r"\d[^.;:!?]{0,20}$")


def _is_open_range(context: FigureContext) -> bool:
    counter = any_language.SAME_COUNTER.search(context.before)
    is_alike = counter and re.match(rf"[\d.,]+ ?{counter[1]}(?!국)", context.line.text[context.start :])
    is_alike = is_alike or any_language.TO_SAME_COUNTER.match(context.line.text, context.start)
    is_first = any_language.BETWEEN_FIRST.search(context.before) and any_language.AND_NUMBER_AFTER.match(context.after)
    between = any_language.BETWEEN_AFTER.match(context.after)  # and not: 5 milyar dolar, iki ülke arasında
    is_between = between and (re.search(r"\d", between[0]) or _NUMBER_NEAR.search(context.before))
    is_end = any(each.search(context.before) for each in _ENDS_BEFORE) or any_language.TO_AFTER.match(context.after)
    is_last = isinstance(context.match.quantity, Percent) and any_language.TO_PERCENT.search(context.before)
    found = is_first or is_between or is_end or is_last or is_alike
    return bool(found or context.words.between.before(context.line.text, context.start))


def _is_limited_behind(context: FigureContext) -> bool:
    """Return whether a limit is behind it, also at the end of a clause of few words: 20 Firmen maximal, là tối đa."""
    if context.after.startswith(("+", "±", " ±")) or any_language.ROUGHLY_AFTER.match(context.after):
        return True
    clause = (_PLAIN_CLAUSE.match(context.after.removeprefix(",")) or [""])[0]
    few, end = clause.split(), context.end + context.after.startswith(",") + len(clause)
    is_of_next = context.line.text[end : end + 1].isdigit()  # and nearly 20
    if is_of_next or not 0 < len(few) <= _NEAR_LIMIT or any_language.MORE_OR_LESS.fullmatch(few[0]):
        return False
    hit = context.words.bounds_before.before(context.line.text, end)
    return _changes(few[-1]) or bool(hit and not hit.doubtful and hit.start >= context.end)


def _changes(word: str, small: Set[str] = any_language.ABOUT_SOMEWHERE) -> bool:
    """Return whether a word makes the number behind it another one, in any language; small ones of this one do not."""
    return word in any_language.ABOUT_SOMEWHERE - small or not any_language.CHANGING.isdisjoint(
        (word, without_prefix(word))
    )


def _other_currency(context: FigureContext) -> bool:
    """Return whether another currency is named right before or after money: $500 pesos, 人民幣30億元."""
    read, line = context.match.quantity, context.line
    if not isinstance(read, Money):
        return False
    units = context.words.units
    hits = [hit for hit in (units.before(line.text, context.start), units.after(line.text, context.end)) if hit]
    written = {hit: line.written(hit.start, hit.end) for hit in hits if hit.value.is_money}
    beside = {hit.value.name for hit, word in written.items() if word.isupper() or word.upper() != hit.value.name}
    is_unknown = not beside and _CURRENCY_BEFORE.search(context.before) is not None
    return is_unknown or not beside <= {read.currency}


_MILLIONS = re.compile(r".*\d ?m{1,2}(?:d[dpeh]|[ue]sd)", re.IGNORECASE)
"""An abbreviation that says millions as well, as in 3,000 mdd: millones de dólares."""
_CURRENCY_BEFORE = re.compile(r"[\u3400-\u9fff][幣币] ?$")


def _in_range(context: FigureContext) -> bool:
    """Return whether a dash or a word such as "to" joins it with another amount before or after it."""
    text, ranges = context.line.text, context.words.ranges
    after, before = ranges.after(text, context.end), ranges.before(text, context.start)
    after = None if after and is_until(context.line, after, context.words) else after
    is_or = OR_BEFORE.search(context.before)
    begin = before.start if before else context.start - len(context.before) + is_or.start() if is_or else 0
    ends_there = bool(begin) and len(text[:begin].rstrip()) - 1 in context.settled
    ends_there = ends_there or _EITHER.search(context.before) is not None
    return ends_there or bool(after and _AMOUNT.match(text, after.end)) or OR_AFTER.match(context.after) is not None


_LIMIT_ENDING, _NEAR_DENIAL, _NEAR_RATE, _NEAR_LIMIT = 4, 6, 5, 3
_SPANS = frozenset(("years", "months", "weeks", "days", "hours", "minutes"))


@cache
def _scale_words() -> frozenset[str]:
    """Return the scale words of every language that CLDR knows; none so short that many other words are alike."""
    words = {normalise(word.split(" ")[-1]).text for word in cldr.all_scale_words()}
    return frozenset(
        {word for word in words if is_wide(word[0]) or len(word) > _SHORT_WORD + word.isascii()} - {*_OTHER_WORDS}
        | {normalise(word).text for word in _MORE_SCALES}
    )


_MORE_SCALES = any_language.words_of(
    "thousand thousands million millions milliard milliards billion billions trillion trillions lakh lakhs lac lacs "
    "crore crores arab kharab hundred hundreds dozen dozens k m b t mn bn tn mm bln mln tln mio mia mrd mld tsd bi mi "
    "libo libong daan daang مليارات مليارا ملياري ملايين مليونا مليوني ألفا ألفي آلاف "
    "cr rb jt mil milhar milhares miles millares mille milliers migliaia hundert honderd cent cento cien ciento "
    "centenas ngàn vạn trăm chục mươi tỷ tỉ 千 百 万 萬 億 亿 兆 백 천 만 억 조 십"
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
