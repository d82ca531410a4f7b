"""What may not stand in the texts of facts: a number that is no value, and what would be printed as it stands."""

import re
from collections.abc import Iterator

from briefgen.model.book import FactBook
from briefgen.model.facts import without_placeholders
from briefgen.model.findings import Finding, Severity
from briefgen.model.signs import marks_in, numbers_in


def typed_digits(book: FactBook) -> Iterator[Finding]:
    """C104: a digit is typed into prose instead of being a value."""
    terms = book.file.terms.values()
    names = {name for term in terms for name in (term.name, term.short, *term.aliases) if numbers_in(name)}
    for message in book.messages():
        if message.of[0] in ("term", "publisher", "line"):  # the figures of a line stand beside it
            continue
        bare = without_placeholders(message.text)
        for name in sorted(names, key=len, reverse=True):
            bare = bare.replace(name, " ")
        bare = _SQUARE.sub("", bare)
        if numbers_in(bare):
            word = next(word for word in bare.split() if numbers_in(word)).strip(",.;:!?()")
            hint = "make it a value and write its {name} here, or declare the proper name under 'terms'"
            yield Finding(message.location, "C104", f"the number '{word}' is typed into a text", hint=hint)


_SQUARE = re.compile("(?<=[a-z])[²³]")
"""Of a unit: km²."""


def stray_braces(book: FactBook) -> Iterator[Finding]:
    """C110: a single brace, a placeholder in a text that has no values, such as a name, or a mark of another format."""
    for message in book.messages():
        if marks := marks_in(message.text):
            hint = "write plain text: it is printed as it stands"
            yield Finding(
                message.location, "C110", f"{', '.join(sorted(marks))} would be printed as it stands", hint=hint
            )
        if {"{", "}"} & set(without_placeholders(message.text) if message.has_values else message.text):
            plain = "write it without braces; no value stands here"
            hint = "write {name} with both braces" if message.has_values else plain
            yield Finding(message.location, "C110", "a brace would be printed as it stands", hint=hint)


def long_notes(book: FactBook) -> Iterator[Finding]:
    """C128: a note has more words than its place on the page is for."""
    for fact in book.facts.values():
        if len(words := fact.note.split()) > _MOST_WORDS:
            message = f"the note has {len(words)} words; the most is {_MOST_WORDS}"
            yield Finding(book.location(fact.id, "note"), "C128", message, Severity.WARNING, hint="shorten it")


_MOST_WORDS = 20
