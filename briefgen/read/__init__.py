"""Files -> typed, checked values, each with its line.

Here is where the files of a workspace lie, which is found by its settings, and the hash of all that a build reads:
while that is the same, none of them has to be read.
"""

import hashlib
import os
import re
import tomllib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from briefgen.files import copied_from, decoded, entry, files_below, hash_of, is_ignored, read_file, unfinished_merges
from briefgen.model.findings import Finding, FindingsError, Location, nearest_word, not_utf8

SETTINGS_FILES = ("briefgen.toml", "pyproject.toml")
LOOK_FILE, LOOK_SCHEMA = "look.yaml", "look.schema.json"
EJECTED = "ejected.yaml"
"""In a workspace's templates: the sha256 of each shipped file when it was taken."""
EJECTED_TEXTS = ".ejected"
"""Beside it: the files themselves as they were."""
BACKUP = ".briefgen-before-migration"
"""In a workspace: its files as they were before the last migration."""
PROGRAM = Path(__file__).parents[1]
_SHIPPED = (PROGRAM / "shipped", PROGRAM.with_name("templates"))
_OF_NO_EDITION = ("cli", "tools", "__pycache__")
"""Packages that influence no document."""
P = ParamSpec("P")
T = TypeVar("T")


def find_settings(start: Path) -> tuple[Path, Any]:
    """Return the settings file of the workspace around a folder, and its settings as they are written.

    FindingsError says what is missing or wrong.
    """
    for folder in (start, *start.parents):
        for name in SETTINGS_FILES:
            table = _settings_table(folder / name)
            if table is not None:
                _refuse_second(folder, name)
                return folder / name, table
    message = "no workspace here: neither this folder nor one above it has a briefgen.toml"
    hint = "go to the folder of your workspace, or make one with: briefgen init NAME"
    raise _misspelt_heading(start) or FindingsError.of(str(start), "W001", message, _of_lost(start) or hint)


def _misspelt_heading(start: Path) -> FindingsError | None:
    """W001: the project's file has settings under a heading that is nearly ours."""
    with suppress(OSError, ValueError):
        path = start / SETTINGS_FILES[1]
        text = decoded(read_file(path, start))
        tools = tomllib.loads(text).get("tool", {})
        for name in tools if (start / "facts").is_dir() else ():
            if nearest_word(name, ["briefgen"]):
                where = _first(path, rf"(?m)^[ \t]*\[?[ \t]*tool\s*\.\s*{re.escape(name)}\b", text)
                message = f"no workspace here: [tool.{name}] holds no settings of this program"
                return FindingsError.of(where, "W001", message, "did you mean '[tool.briefgen]'?")
    return None


def _of_lost(start: Path) -> str:
    """Return what to do in a folder that has all but its settings."""
    if not all((start / name).is_dir() for name in ("facts", "seeds")):
        return ""
    names = [path.name for path in start.glob("[!.]*") if path.is_file() and path.suffix in (".toml", ".tml", ".txt")]
    if near := nearest_word(SETTINGS_FILES[0], [name for name in names if name != SETTINGS_FILES[1]]):
        return f"rename {near} to {SETTINGS_FILES[0]}"
    return f"facts/ and seeds/ are here: put {SETTINGS_FILES[0]} back beside them (it may be empty)"


def _refuse_second(folder: Path, name: str) -> None:
    """W003: there are settings in the project's file too, of which none would count."""
    other = folder / SETTINGS_FILES[1]
    try:
        is_ours = name != other.name and _settings_table(other) is not None
    except FindingsError:  # it may be a file of another program
        return
    if is_ours:
        where = _first(other, _HEADING, read_file(other, folder).decode("utf-8-sig"))
        message = f"these settings would not be read, as {name} stands beside them"
        hint = f"put the lines of {name} in here, and remove it; or take all of these over into {name}"
        raise FindingsError.of(where, "W003", message, hint)


def yaml_files(folder: Path) -> list[Path]:
    """Return the YAML files of a folder by name, without those that systems, editors and file services leave there.

    OSError if it may not be looked into: what is in it would be missing in silence.
    """
    try:
        listed = os.listdir(folder)  # noqa: PTH208 # to sort hundreds of Paths takes longer than reading some of them
    except (FileNotFoundError, NotADirectoryError):
        return []
    names = {name for name in listed if name.endswith(".yaml") and not is_ignored(name)}
    return [folder / name for name in sorted(names) if not copied_from(name, names)]


def facts_files(root: Path) -> tuple[Path, ...]:
    """Return the facts files of a workspace, a file or a folder of files for each partnership."""
    facts = root / "facts"
    around = (facts.resolve(), *facts.resolve().parents)  # to which a link leads in a circle
    folders = [path for path in facts.glob("[!.]*/") if path.name != "locale" and yaml_files(path)]
    folders = [path for path in folders if not (path.is_symlink() and path.resolve() in around)]
    names = {path.name for path in folders}
    whole = [path for path in folders if not copied_from(path.name, names)]
    return tuple(sorted((*yaml_files(root / "facts"), *whole)))


