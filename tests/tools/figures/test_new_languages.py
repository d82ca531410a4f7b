"""Languages that nobody has shipped, read with the words that a curator has listed so far: nothing sure is wrong."""

from typing import Any

import pytest

from briefgen.localise.language import ReadingWords
from briefgen.tools.figures.read import figures_in

from .languages import WORDS as WORDS_OF_ALL
from .languages import reading_words, shown

LIMITS = ("about", "more than", "at least", "nearly", "fewer than", "up to")
WITH_LIMITS = dict(zip(("qa", "qb", "qc", "qd", "qe", "qf"), LIMITS, strict=True))
"""Without words for all of them, no amount of a language is sure."""
WORDS: dict[str, dict[str, Any]] = {
    "tr": {
        "negations": ["değil", "*medi"],
        "bounds_before": {"yaklaşık": "about", "en az": "at least", "en fazla": "up to", "neredeyse": "nearly"},
        "bounds_after": {"üzerinde": "more than", "altında": "fewer than"},
        "currencies": {"doların": "USD", "dolara": "USD", "dolar": "USD"},
        "units": {"anlaşma": "agreements"},
    },
    "id": {
        "negations": ["tidak"],
        "bounds_before": dict(
            zip(("sekitar", "lebih dari", "setidaknya", "hampir", "kurang dari", "maksimal"), LIMITS, strict=True)
        ),
        "units": {"ton": "tonnes", "mahasiswa": "students"},
        "fractions": {"setengah": "1/2"},
        "ordinal_words": {"kedua": "2"},
        "date_parts": {"awal": "early", "pertengahan": "mid", "akhir": "end"},
    },
    "ja": {
        "negations": ["ない"],
        "bounds_before": dict(zip(("約", "一一", "少なくとも", "ほぼ", "二二", "最大"), LIMITS, strict=True)),
        "bounds_after": {"近く": "nearly", "超": "more than"},
        "currencies": {"円": "JPY"},
        "endings": ["の", "を", "に"],
    },
    "zh": {
        "negations": ["不"],
        "bounds_before": dict(zip(("约", "超过", "至少", "近", "不足", "最多"), LIMITS, strict=True)),
        "ranges": ["至"],
        "endings": ["的", "对"],
    },
    "cs": {
        "negations": ["není"],
        "bounds_before": dict(zip(("asi", "více než", "alespoň", "téměř", "méně než", "až"), LIMITS, strict=True)),
        "currencies": {"korun": "CZK"},
    },
    "pl": {
        "negations": ["nie"],
        "bounds_before": dict(
            zip(("mniej więcej", "więcej niż", "co najmniej", "prawie", "mniej niż", "najwyżej"), LIMITS, strict=True)
        ),
        "currencies": {"złotych": "PLN"},
    },
    "pt": {
        "negations": ["não"],
        "bounds_before": dict(
            zip(("cerca de", "mais de", "pelo menos", "quase", "menos de", "até"), LIMITS, strict=True)
        ),
        "date_parts": {"início de": "early", "meados de": "mid", "fim de": "end"},
        "fractions": {"metade": "1/2"},
        "ranges": ["até"],
        "deadlines_before": ["até"],
    },
}


def words(code: str) -> ReadingWords:
    """The words of a language as far as they are listed."""
    return reading_words({"locale": code, **WORDS[code]})


