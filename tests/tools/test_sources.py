"""A record brought up to a changed text: whatever was curated is still there, and stands beside its own line."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.localise.language import ReadingWords
from briefgen.read.yaml import Plain, parse_yaml, yaml_text
from briefgen.tools.originals import Original, line_hash
from briefgen.tools.source_lines import Drafter
from briefgen.tools.sources import CHANGED, GONE, Draft, draft, update
from briefgen.tools.yaml_edit import edit

WORDS = ReadingWords(locale="en")
SENTENCES = st.lists(
    st.sampled_from(["one", "two", "three", "four", "5 million", "by 2030", "in May 2026"]), max_size=9
)
RECORD = """\
# Curated by hand.
id: talks   # never another
publisher: "Office of the Ministers"
sha256: {sha256}
published: {{date: 2026-03-03, basis: text, line: 1}}
events:
  talks: {{name: Talks, date: 2026-03-03, basis: text, line: 2}}
lines:
  # who met
  - line: 1
    sha256: {one}   # as printed
    digest: |
      The ministers met.
    says:
      - {{facts: [talks], on: talks}}
  # what was said
  - {{line: 2, sha256: {two}, digest: 'Both, "agreed"', figures: {{goal: 5 billion USD, by: '2030'}}}}
  - sha256: {four}
    line: 4
    digest: The next summit.
    undecided:
      - first note
# not used
left_out:
  caption: [3]
"""
TEXT = ["Northport.", "They agreed.", "A photograph.", "The next summit."]


def original(lines: list[str]) -> Original:
    text = "\n".join(lines)
    return Original(path=Path("a.txt"), sha256=hashlib.sha256(text.encode()).hexdigest(), lines=tuple(lines))


def record(lines: list[str] = TEXT) -> str:
    hashes = {name: line_hash(lines[at]) for name, at in {"one": 0, "two": 1, "four": 3}.items()}
    return RECORD.format(sha256=original(lines).sha256, **hashes)


def drafted(lines: list[str]) -> Draft:
    return draft("talks", original(lines), Drafter(lines, "en", WORDS))


def brought_up(text: str, lines: list[str]) -> tuple[str, dict[str, Plain]]:
    """The record's new text and what it says."""
    file = parse_yaml(text, "seeds/talks.yaml")
    assert isinstance(file.value, dict)
    made = update(file.value, original(lines), Drafter(lines, "en", WORDS))
    value = dict(made.value)
    return edit(edit(text, dict(made.in_place)), value), value


def entries(value: Plain) -> list[dict[str, Plain]]:
    assert isinstance(value, list)
    return [entry for entry in value if isinstance(entry, dict)]


def curated(value: dict[str, Plain]) -> list[dict[str, Plain]]:
    """What people put into the lines: all but number, hash and notes."""
    follows = ("line", "sha256", "undecided")
    return [{key: each[key] for key in each if key not in follows} for each in entries(value["lines"])]


def by_number(value: dict[str, Plain]) -> dict[str, dict[str, Plain]]:
    return {str(each["line"]): each for each in entries(value["lines"])}


def test_the_same_text_changes_nothing() -> None:
    assert brought_up(record(), TEXT)[0] == record()


def test_what_moved_keeps_comments_order_and_style() -> None:
    text, value = brought_up(record(), ["A new heading.", *TEXT])
    assert value["left_out"] == {"caption": ["4"]}
    expected = (
        record()
        .replace(original(TEXT).sha256, original(["A new heading.", *TEXT]).sha256)
        .replace("line: 2}", "line: 3}")
        .replace("line: 1}", "line: 2}")
        .replace("{line: 2,", "{line: 3,")
        .replace("line: 4", "line: 5")
        .replace("- line: 1", "- line: 2")
        .replace("caption: [3]", "caption: [4]")
        .replace("lines:\n", f"lines:\n  - line: 1\n    sha256: {line_hash('A new heading.')}\n    digest: ''\n")
    )
    assert text == expected


@pytest.mark.parametrize(
    ("at", "before", "after"),
    [
        (0, "   # as printed\n", f"   # as printed\n    undecided:\n      - '{CHANGED}'\n"),
        (1, ", digest: 'Both", f", undecided: ['{CHANGED}'], digest: 'Both"),
        (3, "      - first note\n", f"      - first note\n      - '{CHANGED}'\n"),
    ],
)
def test_what_changed_in_its_place_is_marked(at: int, before: str, after: str) -> None:
    lines = [f"{line} And more." if number == at else line for number, line in enumerate(TEXT)]
    text, _ = brought_up(record(), lines)
    expected = record().replace(original(TEXT).sha256, original(lines).sha256).replace(before, after)
    assert text == expected.replace(line_hash(TEXT[at]), line_hash(lines[at]))


def test_what_is_gone_is_kept_and_marked_and_finds_its_text_when_that_returns() -> None:
    text, value = brought_up(record(), [TEXT[0], TEXT[3]])
    gone = next(each for each in entries(value["lines"]) if each.get("undecided") == [GONE])
    assert (gone["sha256"], gone["digest"]) == (line_hash(TEXT[1]), 'Both, "agreed"')
    again, value = brought_up(text, TEXT[::-1])
    assert by_number(value)["3"]["digest"] == 'Both, "agreed"'
    assert GONE not in again


