"""Looks at what stands beside a figure.

What stands right before and after a figure and was not understood makes the figure a doubt. These rules know no
language: they hold where a source is in another language than its record says, and where the words of its language are
incomplete. They only ever add doubts.
"""

import re
from dataclasses import replace
from functools import cache
from typing import assert_never

from briefgen.localise import cldr
from briefgen.model.dates import Interval, Period
from briefgen.model.quantities import Bound, Count, Fraction, Money, Name, Ordinal, Percent
from briefgen.tools.figures import Match, Vocabulary, any_language, holding, is_narrow, is_unspaced, is_wide, normalise
from briefgen.tools.figures.beside_dates import doubts_of_date
from briefgen.tools.figures.context import (
    DENIED,
    LAST_WORD,
    OR_BEFORE,
    OR_WORDS,
    PLAIN_YEAR,
    SMALL_WORD,
    WORD,
    FigureContext,
    is_joined,
    lacking,
    sign_before,
    stands_apart,
    without_prefix,
    word_of,
)
from briefgen.tools.figures.dates import is_like
from briefgen.tools.figures.numbers import has_label, is_until, measure_after, read_number

_SENTENCE_END = re.compile(r"[.!?;。！？](?!\d)")
_CLAUSE_START = re.compile(r"[.,;:!?،؛؟।。、，；\d\0]")
_PLAIN_CLAUSE = re.compile(r"[^.,;:!?،؛؟।。、，；\d]*")
_SENTENCE = 200
"""Characters before a figure in which its sentence is looked for."""
_NUMBER_AFTER, _FRACTION_AFTER = re.compile(r"[ /]\d"), re.compile(r" ?[¼-¾⅐-⅞]")
_DAY_AFTER = re.compile(r" ?\d{1,2}(?![\d%])")
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
_ENDING = re.compile(r"'([^\W\d_]+)")
"""An ending written on to a figure: in 20'ye varan it belongs to what says how exact it is."""
_SHORT_WORD_BEFORE = re.compile(r" [^\W\d_]{1,3}[ -]$")
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d ")
_PREFIX = re.compile("[\u0590-\u08ff]$")
"""A Hebrew or Arabic letter, which may be the "and", "in" or "of" that is written on to a number there."""
_MULTIPLE = re.compile(r" (?:as|more|less|the|that|what|its|their|\w+er)\b| [^ ]*\d")
"""What makes a number of times a multiple: 5 times as much."""
_SHARED = re.compile(
    r" ?/ ?[^\W\d_]|,? (?:p\.? ?a\b|a\. ?a\b|(?:ao|al|par|por|per|each|apiece|pro|je|elk|mỗi|bình quân)\b)"
)
"""What makes an amount one of each year, person or the like, where `rates` of the language do not say of which."""


def with_doubts(context: FigureContext) -> Match:
    """Return the figure with a doubt for each thing next to it that was not understood."""
    found = context.match
    if scale := _unread_scale(context):
        return _unscaled(context, scale)
    if isinstance(found.quantity, Count) and (word := _scale_inside(context)):
        number = f"{found.quantity.bound} {found.quantity.number:f} {word}".strip()
        why = f"'{word}' may be a scale word of another language"
        return context.line.match(context.start, context.end, None, why, partial=number)
    if end := _end_of_month(context):
        why = "a day of a month, perhaps"
        return context.line.match(context.start, end, None, found.why, why, partial=str(found.quantity))
    match found.quantity if found.sure else None:
        case None | Name():
            return found
        case Ordinal():
            doubts = _of_ordinal(context)
        case Money() | Count() | Percent() | Fraction():
            doubts = _of_amount(context)
        case Period() | Interval() as when:
            doubts = doubts_of_date(context, when)
        case other:
            assert_never(other)
    return replace(found, why="; ".join(dict.fromkeys(doubts)))


def _scale_inside(context: FigureContext) -> str:
    """Return the scale word of any language between a number and what it counts that was not read: 20 lakh people."""
    if context.match.sure:
        return ""
    inside = re.findall(r" ([^\W\d_]+)(?= )", context.line.text[context.start : context.end])
    known = context.words.scales.meanings
    return next((word for word in inside if word not in known and is_scale_word(word)), "")


def _end_of_month(context: FigureContext) -> int:
    """Return where a month ends whose name begins with the unit of a count: ba tháng Hai; 0 where none does."""
    if not isinstance(context.match.quantity, Count):
        return 0
    hits = (context.words.months.at(context.line.text, at) for at in range(context.start + 1, context.end))
    return max((hit.end for hit in hits if hit and hit.end > context.end), default=0)


def _unread_scale(context: FigureContext) -> re.Match[str] | None:
    """Return the scale word of any language that follows an amount and was not read with it."""
    found = context.match
    is_number = found.quantity is None and found.partial and "--" not in found.partial
    if isinstance(found.quantity, Money | Count) or is_number or PLAIN_YEAR.fullmatch(found.text):
        word = WORD.match(context.after)
        if word and len(word[1]) < _SHORT_LINK and (second := WORD.match(context.after, word.end())):  # de milioane
            word = second if is_scale_word(second[1]) else word
        return word if word and is_scale_word(word[1]) else None
    return None


def _unscaled(context: FigureContext, scale: re.Match[str]) -> Match:
    """Return the amount up to the scale word as no quantity: how large it is, a person must say."""
    found, read = context.match, context.match.quantity
    number = found.partial or found.text
    if isinstance(read, Money | Count):
        number = f"{read.bound} {read.amount if isinstance(read, Money) else read.number:f}".strip()
    written = context.line.written(context.end + scale.start(1), context.end + scale.end())
    whole = context.line.match(context.start, context.end + scale.end(), None)
    why = "; ".join(filter(None, (f"'{written}' may be a scale word of another language", found.why)))
    return replace(whole, why=why, partial=f"{number} {written}")


