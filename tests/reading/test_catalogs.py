"""Catalogs: what is broken is told by line, and what is not sure is never printed."""

from pathlib import Path

import pytest

from briefgen.localise.labels import Label
from briefgen.localise.language import Language
from briefgen.model.findings import Finding, FindingsError
from briefgen.read.languages import known_languages, read_languages
from briefgen.read.workspace import Workspace

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
ENTRY = 'msgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển"\n'

BROKEN = {
    'msgctxt "a text"\nmsgid "Sea"\nmsgstr Biển\n': ("7", "is no line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển\n': ("7", "is no line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển "Đông""\n': ("7", "is no line of a catalog"),
    'hello\nmsgctxt "a text"\nmsgid "Sea"\nmsgstr "Biển"\n': ("5", "is no line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\nmsgstring "Biển"\n': ("7", "is no line of a catalog"),
    'msgctxt "a text"\nmsgid "Sea"\n\nmsgctxt "b text"\nmsgid "C"\nmsgstr "D"\n': (
        "6",
        "is no valid catalog: missing msgstr for msgid 'Sea'",
    ),
    ENTRY + ENTRY.replace("Sea", "Lake"): ("9", "'a text' is translated twice; first in line 6"),
}


def read(root: Path, catalog: bytes | str, own_labels: str = "") -> Language:
    """Vietnamese with this catalog of texts."""
    for path, content in ((root / "facts/locale/vi.po", catalog), (root / "templates/locale/vi.po", own_labels)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_languages(Workspace(root=root), ["vi"], root / "facts" / "locale")["vi"]


def faults(root: Path, catalog: bytes | str) -> list[Finding]:
    with pytest.raises(FindingsError) as trouble:
        read(root, catalog)
    return list(trouble.value.findings)


@pytest.mark.parametrize("catalog", BROKEN)
def test_t305_a_broken_line_is_told(tmp_path: Path, catalog: str) -> None:
    (finding,) = faults(tmp_path, HEAD + catalog)
    line, message = BROKEN[catalog]
    assert (str(finding.location), finding.code, finding.message) == (f"facts/locale/vi.po:{line}", "T305", message)


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
    assert (str(finding.location), finding.message) == ("facts/locale/vi.po:7", "is not UTF-8 text")


def test_t305_a_header_left_as_the_template_has_it_is_told(tmp_path: Path) -> None:
    header = HEAD.replace('"Content', '"Plural-Forms: nplurals=INTEGER; plural=EXPRESSION;\\n"\n"Content')
    (finding,) = faults(tmp_path, header + ENTRY)
    assert str(finding.location) == "facts/locale/vi.po:1"
    assert finding.message.startswith("has a header that cannot be read")


@pytest.mark.parametrize("change", [("\n", "\r\n"), ("", "")], ids=["other line ends", "as it is"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "byte order mark"])
def test_how_an_editor_saves_a_catalog_does_not_matter(tmp_path: Path, mark: str, change: tuple[str, str]) -> None:
    content = mark + (HEAD + ENTRY).replace(*change) if change[0] else mark + HEAD + ENTRY
    assert read(tmp_path, content).text("a text", "Sea") == "Biển"


def test_a_guess_an_older_text_and_an_obsolete_entry_are_never_printed(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + "#, fuzzy\n" + ENTRY).text("a text", "Sea") is None
    assert read(tmp_path, HEAD + ENTRY).text("a text", "The sea") is None
    assert read(tmp_path, HEAD + ENTRY).text("b text", "Sea") is None
    assert read(tmp_path, HEAD + ENTRY.replace("msg", "#~ msg")).text("a text", "Sea") is None
    assert read(tmp_path, HEAD + ENTRY.replace('"Biển"', '""')).text("a text", "Sea") is None


def test_a_translation_typed_in_decomposed_form_is_composed(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + ENTRY.replace("ể", "e\u0302\u0309")).text("a text", "Sea") == "Biển"


def test_own_labels_are_laid_over_the_shipped_ones_only_where_they_are_done(tmp_path: Path) -> None:
    def label(entry: str) -> str:
        return read(tmp_path, "", own_labels=HEAD + entry).label(Label.TALKS)

    shipped = label("")
    assert label(f'msgid "{Label.TALKS}"\nmsgstr "Trao đổi"\n') == "Trao đổi"
    assert label(f'msgid "{Label.TALKS}"\nmsgstr ""\n') == shipped
    assert label(f'#, fuzzy\nmsgid "{Label.TALKS}"\nmsgstr "Chắc là"\n') == shipped


def test_an_unknown_language_is_told_with_those_there_are(tmp_path: Path) -> None:
    workspace = Workspace(root=tmp_path)
    with pytest.raises(FindingsError) as trouble:
        read_languages(workspace, ["vn", "de"], tmp_path)
    unknown, unprintable = trouble.value.findings
    assert unknown.message == "there is no language 'vn' (no templates/languages/vn.yaml)"
    assert unknown.hint.startswith("known here: ")
    assert "vi" in known_languages(workspace)
    assert (str(unprintable.location), unprintable.code) == ("templates/languages/de.yaml", "W005")
    assert unprintable.message == "the language 'de' can be read from sources but not printed: it has no patterns"
