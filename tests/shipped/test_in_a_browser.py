"""The pages in a real Chromium: they ask the network for nothing, fit narrow screens, and keep Korean words whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import chromium
from playwright.sync_api import Browser, Page, Request, expect
from render.test_css_words import RIGHT, WRONG

from shipped.pages import workspace

CODES = workspace().settings.languages
DOCUMENTS = ("at-a-glance", "full-briefing")


RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations", "incomplete"],
}
ONE_OF_A_KIND = """() => {
    const own = (e) => [e.localName, e.className, e.lang, ...e.getAttributeNames(), e.textContent.trim() && "text"];
    const kinds = new Map(), seen = new Set();
    for (const e of document.querySelectorAll("*")) {
        kinds.set(e, `${kinds.get(e.parentElement)} > ${own(e).join(" ")}`);
    }
    for (const row of document.querySelectorAll("tbody tr, li")) {
        const inner = [row, ...row.querySelectorAll("*")].map((e) => kinds.get(e));
        if (row.nextElementSibling && inner.every((kind) => seen.has(kind))) row.remove();
        for (const kind of inner) seen.add(kind);
    }
}"""
"""Takes away each row whose every element is like one before it in all but its words; each table keeps its last."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def files(shipped: Path) -> dict[tuple[str, str], Path]:
    """Every HTML document of the shipped workspace."""
    return {(document, code): shipped / f"{document}.{code}.html" for document in DOCUMENTS for code in CODES}


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Page:
    """A tab for all documents: another takes longer to open than a page to load."""
    return browser.new_page(viewport={"width": 320, "height": 700})


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Page:
    """Another tab, which keeps none of its settings from one test to the next."""
    return browser.new_page()


@pytest.fixture(scope="module", params=[(document, code) for document in DOCUMENTS for code in CODES], ids="-".join)
def shown(
    request: pytest.FixtureRequest, phone: Page, files: dict[tuple[str, str], Path]
) -> Iterator[tuple[Page, list[str]]]:
    """A document on a phone, loaded once for all its tests, with every address it asked for."""
    asked: list[str] = []

    def note(each: Request) -> None:
        asked.append(each.url)

    phone.on("request", note)
    phone.goto(files[request.param].as_uri())
    yield phone, asked
    phone.remove_listener("request", note)


@contextmanager
def in_a_window(page: Page, width: int) -> Iterator[Page]:
    """The page in a window of this width for a while; to load it again takes longer."""
    before = page.viewport_size
    assert before
    page.set_viewport_size({**before, "width": width})
    try:
        yield page
    finally:
        page.set_viewport_size(before)


def loaded(tab: Page, address: str, width: int = 1280, colours: Literal["light", "dark"] = "light") -> Page:
    """The address in this tab, as if it were new."""
    tab.goto("about:blank")  # else one that differs in its fragment would not be loaded
    tab.set_viewport_size({"width": width, "height": 800})
    tab.emulate_media(color_scheme=colours)
    tab.goto(address)
    return tab


def test_a_page_asks_for_nothing_but_itself(shown: tuple[Page, list[str]]) -> None:
    page, asked = shown
    assert asked == [page.url]


def test_a_page_fits_a_phone(shown: tuple[Page, list[str]]) -> None:
    page, _ = shown
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_nothing_reaches_out_of_the_window_of_a_desk(shown: tuple[Page, list[str]]) -> None:
    with in_a_window(shown[0], 1280) as page:
        has_buttons = page.locator(".cite").count() > 100
        assert has_buttons is ("full-briefing" in page.url), "the buttons behind the lines hang over their ends"
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        left = (
            "[...document.querySelectorAll('.switch, .masthead, main')].map(each => each.getBoundingClientRect().left)"
        )
        assert len(set(page.evaluate(left))) == 1, "the bar begins where the page does"


_ALONE = """() => [...document.querySelectorAll(".cite")].filter(button => {
    const before = document.createRange(), own = button.getBoundingClientRect(), bound = button.closest(".bound");
    before.setStart(button.closest("[data-fact]"), 0);
    before.setEndBefore(bound);
    const words = [...before.getClientRects()].filter(each => each.width > 1).at(-1);
    return own.width && words.bottom < own.top + 4;
}).length"""


