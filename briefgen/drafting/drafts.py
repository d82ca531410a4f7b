"""A first record of a text: what can be read from it; what only a person can tell is left open."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from briefgen.figures import Found, ReadingWords, figures_in
from briefgen.model.dates import Period, Precision
from briefgen.model.quantities import Count, Money, Ordinal, Percent
from briefgen.originals import Original, line_hash
from briefgen.yamlfile import Plain

NEAR_THE_BEGINNING = 12
"""Lines in which a text's own date is looked for: it opens the text, or stands above it, below the menu of a page."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_DATE = "undecided: no full date stands near the beginning; enter the day of publication and how it is known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record as plain values, and what a person has to do about it; lines are given by their numbers."""

    value: Mapping[str, Plain]
    origins: tuple[int | None, ...] = ()
    """Of each line of an updated record, which of the old entries it was; None: it is new."""
    new: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    moved: Mapping[int, int] = field(default_factory=dict)
    """Lines whose text stands elsewhere now: the old number and the new one."""
    gone: tuple[int, ...] = ()
    """Curated lines whose text is not there any more; they are kept."""
    undecided: int = 0


def detect_language(text: str, known: Mapping[str, ReadingWords]) -> str:
    """The known language whose small words the text uses most; empty where none stands out."""
    words = Counter(word.casefold() for word in _WORD.findall(text))
    scores = {code: sum(words[word] for word in reading.common) for code, reading in known.items()}
    ranked = sorted(scores, key=lambda code: scores[code], reverse=True)
    if not ranked or not scores[ranked[0]]:
        return ""
    clear = len(ranked) == 1 or scores[ranked[0]] > 1.5 * scores[ranked[1]]
    return ranked[0] if clear else ""


def draft(id: str, original: Original, language: str, words: ReadingWords) -> Draft:
    """A first record: every line with its hash and figures."""
    lines = [drafted_line(number, text, words) for number, text in enumerate(original.lines, 1)]
    value: dict[str, Plain] = {
        "id": id,
        "publisher": "not stated",
        "describes": "",
        "language": language,
        "sha256": original.sha256,
        "published": _published(original, words),
        "events": {},
        "lines": list(lines),
    }
    return Draft(value=value, new=tuple(range(1, len(lines) + 1)), undecided=count_undecided(lines))


def drafted_line(number: int, text: str, words: ReadingWords) -> dict[str, Plain]:
    """A line with what was read in it: figures that are sure, and doubts for the curator to settle."""
    found = figures_in(text, words)
    line: dict[str, Plain] = {"line": str(number), "sha256": line_hash(text), "digest": ""}
    if figures := _named(each for each in found if each.sure):
        line["figures"] = dict(figures)
    if doubts := [_doubt(each) for each in found if not each.sure]:
        line["undecided"] = list(doubts)
    return line


def count_undecided(lines: Iterable[Mapping[str, Plain]]) -> int:
    """How many notes a person has to settle."""
    return sum(len(notes) for line in lines if isinstance(notes := line.get("undecided"), list))


def new_id(stem: str) -> str:
    """An id made of a file's name; what cannot stand in one becomes a hyphen."""
    words = re.findall(r"[a-z0-9]+", stem.casefold())
    return "-".join(words) or f"source-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def _published(original: Original, words: ReadingWords) -> dict[str, Plain]:
    """The first full date near the beginning; without one, a blank that the check points at."""
    for number, text in enumerate(original.lines[:NEAR_THE_BEGINNING], 1):
        for found in figures_in(text, words):
            day = found.quantity
            if found.sure and isinstance(day, Period) and day.precision is Precision.DAY:
                why = "drafted: the first full date of the text; make sure that it is the day of publication"
                return {"date": str(day), "basis": "text", "line": str(number), "why": why}
    return {"date": "", "basis": "text", "why": _NO_DATE}


def _named(found: Iterable[Found]) -> Mapping[str, Plain]:
    """Figures under a name of their kind, which the curator makes speaking: amount, amount-2, date."""
    numbers: Counter[str] = Counter()
    named: dict[str, Plain] = {}
    for each in found:
        kind = _kind(each)
        numbers[kind] += 1
        named[kind if numbers[kind] == 1 else f"{kind}-{numbers[kind]}"] = str(each.quantity)
    return named


def _kind(found: Found) -> str:
    match found.quantity:
        case Money():
            return "amount"
        case Count():
            return "count"
        case Percent():
            return "share"
        case Ordinal():
            return "number"
        case _:
            return "by" if found.deadline else "date"


def _doubt(found: Found) -> str:
    read = f" ({found.quantity or found.partial})" if found.quantity or found.partial else ""
    return f"{found.text}{read}: {found.why}"
