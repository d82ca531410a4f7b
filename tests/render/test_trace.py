"""Each element of a traced page names the template and line it stands in; without the marks it is the page as built."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment

from briefgen.model.document import Job
from briefgen.render import html as to_html
from briefgen.render.markup import ORIGIN, origin, with_origins
from briefgen.render.templates import Places, Templates

MARK = re.compile(rf" {ORIGIN}=[^\s>]+")

LAID_OUT: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}


def traced(text: str, **others: str) -> str:
    environment = Environment(
        loader=DictLoader({"page.html": text, **others}), extensions=[Places], autoescape=True, **LAID_OUT
    )
    return with_origins(environment.get_template("page.html").render(word="word", many=[1, 2]))


def lines_of(markup: str) -> list[tuple[str, int]]:
    """The elements, each with the line that it is marked with."""
    return [(tag, int(line)) for tag, line in re.findall(rf"<([\w-]+) {ORIGIN}=[^ >]*?:(\d+)", markup)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>a</p>\n<p>b</p>", [("p", 1), ("p", 2)]),
        ("{% if word %}\n<p\n class='x'>{{ word }}<b>c</b></p>\n{% endif %}", [("p", 2), ("b", 3)]),
        ('<p title="1 <b> 2">x</p>', [("p", 1)]),
        ("<p title='1 <b> {{ word }} <i>'>x<i>y</i></p>", [("p", 1), ("i", 1)]),
        ("<!-- <p> -->\n<p>x</p>", [("p", 2)]),
        ("<!-- {{ word }}\n<p> --><b>x</b>", [("b", 2)]),
        ("<style>a > b { c: '<p>' }</style><p>x</p>", [("style", 1), ("p", 1)]),
        ("<script>if (a <b) {}</script>\n<p>x</p>", [("script", 1), ("p", 2)]),
        ("<title>a <b> c</title><p>x</p>", [("title", 1), ("p", 1)]),
        ("<STYLE>a<b</STYLE><P>x</P>", [("STYLE", 1), ("P", 1)]),
        ("a < b, 3<4 <p>x</p>", [("p", 1)]),
        ("<br/>\n<img src=x/>", [("br", 1), ("img", 2)]),
        ("{% for n in many %}\n<li>{{ n }}</li>\n{% endfor %}", [("li", 2), ("li", 2)]),
        ("{# <p>\n #}<p>x</p>", [("p", 2)]),
        ("{%- if word -%}\n\n <p>x</p>\n{%- endif -%}", [("p", 3)]),
        ("<my-part>x</my-part>", [("my-part", 1)]),
        ("<tr{% if word %} class='a'{% endif %}><td>x</td></tr>", [("tr", 1), ("td", 1)]),
        ("{% raw %}<b>{{ x }}</b>{% endraw %}", [("b", 1)]),
    ],
)
def test_elements_and_their_lines(text: str, expected: list[tuple[str, int]]) -> None:
    marked = traced(text)
    assert lines_of(marked) == expected
    plain = Environment(autoescape=True, **LAID_OUT).from_string(text).render(word="word", many=[1, 2])
    assert MARK.sub("", marked).replace("<br />", "<br/>") == plain


def test_what_is_included_or_printed_by_a_macro_names_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "a part.html").write_text("\n<p>x</p>", encoding="utf-8")
    (tmp_path / "macros.html").write_text("{% macro bold(x) %}\n\n<b>{{ x }}</b>{% endmacro %}", encoding="utf-8")
    text = '<i>{% include "a part.html" %}</i>{% from "macros.html" import bold %}{{ bold("y") }}'
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    environment = Environment(loader=Templates((tmp_path,)), extensions=[Places], autoescape=True)
    found = re.findall(rf"<(\w+) {ORIGIN}=([^ >]+)", with_origins(environment.get_template("page.html").render()))
    assert [(tag, *origin(value)) for tag, value in found] == [
        ("i", str(tmp_path / "page.html"), 1),
        ("p", str(tmp_path / "a part.html"), 2),
        ("b", str(tmp_path / "macros.html"), 3),
    ]


def test_style_sheets_are_left_alone() -> None:
    marked = traced("<style>{% include 'a.css' %}</style>", **{"a.css": "a::before { content: '<p>' }"})
    assert lines_of(marked) == [("style", 1)]


@given(st.text(alphabet="<>/!-'\"= \nabp", max_size=60))
def test_nothing_else_of_a_text_changes(text: str) -> None:
    marked = traced("{% raw %}" + text + "{% endraw %}")
    plain = Environment(autoescape=True).from_string("{% raw %}" + text + "{% endraw %}").render()
    assert re.sub(rf" {ORIGIN}=\S*?:\d+( (?=/))?", "", marked) == plain
    assert marked.count("\n") == plain.count("\n")


def test_only_a_traced_job_is_marked(tiny_job: Callable[..., Job]) -> None:
    job = tiny_job("<title>x</title><p>{{ page.masthead.title }}</p>")
    plain, marked = (to_html.render(each).content.decode() for each in (job, replace(job, traced=True)))
    assert ORIGIN not in plain
    assert ORIGIN in marked
    assert MARK.sub("", marked) == re.sub("; script-src '[^']*'", "", plain), "the preview runs no script of a page"


def test_a_pdf_has_the_same_bytes_and_its_places_name_template_and_fact(tiny_job: Callable[..., Job]) -> None:
    from briefgen.render import pdf as to_pdf

    job = tiny_job(
        '<html lang="en"><head><title>x</title></head><body>\n<div data-fact="f">\n<p>word</p></div></body></html>',
        "pdf",
    )
    plain, marked = (to_pdf.render(each) for each in (job, replace(job, traced=True)))
    assert plain.content == marked.content
    assert plain.places == ()
    (place,) = marked.places
    assert (place.page, place.fact) == (1, "f")
    assert [origin(each)[1] for each in place.origins] == [3, 2, 1]
