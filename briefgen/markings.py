"""Classification markings of states, which no paper made from public sources may carry."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from briefgen.model.facts import STRICT

_BETWEEN = re.compile(r"[/|·•,;:\n()\[\]{}<>«»「」『』【】〔〕《》]| +[-‐‑‒–—―] +")
"""What parts a line that carries several markings: SECRET//NOFORN, SECRET – for ministers only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Markings:
    """The file that lists them."""

    __pydantic_config__: ClassVar = STRICT

    markings: Mapping[str, tuple[str, ...]]
    """By whose they are."""

    def folded(self) -> Mapping[str, str]:
        """Each marking as it is compared, and whose it is."""
        return {folded(each): owner for owner, words in self.markings.items() for each in words}


def folded(text: str) -> str:
    """Letters and digits alone: what spaces, hyphens, brackets, dots, width, case and composition leave alike."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(sign for sign in plain if sign.isalnum())


def marking_in(text: str, known: Mapping[str, str]) -> str:
    """The part of a text that is, as a whole, a state's marking; empty where there is none.

    A sentence that merely uses such a word is none: "Not an official document of either government."
    """
    parts = (text, *_BETWEEN.split(unicodedata.normalize("NFKC", text)))
    return next((part.strip() for part in parts if folded(part) in known), "")
