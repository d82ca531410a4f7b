"""The documents of the shipped workspace: one page where one page is promised, and the same in every language."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape
from itertools import chain, repeat
from pathlib import Path

import pypdfium2
import pytest
from conftest import Direct, edition_info, plain_look, request_for, shipped_look
from render.pdfs import boxes_of

from briefgen.assess import assess
from briefgen.build import build
from briefgen.changes import ChangeKind, Changes, compare, take_snapshot
from briefgen.localise.first_page import FEWEST, MOST, STRIP, ZONES
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.document import Job, Page, RenderedFile
from briefgen.model.edition import Rows
from briefgen.model.views import Badge, Item, Reply, Run
from briefgen.render import pdf as to_pdf
from briefgen.render.documents import fit, render
from briefgen.render.html import render_text
from shipped.pages import book, briefing, languages, within, workspace

from .many import part_of, times, times_in

CODES = workspace().settings.languages
LONGEST = "vi"
TODAY, EARLY = date(2026, 11, 21), date(2022, 3, 1)
SUPERSCRIPT = re.compile(r"<sup[^>]*>([0-9, ]+)</sup>")
"""The numbers of a mark."""
IN_EACH = pytest.mark.parametrize(
    "codes", [(LONGEST,), pytest.param(CODES, marks=pytest.mark.long)], ids=["longest", "every"]
)
"""In the language whose texts are longest, and among the long tests in all of them, which have their rows in common."""
MOST_EMPTY = 0.12
"""The share of a page that may be left empty at its foot."""


@cache
def _page(day: date, code: str) -> Page:
    return _page_with(day, code, Rows())


def _page_with(day: date, code: str, rows: Rows) -> Page:
    return localise(briefing(day), None, languages(), code, edition_info(), plain_look(), rows)


def _folders() -> tuple[str, ...]:
    return tuple(str(folder) for folder in workspace().template_folders)


def _job(page: Page, document: str, limit: int | None = None) -> Job:
    look = shipped_look()
    return Job(page=page, document=document, format="pdf", folders=_folders(), look=look, page_limit=limit, strict=True)


def _fitted(
    known: Briefing,
    changes: Changes | None = None,
    texts: Mapping[str, Language] | None = None,
    codes: tuple[str, ...] = CODES,
) -> tuple[Rows, tuple[RenderedFile, ...]]:
    """At a glance as a build makes it: measured once, and laid out with the rows that fit."""

    def jobs(rows: Rows) -> list[Job]:
        pages = (
            localise(known, changes, texts or languages(), code, edition_info(), plain_look(), rows) for code in codes
        )
        return [_job(page, "at-a-glance", limit=1) for page in pages]

    rows = fit(jobs(Rows()), Direct())
    return rows, render(jobs(rows), Direct())


@cache
def _shipped(day: date) -> tuple[Rows, tuple[RenderedFile, ...]]:
    return _fitted(briefing(day))


def _empty(document: RenderedFile) -> float:
    """How much of the page, between its margins, is white below the last line."""
    pdf = pypdfium2.PdfDocument(document.content)
    picture = pdf[0].render(scale=1).to_pil().convert("L")
    pdf.close()
    millimetre = picture.height / 297
    top, bottom = round(16 * millimetre), round((297 - 18) * millimetre)
    inked = picture.crop((0, top, picture.width, bottom)).point([255] * 200 + [0] * 56).getbbox()
    return float(1 - inked[3] / (bottom - top))


@pytest.mark.parametrize("day", [TODAY, pytest.param(EARLY, marks=pytest.mark.long)], ids=str)
def test_at_a_glance_is_one_page_in_every_language_with_the_same_rows(day: date) -> None:
    _, made = _shipped(day)
    assert [document.pages for document in made] == [1] * len(CODES)
    first, *others = [Counter(document.marks) for document in made]
    assert first
    assert all(other == first for other in others)


def test_a_span_of_days_stays_on_one_line_where_letter_leaves_less_room() -> None:
    """With the margins that the guide has for it."""
    job = _job(_page_with(TODAY, LONGEST, _shipped(TODAY)[0]), "at-a-glance")
    paper = replace(job.look.paper, size="Letter", top=20, right=22, bottom=16, left=25)
    assert to_pdf.render(replace(job, look=replace(job.look, paper=paper))).findings == ()


def test_no_language_leaves_more_than_twelve_hundredths_of_the_page_empty() -> None:
    _, made = _shipped(TODAY)
    assert {document.name: round(share, 3) for document in made if (share := _empty(document)) > MOST_EMPTY} == {}


def test_a_page_that_is_left_empty_would_be_found() -> None:
    rows = Rows(counts=dict.fromkeys(ZONES, 1), stretch={})
    assert _empty(to_pdf.render(_job(_page_with(TODAY, "en", rows), "at-a-glance"))) > MOST_EMPTY


def test_the_longest_language_fills_the_page() -> None:
    """Rows were left out, and what is left of their room is the stretch that the page was given."""
    rows, made = _shipped(TODAY)
    assert any(rows.counts[zone] < MOST[zone] for zone in ZONES)
    assert min(map(_empty, made)) < 0.02
    assert min(float(each.removesuffix("px")) for each in rows.stretch.values()) < 10


@IN_EACH
@pytest.mark.parametrize("number", [pytest.param(1, marks=pytest.mark.long), 3])
def test_the_page_is_kept_with_three_times_the_statements(number: int, codes: tuple[str, ...]) -> None:
    settings = workspace().settings
    known = assess(times(book(), number), TODAY, settings.due_soon_days, settings.shelf_lives)
    assert len(known.items) >= len(book().facts) + (number - 1) * 150
    rows, made = _fitted(known, texts=times_in(languages(), number), codes=codes)
    assert [document.pages for document in made] == [1] * len(codes)
    assert {zone for zone, count in rows.counts.items() if count < 2} <= {"changes", "officeholders"}
    assert rows.counts[STRIP] == MOST[STRIP]


@IN_EACH
def test_the_page_is_kept_with_a_tenth_of_the_facts_and_needs_no_row_left_out(codes: tuple[str, ...]) -> None:
    settings = workspace().settings
    few = part_of(book(), 10)
    assert 15 <= len(few.facts) <= len(book().facts) / 8
    rows, made = _fitted(assess(few, TODAY, settings.due_soon_days, settings.shelf_lives), codes=codes)
    assert [document.pages for document in made] == [1] * len(codes)
    assert rows.counts == MOST


@IN_EACH
def test_a_page_full_of_changes_is_kept_and_changes_yield_first(codes: tuple[str, ...]) -> None:
    rows, made = _fitted(briefing(TODAY), _changes(book(), EARLY), codes=codes)
    assert [document.pages for document in made] == [1] * len(codes)
    assert 1 <= rows.counts["changes"] <= MOST["changes"]
    assert rows.counts["changes"] == FEWEST["changes"] or rows.counts[STRIP] == MOST[STRIP]


@IN_EACH
@pytest.mark.parametrize("number", [1, *(pytest.param(each, marks=pytest.mark.long) for each in range(2, 6)), 6])
def test_the_line_that_counts_what_is_left_out_does_not_make_the_page_too_long(
    number: int, codes: tuple[str, ...]
) -> None:
    """It is not there while all changes have their rows, which are what is measured."""
    whole = _changes(book(), EARLY)
    few = replace(whole, rows=whole.rows[:number])
    _, made = _fitted(briefing(TODAY), few, codes=codes)
    assert [document.pages for document in made] == [1] * len(codes)


@IN_EACH
def test_the_line_that_counts_kinds_that_lost_their_rows_does_not_make_the_page_too_long(
    codes: tuple[str, ...],
) -> None:
    """What it names while all rows are there fits into one line; once few are left it goes on in a second."""
    whole = _changes(book(), EARLY)
    few = (ChangeKind.CORRECTED, ChangeKind.UPDATED, ChangeKind.STATUS, ChangeKind.TIME, ChangeKind.SOURCE)
    kinds = chain(few, repeat(ChangeKind.REWORDED))
    mixed = replace(whole, rows=tuple(replace(row, kind=kind) for row, kind in zip(whole.rows, kinds, strict=False)))
    _, made = _fitted(briefing(TODAY), mixed, codes=codes)
    assert [document.pages for document in made] == [1] * len(codes)


def _changes(facts: FactBook, since: date) -> Changes:
    settings = workspace().settings
    old, new = (assess(facts, day, settings.due_soon_days, settings.shelf_lives) for day in (since, TODAY))
    return compare(take_snapshot(old), take_snapshot(new), since=1, day=since)


def test_the_starter_is_one_page_too(starter: Path) -> None:
    made = build(request_for(starter, strict=True, formats=("pdf",)), Direct())
    sheets = [path for path in made.files if path.name.startswith("at-a-glance")]
    assert sheets
    assert [len(boxes_of(path.read_bytes())) for path in sheets] == [1] * len(sheets)


@pytest.mark.parametrize("code", CODES)
def test_at_a_glance_names_the_sources_whose_numbers_it_prints(code: str) -> None:
    page = _page_with(TODAY, code, _shipped(TODAY)[0])
    job = Job(page=page, document="at-a-glance", format="pdf", folders=_folders(), look=shipped_look())
    printed = {int(number) for mark in SUPERSCRIPT.findall(render_text(job, "print")) for number in mark.split(", ")}
    assert {source.number for source in page.glance.sources} == printed


@pytest.mark.parametrize(("code", "none"), [("en", "no source"), ("vi", "Chưa có nguồn"), ("ko", "출처 없음")])
def test_a_gap_of_the_overview_is_printed_as_such(code: str, none: str) -> None:
    page = _page(date(2024, 12, 1), code)
    markup = render_text(_job(page, "full-briefing"), "print")
    gaps = [line.title for line in page.overview if not line.entries]
    assert len(gaps) == 3
    for gap in gaps:
        assert re.search(rf'<th scope="row">{gap}</th>\s*<td><p class="none">{none}</p></td>', markup)


def _section(markup: str, name: str) -> str:
    """From its heading to its end."""
    found = re.search(rf'<section[^>]* aria-labelledby="{name}".*?</section>', markup, re.DOTALL)
    assert found, name
    return found[0]


@pytest.mark.parametrize("code", CODES)
def test_a_history_of_a_target_has_its_name_and_the_goals_by_their_texts_and_results_by_their_amounts(
    code: str,
) -> None:
    page = _page(TODAY, code)
    shown = _section(render_text(_job(page, "full-briefing"), "print"), "targets")
    (history,) = page.targets
    assert f'<th scope="col" class="what">{history.title}</th>' in shown
    goals = [row for row in history.rows if row.act]
    assert goals
    text = re.sub(r"<[^>]*>", "", shown)
    assert all(str(row.text) in text for row in goals)
    assert all(f"<b>{row.result}</b>" in shown for row in history.rows if not row.act)


@pytest.mark.parametrize("code", CODES)
def test_a_day_from_the_press_has_an_asterisk_and_what_it_means_is_said_once_where_there_is_one(code: str) -> None:
    page = _page(TODAY, code)
    assert any(event.by_press for event in page.timeline)
    stored = "it is from the stored copy of the page, or from the press of the time."
    why = languages()[code].label(f"The day, or its year, is not in the text: {stored}")
    for marked in (page, replace(page, timeline=tuple(replace(each, by_press=False) for each in page.timeline))):
        shown = _section(render_text(_job(marked, "full-briefing"), "print"), "timeline")
        number = sum(event.by_press for event in marked.timeline)
        assert len(re.findall(r'<th scope="row" class="when">[^<]*\*</th>', shown)) == number
        assert shown.count(why) == bool(number)


@pytest.mark.parametrize("code", CODES)
def test_that_no_source_confirms_an_office_any_longer_is_said_once_above_the_table(code: str) -> None:
    """A row has only the day of its source."""
    page = _page(TODAY, code)
    assert sum(bool(row.stale) for row in page.offices) > 1
    why = languages()[code].label("No source confirms them after the days given; to be checked before a meeting.")
    for shown, number in ((page, 1), (replace(page, offices=tuple(replace(o, stale="") for o in page.offices)), 0)):
        markup = _section(render_text(_job(shown, "full-briefing"), "print"), "relationship")
        assert markup.count(why) == number
        assert all(row.as_of in markup for row in shown.offices)
        table = markup[markup.index(page.offices[0].id) :]
        assert not any(row.stale in table for row in shown.offices if row.stale)


def test_fields_and_follow_up_have_the_same_rows_in_every_language() -> None:
    def rows(code: str) -> list[set[str]]:
        page = _page(TODAY, code)
        return [{row.id for part in parts for row in part.rows} for parts in (page.fields, page.follow_up)]

    first, *others = map(rows, CODES)
    assert [each for each in others if each != first] == []


REPLIES = ("Reply", "Earlier reply", "Since then", "Before that", "On the same occasion")


@pytest.mark.parametrize("code", CODES)
def test_a_reply_is_told_from_one_that_was_given_when_the_same_was_asked_before(code: str) -> None:
    page = _page(TODAY, code)
    markup = unescape(re.sub(r"<[^>]*>", "", render_text(_job(page, "full-briefing"), "screen"))).replace("\u00a0", " ")
    heads = {reply.head.replace("\u00a0", " ") for reply in within(page) if isinstance(reply, Reply)}
    assert heads - {""} == {languages()[code].label(label) for label in REPLIES}  # "": on one occasion with the first
    for occasion in page.earlier:
        for row in (row for group in occasion.groups for row in group.rows):
            worded = (": ".join(filter(None, (reply.head, reply.by, reply.text))) for reply in row.replies)
            assert all(each.replace("\u00a0", " ") in markup for each in worded)


def _said(page: Page) -> Counter[str]:
    """Every fact, value and status of a page, and how often it is said."""
    parts = list(within(page))
    facts = [f"fact {part.id}" for part in parts if isinstance(part, Item)]
    values = [f"value {part.value}" for part in parts if isinstance(part, Run) and part.value]
    return Counter([*facts, *values, *(f"status {part.code}" for part in parts if isinstance(part, Badge))])


@pytest.mark.parametrize("day", [TODAY, EARLY, date(2024, 7, 1), date(2027, 6, 30)], ids=str)
def test_the_typed_pages_say_the_same_in_every_language(day: date) -> None:
    first, *others = [_said(_page(day, code)) for code in CODES]
    assert first
    assert all(other == first for other in others)


def test_a_value_that_one_language_lacks_would_be_seen() -> None:
    page = _page(TODAY, "en")
    counted = _said(page)
    counted.subtract({"value 69.1 billion USD": 1})
    assert counted != _said(page)


@pytest.mark.parametrize("code", CODES)
def test_no_name_repeats_itself_as_its_short_form(code: str) -> None:
    rows = [row for table in _page(TODAY, code).names for row in table.rows if row.note]
    assert rows
    assert not [row for row in rows if row.note.replace("\u00a0", " ") == str(row.names[0].text).replace("\u00a0", " ")]
