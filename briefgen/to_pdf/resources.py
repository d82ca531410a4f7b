"""What a document may load: files of the template folders, data URLs and the fonts of those folders, nothing else."""

import mimetypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative
from xml.sax.saxutils import escape

from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

SCHEME = "template"
uses_relative.append(SCHEME)  # so that `../fonts/x.ttf` in a style sheet is resolved like any address
uses_netloc.append(SCHEME)


class TemplateFiles(URLFetcher):  # type: ignore[misc] # the library ships no types
    """Serves files of the template folders and data URLs, and nothing else of this machine or any other."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        super().__init__(allowed_protocols=["data", SCHEME], fail_on_errors=True)
        self.folders = tuple(Path(folder) for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """A file by its template URL; FatalURLFetchingError for anything else."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        parts = urlsplit(url)
        name = unquote(parts.path).lstrip("/")
        path = next(self._candidates(name), None) if parts.scheme == SCHEME else None
        if path is None:
            raise FatalURLFetchingError(f"'{url}' is no file of the templates folder; documents load nothing else")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _candidates(self, name: str) -> Iterator[Path]:
        for folder in self.folders:
            path = (folder / name).resolve()
            if path.is_file() and path.is_relative_to(folder.resolve()):
                yield path


@lru_cache(maxsize=1)
def fonts(folders: tuple[str, ...]) -> FontConfiguration:
    """The fonts of the template folders and no others, whatever this machine has; one for the life of the worker."""
    with TemporaryDirectory() as scratch:
        settings = Path(scratch) / "fonts.conf"
        found = "".join(f"<dir>{escape(folder)}/fonts</dir>" for folder in folders)
        settings.write_text(f"<fontconfig>{found}<cachedir>{escape(scratch)}</cachedir></fontconfig>", encoding="utf-8")
        with _environment("FONTCONFIG_FILE", str(settings)):
            return FontConfiguration()


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    """A variable of the environment for a while; a library that reads it later finds what it found before."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        os.environ.pop(name)
        if before is not None:
            os.environ[name] = before
