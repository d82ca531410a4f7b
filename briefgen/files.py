"""Finds, reads and writes the files of a workspace and of editions: read within limits, replaced whole or not at all.

Only regular files are read, none larger than its kind needs, none outside by a link; they are found past what systems
and editors leave beside them, however a system composes their names. What is written is whole even after a power cut,
and readable whatever the umask.
"""

import errno
import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from glob import escape
from pathlib import Path, PurePosixPath

from briefgen.model.findings import Finding, FindingsError, Location, Severity, nearest_word

SCRATCH = "briefgen-workers-"
"""How the name of a folder begins that workers have in common for their temporary files."""
_LIMITS = {
    ".toml": 1_000_000,
    ".yaml": 8_000_000,
    ".po": 8_000_000,
    ".html": 2_000_000,
    ".css": 2_000_000,
    ".svg": 2_000_000,
    ".jsonl": 8_000_000,
    ".lock": 10_000,
}
"""The most bytes of an input by its kind; others are fonts, pictures and originals."""
MOST = 100_000_000
"""The most bytes of any file, such as one that an edition holds: a page may have large pictures in it."""


class UnreadableFileError(OSError):
    """A file that is not read, whatever its rights; `strerror` says why, and no byte of the file is in it."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(0, why, str(path))


def limit_of(path: Path) -> int:
    """Return the most bytes that a file of this kind may have."""
    return _LIMITS.get(path.suffix.lower(), MOST)


def leads_out(path: Path, folder: Path) -> bool:
    """Return whether a path below a folder is, behind its links, a file outside of it."""
    at, around = os.fspath(folder), folder.parts
    if path.parts[: len(around)] != around:
        return False
    for part in path.parts[len(around) :]:
        at = f"{at}{os.sep}{part}"
        if part == os.pardir or os.path.islink(at):  # noqa: PTH114 # a Path for each part takes longer than to look
            return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))
    return False


def fault_of(path: Path, within: Path | None, limit: int | None = None) -> str:
    """Return why a file must not be read, empty if it may be; OSError if it cannot even be looked at."""
    if within is not None and leads_out(path, within):
        return "a link leads out of the workspace"
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        return "it is a folder"
    if not stat.S_ISREG(found.st_mode):
        return "it is no file but a pipe, a device or the like"
    if found.st_size > (limit := limit or limit_of(path)):
        return f"it has {found.st_size:,} bytes; the limit is {limit:,}"
    return ""


def read_file(path: Path, within: Path | None = None, limit: int | None = None) -> bytes:
    """Return the content of a file; OSError says why it is not read.

    `within` is the folder that no link may lead out of; the program's own files are in none. `limit` is the most bytes,
    by default those of an input of its kind.
    """
    limit = limit or limit_of(path)
    if why := fault_of(path, within, limit):
        raise UnreadableFileError(path, why)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe put there just now does not wait
    with open(descriptor, "rb") as file:  # noqa: PTH123 # what was opened, and not what has the name by now
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableFileError(path, "it is no file but a pipe, a device or the like")
        content = file.read(
            min(limit, found.st_size + _GROWN) + 1
        )  # room for the limit itself takes longer than reading
    if len(content) > limit:
        raise UnreadableFileError(path, f"it has more than {limit:,} bytes")
    return content


_GROWN = 4096
"""Bytes that a file may have more of by the time that it is read; of one that grows on, a part is read."""


def read_text(path: Path, within: Path | None = None) -> str:
    """Return the text of a file, without a byte order mark; what is no UTF-8 is replaced. OSError as `read_file`."""
    return read_file(path, within).decode("utf-8-sig", "replace")


def decoded(content: bytes) -> str:
    """Return UTF-8 text without its byte order mark; the `encoding` of a UnicodeDecodeError may be UTF-16 or UTF-32.

    Of what is no text at all, it says what that is.
    """
    if encoding := _other_encoding(content):
        raise UnicodeDecodeError(encoding, content, 0, 1, "not UTF-8")
    return content.decode("utf-8-sig")


def _other_encoding(content: bytes) -> str:
    """Return UTF-16 or UTF-32 by the byte order mark, or by a zero byte in most pairs; empty for what may be UTF-8."""
    if kind := next((kind for start, kind in _NO_TEXT.items() if content.startswith(start)), ""):
        return kind
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    first = content[:_LOOKED_AT]
    zeros = [first[start::2].count(0) for start in (0, 1)]
    if min(zeros) or max(zeros) * 4 <= len(first):
        return ""
    return "UTF-16BE" if zeros[0] else "UTF-16LE"


_WORD = "a file of Word or of another such program"
_NO_TEXT = {b"PK\3\4": _WORD, b"\xd0\xcf\x11\xe0": _WORD, b"{\\rtf": _WORD, b"%PDF-": "a PDF"}
_NO_TEXT |= dict.fromkeys((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*"), "a picture")
"""What a file is by its first bytes."""
_LOOKED_AT = 400
"""Bytes at the begin of a file by which its encoding is told."""


def text_if_readable(path: Path, within: Path | None = None) -> str:
    """Return the text of a file, empty if it cannot be read: whoever needs the file says why."""
    try:
        return read_text(path, within)
    except OSError:
        return ""


def seen_from(folder: Path, path: Path) -> str:
    """Return a path as it is seen from a folder; whole where it does not lie below."""
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)


def line_at(location: Location, folder: Path) -> str | None:
    """Return the line of a file in a folder; None if the location names none, or it cannot be read."""
    path = folder / location.file
    try:
        lines = _lines(path, folder, state_of(path)) if location.line else []
        return lines[location.line - 1].removesuffix("\r") if lines else None
    except (OSError, IndexError):
        return None


@lru_cache(maxsize=4)
def _lines(path: Path, within: Path, _state: tuple[int, ...]) -> list[str]:
    """Return the lines of a file as it is now; of thousands of findings in it each asks for them."""
    return read_text(path, within).split("\n")


_NOISE = ("Thumbs.db", "desktop.ini", "README.md")
_HIDDEN = (".", "~$")
"""How the names of files begin that nobody wrote: of macOS (._a), of Emacs (.#a), of office programs (~$a)."""
_HALF_WRITTEN = ("~", ".swp", ".swx", ".tmp", ".bak")
"""What file managers, editors and `briefgen template reset` leave beside the files of a person."""


def is_ignored(name: str) -> bool:
    """Return whether a file of this name is none of the workspace's own."""
    is_saved_by_itself = name.startswith("#") and name.endswith("#")  # Emacs
    return is_saved_by_itself or name in _NOISE or name.startswith(_HIDDEN) or name.endswith(_HALF_WRITTEN)


def files_below(
    folder: Path, without: tuple[str, ...] = ("__pycache__",), within: Path | None = None
) -> Iterator[Path]:
    """Yield the files below a folder in the order of their names; links to folders are followed.

    A folder that is met again, as in a loop of links, and one outside of `within`, which is the folder around this one
    where nothing else is said, are yielded themselves in place of their files. OSError for one that may not be looked
    into: what is in it would be missing in silence.
    """
    met, workspace = {os.path.realpath(folder)}, within or folder.parent
    if leads_out(folder, workspace):
        yield folder
        return
    for parent, folders, names in os.walk(folder, onerror=_unless_gone, followlinks=True):
        for name in sorted(folders):
            path = Path(parent, name)
            real = os.path.realpath(path)
            if real in met or leads_out(path, workspace):
                folders.remove(name)
                names.append(name)
            met.add(real)
        folders[:] = sorted(name for name in folders if name not in without and not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not is_ignored(name))


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error


def find_below(folder: Path, name: str) -> Path | None:
    """Return the file of that name below a folder; macOS decomposes names that everybody else writes composed."""
    if name.isascii() or _is_there(folder / name):
        return folder / name if _is_there(folder / name) else None
    found: Path | None = folder
    for part in PurePosixPath(name).parts:
        found = entry(found, part) if found else None
    return found if found and _is_there(found) else None


def file_in(folders: Iterable[Path], name: str) -> Path | None:
    """Return the file of that name in the first of the folders that has it, below which it must lie."""
    found = ((folder, find_below(folder, name)) for folder in folders)
    below = (path for folder, path in found if path and path.resolve().is_relative_to(folder.resolve()))
    return next((path for path in below if path.is_file()), None)


def _is_there(path: Path) -> bool:
    """Return whether there is a file, or what has the name of one: whoever reads it says what is wrong with it."""
    return os.path.lexists(path) and not path.is_dir()


def entry(folder: Path, name: str) -> Path | None:
    """Return what has that name in a folder, however either is composed."""
    entries = folder.iterdir() if folder.is_dir() else ()
    return next((each for each in entries if composed(each.name) == composed(name)), None)


def composed(name: str) -> str:
    """Return a name as keyboards write it (NFC), to compare it with another."""
    return unicodedata.normalize("NFC", name)


def hash_of(root: Path, files: Iterable[Path], within: Path | None = None) -> str:
    """Return the sha256 of files: the path of each below `root`, its length, and its content.

    No link may lead out of `within`; the program's own files are in no such folder, and installers may link them.
    """
    digest = hashlib.sha256()
    above = os.path.join(root, "")  # noqa: PTH118 # pathlib takes as long as reading the files does
    for path in files:
        content = _content(path, within)
        digest.update(os.fsencode(os.fspath(path).removeprefix(above)) + b"\0%d\0" % len(content))
        digest.update(content)
    return digest.hexdigest()


def _content(path: Path, within: Path | None) -> bytes:
    """Return where a folder really is, and for a file that is not read the reason."""
    try:
        return read_file(path, within)
    except OSError as error:
        if os.path.isdir(path):  # noqa: PTH112 # a Path raises what `error` says already
            return os.fsencode(os.path.realpath(path))
        return f"unread: {error.errno} {error.strerror}".encode()


def state_of(path: Path) -> tuple[int, ...]:
    """Return what differs when a file was saved; nothing where it cannot be read."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


FOLDER_MODE, FILE_MODE = 0o755, 0o644
"""Readers of the editions, such as a web server, may read everything."""
_UNSUPPORTED = (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)
"""The errors of file systems that keep no access rights, or cannot sync a folder: FAT, some network drives."""


def write_file(path: Path, content: bytes, mode: int = FILE_MODE) -> None:
    """Write a file through to the disk, so that a power cut after it has been renamed finds it whole."""
    path.unlink(missing_ok=True)  # whatever has the name: nothing that it links to is written
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123 # opened so that no link is followed
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    let_in(path, mode)


def replace_file(path: Path, content: bytes, within: Path | None = None) -> bool:
    """Replace the content of a file in one step, and return whether it differed; otherwise as `replace_files`."""
    return replace_files({path: content}, within)


def replace_files(contents: Mapping[Path, bytes], within: Path | None) -> bool:
    """Replace the contents of files, each in one step, none before all are on the disk; return whether any differed.

    A link stays a link, and access rights stay. OSError where it cannot be done, or where a link leads out of the
    folder `within`; the files are then as they were.
    """
    for path in contents:
        if within is not None and leads_out(path, within):
            raise UnreadableFileError(path, "it is not written: a link leads out of the workspace")
    fresh: dict[Path, Path] = {}
    at = Path()
    try:
        for at, content in contents.items():
            target = at.resolve()
            if target.is_file() and target.read_bytes() == content:
                continue
            fresh[target] = target.with_name(f".{target.name.removeprefix('.')}.{os.urandom(4).hex()}.new")
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(fresh[target], content, target.stat().st_mode & 0o7777 if target.exists() else FILE_MODE)
        for target, new in fresh.items():
            new.replace(target)
    except OSError as error:
        for new in fresh.values():
            with suppress(OSError):
                new.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(at)) from error  # a person does not know the unfinished file
    for target in fresh:
        _clear_abandoned(target)
    return bool(fresh)


def _clear_abandoned(target: Path) -> None:
    for left in unfinished(target):
        with suppress(OSError):
            if target.stat().st_mtime - left.stat().st_mtime > _ABANDONED:
                left.unlink()


_ABANDONED = 3600
"""Seconds after which nobody still writes what is unfinished: its writer was killed."""


def unfinished(path: Path) -> list[Path]:
    """Return what a file is written to before that takes its place; a kill leaves it there."""
    return [*path.parent.glob(f".{escape(path.name.removeprefix('.'))}*.new")]


def let_in(path: Path, mode: int) -> None:
    """Set access rights, if the file system has any."""
    with _if_supported():
        path.chmod(mode)


def make_folder(folder: Path) -> None:
    """Make a folder and the missing ones above it, for everyone to read."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in missing:
        let_in(each, FOLDER_MODE)


def sync(folder: Path) -> None:
    """Write the names in a folder through to the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with _if_supported():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _if_supported() -> Iterator[None]:
    """Ignore that a file system does not support something; every other error is raised."""
    try:
        yield
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def cannot_write(path: Path, error: OSError) -> FindingsError:
    """Return the error for an edition that could not be written (P502)."""
    message = f"the edition cannot be written: {error.strerror or error}"
    todo = what_to_do(error) or "free some space or mend the access rights"
    hint = f"the last edition stands as it was; {todo}, then build again"
    return FindingsError.of(str(error.filename or path), "P502", message, hint)


def what_to_do(error: OSError) -> str:
    """Return what a person can do about it; empty where the system says only that it failed."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return "free some space"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "mend the access rights"
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "let more files be open at once: ulimit -n 1024"
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "take away the file, or the link that leads nowhere, which stands there where a folder belongs"
    return "move that folder to another place" if isinstance(error, IsADirectoryError) else ""


_MERGE_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?![^ \t\r\n])", re.MULTILINE)
"""As Git, Mercurial and Subversion write them: seven signs at the start of a line, then nothing or a space."""


