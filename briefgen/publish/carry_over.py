"""What a revision takes over from the edition before: every document whose fingerprint is the same, byte for byte."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefgen.model.document import Document
from briefgen.model.edition import Manifest
from briefgen.publish.editions import Edition


def is_same(newest: Edition, outlines: Iterable[Document], *, strict: bool) -> bool:
    """Whether an edition of these documents and other files would differ from the newest one in nothing.

    `strict`: what a warning of the PDF engine was passed over for is never the same, so that it is rendered again.
    """
    return _fingerprints(outlines) == newest.manifest.fingerprints and not (strict and newest.manifest.warnings)


def carry_over(newest: Edition, outlines: Iterable[Document], *, strict: bool) -> Iterator[Document]:
    """Yield those of the documents that are in the newest edition as they would be made now, with their content."""
    known, warnings, damaged = newest.manifest.fingerprints, newest.manifest.warnings, newest.damaged
    for each in outlines:
        warned = warnings.get(each.name, ())
        if each.fingerprint == known.get(each.name) and each.name not in damaged and not (strict and warned):
            yield replace(each, content=(newest.folder / each.name).read_bytes(), warnings=warned)


def with_fingerprints(manifest: Manifest, files: Iterable[Document], row_limits: int) -> Manifest:
    """The manifest with what the next build needs to know in order to carry these files over."""
    files = tuple(files)
    fingerprints = _fingerprints(files)
    return replace(
        manifest,
        look_sha256=hashlib.sha256(repr(sorted(fingerprints.items())).encode()).hexdigest(),
        fingerprints=dict(sorted(fingerprints.items())),
        row_limits=row_limits,
        warnings={each.name: each.warnings for each in files if each.warnings},
    )


def _fingerprints(files: Iterable[Document]) -> dict[str, str]:
    """By name; a file that is no document has the hash of its content."""
    return {each.name: each.fingerprint or hashlib.sha256(each.content).hexdigest() for each in files}
