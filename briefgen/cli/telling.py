"""What a build made, or left alone, in sentences for a person."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from briefgen.model.formats import FORMATS
from briefgen.publish.editions import Edition, RollbackPin, is_copy


def unchanged_lines(name: str, edition: Edition, next_change: date | None, pin: RollbackPin | None) -> Iterator[str]:
    """Nothing was made: because nothing has changed, or because a rollback holds."""
    called = edition.manifest.name
    if pin is None:
        yield f"{name}: nothing has changed since edition {called}.{soon(next_change)}"
    else:
        yield f"{name}: a rollback holds edition {called} since {pin.since}, until one of your files changes."
        yield f"  To end it now: briefgen editions release {edition.manifest.partnership}"
    yield from document_lines(edition)


def edition_lines(name: str, edition: Edition) -> Iterator[str]:
    """A new edition, or a revision of one."""
    manifest = edition.manifest
    called = f"edition {manifest.name}" + (" (draft, not cleared)" if manifest.draft else "")
    yield f"{name}: {called}, {len(documents(edition))} documents.{soon(manifest.next_change)}"
    if is_copy(edition.outdir):
        yield "  This file system takes no links: `latest` is a copy, and latest.txt names the edition."
    yield from document_lines(edition)


def document_lines(edition: Edition) -> Iterator[str]:
    """Where they are."""
    return (f"  {shown(file)}" for file in documents(edition))


def soon(next_change: date | None) -> str:
    """When something changes by itself, as a sentence that follows another."""
    return f" Next expected change: {next_change}." if next_change else ""


def documents(edition: Edition) -> list[Path]:
    """The files for readers."""
    return [file for file in edition.files if file.suffix.removeprefix(".") in FORMATS]


def shown(path: Path) -> str:
    """A path as it is called from here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
