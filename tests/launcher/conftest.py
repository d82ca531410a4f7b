"""Machines in three states."""

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from .machine import COMMON_TOOLS, FAKES, PROJECT, Machine


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with a checkout and the common tools, yet without Python, apt-get or anything to ask for rights."""
    machine = Machine(tmp_path)
    for folder in (machine.here, *(tmp_path / name for name in ("bin", "kept", "desk"))):
        folder.mkdir()
    for tool in COMMON_TOOLS.split():
        found = shutil.which(tool)
        assert found is not None, tool
        (tmp_path / "bin" / tool).symlink_to(found)
    for name, script in FAKES.items():
        fake = tmp_path / "kept" / name
        fake.write_text(f"#!/bin/sh\n{dedent(script)}", encoding="utf-8")
        fake.chmod(0o755)
    shutil.copy(PROJECT / "brief", machine.here)
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (machine.here / lock).write_text(f"one==1  # {lock}\n", encoding="utf-8")
    machine.install("id")
    return machine


@pytest.fixture
def debian(machine: Machine) -> Machine:
    """The same, with apt-get and nothing installed by it yet."""
    machine.install("apt-get")
    return machine


@pytest.fixture
def ready(debian: Machine) -> Machine:
    """The same, all installed and set up."""
    debian.install("python3")
    assert debian.run().code == 0
    assert debian.verbs() == ["venv", "pip"]
    return debian