_BY_HAND = r"copy|kopie|copie|copia|kopia|sao\ chép|bản\ sao|복사본|사본"
_NUMBER = r"(?:\ ?\(?\d+\)?)?"
_COPY = re.compile(
    rf"""(?:copy\ of|kopie\ von|kopie\ van|copie\ de|copia\ de|cópia\ de|bản\ sao\ của)\ (?P<a>.+)
    | (?P<b>.+)의\ 사본
    | (?P<c>.+?)\.sync-conflict-[\w-]+
    | (?P<d>.+?)[\ ._-]*\([^()]*(?:conflict|xung\ đột|충돌)[^()]*\){_NUMBER}
    | (?P<e>.+?)[._-](?:\S+_)?conflict(?:ed)?(?:[-_][\w-]+)?
    | (?P<h>.+?)\ conflicted\ copy(?:\ [\d-]+)?
    | (?P<f>.+?)\ (?:-\ )?(?:{_BY_HAND}){_NUMBER}
    | (?P<g>.+?)\ \((?:\w+\ )?(?:{_BY_HAND})\)
    | (?P<i>.+?)-(?:DESKTOP|LAPTOP)-\w+
    | (?P<j>.+?)(?:\ \d+|\ ?\(\d+\))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Names that file services give to copies: Dropbox, Nextcloud, OneDrive, Syncthing, Resilio, Seafile, Synology, iCloud,
browsers; and file managers in English, Vietnamese, Korean and some other languages."""


def copied_from(name: str, beside: Iterable[str]) -> str:
    """Return the file beside it of which this one is a copy by its name; empty if it looks like none."""
    plain = unicodedata.normalize("NFC", name)
    stem, dot, suffix = plain.rpartition(".") if "." in plain else (plain, "", "")
    match = _COPY.fullmatch(stem)
    if not match:  # as nearly all: of hundreds of files, nobody looks through the others for each
        return ""
    original = f"{next(filter(None, match.groups()))}{dot}{suffix}"
    return next((each for each in beside if unicodedata.normalize("NFC", each) == original), "")


def stray_copies(names: Collection[str], folder: str) -> Iterator[Finding]:
    """Y008: a file looks like a copy of the one beside it, so that nobody knows which of the two is right."""
    for name in sorted(names):
        if original := copied_from(name, names):
            message = f"looks like a copy of {original} that a file service or a file manager has made; it is not read"
            hint = f"put what is right in it into {original}, then remove it"
            yield Finding(Location(f"{folder}/{name}" if folder else name), "Y008", message, hint=hint)


def unfinished_merges(text: str, file: str) -> Iterator[Finding]:
    """Y007: marks of a merge stand in the file; one finding, at the first of them."""
    lines = [text.count("\n", 0, mark.start()) + 1 for mark in _MERGE_MARK.finditer(text)]
    if lines:
        others = f" (nor in line {', '.join(map(str, lines[1:]))})" if len(lines) > 1 else ""
        message = f"a merge was not finished here{others}"
        hint = "keep the lines that are right, and take the lines of <<<<<<<, =======, >>>>>>> and ||||||| away"
        yield Finding(Location(file, lines[0], 1), "Y007", message, hint=hint)


def unused_file(file: str, name: str, known: Collection[str]) -> Finding:
    """Y009: nothing reads the file; a warning if its name is nearly one that would be read there, else a note."""
    before, dot, ending = name.rpartition(".")
    is_long = len(before) > _SHORT_NAME
    alike = {each.removesuffix(dot + ending): each for each in known if is_long and each.endswith(dot + ending)}
    near = alike.get(nearest_word(before, alike), "")  # an ending that all have makes none of them near
    near = near or nearest_word(name, [each for each in known if each not in alike.values()])
    hint = f"did you mean '{near}'?" if near else "name it where it belongs, or remove it"
    severity = Severity.WARNING if near else Severity.NOTE
    return Finding(Location(file), "Y009", "nothing reads a file of this name", severity, hint=hint)


_SHORT_NAME = 3
"""Of so few letters before the ending, such as kr.po, one that is wrong is a third of them or more."""


def styled(folders: Iterable[Path], within: Path | None = None) -> Iterator[tuple[Path, str]]:
    """Yield style sheets and templates, which may hold styles, with their texts; no link may lead out of `within`."""
    for folder in folders:
        for path in (path for path in files_below(folder) if path.suffix in (".css", ".html")):
            yield path, text_if_readable(path, within or folder.parent)
