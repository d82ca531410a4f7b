"""Is At a glance one page on every day? Lays it out in every language and tells which rows had to be left out.

    python tests/benchmarks/one_page_sweep.py [--from DAY] [--to DAY] [--every-day] [--times N] [--jobs N]

Without --every-day only those days are tried on which something changes by itself. `--times 3` tries with three times
as many statements. The exit code is 1 where no choice of rows fits one page on some day.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from multiprocessing import get_context
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

from conftest import edition_info, shipped_look
from shipped.many import times, times_in
from shipped.pages import book, languages, workspace

from briefgen.assess.briefing import assess
from briefgen.localise.first_page import ROW_LIMITS
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Job
from briefgen.render import pdf as to_pdf

FIRST, LAST = date(2021, 7, 1), date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class Tried:
    """A day and the first choice of rows that fits one page in every language; None where none does."""

    day: date
    facts: int
    limits: int | None


@cache
def everything(number: int) -> tuple[FactBook, Mapping[str, Language]]:
    """The shipped facts so many times over, and the languages."""
    return times(book(), number), times_in(languages(), number)


def briefing(day: date, number: int) -> Briefing:
    """As of a day."""
    settings = workspace().settings
    return assess(everything(number)[0], day, settings.due_soon_days, settings.shelf_lives)


def turning_days(first: date, last: date, number: int) -> Iterator[date]:
    """The first day, and every later one on which something changes by itself."""
    day: date | None = first
    while day and day <= last:
        yield day
        day = briefing(day, number).next_change


def all_days(first: date, last: date) -> Iterator[date]:
    """One after the other."""
    yield from (first + timedelta(days) for days in range((last - first).days + 1))


def try_days(days: list[date], number: int) -> list[Tried]:
    """One worker's days; each starts from the choice that the day before had."""
    found, start = [], 0
    for day in days:
        known = briefing(day, number)
        limits = _first_that_fits(known, number, start)
        found.append(Tried(day, len(known.items), limits))
        start = limits or 0
    return found


def _first_that_fits(known: Briefing, number: int, start: int) -> int | None:
    limits = start
    if _is_one_page(known, number, limits):
        while limits and _is_one_page(known, number, limits - 1):
            limits -= 1
        return limits
    return next((limits for limits in range(start + 1, len(ROW_LIMITS)) if _is_one_page(known, number, limits)), None)


def _is_one_page(known: Briefing, number: int, limits: int) -> bool:
    """In every language; the longest language says no first."""
    info = edition_info()
    codes = sorted(workspace().settings.languages, key=lambda code: -_length(code))
    pages = (
        localise(known, None, everything(number)[1], code, info, ROW_LIMITS[limits], shipped_look()) for code in codes
    )
    folders = tuple(str(folder) for folder in workspace().template_folders)
    jobs = (
        Job(page=page, document="at-a-glance", format="pdf", folders=folders, look=shipped_look(), page_limit=1)
        for page in pages
    )
    return all(to_pdf.render(job).pages == 1 for job in jobs)


@cache
def _length(code: str) -> int:
    return sum(len(translation.text) for translation in languages()[code].texts.values())


def main() -> int:
    """Prints a line for each run of days with the same outcome."""
    asked = _arguments()
    turning = turning_days(asked.first, asked.last, asked.times)
    days = list(all_days(asked.first, asked.last) if asked.every_day else turning)
    began = time.monotonic()
    share = -(-len(days) // asked.jobs)
    shares = [days[start : start + share] for start in range(0, len(days), share)]
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as workers:
        tried = [day for found in workers.map(try_days, shares, [asked.times] * len(shares)) for day in found]
    for each in tried:
        print(
            each.day,
            f"{each.facts} facts",
            ROW_LIMITS[each.limits] if each.limits is not None else "DOES NOT FIT",
            sep="  ",
        )
    failed = [each for each in tried if each.limits is None]
    used = Counter(each.limits for each in tried if each.limits is not None)
    print(f"{len(days)} days, {', '.join(workspace().settings.languages)}, statements times {asked.times}", end="; ")
    print(f"fits used: {', '.join(f'no. {limits}: {count} days' for limits, count in sorted(used.items()))}", end="; ")
    print(f"{len(failed)} failed; {time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=FIRST)
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=LAST)
    parser.add_argument("--every-day", action="store_true")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
