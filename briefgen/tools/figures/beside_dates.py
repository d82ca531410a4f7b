"""Looks at what stands beside a date: what makes it a part of a longer one, of another calendar, or no date at all."""

import re

from briefgen.model.dates import Interval, Part, Period, Precision, ends_of
from briefgen.model.quantities import Bound
from briefgen.tools.figures import any_language, as_read, holding, is_wide
from briefgen.tools.figures.beside import (
    DENIED,
    LAST_WORD,
    OR_WORDS,
    PLAIN_YEAR,
    REACH,
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
from briefgen.tools.figures.dates import is_like, is_like_a_month

_MONTH_NUMBER = re.compile(r"\d{1,2}/\d{4}")
_OR_WIDE = r"(?: (?:또는|혹은) |이?나 |または|又は|あるいは|もしくは|か|或者?)"
_OR_AFTER = re.compile(rf",? {OR_WORDS}(?P<words>(?: [^\W_]+\.?){{1,3}})|{_OR_WIDE}\d")
_OR_BEFORE = re.compile(
    rf"(?P<last>\d+|[^\W\d_]{{3,}})[.,]? (?P<or>{OR_WORDS}) (?:[^\W\d_]{{1,5}} ){{0,2}}$|\d\w{{0,2}}{_OR_WIDE}$"
)
_OR_SOONER = any_language.words_of(
    "earlier later sooner before after früher später eerder sớm muộn trước antes después depois tidigare senare "
    "wcześniej później раньше позже ранее позднее раніше пізніше"
)
_JOINING_MARK = re.compile(rf"(?:, ?| ?[/&+] ?|,? {OR_WORDS} )$")
_RANGE_AFTER = as_read(
    r"[年日号號]? ?(?:から|より|至|到|부터|[-~]) ?\d{3,4}年|(?:[日号號]? ?(?:から|より|至|到|부터|[-~]) ?|"
    r"(?:-?t[őo]l|-?tól|'?[dt][ae]n| से| থেকে) (?:[^\W\d_]+\.? )?)\d{1,2}(?!\d)"
)
_DAYS_AFTER = as_read(r" ?[、,・·] ?\d{1,2}[日号號일]")
"""What makes a day the first of a list that has its sign behind the last: 5月12、13日."""
_MONTHS_AFTER = as_read(r" ?(?:[、,・·와과및]|と|和|及び?|[与與]) ?\d{1,2}[月월](?!\d)")
"""What makes a month the first of a list whose year it has: 2025年5月と6月."""
_LIKELY_YEARS = range(1800, 2101)
_SLASHED_WORD = re.compile(r"[^\W\d_]\.?/ ?$|[^\W\d_]-[^\W\d_]{1,4}-$")
_JOINING_WORDS = re.compile(r"(?P<ending>[-'][^\W\d_]{2,4})?(?P<words>(?: [^\W\d_]{1,10}(?:[./][^\W\d_]+)*\.?){0,3}) $")
_LINKS = tuple(
    re.compile(f"{link} $")
    for link in (r"'[^\W\d_]{2,4}", r" [^\W\d_]+(?:[./][^\W\d_]+)*\.?", r" [^\W\d_]+ [^\W\d_]{1,6}")
)
_DAY_BEFORE, _DAY_AFTER = re.compile(r"(?<!\d)\d{1,2}(?:\.|-\w{1,3})?(?: d[eo])? ?$"), re.compile(r" \d{1,2}(?!\d)")
_WORDS_AFTER, _PART_ENDING = re.compile(r"(?: [^\W\d_]+){1,2}"), 4
_SMALL_WORD_AFTER = re.compile(r" \S{1,3} ")
_DENIED_BEHIND = re.compile(f"({any_language.DENIED_DATE.pattern})")


def doubts_of_date(context: FigureContext, when: Period | Interval) -> list[str]:
    """Return a doubt for each thing beside a date that was not understood."""
    before, after, text = context.before, context.after, context.line.text[context.start : context.end]
    sign = sign_before(context).strip("-−")
    joined = is_joined(context, amount=False) or _SLASHED_WORD.search(before)
    denials = any_language.NOT - {"no"} | {*context.words.negations}  # in Portuguese that is "on the"
    denied = {word_of(DENIED.search(before)), word_of(LAST_WORD.search(before))} & denials
    denied |= {*filter(None, (word_of(_DENIED_BEHIND.match(after)),))}
    is_other_era = any_language.ERA_AFTER.match(after) or any_language.ERA_BEFORE.search(before)
    is_other_era = is_other_era or any_language.OF_MOON.search(text)
    is_unlikely = not is_other_era and not {when.first.year, when.last.year} <= {*_LIKELY_YEARS}
    may_be_number = _MONTH_NUMBER.fullmatch(text) and not _is_dated(context)
    may_be_amount = PLAIN_YEAR.fullmatch(text) and _counts_something(context)
    is_at_a_turn = any_language.TURN_BEFORE.search(before) or any_language.TURN_AFTER.match(after)
    is_long = not all(end.precision is Precision.DAY for end in ends_of(when))
    places = _places_before(context)
    parts = (context.words.seasons, context.words.ordinal_words, context.words.part_words)
    named = any(each.before(context.line.text, place) for each in parts for place in places)
    named = named or any(_part_of_a_date(context, place) for place in places if place < context.start)
    heads = any(each.search(before) for each in (any_language.PART_BEFORE, any_language.PART_OF_YEAR))
    is_part = heads or named or any_language.PART_AFTER.match(after) or _part_behind(context)
    unknown = context.words.unknown_parts
    is_year = all(end.precision is Precision.YEAR for end in ends_of(when))
    last = word_of(LAST_WORD.search(before))
    starts = _starts_before(context)
    is_up_to_end = Part.END in {end.part for end in ends_of(when)}  # before the end of 2030
    is_beside = any_language.BESIDE_DATE.search(before) or any_language.DATE_BESIDE.match(after)
    month = last if is_year and last and is_like_a_month(last, context.words) else ""
    found = holding(
        (sign, f"'{sign}' before the date"),
        (joined, "a number is joined to the front of the date"),
        ((is_long and _follows_another(context)) or starts, "another date is joined to its front"),
        (denied, f"'{', '.join(denied)}' beside the date"),
        (is_other_era, "a year of another calendar, perhaps"),
        (is_year and _is_of_accounts(context), "a year of accounts, perhaps"),
        (isinstance(when, Period) and _ends_accounts(context), "a year of accounts, perhaps"),
        (is_long and is_at_a_turn, "where two years or months meet, perhaps"),
        (is_unlikely, "an unlikely year: of another calendar, or a number"),
        (is_beside and not is_up_to_end and (is_long or not context.match.deadline), "before or after it, perhaps"),
        (_is_rough(context, places), "an estimate, perhaps"),
        (_RANGE_AFTER.match(after) or any_language.TO_YEAR.match(after), "a range, perhaps"),
        (text[-1:].isdigit() and _DAYS_AFTER.match(after), "a list of days, perhaps"),
        (text[-1:] in "月월" and _MONTHS_AFTER.match(after), "a list of months, perhaps"),
        (may_be_number, "a month, or the number of what is named before it"),
        (may_be_amount, "a year, or an amount of what is named after it"),
        (is_long and is_part, "a part of it: a week, a season, a half"),
        (month, f"of a month, perhaps: '{month}'"),
        (is_long and unknown and not stands_apart(context), lacking(date_parts=unknown)),
    )
    return [*found, *_doubts_of_time(context, when, text)]


def _doubts_of_time(context: FigureContext, when: Period | Interval, text: str) -> list[str]:
    """Return a doubt for each thing that makes the date the begin, the end, or one day of some time, or one of two."""
    is_long = not all(end.precision is Precision.DAY for end in ends_of(when))
    earliest = any_language.EARLIEST_BEFORE.search(context.before) or any_language.EARLIEST_AFTER.match(context.after)
    is_start = earliest or (is_long and _starts_then(context, when))
    return holding(
        (is_start, "from then on or after it, perhaps"),
        (any_language.DATE_WITHIN.match(context.after), "within it, or by it"),
        (_is_one_of_two(context), "one of two dates"),
        (any_language.DAYS_FROM.search(context.before), "a week that it is a day of, or the day beside it"),
        (_is_season(text), "a year of accounts, perhaps"),
        (any_language.OR_MONTHS.search(text), "a month, or so many months of the year"),
    )


def _is_one_of_two(context: FigureContext) -> bool:
    """Return whether "or" joins it to another date: 30 October or 30 November 2026, 30 October 2026 or earlier."""
    names = {*context.words.months.meanings, *_OR_SOONER}
    after, before = _OR_AFTER.match(context.after), _OR_BEFORE.search(context.before)
    if after and any(word[0].isdigit() or word in names for word in (after["words"] or "1").split()):
        return True
    if before is None:
        return False
    last = before["last"] or "1"
    is_number = PLAIN_YEAR.fullmatch(last) is not None if before["or"] == "of" else last.isdigit()
    return is_number or last in names  # and not Decree 45 of 12 May 2026


def _starts_then(context: FigureContext, when: Period | Interval) -> bool:
    """Return whether a time begins with it, or after it: from 2030. A deadline is none, nor are both ends of a time."""
    is_start = any_language.FROM_DATE.search(context.before) or any_language.DATE_FROM.match(context.after)
    return isinstance(when, Period) and not context.match.deadline and is_start is not None


_SHORT_SPAN = re.compile(r"(?P<first>\d{4})-(?P<last>\d{2})")


def _is_season(text: str) -> bool:
    """Return whether it is two years in a row of which the second has two digits, as a year of accounts is written."""
    found = _SHORT_SPAN.fullmatch(text)
    return found is not None and (int(found["first"]) + 1) % 100 == int(found["last"])


def _places_before(context: FigureContext) -> set[int]:
    """Return where a date begins, and where each of the small words before it does: segunda semana de abril."""
    between = any_language.TIME_BETWEEN.search(context.before)
    start = context.start - len(between.group()) if between else context.start
    spaces = (start + found.start() for found in re.finditer(" ", between.group())) if between else ()
    small = len((SMALL_WORD.search(context.before) or [""])[0])
    return {context.start, context.start - small, *spaces}


def _part_of_a_date(context: FigureContext, place: int) -> bool:
    """Return whether a part of a year or month, such as "end", is named right before a place."""
    text = context.line.text
    hits = (names.before(text, place) for kind, names in context.words.date_names if kind == "part")
    return any(hits) or _prefixed_part(context, text[:place].rstrip().rpartition(" ")[2])


def _prefixed_part(context: FigureContext, word: str) -> bool:
    known = (names.meanings for kind, names in context.words.date_names if kind == "part")
    return bool(word) and without_prefix(word) != word and any(without_prefix(word) in each for each in known)


def _is_of_accounts(context: FigureContext) -> bool:
    head = context.before + (re.match(r"\D*", context.line.text[context.start : context.end]) or [""])[0]
    around = (
        any_language.NOT_OF_CALENDAR.search(context.before),
        any_language.NOT_OF_CALENDAR.search(head),  # वित्त वर्ष 2025-26, of which the word for year is a part
        any_language.NOT_OF_CALENDAR_AFTER.match(context.after),
    )
    return any(around)


def _ends_accounts(context: FigureContext) -> bool:
    """Return whether it is the end of a year of accounts: the year to 31 March 2026, 2026年3月期."""
    behind = (any_language.ENDS_WITH_ACCOUNTS, any_language.YEAR_ENDS)
    return any(each.match(context.after) for each in behind) or bool(any_language.YEAR_ENDING.search(context.before))


def _starts_before(context: FigureContext) -> bool:
    """Return whether words join a day of a month to its front that no figure has: 15 Nisan'dan 17 Mayıs 2026.

    Without a word between, or with "and" alone, it is another date of a list.
    """
    text, words = context.line.text, context.words
    joint = _JOINING_WORDS.search(context.before)
    if joint is None or not (joint["ending"] or joint["words"]):
        return False
    is_list = any(word in words.ands.meanings for word in joint["words"].split())
    if is_list and not any(f" {word} " in f" {context.before}" for word in words.between.meanings):
        return False
    for space in (0, *(found.start() for found in re.finditer(" ", joint.group()))):
        end = context.start - len(joint.group()) + space
        month = words.months.before(text, end)
        numbered = words.months.before(text, len(text[:end].rstrip(" 0123456789")))
        hit = month if month and _DAY_BEFORE.search(text[: month.start]) else None
        if hit is None and numbered and _DAY_AFTER.fullmatch(text, numbered.end, end):
            hit = numbered
        if hit and hit.start not in context.settled:
            return True
    return False


def _is_rough(context: FigureContext, places: set[int]) -> bool:
    """Return whether it is told as an estimate, which no date can be: around 12 May 2026, 2026년경."""
    patterns = (
        any_language.ROUGH_DATE_BEFORE.search(context.before),
        any_language.ROUGH_DATE_AFTER.match(context.after),
    )
    hits = (context.words.bounds_before.before(context.line.text, place) for place in places)
    return any(patterns) or any(hit and not hit.doubtful and hit.value is Bound.ABOUT for hit in hits)


def _part_behind(context: FigureContext) -> bool:
    """Return whether a part of the date is named behind a small word: मार्च 2025 के अंत."""
    lexicons = (*(each for kind, each in context.words.date_names if kind != "month"), context.words.ordinal_words)
    small = _SMALL_WORD_AFTER.match(context.after)
    if small and any(each.at(context.line.text, context.end + small.end()) for each in lexicons):
        return True
    parts = [word for kind, each in context.words.date_names if kind == "part" for word in each.meanings]
    behind = _WORDS_AFTER.match(context.after)
    return any(is_like(word, part, ending=_PART_ENDING) for word in (behind or [""])[0].split() for part in parts)


def _follows_another(context: FigureContext) -> bool:
    """Return whether a month, quarter or half stands before it that takes its year from it: May and July 2024.

    Of a month, whatever words join the two: they may be a "to" that nobody has listed, as in Mei sampai Juni 2025.
    """
    text, words = context.line.text, context.words
    links = filter(None, (each.search(context.before) for each in _LINKS))
    for end in (context.start - len(link.group()) for link in links):
        month, last = words.months.before(text, end), text[:end].rpartition(" ")[2]
        bare = without_prefix(last)
        if (month and month.start not in context.settled) or (bare != last and bare in words.months.meanings):
            return True
    small = SMALL_WORD.search(context.before)  # in May and in July 2024
    for at in (context.start, *((context.start - len(small.group()),) if small else ())):
        joint = words.ands.before(text, at)
        mark = _JOINING_MARK.search(text[:at][-REACH:])
        ends = (joint.start if joint else 0, at - len(mark.group()) if mark else 0)
        for end in filter(None, ends):
            hits = (names.before(text, end) for kind, names in words.date_names if kind != "part")
            if any(hit and hit.start not in context.settled for hit in hits):
                return True
    return False


def _is_dated(context: FigureContext) -> bool:
    """Return whether a word before it says that a date follows."""
    words, at = context.words, context.start
    lexicons = (words.year_context, words.deadlines_before, words.ranges, words.ands, words.date_fillers)
    return any(each.before(context.line.text, at) for each in lexicons)


def _counts_something(context: FigureContext) -> bool:
    """Return whether a plain year may be an amount: of 2025 tonnes, in 2000 cases."""
    after = WORD.match(context.after)
    if after is None or after[0][0] != " " or is_wide(after[1][0]) or after[1] in context.words.small_words:
        return False
    at, last = context.end + after.start(1), word_of(LAST_WORD.search(context.before))
    is_name = context.line.written(at, at + 1).isupper() and context.words.capital_months
    is_of_time = last in any_language.OF_TIME  # other words stand before amounts as well: of, to, from
    return context.match.text.endswith("00") or not (is_name or is_of_time)