def test_no_button_stands_alone_on_a_line_of_a_phone(shown: tuple[Page, list[str]]) -> None:
    """On one of 390 pixels: on a narrower one words that are bound together may fill more than a line."""
    with in_a_window(shown[0], 390) as page:
        assert page.evaluate(_ALONE) == 0


def test_a_phone_shows_the_titles_of_tables_and_whose_asks_they_are(shown: tuple[Page, list[str]]) -> None:
    page, _ = shown
    for title in page.locator(".rows thead .what, .history thead .what").all():
        box = title.bounding_box()
        assert box, title.text_content()
        assert box["height"] > 12, title.text_content()
    labels = page.evaluate("[...document.querySelectorAll('.sides tr:last-child td')].map(each => each.dataset.label)")
    assert labels == page.evaluate("[...document.querySelectorAll('.sides th')].map(h => h.textContent.trim())")


def test_every_link_within_a_page_leads_somewhere(shown: tuple[Page, list[str]]) -> None:
    page, _ = shown
    dead = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => !document.getElementById(id))"
    )
    assert dead == []


def test_the_page_follows_the_readers_dark_mode(shown: tuple[Page, list[str]]) -> None:
    page, _ = shown
    colour = "getComputedStyle(document.body).backgroundColor + getComputedStyle(document.body).color"
    page.emulate_media(color_scheme="light")
    light = page.evaluate(colour)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(colour) != light


def test_korean_words_are_not_broken(desk: Page, files: dict[tuple[str, str], Path]) -> None:
    page = loaded(desk, files["at-a-glance", "ko"].as_uri(), 390)
    assert page.evaluate("getComputedStyle(document.body).wordBreak") == "keep-all"
    page = loaded(desk, f"{files['full-briefing', 'ko'].as_uri()}#register")
    lines = page.evaluate(
        "[...document.querySelectorAll('table.register td:nth-child(3)')].map(cell => {"
        " const text = document.createRange(); text.selectNodeContents(cell); return text.getClientRects().length; })"
    )
    assert set(lines) == {1}


@pytest.fixture
def full(desk: Page, files: dict[tuple[str, str], Path]) -> Page:
    """The full briefing in English on a desk."""
    return loaded(desk, files["full-briefing", "en"].as_uri())


def rows(page: Page) -> list[dict[str, str]]:
    """The statements that are to be seen, by what they can be chosen by."""
    found: list[dict[str, str]] = page.evaluate(
        "[...document.querySelectorAll('table.register tbody tr')].filter(r => r.checkVisibility())"
        ".map(r => ({text: r.textContent, act: r.cells[4].textContent.trim(),"
        " year: r.cells[0].dataset.code.slice(0, 4), side: r.cells[2].textContent}))"
    )
    return found


def test_statements_are_chosen_and_sorted_by_keyboard_and_the_address_keeps_it(full: Page) -> None:
    assert rows(full) == []
    full.locator(".register .unfold").press("Enter")
    every = rows(full)
    full.locator("select[name=side]").select_option("KR")
    full.get_by_role("button", name="Commitment", exact=True).press("Enter")
    chosen = rows(full)
    assert 0 < len(chosen) < len(every)
    assert {row["side"] for row in chosen} == {"Republic\u00a0of\u00a0Korea"}
    assert [row["act"] for row in chosen] == sorted((row["act"] for row in chosen), key=str.casefold)
    assert full.url.endswith("#register?side=KR&sort=act")
    again = loaded(full, full.url)
    assert rows(again) == chosen
    again.get_by_role("button", name="Show all", exact=True).press("Enter")
    assert rows(again) == every


def test_an_address_chooses_a_year_and_sorts_by_no_column_that_there_is_not(full: Page) -> None:
    wrong: list[object] = []
    full.on("pageerror", lambda error: wrong.append(error))
    loaded(full, f"{full.url}#register?sort=constructor&year=2021")
    assert {row["year"] for row in rows(full)} == {"2021"}
    assert wrong == []


