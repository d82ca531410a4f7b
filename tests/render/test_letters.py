"""Letters of one's own styles that are too pale for the ground on which they stand (R417)."""

from pathlib import Path

import pytest

from briefgen.read.files import check_styles
from briefgen.read.workspace import find_workspace
from briefgen.render.cascade import paints_in


def test_the_colours_of_letters_on_paper_are_found() -> None:
    style = """p { color: #CCC } b { color: white; background: navy } i { color: var(--muted) }
@media (prefers-color-scheme: dark) { p { color: #fff } }
@media print { p { color: rgb(170 170 170); border-color: #eee } }
u { color: inherit } s { color: {{ x }} } q { color: rgb(0 0 0 / .2) } a { color: currentColor }"""
    letters = [(each.line, each.column, each.written, each.colour) for each in paints_in(style) if each.colour]
    assert letters == [
        (1, 12, "#CCC", "#cccccc"),
        (1, 49, "navy", "#000080"),
        (3, 27, "rgb(170 170 170)", "#aaaaaa"),
    ]


PALE = {
    "on paper": (".note { color: #bbb }", True),
    "white, on paper": (".note { color: #fff }", True),
    "on the ground of the same element, from another rule": (
        ".note { color: #bbb } .note.new { background: #024 }",
        False,
    ),
    "on the ground of what it is in": (".bar { background: navy } .page .bar b { color: #bbb }", False),
    "on the ground of a rule around it": (".bar { background: navy; b { color: #bbb } }", False),
    "on a ground whose colour is a variable": (".bar { background: var(--accent) } .bar b { color: #bbb }", False),
    "white, on some ground, by the markup": (".bar { background: navy } .title { color: white }", False),
    "on a ground of something else": (".bar { background: navy } .note { color: #bbb }", True),
    "on a ground that is pale too": (".bar { background: #eee } .bar b { color: white }", True),
    "where the ground is that of what is in it": (".note .bar { background: navy } .note p { color: #bbb }", True),
    "where nothing is painted": (".bar { background: none } .bar b { color: #bbb; background: transparent }", True),
}


@pytest.mark.parametrize("name", PALE)
def test_r417_letters_too_pale_are_told_but_on_a_ground_of_their_own(name: str, starter: Path) -> None:
    style, is_told = PALE[name]
    (starter / "templates" / "style").mkdir(parents=True)
    (starter / "templates" / "style" / "mine.css").write_text(style, encoding="utf-8")
    assert [each.code for each in check_styles(find_workspace(starter))] == ["R417"] * is_told
