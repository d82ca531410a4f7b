"""Makes a new workspace with sample facts that builds at once."""

import shutil
from pathlib import Path

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.schema import write_schema
from briefgen.workspace import shipped_templates


def make_workspace(folder: Path) -> tuple[Path, ...]:
    """Copy the starter into a new or empty folder and return its files; NothingToGoOnWith where it cannot."""
    try:
        if folder.exists() and any(folder.iterdir()):
            message, hint = "is there already and is not empty", "choose another name"
            raise NothingToGoOnWith([Finding(Place(str(folder)), "W006", message, hint=hint)])
        shutil.copytree(shipped_templates() / "starter", folder, dirs_exist_ok=True)
        for name in ("out", "templates", "facts/locale"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / ".gitignore").write_text("out/\nseeds/originals/\n", encoding="utf-8")
        write_schema(folder / "facts" / "schema.json")
    except OSError as error:
        message = f"cannot be made: {error.strerror or error}"
        raise NothingToGoOnWith([Finding(Place(str(folder)), "P504", message)]) from None
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
