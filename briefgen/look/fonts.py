"""Fonts by their family: which ones stand in templates/fonts."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from briefgen.findings import Finding, Place, did_you_mean
from briefgen.workspace import Workspace
from briefgen.yamlfile import YamlFile

DEFAULT = "default"
_KINDS = {".ttf", ".otf"}


def font_faults(workspace: Workspace, wanted: Mapping[str, str], file: YamlFile) -> Iterator[Finding]:
    """K902: a family of which no file is in templates/fonts; or none for the languages that are not named."""
    if DEFAULT not in wanted:
        hint = "add a line 'default: Pretendard'"
        yield Finding(file.places.get(("fonts",), Place("")), "K902", "'fonts' has no default", hint=hint)
    known = tuple(sorted({family for path in _files(workspace) for family in _families(path)}))
    for code, family in wanted.items():
        if family not in known:
            message = f"no font of the family '{family}' is in templates/fonts"
            hint = did_you_mean(family, known) + "; or put its .ttf or .otf files there"
            yield Finding(file.places.get(("fonts", code), Place("")), "K902", message, hint=hint)


def _files(workspace: Workspace) -> Iterator[Path]:
    for folder in workspace.template_folders:
        yield from sorted(path for path in (folder / "fonts").glob("*") if path.suffix.lower() in _KINDS)


def _families(path: Path) -> Iterator[str]:
    """The names by which a font is asked for; none where the file is damaged, which the build would tell.

    Read from its table `name` (OpenType 1.9, names 1 and 16): the engines' own library would take longer to load than
    all the rest of a check.
    """
    try:
        with path.open("rb") as file:
            table = _table(file, b"name")
        count, start = struct.unpack_from(">2xHH", table)
        for number in range(count):
            platform, kind, length, at = struct.unpack_from(">H4xHHH", table, 6 + 12 * number)
            if kind in (1, 16):
                raw = table[start + at : start + at + length]
                yield raw.decode("mac-roman" if platform == 1 else "utf-16-be")
    except (OSError, struct.error, UnicodeDecodeError):
        return


def _table(file: BinaryIO, wanted: bytes) -> bytes:
    """One table of an OpenType file; empty where it has none."""
    (count,) = struct.unpack(">4xH6x", file.read(12))
    for tag, at, length in struct.iter_unpack(">4s4xII", file.read(16 * count)):
        if tag == wanted:
            file.seek(at)
            return file.read(length)
    return b""
