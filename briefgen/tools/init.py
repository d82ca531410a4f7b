"""Makes a new workspace with sample facts that builds at once."""

import shutil
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.read.paths import shipped_templates
from briefgen.read.validate import write_schema


def make_workspace(folder: Path) -> tuple[Path, ...]:
    """Copy the starter into a new or empty folder and return its files; FindingsError where it cannot."""
    try:
        stood = folder.exists()
        if stood and any(folder.iterdir()):
            message, hint = "is there already and is not empty", "choose another name"
            raise FindingsError([Finding(Location(str(folder)), "W006", message, hint=hint)])
    except OSError as error:
        raise _cannot_make(folder, error) from None
    try:
        _fill(folder)
    except OSError as error:
        _clear(folder, whole=not stood)
        raise _cannot_make(folder, error) from None
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _cannot_make(folder: Path, error: OSError) -> FindingsError:
    return FindingsError([Finding(Location(str(folder)), "P504", f"cannot be made: {error.strerror or error}")])


def _fill(folder: Path) -> None:
    starter = shipped_templates() / "starter"
    for name in ("out", "templates", "facts/locale", "seeds"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for path in sorted(starter.rglob("*")):
        if path.is_file():
            copy = folder / path.relative_to(starter)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)  # with the rights of a new file: an installed program may be read-only
    (folder / ".gitignore").write_text("out/\nseeds/originals/\n", encoding="utf-8")
    write_schema(folder / "facts" / "schema.json")


def _clear(folder: Path, *, whole: bool) -> None:
    """Half a workspace would be in the way of the next try."""
    made = (folder,) if whole else tuple(folder.iterdir())
    for path in made:
        shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