@pytest.mark.parametrize(
    ("code", "line", "expected"),
    [
        ("tr", "5 milyar doların üzerinde", ["5 milyar doların üzerinde = more than 5 billion USD"]),
        ("tr", "5 milyar doların üzerindedir", ["5 milyar doların = 5 billion USD ?"]),
        ("tr", "5 milyar doların altına indi", ["5 milyar doların = 5 billion USD ?"]),
        ("tr", "5 milyar dolara yakın", ["5 milyar dolara = 5 billion USD ?"]),
        ("tr", "yüzde 20'ye varan", ["yüzde 20 = 20 % ?"]),
        ("tr", "aylık 5 dolar", ["5 dolar = 5 USD ?"]),
        ("tr", "20 anlaşma değil", ["20 anlaşma = 20 agreements ?"]),
        ("tr", "milyonlarca dolar", ["milyonlarca dolar = - ?"]),
        ("id", "tak kurang dari 5 ton", ["kurang dari 5 ton = fewer than 5 tonnes ?"]),
        ("id", "belum mencapai 5 ton", ["5 ton = 5 tonnes ?"]),
        ("id", "paling sedikit 5 ton", ["5 ton = 5 tonnes ?"]),
        ("id", "kira-kira 5 ton", ["5 ton = 5 tonnes ?"]),
        ("id", "8 dari 10 mahasiswa", ["8 = 8 ?", "10 mahasiswa = 10 students ?"]),
        ("id", "hampir Rp1.500 miliar", ["hampir Rp1.500 miliar = nearly 1.5 trillion IDR"]),
        ("id", "sejuta mahasiswa, jutaan ton", ["sejuta = - ?", "jutaan = - ?"]),
        ("id", "setengah mahasiswa", ["setengah = 1/2 ?"]),
        ("id", "minggu kedua April 2026", ["kedua = 2nd ?", "April 2026 = 2026-04 ?"]),
        ("ja", "損失は▲3億円", ["3億円 = 300 million JPY ?"]),
        ("ja", "損失はマイナス3億円", ["3億円 = 300 million JPY ?"]),
        ("ja", "3億円未満", ["3億 = 300000000 ?"]),
        ("ja", "3億円超の投資", ["3億円超 = more than 300 million JPY"]),
        ("ja", "比率を三割に", ["三割 = - ?"]),
        ("zh", "2024年11月19日至21日", ["2024年11月19日至21日 = 2024-11-19/2024-11-21"]),
        ("ja", "3億円を下回る", ["3億円 = 300 million JPY ?"]),
        ("ja", "3億円または5億円", ["3億 = 300000000 ?", "5億円 = 500 million JPY ?"]),
        ("zh", "3亿美元或5亿美元", ["3亿 = 300000000 ?", "5亿美元 = 500 million USD ?"]),
        ("pt", "segunda semana de abril de 2026", ["abril de 2026 = 2026-04 ?"]),
        ("pt", "fim do mês de abril de 2026", ["abril de 2026 = 2026-04 ?"]),
        ("pt", "fim do abril de 2026", ["abril de 2026 = 2026-04 ?"]),
        ("pt", "metade de 10%", ["metade = 1/2 ?", "10% = 10 % ?"]),
        ("pt", "não chega a 5%", ["5% = 5 % ?"]),
        ("pt", "3% ao ano", ["3% = 3 % ?"]),
        ("zh", "三分之一，第七次会议", ["三分之一 = - ?", "第七 = - ?"]),
        ("tr", "%5 ila %7 arasında", ["%5 = 5 % ?", "%7 = 7 % ?"]),
        ("tr", "%5 ile %7 arasında", ["%5 = 5 % ?", "%7 = 7 % ?"]),
        ("tr", "20 anlaşma iki ülke arasında", ["20 anlaşma = 20 agreements"]),
        ("tr", "Yılda 20 anlaşma", ["20 anlaşma = 20 agreements ?"]),
        ("tr", "on yılda 20 anlaşma", ["20 anlaşma = 20 agreements"]),
        ("ja", "3億円を上限に", ["3億円 = 300 million JPY ?"]),
        ("zh", "上限3亿美元", ["3亿美元 = 300 million USD ?"]),
        ("zh", "三分之一的3亿美元", ["三分之一 = - ?", "3亿美元 = 300 million USD ?"]),
        ("zh", "5%到7%之间", ["5% = 5 % ?", "7% = 7 % ?"]),
        ("ja", "12/05/2025", ["12/05/2025 = 2025-12-05 ?"]),
        ("ja", "25/12/2025", ["25/12/2025 = 2025-12-25"]),
        ("ja", "2025/05/12", ["2025/05/12 = 2025-05-12"]),
        ("id", "batas 5 ton", ["5 ton = 5 tonnes ?"]),
        ("id", "dua pertiga dari 5 ton", ["5 ton = 5 tonnes ?"]),
        ("pt", "um teto de 5%", ["5% = 5 % ?"]),
        ("pt", "entre os 5% e os 7%", ["5% = 5 % ?", "7% = 7 % ?"]),
        ("pt", "três quartas partes de 5%", ["5% = 5 % ?"]),
        ("pt", "as partes esperam 5%", ["5% = 5 %"]),
        ("pt", "US$ 200 bilhões até 2030", ["US$ 200 bilhões = 200 billion USD", "2030 = by 2030"]),
        ("pt", "US$ 200 até 2030 bilhões", ["US$ 200 = 200 billion USD ?", "2030 bilhões = 2.03 trillion USD ?"]),
    ],
)
def test_what_a_list_does_not_have_is_a_doubt(code: str, line: str, expected: list[str]) -> None:
    assert [shown(each) for each in figures_in(line, words(code))] == expected


