"""Numbers as languages write them: signs that are alike, digits with their marks, and what adds up to one number.

Two readers of figures share this, `cldr` and the words of languages, and nothing else: that of drafts, which is
`tools/figures`, and that of quotations, `check/source_words.py` and `check/quoted_*.py`. Each finds on its own what a
text says, so that the one sees what the other has taken wrongly.
"""

import re
from decimal import Decimal

ALIKE = str.maketrans("−∼〜～％＄：／，．（）،٬٫’‘ʼ´\t", "-~~~%$:/,.(),,.'''' ")
MINUS = "minus moins menos meno mínus miinus mīnus mínusz eksi минус мінус âm マイナス 마이너스 負 负 ติดลบ ناقص"
"""Words that make the number behind them one below zero, in any language."""
_TENS = (
    "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien ciento doscientos doscientas "
    "trescientos trescientas cuatrocientos cuatrocientas quinientos quinientas seiscientos seiscientas "
    "setecientos setecientas ochocientos ochocientas novecientos novecientas vinte trinta quarenta "
    "cinquenta sessenta setenta oitenta noventa cento duzentos duzentas trezentos trezentas quatrocentos "
    "quatrocentas quinhentos quinhentas seiscentos seiscentas setecentos setecentas oitocentos oitocentas "
    "novecentos novecentas vingt trente quarante cinquante soixante septante huitante nonante venti "
    "trenta quaranta cinquanta sessanta settanta ottanta novanta douăzeci treizeci patruzeci cincizeci "
    "șaizeci dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt "
    "dziewięćdziesiąt dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset dvacet "
    "třicet čtyřicet padesát šedesát sedmdesát osmdesát devadesát dvadsať tridsať štyridsať päťdesiat "
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто двести триста четыреста "
    "пятьсот шестьсот семьсот восемьсот девятьсот двадцять тридцять п'ятдесят шістдесят сімдесят "
    "вісімдесят двісті чотириста yirmi otuz kırk elli altmış yetmiş seksen doksan yüz puluh ratus seratus "
    "seribu είκοσι τριάντα σαράντα πενήντα εξήντα εβδομήντα ογδόντα ενενήντα εκατό διακόσια عشرون عشرين "
    "ثلاثون ثلاثين أربعون أربعين خمسون خمسين ستون ستين سبعون سبعين ثمانون ثمانين تسعون تسعين مئة مائة "
    "مئتان مئتين مائتين ثلاثمئة ثلاثمائة أربعمئة أربعمائة خمسمئة خمسمائة ستمئة ستمائة سبعمئة ثمانمئة "
    "تسعمئة बीस पच्चीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे सौ डेढ़ ढाई साढ़े सवा पौने"
)
TENS = frozenset(_TENS.split())
"""Tens and hundreds in words, of many languages, and the halves that Hindi sets before a number."""
Amounts = tuple[tuple[Decimal, int], ...]
"""What adds up to a number (12억 3,450만): amounts, each smaller than the last, with the power of their scale words."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_BUDDHIST, _BUDDHIST_YEARS = 543, range(2400, 2600)
_ERA_YEAR = re.compile(rf"(?<![韓韩])(?P<era>{'|'.join(_ERAS)}) ?(?P<year>\d{{1,3}}|元)(?= ?[年./-])")
_BUDDHIST_YEAR = re.compile(r"(?:(?:พ\.ศ\.?|พุทธศักราช) ?)?(?<!\d)(\d{4})(?!\d)")


def in_common_era(text: str, language: str) -> str:
    """Return a text with the years of Japanese, Taiwanese and, in Thai, Buddhist eras as those of the Common Era."""
    for start, end, year in reversed(years_of_eras(text, language)):
        text = f"{text[:start]}{year}{text[end:]}"
    return text


def years_of_eras(text: str, language: str) -> list[tuple[int, int, int]]:
    """Return where years of Japanese, Taiwanese and, in Thai, Buddhist eras stand, and their numbers."""
    found = [
        (*each.span(), _ERAS[each["era"]] + (1 if each["year"] == "元" else int(each["year"])))
        for each in _ERA_YEAR.finditer(text)
    ]
    if re.split("[-_]", language)[0] == "th":
        numbers = ((*each.span(), int(each[1])) for each in _BUDDHIST_YEAR.finditer(text))
        found += [(start, end, year - _BUDDHIST) for start, end, year in numbers if year in _BUDDHIST_YEARS]
    return found


_ROMAN = {"C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_ROMAN_NUMBER = re.compile(
    r"(?<![^\W_])(?P<number>(?=[CLXVI])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?:i?[eè]me|er?|ère|os?|as?)?(?![^\W_])"
)
_NAME_BEFORE, _NAME_AFTER = re.compile(r"(?:^|\W)[^\W\d_]\w+ $"), re.compile(r"[.°]? [^\W\d_]\w")


def roman_ordinals(text: str) -> dict[str, int]:
    """Return the Roman numerals of a few words with their values: the XIV of XIV Đại hội or of XIVe Sommet.

    A single letter is one beside a word that begins with a capital, as in V Cumbre.
    """
    found = {}
    for match in _ROMAN_NUMBER.finditer(text):
        beside = (_NAME_BEFORE.search(text[: match.start()]), _NAME_AFTER.match(text, match.end()))
        is_named = any(each and each.group().strip("°. ()")[:1].isupper() for each in beside)
        if len(match.group()) > 1 or is_named:
            found[match.group()] = _roman_value(match["number"])
    return found


def _roman_value(written: str) -> int:
    value = 0
    for sign, worth in _ROMAN.items():
        while written.startswith(sign):
            value, written = value + worth, written[len(sign) :]
    return value


def digits_value(written: str, decimal: str, groups: str) -> Decimal | None:
    """Return the value by these marks: thousands in threes, or in twos but for the last, as in India: 12,34,567."""
    mark = f"[{re.escape(groups)}]"
    whole = rf"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+|[1-9]\d?(?:{mark}\d\d)+{mark}\d{{3}}|\d+"
    if not re.fullmatch(rf"(?:{whole})(?:{re.escape(decimal)}\d+)?", written):
        return None
    return Decimal(re.sub(mark, "", written).replace(decimal, "."))


def with_amount(amounts: Amounts, value: Decimal, powers: tuple[int, ...]) -> Amounts:
    """Return one more amount, with thousands and hundreds before it drawn in (5천5백만); none if it is too large."""
    total = 0
    for power in powers:
        while amounts and amounts[-1][1] <= 3 < power and value < 10 ** amounts[-1][1]:
            value += amounts[-1][0]
            amounts = amounts[:-1]
        value, total = value.scaleb(power), total + power
    return () if amounts and value >= 10 ** amounts[-1][1] else (*amounts, (value, total))
