"""Documents -> an edition: written beside the others, checked, put in place by one rename; and old editions removed."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from briefgen.model.document import Document
from briefgen.model.edition import FEWEST_KEPT, MANIFEST, Making, Manifest
from briefgen.model.findings import Finding, Location, Severity
from briefgen.publish.atomic import FOLDER_MODE, cannot_write, let_in, make_folder, sync, write_file
from briefgen.publish.editions import (
    Edition,
    digest,
    edition_folders,
    editions,
    latest,
    previous_visible,
    version_of,
)
from briefgen.publish.latest import clear_pin, point
from briefgen.publish.lock import PENDING, REMOVING, STAGING, clear_leftovers


def publish(outdir: Path, folder: str, documents: Iterable[Document], manifest: Manifest) -> Edition:
    """Write the documents into a folder of the partnership; if they are an edition, `latest` points to it afterwards.

    Call it while `locked`. FindingsError: it could not be written, and nothing has changed.
    """
    place, newest = outdir / folder, manifest.making is Making.EDITION
    try:
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=outdir))
        written = _write(staging, documents, manifest)
        if newest:
            write_file(outdir / PENDING, folder.encode())
        _switch(staging, place)
        if newest:
            point(outdir, place.name)
            clear_pin(outdir)
    except OSError as error:
        raise cannot_write(outdir, error) from None
    finally:
        clear_leftovers(outdir)
    return Edition(folder=place, manifest=written, new=True)


def _write(staging: Path, documents: Iterable[Document], manifest: Manifest) -> Manifest:
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


def _switch(staging: Path, folder: Path) -> None:
    """Rename the finished folder; one that is there already is moved aside, and put back should the rename fail."""
    make_folder(folder.parent)
    if folder.exists():
        folder.rename(folder.with_name(f".{folder.name}.old"))
    staging.rename(folder)
    with suppress(OSError):  # it is in its place, and only a power cut in this very second could undo that
        sync(folder.parent)


def superfluous(outdir: Path, keep: int) -> Iterator[Edition]:
    """Yield the editions, with all their revisions, beyond the newest `keep` numbers; none if `keep` is 0.

    Always kept are the edition that readers see and the two it is compared with, the newest three, and every folder
    that cannot be read or holds anything but an edition's own files.
    """
    numbers = sorted({version_of(folder)[0] for folder in edition_folders(outdir)})
    old = set(numbers[: -max(keep, FEWEST_KEPT)]) if keep else set()
    compared = _compared(outdir)
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
    """Remove superfluous editions, each in one step, and note which; call it while `locked`."""
    removed = []
    for edition in tuple(superfluous(outdir, keep)):
        aside = outdir / f"{REMOVING}{edition.folder.name}"
        with suppress(OSError):
            edition.folder.rename(aside)
            removed.append(edition.manifest.name)
        shutil.rmtree(aside, ignore_errors=True)
    if removed:
        names = f"edition{'s' * (len(removed) > 1)} {', '.join(removed)}"
        message = f"taken away, as the newest {max(keep, FEWEST_KEPT)} are kept: {names}"
        on_note(Finding(Location(str(outdir)), "P511", message, Severity.NOTE))
