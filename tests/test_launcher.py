"""The launcher among stand-ins for the system: a folder of fakes is all that it finds on its PATH, and no network."""

import os
import pty
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from textwrap import dedent

import pytest

from briefgen import doctor

PROJECT = Path(__file__).parents[1]
BRIEF = "the check out/brief"
PANGO = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# What it takes from every system, beside the shell itself.
COMMON_TOOLS = "cat cksum cmp cp date env flock mkdir readlink rm sh sleep tail touch tr"

# Each fake writes down what it was asked to do, in $WORLD/calls. Files of $WORLD steer what it answers.
FAKES = {
    "python3": """
        case "$*" in
            *realpath*) [ ! -e "$WORLD/old" ] && echo "$0" ;;
            *ensurepip*) [ ! -e "$WORLD/no-venv" ] ;;
            *CDLL*) [ ! -e "$WORLD/absent" ] || cat "$WORLD/absent" ;;
            -V) echo "Python 3.9.2" ;;
            "-P -m venv "*)
                echo "venv $4" >>"$WORLD/calls"
                mkdir -p "$4/bin" "$4/lib/python3.11/site-packages"
                cp "$0" "$4/bin/python" ;;
            "-P -m pip "*)
                echo "pip ${PIP_INDEX_URL-} $*" >>"$WORLD/calls"
                [ ! -e "$WORLD/slow" ] || sleep "$(cat "$WORLD/slow")"
                [ ! -e "$WORLD/offline" ] || { echo "no route to host"; exit 1; } ;;
            *) printf '%s\\n' "$PWD" "$@" ;;
        esac
        """,
    "apt-get": """
        echo "apt-get $*" >>"$WORLD/calls"
        [ ! -e "$WORLD/offline" ] || { echo "no such package"; exit 100; }
        [ "${*##*update}" ] || exit 0
        rm -f "$WORLD/no-venv" "$WORLD/absent"
        cp "$WORLD/kept/python3" "$WORLD/kept/chromium" "$WORLD/bin"
        """,
    "id": 'echo "$WHO"',
    "sudo": 'echo sudo >>"$WORLD/calls"; exec "$@"',
    "chromium": "",
    "dnf": "",
}


@dataclass(frozen=True)
class Answer:
    """How a run ended: its exit code, and what it said, line by line."""

    code: int
    out: list[str]
    err: list[str]


