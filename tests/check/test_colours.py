"""Colours that can be read: contrast by the numbers of WCAG, refused where it is too small, mended on dark ground."""

from dataclasses import asdict

import pytest
from conftest import Read, said, shipped_look
from hypothesis import given
from hypothesis import strategies as st

from briefgen.check.look import contrast, lightened, needed

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the grey that WCAG's own examples name as just too light
        ("#767676", "#ffffff", 4.54),
        ("#12436d", "#ffffff", 10.25),
        ("#ffffff", "#ffffff", 1.0),
    ],
)
def test_the_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_within_its_bounds(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@given(COLOURS)
def test_any_colour_can_be_made_light_enough_for_a_dark_screen(colour: str) -> None:
    paper = shipped_look().dark.paper
    light = lightened(colour, paper, 4.5)
    assert contrast(light, paper) >= 4.5
    if contrast(colour, paper) >= 4.5:
        assert light == colour


def test_the_shipped_colours_can_be_read_by_day_and_by_night() -> None:
    for colours in (shipped_look().colours, shipped_look().dark):
        for name, colour in asdict(colours).items():
            assert contrast(colour, colours.paper) >= needed(name), name


def test_k901_a_text_that_is_too_faint_is_refused_with_its_ratio(read: Read) -> None:
    _, findings = read('colours:\n  muted: "#777777"\n  hairline: "#fefefe"\n  soon: "#ffdd00"\n')
    assert said(findings) == [
        (
            "templates/look.yaml:2:10 K901 'muted' has a contrast of 4.47:1 with the paper #ffffff; it needs 4.50:1"
            " -> take a darker colour"
        ),
        (
            "templates/look.yaml:4:9 K901 'soon' has a contrast of 1.34:1 with the paper #ffffff; it needs 3.00:1"
            " -> take a darker colour"
        ),
    ]


def test_k901_another_paper_is_reckoned_with(read: Read) -> None:
    _, findings = read('colours:\n  paper: "#808080"\n')
    (told,) = said(findings)
    assert told.startswith("templates/look.yaml:2:10 K901 on the paper #808080 these stand out too little: ink, muted,")
    assert told.endswith(" -> take a lighter paper, or write these colours darker too")


def test_an_accent_changed_for_paper_alone_is_lightened_for_dark_screens(read: Read) -> None:
    look, findings = read('colours:\n  accent: "#7a1f2b"\n')
    assert look is not None
    assert findings == ()
    assert look.dark.accent != shipped_look().dark.accent
    assert contrast(look.dark.accent, look.dark.paper) >= 4.5
    red, green, blue = (int(look.dark.accent[at : at + 2], 16) for at in (1, 3, 5))
    assert red > max(green, blue)


def test_a_dark_colour_of_ones_own_is_taken_as_it_is(read: Read) -> None:
    look, _ = read('colours:\n  accent: "#7a1f2b"\ndark_colours:\n  accent: "#ffb0b0"\n')
    assert look is not None
    assert look.dark.accent == "#ffb0b0"
