"""What a style sheet says that no browser knows is told, and nothing else; tests/shipped asks Chromium."""

import pytest
import tinycss2

from briefgen.render.styles import (
    MAX_PIECES,
    Variables,
    addresses_in,
    strange_words,
    styles_in,
    variables_in,
)

WRONG = {
    "colour: red": "1:5 'colour' is no property; did you mean 'color'?",
    "font-colour: red": "1:5 'font-colour' is no property; did you mean 'color'?",
    "background-colour: red": "1:5 'background-colour' is no property; did you mean 'background-color'?",
    "heigth: 3em": "1:5 'heigth' is no property; did you mean 'height'?",
    "color: rde": "1:12 'rde' is no value of 'color'; did you mean 'red'?",
    "display: flx": "1:14 'flx' is no value of 'display'; did you mean 'flex'?",
    "border: 1px sold #ccc": "1:17 'sold' is no value of 'border'; did you mean 'solid'?",
    "position: stickey": "1:15 'stickey' is no value of 'position'; did you mean 'sticky'?",
    "flex-flow: row warp": "1:20 'warp' is no value of 'flex-flow'; did you mean 'wrap'?",
    "margin: 12": "1:13 '12' has no unit; write 12px, say",
    "margin: 1.2reem": "1:13 'reem' is no unit; did you mean 'rem'?",
    "width: calc(100% - 2rme)": "1:24 'rme' is no unit; did you mean 'rem'?",
    "color: #12345": "1:12 '#12345' is no colour; write # and three or six digits or letters from a to f",
    "color: rbg(1, 2, 3)": "1:12 'rbg()' is no function; did you mean 'rgb'?",
    "color: red padding: 2px": "1:16 ';' is missing before 'padding'",
    "padding:": "1:5 'padding' has no value",
    "content: 'abc\n": "1:14 this is not closed; write the quote or bracket that ends it on the same line",
    "margin: 2px)": "1:16 this ) closes nothing",
    "margin: 5 mm": "1:13 a blank stands between 5 and its unit; write 5mm",
    "margin: 1,5mm": "1:13 a comma stands in the number, which has a point; write 1.5mm",
    "margin: 5mm !imporant": "1:18 '!imporant' is none; write !important",
    "margin\uff1a 5mm": "1:11 the sign here only looks like one of a style sheet, and is a letter of the word; write :",
    "margin:\u00a05mm": "1:12 the sign here only looks like one of a style sheet, and is a letter of the word; "
    "write a plain blank",
    "color red": "1:14 this is neither 'property: value;' nor a rule with its { }; "
    "look for a sign that is missing or too much",
}

RIGHT = (
    "color: CanvasText",
    "COLOR: Red !important",
    "background: url(data:,) no-repeat left 2px / contain content-box, #abcd",
    "grid-template: [head] 2fr / minmax(0, 1fr) repeat(2, auto)",
    "font: italic small-caps 600 1.2rem/1.5 Georgia, serif",
    "margin: 0 auto -2px",
    "flex: 1 0 9.5rem",
    "aspect-ratio: 16 / 9",
    "transition: opacity .2s ease-in-out allow-discrete",
    "animation: 3s linear 1s 2 alternate slide-in",
    "inset: env(safe-area-inset-top, 20px) 1dvh 2cqw calc(1lh + 2px)",
    "white-space: nowrap",
    "text-wrap: balance",
    "-webkit-text-size-adjust: none",
    "transform: translateX(2px) rotate(.2turn)",
    "will-change: transform",
    "line-height: 1.4",
    "opacity: .5",
    "width: fit-content",
    "all: revert-layer",
)


NONE = Variables()


def told(style: str, variables: Variables = NONE) -> list[str]:
    return [
        f"{each.line}:{each.column} {each.message}" + (f"; {each.hint}" if each.hint else "")
        for each in strange_words(style, variables)
    ]


@pytest.mark.parametrize("declaration", WRONG)
def test_a_word_that_no_browser_knows_is_told_with_the_nearest_right_one(declaration: str) -> None:
    assert told(f"p {{ {declaration} }}") == [WRONG[declaration]]


@pytest.mark.parametrize("declaration", RIGHT)
def test_what_browsers_know_is_not_told(declaration: str) -> None:
    assert told(f"p {{ {declaration} }}") == []


