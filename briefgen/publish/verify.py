"""Verifies editions and single files: which edition a file is of, whether it was altered, whether it still holds."""

import logging
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

from pypdf import PdfReader

from briefgen.changes import Change, Facts, data_hash, differences, from_data
from briefgen.files import MOST, read_file
from briefgen.model.edition import (
    BRIEFING,
    BRIEFING_SCHEMA,
    HEAD,
    MANIFEST,
    NAME_KEY,
    EditionInfo,
    Making,
    Manifest,
    signed_as,
)
from briefgen.model.findings import Finding, Location, Severity
from briefgen.model.typed_json import convert, load_json
from briefgen.publish import (
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
from briefgen.publish.decide import snapshot_of

_NAME = f"/{NAME_KEY}"
_TOLD = ("$schema", "version", "names", "records")
"""The keys of what is told of the data in each language; all other keys but HEAD are the data that the hash covers."""


def verify_edition(folder: Path) -> Iterator[Finding]:
    """Yield what is wrong with one edition: its manifest, its files, and other files in its folder (P506)."""
    edition = read_edition(folder)
    if folder.is_symlink():
        yield Finding(Location(str(folder)), "P512", "is a link", hint="put the folder itself in its place")
        return
    if edition is None:
        yield _damage(folder / MANIFEST, "the manifest cannot be read")
        return
    for name in edition.damaged:
        yield _damage(folder / name, "is not what was published" if (folder / name).exists() else "is missing")
    if edition.manifest.folder_name != folder.name:
        held = f"the folder holds edition {edition.manifest.name} of {edition.manifest.as_of}"
        yield _damage(folder, held, "give it back its name, or put its manifest back from a copy")
    if edition.manifest.partnership != folder.parent.parent.name:
        yield _damage(folder, f"the folder holds an edition of '{edition.manifest.partnership}'")
    for path in sorted(folder.iterdir()):
        if path.name not in (MANIFEST, *edition.manifest.files):
            message = "is no file of this edition"
            yield Finding(Location(str(path)), "P506", message, Severity.NOTE, hint="move it elsewhere")


def verify_outdir(outdir: Path) -> Iterator[Finding]:
    """Yield what is wrong with the editions of a partnership as a whole: gaps, and what readers see (P506, P508)."""
    yield from _gaps(outdir)
    seen = latest(outdir)
    if seen is None:
        lost = f"`{LATEST}` leads to no edition" if os.path.lexists(outdir / LATEST) else f"there is no `{LATEST}`"
        yield _damage(outdir / LATEST, lost, "briefgen build leads readers to one again")
    elif is_copy(outdir):
        for name, known in seen.manifest.files.items():
            if digest(outdir / LATEST / name) != known:
                yield _damage(outdir / LATEST / name, "is not what was published")
    if has_leftovers(outdir):
        message = "a build was interrupted here, or is under way"
        yield Finding(Location(str(outdir)), "P508", message, Severity.NOTE, hint="the next build clears it away")


def _damage(path: Path, message: str, hint: str = "") -> Finding:
    hint = hint or "put it back from a copy; where readers see it, the next build makes it again"
    return Finding(Location(str(path)), "P506", message, hint=hint)


def _gaps(outdir: Path) -> Iterator[Finding]:
    numbers = sorted({version_of(folder)[0] for folder in edition_folders(outdir)})
    for earlier, later in pairwise(numbers):
        if later - earlier > 1:
            gone = str(earlier + 1) if later - earlier == 2 else f"{earlier + 1} to {later - 1}"
            message = f"between edition {earlier} and edition {later} there is none: {gone} was taken away"
            yield Finding(Location(str(outdir)), "P506", message, Severity.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a briefing.json holds."""

    info: EditionInfo
    partnership: str
    parties: frozenset[str]
    """Their ids; two workspaces may have partnerships of one id, but between others."""
    facts: Facts
    facts_sha256: str
    """Of the data in the file; if it differs from that in `info`, the data were altered."""

    @property
    def unaltered(self) -> bool:
        """Whether the data are those that were published."""
        return self.facts_sha256 == self.info.facts_sha256


def read(text: str) -> Contents:
    """Return the contents of a briefing.json; ValueError: `text` is none, and why."""
    data = load_json(text)
    if not isinstance(data, dict) or not isinstance(data.get("partnership"), str):
        raise ValueError("it holds no briefing")
    try:
        info = convert(EditionInfo, data.pop(HEAD, None))
    except ValueError:
        raise ValueError("it does not say which edition it belongs to") from None
    for key in _TOLD:
        data.pop(key, None)
    try:
        facts = {fact["id"]: fact for fact in data["facts"]}
    except (KeyError, TypeError):
        raise ValueError("it holds no facts") from None
    return Contents(
        info=info,
        partnership=data["partnership"],
        parties=frozenset(data["parties"]) if isinstance(data.get("parties"), dict) else frozenset(),
        facts=facts,
        facts_sha256=data_hash(data),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What was found out about a file."""

    name: str
    """The name it was published by: full-briefing.ko.pdf."""
    language: str
    """BCP 47 tag; empty if the file is in no language."""
    contents: Contents
    outdir: Path | None
    """The folder of the partnership's editions; None: none was found."""
    of_others: Path | None = None
    """Where there are only editions of another partnership with the same id, as another workspace may have one."""
    as_published: bool | None
    """Whether it is byte for byte what its edition published; None: that edition was not found."""
    newest: Manifest | None
    """The edition that readers see now."""
    carried_over: bool = False
    """Whether that edition has the same file, byte for byte."""
    changes: tuple[Change, ...] = ()
    """What has become of its facts since, if it is superseded."""

    @property
    def info(self) -> EditionInfo:
        """The edition to which it belongs by its own account."""
        return self.contents.info

    @property
    def altered(self) -> bool:
        """Whether it was changed after it was published."""
        return self.as_published is False or not self.contents.unaltered

    @property
    def superseded(self) -> bool:
        """Whether readers see another edition now; a reconstruction of a past day never is."""
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
    """Return the verdict on a file; editions are looked for around the file and in `out`.

    ValueError: it is no file of this program, and why; OSError: it cannot be read.
    """
    content = read_file(file, limit=MOST)
    name, language, contents = (_of_pdf if content.startswith(b"%PDF-") else _of_other)(file, content, out)
    outdirs = tuple(_outdirs(file, out, contents.partnership))
    outdir = next((each for each in outdirs if not _is_of_others(each, contents)), None)
    as_published = _as_published(outdir, contents.info, name, content) if outdir else None
    newest = latest(outdir) if outdir else None
    info = contents.info
    if newest and as_published is None and info.making is Making.EDITION and info.version > newest.version:
        newest = None  # it is of another workspace: what was rolled back is still here, and only old ones are pruned
    verdict = Verdict(
        name=name,
        language=language,
        contents=contents,
        outdir=outdir,
        of_others=None if outdir else next(iter(outdirs), None),
        as_published=as_published,
        newest=newest.manifest if newest else None,
        carried_over=newest is not None and newest.manifest.files.get(name) == sha256(content).hexdigest(),
    )
    if newest is None or not verdict.superseded or verdict.altered:
        return verdict
    before = {id: from_data(fact) for id, fact in contents.facts.items()}
    return replace(verdict, changes=differences(before, snapshot_of(newest)))


def _is_of_others(outdir: Path, contents: Contents) -> bool:
    """Return whether the editions here are of a partnership of the same id between other parties."""
    newest = latest(outdir)
    try:
        parties = _contents(newest).parties if newest else frozenset()
    except (OSError, ValueError):  # what is damaged is reported where it is compared
        return False
    return bool(parties and contents.parties) and parties != contents.parties


def _of_pdf(file: Path, content: bytes, out: Path | None) -> tuple[str, str, Contents]:
    """Return the name, the language and the contents of a PDF, as it says itself; of one that is cut off, as found."""
    try:
        name, language, briefing = read_pdf(content)
        return name, language, read(briefing)
    except ValueError:
        if cut := _cut_from(content, _editions_around(file, out)):
            return cut[0], "", cut[1]
        raise


def _of_other(file: Path, content: bytes, out: Path | None) -> tuple[str, str, Contents]:
    name, contents = _identify(file, content, out)
    has_language = name.count(".") > 1 and name != BRIEFING_SCHEMA
    return name, name.split(".")[1] if has_language else "", contents


def read_pdf(content: bytes) -> tuple[str, str, str]:
    """Return the name, the language and the briefing.json of a PDF, unchecked; ValueError if it is none of ours."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on damaged files are of no use here
    try:
        reader = PdfReader(BytesIO(content))
        attached = reader.attachments.get(BRIEFING, [])
        name = str(reader.metadata[_NAME]) if reader.metadata and _NAME in reader.metadata else ""
        language = str(reader.root_object.get("/Lang", ""))
        briefing = b"".join(attached[:1]).decode()
    except Exception:  # a damaged file raises errors of any kind
        raise ValueError("it cannot be read as a PDF: it is damaged") from None
    if not name or not briefing:
        raise ValueError("it is a PDF, but no briefing of this program: no facts are attached to it")
    return name, language, briefing


def _identify(file: Path, content: bytes, out: Path | None) -> tuple[str, Contents]:
    """Return the name and contents of a file other than a PDF: one that an edition published, or the data itself."""
    if file.name == MANIFEST:
        raise ValueError("it lists an edition's files, which are held against it by `briefgen editions verify`")
    digest, found = sha256(content).hexdigest(), tuple(_editions_around(file, out))
    for edition in found:
        for name, known in edition.manifest.files.items():
            if known == digest:
                return name, _contents(edition)
    for edition in found:
        if edition.folder == file.resolve().parent and file.name in edition.manifest.files.keys() - {BRIEFING}:
            return file.name, _contents(edition)
    if said := _says(content, found):
        return _edited(*said)
    if cut := _cut_from(content, found):
        return cut
    if file.suffix == ".json":
        return BRIEFING, read(content.decode())
    raise ValueError("it is no PDF, and no edition found here has published it as it is")


def _says(content: bytes, found: Iterable[Edition]) -> tuple[str, str, Sequence[Edition]] | None:
    """Return what a page tells at its end, or a copy for Word in its foot: its name, of what; and what is so here."""
    if signed := signed_as(content):
        name, *of = signed
        named = [each for each in found if [each.manifest.partnership, each.manifest.title] == of]
        return name, f"of {', '.join(of)}", named
    if foot := _FOOT.search(_feet(content)):
        name, facts = foot.groups()
        of_them = (each for each in found if each.manifest.facts_sha256 == facts and name in each.manifest.files)
        newest_first = sorted(of_them, key=lambda each: each.version, reverse=True)
        return name, f"from the facts {facts[:12]}", newest_first
    return None


_FOOT = re.compile(r"([\w.-]+\.docx) · sha256 ([0-9a-f]{64})")
_LONGEST_FOOT = 1_000_000
"""Bytes."""


def _feet(content: bytes) -> str:
    """Return what stands in the foot of the pages of a copy for Word; empty for anything else."""
    try:
        with ZipFile(BytesIO(content)) as file:
            names = [each for each in file.namelist() if each.startswith("word/footer")]
            return "\n".join(re.sub("<[^<>]*>", "", file.open(name).read(_LONGEST_FOOT).decode()) for name in names)
    except Exception:  # a damaged file raises errors of any kind
        return ""


def _edited(name: str, of: str, found: Sequence[Edition]) -> tuple[str, Contents]:
    """Return the name and contents of a file that was changed, by what it says of itself."""
    for edition in found:
        if edition.manifest.making is Making.EDITION:
            return name, _contents(edition)
    why = "which is another here: it was changed, or made anew" if found else "of which nothing was found here"
    raise ValueError(f"it says that it is {name} {of}, {why}")


def _cut_from(content: bytes, found: Iterable[Edition]) -> tuple[str, Contents] | None:
    """Return the name and contents of the newest file with which a file begins alike, and then ends too early."""
    for edition in sorted(found, key=lambda each: each.version, reverse=True) if len(content) >= _FEWEST_BYTES else ():
        for name in edition.manifest.files.keys() - {BRIEFING}:
            with suppress(OSError):
                if read_file(edition.folder / name, edition.folder, limit=MOST).startswith(content):
                    return name, _contents(edition)
    return None


_FEWEST_BYTES = 500
"""Fewer may be the beginning of any file."""


def _contents(edition: Edition) -> Contents:
    return read(edition.text_of(BRIEFING))


def _outdirs(file: Path, out: Path | None, partnership: str) -> Iterator[Path]:
    """Yield the folders with editions of the partnership, the one that the file is in first."""
    parents = file.resolve().parents
    around = [outdir for folder, outdir in pairwise(parents) if folder.name in {*FOLDERS.values(), LATEST}][:1]
    for outdir in (*around, *([out / partnership] if out else [])):
        if outdir.name == partnership and outdir.is_dir():
            yield outdir


def _editions_around(file: Path, out: Path | None) -> Iterator[Edition]:
    """Yield the editions, reconstructions and parts of every partnership."""
    partnerships = [folder.name for folder in (*file.resolve().parents, *(out.glob("*") if out else ()))]
    for outdir in dict.fromkeys(outdir for name in partnerships for outdir in _outdirs(file, out, name)):
        for name in FOLDERS.values():
            found = (read_edition(folder) for folder in sorted((outdir / name).glob("*")))
            yield from (edition for edition in found if edition is not None)


def _as_published(outdir: Path, info: EditionInfo, name: str, content: bytes) -> bool | None:
    """Return whether a file's edition published it; None if that is not known, as for a reconstruction made anew."""
    if info.making is Making.EDITION:
        wanted = (info.edition, info.revision)
        folder = next((each for each in edition_folders(outdir) if version_of(each) == wanted), None)
    else:
        folder = outdir / FOLDERS[info.making] / str(info.as_of)
    published = read_edition(folder) if folder else None
    if published is None:
        return None
    same = published.manifest.files.get(name) == sha256(content).hexdigest()
    return same if same or info.making is Making.EDITION else None