def files_of(facts: Path) -> list[Path]:
    """Return the YAML files of one partnership's facts, which are a file or a folder of files."""
    return yaml_files(facts) if facts.is_dir() else [facts]


def own_locale(facts: Path) -> Path:
    """Return the folder of the catalogs and lists of terms that are only of the partnership with these facts."""
    return _named(facts.parent / "locale", facts.stem)


def clearance_record(facts: Path) -> Path:
    """Return the file that records the clearances of these facts."""
    return _named(facts.parent / "clearances", f"{facts.stem}.jsonl")


def _named(folder: Path, name: str) -> Path:
    """Return what has a name in a folder, however a system composes it; else the path that it would have there."""
    path = folder / name
    return path if name.isascii() or path.exists() else entry(folder, name) or path


def template_folders(root: Path) -> tuple[Path, ...]:
    """Return the workspace's templates, then the shipped ones; the first folder that has a file wins."""
    own, shipped = root / "templates", shipped_templates()
    is_shipped = not own.is_dir() or (shipped.is_dir() and own.samefile(shipped))
    return (shipped,) if is_shipped else (own, shipped)


def shipped_templates() -> Path:
    """Return the templates that come with the program: inside the installed package, or beside it in a checkout."""
    return next((folder for folder in _SHIPPED if folder.is_dir()), _SHIPPED[-1])


def shipped_guide() -> Path:
    """Return the guide for curators, which stands inside the installed package, or in the facts of a checkout."""
    packaged = PROGRAM / "facts-guide.md"
    return packaged if packaged.is_file() else PROGRAM.with_name("facts") / "README.md"


_TOML_REMEDIES = {
    "Invalid value": 'a text stands in double quotes: timezone = "Asia/Seoul"',
    "Unclosed array": 'write a comma between two entries, and ] after the last: languages = ["en", "ko"]',
    "Expected newline or end of document": 'a text is closed by the next double quote: timezone = "Asia/Seoul"',
    "Found invalid character '\\x00'": "save the file as UTF-8",
    "Found invalid character '\\r'": "save the file with LF or CRLF line ends",
    "Illegal character '\\n'": 'a text ends on its line, with a double quote: timezone = "Asia/Seoul"',
    "Expected '=' after a key": 'a setting is a name, = and a value: timezone = "Asia/Seoul"',
    "Cannot declare": "a heading stands there once: put the lines below the second one below the first",
    "Invalid statement": "a setting is a name, = and a value; a remark begins with #",
    "Cannot overwrite a value": "each setting stands there once: take one of the two lines away",
}
"""By what the parser says."""


def _settings_table(path: Path) -> object:
    """Return the settings in a file, as they are written; None if it is no settings file of ours."""
    text, place, hint = "", Location(path.name), ""
    try:
        text = decoded(read_file(path, path.parent))
        content = tomllib.loads(text)
    except FileNotFoundError:
        return None
    except tomllib.TOMLDecodeError as error:
        if merges := tuple(unfinished_merges(text, path.name)):
            raise FindingsError(merges) from error
        numbers = re.search(r"line (\d+), column (\d+)", why := str(error))  # none for the end of the file
        why = re.sub(r"\('(.*)',?\)", lambda keys: f"[{keys[1]}]".replace("', '", "."), why)
        place = Location(path.name, *map(int, numbers.groups())) if numbers else Location.behind(text, path.name)
        place = _begun(text, place)
        hint = next((remedy for said, remedy in _TOML_REMEDIES.items() if said in why), "")
    except RecursionError:
        place, why = _first(path, _NESTED, text), "it is nested too deeply"
    except UnicodeDecodeError as error:
        place, (said, hint) = Location.not_utf8(error, path.name), not_utf8(error, path.name)
        why = f"it {said}"
    except OSError as error:
        why = error.strerror or str(error)
    except ValueError:  # a number that Python takes for no integer
        place, why = _first(path, _LONG_NUMBER, text), "a number in it is far too long"
    else:
        if path.name != "pyproject.toml":
            return content
        tool = content.get("tool")
        return tool.get("briefgen") if isinstance(tool, dict) else None
    raise FindingsError.of(place, "W002", f"cannot be read: {why}", hint)


def _begun(text: str, place: Location) -> Location:
    """Return where the setting begins in which a reader stopped lines below: a quote or a bracket is not closed."""
    lines = text.split("\n")
    for number in range(place.line - 1, max(place.line - 100, -1), -1):  # the most lines of a setting
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("\n".join(lines[:number]))
            return place if number == place.line - 1 else Location(place.file, number + 1, 1)
    return place


_HEADING = r"(?m)^[ \t]*\[?[ \t]*tool\s*\.\s*briefgen\b"
_NESTED = r"(?:[\[{][^\[{\]}\n]*){50}"
_LONG_NUMBER = r"\d[\d_]{4000}"


def _first(path: Path, sought: str, text: str) -> Location:
    """Return where the first such piece of a text is; the file where there is none."""
    found = re.search(sought, text)
    return Location.behind(text[: found.start()], path.name) if found else Location(path.name)


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
