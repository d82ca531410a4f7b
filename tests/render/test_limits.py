"""A template that never ends, or takes all memory, is stopped; the rest goes on, and it is told plainly."""

import errno
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from conftest import Direct, Run, Told, contents, environment, write_template

from briefgen.model.document import Job, RenderedFile
from briefgen.model.findings import Finding, FindingsError
from briefgen.render import html as to_html
from briefgen.render.documents import render, render_one
from briefgen.render.html import limited
from briefgen.render.workers import MODULES, LimitedProcesses

from .conftest import MEGABYTES, SECONDS

Make = Callable[..., Job]

NESTED = "".join(f"{{% for x{n} in page.lang ~ page.colophon.facts_hash %}}" for n in range(12)) + "{% endfor %}" * 12
BRANCHING = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
ENDLESS = {
    "loops in loops": NESTED,
    "a macro that branches": BRANCHING,
}
GREEDY = {
    "a text doubled again and again": "{% set ns = 'x' * 10 ** 6 %}" + "{% set ns = ns ~ ns %}" * 14 + "{{ ns }}",
    "a centred word": "{{ 'x' | center(10 ** 10) }}",
}
TOO_MUCH = {
    "a power": "{{ 7 ** (10 ** 8) % 2 }}",
    "a long text": "{{ 'x' * 10 ** 10 }}",
    "a long text, the other way round": "{{ 10 ** 10 * 'x' }}",
    "a long name": "{{ page.lang * 10 ** 8 }}",
    "a list of lists": "{{ ([0] * 10 ** 9) | length }}",
    "a wide format": "{{ '%99999999d' % 1 }}",
    "a format of any width": "{{ '%*d' % (99999999, 1) }}",
}


def _rendered(
    jobs: list[Job], executor: Executor, one: Callable[[Job], RenderedFile] = render_one
) -> tuple[list[str], list[Finding]]:
    """The names of the documents that came out, and what was found."""
    names: list[str] = []
    try:
        render(jobs, executor, lambda made: names.append(made.name), one)
    except FindingsError as trouble:
        return names, list(trouble.findings)
    return names, []


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_stopped_and_the_others_go_on(
    name: str, tiny_job: Make, tmp_path: Path, workers: LimitedProcesses
) -> None:
    started = time.monotonic()
    endless = tiny_job(ENDLESS[name])
    other = tmp_path / "other"
    other.mkdir()
    (other / "tiny.html").write_text("fine", encoding="utf-8")
    fine = Job(page=endless.page, document="tiny", format="html", folders=(str(other),), look=endless.look)
    names, findings = _rendered([fine, endless, fine, fine, fine], workers)
    assert names == ["tiny.en.html"] * 4
    assert [(found.code, Path(found.location.file).name) for found in findings] == [("R402", "tiny.html")]
    assert "tiny.en.html was not finished within the time allowed" in findings[0].message
    assert "seconds_per_document" in findings[0].hint
    assert time.monotonic() - started < SECONDS + 12  # the rest is for starting a worker on a busy machine


@pytest.mark.parametrize("name", GREEDY)
def test_what_takes_all_memory_is_stopped(name: str, tiny_job: Make, patient_workers: LimitedProcesses) -> None:
    _, findings = _rendered([tiny_job(GREEDY[name])], patient_workers)
    assert [(found.code, Path(found.location.file).name, found.location.line) for found in findings] == [
        ("R403", "tiny.html", 1)
    ]
    assert "tiny.en.html was stopped: making its text took more memory than any page needs" in findings[0].message


@pytest.mark.parametrize("name", TOO_MUCH)
def test_what_would_be_too_large_is_not_made(name: str, tiny_job: Make) -> None:
    _, findings = _rendered([tiny_job(f"<p>\n{TOO_MUCH[name]}")], Direct())
    assert [(found.code, found.location.line) for found in findings] == [("R401", 2)]
    assert re.search("would make more than 1,000,000 signs|may not ask for more than 9,999", findings[0].message)


@pytest.mark.parametrize(
    "text", ["{{ ('x' * 9999).replace('x', 'y' * 9999) }}", "{{ (['x'] * 9999) | join('y' * 9999) }}"]
)
def test_what_is_longer_than_a_page_is_told_where_it_is_printed(text: str, tiny_job: Make) -> None:
    _, findings = _rendered([tiny_job(f"<p>\n{text}")], Direct())
    assert [(found.code, found.location.line) for found in findings] == [("R401", 2)]
    assert re.match("this would print 99,[0-9,]+ characters; the limit is 16,000,000", findings[0].message)


@pytest.mark.parametrize("name", ENDLESS)
def test_what_never_ends_is_stopped_at_its_line(name: str, tiny_job: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_html, "limited", partial(limited, seconds=0.2))
    _, findings = _rendered([tiny_job(f"<p>\n\n{ENDLESS[name]}")], Direct())
    assert [(found.code, found.location.line) for found in findings] == [("R402", 3)]
    assert "making its text took more time than any page needs" in findings[0].message


