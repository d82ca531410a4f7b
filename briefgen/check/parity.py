"""Checks of finished documents: every language prints the same facts, values and statuses, and all known facts."""

from collections import Counter
from collections.abc import Iterable, Iterator

from briefgen.model.document import Document
from briefgen.model.findings import Finding, Location, Severity, plural

_NAMED = 5
"""How many of the missing facts are named."""


def differences(documents: Iterable[Document]) -> Iterator[Finding]:
    """L801: a document in one language lacks what it has in another, or prints it more often."""
    groups: dict[tuple[str, str], list[Document]] = {}
    for document in documents:  # at-a-glance.vi.pdf and at-a-glance.ko.pdf belong together
        name, _, rest = document.name.partition(".")
        groups.setdefault((name, rest.rpartition(".")[2]), []).append(document)
    for first, *others in groups.values():
        for other in others:
            yield from _compare(first, other)


def missing_facts(documents: Iterable[Document]) -> Iterator[Finding]:
    """L803: a document that must be complete neither prints a known fact nor counts it among those left out."""
    for document in documents:
        if missing := document.missing:
            named = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
            message = f"{plural(len(missing), 'fact')} neither printed nor counted: {named}"
            hint = "print them, or include parts/left-out.html, which counts what the document leaves out"
            yield Finding(Location(document.name), "L803", message, Severity.WARNING, hint=hint)


def _compare(one: Document, other: Document) -> Iterator[Finding]:
    counts = Counter(one.marks), Counter(other.marks)
    for mark in dict.fromkeys((*one.marks, *other.marks)):
        here, there = counts[0][mark], counts[1][mark]
        if here != there:
            message = f"{mark} stands {_times(here)} in {one.name} but {_times(there)} in {other.name}"
            hint = "look for what the template shows in one language only"
            yield Finding(Location(other.name), "L801", message, hint=hint)


def _times(number: int) -> str:
    return {0: "not", 1: "once", 2: "twice"}.get(number, f"{number} times")
