"""Cells of a table in another language say so in the PDF's tags (WCAG 3.1.2), however the table breaks over pages."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from briefgen.model.document import Page, TemplateError
from briefgen.render import pdf as to_pdf

from .jobs import laid_out
from .pdfs import opened

HEAD = '<!DOCTYPE html><html lang="{{ page.lang }}"><head><title>t</title></head><body><h1>h</h1>'
ROWS = "".join(
    f'<tr><td>Name {number}</td><td lang="vi">Tên</td><td><span lang="ko">이름</span></td></tr>' for number in range(60)
)
TABLE = (
    '<table><thead><tr><th>English</th><th lang="vi">Tiếng Việt</th><th lang="ko">한국어</th></tr></thead>'
    f"<tbody>{ROWS}</tbody></table>"
)
PLAIN = "<table><thead><tr><th>Plain</th></tr></thead><tbody><tr><td>text</td></tr></tbody></table>"


def _languages(element: pikepdf.Object, tag: str) -> Iterator[str]:
    """The /Lang of every element of a kind in reading order; empty where it has none."""
    if isinstance(element, pikepdf.Array):
        for child in element:
            yield from _languages(child, tag)
    elif isinstance(element, pikepdf.Dictionary):
        if element.get("/S") == tag:
            yield str(element.get("/Lang", ""))
        if "/K" in element:
            yield from _languages(element.K, tag)


@pytest.fixture(scope="module")
def pdf(page: Page, tmp_path_factory: pytest.TempPathFactory) -> pikepdf.Pdf:
    """A document with a long table of three languages between two plain ones."""
    folder = tmp_path_factory.mktemp("languages")
    (folder / "tiny.html").write_text(f"{HEAD}{PLAIN}{TABLE}{PLAIN}</body></html>", encoding="utf-8")
    made: pikepdf.Pdf = opened(to_pdf.render(laid_out(page, folder, "pdf")).content)
    return made


HIDDEN = '<table style="display: none"><tbody><tr><td>a</td></tr></tbody></table>'
CUT = f"<table><tbody><tr><td lang='vi'>{'<p>a</p>' * 90}</td><td>b</td></tr></tbody></table>"


@pytest.mark.parametrize("body", [HIDDEN + PLAIN, PLAIN + HIDDEN, CUT, CUT + PLAIN])
def test_languages_are_left_out_where_cells_and_tags_do_not_go_together(body: str, page: Page, tmp_path: Path) -> None:
    (tmp_path / "tiny.html").write_text(f"{HEAD}{body}</body></html>", encoding="utf-8")
    with pytest.raises(TemplateError, match="a page break cuts cells, or some are hidden"):
        to_pdf.render(laid_out(page, tmp_path, "pdf", strict=True))
    document = to_pdf.render(laid_out(page, tmp_path, "pdf"))
    assert [warning.partition(":")[0] for warning in document.warnings] == [
        "Table cells are tagged without language and group"
    ]
    made = opened(document.content)
    assert set(_languages(made.Root.StructTreeRoot, "/TD")) == {""}


def test_each_cell_has_the_language_of_its_own_text(pdf: pikepdf.Pdf) -> None:
    assert list(_languages(pdf.Root.StructTreeRoot, "/TD")) == ["", *["", "vi", "ko"] * 60, ""]


def test_a_header_that_is_repeated_on_the_next_page_has_it_too(pdf: pikepdf.Pdf) -> None:
    heads = list(_languages(pdf.Root.StructTreeRoot, "/TH"))
    assert heads[0] == heads[-1] == ""
    assert heads[1:-1] == ["", "vi", "ko"] * ((len(heads) - 2) // 3)
    assert len(heads) > 5, "the table must break over pages for this to be seen"
