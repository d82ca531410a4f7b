"""Collects the texts to be translated and brings the catalogs up to date with them.

Entries are merged by context, so that no text inherits the translation of another; where two texts of one kind have the
same English, a translation of one is offered for the other.

Of several partnerships, what they have in the same words (a country's name, a person, a record that both cite) is in a
shared catalog; all else goes to the partnership whose text it translates. What nobody has stays where it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any, Self, TypeVar

from briefgen.localise.labels import Label
from briefgen.model.book import Message
from briefgen.model.document import TemplateError
from briefgen.model.findings import Finding, FindingsError, Location, errors
from briefgen.read.catalog import (
    Catalog,
    CatalogEntry,
    catalog_text,
    combined,
    completed_header,
    is_done,
    key,
    read_catalogs,
)
from briefgen.read.facts import partnerships, read_facts, shared_ids, sources_of
from briefgen.read.languages import BASE, catalog_files
from briefgen.read.workspace import Workspace
from briefgen.render.html import labels_used
from briefgen.render.templates import Templates

Key = TypeVar("Key")
T = TypeVar("T")
Texts = Mapping[str, tuple[Message, ...]]
"""The texts of each partnership."""
_NAMED = ("partnership", "party", "theme", "overview", "person", "term", "source", "publisher", "event")
"""How the contexts of names begin; the others end with the field of a fact."""
_DOUBTFUL = ("text", "note", "person")
"""Kinds in which equal English may need other words: sentences, and people who only share a name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of a catalog is translated; a fuzzy translation does not count."""

    translated: int
    fuzzy: int
    missing: int
    words_left: int

    @classmethod
    def of(cls, entries: Sequence[CatalogEntry]) -> Self:
        """Return how many of the entries are translated."""
        left = [entry for entry in entries if not is_done(entry)]
        fuzzy, words = sum(entry.fuzzy for entry in left), sum(len(entry.msgid.split()) for entry in left)
        return cls(translated=len(entries) - len(left), fuzzy=fuzzy, missing=len(left) - fuzzy, words_left=words)

    @property
    def percent(self) -> int:
        """Per cent translated, rounded down, so that 100 means all."""
        return 100 * self.translated // self.total if self.total else 100

    @property
    def total(self) -> int:
        """How many entries are in use."""
        return self.translated + self.fuzzy + self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A catalog brought up to date: its file, the new text, and how much of it is translated."""

    path: Path
    text: str
    """Empty where no catalog is needed, as all texts are shared."""
    progress: Progress


def catalog_updates(workspace: Workspace) -> tuple[tuple[Update, ...], tuple[Finding, ...]]:
    """Return every catalog of the workspace brought up to date, and the faults of facts that cannot be read.

    Nothing is written. FindingsError if no facts can be read, or if templates or catalogs cannot.
    """
    (texts, faults), labels = texts_by_partnership(workspace), all_labels(workspace)
    codes = [code for code in workspace.settings.languages if code != BASE]
    facts = {path.stem: path for path in partnerships(workspace)}
    mine, shipped = (
        {code: folder / "locale" / f"{code}.po" for code in codes}
        for folder in (workspace.root / "templates", workspace.template_folders[-1])
    )
    shared = {code: catalog_files(workspace, None, code)[0] for code in codes}
    found = {code: {name: catalog_files(workspace, facts[name], code)[0] for name in texts} for code in codes}
    paths = (path for code in codes for path in (mine[code], shipped[code], shared[code], *found[code].values()))
    catalogs, updates = read_catalogs(dict.fromkeys(paths), workspace.root), list[Update]()
    for code in codes:
        own, is_shipped = catalogs[mine[code]], mine[code].resolve() == shipped[code].resolve()
        wanted = own_labels(labels, own, None if is_shipped else catalogs[shipped[code]])
        if wanted or own.entries:
            text, progress = merge(own, code, wanted)
            updates.append(Update(path=mine[code], text=text, progress=progress))
        parts = {name: path for name, path in found[code].items() if path != shared[code]}
        updates += _text_updates(code, shared[code], parts, texts, catalogs, whole=not faults)
    return tuple(updates), faults


def texts_by_partnership(workspace: Workspace) -> tuple[Texts, tuple[Finding, ...]]:
    """Return the texts of each partnership by the name of its facts, and the faults of facts that cannot be read.

    FindingsError if none can be read, or if two have the same name or id.
    """
    if shared := shared_ids(workspace):
        raise FindingsError(shared)
    texts: dict[str, tuple[Message, ...]] = {}
    faults: list[Finding] = []
    for path in partnerships(workspace):
        book, found = read_facts(workspace, path)
        if book is None or not sources_of(book.facts.values()).isdisjoint(book.unread):
            faults += errors(found)  # without a record it would look as if its texts were gone
        else:
            texts[path.stem] = tuple(book.messages())
    if not texts:
        raise FindingsError(faults)
    return texts, tuple(faults)


