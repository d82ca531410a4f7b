"""Documents -> an edition: staged, checked and switched in by one rename, whole or not at all."""

import hashlib
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.model.edition import MANIFEST, Making, Manifest
from briefgen.publish.atomic import FOLDER_MODE, cannot_write, let_in, make_folder, sync, write_file
from briefgen.publish.editions import Edition, digest
from briefgen.publish.latest import clear_pin, point
from briefgen.publish.lock import PENDING, STAGING, clear_leftovers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefgen.model.document import Document


def publish(outdir: Path, folder: str, documents: "Iterable[Document]", manifest: Manifest) -> Edition:
    """Put the documents into a folder of the partnership's; where it is an edition, `latest` leads to it from now on.

    Everything is written beside and checked; only then one rename puts it in its place. Call it while `locked`;
    FindingsError says why it could not be done, and then nothing has changed.
    """
    place, newest = outdir / folder, manifest.making is Making.EDITION
    try:
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=outdir))
        written = _write(staging, documents, manifest)
        _check(staging, written)
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


def _write(staging: Path, documents: "Iterable[Document]", manifest: Manifest) -> Manifest:
    """The manifest with the files that were written; it is written last."""
    # a temporary folder is private; readers of the edition, a web server among them, must be let in
    let_in(staging, FOLDER_MODE)
    files: dict[str, str] = {}
    for document in documents:
        if document.name in ("", ".", "..") or "/" in document.name:
            raise OSError(f"'{document.name}' is no name for a file of an edition")
        write_file(staging / document.name, document.content)
        files[document.name] = hashlib.sha256(document.content).hexdigest()
    written = replace(manifest, files=dict(sorted(files.items())))
    write_file(staging / MANIFEST, written.to_json().encode())
    return written


def _check(staging: Path, manifest: Manifest) -> None:
    """What stands on the disk is what was rendered."""
    for name, known in manifest.files.items():
        if digest(staging / name) != known or not (staging / name).stat().st_size:
            raise OSError(f"{name} was not written as it was rendered")
    sync(staging)


def _switch(staging: Path, folder: Path) -> None:
    """One rename; a folder that stands there already is moved aside first, and put back should that fail."""
    make_folder(folder.parent)
    if folder.exists():
        folder.rename(folder.with_name(f".{folder.name}.old"))
    staging.rename(folder)
    with suppress(OSError):  # it is in its place; all that is left to chance is a power cut in this very second
        sync(folder.parent)
