"""Offers the translation of a text again where another text of the same kind has the same English."""

from collections.abc import Iterable
from copy import copy

from briefgen.read.catalog import CatalogEntry, is_done

_NAMED = ("partnership", "party", "theme", "overview", "person", "term", "source", "publisher", "event")
"""How the contexts of names begin; the others end with the field of a fact."""
_DOUBTFUL = ("text", "note", "person")
"""Kinds in which equal English may need other words: sentences, and people who only share a name."""


class KnownTranslations:
    """The finished translations of a language, by the kind of text and the English."""

    def __init__(self, entries: Iterable[CatalogEntry]) -> None:
        self._known: dict[tuple[str, str], list[CatalogEntry]] = {}
        for entry in entries:
            if entry.msgctxt and is_done(entry) and not entry.obsolete:
                self._known.setdefault((kind_of(entry.msgctxt), entry.msgid), []).append(entry)

    def filled(self, entry: CatalogEntry) -> CatalogEntry:
        """Return the entry with a known translation, if it has none; a guess where another may be right."""
        kind = kind_of(entry.msgctxt or "")
        known = self._known.get((kind, entry.msgid), ())
        if entry.msgstr or not known:
            return entry
        same = [each for each in known if each.msgctxt == entry.msgctxt]
        filled, best = copy(entry), (same or known)[0]
        filled.msgstr = best.msgstr
        certain = (kind not in _DOUBTFUL or (same and kind == "person")) and len({each.msgstr for each in known}) == 1
        filled.flags = [*entry.flags, *([] if certain else ["fuzzy"])]
        return filled


def kind_of(context: str) -> str:
    """Return the kind of text that a context names: text, note, person, "term short" ..."""
    first, *_, last = context.split(" ") if " " in context else (context, "")
    if first not in _NAMED:
        return last
    return f"{first} {last}" if first == "term" else first
