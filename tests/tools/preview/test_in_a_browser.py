"""The preview in a real Chromium: what is saved on the disk shows without a click, mistakes are led to their lines."""

import re
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsers import chromium
from conftest import Direct, changed, request_for
from playwright.sync_api import Browser, Frame, Page, Position, expect

from briefgen.build import build
from tools.preview.desks import (
    EDITS,
    LISTENING,
    LOGO,
    make_desk,
    markup_of,
    preview_of,
    save,
    shown,
    wait_until_checked,
    wait_until_in,
    wait_until_is,
    wait_until_shown,
    word_for,
)

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture(scope="module")
def address(desk: Path) -> Iterator[str]:
    with preview_of(desk) as found:
        yield found


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """The one tab of all tests: another takes longer to open than a page to load."""
    opened = browser.new_page(viewport={"width": 1400, "height": 900})
    opened.add_init_script(LISTENING)
    return opened


@pytest.fixture
def page(tab: Page, address: str) -> Iterator[Page]:
    """At a glance in English, on screen."""
    tab.goto(f"{address}?document=at-a-glance&format=html&language=en")
    wait_until_shown(tab)
    yield tab
    tab.evaluate("sessionStorage.clear()")  # where the reader was
    tab.emulate_media(color_scheme="light")


def show_german(page: Page) -> None:
    """Beside the English."""
    page.locator("input[value=de]").check()
    expect(page.locator(".pane")).to_have_count(2)
    wait_until_shown(page)


def _some(kinds: list[str], *long: str) -> list[Any]:
    """The kinds, some of which are for the long tests."""
    return [pytest.param(kind, marks=pytest.mark.long) if kind in long else kind for kind in kinds]


BESIDE_LINKS: Position = {"x": 4, "y": 6}
"""In a paragraph: where its first word stands, and no source mark."""


def the_english(page: Page) -> Frame:
    """The document in the first pane."""
    found = page.locator(".pane iframe:not(.coming)").first.element_handle()
    frame = found.content_frame()
    assert frame
    return frame


@pytest.mark.parametrize("kind", _some([kind for kind in EDITS if kind != "settings"], "records", "styles"))
def test_each_kind_of_input_shows_without_a_click(desk: Path, page: Page, kind: str) -> None:
    """Records and styles, which are read as facts and templates are, among the long tests."""
    word, language = word_for(kind, 7), "de" if kind == "catalogs" else "en"
    sign = b64encode(LOGO.format(width=word).encode()).decode() if kind == "pictures" else word
    if language == "de":
        show_german(page)
    EDITS[kind](desk, word)
    wait_until_in(page, sign, language)
    expect(page.locator("#findings")).to_be_hidden()
    save(desk / EDITS[kind].file, EDITS[kind].original(desk))
    wait_until_in(page, sign, language, there=False)


def test_settings_show_and_the_choices_follow(desk: Path, page: Page) -> None:
    show_german(page)
    original = (desk / "briefgen.toml").read_text(encoding="utf-8")
    changed_settings = original.replace('"en", "de"', '"en"') + 'clearance = "required"\n'
    save(desk / "briefgen.toml", changed_settings)
    try:
        expect(page.locator("input[name=language]")).to_have_count(1)
        page.wait_for_function("() => document.querySelectorAll('.pane').length === 1")
        wait_until_in(page, "not cleared")
    finally:
        save(desk / "briefgen.toml", original)
    expect(page.locator("input[name=language]")).to_have_count(2)


