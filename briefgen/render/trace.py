"""Marks each element of a page with the template and line it stands in: for the preview, never for an edition."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

ORIGIN = "data-origin"
"""The attribute. Its value needs no quotes, so that an element may stand in whatever a template makes of it."""
_OPENING = re.compile(r"<!--|<(/?)([a-zA-Z][\w:-]*)")
_IN_TAG = re.compile(r"[\"'>]")
_NO_MARKUP = {"style": "</style", "script": "</script", "title": "</title", "<!--": "-->"}
"""In which a `<` begins no element, and how each ends."""


class Tracer(Extension):
    """Marks the elements in the text of templates, wherever they are included from; style sheets have none."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Return the tokens of a template, with the elements in its text marked."""
        marker = _Marker(quote(stream.filename or "", safe="/"))
        is_page = (stream.name or "").endswith(".html")
        for token in stream:
            is_text = is_page and token.type == "data"
            yield Token(token.lineno, "data", marker.marked(token.value, token.lineno)) if is_text else token


def origin(value: str) -> tuple[str, int]:
    """Return the file and the line that the attribute names."""
    name, _, line = value.rpartition(":")
    return unquote(name), int(line)


class _Marker:
    """Goes through a template's text; after each expression it goes on where it was."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._until = ""
        """What ends a stretch without markup."""
        self._tag = ""
        """The element whose tag is open."""
        self._quoted_by = ""

    def marked(self, text: str, line: int) -> str:
        return "".join(self._parts(text, line))

    def _parts(self, text: str, line: int) -> Iterator[str]:
        at = 0
        while at < len(text):
            end, found = self._next(text, at)
            yield text[at:end]
            if found:
                yield f" {ORIGIN}={self._file}:{line + text.count(chr(10), 0, end)}"
                yield " " if text[end : end + 1] == "/" else ""
            at = end

    def _next(self, text: str, at: int) -> tuple[int, bool]:
        """Return the end of the next stretch, and whether a mark belongs there."""
        if self._until:
            return self._to_markup(text, at), False
        if self._tag:
            return self._to_end_of_tag(text, at), False
        opening = _OPENING.search(text, at)
        if opening is None:
            return len(text), False
        name = (opening[2] or opening[0]).lower()
        if name == "<!--":
            self._until = _NO_MARKUP[name]
        else:
            self._tag = opening[1] + name
        return opening.end(), name != "<!--" and not opening[1]

    def _to_markup(self, text: str, at: int) -> int:
        end = text.lower().find(self._until, at)
        if end < 0:
            return len(text)
        self._until = ""
        return end

    def _to_end_of_tag(self, text: str, at: int) -> int:
        if self._quoted_by:
            end = text.find(self._quoted_by, at)
            self._quoted_by = "" if end >= 0 else self._quoted_by
            return end + 1 if end >= 0 else len(text)
        sign = _IN_TAG.search(text, at)
        if sign is None:
            return len(text)
        if sign[0] == ">":
            self._until, self._tag = _NO_MARKUP.get(self._tag, ""), ""
        else:
            self._quoted_by = sign[0]
        return sign.end()
