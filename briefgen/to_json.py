"""Briefing -> JSON: every known fact with its status and values, for machines and for comparing editions."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from briefgen.changes import Published
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.page import Document

FILE = "briefing.json"


def briefing_data(briefing: Briefing) -> dict[str, Any]:
    """The briefing as plain data; two briefings that say the same give the same data, whatever the day."""
    file = briefing.book.file
    return {
        "partnership": file.partnership.id,
        "parties": {id: party.name for id, party in file.parties.items()},
        "facts": [_fact(item) for item in briefing.items.values()],
        "headlines": [{"id": each.id, "role": each.role.value, "text": each.text} for each in briefing.headlines],
        "sources": {
            id: {"published": str(source.published.date), "sha256": source.sha256}
            for id, source in briefing.book.sources.items()
            if source.known_from <= briefing.day
        },
    }


def facts_hash(briefing: Briefing) -> str:
    """The sha256 of all that the briefing says; it changes when a fact or a status does."""
    text = json.dumps(briefing_data(briefing), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def render(briefing: Briefing) -> Document:
    """The briefing as a file of the edition."""
    text = json.dumps(briefing_data(briefing), indent=2, ensure_ascii=False) + "\n"
    return Document(name=FILE, content=text.encode())


def read(text: str) -> Mapping[str, Published]:
    """What an earlier edition's file says of each fact; ValueError or KeyError where it is none of ours."""
    return {fact["id"]: _published(fact) for fact in json.loads(text)["facts"]}


def _published(fact: Mapping[str, Any]) -> Published:
    wording = (fact["text"], *fact["by"], fact["speaker"], *fact["to"], fact["act"], fact["on"])
    return Published(
        id=fact["id"], status=fact["status"], values=fact["values"], cites=tuple(fact["cites"]), wording=wording
    )


def _fact(item: Assessed) -> dict[str, Any]:
    fact = item.fact
    return {
        "id": fact.id,
        "kind": fact.kind,
        "theme": fact.theme,
        "text": fact.text,
        "by": list(fact.by),
        "speaker": fact.speaker,
        "to": list(fact.to),
        "act": fact.act.value,
        "on": str(fact.on) if fact.on else "",
        "status": item.status.value,
        "superseded_by": item.superseded_by,
        "became": item.became.value if item.became else "",
        "values": {name: str(value.value) for name, value in item.values.items()},
        "cites": [str(cite) for cite in item.cites],
    }