def test_a_fact_is_copied_with_its_source_and_its_address(full: Page) -> None:
    full.context.grant_permissions(["clipboard-read", "clipboard-write"])
    full.locator(".earlier .unfold").press("Enter")
    fact = full.locator("[data-fact][id]").filter(has_text="Keep stepping up economic cooperation").first
    fact.get_by_role("button").press("Enter")
    text, *sources, edition, address = full.evaluate("navigator.clipboard.readText()").split("\n")
    assert "Keep stepping up economic cooperation" in text
    assert "Foreign Ministry on the Presidents' talks" in sources[0]
    assert "account of the Presidents' talks" in sources[1]
    assert edition.replace("\u00a0", " ").startswith("Viet Nam–Republic of Korea relations – Full briefing")
    assert address == full.url
    assert address.endswith("#" + str(fact.get_attribute("id")))


def test_without_scripts_everything_is_there_and_no_empty_tool(
    browser: Browser, files: dict[tuple[str, str], Path]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(files["full-briefing", "ko"].as_uri())
    assert page.locator("table.register tbody tr").count() > 100
    assert page.locator(".contents a").first.is_visible()
    assert page.locator("button, select").count() == 0
    context.close()


def test_in_korean_on_a_phone_the_next_summit_the_trade_goal_and_its_source_are_three_taps_away(
    browser: Browser, files: dict[tuple[str, str], Path]
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(files["full-briefing", "ko"].as_uri())
    page.locator(".contents summary").tap()
    page.locator(".contents a[href='#summits']").tap()
    summit = page.locator(".summit-card").first
    expect(summit).to_be_in_viewport()
    expect(summit).to_contain_text("APEC 정상회의")
    goal = page.locator("section.targets [data-fact^=trade-goal]").first
    expect(goal).to_contain_text("1,500억 달러")
    mark = goal.locator("sup a").first
    mark.tap()
    line = page.locator("li:target")
    assert mark.get_attribute("href") == f"#{line.get_attribute('id')}"
    expect(line).to_be_in_viewport()
    expect(line).to_contain_text("1,500억 달러")
    context.close()


@pytest.mark.parametrize("every_row", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("document", "code", "width", "colours"),
    [
        ("full-briefing", "vi", 360, "dark"),
        ("at-a-glance", "ko", 360, "light"),
        ("at-a-glance", "vi", 1280, "dark"),
    ],
)
def test_a_page_keeps_the_rules_of_accessibility_and_leaves_none_undecided(
    desk: Page,
    files: dict[tuple[str, str], Path],
    document: str,
    code: str,
    width: int,
    colours: Literal["light", "dark"],
    every_row: bool,
) -> None:
    """Of rows that differ in their words alone, in one; in all of them among the long tests."""
    page = loaded(desk, files[document, code].as_uri(), width, colours)
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    if not every_row:
        page.evaluate(ONE_OF_A_KIND)
    found = Axe().run(page, options=RULES).response
    assert [
        (each["id"], node["html"][:200], node.get("failureSummary", ""))
        for kind in ("violations", "incomplete")
        for each in found[kind]
        for node in each["nodes"]
    ] == []


def test_a_page_in_korean_or_vietnamese_brings_its_letters(files: dict[tuple[str, str], Path]) -> None:
    for (_, code), file in files.items():
        assert (b"@font-face" in file.read_bytes()) is (code != "en")


def test_from_right_to_left_a_source_mark_stands_behind_its_figure(shown: tuple[Page, list[str]]) -> None:
    """Two numbers beside each other go from left to right, unless they are kept apart."""
    page, _ = shown
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML("
        "'beforeend', '<p dir=rtl id=turned>عام <data value=x>2030</data><sup>1</sup></p>')"
    )
    left = "document.querySelector('#turned {}').getBoundingClientRect().left"
    assert page.evaluate(left.format("sup")) < page.evaluate(left.format("data"))
    page.evaluate("document.querySelector('#turned').remove()")


def test_chromium_takes_what_is_not_told_of_style_sheets_and_ignores_what_is(desk: Page) -> None:
    """The words of tests/render/test_css_words.py; here for the browser that runs already."""
    desk.set_content("<!DOCTYPE html>")
    taken = desk.evaluate(
        """all => all.filter(each => {
            const style = document.createElement("p").style
            style.cssText = each
            return style.length > 0
        })""",
        [*WRONG, *RIGHT],
    )
    assert taken == list(RIGHT)
