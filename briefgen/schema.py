"""The JSON Schemas of facts files and of look.yaml, by which editors complete and check."""

import json
from pathlib import Path

from briefgen.model.book import FactFile
from briefgen.model.look import LookFile
from briefgen.shape import json_schema

LOOK_SCHEMA = "look.schema.json"


def schema_text(kind: type = FactFile) -> str:
    """The schema as the file `facts/schema.json` has it; of LookFile, as `templates/look.schema.json` has it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema(kind)}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def write_schema(path: Path) -> None:
    """Write that of facts files; OSError where that fails."""
    path.write_text(schema_text(), encoding="utf-8")


def write_look_schema(path: Path) -> None:
    """Write that of look.yaml; OSError where that fails."""
    path.write_text(schema_text(LookFile), encoding="utf-8")
