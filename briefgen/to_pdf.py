"""Page -> PDF: the one door to WeasyPrint; tagged, PDF/UA-1 and PDF/A-3a in one file, the same bytes every time."""

import logging
import mimetypes
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import unquote, urlsplit, uses_netloc, uses_relative
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefgen import to_html
from briefgen.model.job import Job, TemplateTrouble
from briefgen.model.page import Document

SCHEME = "template"
uses_relative.append(SCHEME)  # so that `../fonts/x.ttf` in a style sheet is resolved like any address
uses_netloc.append(SCHEME)
JOINER = "\u2060"
_HANGUL = r"[\uac00-\ud7a3]"
_STICKS = r"[\w()\[\]{}「」『』“”‘’\"'%‰°·&+@#$€£¥₩₫~]"
"""What belongs to the word it touches; after a hyphen, a dash, a slash or a comma a line may break."""
_INSIDE_WORD = re.compile(f"(?<={_HANGUL})(?={_STICKS})|(?<={_STICKS})(?={_HANGUL})")
_NO_TEXT = {"style", "title", "script", "template"}
_INLINE = {"a", "abbr", "b", "cite", "data", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time", "wbr"}
_HARMLESS = ("Anchor defined twice",)
_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*?(\".*\" \(U\+[0-9A-F]+\))")

_UA_IDENTIFICATION = """\
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


def render(job: Job) -> Document:
    """The document as a PDF; TemplateTrouble where the engine refuses something."""
    markup = to_html.render_text(job, media="print")
    with _engine_log() as log:
        html = weasyprint.HTML(string=markup, base_url=f"{SCHEME}:///", url_fetcher=_TemplateFiles(job.folders))
        if not (html.etree_element.findtext("head/title") or "").strip():
            raise TemplateTrouble(job.template, 0, "the document has no <title>, which every PDF/UA file must have")
        join_words(html.etree_element)
        try:
            laid_out = html.render(pdf_variant="pdf/a-3a", font_config=_fonts(job.folders))
            pages, marks = len(laid_out.pages), to_html.marks_in(markup)
            if job.page_limit and pages > job.page_limit:
                return Document(name=job.name, content=b"", pages=pages, marks=marks)
            finisher = partial(_finish, html.etree_element)
            content = laid_out.write_pdf(pdf_variant="pdf/a-3a", finisher=finisher)
        except FatalURLFetchingError as error:
            raise TemplateTrouble(job.template, 0, str(error)) from None
    faults = [_sentence(record) for record in log.records if job.strict or _must_stop(record)]
    if faults:
        raise TemplateTrouble(job.template, 0, "; ".join(dict.fromkeys(faults)))
    return Document(name=job.name, content=bytes(content or b""), pages=pages, marks=marks)


def join_words(root: Element) -> None:
    """Put U+2060 inside the Korean words of a document, so that lines break between words only.

    The engine does not know `word-break: keep-all`; the joiner leaves no trace in text taken from the PDF. A word goes
    on across inline elements, such as a value and the particle after it; what is no text (titles, styles, attributes)
    is left alone.
    """
    before = ""
    for element, slot, text, fresh in _texts(root):
        joined = _INSIDE_WORD.sub(JOINER, ("" if fresh else before) + text)
        setattr(element, slot, joined.removeprefix("" if fresh else before))
        before = text[-1]


def _texts(element: Element) -> Iterator[tuple[Element, str, str, bool]]:
    """Every stretch of text in reading order, and whether a block boundary lies before it."""
    fresh = True
    stack = [(element, "open")]
    while stack:
        node, step = stack.pop()
        fresh = fresh or node.tag not in _INLINE
        text = node.text if step == "open" else node.tail
        if step == "open":
            inside = node.tag not in _NO_TEXT
            stack.append((node, "close"))
            stack += [(child, "open") for child in reversed(node)] if inside else []
            text = text if inside else ""
        if text:
            yield node, "text" if step == "open" else "tail", text, fresh
            fresh = False


class _TemplateFiles(URLFetcher):  # type: ignore[misc] # the library ships no types
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


class _Log(logging.Handler):
    """Gathers what the engine complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what is no harmless remark."""
        if not record.getMessage().startswith(_HARMLESS):
            self.records.append(record)


@contextmanager
def _engine_log() -> Iterator[_Log]:
    log, logger = _Log(), logging.getLogger("weasyprint")
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.removeHandler(log)


def _must_stop(record: logging.LogRecord) -> bool:
    """Errors of the engine, and signs that no font has; what is left is such as a property unknown to it."""
    return record.levelno >= logging.ERROR or bool(_NO_GLYPH.match(record.getMessage()))


def _sentence(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if sign := _NO_GLYPH.match(message):
        return f"no font has the sign {sign[1]}; write it otherwise, or put a font that has it into templates/fonts"
    return message


@lru_cache(maxsize=1)
def _fonts(folders: tuple[str, ...]) -> FontConfiguration:
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


def _finish(root: Element, _document: object, pdf: "weasyprint.pdf.pydyf.PDF") -> None:
    """What the engine has no option for."""
    _claim_ua(pdf)
    _tell_languages_of_cells(root, pdf)
    for item in pdf.objects:
        if isinstance(item, dict) and "Title" in item and "Dest" in item:
            item["Title"].string = item["Title"].string.replace(JOINER, "")


def _tell_languages_of_cells(root: Element, pdf: "weasyprint.pdf.pydyf.PDF") -> None:
    """Gives /Lang to table cells in another language than the page's (WCAG 3.1.2), which the engine leaves out.

    The cells stand in the tags as they stand in the markup; a table's header comes before its cells, once on each page.
    """
    tables = [(table, cell) for table in root.iter("table") for cell in table.iter("td")]
    tags = [item for item in pdf.objects if isinstance(item, dict) and item.get("S") in ("/TH", "/TD")]
    if sum(tag["S"] == "/TD" for tag in tags) != len(tables):
        logging.getLogger("weasyprint").warning("Languages of table cells are not told: cells are cut or hidden")
        return
    cells, heads = iter(tables), []
    for tag in tags:
        if tag["S"] == "/TH":
            heads.append(tag)
            continue
        table, cell = next(cells)
        _tell_language(tag, cell)
        for head, element in zip(heads, cycle(table.iter("th")), strict=False):
            _tell_language(head, element)
        heads = []


def _tell_language(tag: dict[str, object], element: Element) -> None:
    parts = [child.get("lang") for child in element if not (element.text or "").strip()]
    if lang := element.get("lang") or (parts[0] if len(parts) == 1 else None):
        tag["Lang"] = weasyprint.pdf.pydyf.String(lang)


def _claim_ua(pdf: "weasyprint.pdf.pydyf.PDF") -> None:
    """Adds the PDF/UA-1 claim to the metadata of the PDF/A-3a file, which the engine's variants keep apart."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    head, end, tail = packet.rpartition(b"</rdf:RDF>")
    if not end:
        raise RuntimeError("the PDF engine wrote no RDF metadata to add the PDF/UA claim to")
    metadata.stream = [head + _UA_IDENTIFICATION.encode() + end + tail]
