"""What the finishing touches give a PDF, and that each check of them sees its loss."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from briefgen.model.document import Attached, Job, Page
from briefgen.render import pdf as to_pdf
from briefgen.render import pdf_tags

from .conformance import faults, tags_of
from .jobs import laid_out
from .pdfs import opened, text_of

DATA = b'{"facts": []}\n'
ATTACHED = Attached(name="briefing.json", content=DATA, day=date(2026, 11, 21))
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' width='9' height='9'><title>square</title></svg>"
STYLE = "<style>@page { @bottom-right { content: 'page ' counter(page) ' of ' counter(pages) } }</style>"
TABLE = (
    "<table><thead><tr><th scope=col>What</th><th scope=col>Due</th></tr></thead>"
    "<tbody><tr><th scope=rowgroup colspan=2>Trade</th></tr><tr><td>a</td><td>b</td></tr></tbody>"
    "<tbody><tr><th scope=rowgroup colspan=2>Culture</th></tr><tr><th scope=row>c</th><td>d</td></tr></tbody></table>"
)
BODY = (
    "<h1 id=one>First</h1><p>Text, <a href='#two'>on to the <!-- -->second</a>, <a href='https://example.org/x'>"
    f"the source</a></p><ul><li>one</li></ul>{SQUARE}{TABLE}<h2 id=two style='break-before: page'>한국의 정상회의</h2>"
    "<p>Text <a href='#one' aria-label='back to the start'>↑</a></p>"
)
MARKUP = (
    f"<!DOCTYPE html><html lang='{{{{ page.lang }}}}'><head><title>t</title>{STYLE}</head><body>{BODY}</body></html>"
)


@pytest.fixture(scope="module")
def job(page: Page, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """A document with a bit of everything."""
    folder = tmp_path_factory.mktemp("conformance")
    (folder / "tiny.html").write_text(MARKUP.replace("↑", "up"), encoding="utf-8")
    return laid_out(page, folder, "pdf", attached=ATTACHED, strict=True)


@pytest.fixture(scope="module")
def content(job: Job) -> bytes:
    """Its PDF."""
    return to_pdf.render(job).content


@pytest.fixture
def pdf(content: bytes) -> Any:
    """Its objects, to be spoilt."""
    return opened(content)


def _tag(pdf: Any, kind: str) -> Any:
    return next(tag for tag in tags_of(pdf) if kind == tag.S)


def _link(pdf: Any) -> Any:
    return pdf.pages[0].obj.Annots[0]


def test_nothing_is_missing(pdf: Any) -> None:
    assert faults(pdf) == []


def test_links_say_their_own_words(pdf: Any) -> None:
    words = [str(link.Contents) for page in pdf.pages for link in page.obj.Annots]
    assert words == ["on to the second", "the source", "back to the start"]


def test_cells_know_the_header_of_their_group(pdf: Any) -> None:
    cells = [tag for tag in tags_of(pdf) if tag.S in ("/TH", "/TD")]
    words = dict(zip(("What", "Due", "Trade", "a", "b", "Culture", "c", "d"), cells, strict=True))
    heads = {bytes(cell.ID): word for word, cell in words.items() if "/ID" in cell}
    found = {word: [heads[bytes(id)] for id in cell.A.Headers] for word, cell in words.items() if cell.S == "/TD"}
    assert found == {"a": ["Trade", "What"], "b": ["Trade", "Due"], "d": ["Culture", "c", "Due"]}
    scopes = {word: str(cell.A.Scope) for word, cell in words.items() if cell.S == "/TH"}
    assert [word for word, scope in scopes.items() if scope == "/Row"] == ["c"]


def test_the_data_are_attached_with_their_days(pdf: Any, page: Page) -> None:
    (file,) = pdf.Root.AF
    assert file.EF.F.read_bytes() == DATA
    assert (str(file.UF), str(file.Desc)) == ("briefing.json", "The facts of this briefing as data, for programs")
    assert {str(file.EF.F.Params[key]) for key in ("/CreationDate", "/ModDate")} == {"D:20261121000000Z"}
    assert str(pdf.docinfo["/BriefgenName"]) == f"tiny.{page.language}.pdf"


def test_the_description_is_in_the_language_of_the_document(job: Job) -> None:
    english = "The facts of this briefing as data, for programs"
    page = replace(job.page, labels={**job.page.labels, english: "사실 데이터"})
    pdf = opened(to_pdf.render(replace(job, page=page)).content)
    (file,) = pdf.Root.AF
    assert str(file.Desc) == "사실 데이터"


def test_the_same_bytes_every_time(job: Job, content: bytes) -> None:
    assert to_pdf.render(job).content == content


@pytest.mark.parametrize(
    "style",
    ["ul, li { display: inline }", "li { display: inline-block }", "li { color: black }"],
)
def test_a_list_in_a_line_is_no_list_without_items(style: str, page: Page, tmp_path: Path) -> None:
    items = "<ul><li>one</li> <li><a href='https://example.org/x'>two</a></li></ul>"
    markup = MARKUP.replace("<ul><li>one</li></ul>", items).replace("<style>", f"<style>{style} ").replace("↑", "up")
    (tmp_path / "tiny.html").write_text(markup, encoding="utf-8")
    pdf = opened(to_pdf.render(laid_out(page, tmp_path, "pdf", attached=ATTACHED, strict=True)).content)
    assert faults(pdf) == []
    assert ("/LI" in {str(tag.S) for tag in tags_of(pdf)}) == ("color" in style)


def test_elements_that_mean_nothing_are_taken_out(job: Job, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen reader comes from a paragraph straight to its text; what is said stays the same."""

    def kinds(pdf: Any) -> set[str]:
        return {str(tag.S) for tag in tags_of(pdf)}

    pdf = opened(content)
    assert not {"/NonStruct", "/Span"} & kinds(pdf)
    assert isinstance(_tag(pdf, "/P").K[0], int)
    monkeypatch.setattr(pdf_tags, "_simplify", lambda *_: None)
    full = to_pdf.render(job).content
    assert {"/NonStruct", "/Span"} <= kinds(opened(full))
    assert text_of(full) == text_of(content)


