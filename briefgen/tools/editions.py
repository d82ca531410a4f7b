"""The editions in out/: find one by its number, lead readers back or forward again, clear one, remove old ones."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from briefgen.files import replace_file, seen_from
from briefgen.model.edition import ClearanceEntry, Deed, current_clearance
from briefgen.model.findings import Finding, FindingsError, did_you_mean
from briefgen.publish.editions import EDITIONS, Edition, RollbackPin, current_pin, editions, latest
from briefgen.publish.write import locked, prune, roll_back
from briefgen.read.facts import read_book
from briefgen.read.paths import clearance_record, facts_files, read_fingerprint
from briefgen.read.workspace import Workspace, read_clearances

_NAME = re.compile(r"(\d+)(?:r(\d+))?")
"""7, or 7r2 for its second revision, as they are listed."""


def find_outdirs(out: Path, names: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the folders of these partnerships, or of all that have editions; FindingsError if there is none.

    OSError where a folder may not be looked into, so that nobody knows whether there is one.
    """
    found = {path.parent.name: path.parent for path in sorted(out.glob(f"*/{EDITIONS}"))}
    if not found:
        look_into(out)
        raise no_edition(out, "there is no edition here", "make one with: briefgen build")
    for name in names:
        if name not in found:
            raise no_edition(out, f"there is no edition of '{name}'", did_you_mean(name, found))
    chosen = tuple(found[name] for name in names or found)
    for outdir in chosen:
        next((outdir / EDITIONS).iterdir(), None)
    return chosen


def look_into(out: Path) -> None:
    """Raise FindingsError where a file stands in place of the folder of editions, OSError where it cannot be read."""
    if out.exists() and not out.is_dir():
        hint = "rename the file, or take it away; then build again"
        raise no_edition(out, "this is a file, where the folder of the editions belongs", hint)
    for folder in sorted(out.iterdir()) if out.exists() else ():
        if folder.is_dir():
            next(folder.iterdir(), None)


def find_outdir(out: Path, name: str, how: str = " with --partnership") -> Path:
    """Return the folder of one partnership; FindingsError if several have editions and none is named."""
    found = find_outdirs(out, (name,) if name else ())
    if len(found) > 1:
        hint = f"name one{how}: {', '.join(outdir.name for outdir in found)}"
        raise no_edition(out, "several partnerships have editions here", hint)
    return found[0]


def find_edition(outdir: Path, name: str) -> Edition:
    """Return the edition that the list calls so; FindingsError names the nearest one."""
    known, match = editions(outdir), _NAME.fullmatch(name)
    version = (int(match[1]), int(match[2] or 1)) if match else (0, 0)
    if found := next((each for each in known if each.version == version), None):
        return found
    names = [each.manifest.name for each in known]
    listed = ", ".join(names) if len(names) <= 12 else f"{names[0]} to {names[-1]}"
    if not names:
        hint = "there is none at all yet; make the first one with `briefgen build`"
    elif match:
        near = min(names, key=lambda each: abs(int(each.partition("r")[0]) - version[0]))
        hint = f"the nearest is {near}; there are: {listed}"
    else:
        hint = f"write it like 7, or 7r2, as the list does; there are: {listed}"
    raise no_edition(outdir, f"there is no edition '{name}'", hint)


def no_edition(path: Path, message: str, hint: str) -> FindingsError:
    """Return the finding that an edition, or a part of one, is not there."""
    return FindingsError.of(seen_from(Path.cwd(), path), "W009", message, hint)


def roll_back_to(
    root: Path, outdir: Path, name: str, today: date, on_note: Callable[[Finding], None]
) -> tuple[Edition, RollbackPin | None, tuple[Edition, ...]]:
    """Lead readers back to an edition; return it, the pin that holds it, and the editions after it."""
    with locked(outdir, on_note):
        edition = find_edition(outdir, name)
        found = {facts.name: facts for facts in facts_files(root)}
        newest = latest(outdir) or next(reversed(editions(outdir)), None)
        named = found.get(newest.manifest.facts_file) if newest else None
        facts = named or (next(iter(found.values())) if len(found) == 1 else None)
        inputs = read_fingerprint(root, facts).workspace if facts else ""  # what its editions are made from
        pin = roll_back(outdir, edition, today=today, workspace=inputs)
        return edition, pin, tuple(each for each in editions(outdir) if each.version > edition.version)


def release(outdir: Path, today: date, on_note: Callable[[Finding], None]) -> Edition:
    """End a rollback; return the newest whole edition of today or before, or raise FindingsError if there is none."""
    with locked(outdir, on_note):
        whole = [each for each in editions(outdir) if each.manifest.as_of <= today and each.whole]
        if not whole:
            raise no_edition(outdir, "there is no undamaged edition of today or before", "briefgen build makes one")
        roll_back(outdir, whole[-1], today=today, workspace="")
        return whole[-1]


def prune_locked(outdir: Path, keep: int) -> list[str]:
    """Remove superfluous editions and return sentences about it; none if there is nothing to remove."""
    notes: list[str] = []
    with locked(outdir, lambda note: notes.append(note.message)):
        prune(outdir, keep, lambda note: notes.append(note.message))
    return notes


def record_clearance(
    workspace: Workspace, facts: Path, edition: str, by: str, today: date, out: Path, *, withdraw: bool
) -> tuple[list[str], bool]:
    """Record that `by` clears an edition (by number; empty: the newest), or withdraws its clearance.

    Return what happened, in sentences, and whether the newest edition has other words now. FindingsError if there is no
    such edition, or if it is not as it was published.
    """
    with locked(out / read_book(workspace, facts).file.partnership.id) as outdir:
        newest = latest(outdir)
        found = find_edition(outdir, edition) if edition else newest
        if found is None:
            hint = "`briefgen build` makes one; it shows its number, which is also in the name of its folder"
            raise FindingsError.of(str(outdir), "W009", "there is no edition to clear", hint)
        if found.damaged:
            message = f"edition {found.manifest.name} is damaged: {', '.join(found.damaged)}"
            hint = "clear one that is as it was published; `briefgen build` makes this one again"
            raise FindingsError.of(str(found.folder), "P506", message, hint)
        told = [_record(workspace, facts, found, by, today, withdraw=withdraw)]
        if newest is None or newest.manifest.facts_sha256 != found.manifest.facts_sha256:
            return [*told, "the newest edition says something else, so it stays as it is."], False
        if current_pin(outdir) is None:
            return told, True
        held = "a rollback holds, so its pages stay as they are; to end it: briefgen editions release"
        return [*told, f"{held} {outdir.name}"], False


def _record(workspace: Workspace, facts: Path, edition: Edition, by: str, on: date, *, withdraw: bool) -> str:
    """Add a line to the record, unless it is there already; return what happened, in a sentence."""
    sha256, name = edition.manifest.facts_sha256, edition.manifest.name
    entries, record = read_clearances(workspace, facts), clearance_record(facts)
    cleared = current_clearance(entries, sha256)
    if withdraw and cleared is None:
        return f"edition {name} is not cleared, so there is nothing to withdraw."
    if not withdraw and cleared and cleared.by == by:
        return f"edition {name} was already cleared by {by} on {cleared.on}."
    deed = Deed.WITHDRAWN if withdraw else Deed.CLEARED
    entry = ClearanceEntry(deed=deed, by=by, on=on, edition=name, facts_sha256=sha256)
    replace_file(record, "".join(f"{each}\n" for each in (*entries, entry)).encode(), workspace.root)
    done = f"clearance of edition {name} withdrawn" if withdraw else f"edition {name} cleared"
    return f"{done} by {by}; recorded in {workspace.shown(record)}."
