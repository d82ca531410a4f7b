"""What somebody means who says when in words of their own, for a hint; nothing is guessed where it is not sure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from briefgen.localise.cldr import month_names, weekday_names_of_every_language
from briefgen.model.quantities import Ordinal

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = tuple(day[:3] for day in DAYS)
_EXAMPLE = "07:00"
_GROUPS = {
    "daily": r"every ?day|each day|daily|@daily|매일|mỗi ngày|hàng ngày|毎日|每天|täglich|tous les jours",
    "weekdays": r"(?:every |each )?(?:working|business|work|week)[ -]?days?|평일|平日|工作日|ngày làm việc",
    "weekends": r"weekends?|주말|週末|周末|cuối tuần",
    "weekly": r"weekly|@weekly|every week|매주|hàng tuần|mỗi tuần|毎週",
    "monthly": r"monthly|@monthly|(?:of )?(?:every|each) month|매월|매달|hàng tháng|mỗi tháng|毎月|每月",
    "quarterly": r"quarterly|every quarter|매분기|hàng quý|mỗi quý",
    "yearly": r"yearly|annually|@yearly|every year|매년|hàng năm|mỗi năm|毎年|每年",
}
"""How people call what comes so often; what has no Latin letters may stand against the next word."""
_FILLED = re.compile("every|each|on|the|and|und|et|of|month|và|mỗi|từ|các|ngày|phút|giờ|o'clock|uhr")
_AT = re.compile("at|um|à|lúc|vào|@")
_MONTHS: Mapping[str, tuple[int, ...]] = {"yearly": (1,), "quarterly": (1, 4, 7, 10), "monthly": ()}
_HALVES = dict.fromkeys(("오전", "아침", "午前", "上午", "sáng", "morning"), "am")
_HOUR = r"(\d{1,2}(?:[:.h시時点點]\d\d분?)?)(?:h|시|時|点|點)?"
_SPOKEN: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r" ?(?:-|–|—|~|〜| to | through | thru | until | bis | đến |(?<=요일)부터 ) ?", "-"),
    (r"(?<=요일)(?:까지|과|와)|(?<=\d일)(?:과|와)", ""),  # as people type them
    (r"(?<=[a-z])@", " at "),
    (r"(?<=[a-z])_", " "),
    (r"(\d) ?giờ rưỡi", r"\1h30"),
    (r"(\d) ?giờ ?(\d\d)", r"\1h\2"),
    (r"(\d) ?giờ", r"\1h"),
    (r"(\d[시時点點]) (?=\d)", r"\1"),
    (r"12h? trưa", "12:00"),
    (
        rf"(오전|아침|午前|上午|오후|저녁|午後|下午) ?{_HOUR}",
        lambda half: half[2] + _HALVES.get(half[1], "pm"),
    ),
    (rf"{_HOUR} ?(sáng|chiều|tối)", lambda half: half[1] + _HALVES.get(half[2], "pm")),
    (rf"{_HOUR} in the (morning|afternoon|evening)", lambda half: half[1] + _HALVES.get(half[2], "pm")),
    (r"(\d) ?([ap])\.?m\b\.?", r"\1\2m"),
    (r"(?<!\w)(?:thứ|t) ?([2-7])(?!\w)", lambda said: DAYS[int(said[1]) - 2].casefold()),  # Vietnam counts from Sunday
    (r"(?<!\w)cn(?!\w)", "sunday"),
    (r"(?<!\w)ngày (\d{1,2})(?!\w)", r"\1日"),
)
"""What is written in several words, with what takes its place: words of one thought each."""
_OFTEN = re.compile(r"(?:every (?:(?P<count>\d{1,2}) ?)?(?:(?P<minutes>min)(?:ute)?s?|hours?)|@?hourly)")


def meant(text: str) -> tuple[str, str]:
    """Return how a time is written that somebody says in other words, and what it lacks and an example stands for.

    Both are empty where nothing is sure: a phrase with one word that is not known means nothing.
    """
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().strip(" \"'`“”").split())
    if often := _OFTEN.fullmatch(folded):
        return _often(often), ""
    for name, pattern in _GROUPS.items():
        folded = re.sub(rf"(?<!\w)(?:{pattern})(?![a-zà-ỹ])", f" {name} ", folded)
    for pattern, written in _SPOKEN:
        folded = re.sub(pattern, written, folded)
    tokens = list(_tokens(re.split(r"[ ,;&·]+|(?<!\d)/(?!\d)", _with_weekdays(folded))))
    return _phrase(_Said(tokens)) if all(kind for kind, _ in tokens) else ("", "")


def _often(found: re.Match[str]) -> str:
    count, whole = int(found["count"] or 1), 60 if found["minutes"] else 24
    if not count or count >= whole or whole % count:
        return ""
    every = f"*/{count}" if count > 1 else "*"
    return f"{every} * * * *" if found["minutes"] else f"0 {every} * * *"


def _tokens(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the kind of each word and what it says; the kind of a word that is not known is empty.

    After "at", a bare number is an hour.
    """
    hours_follow = False
    for word in words:
        if not word or _FILLED.fullmatch(word):
            hours_follow = hours_follow and word != "on"
        elif _AT.fullmatch(word):
            hours_follow = True
        elif number := re.fullmatch(r"(\d{1,2})(st|nd|rd|th|일|日)?", word):
            hour = f"{int(number[1]):02}:00" if hours_follow and not number[2] else ""
            yield ("time", hour) if hour else ("ordinal" if number[2] else "number", number[1])
        elif time := _time(word):
            yield "time", time
        else:
            yield _named(word)


