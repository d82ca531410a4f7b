"""What a file of ours says of the edition it belongs to, for whoever holds nothing but the file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")

NAME_KEY = "BriefgenName"
"""The key of a PDF's document information under which its own name stands: full-briefing.ko.pdf."""


class Making(StrEnum):
    """What was made."""

    EDITION = "edition"
    RECONSTRUCTION = "reconstruction"
    """Only what was known on another day."""
    PART = "part"
    """Some documents, languages or formats only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Which edition, of which day, of which facts."""

    making: Making
    edition: int | None
    """None for what is no edition."""
    revision: int
    as_of: date
    public_date: date
    """The day readers are told."""
    draft: bool
    """Whether it was made before it was cleared."""
    facts_sha256: str
    """Of all that the briefing says."""
    briefgen: str
    """The version of the program."""

    @property
    def name(self) -> str:
        """As people call it: edition 7, edition 7r2, reconstruction as of 2022-03-01, part of 2026-11-21."""
        match self.making:
            case Making.EDITION:
                return f"edition {self.edition}" + (f"r{self.revision}" if self.revision > 1 else "")
            case Making.RECONSTRUCTION:
                return f"reconstruction as of {self.as_of}"
            case Making.PART:
                return f"part of {self.as_of}"


def read_head(data: object) -> Head:
    """A head from plain data, as JSON has it; ValueError where it is none."""
    try:
        return _read(data) if isinstance(data, Mapping) else _refuse()
    except (KeyError, TypeError, ValueError):
        raise ValueError("it does not say which edition it belongs to") from None


def _read(data: Mapping[str, Any]) -> Head:
    edition = data["edition"]
    return Head(
        making=Making(data["making"]),
        edition=edition if edition is None else _typed(edition, int),
        revision=_typed(data["revision"], int),
        as_of=date.fromisoformat(data["as_of"]),
        public_date=date.fromisoformat(data["public_date"]),
        draft=_typed(data["draft"], bool),
        facts_sha256=_typed(data["facts_sha256"], str),
        briefgen=_typed(data["briefgen"], str),
    )


def _typed(value: object, kind: type[T]) -> T:
    return value if isinstance(value, kind) else _refuse()


def _refuse() -> NoReturn:
    raise ValueError
