"""A misspelt name is told also where the page of today does not come to it: in a loop over an empty list."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from conftest import PROJECT

from briefgen.model.document import Job, Sibling
from briefgen.read import shipped_templates
from briefgen.render import template_errors
from briefgen.render.documents import check_names
from briefgen.render.names import names_in
from briefgen.render.templates import Templates

ROWS = "{% for row in page.glance.changes.rows %}"
END = "{% endfor %}"
WRONG = {
    "a filter": (f"{ROWS}{{{{ row.text|uper }}}}{END}", 1, "No filter named 'uper'; did you mean 'upper'?"),
    "a test": (f"{ROWS}{{{{ row.text is strng }}}}{END}", 1, "No test named 'strng'; did you mean 'string'?"),
    "a filter that the program has not": ("{{ page.past|random }}", 1, "No filter named 'random'"),
    "the field of a row": (f"{ROWS}\n{{{{ row.txet }}}}{END}", 2, "'txet' is not known here; did you mean 'text'?"),
    "of a part of a row": (f"{ROWS}{{{{ row.kind.lable }}}}{END}", 1, "did you mean 'label'?"),
    "a list of it": (f"{ROWS}{{% for x in row.nots %}}{END}{END}", 1, "did you mean 'notes'?"),
    "in brackets": (f"{ROWS}{{{{ row['txet'] }}}}{END}", 1, "did you mean 'text'?"),
    "the row itself": (f"{ROWS}{{{{ rwo.text }}}}{END}", 1, "'rwo' is not known here; did you mean 'row'?"),
    "the loop": (f"{ROWS}{{{{ loop.indx }}}}{END}", 1, "did you mean 'index'?"),
    "the row before": (f"{ROWS}{{{{ loop.previtem.txet }}}}{END}", 1, "did you mean 'text'?"),
    "a name of a text": (f"{ROWS}{{{{ row.id.foo }}}}{END}", 1, "'foo' is not known here"),
    "what was set": (f"{ROWS}{{% set it = row %}}{{{{ it.txet }}}}{END}", 1, "did you mean 'text'?"),
    "what was set with": (f"{ROWS}{{% with it = row %}}{{{{ it.txet }}}}{{% endwith %}}{END}", 1, "mean 'text'?"),
    "in a condition": (f"{ROWS}{{% if row.txet %}}x{{% endif %}}{END}", 1, "did you mean 'text'?"),
    "of a chosen row": ("{% for r in page.past|selectattr('spoken_of')|list %}{{ r.hots }}{% endfor %}", 1, "'host'?"),
    "what is chosen by": ("{% for r in page.past|selectattr('spokenof') %}{% endfor %}", 1, "mean 'spoken_of'?"),
    "what is listed": ("{{ page.past|map(attribute='status.cod')|join }}", 1, "did you mean 'code'?"),
    "of a part of a list": ("{% for r in page.past[:3] %}{{ r.hots }}{% endfor %}", 1, "did you mean 'host'?"),
    "of one of a list": (
        "{% if page.past %}{{ page.past[0].hots }}{{ (page.past|last).hots }}{% endif %}",
        1,
        "'host'?",
    ),
    "of two lists": ("{% for r in page.past|list + page.upcoming|list %}{{ r.hots }}{% endfor %}", 1, "mean 'host'?"),
    "of a pair": ("{% for language, family in look.fonts %}{{ family.x }}{% endfor %}", 1, "'x' is not known here"),
    "where it may be nothing": ("{% if page.bottom_line %}{{ page.bottom_line.txt }}{% endif %}", 1, "mean 'text'?"),
    "what a macro is given": (
        "{% macro m(it, sep='') %}{{ it.txet }}{{ sep }}{% endmacro %}" + f"{ROWS}{{{{ m(row) }}}}{END}",
        1,
        "did you mean 'text'?",
    ),
    "what no macro calls": ("{% macro m(it) %}{{ page.txet }}{{ it.x }}{% endmacro %}", 1, "'txet' is not known here"),
    "a macro by name": (
        "{% macro m(it) %}{{ it.txet }}{% endmacro %}" + f"{ROWS}{{{{ m(it=row) }}}}{END}",
        1,
        "'text'?",
    ),
    "an imported macro": ("{% from 'other.html' import shwo %}", 1, "did you mean 'show'?"),
    "without context": (
        "{% from 'other.html' import medium %}{{ medium() }}",
        0,
        "only where this template is imported",
    ),
    "a page of the index": (
        "{% for p in listing.pages if listing %}{{ p.mastheda }}{% endfor %}",
        1,
        "mean 'masthead'?",
    ),
}
RIGHT = [
    f"{ROWS}{{{{ row.text }}}} {{{{ loop.index }}}} {{{{ loop.changed(row.kind) }}}}{END}",
    "{% for r in page.past %}{% if r.nothing is defined %}{{ r.nothing }}{% endif %}{% endfor %}",
    "{{ page.zzz | default('') }}{{ zzz | d('') }}{% if zzz is undefined %}x{% endif %}",
    "{% set it = page.past if page.base else page.sources %}{% for r in it %}{{ r.hots }}{% endfor %}",
    "{% if page.base %}{% set it = page.glance %}{% else %}{% set it = page %}{% endif %}{{ it.upcoming }}",
    "{% macro m(it) %}{{ it.host }}{% endmacro %}{% for r in page.past %}{{ m(r) }}{% endfor %}{{ m(page.masthead) }}",
    "{% macro m(it) %}{{ it.zzz }}{% endmacro %}{{ m({'zzz': 1}) }}{{ m(page.masthead) }}",
    "{% macro m(a) %}{{ caller() }}{{ varargs }}{{ kwargs }}{% endmacro %}{% call(x) m(1) %}{{ x.y }}{% endcall %}",
    "{% set names = {'a': {'b': 1}} %}{{ names.a.b }}{{ page.labels.zzz }}{{ page.labels.items() }}",
    "{{ page.lang.upper() }}{{ page.lang | upper }}{{ page.facts[0].ids }}{{ page.follow_up[0].dated }}",
    "{% set a %}x{% endset %}{{ a }}{% with b = a %}{{ b }}{% endwith %}{% filter upper %}{{ a }}{% endfilter %}",
    "{% from 'other.html' import show with context %}{{ show(page.past[0]) }}{{ show(page.masthead) }}",
    "{% block a %}x{% endblock %}{{ self.a() }}{% macro m() %}{{ self.a() }}{% endmacro %}{{ m() }}",
    "{% import 'other.html' as other with context %}{{ other.zzz }}",
    "{% include 'row.html' %}{% for r in page.past %}{% include 'row.html' %}{% endfor %}",
    "{% for r in page.past %}{% include 'ro' ~ 'w' ~ '.html' %}{% include ['row.html', 'no.html'] %}{% endfor %}",
    "{% for r in page.past recursive %}{{ loop(page.past) }}{% else %}{{ page.lang }}{% endfor %}",
    "{% extends 'parent.html' %}{% set own = 1 %}{% block a %}{{ super() }}{{ own }}{{ above }}{% endblock %}",
    "{% for group in page.past|groupby('host') %}{{ group.grouper }}{{ group.zzz }}{% endfor %}",
    "{% for part in page.past|batch(2) %}{% for r in part %}{{ r.host }}{% endfor %}{% endfor %}",
    "{% for r in [] %}{{ r.zzz }}{% endfor %}{% for r in page.past if 1 else [] %}{{ r.host }}{% endfor %}",
    "{% include 'no.html' ignore missing %}{% extends page.lang %}{% block zzz %}{{ page.lang }}{% endblock %}",
]


@pytest.fixture
def folder(templates: Path) -> Path:
    """Templates to take in."""
    others = {
        "other": "{% macro show(it) %}{{ it.host }}{% endmacro %}{% macro medium() %}{{ media }}{% endmacro %}",
        "row": "{% if r is defined %}{{ r.host }}{% endif %}",
        "parent": "{% set above = 1 %}{% block a %}{{ page.lang }}{% endblock %}",
    }
    for name, text in others.items():
        (templates / f"{name}.html").write_text(text, encoding="utf-8")
    return templates


def _told(folder: Path, text: str, *, rest: bool = True) -> list[tuple[str, int, str]]:
    (folder / "tiny.html").write_text(text, encoding="utf-8")
    return [
        (Path(each.file).name, each.line, each.message)
        for each in names_in(Templates((folder,)), ["tiny.html"], rest=rest)[0]
    ]


@pytest.mark.parametrize("name", WRONG)
def test_a_misspelt_name_is_told_though_no_page_comes_to_it(name: str, folder: Path) -> None:
    text, line, said = WRONG[name]
    found = _told(folder, text)
    assert found
    assert all(said in message for _, _, message in found)
    assert {(file, at) for file, at, _ in found} == {("tiny.html", line) if line else ("other.html", 1)}


@pytest.mark.parametrize("text", RIGHT)
def test_what_may_be_right_is_not_told(text: str, folder: Path) -> None:
    assert _told(folder, text) == []


def test_a_part_is_gone_through_with_what_stands_around_it(folder: Path) -> None:
    (folder / "card.html").write_text("\n{{ card.hots }}", encoding="utf-8")
    said = "'hots' is not known here; did you mean 'host'?"
    assert _told(folder, "{% for card in page.past %}{% include 'card.html' %}{% endfor %}")[0][:2] == ("card.html", 2)
    assert said in _told(folder, "{% for card in page.past %}{% include 'card.html' %}{% endfor %}")[0][2]
    assert _told(folder, "{{ page.lang }}") == []  # who takes it in may have any card


def test_a_part_that_no_document_takes_in_is_told_where_all_are_asked_for(folder: Path) -> None:
    (folder / "part.html").write_text("{% for row in page.past %}{{ row.hots }}{% endfor %}", encoding="utf-8")
    assert [file for file, _, _ in _told(folder, "{{ page.lang }}")] == ["part.html"]
    assert _told(folder, "{{ page.lang }}", rest=False) == []


def test_the_shipped_templates_have_no_name_that_nothing_has() -> None:
    documents = ["at-a-glance.html", "full-briefing.html", "parts/index.html"]
    assert names_in(Templates((shipped_templates(),)), documents, rest=True) == ([], [])
    starter = PROJECT / "templates"
    assert names_in(Templates((starter,)), [], rest=True) == ([], [])


def test_what_a_name_may_have_meant_is_looked_for_only_where_nothing_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    like = Mock(return_value="")
    monkeypatch.setattr(template_errors, "did_you_mean", like)
    names_in(Templates((shipped_templates(),)), ["at-a-glance.html", "full-briefing.html"], rest=False)
    assert like.call_count < 20  # of some 4,000 names


def test_what_was_found_is_told_of_each_folder_until_its_text_is_another(tmp_path: Path) -> None:
    of_one, of_other = tmp_path / "one", tmp_path / "other"
    for each in (of_one, of_other):
        each.mkdir()
        (each / "tiny.html").write_text("\n{{ page.hots }}", encoding="utf-8")
        found, _ = names_in(Templates((each,)), ["tiny.html"], rest=True)
        assert [(Path(told.file), told.line) for told in found] == [(each / "tiny.html", 2)]
    (of_one / "tiny.html").write_text("{{ page.lang }}", encoding="utf-8")
    assert names_in(Templates((of_one,)), ["tiny.html"], rest=True) == ([], [])
    (of_one / "tiny.html").unlink()
    assert names_in(Templates((of_one,)), ["tiny.html"], rest=True) == ([], [])
    assert names_in(Templates((of_other,)), ["tiny.html"], rest=True)[0]


def test_one_task_of_a_build_looks_for_them_in_all_of_its_documents(tiny_job: Callable[..., Job]) -> None:
    """Most of their templates are the same."""
    beside = Sibling(name="other.en.pdf", document="other", format="pdf", lang="en", language_name="English")
    job = replace(tiny_job("<p>one"), siblings=(beside,))
    Path(job.folders[0], "other.html").write_text(f"{ROWS}{{{{ row.txet }}}}{END}", encoding="utf-8")
    (found,) = check_names(job).findings
    assert found.location.file.endswith("other.html")
