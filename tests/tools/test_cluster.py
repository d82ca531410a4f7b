"""A Dask cluster does what this machine's workers do: the same bytes and limits, no document lost with a worker."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from clusters import Started, cluster
from conftest import Program, Run, Told, changed, request_for
from render.jobs import jobs_of, laid_out

from briefgen.model.document import Job
from briefgen.model.findings import FindingsError
from briefgen.render.documents import check_names, render
from briefgen.tools.workspaces import make_workspace

from .cluster_tasks import kill_itself, wait_here

SECONDS, MEGABYTES = 1, 700
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
Make = Callable[..., Job]


@pytest.fixture(scope="module")
def to_cluster() -> ModuleType:
    """The module under test, which brings Dask: to load that takes long, and only one process runs these tests."""
    return import_module("briefgen.tools.cluster")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    elsewhere = ELSEWHERE | {"TZ": "America/Lima", "PYTHONHASHSEED": "7"}
    with cluster(tmp_path_factory.mktemp("cluster"), 1, 1, **elsewhere) as found:
        yield found


@pytest.fixture(scope="module")
def workers(started: Started, to_cluster: ModuleType) -> Iterator[Executor]:
    with to_cluster.Cluster(started.address, SECONDS, MEGABYTES, ("briefgen.render.html",)) as executor:
        yield executor


@pytest.fixture(scope="module")
def page_job(tmp_path_factory: pytest.TempPathFactory) -> Job:
    folder = tmp_path_factory.mktemp("page")
    make_workspace(folder / "desk")
    return jobs_of(request_for(folder / "desk"), folder / "out")[0]


@pytest.fixture
def tiny_job(page_job: Job, tmp_path: Path) -> Make:
    """A job whose template is just this text."""

    def make(text: str) -> Job:
        folder = tmp_path / "templates"
        folder.mkdir(exist_ok=True)
        (folder / "tiny.html").write_text(text, encoding="utf-8")
        return laid_out(page_job.page, folder)

    return make


def _told(jobs: list[Job], executor: Executor) -> tuple[list[str], list[str]]:
    names: list[str] = []
    try:
        render(jobs, executor, lambda made: names.append(made.content.decode()))
    except FindingsError as trouble:
        return names, [f"{found.location} {found.code}" for found in trouble.findings]
    return names, []


def test_other_processes_on_other_ground_and_a_cluster_make_the_same_edition(
    starter: Path, started: Started, run: Run, told: Told, tmp_path: Path
) -> None:
    """Without workers, with some, and with a cluster's, which have no disk in common; seeds and zones differ.

    In the longer document, which has all that the short one has.
    """
    changed(starter / "briefgen.toml", '"at-a-glance", ', "")
    other = tmp_path / "another desk" / "of the same office"
    shutil.copytree(starter, other)
    there = ("build", "--as-of", "2026-09-09")
    assert told(*there, at=starter).code == 0
    done = run("-C", other, *there, "--out", tmp_path / "out", at=Path("/"), HOME=str(tmp_path), **ELSEWHERE)
    assert (done.code, done.err) == (0, "")
    done = told(*there, "--out", tmp_path / "far", "--cluster", started.address, at=starter)
    assert (done.code, done.err) == (0, "")
    one = _files(starter / "out" / "sample" / "as-of" / "2026-09-09")
    for out in ("out", "far"):
        assert one == _files(tmp_path / out / "sample" / "as-of" / "2026-09-09"), out
    assert {".pdf", ".html", ".json"} <= {Path(name).suffix for name in one}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_template_that_is_saved_anew_reaches_the_workers(tiny_job: Make, workers: Executor) -> None:
    first, _ = _told([tiny_job("<p>one")], workers)
    second, _ = _told([tiny_job("<p>another")], workers)
    assert ["one" in first[0], "another" in second[0]] == [True, True]


def test_a_fault_is_told_at_the_line_of_this_machine(tiny_job: Make, workers: Executor, tmp_path: Path) -> None:
    jobs = [tiny_job("<p>\n{{ page.nothing }}")]
    assert _told(jobs, workers) == ([], [f"{tmp_path}/templates/tiny.html:2:9 R401"])
    refused = [tiny_job("<p>\n<script>1</script>")]
    assert _told(refused, workers) == ([], [f"{tmp_path}/templates/tiny.html:2:1 R410"])
    unmet = tiny_job("{% for row in page.glance.changes.rows %}\n{{ row.txet }}{% endfor %}")
    with pytest.raises(FindingsError) as caught:
        render([unmet], workers, one=check_names)
    assert [str(each.location) for each in caught.value.findings] == [f"{tmp_path}/templates/tiny.html:2:8"]


def test_limits_hold_on_the_workers(
    tiny_job: Make, workers: Executor, started: Started, to_cluster: ModuleType, tmp_path: Path
) -> None:
    nested = "".join(f"{{% for x{n} in page.lang ~ page.colophon.facts_hash %}}" for n in range(12))
    assert _told([tiny_job(nested + "{% endfor %}" * 12)], workers)[1] == [f"{tmp_path}/templates/tiny.html R402"]
    greedy = "{% set ns = 'x' * 10 ** 6 %}" + "{% set ns = ns ~ ns %}" * 14 + "{{ ns }}"
    with to_cluster.Cluster(started.address, 30, MEGABYTES, ("briefgen.render.html",)) as patient:
        names, found = _told([tiny_job(greedy)], patient)  # it would take more than a second of a busy machine
    assert (names, [each[-4:] for each in found]) == ([], ["R403"])


def test_a_process_that_is_killed_is_told_plainly(tiny_job: Make, workers: Executor) -> None:
    with pytest.raises(BrokenExecutor, match="its process was ended by SIGKILL"):
        workers.submit(kill_itself, tiny_job("")).result(timeout=60)


def test_a_worker_with_another_version_is_refused(
    started: Started, to_cluster: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {**to_cluster.identity(), "briefgen": "9.0", "weasyprint": "99"}
    monkeypatch.setattr(to_cluster, "identity", lambda: other)
    with pytest.raises(FindingsError) as refused:
        to_cluster.Cluster(started.address, SECONDS, MEGABYTES, ())
    (found,) = refused.value.findings
    assert found.code == "P513"
    assert "cannot be used: it has briefgen 0.1.0 (" in found.message
    assert "weasyprint 70.0 instead of 99" in found.message


def test_an_address_where_nobody_answers_is_told(
    tiny: Path, program: Program, to_cluster: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_cluster, "SECONDS_TO_CONNECT", 0.5)
    for address, said in (
        ("nonsense", "this cannot be reached: missing port number in address 'nonsense'"),
        ("tcp://127.0.0.1:9", "no scheduler of a Dask cluster answers there: "),
        ("tls://127.0.0.1:9", "Dask's settings on this machine name no certificates for TLS"),
    ):
        done = program("build", "--cluster", address, at=tiny)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"{address}: error P513 {said}")


def test_without_the_library_it_is_told_what_to_install(
    tiny: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "briefgen.tools.cluster", raising=False)
    monkeypatch.setitem(sys.modules, "dask", None)
    done = program("build", "--cluster", "tcp://127.0.0.1:9", at=tiny)
    assert done.code == 2
    assert "a library that is not installed here: dask" in done.err
    assert f"install it with: {sys.executable} -m pip install distributed" in done.err


def test_a_worker_that_is_killed_in_the_middle_costs_no_document(
    tiny_job: Make, started: Started, tmp_path: Path, to_cluster: ModuleType
) -> None:
    """The last of them all: it leaves the cluster without a worker."""
    place = tmp_path / "begun"
    place.mkdir()
    job = replace(tiny_job(""), signature=str(place))
    jobs = [replace(job, page=replace(job.page, language=f"x{number}")) for number in range(6)]
    with to_cluster.Cluster(started.address, 30, MEGABYTES, ()) as executor:
        executor._client.wait_for_workers(2, timeout=60)
        futures = [executor.submit(wait_here, each) for each in jobs]
        victim = started.workers[0]
        while not [*place.glob(f"*-{victim.pid}")]:
            time.sleep(0.05)
        victim.kill()
        made = [future.result(timeout=60) for future in futures]
        assert [each.name for each in made] == [each.name for each in jobs]
        assert str(victim.pid).encode() not in {each.content for each in made[-2:]}
        begun = [path.name.partition("-")[0] for path in place.iterdir()]
        assert len(begun) > len({*begun}) == 6  # what the dead one had begun was begun again
        started.workers[1].kill()
        with pytest.raises(BrokenExecutor, match="no worker"):
            executor.submit(wait_here, job).result(timeout=60)
