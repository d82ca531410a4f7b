"""The virtual environment holds what the lock says, is made once, and is never taken for good half made."""

import os
import signal
import time
from pathlib import Path

import pytest

from .machine import Machine


def test_the_second_run_installs_nothing_and_says_nothing(ready: Machine) -> None:
    answer = ready.run("build")
    assert (answer.code, answer.err, ready.calls()) == (0, [], [])


def test_a_changed_lock_is_followed(ready: Machine) -> None:
    (ready.venv / "left over").touch()
    (ready.here / "requirements.lock").write_text("two==2\n", encoding="utf-8")
    assert ready.run("build").code == 0
    assert ready.verbs() == ["venv", "pip"]
    assert not (ready.venv / "left over").exists()


def test_a_python_that_is_gone_is_replaced(ready: Machine) -> None:
    (ready.venv / "bin/python").unlink()
    assert ready.run("build").code == 0
    assert ready.verbs() == ["venv", "pip"]


def wait_until_asked(machine: Machine, verb: str) -> None:
    for _ in range(1000):
        if verb in machine.verbs():
            return
        time.sleep(0.02)
    raise TimeoutError(verb)


def test_an_interrupted_set_up_is_done_anew(debian: Machine) -> None:
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


def test_two_first_runs_at_once_set_up_one_after_the_other(debian: Machine) -> None:
    debian.install("python3")
    debian.mark("slow", "2")
    answers = [debian.end(each) for each in [debian.start("build"), debian.start("build")]]
    assert [each.code for each in answers] == [0, 0]
    assert debian.verbs() == ["venv", "pip"]
    assert "briefgen: another ./brief is setting up; waiting for it" in answers[0].err + answers[1].err


def test_a_folder_that_another_run_removes_in_this_moment_is_waited_for(debian: Machine) -> None:
    """Two first runs at once: one removes .venv to make it anew, just after the other has made it."""
    debian.install("python3")
    mkdir = debian.root / "bin" / "mkdir"
    real = mkdir.resolve()
    mkdir.unlink()
    mkdir.write_text(f'#!/bin/sh\n{real} "$@" || exit\ncase "$*" in *.venv) rm -r "$2" ;; esac\n', encoding="utf-8")
    mkdir.chmod(0o755)
    assert debian.run("build").code == 0
    assert (debian.venv / "installed.lock").exists()
    assert not (debian.root / "cache").exists()


def test_a_failed_download_is_explained_and_tried_again(debian: Machine) -> None:
    debian.install("python3")
    debian.mark("offline")
    answer = debian.run("build")
    assert answer.code == 2
    assert answer.err[1] == "no route to host"
    assert f"the whole log: {debian.venv}.log" in answer.err[2]
    assert answer.err[-1] == "briefgen: then run the same command again"
    debian.unmark("offline")
    assert debian.run("build").code == 0


def test_words_and_the_current_directory_are_kept(ready: Machine) -> None:
    words = ["a b", "", "*", "--as-of=2026-11-21", "x\ty"]
    assert ready.run("explain", *words).out == [f"{ready.root}/desk", "-P", "-m", "briefgen", "explain", *words]
    assert ready.run("--help").out[-1] == "--help"
    assert ready.run().out[-1] == "briefgen"


def test_the_settings_of_pip_are_heeded(debian: Machine) -> None:
    debian.install("python3")
    debian.run("build", PIP_INDEX_URL="https://mirror.example/simple")
    assert debian.calls()[-1].startswith("pip https://mirror.example/simple ")


def test_the_program_is_found_from_anywhere_even_once_moved(ready: Machine) -> None:
    moved = ready.here.rename(ready.root / "elsewhere")
    packages = moved / ".venv/lib/python3.11/site-packages"
    assert (packages / (packages / "briefgen.pth").read_text().strip()).resolve() == moved
    (ready.root / "link").symlink_to("elsewhere/brief")
    for brief in ("elsewhere/brief", "link"):
        assert ready.run("build", brief=brief).code == 0
    assert ready.calls() == []


def test_where_it_cannot_or_must_not_write_the_cache_serves(debian: Machine) -> None:
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


def test_nowhere_to_write(debian: Machine) -> None:
    debian.install("python3")
    debian.venv.touch()
    answer = debian.run("build", XDG_CACHE_HOME="/dev/null")
    assert answer.code == 2
    assert answer.err[-1].endswith("set XDG_CACHE_HOME to a folder you may write to")


def test_the_tests_have_a_venv_of_their_own(ready: Machine) -> None:
    answer = ready.run("test", "-k", "a or b", WHO="0")
    pytest_words = ["-m", "pytest", "-n", "auto", "-q", "-k", "a or b"]
    assert (answer.code, answer.out) == (0, [str(ready.here), *pytest_words])
    *_, venv, pip = ready.calls()
    assert venv == f"venv {ready.here}/.venv-dev"
    assert pip.endswith("requirements-dev.lock")
    assert (ready.run("test").code, ready.run("build").code, ready.calls()) == (0, 0, [])


@pytest.mark.parametrize(("words", "name"), [(["setup"], ".venv"), (["setup", "--dev"], ".venv-dev")])
def test_setup_says_where(words: list[str], name: str, debian: Machine) -> None:
    assert debian.run(*words, WHO="0").out == [f"{debian.here}/{name}"]
