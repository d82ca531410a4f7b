"""Collects the texts to be translated and brings the catalogs up to date with them.

Entries are merged by context, so that no text inherits the translation of another.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from briefgen.localise.labels import Label
from briefgen.model.book import Message
from briefgen.model.document import TemplateError
from briefgen.model.findings import FindingsError, Location
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
from briefgen.read.facts import partnerships, read_book
from briefgen.read.languages import BASE
from briefgen.read.workspace import Workspace
from briefgen.render.html import labels_used


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
        total = self.translated + self.fuzzy + self.missing
        return 100 * self.translated // total if total else 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A catalog brought up to date: its file, the new text, and how much of it is translated."""

    path: Path
    text: str
    progress: Progress


def catalog_updates(workspace: Workspace) -> tuple[Update, ...]:
    """Return every catalog of the workspace brought up to date; write nothing.

    FindingsError if facts, templates or catalogs cannot be read.
    """
    texts, labels = tuple(all_texts(workspace)), all_labels(workspace)
    folders = (workspace.root / "templates", workspace.template_folders[-1], workspace.facts)
    codes = [code for code in workspace.settings.languages if code != BASE]
    files = {code: [folder / "locale" / f"{code}.po" for folder in folders] for code in codes}
    catalogs = read_catalogs(chain.from_iterable(files.values()), workspace.root)
    updates = []
    for code, (own, shipped, facts) in files.items():
        shipped_labels = None if own.resolve() == shipped.resolve() else catalogs[shipped]
        for path, wanted in ((own, own_labels(labels, catalogs[own], shipped_labels)), (facts, texts)):
            if wanted or catalogs[path].entries:
                text, progress = merge(catalogs[path], code, wanted)
                updates.append(Update(path=path, text=text, progress=progress))
    return tuple(updates)


def all_texts(workspace: Workspace) -> Iterator[Message]:
    """Yield the texts of all partnerships; those of records that several share come once."""
    seen: set[str] = set()
    for path in partnerships(workspace):
        messages = tuple(read_book(workspace, path).messages())
        yield from (message for message in messages if message.context not in seen)
        seen |= {message.context for message in messages}


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
    live, obsolete = _merged(catalog, texts)
    updated = replace(catalog, header=completed_header(catalog.header, language), entries=(*live, *obsolete))
    return catalog_text(updated), _progress(live)


def machine_translated(language: str, texts: Iterable[Message], translate: Callable[[str], str]) -> str:
    """Return the text of a new catalog with the translations that a function makes."""
    live, _ = _merged(Catalog(), texts)
    for entry in live:
        entry.msgstr = translate(entry.msgid)
    return catalog_text(Catalog(header=completed_header(CatalogEntry(), language), entries=live))


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
