"""The rows of the list of facts past review."""

from dataclasses import dataclass

from briefgen.model.pieces import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFact:
    """A fact past review in the list of them."""

    id: str
    text: Prose
    confirmed: str
    """The day of the newest source or review, in table form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleKind:
    """How much of a kind of fact is past review; `oldest` is the month of its oldest confirmation."""

    title: str
    share: str
    """"3 of 7"."""
    oldest: str
    facts: tuple[StaleFact, ...]
    """The longest unconfirmed first."""
