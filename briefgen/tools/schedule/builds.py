"""Builds all partnerships of a workspace for a scheduled run; it loads what a build needs, which a tick does not."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from briefgen.build import OnNote, build
from briefgen.model.findings import FindingsError
from briefgen.model.page import ChangeRow
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import Edition, current_pin, latest_of
from briefgen.read.workspace import find_workspace
from briefgen.tools.building import BuildOptions, executor_for, make_requests
from briefgen.tools.compare import before_and_now, compare
from briefgen.tools.schedule.report import Kind, Outcome

_BUSY, _TRIES, _SECONDS_BETWEEN = "P501", 31, 20
"""If another build is running, its end is waited for: ten minutes at most."""


def build_all(root: Path, clock: Callable[[], datetime], on_note: OnNote) -> Iterator[Outcome]:
    """Yield what became of each partnership that the settings name; the workspace is read anew for every run.

    FindingsError if there is nothing to build, or if this machine cannot make one of the formats: nobody is watching
    who could be content with a part.
    """
    workspace = find_workspace(root)

    def today() -> date:  # asked for each try: it may be past midnight by now
        return clock().astimezone(ZoneInfo(workspace.settings.timezone)).date()

    options = BuildOptions(day=today(), today=today(), out=workspace.out.absolute(), all_formats=True)
    requests, _ = make_requests(workspace, options)
    with executor_for(workspace, requests[0].formats) as executor:
        for request in requests:
            yield _outcome(request, today, executor, on_note)


def _build_once_free(request: BuildRequest, today: Callable[[], date], executor: Executor, on_note: OnNote) -> Edition:
    for _ in range(1, _TRIES):
        try:
            return build(replace(request, day=today(), today=today()), executor, on_note=on_note)
        except FindingsError as error:
            if all(finding.code != _BUSY for finding in error.findings):
                raise
        sleep(_SECONDS_BETWEEN)
    return build(replace(request, day=today(), today=today()), executor, on_note=on_note)


def _outcome(request: BuildRequest, today: Callable[[], date], executor: Executor, on_note: OnNote) -> Outcome:
    name = request.facts.stem
    try:
        edition = _build_once_free(request, today, executor, on_note)
    except FindingsError as error:
        newest = next(latest_of(request.out, request.facts.name), None)
        return Outcome(kind=Kind.FAILED, partnership=name, edition=newest, findings=error.findings)
    if not edition.new:
        kind = Kind.HELD if current_pin(edition.outdir) else Kind.NOTHING
        return Outcome(kind=kind, partnership=name, edition=edition)
    if edition.manifest.revision > 1:
        return Outcome(kind=Kind.REVISION, partnership=name, edition=edition)
    changes: dict[str, tuple[str, ...]] = {}
    with suppress(FindingsError):  # the first edition
        language = request.workspace.settings.languages[0]
        for row in compare(request.workspace, request.facts, request.out, request.today, language).rows:
            changes[row.kind.label] = (*changes.get(row.kind.label, ()), _line(row))
    return Outcome(kind=Kind.EDITION, partnership=name, edition=edition, changes=changes)


def _line(row: ChangeRow) -> str:
    """Return the text of a fact with its old and new values."""
    old, new = before_and_now(row)
    became = f" ({old} → {new})" if old and new else f" ({old or new})" if old or new else ""
    return f"{row.text}{became}".replace("\N{NO-BREAK SPACE}", " ")  # a mail has no use for it