def _text_updates(
    code: str, common: Path, parts: Mapping[str, Path], texts: Texts, catalogs: Mapping[Path, Catalog], *, whole: bool
) -> Iterator[Update]:
    """Yield the shared catalog of texts and the partnerships' own; the former only if all facts could be read.

    `parts` has the latter; it is empty where the shared one is that of the only partnership.
    """
    before = catalogs[common]
    divided = divide(before, {name: texts[name] for name in parts}, whole=whole) if parts else None
    messages = divided.texts if divided else tuple(chain.from_iterable(texts.values()))
    merged = {common: MergedCatalog.of(divided.shared if divided else before, messages)}
    if divided:
        for name, path in parts.items():
            catalog = divided.with_given(catalogs[path], name)
            merged[path] = MergedCatalog.of(catalog, divided.own_texts(catalog, texts[name]))
    known = known_translations(entry for each in merged.values() for entry in each.live)
    live = {path: tuple(with_known(entry, known) for entry in each.live) for path, each in merged.items()}
    filled = {path: replace(each, live=live[path]) for path, each in merged.items()}
    shared = filled[common]
    if (shared.live or before.entries) and whole:
        yield Update(path=common, text=shared.text(code), progress=Progress.of(shared.live))
    for name, path in parts.items():
        own, contexts = filled[path], {text.context for text in texts[name]}
        others = contexts - {entry.msgctxt for entry in own.live}
        every = (*own.live, *(entry for entry in shared.live if entry.msgctxt in others))
        text = own.text(code) if own.live or catalogs[path].entries else ""
        yield Update(path=path, text=text, progress=Progress.of(every))


def all_labels(workspace: Workspace) -> tuple[Message, ...]:
    """Return the labels of Label and of all templates, each with the first template that uses it."""
    used, folders = dict[str, str](), workspace.template_folders
    try:
        for path, _, label in labels_used(Templates(folders)):
            folder = next(folder for folder in folders if path.is_relative_to(folder))
            used.setdefault(label, f"templates/{path.relative_to(folder)}")
    except TemplateError as error:
        where = Location(error.file, error.line, error.column)
        raise FindingsError.of(where, "R401", error.message, error.hint) from None
    for label in Label:
        used.setdefault(label, "")
    return tuple(Message(context="", text=label, location=Location(file)) for label, file in used.items())


def own_labels(labels: tuple[Message, ...], own: Catalog, shipped: Catalog | None) -> tuple[Message, ...]:
    """Return the labels that a workspace has to translate itself: without a shipped catalog all of them.

    Otherwise those that are not translated there, and those for which it has its own wording.
    """
    if shipped is None:
        return labels
    found = zip(labels, entries_for(own, labels), entries_for(shipped, labels), strict=True)
    return tuple(label for label, here, there in found if here.msgstr or not is_done(there))


def entries_for(catalog: Catalog, texts: Iterable[Message]) -> tuple[CatalogEntry, ...]:
    """Return an up-to-date entry for each of the texts, in their order."""
    return MergedCatalog.of(catalog, texts).live


def merge(catalog: Catalog, language: str, texts: Iterable[Message]) -> tuple[str, Progress]:
    """Return the text of the catalog brought up to date with these texts, and how much of it is translated."""
    merged = MergedCatalog.of(catalog, texts)
    return merged.text(language), Progress.of(merged.live)


def machine_translated(language: str, texts: Iterable[Message], translate: Callable[[str], str]) -> str:
    """Return the text of a new catalog with the translations that a function makes."""
    merged = MergedCatalog.of(Catalog(), texts)
    for entry in merged.live:
        entry.msgstr = translate(entry.msgid)
    return merged.text(language)


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedCatalog:
    """A catalog as it was, with a live entry for each text as it is now, and the obsolete entries.

    A translation stays with its context (a label's with its English). If the English has changed it becomes fuzzy, and
    the previous English is kept for the translator to compare. What belongs to no text becomes obsolete, and is used
    again when its text comes back. A second translation of the same text is kept as a comment. Merging the same texts
    again changes nothing.
    """

    catalog: Catalog
    live: tuple[CatalogEntry, ...]
    obsolete: tuple[CatalogEntry, ...]

    @classmethod
    def of(cls, catalog: Catalog, texts: Iterable[Message]) -> Self:
        """Return a catalog merged with these texts; as in gettext, msgctxt and msgid are unique."""
        candidates = _by((key(entry), entry) for entry in catalog.entries if not entry.msgid_plural)
        entries: dict[tuple[str, str], CatalogEntry] = {}
        used: set[int] = set()
        for text in texts:
            best = _best(candidates.get((text.context, "" if text.context else text.text), ()), text)
            used.add(id(best))
            entries[text.context, text.text] = _updated(best, text)
        live = len(entries)
        for entry in sorted(catalog.entries, key=lambda each: not each.obsolete):
            name = (entry.msgctxt or "", entry.msgid)
            if id(entry) not in used and (entry.msgstr or entry.msgstr_plural or entry.tcomment):
                if name in entries:
                    entries[name] = combined(entries[name], entry)
                else:
                    entries[name] = copy(entry)
                    entries[name].obsolete = True
        every = tuple(entries.values())
        return cls(catalog=catalog, live=every[:live], obsolete=every[live:])

    def text(self, language: str) -> str:
        """Return the text of the catalog."""
        header = completed_header(self.catalog.header, language)
        return catalog_text(replace(self.catalog, header=header, entries=(*self.live, *self.obsolete)))


