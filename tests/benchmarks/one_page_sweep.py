"""Is At a glance one page on every day? Lays it out in every language and tells how many rows each zone has.

    python tests/benchmarks/one_page_sweep.py [--from DAY] [--to DAY] [--every-day] [--times N] [--part N] [--jobs N]

Without --every-day only those days are tried on which something changes by itself. `--times 3` tries with three times
as many statements, `--part 10` with one in ten facts. The exit code is 1 where no choice of rows fits one page on some
day.
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

from conftest import Direct, edition_info, shipped_look
from shipped.many import part_of, times, times_in
from shipped.pages import book, languages, workspace

from briefgen.assess import assess
from briefgen.localise.first_page import ZONES
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Job
from briefgen.model.edition import Rows
from briefgen.render import pdf as to_pdf
from briefgen.render.documents import fit

FIRST, LAST = date(2021, 7, 1), date(2027, 12, 31)


@dataclass(frozen=True, slots=True)
class Facts:
    """Which facts are tried: the shipped statements so many times over, and of all facts one in so many."""

    times: int
    part: int


@dataclass(frozen=True, slots=True)
class Tried:
    """A day, the rows that were chosen, and the documents that they do not keep on one page."""

    day: date
    facts: int
    rows: Rows
    too_long: tuple[str, ...]


@cache
def everything(asked: Facts) -> tuple[FactBook, Mapping[str, Language]]:
    """The facts, and the languages with their translations."""
    return part_of(times(book(), asked.times), asked.part), times_in(languages(), asked.times)


def briefing(day: date, asked: Facts) -> Briefing:
    """As of a day."""
    settings = workspace().settings
    return assess(everything(asked)[0], day, settings.due_soon_days, settings.shelf_lives)


def turning_days(first: date, last: date, asked: Facts) -> Iterator[date]:
    """The first day, and every later one on which something changes by itself."""
    day: date | None = first
    while day and day <= last:
        yield day
        day = briefing(day, asked).next_change


def all_days(first: date, last: date) -> Iterator[date]:
    """One after the other."""
    yield from (first + timedelta(days) for days in range((last - first).days + 1))


def try_days(days: list[date], asked: Facts) -> list[Tried]:
    """One worker's days."""
    return [_try(day, asked) for day in days]


def _try(day: date, asked: Facts) -> Tried:
    known = briefing(day, asked)
    rows = fit(_jobs(known, asked, Rows()), Direct())
    made = (to_pdf.render(job) for job in _jobs(known, asked, rows))
    return Tried(day, len(known.items), rows, tuple(each.name for each in made if each.pages != 1))


def _jobs(known: Briefing, asked: Facts, rows: Rows) -> list[Job]:
    """One a language."""
    info, look = edition_info(), shipped_look()
    texts, folders = everything(asked)[1], tuple(str(folder) for folder in workspace().template_folders)
    pages = (localise(known, None, texts, code, info, look, rows) for code in workspace().settings.languages)
    return [
        Job(page=page, document="at-a-glance", format="pdf", folders=folders, look=look, page_limit=1) for page in pages
    ]


def main() -> int:
    """Prints a line for each day."""
    asked = _arguments()
    facts = Facts(asked.times, asked.part)
    days = list(all_days(asked.first, asked.last) if asked.every_day else turning_days(asked.first, asked.last, facts))
    began = time.monotonic()
    share = -(-len(days) // asked.jobs)
    shares = [days[start : start + share] for start in range(0, len(days), share)]
    with ProcessPoolExecutor(asked.jobs, mp_context=get_context("spawn")) as workers:
        tried = [day for found in workers.map(try_days, shares, [facts] * len(shares)) for day in found]
    for each in tried:
        print(each.day, f"{each.facts} facts", _counts(each.rows), *(f"TOO LONG: {name}" for name in each.too_long))
    failed = [each for each in tried if each.too_long]
    used = Counter(_counts(each.rows) for each in tried)
    print(f"{len(days)} days, {', '.join(workspace().settings.languages)}, statements times {asked.times}", end=", ")
    print(f"one fact in {asked.part}; {len(used)} choices of rows; {len(failed)} failed", end="; ")
    print(f"{time.monotonic() - began:.0f} s")
    return 1 if failed else 0


def _counts(rows: Rows) -> str:
    """The rows by zone, and what is added between the blocks in each language."""
    counts = " ".join(f"{zone} {rows.counts[zone]}" for zone in ZONES)
    return f"{counts} ({', '.join(f'{code} +{space}' for code, space in rows.stretch.items())})"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="first", type=date.fromisoformat, default=FIRST)
    parser.add_argument("--to", dest="last", type=date.fromisoformat, default=LAST)
    parser.add_argument("--every-day", action="store_true")
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
