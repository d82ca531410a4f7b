"""The most rows that fit are found by measuring once: the same in every language; zones yield in their order."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from conftest import Direct, request_for, shipped_look
from hypothesis import given
from hypothesis import strategies as st
from weasyprint.layout import block

from briefgen.build import files_for
from briefgen.localise.first_page import FEWEST, MOST, STRIP, ZONES
from briefgen.model.document import Job, Measures, Page, RenderedFile, TemplateError
from briefgen.model.edition import Rows
from briefgen.model.findings import FindingsError
from briefgen.render import documents as rendering
from briefgen.render import pdf as to_pdf
from briefgen.render.documents import fit, render
from render.jobs import jobs_of

CODES = ("en", "vi", "ko")
LOOK = shipped_look()
heights = st.lists(st.integers(4, 60).map(float), max_size=8).map(tuple)
columns = st.lists(heights, max_size=3).map(tuple)
measures = st.builds(
    Measures,
    room=st.integers(0, 1200).map(float),
    needed=st.integers(0, 3000).map(float),
    gaps=st.integers(0, 8),
    rows=st.dictionaries(st.sampled_from(ZONES), columns),
)


def _jobs(page: Page, **other: Any) -> list[Job]:
    """One a language."""
    job = Job(page=page, document="sheet", format="pdf", folders=(), look=LOOK, page_limit=1)
    return [replace(job, page=replace(page, language=code), **other) for code in CODES]


def _measured(found: list[Measures]) -> Callable[[Job], Measures]:
    by_language = dict(zip(CODES, found, strict=True))
    return lambda job: by_language[job.page.language]


def _fitted(page: Page, found: list[Measures]) -> Rows:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rendering, "measure", _measured(found))
        return fit(_jobs(page), Direct())


def _steps() -> Iterator[Mapping[str, int]]:
    """All that may be tried, in order: zone by zone down to what it keeps, then by turns to one row, the strip last."""
    counts = dict(MOST)
    yield dict(counts)
    zones = [zone for zone in ZONES for _ in range(MOST[zone] - FEWEST[zone])]
    zones += [
        zone for turn in range(max(FEWEST.values())) for zone in ZONES if zone != STRIP and FEWEST[zone] > turn + 1
    ]
    zones += [STRIP] * FEWEST[STRIP]
    for zone in zones:
        counts[zone] -= 1
        yield dict(counts)


STEPS = list(_steps())


@given(found=st.tuples(measures, measures, measures).map(list))
def test_it_is_the_first_step_that_fits_in_every_language_and_what_still_fits_beside_it(
    page: Page, found: list[Measures]
) -> None:
    def fits(counts: Mapping[str, int]) -> bool:
        return all(each.spare(counts) >= 0 for each in found)

    expected = dict(next((step for step in STEPS if fits(step)), STEPS[-1]))
    for zone in reversed(ZONES) if expected[STRIP] else ():
        while expected[zone] < MOST[zone] and fits({**expected, zone: expected[zone] + 1}):
            expected[zone] += 1
    assert dict(_fitted(page, found).counts) == expected


def test_a_row_that_still_fits_comes_back_after_a_long_one_went(page: Page) -> None:
    rows = {"asks": ((10.0, 10.0, 300.0, *[10.0] * (MOST["asks"] - 3)),), "outcomes": ((10.0,) * MOST["outcomes"],)}
    needed = 310.0 + 10 * (MOST["asks"] - 1 + MOST["outcomes"])
    counts = _fitted(page, [Measures(room=needed - 250, needed=needed, gaps=0, rows=rows)] * 3).counts
    assert (counts["asks"], counts["outcomes"]) == (2, MOST["outcomes"])


@pytest.mark.parametrize("step", range(len(STEPS) - FEWEST[STRIP]))
def test_rows_of_one_height_yield_one_by_one_in_order(page: Page, step: int) -> None:
    """Zone by zone down to what each keeps, in the order of ZONES; then by turns."""
    rows = {zone: ((10.0,) * MOST[zone],) for zone in ZONES if zone != STRIP}
    each = Measures(room=1000 - 10.0 * step, needed=1000, gaps=0, rows=rows)
    assert dict(_fitted(page, [each] * 3).counts) == STEPS[step]


@given(found=st.tuples(measures, measures, measures).map(list))
def test_the_strip_of_figures_yields_last_and_as_a_whole(page: Page, found: list[Measures]) -> None:
    strip = tuple((height,) for height in (40.0, 50.0, 30.0))
    counts = _fitted(page, [replace(each, rows={**each.rows, STRIP: strip}) for each in found]).counts
    assert counts[STRIP] in (0, MOST[STRIP])
    assert counts[STRIP] or all(counts[zone] == min(1, FEWEST[zone]) for zone in ZONES if zone != STRIP)


@given(found=st.tuples(measures, measures, measures).map(list))
def test_what_is_left_over_stretches_the_spaces_and_never_the_page(page: Page, found: list[Measures]) -> None:
    rows = _fitted(page, found)
    for code, each in zip(CODES, found, strict=True):
        stretch = float(rows.stretch[code].removesuffix("px"))
        assert 0 <= stretch <= 24
        assert stretch * each.gaps <= max(0, each.spare(rows.counts))


def test_a_document_of_few_parts_does_not_stretch_a_full_one(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room that a press note had left went to the spaces of the page at a glance too, which then needed two."""
    full, short = (Measures(room=room, needed=100, gaps=4, rows={}) for room in (109.0, 180.0))
    monkeypatch.setattr(rendering, "measure", lambda job: short if job.document == "note" else full)
    for documents in ("sheet", "note"), ("note", "sheet"):
        jobs = [job for name in documents for job in _jobs(page, document=name)]
        assert fit(jobs, Direct()).stretch == dict.fromkeys(CODES, "2.00px")


