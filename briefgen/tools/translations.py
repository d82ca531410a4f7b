"""Collects the texts to be translated and brings the catalogs up to date with them.

Entries are merged by context, so that no text inherits the translation of another; where two texts of one kind have the
same English, a translation of one is offered for the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Self

from briefgen.localise.labels import Label
from briefgen.model.book import Message
from briefgen.model.document import TemplateError
from briefgen.model.findings import Finding, FindingsError, Location
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
from briefgen.read.facts import partnerships, read_book, shared_ids
from briefgen.read.languages import BASE, catalog_files
from briefgen.read.workspace import Workspace
from briefgen.render.html import labels_used
from briefgen.tools.divide_catalogs import Texts, divide
from briefgen.tools.known_translations import KnownTranslations


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How much of a catalog is translated; a fuzzy translation does not count."""

    translated: int
    fuzzy: int
    missing: int
    words_left: int

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
    files = {code: _Files.of(workspace, code, texts) for code in codes}
    catalogs = read_catalogs(chain.from_iterable(map(_Files.every, files.values())), workspace.root)
    updates: list[Update] = []
    for code, each in files.items():
        updates += _label_updates(code, each, labels, catalogs)
        updates += _text_updates(code, each, texts, catalogs, whole=not faults)
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
        try:
            texts[path.stem] = tuple(read_book(workspace, path).messages())
        except FindingsError as error:
            faults += error.findings
    if not texts:
        raise FindingsError(faults)
    return texts, tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """The catalogs of a language: two of labels, the workspace's own and the shipped one, and those of texts."""

    labels: Path
    shipped: Path
    shared: Path
    own: Mapping[str, Path]
    """By partnership; empty where the shared one is that of the only partnership."""

    @classmethod
    def of(cls, workspace: Workspace, code: str, names: Iterable[str]) -> Self:
        facts = {path.stem: path for path in partnerships(workspace)}
        shared, *_ = catalog_files(workspace, None, code)
        found = {name: catalog_files(workspace, facts[name], code)[0] for name in names}
        return cls(
            labels=workspace.root / "templates" / "locale" / f"{code}.po",
            shipped=workspace.template_folders[-1] / "locale" / f"{code}.po",
            shared=shared,
            own={name: path for name, path in found.items() if path != shared},
        )

    def every(self) -> tuple[Path, ...]:
        return (self.labels, self.shipped, self.shared, *self.own.values())


def _label_updates(
    code: str, files: _Files, labels: tuple[Message, ...], catalogs: Mapping[Path, Catalog]
) -> Iterator[Update]:
    own = catalogs[files.labels]
    shipped = None if files.labels.resolve() == files.shipped.resolve() else catalogs[files.shipped]
    wanted = own_labels(labels, own, shipped)
    if wanted or own.entries:
        text, progress = merge(own, code, wanted)
        yield Update(path=files.labels, text=text, progress=progress)


def _text_updates(
    code: str, files: _Files, texts: Texts, catalogs: Mapping[Path, Catalog], *, whole: bool
) -> Iterator[Update]:
    """Yield the shared catalog of texts and the partnerships' own; the former only if all facts could be read."""
    before = catalogs[files.shared]
    divided = divide(before, {name: texts[name] for name in files.own}, whole=whole) if files.own else None
    common = divided.texts if divided else tuple(chain.from_iterable(texts.values()))
    merged = {files.shared: _Merged.of(divided.shared if divided else before, common)}
    for name, path in files.own.items():
        if divided:
            catalog = divided.with_given(catalogs[path], name)
            merged[path] = _Merged.of(catalog, divided.own_texts(catalog, texts[name]))
    known = KnownTranslations(entry for each in merged.values() for entry in each.live)
    filled = {path: replace(each, live=tuple(map(known.filled, each.live))) for path, each in merged.items()}
    shared = filled[files.shared]
    if (shared.live or before.entries) and whole:
        yield Update(path=files.shared, text=shared.text(code), progress=_progress(shared.live))
    for name, path in files.own.items():
        own, contexts = filled[path], {text.context for text in texts[name]}
        others = contexts - {entry.msgctxt for entry in own.live}
        live = (*own.live, *(entry for entry in shared.live if entry.msgctxt in others))
        text = own.text(code) if own.live or catalogs[path].entries else ""
        yield Update(path=path, text=text, progress=_progress(live))


def all_labels(workspace: Workspace) -> tuple[Message, ...]:
    """Return the labels of Label and of all templates, each with the first template that uses it."""
    used: dict[str, str] = {}
    try:
        for path, _, label in labels_used(workspace.template_folders):
            folder = next(folder for folder in workspace.template_folders if path.is_relative_to(folder))
            used.setdefault(label, f"templates/{path.relative_to(folder)}")
    except TemplateError as error:
        raise FindingsError.of(Location(error.file, error.line), "R401", error.message, error.hint) from None
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
    return _merged(catalog, texts)[0]


def merge(catalog: Catalog, language: str, texts: Iterable[Message]) -> tuple[str, Progress]:
    """Return the text of the catalog brought up to date with these texts, and how much of it is translated.

    A translation stays with its context (a label's with its English). If the English has changed it becomes fuzzy, and
    the previous English is kept for the translator to compare. What belongs to no text becomes obsolete, and is used
    again when its text comes back. A second translation of the same text is kept as a comment. Merging the same texts
    again changes nothing.
    """
    merged = _Merged.of(catalog, texts)
    return merged.text(language), _progress(merged.live)


def machine_translated(language: str, texts: Iterable[Message], translate: Callable[[str], str]) -> str:
    """Return the text of a new catalog with the translations that a function makes."""
    live, _ = _merged(Catalog(), texts)
    for entry in live:
        entry.msgstr = translate(entry.msgid)
    return catalog_text(Catalog(header=completed_header(CatalogEntry(), language), entries=live))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged:
    """A catalog as it was, with a live entry for each text as it is now, and the obsolete entries."""

    catalog: Catalog
    live: tuple[CatalogEntry, ...]
    obsolete: tuple[CatalogEntry, ...]

    @classmethod
    def of(cls, catalog: Catalog, texts: Iterable[Message]) -> Self:
        live, obsolete = _merged(catalog, texts)
        return cls(catalog=catalog, live=live, obsolete=obsolete)

    def text(self, language: str) -> str:
        header = completed_header(self.catalog.header, language)
        return catalog_text(replace(self.catalog, header=header, entries=(*self.live, *self.obsolete)))


def _merged(catalog: Catalog, texts: Iterable[Message]) -> tuple[tuple[CatalogEntry, ...], tuple[CatalogEntry, ...]]:
    """Return a live entry for each text, and the obsolete entries; as in gettext, msgctxt and msgid are unique."""
    candidates: dict[tuple[str, str], list[CatalogEntry]] = {}
    for entry in catalog.entries:
        if not entry.msgid_plural:
            candidates.setdefault(key(entry), []).append(entry)
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
    return every[:live], every[live:]


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


def _progress(entries: Sequence[CatalogEntry]) -> Progress:
    left = [entry for entry in entries if not is_done(entry)]
    fuzzy = sum(entry.fuzzy for entry in left)
    return Progress(
        translated=len(entries) - len(left),
        fuzzy=fuzzy,
        missing=len(left) - fuzzy,
        words_left=sum(len(entry.msgid.split()) for entry in left),
    )
