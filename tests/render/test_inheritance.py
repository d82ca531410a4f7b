"""A template that extends another loses nothing in silence; a part may take the shipped one in and say more."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import set_languages, write_template

from briefgen.model.document import Job, TemplateError
from briefgen.read import shipped_templates
from briefgen.read.workspace import find_workspace
from briefgen.render.html import labels_used, render_text
from briefgen.render.templates import Templates, untranslated
from briefgen.tools.check import check_templates

Make = Callable[..., Job]
PARENT = "<p>{% block head %}a{% endblock %}</p>{% block body %}{% block inner %}{% endblock %}{% endblock %}"
LOST = {
    "a block that the parent lacks": ("{% block foot %}x{% endblock %}", 2, "the block 'foot' is in no template"),
    "a misspelt block": ("\n{% block hed %}x{% endblock %}", 3, "did you mean 'head'?"),
    "a sentence": ("{% block head %}{% endblock %}\n\n<p>Our end</p>", 4, "what stands outside of blocks"),
    "a value": ("{{ page.lang }}", 2, "what stands outside of blocks"),
    "an include": ("{% include 'other.html' %}", 2, "what stands outside of blocks"),
    "a condition": ("{% if page.base %}{% block head %}{% endblock %}{% endif %}", 2, "what stands outside of blocks"),
}
KEPT = {
    "blocks of the parent": "{% block head %}x{% endblock %}\n{# ours #}\n{% block inner %}{% endblock %}",
    "a block within one of the parent's": "{% block head %}{% block ours %}x{% endblock %}{% endblock %}",
    "a macro and a name": "{% set a = 1 %}{% macro m() %}x{% endmacro %}{% block head %}{{ m() }}{{ a }}{% endblock %}",
    "an import": "{% from 'other.html' import m %}{% block head %}{{ m() }}{% endblock %}",
}


@pytest.fixture
def family(templates: Path) -> Path:
    (templates / "parent.html").write_text(PARENT, encoding="utf-8")
    (templates / "child.html").write_text("{% extends 'parent.html' %}", encoding="utf-8")
    (templates / "other.html").write_text("{% macro m() %}y{% endmacro %}", encoding="utf-8")
    return templates


@pytest.mark.parametrize("parent", ["parent.html", "child.html"])
@pytest.mark.parametrize("name", LOST)
def test_what_would_never_be_printed_is_refused(name: str, parent: str, family: Path, tiny_job: Make) -> None:
    text, line, said = LOST[name]
    job = tiny_job(f"{{% extends '{parent}' %}}\n{text}")
    for use in (lambda: render_text(job, "screen"), lambda: list(labels_used(Templates((family,))))):
        with pytest.raises(TemplateError) as caught:
            use()
        assert (Path(caught.value.file).name, caught.value.line) == ("tiny.html", line)
        assert said in caught.value.message


@pytest.mark.parametrize("name", KEPT)
def test_what_is_printed_passes(name: str, family: Path, tiny_job: Make) -> None:
    render_text(tiny_job(f"{{% extends 'child.html' %}}\n{KEPT[name]}"), "screen")
    list(labels_used(Templates((family,))))


def test_a_parent_that_is_chosen_when_rendered_is_left_to_jinja(family: Path, tiny_job: Make) -> None:
    text = "{% extends 'par' ~ 'ent.html' %}{% block head %}x{% endblock %}"
    assert "<p>x</p>" in render_text(tiny_job(text), "screen")


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("parent.html", 0, "'parent.html', which is itself; the one of the program is \"shipped/parent.html\""),
        ("shipped/parent.html", 1, "which is itself; in the program's own folder put it back as it was"),
    ],
)
def test_a_template_that_extends_itself(name: str, place: int, said: str, templates: Path, tmp_path: Path) -> None:
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    text = f'\n{{% extends "{name}" %}}{{% block a %}}x{{% endblock %}}'
    ((templates, shipped)[place] / "parent.html").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        list(labels_used(Templates((templates, shipped) if place == 0 else (shipped,))))
    assert said in caught.value.message
    assert caught.value.line == 2


RINGS = {
    "itself": ("<p>x</p>\n{% include 'child.html' %}", 2, "this file takes in 'child.html', which is itself; the one"),
    "itself, in a block": (
        "{% extends 'parent.html' %}\n{% block head %}{% with %}{% include 'child.html' %}{% endwith %}{% endblock %}",
        2,
        "'child.html', which is itself; the one of the program is \"shipped/child.html\"",
    ),
    "what includes it": (
        "{% include 'between.html' %}",
        1,
        "'between.html', which leads back to this file, without end",
    ),
}


@pytest.mark.parametrize("name", RINGS)
def test_a_template_that_includes_itself_is_told_at_once(name: str, family: Path, tiny_job: Make) -> None:
    """A page would be stopped after seconds, at whatever line it had come to."""
    text, line, said = RINGS[name]
    (family / "between.html").write_text("{% block a %}{% include 'child.html' %}{% endblock %}", encoding="utf-8")
    (family / "child.html").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as caught:
        render_text(tiny_job("{% include 'child.html' %}"), "screen")
    assert (Path(caught.value.file).name, caught.value.line) == ("child.html", line)
    assert said in caught.value.message


def test_a_template_may_include_itself_in_a_condition(family: Path, tiny_job: Make) -> None:
    text = "{% set n = n | default(0) + 1 %}{{ n }}{% if n < 3 %}{% include 'child.html' %}{% endif %}"
    (family / "child.html").write_text(text, encoding="utf-8")
    assert "123" in render_text(tiny_job("{% include 'child.html' %}"), "screen")


def test_a_part_takes_the_shipped_one_in_and_says_more(starter: Path) -> None:
    write_template(starter, "at-a-glance", "{% include 'parts/imprint.html' %}")
    part = starter / "templates" / "parts" / "imprint.html"
    part.parent.mkdir()
    part.write_text('{% include "shipped/parts/imprint.html" %}<p>{{ _("Ours") }}</p>', encoding="utf-8")
    folders = find_workspace(starter).template_folders
    used = {(path, label) for path, _, label in labels_used(Templates(folders))}
    shipped = shipped_templates() / "parts" / "imprint.html"
    assert (part, "Ours") in used
    assert any(path == shipped for path, _ in used) is ("_(" in shipped.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{% block end %}\n<p>x</p>{% endblock %}", 1),
        ("{# ours #}\n\n{% set a = 1 %}{% block ours %}{% block end %}x{% endblock %}{% endblock %}", 3),
        ("<section>{% block end %}x{% endblock %}</section>", 0),
        ("{% block heading %}x{% endblock %}{% block end %}x{% endblock %}", 0),
        ("{% block ours %}x{% endblock %}", 0),
    ],
)
def test_a_replaced_part_of_which_a_block_alone_is_left(text: str, line: int, templates: Path, tmp_path: Path) -> None:
    """Whoever forgets its first line loses a whole section; a part that is all one's own passes."""
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    whole = "<section>{% block heading %}a{% endblock %}b{% block end %}{% endblock %}</section>"
    (shipped / "part.html").write_text(whole, encoding="utf-8")
    (templates / "part.html").write_text(text, encoding="utf-8")
    if not line:
        list(labels_used(Templates((templates, shipped))))
        return
    with pytest.raises(TemplateError) as caught:
        list(labels_used(Templates((templates, shipped))))
    assert 'write {% extends "shipped/part.html" %} above them' in caught.value.message
    assert (Path(caught.value.file).parent, caught.value.line) == (templates, line)


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_replaced_part_that_is_empty(text: str, templates: Path, tmp_path: Path) -> None:
    """As an editor leaves it that ran out of disk; a section would be missing."""
    (tmp_path / "shipped").mkdir()
    (tmp_path / "shipped" / "part.html").write_text("x", encoding="utf-8")
    (templates / "part.html").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match="this file is empty"):
        list(labels_used(Templates((templates, tmp_path / "shipped"))))
    (templates / "part.html").write_text("{# nothing #}", encoding="utf-8")
    list(labels_used(Templates((templates, tmp_path / "shipped"))))


