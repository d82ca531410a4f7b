"""The names of parties, people, bodies and terms as a language prints them."""

from collections.abc import Mapping

from briefgen.localise.language import Language
from briefgen.model.book import Body, FactBook, Party


def names_in(book: FactBook, language: Language) -> Mapping[str, str]:
    """Every printed name in a language, by id."""
    file, text = book.file, language.text_or_english
    return {
        **{id: text(f"term {id} name", term.name) for id, term in file.terms.items()},
        **{id: text(f"body {id}", body.name) for id, body in file.bodies.items()},
        **{id: text(f"person {id}", person.name) for id, person in file.people.items()},
        **{id: text(f"party {id} name", party.name) for id, party in file.parties.items()},
    }


def names_within(book: FactBook, language: Language) -> Mapping[str, str]:
    """The names of parties and bodies as they stand within a sentence, where that is otherwise: the European Union."""
    named: Mapping[str, Mapping[str, Party | Body]] = {"party": book.file.parties, "body": book.file.bodies}
    worded = {
        id: language.text(f"{kind} {id} within", each.within)
        for kind, entries in named.items()
        for id, each in entries.items()
        if each.within
    }
    return {id: text for id, text in worded.items() if text}
