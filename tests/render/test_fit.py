"""The most rows that fit are found, whatever fits; where even the fewest do not, that is said."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from conftest import Direct

from briefgen.localise.first_page import ROW_LIMITS
from briefgen.model.document import Document
from briefgen.model.findings import FindingsError
from briefgen.render import documents as rendering


class _Job:
    """As much of a job as fitting looks at."""

    def __init__(self, fit: int, name: str, page_limit: int | None) -> None:
        self.fit, self.name, self.page_limit, self.format = fit, name, page_limit, "pdf"


def _rendered(first_that_fits: int) -> Any:
    def render(jobs: Iterable[_Job], _executor: object) -> list[Document]:
        return [
            Document(name=job.name, content=b"" if job.fit < first_that_fits else str(job.fit).encode(), pages=2)
            for job in jobs
        ]

    return render


def _fitted(limit: int | None) -> tuple[int, dict[str, bytes]]:
    def jobs(row_limits: int) -> Any:
        return [_Job(row_limits, "sheet.en.pdf", limit), _Job(row_limits, "long.en.pdf", None)]

    row_limits, documents = rendering.fit(jobs, Direct())
    return row_limits, {document.name: document.content for document in documents}


@pytest.mark.parametrize("first_that_fits", range(len(ROW_LIMITS)))
def test_the_most_rows_that_fit(first_that_fits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "render", _rendered(first_that_fits))
    assert _fitted(limit=1) == (first_that_fits, {"sheet.en.pdf": str(first_that_fits).encode()})


def test_nothing_fits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "render", _rendered(len(ROW_LIMITS)))
    with pytest.raises(FindingsError) as stopped:
        _fitted(limit=1)
    assert [finding.code for finding in stopped.value.findings] == ["L802"]


def test_without_a_limit_the_choice_is_a_middling_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "render", _rendered(0))
    assert _fitted(limit=None) == ((len(ROW_LIMITS) - 1) // 2, {})


def test_each_fit_holds_no_more_than_the_one_before() -> None:
    for one, other in pairwise(ROW_LIMITS):
        for name in ("rows", "targets", "summits", "messages", "changes"):
            assert getattr(other, name) <= getattr(one, name)
        assert other != one
