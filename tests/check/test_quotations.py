"""Figures and the words they were read from: what each check must find, and what it must let pass."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml
from conftest import PROJECT

from briefgen.check import quotations
from briefgen.check.quotations import date_faults, faults_of, name_faults, names_like, value_faults
from briefgen.check.source_words import SourceWords, source_words
from briefgen.localise.cldr import is_country, spoken_in
from briefgen.localise.language import ReadingWords
from briefgen.model.book import FactBook, Party
from briefgen.model.dates import parse_date
from briefgen.model.quantities import Bound, Name, Rate, parse_quantity
from briefgen.model.records import Quoted
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.workspace import find_workspace

Check = Callable[[], None]


def test_e215_a_figure_quotes_nothing(told_as_expected: Check) -> None:
    """
    - figures: {closed: {value: 3 years, as: three years}}
    + figures: {closed: {value: 3 years, as: ""}}
                                             ^ E215 the quotation is empty
      | quote the few words that give the figure, 12 at most: the text itself is not ours
                                             ^ E217 '' has no number that the program can read
      | quote the words that give it, or move the figure to 'derived' and say why
    """
    told_as_expected()


def test_e215_a_quotation_is_too_long(told_as_expected: Check) -> None:
    """
    - figures: {closed: {value: 3 years, as: three years}}
    + figures: {closed: {value: 3 years, as: "three years, of of of of of of of of of of of of"}}
                                             ^ E215 the quotation has 14 words
      | quote the few words that give the figure, 12 at most: the text itself is not ours
    """
    told_as_expected()


def test_e216_the_words_say_something_else(told_as_expected: Check) -> None:
    """
    - figures: {closed: {value: 3 years, as: three years}}
    + figures: {closed: {value: 3 years, as: four years}}
                                             ^ E216 'four years' says 4 years, not 3 years
      | look at the line again and correct the one that is wrong
    """
    told_as_expected()


def test_e217_a_word_between_number_and_unit_is_not_known(told_as_expected: Check) -> None:
    """
    - figures: {closed: {value: 3 years, as: three years}}
    + figures: {closed: {value: 3 years, as: 3 zillion years}}
                                             ^ E217 'zillion' is not known: a scale word, a limit, or what is counted?
      | quote fewer words; or write 'of: zillion years' if it says of what; or, if it says that, write...
    """
    told_as_expected()


def test_e218_the_words_deny_the_figure(told_as_expected: Check) -> None:
    """
    - figures: {closed: {value: 3 years, as: three years}}
    + figures: {closed: {value: 3 years, as: not three years}}
                                             ^ E218 'not' denies what is quoted
      | quote the words that give it, or move the figure to 'derived' and say why
    """
    told_as_expected()


@cache
@cache
def words(language: str) -> SourceWords:
    """Those of the language's file, or of CLDR alone."""
    workspace = find_workspace(PROJECT)
    found = source_words(language, reading_words(workspace, known_languages(workspace)).get(language))
    assert found
    return found


def codes(language: str, value: str, quotation: str, of: str = "") -> set[str]:
    """The codes of what is wrong with a quotation."""
    quoted = Quoted(value=parse_quantity(value), words=quotation, of=of)
    return {fault.code for fault in value_faults(quoted, words(language))}


CASES: dict[str, dict[str, list[str]]] = yaml.load(
    Path(__file__).with_name("quotations.yaml").read_bytes(), Loader=yaml.CSafeLoader
)
ROWS = [(code, language, row) for code, by in CASES.items() for language, rows in by.items() for row in rows]


@pytest.mark.parametrize(("code", "language", "row"), ROWS)
def test_words_are_held_against_their_value(code: str, language: str, row: str) -> None:
    value, _, quotation = row.partition(" = ")
    found = codes(language, value, quotation)
    assert code in found if code != "given" else not found