MISTAKES = {
    "facts": ("facts/sample.yaml", "headlines:\n", "headlnes:\n", "facts/sample.yaml:"),
    "evidence": (
        "facts/sample.yaml",
        "{value: 5 billion USD",
        "{value: 6 billion USD",
        "facts/sample.yaml:",
    ),
    "records": ("seeds/sample-talks-2026.yaml", "language: ", "langage: ", "seeds/sample-talks-2026.yaml:"),
    "templates": (
        "templates/parts/bottom-line.html",
        "page.bottom_line.id",
        "page.bottom_lin.id",
        "bottom-line.html:",
    ),
    "catalogs": ("templates/locale/de.po", 'msgstr "Das Wichtigste"', 'msgstr "', "templates/locale/de.po:"),
    "look": ("templates/look.yaml", 'accent: "#12436d"', 'accent: "#eeeeee"', "templates/look.yaml:"),
    "settings": ("briefgen.toml", '"UTC"', '"UTD"', "briefgen.toml:1"),
    "pictures": ("templates/logo.svg", "<rect", "<script/><rect", "templates/look.yaml:"),
}


@pytest.mark.parametrize("kind", _some([*MISTAKES], "records", "evidence", "pictures"))
def test_a_mistake_is_led_to_its_line_over_the_last_good_page(desk: Path, page: Page, kind: str) -> None:
    """Those that are found as others are, by what reads the facts and the look, among the long tests."""
    file, old, new, place = MISTAKES[kind]
    wait_until_checked(page)
    if kind == "catalogs":
        show_german(page)
    good, before = (desk / file).read_text(encoding="utf-8"), markup_of(page, "en")
    if old not in good:
        pytest.fail(f"{old} is not in {file}")
    save(desk / file, good.replace(old, new, 1))
    overlay = page.locator("#findings")
    expect(overlay).to_be_visible(timeout=30_000)
    expect(overlay.locator("li").first).to_contain_text(place)
    expect(overlay.locator("li pre").first).not_to_be_empty()
    if kind == "templates":
        passes_the_rules(page)
    wait_until_is(page, before)
    save(desk / file, good)
    expect(overlay).to_be_hidden(timeout=30_000)


def test_a_misspelt_word_of_a_style_sheet_is_told_behind_the_button(desk: Path, page: Page) -> None:
    """A page can be made all the same, so that nothing lies over it."""
    file = desk / "templates" / "style" / "screen.css"
    good = file.read_text(encoding="utf-8")
    save(file, f".masthead {{ colour: red }}\n{good}")
    button = page.locator("#show-findings")
    expect(button).to_have_text("1 warning", timeout=30_000)
    button.click()
    told = page.locator("#findings li")
    expect(told).to_contain_text("templates/style/screen.css:1:13 warning R405: 'colour' is no property")
    expect(told).to_contain_text("Remedy: did you mean 'color'?")
    save(file, good)
    expect(button).to_be_hidden(timeout=30_000)


def passes_the_rules(page: Page) -> None:
    """The page around the documents, as it is now: those of accessibility."""
    found = Axe().run(page, context={"exclude": [["iframe"]]}, options=RULES)
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found.response["violations"]] == []


def listen_for(page: Page, what: str) -> None:
    """Note in the page when something is found of which that is true."""
    page.evaluate(
        f"""() => {{
            window.told = false
            const stream = new EventSource(`/events${{location.search}}`)
            stream.addEventListener("findings", event => {{
                const {{ of, found }} = JSON.parse(event.data)
                if ({what}) window.told = true
            }})
        }}"""
    )


def test_a_word_that_a_language_lacks_is_told_once(desk: Path, page: Page) -> None:
    """Its page and its check find it, each with a code of its own."""
    show_german(page)
    listen_for(page, "found.some(each => each.code === 'T301')")
    file = desk / "templates" / "parts" / "bottom-line.html"
    good = file.read_text(encoding="utf-8")
    save(file, good.replace("{{ sentence.text }}", '{{ sentence.text }} {{ _("A word of ours.") }}', 1))
    page.wait_for_function("() => window.told", timeout=30_000)
    expect(page.locator("#findings li", has_text="A word of ours.")).to_have_count(1)
    save(file, good)
    expect(page.locator("#findings")).to_be_hidden(timeout=30_000)