@given(each=measures, zone=st.sampled_from(ZONES))
def test_a_row_less_never_needs_more_room(each: Measures, zone: str) -> None:
    spare = [each.spare({**MOST, zone: count}) for count in range(MOST[zone], -1, -1)]
    assert list(accumulate(spare, max)) == spare


def test_columns_beside_each_other_are_as_high_as_the_highest() -> None:
    each = Measures(room=100, needed=100, gaps=1, rows={"asks": ((10.0, 10.0, 10.0), (25.0,), ())})
    assert [each.spare({**MOST, "asks": count}) for count in (3, 2, 1, 0)] == [0, 5, 5, 30]


def test_a_break_between_pages_leaves_as_much_as_the_highest_block_that_is_kept_whole() -> None:
    rows = {"asks": ((10.0, 10.0, 10.0), (25.0,)), "due": ((12.0, 40.0),), "sources": ((90.0,),)}
    each = Measures(room=200, needed=100, gaps=0, rows=rows, breaks=2)
    found = [each.spare({**MOST, **counts}) for counts in ({}, {"due": 1}, {"due": 1, "asks": 2})]
    assert found == [100 - 2 * 40, 140 - 2 * 30, 145 - 2 * 25]


def test_sources_that_fewer_rows_do_not_need_make_room_but_for_two_lines() -> None:
    each = Measures(room=100, needed=200, gaps=1, rows={"sources": ((100.0,),)})
    assert [each.spare(MOST, unused) for unused in (0, 0.2, 0.5)] == [-100, -100, -77]
    wide = replace(each, room=150)
    assert (wide.stretch(MOST), wide.stretch(MOST, 0.8)) == (0, 2)


def test_a_zone_of_a_template_of_ones_own_yields_nothing() -> None:
    each = Measures(room=100, needed=90, gaps=0, rows={"ours": ((10.0,),)})
    assert each.spare(MOST) == 10


def test_a_zone_never_has_more_rows_than_look_yaml_says(page: Page) -> None:
    few = replace(LOOK, first_page_rows={**MOST, "asks": 2, "due": 12})
    assert dict(fit(_jobs(page, page_limit=None, look=few), Direct()).counts) == {**MOST, "asks": 2, "due": 12}
    with pytest.MonkeyPatch.context() as patched:
        too_high = Measures(room=1, needed=1000, gaps=0, rows={})
        patched.setattr(rendering, "measure", _measured([too_high] * 3))
        counts = fit(_jobs(page, look=few), Direct()).counts
    assert counts == {**dict.fromkeys(ZONES, 1), STRIP: 0, "officeholders": 0}


def test_without_a_limit_nothing_is_measured_and_every_zone_has_its_most(page: Page) -> None:
    for jobs in (_jobs(page, page_limit=None), _jobs(page, format="html"), []):
        assert fit(jobs, Direct()) == Rows(counts=MOST)