@pytest.mark.parametrize(
    ("language", "value", "quotation", "of", "found"),
    [
        ("pl", "1 million people", "milion osób", "osób", set()),
        ("uk", "1 million people", "мільйон осіб", "осіб", set()),
        ("pl", "2 million people", "milion osób", "osób", {"E216"}),
        ("pl", "1 million people", "miliony osób", "osób", {"E217"}),
        ("de", "100 million EUR", "hundert Million Euro", "", set()),
        ("en", "3 million people", "three million people", "", set()),
        ("en", "1 million people", "millions of people", "of people", {"E217"}),
    ],
)
def test_a_scale_word_in_the_form_for_one_is_a_number(
    language: str, value: str, quotation: str, of: str, found: set[str]
) -> None:
    assert codes(language, value, quotation, of) == found


@pytest.mark.parametrize(
    ("value", "quotation", "found", "hint"),
    [
        ("1 years", "raz w roku", False, ""),
        ("2 years", "raz w roku", True, "move the figure to 'derived'"),
        ("6 months", "co pół roku", True, "quote the words that give it, or move the figure to 'derived' and say why"),
        ("1 months", "co miesiąc", True, "reading: {rates: {co miesiąc: month}}"),
        ("7 months", "siedem miesięcy", True, "reading: {number_words: {siedem: 7}}"),
    ],
)
def test_a_rhythm_may_be_a_rate_and_no_word_is_taken_for_a_number_at_random(
    value: str, quotation: str, found: bool, hint: str
) -> None:
    given = ReadingWords(locale="pl", rates={"raz w roku": Rate.YEAR}, units={"miesięcy": "months"})
    known = source_words("pl", given)
    assert known
    faults = [*value_faults(Quoted(value=parse_quantity(value), words=quotation), known)]
    assert ([fault.code for fault in faults], hint in "".join(fault.hint for fault in faults)) == (
        ["E217"] if found else [],
        True,
    )


def test_an_end_of_a_span_that_the_words_only_imply_is_derived() -> None:
    quoted = Quoted(value=parse_quantity("2030/2039"), words="by the 2030s")
    (fault,) = value_faults(quoted, words("en"))
    assert (fault.code, fault.message) == ("E216", "'by the 2030s' does not give the year 2039")
    assert "move the figure to 'derived'" in fault.hint


def test_a_curator_answers_what_is_counted() -> None:
    assert not codes("pt", "45 million people", "45 milhões de pessoas", of="de pessoas")
    assert codes("fr", "150 billion USD", "150 milliards de dollars", of="dollars") == {"E217"}
    assert codes("pt", "45 million people", "45 milhões de pessoas", of="gente") == {"E217"}
    assert not codes("fr", "150 billion USD", "150 milliards de dollars", of="de dollars")


@pytest.mark.parametrize(
    ("language", "value", "quotation", "of"),
    [
        ("nl", "38 USD", "US$ 38 bilhões", "bilhões"),
        ("nl", "150 USD", "150 miljard USD", "miljard USD"),
        ("pt", "45 people", "45 milhões de pessoas", "milhões de pessoas"),
        ("en", "50 documents", "more than 50 documents", "more than"),
        ("en", "50 documents", "not 50 documents", "not"),
        ("en", "50 documents", "50 of 100 documents", "of 100 documents"),
        ("nl", "50 agreements", "50 samenwerkingsdocumenten", "samenwerkingsdocumenten"),
        ("en", "150 billion USD", "€150 billion", "€"),
        ("en", "7 %", "7 people", "people"),
    ],
)
def test_what_is_counted_hides_nothing_that_is_known(language: str, value: str, quotation: str, of: str) -> None:
    assert codes(language, value, quotation, of)