@pytest.mark.parametrize("value", ["“Noto Sans” , serif", "Arial, ”Times New Roman”", "‘Arial’"])
def test_curled_quotes_are_told_once_where_any_word_may_stand(value: str) -> None:
    """Browsers look for a font with quotes in its name, and say nothing."""
    (said,) = told(f"p {{ font-family: {value} }}")
    assert "are curled, which makes them letters of the word; write straight quotes" in said
    assert told("p { font-family: 'Noto Sans', serif; quotes: '«' '»'; content: '“' }") == []


def test_rules_within_rules_and_what_templates_fill_in_are_read() -> None:
    style = """/* { */
{% for each in listed %}
@media (min-widht: {{ look.width }}) and (hover) { .{{ each }} { color: {{ each }}; & b { floot: left } } }
{% endfor %}
@page { size: A4 landscpe; @top-left { content: string(title) " " counter(page); color: rde } }
@font-face { font-family: "x"; src: url(a.woff2) format("woff2"); unicode-range: U+20-7F }
@media scren and (400px <= width < 800px), print { p { {{ all }}: 1 } }
"""
    assert told(style) == [
        "3:9 'min-widht' is no condition of @media; did you mean 'min-width'?",
        "3:91 'floot' is no property; did you mean 'float'?",
        "5:18 'landscpe' is no value of 'size'; did you mean 'landscape'?",
        "5:89 'rde' is no value of 'color'; did you mean 'red'?",
        "7:8 'scren' is no condition of @media; did you mean 'screen'?",
    ]


def test_styles_within_templates_are_read_at_their_places() -> None:
    """In the block for one's own rules, in an element `style`, and in the style of an element."""
    text = """<p class="x: y" style="colour: red">{# <p style="floot: left"> #}
<style>p { float: lef }</style><img style='width: 1mm; heigth: 3mm'>
{% block style %}
{{ super() }}
{% if media == "print" %}td { color: rde; }{% endif %}
td { width: {{ look.width }}mm; font-family: “Arial” }
{{ super() }}
{% endblock %}<p style="{{ style }}"><b style="{{ a }}: 2">style="colour: red"</b>
"""
    assert [each.partition("; ")[0] for each in told(styles_in(text))] == [
        "1:24 'colour' is no property",
        "2:19 'lef' is no value of 'float'",
        "2:56 'heigth' is no property",
        "5:38 'rde' is no value of 'color'",
        "6:46 the quotes of '“Arial”' are curled, which makes them letters of the word",
    ]
    assert len(styles_in(text)) == len(text)


def test_a_variable_is_set_in_some_file() -> None:
    variables = variables_in(":root { --accent: red } <p style='--wide : 2'>")
    assert variables.set == {"--accent", "--wide"}
    assert told("p { color: var(--acent); width: var(--wide) var(--other, 2px) }", variables) == [
        "1:12 '--acent' is set nowhere; did you mean '--accent'?"
    ]


WRONG_VARIABLES = {
    "--boddy: 11pt": "1:5 nothing uses the variable '--boddy'; did you mean '--body'?",
    "--body: 11": "1:13 '11' has no unit; write the unit behind it: pt, mm",
    "--body: 9,5pt": "1:13 a comma stands in the number, which has a point; write 9.5pt",
    "--body: 11 pt": "1:13 a blank stands between 11 and its unit; write 11pt",
    "--body: 11pts": "1:13 'pts' is no unit; did you mean 'pt'?",
    "--accent: #5b2a8": "1:15 '#5b2a8' is no colour; write # and three or six digits or letters from a to f",
}


@pytest.mark.parametrize("declaration", WRONG_VARIABLES)
def test_a_variable_that_does_nothing_is_told(declaration: str) -> None:
    """The guide says to set letters larger by them; a wrong or misspelt one was passed by in silence."""
    shipped = ":root { --body: 10pt; --accent: {{ x }} } p { font-size: var(--body); color: var( --accent ) }"
    variables = variables_in(f"{shipped} {declaration}")
    assert told(f"p {{ {declaration} }}", variables) == [WRONG_VARIABLES[declaration]]


def test_a_variable_may_be_any_number_or_word() -> None:
    style = "p { --body: 0; --tight: 1.2; --face: House Sans, serif; --accent: #5b2a86; --own: {{ x }} }"
    used = "p { a: var(--tight) var(--face) var(--accent) var(--own) var(--body); --body: 3mm; --tight: 1.3 }"
    assert told(style, variables_in(style + used)) == []


