"""Which edition a build is: the same as the newest, a revision of it, the next one, or none at all."""

import hashlib
from collections.abc import Callable, Set
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from briefgen import __version__
from briefgen.changes.compare import Changes
from briefgen.localise.page import Imprint
from briefgen.model.briefing import Briefing
from briefgen.model.edition import Clearance, Cleared, Manifest
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish.clearance import read_entries, standing
from briefgen.publish.editions import Edition, current_pin, editions, latest, next_changes, used_numbers
from briefgen.publish.history import changes_since
from briefgen.publish.latest import clear_pin, remember
from briefgen.read.fingerprint import Fingerprint, read_fingerprint
from briefgen.read.workspace import Workspace, look_hash
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
    """Formats that are wanted too, and that this machine cannot make."""
    strict: bool = False
    """Whether a text without translation, or a complaint of the PDF engine, stops the build."""

    @property
    def reconstruction(self) -> bool:
        """A build of another day than today."""
        return self.day != self.today

    @property
    def whole(self) -> bool:
        """Only a build of today with every document and language the settings name becomes the newest edition."""
        settings, formats = self.workspace.settings, {*self.formats, *self.missing}
        asked = (self.languages, self.documents, formats)
        return not self.reconstruction and asked == (settings.languages, settings.documents, set(settings.formats))

    def fingerprint(self) -> Fingerprint:
        """What it rests on at this moment."""
        return read_fingerprint(self.workspace.root, self.facts, strict=self.strict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPlan:
    """What a build is called and where it goes."""

    imprint: Imprint
    folder: str
    manifest: Manifest
    """Without its files, which are still to be made."""
    changes: Changes | None
    """Since the edition before; None where there is none to compare with."""

    @property
    def newest(self) -> bool:
        """Whether it is an edition, which readers see from then on."""
        return self.manifest.edition is not None


def plan_edition(
    request: BuildRequest,
    fingerprint: Fingerprint,
    briefing: Briefing,
    outdir: Path,
    on_note: Callable[[Finding], None],
) -> EditionPlan | Edition:
    """The stamp of what is to be made; or the newest edition, where nothing has changed or a rollback holds."""
    newest = latest(outdir) if request.whole else None
    _refuse_wrong_clock(request, newest, outdir)
    pin = current_pin(outdir)
    if newest and pin and pin.workspace == fingerprint.workspace:
        _refuse_damage(newest)
        return newest
    facts = to_json.facts_hash(briefing)
    clearance, cleared = request.workspace.settings.clearance, _cleared(request, facts)
    look = _look(request, briefing, cleared)
    same = newest if newest and newest.manifest.facts_sha256 == facts else None
    if same and same.manifest.look_sha256 == look:
        if same.whole:
            return _unchanged(request, fingerprint, briefing, outdir, same)
        on_note(_damage(same))
    number, revision = _number(request, newest, same, used_numbers(outdir))
    changes = changes_since(outdir, number, briefing)
    revised = same if same and revision > 1 else None
    imprint = Imprint(
        edition=number,
        revision=revision,
        public_date=_public_date(request, revised, changes),
        reconstruction=request.reconstruction,
        facts_hash=facts,
        version=__version__,
        clearance=clearance,
        cleared=cleared,
    )
    manifest = _manifest(request, fingerprint, briefing, imprint, changes)
    return EditionPlan(
        imprint=imprint,
        folder=_folder(request, number, revision),
        manifest=replace(
            manifest, look_sha256=look, major=revised.manifest.major if revised else changes is None or changes.major
        ),
        changes=changes,
    )


def _manifest(
    request: BuildRequest, fingerprint: Fingerprint, briefing: Briefing, imprint: Imprint, changes: Changes | None
) -> Manifest:
    """What the edition says of itself, as far as its looks and its files are not told yet."""
    return Manifest(
        partnership=briefing.book.file.partnership.id,
        edition=imprint.edition,
        revision=imprint.revision,
        as_of=request.day,
        public_date=imprint.public_date or request.day,
        draft=imprint.draft,
        since=changes.since if changes else None,
        next_change=briefing.next_change,
        facts=len(briefing.items),
        facts_sha256=imprint.facts_hash,
        look_sha256="",
        inputs_sha256=""
        if request.missing
        else fingerprint.sha256,  # an edition that lacks a format is looked at again
        languages=request.languages,
        documents=request.documents,
        formats=request.formats,
        briefgen=imprint.version,
        facts_file=request.facts.name,
        files={},
    )


def _public_date(request: BuildRequest, revised: Edition | None, changes: Changes | None) -> date:
    """A revision keeps the day of its edition, a minor edition that of the one before it."""
    if revised:
        return revised.manifest.public_date
    return request.day if changes is None or changes.major else changes.day


def _unchanged(
    request: BuildRequest, fingerprint: Fingerprint, briefing: Briefing, outdir: Path, same: Edition
) -> Edition:
    """The edition as it stands. That these inputs give it is noted for the next build, and no rollback holds it."""
    clear_pin(outdir)
    if not request.missing and fingerprint.sha256 not in next_changes(outdir, same):
        remember(outdir, same, fingerprint.sha256, briefing.next_change)
    return replace(same, manifest=replace(same.manifest, next_change=briefing.next_change))


def _damage(edition: Edition) -> Finding:
    message = f"edition {edition.manifest.name} was damaged ({', '.join(edition.damaged)}); it is made again"
    return Finding(Location(str(edition.folder)), "P506", message, Severity.NOTE)


def _refuse_damage(held: Edition) -> None:
    """What a rollback holds cannot be made again: the desk's files are those of a later edition."""
    if held.whole:
        return
    message = f"edition {held.manifest.name}, which a rollback holds, is damaged: {', '.join(held.damaged)}"
    hint = f"put it back from a copy, or end the rollback: briefgen editions release {held.manifest.partnership}"
    raise FindingsError([Finding(Location(str(held.folder)), "P506", message, hint=hint)])


def _look(request: BuildRequest, briefing: Briefing, cleared: Cleared | None) -> str:
    """The sha256 of all that shapes the documents besides what `facts_hash` covers: names, ranks, evidence too."""
    look = look_hash(request.workspace, request.facts, request.documents, request.formats, cleared)
    book, file = briefing.book, briefing.book.file
    names = (file.partnership, file.parties, file.people, file.terms, file.themes)
    facts = [replace(item.fact, reviewed=None) for item in briefing.items.values()]  # a review alone prints nothing new
    sources = [source for source in book.sources.values() if source.known_from <= briefing.day]
    return hashlib.sha256(repr((look, names, facts, sources)).encode()).hexdigest()


def _cleared(request: BuildRequest, facts_sha256: str) -> Cleared | None:
    """Who cleared just these facts; nobody where the settings ask for no clearance, nor on a day before they did."""
    if request.workspace.settings.clearance is Clearance.OFF:
        return None
    cleared = standing(read_entries(request.workspace, request.facts), facts_sha256)
    return None if cleared and request.reconstruction and cleared.on > request.day else cleared


def _number(
    request: BuildRequest, newest: Edition | None, same: Edition | None, used_numbers: Set[tuple[int, int]]
) -> tuple[int | None, int]:
    """Number and revision; no pair is given twice.

    `same` is the newest edition where it rests on the same facts: then a revision will do, unless readers were led
    back to it from a later one.
    """
    if not request.whole or _takes_away(request, newest):
        return None, 1
    last = max((number for number, _ in used_numbers), default=0)
    if same is None or same.manifest.edition != last:
        return last + 1, 1
    return last, max(revision for number, revision in used_numbers if number == last) + 1


def _takes_away(request: BuildRequest, newest: Edition | None) -> bool:
    """Whether readers would lose a format that this machine cannot make."""
    return newest is not None and any(format in newest.manifest.formats for format in request.missing)


def _folder(request: BuildRequest, number: int | None, revision: int) -> str:
    if request.reconstruction:
        return f"as-of/{request.day}"
    if number is None:
        return f"partial/{request.day}"
    return f"editions/{request.day}-{number}" + (f"r{revision}" if revision > 1 else "")


def _refuse_wrong_clock(request: BuildRequest, newest: Edition | None, outdir: Path) -> None:
    """Either this clock is wrong, or the one was that the newest edition was made by; the desk knows which."""
    if newest is None or request.day >= newest.manifest.as_of:
        return
    message = f"the newest edition is of {newest.manifest.as_of}, which lies ahead of today, {request.day}"
    sound = next(
        (each for each in reversed(editions(outdir)) if each.manifest.as_of <= request.day and each.whole), None
    )
    way_out = f"briefgen editions rollback {sound.manifest.name}" if sound else f"take away {newest.folder}"
    hint = f"set this machine's clock; where it is right now and was wrong then: {way_out}, then build again"
    raise FindingsError([Finding(Location(str(newest.folder)), "P503", message, hint=hint)])
