"""The pseudo-locale: what is not translated, or is clipped, is seen at once."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from conftest import Direct, Program, changed, contents, request_for
from hypothesis import given
from hypothesis import strategies as st

from briefgen.build import build
from briefgen.localise.labels import Label
from briefgen.model.facts import placeholders, without_placeholders
from briefgen.model.look import LINES
from briefgen.tools.languages import pseudo

ENGLISH = r"(?<![\w-])[A-Za-z]{3,}(?![\w-])"
LEFT_AS_THEY_ARE = {"billion", "October", "March", "November", "English", "briefgen"}
"""Values, the name of a language, that of the program."""


@given(st.text(st.sampled_from("aeiou BCdx {goal}{by:deadline}")))
def test_placeholders_stay_as_they_are(text: str) -> None:
    assert placeholders(pseudo(text)) == placeholders(text)
    assert pseudo(text).startswith("[")
    assert pseudo(text).endswith("]")


def test_texts_grow_by_a_third() -> None:
    plain = sum(len(without_placeholders(label)) for label in Label)
    strange = sum(len(without_placeholders(pseudo(label))) for label in Label)
    assert 1.3 < strange / plain < 1.45


@pytest.fixture
def copy(starter: Path, program: Program, tmp_path: Path) -> Path:
    done = program("translate", "pseudo", "--to", tmp_path / "copy", at=starter)
    assert (done.code, f"briefgen -C {tmp_path / 'copy'} build" in done.out) == (0, True)
    return tmp_path / "copy"


VOID = {"meta", "link", "br", "img", "wbr", "col", "hr", "input"}


class _Texts(HTMLParser):
    """Gathers what a reader of the language reads: nothing that is marked as English, no style and no code."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[bool] = [False]
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            foreign = dict(attrs).get("lang") in ("en", "en-GB")
            self.hidden.append(self.hidden[-1] or foreign or tag in ("style", "script", "title", "code"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.hidden.pop()

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden[-1] else data


def outside_brackets(markup: str) -> str:
    """What a reader sees besides texts in brackets; brackets may stand in brackets."""
    parser = _Texts()
    parser.feed(markup)
    text, last = parser.text, ""
    while text != last:
        last, text = text, re.sub(r"\[[^\[\]]*\]", " ", text)
    return text


def untranslated(workspace: Path) -> set[str]:
    edition = build(request_for(workspace, formats=("html",), languages=("xa",)), Direct())
    found = " ".join(outside_brackets(path.read_text("utf-8")) for path in edition.files if path.suffix == ".html")
    assert "[" not in found
    assert "]" not in found
    return set(re.findall(ENGLISH, found)) - LEFT_AS_THEY_ARE


def test_the_copy_is_faultless_and_says_nothing_in_plain_english(copy: Path, program: Program) -> None:
    assert program("check", at=copy).err == ""
    assert untranslated(copy) == set()


def test_a_text_that_no_catalog_has_is_seen(starter: Path, program: Program, tmp_path: Path) -> None:
    shipped = Path(__file__).parents[2] / "templates" / "at-a-glance.html"
    own = starter / "templates" / "at-a-glance.html"
    own.write_text(shipped.read_text("utf-8").replace("</main>", "Forgotten</main>"), encoding="utf-8")
    program("translate", "pseudo", "--to", tmp_path / "copy", at=starter)
    assert "Forgotten" in untranslated(tmp_path / "copy")


def test_the_workspace_itself_is_not_touched(starter: Path, program: Program, tmp_path: Path) -> None:
    before = contents(starter)
    program("translate", "pseudo", "--to", tmp_path / "copy", at=starter)
    assert contents(starter) == before


def test_the_lines_of_the_look_are_in_the_copy_too(starter: Path, program: Program, tmp_path: Path) -> None:
    lines = "".join(f"{key}:\n  en: For internal use\n" for key in LINES)
    look = f"{lines}colours:\n  accent: '#7a1f2b'\n"
    (starter / "templates" / "look.yaml").write_text(look, encoding="utf-8")
    assert program("translate", "pseudo", "--to", tmp_path / "copy", at=starter).code == 0
    written = (tmp_path / "copy" / "templates" / "look.yaml").read_text(encoding="utf-8")
    assert written.count(f"  xa: '{pseudo('For internal use')}'\n") == len(LINES)
    assert "#7a1f2b" in written
    assert program("check", at=tmp_path / "copy").code == 0


def test_an_earlier_copy_is_made_anew_and_nothing_else(starter: Path, copy: Path, program: Program) -> None:
    changed(starter / "facts/sample.yaml", "Open the ferry route all year round", "Keep the ferry route open")
    (copy / "facts" / "stale.yaml").write_text("no: facts\n", encoding="utf-8")
    assert program("translate", "pseudo", "--to", copy, at=starter).code == 0
    assert "Kéééép" in (copy / "facts/locale/xa.po").read_text("utf-8")
    assert not (copy / "facts" / "stale.yaml").exists()
    refused = program("translate", "pseudo", "--to", starter, at=starter)
    assert (refused.code, "W006 exists already and is not empty" in refused.err) == (1, True)
