"""The hash of every file that a build reads: while it is the same, none of them has to be read."""

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from briefgen.files import files_below, hash_of
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.read.paths import EJECTED, SETTINGS_FILES, clearance_record, own_locale, shipped_templates, yaml_files

PROGRAM = Path(__file__).parents[1]
_OF_NO_EDITION = ("cli", "tools", "__pycache__")
"""Packages that influence no document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """The hashes of what a build of one partnership reads; they are equal if no byte differs."""

    workspace: str
    """Of the workspace's files: settings, facts, records, catalogs, templates."""
    program: str
    """Of the program and the templates that come with it."""
    clearances: str = ""
    """Of the record of clearances; apart, because a rollback outlasts a change of it."""
    strict: bool = False
    """Whether warnings stop the build: what passes without may not pass with."""

    @property
    def sha256(self) -> str:
        """Of all of them."""
        return hashlib.sha256(f"{self.workspace} {self.program} {self.clearances} {self.strict}".encode()).hexdigest()


def read_fingerprint(root: Path, facts: Path, *, strict: bool = False) -> Fingerprint:
    """Return the fingerprint of a facts file's inputs as they are now."""
    return Fingerprint(
        workspace=hash_of(root, workspace_files(root, facts), root),
        program=program_hash(root),
        clearances=hash_of(root, [clearance_record(facts)], root),
        strict=strict,
    )


def workspace_files(root: Path, facts: Path) -> Iterator[Path]:
    """Yield every file of the workspace that a build of these facts may read, whether it exists or not."""
    yield from (root / name for name in SETTINGS_FILES)
    yield from files_below(facts, within=root) if facts.is_dir() else (facts,)
    own, shared = own_locale(facts), facts.parent / "locale"
    yield from (path for path in files_below(shared, within=root) if path.parent == shared or path.is_relative_to(own))
    yield from yaml_files(root / "seeds")
    yield from (path for path in files_below(root / "templates") if path.name != EJECTED)


def program_hash(root: Path) -> str:
    """Return the hash of the program and of the shipped templates, unless these are the workspace's own."""
    code, shipped = _code_hash(), shipped_templates()
    counted = shipped.is_relative_to(PROGRAM) or shipped.resolve() == (root / "templates").resolve()
    return code if counted else f"{code} {hash_of(shipped, files_below(shipped))}"


@cache
def _code_hash() -> str:
    """Return the hash of the code; once, as a process that runs for months goes by the code it has loaded."""
    return hash_of(PROGRAM, files_below(PROGRAM, _OF_NO_EDITION))


@cache
def shaping_hash(program: Path) -> str:
    """Return the hash of the code that shapes documents, the same installed and in a checkout."""
    code = (path for path in files_below(program, (*_OF_NO_EDITION, "shipped")) if path.suffix == ".py")
    return hash_of(program, code)


@contextmanager
def ensure_inputs_stable(read: Callable[[], Fingerprint], known: Fingerprint | None = None) -> Iterator[Fingerprint]:
    """Yield the fingerprint; InputsChangedError if the workspace's files change meanwhile, whatever else was found."""
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
        message = "a file was changed while it was being read"
        hint = "wait until whoever is at work on the files has saved them, then build again"
        super().__init__([Finding(Location("workspace"), "W007", message, hint=hint)])


P = ParamSpec("P")
T = TypeVar("T")


def while_unchanged(files: Callable[P, Iterable[Path]], kept: int = 6) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a reader return its earlier result while the arguments and the content of `files(...)` are the same.

    `files` gives every file that the reader reads, whether it exists or not. The last `kept` results are kept (six are
    enough for some partnerships, and for an edit that is taken back), but none that was read while a file changed, and
    no exception.
    """

    def decorate(read: Callable[P, T]) -> Callable[P, T]:
        known: deque[tuple[Any, T]] = deque(maxlen=kept)

        @wraps(read)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            def state() -> tuple[Any, ...]:
                return hash_of(Path("/"), files(*args, **kwargs)), args, kwargs

            before = state()
            for earlier, result in tuple(known):
                if earlier == before:
                    return result
            result = read(*args, **kwargs)
            if state() == before:
                known.appendleft((before, result))
            return result

        return call

    return decorate
