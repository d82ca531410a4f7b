"""A language is begun with what CLDR knows of it, and what a person must decide is listed; nothing of it is guessed."""

from pathlib import Path

import pytest
from conftest import Program, set_languages

from briefgen.localise.cldr import phrases
from briefgen.localise.patterns import NO_BREAK, STILL_ENGLISH
from briefgen.localise.values import format_value
from briefgen.model.dates import parse_date
from briefgen.model.findings import FindingsError
from briefgen.model.quantities import Rate
from briefgen.read.languages import read_language_file
from briefgen.read.workspace import find_workspace
from briefgen.tools.languages import draft_language


def test_cldr_gives_what_it_knows_and_the_rest_is_listed(starter: Path, program: Program) -> None:
    done = program("language", "new", "fr", at=starter)
    assert (done.code, done.err) == (0, "")
    file, faults = read_language_file(find_workspace(starter), "fr")
    assert file is not None
    assert file.patterns is not None
    assert (faults, file.patterns.own_name, file.patterns.locale) == ((), "français", "fr")
    numbers = file.patterns.numbers
    assert (numbers.scales[6].one, numbers.scales[6].other) == (
        f"{{number}}{NO_BREAK}million",
        f"{{number}}{NO_BREAK}millions",
    )
    assert numbers.percent == f"{{number}}{NO_BREAK}%"
    assert file.patterns.money.currencies["EUR"].other == f"{{number}}{NO_BREAK}€"
    assert file.patterns.counts.units["years"].other == f"{{number}}{NO_BREAK}ans"
    assert file.patterns.countdown.ahead.other.startswith("dans {number}")
    assert file.patterns.dates.prose.day == f"{{d{NO_BREAK}MMMM y}}"
    assert numbers.short_scales[9].other == f"{{number}}{NO_BREAK}Md"
    assert file.patterns.counts.units["tonnes"].one == f"{{number}}{NO_BREAK}tonne"
    assert file.patterns.rates[Rate.YEAR] == "{amount} par an"
    listed = done.out.replace(",", " ").split()
    assert {"dates.deadline.any", "bounds.counts.about", "counts.units.facts", "ordinals.prose"} <= {*listed}
    assert not {"counts.units.years", "numbers.percent", "dates.prose.day", "own_name"} & {*listed}
    assert "people" not in file.patterns.counts.units  # asked for when a fact counts them
    assert "  # year_after: Marks or words that make" in (starter / "templates/languages/fr.yaml").read_text("utf-8")


def test_a_draft_whose_weekday_cldr_writes_by_itself_can_be_read(starter: Path, program: Program) -> None:
    assert program("language", "new", "fi", at=starter).code == 0
    assert read_language_file(find_workspace(starter), "fi")[1] == ()


@pytest.mark.parametrize(
    ("code", "powers"),
    [("ja", {12, 8, 4}), ("zh", {12, 8, 4}), ("hi", {11, 9, 7, 5}), ("th", {12, 9, 6}), ("es", {12, 9, 6})],
)
def test_a_language_without_a_million_keeps_its_own_scales(code: str, powers: set[int], starter: Path) -> None:
    """Those of English stood beside them, to be translated: 13.9 billion would have been 13.9 of something made up."""
    language = draft_language(find_workspace(starter), code)
    (starter / "templates" / "languages").mkdir(parents=True)
    (starter / "templates" / "languages" / f"{code}.yaml").write_text(language.text, encoding="utf-8")
    file, _ = read_language_file(find_workspace(starter), code)
    assert file is not None
    assert file.patterns is not None
    assert {*file.patterns.numbers.scales} == powers
    assert not any(key.startswith("numbers.scales") for key in language.open_keys)
    assert file.patterns.money.by_code in (f"{{code}}{NO_BREAK}{{number}}", f"{{number}}{NO_BREAK}{{code}}")


@pytest.mark.parametrize(
    ("code", "when", "worded"),
    [
        ("de", "weekday 2025-08-10", "Sonntag, 10.⍽August 2025"),
        ("de", "weekday 2025-08-10/2025-08-11", "Sonntag, 10.⍽August 2025 – Montag, 11.⍽August 2025"),
        ("de", "2025-08-10/2025-08-13", "10.–13.⍽August 2025"),
        ("de", "2025-08-30/2025-09-02", "30.⍽August – 2.⍽September 2025"),
        ("de", "2024-12-30/2025-01-02", "30.⍽Dezember 2024 – 2.⍽Januar 2025"),
        ("pt", "2025-08-10/2025-08-13", "10–13 de agosto de 2025"),
        ("pt", "2025-08/2025-09", "agosto–setembro de 2025"),
        ("fr", "2025-08-10/2025-08-13", "10–13⍽août 2025"),
        ("ja", "2025-08-10/2025-08-13", "2025年8月10日 – 2025年8月13日"),
        ("hu", "2025-08/2025-09", "2025. augusztus – 2025. szeptember"),
    ],
)
def test_a_range_of_days_is_written_as_a_day_is(starter: Path, code: str, when: str, worded: str) -> None:
    text = draft_language(find_workspace(starter), code).text
    (path := starter / f"templates/languages/{code}.yaml").parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    file, _ = read_language_file(find_workspace(starter), code)
    assert file is not None
    assert file.patterns is not None
    style, _, day = when.rpartition(" ")
    assert format_value(parse_date(day), file.patterns, style or "prose").replace(NO_BREAK, "⍽") == worded