def _of_amount(context: FigureContext) -> list[str]:
    quantity, words, before, after = context.match.quantity, context.words, context.before, context.after
    sign, last = sign_before(context), word_of(LAST_WORD.search(before))
    is_changed = _changes(last) and not context.match.text.lower().startswith(last)
    further = word_of(LAST_WORD.search(_SHORT_WORD_BEFORE.sub(" ", before)))  # zhruba o 7 %
    is_near = _changes(further) and further != last
    is_money, bound = isinstance(quantity, Money), getattr(quantity, "bound", Bound.EXACT)
    is_labelled = isinstance(quantity, Count) and has_label(context.line.text, context.start, words)
    goes_on = _FRACTION_AFTER.match(after) or (is_money and _NUMBER_AFTER.match(after)) or _goes_on(context)
    ending, denied = word_of(_ENDING.match(after)), word_of(DENIED.search(before) or WORD.match(after))
    like = "" if bound else _like_bound(context) or _bound_apart(context)
    often = (_SHARED.match(after), any_language.OFTEN_BEFORE.search(before), any_language.OFTEN_AFTER.match(after))
    is_shared = _is_each(context) or any(often) or _is_of_each(context)
    is_multiple = isinstance(quantity, Count) and quantity.unit == "times" and _MULTIPLE.match(after)
    return holding(
        (is_joined(context, amount=True), "a number right before it: one amount, a range, or two"),
        (sign, f"'{sign}' before the number"),
        (is_changed, f"'{last}' before the number"),
        (is_near, f"'{further}' near the number"),
        (last in any_language.NOT, f"'{last}' before '{bound or 'the number'}'"),
        (any(each.search(before) for each in _LIMITS_BEFORE), "what stands before it says how exact it is"),
        (denied in any_language.NOT, f"'{denied}' near the number"),
        (last and is_scale_word(last), f"in {last}, perhaps"),
        (_is_denied(context) or _is_denied_before(context), "what is beside it denies something"),
        (not sign and _is_negative(context), "a balance below nothing, perhaps"),
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
        (_is_limited_behind(context), "what follows it says how exact it is"),
        (like, f"'{like}' may say how exact it is"),
        (ending and ending not in words.endings, "an ending is written on to it"),
        (is_narrow(after[:1]), "letters are written on to it"),
        (isinstance(quantity, Percent) and any_language.POINTS.match(after), "percentage points, perhaps"),
        (words.unknown_bounds and not stands_apart(context), lacking("bounds_before", words.unknown_bounds)),
        (not words.negations and not stands_apart(context), lacking("negations", "a denial")),
    )


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


def _is_negative(context: FigureContext) -> bool:
    """Return whether the sentence has said before that a balance is negative; the amount was read without it."""
    sentence = _SENTENCE_END.split(context.line.text[max(0, context.start - _SENTENCE) : context.start])[-1]
    return "-" not in str(context.match.quantity) and any_language.NEGATIVE.search(sentence.lower()) is not None


def _is_half_of(context: FigureContext) -> bool:
    """Return whether it is of a part of the amount: half of it, metade de 10."""
    at = context.start - len((SMALL_WORD.search(context.before) or [""])[0])
    listed = (context.words.fractions.before(context.line.text, place) for place in (context.start, at))
    found = (
        any_language.PART_BEFORE.search(context.before),
        any_language.HALF_OF.search(context.before),
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


def _is_open_range(context: FigureContext) -> bool:
    counter = any_language.SAME_COUNTER.search(context.before)
    is_counted_alike = counter and re.match(rf"[\d.,]+ ?{counter[1]}(?!국)", context.line.text[context.start :])
    patterns = (any_language.END_WIDE, any_language.BETWEEN_BEFORE)
    found = any(each.search(context.before) for each in patterns) or any_language.TO_AFTER.match(context.after)
    return bool(found or is_counted_alike or context.words.between.before(context.line.text, context.start))


def _is_limited_behind(context: FigureContext) -> bool:
    """Return whether a limit is behind it, also at the end of a clause of few words: 20 Firmen maximal, là tối đa."""
    if context.after.startswith("+") or any_language.ROUGHLY_AFTER.match(context.after):
        return True
    clause = (_PLAIN_CLAUSE.match(context.after) or [""])[0]
    few, end = clause.split(), context.end + len(clause)
    is_of_next = context.line.text[end : end + 1].isdigit()  # and nearly 20
    if is_of_next or not 0 < len(few) <= _NEAR_LIMIT or any_language.MORE_OR_LESS.fullmatch(few[0]):
        return False
    hit = context.words.bounds_before.before(context.line.text, end)
    return _changes(few[-1]) or bool(hit and not hit.doubtful and hit.start >= context.end)


def _changes(word: str) -> bool:
    """Return whether a word makes the number behind it another one, in any language."""
    return not any_language.CHANGING.isdisjoint((word, without_prefix(word)))


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


def _of_ordinal(context: FigureContext) -> list[str]:
    text, words = context.line.text, context.words
    joint = words.ands.after(text, context.end) or words.ranges.after(text, context.end)
    joint = (joint and words.date_fillers.after(text, joint.end)) or joint
    suffix = re.escape(context.match.text.lstrip("0123456789").lower())
    is_day = (joint and _DAY_AFTER.match(text, joint.end)) or re.match(rf"[,/&] ?\d{{1,2}}{suffix}", context.after)
    return holding((is_day, "an ordinal, or a day"))


_LIMIT_ENDING, _SHORT_LINK, _SHORT_WORD, _NEAR_DENIAL, _NEAR_RATE, _NEAR_LIMIT = 4, 3, 2, 6, 5, 3
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
    "libo libong daan daang "
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
