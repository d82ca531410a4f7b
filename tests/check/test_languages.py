"""Each check of a language's catalogs: the catalog, or the list of terms, is the test's docstring."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from briefgen.check.languages import (
    ForbiddenTerm,
    LanguageSubject,
    TermList,
    _pattern,
    english_phrases,
    forbidden_terms,
    missing_labels,
    missing_texts,
    repeated_texts,
    unformattable_values,
    unused_texts,
    wrong_placeholders,
)
from briefgen.localise.language import Language
from briefgen.localise.patterns import Plural
from briefgen.model.book import FactBook, Message
from briefgen.model.dates import parse_date
from briefgen.model.facts import Earlier, Headline, Statement, Value
from briefgen.model.findings import Finding, Location, Severity
from briefgen.model.quantities import parse_quantity
from briefgen.model.records import Derived
from briefgen.read.languages import MAX_TERMS, read_languages, read_terms
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile

from .conftest import GOOD, findings_of

ChangedValue = list[tuple[str, str]]


@pytest.fixture
def book() -> FactBook:
    return findings_of(GOOD)[0]


@pytest.fixture
def read(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], Language]:
    """The language whose catalog is the test's docstring: of labels, or of texts where it has contexts."""
    text = dedent(request.function.__doc__ or "").strip("\n") + "\n"
    path = tmp_path / ("facts" if "msgctxt" in text else "templates") / "locale" / "vi.po"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")

    def language(code: str) -> Language:
        return read_languages(Workspace(root=tmp_path), ["vi"])[code]

    return language


def subject(language: Language, **other: Any) -> LanguageSubject:
    given: dict[str, Any] = {key: value if key == "book" else tuple(value) for key, value in other.items()}
    return LanguageSubject(language=language, **given)


def told(findings: Iterable[Finding]) -> ChangedValue:
    return [(str(each.location), f"{each.severity.name} {each.code} {each.message}") for each in findings]


def test_t301_a_label_is_missing(read: Callable[[str], Language]) -> None:
    """
    msgid "Zebra"
    msgstr ""

    #, fuzzy
    msgid "Lion"
    msgstr "Con hổ"

    msgid "Cat"
    msgstr "Con mèo"
    """
    assert told(missing_labels(subject(read("vi"), labels=["Zebra", "Lion", "Cat", "Dog"]))) == [
        ("templates/locale/vi.po:2:8", "ERROR T301 the translation of the label 'Zebra' is missing"),
        ("templates/locale/vi.po:6:8", "ERROR T301 the translation of the label 'Lion' is only a guess (fuzzy)"),
        ("templates/locale/vi.po", "ERROR T301 the translation of the label 'Dog' is missing"),
    ]
    assert read("vi").label("Cat") == "Con mèo"
    assert read("vi").label("Lion") == "Lion"
    assert told(missing_labels(subject(read("en"), labels=["Dog"]))) == []


