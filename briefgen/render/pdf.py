"""Page -> PDF: the one door to WeasyPrint; tagged, PDF/UA-1 and PDF/A-3a in one file, the same bytes every time."""

import mimetypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative
from xml.sax.saxutils import escape

import weasyprint
from weasyprint import Attachment
from weasyprint.pdf import pydyf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefgen.localise.labels import Label
from briefgen.model.edition import NAME_KEY
from briefgen.model.page import Attached, Document, Job, TemplateError
from briefgen.render import html as to_html
from briefgen.render.pdf_line_breaks import JOINER as JOINER
from briefgen.render.pdf_line_breaks import join_words as join_words
from briefgen.render.pdf_tags import claim_ua, complete_cells, describe_links, index_ids, mark_artifacts, slim
from briefgen.render.pdf_warnings import complaints

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


def attachment(attached: Attached, description: str) -> Attachment:
    """What the engine embeds; its days are fixed, so that the bytes repeat. One object serves one file."""
    day = datetime.combine(attached.day, time(), UTC)
    return Attachment(
        string=attached.content,
        name=attached.name,
        description=description,
        created=day,
        modified=day,
        relationship="Data",
    )


def name_files(pdf: pydyf.PDF, name: str) -> None:
    """Say which document this is, and list each attached file once, with its kind."""
    pdf.info[NAME_KEY] = pydyf.String(name)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


VARIANT = "pdf/a-3a"


def render(job: Job) -> Document:
    """The document as a PDF; TemplateError where the engine refuses something."""
    markup = to_html.render_text(job, media="print")
    marks = to_html.marks_in(markup)
    with complaints() as heard:
        html = weasyprint.HTML(string=markup, base_url=f"{SCHEME}:///", url_fetcher=TemplateFiles(job.folders))
        if not (html.etree_element.findtext("head/title") or "").strip():
            raise TemplateError(job.template, 0, "the document has no <title>, which every PDF/UA file must have")
        join_words(html.etree_element)
        try:
            laid_out = html.render(pdf_variant=VARIANT, font_config=fonts(job.folders))
            pages = len(laid_out.pages)
            if job.page_limit and pages > job.page_limit:
                return Document(name=job.name, content=b"", pages=pages, marks=marks)
            content = _written(laid_out, html, job)
        except FatalURLFetchingError as error:
            raise TemplateError(job.template, 0, str(error)) from None
    if faults := heard.faults(strict=job.strict):
        raise TemplateError(job.template, 0, "; ".join(faults))
    return Document(name=job.name, content=content, pages=pages, marks=marks)


def _written(laid_out: weasyprint.Document, html: weasyprint.HTML, job: Job) -> bytes:
    """The file's bytes, with what the engine has no option for."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        claim_ua(pdf)
        name_files(pdf, job.name)
        describe_links(document, pdf)
        complete_cells(html.etree_element, pdf)
        mark_artifacts(pdf)
        index_ids(pdf)
        _clean_bookmarks(pdf)
        slim(pdf)

    label = Label.DATA_FILE.value
    attached = [attachment(job.attached, job.page.labels.get(label, label))] if job.attached else []
    return bytes(laid_out.write_pdf(pdf_variant=VARIANT, finisher=finish, attachments=attached))


def _clean_bookmarks(pdf: pydyf.PDF) -> None:
    for item in pdf.objects:
        if isinstance(item, dict) and "Title" in item and "Dest" in item:
            item["Title"].string = item["Title"].string.replace(JOINER, "")
