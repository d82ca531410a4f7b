"""What is not cleared says so on every page of every document, in every format; what is cleared says by whom."""

from datetime import date
from pathlib import Path

import pytest
from conftest import edition_info, plain_look, request_for
from shipped.pages import briefing, languages

from briefgen.localise.labels import Label
from briefgen.localise.page import localise
from briefgen.model.document import Job, Page
from briefgen.model.edition import Cleared, Making
from briefgen.render.documents import render_one
from briefgen.render.placement import pages_of

from .jobs import jobs_of
from .pdfs import opened

DAY = date(2026, 11, 21)
CLEARED = Cleared(by="Ada Holm", on=date(2026, 11, 22))
WORDS = {"en": "Draft, not cleared", "vi": "Dự thảo, chưa được duyệt", "ko": "결재 전 초안"}
BY = {
    "en": "Cleared by Ada Holm on 22\N{NO-BREAK SPACE}November 2026",
    "vi": "Người duyệt: Ada Holm, 22/11/2026",
    "ko": "승인: Ada Holm, 2026.\u00a011.\u00a022.",
}


def page(code: str, cleared: Cleared | None = None, *, reconstruction: bool = False) -> Page:
    """The shipped facts where clearance is required."""
    other = {"making": Making.RECONSTRUCTION, "edition": None} if reconstruction else {}
    info = edition_info(draft=cleared is None, **other)
    return localise(briefing(DAY), None, languages(), code, info, plain_look(), cleared=cleared)


def texts_of(content: bytes) -> list[str]:
    return [" ".join(each.text.split()) for each in pages_of(content)]


@pytest.mark.parametrize("code", WORDS)
def test_a_draft_and_a_clearance_are_worded_in_each_language(code: str) -> None:
    draft, cleared = page(code).masthead, page(code, CLEARED).masthead
    assert (draft.draft, draft.notice, draft.cleared) == (WORDS[code], WORDS[code], "")
    assert (cleared.draft, cleared.notice, cleared.cleared) == ("", "", BY[code])


def test_a_reconstruction_that_is_a_draft_says_both() -> None:
    notice = page("en", reconstruction=True).masthead.notice
    assert notice.startswith("Draft, not cleared · Reconstruction: only what was known on 21")


def test_of_a_day_to_come_it_says_until_when_anything_is_known() -> None:
    info = edition_info(making=Making.RECONSTRUCTION, edition=None, as_of=date(2030, 1, 1), public_date=DAY)
    masthead = localise(briefing(date(2030, 1, 1)), None, languages(), "en", info, plain_look()).masthead
    assert masthead.notice.replace("\u00a0", " ") == "Look ahead: only what was known on 21 November 2026"


def test_without_the_setting_there_is_no_such_word() -> None:
    info = edition_info()
    masthead = localise(briefing(DAY), None, languages(), "en", info, plain_look()).masthead
    assert (masthead.draft, masthead.notice, masthead.cleared) == ("", "", "")
    assert not info.draft


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> list[Job]:
    """The jobs of a workspace that asks for clearance."""
    from briefgen.tools.workspaces import make_workspace

    folder = tmp_path_factory.mktemp("drafts")
    make_workspace(folder / "desk")
    with (folder / "desk" / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write('\nclearance = "required"\n')
    asked = jobs_of(request_for(folder / "desk", languages=("en",)), folder / "out")
    return [*{job.name: job for job in asked}.values()]  # a page is tried more than once until it fits


def test_every_page_of_a_pdf_and_its_title_say_that_it_is_a_draft(drafts: list[Job]) -> None:
    pdfs = [render_one(job).content for job in drafts if job.format == "pdf"]
    assert len(pdfs) == 2
    for content in pdfs:
        texts = texts_of(content)
        assert texts
        assert [number for number, text in enumerate(texts, 1) if Label.DRAFT not in text] == []
        with opened(content) as file:
            assert str(file.docinfo["/Title"]).endswith(f" – {Label.DRAFT}")
    assert max(len(texts_of(content)) for content in pdfs) > 1, "the running head of later pages is not looked at"


def test_on_screen_it_stays_in_sight(drafts: list[Job]) -> None:
    for job in drafts:
        if job.format == "html":
            html = render_one(job).content.decode()
            assert f'<b class="draft">{Label.DRAFT}</b>' in html.partition("<main")[0]
            assert f"{Label.DRAFT}</title>" in html


def test_the_guide_names_where_clearances_are_kept() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert "facts/clearances/" in readme
