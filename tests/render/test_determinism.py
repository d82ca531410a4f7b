"""The same facts, day and version give the same bytes, wherever, whenever and by whomever they are made."""

import shutil
from pathlib import Path

from conftest import Run

ELSEWHERE = {
    "PYTHONHASHSEED": "4242",
    "TZ": "Pacific/Auckland",
    "LANG": "ko_KR.UTF-8",
    "LC_ALL": "C",
    "PYTHONUTF8": "1",
    "SOURCE_DATE_EPOCH": "1",
    "USER": "somebody",
    "COLUMNS": "40",
}


def test_two_processes_on_different_ground_make_the_same_edition(starter: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "another desk" / "of the same office"
    shutil.copytree(starter, other)
    there = ("build", "--as-of", "2026-09-09")
    assert run(*there, at=starter, PYTHONHASHSEED="1", TZ="America/Lima").code == 0
    done = run("-C", other, *there, "--out", tmp_path / "out", at=Path("/"), HOME=str(tmp_path), **ELSEWHERE)
    assert (done.code, done.err) == (0, "")
    one, two = starter / "out" / "sample" / "as-of" / "2026-09-09", tmp_path / "out" / "sample" / "as-of" / "2026-09-09"
    assert _files(one) == _files(two)
    assert {".pdf", ".html", ".json"} <= {path.suffix for path in one.iterdir()}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