@pytest.mark.parametrize(
    ("written", "kept"), [("undecided: ask Lan", ["ask Lan"]), ("undecided: [{who: Lan}]", [{"who": "Lan"}])]
)
def test_notes_of_any_form_are_kept(written: str, kept: list[Plain]) -> None:
    before = record().replace("    says:\n", f"    {written}\n    says:\n")
    _, value = brought_up(before, ["Another place.", *TEXT[1:]])
    assert by_number(value)["1"]["undecided"] == [*kept, CHANGED]


def test_the_number_of_a_line_that_is_lost_moves_nothing_else() -> None:
    """The last line is lost, and the second stands under its number by the time it is found again."""
    lost = [TEXT[0], "Something.", "More of it.", TEXT[1]]
    text, value = brought_up(record(), lost)
    assert [each["line"] for each in entries(value["lines"]) if GONE in str(each)] == ["4"]
    again, value = brought_up(text, [*lost, TEXT[3]])
    assert "talks: {name: Talks, date: 2026-03-03, basis: text, line: 4}" in again
    assert by_number(value)["5"]["digest"] == "The next summit."


def test_left_out_without_lines_stays_as_it_is() -> None:
    before = record().replace("caption: [3]", "caption: [3]\n  menu:")
    text, _ = brought_up(before, ["A new heading.", *TEXT])
    assert text.endswith("left_out:\n  caption: [4]\n  menu:\n")


def test_a_line_left_out_whose_place_is_not_sure_is_asked_again() -> None:
    _, value = brought_up(record(), [*TEXT[:2], "A photograph.", "Another one.", TEXT[3]])
    assert value["left_out"] == {"caption": []}
    assert {"3", "4"} <= set(by_number(value))


def test_what_was_only_drafted_is_drafted_again() -> None:
    first = yaml_text(dict(drafted(["One.", "Two."]).value))
    text, value = brought_up(first, ["Another.", "Two."])
    assert text.count("- line:") == 2
    assert [each.get("undecided") for each in entries(value["lines"])] == [None, None]


@pytest.mark.parametrize(
    "fault", ["lines: none", "lines: [{line: 1}]", "lines: [{line: one, sha256: ab}]", "left_out: 3"]
)
def test_a_record_that_is_none_is_refused(fault: str) -> None:
    value = parse_yaml(fault, "").value
    assert isinstance(value, dict)
    with pytest.raises(ValueError, match=r".+"):
        update(value, original(TEXT), Drafter(TEXT, "en", WORDS))


def test_a_line_number_beyond_all_measure_costs_nothing() -> None:
    text, value = brought_up(record().replace("line: 4", "line: 4000000000"), TEXT[::-1])
    assert by_number(value)["1"]["digest"] == "The next summit."
    assert text


@given(SENTENCES, SENTENCES, st.data())
def test_no_edit_of_the_text_loses_what_was_curated(before: list[str], after: list[str], data: st.DataObject) -> None:
    first = dict(drafted(before).value)
    curated_lines = [
        {**each, "digest": f"digest {at}"} if data.draw(st.booleans()) else each
        for at, each in enumerate(entries(first["lines"]))
    ]
    text = yaml_text({**first, "lines": list(curated_lines)})
    new, value = brought_up(text, after)
    assert [each for each in curated(value) if each["digest"]] == [
        {key: each[key] for key in each if key not in ("line", "sha256", "undecided")}
        for each in curated_lines
        if each["digest"]
    ]
    assert {str(at) for at in range(1, len(after) + 1)} <= set(by_number(value))
    for each in entries(value["lines"]):
        notes = str(each.get("undecided"))
        text_now = after[int(str(each["line"])) - 1] if int(str(each["line"])) <= len(after) else ""
        assert GONE in notes or each["sha256"] == line_hash(text_now)
        if each["digest"] and CHANGED not in notes and GONE not in notes:
            assert each["sha256"] in {line["sha256"] for line in curated_lines if line["digest"] == each["digest"]}
    assert parse_yaml(new, "").value == value or not before or not value["lines"]
    assert brought_up(yaml_text(value), after)[1] == value


@given(SENTENCES, SENTENCES)
def test_a_text_that_comes_back_leaves_each_line_its_digest(before: list[str], after: list[str]) -> None:
    first = dict(drafted(before).value)
    lines = [{**each, "digest": f"says {text}"} for each, text in zip(entries(first["lines"]), before, strict=True)]
    _, away = brought_up(yaml_text({**first, "lines": list(lines)}), after)
    _, back = brought_up(yaml_text(away), before)
    for each in entries(back["lines"]):
        notes = str(each.get("undecided"))
        if each["digest"] and CHANGED not in notes and GONE not in notes:
            assert each["digest"] == f"says {before[int(str(each['line'])) - 1]}"


@given(st.lists(st.sampled_from([*TEXT, "Something new.", "They agreed. And more."]), min_size=1, max_size=8))
def test_no_edit_of_the_text_touches_a_comment(lines: list[str]) -> None:
    text, value = brought_up(record(), lines)
    assert parse_yaml(text, "").value == value
    for remark in (
        "# Curated by hand.",
        "   # never another",
        "# who met",
        "   # as printed",
        "# what was said",
        "# not used",
    ):
        assert remark in text
    assert list(value) == ["id", "publisher", "sha256", "published", "events", "lines", "left_out"]
    assert curated(value)[0].keys() <= {"digest", "says", "figures"}
