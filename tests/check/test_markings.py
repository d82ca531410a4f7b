"""State classification markings are refused in any disguise, and with no override; sentences with such words pass."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from conftest import Read, said
from hypothesis import given
from hypothesis import strategies as st

import briefgen
from briefgen.check.look import folded, marking_in
from briefgen.localise.labels import Label
from briefgen.read.look import read_and_check_look, state_markings
from briefgen.read.workspace import find_workspace

LIST = Path(briefgen.__file__).parent / "read" / "state-markings.yaml"
WORDS = [word for words in yaml.safe_load(LIST.read_text("utf-8"))["markings"].values() for word in words]
BETWEEN = st.sampled_from(["", " ", "  ", "-", "\u2011", ".", "_", "\u00a0", "\u200b", "\t", "*", " . "])
AROUND = st.sampled_from(["", " ", "[", "]", "(", ")", "**", "- ", " -", "//", "\u3000", "【", "】"])


def wide(sign: str) -> str:
    """The same letter or digit at the width of a Korean syllable."""
    return chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign


WAYS: st.SearchStrategy[Callable[[str], str]] = st.sampled_from([str.upper, str.lower, str.title, str, wide])


def test_a_line_of_spaces_is_looked_through_once() -> None:
    """Ten times as many would take a hundred times as long."""
    assert marking_in(" " * 500_000 + "x", state_markings()) == ""


def test_k907_every_marking_of_the_list_is_refused() -> None:
    assert len(WORDS) > 100
    assert [text for text in WORDS if marking_in(text, state_markings()) != text] == []


@pytest.mark.parametrize(
    "text",
    [
        *("OFFICIAL", "OFFICIAL-SENSITIVE", "SECRET", "TOP SECRET", "CONFIDENTIAL", "RESTRICTED", "UNCLASSIFIED"),
        *("CUI", "SBU", "NOFORN", "Mật", "Tối mật", "Tuyệt mật", "대외비", "Ⅰ급비밀", "Ⅱ급비밀", "Ⅲ급비밀", "1급비밀"),
        *(
            "II급 비밀",
            "3 급 비 밀",
            "MẬT",
            "TỐI MẬT",
            "Ma\u0302\u0323t",
            "ＳＥＣＲＥＴ",
            "[secret]",
            "T.O.P. S.E.C.R.E.T.",
        ),
        *("SECRET//NOFORN", "Secret – for ministers only", "대외비(내부)", "For internal use / Mật", "S\u0332ECRET"),
        *("OFFICIAL - SENSITIVE", "Classification: SECRET", "Top\u200bSecret", "①급비밀"),
    ],
)
def test_k907_the_markings_that_the_rule_names(text: str) -> None:
    assert marking_in(text, state_markings())


@given(st.data(), st.sampled_from(WORDS))
def test_k907_any_variant_of_spacing_case_and_width_is_refused(data: st.DataObject, word: str) -> None:
    signs = [data.draw(WAYS)(sign) + data.draw(BETWEEN) for sign in word]
    text = data.draw(AROUND) + "".join(signs) + data.draw(AROUND)
    assert marking_in(text, state_markings()), text


@pytest.mark.parametrize(
    "text",
    [
        Label.PUBLIC_SOURCES.value,
        "Tổng hợp từ các nguồn công khai. Không phải văn bản chính thức của Chính phủ hai nước.",
        "공개 자료를 바탕으로 작성하였으며, 양국 정부의 공식 문서가 아닙니다.",
        *("For internal use", "Lưu hành nội bộ", "내부 검토용", "Official visit", "Not secret", "bí quyết", ""),
        *("For official visitors", "The Secretary's copy", "mật ong", "비밀번호 변경"),
    ],
)
def test_sentences_and_other_words_pass(text: str) -> None:
    assert marking_in(text, state_markings()) == ""


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_k907_in_the_handling_line_it_is_an_error_at_its_line(read: Read) -> None:
    _, findings = read("handling:\n  en: For internal use\n  vi: TỐI  MẬT\n", "en", "vi")
    (told,) = said(findings)
    assert told.startswith("templates/look.yaml:3:7 K907 'TỐI MẬT' is a state's classification marking; ")
    assert told.endswith("in your own words, such as 'For internal use'; there is no override")


@pytest.mark.parametrize("key", ["contact: {en: Secret}", "prepared_by: {en: 'C.U.I.'}"])
def test_k907_in_other_lines_too(key: str, read: Read) -> None:
    assert [each.code for each in read(f"{key}\n", "en")[1]] == ["K907"]


def test_k907_no_file_of_a_workspace_changes_the_list(read: Read, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "templates"):
        (folder / "state-markings.yaml").write_text("markings: {}\n", encoding="utf-8")
    assert [each.code for each in read("handling: {en: SECRET}\n", "en")[1]] == ["K907"]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("parts/own.html", "<p>fine</p>\n<p><b>OFFICIAL</b></p>", 2),
        ("parts/own.html", "<p>fine</p>\n<p>{{ page.x }} <b>대외비</b></p>", 2),
        ("style/own.css", '@page { @top-center { content: "Top Secret" } }', 1),
    ],
)
def test_k907_in_a_template_of_ones_own(name: str, text: str, line: int, read: Read, tmp_path: Path) -> None:
    read("")
    path = tmp_path / "templates" / name
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    _, findings = read_and_check_look(find_workspace(tmp_path), {}, ())
    assert [(str(each.location), each.code) for each in findings] == [(f"templates/{name}:{line}", "K907")]
    path.write_text(
        text.replace("OFFICIAL", "Official visit").replace("대외비", "대외").replace("Top ", "No top "), "utf-8"
    )
    assert read_and_check_look(find_workspace(tmp_path), {}, ())[1] == ()
