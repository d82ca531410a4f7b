"""Every name that a template may use, from the views that it gets, and every label that a language has."""

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Union, get_args, get_origin, get_type_hints

from briefgen.localise.labels import Label
from briefgen.model.document import Listing, Sibling
from briefgen.model.findings import FindingsError, did_you_mean
from briefgen.model.look import Look
from briefgen.model.page import FactsOfKind, Page
from briefgen.read.languages import known_languages, read_languages
from briefgen.read.validate import described
from briefgen.read.workspace import Workspace


def _first_sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


_ROOTS: Mapping[str, tuple[Any, str]] = {
    "page": (Page, _first_sentence(Page.__doc__)),
    "look": (Look, _first_sentence(Look.__doc__)),
    "media": (str, "`screen` or `print`."),
    "document": (str, "The name of the document: at-a-glance."),
    "siblings": (tuple[Sibling, ...], "The same document in other formats and languages, and the other documents."),
    "listing": (Listing | None, "What the index page lists; nothing elsewhere."),
    "left_out": (tuple[FactsOfKind, ...], "The facts that the document neither prints nor counts elsewhere."),
}
"""What a template finds, with its type and what it says."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, what kind of thing it is, and what it says."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class View:
    """Names that belong together: those of a template itself, or the parts of one kind of thing."""

    name: str
    says: str
    names: tuple[Name, ...]


def views() -> tuple[View, ...]:
    """Return what a template finds, then the parts of each kind of thing that it meets, in the order it meets them."""
    met: list[type] = []
    _meet(tuple(kind for kind, _ in _ROOTS.values()), met)
    own = tuple(Name(name, _kind(kind), says) for name, (kind, says) in _ROOTS.items())
    start = View("In every template", 'and _("..."), which prints a label in the language of the page', own)
    return (start, *(View(each.__name__, _first_sentence(each.__doc__), tuple(_parts(each))) for each in met))


def matching(word: str) -> tuple[View, ...]:
    """Return the views whose name, or one of whose parts, has the word in it; FindingsError where none has."""
    sought, every = word.lower(), views()
    found = tuple(
        each for each in every if sought in each.name.lower() or any(sought in part.name for part in each.names)
    )
    if not found:
        known = {part.name for each in every for part in each.names} | {each.name for each in every}
        raise FindingsError.of("templates", "K909", f"no template has a name '{word}'", did_you_mean(word, known))
    return found


def labels(workspace: Workspace, code: str) -> Mapping[str, str]:
    """Return every label of the pages in English, with what a language has for it; empty where it has nothing."""
    from briefgen.render.html import labels_used

    known = known_languages(workspace)
    if code not in known:
        raise FindingsError.of("languages", "W005", f"there is no language '{code}'", did_you_mean(code, known))
    language = read_languages(workspace, [code])[code]
    used = {label for _, _, label in labels_used(workspace.template_folders)} | {each.value for each in Label}
    own = {each: found.text for each, found in language.labels.items()}
    return {each: own.get(each, each if language.fallback is None else "") for each in sorted(used)}


def _meet(kind: Any, met: list[type]) -> None:
    """Gather the dataclasses within a type, and within those."""
    if isinstance(kind, tuple):
        for each in kind:
            _meet(each, met)
    elif is_dataclass(kind) and isinstance(kind, type):
        if kind not in met:
            met.append(kind)
            hints = get_type_hints(kind)
            _meet(tuple(hints[each.name] for each in fields(kind)), met)
    else:
        _meet(get_args(kind), met)


def _parts(kind: type) -> Iterator[Name]:
    said: dict[str, str] = {}
    for ancestor in reversed(kind.__mro__[:-1]):  # a kind of thing has the parts of those that it is one of
        said |= described(ancestor)
    hints = get_type_hints(kind)
    for each in fields(kind):
        yield Name(each.name, _kind(hints[each.name]), " ".join(said.get(each.name, "").split()))


def _kind(kind: Any) -> str:
    """Return a type in words."""
    origin, within = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        named = [_kind(each) for each in within if each is not type(None)]
        return " or ".join(named) + (", or nothing" if type(None) in within else "")
    if origin is tuple:
        return f"list of {_kind(within[0])}" if within[-1] is Ellipsis else " and ".join(map(_kind, within))
    if within:
        return f"{_kind(within[1])} by {_kind(within[0])}"
    return _WORDS.get(kind, getattr(kind, "__name__", str(kind)))


_WORDS: Mapping[Any, str] = {str: "text", int: "number", bool: "yes or no", float: "number"}
