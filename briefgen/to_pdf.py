"""Page -> PDF: the one door to WeasyPrint; tagged, PDF/UA-1 and PDF/A-3a in one file, the same bytes every time."""

import logging
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from briefgen import to_html
from briefgen.model.job import Job, TemplateTrouble
from briefgen.model.page import Document

SCHEME = "template"
_HANGUL = re.compile(r"(?<=[\uac00-\ud7a3])(?=[\uac00-\ud7a3])")
_TAGS = re.compile(r"(<style\b.*?</style>|<title\b.*?</title>|<[^>]*>)", re.DOTALL)
_HARMLESS = ("Anchor defined twice",)

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
    markup = join_words(to_html.render_text(job, media="print"))
    with _engine_log() as log:
        html = weasyprint.HTML(string=markup, base_url=f"{SCHEME}:///", url_fetcher=_TemplateFiles(job.folders))
        try:
            content = html.write_pdf(
                pdf_variant="pdf/a-3a", finisher=_claim_ua, font_config=_fonts(), uncompressed_pdf=False
            )
        except FatalURLFetchingError as error:
            raise TemplateTrouble(f"{job.document}.html", 0, str(error)) from None
    if log.records and job.strict:
        raise TemplateTrouble(f"{job.document}.html", 0, "; ".join(dict.fromkeys(log.records)))
    return Document(name=job.name, content=bytes(content or b""))


def join_words(markup: str) -> str:
    """The markup with U+2060 between the Hangul syllables of a word, so that lines break between words only.

    The engine does not know `word-break: keep-all`; the joiner leaves no trace in text taken from the PDF. Text in
    tags, titles and style sheets is left alone.
    """
    parts = _TAGS.split(markup)
    return "".join(part if number % 2 else _HANGUL.sub("\u2060", part) for number, part in enumerate(parts))


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
        path = next((found for found in self._candidates(name)), None) if parts.scheme == SCHEME else None
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
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps the sentence."""
        message = record.getMessage()
        if not message.startswith(_HARMLESS):
            self.records.append(message)


@contextmanager
def _engine_log() -> Iterator[_Log]:
    log, logger = _Log(), logging.getLogger("weasyprint")
    logger.addHandler(log)
    try:
        yield log
    finally:
        logger.removeHandler(log)


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """One for the life of the worker: fonts are read once."""
    return FontConfiguration()


def _claim_ua(_document: object, pdf: "weasyprint.pdf.pydyf.PDF") -> None:
    """Adds the PDF/UA-1 claim to the metadata of the PDF/A-3a file, which the engine's variants keep apart."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in metadata.stream)
    head, end, tail = packet.rpartition(b"</rdf:RDF>")
    if not end:
        raise RuntimeError("the PDF engine wrote no RDF metadata to add the PDF/UA claim to")
    metadata.stream = [head + _UA_IDENTIFICATION.encode() + end + tail]
