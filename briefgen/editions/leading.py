"""Where `latest` leads: a link, or where the file system takes none, a copy with `latest.txt` beside it."""

from pathlib import Path

from briefgen.editions.edition import EDITIONS, LATEST, read_edition
from briefgen.editions.manifest import MANIFEST

NAME = "latest.txt"


def points_to(home: Path, name: str) -> bool:
    """Whether readers see the edition in this folder, damaged or not."""
    link = home / LATEST
    if link.is_symlink():
        return str(link.readlink()) == f"{EDITIONS}/{name}"
    seen = read_edition(link)
    return seen is not None and seen.manifest.folder_name == name


def is_copy(home: Path) -> bool:
    """Whether `latest` is a copy of an edition, with nothing in it that somebody else put there."""
    folder = home / LATEST
    if folder.is_symlink() or not folder.is_dir():
        return False
    copied = read_edition(folder)
    return copied is not None and {path.name for path in folder.iterdir()} <= {MANIFEST, *copied.manifest.files}


def written_name(home: Path) -> str:
    """What `latest.txt` says; empty where there is none."""
    try:
        return (home / NAME).read_text(encoding="utf-8", errors="replace").strip().removeprefix(f"{EDITIONS}/")
    except OSError:
        return ""
