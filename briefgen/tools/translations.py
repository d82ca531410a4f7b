"""Brings a catalog up to date with its texts: merged by context, so that no text inherits another's translation."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, escape, read_po

from briefgen.model.findings import Location

_OPENING = re.compile(r'(?P<comment>(?:#(?!,).*\n)*)(?:#,.*\n)*msgid ""\nmsgstr ""\n(?P<fields>(?:".*"\n)*)')
_EDITORS = ("Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team")
_OURS = {"MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8", "Content-Transfer-Encoding": "8bit"}
_PREVIOUS = "| "
"""How Babel hands over a comment `#| msgid "..."`: it does not know them apart from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text to be translated: its context (empty for a label), the English, and where it stands."""

    context: str
    english: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a catalog, with all that a translator put there."""

    context: str
    english: str
    translation: str = ""
    fuzzy: bool = False
    previous: tuple[str, ...] = ()
    """The English that a fuzzy translation was made for, as lines of the catalog."""
    comments: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    file: str = ""
    """The template a label stands in."""

    @property
    def key(self) -> str:
        """What tells it from others: a fact's text its context, a label its English."""
        return self.context or f"label\0{self.english}"

    @property
    def done(self) -> bool:
        """Whether it can be printed."""
        return bool(self.translation) and not self.fuzzy


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
    known = {entry.key: entry for entry in _read(old)}
    fresh = [_brought_up(text, known.pop(_entry(text).key, None)) for text in texts]
    obsolete = [entry for entry in known.values() if entry.translation]
    parts = (_header(old, language), *map(_written, fresh), *(_written(entry, "#~") for entry in obsolete))
    return Merged(catalog="\n".join(parts), progress=_progress(fresh))


def entries(old: str, texts: Iterable[Text]) -> tuple[Entry, ...]:
    """What the catalog `old` has for each of the texts, in their order."""
    known = {entry.key: entry for entry in _read(old)}
    return tuple(_brought_up(text, known.get(_entry(text).key)) for text in texts)


def filled(language: str, texts: Iterable[Text], translate: Callable[[str], str]) -> str:
    """A whole catalog made by machine."""
    entries = (Entry(context=each.context, english=each.english, translation=translate(each.english)) for each in texts)
    return "\n".join((_header("", language), *map(_written, entries)))


def _read(catalog: str) -> Iterator[Entry]:
    """The obsolete entries, then the others. Babel takes no empty date, and no previous text of an obsolete one."""
    readable = re.sub(r'(?m)^"[\w-]+-Date: *\\n"$', "", re.sub(r"(?m)^#~\|", "#|", catalog))
    try:
        read = read_po(BytesIO(readable.encode()), abort_invalid=True, charset="utf-8")
    except PoFileError as error:  # which is no ValueError
        raise ValueError(str(error)) from None
    for message in (*read.obsolete.values(), *read):
        if message.id and isinstance(message.id, str) and isinstance(message.string, str):
            yield _known(message)


def _known(message: Message) -> Entry:
    comments = [line for line in message.user_comments if not line.startswith(_PREVIOUS)]
    return Entry(
        context=str(message.context or ""),
        english=str(message.id),
        translation=str(message.string),
        fuzzy=message.fuzzy,
        previous=tuple(line.removeprefix(_PREVIOUS) for line in message.user_comments if line not in comments),
        comments=tuple(comments),
        # a text such as "5% in" is no format string of any programming language
        flags=frozenset(flag for flag in message.flags if not flag.endswith("-format")) - {"fuzzy"},
    )


def _entry(text: Text) -> Entry:
    return Entry(context=text.context, english=text.english, file="" if text.context else text.location.file)


def _brought_up(text: Text, old: Entry | None) -> Entry:
    fresh = _entry(text)
    if old is None:
        return fresh
    same = old.english == text.english
    fuzzy = bool(old.translation) and (not same or old.fuzzy)
    previous = old.previous if same or (old.fuzzy and old.previous) else (f"msgid {escape(old.english)}",)
    return Entry(
        context=text.context,
        english=text.english,
        translation=old.translation,
        fuzzy=fuzzy,
        previous=previous if fuzzy else (),
        comments=old.comments,
        flags=old.flags,
        file=fresh.file,
    )


def _progress(entries: Iterable[Entry]) -> Progress:
    every = tuple(entries)
    left = [entry for entry in every if not entry.done]
    fuzzy = sum(entry.fuzzy for entry in left)
    return Progress(
        translated=len(every) - len(left),
        fuzzy=fuzzy,
        missing=len(left) - fuzzy,
        words_left=sum(len(entry.english.split()) for entry in left),
    )


def _written(entry: Entry, obsolete: str = "") -> str:
    """Each text on one line, however long: no editor wraps it as another one does."""
    flags = sorted({*entry.flags, *(["fuzzy"] if entry.fuzzy else [])})
    lines = [f"# {comment}".rstrip() for comment in entry.comments]
    lines += [f"#. {entry.file}"] if entry.file else []
    lines += [f"#, {', '.join(flags)}"] if flags else []
    lines += [f"{obsolete or '#'}| {line}" for line in entry.previous]
    named = {"msgctxt": entry.context, "msgid": entry.english, "msgstr": entry.translation}
    texts = [f"{keyword} {escape(text)}" for keyword, text in named.items() if text or keyword != "msgctxt"]
    lines += [f"{obsolete} {line}".lstrip() for line in texts]
    return "\n".join((*lines, ""))


def _header(old: str, language: str) -> str:
    """What a PO editor wrote stays; no date is put in, so that a catalog changes only where a text does."""
    opening = _OPENING.match(old)
    comment, written = (opening["comment"], opening["fields"]) if opening else ("", "")
    fields = dict(line.strip('"').removesuffix("\\n").split(": ", 1) for line in written.splitlines() if ": " in line)
    values = dict.fromkeys(_EDITORS, "") | fields | {"Language": language} | _OURS
    quoted = "".join(f'"{name}: {value}\\n"\n' for name, value in values.items())
    return f'{comment}msgid ""\nmsgstr ""\n{quoted}'
