"""Detects the language of a text, or of one line of it, by its small words; it declines where it does not know."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from briefgen.localise.language_file import ReadingWords

LEAST_SHARE = 0.15
"""Of all words: texts in a language have 20 to 45 % of its small words, texts in another one 3 to 10 %."""
_AHEAD = 1.2
"""Times as many small words as the second language; near relatives, such as Dutch and Afrikaans, are both listed."""
_FEWEST_SMALL = 4
"""Small words in a line that make it one of another language; fewer say little."""
_MOST_OF_OTHER = 0.5
"""A line is in another language if its own has less than this part of the other's small words."""
_WORD = re.compile(r"[^\W\d_]+")

_SMALL_WORDS = {
    "af": "die het van en is in nie wat vir met op deur hulle hy sy aan te om sal word",
    "bg": "на и за да от се не че по това като ще са до при или към което един",
    "ca": "de la el i que els les a en per amb una del un és al dels ha com més",
    "cs": "a v na se že je s z do o to k pro za ve by podle jsou také jako",
    "da": "og i at det er en til af på der for med som den har ikke de et om vil",
    "de": "der die das und nicht mit für auf ein eine zu den dem des von im ist wird sich auch",
    "el": "και το της η τον του να στο με για των την που από οι τα σε είναι θα στην",
    "en": "the of and to in that is was for with on as by it at from has will be this",
    "es": "de la que el en y los del las por con una para su un se al es no más",
    "et": "ja on ei et ka see oli mis kui oma ning aga selle või eest tema välja kes nende koos",
    "fi": "ja on ei että se oli hän ovat myös kuin joka mutta sekä tai ole sen mukaan jotka vuonna kanssa",
    "fil": "ang ng sa na mga at ay ni para kay nito isang kung hindi siya din may ito ating nang",
    "fr": "de la le et les des en un une du que pour dans sur au par est avec qui ce",
    "gl": "de a o que e do da en un unha para os as no por con co se máis dos",
    "hr": "i u je na se za da su od s o kao koji će iz što ili koje te do",
    "hu": "a az és hogy nem is egy ez meg de volt csak már még mint vagy amely lesz szerint ki",
    "id": "yang dan di dengan untuk dari pada ini dalam akan itu ke tidak oleh juga telah sebagai adalah atau kami",
    "is": "og að í á er sem til um það við fyrir með af ekki en hann var þess eru frá",
    "it": "di e il la che in per a del con della un una i le si da dei non è",
    "ko": "및 등 수 이 그 대한 위한 위해 통해 있는 했다 있다 한다 것으로 양국 지난 이날 또한 밝혔다 대해",
    "lt": "ir kad su yra iš bei tai kaip už apie nuo dėl taip pat buvo bus jau tik jo tarp",
    "lv": "un ir no par ar ka uz kas kā arī tika bet tiek lai pēc gada tas nav savu būs",
    "ms": "yang dan di dengan untuk dari pada ini dalam akan itu ke tidak oleh juga telah sebagai ialah bagi kepada",
    "nb": "og i at det er en til av på som for med den har ikke de et om vil fra",
    "nl": "de het een van en niet met voor op te dat zijn wordt ook aan bij heeft deze naar om",
    "pl": "i w na z do się nie że o to jest przez oraz od dla po jak za roku ze",
    "pt": "de a o que e do da em um para com uma os no na por as dos se ao",
    "ro": "de și a în la cu pe că din o pentru care nu un sunt este prin al să mai",
    "ru": "и в на не что с по как к из о для от за это его при также будет был",
    "sk": "a v na sa že je s z do o to k pre za vo by podľa sú aj ako",
    "sl": "in je v na se za da so s z pri ki po tudi bo kot iz ali pa do",
    "sq": "të e në dhe për me një se që nga i është më do si ka jo nuk u kjo",
    "sr": "и у је на се за да су од с о као који ће из што или које те до",
    "sv": "och i att det är en till av på som för med den har inte de ett om vill från",
    "sw": "na ya wa kwa ni katika za la kuwa cha hii hiyo pia kama watu huo baada lakini yake hilo",
    "tr": "ve bir bu da de için ile olarak olan çok daha en gibi kadar ne sonra göre her ise değil",
    "uk": "і в на не що з у та до як за від про для це його при також буде був",
    "vi": "và của các là có trong cho với được những người một không này đã về tại ngày năm hai",
}


@dataclass(frozen=True, slots=True)
class Detected:
    """The language that a text is most like, and how like it is."""

    code: str
    is_clear: bool


def detect(text: str, known: Mapping[str, ReadingWords]) -> Detected:
    """Return the language whose small words the text uses most, clearly so or not; no code where it uses none."""
    if code := _by_script(text):
        return Detected(code, is_clear=True)
    words = [word.casefold() for word in _WORD.findall(text)]
    scores = _scores(words, known)
    (best, most), (_, second) = [*scores.most_common(2), ("", 0), ("", 0)][:2]
    if not most:
        return Detected("", is_clear=False)
    return Detected(best, is_clear=most >= LEAST_SHARE * len(words) and most > _AHEAD * second)


def other_language(line: str, language: str, known: Mapping[str, ReadingWords]) -> str:
    """Return the language that a line is in where that is clearly not the given one; empty where it may be."""
    language = re.split("[-_]", language)[0]
    if language not in {*known, *_SMALL_WORDS, *_SCRIPTS.values()}:
        return ""
    if code := _by_script(line):
        return code if code != language else ""
    words = [word.casefold() for word in _WORD.findall(line)]
    scores = _scores(words, known)
    best, most = scores.most_common(1)[0]
    is_other = most >= max(_FEWEST_SMALL, LEAST_SHARE * len(words)) and scores[language] < _MOST_OF_OTHER * most
    return best if is_other else ""


_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "GREEK": "el", "THAI": "th", "HEBREW": "he",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "TAMIL": "ta", "TELUGU": "te", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
}  # fmt: skip
"""Scripts that are of one language, by the first word of the names of their letters."""


_TONES = 0.04
"""Of all letters: about every tenth of Vietnamese is one that only Vietnamese has."""


def _by_script(text: str) -> str:
    """Return the language whose own script most letters are of; a tenth of Japanese kana makes Han Japanese."""
    text = unicodedata.normalize("NFC", text)
    if sum("\u1ea0" <= letter <= "\u1ef9" for letter in text) > _TONES * sum(map(str.isalpha, text)):
        return "vi"
    letters = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    found: Counter[str] = Counter()
    for script, number in letters.items():
        found[_SCRIPTS.get(script, "")] += number
    if found["ja"] * 10 > letters.total():
        found["ja"] += found.pop("zh", 0)
    code, number = max(found.items(), key=lambda each: each[1], default=("", 0))
    return code if number * 2 > letters.total() else ""


def _scores(words: list[str], known: Mapping[str, ReadingWords]) -> Counter[str]:
    """Return how many of the words are small words of each language; those of a language's own file count as well."""
    counted = Counter(words)
    small = {code: {*listed.split()} for code, listed in _SMALL_WORDS.items()}
    for code, reading in known.items():
        small[code] = small.get(code, set()) | {word.casefold() for word in reading.common}
    return Counter({code: sum(counted[word] for word in listed) for code, listed in small.items()})
