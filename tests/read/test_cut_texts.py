"""A text that ends at an unquoted ` #` is never printed in silence; remarks after other values are left alone."""

import unicodedata
from pathlib import Path

import pytest
from conftest import TODAY, changed, said
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.book import FactFile, Person
from briefgen.model.look import LookFile
from briefgen.model.records import Line
from briefgen.read import shipped_templates
from briefgen.read.facts import partnerships, read_and_check
from briefgen.read.languages import read_language_file
from briefgen.read.look import read_look
from briefgen.read.validate import read_as
from briefgen.read.workspace import find_workspace
from briefgen.read.yaml import parse_yaml

FACTS, RECORD = Path("facts") / "sample.yaml", Path("seeds") / "sample-talks-2026.yaml"
CUT = {
    "the text of a fact": (FACTS, "text: Open the ferry route all year round", "text: Open route # 5 all year"),
    "a headline": (FACTS, "text: Southland asks for a ferry", "text: Southland asks for #1 a ferry"),
    "all of a text": (FACTS, "text: Open the ferry", "text: # 5, the ferry"),
    "a name": (FACTS, "NL: {name: Northland}", "NL: {name: North # land\n  }"),
    "a theme": (FACTS, "political: Political relations", "political: Political #relations"),
    "a line of the overview": (FACTS, "transport: Transport\n", "transport: Transport\t# and more\n"),
    "a label": (FACTS, "tile: {label: Trade goal,", "tile: {label: Trade # goal\n      ,"),
    "a digest": (RECORD, "digest: Southland hosts", "digest: Southland # hosts"),
    "a description": (RECORD, "describes: Sample press", "describes: Sample #3 press"),
    "an event": (RECORD, 'name: "Prime ministers\' talks, Northport"', "name: Talks # 2\n   "),
}
KEPT = {
    "a theme's id": ("theme: trade\n    overview: trade\n", "theme: trade # checked\n    overview: trade\n"),
    "an act": ("act: requested", "act: requested # not hoped"),
    "a rank": ("    rank: 2\n", "    rank: 2 # second\n"),
    "an id": ("- id: ferry\n", "- id: ferry # 5\n"),
    "a party": ("by: [SL]\n", "by: [SL] # one side\n"),
    "a text in quotes": ("text: Open the ferry route all year round", 'text: "Open # it" # checked'),
    "a text in lines": ("text: Open the ferry route all year round", "text: > # checked\n      Route # five"),
    "no space before it": ("text: Open the ferry route all year round", "text: Open route no.#five"),
    "a list": ("statements:\n", "statements: # what they said\n"),
    "a line of its own": ("    text: Open the ferry", "    # checked\n    text: Open the ferry"),
}


@pytest.mark.parametrize("name", CUT)
def test_y006_a_text_is_cut_by_a_remark(name: str, starter: Path) -> None:
    file, old, new = CUT[name]
    changed(starter / file, old, new)
    workspace = find_workspace(starter)
    _, _, findings = read_and_check(workspace, partnerships(workspace)[0], ["en"], TODAY)
    (found,) = (each for each in findings if each.code == "Y006")
    line = (starter / file).read_text(encoding="utf-8").split("\n")[found.location.line - 1]
    assert found.location.file == str(file)
    assert line[found.location.column - 1] == "#"
    assert "in quotes" in found.hint


@pytest.mark.parametrize("name", KEPT)
def test_y006_an_ordinary_remark_is_left_alone(name: str, starter: Path) -> None:
    changed(starter / FACTS, *KEPT[name])
    workspace = find_workspace(starter)
    assert said(read_and_check(workspace, partnerships(workspace)[0], ["en"], TODAY)[2]) == []


