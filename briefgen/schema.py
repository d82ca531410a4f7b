"""The JSON Schema of facts files, by which editors complete and check."""

import json
from pathlib import Path

from briefgen.model.book import FactFile
from briefgen.shape import json_schema


def schema_text() -> str:
    """The schema as the file `facts/schema.json` has it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(FactFile)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schema(path: Path) -> None:
    """Write it; OSError where that fails."""
    path.write_text(schema_text(), encoding="utf-8")
