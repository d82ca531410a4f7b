"""Changes a partnership's folder in out/: it is locked, an edition is written and put in place, `latest` points to it.

`latest` is a link, replaced in one step. On a file system without links it is a copy, put in place by two renames:
readers see the old edition or the new one, or for a moment none, but never a mixture. `latest.txt` names its edition.
All but `locked` itself is called only while `locked`. Where there are several partnerships, out/index.html leads to the
index of each.
"""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from string import Template

from filelock import FileLock, SoftFileLock, Timeout

from briefgen.files import (
    FOLDER_MODE,
    cannot_write,
    leads_out,
    let_in,
    make_folder,
    replace_file,
    sync,
    text_if_readable,
    unfinished,
    write_file,
)
from briefgen.model.document import RenderedFile
from briefgen.model.edition import BRIEFING, FEWEST_KEPT, INDEX, MANIFEST, Making, Manifest
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.typed_json import load_json, write_json
from briefgen.publish import (
    EDITIONS,
    FOLDER_NAME,
    FOLDERS,
    LATEST,
    LATEST_NAME,
    LOCK,
    PIN,
    SEEN,
    Edition,
    RollbackPin,
    SeenInputs,
    digest,
    editions,
    is_copy,
    last_pin,
    latest,
    old_numbers,
    points_to,
    previous_visible,
    read_edition,
    read_published,
    seen_inputs,
    version_of,
)

_STAGING, _PENDING, _REMOVING = ".staging-", ".pending", ".removing-"
_FRESH, _ASIDE = ".latest.new", ".latest.old"
_OWNER = ".lock.owner"
_NO_LINKS = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EINVAL)
"""The errors of file systems without links (FAT, some network drives), and of those without locks."""
_MOST_SEEN = 4
"""Enough to go back and forth between two states of the files, with and without --strict."""


def publish(outdir: Path, folder: str, documents: Iterable[RenderedFile], manifest: Manifest) -> Edition:
    """Write the documents into a folder of the partnership; if they are an edition, `latest` points to it afterwards.

    FindingsError: it could not be written, and nothing has changed.
    """
    place, newest = outdir / folder, manifest.making is Making.EDITION
    try:
        staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=outdir))
        written = _write(staging, documents, manifest)
        if newest:
            write_file(outdir / _PENDING, folder.encode())
        _put_in_place(staging, place)
        if newest:
            _point(outdir, place.name)
            clear_pin(outdir)
    except OSError as error:
        raise cannot_write(outdir, error) from None
    finally:
        _clear_leftovers(outdir)
    return Edition(folder=place, manifest=written, new=True)


def _write(staging: Path, documents: Iterable[RenderedFile], manifest: Manifest) -> Manifest:
    """Return the manifest with the files that were written and read back; OSError where one is not as it should be."""
    let_in(staging, FOLDER_MODE)
    files: dict[str, str] = {}
    for document in documents:
        if document.name in ("", ".", "..") or "/" in document.name:
            raise OSError(f"'{document.name}' is no name for a file of an edition")
        write_file(staging / document.name, document.content)
        files[document.name] = hashlib.sha256(document.content).hexdigest()
    written = replace(manifest, files=dict(sorted(files.items())))
    write_file(staging / MANIFEST, written.to_json().encode())
    for name, known in written.files.items():
        if digest(staging / name) != known or not (staging / name).stat().st_size:
            raise OSError(f"{name} was not written as it was rendered")
    sync(staging)
    return written


def _put_in_place(staging: Path, folder: Path) -> None:
    """Rename the finished folder; one that is there already is moved aside, and put back should the rename fail."""
    make_folder(folder.parent)
    if folder.exists():
        folder.rename(folder.with_name(f".{folder.name}.old"))
    staging.rename(folder)
    with suppress(OSError):  # it is in its place, and only a power cut in this very second could undo that
        sync(folder.parent)


@contextmanager
def locked(outdir: Path, on_note: Callable[[Finding], None] = lambda _: None) -> Iterator[Path]:
    """Lock a partnership's folder within a `with` block; FindingsError where another build is running.

    What a killed build left is cleared away first, with a note.
    """
    with ExitStack() as stack:
        try:
            make_folder(outdir)
            _refuse_links(outdir)
            _acquire(outdir, stack, on_note)
            for finding in (*_clear_leftovers(outdir), *_restore_latest(outdir)):
                on_note(finding)
        except OSError as error:
            raise cannot_write(outdir, error) from None
        yield outdir


