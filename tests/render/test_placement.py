"""Places of text, without a layout: what lies outside, over and under, and which of it a reader can still make out."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.findings import Severity
from briefgen.render.placement import (
    Box,
    BrokenWord,
    Cover,
    Layout,
    PrintedPage,
    TextRun,
    misplaced,
    not_printed,
)

SHEET = Box(0, 0, 794, 1123)
AREA = Box(60, 60, 734, 1063)


def run(text: str = "word", left: float = 100, top: float = 100, **other: Any) -> TextRun:
    """A run of 12 px type, 6 px for each letter, in a column of 200 px."""
    box = Box(left, top, left + 6 * len(text), top + 9)
    said: dict[str, Any] = {"page": 1, "size": 12.0, "column": Box(60, 60, 300, 1063), "area": AREA}
    return TextRun(text=text, box=box, **said | other)


def found(*runs: TextRun, **other: Any) -> list[str]:
    """Severity, code and message of each finding."""
    layout = Layout(sheets=[SHEET, SHEET], runs=runs, **other)
    return [f"{each.severity.name} {each.code} {each.message}" for each in misplaced(layout, "sheet.en.pdf")]


def test_text_in_its_place_is_right() -> None:
    assert found(run(), run(left=130), run(top=114)) == []


def test_the_document_is_named() -> None:
    (finding,) = misplaced(Layout(sheets=[SHEET], runs=[run(left=780, fact="trade")]), "sheet.en.pdf")
    assert (str(finding.location), finding.severity) == ("sheet.en.pdf", Severity.ERROR)
    assert "white-space: nowrap" in finding.hint


CASES = {
    "off the page": ([run(left=780)], ["ERROR R406 page 1: 'word' runs off the page"]),
    "the fact": ([run(left=780, fact="a")], ["ERROR R406 page 1: 'word' (fact a) runs off the page"]),
    "above the page": ([run(top=-8)], ["ERROR R406 page 1: 'word' runs off the page"]),
    "turned": ([run(left=780, apart=True, deliberate=True)], []),
    "cut off": ([run(clip=Box(0, 0, 110, 900))], ["ERROR R406 page 1: 'word' is cut off"]),
    "hardly cut": ([run(clip=Box(0, 0, 122, 900))], []),
    "out of its column": (
        [run(column=Box(60, 0, 114, 900), place="p")],
        ["WARNING R407 page 1: 'word' is wider than its column (p), by 2.6 mm"],
    ),
    "a side bearing": ([run(column=Box(60, 0, 123, 900))], []),
    "out of its cell": (
        [run(cell=Box(60, 0, 101, 900), place="td.person")],
        ["WARNING R407 page 1: 'word' is wider than its cell (td.person), by 6.1 mm"],
    ),
    "into the margin": (
        [run(left=730, column=SHEET)],
        ["WARNING R407 page 1: 'word' runs into the page's margins, by 5.3 mm"],
    ),
    "below its cell": (
        [run(cell=Box(60, 60, 300, 90))],
        ["WARNING R407 page 1: 'word' stands above or below its cell"],
    ),
    "over another": (
        [run("below", order=(0, 0, 1)), run("above", left=110, order=(0, 0, 2), fact="a")],
        ["ERROR R406 page 1: 'above' (fact a) is printed over 'below'"],
    ),
    "on another page": ([run(), run(page=2)], []),
    "a watermark": ([run(), run(deliberate=True)], []),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_out_of_place(name: str) -> None:
    runs, said = CASES[name]
    assert found(*runs) == said


def test_a_text_that_is_lost_is_not_told_to_be_out_of_its_column_too() -> None:
    assert len(found(run(left=780, column=Box(0, 0, 300, 900)))) == 1


def test_a_picture_over_a_text_is_told_and_a_text_over_a_picture_is_not() -> None:
    cover = Cover(page=1, box=Box(90, 90, 140, 140), order=(0, 0, 2), picture=True, place="img.logo")
    under = ["ERROR R406 page 1: 'word' lies under a picture (img.logo)"]
    assert found(run(order=(0, 0, 1)), covers=[cover]) == under
    assert found(run(order=(0, 0, 3)), covers=[cover]) == under, "side by side in the flow: the picture is in the way"
    assert found(run(order=(0, 1, 3)), covers=[cover]) == []
    assert found(run(order=(0, 0, 3)), covers=[replace(cover, picture=False)]) == []
    assert found(run(order=(0, 0, 1)), covers=[replace(cover, picture=False, place="div")]) == [
        "ERROR R406 page 1: 'word' lies under a box (div)"
    ]


def test_a_broken_word_is_told_where_it_need_not_be_broken_or_its_column_is_narrow() -> None:
    def broken(room: float, *, had_to: bool) -> list[str]:
        return found(broken=[BrokenWord(run=run(), parts=("Southla", "nd"), room=room, had_to=had_to)])

    assert broken(200, had_to=True) == []
    assert broken(200, had_to=False) == [
        "WARNING R408 page 1: 'Southland' is broken, though the next line has room for it"
    ]
    assert broken(40, had_to=True) == ["WARNING R408 page 1: 'Southland' is broken: its column is only 10.6 mm wide"]


def test_many_findings_of_a_kind_are_counted() -> None:
    told = found(*(run(f"word {number}", left=780, top=20 * number) for number in range(1, 31)))
    assert len(told) == 9
    assert told[-1] == "ERROR R406 22 more places of this kind"


def test_what_every_page_has_is_told_once() -> None:
    foot = [run("foot", left=780, page=page) for page in (1, 2)]
    assert found(*foot) == ["ERROR R406 page 1: 'foot' runs off the page (1 more page too)"]


def test_a_long_text_is_shortened() -> None:
    (told,) = found(run("seven words " * 20, column=SHEET))
    assert "…'" in told
    assert len(told) < 120


boxes = st.builds(
    lambda left, top, width, height: Box(left, top, left + width, top + height),
    *[st.integers(0, 400).map(float)] * 2,
    *[st.integers(4, 200).map(float)] * 2,
)


@given(boxes, boxes)
def test_overlapping_is_mutual_and_ends_where_there_is_no_common_ground(one: Box, other: Box) -> None:
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)
    apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
    assert not (apart and one.overlaps(other))


@given(st.lists(boxes, max_size=12))
def test_every_overlap_is_found_and_nothing_else(found_boxes: list[Box]) -> None:
    """Held against a comparison of each with each."""
    runs = [replace(run(f"w{number}"), box=box, column=SHEET) for number, box in enumerate(found_boxes)]
    pairs = {
        one.text
        for one in runs
        for other in runs
        if one is not other and one.box.overlaps(other.box) and one.text != other.text
    }
    layout = Layout(sheets=[SHEET], runs=runs)
    told = {text for each in misplaced(layout, "x") for text in each.message.split("'")[1::2] if "over" in each.message}
    assert told == pairs or len(pairs) > 4  # beyond a number, findings are counted only


def _page(text: str = "", *starts: tuple[float, float]) -> PrintedPage:
    return PrintedPage(595, 842, text, starts)


def test_a_text_that_the_file_has_where_it_was_laid_out_is_right() -> None:
    layout = Layout(sheets=[SHEET], runs=[run("Việt Nam"), run("ﬁne", top=200)])
    page = _page("Việt Nam\nfine", (100.3, 108.8), (100, 209))
    assert list(not_printed(layout, [page], "x")) == []


def test_a_text_that_the_file_lacks_or_has_elsewhere_is_told() -> None:
    layout = Layout(sheets=[SHEET], runs=[run("here", fact="a")])
    for page in (_page(), _page("here", (140, 109))):
        first, *_ = not_printed(layout, [page], "sheet.en.pdf")
        assert (str(first.location), first.code, first.severity) == ("sheet.en.pdf", "R409", Severity.ERROR)
        assert first.message == "page 1: 'here' (fact a) is not in the file where it should be"


def test_letters_that_a_search_would_not_find_are_told() -> None:
    (finding,) = not_printed(Layout(sheets=[SHEET], runs=[run("통제청")]), [_page("통\x00청", (100, 109))], "x")
    assert (finding.code, finding.severity) == ("R409", Severity.WARNING)
    assert finding.message.endswith("these are lacking: 제")


def test_letters_that_the_engine_knows_by_their_shapes_alone_stop_no_strict_build() -> None:
    """Which of a consonant and its sign of a vowel a shape stands for, the engine does not say: nobody can mend it."""
    (finding,) = not_printed(Layout(sheets=[SHEET], runs=[run("सूची")]), [_page("सूी", (100, 109))], "x")
    assert (finding.code, finding.severity) == ("R409", Severity.NOTE)
    assert finding.message.endswith("these are lacking: च")


def test_what_is_see_through_as_a_whole_is_not_looked_for() -> None:
    assert list(not_printed(Layout(sheets=[SHEET], runs=[run(apart=True)]), [_page()], "x")) == []
