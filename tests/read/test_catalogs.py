"""Catalogs: what is broken is told by line, and what is not sure is never printed."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.model.findings import Finding, FindingsError
from briefgen.read.catalog import MAX_ENTRIES, Catalog, catalog_text, parse_catalog, read_catalogs
from briefgen.read.languages import known_languages, read_languages
from briefgen.read.workspace import Workspace

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển"\n'

BROKEN = {
    'msgctxt "a text"\nmsgid "Sea"\nmsgstr Biển\n': ("7", "this is not a line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển\n': ("7", "this is not a line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển "Đông""\n': ("7", "this is not a line of a catalog"),
    'hello\nmsgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển"\n': ("5", "this is not a line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\nmsgstring "Biển"\n': ("7", "this is not a line of a catalog"),
    '#~ msgid "Sea"\n#~ msgstr "Biển\n': ("6", "this is not a line of a catalog"),
    '#| msgid "Lake\nmsgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển"\n': ("5", "this is not a line of a catalog"),
    '#| "alone"\nmsgid "Sea"\nmsgstr "Biển"\n': ("5", "this is not a whole entry"),
    '#| msgid "a"\n# b\n#| "c"\nmsgid "Sea"\nmsgstr "Biển"\n': ("7", "this is not a whole entry"),
    'msgid "Sea"\nmsgstr "Biển\u2028Đông"\n': ("6:13", "there is a line break within this line (U+2028)"),
    'msgctxt "a text"\nmsgid "Sea"\n\nmsgctxt "b text"\nmsgid "C"\nmsgstr "D"\n': ("5", "this is not a whole entry"),
    ENTRY + '\n"more"\n\n# note\n"and more"\n': ("12", "this is not a whole entry"),
    'msgid "Sea"\n# a note in the middle\nmsgid "Lake"\nmsgstr "Hồ"\n': ("5", "this is not a whole entry"),
    'msgid "Sea"\nmsgstr "Biển"\nmsgstr "Hồ"\n': ("7", "this is not a whole entry"),
    '#~ msgid "Sea"\nmsgstr "Biển"\n': ("5", "this is not a whole entry"),
    ENTRY + 'msgctxt "b text"\n': ("8", "this is not a whole entry"),
    'msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n': ("5", "this is not a whole entry"),
    ENTRY + ENTRY.replace("Sea", "Lake"): ("9", "'a text' is translated twice; first in line 6"),
    'msgid "a"\nmsgid_plural "b"\nmsgstr[٣] "c"\n': ("7", "this is not a line of a catalog"),
    ENTRY + HEAD: ("8", "a second header; first in line 1"),
}


def read(root: Path, catalog: bytes | str, own_labels: str = "") -> Language:
    """Vietnamese with this catalog of texts."""
    for path, content in ((root / "facts/locale/vi.po", catalog), (root / "templates/locale/vi.po", own_labels)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_languages(Workspace(root=root), ["vi"])["vi"]


def faults(root: Path, catalog: bytes | str) -> list[Finding]:
    with pytest.raises(FindingsError) as trouble:
        read(root, catalog)
    return list(trouble.value.findings)


@pytest.mark.parametrize("forms", ["0", "10", "1000000000", "9" * 5_000])
def test_t305_no_language_has_so_many_plural_forms(tmp_path: Path, forms: str) -> None:
    head = HEAD.replace('"Content', f'"Plural-Forms: nplurals={forms}; plural=0;\\n"\n"Content')
    plural = 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'
    (finding,) = faults(tmp_path, head + plural)
    assert (str(finding.location), finding.code) == ("facts/locale/vi.po:3:2", "T305")
    assert "no language has so many plural forms" in finding.message


def test_t305_a_catalog_has_no_more_entries_than_any_facts_need(tmp_path: Path) -> None:
    (finding,) = faults(tmp_path, HEAD + '#~ msgid "a"\n#~ msgstr "b"\n' * MAX_ENTRIES)
    assert (finding.code, finding.message) == ("T305", "it has 20,001 entries; the limit is 20,000")


@pytest.mark.parametrize("charset", ["", "utf-7", "nosuch"])
def test_t305_a_charset_that_is_none_is_told(tmp_path: Path, charset: str) -> None:
    (finding,) = faults(tmp_path, HEAD.replace("UTF-8", charset) + ENTRY)
    assert (finding.location.line, finding.code) == (3, "T305")


@pytest.mark.parametrize("catalog", BROKEN)
def test_t305_a_broken_line_is_told(tmp_path: Path, catalog: str) -> None:
    (finding,) = faults(tmp_path, HEAD + catalog)
    line, message = BROKEN[catalog]
    place = f"facts/locale/vi.po:{line}" if ":" in str(line) else f"facts/locale/vi.po:{line}:1"
    assert (str(finding.location), finding.code, finding.message) == (place, "T305", message)


def test_t305_every_broken_line_is_told_in_one_pass(tmp_path: Path) -> None:
    broken = HEAD + ENTRY.replace('"Sea"', "Sea").replace('"Biển"', "Biển")
    assert [finding.location.line for finding in faults(tmp_path, broken)] == [6, 7]


def test_t305_another_charset_is_told(tmp_path: Path) -> None:
    (finding,) = faults(tmp_path, HEAD.replace("UTF-8", "ISO-8859-1") + ENTRY)
    assert str(finding.location) == "facts/locale/vi.po:3:28"
    assert (finding.message, finding.hint) == (
        "'charset=ISO-8859-1' is not supported",
        "save the file as UTF-8 and say so",
    )


def test_t305_text_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    (finding,) = faults(tmp_path, HEAD.encode() + ENTRY.replace("Biển", "Đê").encode("cp1258"))
    assert (str(finding.location), finding.message) == ("facts/locale/vi.po:7:9", "is not UTF-8 text")


def test_t305_a_header_left_as_the_template_has_it_is_told_at_its_field(tmp_path: Path) -> None:
    header = HEAD.replace('"Content', '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n"Content')
    (finding,) = faults(tmp_path, header + ENTRY)
    assert str(finding.location) == "facts/locale/vi.po:3:2"
    assert finding.message.startswith("'Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;' gives no number")


@pytest.mark.parametrize("date", ["", "YEAR-MO-DA HO:MI+ZONE", "2026-11-21 09:00+0700", "yesterday"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_date_of_the_header_is_the_translators_own(tmp_path: Path, date: str, line_end: str) -> None:
    catalog = HEAD.replace('"Content', f'"PO-Revision-Date: {date}\\n"\n"Content') + ENTRY
    assert read(tmp_path, catalog.replace("\n", line_end)).text("a text", "Sea") == "Biển"


@pytest.mark.parametrize(
    ("header", "place"),
    [
        (HEAD.replace('"Content', '"Language: ko\\n"\n"Content'), "facts/locale/vi.po:3:2"),
        ('msgid ""\nmsgstr "X-Source-Language: vi\\nLanguage: ko_KR\\n"\n\n', "facts/locale/vi.po:2:32"),
        (HEAD.replace('"Content', '"Language"\n": ko\\n"\n"Content'), "facts/locale/vi.po:1"),
    ],
)
def test_t309_the_header_names_another_language(tmp_path: Path, header: str, place: str) -> None:
    (finding,) = faults(tmp_path, header + ENTRY)
    assert (str(finding.location), finding.code) == (place, "T309")
    assert finding.message.startswith("the header says that the language is 'ko")
    assert finding.message.endswith("not 'vi'")


@pytest.mark.parametrize("language", ["", "vi", "vi_VN", "VI-vn.UTF-8", "vi@latin"])
def test_a_header_with_the_same_language_or_none_is_right(tmp_path: Path, language: str) -> None:
    header = HEAD.replace('"Content', f'"Language: {language}\\n"\n"Content')
    assert read(tmp_path, header + ENTRY).text("a text", "Sea") == "Biển"


def test_variants_of_a_language_are_not_the_same() -> None:
    header = 'msgid ""\nmsgstr "Language: zh_TW\\n"\n'
    assert parse_catalog(header, "zh-TW.po").entries == parse_catalog(header, "zh.po").entries == ()
    with pytest.raises(FindingsError, match="T309"):
        parse_catalog(header, "zh-CN.po")


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("", "")], ids=["other line ends", "as it is"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_how_an_editor_saves_a_catalog_does_not_matter(tmp_path: Path, mark: str, change: tuple[str, str]) -> None:
    content = mark + (HEAD + ENTRY).replace(*change) if change[0] else mark + HEAD + ENTRY
    assert read(tmp_path, content).text("a text", "Sea") == "Biển"


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("msgstr “Biển”", 'write straight quotes: "..."; programs for letters curl them'),
        ('msgstr "Biển', 'a text stands between two quotes, and one is missing here: msgstr "..."'),
        ("msgstr Biển", "a line is a keyword and a text between two quotes"),
        ('msgstr "Biển "Đông""', 'a quote within it is written \\"'),
    ],
)
def test_t305_what_a_line_lacks_is_said(tmp_path: Path, line: str, hint: str) -> None:
    (finding,) = faults(tmp_path, HEAD + ENTRY.replace('msgstr "Biển"', line))
    assert hint in finding.hint


@pytest.mark.parametrize("written", [r"Bi\q", r"C:\eu", r"\x41", r"\101"])
def test_t305_a_backslash_begins_nothing_that_would_be_dropped(tmp_path: Path, written: str) -> None:
    (finding,) = faults(tmp_path, HEAD + ENTRY.replace("Biển", written))
    assert (finding.code, finding.message) == ("T305", "this is not a line of a catalog")


@pytest.mark.parametrize(("word", "meant"), [("msgsrt", "msgstr"), ("msgstring", "msgstr"), ("mgsid", "msgid")])
def test_t305_a_keyword_that_is_nearly_one_leads_to_it(tmp_path: Path, word: str, meant: str) -> None:
    (finding,) = faults(tmp_path, HEAD + ENTRY.replace(meant, word))
    assert finding.hint == f"did you mean '{meant}'?"


@pytest.mark.parametrize("flag", ["fuzy", "Fuzzy", "FUZZY", "c-format, fuzzzy"])
def test_t305_a_mark_that_is_nearly_fuzzy_is_told(tmp_path: Path, flag: str) -> None:
    (found,) = faults(tmp_path, f'#, {flag}\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n')
    assert (found.location.line, found.hint) == (1, "did you mean 'fuzzy'?")
    assert read(tmp_path, '#, no-wrap, python-format\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n').text("a", "b") == "c"


def test_a_guess_an_older_text_and_an_obsolete_entry_are_never_printed(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + "#, fuzzy\n" + ENTRY).text("a text", "Sea") is None
    assert read(tmp_path, HEAD + ENTRY).text("a text", "The sea") is None
    assert read(tmp_path, HEAD + ENTRY).text("b text", "Sea") is None
    assert read(tmp_path, HEAD + ENTRY.replace("msg", "#~ msg")).text("a text", "Sea") is None
    assert read(tmp_path, HEAD + ENTRY.replace('"Biển"', '""')).text("a text", "Sea") is None


def test_each_entry_knows_the_line_of_its_msgid() -> None:
    obsolete = '\n#~| msgid "Old"\n' + ENTRY.replace("msg", "#~ msg")
    catalog = parse_catalog(f"# top\n\n{HEAD}# note\n{ENTRY}{obsolete}")
    assert catalog.header.linenum == 3
    assert [(entry.linenum, bool(entry.obsolete)) for entry in catalog.entries] == [(9, False), (14, True)]
    assert catalog.entries[1].previous_msgid == "Old"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("#no space", "# no space"),
        ("##  two", "# #  two"),
        ("#\n# other", "#\n# other"),
        ("#,fuzzy", "#, fuzzy"),
        ("#.extracted", "#. extracted"),
        ("#:a.html:3", "#: a.html:3"),
        ('#|msgid "Lake"', '#| msgid "Lake"'),
        ('#| msgid "La"\n#| "ke"', '#| msgid "Lake"'),
    ],
)
def test_comments_are_kept_however_they_are_typed(typed: str, written: str) -> None:
    catalog = parse_catalog(f"{HEAD}# first\n{typed}\n{ENTRY}")
    assert f"# first\n{written}\n{ENTRY}" in catalog_text(catalog)


LINES = f"""\
{HEAD}{ENTRY}
# note
#, fuzzy
#| msgid "Old"
{ENTRY.replace("a text", "b text")}
#~ msgid "Ô"
#~ msgstr "Õ"
""".split("\n")
PIECES = [
    '"',
    "\\",
    "#",
    "#~ ",
    "#| ",
    'msgid "x"',
    'msgstr "y"',
    'msgid_plural "z"',
    'msgstr[0] "w"',
    '"v"',
    '#| "u"',
    "\u2028",
]
EDITS = st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 30), st.integers(0, 9), st.sampled_from(PIECES))


@given(st.lists(EDITS, max_size=3), st.lists(st.integers(0, len(LINES) - 1), max_size=2))
def test_whatever_is_in_a_catalog_is_kept_or_refused(edits: list[tuple[int, int, int, str]], lost: list[int]) -> None:
    """Every word is there again when the catalog is written, or there is a finding with its line."""
    lines = list(LINES)
    for number, start, length, piece in edits:
        lines[number] = lines[number][:start] + piece + lines[number][start + length :]
    text = "\n".join(line for number, line in enumerate(lines) if number not in lost)
    catalog, findings = parsed(text)
    assert all(0 < finding.location.line <= len(LINES) for finding in findings)
    if catalog is not None:
        assert letters(text) <= letters(catalog_text(catalog))
        assert parsed(catalog_text(catalog))[0] == catalog


def parsed(text: str) -> tuple[Catalog | None, tuple[Finding, ...]]:
    try:
        return parse_catalog(text, "vi.po"), ()
    except FindingsError as error:
        return None, error.findings


def letters(text: str) -> Counter[str]:
    return Counter(filter(str.isalnum, text))


def test_a_translation_typed_in_decomposed_form_is_composed(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + ENTRY.replace("ể", "e\u0302\u0309")).text("a text", "Sea") == "Biển"


def test_own_labels_are_laid_over_the_shipped_ones_only_where_they_are_done(tmp_path: Path) -> None:
    def label(entry: str) -> str:
        return read(tmp_path, "", own_labels=HEAD + entry).label(Label["TALKS"])

    shipped = label("")
    assert label(f'msgid "{Label["TALKS"]}"\nmsgstr "Trao đổi"\n') == "Trao đổi"
    assert label(f'msgid "{Label["TALKS"]}"\nmsgstr ""\n') == shipped
    assert label(f'#, fuzzy\nmsgid "{Label["TALKS"]}"\nmsgstr "Chắc là"\n') == shipped


def test_an_unknown_language_is_told_with_those_there_are(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    with pytest.raises(FindingsError) as trouble:
        read_languages(workspace, ["vn", "de"])
    unknown, unprintable = trouble.value.findings
    assert unknown.message == "there is no language 'vn' (no templates/languages/vn.yaml)"
    assert unknown.hint == "did you mean 'vi'?"
    assert "vi" in known_languages(workspace)
    assert (str(unprintable.location), unprintable.code) == ("languages", "W005")
    assert unprintable.message == "the language 'de' can be read from sources but not printed: it has no patterns"


def test_a_translation_is_told_where_its_own_text_begins(tmp_path: Path) -> None:
    """Its msgid was, without a column: in a long entry, that is lines above."""
    (tmp_path / "vi.po").write_text(
        HEAD + '#. a remark\nmsgctxt "a"\nmsgid "one"\n"two"\n  msgstr  "three"\n\nmsgctxt "b"\nmsgid "x"\nmsgstr ""\n'
        '"four"\n"five"\n\nmsgctxt "c"\nmsgid "y"\nmsgstr ""\n\n#~ msgid "z"\n#~ msgstr "six"\n',
        encoding="utf-8",
    )
    (catalog,) = read_catalogs([tmp_path / "vi.po"], tmp_path).values()
    found = {entry.msgid: catalog.places[entry.linenum or 0] for entry in catalog.entries}
    assert found == {"onetwo": (9, 11), "x": (14, 1), "y": (19, 8), "z": (22, 11)}
