"""The ids of facts that look.yaml names: the parties that come first, and the fields."""

from collections.abc import Iterable, Iterator

from briefgen.check.look import unknown_ids
from briefgen.model.book import FactBook, KeyPath
from briefgen.model.findings import Finding
from briefgen.model.look import Look
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.look import look_as_written
from briefgen.read.paths import LOOK_FILE, shipped_templates
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import read_yaml


def check_look_ids(workspace: Workspace, look: Look, books: Iterable[FactBook | None] = ()) -> list[Finding]:
    """Return the parties and fields that no partnership has (K912), but for fields that the shipped file names too.

    Those of `books` are known already. Others are read only where these do not have what is named, and where facts
    cannot be read, nothing is said.
    """
    readers, fields = [*_readers(look)], [*_own_fields(look)]
    found = _unknown(workspace, readers, fields, books)
    if not found:
        return []
    every = [read_facts(workspace, path)[0] for path in partnerships(workspace)]
    return [] if None in every else _unknown(workspace, readers, fields, every)


_Named = list[tuple[KeyPath, str]]


def _readers(look: Look) -> Iterator[tuple[KeyPath, str]]:
    return ((("reader", code), party) for code, party in look.reader.items())


def _own_fields(look: Look) -> Iterator[tuple[KeyPath, str]]:
    """Yield the fields, without those of the shipped facts, which a copy of the shipped file has."""
    shipped = read_yaml(shipped_templates() / LOOK_FILE).value
    known = shipped.get("fields") if isinstance(shipped, dict) else ()
    return ((("fields", number), id) for number, id in enumerate(look.fields) if id not in (known or ()))


def _unknown(workspace: Workspace, readers: _Named, fields: _Named, books: Iterable[FactBook | None]) -> list[Finding]:
    files, locations = [book.file for book in books if book], look_as_written(workspace).locations
    parties = [each for file in files for each in file.parties]
    themes = [each for file in files for each in file.themes]
    wrong = (unknown_ids(readers, locations, parties, "party"), unknown_ids(fields, locations, themes, "theme"))
    return [finding for findings in wrong for finding in findings]
