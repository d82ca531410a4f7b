"""The schema by which editors complete and check is the model's, and the committed file is current."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic.json_schema import GenerateJsonSchema

from briefgen.model.book import SECTIONS, FactFile
from briefgen.model.facts import STRICT, Act
from briefgen.read.validate import schema_text
from briefgen.tools.workspaces import SCHEMAS

from .specimens import dataclasses_in

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name != "briefgen.schema.json"])
def test_the_committed_schemas_are_current(name: str) -> None:
    """The project's own settings stand in its pyproject.toml, which has no schema of ours."""
    assert (PROJECT / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name]), "run: ./brief schema"


def test_every_schema_explains_what_its_file_may_say() -> None:
    quoted = json.loads(schema_text(SCHEMAS["seeds/schema.json"]))["$defs"]["Quoted"]["properties"]
    assert quoted.keys() == {"value", "as", "which", "of"}
    words = json.loads(schema_text(SCHEMAS["templates/languages/schema.json"]))["$defs"]["ReadingWords"]
    assert all(each.get("description") for each in words["properties"].values())
    settings = json.loads(schema_text(SCHEMAS["briefgen.schema.json"]))
    assert settings["properties"]["timezone"]["description"].startswith("The zone whose calendar day")


def test_making_it_leaves_the_settings_of_the_models_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    generate = GenerateJsonSchema.generate

    def watched(*arguments: Any, **options: Any) -> dict[str, Any]:
        seen.append(dict(STRICT))
        return generate(*arguments, **options)

    monkeypatch.setattr(GenerateJsonSchema, "generate", watched)
    before = dict(STRICT)
    schema_text(FactFile)
    assert seen == [before]


def test_an_editor_refuses_unknown_keys_and_explains_each_known_one() -> None:
    schema = json.loads(schema_text(FactFile))
    kinds = {kind.__name__ for kind in dataclasses_in(FactFile)} - {"FactFile"}
    assert kinds <= schema["$defs"].keys()
    assert all(schema["$defs"][kind]["additionalProperties"] is False for kind in kinds)
    assert schema["additionalProperties"] is False
    assert set(SECTIONS) <= schema["properties"].keys()
    due = schema["$defs"]["Value"]["properties"]
    assert due["value"]["examples"] == ["150 billion USD"]
    assert due["cite"]["description"].startswith("A figure of a line")
    assert schema["$defs"]["Act"]["enum"] == [each.value for each in Act]