def test_an_ending_that_is_listed_is_no_doubt() -> None:
    limits = dict(zip(("bir", "iki", "üç", "dört", "beş", "altı"), LIMITS, strict=True))
    given = reading_words({"locale": "tr", "bounds_before": limits, "endings": ["ye"], "negations": ["değil"]})
    assert [shown(each) for each in figures_in("yüzde 20'ye çıktı, yüzde 20'ye varan", given)] == [
        "yüzde 20 = 20 %",
        "yüzde 20 = 20 % ?",
    ]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("tr", "Ticaret 10 milyar dolara ulaşmadı."),
        ("tr", "İhracat geçen yıl yüzde 5 artmayacak."),
        ("tr", "Son yılda 20 anlaşma imzalanmadığını söyledi."),
        ("tr", "Ticaret 10 milyar dolara filan yükselemedi."),
        ("ja", "貿易は3億円にはならなかった。"),
        ("ja", "5%の3分の1を占める。"),
        ("zh", "贸易额3亿美元的一半。"),
        ("zh", "贸易额是3亿美元的两倍。"),
        ("zh", "相当于3亿美元的1.5倍。"),
        ("zh", "贸易额两倍于3亿美元。"),
        ("zh", "占3亿美元的两成。"),
        ("ja", "貿易額は3億円の2倍である。"),
        ("ja", "貿易額は3億円の倍である。"),
        ("cs", "Obrat je 3 miliardy a 500 milionů korun."),
        ("pt", "O comércio ficou por volta de US$ 200 e cresceu."),
        ("pt", "O comércio ficou em torno dos US$ 200 e cresceu."),
        ("ko", "방문객은 5명 중 1명이다."),
        ("ko", "10억 달러를 달성하지 못했다."),
        ("en", "A trade of 10 billion USD was not reached."),
        ("en", "In the order of 10 billion USD."),
        ("de", "10 Milliarden Euro wurden im Handel nicht erreicht."),
        ("en", "Trade already surpasses 10 billion USD."),
        ("de", "Der Handel überstieg bereits 10 Milliarden Euro."),
        ("cs", "Obrat překračuje 20 miliard korun."),
        ("cs", "Jde o necelých 20 miliard korun."),
        ("cs", "Je to třetina z 20 miliard korun."),
        ("cs", "Cíl 20 miliard korun se nepodařilo splnit."),
        ("pl", "Wymiana przekracza już 21 mld złotych."),
        ("cs", "Cena je zhruba o 375 % výše."),
        ("pl", "Chodzi o kwotę w granicach 20 mld złotych."),
        ("pl", "To niespełna 20 mld złotych."),
        ("pl", "To połowa z 20 mld złotych."),
        ("pl", "Saldo było ujemne, sięgając 15,2 mld euro."),
        ("cs", "Saldo bylo záporné a dosáhlo 15 miliard korun."),
        ("de", "Die Bilanz war negativ, mit 15 Milliarden Euro."),
        ("en", "Trade fell short of US$ 5 billion."),
        ("en", "Exports failed to top 3 billion USD."),
        ("en", "The target of 10 million tonnes was missed."),
        ("pt", "Ficou aquém dos 5 % previstos."),
        ("pt", "O comércio beirou US$ 5 bilhões."),
        ("pt", "Chega a mais de uns 5 % do total."),
        ("pl", "Wymiana sięga 21 mld złotych."),
        ("id", "Ekspor menembus 5 ton lagi."),
        ("tr", "Ticaret 5 milyar doları aşacak."),
        ("tr", "Ticaret 5 milyar dolar sınırına dayandı."),
        ("en", "In fiscal year 2024 it grew."),
        ("pt", "No ano fiscal de 2024 cresceu."),
        ("pl", "Rozmowy w I połowie 2025 r. zakończono."),
        ("pl", "Rozmowy z końcem 2025 r. zakończono."),
    ],
)
def test_what_is_denied_a_part_or_an_estimate_is_not_sure(code: str, line: str) -> None:
    found = figures_in(line, WORDS_OF_ALL.get(code) or words(code))
    assert found
    assert not any(each.sure for each in found), [shown(each) for each in found]


