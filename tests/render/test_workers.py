"""Nothing of a build outlives it: no process, and no temporary folder, not even that of a build that was killed."""

import ctypes.util
import gc
import os
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from concurrent.futures import BrokenExecutor, Future, as_completed
from pathlib import Path
from threading import Thread
from unittest.mock import Mock

import pytest
from conftest import environment
from jinja2 import Environment

from briefgen.read.workspace import find_workspace
from briefgen.render import html, workers
from briefgen.render.documents import compile_templates
from briefgen.render.workers import LimitedProcesses
from briefgen.tools import building

CHILDREN = """\
import os
from pathlib import Path
from briefgen.render.workers import LimitedProcesses

def below(process):
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = path.joinpath("stat").read_text().rpartition(")")[2].split()[1]
            if int(parent) == process and "resource_tracker" not in path.joinpath("cmdline").read_text():
                found += [int(path.name), *below(int(path.name))]
        except OSError:
            pass
    return found

def children():
    return len(below(os.getpid()))

if __name__ == "__main__":
    for _ in range(2):
        with LimitedProcesses(1, 10, 1500, ()) as pool:
            assert pool.submit(os.getpid).result() != os.getpid()
            print(children())
        print(children())
    with LimitedProcesses(1, 10, 1500, ()) as outer:
        first = outer.submit(os.getpid).result()
        with LimitedProcesses(1, 10, 1500, ()) as inner:
            assert inner.submit(os.getpid).result() != first
        assert outer.submit(os.getpid).result() == first
        print(children())
    print(children())
    with LimitedProcesses(1, 10, 1500, ()) as early:
        early.prepare()
        while children() < 2:
            pass
        assert early.submit(os.getpid).result() != os.getpid()
        print(children())
    print(children())
"""
KILLED = """\
import os
from briefgen.render.workers import LimitedProcesses

if __name__ == "__main__":
    with LimitedProcesses(1, 10, 1500, ()) as pool:
        pool.submit(os.getpid).result()
        os.kill(os.getpid(), 9)
"""


def _run(program: str, at: Path, folder: Path | None = None, **extra: str) -> "subprocess.CompletedProcess[str]":
    path = at / "program.py"
    path.write_text(program, encoding="utf-8")
    command, clean = [sys.executable, str(path)], environment(at, extra)
    return subprocess.run(command, cwd=folder or at, env=clean, capture_output=True, text=True, timeout=60, check=False)


def test_workers_go_with_their_pool_and_take_no_file_of_the_current_folder_for_a_module(tmp_path: Path) -> None:
    """A workspace may hold any file, such as pickle.py, which Python would look for there first."""
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    (workspace / "pickle.py").write_text("raise SystemExit('taken')", encoding="utf-8")
    done = _run(CHILDREN, tmp_path, workspace)
    assert (done.stdout.split(), done.stderr, done.returncode) == (["2", "0"] * 4, "", 0)


