"""Every language says the same: a document that says less, or more, than its siblings is not published."""

from pathlib import Path

import pytest
import yaml
from conftest import Direct, Program, changed, contents, request_for, unshipped_desk

from briefgen.build import build
from briefgen.model.document import RenderedFile
from briefgen.model.findings import Finding, FindingsError
from briefgen.render.documents import differing_languages

TEMPLATES = Path(__file__).parents[2] / "templates"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace in three languages that publishes its full briefing on screen."""
    desk = unshipped_desk(tmp_path / "desk", "fr", "de")
    settings = desk / "briefgen.toml"
    settings.write_text(
        settings.read_text("utf-8") + 'formats = ["html"]\ndocuments = ["full-briefing"]\n', encoding="utf-8"
    )
    return desk


def own(desk: Path, name: str, old: str, new: str) -> None:
    """A template of the desk's own: the shipped one with a change."""
    path = desk / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((TEMPLATES / name).read_text(encoding="utf-8"), encoding="utf-8")
    changed(path, old, new)


def refused(desk: Path) -> list[str]:
    """Why nothing is published; what stood in out/ must stand as it was."""
    before = contents(desk / "out")
    with pytest.raises(FindingsError) as trouble:
        build(request_for(desk), Direct())
    assert contents(desk / "out") == before
    return [f"{finding.code} {finding.location} {finding.message}" for finding in trouble.value.findings]


def test_a_fact_dropped_in_one_language_is_named(desk: Path) -> None:
    edition = build(request_for(desk), Direct())
    assert {f"full-briefing.{code}.html" for code in ("en", "fr", "de")} <= {path.name for path in edition.files}
    included = '{% include "parts/" ~ name ~ ".html" %}'
    dropped = f'{{% if page.language != "fr" or name != "summits" %}}{included}{{% endif %}}'
    own(desk, "full-briefing.html", included, dropped)
    told = refused(desk)
    assert any(
        "L801" in each and "fact 'straits-summit' stands" in each and "full-briefing.fr.html" in each for each in told
    )
    assert not any("full-briefing.de.html" in each for each in told)


def test_a_value_said_twice_in_one_language_is_named(desk: Path) -> None:
    bottom = '{% include "parts/bottom-line.html" %}'
    own(desk, "parts/first-page.html", bottom, f'{bottom}{{% if page.language == "de" %}}{bottom}{{% endif %}}')
    told = refused(desk)
    assert any("value '5 billion USD' stands" in each and "full-briefing.de.html" in each for each in told)
    assert not any("fr.html" in each for each in told)


def test_the_program_says_so_and_leaves_with_1(desk: Path, program: Program) -> None:
    bottom = '{% include "parts/bottom-line.html" %}'
    own(desk, "parts/first-page.html", bottom, f'{{% if page.language != "fr" %}}{bottom}{{% endif %}}')
    done = program("build", at=desk)
    assert done.code == 1
    assert "full-briefing.fr.html: error L801 value '5 billion USD' stands " in done.err
    assert "help: look for what the template shows in one language only" in done.err
    assert not (desk / "out/sample/latest").exists()


def document(name: str, *marks: str) -> RenderedFile:
    return RenderedFile(name=name, content=b"", marks=marks)


def test_only_the_same_document_in_the_same_format_is_compared() -> None:
    same = [document("a.en.html", "fact x"), document("b.vi.html"), document("a.vi.pdf", "fact x", "fact x")]
    assert list(differing_languages(same)) == []
    assert list(differing_languages([])) == []


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        (("fact x",), "status 'open' stands once in a.en.html but not in a.vi.html"),
        (("status 'open'", "fact x", "fact x"), "fact x stands once in a.en.html but twice in a.vi.html"),
        (
            ("fact x", "status 'open'", "fact y", "fact y", "fact y"),
            "fact y stands not in a.en.html but 3 times in a.vi.html",
        ),
    ],
)
def test_each_difference_is_told(marks: tuple[str, ...], said: str) -> None:
    found = list(differing_languages([document("a.en.html", "fact x", "status 'open'"), document("a.vi.html", *marks)]))
    assert [finding.message for finding in found] == [said]


def test_order_does_not_matter() -> None:
    pair = [document("a.en.html", "fact x", "fact y"), document("a.vi.html", "fact y", "fact x")]
    assert list(differing_languages(pair)) == []


def test_a_fact_that_the_full_briefing_leaves_out_is_counted(desk: Path) -> None:
    """An office may leave out sections; what stood there is counted by kind, and on screen leads to its sources."""
    look = desk / "templates" / "look.yaml"
    shipped = yaml.safe_load((TEMPLATES / "look.yaml").read_text(encoding="utf-8"))["sections"]
    sections = [name for name in shipped if name != "relationship"]
    look.write_text(f"sections: {sections}\nfirst_page_rows: {{officeholders: 0}}\n", encoding="utf-8")
    edition = build(request_for(desk), Direct())
    for code, words in (("en", "Officeholders: 1"), ("fr", "Titulaires de fonctions\u202f: 1")):
        page = (edition.folder / f"full-briefing.{code}.html").read_text(encoding="utf-8")
        assert f'<span data-left-out="southland-minister">{words}</span>' in page
        assert '<li id="southland-minister">' in page


def test_what_it_neither_prints_nor_counts_is_told(desk: Path) -> None:
    own(desk, "parts/colophon.html", '{% include "parts/left-out.html" %}', "")
    (desk / "templates" / "look.yaml").write_text("first_page_rows: {officeholders: 0}\n", encoding="utf-8")
    (desk / "templates" / "parts" / "relationship.html").write_text("{# nothing #}", encoding="utf-8")
    notes: list[Finding] = []
    build(request_for(desk), Direct(), on_note=notes.append)
    told = [f"{note.location}: {note.message}" for note in notes if note.code == "L803"]
    assert told == [
        f"full-briefing.{code}.html: 1 fact neither printed nor counted: southland-minister"
        for code in ("en", "fr", "de")
    ]
