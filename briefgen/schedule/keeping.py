"""What is remembered between runs: which were done, and a log of limited size; in a hidden folder of out/."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.publish import locked, replace_file

FOLDER, LOG = ".schedule", "runs.jsonl"
_STATE, _LOCK = "state.json", ".lock"
_BUSY = "P501"
_KEPT = 500
"""Runs that are remembered as done: a clock set back by less than these does not do them again."""
_MOST_BYTES = 1_000_000
"""Size at which the log is put aside; one older log is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Which due moments (UTC) were dealt with, in the order in which that was, and the one under way."""

    done: tuple[datetime, ...] = ()
    begun: datetime | None = None
    """A run that has begun; where it stands here and none is under way, that run was interrupted."""
    attempts: int = 0
    """How often it was begun."""

    def beginning(self, due: datetime) -> "State":
        """The run that fell due then begins, maybe once more."""
        return replace(self, begun=due, attempts=self.attempts + 1 if self.begun == due else 1)

    def ended(self, due: datetime) -> "State":
        """That run is dealt with, whatever came of it."""
        return State(done=(*(each for each in self.done if each != due), due)[-_KEPT:])

    def last_done(self, before: datetime) -> datetime | None:
        """The last run dealt with that fell due before a moment."""
        return max((each for each in self.done if each < before), default=None)


class UnderWay(NothingToGoOnWith):
    """Another run of this workspace is going on."""


@contextmanager
def one_at_a_time(home: Path) -> Iterator[None]:
    """Keeps two runs of a workspace apart, as builds are; UnderWay where one is going on."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / _LOCK).open("a").close()
    except OSError as error:
        raise _cannot_keep(home, error) from None
    with ExitStack() as held:
        try:
            held.enter_context(locked(home))
        except NothingToGoOnWith as trouble:
            if any(finding.code == _BUSY for finding in trouble.findings):
                message = "a scheduled run of this workspace is going on"
                raise UnderWay([Finding(Place(str(home)), "P520", message, hint="wait until it ends")]) from None
            raise
        yield


def read_state(home: Path) -> State:
    """What was done so far; nothing where nothing readable is there."""
    try:
        said = json.loads((home / _STATE).read_text(encoding="utf-8"))
        begun = said["begun"]
        return State(
            done=tuple(_moment(each) for each in said["done"]),
            begun=_moment(begun) if begun else None,
            attempts=int(said["attempts"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def write_state(home: Path, state: State) -> None:
    """In one step; NothingToGoOnWith where it cannot be written, and then the old one stands."""
    said = {
        "done": [each.isoformat() for each in state.done],
        "begun": state.begun.isoformat() if state.begun else None,
        "attempts": state.attempts,
    }
    try:
        replace_file(home / _STATE, f"{json.dumps(said)}\n".encode())
    except OSError as error:
        raise _cannot_keep(home, error) from None


def log(home: Path, said: Mapping[str, object]) -> None:
    """Add a line to the log; OSError where it cannot be written."""
    path = home / LOG
    if path.exists() and path.stat().st_size > _MOST_BYTES:
        path.replace(home / f"{LOG}.1")
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(said, ensure_ascii=False) + "\n")


def last_runs(home: Path) -> list[Mapping[str, object]]:
    """The last run of each partnership that the log tells of, oldest first; half-written lines are passed over."""
    found: dict[object, Mapping[str, object]] = {}
    for path in (home / f"{LOG}.1", home / LOG):
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else ():
            if said := _run(line):
                found.pop(said["partnership"], None)
                found[said["partnership"]] = said
    return list(found.values())


def _run(line: str) -> Mapping[str, object] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) and {"at", "partnership", "outcome"} <= said.keys() else None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def _cannot_keep(home: Path, error: OSError) -> NothingToGoOnWith:
    message = f"what was done cannot be written down, so nothing is run: {error.strerror or error}"
    hint = "free some space or mend the access rights; the run is then made up for by itself"
    return NothingToGoOnWith([Finding(Place(str(error.filename or home)), "P521", message, hint=hint)])