@dataclass(frozen=True)
class World:
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
        environment = {"PATH": f"{self.root}/bin", "WORLD": f"{self.root}", "XDG_CACHE_HOME": f"{self.root}/cache"}
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
        return self.end(self.start(*words, brief=brief, **variables))

    def end(self, process: Popen[str]) -> Answer:
        out, err = process.communicate(timeout=60)
        return Answer(process.returncode, out.splitlines(), (err or "").splitlines())


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A machine with a checkout and the common tools, yet without Python, apt-get or anything to ask for rights."""
    world = World(tmp_path)
    for folder in (world.here, *(tmp_path / name for name in ("bin", "kept", "desk"))):
        folder.mkdir()
    for tool in COMMON_TOOLS.split():
        found = shutil.which(tool)
        assert found is not None, tool
        (tmp_path / "bin" / tool).symlink_to(found)
    for name, script in FAKES.items():
        fake = tmp_path / "kept" / name
        fake.write_text(f"#!/bin/sh\n{dedent(script)}", encoding="utf-8")
        fake.chmod(0o755)
    shutil.copy(PROJECT / "brief", world.here)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (world.here / lock).write_text(f"one==1  # {lock}\n", encoding="utf-8")
    world.install("id")
    return world


@pytest.fixture
def debian(world: World) -> World:
    """The same, with apt-get and nothing installed by it yet."""
    world.install("apt-get")
    return world


@pytest.fixture
def ready(debian: World) -> World:
    """The same, all installed and set up."""
    debian.install("python3")
    assert debian.run().code == 0
    assert debian.verbs() == ["venv", "pip"]
    return debian


def test_a_user_on_a_bare_system_is_told_the_exact_command(debian: World) -> None:
    answer = debian.run("build")
    assert answer.code == 2
    assert answer.err[-2:] == [
        "briefgen: (as root)",
        f"briefgen:     apt-get update && apt-get install --no-install-recommends python3 python3-venv {PANGO}",
    ]
    assert debian.calls() == []


def test_a_user_without_a_terminal_is_told_the_command_with_sudo(debian: World) -> None:
    debian.install("sudo", "python3")
    debian.mark("no-venv")
    answer = debian.run("build")
    assert answer.code == 2
    assert answer.err[-1].endswith("sudo apt-get update && sudo apt-get install --no-install-recommends python3-venv")
    assert debian.calls() == []


def test_at_a_terminal_sudo_is_asked(debian: World) -> None:
    debian.install("sudo")
    terminal, end = pty.openpty()
    process = debian.start("build", terminal=end)
    answer = debian.end(process)
    os.close(terminal)
    os.close(end)
    assert answer.code == 0
    assert debian.verbs() == ["sudo", "apt-get", "sudo", "apt-get", "venv", "pip"]


def test_root_has_it_all_installed(debian: World) -> None:
    answer = debian.run("build", WHO="0")
    update, install, venv, pip = debian.calls()
    assert update.endswith(" update")
    assert install.endswith(f" install --no-install-recommends python3 python3-venv {PANGO}")
    assert venv == f"venv {debian.venv}"
    assert pip.endswith(f"--require-hashes -r {debian.here}/requirements.lock")
    assert (answer.code, answer.out[1:]) == (0, ["-P", "-m", "briefgen", "build"])
    assert all(line.startswith("briefgen: ") for line in answer.err)


def test_root_without_network_is_shown_why_and_what_to_do(debian: World) -> None:
    debian.mark("offline")
    answer = debian.run("build", WHO="0")
    assert answer.code == 2
    assert "no such package" in answer.err
    assert answer.err[-1].endswith(f"apt-get install --no-install-recommends python3 python3-venv {PANGO}")


def test_only_what_is_missing_is_installed(debian: World) -> None:
    debian.install("python3")
    debian.mark("absent", "libharfbuzz-subset0\n")
    assert debian.run(WHO="0").code == 0
    assert debian.calls()[1].endswith("install --no-install-recommends libharfbuzz-subset0")


def test_without_pango_it_goes_on_and_says_so(debian: World) -> None:
    debian.install("python3")
    debian.mark("absent", f"{PANGO}\n")
    answer = debian.run("build")
    assert answer.code == 0
    assert f"briefgen: going on without PDFs, for which these are missing: {PANGO}" in answer.err


def test_another_system_is_told_its_own_packages(world: World) -> None:
    world.install("dnf")
    answer = world.run("build")
    assert answer.code == 2
    assert "briefgen:     Fedora: sudo dnf install python3 pango harfbuzz" in answer.err
    assert "briefgen:     macOS:  brew install python pango" in answer.err


def test_a_python_too_old_is_named(debian: World) -> None:
    debian.install("python3")
    debian.mark("old")
    answer = debian.run("build", WHO="0")
    assert answer.code == 2
    assert answer.err[0] == "briefgen: Python 3.9.2 is too old: briefgen needs Python 3.11 or newer"
    assert debian.calls() == []


def test_a_newer_python_beside_an_old_one_is_found(debian: World) -> None:
    debian.install("python3")
    old = "#!/bin/sh\nexit 1\n"
    (debian.root / "bin/python3").rename(debian.root / "bin/python3.12")
    (debian.root / "bin/python3").write_text(old, encoding="utf-8")
    (debian.root / "bin/python3").chmod(0o755)
    assert debian.run("build").code == 0


def test_the_second_run_installs_nothing_and_says_nothing(ready: World) -> None:
    answer = ready.run("build")
    assert (answer.code, answer.err, ready.calls()) == (0, [], [])


def test_a_changed_lock_is_followed(ready: World) -> None:
    (ready.venv / "left over").touch()
    (ready.here / "requirements.lock").write_text("two==2\n", encoding="utf-8")
    assert ready.run("build").code == 0
    assert ready.verbs() == ["venv", "pip"]
    assert not (ready.venv / "left over").exists()


def test_a_python_that_is_gone_is_replaced(ready: World) -> None:
    (ready.venv / "bin/python").unlink()
    assert ready.run("build").code == 0
    assert ready.verbs() == ["venv", "pip"]


def wait_until_asked(world: World, verb: str) -> None:
    for _ in range(1000):
        if verb in world.verbs():
            return
        time.sleep(0.02)
    raise TimeoutError(verb)


def test_an_interrupted_set_up_is_done_anew(debian: World) -> None:
    debian.install("python3")
    debian.mark("slow", "60")
    process = debian.start("build")
    wait_until_asked(debian, "pip")
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert (debian.venv / "bin/python").exists()
    debian.unmark("slow")
    assert debian.run("build").code == 0
    assert debian.verbs() == ["venv", "pip"]


def test_two_first_runs_at_once_set_up_one_after_the_other(debian: World) -> None:
    debian.install("python3")
    debian.mark("slow", "0.5")
    answers = [debian.end(each) for each in [debian.start("build"), debian.start("build")]]
    assert [each.code for each in answers] == [0, 0]
    assert debian.verbs() == ["venv", "pip"]
    assert "briefgen: another ./brief is setting up; waiting for it" in answers[0].err + answers[1].err


def test_a_failed_download_is_explained_and_tried_again(debian: World) -> None:
    debian.install("python3")
    debian.mark("offline")
    answer = debian.run("build")
    assert answer.code == 2
    assert answer.err[1] == "no route to host"
    assert f"the whole log: {debian.venv}.log" in answer.err[2]
    assert answer.err[-1] == "briefgen: then run the same command again"
    debian.unmark("offline")
    assert debian.run("build").code == 0


def test_words_and_the_current_directory_are_kept(ready: World) -> None:
    words = ["a b", "", "*", "--as-of=2026-11-21", "x\ty"]
    assert ready.run("explain", *words).out == [f"{ready.root}/desk", "-P", "-m", "briefgen", "explain", *words]
    assert ready.run("--help").out[-1] == "--help"
    assert ready.run().out[-1] == "briefgen"


def test_the_settings_of_pip_are_heeded(debian: World) -> None:
    debian.install("python3")
    debian.run("build", PIP_INDEX_URL="https://mirror.example/simple")
    assert debian.calls()[-1].startswith("pip https://mirror.example/simple ")


def test_the_program_is_found_from_anywhere_even_once_moved(ready: World) -> None:
    moved = ready.here.rename(ready.root / "elsewhere")
    packages = moved / ".venv/lib/python3.11/site-packages"
    assert (packages / (packages / "briefgen.pth").read_text().strip()).resolve() == moved
    (ready.root / "link").symlink_to("elsewhere/brief")
    for brief in ("elsewhere/brief", "link"):
        assert ready.run("build", brief=brief).code == 0
    assert ready.calls() == []


def test_where_it_cannot_or_must_not_write_the_cache_serves(debian: World) -> None:
    debian.install("python3")
    debian.venv.mkdir()
    own = debian.venv / "made by somebody else"
    own.touch()
    for _ in range(2):
        assert debian.run("build").code == 0
    (venv, pip) = debian.calls()
    assert venv.startswith(f"venv {debian.root}/cache/briefgen/")
    assert (
        Path(venv.removeprefix("venv ")) / "lib/python3.11/site-packages/briefgen.pth"
    ).read_text() == f"{debian.here}\n"
    assert pip.startswith("pip")
    assert own.exists()


def test_nowhere_to_write(debian: World) -> None:
    debian.install("python3")
    debian.venv.touch()
    answer = debian.run("build", XDG_CACHE_HOME="/dev/null")
    assert answer.code == 2
    assert answer.err[-1].endswith("set XDG_CACHE_HOME to a folder you may write to")


def test_the_tests_need_a_browser(ready: World) -> None:
    answer = ready.run("test")
    assert answer.code == 2
    assert answer.err[-1].endswith("apt-get update && apt-get install --no-install-recommends chromium")


def test_the_tests_have_a_venv_of_their_own(ready: World) -> None:
    answer = ready.run("test", "-k", "a or b", WHO="0")
    assert (answer.code, answer.out) == (0, [str(ready.here), "-m", "pytest", "-n", "auto", "-q", "-k", "a or b"])
    *_, venv, pip = ready.calls()
    assert venv == f"venv {ready.here}/.venv-dev"
    assert pip.endswith("requirements-dev.lock")
    assert (ready.run("test").code, ready.run("build").code, ready.calls()) == (0, 0, [])


@pytest.mark.parametrize(("words", "name"), [(["setup"], ".venv"), (["setup", "--dev"], ".venv-dev")])
def test_setup_says_where(words: list[str], name: str, debian: World) -> None:
    assert debian.run(*words, WHO="0").out == [f"{debian.here}/{name}"]


def test_doctor_and_launcher_name_the_same_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: tool)
    monkeypatch.setattr(doctor, "OLDEST_PANGO", (99, 0, 0))
    monkeypatch.setattr(doctor, "OLDEST_HARFBUZZ", (99, 0, 0))
    fixes = {each.subject: each.fix for each in doctor.examine(tmp_path, tmp_path)}
    named = [
        name for subject in ("Pango", "HarfBuzz-subset") for name in fixes[subject].split() if name.startswith("lib")
    ]
    assert named == PANGO.split()
    assert f"pango_packages='{PANGO}'" in (PROJECT / "brief").read_text(encoding="utf-8")
