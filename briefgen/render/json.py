"""Briefing -> JSON, and back: every known fact with its status and values, for programs and for comparing editions."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.changes.snapshot import Data, Facts, as_data, take_snapshot
from briefgen.model.briefing import Briefing
from briefgen.model.document import Document
from briefgen.model.edition import EditionInfo
from briefgen.model.typed_json import convert

FILE = "briefing.json"
HEAD = "edition"
"""The key of the edition that the file belongs to; all other keys are the data."""


def briefing_data(briefing: Briefing) -> dict[str, Any]:
    """Return the briefing as plain data; it does not depend on the day where what is said does not."""
    file = briefing.book.file
    return {
        "partnership": file.partnership.id,
        "parties": {id: party.name for id, party in file.parties.items()},
        "facts": list(facts_of(briefing).values()),
        "headlines": [{"id": each.id, "role": each.role.value, "text": each.text} for each in briefing.headlines],
        "sources": {
            id: {"published": str(source.published.date), "sha256": source.sha256}
            for id, source in briefing.book.sources.items()
            if source.known_from <= briefing.day
        },
        "past_review": {"facts": len(briefing.past_review), "of": len(briefing.ageing)},
    }


def facts_of(briefing: Briefing) -> Facts:
    """Return what the briefing says of each fact, by id, in the order of the facts file."""
    return {id: as_data(each) for id, each in take_snapshot(briefing).items()}


def facts_hash(briefing: Briefing) -> str:
    """Return the sha256 of all that the briefing says; it changes when a fact or a status does."""
    return _hash(briefing_data(briefing))


def _hash(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def render(briefing: Briefing, info: EditionInfo) -> Document:
    """Return the briefing as a file of the edition."""
    data = {HEAD: info.to_data(), **briefing_data(briefing)}
    text = json.dumps(data, indent=2, ensure_ascii=False, default=str) + "\n"
    return Document(name=FILE, content=text.encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a file says of itself, and the data that it holds."""

    info: EditionInfo
    partnership: str
    facts: Facts
    facts_sha256: str
    """Of the data in the file; where it differs from `info`'s, somebody has changed them."""

    @property
    def unaltered(self) -> bool:
        """Whether the data are those that were published."""
        return self.facts_sha256 == self.info.facts_sha256


def read(text: str) -> Contents:
    """Return the contents of a file that this program wrote; ValueError says why `text` is none."""
    try:
        data = json.loads(text)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    if not isinstance(data, dict) or not isinstance(data.get("partnership"), str):
        raise ValueError("it holds no briefing")
    try:
        info = convert(EditionInfo, data.pop(HEAD, None))
    except ValueError:
        raise ValueError("it does not say which edition it belongs to") from None
    try:
        facts = {fact["id"]: fact for fact in data["facts"]}
    except (KeyError, TypeError):
        raise ValueError("it holds no facts") from None
    return Contents(info=info, partnership=data["partnership"], facts=facts, facts_sha256=_hash(data))


def read_facts(text: str) -> Facts:
    """Return what an edition's file says of each fact, by id; ValueError or KeyError where it is no such file."""
    facts: list[Data] = json.loads(text)["facts"]
    return {fact["id"]: fact for fact in facts}
