"""What the launcher does about system packages: installs them where it may, else says exactly what to do."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import pseudo_terminal

from briefgen.tools import doctor

from .machine import PANGO, PROJECT, Machine


def test_a_user_on_a_bare_system_is_told_the_exact_command(debian: Machine) -> None:
    answer = debian.run("build")
    assert answer.code == 2
    assert answer.err[-2:] == [
        "briefgen: (as root)",
        f"briefgen:     apt-get update && apt-get install --no-install-recommends python3 python3-venv {PANGO}",
    ]
    assert debian.calls() == []


def test_a_user_without_a_terminal_is_told_the_command_with_sudo(debian: Machine) -> None:
    debian.install("sudo", "python3")
    debian.mark("no-venv")
    answer = debian.run("build")
    assert answer.code == 2
    assert answer.err[-1].endswith("sudo apt-get update && sudo apt-get install --no-install-recommends python3-venv")
    assert debian.calls() == []


@pytest.fixture
def terminal() -> Iterator[int]:
    master, end = pseudo_terminal()
    yield end
    os.close(end)
    os.close(master)


def test_at_a_terminal_sudo_is_asked(debian: Machine, terminal: int) -> None:
    debian.install("sudo")
    assert debian.end(debian.start("build", terminal=terminal)).code == 0
    assert debian.verbs() == ["sudo", "apt-get", "sudo", "apt-get", "venv", "pip"]


def test_root_has_it_all_installed(debian: Machine) -> None:
    answer = debian.run("build", WHO="0")
    update, install, venv, pip = debian.calls()
    assert update.endswith(" update")
    assert install.endswith(f" install --no-install-recommends python3 python3-venv {PANGO}")
    assert venv == f"venv {debian.venv}"
    assert pip.endswith(f"--require-hashes -r {debian.here}/requirements.lock")
    assert (answer.code, answer.out[1:]) == (0, ["-P", "-m", "briefgen", "build"])
    assert all(line.startswith("briefgen: ") for line in answer.err)


def test_root_without_network_is_shown_why_and_what_to_do(debian: Machine) -> None:
    debian.mark("offline")
    answer = debian.run("build", WHO="0")
    assert answer.code == 2
    assert "no such package" in answer.err
    assert answer.err[-1].endswith(f"apt-get install --no-install-recommends python3 python3-venv {PANGO}")


def test_only_what_is_missing_is_installed(debian: Machine) -> None:
    debian.install("python3")
    debian.mark("absent", "libharfbuzz-subset0\n")
    assert debian.run(WHO="0").code == 0
    assert debian.calls()[1].endswith("install --no-install-recommends libharfbuzz-subset0")


def test_where_nothing_is_missing_apt_is_left_alone(debian: Machine) -> None:
    debian.install("python3")
    assert debian.run(WHO="0").code == 0
    assert debian.verbs() == ["venv", "pip"]


def test_without_pango_it_goes_on_and_says_so(debian: Machine) -> None:
    debian.install("python3")
    debian.mark("absent", f"{PANGO}\n")
    answer = debian.run("build")
    assert answer.code == 0
    assert f"briefgen: going on without the PDFs, for which these are missing: {PANGO}" in answer.err


def test_another_system_is_told_its_own_packages(machine: Machine) -> None:
    machine.install("dnf")
    answer = machine.run("build")
    assert answer.code == 2
    assert "briefgen:     Fedora: sudo dnf install python3 pango harfbuzz" in answer.err
    assert "briefgen:     macOS:  brew install python pango" in answer.err


def test_a_python_too_old_is_named(debian: Machine) -> None:
    debian.install("python3")
    debian.mark("old")
    answer = debian.run("build", WHO="0")
    assert answer.code == 2
    assert answer.err[0] == "briefgen: Python 3.9.2 is too old: briefgen needs Python 3.11 or newer"
    assert debian.calls() == []


def test_a_newer_python_beside_an_old_one_is_found(debian: Machine) -> None:
    debian.install("python3")
    old = "#!/bin/sh\nexit 1\n"
    (debian.root / "bin/python3").rename(debian.root / "bin/python3.12")
    (debian.root / "bin/python3").write_text(old, encoding="utf-8")
    (debian.root / "bin/python3").chmod(0o755)
    assert debian.run("build").code == 0


def test_the_tests_need_a_browser(ready: Machine) -> None:
    answer = ready.run("test")
    assert answer.code == 2
    assert answer.err[-1].endswith("apt-get install --no-install-recommends chromium git gettext systemd")
    ready.install("chromium")
    assert ready.run("test").code == 0
    (ready.root / "bin/chromium").unlink()
    assert ready.run("test").code == 2


def test_what_only_some_tests_need_is_installed_too_or_named(debian: Machine) -> None:
    debian.install("python3", "chromium")
    answer = debian.run("test")
    assert answer.code == 0
    missing = "for which these are missing: git gettext systemd"
    assert f"briefgen: going on without some tests, which say so, {missing}" in answer.err
    shutil.rmtree(debian.here / ".venv-dev")
    debian.calls()
    assert debian.run("test", WHO="0").code == 0
    assert debian.calls()[1].endswith("install --no-install-recommends git gettext systemd")


def test_doctor_and_launcher_name_the_same_packages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda tool: tool)
    monkeypatch.setattr(doctor, "OLDEST_PANGO", (99, 0, 0))
    monkeypatch.setattr(doctor, "OLDEST_HARFBUZZ", (99, 0, 0))
    fixes = {each.subject: each.fix for each in doctor.diagnose(tmp_path, tmp_path)}
    named = [
        name for subject in ("Pango", "HarfBuzz-subset") for name in fixes[subject].split() if name.startswith("lib")
    ]
    assert named == PANGO.split()
    assert f"pango_packages='{PANGO}'" in (PROJECT / "brief").read_text(encoding="utf-8")
