"""Every oddity of YAML is a finding at its line and column, or plain text; nothing raises, nothing explodes."""

import unicodedata
from pathlib import Path
from time import process_time
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.findings import Location
from briefgen.model.texts import TAKE_AWAY
from briefgen.read.layout import _open_bracket
from briefgen.read.yaml import MAX_DEPTH, MAX_NODES, Plain, YamlFile, parse_yaml, read_yaml

LAUGHS = "a0: &a0 [ha, ha]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 9)}]\n" for number in range(1, 10)
)

PLAIN: dict[str, Plain] = {
    "a: no\n": {"a": "no"},
    "no: a\n": {"no": "a"},
    "a: 12:30\n": {"a": "12:30"},
    "a: 2025-08-11\n": {"a": "2025-08-11"},
    "a: 0x1F\n": {"a": "0x1F"},
    "a: 1_000\n": {"a": "1_000"},
    "a: .inf\n": {"a": ".inf"},
    "a: =\n": {"a": "="},
    "a: True\n": {"a": "True"},
    "2025: a\n": {"2025": "a"},
    "a: ~\nb:\nc: null\n": {"a": None, "b": None, "c": None},
    'a: ""\nb: "null"\n': {"a": "", "b": "null"},
    "a: |\n  one\n  two\n": {"a": "one\ntwo\n"},
    "a: &x [1]\nb: *x\n": {"a": ["1"], "b": ["1"]},
    "a: 1\r\nb: 2\r\n": {"a": "1", "b": "2"},
    "\ta:\t1\n".lstrip("\t"): {"a": "1"},
    "- a\n- b\n": ["a", "b"],
    "# nothing\n": None,
    "": None,
}

