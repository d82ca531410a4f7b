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
from briefgen.model.findings import Finding, NothingToGoOnWith, Place, Severity
from briefgen.publish.clearance import read_entries, standing
from briefgen.publish.editions import Edition, editions, held, latest, next_changes, taken
from briefgen.publish.history import changes_since
from briefgen.publish.latest import let_go, remember
from briefgen.read.fingerprint import Inputs, read_inputs
from briefgen.read.workspace import Workspace, look_hash
from briefgen.render import json as to_json


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
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

    def inputs(self) -> Inputs:
        """What it rests on at this moment."""
        return read_inputs(self.workspace.root, self.facts, strict=self.strict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
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


def stamped(
    order: Order, inputs: Inputs, briefing: Briefing, home: Path, noted: Callable[[Finding], None]
) -> Stamp | Edition:
    """The stamp of what is to be made; or the newest edition, where nothing has changed or a rollback holds."""
    newest = latest(home) if order.whole else None
    _refuse_wrong_clock(order, newest, home)
    hold = held(home)
    if newest and hold and hold.desk == inputs.desk:
        _refuse_damage(newest)
        return newest
    facts = to_json.facts_hash(briefing)
    clearance, cleared = order.workspace.settings.clearance, _cleared(order, facts)
    look = _look(order, briefing, cleared)
    same = newest if newest and newest.manifest.facts_sha256 == facts else None
    if same and same.manifest.look_sha256 == look:
        if same.whole:
            return _unchanged(order, inputs, briefing, home, same)
        noted(_damage(same))
    number, revision = _number(order, newest, same, taken(home))
    changes = changes_since(home, number, briefing)
    revised = same if same and revision > 1 else None
    imprint = Imprint(
        edition=number,
        revision=revision,
        public_date=_public_date(order, revised, changes),
        reconstruction=order.reconstruction,
        facts_hash=facts,
        version=__version__,
        clearance=clearance,
        cleared=cleared,
    )
    manifest = _manifest(order, inputs, briefing, imprint, changes)
    return Stamp(
        imprint=imprint,
        folder=_folder(order, number, revision),
        manifest=replace(
            manifest, look_sha256=look, major=revised.manifest.major if revised else changes is None or changes.major
        ),
        changes=changes,
    )


def _manifest(order: Order, inputs: Inputs, briefing: Briefing, imprint: Imprint, changes: Changes | None) -> Manifest:
    """What the edition says of itself, as far as its looks and its files are not told yet."""
    return Manifest(
        partnership=briefing.book.file.partnership.id,
        edition=imprint.edition,
        revision=imprint.revision,
        as_of=order.day,
        public_date=imprint.public_date or order.day,
        draft=imprint.draft,
        since=changes.since if changes else None,
        next_change=briefing.next_change,
        facts=len(briefing.items),
        facts_sha256=imprint.facts_hash,
        look_sha256="",
        inputs_sha256="" if order.missing else inputs.sha256,  # an edition that lacks a format is looked at again
        languages=order.languages,
        documents=order.documents,
        formats=order.formats,
        briefgen=imprint.version,
        facts_file=order.facts.name,
        files={},
    )


def _public_date(order: Order, revised: Edition | None, changes: Changes | None) -> date:
    """A revision keeps the day of its edition, a minor edition that of the one before it."""
    if revised:
        return revised.manifest.public_date
    return order.day if changes is None or changes.major else changes.day


def _unchanged(order: Order, inputs: Inputs, briefing: Briefing, home: Path, same: Edition) -> Edition:
    """The edition as it stands. That these inputs give it is noted for the next build, and no rollback holds it."""
    let_go(home)
    if not order.missing and inputs.sha256 not in next_changes(home, same):
        remember(home, same, inputs.sha256, briefing.next_change)
    return replace(same, manifest=replace(same.manifest, next_change=briefing.next_change))


def _damage(edition: Edition) -> Finding:
    message = f"edition {edition.manifest.name} was damaged ({', '.join(edition.damaged)}); it is made again"
    return Finding(Place(str(edition.folder)), "P506", message, Severity.NOTE)


def _refuse_damage(held: Edition) -> None:
    """What a rollback holds cannot be made again: the desk's files are those of a later edition."""
    if held.whole:
        return
    message = f"edition {held.manifest.name}, which a rollback holds, is damaged: {', '.join(held.damaged)}"
    hint = f"put it back from a copy, or end the rollback: briefgen editions release {held.manifest.partnership}"
    raise NothingToGoOnWith([Finding(Place(str(held.folder)), "P506", message, hint=hint)])


def _look(order: Order, briefing: Briefing, cleared: Cleared | None) -> str:
    """The sha256 of all that shapes the documents besides what `facts_hash` covers: names, ranks, evidence too."""
    look = look_hash(order.workspace, order.facts, order.documents, order.formats, cleared)
    book, file = briefing.book, briefing.book.file
    names = (file.partnership, file.parties, file.people, file.terms, file.themes)
    facts = [replace(item.fact, reviewed=None) for item in briefing.items.values()]  # a review alone prints nothing new
    sources = [source for source in book.sources.values() if source.known_from <= briefing.day]
    return hashlib.sha256(repr((look, names, facts, sources)).encode()).hexdigest()


def _cleared(order: Order, facts_sha256: str) -> Cleared | None:
    """Who cleared just these facts; nobody where the settings ask for no clearance, nor on a day before they did."""
    if order.workspace.settings.clearance is Clearance.OFF:
        return None
    cleared = standing(read_entries(order.workspace, order.facts), facts_sha256)
    return None if cleared and order.reconstruction and cleared.on > order.day else cleared


def _number(
    order: Order, newest: Edition | None, same: Edition | None, taken: Set[tuple[int, int]]
) -> tuple[int | None, int]:
    """Number and revision; no pair is given twice.

    `same` is the newest edition where it rests on the same facts: then a revision will do, unless readers were led
    back to it from a later one.
    """
    if not order.whole or _takes_away(order, newest):
        return None, 1
    last = max((number for number, _ in taken), default=0)
    if same is None or same.manifest.edition != last:
        return last + 1, 1
    return last, max(revision for number, revision in taken if number == last) + 1


def _takes_away(order: Order, newest: Edition | None) -> bool:
    """Whether readers would lose a format that this machine cannot make."""
    return newest is not None and any(format in newest.manifest.formats for format in order.missing)


def _folder(order: Order, number: int | None, revision: int) -> str:
    if order.reconstruction:
        return f"as-of/{order.day}"
    if number is None:
        return f"partial/{order.day}"
    return f"editions/{order.day}-{number}" + (f"r{revision}" if revision > 1 else "")


def _refuse_wrong_clock(order: Order, newest: Edition | None, home: Path) -> None:
    """Either this clock is wrong, or the one was that the newest edition was made by; the desk knows which."""
    if newest is None or order.day >= newest.manifest.as_of:
        return
    message = f"the newest edition is of {newest.manifest.as_of}, which lies ahead of today, {order.day}"
    sound = next((each for each in reversed(editions(home)) if each.manifest.as_of <= order.day and each.whole), None)
    way_out = f"briefgen editions rollback {sound.manifest.name}" if sound else f"take away {newest.folder}"
    hint = f"set this machine's clock; where it is right now and was wrong then: {way_out}, then build again"
    raise NothingToGoOnWith([Finding(Place(str(newest.folder)), "P503", message, hint=hint)])
