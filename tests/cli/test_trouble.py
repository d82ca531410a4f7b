"""Whatever is missing, unreadable, full or closed: a sentence and an exit code, never a traceback."""

import fcntl
import os
import py_compile
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import Any

import pytest
from conftest import PROJECT, Ended, Run, Told, changed, contents, environment, ordinary_user, write_template

from briefgen import cli
from briefgen.__main__ import main

ENDLESS = "".join(f"{{% for x{n} in page.colophon.facts_hash %}}" for n in range(12)) + "{% endfor %}" * 12


STOPPED = "Stopped. Nothing is left half finished; the editions in out/ are unchanged."


def _sentence(done: Ended, code: int, said: str) -> None:
    assert "Traceback" not in done.err
    assert said in done.err
    assert done.code == code


@pytest.mark.parametrize("command", ["build", "check", "explain x", "translate", "sources list"])
def test_no_workspace(command: str, told: Told, tmp_path: Path) -> None:
    done = told(*command.split(), at=tmp_path)
    _sentence(done, 1, "no workspace here: neither this folder nor one above it has a briefgen.toml")
    assert "briefgen init NAME" in done.err


@pytest.mark.parametrize("command", ["build", "editions"])
def test_a_folder_that_was_taken_away_under_the_one_who_types_is_told(command: str, tmp_path: Path) -> None:
    """As one of an edition is that was looked into: the system says of it that some file is not there."""
    (tmp_path / "gone").mkdir()
    within = f"cd gone && rmdir ../gone && exec '{sys.executable}' -m briefgen {command}"
    kept = environment(tmp_path)
    done = subprocess.run(
        ["/bin/sh", "-c", within], cwd=tmp_path, env=kept, capture_output=True, text=True, check=False
    )
    said = "this machine: error P500 the folder in which this was typed is gone\n    help: go to that of the workspace"
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("briefgen.toml", b"languages = [", "briefgen.toml"),
        ("briefgen.toml", b"\xff\xfe", "cannot be read"),
        ("facts/sample.yaml", b"\xff\xfe\x00", "is UTF-16 text, not UTF-8"),
        ("facts/sample.yaml", b"", "the file is empty"),
        ("facts/sample.yaml", b"a: [", "is no valid YAML"),
        ("facts/sample.yaml", b"just a text", "facts/sample.yaml:1:1"),
        ("seeds/sample-talks-2026.yaml", b"{", "is no valid YAML"),
        ("facts/locale/en.po", b'msgid "a', "facts/locale/en.po:1:1: error T305"),
        ("templates/at-a-glance.html", b"{% if %}", "templates/at-a-glance.html:1"),
        ("templates/at-a-glance.html", b"\xff", "is not UTF-8 text"),
        ("templates/languages/en.yaml", b"[", "is no valid YAML"),
    ],
)
def test_broken_files(command: str, file: str, content: bytes, said: str, told: Told, tiny: Path) -> None:
    (tiny / file).parent.mkdir(parents=True, exist_ok=True)
    (tiny / file).write_bytes(content)
    _sentence(told(command, at=tiny), 1, said)
    assert contents(tiny / "out") == {}


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("file", ["briefgen.toml", "facts/sample.yaml", "templates/at-a-glance.html"])
def test_a_folder_in_place_of_a_file(command: str, file: str, told: Told, tiny: Path) -> None:
    (tiny / file).unlink()
    (tiny / file).mkdir()
    done = told(command, at=tiny)
    assert "Traceback" not in done.err
    if not file.startswith("templates"):  # without its own template, the workspace uses the shipped one
        assert done.code == 1


@pytest.mark.parametrize("file", ["briefgen.toml", "facts/sample.yaml", "templates/at-a-glance.html", "facts"])
def test_what_may_not_be_read(file: str, told: Told, tiny: Path) -> None:
    (tiny / file).chmod(0)
    try:
        with ordinary_user():
            done = told("build", at=tiny)
    finally:
        (tiny / file).chmod(0o755)
    assert done.code in (1, 2)
    assert "Traceback" not in done.err
    assert "error" in done.err
    assert contents(tiny / "out") == {}


