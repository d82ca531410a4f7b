"""What a fact says is text wherever it is printed: in an element, an attribute or a style sheet."""

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefgen.model.document import Job, Page
from briefgen.model.views import Run
from briefgen.render.html import render_text

from .jobs import laid_out, saying

Make = Callable[..., Job]
HOSTILE = "</style><script>alert('1')</script> \"quoted\" & 'single' {{ 7 * 7 }} <b>"


class _Read(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: dict[str, str | None] = {}
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("printed", ["page.masthead.title", "page.bottom_line.text", "_(page.masthead.title)"])
def test_text_stays_text(printed: str, page: Page, tiny_job: Make) -> None:
    hostile = saying(replace(page, masthead=replace(page.masthead, title=HOSTILE)), Run(HOSTILE))
    read = _Read(render_text(tiny_job(f"<p>{{{{ {printed} }}}}</p>", page=hostile), "screen"))
    assert (read.tags, read.text) == (["p"], HOSTILE)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_survives_an_attribute_and_an_element(text: str, page: Page, templates: Path) -> None:
    (templates / "tiny.html").write_text(
        '<p title="{{ page.masthead.title }}">{{ page.bottom_line.text }}</p>', encoding="utf-8"
    )
    said = saying(replace(page, masthead=replace(page.masthead, title=text)), Run(text, text, text))
    read = _Read(render_text(laid_out(said, templates), "screen"))
    assert read.tags == ["p", "span", "data"]
    assert read.attributes == {"title": text, "lang": text, "value": text}
    assert read.text == text


def test_in_a_style_sheet_a_text_ends_neither_string_nor_sheet(page: Page, templates: Path, tiny_job: Make) -> None:
    (templates / "own.css").write_text('h1::before { content: "{{ page.masthead.title }}" }', encoding="utf-8")
    hostile = replace(page, masthead=replace(page.masthead, title=HOSTILE))
    text = render_text(tiny_job("<style>{% include 'own.css' %}</style>", page=hostile), "screen")
    assert _Read(text).tags == ["style"]
    inside = text.removeprefix('<style>h1::before { content: "').removesuffix('" }</style>')
    assert '"' not in inside
    assert "<" not in inside
    assert "\\22 quoted\\22 " in inside  # CSS Syntax Level 3, 4.3.7: hexadecimal digits, then one space


def test_plain_values_stand_in_a_style_sheet_as_they_are(templates: Path, tiny_job: Make) -> None:
    (templates / "own.css").write_text("p { color: {{ look.accent }}; width: {{ 3 }}mm }", encoding="utf-8")
    job = tiny_job("{% include 'own.css' %}", look={"accent": "#12436d"})
    assert render_text(job, "screen") == "p { color: #12436d; width: 3mm }"