def _refuse_links(outdir: Path) -> None:
    """Raise FindingsError for links in a partnership's folder (P512): what is written through one is not ours.

    The folder itself may be one, and `latest` is.
    """
    ours = {LATEST, _FRESH, _ASIDE}
    every = (*outdir.iterdir(), *(path for name in FOLDERS.values() for path in (outdir / name).glob("*")))
    found = [path for path in sorted(every) if path.is_symlink() and path.name not in ours]
    hint = f"take the link away; only the partnership's folder itself and `{LATEST}` may be links"
    if found:
        raise FindingsError(Finding(Location(str(path)), "P512", "is a link", hint=hint) for path in found)


def _acquire(outdir: Path, stack: ExitStack, on_note: Callable[[Finding], None]) -> None:
    """Take the kernel's lock, which ends with the process; if the file system has none, make a file with our name."""
    busy, owner = "another build of this partnership is running", outdir / _OWNER
    try:
        stack.enter_context(FileLock(outdir / LOCK, blocking=False, fallback_to_soft=False))
    except Timeout:
        raise FindingsError.of(str(outdir), "P501", busy, "wait until it ends") from None
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    else:
        return
    try:
        stack.enter_context(SoftFileLock(owner, blocking=False))
    except Timeout:
        hint = "wait until it ends; if it is long gone, delete this file"
        raise FindingsError.of(str(owner), "P501", f"{busy}: {_owner_of(owner)}", hint) from None
    note = f"this file system keeps no locks; the file {_OWNER} keeps two builds apart instead"
    on_note(Finding(Location(str(outdir)), "P510", note, Severity.NOTE))


def _owner_of(path: Path) -> str:
    """Return who made a lock file: its first two lines are a process number and the name of a machine."""
    with suppress(OSError):
        process, machine, *_ = [*text_if_readable(path, path.parent).split("\n"), "", ""]
        if process.isdecimal():
            return f"process {process} on {machine or 'another machine'}"
    return "another process"


def _clear_leftovers(outdir: Path) -> list[Finding]:
    """Clear away what an interrupted build left, and return a note if there was anything."""
    half_made = [*outdir.glob(f"{_STAGING}*"), *outdir.glob(f"{_REMOVING}*")]
    for folder in half_made:
        shutil.rmtree(folder, ignore_errors=True)
    found = [bool(half_made), _tidy(outdir), _remove_unannounced(outdir)]
    found += [_put_back(aside) for aside in outdir.glob("*/.*.old")]
    if not any(found):
        return []
    message = "an earlier build was interrupted; what it left half made was cleared away"
    return [Finding(Location(str(outdir)), "P508", message, Severity.NOTE)]


def _remove_unannounced(outdir: Path) -> bool:
    """Remove an edition that is in its place, but that `latest` never pointed to."""
    pending = outdir / _PENDING
    if not pending.exists():
        return False
    with suppress(OSError):
        name = text_if_readable(pending, outdir).removeprefix(f"{EDITIONS}/")
        if FOLDER_NAME.fullmatch(name) and not points_to(outdir, name):
            shutil.rmtree(outdir / EDITIONS / name, ignore_errors=True)
        pending.unlink()
    return True


def _put_back(aside: Path) -> bool:
    """Put back a folder that was moved aside, or remove it if its successor is in place."""
    with suppress(OSError):
        folder = aside.with_name(aside.name.removeprefix(".").removesuffix(".old"))
        if folder.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            aside.rename(folder)
    return True