ODD: dict[str, tuple[str, str, str]] = {
    "a: 1\rb: 2\r": ("1", "Y001 has carriage returns for line ends", "LF or CRLF"),
    "a: 1\nb: 2\na: 3\n": ("3:1", "Y003 the key 'a' stands here twice; first in line 1", "keep one of them"),
    "a:\n  b: 1\nc: 2\na:\n  d: 3\n": (
        "4:1",
        "Y003 the key 'a' stands here twice; first in line 1",
        "keep one of them; to keep lines of both, move those from below this one to those below line 1",
    ),
    "a: {b: 1, b: 2}\n": ("1:11", "Y003 the key 'b' stands here twice; first in line 1", "keep one of them"),
    "a: &x {b: 1}\nc:\n  <<: *x\n": ("3:3", "Y004 keys are not merged here", "write each key out"),
    "? [a, b]\n: c\n": ("1:3", "Y004 a key is a plain word here", "no lists or mappings as keys"),
    "a: !!binary aGk=\n": ("1:4", "Y004 the tag tag:yaml.org,2002:binary is not used here", "take the tag away"),
    "a:\n  - !person {b: 1}\n": ("2:5", "Y004 the tag !person is not used here", "take the tag away"),
    "a: !!set {b}\n": ("1:4", "Y004 the tag tag:yaml.org,2002:set is not used here", "take the tag away"),
    "a:\n\tb: 1\n": ("2:1", "Y002 is no valid YAML: found character that cannot start any token", "not with tabs"),
    "a: 1\n\tb: 2\n": ("2:1", "Y002 is no valid YAML: found a tab character", "indent with spaces, not with tabs"),
    "a:\n  b: 1\n c: 2\n": ("3:2", "Y002 is no valid YAML: did not find expected key", "column 3, like line 2: a key"),
    "a: 1\n  b: 2\n": ("2:4", "Y002 is no valid YAML: mapping values are not allowed", "column 1, like line 1: a key"),
    "a: Trade: a goal\n": ("1:9", "Y002 is no valid YAML: mapping values are not allowed", "in quotes"),
    "a: {goal} of trade\n": ("1:11", "Y002 is no valid YAML: did not find expected key", "in quotes, because"),
    "a: @VN\n": ("1:4", "Y002 is no valid YAML: found character that cannot start any token", "begins with @"),
    **{
        f"a: 1\nb: {start}{end}": (
            "2:4",
            "Y002 is no valid YAML: a bracket is opened here and never closed",
            "close it",
        )
        for start in ("[1, 2", "[1, 2,", "{c: d", "[", "{")
        for end in ("", "\n", "\n\n# a remark\n")
    },
    "a: {b: #12}\n": (
        "1:4",
        "Y002 is no valid YAML: a bracket is opened here and never closed",
        "line 1 in quotes: its ' #'",
    ),
    "a: [b, {c: 1}\n": ("1:4", "Y002 is no valid YAML: a bracket is opened here and never closed", "close it"),
    "a:\n  - b: {c: 1,\n      d: 2\n  - e: 3\n": ("2:8", "Y002 is no valid YAML: a bracket is opened here", "close it"),
    "a: [b,\n  c: {}\n  d]\n": ("3:3", "Y002 is no valid YAML: did not find expected ',' or ']'", "the brackets"),
    'a: "open\nb: 1\n': (
        "1:4",
        "Y002 is no valid YAML: a quote is opened here, and closed only lines below or never",
        "this line",
    ),
    "a: 1\nb: 'x\nc: 2\nd: 'it'\n": ("2:4", "Y002 is no valid YAML: a quote is opened here", "close it on this line"),
    'a: {b: "x}\nc: {d: "y"}\n': ("1:8", "Y002 is no valid YAML: a quote is opened here", "close it on this line"),
    'a: "x\n' + "k: v\n" * 4000: ("1:4", "Y002 is no valid YAML: a quote is opened here", "close it on this line"),
    'a: {b: "x}\n# it reads "no source".\nc: "d"\ne: "f"\n': (
        "1:8",
        "Y002 is no valid YAML: a quote is opened",
        "on this line",
    ),
    "a: !!int 5\n": ("1:4", "Y004 the tag tag:yaml.org,2002:int is not used here", "take the tag away"),
    "a: !!timestamp 2025\n": ("1:4", "Y004 the tag tag:yaml.org,2002:timestamp is not used here", "take the tag away"),
    "a: x\u202ey\n": ("1:5", "Y010 a bidirectional control U+202E RIGHT-TO-LEFT OVERRIDE stands here", TAKE_AWAY),
    'a: "x\\u200by"\n': ("1:4", "Y010 an invisible sign U+200B ZERO WIDTH SPACE stands in this text", TAKE_AWAY),
    '"a\\u202e": x\n': ("1:1", "Y010 a bidirectional control U+202E RIGHT-TO-LEFT OVERRIDE stands in this", TAKE_AWAY),
    "a: [1, 2\nb: 3\n": ("1:4", "Y002 is no valid YAML: a bracket is opened here and never closed", "close it"),
    "a: one # two\n  three\n": (
        "2:3",
        "Y002 is no valid YAML: did not find expected key",
        "put the text of line 1 in quotes",
    ),
    "a: {b: one # two}\nc: 1\n": (
        "2:1",
        "Y002 is no valid YAML: did not find expected ',' or '}'",
        "text of line 1 in quotes",
    ),
    "a: *x\n": ("1:4", "Y002 is no valid YAML: found undefined alias", "in quotes"),
    "a: 1\n---\nb: 2\n": ("2:1", "Y002 is no valid YAML: expected a single document", "take the line '---' away"),
    "a: x\x00y\n": ("1:5", "Y010 a control character U+0000 NULL stands here", TAKE_AWAY),
    "b: 1\na: x\u2028y\n": ("2:5", "Y010 a control character U+2028 LINE SEPARATOR stands here", TAKE_AWAY),
    'a: "x\\0y"\n': ("1:4", "Y010 a control character U+0000 NULL stands in this text", TAKE_AWAY),
    "a: &x [*x]\n": ("1:1", "Y005 unfolds to too many values", "take out the aliases"),
    LAUGHS: ("6:1", "Y005 unfolds to too many values", "take out the aliases"),
    f"a: [{'b, ' * 2 * MAX_NODES}b]\n": ("1:4", "Y005 holds more than 200,000 values", "split"),
    f"a: {'b ' * 2_000}\n": ("1:4", "Y005 this text has 3,999 characters; the limit is 2,000", "shorten it"),
    'a: "' + "\\u200b" * 500_000 + '"\n': ("1:4", "Y005 this text has 500,000 char", "shorten"),
    "[" * 300_000: (f"1:{MAX_DEPTH + 1}", f"Y005 is nested more than {MAX_DEPTH} deep", "look at the indentation"),
    "\n".join(" " * depth + "a:" for depth in range(99)): (
        f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1}",
        f"Y005 is nested more than {MAX_DEPTH} deep",
        "look at the indentation",
    ),
}


@pytest.mark.parametrize("text", PLAIN, ids=repr)
def test_what_yaml_takes_for_something_else_stays_text(text: str) -> None:
    read = parse_yaml(text, "a.yaml")
    assert (read.value, read.findings) == (PLAIN[text], ())


@pytest.mark.parametrize("text", ODD, ids=lambda text: repr(text[:40]))
def test_each_oddity_has_its_line_and_column(text: str) -> None:
    place, message, hint = ODD[text]
    started = process_time()
    (finding,) = parse_yaml(text, "a.yaml").findings
    assert process_time() - started < 20
    assert str(finding.location) == f"a.yaml:{place}"
    assert f"{finding.code} {finding.message}".startswith(message)
    assert hint in finding.hint


def test_every_key_and_value_has_its_place() -> None:
    read = parse_yaml("a: 1\nb:\n  - c: {d: e}\n", "a.yaml")
    assert read.locations == {
        (): Location("a.yaml", 1, 1),
        ("a",): Location("a.yaml", 1, 4),
        ("b",): Location("a.yaml", 3, 3),
        ("b", 0): Location("a.yaml", 3, 5),
        ("b", 0, "c"): Location("a.yaml", 3, 8),
        ("b", 0, "c", "d"): Location("a.yaml", 3, 12),
    }
    assert read.keys == {
        ("a",): Location("a.yaml", 1, 1),
        ("b",): Location("a.yaml", 2, 1),
        ("b", 0, "c"): Location("a.yaml", 3, 5),
        ("b", 0, "c", "d"): Location("a.yaml", 3, 9),
    }