@pytest.mark.parametrize(
    ("language", "value", "quotation", "of", "code"),
    [
        ("en", "-2.6 billion USD", "deficit of 2.6 billion USD", "deficit", ""),
        ("en", "-2.6 billion USD", "2.6 billion USD", "USD", "E216"),
        ("de", "-5 million EUR", "5 Millionen Euro", "Euro", "E216"),
        ("en", "-5 %", "5 percent", "percent", "E216"),
        ("en", "-5 %", "-5 percent", "percent", ""),
        ("en", "-5 %", "minus 5 percent", "", ""),
        ("en", "5 %", "minus 5 percent", "", "E218"),
        ("en", "-5 %", "(5) percent", "", ""),
        ("en", "5 %", "(5) percent", "", "E218"),
        ("en", "5 %", "five (5) percent", "", ""),
        ("en", "5 %", "(5 percent)", "", ""),
        ("en", "5 %", "5 percent minus", "", "E218"),
        ("tr", "-5 %", "eksi yüzde 5", "", ""),
        ("tr", "5 %", "eksi yüzde 5", "", "E218"),
        ("ja", "-5 %", "▲5%", "", ""),
        ("ja", "5 %", "▲5%", "", "E218"),
        ("ja", "-5 %", "マイナス5%", "", ""),
    ],
)
def test_only_a_word_of_its_own_says_that_an_amount_is_negative(
    language: str, value: str, quotation: str, of: str, code: str
) -> None:
    assert code in codes(language, value, quotation, of) if code else not codes(language, value, quotation, of)


BARE = [
    ("more than 8 billion EUR", "superaron los ocho mil millones de euros", "", "number_words: {ocho: 8}"),
    ("30 documents", "treinta documentos", "", "number_words: {treinta: 30}"),
    ("about 30 documents", "unos 30 documentos", "documentos", "bounds_before: {unos: about}"),
    ("30 documents", "30 documentos", "", "units: {documentos: documents}"),
    ("30 documents", "30 los documentos", "documentos", "links: [los]"),
    ("300 documents", "30 decenas documentos", "documentos", "scales: {decenas: 1}"),
    ("45 documents", "30 decenas documentos", "documentos", "scales: {decenas: POWER OF TEN}"),
    ("8 billion CUP", "8 mil millones pesitos cubanitos", "", "currencies: {pesitos cubanitos: CUP}"),
    ("30 documents", "30 papeles firmados", "", "units: {papeles firmados: documents}"),
    ("8 %", "porcentos 8", "", "percent: [porcentos]"),
    ("8 EUR", "8 eurillos", "", "currencies: {eurillos: EUR}"),
    ("8 %", "8 porcentos", "", "percent: [porcentos]"),
    ("1/2", "la mitad", "", "fractions: {la mitad: 1/2}"),
    ("5th", "la quinta", "", "ordinal_words: {la quinta: 5}"),
    ("5 billion EUR per year", "5 mil millones de euros", "", "rates: {WORDS: year}"),
    ("2019-01-30", "miércoles 30 de enero de 2019", "", "date_fillers: [miércoles]"),
    ("end 2019", "finales 2019", "", "date_parts: {finales: end}"),
    ("2019-40", "el primer semestre de 2019", "", "halves: {el primer semestre de: 1}"),
    ("2019-34", "en el trimestre segundo de 2019", "", "quarters: {en el trimestre segundo de: 2}"),
    ("2019-05-12", "12 V 2019", "", "months: {v: 5}"),
    ("at least 20 becas", "al menos 20 becas", "becas", "bounds_before: {al menos: at least}"),
    ("at least 20 becas", "como mínimo 20 becas", "", "bounds_before: {como mínimo: at least}"),
    ("more than 20 becas", "becas más de 20", "", "bounds_before: {WORDS: more than}"),
    ("more than 8 %", "más de 8 porcentos", "", "bounds_before: {más de: more than}"),
    ("12 KES", "chelines 12", "", "currencies: {chelines: KES}"),
]


@pytest.mark.parametrize("words", ["más de mil millones de euros", "mil millones de eurillos"])
def test_no_limit_and_no_unit_is_proposed_as_the_number_of_a_scale_word(words: str) -> None:
    """It was {más: 1}, which would have made a whole of every limit to come."""
    bare = source_words("es", None)
    assert bare
    quoted = Quoted(value=parse_quantity("more than 1 billion EUR"), words=words)
    assert [fault.hint for fault in value_faults(quoted, bare) if "number_words" in fault.hint] == []


