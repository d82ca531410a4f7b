"""A pseudo-locale: English made strange, so that what is not translated or does not fit is seen at once."""

import re

_FIELD = re.compile(r"(\{[^{}]*\})")
_VOWELS = dict(zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True))
_STRANGE = str.maketrans("cnsyzCNSYZ", "çñšýžÇÑŠÝŽ") | str.maketrans({each: 2 * _VOWELS[each] for each in _VOWELS})
"""A vowel becomes two, which makes a text about a third longer, as translations are, and its words too."""


def pseudo(text: str) -> str:
    """The text with accents, longer by a third and in brackets; its {placeholders} stay as they are."""
    parts = (part if number % 2 else part.translate(_STRANGE) for number, part in enumerate(_FIELD.split(text)))
    return f"[{''.join(parts)}]"