def _spoilt(key: str, value: Any = None) -> Callable[[Any], None]:
    """Sets or takes away a key of an object."""

    def spoil(item: Any) -> None:
        if value is None:
            del item[key]
        else:
            item[key] = value

    return spoil


def _packet(pdf: Any, old: bytes, new: bytes) -> None:
    metadata = pdf.Root.Metadata
    assert old in metadata.read_bytes()
    metadata.write(metadata.read_bytes().replace(old, new), type_check=False)


def _drawing(pdf: Any, old: bytes, new: bytes) -> None:
    drawing = pdf.pages[0].Contents
    assert old in drawing.read_bytes()
    drawing.write(drawing.read_bytes().replace(old, new, 1))


def _pieces(pdf: Any) -> Any:
    """The elements that hold the pieces of the first page."""
    return pdf.Root.StructTreeRoot.ParentTree.Nums[1]


def _descriptor(pdf: Any) -> Any:
    return next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item)


def _composite(pdf: Any) -> Any:
    return next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item)


NAME, STRING, DICTIONARY = pikepdf.Name, pikepdf.String, pikepdf.Dictionary
SPOILT: list[tuple[str, Callable[[Any], Any]]] = [
    ("no claim to PDF/A-3a", lambda pdf: _packet(pdf, b'part="3"', b'part="2"')),
    ("no claim to PDF/UA-1", lambda pdf: _packet(pdf, b"<pdfuaid:part>1", b"<pdfuaid:part>2")),
    ("one RDF", lambda pdf: _packet(pdf, b"</x:xmpmeta>", b"<rdf:RDF></rdf:RDF></x:xmpmeta>")),
    ("no language", lambda pdf: _spoilt("/Lang")(pdf.Root)),
    ("not said to be tagged", lambda pdf: _spoilt("/MarkInfo")(pdf.Root)),
    ("not its title", lambda pdf: _spoilt("/ViewerPreferences")(pdf.Root)),
    ("no title", lambda pdf: _spoilt("/Title")(pdf.docinfo)),
    ("no output intent", lambda pdf: _spoilt("/OutputIntents")(pdf.Root)),
    ("no bookmarks", lambda pdf: _spoilt("/Outlines")(pdf.Root)),
    ("with joiners", lambda pdf: _spoilt("/Title", STRING("한\u2060국"))(pdf.Root.Outlines.First)),
    ("tab key", lambda pdf: _spoilt("/Tabs")(pdf.pages[1].obj)),
    ("each once", lambda pdf: pdf.Root.AF.append(pdf.Root.AF[0])),
    ("each once", lambda pdf: _spoilt("/AF")(pdf.Root)),
    ("that it is data", lambda pdf: _spoilt("/AFRelationship", NAME("/Source"))(pdf.Root.AF[0])),
    ("of which kind", lambda pdf: _spoilt("/Subtype", NAME("/text#2fplain"))(pdf.Root.AF[0].EF.F)),
    ("without name or description", lambda pdf: _spoilt("/Desc", STRING(""))(pdf.Root.AF[0])),
    ("without days", lambda pdf: _spoilt("/ModDate")(pdf.Root.AF[0].EF.F.Params)),
    ("say in words", lambda pdf: _spoilt("/Contents", STRING("two"))(_link(pdf))),
    ("say in words", lambda pdf: _spoilt("/Contents")(_link(pdf))),
    ("nowhere", lambda pdf: _spoilt("/Dest", STRING("three"))(_link(pdf))),
    ("outside the tags", lambda pdf: _spoilt("/StructParent")(_link(pdf))),
    ("not printed", lambda pdf: _spoilt("/F", 0)(_link(pdf))),
    ("list each once", lambda pdf: _spoilt("/IDTree")(pdf.Root.StructTreeRoot)),
    ("list each once", lambda pdf: _spoilt("/ID")(_tag(pdf, "/TH"))),
    ("leads elsewhere", lambda pdf: pdf.Root.StructTreeRoot.IDTree.Kids[0].Names.__setitem__(1, _tag(pdf, "/P"))),
    ("other limits", lambda pdf: pdf.Root.StructTreeRoot.IDTree.Kids[0].Limits.__setitem__(0, STRING("z"))),
    ("not sorted", lambda pdf: pdf.Root.StructTreeRoot.IDTree.Kids.append(pdf.Root.StructTreeRoot.IDTree.Kids[0])),
    ("what it heads", lambda pdf: _spoilt("/Scope")(_tag(pdf, "/TH").A)),
    ("cell without headers", lambda pdf: _spoilt("/Headers")(_tag(pdf, "/TD").A)),
    ("one that is nowhere", lambda pdf: _tag(pdf, "/TD").A.Headers.append(STRING("x"))),
    ("something else in it than items", lambda pdf: _spoilt("/S", NAME("/Span"))(_tag(pdf, "/LI"))),
    ("figure without words", lambda pdf: _spoilt("/Alt")(_tag(pdf, "/Figure"))),
    ("neither tagged nor an artifact", lambda pdf: _drawing(pdf, b"/Artifact\n<</Type /Pagination>>\nBDC", b"/X\nBMC")),
    ("no element of the tree holds", lambda pdf: _drawing(pdf, b"/MCID 0>>", b"/MCID 999>>")),
    ("outside the tree holds a piece", lambda pdf: _pieces(pdf).__setitem__(0, pdf.Root.StructTreeRoot)),
    ("its element does not know", lambda pdf: _spoilt("/K", pikepdf.Array())(_tag(pdf, "/H1"))),
    ("a sign that no font has", lambda pdf: _drawing(pdf, b"BT\n", b"BT\n[<0000>] TJ\n")),
    ("the page's number is read out", lambda pdf: _drawing(pdf, b"/Type /Pagination", b"/Type /Layout")),
    ("not on the list", lambda pdf: _spoilt("/FontName", NAME("/ABCDEF+Arial"))(_descriptor(pdf))),
    ("not embedded", lambda pdf: _spoilt("/FontFile2")(_descriptor(pdf))),
    ("copied as text", lambda pdf: _spoilt("/ToUnicode")(_composite(pdf))),
    ("when it is opened", lambda pdf: _spoilt("/OpenAction", DICTIONARY(S=NAME("/GoTo")))(pdf.Root)),
    ("does something", lambda pdf: _spoilt("/A", DICTIONARY(S=NAME("/Launch")))(_link(pdf))),
    ("no web address", lambda pdf: _spoilt("/URI", STRING("file:///x"))(pdf.pages[0].obj.Annots[1].A)),
]


@pytest.mark.parametrize(("fault", "spoil"), SPOILT, ids=[f"{at}-{fault}" for at, (fault, _) in enumerate(SPOILT)])
def test_each_check_sees_what_it_is_for(fault: str, spoil: Callable[[Any], Any], pdf: Any) -> None:
    spoil(pdf)
    assert [each for each in faults(pdf) if fault in each]
