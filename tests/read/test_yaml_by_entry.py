"""A file that is read entry by entry reads as it does whole, whatever stands in it; what has not changed is known."""

from pathlib import Path

import pytest
from conftest import PROJECT
from hypothesis import given
from hypothesis import strategies as st

from briefgen.read import yaml as reading
from briefgen.read.yaml import YamlFile, parse_yaml

from .test_yaml import ODD, PLAIN

FILE = """# a remark
names:
  a: one  # of many
  b: {c: "two: 2", d: [e, f]}
first: # the list
  # of entries
  - id: x
    text: |
      lines
      - of text
    cites: [a, b]

  - id: y
    - z
  - plain text
    that goes on
second:
- id: w
  text: 'quoted
    on'
last: "end"
"""
SHIPPED = sorted(path for name in ("facts", "seeds", "templates") for path in (PROJECT / name).rglob("*.yaml"))
SIGNS = [
    "",
    " ",
    "\n",
    "  - id: q\n",
    "- r\n",
    "  s: t\n",
    "u:\n",
    "u: v\n",
    '"',
    "'",
    "[",
    "}",
    "&a ",
    "*a",
    "#",
    ": ",
    "|",
    "\t",
    "\\",
    "x",
]


def _whole(text: str) -> YamlFile:
    """As it reads where nothing is read entry by entry."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_by_entries", lambda *_: None)
        return parse_yaml.__wrapped__(text, "facts.yaml")


def _by_entry(text: str) -> YamlFile:
    return parse_yaml.__wrapped__(text, "facts.yaml")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_what_is_shipped_reads_entry_by_entry_as_it_does_whole(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _by_entry(text) == _whole(text)
    assert path.parent.name not in ("facts", "seeds") or reading._by_entries(text, "facts.yaml")


def test_whatever_is_odd_reads_as_it_does_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_NODES", 2_000)  # what is too much is so sooner
    for text in (FILE, *PLAIN, *ODD):
        assert _by_entry(text) == _whole(text), text


@given(data=st.data())
def test_a_file_with_signs_put_in_and_cut_out_reads_as_it_does_whole(data: st.DataObject) -> None:
    text = FILE.replace("    - z\n", "").replace("- id: w\n  text", "  - id: w\n    text")
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 12))
        text = text[:place] + data.draw(st.sampled_from(SIGNS)) + text[place + cut :]
    assert _by_entry(text) == _whole(text)


def test_only_the_entry_that_changed_is_read_again() -> None:
    text = (PROJECT / "facts" / "vn-kr.yaml").read_text(encoding="utf-8")
    _by_entry(text)
    before = reading._part.cache_info().misses
    assert _by_entry(text.replace("text: Diplomatic relations established", "text: Relations", 1)) != _by_entry(text)
    assert reading._part.cache_info().misses == before + 1