@pytest.mark.parametrize(
    ("code", "negations", "line"),
    [
        ("hi", ["नहीं"], "व्यापार 10 % तक कभी नहीं पहुंचा।"),
        ("ar", ["لم"], "لم تصل الصادرات إلى 10 %"),
        ("es", ["nunca", "no"], "No se alcanzó la cifra de 10 % del total."),
        ("es", ["nunca", "no"], "Nunca se llegó a un 10 % del total."),
        ("id", ["tidak"], "Ekspor tidak pernah mencapai angka 10 % lagi."),
        ("en", [], "Trade did not reach the agreed 10 per cent."),
        ("vi", [], "Kim ngạch chưa bao giờ đạt mức 10 % như vậy."),
    ],
)
def test_a_denial_that_the_language_lists_counts_in_the_whole_clause(
    code: str, negations: list[str], line: str
) -> None:
    given = reading_words({"locale": code, "bounds_before": WITH_LIMITS, "negations": negations})
    (found,) = figures_in(line, WORDS_OF_ALL.get(code) or given)
    assert "denies something" in found.why, shown(found)


@pytest.mark.parametrize("line", ["Nunca en 2024; un 10 % del total.", "No 3 veces, un 10 % del total."])
def test_a_denial_of_another_clause_or_number_is_none_of_the_figure(line: str) -> None:
    given = reading_words({"locale": "es", "bounds_before": WITH_LIMITS, "negations": ["no", "nunca"]})
    assert "denies" not in figures_in(line, given)[-1].why


@pytest.mark.parametrize(
    ("code", "line"),
    [("cs", "Obrat je 20 miliard korun."), ("pl", "Wymiana wyniosła 21 mld złotych i nie spadła.")],
)
def test_what_none_of_that_stands_beside_is_sure(code: str, line: str) -> None:
    (found,) = figures_in(line, words(code))
    assert found.sure is ("nie" not in line), shown(found)


def test_no_amount_is_sure_in_a_language_of_which_nobody_has_listed_what_denies() -> None:
    given = reading_words({"locale": "tr", **WORDS["tr"], "negations": []})
    (found,) = figures_in("Ticaret 10 milyar dolara ulaştı.", given)
    assert "negations: none for a denial" in found.why
    assert figures_in("Ticaret 10 milyar dolara ulaştı.", words("tr"))[0].sure


def test_a_code_in_small_letters_is_a_currency_where_the_language_lists_it_so() -> None:
    given = {"locale": "cs", "bounds_before": dict(zip("abcdef", LIMITS, strict=True)), "negations": ["není"]}
    for more, expected in (({}, "20,8 mld. = 20800000000 ?"), ({"eur": "EUR"}, "20,8 mld. eur = 20.8 billion EUR")):
        words = reading_words({**given, "currencies": more})
        assert [shown(each) for each in figures_in("Objem dosáhl 20,8 mld. eur.", words)] == [expected]
    assert not any(each.sure for each in figures_in("Obrat je 20 mld. eur ročně a 20 eur měsíčně.", words))


def test_one_word_for_a_limit_does_not_make_every_amount_sure() -> None:
    """A curator adds the word that a message names; the others are as unknown as before."""
    given = reading_words({"locale": "es", "bounds_before": {"superaron": "more than"}})
    (found,) = figures_in("exportaciones rondando 5 % en total", given)
    assert "none for about, at least, nearly, fewer than, up to" in found.why


def test_one_word_for_a_part_of_a_year_does_not_make_every_year_sure() -> None:
    given = reading_words({"locale": "es", "date_parts": {"fines de": "end"}, "year_before": ["año"]})
    (found,) = figures_in("mediados del año 2026", given)
    assert "none for early, mid" in found.why


