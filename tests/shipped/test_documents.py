"""The documents of the shipped workspace: one page where one page is promised, and the same in every language."""

from collections import Counter
from datetime import date

import pytest
from assess.shipped import briefing, languages, within, workspace
from conftest import Direct

from briefgen.fitting import render_fitted
from briefgen.localise.front import Fit
from briefgen.localise.page import Imprint, localise
from briefgen.model.job import Job
from briefgen.model.page import Badge, Item, Page, Run

CODES = workspace().settings.languages
TODAY, EARLY = date(2026, 11, 21), date(2022, 3, 1)


def _page(day: date, code: str, fit: Fit | None = None) -> Page:
    imprint = Imprint(edition=1, facts_hash="0" * 64, version="0")
    return localise(briefing(day), None, languages(), code, imprint, fit or Fit(rows=4))


def _job(page: Page, document: str, limit: int | None = None) -> Job:
    folders = tuple(str(folder) for folder in workspace().template_folders)
    return Job(page=page, document=document, format="pdf", folders=folders, page_limit=limit, strict=True)


@pytest.mark.parametrize("day", [TODAY, EARLY], ids=str)
def test_at_a_glance_is_one_page_in_every_language_with_the_same_rows(day: date) -> None:
    def jobs(pages: object) -> list[Job]:
        assert isinstance(pages, list)
        return [_job(page, "at-a-glance", limit=1) for page in pages]

    made = render_fitted(lambda fit: [_page(day, code, fit) for code in CODES], jobs, Direct(), lambda _: None)
    assert [document.pages for document in made] == [1] * len(CODES)
    first, *others = [Counter(document.marks) for document in made]
    assert first
    assert all(other == first for other in others)


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
