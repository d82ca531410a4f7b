"""A file that people write keeps every byte that a change does not touch; where it cannot, the change is refused."""

import re
from collections.abc import Mapping
from copy import deepcopy
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.book import KeyPath
from briefgen.read.yaml import Plain, parse_yaml, yaml_text
from briefgen.tools.yaml_edit import EditError, edit

SHIPPED = [
    *sorted((PROJECT / "facts").glob("*.yaml")),
    *sorted((PROJECT / "seeds").glob("*.yaml")),
    *sorted((PROJECT / "templates").rglob("*.yaml")),
]
DESK = """\
# At the top.

id: talks   # never another
text:  one line  that is
  wrapped onto another
title: "in quotes, wrapped
  as well"
note: |
  # this is no comment
  of two lines

empty:
nothing: ~
flow: { a: 1,b: [x,y ] }
events:
    first:
        line: 1   # a remark
        date: 2026-03-03
    # of the second
    second: {line: 2, name: 'It''s'}

lines:
-   id: x
    # of the text
    text: 2026-10-01 10:00
    # of y
-   id: y

    notes: [a, 'b: c']
-
    id: z
    notes:
    -   a   # first
    -   b
    share: 0x1F
# the end
"""


def value_of(text: str) -> Any:
    file = parse_yaml(text.removeprefix("\ufeff"), "")
    assert not file.findings
    return deepcopy(file.value)


def changed(text: str, path: KeyPath, new: Plain) -> Any:
    """What the text reads, with another value at a path."""
    value = value_of(text)
    within = value
    for step in path[:-1]:
        within = within[step]
    within[path[-1]] = new
    return value


def difference(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, with their line ends."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    codes = [code for code in SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if code[0] != "equal"]
    went = [line for _, start, end, _, _ in codes for line in old[start:end]]
    return went, [line for _, _, _, start, end in codes for line in new[start:end]]


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, marks=[pytest.mark.long] if number % 3 else []) for number, path in enumerate(SHIPPED)],
    ids=lambda path: str(path.relative_to(PROJECT)),
)
def test_a_shipped_file_changes_in_one_line(path: Path) -> None:
    """Every third file, and all of them among the long tests."""
    text = path.read_text(encoding="utf-8")
    assert edit(text, value_of(text)) == text
    after = edit(text, {**value_of(text), "new-key": "new value"})
    assert difference(text, after) == ([], ["new-key: new value\n"])


@pytest.mark.parametrize(
    ("path", "new", "went", "came"),
    [
        (("id",), "visit", "id: talks   # never another\n", "id: visit   # never another\n"),
        (("empty",), "full", "empty:\n", "empty: full\n"),
        (("nothing",), "", "nothing: ~\n", "nothing: ''\n"),
        (("flow", "a"), "2", "flow: { a: 1,b: [x,y ] }\n", "flow: {a: 2, b: [x, y]}\n"),
        (("events", "first", "line"), "3", "line: 1   # a remark\n", "line: 3   # a remark\n"),
        (("events", "second", "line"), "3", "second: {line: 2, ", "second: {line: 3, "),
        (("lines", 0, "text"), "null", "text: 2026-10-01 10:00\n", "text: 'null'\n"),
        (("lines", 1, "notes"), ["a", "c"], "notes: [a, 'b: c']\n", "notes: [a, 'c']\n"),
        (("lines", 2, "notes", 1), "d: e", "    -   b\n", "    -   'd: e'\n"),
    ],
)
def test_one_value_is_one_line(path: KeyPath, new: Plain, went: str, came: str) -> None:
    after = edit(DESK, changed(DESK, path, new))
    assert after == DESK.replace(went, came, 1)
    assert after != DESK


@pytest.mark.parametrize(
    ("wanted", "before", "after"),
    [
        ({"id": "x", "reviewed": "2026"}, "-   id: x\n", "-   id: x\n    reviewed: 2026\n"),
        ({"id": "y", "reviewed": "2026"}, "-   id: y\n", "-   id: y\n    reviewed: 2026\n"),
        ({"id": "z", "why": ["a", "b: c"]}, "    id: z\n", "    id: z\n    why:\n    -   a\n    -   'b: c'\n"),
    ],
)
def test_a_new_key_goes_above_the_comments_of_what_follows(
    wanted: Mapping[str, Plain], before: str, after: str
) -> None:
    value = value_of(DESK)
    value["lines"] = [
        {"id": each["id"], **wanted, **each} if each["id"] == wanted["id"] else each for each in value["lines"]
    ]
    assert edit(DESK, value) == DESK.replace(before, after, 1)


