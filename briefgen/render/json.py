"""The JSON files of an edition: briefing.json with every known fact, changes.json with what changed since the last."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from briefgen.changes import Changes, ChangeSheet, Facts, as_data, take_snapshot
from briefgen.localise.language import Language
from briefgen.localise.records import VERSION, BriefingFile, contexts_of, names, records
from briefgen.model.briefing import Briefing
from briefgen.model.document import RenderedFile
from briefgen.model.edition import CHANGES, EditionInfo
from briefgen.model.remember import remembered
from briefgen.model.typed_json import convert, json_schema, load_json, write_json

FILE, SCHEMA_FILE = "briefing.json", "briefing.schema.json"
HEAD = "edition"
"""The key of the edition that a briefing.json belongs to."""
_TOLD = ("$schema", "version", "names", "records")
"""The keys of what is told of the data in each language; all other keys but HEAD are the data that the hash covers."""


@remembered(8)
def render(briefing: Briefing, info: EditionInfo, languages: tuple[Language, ...]) -> RenderedFile:
    """Return briefing.json with the texts in these languages."""
    contexts = contexts_of(briefing, languages)
    told = {"names": names(contexts), "records": tuple(records(briefing, contexts))}
    head = {"$schema": SCHEMA_FILE, "version": VERSION, HEAD: info.to_data()}
    return _document(FILE, {**head, **briefing_data(briefing), **told})


@cache
def render_schema() -> RenderedFile:
    """Return the JSON Schema of briefing.json (draft 2020-12)."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": f"briefing.json, version {VERSION}"}
    return _document(SCHEMA_FILE, {**schema, **json_schema(BriefingFile)})


def briefing_data(briefing: Briefing) -> dict[str, Any]:
    """Return the briefing as plain data; it is the same on every day on which its content is the same."""
    file = briefing.book.file
    return {
        "partnership": file.partnership.id,
        "parties": {id: party.name for id, party in file.parties.items()},
        **({"bodies": {id: body.name for id, body in file.bodies.items()}} if file.bodies else {}),
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
    """Return the facts as plain data by id, in the order of the facts file."""
    return {id: as_data(each) for id, each in take_snapshot(briefing).items()}


@remembered(8)
def facts_hash(briefing: Briefing) -> str:
    """Return the sha256 of the briefing's data; it changes when a fact or a status does."""
    return _hash(briefing_data(briefing))


def render_changes(sheet: ChangeSheet, changes: Changes | None) -> RenderedFile:
    """Return changes.json: rows for readers and a patch for programs; `changes` is None for a first edition."""
    data = {
        "edition": sheet.edition,
        "since": sheet.since,
        "major": changes.major if changes else True,
        "changes": [each.to_data() for each in changes.rows] if changes else [],
        "facts_before_sha256": sheet.before_sha256,
        "facts_after_sha256": sheet.after_sha256,
        "patch": sheet.patch,
    }
    return _document(CHANGES, data)


def titles_in(text: str) -> Mapping[str, str]:
    """Return the title of the partnership of a briefing.json by language; nothing where `text` tells none."""
    try:
        data = load_json(text)
        return {str(code): str(names[data["partnership"]]) for code, names in data["names"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def _document(name: str, data: Mapping[str, Any]) -> RenderedFile:
    return RenderedFile(name=name, content=f"{write_json(data)}\n".encode())


def _hash(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(data, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a briefing.json holds."""

    info: EditionInfo
    partnership: str
    parties: frozenset[str]
    """Their ids; two workspaces may have partnerships of one id, but between others."""
    facts: Facts
    facts_sha256: str
    """Of the data in the file; if it differs from that in `info`, the data were altered."""

    @property
    def unaltered(self) -> bool:
        """Whether the data are those that were published."""
        return self.facts_sha256 == self.info.facts_sha256


def read(text: str) -> Contents:
    """Return the contents of a briefing.json; ValueError: `text` is none, and why."""
    data = load_json(text)
    if not isinstance(data, dict) or not isinstance(data.get("partnership"), str):
        raise ValueError("it holds no briefing")
    try:
        info = convert(EditionInfo, data.pop(HEAD, None))
    except ValueError:
        raise ValueError("it does not say which edition it belongs to") from None
    for key in _TOLD:
        data.pop(key, None)
    try:
        facts = {fact["id"]: fact for fact in data["facts"]}
    except (KeyError, TypeError):
        raise ValueError("it holds no facts") from None
    return Contents(
        info=info,
        partnership=data["partnership"],
        parties=frozenset(data["parties"]) if isinstance(data.get("parties"), dict) else frozenset(),
        facts=facts,
        facts_sha256=_hash(data),
    )


def read_facts(text: str) -> Facts:
    """Return the facts of a briefing.json by id; ValueError, KeyError or TypeError: `text` is none."""
    return {fact["id"]: fact for fact in load_json(text)["facts"]}
