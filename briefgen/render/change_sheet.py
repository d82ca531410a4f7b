"""Changes -> changes.json: the rows that readers are told, and the patch that programs apply."""

import json
from collections.abc import Iterable
from typing import Any

from briefgen.changes.compare import Change, Changes
from briefgen.changes.patch import Sheet
from briefgen.model.document import Document

FILE = "changes.json"


def render(sheet: Sheet, changes: Changes | None) -> Document:
    """Return the change sheet as a file of the edition; `changes` is None for a first edition."""
    data = {
        "edition": sheet.edition,
        "since": sheet.since,
        "major": changes.major if changes else True,
        "changes": rows(changes.rows) if changes else [],
        "facts_before_sha256": sheet.before_sha256,
        "facts_after_sha256": sheet.after_sha256,
        "patch": sheet.patch,
    }
    text = json.dumps(data, indent=2, ensure_ascii=False) + "\n"
    return Document(name=FILE, content=text.encode())


def rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return each change as plain data: its kind, the fact with text, values and citations, old and new values."""
    return [_row(row) for row in changes]


def _row(row: Change) -> dict[str, Any]:
    return {
        "kind": row.kind.value,
        "fact": row.fact,
        "text": row.snapshot.text,
        "values": dict(row.snapshot.values),
        "old": [str(value) for value in row.old],
        "new": [str(value) for value in row.new],
        "told_in": row.first_reported_in,
        "cites": list(row.snapshot.cites),
    }
