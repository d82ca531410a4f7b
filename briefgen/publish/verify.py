"""A file of ours -> which edition it is, whether it is as it was published, and whether it still holds."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path

from pypdf import PdfReader

from briefgen.changes.compare import Change, differences
from briefgen.changes.snapshot import from_data
from briefgen.model.edition import MANIFEST, NAME_KEY, EditionInfo, Making, Manifest
from briefgen.model.findings import Finding, Location, Severity
from briefgen.publish.editions import (
    FOLDERS,
    LATEST,
    Edition,
    digest,
    edition_folders,
    has_leftovers,
    is_copy,
    latest,
    read_edition,
    version_of,
)
from briefgen.publish.history import snapshot_of
from briefgen.render import json as to_json
from briefgen.render.json import FILE

_NAME = f"/{NAME_KEY}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPdf:
    """What stands in a PDF, as it stands there: nothing of it is checked yet."""

    name: str
    """The name it was published by: full-briefing.ko.pdf."""
    language: str
    """BCP 47 tag."""
    briefing: str
    """The text of its briefing.json."""


def read(content: bytes) -> FromPdf:
    """The parts of a PDF; ValueError says why it is none of ours."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it remarks on damaged files is no business of ours
    try:
        reader = PdfReader(BytesIO(content))
        attached = reader.attachments.get(FILE, [])
        name = str(reader.metadata[_NAME]) if reader.metadata and _NAME in reader.metadata else ""
        language = str(reader.root_object.get("/Lang", ""))
        briefing = b"".join(attached[:1]).decode()
    except Exception as error:  # whatever the library stumbles over in a file that anybody may have made
        raise ValueError(f"it cannot be read as a PDF ({type(error).__name__})") from None
    if not name or not briefing:
        raise ValueError("it is a PDF, but no briefing of this program: no facts are attached to it")
    return FromPdf(name=name, language=language, briefing=briefing)


def verify_edition(folder: Path) -> Iterator[Finding]:
    """What is wrong with one edition: its manifest, its files, what else lies there."""
    edition = read_edition(folder)
    if edition is None:
        yield Finding(Location(str(folder / MANIFEST)), "P506", "the manifest cannot be read", hint=_RESTORE)
        return
    for name in edition.damaged:
        what = "is not what was published" if (folder / name).exists() else "is missing"
        yield Finding(Location(str(folder / name)), "P506", what, hint=_RESTORE)
    if edition.version != version_of(folder):
        message = f"the folder holds edition {edition.manifest.name}"
        yield Finding(Location(str(folder)), "P506", message, hint="give it back its name")
    for path in sorted(folder.iterdir()):
        if path.name not in (MANIFEST, *edition.manifest.files):
            message = "is no file of this edition"
            yield Finding(Location(str(path)), "P506", message, Severity.NOTE, hint="move it elsewhere")


_RESTORE = "put it back from a copy; where readers see it, the next build makes it again"


def verify_outdir(outdir: Path) -> Iterator[Finding]:
    """What is wrong with the editions of a partnership taken together: gaps, and where readers are led."""
    yield from _gaps(outdir)
    seen = latest(outdir)
    if seen is None:
        message = f"`{LATEST}` leads to no edition" if _is_there(outdir / LATEST) else f"there is no `{LATEST}`"
        yield Finding(Location(str(outdir / LATEST)), "P506", message, hint="briefgen build leads readers to one again")
    elif is_copy(outdir):
        yield from _copied(outdir, seen)
    if has_leftovers(outdir):
        message = "a build was interrupted here, or is under way"
        yield Finding(Location(str(outdir)), "P508", message, Severity.NOTE, hint="the next build clears it away")


