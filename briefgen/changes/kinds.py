"""The words for what happened to a fact between two editions, and whether readers must be told of it."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to a fact between two editions, in the order in which it is told; corrections come first."""

    CORRECTED = "corrected"
    """No new source document: what we said of the known ones was wrong."""
    NEW = "new"
    UPDATED = "updated"
    """Another value, or another who, to whom and with which act."""
    STATUS = "status changed"
    """The world changed it, or a source that reports it."""
    WITHDRAWN = "withdrawn"
    """It lapsed, or a source says that it was taken back."""
    REMOVED = "removed"
    """It is there no more. Nothing is ever deleted, so this is told where it happens all the same."""
    TIME = "time passed"
    """Every date is the same: only the day is another."""
    SOURCE = "source changed"
    """It says the same and rests on other lines."""
    REWORDED = "reworded"
    """The same in other words."""


MINOR = frozenset({ChangeKind.SOURCE, ChangeKind.REWORDED})
"""An edition with nothing but these keeps the date that its readers know."""
