"""What parties are said to be: their language decides in which editions they come first."""

from collections.abc import Iterator

from briefgen.localise.cldr import language_of, locale
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, Severity


def unknown_languages(book: FactBook) -> Iterator[Finding]:
    """C131: CLDR knows no language of that code, so that the party comes first in no edition."""
    for id, party in book.file.parties.items():
        try:
            locale(party.language or "en")
        except ValueError:
            message = f"there is no language '{party.language}', so that no edition has this party first"
            meant = language_of(party.language)
            hint = f"did you mean '{meant}'?" if meant else "write its code of two or three letters, such as fr"
            yield Finding(book.locate(("parties", id, "language")), "C131", message, Severity.WARNING, hint=hint)