PLAIN = {
    "<p>Questions are welcome.</p>": [(1, "Questions are welcome.")],
    "{# a\nb #}\n<p>\n  Two\n words</p>": [(4, "Two words")],
    "<p>{{ page.lang }} and more</p>": [(1, "and more")],
    '<img src="a.png" alt="A map">': [(1, "A map")],
    '<a aria-label="Back" href="#top">↑</a>': [(1, "Back")],
    "{% if page.base %}English{% else %}한국어{% endif %}": [(1, "English한국어")],
    "<p>한국어</p>": [(1, "한국어")],
    "<br><p>One</p><p lang='ko'>한국어</p>Two": [(1, "One"), (1, "Two")],
    '<p>{{ _("Sources") }}: {{ page.lang }} – 2026 (×) &amp; &#160; PDF/A</p>': [],
    '<p translate="no">briefgen <b>now</b></p>': [],
    "<style>p { colour: red }</style><script>let x</script><!-- a remark -->": [],
    "{% raw %}<p>raw words</p>{% endraw %}": [(1, "raw words")],
    '{% macro a(b) %} id="{{ b }}"{% endmacro %}': [],
    '<p class="two words" data-fact="{{ page.lang }}">·</p>': [],
    '<!DOCTYPE html><meta name="viewport" content="width=device-width">': [],
    "<p>\n{{ 'In quotes' }}</p>": [(2, "In quotes")],
    "{{ page.lang ~ ' and more' }}": [(1, "and more")],
    "{{ page.lang if page.base else 'No such' }}": [(1, "No such")],
    "{{ page.lang or 'No such' }}": [(1, "No such")],
    "{{ page.lang|default('No such') }}": [(1, "No such")],
    "<img alt=\"{{ 'A map' }}\">": [(1, "A map")],
    "<p>{{ _('Sources') }} {{ page.sources|join(' and ') }}</p>": [],
    "<p class=\"{{ 'wide' if page.base }}\" translate='no'>{{ 'briefgen' }}</p>": [],
}


