"""The JSON Schemas by which editors complete and explain keys: of facts, records, settings, look and languages."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from briefgen.localise.language_file import LanguageFile
from briefgen.model.book import FactFile
from briefgen.model.look import LookFile
from briefgen.model.records import Source
from briefgen.publish.atomic import replace_file
from briefgen.read.paths import LOOK_SCHEMA, SETTINGS_FILES
from briefgen.read.validate import schema_text
from briefgen.read.workspace import Settings

RECORD_SCHEMA = "seeds/schema.json"
SCHEMAS: Mapping[str, type] = {
    "facts/schema.json": FactFile,
    RECORD_SCHEMA: Source,
    "briefgen.schema.json": Settings,
    f"templates/{LOOK_SCHEMA}": LookFile,
    "templates/languages/schema.json": LanguageFile,
}
"""Each schema by its place in a workspace."""
YAML_HEADER = "# yaml-language-server: $schema=schema.json\n"
TOML_HEADER = "#:schema briefgen.schema.json\n"


def write_schemas(root: Path) -> Iterator[Path]:
    """Write the schemas into the folders that a workspace has, and yield those that are new or were another."""
    for name, kind in SCHEMAS.items():
        path = root / name
        is_wanted = (root / SETTINGS_FILES[0]).is_file() if kind is Settings else path.parent.is_dir()
        if is_wanted and replace_file(path, schema_text(kind).encode(), root):
            yield path


def header_lines() -> str:
    """Return what the first line of each kind of file must be, so that an editor finds its schema."""
    return (
        f"facts/*.yaml, seeds/*.yaml, templates/languages/*.yaml:\n  {YAML_HEADER}"
        f"templates/look.yaml:\n  # yaml-language-server: $schema={LOOK_SCHEMA}\n"
        f"briefgen.toml:\n  {TOML_HEADER}"
    )
