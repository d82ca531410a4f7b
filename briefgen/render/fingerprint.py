"""Fingerprints of documents: while one is the same, nothing that shapes its document has changed."""

import hashlib
import re
from functools import cache, lru_cache
from pathlib import Path

from briefgen.files import files_below, hash_of, state_of

# Each pattern takes what is not closed to its end, so that no text is looked through more than twice.
_STYLE = re.compile(r"(<style[^<>]*>)(.*?)(</style>|\Z)", re.DOTALL)
_CSS_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:\s|/\*.*?(?:\*/|\Z))+""", re.DOTALL)
_HTML_COMMENT = re.compile(r"^[ \t]*<!--.*?(?:-->|\Z)[ \t]*(?:\n|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.MULTILINE)
_READ_AS_TEXT = {".html", ".css", ".yaml", ".json", ".md", ".po", ".pot"}
"""The files of a templates folder whose content shows in the markup."""


def fingerprint(markup: str, *others: bytes | str) -> str:
    """Return the sha256 of a document's markup, without its comments, and of what else shapes the document."""
    bare = _STYLE.sub(lambda style: style[1] + _without_space(style[2]) + style[3], markup)
    digest = hashlib.sha256(_HTML_COMMENT.sub("", bare).strip().encode())
    for each in others:
        part = each if isinstance(each, bytes) else each.encode()
        digest.update(b"\0%d\0" % len(part) + part)
    return digest.hexdigest()


@lru_cache(maxsize=16)
def _without_space(style: str) -> str:
    """Return styles with one blank for each space and comment; once, as most pages have those of the one before."""
    return _CSS_SPACE.sub(lambda space: space[1] or " ", style).strip()


def assets_hash(folders: tuple[str, ...]) -> str:
    """Return the sha256 of the fonts and pictures in the template folders; a folder's once while none is saved anew."""
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        assets = (path for path in files_below(folder) if path.suffix not in _READ_AS_TEXT)
        digest.update(_assets_hash(folder, tuple((path, state_of(path)) for path in assets)).encode())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _assets_hash(folder: Path, assets: tuple[tuple[Path, tuple[int, ...]], ...]) -> str:
    return hash_of(folder, (path for path, _ in assets), folder.parent)


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