def test_names_that_only_their_accents_tell_apart_are_not_read() -> None:
    """มี.ค. is March and ม.ค. January: one was read for the other."""
    assert not any(each.sure for each in figures_in("15 ม.ค. 2025", ReadingWords(locale="th")))
    (found,) = figures_in("15 มกราคม 2025", ReadingWords(locale="th"))
    assert shown(found) == "15 มกราคม 2025 = 2025-01-15"


@pytest.mark.parametrize(
    "line", ["May and July 2024", "in May and in July 2024", "May or July 2024", "May, July 2024", "Q1 and Q3 2024"]
)
def test_a_month_is_not_sure_behind_another_that_takes_its_year(line: str) -> None:
    assert not any(each.sure for each in figures_in(line, WORDS_OF_ALL["en"]))


@pytest.mark.parametrize(
    ("code", "line", "expected"),
    [
        ("pt", "cento e vinte empresas", ["cento = - ?", "vinte empresas = 20 companies ?"]),
        ("pt", "duzentas vinte empresas", ["duzentas = - ?", "vinte empresas = 20 companies ?"]),
        ("pt", "trezentas mil empresas", ["trezentas = - ?"]),
        ("pt", "vinte empresas", ["vinte empresas = 20 companies"]),
        ("hi", "साढ़े तीन लाख टन", ["साढ़े = - ?", "तीन लाख टन = 300000 tonnes ?"]),
        ("hi", "डेढ़ लाख टन", ["डेढ़ = - ?"]),
        ("hi", "तीन लाख टन", ["तीन लाख टन = 300000 tonnes"]),
    ],
)
def test_a_number_word_that_nobody_listed_is_noted_and_makes_the_next_one_a_doubt(
    code: str, line: str, expected: list[str]
) -> None:
    """Of cento e vinte, with the hundred not listed, twenty were sure."""
    more: dict[str, dict[str, Any]] = {
        "pt": {"number_words": {"vinte": 20}, "units": {"empresas": "companies"}},
        "hi": {"number_words": {"तीन": 3}, "scales": {"लाख": 5}, "units": {"टन": "tonnes"}},
    }
    given = reading_words({"locale": code, "bounds_before": WITH_LIMITS, "negations": ["qn"], **more[code]})
    assert [shown(each) for each in figures_in(line, given)] == expected


@pytest.mark.parametrize(
    ("code", "line", "sure"),
    [
        ("en", "US$ 3 billion and 200 million", 0),
        ("en", "US$ 3 billion and 200 million euros", 2),
        ("en", "US$ 3 billion and imports", 1),
        ("vi", "3 tỷ và 200 triệu USD", 0),
        ("vi", "3 tỷ USD và 200 triệu USD", 2),
        ("ar", "2 مليار و300 مليون دولار", 0),
        ("ar", "اجتماعات و300 مليون دولار", 1),
    ],
)
def test_an_amount_that_goes_on_behind_and_is_not_sure(code: str, line: str, sure: int) -> None:
    given = reading_words(
        {
            "locale": "ar",
            "bounds_before": WITH_LIMITS,
            "negations": ["لم"],
            "ands": ["و"],
            "currencies": {"دولار": "USD"},
        }
    )
    found = figures_in(line, WORDS_OF_ALL.get(code) or given)
    assert sum(each.sure for each in found) == sure, [shown(each) for each in found]


def test_what_is_named_behind_a_small_word_is_a_part_of_a_date() -> None:
    """The end of March, मार्च 2025 के अंत, was all of March."""
    given = reading_words({"locale": "hi", "date_parts": {"शुरुआत": "early", "मध्य": "mid", "अंत": "end"}})
    assert [each.sure for each in figures_in("मार्च 2025 के अंत तक", given)] == [False]
    assert [each.sure for each in figures_in("मार्च 2025 के लिए", given)] == [True]


def test_an_ordinal_before_a_month_is_a_day_of_it() -> None:
    """Of 1.º de enero de 2024 the whole month was sure."""
    given = reading_words({"locale": "es", "ordinals": ["{n}.º"], "date_parts": {"p": "early", "m": "mid", "f": "end"}})
    assert not any(each.sure for each in figures_in("el 1.º de enero de 2024", given))


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("It will buy 2 million tonnes of soya beans per year.", False),
        ("It will buy 2 million tonnes of soya beans, 5 tonnes per year.", True),
        ("It will buy 2 million tonnes of soya beans. Per year it is more.", True),
    ],
)
def test_a_rate_a_few_words_behind_an_amount_is_a_doubt(line: str, *, sure: bool) -> None:
    assert figures_in(line, WORDS_OF_ALL["en"])[0].sure is sure