def _restore_latest(outdir: Path) -> list[Finding]:
    """Point `latest` to the newest whole edition if it is gone; OSError where that fails."""
    if (outdir / LATEST).is_dir() and not leads_out(outdir / LATEST, outdir):
        # a kill may have come between the copy and its name in latest.txt
        if is_copy(outdir) and (copied := read_edition(outdir / LATEST)):
            _name_copy(outdir, copied.manifest.folder_name)
        return []
    whole = [each for each in reversed(editions(outdir)) if each.whole]
    if not whole:
        return []
    pin = last_pin(outdir)
    found = next((each for each in whole if pin and each.folder.name == pin.edition), whole[0])
    _point(outdir, found.folder.name)
    message = f"`{LATEST}` was gone; it leads to edition {found.manifest.name} again"
    return [Finding(Location(str(outdir)), "P509", message, Severity.NOTE)]


def _point(outdir: Path, folder_name: str) -> None:
    """Show readers the edition in this folder; OSError where that fails, and then nothing has changed."""
    _tidy(outdir)
    try:
        (outdir / _FRESH).symlink_to(f"{EDITIONS}/{folder_name}")
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise OSError(error.errno, error.strerror, str(outdir / LATEST)) from None  # its own name is the target
        _write_copy(outdir / _FRESH, outdir / EDITIONS / folder_name)
        _switch(outdir, move_aside=is_copy(outdir) or (outdir / LATEST).is_symlink())
        _name_copy(outdir, folder_name)
    else:
        _switch(outdir, move_aside=is_copy(outdir))
        with suppress(OSError):
            (outdir / LATEST_NAME).unlink(missing_ok=True)
    with suppress(OSError):
        sync(outdir)


def _write_copy(fresh: Path, source: Path) -> None:
    make_folder(fresh)
    for path in sorted(source.iterdir()):
        write_file(fresh / path.name, read_published(path))
    sync(fresh)


def _switch(outdir: Path, *, move_aside: bool) -> None:
    """Put the new `latest` in place: a link replaces a link in one step, anything else is moved aside first."""
    try:
        if not move_aside and (outdir / LATEST).is_dir() and not (outdir / LATEST).is_symlink():
            why = "a folder stands there that is no edition of this partnership"
            raise OSError(errno.EISDIR, why, str(outdir / LATEST))
        if move_aside:
            (outdir / LATEST).rename(outdir / _ASIDE)
        (outdir / _FRESH).replace(outdir / LATEST)
    finally:
        _tidy(outdir)


def _name_copy(outdir: Path, folder_name: str) -> None:
    """Write into `latest.txt` which edition the copy is."""
    replace_file(outdir / LATEST_NAME, f"{EDITIONS}/{folder_name}\n".encode())


def _tidy(outdir: Path) -> bool:
    """Put back or remove what a killed process left here, and return whether there was anything."""
    notes = [path for name in (LATEST_NAME, PIN, SEEN) for path in unfinished(outdir / name)]
    left = [path for path in (outdir / _FRESH, *notes, outdir / _ASIDE) if os.path.lexists(path)]
    with suppress(OSError):
        if os.path.lexists(outdir / _ASIDE) and not os.path.lexists(outdir / LATEST):
            (outdir / _ASIDE).rename(outdir / LATEST)
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
    return bool(left)


def roll_back(outdir: Path, edition: Edition, *, today: date, workspace: str) -> RollbackPin | None:
    """Show readers an earlier edition, and return the pin that keeps `latest` there; FindingsError if it is damaged.

    The pin holds until the hash of the workspace's files is no longer `workspace`. There is no pin if all later
    editions are of days after today, made by a wrong clock: the next build then continues from this edition.
    """
    if not edition.whole:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        raise FindingsError.of(str(edition.folder), "P506", message, "take another edition")
    later = any(each.version > edition.version and each.manifest.as_of <= today for each in editions(outdir))
    before = last_pin(outdir)
    pin = RollbackPin(edition=edition.folder.name, since=today, desk=workspace) if later else None
    try:
        if pin:  # it comes first: until `latest` is moved it has no effect
            _replace_note(outdir / PIN, pin)
        _point(outdir, edition.folder.name)
        if pin is None:
            clear_pin(outdir)
    except OSError as error:
        _hold_again(outdir, before)
        raise cannot_write(outdir, error) from None
    return pin


def _hold_again(outdir: Path, before: RollbackPin | None) -> None:
    """Let the rollback that held before one that failed hold again, or none."""
    if before is None:
        clear_pin(outdir)
    elif before != last_pin(outdir):
        with suppress(OSError):
            _replace_note(outdir / PIN, before)


