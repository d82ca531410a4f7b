"""A language: its file, which says how it words values and how it is read in sources, its labels, texts and numbers.

Two readers of figures share what is here, and `cldr`, and nothing else: that of drafts, which is `tools/figures`, and
that of quotations, `check/source_words.py` and `check/quoted_*.py`. Each finds on its own what a text says, so that the
one sees what the other has taken wrongly.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from briefgen.localise.cldr import is_name_of, language_of
from briefgen.localise.labels import Label
from briefgen.localise.patterns import Patterns
from briefgen.model.book import Body, FactBook, Party
from briefgen.model.dates import Part
from briefgen.model.facts import FileSchema
from briefgen.model.findings import Location, did_you_mean
from briefgen.model.quantities import Bound, Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One entry of a catalog; a fuzzy one is never printed."""

    source: str
    text: str
    fuzzy: bool
    location: Location
    """Of what it says: its msgstr."""
    msgid: Location | None = None
    repeated: Location | None = None
    """Where an obsolete entry has a translation of the same text."""

    @property
    def entry(self) -> Location:
        """Where it says what it translates."""
        return self.msgid or self.location

    @property
    def done(self) -> bool:
        """Whether it may be printed."""
        return bool(self.text) and not self.fuzzy


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """What a language needs for printing; `fallback` is the base language, None in the base itself."""

    code: str
    patterns: Patterns
    labels: Mapping[str, Translation] = field(default_factory=dict)
    """By English label."""
    texts: Mapping[str, Translation] = field(default_factory=dict)
    """Of one partnership, by context: fact and field."""
    shared: Mapping[str, Translation] = field(default_factory=dict)
    """Of all partnerships, by context; each counts only for a text whose English is the same."""
    labels_file: str = ""
    texts_file: str = ""
    fallback: "Language | None" = None

    def label(self, english: str) -> str:
        """The label; in English where it is not translated, which stops a build (T301)."""
        found = self.labels.get(english)
        return found.text if found and found.done else english

    def label_text(self, label: Label, **fields: str) -> str:
        """A label with its fields filled."""
        text = self.label(label)
        for name, value in fields.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    def text(self, context: str, english: str) -> str | None:
        """The text of a fact; None where there is no translation of just this English."""
        if self.fallback is None:
            return english
        found = self.translation(context, english)
        return found.text if found and found.done and found.source == english else None

    def text_or_english(self, context: str, english: str) -> str:
        """The text of a fact; the English where there is no translation of just that."""
        return self.text(context, english) or english

    def translation(self, context: str, english: str) -> Translation | None:
        """The catalog's entry for a text: the partnership's own, unless only the shared one may be printed."""
        own, shared = self.texts.get(context), self.shared.get(context)
        if shared is None or shared.source != english:
            return own
        return own if own and (not shared.done or (own.done and own.source == english)) else shared


