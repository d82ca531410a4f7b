"""Which edition a build makes: a new one, a revision of the newest, a reconstruction, a part, or none at all.

A revision carries over, byte for byte, every document of the newest edition that would not differ.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefgen import __version__
from briefgen.changes import (
    Changes,
    ChangeSheet,
    Facts,
    Snapshot,
    compare,
    facts_hash,
    facts_of,
    from_data,
    make_sheet,
    take_snapshot,
)
from briefgen.model.briefing import Briefing
from briefgen.model.document import RenderedFile
from briefgen.model.edition import (
    BRIEFING,
    FEWEST_KEPT,
    Clearance,
    Cleared,
    Making,
    Manifest,
    Rows,
    Told,
    current_clearance,
)
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.typed_json import load_json
from briefgen.publish import (
    EDITIONS,
    FOLDERS,
    Edition,
    current_pin,
    edition_folders,
    editions,
    latest,
    next_changes,
    old_numbers,
    previous_visible,
    read_edition,
    read_published,
    version_of,
)
from briefgen.publish.write import clear_pin, remember_inputs
from briefgen.read import Fingerprint, read_fingerprint
from briefgen.read.workspace import Workspace, read_clearances


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildRequest:
    """What to build: one partnership, one day, and which of its documents."""

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
        """Return the hashes of the inputs as they are now."""
        return read_fingerprint(self.workspace.root, self.facts, strict=self.strict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPlan:
    """What a build makes, and where it goes."""

    briefing: Briefing
    manifest: Manifest
    """Without its files, which are still to be made."""
    changes: Changes | None
    """Since the edition before; None where there is none to compare with."""
    cleared: Cleared | None
    newest: Edition | None = None
    """The newest edition, if it has the same facts."""
    first: "EditionPlan | None" = None
    """The first revision of `newest`, as it would be made now: if nothing of it differs, nothing is published."""

    @property
    def folder(self) -> str:
        """The folder it goes to, relative to that of the partnership."""
        manifest = self.manifest
        name = manifest.folder_name if manifest.making is Making.EDITION else str(manifest.as_of)
        return f"{FOLDERS[manifest.making]}/{name}"

    @property
    def revised(self) -> Edition | None:
        """The edition of which it is a revision."""
        return self.newest if self.newest and self.newest.manifest.edition == self.manifest.edition else None

    @property
    def basis(self) -> "EditionPlan":
        """The plan that fingerprints are taken from: all revisions of an edition use that of the first."""
        return self.first if self.first and self.revised else self


def held_edition(request: BuildRequest, fingerprint: Fingerprint, outdir: Path) -> Edition | None:
    """Return the newest edition where a rollback holds it; FindingsError where that is damaged, or of a later day."""
    newest, pin = _newest(request, outdir), current_pin(outdir)
    if not (newest and pin and pin.desk == fingerprint.workspace):
        return None
    if newest.damaged:
        held = f"edition {newest.manifest.name}, which a rollback holds, is damaged: {', '.join(newest.damaged)}"
        end = f"briefgen editions release {newest.manifest.partnership}"
        hint = f"put it back from a copy, or end the rollback: {end}"
        raise FindingsError.of(str(newest.folder), "P506", held, hint)
    return newest


def plan_edition(
    request: BuildRequest, inputs_sha256: str, assess_on: Callable[[date], Briefing], outdir: Path
) -> EditionPlan:
    """Return what to make; `assess_on` assesses the facts on a day.

    FindingsError: the newest edition is of a later day.
    """
    newest, briefing = _newest(request, outdir), assess_on(request.day)
    facts_sha256 = facts_hash(briefing)
    cleared = _cleared(request, facts_sha256)
    same = newest if newest and newest.manifest.facts_sha256 == facts_sha256 else None

    def plan(
        briefing: Briefing, making: Making, number: int | None, revision: int = 1, known: Manifest | None = None
    ) -> EditionPlan:
        """Plan one version of an edition; `known` is an earlier revision of it, from which it has its public date."""
        changes = changes_since(outdir, number, briefing)
        major = known.major if known else changes is None or changes.major
        public_date = min(briefing.day, request.today) if changes is None or major else changes.day
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
            next_change=briefing.next_change if inputs_sha256 else None,
            facts=len(briefing.items),
            first_as_of=(known.first_as_of or known.as_of) if known else briefing.day,
            # with a format missing, the next build tries again
            inputs_sha256="" if request.missing else inputs_sha256,
            languages=request.languages,
            documents=request.documents,
            formats=request.formats,
            facts_file=request.facts.name,
            files={},
        )
        return EditionPlan(briefing=briefing, manifest=manifest, changes=changes, cleared=cleared)

    making, number, revision = _next_version(request, newest, same, outdir)
    if same is None:
        return plan(briefing, making, number)
    known = same.manifest
    first = plan(assess_on(known.first_as_of or known.as_of), Making.EDITION, known.edition, known=known)
    next_ = plan(briefing, making, number, revision, known=known if revision > 1 else None)
    return replace(next_, newest=same, first=first)


def _next_version(
    request: BuildRequest, newest: Edition | None, same: Edition | None, outdir: Path
) -> tuple[Making, int | None, int]:
    """Return what is made, with an edition number and a revision that were never used before.

    `same` is the newest edition if it has the same facts: a revision of it will do, unless a rollback led back to it.
    """
    loses_a_format = newest and any(format in newest.manifest.formats for format in request.missing)
    if request.making is not Making.EDITION or loses_a_format:
        return (Making.PART if loses_a_format else request.making), None, 1
    used = [version_of(folder) for folder in edition_folders(outdir)]
    last = max((number for number, _ in used), default=0)
    if same is None or same.manifest.edition != last:
        return Making.EDITION, last + 1, 1
    return Making.EDITION, last, max(revision for number, revision in used if number == last) + 1


def is_same(newest: Edition, outlines: Iterable[RenderedFile], *, strict: bool) -> bool:
    """Return whether an edition of these documents and supplements would be the same as the newest one.

    With `strict` it never is if there were warnings about its PDFs, so that they stop the build.
    """
    manifest = newest.manifest
    warned = manifest.warnings or any(map(_warns, manifest.findings.values()))
    return _fingerprints(outlines) == manifest.fingerprints and not (strict and warned)


def _warns(found: Iterable[Finding]) -> bool:
    return any(each.severity is not Severity.NOTE for each in found)


def carry_over(newest: Edition, outlines: Iterable[RenderedFile], *, strict: bool) -> Iterator[RenderedFile]:
    """Yield the documents that would be as they are in the newest edition, with their content from there."""
    known, warnings, damaged = newest.manifest.fingerprints, newest.manifest.warnings, newest.damaged
    for each in outlines:
        warned, found = warnings.get(each.name, ()), newest.manifest.findings.get(each.name, ())
        if (
            each.fingerprint == known.get(each.name)
            and each.name not in damaged
            and not (strict and (warned or _warns(found)))
        ):
            content = read_published(newest.folder / each.name)
            yield replace(each, content=content, warnings=warned, findings=found)


def with_fingerprints(manifest: Manifest, files: tuple[RenderedFile, ...], rows: Rows) -> Manifest:
    """Return the manifest with what the next build needs to know in order to carry these files over."""
    fingerprints = _fingerprints(files)
    return replace(
        manifest,
        look_sha256=hashlib.sha256(repr(sorted(fingerprints.items())).encode()).hexdigest(),
        fingerprints=dict(sorted(fingerprints.items())),
        rows=rows,
        warnings={each.name: each.warnings for each in files if each.warnings},
        findings={each.name: each.findings for each in files if each.findings},
    )


def _fingerprints(files: Iterable[RenderedFile]) -> dict[str, str]:
    """Return the fingerprints by name; that of a file without markup is the hash of its content."""
    return {each.name: each.fingerprint or hashlib.sha256(each.content).hexdigest() for each in files}


def keep(request: BuildRequest, fingerprint: Fingerprint, plan: EditionPlan, newest: Edition) -> Edition:
    """Return the newest edition as it is; a rollback ends, and the next build will know these inputs by their hash."""
    outdir, next_change = newest.outdir, plan.briefing.next_change
    clear_pin(outdir)
    if not request.missing and fingerprint.sha256 not in next_changes(outdir, newest):
        remember_inputs(outdir, newest, fingerprint.sha256, next_change)
    return replace(newest, manifest=replace(newest.manifest, next_change=next_change))


def _cleared(request: BuildRequest, facts_sha256: str) -> Cleared | None:
    """Return who cleared these facts; None if the settings require no clearance, or it was given after a past day."""
    if request.workspace.settings.clearance is Clearance.OFF:
        return None
    cleared = current_clearance(read_clearances(request.workspace, request.facts), facts_sha256)
    return None if cleared and request.making is Making.RECONSTRUCTION and cleared.on > request.day else cleared


def damage_note(edition: Edition) -> Finding:
    """Return the note that an edition is damaged and is made again (P506)."""
    message = f"edition {edition.manifest.name} was damaged ({', '.join(edition.damaged)}); it is made again"
    return Finding(Location(str(edition.folder)), "P506", message, Severity.NOTE)


def passed_by(outdir: Path, manifest: Manifest) -> Iterator[Finding]:
    """Yield a note for each edition between this one and the one it is compared with that is damaged (P506)."""
    since, number = manifest.since or 0, manifest.edition or 0
    told = f"is told since edition {since}" if since else "is not told"
    between = [folder for folder in edition_folders(outdir) if since < version_of(folder)[0] < number]
    for folder in between:
        found = read_edition(folder)
        if not (found and found.whole):
            hint = "`briefgen editions verify` says what is wrong with it"
            yield Finding(Location(str(folder)), "P506", f"is damaged; what changed {told}", Severity.NOTE, hint=hint)


def _newest(request: BuildRequest, outdir: Path) -> Edition | None:
    """Return the edition that the next one follows; P503: it is of a later day, so one of the two clocks is wrong."""
    newest = latest(outdir) if request.making is Making.EDITION else None
    if newest is None or request.day >= newest.manifest.as_of:
        return newest
    message = f"the newest edition is of {newest.manifest.as_of}, which lies ahead of today, {request.day}"
    sound = [each for each in editions(outdir) if each.manifest.as_of <= request.day and each.whole][-1:]
    way_out = f"briefgen editions rollback {sound[0].manifest.name}" if sound else f"take away {newest.folder}"
    hint = f"set this machine's clock; where it is right now and was wrong then: {way_out}, then build again"
    raise FindingsError.of(str(newest.folder), "P503", message, hint)


def changes_since(outdir: Path, number: int | None, briefing: Briefing) -> Changes | None:
    """Return what changed since the edition before `number`, and what that one corrected; None where there is none."""
    earlier = previous_visible(outdir, number) if number else None
    if earlier is None or earlier.manifest.edition is None:
        return None
    still_earlier = previous_visible(outdir, earlier.manifest.edition)
    return compare(
        snapshot_of(earlier),
        take_snapshot(briefing),
        since=earlier.manifest.edition,
        day=earlier.manifest.public_date,
        earlier=snapshot_of(still_earlier) if still_earlier else None,
    )


def sheet_since(earlier: Edition | None, number: int, briefing: Briefing) -> ChangeSheet:
    """Return the sheet with the changes since an earlier edition; that of a first edition has none."""
    now = facts_of(briefing)
    since, before = (earlier.manifest.edition, facts_in(earlier)) if earlier else (None, now)
    return make_sheet(number, since, before, now)


MOST_EARLIER = 5
"""How many earlier editions an index names."""


def told_before(outdir: Path, number: int | None, keep: int) -> Iterator[Told]:
    """Yield the editions before `number`, the newest first, with the kinds of their changes.

    Those that are taken away once it is published are none of them: the next build would find another list.
    """
    old = old_numbers(outdir, keep, number)
    for place in range(MOST_EARLIER):
        earlier = previous_visible(outdir, number) if number else None
        if earlier is None or (place >= FEWEST_KEPT - 1 and earlier.version[0] in old):  # it is compared with the first
            return
        number = earlier.manifest.edition
        folder = f"{EDITIONS}/{earlier.folder.name}"
        yield Told(info=earlier.manifest, kinds=earlier.kinds_of_changes, folder=folder)


def snapshot_of(edition: Edition) -> Snapshot:
    """Return the facts of an edition as snapshots to compare; FindingsError where its file is damaged."""
    try:
        return {id: from_data(fact) for id, fact in facts_in(edition).items()}
    except ValueError:
        raise _damaged(edition) from None


def facts_in(edition: Edition) -> Facts:
    """Return the facts of an edition as plain data; FindingsError where its file is damaged."""
    try:
        return {fact["id"]: fact for fact in load_json(edition.text_of(BRIEFING))["facts"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise _damaged(edition) from None


def _damaged(edition: Edition) -> FindingsError:
    message = f"edition {edition.manifest.name} is damaged and cannot be compared with"
    hint = "put its files back from a backup, or take the folder away"
    return FindingsError.of(str(edition.folder), "P506", message, hint)
