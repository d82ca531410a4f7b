"""Divides what the shared catalog of a language holds among the partnerships that it belongs to.

What several partnerships have in the same words (a country's name, a person, a record that both cite) stays shared; all
else goes to the partnership whose text it translates. What nobody has stays where it is. No entry is lost.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from briefgen.model.book import Message
from briefgen.read.catalog import Catalog, CatalogEntry

Key = TypeVar("Key")
Texts = Mapping[str, tuple[Message, ...]]
"""The texts of each partnership."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """A shared catalog without what belongs to one partnership alone."""

    shared: Catalog
    texts: tuple[Message, ...]
    """Those whose translation stays shared."""
    given: Mapping[str, tuple[CatalogEntry, ...]]
    """The entries that each partnership takes over, obsolete ones too."""

    def with_given(self, own: Catalog, name: str) -> Catalog:
        """Return a partnership's own catalog with what it takes over: for a new one, the header too."""
        given = self.given.get(name, ())
        head = own if own.header.msgstr or not any(entry.msgstr for entry in given) else self.shared
        return Catalog(
            header=head.header, entries=(*own.entries, *given), trailing=own.trailing, line_end=head.line_end
        )

    def own_texts(self, own: Catalog, texts: Iterable[Message]) -> tuple[Message, ...]:
        """Return the texts of a partnership that its own catalog holds: what is not shared, or is worded otherwise."""
        shared = {(text.context, text.text) for text in self.texts}
        worded = {entry.msgctxt for entry in own.entries if entry.msgstr and not entry.obsolete}
        return tuple(text for text in texts if (text.context, text.text) not in shared or text.context in worded)


def divide(shared: Catalog, texts: Texts, *, whole: bool) -> Divided:
    """Return the shared catalog divided among partnerships with these texts.

    Unless these are all partnerships, the catalog stays whole: what nobody here has may be another's.
    """
    every = {(text.context, text.text): text for messages in texts.values() for text in messages}
    if not whole:
        present = {(entry.msgctxt, entry.msgid) for entry in shared.entries if not entry.obsolete}
        return Divided(shared=shared, texts=tuple(every[key] for key in every if key in present), given={})
    holders = _having(texts, lambda text: (text.context, text.text))
    users = _having(texts, lambda text: text.context)
    stays: dict[str, str] = {}
    for entry in sorted(shared.entries, key=lambda each: bool(each.obsolete)):
        if len(holders.get((entry.msgctxt, entry.msgid), ())) > 1:
            stays.setdefault(entry.msgctxt, entry.msgid)
    given: dict[str, tuple[CatalogEntry, ...]] = dict.fromkeys(texts, ())
    left: list[CatalogEntry] = []
    for entry in shared.entries:
        owners = () if _is_kept(entry, stays) else _owners(entry, holders, users, stays)
        given |= {name: (*given[name], entry) for name in owners}
        left += () if owners else (entry,)
    return Divided(
        shared=replace(shared, entries=tuple(left)),
        texts=tuple(every[key] for key in every if stays.get(key[0]) == key[1]),
        given=given,
    )


def _is_kept(entry: CatalogEntry, stays: Mapping[str, str]) -> bool:
    return bool(entry.msgid_plural) or stays.get(entry.msgctxt) == entry.msgid


def _owners(
    entry: CatalogEntry,
    holders: Mapping[tuple[str, str], list[str]],
    users: Mapping[str, list[str]],
    stays: Mapping[str, str],
) -> tuple[str, ...]:
    """Return the partnerships whose text an entry translates, or else those that have an entry of that context.

    A guess was made for its previous English, even where another partnership's text has taken the place of that.
    """
    made_for = entry.previous_msgid if entry.fuzzy and entry.previous_msgid else entry.msgid
    exact = holders.get((entry.msgctxt, made_for)) or holders.get((entry.msgctxt, entry.msgid))
    shared = holders.get((entry.msgctxt, stays.get(entry.msgctxt, "")), [])
    return tuple(name for name in exact or users.get(entry.msgctxt, []) if name not in shared)


def _having(texts: Texts, key: Callable[[Message], Key]) -> Mapping[Key, list[str]]:
    """Return the partnerships that have a text, by the key of the text."""
    found: dict[Key, list[str]] = {}
    for name, messages in texts.items():
        for text in messages:
            found.setdefault(key(text), []).append(name)
    return found
