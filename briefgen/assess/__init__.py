"""FactBook x day -> Briefing: what was known on the day, what can be said of it then, and how fresh it is."""

from briefgen.assess.known import due_date, fact_known_from, known_from
from briefgen.assess.reviews import idle_reviews, past_review, reviews_ahead
from briefgen.assess.whole import assess

__all__ = ["assess", "due_date", "fact_known_from", "idle_reviews", "known_from", "past_review", "reviews_ahead"]