@pytest.mark.parametrize(("format", "measured"), [("pdf", ["at-a-glance.en.pdf"]), ("html", [])])
def test_a_full_briefing_that_is_made_alone_begins_with_one_page(
    format: str, measured: list[str], starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str] = []

    def measure(job: Job) -> Measures:
        names.append(job.name)
        return Measures(room=1, needed=1000, gaps=0, rows={})

    monkeypatch.setattr(rendering, "measure", measure)
    files = files_for(
        request_for(starter, documents=("full-briefing",), formats=(format,), languages=("en",)), Direct()
    )
    rows = files.fit(files.plan())
    assert (names, rows.counts["asks"]) == (measured, 1 if measured else MOST["asks"])


def test_a_template_that_cannot_be_measured_is_a_finding(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_job: Job) -> Measures:
        raise TemplateError("sheet.html", 3, "is refused")

    monkeypatch.setattr(rendering, "measure", refuse)
    with pytest.raises(FindingsError) as stopped:
        fit(_jobs(page), Direct())
    assert [(each.location.line, each.message) for each in stopped.value.findings] == [(3, "is refused")]


@pytest.mark.parametrize(("limit", "codes"), [(1, ["L802"] * 3), (2, []), (None, [])])
def test_a_document_that_is_too_long_all_the_same_is_a_finding(page: Page, limit: int | None, codes: list[str]) -> None:
    def two_pages(job: Job) -> RenderedFile:
        return RenderedFile(name=job.name, content=b"%PDF", pages=2)

    found: list[str] = []
    try:
        made = render(_jobs(page, page_limit=limit), Direct(), one=two_pages)
        assert len(made) == 3
    except FindingsError as error:
        found = [each.code for each in error.findings]
    assert found == codes


# -- what the engine measures


ROW = "<p id='row-{zone}-{column}-{number}' style='margin: 0; height: {height}px'>x</p>"


def _markup(*rows: tuple[str, int, int, int], style: str = "") -> str:
    body = "".join(ROW.format(zone=z, column=c, number=n, height=h) for z, c, n, h in rows)
    return (
        "<!DOCTYPE html><html lang='en'><head><title>x</title><style>@page { size: 400px 500px; margin: 50px }"
        f" body {{ margin: 0 }} {style}</style></head><body><div class='front'><section>{body}</section>"
        "<section></section></div><p id='end-of-page' style='margin: 0; height: 0'></p></body></html>"
    )


def test_the_engine_measures_every_row_once_though_they_do_not_fit_the_page(tiny_job: Callable[..., Job]) -> None:
    rows = [("asks", 1, 1, 30), ("asks", 1, 2, 40), ("asks", 2, 1, 50), ("due", 1, 1, 700)]
    found = to_pdf.measure(tiny_job(_markup(*rows), "pdf", page_limit=1))
    assert (found.room, found.gaps) == (400, 2)
    assert found.needed == pytest.approx(820, abs=0.1)
    assert {zone: [list(column) for column in columns] for zone, columns in found.rows.items()} == {
        "asks": [[pytest.approx(30), pytest.approx(40)], [pytest.approx(50)]],
        "due": [[pytest.approx(700)]],
    }


def test_a_limit_of_two_pages_has_room_for_two(tiny_job: Callable[..., Job]) -> None:
    found = to_pdf.measure(tiny_job(_markup(), "pdf", page_limit=2))
    assert (found.room, found.breaks, found.gaps) == (800, 1, 0)  # what is left over on one page is none of the other's


def test_a_page_without_rows_or_an_end_leaves_nothing_to_choose(tiny_job: Callable[..., Job]) -> None:
    text = "<!DOCTYPE html><html lang='en'><head><title>x</title></head><body><p>x</p></body></html>"
    found = to_pdf.measure(tiny_job(text, "pdf", page_limit=1))
    assert (found.needed, found.gaps, dict(found.rows)) == (0, 0, {})


def test_what_stands_beside_each_other_is_laid_out_twice_and_no_more(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the engine must; for a least height that makes no difference, it would lay out each a third time."""
    made: Counter[Any] = Counter()
    lay_out = block.block_level_layout_switch

    def counted(context: Any, box: Any, *others: Any, **named: Any) -> Any:
        if box.is_flex_item:
            made[box.element] += 1
        return lay_out(context, box, *others, **named)

    monkeypatch.setattr(block, "block_level_layout_switch", counted)
    job = next(each for each in jobs_of(request_for(starter), tmp_path) if each.format == "pdf" and each.page_limit)
    to_pdf.measure(job)
    classes = Counter(element.get("class") for element in made)
    assert {"names", "edition-lines", "tile", "rest", "page"} <= classes.keys()
    assert max(made.values()) <= 2