@pytest.mark.parametrize(("value", "quotation", "of", "entry"), BARE)
def test_without_a_file_of_the_language_the_entry_to_write_is_told(
    value: str, quotation: str, of: str, entry: str
) -> None:
    bare = source_words("es", None)
    assert bare
    quoted = Quoted(value=parse_quantity(value), words=quotation, of=of)
    told = [fault.hint for fault in value_faults(quoted, bare)]
    assert any(f"write into templates/languages/es.yaml: reading: {{locale: es, {entry}}}" in hint for hint in told)


ROMAN = [
    ("vi", "14th", "XIV Đại hội", ""),
    ("vi", "14th", "Đại hội lần thứ XIV", ""),
    ("vi", "13th", "Đại hội XIV", "'XIV' is 14th, not 13th"),
    ("es", "3rd", "III Cumbre", ""),
    ("es", "3rd", "la III Cumbre de 2024", ""),
    ("es", "4th", "III Cumbre", "'III' is 3rd, not 4th"),
    ("fr", "14th", "Sommet XIV", ""),
    ("fr", "14th", "XIVe Sommet", ""),
    ("fr", "15th", "XIVᵉ Sommet", "'XIV' is 14th, not 15th"),
    ("fr", "12th", "Sommet Ⅻ", ""),
    ("it", "5th", "V Vertice", ""),
    ("pl", "49th", "XLIX Szczyt", ""),
    ("es", "3rd", "II o III Cumbre", "'II' is 2nd, 'III' is 3rd, not 3rd"),
    ("en", "1st", "I met them", "'I met them' has no number that the program can read"),
    ("en", "7th", "7th round of Summit XIV", ""),
]


@pytest.mark.parametrize(("language", "value", "quotation", "told"), ROMAN)
def test_a_place_in_a_series_in_roman_numerals_is_read(language: str, value: str, quotation: str, told: str) -> None:
    """What was told of XIV Đại hội led to an entry that said of XIV whatever the value was."""
    faults = value_faults(Quoted(value=parse_quantity(value), words=quotation), words(language))
    assert [fault.message for fault in faults] == ([told] if told else [])


def test_what_may_be_percentage_points_is_not_proposed_as_per_cent() -> None:
    bare = source_words("it", None)
    assert bare
    quoted = Quoted(value=parse_quantity("7 %"), words="7 punti percento")
    assert [(fault.message, "percent:" in fault.hint) for fault in value_faults(quoted, bare)] == [
        ("'punti' is not known: percentage points?", False)
    ]


@pytest.mark.parametrize(
    ("value", "words", "entry"),
    [
        ("up to 20 %", "yüzde 20'ye varan", "endings: [ye]"),
        ("up to 20 %", "yüzde 20 varan", "bounds_after: {varan: up to}"),
        ("fewer than 9 agreements", "9 anlaşma altına", "bounds_after: {altına: fewer than}"),
        ("25 agreements", "yirmi beş anlaşma", "number_words: {yirmi beş: 25}"),
        ("more than 9 agreements", "9 küsur anlaşma", "bounds_after: {küsur: more than}"),
        ("more than 20 agreements", "20'den fazla anlaşma", """bounds_after: {"'den fazla": more than}"""),
    ],
)
def test_a_word_behind_the_unit_may_limit_it_and_two_number_words_may_be_one(
    value: str, words: str, entry: str
) -> None:
    units, numbers = {"anlaşma": "agreements"}, {"yirmi": 20, "beş": 5}
    known = source_words("tr", ReadingWords(locale="tr", units=units, number_words=numbers, endings=("den",)))
    assert known
    (fault,) = value_faults(Quoted(value=parse_quantity(value), words=words), known)
    assert f"write into templates/languages/tr.local.yaml: reading: {{{entry}}}" in fault.hint


