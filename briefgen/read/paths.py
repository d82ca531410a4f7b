"""Where things are in a workspace; nothing here is read but the settings file that marks it."""

import re
import tomllib
from pathlib import Path
from typing import Any

from briefgen.model.findings import Finding, FindingsError, Location

SETTINGS_FILES = ("briefgen.toml", "pyproject.toml")
LOOK_FILE = "look.yaml"
EJECTED = "ejected.yaml"
"""In a workspace's templates: what each shipped file was when it was taken."""
_PACKAGE = Path(__file__).parents[1]
_SHIPPED = (_PACKAGE / "shipped", _PACKAGE.with_name("templates"))


def find_settings(start: Path) -> tuple[Path, Any]:
    """The settings file of the workspace around a folder, and its settings as they are written.

    FindingsError says what is missing or wrong.
    """
    for folder in (start, *start.parents):
        for name in SETTINGS_FILES:
            table = _settings_table(folder / name)
            if table is not None:
                return folder / name, table
    message = "no workspace here: neither this folder nor one above it has a briefgen.toml"
    hint = "go to the folder of your workspace, or make one with: briefgen init NAME"
    raise FindingsError([Finding(Location(str(start)), "W001", message, hint=hint)])


def facts_files(root: Path) -> tuple[Path, ...]:
    """The facts files of a workspace, a file or a folder of files for each partnership."""
    return tuple(path for path in sorted((root / "facts").glob("*")) if _holds_facts(path))


def clearance_record(facts: Path) -> Path:
    """Where the clearances of the partnership are recorded whose facts stand in this file or folder."""
    return facts.parent / "clearances" / f"{facts.stem}.jsonl"


def template_folders(root: Path) -> tuple[Path, ...]:
    """Own templates first, then the shipped ones; a file of the same name in the first wins."""
    own, shipped = root / "templates", shipped_templates()
    return (shipped,) if own.resolve() == shipped.resolve() or not own.is_dir() else (own, shipped)


def shipped_templates() -> Path:
    """The templates that come with the program: inside the installed package, or beside it in a checkout."""
    return next((folder for folder in _SHIPPED if folder.is_dir()), _SHIPPED[-1])


def _holds_facts(path: Path) -> bool:
    if path.is_dir():
        return path.name != "locale" and any(path.glob("*.yaml"))
    return path.suffix == ".yaml"


def _settings_table(path: Path) -> object:
    """The settings a file holds, as they are written; None where it is none of ours."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as error:
        place = _toml_location(path, str(error), text)
        raise FindingsError([Finding(place, "W002", f"cannot be read: {error}")]) from error
    except (UnicodeDecodeError, OSError) as error:
        why = (error.strerror or str(error)) if isinstance(error, OSError) else "it is no UTF-8 text"
        raise FindingsError([Finding(Location(path.name), "W002", f"cannot be read: {why}")]) from error
    if path.name == "pyproject.toml":
        tool = content.get("tool")
        return tool.get("briefgen") if isinstance(tool, dict) else None
    return content


def _toml_location(path: Path, message: str, text: str) -> Location:
    """Where the reader says, which may be the end of the file."""
    if match := re.search(r"line (\d+), column (\d+)", message):
        return Location(path.name, int(match[1]), int(match[2]))
    *before, last = text.split("\n")
    return Location(path.name, len(before) + 1, len(last) + 1)
