"""`briefgen editions list` and `show`: an edition in plain words."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from briefgen.cli.telling import documents, shown
from briefgen.publish.editions import Edition, current_pin, edition_folders, latest, read_edition
from briefgen.render import change_sheet


def list_lines(outdir: Path, today: date) -> Iterator[str]:
    """A line for each edition: number, day, documents, facts, and what is to be said of it."""
    yield f"{outdir.name}:"
    for folder in edition_folders(outdir):
        edition = read_edition(folder)
        if edition is None:
            yield f"  {folder.name}  damaged: its manifest cannot be read"
            continue
        manifest = edition.manifest
        counted = f"{len(documents(edition)):>3} documents  {manifest.facts:>4} facts"
        yield f"  {manifest.name:<6}{manifest.as_of}  {counted}  {', '.join(_states(outdir, edition, today))}".rstrip()


def show_lines(edition: Edition, today: date) -> Iterator[str]:
    """All about one edition."""
    manifest = edition.manifest
    public = f", public since {manifest.public_date}" if manifest.public_date != manifest.as_of else ""
    told = f" of facts/{manifest.facts_file}" if manifest.facts_file else ""
    yield f"Edition {manifest.name} of {manifest.partnership}, as of {manifest.as_of}{public}"
    yield f"  state           {', '.join(_states(edition.outdir, edition, today)) or 'superseded'}"
    yield f"  changes         {_changes(edition)}"
    yield f"  next change     {manifest.next_change or 'none that can be foreseen'}"
    yield f"  facts           {manifest.facts}{told}, sha256 {manifest.facts_sha256}"
    yield f"  look            sha256 {manifest.look_sha256}"
    yield f"  languages       {', '.join(manifest.languages)}"
    yield f"  documents       {', '.join(manifest.documents)}; {', '.join(manifest.formats)}"
    yield f"  made by         briefgen {manifest.briefgen}"
    yield f"  folder          {shown(edition.folder)}"
    damaged = edition.damaged
    for file in edition.files:
        size = f"{file.stat().st_size:>9,} bytes" if file.is_file() else "          missing"
        yield f"  {size}  {file.name}{'  DAMAGED' if file.name in damaged else ''}"


def _states(outdir: Path, edition: Edition, today: date) -> Iterator[str]:
    """What sets it apart from those that were simply followed by another."""
    seen, pin = latest(outdir), current_pin(outdir)
    if seen is not None and seen.folder == edition.folder:
        yield f"held since {pin.since}: readers see it" if pin else "newest: readers see it"
    elif pin and edition.order > (seen.order if seen else (0, 0)):
        yield "rolled back"
    if edition.manifest.as_of > today:
        yield "lies ahead of today"
    if edition.manifest.draft:
        yield "draft, not cleared"
    if damaged := edition.damaged:
        yield f"damaged: {', '.join(damaged)}"


def _changes(edition: Edition) -> str:
    """How many of each kind, since which edition."""
    since = edition.manifest.since
    if since is None:
        return "none to tell: there was no edition before" if edition.manifest.edition == 1 else "not told"
    counted = ", ".join(f"{number} {kind}" for kind, number in _counts(edition.folder).items()) or "no facts"
    return f"since edition {since}: {counted}{'' if edition.manifest.major else ' (minor)'}"


def _counts(folder: Path) -> Counter[str]:
    try:
        rows = json.loads((folder / change_sheet.FILE).read_text(encoding="utf-8"))["changes"]
        return Counter(str(row["kind"]) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return Counter()
