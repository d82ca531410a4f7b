"""What a schedule remembers in out/.schedule: which runs are done, and the log of all runs."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.atomic import replace_file
from briefgen.publish.lock import locked

FOLDER, LOG, _STATE = ".schedule", "runs.jsonl", "state.json"
_REMEMBERED = 500
"""Runs that are remembered as done: a clock set back by fewer repeats none of them."""
_LOG_BYTES = 1_000_000
"""The size at which the log is set aside as runs.jsonl.1; one older log is kept."""
_NEEDED = {"at", "partnership", "outcome", "edition", "documents", "seconds", "missed", "why", "called", "next_change"}
"""What a line of the log must hold to be shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The runs that are done, by the moments they were due (UTC) in the order in which they were done."""

    done: tuple[datetime, ...] = ()
    begun: datetime | None = None
    """A run that began and has not ended: it is under way, or was interrupted."""
    attempts: int = 0
    """How often that run was begun."""

    def beginning(self, due: datetime) -> "State":
        """The state while the run of this moment is under way, maybe once more."""
        return replace(self, begun=due, attempts=self.attempts + 1 if self.begun == due else 1)

    def ended(self, due: datetime) -> "State":
        """The state once the run of this moment is done, whatever came of it."""
        return State(done=(*(each for each in self.done if each != due), due)[-_REMEMBERED:])


class RunUnderWayError(FindingsError):
    """Another run of this workspace is under way."""


@contextmanager
def exclusive(state_dir: Path) -> Iterator[None]:
    """Keep two runs of a workspace apart.

    RunUnderWayError where one is under way; FindingsError where the folder cannot be written.
    """
    try:
        state_dir.mkdir(parents=True, exist_ok=True)
        (state_dir / ".lock").open("a").close()
    except OSError as error:
        raise _cannot_write(state_dir, error) from None
    with ExitStack() as lock:
        try:
            lock.enter_context(locked(state_dir))
        except FindingsError as error:
            if error.findings[0].code != "P501":
                raise
            where, message = Location(str(state_dir)), "a scheduled run of this workspace is going on"
            raise RunUnderWayError([Finding(where, "P520", message, hint="wait until it ends")]) from None
        yield


def mark_done(state_dir: Path, due: datetime) -> None:
    """Count the run of this moment as done, and with it all that were due before."""
    with exclusive(state_dir):
        write_state(state_dir, read_state(state_dir).ended(due))


def read_state(state_dir: Path) -> State:
    """The state; an empty one where none can be read."""
    try:
        data = json.loads((state_dir / _STATE).read_text(encoding="utf-8"))
        done = [datetime.fromisoformat(each).astimezone(UTC) for each in data["done"]]
        begun = datetime.fromisoformat(data["begun"]).astimezone(UTC) if data["begun"] else None
        return State(done=tuple(done), begun=begun, attempts=int(data["attempts"]))
    except (OSError, ValueError, KeyError, TypeError):
        return State()


def write_state(state_dir: Path, state: State) -> None:
    """Replace the state in one step; FindingsError where that cannot be done, and then the old one stands."""
    data = {"done": state.done, "begun": state.begun, "attempts": state.attempts}
    try:
        replace_file(state_dir / _STATE, f"{json.dumps(data, default=datetime.isoformat)}\n".encode())
    except OSError as error:
        raise _cannot_write(state_dir, error) from None


def _cannot_write(state_dir: Path, error: OSError) -> FindingsError:
    message = f"what was done cannot be written down, so nothing is run: {error.strerror or error}"
    hint = "free some space or mend the access rights; the run is then made up for by itself"
    return FindingsError([Finding(Location(str(error.filename or state_dir)), "P521", message, hint=hint)])


def append_to_log(state_dir: Path, record: Mapping[str, Any]) -> None:
    """Add a line to the log; OSError where that cannot be done."""
    path = state_dir / LOG
    if path.exists() and path.stat().st_size > _LOG_BYTES:
        path.replace(state_dir / f"{LOG}.1")
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


def last_runs(state_dir: Path) -> list[Mapping[str, Any]]:
    """The last record of each partnership, oldest first; lines that are no whole record are passed over."""
    found: dict[object, Mapping[str, Any]] = {}
    for path in (state_dir / f"{LOG}.1", state_dir / LOG):
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else ():
            with suppress(ValueError):
                record = json.loads(line)
                if isinstance(record, dict) and record.keys() >= _NEEDED:
                    found.pop(record["partnership"], None)
                    found[record["partnership"]] = record
    return list(found.values())