def test_the_folder_of_a_killed_build_is_removed_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """At once it may still belong to a build that is about to lock it; and one whose build goes on stays."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert _run(KILLED, tmp_path, TMPDIR=str(folder)).returncode == -signal.SIGKILL
    (left,) = folder.iterdir()
    (left / "font.ttf").touch()
    going_on = LimitedProcesses(1, 10, 700, ())
    assert left.is_dir()
    for each in folder.iterdir():
        os.utime(each, (0, time.time() - 61))
    LimitedProcesses(1, 10, 700, ()).shutdown()
    (kept,) = folder.iterdir()
    assert kept != left
    going_on.shutdown()
    assert list(folder.iterdir()) == []


def test_a_worker_is_replaced_after_many_tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MAX_TASKS", 3)
    pool = LimitedProcesses(1, 10, 700, ())
    processes = [pool.submit(os.getpid).result(timeout=60) for _ in range(7)]
    pool.shutdown()
    assert [processes.count(each) for each in dict.fromkeys(processes)] == [3, 3, 1]


def test_workers_are_copies_of_a_process_that_has_loaded_the_modules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To load them takes as long as to lay out many pages."""
    (tmp_path / "loaded_once.py").write_text("import os\nby = os.getpid()\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with LimitedProcesses(2, 30, 1500, ("loaded_once",), 1) as pool:
        asked = [pool.submit(eval, "(__import__('loaded_once').by, __import__('os').getpid())") for _ in range(3)]
        found = [each.result() for each in asked]
    assert len({by for by, _ in found}) == 1
    assert len({each for pair in found for each in pair}) == 1 + 3


def test_what_workers_are_copies_of_is_replaced_when_it_has_ended() -> None:
    with LimitedProcesses(1, 30, 1500, (), 1) as pool:
        first = pool.submit(os.getppid).result()
        os.kill(first, signal.SIGKILL)
        time.sleep(0.5)
        assert pool.submit(os.getppid).result() != first


def test_where_no_copy_can_be_made_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing = (
        "import os\ndef refuse(): raise BlockingIOError(11, 'Resource temporarily unavailable')\nos.fork = refuse"
    )
    (tmp_path / "refusing.py").write_text(refusing, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with LimitedProcesses(1, 30, 1500, ("refusing",)) as pool:
        for _ in range(2):
            with pytest.raises(BrokenExecutor, match="no process can be started: Resource temporarily unavailable"):
                pool.submit(os.getpid).result(timeout=60)


def test_where_no_process_can_be_started_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    pool = LimitedProcesses(1, 10, 700, ())
    with pytest.raises(BrokenExecutor, match="no process can be started: Resource temporarily unavailable"):
        pool.submit(os.getpid).result(timeout=60)
    pool.shutdown()


def test_where_its_helper_cannot_be_started_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr("multiprocessing.resource_tracker._resource_tracker.ensure_running", refuse)
    monkeypatch.setattr("multiprocessing.resource_tracker.ensure_running", refuse)
    pool = LimitedProcesses(1, 10, 700, ())
    with pytest.raises(BrokenExecutor, match="no process can be started: Too many open files"):
        pool.submit(os.getpid).result(timeout=60)
    pool.shutdown()


def test_a_worker_looks_for_garbage_seldom_and_never_among_its_modules() -> None:
    with LimitedProcesses(1, 30, 1500) as pool:
        assert pool.submit(gc.get_threshold).result() == workers.COLLECTED
        assert pool.submit(gc.get_freeze_count).result() > 10_000


def test_what_is_kept_is_no_longer_looked_at_after_a_pause_and_what_is_not_is_gone() -> None:
    class Part:
        whole: "Part"

    kept, lost = Part(), Part()
    lost.whole = lost  # only a look for garbage finds it
    gone = weakref.ref(lost)
    gc.freeze()
    del lost
    workers.collect()
    assert gone() is None
    assert not any(each is kept for each in gc.get_objects())


def test_a_process_is_replaced_after_as_many_tasks_as_its_work_allows() -> None:
    with LimitedProcesses(1, 30, 1500, (), 2) as pool:
        first, second, third = (pool.submit(os.getpid).result() for _ in range(3))
    assert first == second != third


def test_a_process_leaves_the_machine_to_others_also_when_it_replaces_another() -> None:
    with LimitedProcesses(1, 30, 1500, (), 1, patience=7) as pool:
        assert {pool.submit(os.nice, 0).result() - os.nice(0) for _ in range(2)} == {7}


@pytest.mark.parametrize(("cores", "started"), [(2, 2), (64, 4)])
def test_there_are_no_more_processes_than_documents(
    cores: int, started: int, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "cpu_count", lambda: cores)
    assert building.processes(find_workspace(starter)) == started


def test_a_worker_loads_the_pdf_engine_without_asking_a_compiler_where_its_libraries_are() -> None:
    """What `find_library` asks takes longer than all the rest; outside of the loading it is as it was."""
    with workers._asking_no_compiler():
        assert ctypes.util.find_library("c") is None
    assert ctypes.util.find_library("c")
    with LimitedProcesses(1, 60, 4000, ("briefgen.render.pdf",)) as pool:
        assert pool.submit(eval, "'weasyprint' in __import__('sys').modules").result()
        assert pool.submit(eval, "__import__('ctypes.util').util.find_library.__name__").result() == "find_library"


def test_who_waits_for_what_is_stopped_before_it_begins_waits_no_longer() -> None:
    """A preview could not be ended while it made what readers would be told: its thread waited for ever."""
    ended: list[str] = []

    def wait(futures: list[Future[None]]) -> None:
        ended.extend(type(each.exception()).__name__ for each in as_completed(futures))

    pool = LimitedProcesses(1, 60, 1500, ())
    waiting = Thread(target=wait, args=([pool.submit(time.sleep, 60) for _ in range(4)],), daemon=True)
    waiting.start()
    time.sleep(0.2)
    pool.shutdown(cancel_futures=True)
    waiting.join(10)
    assert ended == ["BrokenExecutor"] * 4


def test_workers_share_what_one_has_compiled_and_not_what_is_saved_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Compiling the templates takes a worker as long as a page of paper; one has time for it while facts are read."""
    shared = tmp_path / "briefgen-workers-here"
    shared.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    template, folders = tmp_path / "one.html", [str(tmp_path)]
    template.write_text("<p>1</p>", encoding="utf-8")
    (tmp_path / "wrong.html").write_text("{% if %}", encoding="utf-8")
    compile_templates(folders)
    compiled = Mock(side_effect=compile)
    monkeypatch.setattr(Environment, "_compile", lambda _, source, name: compiled(source, name, "exec"))
    for text, times in (("<p>1</p>", 0), ("<p>2</p>", 1), ("<p>2</p>", 1)):
        template.write_text(text, encoding="utf-8")
        html._COMPILED[False]._kept.clear()  # as in another worker
        assert html.environment_for(folders, marked=False).get_template("one.html").render() == text
        assert compiled.call_count == times
