"""Starts a preview: its workers, and what watches the files."""

from collections.abc import Iterator
from contextlib import contextmanager
from os import cpu_count
from pathlib import Path

from briefgen.model.document import FORMATS
from briefgen.read.workspace import Workspace
from briefgen.render.workers import MODULES, LimitedProcesses
from briefgen.tools.preview.maker import Clock, Workers
from briefgen.tools.preview.session import Session
from briefgen.tools.preview.watch import Watch


@contextmanager
def following(workspace: Workspace, out: Path, clock: Clock) -> Iterator[Session]:
    """Give a session that follows what is saved in the workspace."""
    seconds, megabytes = workspace.settings.seconds_per_document, workspace.settings.megabytes_per_document
    paged = tuple(FORMATS[name].module for name in workspace.settings.formats if FORMATS[name].paged)
    number = cpu_count() or 1
    screen = LimitedProcesses(1, seconds, megabytes, MODULES)
    paper = LimitedProcesses(number, seconds, megabytes, (*MODULES, *paged))
    workers = Workers(screen, paper)
    session = Session(workspace.root, out, clock, workers)
    watch = Watch(workspace.root, out, session.refresh)
    workers.warm_up(number)
    try:
        yield session
    finally:
        watch.close()
        session.close()
        for each in (screen, paper):
            each.shutdown(cancel_futures=True)
