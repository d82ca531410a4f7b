"""The same facts, day and version give the same bytes, wherever, whenever and by whomever they are made."""

import shutil
from pathlib import Path

from clusters import cluster
from conftest import Run, Told

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


def test_other_processes_on_other_ground_and_a_cluster_make_the_same_edition(
    starter: Path, run: Run, told: Told, tmp_path: Path
) -> None:
    """Without workers, with some, and with a cluster's, which have no disk in common; seeds and zones differ."""
    other = tmp_path / "another desk" / "of the same office"
    shutil.copytree(starter, other)
    there = ("build", "--as-of", "2026-09-09")
    home = tmp_path / "cluster"
    home.mkdir()
    with cluster(home, 1, **ELSEWHERE | {"TZ": "America/Lima", "PYTHONHASHSEED": "7"}) as started:
        assert told(*there, at=starter).code == 0
        done = run("-C", other, *there, "--out", tmp_path / "out", at=Path("/"), HOME=str(tmp_path), **ELSEWHERE)
        assert (done.code, done.err) == (0, "")
        far = (*there, "--out", tmp_path / "far", "--cluster", started.address)
        done = told(*far, at=starter)
        assert (done.code, done.err) == (0, "")
    one = _files(starter / "out" / "sample" / "as-of" / "2026-09-09")
    for out in ("out", "far"):
        assert one == _files(tmp_path / out / "sample" / "as-of" / "2026-09-09"), out
    assert {".pdf", ".html", ".json"} <= {Path(name).suffix for name in one}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}
