"""Page -> PDF: the one door to WeasyPrint; tagged, PDF/UA-1 and PDF/A-3a in one file, the same bytes every time."""

from typing import Any

import weasyprint
from weasyprint.pdf import pydyf
from weasyprint.urls import FatalURLFetchingError

from briefgen import to_html
from briefgen.localise.labels import Label
from briefgen.model.job import Job, TemplateTrouble
from briefgen.model.page import Document
from briefgen.to_pdf.artifacts import mark_artifacts
from briefgen.to_pdf.attaching import attachment, name_files
from briefgen.to_pdf.cells import complete_cells
from briefgen.to_pdf.claims import claim_ua
from briefgen.to_pdf.complaints import complaints
from briefgen.to_pdf.links import describe_links
from briefgen.to_pdf.resources import SCHEME, TemplateFiles, fonts
from briefgen.to_pdf.slimming import slim
from briefgen.to_pdf.tags import index_ids
from briefgen.to_pdf.words import JOINER as JOINER
from briefgen.to_pdf.words import join_words as join_words

VARIANT = "pdf/a-3a"


def render(job: Job) -> Document:
    """The document as a PDF; TemplateTrouble where the engine refuses something."""
    markup = to_html.render_text(job, media="print")
    marks = to_html.marks_in(markup)
    with complaints() as heard:
        html = weasyprint.HTML(string=markup, base_url=f"{SCHEME}:///", url_fetcher=TemplateFiles(job.folders))
        if not (html.etree_element.findtext("head/title") or "").strip():
            raise TemplateTrouble(job.template, 0, "the document has no <title>, which every PDF/UA file must have")
        join_words(html.etree_element)
        try:
            laid_out = html.render(pdf_variant=VARIANT, font_config=fonts(job.folders))
            pages = len(laid_out.pages)
            if job.page_limit and pages > job.page_limit:
                return Document(name=job.name, content=b"", pages=pages, marks=marks)
            content = _written(laid_out, html, job)
        except FatalURLFetchingError as error:
            raise TemplateTrouble(job.template, 0, str(error)) from None
    if faults := heard.faults(strict=job.strict):
        raise TemplateTrouble(job.template, 0, "; ".join(faults))
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
