"""The programs a timer is made with: asked in one way, and how the timer of a workspace is called."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from briefgen import __version__
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.tools.schedule.plan import Plan, read, written

_MARK = "# briefgen plan: "


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A timer of this workspace that stands somewhere on this machine."""

    kind: str
    """In words, such as "a systemd timer"."""
    where: str
    """Its file, or the table that holds it."""
    plan: Plan | None
    """None where what stands there cannot be understood."""
    trouble: str = ""
    """Why it would not run though it stands there."""


def name_of(workspace: Path) -> str:
    """A name for the timer of a workspace, the same every time, and no other workspace's."""
    spoken = re.sub(r"[^a-z0-9]+", "-", workspace.name.casefold()).strip("-") or "desk"
    return f"briefgen-{spoken}-{hashlib.sha256(str(workspace).encode()).hexdigest()[:8]}"


def marked(plan: Plan) -> str:
    """A comment line that tells the plan; systemd and cron pass over it."""
    return f"{_MARK}{written(plan)}"


def plan_in(text: str) -> Plan | None:
    """The plan of the first such comment in a text."""
    for line in text.splitlines():
        if line.startswith(_MARK):
            return read(line.removeprefix(_MARK))
    return None


_SECONDS = 60
_BARE = "/usr/local/bin:/usr/bin:/bin"
_PACKAGE = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How a program ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """What it said, in one line."""
        return " ".join((self.err.strip() or self.out.strip() or f"exit code {self.code}").split())


def ask(*command: str, text: str | None = None) -> Answer:
    """Run a program of the system; one that is missing or hangs gives an answer too."""
    plain = {**os.environ, "LC_ALL": "C", "SYSTEMD_PAGER": "", "SYSTEMD_COLORS": "0"}
    try:
        done = subprocess.run(  # noqa: S603 # names of programs and arguments of our own, no shell
            command, input=text, env=plain, capture_output=True, encoding="utf-8", timeout=_SECONDS, check=False
        )
    except FileNotFoundError:
        return Answer(code=127, out="", err=f"{command[0]} is not installed")
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as error:
        return Answer(code=126, out="", err=str(error))
    return Answer(code=done.returncode, out=done.stdout, err=done.stderr)


def there(name: str) -> bool:
    """Whether a program can be found."""
    return shutil.which(name) is not None


def refused(location: str, code: str, message: str, hint: str) -> FindingsError:
    """Something of the system that is at fault, as a finding."""
    return FindingsError([Finding(Location(location), code, message, hint=hint)])


def this_program() -> tuple[str, ...]:
    """The words that start this very program from anywhere, in the bare environment that timers give.

    FindingsError where none does, as in a checkout whose launcher has not been set up.
    """
    for command in _candidates():
        if _works(command):
            return command
    message = "nothing starts this program from outside: a timer would find no command"
    raise refused("briefgen", "P524", message, f"run it by its launcher ({_PACKAGE.parent / 'brief'}), or install it")


def _candidates() -> Iterable[tuple[str, ...]]:
    """The launcher where it is what runs us, for it mends its own environment; else what is installed."""
    launcher, script = _PACKAGE.parent / "brief", Path(sys.executable).with_name("briefgen")
    if launcher.is_file() and (Path(sys.prefix) / "installed.lock").is_file():
        yield (str(launcher),)
    if script.is_file():
        yield (str(script),)
    yield (sys.executable, "-P", "-m", "briefgen")


def _works(command: Sequence[str]) -> bool:
    bare = {"PATH": _BARE, "HOME": str(Path.home())}
    try:
        done = subprocess.run(  # noqa: S603
            [*command, "--version"], cwd="/", env=bare, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and __version__.encode() in done.stdout
