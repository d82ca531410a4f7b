"""The names that a template may use, and the labels of a language, are listed from what there is."""

import re
from pathlib import Path

import pytest
from conftest import PROJECT, Told
from jinja2 import Environment, nodes

from briefgen.model.findings import FindingsError
from briefgen.read.workspace import find_workspace
from briefgen.tools.templates import labels, matching, views


def test_every_attribute_that_a_shipped_template_asks_for_is_listed() -> None:
    known = {part.name for view in views() for part in view.names}
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    asked = set()
    for path in [*(PROJECT / "templates").glob("*.html"), *(PROJECT / "templates").glob("*/*.html")]:
        tree = environment.parse(path.read_text(encoding="utf-8"))
        asked |= {each.attr for each in tree.find_all(nodes.Getattr)}
    of_jinja = {"changed", "first", "index", "index0", "last", "previtem"}  # of `loop`
    assert asked > {"glance", "masthead", "bottom_line"}
    assert asked - known <= of_jinja


def test_each_name_tells_what_it_holds() -> None:
    by_name = {view.name: view for view in views()}
    assert [part.name for part in views()[0].names] == [
        "page",
        "look",
        "media",
        "document",
        "siblings",
        "listing",
        "left_out",
    ]
    parts = {part.name: part for part in by_name["Glance"].names}
    assert parts["asks"].kind == "list of Asks"
    assert {part.name: part.kind for part in by_name["DueRow"].names}["badge"] == "Badge, or nothing"
    due = {part.name: part.says for part in by_name["PaperSheet"].names}
    assert due["text_width"] == "What is left between the margins."
    for view in views():
        for part in view.names:
            named = re.findall(r"\b[A-Z]\w+\b", part.kind)
            assert {*named} <= {*by_name, "Page", "Look"}, part


def test_a_word_leaves_what_has_it_and_an_unknown_one_gets_the_nearest(told: Told, tiny: Path) -> None:
    assert {view.name for view in matching("text_width")} == {"PaperSheet"}
    done = told("template", "names", "watermark", at=tiny)
    assert done.code == 0
    assert "  watermark    text: A few words that stand large and faint" in re.sub(r" {3,}", "    ", done.out)
    with pytest.raises(FindingsError, match="no template has a name 'watermrk'") as caught:
        matching("watermrk")
    assert caught.value.findings[0].hint == "did you mean 'watermark'?"


def test_labels_of_a_language_with_those_of_ones_own(told: Told, tiny: Path) -> None:
    (tiny / "templates" / "locale").mkdir()
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Sources"\nmsgstr "Our sources"\n'
    (tiny / "templates" / "locale" / "en.po").write_text(catalog, encoding="utf-8")
    workspace = find_workspace(tiny)
    assert labels(workspace, "en")["Sources"] == "Our sources"
    assert labels(workspace, "en")["Timeline"] == "Timeline"
    assert labels(workspace, "ko")["Past summits"] == "지난 정상회의" or labels(workspace, "ko")["Past summits"]
    done = told("template", "labels", "vi", at=tiny)
    assert (done.code, "\nTimeline\n    " in done.out, "(no translation)" in done.out) == (0, True, False)
    done = told("template", "labels", "kr", at=tiny)
    assert (done.code, "W005 there is no language 'kr'" in done.err) == (1, True)
