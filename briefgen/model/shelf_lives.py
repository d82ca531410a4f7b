"""How long a fact of each kind counts as fresh, in days."""

from dataclasses import dataclass
from typing import ClassVar

from briefgen.model.facts import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfLives:
    """Days from the newest source, or from the last review, until a fact is past review."""

    __pydantic_config__: ClassVar = STRICT
    office: int = 90
    """Who holds an office: governments are reshuffled between two sessions of a parliament."""
    figure: int = 456
    """An indicator, from the end of its period: fifteen months, by which time the next year's figure is out."""
    statement: int = 180
    """What is said to be done about an ask or an undertaking."""
    summit: int = 90
    """Date and host of a summit ahead: people travel by them, and they are settled and moved within a quarter."""
    mechanism: int = 1095
    """That a standing channel still stands."""
    document: int = 1095
    """That a paper between the parties is still in force."""
    milestone: int = 1095
    """The level that the partnership has reached."""