_UNTIL = (
    *("hasta", "até", "bis", "tot", "till", "til", "to", "do", "až", "до", "hingga", "sampai", "hadi", "hanggang"),
    *("kuni", "līdz", "iki", "حتى", "إلى", "الى", "تا", "עד", "έως", "μέχρι"),
)
"""Words that say "up to" of an amount, and "to" where something has grown: creció hasta 300."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingWords(FileSchema):
    """The section `reading:` of a language's file; everything but the locale may be left out.

    Scale words, month and quarter names, currency names and signs, number marks and the order of day and month come
    from CLDR; a word given here comes before CLDR's. Letters may be written large or small.
    """

    locale: str
    """The CLDR locale, such as de or en_GB."""
    common: tuple[str, ...] = ()
    """The small words by which a text in this language is recognised: der, und, nicht."""
    bounds_before: Mapping[str, Bound] = field(default_factory=dict)
    """Words before a number that say how exact it is: mehr als, about. Amounts are sure once there is one for each."""
    bounds_after: Mapping[str, Bound] = field(default_factory=dict)
    """The same after the number or its unit: or more, 이상."""
    number_words: Mapping[str, int] = field(default_factory=dict)
    """Numbers written as words. Below three they count only with a unit, one only before a scale word."""
    scales: Mapping[str, int] = field(default_factory=dict)
    """Scale words that CLDR lacks, with their power of ten: bn is 9."""
    currencies: Mapping[str, str] = field(default_factory=dict)
    """Names and signs of currencies with the ISO code: dollars, đô la Mỹ, 불."""
    units: Mapping[str, str] = field(default_factory=dict)
    """What is counted, with the English plural; `10 years` for a decade; `*documenten` for every word so ending."""
    rates: Mapping[str, Rate] = field(default_factory=dict)
    """Words that make an amount a rate: per year, jährlich, 연간."""
    fractions: Mapping[str, str] = field(default_factory=dict)
    """Parts of a whole in words: half is 1/2, zwei Drittel is 2/3."""
    people_endings: tuple[str, ...] = ()
    """Endings of words, written with a capital, for the people of a country: -ezen. Such a reading is never sure."""
    percent: tuple[str, ...] = ()
    """Words for per cent, beside the sign %."""
    links: tuple[str, ...] = ()
    """Small words between a number and what it counts: of, de."""
    ordinals: tuple[str, ...] = ()
    """How places in a series are written: {n}th, 제{n}차."""
    ordinal_words: Mapping[str, int] = field(default_factory=dict)
    """Ordinals written as words; never sure, as many are mere turns of phrase."""
    date_parts: Mapping[str, Part] = field(default_factory=dict)
    """Words for a part of a year or month: Ende, end of, 말."""
    months: Mapping[str, int] = field(default_factory=dict)
    """Month names that CLDR lacks."""
    quarters: Mapping[str, int] = field(default_factory=dict)
    """Words for the quarters of a year: third quarter, quý III."""
    halves: Mapping[str, int] = field(default_factory=dict)
    """Words for the halves of a year: first half, 상반기."""
    seasons: Mapping[str, int] = field(default_factory=dict)
    """Words for the seasons, spring the first: summer, mùa hè."""
    year_before: tuple[str, ...] = ()
    """Words that make the four digits after them a year and belong to it: im Jahr, năm."""
    year_context: tuple[str, ...] = ()
    """Words after which four digits are a year unless a unit follows: in, since."""
    year_after: tuple[str, ...] = ()
    """Marks or words that make the four digits before them a year: 년, roku."""
    day_before: tuple[str, ...] = ()
    """Marks that make the number after them a day of the month: ngày."""
    day_after: tuple[str, ...] = ()
    """Marks that make the number before them a day of the month: 일."""
    date_fillers: tuple[str, ...] = ()
    """Small words inside a date: of, the, des Jahres."""
    ranges: tuple[str, ...] = ()
    """Words between the two ends of a range, beside dash and tilde: bis, to, đến."""
    between: tuple[str, ...] = ()
    """Words that make the next `and` a range: between."""
    ands: tuple[str, ...] = ()
    """Words for and: 10 and 11 May are two days in a row."""
    deadlines_before: tuple[str, ...] = ()
    """Words before a date that make it a deadline: by, bis."""
    deadlines_after: tuple[str, ...] = ()
    """The same after a date: 까지."""
    labels: tuple[str, ...] = ()
    """Words before a bare number that is no figure: page, No., article, hits, comments."""
    not_figures: tuple[str, ...] = ()
    """Words and phrases that are no figure whatever they contain: COVID-19, P4G, two countries."""
    negations: tuple[str, ...] = ()
    """Words that deny: not, nicht; `*n't` for every word so ending, `ne*` so beginning; no amount is sure without."""
    endings: tuple[str, ...] = ()
    """Particles written on to a word without a space: 을, 까지; behind an apostrophe: ye of 20'ye."""
    doubtful: tuple[str, ...] = ()
    """Words from the lists above that often mean something else: the figure read with one is not sure.

    A word of `bounds_before` that is among `deadlines_before` or `ranges` too, such as tot, is doubtful anyway.
    """
    capital_months: bool = False
    """Whether names of months take a capital, so that the verb may is not taken for one."""
    either_date_order: bool = False
    """Whether 11/8/2025 is written for August and for November: such a date is never sure."""

    @property
    def unsure(self) -> tuple[str, ...]:
        """The doubtful words: in `up by three to 25` the to of a language may be the same word as its up to."""
        elsewhere = {*self.deadlines_before, *self.ranges, *_UNTIL}
        return (*self.doubtful, *(word for word in self.bounds_before if word in elsewhere))

    def __hash__(self) -> int:
        """By the locale alone: the mappings have no hash, and equal words have equal locales."""
        return hash(self.locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageFile(FileSchema):
    """Either part may be absent: a language that is only read needs no patterns."""

    patterns: Patterns | None = None
    reading: ReadingWords | None = None


def language_hint(code: str, known: Collection[str]) -> str:
    """Return what to write for a code that is no language's: that of a country stands for what is spoken there."""
    meant = language_of(code) or next((each for each in known if is_name_of(code, each)), "")
    meant = meant or re.split("[-_.]", code)[0].lower()
    return f"did you mean '{meant}'?" if meant in known else did_you_mean(code, known)


def names_in(book: FactBook, language: Language) -> Mapping[str, str]:
    """Every printed name in a language, by id."""
    file, text = book.file, language.text_or_english
    return {
        **{id: text(f"term {id} name", term.name) for id, term in file.terms.items()},
        **{id: text(f"body {id}", body.name) for id, body in file.bodies.items()},
        **{id: text(f"person {id}", person.name) for id, person in file.people.items()},
        **{id: text(f"party {id} name", party.name) for id, party in file.parties.items()},
    }


def names_alone(book: FactBook, language: Language) -> Mapping[str, str]:
    """Every name as it stands by itself, in a column or a heading: of a party that has a short one, that."""
    parties = book.file.parties.items()
    short = {id: language.text_or_english(f"party {id} short", each.short) for id, each in parties if each.short}
    return {**names_in(book, language), **short}


def names_within(book: FactBook, language: Language) -> Mapping[str, str]:
    """The names of parties and bodies as they stand within a sentence, where that is otherwise: the European Union."""
    named: Mapping[str, Mapping[str, Party | Body]] = {"party": book.file.parties, "body": book.file.bodies}
    worded = {
        id: language.text(f"{kind} {id} within", each.within)
        for kind, entries in named.items()
        for id, each in entries.items()
        if each.within
    }
    return {id: text for id, text in worded.items() if text}


ALIKE = str.maketrans("−∼〜～％＄：／，．（）،٬٫’‘ʼ´\t", "-~~~%$:/,.(),,.'''' ")
MINUS = "minus moins menos meno mínus miinus mīnus mínusz eksi минус мінус âm マイナス 마이너스 負 负 ติดลบ ناقص"
"""Words that make the number behind them one below zero, in any language."""
BESIDE_DATE = (
    r"(?:before|vor|vóór|voor|avant|antes d\w{1,2}|prima d\w{1,3}|înainte de|przed|před|pred|перед|trước|"
    r"sebelum|kabla ya|bago|före|før|ennen|قبل|پیش از|לפני|πριν(?: από)?|"
    r"after|nach|na|après|después d\w{1,2}|tras|após|depois d\w{1,2}|dopo|po|после|після|setelah|baada ya|efter|etter|"
    r"sau|بعد|پس از|אחרי|לאחר|μετά(?: από)?)"
)
DATE_BESIDE = (
    r" ?(?:年|년)? ?(?:以前|之前|よりも?前|前(?![\u4e00-\u9fff半])|이전|전(?:에|까지))|(?:'\w{2,4})? önce| से पहले| előtt"
)
"""Words of any language before and behind a date that mean the time before or after it, and so none of its days."""
FROM = (
    r"(?:from|starting|beginning|commencing|effective|as of|ab|vanaf|ingang van|từ|desde|a contar d\w{1,2}|"
    r"a partir d\w{1,2}|à (?:partir|compter) d\w{1,2}|dès|a partire d\w{1,3}|a decorrere d\w{1,3}|mulai|"
    r"począwszy od|начиная со?|починаючи з|från|ตั้งแต่|จาก|منذ|اعتبار[اً]*|ابتداء[اً]*|החל)"
)
FROM_OR_OF = rf"(?:{FROM}|od|від|z|із|з|с|со|fra|من|از)"
FROM_BEHIND = r" ?(?:年|년)? ?(?:부터|이후|이래|から|以降|以来|以後|以后|之后|之後)| itibaren"
"""Words of any language that say where a time, or what has grown, begins: as of 2030, up from 250."""
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
    "تسعمئة बीस पच्चीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे सौ डेढ़ ढाई साढ़े सवा पौने "
    "দেড় আড়াই সাড়ে সোয়া পৌনে ساڑھے ڈیڑھ ڈھائی سوا پونے दीड अडीच साडे सव्वा पाऊण દોઢ અઢી સાડા ਡੇਢ ਢਾਈ ਸਾਢੇ साढे"
)
TENS = frozenset(_TENS.split())
"""Tens and hundreds in words, of many languages, and the halves that languages of India set before a number."""
Amounts = tuple[tuple[Decimal, int], ...]
"""What adds up to a number (12억 3,450만): amounts, each smaller than the last, with the power of their scale words."""
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_BUDDHIST, _BUDDHIST_YEARS = 543, range(2400, 2600)
_ERA_YEAR = re.compile(
    rf"(?<![韓韩])(?P<era>{'|'.join(_ERAS)}) ?(?P<year>\d{{1,3}}|元|[一二三四五六七八九十]{{1,3}})(?= ?[年./-])"
)
_BUDDHIST_YEAR = re.compile(r"(?:(?:พ\.ศ\.?|พุทธศักราช) ?)?(?<!\d)(\d{4})(?!\d)")