def _named(word: str) -> tuple[str, str]:
    name, names = word.rstrip("."), month_names("en")
    if name in ("weekly", *_MONTHS):
        return "group", name
    if name in names:
        return "month", str(names[name])
    return "day" if all(each in (*_DAYS, *_GROUPS) for each in word.split("-")) else "", word


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words of a phrase say."""

    tokens: Sequence[tuple[str, str]]

    def __getitem__(self, kind: str) -> list[str]:
        return [said for each, said in self.tokens if each == kind]

    @property
    def times(self) -> list[str]:
        """The times of day; 7 is one in "Mon 7"."""
        bare = self["number"] if self["day"] and not self["time"] and not self["ordinal"] else []
        return self["time"] or [f"{int(number):02}:00" for number in bare]

    @property
    def numbers(self) -> list[int]:
        """The days of a month."""
        bare = [] if self["day"] and not self["time"] else self["number"]
        return [int(number) for number in (*self["ordinal"], *bare)]

    @property
    def group(self) -> str:
        """How often it comes, if it says so and no day."""
        return "".join(self["group"])

    def is_sure(self) -> bool:
        """Whether it means one thing, says days in one way, and names such as there are."""
        order = "".join(kind[0] for kind, _ in self.tokens if kind in ("day", "time"))
        of_month = bool(self.numbers or self["month"] or self.group in _MONTHS)
        of_week = bool(self["day"] or self.group == "weekly")
        unsure = (
            not re.fullmatch("d*t*|t*d*", order),  # Mon 07:30 and Thu 08:30 are two times
            len(self["group"]) > 1,
            of_month and of_week,
            self["month"] and (not self.numbers or self.group),
            self["number"] and not any(self[each] for each in ("day", "time", "ordinal", "month", "group")),  # 5 7
            self["number"] and self["day"] and (self["time"] or self["ordinal"] or len(self["number"]) > 1),
            not (of_month or of_week or len(self.times) == 1),
            not all(1 <= number <= 31 for number in self.numbers),
            not all(time < "24" for time in self.times),
        )
        return not any(unsure)

    def lacks(self) -> Iterator[str]:
        """Yield what it does not say."""
        if not (self.numbers or self["day"]):
            yield f"no day of a {'week' if self.group == 'weekly' else 'month'}" if self.group else "no day"
        if not self.times:
            yield "no time of day"


def _phrase(said: _Said) -> tuple[str, str]:
    """Return how it is written, and what it lacks."""
    if not said.is_sure():
        return "", ""
    times, months = said.times or [_EXAMPLE], [*map(int, said["month"]), *_MONTHS.get(said.group, ())]
    numbers = said.numbers or [1] * (said.group in _MONTHS)
    lacks = " and ".join(said.lacks())
    if not months:
        days = said["day"] or ["Mon" if said.group == "weekly" else "daily"] * (not numbers)
        return f"{','.join(days or map(str, map(Ordinal, numbers)))} {','.join(times)}", lacks
    hours, minutes = {int(time[:2]) for time in times}, {int(time[3:]) for time in times}
    if len(hours) > 1 or len(minutes) > 1:
        return "", ""
    return f"{minutes.pop()} {hours.pop()} {listed(numbers)} {listed(months)} *", lacks


def listed(numbers: Iterable[int]) -> str:
    """Return numbers as cron lists them."""
    return ",".join(map(str, sorted(set(numbers))))


def _time(word: str) -> str:
    """Return a time of day in digits: 07:00 of 7am, 0700, 07.00, 7h, 7시 and noon; empty for anything else."""
    word = {"noon": "12:00", "정오": "12:00", "midnight": "00:00", "자정": "00:00"}.get(word, word)
    found = re.fullmatch(
        r"(?P<hour>\d{1,2}?)(?:[:.h시時点點](?P<minute>\d\d)(?::00)?[분分]?|(?P<digits>\d\d)|(?=[aph시時点點]))"
        r"(?P<half>[ap])?m?(?:h|시|時|点|點|uhr)?",
        word,
    )
    if found is None or (found["digits"] and not re.match(r"\d{4}", word)):
        return ""
    hour, minute = int(found["hour"]), int(found["minute"] or found["digits"] or 0)
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"] == "p") if 1 <= hour <= 12 else 24
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


@cache
def _weekday_names() -> dict[str, int]:
    """Return the weekday names of every language that mean one day and no other word: "on" and "mar" do not."""
    names = {name: min(days) for name, days in weekday_names_of_every_language().items() if len(days) == 1}
    sure = {name: day for name, day in names.items() if len(name) > 2 or not name.isascii()}  # letters
    return {name: day for name, day in sure.items() if name not in month_names("en")} | {
        name.casefold(): number for number, name in enumerate(DAYS)
    }


def _with_weekdays(text: str) -> str:
    """Return the text with the weekdays of every language in English; a name of several days stays as it is."""
    known = _weekday_names()
    for name in sorted(known, key=len, reverse=True):
        if name in text:
            text = re.sub(rf"(?<!\w){re.escape(name)}s?\.?(?!\w)", _DAYS[known[name]], text)
    return re.sub(r"(?<!\w)(mon|tue|wed|thu|fri|sat|sun)(?:s|r|rs)?\.?(?!\w)", lambda day: day[1].capitalize(), text)
