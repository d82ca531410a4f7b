"""A machine made up for the launcher: a folder of stand-ins is its whole PATH, and there is no network."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen

PROJECT = Path(__file__).parents[2]
BRIEF = "the check out/brief"
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# What it takes from every system, beside the shell itself.
COMMON_TOOLS = "cat cksum cmp cp date env flock mkdir readlink rm sh sleep tail touch tr"

# Each fake writes down what it was asked to do, in $MACHINE/calls. Files of $MACHINE steer what it answers.
FAKES = {
    "python3": """
        case "$*" in
            *realpath*) [ ! -e "$MACHINE/old" ] && echo "$0" ;;
            *ensurepip*) [ ! -e "$MACHINE/no-venv" ] ;;
            *CDLL*) [ ! -e "$MACHINE/absent" ] || cat "$MACHINE/absent" ;;
            -V) echo "Python 3.9.2" ;;
            "-P -m venv "*)
                echo "venv $4" >>"$MACHINE/calls"
                mkdir -p "$4/bin" "$4/lib/python3.11/site-packages"
                cp "$0" "$4/bin/python" ;;
            "-P -m pip "*)
                echo "pip ${PIP_INDEX_URL-} $*" >>"$MACHINE/calls"
                [ ! -e "$MACHINE/slow" ] || sleep "$(cat "$MACHINE/slow")"
                [ ! -e "$MACHINE/offline" ] || { echo "no route to host"; exit 1; } ;;
            *) printf '%s\\n' "$PWD" "$@"
                if { true >&9; } 2>/dev/null; then echo "the lock is still held"; fi ;;
        esac
        """,
    "apt-get": """
        echo "apt-get $*" >>"$MACHINE/calls"
        [ ! -e "$MACHINE/offline" ] || { echo "no such package"; exit 100; }
        [ "${*##*update}" ] || exit 0
        rm -f "$MACHINE/no-venv" "$MACHINE/absent"
        cp "$MACHINE/kept/python3" "$MACHINE/kept/chromium" "$MACHINE/bin"
        """,
    "id": 'echo "$WHO"',
    "sudo": 'echo sudo >>"$MACHINE/calls"; exec "$@"',
    "chromium": "",
    "dnf": "",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """How a run ended: its exit code, and what it said, line by line."""

    code: int
    out: list[str]
    err: list[str]


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine: `bin` is its whole PATH, the checkout is `here`, the user stands in `desk`."""

    root: Path

    @property
    def here(self) -> Path:
        return self.root / "the check out"

    @property
    def venv(self) -> Path:
        return self.here / ".venv"

    def install(self, *tools: str) -> None:
        for tool in tools:
            shutil.copy(self.root / "kept" / tool, self.root / "bin" / tool)

    def mark(self, name: str, content: str = "") -> None:
        (self.root / name).write_text(content, encoding="utf-8")

    def unmark(self, name: str) -> None:
        (self.root / name).unlink()

    def calls(self) -> list[str]:
        """What was asked of the fakes since this was last asked."""
        file = self.root / "calls"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines

    def verbs(self) -> list[str]:
        """The first word of each call."""
        return [call.split()[0] for call in self.calls()]

    def start(self, *words: str, brief: str = BRIEF, terminal: int | None = None, **variables: str) -> Popen[str]:
        environment = {"PATH": f"{self.root}/bin", "MACHINE": f"{self.root}", "XDG_CACHE_HOME": f"{self.root}/cache"}
        return Popen(
            ["/bin/sh", self.root / brief, *words],
            env=environment | {"WHO": "1000"} | variables,
            cwd=self.root / "desk",
            stdin=DEVNULL if terminal is None else terminal,
            stdout=PIPE,
            stderr=PIPE if terminal is None else terminal,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str, brief: str = BRIEF, **variables: str) -> Answer:
        return self.end(self.start(*words, brief=brief, terminal=None, **variables))

    def end(self, process: Popen[str]) -> Answer:
        out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out.splitlines(), (err or "").splitlines())