def test_a_block_without_its_end_is_told_where_it_begins() -> None:
    assert told("p { color: red }\nb { color: red\ni { color: red }\n") == [
        "2:3 this block has no end, so that what follows belongs to it; write its }",
    ]


def test_a_remark_without_its_end_is_told_where_it_begins() -> None:
    said = "this remark has no end, so that what follows belongs to it; write its */"
    assert told("p { color: red }\n /* note\nb { color: red }\n") == [f"2:2 {said}"]
    assert told("/* note\nb { color: red }\n/* another */\n") == [f"1:1 {said}"]
    assert told("/* one */ p { color: red } /* two */") == []


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ("// larger\n.lead { margin: 0 }", "1:1"),
        (".lead {\n  // larger, isn't it\n  margin: 0;\n}", "2:3"),
        ("@media print { a { margin: 0 } // on paper\n b { margin: 0 } }", "1:32"),
    ],
)
def test_a_remark_of_another_language_is_told_alone(style: str, place: str) -> None:
    said = (
        "// begins no remark in a style, and what stands behind it does not count; write /* before it and */ behind it"
    )
    assert told(style) == [f"{place} {said}"]
    assert told(style.replace("//", "/**/")) != told(style)


def test_a_rule_without_its_block_or_for_a_page_that_is_none() -> None:
    assert told("@media (max-width: 600px {\n.lead { margin: 0 } }") == [
        "1:1 @media has no block; write its { }, and close each bracket before it"
    ]
    assert told("@page :frist { margin: 10mm }") == ["1:8 ':frist' is no page of @page; did you mean 'first'?"]
    assert told("@page annex:first { margin: 10mm } @page :nth(2) { margin: 1mm }") == []


def test_two_slashes_in_an_address_are_no_remark() -> None:
    assert told(".a { background: url(//x/y) } .b { background: url('https://x') } /* http://x */") == []


def test_brackets_within_brackets_without_end_are_left_to_the_limit_of_nesting() -> None:
    style = "p { width: " + "(" * 3000
    assert strange_words(style, Variables()) == ()
    assert addresses_in(style) == ("21-fold nesting(...)",)


@pytest.mark.parametrize("opened", ["{{", "{%", "{#", "{"])
def test_what_is_never_closed_is_looked_through_once(opened: str) -> None:
    """Four times as much would take sixteen times as long: minutes, for a sheet of the largest size."""
    assert strange_words(opened * 200_000, Variables()) is not None


def test_of_thousands_of_strange_words_the_first_hundred_are_told() -> None:
    found = strange_words("p { colour: red }\n" * 6_000, Variables())
    assert [each.line for each in found] == list(range(1, 102))
    assert {each.message for each in found[:100]} == {"'colour' is no property"}
    assert (found[100].message, found[100].hint) == (
        "from here on nothing more is told",
        "mend what is told above; then the rest is",
    )


def test_a_number_that_no_program_reads_is_told_where_it_stands() -> None:
    (found,) = strange_words("p { color: red }\np { order: " + "9" * 20_000 + " }", Variables())
    assert (found.line, found.column) == (2, 12)
    assert found.message == "this number has 20,000 digits, more than any program reads"


@pytest.mark.parametrize("sign", ['"', "{", "a{", "; ", "é "])
def test_a_style_sheet_of_endless_signs_is_read_no_further_than_a_bound(
    sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tinycss2, "parse_component_value_list", None)
    monkeypatch.setattr(tinycss2, "parse_stylesheet", None)
    style = "p { color: red }\n" + sign * MAX_PIECES
    (found,) = strange_words(style, Variables())
    assert found.stops
    assert (found.line, found.column) == (2, MAX_PIECES - 10)
    assert found.message == "the style sheet has more than 200,000 words and signs, and is read no further than here"
    assert addresses_in(style) == ("200,000 words and signs, and more(...)",)


def test_a_picture_within_a_style_sheet_may_be_large() -> None:
    style = f"p {{ background: url(data:image/png;base64,{'QUJD+/0=' * 40_000}) }}"
    assert (told(style), len(addresses_in(style))) == ([], 1)
