"""Builds all partnerships of a workspace as a run does, and says what became of each."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from datetime import datetime
from os import cpu_count
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from briefgen.build import OnNote, build
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.model.page import FORMATS
from briefgen.model.rows import ChangeRow
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import current_pin, latest_of
from briefgen.read.facts import partnerships, shared_ids
from briefgen.read.workspace import find_workspace
from briefgen.render.workers import workers
from briefgen.tools.doctor import pdf_trouble
from briefgen.tools.schedule.outcome import Kind, Outcome

_BUSY, _TRIES, _SECONDS_BETWEEN = "P501", 31, 20
"""A build that somebody else has begun is waited for, ten minutes at most."""
Compare = Callable[[BuildRequest], Iterable[ChangeRow]]
"""Words what the newest edition changed; FindingsError where there is nothing to compare with."""


def build_all(root: Path, clock: Callable[[], datetime], compare: Compare, on_note: OnNote) -> Iterator[Outcome]:
    """Build all that the settings of the workspace name, read anew for every run.

    FindingsError where there is nothing to build, or no PDF can be made: nobody is here to be told of a part.
    """
    workspace = find_workspace(root)
    settings = workspace.settings
    if trouble := pdf_trouble() if "pdf" in settings.formats else None:
        raise FindingsError([Finding(Location("this machine"), "P507", trouble.detail, hint=trouble.fix)])
    left: Sequence[Path] = partnerships(workspace)
    if wrong := shared_ids(workspace):
        raise FindingsError(wrong)
    preload = tuple(FORMATS[each] for each in settings.formats)
    with workers(cpu_count() or 1, settings.seconds_per_document, settings.megabytes_per_document, preload) as executor:
        for tries in reversed(range(_TRIES)):
            busy = []
            today = clock().astimezone(ZoneInfo(settings.timezone)).date()  # anew: it may be past midnight by now
            for facts in left:
                request = BuildRequest(
                    workspace=workspace,
                    facts=facts,
                    day=today,
                    today=today,
                    languages=settings.languages,
                    documents=settings.documents,
                    formats=settings.formats,
                    out=workspace.out.absolute(),
                )
                outcome = _built(request, executor, compare, on_note)
                if tries and any(finding.code == _BUSY for finding in outcome.findings):
                    busy.append(facts)
                else:
                    yield outcome
            if not busy:
                return
            left = busy
            sleep(_SECONDS_BETWEEN)


def _built(request: BuildRequest, executor: Executor, compare: Compare, on_note: OnNote) -> Outcome:
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
    with suppress(FindingsError):  # the first edition
        for row in compare(request):
            changes[row.kind.label] = (*changes.get(row.kind.label, ()), _line(row))
    return Outcome(kind=Kind.EDITION, partnership=name, edition=edition, changes=changes)


def _line(row: ChangeRow) -> str:
    """The text of a fact, with what it said and says."""
    old = " · ".join((*map(str, row.old), *(badge.label for badge in row.was)))
    new = " · ".join((*map(str, row.new), *(badge.label for badge in row.now)))
    became = f" ({old} → {new})" if old and new else f" ({old or new})" if old or new else ""
    return f"{row.text}{became}".replace("\N{NO-BREAK SPACE}", " ")  # a mail has no use for it
