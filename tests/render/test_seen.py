"""A page that does not show the facts that it marks is not published: paper is read back, screens are worked out."""

from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
import tinycss2
from conftest import Direct, changed, request_for, write_template

from briefgen.build import build
from briefgen.model.document import Job, RenderedFile
from briefgen.model.findings import FindingsError
from briefgen.render import html as to_html
from briefgen.render import pdf as to_pdf
from briefgen.render.markup import parsed
from briefgen.render.seen import hidden_marks

Make = Callable[..., Job]
PAGE = (
    '<!DOCTYPE html>\n<html lang="en"><head><title>T</title><style>@page {{ margin: 2cm }} {style}</style></head>\n'
    '<body><section id="s"><p class="f" data-fact="f">the <data value="5 USD">five <bdi>dollars</bdi></data> '
    "fact <b>tail</b> after</p></section></body></html>"
)
HIDES = (
    "body { display: none }",
    "#s { display: none !important } #s { display: block }",
    "p { display: none } ",
    "section > .f { visibility: hidden }",
    "p b { visibility: collapse }",
    "p { font-size: 0 }",
    "b { font-size: 1px }",
    "p { font: 0/0 sans-serif }",
    "section { font-size: 1em } p { font-size: .1em }",
    "p { opacity: 0 }",
    "section { opacity: .2 } p { opacity: .2 }",
    "p { color: transparent }",
    "p { color: rgba(0, 0, 0, .01) }",
    "* { color: #fff !important }",
    ":root { --ground: white } p { color: var(--ground) }",
    "p { background: black; color: #000 }",
    "p { position: absolute; left: -9999px }",
    "p { position: absolute; top: -300cm }",
    "p { text-indent: -9999px; white-space: nowrap }",
    "p { margin-left: -400mm }",
    "p { letter-spacing: -1em }",
    "section { letter-spacing: -9px }",
    "p { transform: scale(0) }",
    "p { transform: translateX(-9999px) }",
    "p { height: 0; overflow: hidden }",
    "p { line-height: 0; overflow: hidden }",
    "section { line-height: .1; overflow: hidden } p { margin: 0 }",
    "section { overflow: hidden } p { line-height: 1%; margin: 0 9px }",
    "p { font: 12px/0 sans-serif; overflow: hidden }",
    "@media all { p { display: none } }",
)
ON_SCREENS_ONLY = (
    "body::before { content: ''; position: fixed; inset: 0; background: #fff; z-index: 9 }",
    "p:after { content: ''; position: absolute; top: 0; left: 0; width: 100vw; height: 100dvh; background: white }",
    "section { position: relative } p::before { content: ''; position: absolute; inset: 0; background: canvas }",
    "p { position: relative; z-index: 3 } p::after { content: ''; position: absolute; inset: 0 -1%; background: red }",
    "p { position: relative } p::after { content: ''; position: absolute; inset: 0; backdrop-filter: blur(9px) }",
    "html::after { content: ' '; position: fixed; inset: 0 0 10%; background: linear-gradient(#eee, white 50%) }",
    "p::first-line { color: transparent }",
    "p::first-letter { font-size: 0 }",
    "p { line-height: 2px; overflow-y: clip; padding: 0 1em }",
    "p { offset-path: path('M -9999 0 L 0 0') }",
    "p { rotate: x 90deg }",
    "p { max-block-size: 0; overflow: clip }",
    "@supports (display: none) { p { display: none } }",
    "@media screen { p { display: none } }",
    "@media (min-width: 20rem) { p { display: none } }",
    "@media (max-width: 30rem) { p { display: none } }",
    "@media (prefers-color-scheme: dark) { p { display: none } }",
    "@media screen and (hover) { p { display: none } }",
    "section { & p { display: none } }",
    f"section {{ {'& & & { ' * 12} display: none {'} ' * 12}}}",
    "section { p { display: none } }",
    "p { clip-path: inset(50%) }",
    "p { clip: rect(0 0 0 0); position: absolute }",
    "p { filter: opacity(0) }",
    "p { content-visibility: hidden }",
    "p { -webkit-text-fill-color: transparent }",
    "p { scale: 0 }",
    "p { translate: -200vw }",
    ":is(p, div):not(.x) { display: none }",
    "@media (max-width: .px) { p { display: none } }",
    "p { scale: .1 }",
    "p { opacity: -1 }",
    "p { -webkit-text-security: disc }",
    "p { filter: blur(50px) }",
    "p { filter: brightness(0) invert(1) }",
    "p { display: env(nothing, none) }",
    "p { display: var(--nothing, none) }",
    "p { display: env(nothing 0 1, none) }",
    "p { animation: fade 0s forwards } @keyframes fade { to { opacity: 0 } }",
    "p { overflow: hidden; width: 2em; display: -webkit-box; -webkit-line-clamp: 1 }",
    "p { unicode-bidi: bidi-override; direction: rtl }",
    "p { unicode-bidi: isolate-override }",
    "section { word-spacing: -99em }",
    "p { color: canvas }",
    "p { color: color-mix(in srgb, white 100%, black) }",
    "p { color: color-mix(in oklab, #fff, black 1%) }",
    "p { color: rgb(from white r g b) }",
    "p { color: oklch(from #fff l c h / 1) }",
    "p { color: oklch(1 0 0) }",
    "p { color: color(xyz-d65 0.95 1 1.09) }",
    "p { color: lab(0 0 0 / 0) }",
    "p { background: lch(0 0 0); color: #000 }",
)
SHOWS = (
    "",
    "p { display: none } #s .f { display: block }",
    "p { display: none !important } p.f { display: block !important }",
    "body { visibility: hidden } p { visibility: visible }",
    "p::before { content: 'x'; display: none }",
    "p.other { display: none } i { font-size: 0 }",
    "p { text-transform: uppercase }",
    "p { opacity: .5; color: #595959 }",
    "section { background: #000 } p { color: #fff }",
    "p { margin-left: -2mm; text-indent: 4mm; transform: none }",
    "@media print and (max-width: 1px) { p { display: none } }",
    "section { font-size: 0 } p { font-size: 12px }",
    "p { color: color-mix(in srgb, white 20%, black); unicode-bidi: isolate; filter: drop-shadow(0 0 1px #000) }",
    "p { color: rgb(from #333 r g b); animation: none; line-clamp: none; padding: env(safe-area-inset-top, 0) }",
    "section { overflow: hidden } b, bdi { line-height: 0; vertical-align: super } p { line-height: 1 }",
    "section { line-height: 0; overflow: hidden } p { line-height: 1; margin: 0 } b { line-height: 0 }",
    "section { line-height: 0; overflow: hidden } b { line-height: 0; display: inline-block }",
    "p { line-height: 0; overflow: hidden; padding: 1em 0 }",
    "body { overflow-x: hidden } p { line-height: 0; height: 2em }",
    "p { letter-spacing: -.02em; word-spacing: 2px } b { letter-spacing: normal }",
)