@pytest.mark.parametrize(
    ("language", "words", "entry"),
    [
        ("pt", "2º semestre 2026", "halves: {2º semestre: 2}"),
        ("th", "2026 ครึ่งปีที่ 2", "halves: {ครึ่งปีที่ 2: 2}"),
        ("fr", "second semestre 2026", "halves: {second semestre: 2}"),
    ],
)
def test_a_half_that_is_named_by_its_number_is_learnt_with_it(language: str, words: str, entry: str) -> None:
    """Else "semestre" alone would be the second half, and the first one with it."""
    known = source_words(language, ReadingWords(locale=language))
    assert known
    fault = next(value_faults(Quoted(value=parse_quantity("2026-41"), words=words), known))
    assert f"reading: {{{entry}}}" in fault.hint


@pytest.mark.parametrize(
    ("value", "words", "hint"),
    [
        ("120 companies", "cento e vinte empresas", "reading: {number_words: {cento e vinte: 120}}"),
        ("120000 companies", "cento e vinte mil empresas", "reading: {number_words: {cento e vinte: 120}}"),
        ("2000000 tonnes per year", "2 milhões de toneladas de soja por ano", "'of: soja' if it says of what"),
    ],
)
def test_what_is_told_of_an_unknown_word_leads_on(value: str, words: str, hint: str) -> None:
    """A number in words was proposed as a word for "about", of: with the rate in it, and a limit that no value has."""
    units, rates = {"empresas": "companies", "toneladas": "tonnes"}, {"por ano": Rate.YEAR}
    given = ReadingWords(locale="pt", units=units, rates=rates, links=("de",), number_words={"vinte": 20}, ands=("e",))
    known = source_words("pt", given)
    assert known
    (fault,) = value_faults(Quoted(value=parse_quantity(value), words=words), known)
    assert fault.hint.endswith(hint) or f"{hint}; or" in fault.hint, fault.hint
    assert "about" not in fault.hint
    if "number_words" in hint:
        read = source_words("pt", replace(given, number_words={**given.number_words, "cento e vinte": 120}))
        assert read
        assert not [*value_faults(Quoted(value=parse_quantity(value), words=words), read)]


@pytest.mark.parametrize(
    ("language", "value", "quotation", "hint"),
    [
        ("fr", "mid 2026", "mi-2026", "date_parts: {mi: mid}"),
        ("kk", "2026-05", "2026 жылдың мамыры", "months: {жылдың мамыры: 5}"),
    ],
)
def test_words_of_a_date_are_learnt_beside_a_year_alone(language: str, value: str, quotation: str, hint: str) -> None:
    known = source_words(language, ReadingWords(locale=language))
    assert known
    faults = value_faults(Quoted(value=parse_quantity(value), words=quotation), known)
    assert any(hint in fault.hint for fault in faults), [fault.hint for fault in faults]


@pytest.mark.parametrize(
    ("language", "value", "quotation", "hint"),
    [
        ("sv", "300 million SEK", "300 mkr", "scales: {mkr: 6}, currencies: {mkr: SEK}"),
        ("ru", "at least 25 tonnes per year", "не менее 25 tonnes ежегодно", "rates: {ежегодно: year}"),
        ("tr", "200 tonnes per year", "yılda 200 tonnes", "rates: {yılda: year}"),
        ("id", "250 tonnes per year", "250 daging setiap tahun", "units: {daging: tonnes}"),
        ("pt", "up to 600 BRL", "té R$ 600", "bounds_before: {té: up to}"),
        ("zh", "5 years", "5年", "write 'of: 年' if it says of what"),
        ("ru", "500000 tonnes per year", "Полмиллиона tonnes будет поставлено", "quote only the words of this figure"),
        ("tr", "more than 60 tonnes", "60 fazla şeker", "bounds_after: {WORDS: more than}"),
        ("ja", "at least 200 companies", "200社以上", "bounds_after: {WORDS: at least}"),
        ("en", "5 billion SGD", "S$5 billion", "currencies: {S$: SGD}"),
        ("en", "5 billion KZT", "₸5 billion", "currencies: {₸: KZT}"),
        ("en", "5 billion CNY", "RMB 5 billion", "currencies: {RMB: CNY}"),
        ("ru", "5 billion RUB", "5 млрд руб.", "currencies: {руб: RUB}"),
        ("it", "5 %", "5 al cento", "percent: [al cento]"),
        ("hu", "200 students per year", "évente 200 diák", "rates: {évente: year}"),
        ("es", "fewer than 200 tonnes", "menos de 200 tonnes", "bounds_before: {menos de: fewer than}"),
        ("es", "200 tonnes", "menos de 200 tonnes", "quote fewer words"),
    ],
)
def test_what_is_learnt_of_a_word_is_what_the_value_lacks(language: str, value: str, quotation: str, hint: str) -> None:
    """An amount each year was learnt as "at least", millions of crowns as crowns, the sign of a currency as a limit."""
    bounds = {"не менее": Bound.AT_LEAST} if language == "ru" else {}
    known = source_words(language, ReadingWords(locale=language, units={"tonnes": "tonnes"}, bounds_before=bounds))
    assert known
    (fault,) = value_faults(Quoted(value=parse_quantity(value), words=quotation), known)
    assert hint in fault.hint


