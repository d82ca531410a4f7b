"""The documents of the shipped workspace: one page where one page is promised, and the same in every language."""

import re
from collections import Counter
from datetime import date

import pytest
from conftest import Direct, edition_info, shipped_look

from briefgen.assess.briefing import assess
from briefgen.localise.first_page import ROW_LIMITS, RowLimits
from briefgen.localise.page import localise
from briefgen.model.document import Job
from briefgen.model.page import Badge, Item, Page, Run
from briefgen.render import pdf as to_pdf
from briefgen.render.documents import fit
from briefgen.render.html import render_text
from shipped.pages import book, briefing, languages, within, workspace

from .many import times, times_in

CODES = workspace().settings.languages
LONGEST = "vi"
TODAY, EARLY = date(2026, 11, 21), date(2022, 3, 1)
SUPERSCRIPT = re.compile(r'<sup class="marks">([0-9, ]+)</sup>')


def _page(day: date, code: str, limits: RowLimits | None = None) -> Page:
    info = edition_info()
    return localise(briefing(day), None, languages(), code, info, limits or RowLimits(rows=4))


def _folders() -> tuple[str, ...]:
    return tuple(str(folder) for folder in workspace().template_folders)


def _job(page: Page, document: str, limit: int | None = None) -> Job:
    look = shipped_look()
    return Job(page=page, document=document, format="pdf", folders=_folders(), look=look, page_limit=limit, strict=True)


def test_at_a_glance_of_few_facts_is_one_page_in_every_language_with_the_same_rows() -> None:
    def jobs(row_limits: int) -> list[Job]:
        return [_job(_page(EARLY, code, ROW_LIMITS[row_limits]), "at-a-glance", limit=1) for code in CODES]

    made = fit(jobs, Direct())[1]
    assert [document.pages for document in made] == [1] * len(CODES)
    first, *others = [Counter(document.marks) for document in made]
    assert first
    assert all(other == first for other in others)


@pytest.mark.parametrize("number", [1, 3])
def test_the_fewest_rows_are_one_page_whatever_the_number_of_facts(number: int) -> None:
    settings = workspace().settings
    known = assess(times(book(), number), TODAY, settings.due_soon_days, settings.shelf_lives)
    assert len(known.items) >= len(book().facts) + (number - 1) * 150
    info = edition_info()
    page = localise(known, None, times_in(languages(), number), LONGEST, info, ROW_LIMITS[-1])
    assert to_pdf.render(_job(page, "at-a-glance", limit=1)).pages == 1


@pytest.mark.parametrize("code", CODES)
def test_at_a_glance_names_the_sources_whose_numbers_it_prints(code: str) -> None:
    page = _page(TODAY, code)
    job = Job(page=page, document="at-a-glance", format="pdf", folders=_folders(), look=shipped_look())
    printed = {int(number) for mark in SUPERSCRIPT.findall(render_text(job, "print")) for number in mark.split(", ")}
    assert {source.number for source in page.glance.sources} == printed


def _said(page: Page) -> Counter[str]:
    """Every fact, value and status of a page, and how often it is said."""
    parts = list(within(page))
    facts = [f"fact {part.id}" for part in parts if isinstance(part, Item)]
    values = [f"value {part.value}" for part in parts if isinstance(part, Run) and part.value]
    return Counter([*facts, *values, *(f"status {part.code}" for part in parts if isinstance(part, Badge))])


@pytest.mark.parametrize("day", [TODAY, EARLY, date(2024, 7, 1), date(2027, 6, 30)], ids=str)
def test_the_typed_pages_say_the_same_in_every_language(day: date) -> None:
    first, *others = [_said(_page(day, code)) for code in CODES]
    assert first
    assert all(other == first for other in others)


def test_a_value_that_one_language_lacks_would_be_seen() -> None:
    page = _page(TODAY, "en")
    counted = _said(page)
    counted.subtract({"value 69.1 billion USD": 1})
    assert counted != _said(page)
