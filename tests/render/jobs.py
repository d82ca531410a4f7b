"""Pages and jobs as the build makes them, and small templates to lay them out with."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from conftest import shipped_look

from briefgen.build import build
from briefgen.model.document import Job, Measures, Page, RenderedFile
from briefgen.model.views import Item, Lead, Prose, Run
from briefgen.publish.decide import BuildRequest
from briefgen.read import shipped_templates
from briefgen.render.documents import measure

P = ParamSpec("P")
T = TypeVar("T")


class Taken(Executor):
    """Takes the jobs of a build and hands back a file for each, so that the build goes through."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **_kwargs: P.kwargs) -> Future[T]:
        """The job is the one argument."""
        job: Any = args[0]
        self.jobs.append(job)
        future: Future[Any] = Future()
        measures = Measures(room=0, needed=0, gaps=0, rows={})
        future.set_result(measures if fn is measure else RenderedFile(name=job.name, content=b"taken"))
        return future


def jobs_of(request_for: BuildRequest, out: Path) -> list[Job]:
    """The jobs of a build that goes to `out`."""
    taken = Taken()
    build(replace(request_for, out=out), taken)
    return taken.jobs


def laid_out(page: Page, folder: Path, format: str = "html", **other: Any) -> Job:
    """The page by the template tiny.html of the folder, before the shipped ones."""
    other.setdefault("look", shipped_look())
    return Job(page=page, document="tiny", format=format, folders=(str(folder), str(shipped_templates())), **other)


def saying(page: Page, *runs: Run) -> Page:
    """The page with this as its bottom line."""
    line = Item(id="bottom-line", text=Prose(runs), marks=())
    return replace(page, bottom_line=line.into(Lead, sentences=(line,)))
