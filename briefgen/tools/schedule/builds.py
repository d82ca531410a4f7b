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
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import Edition, current_pin, latest_of, up_to_date
from briefgen.read.workspace import find_workspace
from briefgen.tools.building import BuildOptions, executor_for, make_requests
from briefgen.tools.editions import before_and_now, compare
from briefgen.tools.schedule.report import Kind, RunOutcome

_BUSY, _TRIES, _SECONDS_BETWEEN = "P501", 31, 20
"""If another build is running, its end is waited for: ten minutes at most."""


def build_all(root: Path, clock: Callable[[], datetime], on_note: OnNote) -> Iterator[RunOutcome]:
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


def _outcome(request: BuildRequest, today: Callable[[], date], executor: Executor, on_note: OnNote) -> RunOutcome:
    """Build, once no other build is running any more, and return what came of it."""
    name = request.facts.stem
    for tries in range(1, _TRIES + 1):
        try:
            now = replace(request, day=today(), today=today())
            edition = _unchanged(now) or build(now, executor, on_note=on_note)
            break
        except FindingsError as error:
            if tries == _TRIES or all(finding.code != _BUSY for finding in error.findings):
                newest = next(latest_of(request.out, request.facts.name), None)
                return RunOutcome(kind=Kind.FAILED, partnership=name, edition=newest, findings=error.findings)
        sleep(_SECONDS_BETWEEN)
    manifest, kind = edition.manifest, Kind.EDITION if edition.new else Kind.NOTHING
    if not edition.new and current_pin(edition.outdir):
        kind = Kind.HELD
    elif edition.new and manifest.revision > 1:
        kind = Kind.REVISION
    changes: dict[str, tuple[str, ...]] = {}
    if kind is Kind.EDITION:
        with suppress(FindingsError):  # the first edition
            language = request.workspace.settings.languages[0]
            for row in compare(request.workspace, request.facts, request.out, request.today, language).rows:
                became = " → ".join(filter(None, before_and_now(row)))
                line = f"{row.text} ({became})" if became else str(row.text)
                line = line.replace("\N{NO-BREAK SPACE}", " ")  # a mail has no use for it
                changes[row.kind.label] = (*changes.get(row.kind.label, ()), line)
    return RunOutcome(kind=kind, partnership=name, edition=edition, changes=changes)


def _unchanged(request: BuildRequest) -> Edition | None:
    """Return the newest edition if a build would leave it as it is; only the hashes of its files tell."""
    if found := up_to_date(request.out, request.facts, request.fingerprint(), request.day):
        return replace(found.edition, manifest=replace(found.edition.manifest, next_change=found.next_change))
    return None