def test_entries_come_and_go_and_comments_stay_above_what_they_stand_above() -> None:
    value = value_of(DESK)
    first, second, third = value["lines"]
    assert edit(DESK, {**value, "lines": [first, {"id": "n"}, second, third, {"id": "o"}]}) == (
        DESK.replace("    # of y\n", "-   id: n\n    # of y\n").replace("# the end\n", "-   id: o\n# the end\n")
    )
    assert edit("a:\n  - b\n\n  # of c\n  - c\n", {"a": ["c"]}) == "a:\n\n  # of c\n  - c\n"
    assert edit(DESK, {**value, "lines": [first, third]}) == DESK.replace("-   id: y\n\n    notes: [a, 'b: c']\n", "")


@pytest.mark.parametrize(
    ("path", "new", "line"),
    [
        (("text",), "a wrapped text", "text:  one line  that is"),
        (("lines", 2, "notes"), ["b"], "    -   a   # first"),
        (("lines",), [{"id": "z", "notes": ["a", "b"], "share": "0x1F"}], "-   id: x"),
    ],
    ids=["another wrapped text", "the comment of a value", "a comment within an entry"],
)
def test_what_would_harm_the_file_is_refused_with_its_line(path: KeyPath, new: Plain, line: str) -> None:
    with pytest.raises(EditError) as refused:
        edit(DESK, changed(DESK, path, new))
    assert DESK.splitlines()[refused.value.line - 1] == line


def test_an_entry_with_a_wrapped_text_is_not_taken_away() -> None:
    with pytest.raises(EditError) as refused:
        edit("a:\n  - b: 1\n    c: d\n      e\n    f: 1\n  - b: 2\n", {"a": [{"b": "2"}]})
    assert refused.value.line == 3


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: &x {b: 1}\nc: *x\n", {"a": {"b": "2"}, "c": {"b": "1"}}),  # an alias that would follow
        ("a: 1\na: 2\n", {"a": "3"}),
        ("a: [\n", {"a": []}),
        ("", {"a": "1"}),
        ("a\n", {"a": "1"}),
        ("a:\tb: 1\n", {"a": "2"}),
    ],
)
def test_what_cannot_be_changed_is_refused(text: str, wanted: Plain) -> None:
    with pytest.raises(EditError):
        edit(text, wanted)


def test_another_key_of_a_file_with_aliases_can_be_changed() -> None:
    assert edit("a: &x {b: 1}\nc: *x\nd: 1\n", {"a": {"b": "1"}, "c": {"b": "1"}, "d": "2"}) == (
        "a: &x {b: 1}\nc: *x\nd: 2\n"
    )


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "byte order mark"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n"], ids=["no last line end", "line end", "blank line"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("start", ["", "---\n", "# top\n\n"], ids=["plain", "document start", "comment"])
def test_the_form_of_a_file_is_kept(mark: str, start: str, ending: str, end: str) -> None:
    text = mark + (start + "a: 1 \nb:\n  - id: x\n  - id: y" + end).replace("\n", ending)
    wanted: Plain = {"a": "1", "b": [{"id": "x"}, {"id": "y", "day": "2"}]}
    assert edit(text, wanted) == mark + (start + "a: 1 \nb:\n  - id: x\n  - id: y\n    day: 2" + end).replace(
        "\n", ending
    )


def test_in_a_long_file_lines_between_changes_keep_their_bytes_too() -> None:
    text = "a:\n" + "".join(f"  - id: {number}\n    kind:  same \n" for number in range(200))
    value = value_of(text)
    for number in (70, 71, 72):
        value["a"][number]["id"] = f"new-{number}"
    went, came = difference(text, edit(text, value))
    assert went == [f"  - id: {number}\n" for number in (70, 71, 72)]
    assert came == [f"  - id: new-{number}\n" for number in (70, 71, 72)]


