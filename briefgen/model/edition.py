"""The manifest of an edition: what it is, what it rests on, and the sha256 of each of its files."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
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


class Clearance(StrEnum):
    """What the settings ask for."""

    OFF = "off"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """Who answers for what an edition says, and since when."""

    by: str
    on: date


FEWEST_KEPT = 3
"""The newest edition, and the two before it that its corrections are told from."""


MANIFEST = "manifest.json"
"""Its name in an edition's folder; it is not among its own `files`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What an edition says of itself; what has a default may be absent, as programs before this one left it out."""

    partnership: str
    edition: int | None
    """None: a reconstruction, or a part."""
    revision: int
    as_of: date
    public_date: date
    """The day readers are told: of the last edition that was not minor. Absent: the same as `as_of`."""
    major: bool = True
    """Whether readers need to be told what changed since the edition before."""
    draft: bool = False
    """Whether it awaits clearance."""
    since: int | None = None
    """The edition that it tells changes of; None: the one before."""
    next_change: date | None
    """The next day on which something changes by itself; None: nothing will."""
    facts: int
    """How many facts it tells."""
    facts_sha256: str
    """Of all that the briefing says; with another one it is another edition."""
    look_sha256: str
    """Of all that shapes the documents besides; with another one it is a revision."""
    inputs_sha256: str = ""
    """Of every file it was made from; while it is the same, none of them needs to be read."""
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    briefgen: str
    """The version of the program."""
    facts_file: str = ""
    """The file or folder in `facts/` that it tells."""
    files: Mapping[str, str]
    """The sha256 of each file by its name, in the order of the names."""

    @property
    def name(self) -> str:
        """As people call it: 7, or 7r2 for its second revision; empty for what is no edition."""
        if self.edition is None:
            return ""
        return f"{self.edition}r{self.revision}" if self.revision > 1 else str(self.edition)

    @property
    def folder_name(self) -> str:
        """Of the folder an edition stands in: 2026-11-21-7r2; empty for what is no edition."""
        return f"{self.as_of}-{self.name}" if self.name else ""

    def to_json(self) -> str:
        """The text of its file."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, default=str) + "\n"


def read_manifest(text: str) -> Manifest:
    """A manifest that this program or an older one wrote; ValueError says why it is none."""
    said = json.loads(text)
    if not isinstance(said, dict):
        raise ValueError("no manifest: it holds no keys")
    said.setdefault("public_date", said.get("as_of"))
    given = {
        each.name: _typed_manifest(each.name, each.type, said[each.name])
        for each in fields(Manifest)
        if each.name in said
    }
    try:
        return Manifest(**given)
    except TypeError as error:
        raise ValueError(f"no manifest: {error}") from None


def _typed_manifest(key: str, kind: Any, value: object) -> Any:
    """The value as its field has it; ValueError where it is of another type."""
    try:
        return _READ[kind](value)
    except (ValueError, TypeError):
        raise ValueError(f"no manifest: '{key}' is {value!r}") from None


def _text(value: object) -> str:
    return value if isinstance(value, str) else _refuse_manifest()


def _flag(value: object) -> bool:
    return value if isinstance(value, bool) else _refuse_manifest()


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else _refuse_manifest()


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _words(value: object) -> tuple[str, ...]:
    return tuple(_text(each) for each in value) if isinstance(value, list) else _refuse_manifest()


def _files(value: object) -> Mapping[str, str]:
    """Names of files that lie in the edition's folder itself, never elsewhere."""
    if not isinstance(value, dict) or not all(name.strip(".") and "/" not in name for name in value):
        _refuse_manifest()
    return {name: _text(digest) for name, digest in value.items()}


def _refuse_manifest() -> NoReturn:
    raise ValueError


_READ: Mapping[Any, Callable[[Any], object]] = {
    str: _text,
    bool: _flag,
    int: _number,
    int | None: lambda value: None if value is None else _number(value),
    date: _day,
    date | None: lambda value: None if value is None else _day(value),
    tuple[str, ...]: _words,
    Mapping[str, str]: _files,
}