@pytest.mark.parametrize(
    ("code", "language", "quotation", "fits"),
    [
        ("IN", "ja", "インド", True),
        ("IN", "ja", "インドネシア", False),
        ("NE", "en", "Niger", True),
        ("NE", "en", "Nigeria", False),
        ("GN", "en", "Guinea", True),
        ("GN", "en", "Guinea-Bissau", False),
        ("CG", "en", "Republic of the Congo", True),
        ("CG", "en", "Democratic Republic of the Congo", False),
        ("KP", "en", "DPRK", True),
        ("KR", "en", "DPRK", False),
    ],
)
def test_a_country_is_not_another_whose_name_is_like_its_own(
    book: FactBook, code: str, language: str, quotation: str, fits: bool
) -> None:
    named = {
        "IN": "India",
        "NE": "Niger",
        "GN": "Guinea",
        "GW": "Guinea-Bissau",
        "CG": "Republic of the Congo",
        "CD": "Democratic Republic of the Congo",
        "KP": "Democratic People's Republic of Korea",
        "KR": "Republic of Korea",
    }
    parties = {id: Party(name=name) for id, name in named.items()}
    names = names_like(replace(book.file, parties=parties), code, language)
    assert (not [*name_faults(Quoted(value=Name(code), words=quotation), Name(code), names)]) is fits


@pytest.mark.parametrize(
    ("language", "value", "quotation", "learnt"),
    [
        ("es", "500000 USD", "medio millón de USD", "medio millón: 500000"),
        ("pt", "1500000 USD", "um milhão e meio de USD", "um milhão e meio: 1500000"),
        ("fr", "500000 USD", "un demi-million d'USD", "un demi-million: 500000"),
        ("sv", "1500000 USD", "en och en halv miljon USD", "en och en halv miljon: 1500000"),
        ("ru", "1500000 USD", "полтора миллиона USD", "полтора миллиона: 1500000"),
        ("tr", "1500000 USD", "bir buçuk milyon USD", "bir buçuk milyon: 1500000"),
        ("id", "500000 USD", "setengah juta USD", "setengah juta: 500000"),
    ],
)
def test_a_number_with_a_half_in_it_is_learnt_as_a_whole(
    language: str, value: str, quotation: str, learnt: str
) -> None:
    """It was proposed as "of what" it is, or as a word for "NUMBER"."""
    given = ReadingWords(locale=language, links=("de", "d"), ands=("e", "och", "y"))
    known, quoted = source_words(language, given), Quoted(value=parse_quantity(value), words=quotation)
    assert known
    (fault,) = value_faults(quoted, known)
    assert f"number_words: {{{learnt}}}" in fault.hint
    word, _, number = learnt.rpartition(": ")
    taught = source_words(language, replace(given, number_words={word: int(number)}))
    assert taught
    assert not [*value_faults(quoted, taught)]


