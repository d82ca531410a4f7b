"""A merge of three versions takes over what one side alone has changed, and loses no line of the other."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.tools.templates import merge_lines

Lines = list[str]
lines = st.lists(st.sampled_from("abcdef"), max_size=9)
edits = st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["x", "y", ""]), st.booleans()), max_size=3)

CASES = {
    "only the program's": ("abc", "abX", "abc", "abX", 0),
    "only mine": ("abc", "abc", "Xbc", "Xbc", 0),
    "both, apart": ("abcde", "aBcde", "abcdE", "aBcdE", 0),
    "both the same": ("abc", "aXc", "aXc", "aXc", 0),
    "a line more on either side": ("abcd", "aNbcd", "abcdM", "aNbcdM", 0),
    "taken away there, changed elsewhere here": ("abcd", "acd", "abcD", "acD", 0),
    "both the same line": ("abc", "aXc", "aYc", "aYc", 1),
    "changed there, taken away here": ("abc", "aXc", "ac", "ac", 1),
    "both at the end": ("ab", "abX", "abY", "abY", 1),
    "one apart, one not": ("abcde", "AbXde", "abYde", "AbYde", 1),
}


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    then, now, mine, expected, conflicts = CASES[name]
    merged = merge_lines(then, now, mine)
    assert ("".join(merged.lines), len(merged.conflicts)) == (expected, conflicts)


@given(lines, edits, edits)
def test_rules(then: Lines, there: list[tuple[int, str, bool]], here: list[tuple[int, str, bool]]) -> None:
    now, mine = _edited(then, there), _edited(then, here)
    merged = merge_lines(then, now, mine)
    assert {each for each in mine if each not in then} <= {*merged.lines}  # what a person wrote stays
    assert merge_lines(then, now, then).lines == tuple(now)
    assert merge_lines(then, then, mine).lines == tuple(mine)
    if not merged.conflicts:
        assert merged.then == tuple(now)
    else:
        again = merge_lines(merged.then, now, merged.lines)
        assert (again.lines, again.taken) == (merged.lines, 0)
        assert again.conflicts
    for each in merged.conflicts:
        assert merged.lines[each.before : each.before + len(each.mine)] == each.mine


@given(lines, edits, edits)
def test_git_merges_the_same(
    tmp_path_factory: pytest.TempPathFactory,
    then: Lines,
    there: list[tuple[int, str, bool]],
    here: list[tuple[int, str, bool]],
) -> None:
    """Where git merges without a conflict; it finds one in lines beside each other, too."""
    now, mine = _edited(then, there), _edited(then, here)
    folder = tmp_path_factory.mktemp("git")
    files = [_written(folder / name, each) for name, each in (("mine", mine), ("then", then), ("now", now))]
    done = subprocess.run(["git", "merge-file", "-p", *files], capture_output=True, text=True, check=False)
    merged = merge_lines(then, now, mine)
    if done.returncode == 0 and not merged.conflicts and len({*then}) == len(then):
        assert done.stdout.split("\n")[:-1] == list(merged.lines)


def _written(path: Path, found: Lines) -> str:
    path.write_text("".join(f"{each}\n" for each in found), encoding="utf-8")
    return str(path)


def _edited(then: Lines, changes: list[tuple[int, str, bool]]) -> Lines:
    """With some lines replaced, put in or taken away."""
    found = list(then)
    for at, text, instead in changes:
        found[at : at + instead] = [text] if text else []
    return found
