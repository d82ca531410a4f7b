"""What can be wrong with the days on which somebody looked at a fact again, and what is past review."""

from collections.abc import Iterator
from datetime import date

from briefgen.findings import Finding, Severity
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing


def reviews_ahead(book: FactBook, today: date) -> Iterator[Finding]:
    """C114: a review on a day that is still to come."""
    for fact in book.facts.values():
        if fact.reviewed and fact.reviewed.first > today:
            message = f"'{fact.id}' is said to have been reviewed on {fact.reviewed}, which lies ahead of {today}"
            hint = "write the day on which somebody looked at it again"
            yield Finding(book.place(fact.id, "reviewed"), "C114", message, hint=hint)


def idle_reviews(book: FactBook) -> Iterator[Finding]:
    """C115: a review before the newest source, which confirms the fact anyway."""
    for fact in book.facts.values():
        newest = max(
            (book.sources[cite.source].known_from for cite in fact.cites if cite.source in book.sources), default=None
        )
        if fact.reviewed and newest and fact.reviewed.last <= newest:
            message = f"the review on {fact.reviewed} changes nothing: a source of {newest} confirms the fact"
            hint = "take the line away, or leave it"
            yield Finding(book.place(fact.id, "reviewed"), "C115", message, Severity.NOTE, hint=hint)


def past_review(briefing: Briefing) -> tuple[Finding, ...]:
    """A604: nothing has confirmed a fact for too long; the longest unconfirmed first."""
    return tuple(
        Finding(
            briefing.book.place(item.fact.id),
            "A604",
            f"'{item.fact.id}' was last confirmed on {item.confirmed} and is past review since {item.review_due}",
            Severity.NOTE,
        )
        for item in briefing.past_review
    )