def _year_of_era(written: str) -> int:
    number = han_number(written, 0)
    return 1 if written == "元" else int(number[0]) if number else int(written)


def in_common_era(text: str, language: str) -> str:
    """Return a text with the years of Japanese, Taiwanese and, in Thai, Buddhist eras as those of the Common Era."""
    for start, end, year in reversed(years_of_eras(text, language)):
        text = f"{text[:start]}{year}{text[end:]}"
    return text


def years_of_eras(text: str, language: str) -> list[tuple[int, int, int]]:
    """Return where years of Japanese, Taiwanese and, in Thai, Buddhist eras stand, and their numbers."""
    found = [(*each.span(), _ERAS[each["era"]] + _year_of_era(each["year"])) for each in _ERA_YEAR.finditer(text)]
    if re.split("[-_]", language)[0] == "th":
        numbers = ((*each.span(), int(each[1])) for each in _BUDDHIST_YEAR.finditer(text))
        found += [(start, end, year - _BUDDHIST) for start, end, year in numbers if year in _BUDDHIST_YEARS]
    return found


_HAN_DIGITS = {
    **{sign: value for signs in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖") for value, sign in enumerate(signs, 1)},
    **dict(zip("일이삼사오육칠팔구", range(1, 10), strict=True)),
    "〇": 0,
    "零": 0,
    "两": 2,
    "兩": 2,
}
_HAN_POWERS = {sign: power for signs in ("十百千", "拾佰仟", "십백천") for power, sign in enumerate(signs, 1)}
_HAN_NUMBER = re.compile(
    "[〇零一二三四五六七八九十百千两兩壹贰叁肆伍陆柒捌玖拾佰仟]+"
    "|(?<![가-힣])[일이삼사오육칠팔구십백천]{2,}(?=[만억조]? ?(?:여 ?)?(?:달러|원|명|개|년|건|톤|유로|엔))"
)


def han_number(text: str, start: int) -> tuple[str, int] | None:
    """Return the number below ten thousand that is written in Chinese numerals here, in digits, and where it ends.

    None of 二三 (two or three), and of 三百二, which is 302 in Japanese and 320 in Chinese.
    """
    found = _HAN_NUMBER.match(text, start)
    is_rest = found and len(found.group()) == 1 and text[max(0, start - 1) : start] in tuple("万萬億亿兆")  # 一万五
    value = None if found is None or is_rest else _han_value(found.group())
    return None if found is None or value is None else (str(value), found.end())


def _han_value(written: str) -> int | None:
    digits = [_HAN_DIGITS.get(sign) for sign in written]
    if len(written) > 1 and None not in digits:
        is_year = len(written) == 4 and digits[0]
        return int("".join(map(str, digits))) if is_year else None
    total, last, rest = 0, 4, 0
    for at, (sign, digit) in enumerate(zip(written, digits, strict=True)):
        power = _HAN_POWERS.get(sign, last)
        if digit is None and power >= last:
            return None
        if digit is None:
            total, last, rest = total + (rest or 1) * 10**power, power, 0
        elif rest or (at + 1 == len(written) and 1 < last < 4 and digits[at - 1] != 0):
            return None
        else:
            rest = digit
    return total + rest


_ROMAN = {"C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_ROMAN_NUMBER = re.compile(
    r"(?<![^\W_])(?P<number>(?=[CLXVI])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?:i?[eè]me|er?|ère|os?|as?)?(?![^\W_])"
)
_NAME_BEFORE, _NAME_AFTER = re.compile(r"(?:^|\W)[^\W\d_]\w+ $"), re.compile(r"[.°]? [^\W\d_]\w")


_LONGEST_NAME = 60


def roman_numerals(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where the Roman numerals of a text stand that may be a place in a series, and their values.

    A single letter is one beside a word that begins with a capital, as in V Cumbre, or alone.
    """
    for match in _ROMAN_NUMBER.finditer(text):
        before = text[max(0, match.start() - _LONGEST_NAME) : match.start()]
        beside = (_NAME_BEFORE.search(before), _NAME_AFTER.match(text, match.end()))
        is_named = any(each and each.group().strip("°. ()")[:1].isupper() for each in beside)
        if len(match.group()) > 1 or is_named or match.group() == text:
            yield (*match.span(), _roman_value(match["number"]))


def roman_ordinals(text: str) -> dict[str, int]:
    """Return the Roman numerals of a few words with their values: the XIV of XIV Đại hội or of XIVe Sommet."""
    return {text[start:end]: value for start, end, value in roman_numerals(text)}


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
