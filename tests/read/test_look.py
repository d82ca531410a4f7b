"""`look.yaml`: laid over the shipped one key by key, and each mistake told at its line with the nearest right word."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from conftest import PROJECT, Read, said, shipped_look

from briefgen import read
from briefgen.model.look import LookFile
from briefgen.read import LOOK_SCHEMA
from briefgen.read.look import read_look
from briefgen.read.validate import schema_text
from briefgen.read.workspace import find_workspace

SECTIONS = (
    *("last-talks", "relationship", "fields", "follow-up", "targets", "summits", "open-questions", "change-sheet"),
    *("register", "earlier", "timeline", "earlier-officeholders", "names", "sources", "colophon"),
)


def test_the_shipped_look_is_faultless_and_says_nothing_of_any_desk(read: Read) -> None:
    look, findings = read("")
    assert look == shipped_look()
    assert findings == ()
    assert look is not None
    assert (look.sections, look.page_limits) == (SECTIONS, {"at-a-glance": 1})
    assert (look.handling, look.embargo, look.logo, look.contact, look.prepared_by) == ({}, None, None, {}, {})
    assert (look.distribution, look.reader) == ({}, {})


def test_the_committed_schema_is_current() -> None:
    committed = (PROJECT / "templates" / LOOK_SCHEMA).read_text(encoding="utf-8")
    assert committed == schema_text(LookFile), "write it anew with briefgen.read.validate.schema_text"


def test_every_line_that_is_offered_in_the_shipped_file_can_be_used_as_it_is(read: Read, tmp_path: Path) -> None:
    """Taking the # away is all it needs."""
    text = (PROJECT / "templates" / "look.yaml").read_text(encoding="utf-8")
    (tmp_path / "templates" / "logo.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>', encoding="utf-8"
    )
    look, findings = read(text.replace("\n#  ", "\n  "), "en", "vi", "ko")
    assert findings == ()
    assert look is not None
    assert look.handling["en"] == "For internal use"
    assert look.distribution["en"] == "Ministers' offices; embassies"
    assert look.reader == {"en": "KR"}
    assert look.embargo is not None
    assert look.logo is not None


def test_k915_every_measure_that_is_too_large_is_told(read: Read) -> None:
    found = said(
        read("paper: {margins: {left: 60}}\nfirst_page_rows: {due: 99}\ncolumn_widths: {rows: {how: 95}}\n")[1]
    )
    assert [each.split(" -> ")[0].rpartition(" K915 ")[2] for each in found] == [
        "'left' cannot be 60",
        "'due' cannot be 99",
        "the columns of 'rows' take 95 % of its width, which leaves nothing for the others",
        "'how' cannot be 95",
    ]


def test_k916_a_class_of_a_template_of_ones_own_is_known(read: Read, tmp_path: Path) -> None:
    look = "column_widths: {ours: {weight: 20}}\n"
    assert len(said(read(look)[1])) == 2
    part = tmp_path / "templates" / "parts" / "ours.html"
    part.parent.mkdir()
    part.write_text('<table class="plain ours"><tr><th class="weight">x</th></tr></table>', encoding="utf-8")
    assert said(read(look)[1]) == []


def test_a_watermark_may_be_the_same_in_every_language(read: Read) -> None:
    look, findings = read("watermark: {default: 123}\npaper: {size: Letter}\n", "en", "vi", "ko")
    assert findings == ()
    assert look is not None
    assert (look.watermark, look.paper.size, look.paper.text_width) == ({"default": "123"}, "Letter", 180)
    assert look.paper.top == shipped_look().paper.top


def test_a_look_of_ones_own_says_only_what_it_changes(read: Read) -> None:
    look, findings = read('colours:\n  accent: "#7A1F2B"\nhandling:\nsections: [sources, open-questions, colophon]\n')
    assert findings == ()
    assert look is not None
    assert look.colours.accent == "#7a1f2b"
    assert look.colours.ink == shipped_look().colours.ink
    assert look.sections == ("sources", "open-questions", "colophon")
    assert look.page_limits == {"at-a-glance": 1}


