"""A page to lay out, a folder for templates, and workers that last for all the tests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import request_for

from briefgen.model.document import Job, Page
from briefgen.render.workers import LimitedProcesses
from briefgen.tools.workspaces import make_workspace

from .jobs import jobs_of, laid_out

SECONDS, MEGABYTES = 1, 700
PATIENT = 120
"""Seconds that no task of the tests needs, however busy the machine is."""


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The starter's page in English."""
    folder = tmp_path_factory.mktemp("page")
    make_workspace(folder / "desk")
    return jobs_of(request_for(folder / "desk"), folder / "out")[0].page


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """An empty folder for templates."""
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


@pytest.fixture
def tiny_job(page: Page, templates: Path) -> Callable[..., Job]:
    """A job whose template is just this text; `page` and the like may be given."""

    def make(text: str, format: str = "html", **other: Any) -> Job:
        (templates / "tiny.html").write_text(text, encoding="utf-8")
        return laid_out(other.pop("page", page), templates, format, **other)

    return make


@pytest.fixture(scope="session")
def workers() -> Iterator[LimitedProcesses]:
    """Two workers with tight limits."""
    pool = LimitedProcesses(2, SECONDS, MEGABYTES)
    yield pool
    pool.shutdown(cancel_futures=True)


@pytest.fixture(scope="session")
def patient_workers() -> Iterator[LimitedProcesses]:
    """One worker whose memory alone is limited tightly."""
    pool = LimitedProcesses(1, PATIENT, MEGABYTES)
    yield pool
    pool.shutdown(cancel_futures=True)