def test_a_mended_mistake_is_gone_when_the_page_shows(desk: Path, page: Page) -> None:
    """Though its checks, which take longer, had found it too."""
    listen_for(page, "of === 'checks' && found.length")
    file = desk / "templates" / "parts" / "bottom-line.html"
    good = file.read_text(encoding="utf-8")
    save(file, good.replace("page.bottom_line.id", "page.bottom_lin.id", 1))
    page.wait_for_function("() => window.told", timeout=30_000)
    save(file, good)
    up_to_date = "document.getElementById('status').textContent.startsWith('Up to date')"
    state = f"() => {up_to_date} && (document.getElementById('findings').hidden ? 'gone' : 'there')"
    assert page.wait_for_function(state, timeout=30_000).json_value() == "gone"


def test_what_is_waited_for_is_told(page: Page) -> None:
    """Before anything of it comes: paper may take seconds, and waits for what was asked before."""
    page.route("**/events?*", lambda asked: asked.abort())
    page.reload()
    expect(page.locator(".pane")).to_have_count(1)
    page.evaluate("() => document.querySelector('.stage').replaceChildren()")
    assert "Making it" in page.evaluate("getComputedStyle(document.querySelector('.stage'), '::before').content")
    page.unroute("**/events?*")


def test_what_only_checks_find_is_called_old_until_a_mended_page_is_looked_through(desk: Path, page: Page) -> None:
    file, note = desk / "templates" / "parts" / "bottom-line.html", page.locator("#findings-note")
    good = file.read_text(encoding="utf-8")
    save(file, good.replace("{{ sentence.text }}", "<a href='#kx'>\n{{ sentence.text }}</a>", 1))
    expect(page.locator("#findings li")).to_contain_text("R410", timeout=30_000)
    expect(note).to_contain_text("A build would stop here.")
    mended = "<p id='kx'>x</p>"  # not at the line where it was found
    save(file, good.replace("{{ sentence.text }}", "<a href='#kx'>\n{{ sentence.text }}</a>", 1) + mended)
    state = "() => document.getElementById('findings-note').textContent.startsWith('So it was at the save before')"
    page.wait_for_function(state, timeout=30_000, polling="raf")
    expect(page.locator("#findings")).to_be_hidden(timeout=30_000)
    save(file, good)
    shown = "document.querySelector('.pane iframe:not(.coming)').contentDocument"
    page.wait_for_function(f"() => {shown}?.querySelector('h2') && !{shown}.getElementById('kx')", timeout=30_000)


def test_the_place_in_the_page_is_kept(desk: Path, page: Page) -> None:
    frame = the_english(page)
    frame.evaluate("window.scrollTo(0, 700)")
    page.wait_for_timeout(200)
    text = (
        "() => [...document.querySelectorAll('[data-fact]')].find(e => e.getBoundingClientRect().top > 0).dataset.fact"
    )
    seen = frame.evaluate(text)
    EDITS["templates"](desk, "kxplace")
    wait_until_in(page, "kxplace")
    assert the_english(page).evaluate(text) == seen
    page.reload()
    wait_until_shown(page)
    assert the_english(page).evaluate(text) == seen


def test_a_paragraph_tells_its_fact_template_and_line(desk: Path, page: Page) -> None:
    the_english(page).locator("tr[data-fact] th.what").first.click(position=BESIDE_LINKS)
    told = page.locator("#origin-text")
    expect(told).to_contain_text("facts/sample.yaml:")
    expect(told).to_contain_text("templates/parts/outcomes.html:")
    expect(told).to_contain_text("templates/at-a-glance.html:")
    place = re.search(r"outcomes\.html:(\d+)", told.inner_text())
    assert place
    line = (desk / "templates/parts/outcomes.html").read_text(encoding="utf-8").split("\n")[int(place[1]) - 1]
    assert '<th scope="row" class="what">' in line
    passes_the_rules(page)
    page.keyboard.press("Escape")
    expect(page.locator("#origin")).to_be_hidden()


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    show_german(page)
    page.locator("#document").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("#document")).to_have_value("full-briefing")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#document")).to_have_value("at-a-glance")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".sheet[data-version]", timeout=180_000)
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("iframe[data-version]")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".pane")).to_have_count(1)
    page.keyboard.press("Space")
    expect(page.locator(".pane")).to_have_count(2)
    page.wait_for_function("() => document.querySelectorAll('iframe[data-version]').length === 2")
    page.locator("iframe").first.focus()
    for _ in range(3):
        page.keyboard.press("j")
    expect(page.locator("#origin-text")).to_contain_text("templates/parts/masthead.html:")
    page.keyboard.press("Escape")
    expect(page.locator("#origin")).to_be_hidden()


