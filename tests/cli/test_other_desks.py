"""What the desk of another partnership reads: other countries, an organisation as a party, and few facts."""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROJECT, Program, changed

from briefgen.model.briefing import Status

Read = Callable[..., str]
SAMPLE, RECORD = "facts/sample.yaml", "seeds/sample-talks-2026.yaml"


@pytest.fixture
def page(starter: Path, program: Program) -> Read:
    """Builds the sample workspace, as it is then, and gives its full briefing, a line for each paragraph and cell."""
    (starter / "briefgen.toml").write_text('languages = ["en"]\nformats = ["html"]\n', encoding="utf-8")

    def read(day: str = "2026-11-21") -> str:
        made = program("build", "--as-of", day, at=starter)
        assert made.code == 0, made.err
        text = (starter / f"out/sample/as-of/{day}/full-briefing.en.html").read_text("utf-8")
        body = re.sub(r"<(style|script)\b.*?</\1>", "", text[text.index("<body") :], flags=re.DOTALL)
        lines = re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|tr|li|h\d|td|th|section)>", "\n", body)).split("\n")
        plain = (html.unescape(line).replace("\u00a0", " ").replace("\u2060", "") for line in lines)
        return "\n".join(filter(None, (re.sub(r"\s+", " ", line).strip() for line in plain)))

    return read


def test_a_pledge_of_one_side_among_what_came_out_names_the_side(starter: Path, page: Read) -> None:
    for file in (SAMPLE, RECORD):
        changed(starter / file, "to: [NL]", "to: []")
        changed(starter / file, "act: requested", "act: announced")
    came_out = page().split("in the sources Prime ministers' talks, Northport")[1].split("What each side asks")[0]
    assert "\nSouthland: Open the ferry route all year round" in came_out
    assert "\nRaise trade between the two countries" in came_out


def test_the_last_talks_are_named_where_the_sources_tell_nothing_that_came_out(starter: Path, page: Read) -> None:
    changed(starter / SAMPLE, "    on: sample-talks-2026@talks\n    rank: 1", "    rank: 1")
    changed(starter / RECORD, "act: agreed, on: talks", "act: agreed")
    assert (
        "Last leaders' talks in the sources Prime ministers' talks, Northport · 3 March 2026\nOutcome not recorded\n"
        in page()
    )


def test_what_is_due_by_a_summit_has_no_empty_brackets(starter: Path, page: Read) -> None:
    for file in (SAMPLE, RECORD):
        changed(starter / file, "to: [NL]", "to: []")
        changed(starter / file, "act: requested", "act: announced")
    due = '    due: {value: 2026-10, cite: "sample-talks-2026:L3#due"}\n'
    changed(starter / SAMPLE, "Open the ferry route all year round\n", f"Open the ferry route in {{due}}\n{due}")
    changed(starter / RECORD, "      holder: {", "      due: {value: 2026-10, as: October 2026}\n      holder: {")
    label = "Also due or ending by 31 October 2026"
    assert f"\n{label}: Southland: Open the ferry route in October 20261\n" in page("2026-09-01")


def test_a_party_has_another_name_within_a_sentence_where_the_facts_say_so(starter: Path, page: Read) -> None:
    union = "SL: {name: Southern Union, within: the Southern Union, aliases: [Southland]}"
    changed(starter / SAMPLE, "SL: {name: Southland}", union)
    changed(starter / RECORD, "language: en", "language: en\naccount: SL")
    read = page()
    assert "to US$5 billion by 20301 Open · as told by the Southern Union" in read
    assert "account of the Southern Union" in read
    assert "as told by Southern" not in read


def test_a_status_that_has_no_glyph_leaves_no_gap_before_its_word_in_a_change() -> None:
    styles = PROJECT / "templates/style"
    drawn, changes = ((styles / f"{name}.css").read_text(encoding="utf-8") for name in ("glyphs", "changes"))
    bare = [code for status in Status if f".status.{(code := status.value.replace(' ', '-'))}::before" not in drawn]
    assert bare == ["repeated", "stands"]
    assert all(f".change-values .status.{code} {{ padding-left: 0; }}" in changes for code in bare)
    assert all(f".change-values .status.{code}::before {{ content: none; }}" in changes for code in bare)