def listing(code: str, **lists: dict[str, str] | list[str]) -> ReadingWords:
    """The words of a language in which everything is listed that a figure needs to be sure, and more."""
    parts = {"pa": "early", "pb": "mid", "pc": "end"}
    given = {"locale": code, "bounds_before": WITH_LIMITS, "negations": ["qn"], "date_parts": parts}
    return reading_words({**given, **lists})


@pytest.mark.parametrize(
    ("code", "more", "line"),
    [
        ("id", "lebih", "12 persen lebih tinggi"),
        ("id", "lebih", "12 persen lebih rendah dari 2023"),
        ("id", "lebih", "12 persen lebih banyak"),
        ("fr", "plus", "12 % plus élevé"),
        ("fr", "plus", "12 % plus que prévu"),
        ("es", "más", "12 % más alto"),
        ("pt", "mais", "12 % mais alta"),
        ("it", "più", "12 % più elevato"),
        ("pl", "więcej", "12% więcej niż rok wcześniej"),
        ("de", "mehr", "12 Prozent mehr als 2023"),
    ],
)
def test_the_more_of_a_comparison_is_no_limit(code: str, more: str, line: str) -> None:
    """12 persen lebih tinggi is twelve per cent higher, and was more than 12 %."""
    found = figures_in(line, listing(code, bounds_after={more: "more than"}))[0]
    assert str(found.quantity) == "12 %", shown(found)
    assert found.sure, found.why


