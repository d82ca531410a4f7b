"""Keeps what the program makes, to prove that a change of the code changes no output.

    python tests/frozen.py            builds everything anew and names each difference from tests/frozen.json (exit 1)
    python tests/frozen.py --refresh  writes tests/frozen.json

The shipped and the starter workspace are built as of five days, one edition after the other, and one day once more as
a reconstruction: every document in en, vi and ko, the data, the change sheets, the calendars. Of each file the sha256
is kept, of a PDF also those of its pixels, its text and its tags, which must hold where bytes may change; and the
help of every command. Manifests are left out: they name hashes of the inputs. It takes some three minutes on two cores.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from conftest import PROJECT, Direct, request_for

from briefgen.build import build
from briefgen.cli.app import cli
from briefgen.tools.init import make_workspace

KEPT = Path(__file__).with_name("frozen.json")
LANGUAGES = ("en", "vi", "ko")
DAYS = {
    "shipped": ("2022-03-01", "2023-12-01", "2024-07-01", "2025-09-01", "2026-11-21"),
    "starter": ("2026-03-05", "2026-06-30", "2027-05-01", "2028-12-31", "2031-01-01"),
}

Kept = dict[str, dict[str, str]]


def _sha256(data: bytes | str) -> str:
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _workspace(name: str, folder: Path) -> Path:
    if name == "starter":
        make_workspace(folder)
        return folder
    for part in ("facts", "seeds", "templates"):
        shutil.copytree(PROJECT / part, folder / part)
    shutil.copy(PROJECT / "pyproject.toml", folder)
    return folder


def _build(name: str, folder: Path, days: tuple[str, ...]) -> None:
    """Editions of all the days, then the second of them as a reconstruction."""
    workspace = _workspace(name, folder)
    for text in days:
        day = date.fromisoformat(text)
        build(request_for(workspace, day, day, languages=LANGUAGES), Direct())
    past, today = date.fromisoformat(days[1]), date.fromisoformat(days[-1])
    build(request_for(workspace, past, today, languages=LANGUAGES), Direct())


def _of_pdf(path: Path) -> dict[str, str]:
    pages = pypdfium2.PdfDocument(path)
    pixels = [bytes(page.render(scale=1).buffer) for page in pages]
    text = [page.get_textpage().get_text_bounded() for page in pages]
    with pikepdf.open(path) as pdf:
        tags = "\n".join(_tags(pdf.Root.StructTreeRoot.K, 0))
    return {"pixels": _sha256(b"".join(pixels)), "text": _sha256("\f".join(text)), "tags": _sha256(tags)}


def _tags(node: Any, depth: int) -> Iterator[str]:
    """Each element of the structure with its language, alternative texts and attributes."""
    if isinstance(node, pikepdf.Array):
        for each in node:
            yield from _tags(each, depth)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        said = [f"{key}={node[key]}" for key in ("/Lang", "/Alt", "/ActualText", "/ID", "/T") if key in node]
        attributes = [str(node.A)] if "/A" in node and isinstance(node.A, pikepdf.Dictionary) else []
        yield " ".join(["  " * depth + str(node.S), *said, *attributes])
        if "/K" in node:
            yield from _tags(node.K, depth + 1)


def _of_workspace(name: str) -> Kept:
    with tempfile.TemporaryDirectory() as folder:
        _build(name, Path(folder) / "desk", DAYS[name])
        out = Path(folder) / "desk" / "out"
        found = sorted(path for path in out.rglob("*.*") if path.is_file() and not path.name.startswith("."))
        return {
            f"{name}/{path.relative_to(out)}": {"sha256": _sha256(path.read_bytes())}
            | (_of_pdf(path) if path.suffix == ".pdf" else {})
            for path in found
            if path.name != "manifest.json" and "latest" not in path.relative_to(out).parts
        }


def _help(command: click.Command, names: tuple[str, ...] = ("briefgen",)) -> Iterator[tuple[str, dict[str, str]]]:
    context = click.Context(command, info_name=" ".join(names), max_content_width=100, terminal_width=100)
    yield f"help/{' '.join(names)}", {"sha256": _sha256(command.get_help(context))}
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _help(command.commands[name], (*names, name))


def _made() -> Kept:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return {key: value for kept in pool.map(_of_workspace, DAYS) for key, value in kept.items()} | dict(_help(cli))


def main() -> int:
    made = _made()
    if "--refresh" in sys.argv:
        KEPT.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
        return 0
    kept: Kept = json.loads(KEPT.read_text(encoding="utf-8"))
    names = sorted(name for name in kept.keys() | made.keys() if kept.get(name) != made.get(name))
    lines = [f"{name}: {', '.join(_differing(kept.get(name, {}), made.get(name, {})))}\n" for name in names]
    sys.stdout.write("".join(lines) or f"{len(made)} files: the same\n")
    return bool(lines)


def _differing(kept: dict[str, str], made: dict[str, str]) -> list[str]:
    return [part for part in kept | made if kept.get(part) != made.get(part)]


if __name__ == "__main__":
    sys.exit(main())