@pytest.mark.parametrize(("code", "years"), [("tr", "yıl"), ("it", "anni"), ("vi", "năm"), ("sw", "miaka")])
def test_spans_of_time_are_words_where_cldr_has_a_short_form_only(code: str, years: str) -> None:
    units = phrases(code)["counts.units"]
    assert isinstance(units, dict)
    assert years in units["years"]["other"]
    assert "duration" not in str(units)


@pytest.mark.parametrize(
    ("code", "day", "categories"),
    [
        ("pt", "{d} de {MMMM} de {y}", {"one", "many", "other"}),
        ("ja", "{y年M月d日}", {"other"}),
        ("pl", f"{{d{NO_BREAK}MMMM y}}", {"one", "few", "many", "other"}),
        ("uk", f"{{d}}{NO_BREAK}{{MMMM}} {{y}}{NO_BREAK}р.", {"one", "few", "many", "other"}),
        ("th", f"{{d{NO_BREAK}MMMM y}}", {"other"}),
        ("ar", f"{{d{NO_BREAK}MMMM y}}", {"zero", "one", "two", "few", "many", "other"}),
        ("he", "{d בMMMM y}", {"one", "two", "other"}),
    ],
)
def test_dates_and_plurals_are_those_of_the_language(
    code: str, day: str, categories: set[str], starter: Path, program: Program
) -> None:
    assert program("language", "new", code, at=starter).code == 0
    file, _ = read_language_file(find_workspace(starter), code)
    assert file is not None
    assert file.patterns is not None
    assert file.patterns.dates.prose.day == day
    unit = file.patterns.counts.units["facts"]
    assert {name for name in ("zero", "one", "two", "few", "many", "other") if getattr(unit, name)} == categories


def test_that_signs_of_currencies_go_the_other_way_is_told_of_a_language_from_right_to_left(
    starter: Path, program: Program
) -> None:
    told = {code: program("language", "new", code, at=starter).out for code in ("ar", "fr")}
    assert {code: "(money.currencies)" in each for code, each in told.items()} == {"ar": True, "fr": False}
    assert "templates/fonts" in told["fr"]


def test_a_language_that_is_read_keeps_its_words(starter: Path) -> None:
    draft = draft_language(find_workspace(starter), "nl")
    assert "meer dan: more than" in draft.text
    assert draft.name == "Dutch"
    own = "# Our remark.\nreading:\n  locale: es\n  number_words: {ocho: 8} # as in the report\n"
    (starter / "templates/languages").mkdir()
    (starter / "templates/languages/es.yaml").write_text(own, encoding="utf-8")
    assert draft_language(find_workspace(starter), "es").text.endswith(f"\n\n{own}")


@pytest.mark.parametrize("text", ["", "reading: [\n", "- a list\n", "reading: {locale: nl}\nreading: {locale: nl}\n"])
def test_a_file_that_cannot_be_read_is_told_and_stays(text: str, starter: Path, program: Program) -> None:
    path = starter / "templates/languages/nl.yaml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    done = program("language", "new", "nl", at=starter)
    assert (done.code, "templates/languages/nl.yaml:" in done.err, path.read_text("utf-8")) == (1, True, text), done.err


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("xx", "CLDR knows no locale 'xx'"),
        ("ko", "'ko' has patterns already"),
        ("FR", "'FR' is no code of a language"),
        ("pt_br", "'pt_br' is no code of a language"),
    ],
)
def test_what_cannot_be_drafted_is_told(code: str, told: str, starter: Path) -> None:
    with pytest.raises(FindingsError) as trouble:
        draft_language(find_workspace(starter), code)
    assert told in str(trouble.value)


@pytest.mark.parametrize(("code", "hint"), [("swedish", "'sv'"), ("Suomi", "'fi'"), ("cz", "'cs'"), ("ko", "settings")])
def test_w005_what_cannot_be_drafted_leads_on(code: str, hint: str, starter: Path) -> None:
    with pytest.raises(FindingsError) as trouble:
        draft_language(find_workspace(starter), code)
    assert hint in trouble.value.findings[0].hint


def test_a_draft_is_not_printed_before_its_labels_are_translated(starter: Path, program: Program) -> None:
    program("language", "new", "fr", at=starter)
    set_languages(starter, "en", "fr")
    done = program("check", at=starter)
    assert (done.code, done.err.count("error T301")) == (1, 1)
    assert "templates/languages/fr.yaml: error T315" in done.err
    path = starter / "templates/languages/fr.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(STILL_ENGLISH, ""), encoding="utf-8")
    assert "T315" not in program("check", at=starter).err