def test_paper_shows_the_real_pages_and_where_they_come_from(desk: Path, page: Page) -> None:
    show_german(page)
    page.locator("input[value=pdf]").check()
    wait_until_shown(page)
    expect(page.locator(".pane").first.locator(".sheet")).to_have_count(1)
    passes_the_rules(page)
    before = shown(page)
    EDITS["facts"](desk, "kxpaper")
    all_new = "before => [...document.querySelectorAll('.sheet')].every(each => !before.includes(each.dataset.version))"
    page.wait_for_function(all_new, arg=before, timeout=60_000)  # the sheet that is clicked might be replaced else
    page.locator(".sheet").first.click(position={"x": 200, "y": 215})
    # the places are read from the PDF by the process that may still look through the other documents
    expect(page.locator("#origin-text")).to_contain_text("templates/parts/", timeout=60_000)
    with page.context.expect_page() as opened:
        page.locator(".pane h2 a").first.click()
    assert opened.value.url.endswith("at-a-glance.en.pdf")
    opened.value.close()


def test_days_side_by_side(page: Page) -> None:
    page.get_by_role("button", name="Add a day").click()
    expect(page.locator(".pane")).to_have_count(2)
    wait_until_shown(page)
    before = shown(page)
    page.locator("input[type=range]").nth(1).focus()
    page.keyboard.press("PageDown")
    wait_until_shown(page, before)
    assert page.evaluate("new URLSearchParams(location.search).getAll('day').length") == 2
    page.get_by_role("button", name="Take day 2 away").click()
    expect(page.locator(".pane")).to_have_count(1)


def test_the_page_passes_the_rules_of_accessibility_in_both_colours(page: Page) -> None:
    """As it does over paper, with a mistake and with the place of a text: see the tests that lead there."""
    show_german(page)
    passes_the_rules(page)
    page.emulate_media(color_scheme="dark")
    passes_the_rules(page)


def test_the_page_asks_this_machine_alone(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda each: asked.append(each.url))
    page.on("console", lambda each: asked.append(each.text))
    page.goto(address)
    wait_until_shown(page)
    assert [each for each in asked if not each.startswith((address, "data:,"))] == []


def test_what_readers_would_be_told_is_shown_on_request(tab: Page, tiny: Path) -> None:
    build(request_for(tiny, date.today(), date.today()), Direct())  # noqa: DTZ011 # the preview's own day
    changed(tiny / "facts" / "sample.yaml", "Open the ferry route all year round", "Keep the ferry route open")
    with preview_of(tiny) as address:
        tab.goto(address)
        wait_until_shown(tab)
        tab.get_by_role("button", name="What readers would be told").press("Enter")
        dialog = tab.get_by_role("dialog", name="What readers would be told")
        expect(dialog.get_by_text("Built now, it would be edition 2.")).to_be_visible(timeout=60_000)
        expect(dialog.get_by_text("Reworded: Keep the ferry route open")).to_be_visible()
        expect(dialog.get_by_text("at-a-glance.en.html: above the first heading")).to_be_visible()
        assert Axe().run(tab, options=RULES).response["violations"] == []
        tab.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
