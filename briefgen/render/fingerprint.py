"""Fingerprints: while nothing that shapes a document has changed, its fingerprint is the same."""

import hashlib
import os
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

from briefgen.render.reading import files_below, read_file

# Each pattern takes what is not closed to its end, so that no text is looked through more than twice.
_STYLE = re.compile(r"(<style[^<>]*>)(.*?)(</style>|\Z)", re.DOTALL)
_CSS_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:\s|/\*.*?(?:\*/|\Z))+""", re.DOTALL)
_HTML_COMMENT = re.compile(r"^[ \t]*<!--.*?(?:-->|\Z)[ \t]*(?:\n|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.MULTILINE)
_READ_AS_TEXT = {".html", ".css", ".yaml", ".json", ".md", ".po", ".pot"}
"""The files of a templates folder whose content shows in the markup."""


def fingerprint(markup: str, *others: bytes | str) -> str:
    """Return the sha256 of a document's markup, without its comments, and of what else shapes the document."""

    def without_space(style: re.Match[str]) -> str:
        return style[1] + _CSS_SPACE.sub(lambda space: space[1] or " ", style[2]).strip() + style[3]

    bare = _STYLE.sub(without_space, markup)
    digest = hashlib.sha256(_HTML_COMMENT.sub("", bare).strip().encode())
    for each in others:
        part = each if isinstance(each, bytes) else each.encode()
        digest.update(b"\0%d\0" % len(part) + part)
    return digest.hexdigest()


def hash_of(root: Path, files: Iterable[Path], within: Path | None = None) -> str:
    """Return the sha256 of files: the path of each below `root`, its length, and its content.

    No link may lead out of `within`, by default `root`.
    """
    digest = hashlib.sha256()
    for path in files:
        content = _content(path, within or root)
        name = path.relative_to(root) if path.is_relative_to(root) else path
        digest.update(os.fsencode(name) + b"\0%d\0" % len(content) + content)
    return digest.hexdigest()


def _content(path: Path, root: Path) -> bytes:
    """Return where a folder really is, and for a file that is not read the reason."""
    try:
        return os.fsencode(os.path.realpath(path)) if path.is_dir() else read_file(path, root)
    except OSError as error:
        return f"unread: {error.errno} {error.strerror}".encode()


def assets_hash(folders: tuple[str, ...]) -> str:
    """Return the sha256 of the fonts and pictures in the template folders; once while none of them is saved anew."""
    assets = [[path for path in files_below(Path(each)) if path.suffix not in _READ_AS_TEXT] for each in folders]
    return _assets_hash(folders, tuple((path, state_of(path)) for found in assets for path in found))


@lru_cache(maxsize=2)
def _assets_hash(folders: tuple[str, ...], assets: tuple[tuple[Path, tuple[int, ...]], ...]) -> str:
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        found = (path for path, _ in assets if path.is_relative_to(folder))
        digest.update(hash_of(folder, found, folder.parent).encode())
    return digest.hexdigest()


def state_of(path: Path) -> tuple[int, ...]:
    """Return what differs when a file was saved; nothing where it cannot be read."""
    try:
        found = path.stat()
    except OSError:
        return ()
    return found.st_mtime_ns, found.st_size, found.st_ino


@cache
def code_hash(files: tuple[Path, ...]) -> str:
    """Return the sha256 of what Python files do: comments, docstrings and layout do not count."""
    import ast  # a build with nothing to do has no need of it, and is over sooner without

    digest = hashlib.sha256()
    for path in files:
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            if isinstance(body := getattr(node, "body", None), list):
                texts = [each for each in body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)]
                node.body = [each for each in body if each not in texts]  # type: ignore[attr-defined]
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()
