"""Which edition a build makes: a new one, a revision of the newest, a reconstruction, a part, or none at all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from briefgen import __version__
from briefgen.changes.compare import Changes
from briefgen.model.briefing import Briefing
from briefgen.model.edition import Clearance, Cleared, Making, Manifest
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.clearance import read_entries, standing
from briefgen.publish.editions import (
    FOLDERS,
    Edition,
    current_pin,
    edition_folders,
    editions,
    latest,
    next_changes,
    version_of,
)
from briefgen.publish.history import changes_since
from briefgen.publish.latest import clear_pin, remember_inputs
from briefgen.read.fingerprint import Fingerprint, read_fingerprint
from briefgen.read.workspace import Workspace
from briefgen.render import json as to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What is asked for: one partnership, one day, and which of its documents."""

    workspace: Workspace
    facts: Path
    day: date
    today: date
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path
    missing: tuple[str, ...] = ()
    """Formats that are wanted too, but that this machine cannot make."""
    strict: bool = False
    """Whether a text without translation, or a warning of the PDF engine, stops the build."""

    @property
    def making(self) -> Making:
        """Only a build of today with everything that the settings name makes an edition."""
        if self.day != self.today:
            return Making.RECONSTRUCTION
        settings, formats = self.workspace.settings, {*self.formats, *self.missing}
        wanted = (settings.languages, settings.documents, set(settings.formats))
        return Making.EDITION if (self.languages, self.documents, formats) == wanted else Making.PART

    def fingerprint(self) -> Fingerprint:
        """The hashes of its inputs at this moment."""
        return read_fingerprint(self.workspace.root, self.facts, strict=self.strict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPlan:
    """What a build makes and where it goes."""

    briefing: Briefing
    manifest: Manifest
    """Without its files, which are still to be made."""
    changes: Changes | None
    """Since the edition before; None where there is none to compare with."""
    cleared: Cleared | None
    newest: Edition | None = None
    """The newest edition, where it rests on the same facts."""
    first: "EditionPlan | None" = None
    """The first revision of `newest`, as these inputs make it: where nothing of it differs, nothing is published."""

    @property
    def folder(self) -> str:
        """Where it goes, in the folder of the partnership."""
        manifest = self.manifest
        name = manifest.folder_name if manifest.making is Making.EDITION else str(manifest.as_of)
        return f"{FOLDERS[manifest.making]}/{name}"

    @property
    def basis(self) -> "EditionPlan":
        """The plan that its fingerprints are taken of: that of its own first revision."""
        return self.first if self.first and self.carries_over else self

    @property
    def carries_over(self) -> bool:
        """Whether it is a revision, so that documents of `newest` may be carried over."""
        newest = self.newest
        return newest is not None and self.manifest.edition == newest.manifest.edition


def plan_edition(
    request: BuildRequest,
    fingerprint: Fingerprint,
    assessed: Callable[[date], Briefing],
    outdir: Path,
) -> EditionPlan | Edition:
    """The plan of what to make; or the newest edition, where a rollback holds it. `assessed` assesses as of a day."""
    newest = latest(outdir) if request.making is Making.EDITION else None
    _refuse_wrong_clock(request, newest, outdir)
    pin = current_pin(outdir)
    if newest and pin and pin.desk == fingerprint.workspace:
        _refuse_damaged_pin(newest)
        return newest
    briefing = assessed(request.day)
    facts_sha256 = to_json.facts_hash(briefing)
    same = newest if newest and newest.manifest.facts_sha256 == facts_sha256 else None
    making, number, revision = _next_version(request, newest, same, outdir)
    plan = partial(_plan, request, fingerprint, facts_sha256, _cleared(request, facts_sha256), outdir)
    if same is None:
        return plan(briefing, making, number)
    known = same.manifest
    first = plan(assessed(known.first_as_of or known.as_of), Making.EDITION, known.edition, known=known)
    next_ = plan(briefing, making, number, revision, known=known if revision > 1 else None)
    return replace(next_, newest=same, first=first)


def _plan(
    request: BuildRequest,
    fingerprint: Fingerprint,
    facts_sha256: str,
    cleared: Cleared | None,
    outdir: Path,
    briefing: Briefing,
    making: Making,
    number: int | None,
    revision: int = 1,
    known: Manifest | None = None,
) -> EditionPlan:
    """Plan a version of an edition; `known` is another revision of it, whose day readers know it by."""
    changes = changes_since(outdir, number, briefing)
    major = known.major if known else changes is None or changes.major
    public_date = briefing.day if changes is None or major else changes.day
    manifest = Manifest(
        making=making,
        edition=number,
        revision=revision,
        as_of=briefing.day,
        public_date=known.public_date if known else public_date,
        draft=cleared is None and request.workspace.settings.clearance is Clearance.REQUIRED,
        facts_sha256=facts_sha256,
        briefgen=__version__,
        partnership=briefing.book.file.partnership.id,
        major=major,
        since=changes.since if changes else None,
        next_change=briefing.next_change,
        facts=len(briefing.items),
        first_as_of=(known.first_as_of or known.as_of) if known else briefing.day,
        # with a format missing, the next build tries again
        inputs_sha256="" if request.missing else fingerprint.sha256,
        languages=request.languages,
        documents=request.documents,
        formats=request.formats,
        facts_file=request.facts.name,
        files={},
    )
    return EditionPlan(briefing=briefing, manifest=manifest, changes=changes, cleared=cleared)


def _next_version(
    request: BuildRequest, newest: Edition | None, same: Edition | None, outdir: Path
) -> tuple[Making, int | None, int]:
    """What is made, with number and revision; no pair of them is given twice.

    `same` is the newest edition where it rests on the same facts: then a revision will do, unless readers were led
    back to it from a later one.
    """
    loses_a_format = newest and any(format in newest.manifest.formats for format in request.missing)
    if request.making is not Making.EDITION or loses_a_format:
        return (Making.PART if loses_a_format else request.making), None, 1
    used = [version_of(folder) for folder in edition_folders(outdir)]
    last = max((number for number, _ in used), default=0)
    if same is None or same.manifest.edition != last:
        return Making.EDITION, last + 1, 1
    return Making.EDITION, last, max(revision for number, revision in used if number == last) + 1


def keep(request: BuildRequest, fingerprint: Fingerprint, plan: EditionPlan, newest: Edition) -> Edition:
    """The newest edition as it is; that these inputs give it is noted for the next build, and a rollback ends."""
    outdir, next_change = newest.outdir, plan.briefing.next_change
    clear_pin(outdir)
    if not request.missing and fingerprint.sha256 not in next_changes(outdir, newest):
        remember_inputs(outdir, newest, fingerprint.sha256, next_change)
    return replace(newest, manifest=replace(newest.manifest, next_change=next_change))


def _cleared(request: BuildRequest, facts_sha256: str) -> Cleared | None:
    """Who cleared just these facts; nobody where the settings ask for no clearance, nor on a day before they did."""
    if request.workspace.settings.clearance is Clearance.OFF:
        return None
    cleared = standing(read_entries(request.workspace, request.facts), facts_sha256)
    return None if cleared and request.making is Making.RECONSTRUCTION and cleared.on > request.day else cleared


def damage_note(edition: Edition) -> Finding:
    """That the files of an edition are no longer what was published, and what a build does about it."""
    message = f"edition {edition.manifest.name} was damaged ({', '.join(edition.damaged)}); it is made again"
    return Finding(Location(str(edition.folder)), "P506", message, Severity.NOTE)


def _refuse_damaged_pin(pinned: Edition) -> None:
    """What a rollback holds cannot be made again: the workspace's files are those of a later edition."""
    if pinned.whole:
        return
    message = f"edition {pinned.manifest.name}, which a rollback holds, is damaged: {', '.join(pinned.damaged)}"
    hint = f"put it back from a copy, or end the rollback: briefgen editions release {pinned.manifest.partnership}"
    raise FindingsError([Finding(Location(str(pinned.folder)), "P506", message, hint=hint)])


def _refuse_wrong_clock(request: BuildRequest, newest: Edition | None, outdir: Path) -> None:
    """Either this clock is wrong, or the one was that the newest edition was made by; only a person knows which."""
    if newest is None or request.day >= newest.manifest.as_of:
        return
    message = f"the newest edition is of {newest.manifest.as_of}, which lies ahead of today, {request.day}"
    sound = [each for each in editions(outdir) if each.manifest.as_of <= request.day and each.whole][-1:]
    way_out = f"briefgen editions rollback {sound[0].manifest.name}" if sound else f"take away {newest.folder}"
    hint = f"set this machine's clock; where it is right now and was wrong then: {way_out}, then build again"
    raise FindingsError([Finding(Location(str(newest.folder)), "P503", message, hint=hint)])