@pytest.mark.parametrize("text", PLAIN)
def test_t311_a_text_that_no_language_has_of_its_own(text: str) -> None:
    assert list(untranslated(text)) == PLAIN[text]


def test_t311_in_templates_of_the_workspace_where_there_is_another_language(starter: Path) -> None:
    write_template(starter, "at-a-glance", "<p>Ours</p>")
    assert check_templates(find_workspace(starter)) == []
    set_languages(starter, "en", "ko")
    (found,) = check_templates(find_workspace(starter))
    assert (str(found.location), found.code, "'Ours'" in found.message) == (
        "templates/at-a-glance.html:4",
        "T311",
        True,
    )


def test_t310_a_label_that_no_page_has(starter: Path) -> None:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    catalog = starter / "templates" / "locale" / "ko.po"
    catalog.parent.mkdir()
    entries = ("Past sumits", "Past summits", "Zzzz qqqq")
    catalog.write_text("\n".join([head, *(f'msgid "{each}"\nmsgstr "x"\n' for each in entries)]), encoding="utf-8")
    set_languages(starter, "en", "ko")
    found = [
        (str(each.location), each.hint) for each in check_templates(find_workspace(starter)) if each.code == "T310"
    ]
    file = "templates/locale/ko.po"
    assert found == [
        (f"{file}:4:1", "did you mean 'Past summits'?"),
        (f"{file}:10:1", "briefgen translate takes it out of use"),
    ]
