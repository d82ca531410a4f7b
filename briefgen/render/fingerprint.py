"""A document's fingerprint: while nothing that shapes a document has changed, its fingerprint is the same."""

import ast
import hashlib
import re
from functools import cache
from pathlib import Path

_STYLE = re.compile(r"(<style[^>]*>)(.*?)(</style>)", re.DOTALL)
_CSS_SPACE = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?:\s|/\*.*?\*/)+""", re.DOTALL)
_HTML_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*(?:\n|\Z)|<!--.*?-->", re.DOTALL | re.MULTILINE)
_READ_AS_TEXT = {".html", ".css", ".yaml", ".json", ".md", ".po", ".pot"}
"""What the files of the templates folder that end so have to say is in the markup."""


def fingerprint(markup: str, *others: bytes | str) -> str:
    """Return the sha256 of a document's markup, without its comments, and of what else shapes the document."""
    bare = _STYLE.sub(lambda style: style[1] + _CSS_SPACE.sub(_css_space, style[2]).strip() + style[3], markup)
    digest = hashlib.sha256(_HTML_COMMENT.sub("", bare).strip().encode())
    for each in others:
        part = each if isinstance(each, bytes) else each.encode()
        digest.update(b"\0%d\0" % len(part) + part)
    return digest.hexdigest()


def _css_space(found: re.Match[str]) -> str:
    return found[1] or " "


@cache
def assets_hash(folders: tuple[str, ...]) -> str:
    """Return the sha256 of the fonts and pictures in the template folders; once for the life of a process."""
    digest = hashlib.sha256()
    for folder in map(Path, folders):
        for path in sorted(path for path in folder.rglob("*") if path.suffix not in _READ_AS_TEXT and path.is_file()):
            digest.update(f"{path.relative_to(folder)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


@cache
def code_hash(files: tuple[Path, ...]) -> str:
    """Return the sha256 of what Python files do: comments, docstrings and layout do not count."""
    digest = hashlib.sha256()
    for path in files:
        tree = ast.parse(path.read_bytes())
        for node in ast.walk(tree):
            body = getattr(node, "body", None)
            if isinstance(body, list):
                node.body = [each for each in body if not _is_text(each)]  # type: ignore[attr-defined]
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