@pytest.mark.parametrize(
    ("value", "quotation"),
    [
        ("about 1200 places per year", "some 1,200 university places a year"),
        ("at least 1200 places", "1,200 university places or more"),
    ],
)
def test_what_is_counted_ends_before_how_often_and_how_exactly(value: str, quotation: str) -> None:
    (fault,) = value_faults(Quoted(value=parse_quantity(value), words=quotation), words("en"))
    assert "'of: university places'" in fault.hint
    assert "units: {university places: places}" in fault.hint


def test_no_word_for_a_number_says_what_is_counted() -> None:
    known = source_words("pt", ReadingWords(locale="pt", units={"empresas": "companies"}))
    assert known
    quoted = Quoted(value=parse_quantity("20 companies"), words="cento 20 empresas", of="cento")
    assert "'cento' does not say what is counted" in [fault.message for fault in value_faults(quoted, known)]


def test_what_is_told_to_write_is_all_that_a_quotation_needs() -> None:
    quoted = Quoted(value=parse_quantity(BARE[0][0]), words=BARE[0][1])
    words = ReadingWords(
        locale="es", number_words={"ocho": 8}, bounds_before={"superaron": Bound.MORE_THAN}, links=("los",)
    )
    known = source_words("es", words)
    assert known
    assert not [*value_faults(quoted, known)]


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "30 y 31 de enero de 2019"), ("fr", "30 et 31 janvier 2019"), ("pt", "30 e 31 de janeiro de 2019")],
)
def test_two_days_are_joined_by_the_and_of_any_language(language: str, words: str) -> None:
    known = source_words(language, None)
    assert known
    assert not [*value_faults(Quoted(value=parse_quantity("2019-01-30/2019-01-31"), words=words), known)]
    assert [*value_faults(Quoted(value=parse_quantity("2019-01-29/2019-01-31"), words=words), known)]


def test_what_is_counted_decides_on_words_of_several_meanings() -> None:
    assert codes("en", "5 million AUD", "$5 million") == {"E216"}
    assert not codes("en", "5 million AUD", "$5 million", of="$")


def test_a_language_that_nobody_knows_is_told_once_and_not_at_each_figure(book: FactBook) -> None:
    quoted, unknown = Quoted(value=parse_quantity("2030"), words="2030"), source_words("xx", None)
    assert not [*faults_of(book, quoted, "xx", unknown)]
    assert source_words("pt", ReadingWords(locale="pt"))


NAMED = [
    ("vi", "@to-lam", "Tô Lâm", ""),
    ("nl", "@KR", "Zuid-Koreaanse", ""),
    ("de", "@KR", "südkoreanischen", ""),
    ("en", "@KR", "RoK", ""),
    ("ko", "@KR", "대한민국의", ""),
    ("vi", "@KR", "Hàn Quốc", ""),
    ("en", "@VN", "Vietnam's", ""),
    ("en", "@cho-tae-yul", "Cho Tae-yeol", ""),
    ("en", "@nguyen-minh-vu", "Minh Vu", ""),
    ("en", "@p4g", "P4G", ""),
    ("en", "@to-lam", "Bui Thanh Son", "E216"),
    ("en", "@KR", "Viet Nam", "E216"),
    ("en", "@VN", "Korea and Viet Nam", "E218"),
    ("en", "@pham-minh-chinh", "Nguyen Minh Vu", "E218"),
    ("en", "@nguyen-minh-vu", "Minh", "E218"),
    ("en", "@KR", "Seoul", "E216"),
]


@pytest.mark.parametrize(("language", "value", "quotation", "code"), NAMED)
def test_a_name_is_known_by_its_parts(book: FactBook, language: str, value: str, quotation: str, code: str) -> None:
    quoted = Quoted(value=parse_quantity(value), words=quotation)
    assert [fault.code for fault in faults_of(book, quoted, language, None)] == ([code] if code else [])


def test_another_name_of_a_party_stands_among_its_aliases(book: FactBook) -> None:
    seoul = replace(book.file.parties["KR"], aliases=("Seoul",))
    names = names_like(replace(book.file, parties={**book.file.parties, "KR": seoul}), "KR", "en")
    assert not list(name_faults(Quoted(value=Name("KR"), words="Seoul"), Name("KR"), names))


