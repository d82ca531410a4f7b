"""Page -> PDF by WeasyPrint: tagged, PDF/UA-1 and PDF/A-3a in one file, the same bytes every time."""

import logging
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative
from xml.sax.saxutils import escape

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint import Attachment
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PROPERTIES
from weasyprint.pdf import pydyf
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefgen.files import file_in, read_file
from briefgen.localise.labels import Label
from briefgen.model.document import Job, Measures, RenderedFile, TemplateError
from briefgen.model.edition import NAME_KEY
from briefgen.model.findings import did_you_mean, errors
from briefgen.render import html as to_html
from briefgen.render.cascade import PAPER
from briefgen.render.documents import assets_hash, code_hash
from briefgen.render.markup import parsed
from briefgen.render.pdf_engine import quickened
from briefgen.render.pdf_layout import Reading, loosening, places
from briefgen.render.pdf_tags import LOGGER, complete_tags
from briefgen.render.pdf_words import JOINER, NO_BREAK, join_words, loosen, unwrap_values
from briefgen.render.pictures import UnusablePictureError, font_fault, picture_in
from briefgen.render.placement import misplaced, not_printed, pages_of
from briefgen.render.seen import hidden_findings, unseen
from briefgen.render.styles import is_property
from briefgen.render.workers import environment

SCHEME = "template"
uses_relative.append(SCHEME)  # so that `../fonts/x.ttf` in a style sheet is resolved like any address
uses_netloc.append(SCHEME)
VARIANT = "pdf/a-3a"
CODE = tuple(sorted(Path(__file__).parent.glob("pdf*.py")))


def render(job: Job) -> RenderedFile:
    """Return the document as a PDF; TemplateError where WeasyPrint refuses something."""
    markup = to_html.render_text(job, media="print")
    outlined = _describe(job, markup)
    with _engine(job, markup) as (html, log):
        if not (html.etree_element.findtext("head/title") or "").strip():
            to_html.refuse_empty(job, html.etree_element)
            hint = "write it into its <head>: <title>{{ page.masthead.title }}</title>"
            raise TemplateError(job.template, 0, "the document has no <title>, which every PDF/UA file must have", hint)
        laid_out, reading = _lay_out(html, job, pdf_variant=VARIANT)
        pages = len(laid_out.pages)
        _check_size(laid_out, job)
        root = html.etree_element
        marked_at = partial(to_html.marked_at, job, "print")
        hidden = hidden_findings(root, unseen(root, reading.seen), job, (PAPER,), marked_at)
        findings = (*hidden, *misplaced(reading.layout, job.name))
        if errors(findings) or (job.page_limit and pages > job.page_limit):
            return replace(outlined, pages=pages, findings=findings)
        content = _write(laid_out, html, job)
    if stopping := [*log.errors, *(log.warnings if job.strict else ())]:
        raise TemplateError(job.template, 0, "; ".join(stopping))
    findings = (*findings, *not_printed(reading.layout, pages_of(content), job.name))
    found = places(reading.layout) if job.traced else ()
    warned = tuple(log.warnings)
    return replace(outlined, content=content, pages=pages, warnings=warned, findings=findings, places=found)


def _check_size(laid_out: weasyprint.Document, job: Job) -> None:
    """Refuse pages that are larger than any sheet of paper."""
    for number, page in enumerate(laid_out.pages, 1):
        if max(page.width, page.height) > _LARGEST:
            size = f"{page.width * 25.4 / 96:,.0f} x {page.height * 25.4 / 96:,.0f} mm"
            message = f"page {number} would be {size} large; the limit is {_LARGEST * 25.4 / 96:,.0f} mm"
            raise TemplateError(job.template, 0, message, "look for @page { size: ... } in the style sheets")


_LARGEST = 1200 * 96 / 25.4
"""Pixels of 1/96 inch; the longer side of A0 has 1,189 mm."""


