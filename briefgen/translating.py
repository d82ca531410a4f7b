"""Brings the catalogs up to date with the texts: merged by context, so that no text inherits another's translation."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from itertools import takewhile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from briefgen.findings import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text to be translated: its context (empty for a label), the English, and where it stands."""

    context: str
    english: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a catalog is; a fuzzy translation never counts as done."""

    catalog: str
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


def update_catalog(path: Path, language: str, texts: Iterable[Text]) -> Progress:
    """Write the catalog anew with just these texts; OSError or ValueError where it cannot be read or written.

    A translation stays with its context (a label's with its English). Where the English has changed, it becomes
    fuzzy and keeps the previous English for the translator to compare. What is no text any more is kept as obsolete.
    """
    old = _read(path, language)
    known = {_key(entry.context, entry.id): entry for entry in [*old.obsolete.values(), *old] if entry.id}
    fresh = Catalog(locale=language, fuzzy=False, charset="utf-8")
    for text in texts:
        _add(fresh, text, known.pop(_key(text.context, text.english), None))
    fresh.obsolete.update({(each.id, each.context): each for each in known.values() if each.string})
    buffer = BytesIO()
    write_po(buffer, fresh, width=0, include_previous=True, omit_header=True)
    content = _header(path, language) + buffer.getvalue().decode().strip("\n") + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return progress(path.name, fresh)


def progress(name: str, catalog: Iterable[Entry]) -> Progress:
    """Count a catalog."""
    entries = [entry for entry in catalog if entry.id]
    missing = [entry for entry in entries if not entry.string]
    fuzzy = [entry for entry in entries if entry.string and entry.fuzzy]
    words = sum(len(str(entry.id).split()) for entry in (*missing, *fuzzy))
    done = len(entries) - len(missing) - len(fuzzy)
    return Progress(catalog=name, translated=done, fuzzy=len(fuzzy), missing=len(missing), words_left=words)


def _header(path: Path, language: str) -> str:
    """The file's own opening comment and a header without dates: an update that changes nothing changes no byte."""
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    comment = "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines))
    fields = ("Language: " + language, "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8")
    quoted = "".join(f'"{each}\\n"\n' for each in (*fields, "Content-Transfer-Encoding: 8bit"))
    return f'{comment}msgid ""\nmsgstr ""\n{quoted}\n'


def _read(path: Path, language: str) -> Catalog:
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


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
        flags=["fuzzy"] if fuzzy else [],
        user_comments=old.user_comments if old else [],
        previous_id=previous or (old.previous_id if old and fuzzy else []),
        context=text.context or None,
    )
    # a text such as "5% in" is no format string of any programming language
    entry.flags = {"fuzzy"} if fuzzy else set()