MISTAKES = {
    "paper: letter\n": ":1:8 F004 'paper': lines of 'key: value' are expected here -> write it like paper: {size: ...}",
    "paper: {size: letter}\n": ":1:15 F004 'letter' is none of: A4, Letter -> did you mean 'Letter'?",
    "paper: {margin: {top: 20}}\n": ":1:9 F002 the key 'margin' is not known here -> did you mean 'margins'?",
    "paper:\n  margins: {top: 5}\n": ":2:18 K915 'top' cannot be 5 -> write a number from 12 to 50",
    "paper:\n  margins: {left: 15 mm}\n": (
        ":2:19 F004 'left': a whole number is expected here -> in millimetres, without a unit: left: 15"
    ),
    "paper: {margins: {top: 2cm}}\n": (
        ":1:24 F004 'top': a whole number is expected here -> in millimetres, without a unit: top: 20"
    ),
    "paper: {margins: {top: 0.8in}}\n": (
        ":1:24 F004 'top': a whole number is expected here -> in millimetres, without a unit: top: 20"
    ),
    "paper: {margins: {top: '1,5 cm'}}\n": (
        ":1:24 F004 'top': a whole number is expected here -> in millimetres, without a unit: top: 15"
    ),
    "paper: {size: 210mm x 297mm}\n": ":1:15 F004 '210mm x 297mm' is none of: A4, Letter -> known here: A4, Letter",
    "first_page_rows: {figures: 7}\n": ":1:28 K915 'figures' cannot be 7 -> write a number from 1 to 6",
    "first_page_rows: {figurs: 4}\n": ":1:19 F002 the key 'figurs' is not known here -> did you mean 'figures'?",
    "column_widths: {rows: {how: 0}}\n": ":1:29 K915 'how' cannot be 0 -> write a number from 1 to 90",
    "paper: {margins: {top: 2.5}}\n": (
        ":1:24 F004 'top': a whole number is expected here -> without a fraction: top: 2"
    ),
    "paper: {margins: {top: '20,5'}}\n": (
        ":1:24 F004 'top': a whole number is expected here -> without a fraction: top: 20"
    ),
    "logo:\nfile: logo.svg\n": (
        ":2:1 F002 the key 'file' is not known here -> 'file' stands below 'logo': logo: {file: ...}"
    ),
    "watermark: Working copy\n": (
        ":1:12 F004 'watermark': lines of 'key: value' are expected here"
        " -> write it like watermark: {default: Working copy}"
    ),
    "handling: For internal use\n": (
        ":1:11 F004 'handling': lines of 'key: value' are expected here"
        " -> write it in each language, a line each below 'handling:', such as '  en: For internal use'"
    ),
    "column_widths: {rows: {how: 50, when: 50}}\n": (
        ":1:17 K915 the columns of 'rows' take 100 % of its width, which leaves nothing for the others"
        " -> write shares of 90 or less together"
    ),
    "column_widths: {rows: {whenn: 20}}\n": (
        ":1:24 K916 no template has a column of the class 'whenn' -> did you mean 'when'?"
    ),
    "column_widths: {follow-up: {when: 20}}\n": (":1:17 K916 no template has a table of the class 'follow-up' -> "),
    "column_widths: {timelin: {when: 20}}\n": (
        ":1:17 K916 no template has a table of the class 'timelin' -> did you mean 'timeline'?"
    ),
    "footer: [kind, disclamer]\n": ":1:16 K916 the footer has no 'disclamer' -> did you mean 'disclaimer'?",
    "footer: [disclaimer, kind, kind]\n": ":1:28 K916 'kind' stands here twice -> keep one of them",
    "footer: [kind]\n": (
        ":1:1 K916 'disclaimer' may not be left out: it says that the briefing is no official document"
        " -> add a line '- disclaimer'"
    ),
    "watermark: Draft\n": ":1:12 F004 'watermark': lines of 'key: value' are expected here -> ",
    "watermark: {default: Incomprehensibilities}\n": (
        ":1:22 K915 the watermark is too long for a page -> write a few short words, such as 'Draft'"
    ),
    "watermark: {vi: Bản làm việc}\n": ":1:1 K906 'watermark' has no text in: en, ko -> add a line 'en: ...' below it",
    "watermark: {en: Draft, vn: Bản nháp, kr: 초안}\n": (
        ":1:1 K906 'watermark' has no text in: vi, ko -> did you mean 'vi' by 'vn'?; did you mean 'ko' by 'kr'?"
    ),
    "watermark: {default: Secret}\n": ":1:22 K907 'Secret' is a state's classification marking; a paper made from",
    "colors:\n  accent: '#123456'\n": ":1:1 F002 the key 'colors' is not known here -> did you mean 'colours'?",
    "colours:\n  acent: '#123456'\n": ":2:3 F002 the key 'acent' is not known here -> did you mean 'accent'?",
    "colours:\n  accent '#123456'\n": (
        ":2:3 F004 'colours': lines of 'key: value' are expected here"
        " -> write a colon behind 'accent': accent: '#123456'"
    ),
    "contact: desk@example.org\n": (
        ":1:10 F004 'contact': lines of 'key: value' are expected here"
        " -> write it in each language, a line each below 'contact:', such as '  en: desk@example.org'"
    ),
    "contact:\n  - en: a\n  - vi: b\n  - ko: c\n": (
        ":2:3 F004 'contact': lines of 'key: value' are expected here -> take the '- ' in front of its lines away"
    ),
    "column_widths: {past: {when: 14%}}\n": (
        ":1:30 F004 'when': a whole number is expected here -> in percent, without the sign: when: 14"
    ),
    "colours:\n  accent:'#123456'\n": (
        ":2:3 F004 'colours': lines of 'key: value' are expected here"
        " -> write a blank behind the colon: accent: '#123456'"
    ),
    "sections:\n  -summits\n  -sources\n": (
        ":2:3 F004 'sections': a list is expected here: [one, two], or a line with '- ' for each entry"
        " -> write a blank behind each - that begins an entry"
    ),
    "footer_text: {en: <b>x</b> &nbsp;, vi: x, ko: x}\n": (
        ":1:19 F004 'footer_text' has &nbsp;, </b>, <b>, which would be printed as it stands -> write plain text"
    ),
    f"contact: {{en: {'a b ' * 100}, vi: x, ko: x}}\n": (
        ":1:15 F004 'contact' has 399 signs, more than the foot of a page has room for -> write 300 or less"
    ),
    "fonts: {kr: Pretendard}\n": (":1:9 K906 'kr' is none of the languages here -> did you mean 'ko' by 'kr'?"),
    "colours: {paper: '#000000'}\n": (
        ":1:18 K901 on the paper #000000 these stand out too little: ink, muted, accent, link, passed, open, done"
        " -> take a lighter paper, or write these colours lighter too"
    ),
    "fonts: Pretendard\n": (
        ":1:8 F004 'fonts': lines of 'key: value' are expected here -> write it like fonts: {default: Pretendard}"
    ),
    "page_limits: 1\n": (
        ":1:14 F004 'page_limits': lines of 'key: value' are expected here"
        " -> write it like page_limits: {at-a-glance: 1}"
    ),
    "logo: {file: a.svg, text: Ministry}\n": (
        ":1:27 F004 'text': lines of 'key: value' are expected here"
        " -> write it in each language, a line each below 'text:', such as '  en: Ministry'"
    ),
    "logo: logo.svg\n": (
        ":1:7 F004 'logo': lines of 'key: value' are expected here -> write it like logo: {file: ...}"
    ),
    "accent: '#123456'\n": (
        ":1:1 F002 the key 'accent' is not known here -> 'accent' stands below 'colours': colours: {accent: ...}"
    ),
    "page_size: Letter\n": (
        ":1:1 F002 the key 'page_size' is not known here -> 'size' stands below 'paper': paper: {size: ...}"
    ),
    "colours:\n  accent: red\n": (
        ":2:11 F004 'red' is no colour; colours are # and six digits or letters from a to f, in quotes: \"#12436d\" -> "
    ),
    "colours:\n  accent: 7A1F2B\n": (
        ":2:11 F004 '7A1F2B' is no colour; colours are # and six digits or letters from a to f, "
        'in quotes: "#7a1f2b" -> '
    ),
    "colours:\n  accent: '#813'\n": (
        ":2:11 F004 '#813' is no colour; colours are # and six digits or letters from a to f, "
        'in quotes: "#881133" -> '
    ),
    "colours:\n  accent: rgb(10, 20, 30)\n": (
        ":2:11 F004 'rgb(10, 20, 30)' is no colour; colours are # and six digits or letters from a to f, "
        'in quotes: "#0a141e" -> '
    ),
    "colours:\n  accent: '#7a1f2bff'\n": (
        ":2:11 F004 '#7a1f2bff' is no colour; colours are # and six digits or letters from a to f, "
        'in quotes: "#7a1f2b" -> '
    ),
    "colours:\n  accent: #12436d\n": (
        ":2:3 F004 'accent' says no colour -> write it in quotes, as \"#12436d\": behind a bare # stands a remark"
    ),
    "colours: blue\n": ":1:10 F004 'colours': lines of 'key: value' are expected here -> ",
    'logo:\n  file: "C:\\Users\\logo.svg"\n': (
        ":2:14 Y002 is no valid YAML: did not find expected hexdecimal number while parsing a quoted scalar"
        " -> write / for the \\ within double quotes, or \\\\ if it is to be printed"
    ),
    "logo: {file: 'C:\\Users\\logo.svg', text: {en: a, vi: b, ko: c}}\n": (
        ":1:14 K908 the logo 'C:\\Users\\logo.svg' is not in templates/"
        " -> put the file there, and write its name alone: file: logo.svg"
    ),
    "- colours\n": ":1:1 F004 lines of 'key: value' are expected here -> ",
    "sections: sources\n": ":1:11 F004 'sections': a list is expected here",
    "sections: [sorces, open-questions, sources, colophon]\n": (
        ":1:12 K903 there is no section 'sorces' -> did you mean 'sources'?"
    ),
    "sections: [masthead, open-questions, sources, colophon]\n": ":1:12 K903 there is no section 'masthead' -> ",
    "sections: [sources, open-questions, sources, colophon]\n": (
        ":1:37 K903 the section 'sources' stands here twice -> keep one of them"
    ),
    "sections: [open-questions, sources]\n": (
        ":1:1 K903 the section 'colophon' may not be left out: readers could not trust the rest without it"
        " -> add a line '- colophon'"
    ),
    "page_limits: {at-a-glance: one}\n": ":1:28 F004 'at-a-glance': a whole number is expected here -> ",
    "earlier_years: 0\n": ":1:16 K904 the annex cannot go back 0 years -> write 1 or more",
    "fonts:\n  ko: Pretendrad\n": (
        ":2:7 K902 no font of the family 'Pretendrad' is in templates/fonts -> "
        "did you mean 'Pretendard'?; or put its .ttf or .otf files there"
    ),
    "contact:\n  en: us@example.org\n": ":1:1 K906 'contact' has no text in: vi, ko -> add a line 'vi: ...' below it",
    "handling:\n  en: For internal use\n  vi: Lưu hành nội bộ\n  ko: ''\n": ":1:1 K906 'handling' has no text in: ko",
    "distribution:\n  en: Embassies\n  ko: 공관\n": ":1:1 K906 'distribution' has no text in: vi -> add a line 'vi: ",
    "prepared_by:\n  de: Referat 1\n": ":1:1 K906 'prepared_by' has no text in: en, vi, ko -> add a line 'en: ...'",
    "contact:\n\ten: x\n": ":2:1 Y002 is no valid YAML: found character that cannot start any token",
    "contact: {}\ncontact: {}\n": ":2:1 Y003 the key 'contact' stands here twice; first in line 1 -> keep one of them",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_at_its_line(text: str, read: Read) -> None:
    _, findings = read(text, "en", "vi", "ko")
    told = said(findings)
    assert len(told) == 1, told
    assert told[0].startswith(f"templates/look.yaml{MISTAKES[text]}")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("{at-a-glanse: 2}", "1:15 K904 there is no document 'at-a-glanse' -> did you mean 'at-a-glance'?"),
        ("{at-a-glance: 0}", "1:28 K904 'at-a-glance' cannot have 0 pages -> write 1 or more"),
    ],
)
def test_k904_a_page_limit_of_no_document_or_of_no_page(text: str, finding: str, read: Read) -> None:
    _, findings = read(f"page_limits: {text}\n")
    assert said(findings) == [f"templates/look.yaml:{finding}"]