class _Page(weasyprint.HTML):  # type: ignore[misc]
    """A page for the engine, which would read it by a parser that takes twenty times as long."""

    def __init__(self, job: Job, markup: str) -> None:
        self.base_url, self.url_fetcher, self.media_type = f"{SCHEME}:///", TemplateFiles(job.folders), "print"
        self.wrapper_element = ElementWrapper.from_html_root(parsed(markup), content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def _lay_out(html: weasyprint.HTML, job: Job, **options: Any) -> tuple[weasyprint.Document, Reading]:
    """Return the pages and what was read of them; words that are wider than their lines break there.

    The engine's own `overflow-wrap` is of no use: within inline elements it breaks short words too, at the end of any
    line, and it breaks no word that has an inline element in it.
    """
    for _ in range(_ROUNDS):
        with loosening():
            document = html.render(font_config=fonts(job.folders), **options)
        reading = Reading(page._page_box for page in document.pages)
        loosened = [loosen(element, word) for element, word in reading.too_wide]
        if not any(loosened):
            break
    return document, reading


_ROUNDS = 4
"""Words that are bound together are parted first, then broken; and a change may make another word too wide. Most are
loosened within the first round already.
"""


def measure(job: Job) -> Measures:
    """Return the heights of the rows that the document may leave out; TemplateError where WeasyPrint refuses something.

    Rows are found by their ids, `row-ZONE-COLUMN-NUMBER`. The document is laid out on a page that is high enough for
    all of them, since a page break would leave room that belongs to no row.
    """
    with _engine(job, to_html.render_text(job, media="print")) as (html, _):
        tall = weasyprint.CSS(string="@page { height: 20000px !important }")
        page = _lay_out(html, job, stylesheets=[tall])[0].pages[0]
    box = page._page_box
    columns: dict[str, dict[str, list[float]]] = {}
    for name, (_, top, _, bottom) in page.anchors.items():
        if match := _ROW.fullmatch(name):
            columns.setdefault(match[1], {}).setdefault(match[2], []).append(bottom - top)
    end, pages = page.anchors.get("end-of-page"), job.page_limit or 1
    gaps = sum(block.tag != "p" for block in html.etree_element.findall(".//div[@class='front']/*"))
    return Measures(
        room=(box.style["size"][1] - box.margin_height() + box.height) * pages,
        needed=end[3] - box.margin_top if end else 0.0,
        gaps=gaps if pages == 1 else 0,  # of several, no one knows on which there is something left over
        rows={zone: tuple(map(tuple, found.values())) for zone, found in columns.items()},
        breaks=pages - 1,
    )


_ROW = re.compile(r"row-([a-z]+)-(\d+)-(\d+)")


def outline(job: Job) -> RenderedFile:
    """Return the document without its content: what it marks, and its fingerprint."""
    return _describe(job, to_html.render_text(job, media="print"))


def _describe(job: Job, markup: str) -> RenderedFile:
    data = job.attached.content if job.attached else b""
    engine = f"{weasyprint.__version__} {pango.pango_version()} {code_hash(CODE)}"
    return to_html.describe(job, markup, data, engine, assets_hash(job.folders))


def _write(laid_out: weasyprint.Document, html: weasyprint.HTML, job: Job) -> bytes:
    """Return the file's bytes, with what WeasyPrint has no option for."""

    def finish(document: Any, pdf: pydyf.PDF) -> None:
        pdf.info[NAME_KEY] = pydyf.String(job.name)
        if "AF" in pdf.catalog:  # WeasyPrint lists an attachment twice
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
        for item in pdf.objects:
            if isinstance(item, dict) and "Title" in item and "Dest" in item:  # a bookmark
                item["Title"].string = item["Title"].string.replace(JOINER, "").replace(NO_BREAK, " ")
        _add_pdfua_metadata(pdf)
        complete_tags(document, html.etree_element, pdf)

    return bytes(laid_out.write_pdf(pdf_variant=VARIANT, finisher=finish, attachments=list(_attachments(job))))


def _attachments(job: Job) -> Iterator[Attachment]:
    """Yield the briefing's data, dated by its day: the same bytes every time. WeasyPrint writes an object only once."""
    if job.attached:
        label, day = Label.DATA_FILE.value, datetime.combine(job.attached.day, time(), UTC)
        yield Attachment(
            string=job.attached.content,
            name=job.attached.name,
            description=job.page.labels.get(label, label),
            created=day,
            modified=day,
            relationship="Data",
        )


def _add_pdfua_metadata(pdf: pydyf.PDF) -> None:
    """Put the PDF/UA identification into the one RDF of the metadata: WeasyPrint writes that of one standard only."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    head, end, tail = packet.rpartition(b"</rdf:RDF>")
    if not end:
        raise RuntimeError("WeasyPrint wrote no RDF metadata to add the PDF/UA identification to")
    metadata.stream = [head + _PDFUA_IDENTIFICATION.encode() + end + tail]


_PDFUA_IDENTIFICATION = """\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">\
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


class _EngineLog(logging.Handler):
    """Collects what WeasyPrint logs, each message once: errors, which stop a document, and warnings."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message, unless it is a harmless one; a character that no font has is an error."""
        message, kept = record.getMessage(), self.errors if record.levelno >= logging.ERROR else self.warnings
        if message.startswith("Anchor defined twice"):
            return
        if sign := _NO_GLYPH.match(message):
            hint = "write it otherwise, or put a font that has it into templates/fonts"
            message, kept = f"no font has the sign {sign[1]}; {hint}", self.errors
            if sum(each.endswith(hint) for each in kept) == _MOST_SIGNS:
                return
        if unknown := _NO_PROPERTY.fullmatch(message):
            message = f"{unknown[1]}{unknown[3]}: {_unknown(unknown[2])}"
        if message not in kept:
            kept.append(message)


def _unknown(name: str) -> str:
    """Return what is said of a property that paper does not know."""
    if is_property(name):
        return f"'{name}' is for screens; paper does not know it"
    known = (each for each in {*INITIAL_VALUES, *PROPERTIES, *EXPANDERS} if isinstance(each, str))
    hint = did_you_mean(name, (each.replace("_", "-") for each in known))
    return f"'{name}' is no property" + (f"; {hint}" if hint else "")


_NO_PROPERTY = re.compile(r"(Ignored `\s*([\w-]+)\s*:.*?)\s*(` at \d+:\d+), unknown property\.?", re.DOTALL)


_MOST_SIGNS = 8
"""That a message has room for; more are of the same script, for which a font is missing."""
_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*?(\".*\" \(U\+[0-9A-F]+\))")


@contextmanager
def _engine(job: Job, markup: str) -> Iterator[tuple[weasyprint.HTML, _EngineLog]]:
    """Give the checked tree of a page, its words as they are on paper, and what the engine says of it meanwhile."""
    log = _EngineLog()
    LOGGER.addHandler(log)
    try:
        html = _Page(job, markup)
        to_html.check_markup(job, html.etree_element, media="print")
        unwrap_values(html.etree_element)
        join_words(html.etree_element)
        with quickened():
            yield html, log
    except FatalURLFetchingError as error:
        raise TemplateError(job.template, 0, str(error)) from None
    finally:
        LOGGER.removeHandler(log)


class TemplateFiles(URLFetcher):  # type: ignore[misc] # the library ships no types
    """Serves files of the template folders and data URLs, and nothing else of this machine or any other."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        super().__init__(allowed_protocols=["data", SCHEME], fail_on_errors=True)
        self.folders = tuple(Path(folder) for folder in folders)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return a file by its template URL; FatalURLFetchingError for anything else."""
        if url.startswith("data:"):
            return _as_picture(url, super().fetch(url, headers))
        parts = urlsplit(url)
        name = unquote(parts.path).lstrip("/")
        path = file_in(self.folders, name) if parts.scheme == SCHEME else None
        if path is None:
            named = name if parts.scheme == SCHEME else url
            raise FatalURLFetchingError(f"'{named}' is no file of the templates folder; documents load nothing else")
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        content = read_file(path)
        if fault := font_fault(content, path.suffix):
            raise FatalURLFetchingError(f"'{name}' {fault}")
        return _as_picture(url, URLFetcherResponse(url, content, {"Content-Type": kind}))


def _as_picture(url: str, response: URLFetcherResponse) -> URLFetcherResponse:
    """Return what was fetched, a picture without what is no part of it; FatalURLFetchingError if it is not usable."""
    kind = str(response.content_type)
    if not kind.startswith("image/"):
        return response
    try:
        return URLFetcherResponse(url, picture_in(response.read(), kind).content, {"Content-Type": kind})
    except UnusablePictureError as error:
        why, hint = error.args
        name = "a picture" if url.startswith("data:") else f"'{urlsplit(url).path.lstrip('/')}'"
        raise FatalURLFetchingError(f"{name} {why}; {hint}") from None


def fonts(folders: tuple[str, ...]) -> FontConfiguration:
    """Return a configuration with the fonts of the template folders, and no others of this machine."""
    return _fonts(folders, assets_hash(folders))


@lru_cache(maxsize=1)
def _fonts(folders: tuple[str, ...], _files: str) -> FontConfiguration:
    """Configure the fonts; once for the life of a worker, while their files are the same."""
    with TemporaryDirectory() as scratch:
        settings = Path(scratch) / "fonts.conf"
        found = "".join(f"<dir>{escape(folder)}/fonts</dir>" for folder in folders)
        settings.write_text(f"<fontconfig>{found}<cachedir>{escape(scratch)}</cachedir></fontconfig>", encoding="utf-8")
        with environment("FONTCONFIG_FILE", str(settings)):
            return FontConfiguration()
