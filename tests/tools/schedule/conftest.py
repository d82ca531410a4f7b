"""Stand-ins for the programs of the system, which write down how they were called."""

import os
from pathlib import Path

import pytest


class Programs:
    """Shell scripts that come first on the PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls"
        self.table = folder / "table"

    def add(self, name: str, script: str) -> None:
        """One that writes down its words, and then does what the script says."""
        path = self.folder / name
        path.write_text(f'#!/bin/sh\necho "{name} $*" >>{self.calls}\n{script}\n', encoding="utf-8")
        path.chmod(0o755)

    @property
    def called(self) -> list[str]:
        """How they were called, in order."""
        return self.calls.read_text(encoding="utf-8").splitlines() if self.calls.exists() else []

    def add_crontab(self, table: str | None = None) -> None:
        """As Debian's does, with one table in a file."""
        if table is not None:
            self.table.write_text(table, encoding="utf-8")
        self.add(
            "crontab",
            f"""case $1 in
-l) [ -e {self.table} ] || {{ echo "no crontab for desk" >&2; exit 1; }}; cat {self.table} ;;
-r) rm {self.table} ;;
-) cat >{self.table} ;;
esac""",
        )

    def add_systemctl(self, state: str = "running", refuses: str = "nothing") -> None:
        """One that takes orders, but for the words it refuses."""
        self.add(
            "systemctl",
            f"""case "$*" in
*is-system-running*) echo {state} ;;
*"{refuses}"*) echo "Failed to do so: Access denied" >&2; exit 1 ;;
*is-active*) echo active ;;
esac""",
        )


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programs:
    """A folder of programs before all others."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return Programs(folder)


@pytest.fixture
def state_dir(tmp_path: Path) -> Path:
    """Where it is remembered what was done."""
    return tmp_path / "out" / ".schedule"