def test_all_mistakes_are_told_in_one_pass(read: Read) -> None:
    text = (
        'colours: {ink: "#aaaaaa"}\nsections: [colophon]\nfonts: {ko: Nowhere}\nembargo: 2026-11-25 09:00 Asia/Soul\n'
    )
    _, findings = read(text)
    assert [each.code for each in findings] == ["K901", "K903", "K903", "K902", "K905"]


def test_a_part_of_ones_own_can_be_a_section(read: Read, tmp_path: Path) -> None:
    (tmp_path / "templates" / "parts").mkdir()
    (tmp_path / "templates" / "parts" / "regional.html").write_text("<p>x</p>", encoding="utf-8")
    look, findings = read("sections: [regional, open-questions, sources, colophon]\n")
    assert findings == ()
    assert look is not None
    assert look.sections[0] == "regional"


def test_k903_a_section_without_a_part_is_found_in_the_shipped_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the project's own folder the shipped look.yaml is also that of the workspace."""
    shipped = copytree(PROJECT / "templates", tmp_path / "templates")
    monkeypatch.setattr(read, "_SHIPPED", (shipped,))
    (tmp_path / "briefgen.toml").write_text('languages = ["en"]\n', encoding="utf-8")
    text = (shipped / "look.yaml").read_text(encoding="utf-8")
    (shipped / "look.yaml").write_text(text.replace("  - targets\n", "  - targets\n  - regional\n"), encoding="utf-8")
    line = text.split("\n").index("  - targets") + 2
    (found,) = said(read_look(find_workspace(tmp_path), ("en",))[1])
    listed = text.partition("\nsections:\n")[2].partition("\n\n")[0]
    known = ", ".join(sorted(re.findall(r"^  - ([a-z-]+)", listed, re.MULTILINE)))
    assert found == f"templates/look.yaml:{line}:5 K903 there is no section 'regional' -> known here: {known}"