@pytest.mark.parametrize("folder", ["facts", "facts/second", "seeds", "templates/parts", "facts/locale"])
def test_a_folder_that_may_not_be_looked_into_is_not_taken_for_an_empty_one(
    folder: str, told: Told, tiny: Path
) -> None:
    (tiny / folder).mkdir(exist_ok=True)
    (tiny / folder).chmod(0)
    try:
        with ordinary_user():
            done = told("check", at=tiny)
    finally:
        (tiny / folder).chmod(0o755)
    assert (done.code, done.out) == (2, "")
    assert f"{folder}: error P500 Permission denied" in done.err


@pytest.mark.parametrize("what", ["out", pytest.param("out/sample", marks=pytest.mark.long), "out/sample/editions"])
def test_what_may_not_be_written(what: str, told: Told, tiny: Path) -> None:
    assert told("build", at=tiny).code == 0
    before = contents(tiny / "out")
    write_template(tiny, "at-a-glance", "<p>new</p>")
    (tiny / what).chmod(0o555)
    try:
        with ordinary_user():
            done = told("build", at=tiny)
    finally:
        (tiny / what).chmod(0o755)
    if what == "out":  # nothing of its own stands there
        assert (done.code, done.err) == (0, "")
    else:
        _sentence(done, 2, "the edition cannot be written: Permission denied")
        assert contents(tiny / "out") == before