def test_t302_placeholders_are_not_those_of_the_source(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "goal text"
    msgid "Raise trade to {goal} by {by}"
    msgstr "Nâng thương mại lên {gaol}"

    msgctxt "ferry note"
    msgid "The route was closed for {closed}."
    msgstr "Tuyến đóng {closed:table}."
    """
    assert told(wrong_placeholders(subject(read("vi"), messages=book.messages()))) == [
        (
            "facts/locale/vi.po:3:8",
            (
                "ERROR T302 the translation of 'Raise trade to {goal} by {by}' lacks {by}, {goal}; has {gaol}, which "
                "the source lacks"
            ),
        )
    ]


def test_t302_says_what_to_type(read: Callable[[str], Language]) -> None:
    """
    msgid "From {first} to {last}"
    msgstr "{first}"

    msgid "Sources"
    msgstr "<b>Nguồn</b>"
    """
    marks, lost = wrong_placeholders(subject(read("vi"), messages=[]))
    assert lost.hint == "its msgstr needs, as often as its msgid: {first}, {last}"
    assert marks.hint == "write its msgstr in plain text"


def test_t302_holds_for_labels_too(read: Callable[[str], Language]) -> None:
    """
    msgid "Edition {number}"
    msgstr "Bản số {nummer}"
    """
    assert told(wrong_placeholders(subject(read("vi"), messages=[]))) == [
        (
            "templates/locale/vi.po:2:8",
            "ERROR T302 the translation of 'Edition {number}' lacks {number}; has {nummer}, which the source lacks",
        )
    ]


def test_t303_a_text_is_not_translated(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "goal text"
    msgid "Raise trade by {by}"
    msgstr "Nâng thương mại vào {by}"

    #, fuzzy
    msgctxt "trade text"
    msgid "Trade between the two countries"
    msgstr "Thương mại"

    msgctxt "ferry text"
    msgid "Open the ferry route before the S7"
    msgstr "Mở tuyến phà trước S7"
    """
    texts = [
        each for each in book.messages() if each.context in ("goal text", "trade text", "ferry text", "ferry note")
    ]
    language = read("vi")
    assert told(missing_texts(subject(language, messages=texts))) == [
        (
            "facts/locale/vi.po:8:8",
            "WARNING T303 'trade text' is only a guess (fuzzy) (facts/tiny.yaml:30:11)",
        ),
        (
            "facts/locale/vi.po:3:8",
            "WARNING T303 'goal text' translates an older text: 'Raise trade by {by}' (facts/tiny.yaml:52:11)",
        ),
        ("facts/locale/vi.po", "WARNING T303 'ferry note' is not translated (facts/tiny.yaml:73:11)"),
    ]
    assert language.text("ferry text", "Open the ferry route before the S7") == "Mở tuyến phà trước S7"
    assert language.text("goal text", "Raise trade to {goal} by {by}") is None
    assert language.text("trade text", "Trade between the two countries") is None
    assert told(missing_texts(subject(read("en"), messages=texts))) == []


def test_t303_of_a_language_that_is_not_begun_is_told_once(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "ferry text"
    msgid "Open the ferry route before the S7"
    msgstr ""
    """
    texts = tuple(book.messages())
    (found,) = told(missing_texts(subject(read("vi"), messages=texts)))
    assert found == ("facts/locale/vi.po", f"WARNING T303 none of the {len(texts)} texts of the facts is translated")


def test_t304_an_entry_does_not_say_which_text_it_translates(
    tmp_path: Path, book: FactBook, read: Callable[[str], Language]
) -> None:
    """
    msgctxt "x"
    msgid "x"
    msgstr "x"
    """
    text = next(each for each in book.messages() if each.context == "ferry text")
    catalog = tmp_path / "facts" / "locale" / "vi.po"
    catalog.write_text(f'msgid "{text.text}"\nmsgstr "Mở"\n', encoding="utf-8")
    (found,) = unused_texts(subject(read("vi"), messages=book.messages()))
    assert (str(found.location), found.message) == ("facts/locale/vi.po:1:1", "this entry has no msgctxt")
    assert found.hint.endswith('msgctxt "ferry text"')


def test_t304_a_translation_belongs_to_no_text(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "bridge text"
    msgid "Build a bridge"
    msgstr "Xây cầu"
    """
    assert told(unused_texts(subject(read("vi"), messages=book.messages()))) == [
        ("facts/locale/vi.po:2:1", "NOTE T304 'bridge text' is no text of the facts any more")
    ]


def test_t304_a_context_that_is_nearly_one_leads_to_it(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "fery text"
    msgid "Open the ferry route before the S7"
    msgstr "Mở tuyến phà"
    """
    (found,) = unused_texts(subject(read("vi"), messages=book.messages()))
    assert (found.hint, found.severity) == ("did you mean 'msgctxt \"ferry text\"'?", Severity.WARNING)


def test_t306_a_text_says_what_must_not_be_said(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "ferry text"
    msgid "Open the ferry route before the S7"
    msgstr "Mở tuyến phà Thuyền cũ trước S7"
    """
    language = read("vi")
    terms: list[Any] = [
        {"never": "Thuyền cũ|closed", "use": "x", "why": "y", "exempt": ["ferry-doubted text", "ferry note"]}
    ]
    assert told(_forbidden(language, book, terms)) == [
        ("facts/locale/vi.po:3:8", "ERROR T306 'Thuyền cũ' is not used in this language")
    ]
    assert told(_forbidden(read("en"), book, terms)) == []
    assert told(_forbidden(read("en"), book, [terms[0] | {"exempt": []}])) == [
        ("facts/tiny.yaml:73:11", "ERROR T306 'closed' is not used in this language"),
        ("facts/tiny.yaml:78:11", "ERROR T306 'closed' is not used in this language"),
    ]


def _forbidden(language: Language, book: FactBook, terms: list[Any]) -> list[Finding]:
    listed, findings = read_as(TermList, YamlFile(value={"terms": terms}, locations={}))
    assert listed is not None, findings
    messages = [each for each in book.messages() if each.context.startswith("ferry")]
    return list(forbidden_terms(subject(replace(language, labels={}), terms=listed.terms, messages=messages)))


def with_value(book: FactBook, value: str) -> FactBook:
    """The book with another goal of the statement that has one."""
    goal = book.facts["goal"]
    assert isinstance(goal, Statement)
    assert goal.target is not None
    target = replace(goal.target, goal=Value(value=parse_quantity(value), cite=goal.target.goal.cite))
    return replace(book, facts={**book.facts, "goal": replace(goal, target=target)})


@pytest.mark.parametrize("never", ["([a-z ]+)+$", "(a|a)+$", "(.*)*\\d$"])
def test_t306_a_term_that_takes_too_long_is_told(never: str, read: Callable[[str], Language]) -> None:
    location = Location("here")
    lines = [Message(context="template x", text="a" * 4_000 + "!", location=location)] * 40
    term = ForbiddenTerm(never=_pattern(never), use="x", why="y")
    subject = LanguageSubject(language=read("en"), terms=(term,), messages=(), template_lines=tuple(lines))
    (finding,) = forbidden_terms(subject)
    assert (finding.location, finding.code) == (location, "T306")
    assert finding.message == f"'{never}' takes too long to look for in this text"


NESTED = "(" * 6 + "a?" + "){30}" * 6
"""Written out, it takes all memory of a machine."""


@pytest.mark.parametrize("never", ["a{99999999999}", "(" * 400, "(" * 3_000 + ")" * 3_000, "[", "a" * 501, "*", NESTED])
def test_an_expression_that_is_none_or_too_long_is_refused(never: str) -> None:
    with pytest.raises(ValueError, match="regular expression"):
        _pattern(never)


@pytest.mark.parametrize(
    ("never", "why"),
    [("(?R)", "takes too long to look for"), ("(a|a)*$", "is found in every text, as it needs no letter")],
)
def test_an_expression_that_no_text_needs_or_none_ends_is_refused(never: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f"'{never}' {why}")):
        _pattern(never)


def test_t301_labels_of_a_language_that_is_begun_are_told_in_one_line(read: Callable[[str], Language]) -> None:
    """
    msgid "Zebra"
    msgstr "Ngựa vằn"

    #, fuzzy
    msgid "Lion"
    msgstr "Sư tử"
    """
    many = tuple(f"Beast {letter}" for letter in "abcdefghijklmnopqrstu")
    assert told(missing_labels(subject(read("vi"), labels=("Zebra", "Lion", *many)))) == [
        ("templates/locale/vi.po", "ERROR T301 more than 20 labels are not translated"),
        ("templates/locale/vi.po:6:8", "ERROR T301 the translation of the label 'Lion' is only a guess (fuzzy)"),
    ]
    assert len(told(missing_labels(subject(read("vi"), labels=many[:20])))) == 20


def test_t307_a_language_has_no_counter_for_a_unit(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "goal text"
    msgid "Raise trade to {goal} by {by}"
    msgstr "Nâng thương mại lên {goal} vào {by}"
    """
    assert told(unformattable_values(subject(read("vi"), book=book))) == []
    counted = with_value(book, "5 submarines")
    every = told(unformattable_values(subject(read("vi"), book=counted)))
    locations = [place for place, message in every if "'submarines'" in message]
    assert locations == ["facts/tiny.yaml:60:21"]  # once, where the value is, whatever prints it
    assert told(unformattable_values(subject(read("en"), book=counted)))[0] == (
        "facts/tiny.yaml:60:21",
        "ERROR T307 {goal} cannot be worded: 'en_GB' has no counter for 'submarines' under counts, units",
    )


def test_t307_tells_once_what_to_write_for_a_unit(read: Callable[[str], Language], book: FactBook) -> None:
    found = [*unformattable_values(subject(read("en"), book=with_value(book, "5 submarines")))]
    first, *others = [each.hint for each in found]
    assert first == (
        "write into templates/languages/en.local.yaml: "
        'patterns: {counts: {units: {submarines: {one: "{number}⍽...", other: "{number}⍽..."}}}}'
    )
    assert not any(others)


def test_t307_holds_for_all_that_a_page_may_print_by_itself(read: Callable[[str], Language], book: FactBook) -> None:
    # what a value was before, the day of a source, and each figure of its lines, whatever rests on it
    english, submarines = read("en"), parse_quantity("5 submarines")
    no_spring = replace(english.patterns.dates, prose=replace(english.patterns.dates.prose, spring=""))
    patterns = replace(english.patterns, dates=no_spring)
    source = book.sources["talks"]
    line = replace(source.lines[3], derived={"fleet": Derived(value=submarines, why="It says so.")})
    published = replace(source.published, date=parse_date("2026-21"))
    told_in_spring = replace(source, published=published, lines=(*source.lines[:3], line))
    goal = with_value(book, "5 billion USD").facts["goal"]
    assert isinstance(goal, Statement)
    assert goal.target is not None
    before = replace(goal.target.goal, earlier=(Earlier(value=submarines, cite=goal.target.goal.cite),))
    goal = replace(goal, target=replace(goal.target, goal=before))
    changed = replace(book, facts={**book.facts, "goal": goal}, sources={**book.sources, "talks": told_in_spring})
    found = told(unformattable_values(subject(replace(english, patterns=patterns), book=changed)))
    assert [(place, message.partition(" cannot")[0]) for place, message in found] == [
        ("facts/tiny.yaml:60:13", "ERROR T307 {goal}"),
        ("seeds/talks.yaml:7:19", "ERROR T307 {published}"),
        ("seeds/talks.yaml:36:5", "ERROR T307 {fleet}"),
    ]


def test_t307_a_text_asks_for_an_unknown_style(read: Callable[[str], Language], book: FactBook) -> None:
    """
    msgctxt "goal text"
    msgid "Raise trade to {goal} by {by}"
    msgstr "Nâng thương mại lên {goal:shrt} vào {by:이/가}"
    """
    found = told(unformattable_values(subject(read("vi"), book=book)))
    assert [place for place, _ in found] == ["facts/locale/vi.po:3:8"] * 2
    assert found[0][1].startswith(
        "ERROR T307 {goal} cannot be worded: there is no style 'shrt' for an amount of money;"
    )
    assert found[1][1].startswith("ERROR T307 {by} cannot be worded: ")
    headline = replace(book.file.headlines[0], text="Trade of {goal.by:deadlin}")
    assert isinstance(headline, Headline)
    changed = replace(book, file=replace(book.file, headlines=(headline,)))
    ((place, message),) = told(unformattable_values(subject(read("en"), book=changed)))
    assert place == "facts/tiny.yaml:16:11"
    assert message.startswith("ERROR T307 {goal.by} cannot be worded: there is no style 'deadlin' for a date; did you")


def test_t315_a_phrase_of_a_draft_is_still_english(read: Callable[[str], Language]) -> None:
    """
    msgid "Zebra"
    msgstr "Ngựa vằn"
    """
    language = read("vi")
    assert told(english_phrases(subject(language))) == []
    patterns, scale = language.patterns, Plural(other="en: {number}bn")
    numbers = replace(patterns.numbers, short_scales={9: scale})
    drafted = replace(patterns, numbers=numbers, dates=replace(patterns.dates, as_of="en: As of {date}"))
    assert told(english_phrases(subject(replace(language, patterns=drafted)))) == [
        ("templates/languages/vi.yaml", "ERROR T315 2 phrases still in English: dates.as_of, numbers.short_scales.9")
    ]


def test_t308_an_obsolete_entry_translates_the_same_text(read: Callable[[str], Language]) -> None:
    """
    msgctxt "goal text"
    msgid "Raise trade by {by}"
    msgstr ""

    msgctxt "ferry text"
    msgid "Open the ferry route before the S7"
    msgstr "Mở tuyến phà trước S7"

    msgctxt "trade text"
    msgid "Trade between the two countries"
    msgstr "Thương mại"

    #~ msgctxt "ferry text"
    #~ msgid "Open the ferry route"
    #~ msgstr "Mở tuyến phà"

    #~ msgctxt "goal text"
    #~ msgid "Raise trade"
    #~ msgstr "Nâng thương mại"

    #~ msgctxt "trade text"
    #~ msgid "Trade between the two countries"
    #~ msgstr "Buôn bán"
    """
    said = "is translated in this obsolete entry, but has a live one too"
    assert told(repeated_texts(subject(read("vi")))) == [
        ("facts/locale/vi.po:18", f"NOTE T308 'goal text' {said}"),
        ("facts/locale/vi.po:22", f"NOTE T308 'trade text' {said}"),
    ]


def test_t308_holds_for_labels_too(read: Callable[[str], Language]) -> None:
    """
    msgid "Talks"
    msgstr ""

    #~ msgid "Talks"
    #~ msgstr "Trao đổi"
    """
    assert [place for place, _ in told(repeated_texts(subject(read("vi"))))] == ["templates/locale/vi.po:4"]


def test_a_list_has_so_many_terms_that_each_text_can_be_held_against_them(tmp_path: Path) -> None:
    path = tmp_path / "facts" / "locale" / "vi.terms.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("terms:\n" + "  - {never: a, use: b, why: c}\n" * (MAX_TERMS + 1), encoding="utf-8")
    terms, (finding,) = read_terms(Workspace(root=tmp_path), "vi")
    assert (terms, str(finding.location)) == ((), "facts/locale/vi.terms.yaml:2:3")
    assert finding.message == "a list of 1,001 terms; the limit is 1,000"


def test_a_list_of_terms_is_read_with_its_places(tmp_path: Path) -> None:
    """A regular expression that is none is told where it stands; a workspace need not have a list."""
    path = tmp_path / "facts" / "locale" / "vi.terms.yaml"
    path.parent.mkdir(parents=True)
    workspace = Workspace(root=tmp_path)
    assert read_terms(workspace, "vi") == ((), ())
    path.write_text("terms:\n  - {never: '(', use: a, why: b}\n", encoding="utf-8")
    terms, (finding,) = read_terms(workspace, "vi")
    assert terms == ()
    assert (str(finding.location), finding.code) == ("facts/locale/vi.terms.yaml:2:13", "F004")
    assert finding.message.startswith("'(' is no regular expression")
