"""Builds all partnerships of a workspace as a run does, and says what became of each."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from briefgen.build import OnNote, build
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.page import ChangeRow
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import current_pin, latest_of
from briefgen.read.workspace import find_workspace
from briefgen.tools.building import BuildOptions, executor_for, make_requests
from briefgen.tools.compare import Comparer
from briefgen.tools.schedule.outcome import Kind, Outcome

_BUSY, _TRIES, _SECONDS_BETWEEN = "P501", 31, 20
"""A build that somebody else has begun is waited for, ten minutes at most."""


def build_all(root: Path, clock: Callable[[], datetime], on_note: OnNote) -> Iterator[Outcome]:
    """Build all that the settings of the workspace name, read anew for every run.

    FindingsError where there is nothing to build, or a format cannot be made: nobody is here to be told of a part.
    """
    workspace = find_workspace(root)

    def today() -> date:  # asked for each try: it may be past midnight by now
        return clock().astimezone(ZoneInfo(workspace.settings.timezone)).date()

    options = BuildOptions(day=today(), today=today(), out=workspace.out.absolute())
    asked = make_requests(workspace, options)
    if asked.missing:
        machine = Location("this machine")
        raise FindingsError(Finding(machine, "P507", each.detail, hint=each.fix) for each in asked.missing.values())
    left = asked.requests
    with executor_for(workspace, asked.formats) as executor:
        for tries in reversed(range(_TRIES)):
            busy = []
            for request in (replace(each, day=today(), today=today()) for each in left):
                outcome = _built(request, executor, on_note)
                if tries and any(finding.code == _BUSY for finding in outcome.findings):
                    busy.append(request)
                else:
                    yield outcome
            if not busy:
                return
            left = tuple(busy)
            sleep(_SECONDS_BETWEEN)


def _built(request: BuildRequest, executor: Executor, on_note: OnNote) -> Outcome:
    name = request.facts.stem
    try:
        edition = build(request, executor, on_note=on_note)
    except FindingsError as error:
        newest = next(latest_of(request.out, request.facts.name), None)
        return Outcome(kind=Kind.FAILED, partnership=name, edition=newest, findings=error.findings)
    if not edition.new:
        kind = Kind.HELD if current_pin(edition.outdir) else Kind.NOTHING
        return Outcome(kind=kind, partnership=name, edition=edition)
    if edition.manifest.revision > 1:
        return Outcome(kind=Kind.REVISION, partnership=name, edition=edition)
    changes: dict[str, tuple[str, ...]] = {}
    comparer = Comparer(
        workspace=request.workspace,
        facts=request.facts,
        out=request.out,
        today=request.today,
        language=request.workspace.settings.languages[0],
    )
    with suppress(FindingsError):  # the first edition
        for row in comparer.compare((), with_next=False).rows:
            changes[row.kind.label] = (*changes.get(row.kind.label, ()), _line(row))
    return Outcome(kind=Kind.EDITION, partnership=name, edition=edition, changes=changes)


def _line(row: ChangeRow) -> str:
    """The text of a fact, with what it said and says."""
    old = " · ".join((*map(str, row.old), *(badge.label for badge in row.was)))
    new = " · ".join((*map(str, row.new), *(badge.label for badge in row.now)))
    became = f" ({old} → {new})" if old and new else f" ({old or new})" if old or new else ""
    return f"{row.text}{became}".replace("\N{NO-BREAK SPACE}", " ")  # a mail has no use for it