def _is_there(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _gaps(outdir: Path) -> Iterator[Finding]:
    numbers = sorted({version_of(folder)[0] for folder in edition_folders(outdir)})
    for earlier, later in pairwise(numbers):
        if later - earlier > 1:
            gone = str(earlier + 1) if later - earlier == 2 else f"{earlier + 1} to {later - 1}"
            message = f"between edition {earlier} and edition {later} there is none: {gone} was taken away"
            yield Finding(Location(str(outdir)), "P506", message, Severity.NOTE)


def _copied(outdir: Path, seen: Edition) -> Iterator[Finding]:
    for name, known in seen.manifest.files.items():
        if digest(outdir / LATEST / name) != known:
            yield Finding(Location(str(outdir / LATEST / name)), "P506", "is not what was published", hint=_RESTORE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What can be said of a file."""

    name: str
    """The name it was published by."""
    language: str
    contents: to_json.Contents
    outdir: Path | None
    """The folder of the partnership's editions; None: none is at hand."""
    as_published: bool | None
    """Whether it is byte for byte what its edition published; None: that edition is not at hand."""
    newest: Manifest | None
    """The edition that readers are given now."""
    carried_over: bool = False
    """Whether that edition has it byte for byte, under whatever number it says."""
    changes: tuple[Change, ...] = ()
    """What became of the facts of this file, where another edition has come."""

    @property
    def info(self) -> EditionInfo:
        """Which edition it says it is."""
        return self.contents.info

    @property
    def altered(self) -> bool:
        """Whether somebody has changed it since it was published."""
        return self.as_published is False or not self.contents.unaltered

    @property
    def superseded(self) -> bool:
        """Whether readers are given another edition now; a reconstruction says of its day what it always will."""
        match self.newest, self.info.making:
            case None, _:
                return False
            case Manifest() as newest, Making.EDITION:
                return newest.version != self.info.version and not self.carried_over
            case Manifest() as newest, Making.PART:
                return newest.as_of >= self.info.as_of and newest.facts_sha256 != self.info.facts_sha256
            case _:
                return False


def verify(file: Path, out: Path | None) -> Verdict:
    """The verdict on a file; `out` is where editions are looked for besides the folder the file lies in.

    ValueError says why it is no file of ours; OSError, that it cannot be read.
    """
    content = file.read_bytes()
    if content.startswith(b"%PDF-"):
        found = read(content)
        name, language, contents = found.name, found.language, to_json.read(found.briefing)
    else:
        name, contents = _named(file, content, out)
        language = name.split(".")[1] if name.count(".") > 1 else ""
    outdir = next(_homes(file, out, contents.partnership), None)
    newest = latest(outdir) if outdir else None
    verdict = Verdict(
        name=name,
        language=language,
        contents=contents,
        outdir=outdir,
        as_published=_as_published(outdir, contents.info, name, content) if outdir else None,
        newest=newest.manifest if newest else None,
        carried_over=newest is not None and newest.manifest.files.get(name) == sha256(content).hexdigest(),
    )
    if newest is None or not verdict.superseded or verdict.altered:
        return verdict
    before = {id: from_data(fact) for id, fact in contents.facts.items()}
    return replace(verdict, changes=differences(before, snapshot_of(newest)))


def _homes(file: Path, out: Path | None, partnership: str) -> Iterator[Path]:
    """Folders with editions of the partnership: the one that the file lies in comes first."""
    parents = file.resolve().parents
    beside = [outdir for folder, outdir in pairwise(parents) if folder.name in {*FOLDERS.values(), LATEST}][:1]
    for outdir in (*beside, *([out / partnership] if out else [])):
        if outdir.name == partnership and outdir.is_dir():
            yield outdir


def _named(file: Path, content: bytes, out: Path | None) -> tuple[str, to_json.Contents]:
    """What does not say itself what it is: a file that an edition at hand published, or the data of a briefing."""
    if file.name == MANIFEST:
        raise ValueError("it lists an edition's files, which are held against it by `briefgen editions verify`")
    digest, at_hand = sha256(content).hexdigest(), tuple(_at_hand(file, out))
    for edition in at_hand:
        for name, known in edition.manifest.files.items():
            if known == digest:
                return name, _data(edition)
    for edition in at_hand:
        if edition.folder == file.resolve().parent and file.name in edition.manifest.files.keys() - {to_json.FILE}:
            return file.name, _data(edition)
    if file.suffix == ".json":
        return to_json.FILE, to_json.read(content.decode())
    raise ValueError("it is no PDF, and no edition at hand has published it as it is")


def _data(edition: Edition) -> to_json.Contents:
    return to_json.read((edition.folder / to_json.FILE).read_text(encoding="utf-8"))


def _at_hand(file: Path, out: Path | None) -> Iterator[Edition]:
    """Every edition, reconstruction and part of any partnership."""
    partnerships = [folder.name for folder in (*file.resolve().parents, *(out.glob("*") if out else ()))]
    for outdir in dict.fromkeys(outdir for name in partnerships for outdir in _homes(file, out, name)):
        for name in FOLDERS.values():
            found = (read_edition(folder) for folder in sorted((outdir / name).glob("*")))
            yield from (edition for edition in found if edition is not None)


def _as_published(outdir: Path, info: EditionInfo, name: str, content: bytes) -> bool | None:
    """Editions stand for good; a reconstruction or a part may have been made anew, and says nothing of this one."""
    folder = _folder(outdir, info)
    published = read_edition(folder) if folder else None
    if published is None:
        return None
    same = published.manifest.files.get(name) == sha256(content).hexdigest()
    return same if same or info.making is Making.EDITION else None


def _folder(outdir: Path, info: EditionInfo) -> Path | None:
    """Where it was published, as far as one knows."""
    if info.making is not Making.EDITION:
        return outdir / FOLDERS[info.making] / str(info.as_of)
    wanted = (info.edition, info.revision)
    return next((folder for folder in edition_folders(outdir) if version_of(folder) == wanted), None)
