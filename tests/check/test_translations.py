"""A translation adds no sign, no figure and no placeholder, and is not blank."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from shipped.pages import languages

from briefgen.check.languages import (
    LanguageSubject,
    added_figures,
    blank_translations,
    strange_signs,
    wrong_placeholders,
)
from briefgen.check.texts import (
    garbled_translations,
    look_alikes_in_translations,
    untranslated_sentences,
)
from briefgen.localise.language import Language, Translation
from briefgen.model.book import Message
from briefgen.model.findings import Finding, Location


def subject(source: str, text: str) -> LanguageSubject:
    one = Translation(source=source, text=text, fuzzy=False, location=Location("ko.po", 2))
    language = Language(code="ko", patterns=languages()["ko"].patterns, texts={"ferry text": one})
    message = Message(context="ferry text", text=source, location=Location("facts.yaml", 3))
    return LanguageSubject(language=language, messages=(message,))


def said(findings: Iterator[Finding]) -> list[str]:
    return [each.message.replace("the translation of", "").replace("  ", " ").strip() for each in findings]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("\x1b[31m", "a control character U+001B ESCAPE stands in 'Open'"),
        ("페리\u202e", "a bidirectional control U+202E RIGHT-TO-LEFT OVERRIDE stands in 'Open'"),
        ("페\u200b리", "an invisible sign U+200B ZERO WIDTH SPACE stands in 'Open'"),
        ("a\ufffe", "a noncharacter U+FFFE stands in 'Open'"),
        ("페리\n운항", "'Open' holds a line break"),
        ("페리\t운항", "'Open' holds a tab"),
        ("가" * 2_001, "'Open' has 2,001 characters"),
    ],
)
def test_t312_strange_signs(text: str, what: str) -> None:
    assert said(strange_signs(subject("Open", text))) == [what]


LOOK_ALIKE = {
    "Vіet Nam": ("Vіet", "U+0456 CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I", "write 'Viet', every letter anew"),
    "Việt Nаm": ("Nаm", "U+0430 CYRILLIC SMALL LETTER A", "write 'Nam', every letter anew"),
    "Bοb": ("Bοb", "U+03BF GREEK SMALL LETTER OMICRON", "write 'Bob', every letter anew"),
    "Mосквa": ("Mосквa", "U+004D LATIN CAPITAL LETTER M", "write the word anew, with one keyboard"),
}


@pytest.mark.parametrize("text", LOOK_ALIKE)
def test_t316_a_letter_that_only_looks_like_the_one_meant(text: str) -> None:
    word, sign, hint = LOOK_ALIKE[text]
    (found,) = look_alikes_in_translations(subject("Open", text))
    assert (found.message, found.hint) == (f"'{word}' has a letter of another script: {sign}", hint)


@pytest.mark.parametrize(
    "text", ["Москва", "5 μg", "Δt", "kΩ", "IT-отдел", "β-carotene", "Wожаф", "Việt Nam", "한국USB"]
)
def test_what_is_written_in_two_scripts_on_purpose_is_no_finding(text: str) -> None:
    assert [*look_alikes_in_translations(subject("Open", text))] == []


@pytest.mark.parametrize("text", ["페리 운항", "می\u200cخواهم", "150\u00a0km", "שלום"])
def test_what_a_language_needs_is_no_finding(text: str) -> None:
    assert said(strange_signs(subject("Open", text))) == []


@pytest.mark.parametrize("text", [" ", "\u00a0", "\u200b", "\u3000\u2060", "\n", "\u3164", "\0"])
def test_t313_blank_translations(text: str) -> None:
    assert said(blank_translations(subject("Open", text))) == ["'Open' is blank"]


@pytest.mark.parametrize("text", ["…", "-", "–", "?", "...", "???", "TODO", "[tbd]", "n/a", "#N/A", "XXX"])
def test_t313_signs_alone_translate_no_word(text: str) -> None:
    """What people put where a translation is to come is the input of this test."""
    assert said(blank_translations(subject("Open", text))) == [f"'Open' is no word: '{text}'"]


@pytest.mark.parametrize(
    ("english", "text"),
    [("Open", "เปิด"), ("Open", "열림"), ("Open", "٣"), ("N/A", "n/a"), ("Na", "나"), (":", " :"), ("–", "…")],
)
def test_what_has_a_word_where_the_english_has_one_is_no_blank(english: str, text: str) -> None:
    assert said(blank_translations(subject(english, text))) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("2035년까지", "2035"),
        ("２０３５", "2035"),
        ("٢٠٣٥", "2035"),
        ("२०३५", "2035"),
        ("{goal} bis 2035 {by}", "2035"),
        ("½", "0.5"),
        ("Ⅻ", "12"),
        ("m²", "2"),
    ],
)
def test_t314_added_figures(text: str, number: str) -> None:
    assert said(added_figures(subject("Open {goal} {by}", text))) == [
        f"'Open {{goal}} {{by}}' says {number}, which its source does not"
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("ASEAN 2045", "아세안 2045"),
        ("ASEAN 2045", "۲۰۴۵"),
        ("the five-point plan of three years", "3년 5개 항"),
        ("first half", "제1반기"),
        ("{value1} of {period2}", "{period2}: {value1}"),
    ],
)
def test_figures_of_the_source_may_be_written_in_any_digits(source: str, text: str) -> None:
    assert said(added_figures(subject(source, text))) == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{goal} {by} {goal}", "has {goal} more often or less often than the source"),
        ("{goal} {by} {", "has a brace that would be printed as it stands"),
        ("<b>{goal}</b> {by}", "has </b>, <b>, which would be printed as it stands"),
        ("{goal}&nbsp;{by} %s", "has %s, &nbsp;, which would be printed as it stands"),
        ("{goal} } {by}", "has a brace that would be printed as it stands"),
        ("{goal}", "lacks {by}"),
    ],
)
def test_t302_placeholders_each_as_often(text: str, fault: str) -> None:
    assert said(wrong_placeholders(subject("To {goal} by {by}", text))) == [f"'To {{goal}} by {{by}}' {fault}"]


def test_a_name_may_hold_a_figure_that_its_english_lacks() -> None:
    """The Vietnamese name of UNCLOS is UNCLOS 1982, wherever it stands; other years are figures."""
    term = Translation(source="UNCLOS", text="UNCLOS 1982", fuzzy=False, location=Location("vi.po", 5))
    made = subject("in line with UNCLOS", "theo UNCLOS 1982, năm 1983")
    name = Message(context="term unclos short", text="UNCLOS", location=term.location, of=("term", "unclos"))
    language = replace(made.language, texts={**made.language.texts, name.context: term})
    named = replace(made, language=language, messages=(*made.messages, name))
    assert said(added_figures(named)) == ["'in line with UNCLOS' says 1983, which its source does not"]
    fact = replace(named, messages=(*made.messages, replace(name, of=("fact", "term"))))  # of a fact called "term"
    assert {each.split(" says ")[1] for each in said(added_figures(fact))} == {
        "1982, which its source does not",
        "1983, which its source does not",
    }


def test_the_name_of_a_party_or_a_body_may_hold_a_figure_that_its_english_lacks() -> None:
    for kind in ("party", "body"):
        name = Translation(source="Group of Twenty", text="주요 20개국", fuzzy=False, location=Location("ko.po", 5))
        made = subject("Talks of the Group of Twenty", "주요 20개국 회담")
        context = f"{kind} g name"
        message = Message(context=context, text=name.source, location=name.location, of=(kind, "g"))
        language = replace(made.language, texts={**made.language.texts, context: name})
        assert said(added_figures(replace(made, language=language, messages=(*made.messages, message)))) == []


def test_t317_a_translation_that_was_read_in_another_encoding() -> None:
    (found,) = garbled_translations(subject("Viet Nam", "Việt Nam".encode().decode("cp1252")))
    assert found.code == "T317"
    assert found.hint.endswith("most likely: Việt Nam")
    assert [*garbled_translations(subject("Open", "Việt Nam"))] == []


KOREAN = "베트남은 정기 여객선 항로의 재개를 제안한다"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Open the ferry route at once", ["is the English text"]),
        ("Mở lại tuyến phà ngay lập tức", ["is written in other letters than the translations beside it"]),
        ("여객선 항로 재개", []),
        ("P4G {goal}", []),
        ("ASEAN–ROK FTA", []),
    ],
)
def test_t318_a_sentence_that_nobody_has_translated(text: str, told: list[str]) -> None:
    source = text if told[:1] == ["is the English text"] else "Open the ferry route again"
    every = {f"x{number} text": ("Open it", KOREAN) for number in range(12)} | {"ferry text": (source, text)}
    texts = {
        context: Translation(source=source, text=text, fuzzy=False, location=Location("ko.po", 2))
        for context, (source, text) in every.items()
    }
    messages = tuple(
        Message(context=context, text=source, location=Location("facts.yaml", 3), of=("fact", "x"), field="text")
        for context, (source, _) in every.items()
    )
    language = Language(code="ko", patterns=languages()["ko"].patterns, texts=texts)
    found = untranslated_sentences(LanguageSubject(language=language, messages=messages))
    assert [each.message.partition("' ")[2] for each in found] == told