def test_each_line_keeps_its_own_line_end_and_letters() -> None:
    decomposed = "Viê\u0323t"
    text = f"a: 1\r\n{decomposed}: {decomposed}\nb:\n  {decomposed}: 2\r\n"
    wanted: Plain = {"a": "1", "Việt": "Việt", "b": {"Việt": "3"}}
    assert edit(text, wanted) == text.replace(f"{decomposed}: 2", "Việt: 3")


def test_the_indentation_of_the_file_is_used_for_new_lines() -> None:
    wanted: Plain = {"a": [{"b": "1"}, {"c": ["one two"]}]}
    assert edit("a:\n- b: 1\n", wanted) == "a:\n- b: 1\n- c:\n  - one two\n"
    assert edit("a:\n    - b: 1\n", wanted) == "a:\n    - b: 1\n    - c:\n          - one two\n"
    assert edit("a:\n   b: 1\n", {"a": {"b": "1"}, "c": {"d": "1"}}) == "a:\n   b: 1\nc:\n   d: 1\n"


LOOSE = st.lists(st.sampled_from(["", "", "", "trailing", "above", "blank", "after", "crlf"]), min_size=40, max_size=40)
FACTS = """\
partnership:
  id: pair
  parties: [A, B]
statements:
  - id: one
    text: Open the ferry route
    values:
      by: {value: 2030, cite: note:L2#by}
    cites: [note:L2]
  - id: two
    text: >-
      Folded over
      two lines
    cites:
      - note:L3
      - note:L4
  - {id: three, text: 'It''s "quoted"', cites: [note:L5]}
offices:
  - id: four
"""


def loosened(text: str, manners: list[str], mark: str) -> str:
    """The same facts as other hands may write them."""
    lines = []
    for line, manner in zip(text.splitlines(), manners, strict=False):
        match "" if line.endswith(("Folded over", "two lines")) else manner:
            case "trailing":
                lines.append(f"{line}  \n")
            case "above":
                lines.append(f"# a remark\n{line}\n")
            case "blank":
                lines.append(f"\n{line}\n")
            case "after":
                lines.append(f"{line}  # a remark\n")
            case "crlf":
                lines.append(f"{line}\r\n")
            case _:
                lines.append(f"{line}\n")
    return mark + "".join(lines)


@given(LOOSE, st.sampled_from(["", "\ufeff"]), st.sampled_from(["one", "two", "four"]), st.booleans())
def test_however_a_file_is_written_one_key_more_is_one_line_more(
    manners: list[str], mark: str, id: str, whole: bool
) -> None:
    text = loosened(FACTS, manners, mark)
    text = text if whole else text.rstrip("\r\n")
    value = value_of(text)
    for section in ("statements", "offices"):
        value[section] = [
            {"id": id, "reviewed": "2026-08-20", **each} if each["id"] == id else each for each in value[section]
        ]
    after = edit(text, value)
    assert value_of(after) == value
    assert re.sub(r"    reviewed: 2026-08-20(\r?\n|$)", "", after).rstrip("\r\n") == text.rstrip("\r\n")
    assert after.endswith("\n") == whole
    lines = after.splitlines()
    assert lines[lines.index("    reviewed: 2026-08-20") - 1].startswith(f"  - id: {id}")


VALUES = st.recursive(
    st.sampled_from(["a", "", "null", "~", "2030", "b: c", "# d", "x y", "- e", "@f", "é", "'", '"', " g ", "h\ni"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["k", "l", "m", "n"]), inner, max_size=3)
    ),
    max_leaves=8,
)
MAPPINGS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, min_size=1)


@given(MAPPINGS, MAPPINGS)
def test_a_plain_file_can_be_made_to_read_anything(value: dict[str, Plain], wanted: dict[str, Plain]) -> None:
    assert value_of(edit(yaml_text(value), wanted)) == wanted


@given(st.text(st.sampled_from("ab:- \n#'\"[]{},&*|>~1?!\t\r\u0323"), max_size=40), MAPPINGS)
def test_any_text_reads_as_wanted_afterwards_or_is_refused(text: str, wanted: dict[str, Plain]) -> None:
    try:
        after = edit(text, wanted)
    except EditError:
        return
    assert parse_yaml(after.removeprefix("\ufeff"), "").value == wanted