def read_bytes(folder: Path, content: bytes) -> YamlFile:
    path = folder / "a.yaml"
    path.write_bytes(content)
    return read_yaml(path, "a.yaml")


def test_text_typed_in_decomposed_form_becomes_the_same_string(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "name: Việt Nam\n")
    assert decomposed != "name: Việt Nam\n"
    assert read_bytes(tmp_path, decomposed.encode()).value == {"name": "Việt Nam"}
    assert read_bytes(tmp_path, b'name: "Vie\\u0323\\u0302t Nam"\n').value == {"name": "Việt Nam"}


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    read = read_bytes(tmp_path, b"\xef\xbb\xbfa: 1\n")
    assert (read.value, read.keys, read.findings) == ({"a": "1"}, {("a",): Location("a.yaml", 1, 1)}, ())


def test_line_ends_of_another_system_do_not_move_a_line(tmp_path: Path) -> None:
    read = read_bytes(tmp_path, b"a: 1\r\nb: 2\r\na: 3\r\n")
    assert [str(finding.location) for finding in read.findings] == ["a.yaml:3:1"]


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"a: 1\nb: Vi\xeat Nam\n", "a.yaml:2:6", "is not UTF-8 text"),
        ("a: 1\n".encode("utf-16"), "a.yaml", "is UTF-16 text, not UTF-8"),
        (b"#" * 8_000_001, "a.yaml", "cannot be read: it has 8,000,001 bytes; the limit is 8,000,000"),
    ],
)
def test_what_is_no_text_is_said_to_be_none(tmp_path: Path, content: bytes, place: str, message: str) -> None:
    (finding,) = read_bytes(tmp_path, content).findings
    assert (str(finding.location), finding.code, finding.message) == (place, "Y001", message)


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    (missing,) = read_yaml(tmp_path / "none.yaml", "none.yaml").findings
    (folder,) = read_yaml(tmp_path, "folder").findings
    assert (str(missing.location), missing.message) == ("none.yaml", "cannot be read: No such file or directory")
    assert (str(folder.location), folder.message) == ("folder", "cannot be read: it is a folder")


@given(st.text(st.sampled_from("ab:-[]{}&*!?|>'\"%@#, \t\n\r0~\u0301\u2028\ufeff"), max_size=60))
def test_no_text_whatever_raises(text: str) -> None:
    read = parse_yaml(text, "a.yaml")
    lines = text.count("\n") + 2
    assert all(finding.location.line <= lines for finding in read.findings)
    assert read.findings or read.value is None or read.locations


@pytest.mark.parametrize("start", ["x: ", "", "#", "'", "a b "])
def test_a_long_line_is_told_in_no_time(start: str) -> None:
    """Each pattern that looks for a hint goes through a line once."""
    for piece in ("a ", " ", "#", "a #", "'", "x", "[", "{"):
        assert isinstance(parse_yaml(start + piece * 10_000 + "\n- }", "x"), YamlFile)


@pytest.mark.parametrize("line", [0, 1, 2, 3, 10**6])
def test_a_mark_beyond_the_text_is_no_bracket(line: int) -> None:
    mark = SimpleNamespace(line=line, column=0)
    for context in ("while parsing a flow sequence", "while parsing a flow node"):
        for stopped in (0, 1, 2, 10**6):
            error = SimpleNamespace(context=context, context_mark=mark, problem_mark=SimpleNamespace(line=stopped))
            found = _open_bracket("a: [\nb: 1", error)  # type: ignore[arg-type]
            assert (found is mark) == (context.endswith("sequence") and line < stopped <= 2)


@pytest.mark.parametrize(
    ("text", "place", "message", "remedy"),
    [
        ("text: &Expand the ferry\n", "1:7", "no alias names the anchor &Expand", "because it begins with &"),
        ("text: !Expand the ferry\n", "1:7", "the tag !Expand is not used here", "because it begins with !"),
        ("a: 1\n---\nb: 2\n", "2:1", "is no valid YAML", "take the line '---' away"),
        ("a:\n  - b: 1\n...\nc: 2\n", "4:1", "is no valid YAML", "take the line '...' away"),
    ],
)
def test_what_yaml_would_take_for_a_mark_is_told_with_what_to_write(
    text: str, place: str, message: str, remedy: str
) -> None:
    (found,) = parse_yaml(text, "f.yaml").findings
    assert str(found.location) == f"f.yaml:{place}"
    assert message in found.message
    assert remedy in found.hint


def test_an_anchor_that_an_alias_names_is_no_finding() -> None:
    assert parse_yaml("a: &both [x, y]\nb: *both\nc: R&D & more\n", "f.yaml").findings == ()