LIES_OVER = "{ content: ''; position: fixed; inset: 0; background: #fff }"
SHOWS_ON_SCREENS = (
    f"body::before {LIES_OVER} body::before {{ z-index: -1 }}",
    f"body::before {LIES_OVER} body::before {{ display: none }}",
    f"body::before {LIES_OVER} body::before {{ content: none }}",
    f"body::before {LIES_OVER} body::before {{ opacity: .1 }}",
    f"body::before {LIES_OVER} body::before {{ visibility: hidden }}",
    f"body::before {LIES_OVER} body::before {{ left: -100%; width: 100% }}",
    f"body::before {LIES_OVER} body::before {{ bottom: auto; height: 3rem }}",
    f"body::before {LIES_OVER} body::before {{ background: rgb(0 0 0 / .1) }}",
    f"body::before {LIES_OVER} body::before {{ background: linear-gradient(#fff, transparent) }}",
    f"@media print {{ body::before {LIES_OVER} }}",
    f"body:hover::before {LIES_OVER}",
    f"section {LIES_OVER}",
    f"body::before {LIES_OVER} section {{ position: relative }}",
    f"body::before {LIES_OVER} body::before {{ z-index: 1 }} p {{ opacity: .9; z-index: 2 }}",
    f"#s {{ position: relative }} #s::before {LIES_OVER} #s::before {{ position: absolute; z-index: -1 }}",
    f"main {{ position: relative }} body::after {LIES_OVER} body::after {{ z-index: -1 }}",
    "b { position: relative } b::after { content: ''; position: absolute; inset: 60% 0 0; background: #ff8 }",
    "i { position: absolute; inset: 0 } p::first-letter { font-size: 3em; color: red }",
    "b::first-line { color: transparent }",
)
UNKNOWN = (
    "p { color: color() }",
    "p { background: color() }",
    "p { color: color(display-p3 1 1 1) }",
    "p { color: lab(1e300 0 0) }",
    "p { color: rgb(1e300 0 0) }",
    "p { opacity: ..5; scale: ..1; filter: opacity(..5) }",
    "p { font-size: ..5px; width: ..px; overflow: hidden; left: ..9px }",
    ":root { --a: 1.2 } p { opacity: var(--a).3; font: 1.2.3px x }",
    "p, { display: none } & & { color: red } p:has(> b { display: none }",
)
"""What a browser does not take, or what is not known of it."""