def test_a_file_that_cannot_grow(told: Told, tiny: Path, tmp_path: Path) -> None:
    """The system itself refuses to write more than a few bytes, as a full disk does."""
    assert told("build", at=tiny).code == 0
    before = contents(tiny / "out")
    write_template(tiny, "at-a-glance", "<p>new</p>" * 200)
    limited = ["prlimit", "--fsize=1000", sys.executable, "-m", "briefgen", "build"]
    kept = environment(tmp_path) | {"PYTHONDONTWRITEBYTECODE": "1"}  # its files would be cut, for every later test
    done = subprocess.run(limited, cwd=tiny, env=kept, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "the edition cannot be written: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(tiny / "out") == before


def test_of_two_files_none_is_changed_where_the_second_cannot_be_written(tiny: Path, tmp_path: Path) -> None:
    """A fact stands in two books; on a full disk the record named one that the facts did not have."""
    record, facts = (tiny / name for name in ("seeds/sample-talks-2026.yaml", "facts/sample.yaml"))
    facts.write_text(facts.read_text("utf-8") + "# remark\n" * 1000, encoding="utf-8")
    before = record.read_bytes(), facts.read_bytes()
    new = "fact add sample-talks-2026:L3 --kind statement --text Ferry --id new --theme trade --by SL --act requested"
    said = ["--speaker", "ada-holm", "--to", "NL", "--on", "talks", "--digest", "x", "--settled"]
    limited = ["prlimit", "--fsize=8000", sys.executable, "-m", "briefgen", *new.split(), *said]
    kept = environment(tmp_path) | {"PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(limited, cwd=tiny, env=kept, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, "facts/sample.yaml: error P500 File too large" in done.stderr) == (2, True), done.stderr
    assert (record.read_bytes(), facts.read_bytes()) == before
    assert not [*tiny.rglob("*.new")]


def test_what_python_kept_of_the_program_on_a_full_disk_stops_it_no_more(tiny: Path, tmp_path: Path) -> None:
    """A full disk lets Python write a part of its file, at which it would stop from then on, with a traceback."""
    program = tmp_path / "program"
    copytree(PROJECT / "briefgen", program / "briefgen", ignore=ignore_patterns("*.pyc.*"))
    (program / "templates").symlink_to(PROJECT / "templates")
    for name in ("cli/__init__", "cli/check", "read/yaml"):
        file = py_compile.compile(str(program / "briefgen" / f"{name}.py"), doraise=True)
        assert file
        os.truncate(file, Path(file).stat().st_size * 2 // 3)
    command = [sys.executable, "-m", "briefgen", "check"]
    kept = environment(tmp_path) | {"PYTHONPATH": str(program)}
    done = subprocess.run(command, cwd=tiny, env=kept, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    program = "import os; os.mkdir('x'); os.chdir('x'); os.rmdir('../x'); from briefgen.cli import main; main()"
    done = _python(program, "check", at=tmp_path)
    _sentence(done, 2, "the folder in which this was typed is gone")


@pytest.mark.parametrize(
    "arguments", [["--help"], *(pytest.param([each], marks=pytest.mark.long) for each in ("check", "build"))]
)
def test_nobody_reads(arguments: list[str], tiny: Path, tmp_path: Path) -> None:
    """As in `briefgen check | head -0`."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "briefgen", *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=tiny,
            env=environment(tmp_path),
            stdout=writing,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")
    assert (tiny / "out" / "sample" / "latest").is_symlink() == ("build" in arguments)


def test_standard_error_that_nobody_reads(tiny: Path, tmp_path: Path) -> None:
    (tiny / "facts" / "sample.yaml").write_text("a: [", encoding="utf-8")
    done = _shell("briefgen check 2>&1 >/dev/null | exec 0<&-", tiny, tmp_path)
    assert done.err == ""


@pytest.mark.parametrize(
    ("stream", "code"),
    [
        (">/dev/full", 2),
        ("<&- >&- 2>&-", 0),
        *(pytest.param(each, 0, marks=pytest.mark.long) for each in (">&-", "2>&-")),
    ],
)
def test_streams_that_take_nothing(stream: str, code: int, tiny: Path, tmp_path: Path) -> None:
    done = _shell(f"briefgen build {stream}", tiny, tmp_path)
    assert done.code == code
    assert "Traceback" not in done.err
    assert ("No space left on device" in done.err) == (code == 2)
    assert (tiny / "out" / "sample" / "latest" / "at-a-glance.en.html").is_file()


@pytest.mark.parametrize("command", ["fact add sample-talks-2026:L4", "init desk"])
def test_a_command_that_may_ask_with_nothing_to_read_answers_from(command: str, tiny: Path, tmp_path: Path) -> None:
    done = _shell(f"briefgen {command} <&-", tiny, tmp_path)
    assert done.code == (0 if command.startswith("init") else 2)
    assert "Traceback" not in done.err


STARTED = """\
import signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
print(flush=True)
from briefgen import cli
from briefgen.__main__ import main
main()
"""
"""The program, and a line before it: until then Python is still starting, which has its own way with Ctrl-C."""


@pytest.mark.parametrize(
    "seconds", [0.1, 0.4, *(pytest.param(each, marks=pytest.mark.long) for each in (0, 0.05, 0.2, 0.8, 1.2))]
)
def test_ctrl_c_at_any_moment_gives_no_traceback(seconds: float, tiny: Path, tmp_path: Path) -> None:
    """While it loads; for the middle of a document see the next one, and other moments are among the long tests."""
    write_template(tiny, "at-a-glance", ENDLESS)
    with _in_a_group_of_its_own(tiny, tmp_path, "-c", STARTED, "build") as build:
        assert build.stdout is not None
        assert build.stdout.readline() == "\n"
        time.sleep(seconds)
        os.killpg(build.pid, signal.SIGINT)
        out, err = build.communicate(timeout=60)
    assert out == ""
    assert build.returncode in (-signal.SIGINT, 130)  # a shell sees 130 either way
    assert err.strip() in ("", STOPPED)
    assert contents(tiny / "out") == {}


def test_ctrl_c_ends_a_build_with_a_line(tiny: Path, told: Told, tmp_path: Path) -> None:
    """The whole group of processes is interrupted, as a terminal does it, while a document loops."""
    assert told("build", at=tiny).code == 0
    before = contents(tiny / "out")
    write_template(tiny, "at-a-glance", ENDLESS)
    with _in_a_group_of_its_own(tiny, tmp_path) as build:
        _wait_until_it_loops(tiny, build)
        os.killpg(build.pid, signal.SIGINT)
        out, err = build.communicate(timeout=30)
    assert (build.returncode, out, err.strip()) == (130, "", STOPPED)
    assert contents(tiny / "out") == before


def _wait_until_it_loops(workspace: Path, build: "subprocess.Popen[Any]") -> None:
    """Until the build has its lock, and a moment more."""
    while not _is_locked(workspace / "out" / "sample" / ".lock"):
        time.sleep(0.02)
        assert build.poll() is None
    time.sleep(0.5)


def _is_locked(lock: Path) -> bool:
    if not lock.exists():
        return False
    with lock.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


LOST = """\
import signal, sys, time, weakref
from briefgen.cli.app import catch_ctrl_c, exit_code

class Thing:
    pass

def swallowed():
    catch_ctrl_c()
    thing = Thing()
    reference = weakref.ref(thing, lambda _: signal.raise_signal(signal.SIGINT))
    del thing
    time.sleep(60)

def converted():
    catch_ctrl_c()
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise ValueError("no schema")

raise SystemExit(exit_code(globals()[sys.argv[1]]))
"""


@pytest.mark.parametrize("how", ["swallowed", "converted"])
def test_ctrl_c_is_not_lost_in_a_library(how: str, tmp_path: Path) -> None:
    """Python swallows it in callbacks, many of which run in imports; pydantic may convert it into an error."""
    done = _python(LOST, how, at=tmp_path)
    assert (done.code, done.err.strip()) == (130, STOPPED)


def _in_a_group_of_its_own(workspace: Path, home: Path, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *(arguments or ("-m", "briefgen", "build"))],
        cwd=workspace,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_terminated_is_ended(tiny: Path, told: Told, tmp_path: Path) -> None:
    """A timer that loses patience sends SIGTERM: nothing is half made, and the next run goes on."""
    write_template(tiny, "at-a-glance", ENDLESS)
    command = [sys.executable, "-m", "briefgen", "build"]
    with subprocess.Popen(command, cwd=tiny, env=environment(tmp_path), stderr=subprocess.DEVNULL) as build:
        _wait_until_it_loops(tiny, build)
        build.terminate()
    write_template(tiny, "at-a-glance", "fine")
    assert told("build", at=tiny).code == 0
    assert sorted(path.name for path in (tiny / "out" / "sample").iterdir()) == [".lock", "editions", "latest"]


@pytest.mark.parametrize("there", ["full", "file", "unwritable"])
def test_a_workspace_that_cannot_be_made(there: str, told: Told, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    place = tmp_path / "here" / "desk"
    match there:
        case "full":
            place.mkdir()
            (place / "mine.txt").write_text("mine", encoding="utf-8")
        case "file":
            place.write_text("mine", encoding="utf-8")
        case _:
            (tmp_path / "here").chmod(0o555)
    before = contents(tmp_path / "here")
    with ordinary_user():
        done = told("init", "desk", at=tmp_path / "here")
    (tmp_path / "here").chmod(0o755)
    assert done.code == (1 if there == "full" else 2)
    assert "Traceback" not in done.err
    assert contents(tmp_path / "here") == before


def test_without_a_home_a_temporary_folder_and_a_time_zone_of_the_machine_paper_is_made(tiny: Path, run: Run) -> None:
    changed(tiny / "briefgen.toml", '"html"', '"pdf"')
    missing = {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "XDG_CACHE_HOME": "/dev/null", "TZ": ":/etc/passwd"}
    done = run("build", at=tiny, **missing)
    assert (done.code, done.err) == (0, "")
    assert [*(tiny / "out").rglob("at-a-glance.en.pdf")]


def test_a_new_workspace_builds_at_once(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = told("init", "our desk", at=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "cd 'our desk'\n  briefgen build" in done.out
    monkeypatch.setenv("BRIEFGEN_LAUNCHER", "/opt/the desk/brief")
    done = told("init", "their desk", at=tmp_path)
    assert "cd 'their desk'\n  '/opt/the desk/brief' build\n" in done.out
    checked = told("check", at=tmp_path / "our desk")
    assert (checked.code, checked.err) == (0, "")


def _python(program: str, *arguments: str, at: Path) -> Ended:
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, cwd=at, env=environment(at), capture_output=True, text=True, timeout=60, check=False)
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)


def _shell(line: str, at: Path, home: Path) -> Ended:
    program = line.replace("briefgen", f'"{sys.executable}" -m briefgen', 1)
    done = subprocess.run(
        ["bash", "-c", program], cwd=at, env=environment(home), capture_output=True, text=True, timeout=60, check=False
    )
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)


IN_ANOTHER = (
    *(("facts/sample.yaml", encoding) for encoding in ("UTF-16", "UTF-16BE", "UTF-32")),
    *((f"templates/{name}", "UTF-16LE") for name in ("at-a-glance.html", "style/own.css", "look.yaml")),
    *((name, "UTF-16LE") for name in ("briefgen.toml", "facts/sample.yaml", "facts/locale/vi.po")),
)
"""Each encoding of one file, and each file in the one that has no byte order mark."""


@pytest.mark.parametrize(("file", "encoding"), IN_ANOTHER)
def test_of_a_file_in_utf_16_the_encoding_is_told_and_how_to_save_it(
    file: str, encoding: str, told: Told, tiny: Path
) -> None:
    """Of one without a byte order mark a control character was told, or that lines of 'key: value' are expected."""
    settings = tiny / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('["en"]', '["en", "vi"]'), encoding="utf-8")
    path = tiny / file
    path.parent.mkdir(exist_ok=True)
    texts = {".po": 'msgid ""\nmsgstr ""\n', ".css": "p { color: red }\n", "look.yaml": "field_rows: 4\n"}
    text = texts.get(path.suffix) or texts.get(path.name) or path.read_text(encoding="utf-8")
    path.write_bytes(text.encode(encoding))
    for command in ("check",), ("template", "check", "--screen-only"):
        done = told(*command, at=tiny)
        assert f"{encoding} text, not UTF-8" in done.err, command
        assert "save the file as UTF-8, which editors ask for under 'Save as'" in done.err
        assert f"iconv -f {encoding} -t UTF-8 {file} > NEW" in done.err
        assert done.err.count(": error ") == 1
        assert done.code == 1


@pytest.mark.parametrize("what", ["out", "out/sample", "out/sample/editions"])
def test_editions_that_may_not_be_looked_into_are_not_taken_for_none(what: str, told: Told, tiny: Path) -> None:
    assert told("build", at=tiny).code == 0
    (tiny / what).chmod(0)
    try:
        with ordinary_user():
            done = [told(*command, at=tiny) for command in (("editions",), ("editions", "verify"), ("open", "--print"))]
            compared = told("diff", at=tiny) if what == "out" else done[0]
    finally:
        (tiny / what).chmod(0o755)
    for each in (*done, compared):
        _sentence(each, 2, f"{what}: error P500 Permission denied")
        assert each.out == ""


def test_a_file_in_place_of_out_is_told_as_one(told: Told, tiny: Path) -> None:
    (tiny / "out").rmdir()
    (tiny / "out").write_text("x", encoding="utf-8")
    for command in ("editions",), ("editions", "verify"), ("open",), ("diff",):
        _sentence(
            told(*command, at=tiny), 1, "out: error W009 this is a file, where the folder of the editions belongs"
        )
    said = "the record of what was done cannot be written, so nothing is run: Not a directory\n"
    done = told("schedule", "now", at=tiny)
    _sentence(done, 2, said)
    assert "help: take away the file that stands where a folder belongs; the run is then made up for" in done.err


def test_a_folder_whose_name_is_not_in_utf_8_is_told(tiny: Path, told: Told, tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    tiny.rename(folder)
    for command in (("build",), ("check",), ("schedule", "print", "--cron"), ("schedule", "show")):
        done = told(*command, at=folder)
        assert (done.code, done.out) == (2, ""), command
        assert "P500 the name of this folder is not in UTF-8" in done.err


@pytest.mark.parametrize(
    ("zone", "taken"),
    [
        *((none, "UTC") for none in ("/etc/passwd", ":/etc/passwd", "Europe", ":/etc")),
        *((each, each) for each in ("Asia/Seoul", ":Asia/Seoul", "UTC+9", "Nowhere/None")),
    ],
)
def test_a_time_zone_that_is_a_folder_or_no_zone_means_utc(
    zone: str, taken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    cli._take_utc_where_no_zone_is_named()
    assert os.environ["TZ"] == taken


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        ImportError("lexbor.so: failed to map segment from shared object"),
        ImportError("lexbor.so: cannot allocate memory in static TLS block"),
    ],
)
def test_memory_that_runs_out_is_told(
    error: Exception, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def command() -> object:
        raise error

    monkeypatch.setattr("briefgen.cli.main", command)
    handler = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(SystemExit, match="2"):
            main()
    finally:
        signal.signal(signal.SIGINT, handler)
    assert "this machine: error P500 memory ran out" in capfd.readouterr().err
