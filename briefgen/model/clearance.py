"""Whether an edition needs somebody's clearance, and who gave it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Clearance(StrEnum):
    """What the settings ask for."""

    OFF = "off"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """Who answers for what an edition says, and since when."""

    by: str
    on: date
