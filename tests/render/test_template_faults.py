"""A template that is wrong leads to its file and line, and to the nearest right word."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.model.document import Job, Page, TemplateError
from briefgen.model.views import Item, Lead, Prose, Run
from briefgen.render.html import labels_used, render_text
from briefgen.render.templates import Templates

Make = Callable[..., Job]

FAULTS = {
    "a misspelt field": ("ok\n\n{{ page.messagess }}", 3, "'messagess' is not known here; did you mean 'messages'?"),
    "a misspelt field of a part": ("{{ page.masthead.titel }}", 1, "did you mean 'title'?"),
    "nothing near: all are named": ("{{ page.masthead.zzz }}", 1, "known here: as_of, "),
    "nothing near, many: all are named": (
        "{{ page.zzzzzz }}",
        1,
        "targets, timeline, unreported, unreported_share, upcoming",
    ),
    "a misspelt name": ("{{ pagee.lang }}", 1, "'pagee' is not known here; did you mean 'page'?"),
    "what Jinja counts with": (
        "{% for x in range(3) %}{% endfor %}",
        1,
        "'range' is not known here: a page counts nothing itself; go through one of its lists",
    ),
    "a misspelt colour": ("{{ look.accnt }}", 1, "'accnt' is not known here; did you mean 'accent'?"),
    "a field of a text": ("{{ page.lang.nothing }}", 1, "'nothing' is not known here"),
    "a field of nothing": ("{{ page.bottom_line.text }}", 1, "'text' is asked of nothing (None); test for it first"),
    "in a condition": ("\n{% if page.bottomline %}x{% endif %}", 2, "did you mean 'bottom_line'?"),
    "in a loop": ("{% for row in page.upcomming %}{% endfor %}", 1, "did you mean 'upcoming'?"),
    "a loop that is not closed": ("{% for row in page.upcoming %}\nx", 2, "looking for the following tags: 'endfor'"),
    "what is not closed, by its line": (
        "x\n{% if page.lang %}\n{% for row in page.upcoming %}{% endfor %}\nx",
        4,
        "the {% if %} of line 2 is not closed: write {% endif %} where it ends",
    ),
    "what is not closed before another end": (
        "{% if page.lang %}\n{% for row in page.upcoming %}\n{% endif %}",
        3,
        "the {% for %} of line 2 is not closed: write {% endfor %} where it ends",
    ),
    "an end of nothing in a block": (
        "{% block a %}\n{% endif %}{% endblock %}",
        2,
        "the {% endif %} of line 2 ends nothing that is open: take it away",
    ),
    "a misspelt beginning": ("x\n{% iff page.lang %}{% endif %}", 2, "did you mean 'if'?"),
    "a brace too few, with the remedy": ("{{ page.lang }", 1, "close what is printed with two braces"),
    "no brace at all": ('x\n<p>{{ _("Sources") </p>', 2, "close what is printed with two braces"),
    "a tag that has no end": ("{% if page.lang <p>x</p>", 1, "close the tag: {% ... %}"),
    "no brace at all, read on to the next line": ("x\n{{ page.lang\n{% if page.lang %}", 3, "{{ ... }}, in line 2"),
    "a tag that has no end, read on to the next line": ("{% if page.lang\n{{ page.lang }}", 2, "{% ... %}, in line 1"),
    "a remark that has no end": ("x\n{# {{ page.lang }}", 2, "close the remark: {# ... #}"),
    "a number without an end": ("x\n{{ " + "9" * 5000 + " }}", 2, "longer than any that Python reads"),
    "a remark of the page without its end": ("x\n<!-- draft <p>x</p>", 2, "write --> where it ends"),
    "single braces": ("<!-- { page.lang } -->\n<p>{ page.lang }</p>", 2, "write two braces: {{ page.lang }}"),
    "single braces twice": ("\n<p>{ { page.lang } }</p>", 2, "write two braces: {{ page.lang }}"),
    "a label in single braces": ('\n<p>{ _("Sources") }</p>', 2, 'write two braces: {{ _("Sources") }}'),
    "a tag that a blank parts": ("x\n<p>{ % if page.lang %}x</p>", 2, "write {% without a blank within"),
    "a tag that a blank parts, with its end": ("x\n{ % if page %}x\n{% endif %}", 2, "without a blank within"),
    "a tag of PHP": (
        "x\n<h1><?php echo $title ?></h1>",
        2,
        "'<?php' is of another language than templates are written in",
    ),
    "a tag of other templates": ("x\n<h1><%= title %></h1>", 2, "'<%=' is of another language than templates are"),
    "the value of a filter as Django has it": ("x\n{{ page.lang|truncate:3 }}", 2, "truncate(3)"),
    "one equals sign": ('{% if media = "print" %}x{% endif %}', 1, "write == with two signs"),
    "else if": ('{% if page %}x{% else if media == "print" %}x{% endif %}', 1, "write elif, in one word"),
    "an apostrophe within its quotes": ("x\n{{ _('Minister's office') }}", 2, "a quote within a text ends it: write ’"),
    "quotes within quotes": ('x\n{{ _("Say "hello" now") }}', 2, "a quote within a text ends it: write ’ for it"),
    "curled quotes": ("x\n<p>{{ _(“Sources”) }}</p>", 2, "write straight quotes"),
    "curled quotes in a tag": ("x\n<p\nid='a' class=“note”>", 3, "the value of 'class' stands in curled quotes; write"),
    "an unknown tag": ("x\n{% fro row in page.upcoming %}", 2, "unknown tag 'fro'"),
    "a brace too few": ("x\n\n{{ page.lang }", 3, "unexpected '}'"),
    "a misspelt filter": ("\n{{ page.lang | uper }}", 2, "No filter named 'uper'"),
    "a missing template": ("x\n{% include 'parts/masthed.html' %}", 2, "there is no template 'parts/masthed.html'"),
    "nothing to print": ("x\n{{ page.bottom_line }}", 2, "there is nothing to print here (None)"),
    "a truth to print": ("{{ page.base }}", 1, "this is no text but true or false"),
    "a list to print": (
        "\n\n\n{{ page.messages }}",
        4,
        "this is no text but a list, an object or the like",
    ),
    "a part to print": (
        "{{ page.masthead }}",
        1,
        "this is no text but a list, an object or the like",
    ),
    "super without its brackets": (
        '{% extends "above.html" %}\n{% block a %}x {{ super }}{% endblock %}',
        2,
        "'super' prints what the block had before where it is called write {{ super() }}, with the brackets",
    ),
    "a macro without its brackets": (
        "{% macro mark(a) %}x{% endmacro %}\n{{ mark }}",
        2,
        "'mark' is a macro, which prints where it is called write {{ mark(...) }}",
    ),
    "a macro with an argument that it has not": (
        "{% macro mark(a, b) %}x{% endmacro %}\n{{ mark(1, c=2) }}",
        2,
        "the macro 'mark' takes no keyword argument 'c' write {{ mark(a, b) }}",
    ),
    "a macro with too many arguments": (
        "{% macro mark(a, b) %}x{% endmacro %}\n{{ mark(1, 2, 3) }}",
        2,
        "the macro 'mark' takes not more than 2 argument(s) write {{ mark(a, b) }}",
    ),
    "a macro with an argument too few": (
        "{% macro mark(a, b) %}{{ b }}{% endmacro %}\n{{ mark(1) }}",
        1,
        "'b' is what this macro is given, and where it is called nothing is given for it",
    ),
    "a macro that the template has not": (
        'x\n{% from "rows.html" import tabel %}\n{{ tabel(1) }}',
        2,
        "'tabel' is not known here; did you mean 'table'?",
    ),
    "a label to print": ("{{ _ }}", 1, "this is no text but a list, an object or the like"),
    "a sum of words": ("{{ 1 + page.lang }}", 1, "this does not work with what it is given"),
    "a division by nothing": ("{{ 1 / 0 }}", 1, "a number is divided by nothing"),
    "an endless include": (
        "{% if page %}{% include 'tiny.html' %}{% endif %}",
        1,
        "includes or calls itself without end",
    ),
    "an endless macro": ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 1, "calls itself without end"),
    "loops in loops in loops": ("{% for a in page.lang %}" * 25 + "{% endfor %}" * 25, 0, "nested too deeply"),
    "brackets in brackets": ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", 0, "nested too deeply"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_file_line_and_remedy(name: str, page: Page, templates: Path, tiny_job: Make) -> None:
    text, line, said = FAULTS[name]
    (templates / "above.html").write_text("{% block a %}y{% endblock %}", encoding="utf-8")
    (templates / "rows.html").write_text("{% macro table(a) %}y{% endmacro %}", encoding="utf-8")
    job = tiny_job(text, page=replace(page, bottom_line=None), look={"accent": "#123"})
    with pytest.raises(TemplateError) as caught:
        render_text(job, "screen")
    assert said in f"{caught.value.message} {caught.value.hint}"
    assert caught.value.line == line
    assert caught.value.file == (str(templates / "tiny.html") if line else "tiny.html")


COLUMNS = {
    "<p class='titel'>{{ page.titel }}": 26,
    "à l'été {{ page.titel }}": 17,
    "{{ page['titel'] }}": 10,
    "<p>{{ page.lang | uper }}": 19,
    "<p>{{ page.lang page }}": 7,
    "x {% inclde 'a' %}": 6,
    "<p>{{ 1 / 0 }}": 4,
    "{{\n  page.titel }}": 8,
    "{{\n  1 /\n  0 }}": 0,
}


@pytest.mark.parametrize("text", COLUMNS)
def test_a_fault_has_the_column_of_what_it_names_or_of_its_tag(text: str, tiny_job: Make) -> None:
    with pytest.raises(TemplateError) as caught:
        render_text(tiny_job(text), "screen")
    assert type(caught.value)(*caught.value.args).column == COLUMNS[text]  # as it leaves the worker


TAGS = {
    "{% inclde 'a' %}": "did you mean 'include'?",
    "{% fo x in page.lang %}": "did you mean 'for'?",
    "{% endif %}": "it ends nothing that is open here: take it away, or write its beginning",
    "{% for x in page.lang %}{% endfro %}": "did you mean 'endfor'?",
    "{% if page %}{% esle %}": "did you mean 'else'?",
    "{{ _('Sources) }}": "close the quote: '...' or \"...\"",
}


@pytest.mark.parametrize("text", TAGS)
def test_a_tag_that_is_none_is_told_with_the_nearest(text: str, tiny_job: Make) -> None:
    assert _hint(tiny_job(text)) == TAGS[text]


@pytest.mark.parametrize("start", ["", "shipped/"])
def test_a_missing_template_is_told_with_the_nearest_of_its_kind(start: str, templates: Path, tiny_job: Make) -> None:
    (templates / "part.html").write_text("x", encoding="utf-8")
    assert _hint(tiny_job(f'{{% extends "{start}prt.html" %}}')) == f"did you mean '{start}part.html'?"


def test_an_endless_include_is_told_where_it_goes_round_in_ones_own_file(templates: Path, tiny_job: Make) -> None:
    """Where Python gave up is by chance, mostly within what comes with the program."""
    shipped = templates.parent / "shipped"
    (shipped / "parts").mkdir(parents=True)
    (shipped / "parts" / "a.html").write_text(
        "{% block a %}{% endblock %}{% include 'parts/b.html' %}", encoding="utf-8"
    )
    (shipped / "parts" / "b.html").write_text("{% for x in '12' %}\n{{ x }}{% endfor %}", encoding="utf-8")
    (templates / "parts").mkdir()
    own = "{% extends 'shipped/parts/a.html' %}\n{% block a %}\n"
    own += "{% if 1 %}{% include 'parts/a.html' %}{% endif %}{% endblock %}"
    (templates / "parts" / "a.html").write_text(own, encoding="utf-8")
    job = tiny_job("x{% include 'parts/a.html' %}")
    with pytest.raises(TemplateError, match="includes or calls itself without end") as caught:
        render_text(replace(job, folders=(str(templates), str(shipped))), "screen")
    assert (caught.value.file, caught.value.line) == (str(templates / "parts" / "a.html"), 3)


def test_curled_quotes_that_are_text_stay(tiny_job: Make) -> None:
    text = "<p class='a' title=\"a=“b”\">a=“b”</p>{# <p class=“a”> #}\n<!-- <p class=“a”> -->"
    assert "a=“b”</p>" in render_text(tiny_job(text), "screen")


def test_a_name_that_is_known_elsewhere_says_where(templates: Path, tiny_job: Make) -> None:
    (templates / "part.html").write_text("{% macro m() %}{{ media }}{% endmacro %}", encoding="utf-8")
    with pytest.raises(TemplateError, match="'media' is known only where this template is imported 'with context'"):
        render_text(tiny_job("{% from 'part.html' import m %}{{ m() }}"), "screen")
    with pytest.raises(TemplateError, match="'loop' is known only within"):
        render_text(tiny_job("{{ loop.index }}"), "screen")


def test_the_nearest_template_and_filter_are_hints(tiny_job: Make) -> None:
    assert _hint(tiny_job("{% include 'parts/masthed.html' %}")) == "did you mean 'parts/masthead.html'?"
    with pytest.raises(TemplateError, match=r"No filter named 'uper'; did you mean 'upper'\?"):
        render_text(tiny_job("{{ page.lang | uper }}"), "screen")


def test_a_fault_in_an_included_part_is_told_of_that_part(templates: Path, tiny_job: Make) -> None:
    part = templates / "part.html"
    part.write_text("\n\n{{ page.titel }}", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        render_text(tiny_job("{% include 'part.html' %}"), "screen")
    assert (caught.value.file, caught.value.line) == (str(part), 3)
    part.write_text("\n{# a remark", encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        render_text(tiny_job("{% include 'part.html' %}"), "screen")
    assert (caught.value.file, caught.value.line) == (str(part), 2)


def test_a_missing_label_names_label_and_language(page: Page, tiny_job: Make) -> None:
    korean = replace(page, lang="ko", language="ko", language_name="한국어", base=False, labels={"Sources": "출처"})
    assert "출처" in render_text(tiny_job("{{ _('Sources') }}", page=korean), "screen")
    with pytest.raises(TemplateError, match="the label 'Sorces' is not translated into 한국어") as caught:
        render_text(tiny_job("x\n{{ _('Sorces') }}", page=korean), "screen")
    assert caught.value.line == 2
    assert caught.value.hint == "run briefgen translate, then fill in its 'msgstr' in templates/locale/ko.po"


def test_in_the_base_language_the_label_is_the_text(tiny_job: Make) -> None:
    assert render_text(tiny_job("{{ _('No catalog has this') }}"), "screen") == "No catalog has this"


@pytest.mark.parametrize(
    ("content", "place", "said"),
    [
        (b"x\n\xff\xfe", ("odd.html", 2), "is not UTF-8 text"),
        (
            b"PK\x03\x04\x14\0\x06\0",
            ("odd.html", 0),
            "this file is a file of Word or of another such program, and no text; save",
        ),
        (
            b"{\\rtf1\\ansi Hello}",
            ("odd.html", 0),
            "this file is a file of Word or of another such program, and no text; save",
        ),
        (b" " * (2_000_001), ("tiny.html", 1), "it has 2,000,001 bytes; the limit is 2,000,000"),
    ],
)
def test_a_file_that_is_no_template_is_refused(
    content: bytes, place: tuple[str, int], said: str, templates: Path, tiny_job: Make
) -> None:
    job = tiny_job("{% include 'odd.html' %}")
    (templates / "odd.html").write_bytes(content)
    with pytest.raises(TemplateError, match=said) as caught:
        render_text(job, "screen")
    assert (caught.value.file, caught.value.line) == (str(templates / place[0]), place[1])
    with pytest.raises(TemplateError, match=said):
        list(labels_used(Templates((templates,))))


def test_the_labels_of_templates_are_found_with_their_lines(templates: Path) -> None:
    (templates / "parts").mkdir()
    path = templates / "parts" / "head.html"
    path.write_text("{{ _('One') }}\n\n<p title=\"{{ _('Two') }}\">{{ page.lang }}</p>", encoding="utf-8")
    assert list(labels_used(Templates((templates,)))) == [(path, 1, "One"), (path, 3, "Two")]


@pytest.mark.parametrize("text", ["{{ _('One'", "{{ " + "(" * 5000 + " }}"])
def test_labels_are_not_looked_for_in_a_broken_template(text: str, templates: Path) -> None:
    (templates / "broken.html").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        list(labels_used(Templates((templates,))))
    assert caught.value.file == str(templates / "broken.html")


def _hint(job: Job) -> str:
    with pytest.raises(TemplateError) as caught:
        render_text(job, "screen")
    return caught.value.hint


SHOWING = [
    "{{ page|string }}",
    "{{ page.masthead ~ 'x' }}",
    "{{ [page.masthead]|join }}",
    "{{ '%s'|format(page) }}",
    "{{ 'x%s' % page.masthead }}",
    "{{ 'x{}'.format(page.masthead) }}",
    "{{ page.masthead|e }}",
    "{{ page.masthead|urlencode }}",
    "{{ page|pprint }}",
    "{{ 'a'.encode|string }}",
    "{{ _|string }}",
    "{{ ['a']|map('upper')|string }}",
    "{{ page.lang.upper|urlencode }}",
    "{{ page.masthead|upper }}",
    "{% macro m() %}{% endmacro %}{{ m|string }}",
    "{% for each in [1] %}{{ loop|string }}{% endfor %}",
    "{{ self|string }}",
]
HALF = r"{{ '\ud800' }}"


@pytest.mark.parametrize("text", [*SHOWING, HALF])
def test_no_object_of_the_program_is_printed(text: str, tiny_job: Make) -> None:
    said = "half of a sign" if text == HALF else "no text but a whole object or function"
    with pytest.raises(TemplateError, match=said) as caught:
        render_text(tiny_job(f"<p>x</p>\n<p>\n{text}</p>"), "screen")
    assert not re.search(r"Masthead|Page|0x|function _|Error", caught.value.message)
    assert Path(caught.value.file).read_text("utf-8").splitlines()[caught.value.line - 1] == "<p>"


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' + 1 }}",
        "{% for x in 5 %}{% endfor %}",
        "{{ page|tojson }}",
        "{{ '%d'|format('a') }}",
        "{{ 'x'|wordwrap(0) }}",
        "{{ {'a': 1}|dictsort(by='q') }}",
        "{{ '{0[x]}'.format_map({}) }}",
        "{{ 'a' * 'b' }}",
        "{{ page() }}",
        "{{ [1, 'a']|sort }}",
        "{{ 1.5 ** 999999 }}",
    ],
)
def test_errors_are_words_and_no_names_of_python(text: str, tiny_job: Make) -> None:
    with pytest.raises(TemplateError) as caught:
        render_text(tiny_job(text), "screen")
    assert not re.search(r"[a-z]Error|'(?:int|str|dict|tuple|float)'|Page|_Strict|NoneType", caught.value.message)


@pytest.mark.parametrize(("sign", "name"), [("\0", "NULL"), ("\u202e", "OVERRIDE"), ("\u200b", "ZERO WIDTH SPACE")])
def test_a_sign_that_nobody_sees_is_told_with_its_line(sign: str, name: str, tiny_job: Make) -> None:
    with pytest.raises(TemplateError, match=name) as caught:
        render_text(tiny_job(f"a\r\nb\r\n{sign}"), "screen")
    assert caught.value.line == 3


def test_typography_of_a_template_is_no_fault(tiny_job: Make) -> None:
    assert render_text(tiny_job("150\u00a0bn\u2060–\u00ad"), "screen") == "150\u00a0bn\u2060–\u00ad"


def test_what_begins_with_other_letters_runs_as_its_page_does(page: Page, tiny_job: Make) -> None:
    prose = Prose(runs=(Run(text="US$5 مليار", value="5 billion USD"), Run(text="Open it.", lang="en")))
    item = Item(id="x", text=prose, marks=(), note=Prose(), account="", stale="")
    turned = replace(page, direction="rtl", bottom_line=item.into(Lead, sentences=(item,)), language_name="US$5 مليار")
    text = "{{ page.language_name }}|{{ page.bottom_line.text }}"
    assert render_text(tiny_job(text, page=turned), "screen") == (
        '\u2067US$5 مليار\u2069|<data value="5 billion USD"><bdi>US$5 مليار</bdi></data>'
        '<span lang="en" dir="ltr">Open it.</span>'
    )


def test_text_from_right_to_left_is_kept_apart(page: Page, tiny_job: Make) -> None:
    hebrew = Prose(runs=(Run(text="Ferry שלום"), Run(text=" open")))
    text = "{{ page.bottom_line.text }}|<p title='{{ page.language_name }}'>"
    item = Item(id="x", text=hebrew, marks=(), note=Prose(), account="", stale="")
    lead = item.into(Lead, sentences=(item,))
    job = tiny_job(text, page=replace(page, bottom_line=lead, language_name="עברית"))
    assert render_text(job, "screen") == "<bdi>Ferry שלום</bdi> open|<p title='\u2068עברית\u2069'>"
