"""Times in other words than those of a plan, as people say them: what is to be written, for a hint. Nothing is guessed
of what a plan cannot say: a phrase with one word that is not known means nothing.
"""

import re
import unicodedata
from collections.abc import Sequence

from briefgen.localise.cldr import month_names, weekday_names_of_every_language
from briefgen.tools.schedule import DAYS

_DAYS = tuple(day[:3] for day in DAYS)
_FILLED = re.compile("every|each|at|on|the|and|und|et|um|o'clock|uhr|매주|mỗi|vào|lúc|of|month")
_GROUPS = {
    "daily": r"every ?day|each day|daily|@daily|매일|mỗi ngày|hàng ngày|毎日|每天|täglich|tous les jours",
    "weekdays": r"(?:every |each )?(?:working|business|work|week)[ -]?days?|평일|平日|工作日|ngày làm việc",
    "weekends": r"weekends?|주말|週末|周末|cuối tuần",
}


def meant(text: str) -> str:
    """Return how a time is written that somebody says in other words; empty where nothing is sure."""
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().strip(" \"'`“”").split())
    for name, pattern in _GROUPS.items():
        folded = re.sub(rf"(?<!\w)(?:{pattern})(?!\w)", name, folded)
    folded = _with_weekdays(re.sub(r" ?(?:–|—|~|〜| to | through | thru | until | bis ) ?", "-", folded))
    words = re.split(r"[ ,;/&]+", re.sub(r"(?<=[a-z])[@_]|^at ", " ", folded))
    times, days, numbers, months = list[str](), list[str](), list[int](), list[int]()
    names = month_names("en")
    order = ""
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if not word or _FILLED.fullmatch(word) or (word in ("am", "pm", "a.m.", "p.m.") and times):
            continue
        if day := re.fullmatch(r"([0-9]{1,2})(?:st|nd|rd|th|일|日)?", word):
            numbers.append(int(day[1]))
        elif time := _time(word + (following if following in ("am", "pm", "a.m.", "p.m.") else "")):
            times.append(time)
            order += "t"
        elif all(each in (*_DAYS, *_GROUPS) for each in word.split("-")):
            days.append(word)
            order += "d"
        elif word.rstrip(".") in names:
            months.append(names[word.rstrip(".")])
        else:
            return ""
    parts = re.fullmatch("d*t*|t*d*", order)  # Mon 07:30 and Thu 08:30 are two times
    return _phrase(times, days, numbers, months) if parts else ""


def _phrase(times: list[str], days: Sequence[str], numbers: list[int], months: Sequence[int]) -> str:
    if not times and numbers and len(days) + len(numbers) > 1 and numbers[-1] < 24:  # Mon 7
        times = [f"{numbers.pop():02}:00"]
    if not times or (days and numbers) or not all(1 <= number <= 31 for number in numbers):
        return ""
    if months:
        hours, minutes = {int(time[:2]) for time in times}, {int(time[3:]) for time in times}
        if not numbers or days or len(hours) > 1 or len(minutes) > 1:
            return ""
        return f"{minutes.pop()} {hours.pop()} {_listed(numbers)} {_listed(months)} *"
    named = ",".join(days) or ",".join(_ordinal(number) for number in numbers)
    return f"{named} {','.join(times)}" if named else ""


def _listed(numbers: Sequence[int]) -> str:
    return ",".join(map(str, sorted(set(numbers))))


def _ordinal(number: int) -> str:
    ending = "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _time(word: str) -> str:
    """Return a time of day in digits: 07:00 of 7am, 0700, 07.00, 7h, 7시 and noon; empty for anything else."""
    word = {"noon": "12:00", "midnight": "00:00"}.get(word, word)
    found = re.fullmatch(
        r"(?P<hour>\d{1,2}?)(?:[:.h시時](?P<minute>\d\d)(?::00)?분?|(?P<digits>\d\d)|(?=[aph시時g]))"
        r"(?P<half>[ap])?\.?(?:m\.?)?(?:h|시|時|giờ|uhr)?",
        word,
    )
    if found is None or (found["digits"] and not re.match(r"\d{4}", word)):
        return ""
    hour, minute = int(found["hour"]), int(found["minute"] or found["digits"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p") if 1 <= hour <= 12 else 24
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def _with_weekdays(text: str) -> str:
    """Return the text with the weekdays of every language in English; a name of several days stays as it is."""
    english = {name.casefold(): number for number, name in enumerate(DAYS)}
    known = {name: min(days) for name, days in weekday_names_of_every_language().items() if len(days) == 1} | english
    for name in sorted(known, key=len, reverse=True):
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}s?\.?(?!\w)", _DAYS[known[name]], text)
    return re.sub(r"(?<!\w)(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs)?\.?(?!\w)", lambda day: day[1].capitalize(), text)