@pytest.mark.parametrize(
    ("language", "words", "codes"),
    [
        ("uk", "України", []),
        ("uk", "Польщею", ["E216"]),
        ("uk", "Україною та Польщею", ["E218"]),
        ("pl", "Ukrainie", []),
        ("lt", "Ukrainos", []),
        ("uk", "Укр", ["E216"]),
        ("pl", "Ukrainiebergen", ["E216"]),
    ],
)
def test_a_name_may_stand_in_any_case(book: FactBook, language: str, words: str, codes: list[str]) -> None:
    parties = {
        "UA": replace(book.file.parties["KR"], name="Ukraine"),
        "PL": replace(book.file.parties["VN"], name="Poland"),
    }
    names = names_like(replace(book.file, parties=parties), "UA", language)
    assert [each.code for each in name_faults(Quoted(value=Name("UA"), words=words), Name("UA"), names)] == codes


@pytest.mark.parametrize(("name", "codes"), [("African Union", ["E216"]), ("Commonwealth of Australia", [])])
def test_a_party_whose_id_is_the_code_of_a_country_is_no_country_by_that(
    book: FactBook, name: str, codes: list[str]
) -> None:
    """AU is Australia: "die australische Regierung" named the African Union, and English editions set it first."""
    parties = {"AU": replace(book.file.parties["KR"], name=name), "VN": book.file.parties["VN"]}
    names = names_like(replace(book.file, parties=parties), "AU", "de")
    words = Quoted(value=Name("AU"), words="Australien")
    assert [each.code for each in name_faults(words, Name("AU"), names)] == codes
    assert spoken_in("AU", name) == ("" if codes else "en")


@pytest.mark.parametrize(
    ("id", "name"),
    [("VN", "Viet Nam"), ("KR", "Republic of Korea"), ("TR", "Turkey"), ("LA", "Lao PDR"), ("CI", "Cote d'Ivoire")],
)
def test_a_country_is_known_by_other_forms_of_its_name(id: str, name: str) -> None:
    assert is_country(id, (name,))


def test_a_short_name_is_not_that_of_another(book: FactBook) -> None:
    parties = {"UA": replace(book.file.parties["KR"], name="China")}
    names = names_like(replace(book.file, parties=parties), "UA", "vi")
    words = Quoted(value=Name("UA"), words="Pham Minh Chinh")
    assert [each.code for each in name_faults(words, Name("UA"), names)] == ["E216"]


@pytest.mark.parametrize(("words", "codes"), [("United Kingdom", []), ("United", ["E218"]), ("Kingdom", [])])
def test_two_parties_may_share_a_word_of_their_names(book: FactBook, words: str, codes: list[str]) -> None:
    named = {"VN": "United States", "KR": "United Kingdom"}
    parties = {id: replace(book.file.parties[id], name=name) for id, name in named.items()}
    names = names_like(replace(book.file, parties=parties), "KR", "en")
    assert [each.code for each in name_faults(Quoted(value=Name("KR"), words=words), Name("KR"), names)] == codes


@pytest.mark.parametrize("text", ["x" * 20_000, "x." * 7_000, "'" * 15_000, "x'" * 7_000, "x''" * 5_000, "가" * 7_000])
def test_a_long_word_is_read_once(text: str) -> None:
    """A look at the rest of the text from each of its signs would take minutes."""
    assert "".join(piece.text for piece in words("en").pieces(text)) == text


def test_what_the_months_are_called_in_every_language_is_asked_only_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it takes seconds, and a year of four digits is no month of any language."""

    def every() -> dict[str, frozenset[int]]:
        raise AssertionError

    monkeypatch.setattr(quotations, "month_names_of_every_language", every)
    words, date = SourceWords("vi", None), parse_date("2022-12-05")
    assert not list(date_faults(Quoted(value=date, words="5/12/2022"), date, words))
    with pytest.raises(AssertionError):
        list(date_faults(Quoted(value=date, words="5 december 2022"), date, words))