def _on_screens(style: str) -> list[str]:
    return [mark for mark, _ in hidden_marks(parsed(PAGE.format(style=style)))]


def _on_paper(tiny_job: Make, style: str) -> tuple[RenderedFile, list[str]]:
    document = to_pdf.render(tiny_job(PAGE.format(style=style), format="pdf"))
    return document, [each.code for each in document.findings if each.severity.name == "ERROR"]


@pytest.mark.parametrize("style", [*HIDES, *ON_SCREENS_ONLY])
def test_r411_what_a_style_hides_on_a_screen_is_found(style: str) -> None:
    assert _on_screens(style), style


@pytest.mark.parametrize("style", UNKNOWN)
def test_a_value_that_says_nothing_hides_nothing(style: str) -> None:
    assert _on_screens(style) == []


@pytest.mark.parametrize("style", SHOWS_ON_SCREENS)
def test_what_lies_over_no_text_of_a_screen_hides_none(style: str) -> None:
    assert _on_screens(style) == []


def test_an_element_over_all_of_its_place_hides_what_is_beside_it_there_and_nothing_else() -> None:
    style = ".c { position: relative } i { position: absolute; inset: 0; background: #fff }"
    page = f"<style>{style}</style><p data-fact=a>x</p><div class=c><p data-fact=b>x</p><i data-fact=c>x</i></div>"
    assert {mark for mark, _ in hidden_marks(parsed(page))} == {"fact 'b'"}


def test_of_thousands_that_lie_over_each_other_the_first_are_looked_at() -> None:
    page = f"<style>p {{ position: fixed; inset: 0; background: #fff }}</style>{'<p data-fact=a>x</p>' * 3_000}"
    assert {mark for mark, _ in hidden_marks(parsed(page))} == {"fact 'a'"}


@pytest.mark.parametrize("style", SHOWS)
def test_what_is_to_be_seen_is_not(style: str, tiny_job: Make) -> None:
    assert _on_screens(style) == []
    document, codes = _on_paper(tiny_job, style)
    assert (bool(document.content), codes) == (True, [])


@pytest.mark.parametrize("style", HIDES)
def test_r411_what_is_not_on_paper_is_found(style: str, tiny_job: Make) -> None:
    """Off the page and cut off are R406; both stop a build."""
    assert {"R411", "R406"} & {*_on_paper(tiny_job, style)[1]}, style


@pytest.mark.parametrize(
    "markup",
    [
        "<p data-fact='f' hidden>x</p>",
        "<p data-fact='f' style='display: none'>x</p>",
        "<div hidden><p data-fact='f'>x</p></div>",
        "<p data-fact='f'></p>",
        "<p data-fact='f'> – </p>",
        "<p>x <span data-status='open'></span></p>",
        "<p>x <data value='5 USD' style='opacity: 0'>five</data></p>",
    ],
)
def test_r411_a_mark_without_a_text_to_be_seen_is_found(markup: str) -> None:
    assert [*hidden_marks(parsed(f"<!DOCTYPE html><body>{markup}"))]


def test_a_page_of_one_screen_only_is_judged_by_all() -> None:
    """The same text, once for wide and once for narrow screens, is hidden on one of them."""
    style = "@media (max-width: 40rem) { .wide { display: none } }"
    assert [*hidden_marks(parsed(f"<style>{style}</style><p class=wide data-fact=f>x</p>"))]


def test_styles_that_several_pages_have_are_read_once() -> None:
    style = "p { display: none } .of-two-pages { color: red }"
    with patch.object(tinycss2, "parse_stylesheet", side_effect=tinycss2.parse_stylesheet) as parse:
        assert _on_screens(style) == _on_screens(style) != []
    assert parse.call_count == 1


@pytest.mark.parametrize("format", ["html", "pdf"])
def test_such_a_page_does_not_become_the_latest(format: str, tiny: Path) -> None:
    body = "<p data-fact='x'>shown</p>"
    write_template(tiny, "at-a-glance", body)
    changed(tiny / "briefgen.toml", '"html"', f'"{format}"')
    latest = build(request_for(tiny), Direct()).folder
    write_template(tiny, "at-a-glance", body, head="<style>p { display: none }</style>")
    with pytest.raises(FindingsError, match=r"html:3:8: error R411 the rule for 'p' hides a fact, a value"):
        build(request_for(tiny), Direct())
    assert (tiny / "out" / "sample" / "latest").resolve() == latest.resolve()


def test_html_is_refused_before_it_is_made(tiny_job: Make) -> None:
    with pytest.raises(FindingsError) as refused:
        to_html.render(tiny_job(PAGE.format(style="body { display: none }")))
    assert {each.code for each in refused.value.findings} == {"R411"}
    assert str(refused.value.findings[0].location).endswith("tiny.html:2:68")