def clear_pin(outdir: Path) -> None:
    """End a rollback."""
    with suppress(OSError):
        (outdir / PIN).unlink(missing_ok=True)


def remember_inputs(outdir: Path, edition: Edition, inputs_sha256: str, next_change: date | None) -> None:
    """Note that these inputs give this edition too; if that fails, the next build only takes longer."""
    known = [*seen_inputs(outdir, edition).items(), (inputs_sha256, next_change)][-_MOST_SEEN:]
    with suppress(OSError):
        _replace_note(outdir / SEEN, SeenInputs(edition=edition.folder.name, inputs=dict(known)))


def _replace_note(path: Path, note: object) -> None:
    replace_file(path, f"{write_json(note)}\n".encode())


def superfluous(outdir: Path, keep: int) -> Iterator[Edition]:
    """Yield the editions, with all their revisions, beyond the newest `keep` numbers; none if `keep` is 0.

    Always kept are the edition that readers see and the two it is compared with, the newest three, and every folder
    that cannot be read or holds anything but an edition's own files.
    """
    old, compared = old_numbers(outdir, keep), _compared(outdir)
    for edition in editions(outdir) if compared else ():
        known = {MANIFEST, *edition.manifest.files}
        only_ours = {path.name for path in edition.folder.iterdir()} <= known
        if version_of(edition.folder)[0] in old and edition.manifest.edition not in compared and only_ours:
            yield edition


def _compared(outdir: Path) -> set[int]:
    """Return the numbers of the edition that readers see and of those that its changes and corrections are based on."""
    needed = [seen.version[0]] if (seen := latest(outdir)) else []
    while needed and len(needed) < FEWEST_KEPT and (earlier := previous_visible(outdir, needed[-1])):
        needed.append(earlier.version[0])
    return set(needed)


def prune(outdir: Path, keep: int, on_note: Callable[[Finding], None]) -> None:
    """Remove superfluous editions, each in one step, and note which."""
    removed = []
    for edition in tuple(superfluous(outdir, keep)):
        aside = outdir / f"{_REMOVING}{edition.folder.name}"
        with suppress(OSError):
            edition.folder.rename(aside)
            removed.append(edition.manifest.name)
        shutil.rmtree(aside, ignore_errors=True)
    if removed:
        word = "edition" if len(removed) == 1 else "editions"
        message = f"taken away, as the newest {max(keep, FEWEST_KEPT)} are kept: {word} {', '.join(removed)}"
        on_note(Finding(Location(str(outdir)), "P511", message, Severity.NOTE))


def write_overview(out: Path) -> None:
    """Write the page anew, unless there is one partnership only.

    Where that fails, the editions are published all the same, and the next build writes it.
    """
    rows = list(_rows(out))
    if len(rows) > 1:
        from briefgen.render.markup import POLICY  # with the reader of pages, which nothing else here needs

        page = Template(Path(__file__).with_name("overview.html").read_text(encoding="utf-8"))
        with suppress(OSError):
            replace_file(out / f"{INDEX}.html", page.substitute(policy=POLICY, rows="\n".join(rows)).encode())


def _rows(out: Path) -> Iterator[str]:
    for path in sorted(out.glob(f"*/{LATEST}/{BRIEFING}")):
        partnership = path.parent.parent.name
        if titles := _titles_in(text_if_readable(path, out)):
            index = f"{INDEX}.html" if path.with_name(f"{INDEX}.html").exists() else ""  # one of PDFs alone has none
            yield f'<li><a href="{escape(partnership)}/{LATEST}/{index}">{_worded(titles)}</a></li>'


def _titles_in(text: str) -> Mapping[str, str]:
    """Return the title of the partnership of a briefing.json by language; nothing where `text` tells none."""
    try:
        data = load_json(text)
        return {str(code): str(names[data["partnership"]]) for code, names in data["names"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _worded(titles: Mapping[str, str]) -> str:
    """Return a title in every language, each once."""
    first: dict[str, str] = {}
    for language, title in titles.items():
        first.setdefault(title, language)
    return " · ".join(f'<span lang="{escape(lang)}">{escape(title)}</span>' for title, lang in first.items())
