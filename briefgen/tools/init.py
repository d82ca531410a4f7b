"""Makes a new workspace with sample facts that builds at once."""

import re
import shutil
import unicodedata
from contextlib import suppress
from pathlib import Path

from briefgen.model.book import FactFile
from briefgen.model.findings import FindingsError
from briefgen.model.quantities import parse_id
from briefgen.read.paths import BACKUP, shipped_templates
from briefgen.read.validate import schema_text

_SAMPLE = "sample"


def id_for(name: str) -> str:
    """Return the id of a partnership for the name of its workspace: two workspaces with one id could be mixed up."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    id = "-".join(re.findall("[a-z0-9]+", plain))
    try:
        return parse_id(id)
    except ValueError:  # of no letter that an id may have, too long, or no name of a file on every system
        return _SAMPLE


def make_workspace(folder: Path, id: str = _SAMPLE) -> tuple[Path, ...]:
    """Copy the starter into a new or empty folder and return its files; FindingsError if that is not possible.

    The facts, and their partnership, are called by the id.
    """
    existed = False
    try:
        existed = folder.exists()
        if existed and any(folder.iterdir()):
            raise FindingsError.of(str(folder), "W006", "exists already and is not empty", "choose another name")
        for name in ("out", "templates", "facts/locale", "seeds"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        starter = shipped_templates() / "starter"
        for path in (path for path in sorted(starter.rglob("*")) if path.is_file()):
            copy = folder / path.relative_to(starter)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)  # with the rights of a new file: an installed program may be read-only
        facts = folder / "facts" / f"{_SAMPLE}.yaml"
        text = facts.read_text(encoding="utf-8").replace(f"{{id: {_SAMPLE},", f"{{id: {id},", 1)
        facts.unlink()
        facts.with_name(f"{id}.yaml").write_text(text, encoding="utf-8")
        (folder / ".gitignore").write_text(f"out/\nseeds/originals/\n{BACKUP}/\n", encoding="utf-8")
        (folder / "facts" / "schema.json").write_text(schema_text(FactFile), encoding="utf-8")
    except OSError as error:
        with suppress(OSError):  # half a workspace would be in the way of the next try
            for path in tuple(folder.iterdir()) if existed else (folder,):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        raise FindingsError.of(str(folder), "P504", f"cannot be made: {error.strerror or error}") from None
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