def _by(pairs: Iterable[tuple[Key, T]]) -> Mapping[Key, list[T]]:
    found: dict[Key, list[T]] = {}
    for name, each in pairs:
        found.setdefault(name, []).append(each)
    return found


def _best(candidates: Iterable[CatalogEntry], text: Message) -> CatalogEntry:
    """Return the translation of exactly this English, or else of an older one; obsolete entries come last."""

    def rank(entry: CatalogEntry) -> tuple[bool, bool, bool]:
        return not (is_done(entry) and entry.msgid == text.text), not entry.msgstr, bool(entry.obsolete)

    return min(candidates, key=rank, default=CatalogEntry(msgctxt=text.context or None, msgid=text.text))


def _updated(old: CatalogEntry, text: Message) -> CatalogEntry:
    """Return the entry for the text as it is now; a fuzzy one keeps the English it was translated from."""
    entry, changed = copy(old), old.msgid != text.text
    fuzzy = bool(old.msgstr) and (changed or old.fuzzy)
    if changed and not (old.fuzzy and old.previous_msgid):
        entry.previous_msgctxt, entry.previous_msgid = None, old.msgid
    if not fuzzy:
        entry.previous_msgctxt = entry.previous_msgid = entry.previous_msgid_plural = None
    # a text such as "5% in" is no format string of a programming language
    flags = [flag for flag in old.flags if flag != "fuzzy" and not flag.endswith("-format")]
    entry.flags = ["fuzzy", *flags] if fuzzy else flags
    entry.msgid, entry.obsolete = text.text, False
    entry.comment = "" if text.context else text.location.file
    return entry


def known_translations(entries: Iterable[CatalogEntry]) -> Mapping[tuple[str, str], list[CatalogEntry]]:
    """Return the finished translations of a language, by the kind of text and the English."""
    live = (entry for entry in entries if entry.msgctxt and is_done(entry) and not entry.obsolete)
    return _by(((kind_of(entry.msgctxt), entry.msgid), entry) for entry in live)


def with_known(entry: CatalogEntry, known: Mapping[tuple[str, str], Sequence[CatalogEntry]]) -> CatalogEntry:
    """Return the entry with a known translation, if it has none; a guess where another may be right."""
    kind = kind_of(entry.msgctxt or "")
    alike = known.get((kind, entry.msgid), ())
    if entry.msgstr or not alike:
        return entry
    same = [each for each in alike if each.msgctxt == entry.msgctxt]
    filled = copy(entry)
    filled.msgstr = (same or alike)[0].msgstr
    certain = (kind not in _DOUBTFUL or (same and kind == "person")) and len({each.msgstr for each in alike}) == 1
    filled.flags = [*entry.flags, *([] if certain else ["fuzzy"])]
    return filled


def kind_of(context: str) -> str:
    """Return the kind of text that a context names: text, note, person, "term short" ..."""
    first, *_, last = context.split(" ") if " " in context else (context, "")
    if first not in _NAMED:
        return last
    return f"{first} {last}" if first == "term" else first


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
        return replace(own, header=head.header, entries=(*own.entries, *given), line_end=head.line_end)

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
    having = [(name, text) for name, messages in texts.items() for text in messages]
    holders = _by(((text.context, text.text), name) for name, text in having)
    users = _by((text.context, name) for name, text in having)
    stays: dict[str, str] = {}
    for entry in sorted(shared.entries, key=lambda each: bool(each.obsolete)):
        if len(holders.get((entry.msgctxt, entry.msgid), ())) > 1:
            stays.setdefault(entry.msgctxt, entry.msgid)
    given: dict[str, tuple[CatalogEntry, ...]] = dict.fromkeys(texts, ())
    left: list[CatalogEntry] = []
    for entry in shared.entries:
        is_kept = entry.msgid_plural or stays.get(entry.msgctxt) == entry.msgid
        owners = () if is_kept else _owners(entry, holders, users, stays)
        given |= {name: (*given[name], entry) for name in owners}
        left += () if owners else (entry,)
    common = tuple(every[key] for key in every if stays.get(key[0]) == key[1])
    return Divided(shared=replace(shared, entries=tuple(left)), texts=common, given=given)


def _owners(
    entry: CatalogEntry, holders: Mapping[Any, list[str]], users: Mapping[str, list[str]], stays: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the partnerships whose text an entry translates, or else those that have an entry of that context.

    A guess was made for its previous English, even where another partnership's text has taken the place of that.
    """
    made_for = entry.previous_msgid if entry.fuzzy and entry.previous_msgid else entry.msgid
    exact = holders.get((entry.msgctxt, made_for)) or holders.get((entry.msgctxt, entry.msgid))
    shared = holders.get((entry.msgctxt, stays.get(entry.msgctxt, "")), [])
    return tuple(name for name in exact or users.get(entry.msgctxt, []) if name not in shared)