def _count_without_end() -> None:
    for number in count(1):  # steps of Python, between which a signal is seen
        assert number


def test_limits_end_with_what_they_limit() -> None:
    memory, handler = resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(TimeoutError), limited(seconds=0.2):
        _count_without_end()
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0
    assert (resource.getrlimit(resource.RLIMIT_AS), signal.getsignal(signal.SIGVTALRM)) == (memory, handler)


def test_a_page_of_too_many_characters_is_refused(tiny_job: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(to_html, "MAX_MARKUP", 10)
    _, findings = _rendered([tiny_job("<p>more than ten")], Direct())
    assert [(found.code, found.message) for found in findings] == [("R401", "it prints 16 characters; the limit is 10")]


def test_an_endless_page_layout_is_stopped(tiny_job: Make) -> None:
    body = "{% for a in hash %}{% for b in hash %}<p>{{ 'word ' * 400 }}</p>{% endfor %}{% endfor %}"
    head = "<html lang=en><title>x</title>{% set hash = page.colophon.facts_hash %}"
    job = tiny_job(head + body, format="pdf")
    with LimitedProcesses(1, SECONDS, MEGABYTES, (*MODULES, "briefgen.render.pdf")) as alone:
        _, findings = _rendered([job], alone)
    assert [found.code for found in findings] in (["R402"], ["R403"])


def test_a_worker_that_is_killed_is_told_plainly(tiny_job: Make, patient_workers: LimitedProcesses) -> None:
    for number, said in ((signal.SIGKILL, "SIGKILL"), (signal.SIGSEGV, "SIGSEGV"), (40, "signal 40")):
        with pytest.raises(BrokenExecutor, match=f"its process was ended by {said}"):
            patient_workers.submit(_end_by, number).result(timeout=20)
    names, findings = _rendered([tiny_job("fine")], patient_workers)
    assert (names, findings) == (["tiny.en.html"], [])


def test_a_document_whose_worker_was_killed_is_named(tiny_job: Make) -> None:
    def killed(_job: Job) -> RenderedFile:
        raise BrokenExecutor("its process was ended by SIGKILL")

    names, findings = _rendered([tiny_job("fine")], Direct(), killed)
    assert names == []
    assert [(found.code, found.message) for found in findings] == [
        ("P505", "tiny.en.html was not finished: its process was ended by SIGKILL")
    ]


def test_too_many_open_files_are_no_lack_of_memory(tiny_job: Make) -> None:
    """In the worker, or where none can be started."""
    few = OSError(errno.EMFILE, "Too many open files")
    unstarted = BrokenExecutor("no process can be started: Too many open files")
    unstarted.__cause__ = few
    for error in (few, unstarted):

        def failing(_job: Job, error: Exception = error) -> RenderedFile:
            raise error

        _, findings = _rendered([tiny_job("fine")], Direct(), failing)
        assert [(found.code, found.hint) for found in findings] == [
            ("P505", "let more files be open at once: ulimit -n 1024")
        ]


def test_ctrl_c_never_reaches_the_workers(patient_workers: LimitedProcesses) -> None:
    """Else one would end in the middle of an import, with a traceback."""
    assert signal.SIGINT in patient_workers.submit(_held_signals).result(timeout=20)


def test_a_worker_ends_by_itself_where_nobody_is_left_to_stop_it(tmp_path: Path) -> None:
    """The caller is killed while a worker loops: the worker's own clock stops it."""
    program = (
        "import os, time, briefgen.render.workers as w\n"
        "w.GRACE = 1\n"
        "pool = w.LimitedProcesses(1, 1, 700, ())\n"
        "print(pool.submit(os.getpid).result(), flush=True)\n"
        "pool.submit(time.sleep, 60)\n"
        "time.sleep(0.5)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    path = tmp_path / "caller.py"
    path.write_text(f"if __name__ == '__main__':\n    exec({program!r})\n", encoding="utf-8")
    done = subprocess.run([sys.executable, path], env=environment(tmp_path), capture_output=True, text=True, timeout=60)
    assert done.returncode == -signal.SIGKILL
    deadline = time.monotonic() + 15
    while _runs(int(done.stdout)):
        assert time.monotonic() < deadline, "the worker goes on"
        time.sleep(0.1)


def test_a_build_that_is_stopped_leaves_out_as_it_was(tiny: Path, told: Told, run: Run) -> None:
    assert told("build", at=tiny).code == 0
    before = contents(tiny / "out")
    write_template(tiny, "at-a-glance", NESTED)
    with (tiny / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write("seconds_per_document = 1\n")
    done = run("build", at=tiny)
    assert done.code == 1
    assert (
        "templates/at-a-glance.html: error R402 at-a-glance.en.html was not finished within the time allowed"
        in done.err
    )
    assert "Nothing was written for sample; its editions are unchanged." in done.err
    assert "Traceback" not in done.err
    assert contents(tiny / "out") == before


def _held_signals() -> set[int]:
    return {int(each) for each in signal.pthread_sigmask(signal.SIG_BLOCK, ())}


def _end_by(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(10)


def _runs(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
