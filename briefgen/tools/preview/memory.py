"""Where the builds of a preview go: into memory. Nothing is published, locked, or written to out/."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Lock

from briefgen.build import (
    Files,
    Inputs,
    OnNote,
    Unpublished,
    located,
    planned,
    read_unchecked,
    stopping,
    warnings_of,
)
from briefgen.model.document import FORMATS, Document, Job, Rows
from briefgen.model.findings import FindingsError
from briefgen.publish.decide import BuildRequest, EditionPlan
from briefgen.publish.editions import Edition, latest
from briefgen.read.files import check_styles
from briefgen.read.fingerprint import Fingerprint
from briefgen.render.documents import fit, outline, render

Key = tuple[str, date, str]
"""Partnership, day, and the name of a document."""
OnMade = Callable[[Key, Document], None]


@dataclass(frozen=True, slots=True)
class Selection:
    """Some of an edition's documents."""

    documents: tuple[str, ...]
    languages: tuple[str, ...]
    formats: tuple[str, ...]


class Memory(Unpublished):
    """Keeps the last good document of each name and day; only what differs is made again.

    The request is for the whole edition, so that its pages are those that readers will have; `only` these are made.
    `on_made` is called with each document that was asked for, as soon as it is known, whether it was made again or not.
    """

    def __init__(self, kept: "Kept", only: Selection, on_made: OnMade) -> None:
        self._kept, self._only, self._on_made = kept, only, on_made

    def read(self, request: BuildRequest, on_note: OnNote) -> Inputs:
        """Read everything; for the screen, which is verified later, without checks but those of style sheets."""
        if any(FORMATS[name].paged for name in self._only.formats):
            return super().read(request, on_note)
        for each in check_styles(request.workspace):
            on_note(each)
        return read_unchecked(request)

    def leave(self, files: Files, plan: EditionPlan | Edition, _: Fingerprint) -> None:
        """Make the documents; FindingsError lists what is wrong with any, after all others were made."""
        ahead = planned(plan)
        rows = self._kept.rows_of(ahead, files.outdir)
        found = self._made(files, ahead, _chosen(files, self._only).jobs(ahead, rows))
        for warning in warnings_of(files.request, found):
            files.on_note(warning)

    def _made(self, files: Files, plan: EditionPlan, jobs: list[Job]) -> tuple[Document, ...]:
        partnership, day = plan.manifest.partnership, plan.briefing.day
        known = {job.name: each for job in jobs if (each := self._kept.documents.get((partnership, day, job.name)))}

        def made(document: Document) -> None:
            self._kept.keep((partnership, day, document.name), document)
            self._on_made((partnership, day, document.name), document)

        traced = [replace(job, traced=True) for job in jobs]
        paged = [job for job in traced if FORMATS[job.format].paged and job.name in known]
        outlines = list[Document]()
        with suppress(FindingsError):  # it is found again where the document is made
            render(paged, files.executor, outlines.append, one=outline)
        same = {each.name for each in outlines if each.fingerprint == known[each.name].fingerprint}
        for name in same:
            made(known[name])
        left = [job for job in traced if job.name not in same]
        new = located(files.request, lambda: render(left, files.executor, made))
        return (*new, *(known[name] for name in same))


class Verifying(Unpublished):
    """Makes documents as a build does, with all that it looks for, and keeps none."""

    def __init__(self, kept: "Kept", only: Selection) -> None:
        self._kept, self._only = kept, only

    def leave(self, files: Files, plan: EditionPlan | Edition, _: Fingerprint) -> None:
        """Make them; FindingsError lists what would stop a build."""
        ahead = planned(plan)
        jobs = _chosen(files, self._only).jobs(ahead, self._kept.rows_of(ahead, files.outdir))
        found = located(files.request, lambda: render(jobs, files.executor))
        if wrong := stopping(files.request, found):
            raise FindingsError(wrong)
        for warning in warnings_of(files.request, found):
            files.on_note(warning)


class Fitting(Unpublished):
    """Measures the first page of all languages, and keeps the rows by which the documents keep their page limits."""

    def __init__(self, kept: "Kept") -> None:
        self._kept = kept

    def leave(self, files: Files, plan: EditionPlan | Edition, _: Fingerprint) -> bool:
        """Return whether other rows fit than before."""
        ahead = planned(plan)
        rows = located(files.request, lambda: fit(files.jobs(ahead, Rows()), files.executor))
        return self._kept.keep_rows(ahead, files.outdir, rows)


def _chosen(files: Files, only: Selection) -> Files:
    request = replace(files.request, documents=only.documents, languages=only.languages, formats=only.formats)
    return replace(files, request=request)


_MOST_KEPT = 60
"""Documents: a slider that is drawn through the days makes one after the other."""


class Kept:
    """What a preview remembers between two builds, which may go on at the same time."""

    def __init__(self) -> None:
        self.documents: OrderedDict[Key, Document] = OrderedDict()
        self._lock = Lock()
        self._good: dict[Key, Document] = {}
        self._rows: dict[tuple[str, date], Rows] = {}

    def keep(self, key: Key, document: Document) -> None:
        """Keep a document; the oldest ones are given up."""
        with self._lock:
            self.documents[key] = document
            self.documents.move_to_end(key)
            while len(self.documents) > _MOST_KEPT:
                self._good.pop(self.documents.popitem(last=False)[0], None)

    def verified(self, documents: Mapping[Key, Document], *, good: bool) -> Mapping[Key, Document]:
        """Note that documents are good, or put the last good ones back; return those that differ by now."""
        with self._lock:
            kept = {key: each for key, each in documents.items() if key in self.documents}
            if good:
                self._good |= kept
                return {}
            for key, each in kept.items():
                if self.documents[key] == each:  # else there is a newer one
                    self.documents[key] = self._good.get(key, each)
            return {key: self.documents[key] for key, each in kept.items() if self.documents[key] != each}

    def rows_of(self, plan: EditionPlan, outdir: Path) -> Rows:
        """Return the rows of the last fit of that day; before there was one, those of the newest edition."""
        known = self._rows.get((plan.manifest.partnership, plan.briefing.day))
        if known is None and (newest := latest(outdir)):
            return newest.manifest.rows
        return known or Rows()

    def keep_rows(self, plan: EditionPlan, outdir: Path, rows: Rows) -> bool:
        """Keep the rows of a fit, and return whether they are others than before."""
        before = self.rows_of(plan, outdir)
        self._rows[plan.manifest.partnership, plan.briefing.day] = rows
        return before != rows
