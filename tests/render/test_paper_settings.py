"""What look.yaml says of the sheet, the foot, rows and columns is on the pages, and no heading stands above nothing."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import TODAY, Direct, request_for, write_template

from briefgen.build import build
from briefgen.model.document import Job, Page
from briefgen.model.views import (
    Badge,
    EditionNames,
    KindCount,
    NameRow,
    News,
    OccasionRow,
    Prose,
    Reply,
    RowGroup,
    Run,
    StatementRow,
)
from briefgen.render import html as to_html
from briefgen.render import pdf as to_pdf
from briefgen.render.placement import pages_of
from briefgen.tools.workspaces import make_workspace
from render.conformance import faults
from render.jobs import jobs_of
from render.pdfs import boxes_of, lines_of, opened, text_of

LOOK = """\
paper: {size: Letter, margins: {top: 20, bottom: 16, left: 25, right: 22}}
watermark: {default: Working copy}
footer: [footer_text, disclaimer]
footer_text: {en: Not for quotation}
first_page_rows: {figures: 1}
column_widths: {past: {host: 31}}
prepared_by: {en: East Asia desk}
"""
_MM = 72 / 25.4


def _jobs(folder: Path, look: str) -> dict[tuple[str, str], Job]:
    make_workspace(folder / "desk")
    (folder / "desk" / "templates" / "look.yaml").write_text(look, encoding="utf-8")
    return {(job.document, job.format): job for job in jobs_of(request_for(folder / "desk"), folder / "out")}


@pytest.fixture(scope="module")
def jobs(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Job]:
    return _jobs(tmp_path_factory.mktemp("settings"), LOOK)


@pytest.fixture(scope="module")
def paper(jobs: dict[tuple[str, str], Job]) -> bytes:
    document = to_pdf.render(jobs["full-briefing", "pdf"])
    assert (document.findings, document.warnings) == ((), ())
    return document.content


def test_the_sheet_and_its_margins(paper: bytes) -> None:
    assert {(round(width), round(height)) for width, height in boxes_of(paper)} == {(612, 792)}
    pages = pages_of(paper)
    lefts = [left * 72 / 96 for page in pages for left, _ in page.starts]
    assert round(min(lefts) / _MM) == 25


def test_the_watermark_is_on_every_page_and_an_artifact_there(paper: bytes) -> None:
    document = opened(paper)
    assert len(document.pages) > 1
    assert faults(document) == []
    for page in document.pages:
        assert list(_around_turned_text(page)) == ["/Artifact"]
    assert text_of(paper).count("Working copy") == len(document.pages)


def _around_turned_text(page: Any) -> Iterator[str]:
    """What marks the text that is drawn at an angle."""
    open_marks: list[str] = []
    turned = [False]
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" | "BMC":
                open_marks.append(str(operands[0]))
            case "EMC":
                open_marks.pop()
            case "q":
                turned.append(turned[-1])
            case "Q":
                turned.pop()
            case "cm":
                turned[-1] |= abs(float(operands[1])) > 0.01
            case "Tj" | "TJ" if turned[-1]:
                yield open_marks[-1] if open_marks else ""
            case _:
                pass


def test_the_foot_has_what_the_list_has_in_its_order(paper: bytes) -> None:
    foot = next(line for line in lines_of(paper) if line.startswith("Not for quotation"))
    assert foot.startswith("Not for quotation · Compiled from public sources.")
    assert "East Asia desk" not in text_of(paper)


def test_rows_and_columns(jobs: dict[tuple[str, str], Job]) -> None:
    glance = jobs["at-a-glance", "html"].page.glance
    assert (len(glance.figures), len(glance.outcomes)) == (1, 1)
    for media in ("screen", "print"):
        assert ".past.past .host { width: 31%; }" in to_html.render_text(jobs["full-briefing", "html"], media)


def test_the_screen_has_the_watermark_and_the_line_too_and_prints_on_that_sheet(
    jobs: dict[tuple[str, str], Job],
) -> None:
    page = to_html.render(jobs["full-briefing", "html"]).content.decode()
    assert 'body::before { content: "Working copy"; content: "Working copy" / "";' in page
    assert re.search(r'<p class="imprint"[^>]*>[^<]*Not for quotation', page)
    assert "@page { size: Letter; margin: 20mm 22mm 16mm 25mm; }" in page


def test_links_to_facts_of_sections_that_are_left_out_lead_to_their_first_place(tmp_path: Path) -> None:
    job = _jobs(tmp_path, "sections: [open-questions, sources, colophon]")["full-briefing", "html"]
    page = to_html.render_text(job, "screen")
    ids = re.findall(r' id="([^"]+)"', page)
    assert {"ferry", "trade-goal-2030"} < {*re.findall(r' href="#([^"]+)"', page)} <= {*ids}
    assert len(ids) == len({*ids})


def test_the_contents_leave_out_the_number_of_a_section_that_has_no_line_there(tmp_path: Path) -> None:
    templates = tmp_path / "desk" / "templates"
    make_workspace(tmp_path / "desk")
    (templates / "parts").mkdir()
    (templates / "parts" / "own.html").write_text("<section><h2>Own</h2></section>", encoding="utf-8")
    sections = "sections: [relationship, own, fields, open-questions, sources, colophon]"
    (templates / "look.yaml").write_text(sections, encoding="utf-8")
    job = next(job for job in jobs_of(request_for(tmp_path / "desk"), tmp_path) if job.name == "full-briefing.en.pdf")
    page = to_html.render_text(job, "print")
    assert '<li class="fields" style="counter-increment: section 1"><a href="#fields">' in page
    assert '<li class="open-questions"><a href' in page


def _rows(page: Page) -> tuple[StatementRow, ...]:
    return page.talks.groups[0].rows if page.talks else ()


def test_paper_has_no_heading_of_what_the_web_alone_has(jobs: dict[tuple[str, str], Job]) -> None:
    page = jobs["full-briefing", "html"].page
    group = RowGroup(title="Both sides", rows=_rows(page))
    old = OccasionRow(when="2020", name="Talks", groups=(group,), courtesies=(), years_before=9, ids=())
    bodies = replace(page.names[0], title="Bodies", rows=(NameRow(names=(Run("Fund"),), note="", web_only=True),))
    page = replace(page, earlier=(old,), names=(*page.names, bodies))
    for format, media, number in (("pdf", "print", 0), ("html", "screen", 1)):
        text = to_html.render_text(replace(jobs["full-briefing", format], page=page), media)
        assert [text.count(told) for told in (' id="earlier"', ' href="#earlier"', ">Bodies</th>")] == [number] * 3


def test_paper_has_short_names_two_in_a_row(jobs: dict[tuple[str, str], Job]) -> None:
    page = jobs["full-briefing", "html"].page
    rows = tuple(NameRow(names=(Run(name), Run(f"{name}2")), note="", web_only=name == "B") for name in "ABCD")
    table = EditionNames(title="People", languages=(Run("English"), Run("Deutsch")), rows=rows, in_pairs=True)
    unprinted = replace(table, title="Terms", rows=rows[1:2], in_pairs=False)
    page = replace(page, names=(table, unprinted))
    for format, media, cells in (
        ("pdf", "print", [["A", "A2", "C", "C2"], ["D", "D2", ""]]),
        ("html", "screen", [["A", "A2"], ["B", "B2"], ["C", "C2"], ["D", "D2"], ["B", "B2"]]),
    ):
        text = to_html.render_text(replace(jobs["full-briefing", format], page=page), media)
        names = text[text.index('<section class="names"') : text.index('<section class="sources"')]
        rows_told = [re.findall(r"<td(?: colspan=\"2\")?>(.*?)</td>", row) for row in names.split("<tr")]
        assert [row for row in rows_told if any(row)] == cells
        assert names.count("<table") == 1


def test_paper_marks_how_the_day_of_a_source_is_known(jobs: dict[tuple[str, str], Job]) -> None:
    job = jobs["full-briefing", "pdf"]
    for mark, explained in (("*", 1), ("†", 0), ("", 0)):
        sources = (replace(job.page.sources[0], published="5 May 2025", basis="how it is known", basis_mark=mark),)
        text = to_html.render_text(replace(job, page=replace(job.page, sources=sources)), "print")
        assert f"5 May 2025{mark}&#160;·" in text.replace("\u00a0", "&#160;")
        assert "how it is known" not in text
        assert text.count("* The day, or its year, is not in the text") == explained


def test_paper_has_an_answer_once_where_its_occasion_has_the_ask_too(jobs: dict[tuple[str, str], Job]) -> None:
    page = jobs["full-briefing", "html"].page
    row, reply = _rows(page)[0], Reply(id="answer", head="Reply", by="They", text="In brief", marks=())
    asks = replace(row, id="ask", text=Prose((Run("Asks"),)), replies=(reply,))
    whole = replace(row, id="answer", text=Prose((Run("Answers in full"),)), status=None, due="", replies=())
    whole = replace(whole, act=Badge("stated", "Stated"))
    for answer, printed in ((whole, "They: Answers in full"), (replace(whole, due="2030"), "They: In brief")):
        groups = (RowGroup(title="We", rows=(asks,)), RowGroup(title="They", rows=(answer,)))
        talks = OccasionRow(when="2025", name="Talks", groups=groups, courtesies=(), years_before=0, ids=("ask",))
        found = replace(page, earlier=(talks,))
        paper = to_html.render_text(replace(jobs["full-briefing", "pdf"], page=found), "print")
        assert [paper.count(told) for told in ("Answers in full", 'data-fact="answer"', printed)] == [1] * 3
        screen = to_html.render_text(replace(jobs["full-briefing", "html"], page=found), "screen")
        assert [screen.count(told) for told in ("They: In brief", "Answers in full", 'data-fact="answer"')] == [1] * 3


def test_paper_only_counts_what_was_told_again(jobs: dict[tuple[str, str], Job]) -> None:
    page = jobs["full-briefing", "html"].page
    group = RowGroup(title="Both sides", rows=_rows(page))
    told_again = tuple(row.id for row in group.rows)
    talks = OccasionRow(when="2025", name="Talks", groups=(group,), courtesies=(), years_before=0, ids=told_again)
    for repeated, number in ((told_again, 0), ((), 1)):
        for overview, counted in (
            ((), 1 - number),
            (page.overview, 0),
        ):  # what the relationship in brief has is on paper
            found = replace(page, earlier=(replace(talks, repeated=repeated),), overview=overview)
            text = to_html.render_text(replace(jobs["full-briefing", "pdf"], page=found), "print")
            assert text.count(">Talks, 2025</th>") == number
            assert text.count(f'data-left-out="{" ".join(told_again)}"') == counted


def test_summits_that_were_all_held_stand_in_the_timeline_alone(jobs: dict[tuple[str, str], Job]) -> None:
    job = jobs["full-briefing", "html"]
    (card,) = job.page.past
    for code, number in (("outcome-not-recorded", 1), ("held", 0)):
        page = replace(job.page, past=(replace(card, status=replace(card.status, code=code)),))
        text = to_html.render_text(replace(job, page=page), "screen")
        assert [text.count(told) for told in (' id="summits"', ' href="#summits"')] == [number] * 2


def test_an_index_counts_the_changes_that_it_has_no_room_for(jobs: dict[tuple[str, str], Job]) -> None:
    job = jobs["index", "html"]
    assert job.listing
    count = KindCount(kind=Badge("reworded", "Reworded"), count=20, text="20")
    page = replace(job.page, changes=News(since="Since 1", nothing="", counts=(count,), rows=(), more=""))
    text = to_html.render_text(replace(job, listing=replace(job.listing, pages=(page,))), "screen")
    assert "Since 1&#160;· Reworded 20</p>" in text


def test_six_figures_stand_beside_each_other_and_none_is_broken(tmp_path: Path) -> None:
    job = _jobs(tmp_path, "{}")["at-a-glance", "pdf"]
    (tile, *_) = job.page.glance.figures
    six = tuple(replace(tile, id=f"figure-{number}", number=Prose((Run("US$94.5bn"),))) for number in range(6))
    page = replace(job.page, glance=replace(job.page.glance, figures=six))
    assert to_pdf.render(replace(job, page=page)).findings == ()


def test_where_the_first_page_cites_nothing_it_has_no_line_for_sources(jobs: dict[tuple[str, str], Job]) -> None:
    job = jobs["at-a-glance", "pdf"]
    empty = replace(job.page.glance, sources=(), left_out="", derived="")
    for glance, number in ((job.page.glance, 1), (empty, 0)):
        page = replace(job.page, glance=glance)
        assert to_html.render_text(replace(job, page=page), "print").count('<div class="sources-in-short"') == number


def test_a_font_is_that_of_its_language_however_the_code_is_written(jobs: dict[tuple[str, str], Job]) -> None:
    job = jobs["full-briefing", "pdf"]
    job = replace(job, look=replace(job.look, fonts=(("fr_CA", "Own"),)))
    assert ':root:lang(fr-CA), :root :lang(fr-CA) { font-family: "Own",' in to_html.render_text(job, "print")


def test_a_reconstruction_leads_to_no_index_as_it_has_none(tmp_path: Path) -> None:
    make_workspace(tmp_path / "desk")
    for day, named in ((TODAY, 2), (TODAY - timedelta(days=9), 0)):
        (job, *_) = (each for each in jobs_of(request_for(tmp_path / "desk", day), tmp_path) if each.format == "html")
        assert to_html.render_text(job, "screen").count("index.html") == named


def test_other_rows_are_a_revision_and_another_limit_that_changes_nothing_is_none(tiny: Path) -> None:
    write_template(tiny, "at-a-glance", "{% for each in page.glance.figures %}<p>{{ each.number }}</p>{% endfor %}")
    look = tiny / "templates" / "look.yaml"
    names = []
    for text in ("{}", "first_page_rows: {figures: 1}", "first_page_rows: {figures: 2}", "page_limits: {brief: 2}"):
        (tiny / "templates" / "brief.html").write_text("x", encoding="utf-8")
        look.write_text(text, encoding="utf-8")
        names.append(build(request_for(tiny), Direct()).manifest.name)
    assert names == ["1", "1r2", "1r3", "1r3"]
