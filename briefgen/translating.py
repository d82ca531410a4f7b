"""Brings a catalog up to date with its texts: merged by context, so that no text inherits another's translation."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from briefgen.findings import Place

_OPENING = re.compile(r'(?P<comment>(?:#(?!,).*\n)*)(?:#,.*\n)*msgid ""\nmsgstr ""\n(?P<fields>(?:".*"\n)*)')
_OURS = ("Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text to be translated: its context (empty for a label), the English, and where it stands."""

    context: str
    english: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a catalog is; a fuzzy translation never counts as done."""

    translated: int
    fuzzy: int
    missing: int
    words_left: int

    @property
    def total(self) -> int:
        """All texts."""
        return self.translated + self.fuzzy + self.missing

    @property
    def percent(self) -> int:
        """Whole per cent done, rounded down: 100 means all."""
        return 100 * self.translated // self.total if self.total else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A catalog as it should be, and how far it then is."""

    catalog: str
    progress: Progress


def merge(old: str, language: str, texts: Iterable[Text]) -> Merged:
    """The catalog `old` (empty for a new one) with just these texts; ValueError where it cannot be read.

    A translation stays with its context (a label's with its English). Where the English has changed, it becomes
    fuzzy and keeps the previous English for the translator to compare. What is no text any more is kept as obsolete,
    and comes back with its text. Merging the same texts again changes no byte.
    """
    read = read_po(BytesIO(old.encode()), locale=language, abort_invalid=True, charset="utf-8")
    known = {_key(entry.context, entry.id): entry for entry in [*read.obsolete.values(), *read] if entry.id}
    fresh = _empty(language)
    for text in texts:
        _add(fresh, text, known.pop(_key(text.context, text.english), None))
    fresh.obsolete.update({(each.id, each.context): each for each in known.values() if each.string})
    return Merged(catalog=_header(old, language) + _body(fresh), progress=_progress(fresh))


def filled(language: str, texts: Iterable[Text], translate: Callable[[str], str]) -> str:
    """A whole catalog made by machine."""
    catalog = _empty(language)
    for text in texts:
        catalog.add(text.english, translate(text.english), context=text.context or None).flags = set()
    return _header("", language) + _body(catalog)


def _empty(language: str) -> Catalog:
    return Catalog(locale=language, fuzzy=False, charset="utf-8")


def _progress(catalog: Iterable[Entry]) -> Progress:
    entries = [entry for entry in catalog if entry.id]
    missing = [entry for entry in entries if not entry.string]
    fuzzy = [entry for entry in entries if entry.string and entry.fuzzy]
    words = sum(len(str(entry.id).split()) for entry in (*missing, *fuzzy))
    done = len(entries) - len(missing) - len(fuzzy)
    return Progress(translated=done, fuzzy=len(fuzzy), missing=len(missing), words_left=words)


def _body(catalog: Catalog) -> str:
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, include_previous=True, omit_header=True)
    return buffer.getvalue().decode().strip("\n") + "\n"


def _header(old: str, language: str) -> str:
    """The opening comment and the fields a PO editor wrote stay; no date is put in, so that nothing changes by itself."""
    opening = _OPENING.match(old)
    comment, written = (opening["comment"], opening["fields"]) if opening else ("", "")
    kept = [line for line in written.splitlines() if not line.startswith(tuple(f'"{name}:' for name in _OURS))]
    values = (language, "1.0", "text/plain; charset=utf-8", "8bit")
    ours = [f'"{name}: {value}\\n"' for name, value in zip(_OURS, values, strict=True)]
    return "\n".join((f'{comment}msgid ""', 'msgstr ""', *kept, *ours, "", ""))


def _key(context: object, english: object) -> str:
    return str(context) if context else f"label\0{english}"


def _add(catalog: Catalog, text: Text, old: Entry | None) -> None:
    same = old is not None and old.id == text.english
    translated = old.string if old else ""
    fuzzy = bool(translated) and (not same or bool(old and old.fuzzy))
    previous = [str(old.id)] if old and translated and not same else []
    entry = catalog.add(
        text.english,
        translated,
        auto_comments=[text.place.file] if text.place.file and not text.context else [],
        user_comments=old.user_comments if old else [],
        previous_id=previous or (old.previous_id if old and fuzzy else []),
        context=text.context or None,
    )
    # a text such as "5% in" is no format string of any programming language
    entry.flags = {"fuzzy"} if fuzzy else set()