def test_what_may_be_the_more_of_a_comparison_is_a_doubt() -> None:
    def is_sure(code: str, more: str, line: str) -> bool:
        (found,) = figures_in(line, listing(code, bounds_after={more: "more than"}))
        assert str(found.quantity) == "more than 12 %", shown(found)
        return found.sure

    assert is_sure("id", "lebih", "sebanyak 12 persen lebih.")
    assert not is_sure("id", "lebih", "12 persen lebih warga")
    assert not is_sure("pl", "więcej", "o 12% więcej")
    assert not is_sure("fr", "de plus", "12 % de plus")
    assert not is_sure("tr", "daha fazla", "yüzde 12 daha fazla")


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("vi", "Xuất khẩu thấp hơn 12%"),
        ("vi", "Xuất khẩu cao hơn 12% so với trước"),
        ("en", "a rate higher than 12 %"),
        ("de", "Der Anteil ist höher als 12 %"),
        ("nl", "het aandeel is lager dan 12 %"),
        ("id", "lebih tinggi dari 12 persen"),
        ("pl", "udział wyższy niż 12 %"),
        ("cs", "podíl vyšší než 12 %"),
        ("pt", "mais alto do que 12 %"),
        ("fr", "un taux supérieur à 12 %"),
        ("es", "una tasa inferior al 12 %"),
    ],
)
def test_what_is_compared_with_an_amount_is_not_sure(code: str, line: str) -> None:
    (found,) = figures_in(line, WORDS_OF_ALL.get(code) or listing(code))
    assert not found.sure, shown(found)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("no", "nærmere 20 %"),
        ("bg", "поне 20 %"),
        ("bg", "близо 20 %"),
        ("sr", "око 20 %"),
        ("hr", "preko 20 %"),
        ("gl", "preto do 20 %"),
        ("eu", "% 20 inguru"),
        ("ka", "20 %-ზე მეტი"),
        ("az", "20 %-dən çox"),
        ("kk", "20 %-дан астам"),
        ("uz", "20 % dan ortiq"),
        ("mn", "20 % орчим"),
        ("af", "meer as 20 %"),
        ("sl", "več kot 20 %"),
        ("ca", "més del 20 %"),
        ("ha", "kusan 20 %"),
        ("so", "ku dhawaad 20 %"),
        ("lt", "beveik 20 %"),
        ("lv", "aptuveni 20 %"),
        ("et", "ligi 20 %"),
        ("hy", "մոտ 20 %"),
        ("ta", "சுமார் 20 %"),
        ("ne", "20 % भन्दा बढी"),
        ("mr", "20 % पेक्षा जास्त"),
        ("bg", "20 % годишно"),
    ],
)
def test_a_limit_in_a_language_of_which_nobody_has_listed_it_is_a_doubt(code: str, line: str) -> None:
    (found,) = figures_in(line, listing(code))
    assert not found.sure, shown(found)
    assert figures_in("20 %", listing(code))[0].sure


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "on 12, 13, and 14 May 2025"),
        ("id", "pada 12, 13, dan 14 Mei 2025"),
        ("pt", "em 12, 13, e 14 de maio de 2025"),
        ("en", "with 20, 30, or 40 companies"),
        ("ja", "2、3億円の投資"),
        ("zh", "2、3亿美元"),
        ("ja", "2025年5月12、13日に"),
        ("zh", "2025年5月12、13日"),
        ("ko", "2025년 5월 12, 13일"),
        ("ko", "2025년 5월 12·13일에"),
    ],
)
def test_of_a_list_that_shares_its_unit_or_its_month_nothing_is_sure(code: str, line: str) -> None:
    """Of 12, 13, and 14 May 2025 the last day was sure, and of 2、3億円, two or three, the three."""
    found = figures_in(line, WORDS_OF_ALL.get(code) or words(code))
    assert len(found) > 1
    assert not any(each.sure for each in found), [shown(each) for each in found]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("pl", "na przełomie 2024 i 2025"),
        ("fr", "au tournant de 2024 et 2025"),
        ("it", "a cavallo tra il 2024 e il 2025"),
        ("es", "a caballo entre 2024 y 2025"),
        ("pt", "na virada de 2024 para 2025"),
        ("cs", "na přelomu let 2024 a 2025"),
        ("de", "um die Jahreswende 2024/25"),
        ("de", "zum Jahreswechsel 2024"),
        ("nl", "rond de jaarwisseling 2024"),
        ("ru", "на рубеже 2024 и 2025"),
        ("en", "at the turn of 2024 and 2025"),
        ("en", "at the turn of the year 2024"),
        ("ko", "2024년과 2025년에 걸쳐"),
        ("ja", "2024年から2025年にかけて"),
    ],
)
def test_where_two_years_meet_is_neither_of_them(code: str, line: str) -> None:
    context = ["de", "et", "i", "il", "entre", "para", "let", "a", "die", "zum", "и", "рубеже", "jahreswechsel"]
    given = WORDS_OF_ALL.get(code) if code in ("en", "ko") else listing(code, year_context=[*context, "jaarwisseling"])
    assert given
    found = figures_in(line, given)
    assert found
    assert not any(each.sure for each in found), [shown(each) for each in found]


@pytest.mark.parametrize(
    ("code", "line", "expected"),
    [
        ("en", "FY2024-25", "FY2024-25 = 2024/2025 ?"),
        ("en", "in FY24", "FY24 = 2024 ?"),
        ("en", "SY2024/2025", "SY2024/2025 = 2024/2025 ?"),
        ("en", "FY 2024/25", "2024/25 = 2024/2025 ?"),
        ("en", "in FY2025-24", "FY2025-24 = 2025/2024 ?"),
        ("en", "the 2024–25 season", "2024–25 = 2024/2025 ?"),
        ("en", "in 2024 fiscal terms", "2024 = 2024 ?"),
        ("vi", "năm tài chính 2024-2025", "2024-2025 = 2024/2025 ?"),
        ("hi", "वित्त वर्ष 2024-25", "2024-25 = 2024/2025 ?"),
        ("en", "JFY2025", "JFY2025 = 2025 ?"),
        ("en", "in the year to March 2026", "March 2026 = 2026-03 ?"),
        ("id", "tahun anggaran 2024/25", "2024/25 = 2024/2025 ?"),
        ("ko", "2024년 회계연도", "2024년 = 2024 ?"),
        ("ja", "2024年度", "2024年 = 2024 ?"),
    ],
)
def test_a_year_of_accounts_is_a_doubt(code: str, line: str, expected: str) -> None:
    """It is one year, though two are written, and no other than its own days: FY2024-25 ends in March 2025."""
    assert [shown(each) for each in figures_in(line, WORDS_OF_ALL.get(code) or listing(code))] == [expected]