def test_y006_in_a_folder_of_files_and_in_the_look(starter: Path) -> None:
    (starter / "facts" / "sample").mkdir()
    changed(starter / FACTS, "text: Open the ferry", "text: Open #5 the ferry")
    head, _, rest = (starter / FACTS).read_text(encoding="utf-8").partition("statements:")
    (starter / FACTS).unlink()
    (starter / "facts" / "sample" / "a.yaml").write_text(head, encoding="utf-8")
    (starter / "facts" / "sample" / "b.yaml").write_text("statements:" + rest, encoding="utf-8")
    (starter / "templates" / "look.yaml").write_text("contact:\n  en: Desk # 5\nsections: # mine\n- x # y\n")
    workspace = find_workspace(starter)
    findings = read_and_check(workspace, partnerships(workspace)[0], ["en"], TODAY)[2]
    assert [each.location.file for each in findings if each.code == "Y006"] == ["facts/sample/b.yaml"]
    cut = [each for each in read_look(workspace, ["en"])[1] if each.code == "Y006"]
    assert [str(each.location) for each in cut] == ["templates/look.yaml:2:12"]


def test_y006_in_the_patterns_of_a_language(starter: Path) -> None:
    own = starter / "templates" / "languages" / "en.yaml"
    own.parent.mkdir()
    shipped = (shipped_templates() / "languages" / "en.yaml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("own_name: English\n", "own_name: English # UK\n"), encoding="utf-8")
    found = read_language_file(find_workspace(starter), "en")[1]
    assert [(each.location.file, each.code) for each in found] == [("templates/languages/en.yaml", "Y006")]


WORD = st.text(st.characters(categories=["L"]), min_size=1)


@given(st.lists(WORD, min_size=1), st.sampled_from([" #", "  # ", "\t#"]), WORD)
def test_y006_whatever_the_text(words: list[str], remark: str, rest: str) -> None:
    text = f"name: Ada\nparty: NL\naliases:\n- x {' '.join(words)}{remark}{rest}\n"
    (found,) = read_as(Person, parse_yaml(text, "people.yaml"))[1]
    assert (found.code, found.location.line) == ("Y006", 4)


def test_the_prose_of_every_file_is_marked_as_such() -> None:
    """A text without the mark would be cut in silence; what is none is an id, a name of something, or has a form."""
    files = ((FactFile, "themes:\n  a: b # c\n"), (Line, "digest: b # c\n"), (LookFile, "contact: {en: b # c\n}"))
    quoted = "line: 1\nsha256: a\ndigest: b\nfigures:\n  goal: {value: 5 people, as: five # people\n}\n"
    for kind, text in (*files, (Line, quoted)):
        assert "Y006" in {each.code for each in read_as(kind, parse_yaml(text, "file.yaml"))[1]}


@given(st.lists(WORD, min_size=1, max_size=4), st.sampled_from(["|", "|-", "|+", ">", ">-"]))
def test_a_text_in_several_lines_is_one_line(words: list[str], style: str) -> None:
    """For a translator, in a calendar and in data; only a no-break space is a person's wish."""
    lines = "".join(f"  {word}\u00a0x  \n" for word in words)
    written = f"line: 1\nsha256: x\ndigest: {style}\n{lines}"
    line, findings = read_as(Line, parse_yaml(written, "record.yaml"))
    assert findings == ()
    assert line is not None
    assert line.digest == unicodedata.normalize("NFC", " ".join(f"{word}\u00a0x" for word in words))


@pytest.mark.parametrize("name", ['"Ada\\nHolm"', "|\n  Ada\n  Holm", '"Ada\\r\\nHolm"'])
def test_a_name_of_several_lines_is_refused(name: str) -> None:
    person, findings = read_as(Person, parse_yaml(f"party: NL\nname: {name}\n", "people.yaml"))
    assert person is None
    assert "a name holds a line break here; write it on one line" in [each.message for each in findings]


@pytest.mark.parametrize("name", ["|\n  Ada Holm", ">\n  Ada\n  Holm", "Ada\n  Holm", '"Ada Holm\\n"'])
def test_a_name_that_is_one_line_in_the_end_is_read(name: str) -> None:
    person, findings = read_as(Person, parse_yaml(f"party: NL\nname: {name}\n", "people.yaml"))
    assert (person and person.name, findings) == ("Ada Holm", ())
