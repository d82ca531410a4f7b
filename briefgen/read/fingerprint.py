"""Every file a build reads, and one hash of them all: while it is the same, none of them has to be read."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.read.paths import EJECTED, SETTINGS_FILES, clearance_record, shipped_templates
from briefgen.render.fingerprint import files_below, hash_of

PROGRAM = Path(__file__).parents[1]
_OF_NO_EDITION = ("cli", "tools", "__pycache__")
"""Rooms of the program that shape no document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What a build of one partnership rests on, as hashes; equal ones mean that not one byte differs."""

    workspace: str
    """Of the desk's own files: settings, facts, records, catalogs, templates."""
    program: str
    """Of the program and the templates that come with it."""
    clearances: str = ""
    """Of the record of who cleared what. A rollback outlasts a change of it: no fact is another."""
    strict: bool = False
    """Whether warnings stop the build: what passed without need not pass with."""

    @property
    def sha256(self) -> str:
        """Of all of it."""
        return hashlib.sha256(f"{self.workspace} {self.program} {self.clearances} {self.strict}".encode()).hexdigest()


def read_fingerprint(root: Path, facts: Path, *, strict: bool = False) -> Fingerprint:
    """The inputs of a workspace's facts file as they are at this moment."""
    return Fingerprint(
        workspace=hash_of(root, desk_files(root, facts)),
        program=program_hash(root),
        clearances=hash_of(root, [clearance_record(facts)]),
        strict=strict,
    )


def desk_files(root: Path, facts: Path) -> Iterator[Path]:
    """Every file of the workspace that a build of these facts may read, whether it is there or not."""
    yield from (root / name for name in SETTINGS_FILES)
    yield from files_below(facts) if facts.is_dir() else (facts,)
    yield from files_below(facts.parent / "locale")
    yield from sorted((root / "seeds").glob("*.yaml"))
    yield from (path for path in files_below(root / "templates") if path.name != EJECTED)


def program_hash(root: Path) -> str:
    """Of the program's own code and data, and of the templates that come with it, unless they are the workspace's."""
    code = _code_hash()
    shipped = shipped_templates()
    counted = shipped.is_relative_to(PROGRAM) or shipped.resolve() == (root / "templates").resolve()
    return code if counted else f"{code} {hash_of(shipped, files_below(shipped))}"


@cache
def _code_hash() -> str:
    """Once: a process that runs for months works by the code it loaded, whatever an upgrade puts in its place."""
    return hash_of(PROGRAM, files_below(PROGRAM, _OF_NO_EDITION))


@contextmanager
def ensure_inputs_stable(read: Callable[[], Fingerprint], known: Fingerprint | None = None) -> Iterator[Fingerprint]:
    """The inputs; the desk's files must be the same before and after, and a fault found in half-saved ones is none."""
    fingerprint = known or read()
    try:
        yield fingerprint
    except FindingsError:
        if read().workspace != fingerprint.workspace:
            raise InputsChangedError from None
        raise
    if read().workspace != fingerprint.workspace:
        raise InputsChangedError


class InputsChangedError(FindingsError):
    """Somebody saved a file while it was being read."""

    def __init__(self) -> None:
        hint = "wait until whoever is at work on the files has saved them, then build again"
        super().__init__(
            [Finding(Location("workspace"), "W007", "a file was changed while it was being read", hint=hint)]
        )
