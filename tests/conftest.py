"""What the tests of the whole program share: workspaces, the program itself as a user runs it, and golden files."""

import ctypes
import gc
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any, ClassVar, Protocol

import pytest
from click import Context
from hypothesis import settings
from once import computing_once

from briefgen.cli.app import cli, exit_code, run_command
from briefgen.model.edition import EditionInfo, Making
from briefgen.model.findings import Finding
from briefgen.model.look import EARLIER_YEARS, FIELD_ROWS, Look
from briefgen.publish.decide import BuildRequest
from briefgen.read.look import read_look
from briefgen.read.workspace import find_workspace
from briefgen.render.workers import InThisProcess
from briefgen.tools import building
from briefgen.tools.workspaces import make_workspace

PROJECT = Path(__file__).parents[1]
UNSHIPPED = {"de": Path(__file__).with_name("german"), "fr": Path(__file__).with_name("french")}
"""The files of languages that are not shipped: three each, no Python."""
TODAY = date(2026, 11, 21)
STATEMENTS = (
    "{% for row in page.glance.outcomes %}<p data-fact='{{ row.id }}'>{{ row.text }}</p>{% endfor %}"
    "{% for side in page.glance.asks %}{% for row in side.rows %}"
    "<p data-fact='{{ row.id }}'>{{ row.text }}</p>{% endfor %}{% endfor %}"
)
"""What a small template prints: what came out of the last meeting, and each side's asks."""

settings.register_profile("sample", deadline=None, derandomize=True, max_examples=15)  # the same in every run
settings.register_profile("long", deadline=None, max_examples=500)
SELDOM = (1_000_000, 5, 20)
"""When Python looks for garbage: what a test leaves is little, and what it makes meanwhile is in use."""
NOT_QUICK = {"cli", "launcher", "publish", "render", "shipped"}
"""The folders of the tests that start the program or lay out pages."""
STARTING = {"run", "layout", "browser", "started"}
"""The fixtures that start processes, the program, Chromium or a cluster; and the one that lays out pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs the program as a user does."""

    def __call__(self, *arguments: str | Path, at: Path, **environment: str) -> Ended:
        """With these arguments, in the folder `at`."""


Direct = InThisProcess


class InProcess(Direct):
    """In the place of LimitedProcesses: a command that is run in the test's process starts no workers."""

    def __init__(self, *limits: object) -> None:
        pass

    def prepare(self, *task: object) -> None:
        """There is nothing to start."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write golden files anew instead of comparing")
    parser.addoption("--long", action="store_true", help="run the long sweeps, fuzz and scale tests as well")
    parser.addoption("--quick", action="store_true", help="run what starts no program and lays out no page")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are processors: some tests wait for a browser or for a clock."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: a sweep, fuzz or scale test of which the rest of the tests has a sample")
    gc.set_threshold(*SELDOM)
    settings.load_profile("long" if config.getoption("--long") else "sample")
    # WeasyPrint 70 leaves its colour profile open (pdf/__init__.py, generate_pdf) until Python cleans up
    config.addinivalue_line("filterwarnings", "ignore:unclosed file .*sRGB2014.icc:ResourceWarning")


def pytest_collection_finish() -> None:
    """Python's own thresholds have it look at all modules and tests again and again."""
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    chosen = [item for item in items if _is_chosen(item, config)]
    config.hook.pytest_deselected(items=[*{*items} - {*chosen}])
    items[:] = sorted(chosen, key=_turn)


def _turn(item: pytest.Item) -> int:
    """What takes long comes first, above all what waits for a browser: so no core is idle at the end."""
    if item.path.name == "test_in_a_browser.py":
        return 0
    return 1 if _folder(item) in NOT_QUICK else 2


def _is_chosen(item: pytest.Item, config: pytest.Config) -> bool:
    if item.get_closest_marker("long") and not config.getoption("--long"):
        return False
    if not config.getoption("--quick"):
        return True
    return _folder(item) not in NOT_QUICK and not STARTING & {*getattr(item, "fixturenames", ())}


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(PROJECT / "tests").parts[0]


@pytest.fixture(scope="session", autouse=True)
def computed_once() -> Iterator[None]:
    """See `computing_once`."""
    with computing_once():
        yield


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a golden file, or writes the file where --refresh-golden is given."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--refresh-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text, f"{path} differs; if it should, run with --refresh-golden"

    return compare


@pytest.fixture(scope="session")
def new_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once, for each test to copy."""
    folder = tmp_path_factory.mktemp("new") / "desk"
    make_workspace(folder)
    return folder


@pytest.fixture
def starter(new_workspace: Path, tmp_path: Path) -> Path:
    """A new workspace as `briefgen init` makes it."""
    return copytree(new_workspace, tmp_path / "desk")


@pytest.fixture
def tiny(starter: Path) -> Path:
    """The same with one small document in HTML only: the whole way in the shortest time."""
    return made_tiny(starter)


def made_tiny(starter: Path, *codes: str) -> Path:
    """Give a new workspace one small document, in HTML only, in English or in these languages."""
    write_template(starter, "at-a-glance", "<p>{{ page.masthead.as_of }}</p>" + STATEMENTS)
    languages = ", ".join(f'"{code}"' for code in codes or ("en",))
    settings = f'timezone = "UTC"\nlanguages = [{languages}]\ndocuments = ["at-a-glance"]\nformats = ["html"]\n'
    (starter / "briefgen.toml").write_text(settings, encoding="utf-8")
    return starter


def unshipped_desk(folder: Path, *codes: str) -> Path:
    """The sample workspace in English and in languages that are not shipped."""
    make_workspace(folder)
    for code in codes:
        copytree(UNSHIPPED[code], folder, dirs_exist_ok=True)
    set_languages(folder, "en", *codes)
    return folder


@pytest.fixture
def german(tmp_path: Path) -> Path:
    return unshipped_desk(tmp_path / "german", "de")


def set_languages(workspace: Path, *codes: str) -> None:
    """Settings that name these languages, both documents and both formats."""
    names = ", ".join(f'"{code}"' for code in codes)
    (workspace / "briefgen.toml").write_text(f'timezone = "UTC"\nlanguages = [{names}]\n', encoding="utf-8")


def changed(path: Path, old: str, new: str) -> None:
    """A file with one text in the place of another; the old one must stand there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} does not stand in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def write_template(workspace: Path, name: str, body: str, head: str = "") -> Path:
    """A template of the workspace's own, laid over the shipped one of that name."""
    path = workspace / "templates" / f"{name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    markup = (
        '<!DOCTYPE html>\n<html lang="{{ page.lang }}"><head><title>{{ page.masthead.title }}</title>\n'
        f"{head}</head><body>\n{body}\n</body></html>\n"
    )
    path.write_text(markup, encoding="utf-8")
    return path


@cache
def shipped_look() -> Look:
    """The look that comes with the program."""
    look, findings = read_look(find_workspace(PROJECT), ())
    assert look is not None, findings
    return look


@cache
def plain_look() -> Look:
    """The same, with the numbers of one that says none, and no order of its own."""
    numbers: dict[str, Any] = {"earlier_years": EARLIER_YEARS, "field_rows": FIELD_ROWS, "first_page_rows": {}}
    return replace(shipped_look(), reader={}, fields=(), **numbers)


def request_for(workspace: Path, day: date = TODAY, today: date = TODAY, **other: Any) -> BuildRequest:
    """All that the workspace's settings name, built on `today`."""
    found = find_workspace(workspace)
    settings = found.settings
    asked: dict[str, Any] = {
        "facts": next(found.facts.glob("*.yaml")),
        "languages": settings.languages,
        "documents": settings.documents,
        "formats": settings.formats,
        "out": found.out,
    }
    return BuildRequest(workspace=found, day=day, today=today, **asked | other)


def edition_info(**other: Any) -> EditionInfo:
    """Edition 1 of today, or with what is given."""
    said: dict[str, Any] = {
        "making": Making.EDITION,
        "edition": 1,
        "revision": 1,
        "as_of": TODAY,
        "public_date": TODAY,
        "facts_sha256": "0" * 64,
        "briefgen": "0",
    }
    return EditionInfo(**said | other)


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """A clean one: what a login gives, and where the program is."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "PYTHONPATH": str(PROJECT)}
    return clean | {"PYTHONWARNINGS": "error,ignore::ResourceWarning"} | dict(extra or {})


def pseudo_terminal() -> tuple[int, int]:
    """Both ends of a terminal."""
    try:
        return pty.openpty()
    except OSError as error:
        why = "NOT CHECKED: that sudo is asked at a terminal, which a chroot without /dev/pts has none of"
        pytest.skip(f"{why} ({error}); what root and others without a terminal get is checked beside it")


SYSTEMD = pytest.mark.skipif(
    not shutil.which("systemd-analyze"),
    reason="NOT CHECKED: that systemd takes the units and wakes at every run, for want of systemd-analyze; "
    "what is in them is checked in tests/tools/schedule/test_timers.py without it",
)


def as_ordinary_user() -> list[str]:
    """For tests of access rights: root reads and writes everything, unless it gives that up."""
    if os.geteuid():
        return []
    return ["setpriv", "--bounding-set", "-dac_override,-dac_read_search,-fowner", "--inh-caps", "-all"]


class _Header(ctypes.Structure):
    _fields_: ClassVar = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _Capabilities(ctypes.Structure):
    """Of a thread, as the numbers of their bits."""

    _fields_: ClassVar = [(name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable")]


_THEIRS = 1 << 1 | 1 << 2 | 1 << 3
"""What root may do with files whose modes say otherwise: CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH and CAP_FOWNER."""


@contextmanager
def ordinary_user() -> Iterator[None]:
    """The same as `as_ordinary_user` within a `with` block, for what is done in this thread."""
    if os.geteuid():
        yield
        return
    system, header, has = ctypes.CDLL(None, use_errno=True), _Header(version=0x20080522), (_Capabilities * 2)()
    assert system.capget(ctypes.byref(header), has) == 0, os.strerror(ctypes.get_errno())
    before = has[0].effective
    has[0].effective = before & ~_THEIRS
    assert system.capset(ctypes.byref(header), has) == 0, os.strerror(ctypes.get_errno())
    try:
        yield
    finally:
        has[0].effective = before
        assert system.capset(ctypes.byref(header), has) == 0, os.strerror(ctypes.get_errno())


@pytest.fixture
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The program in a process of its own, in a clean environment."""
    home = tmp_path_factory.mktemp("home")

    def start(*arguments: str | Path, at: Path, **extra: str) -> Ended:
        command = [*as_ordinary_user(), sys.executable, "-m", "briefgen", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=at, env=environment(home, extra), capture_output=True, text=True, timeout=100, check=False
        )
        return Ended(code=done.returncode, out=done.stdout, err=done.stderr)

    return start


class Told(Protocol):
    """Gives the program's arguments to its commands."""

    def __call__(self, *arguments: str | Path, at: Path) -> Ended:
        """In the folder `at`."""


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Told:
    """The commands, and how they end."""

    def tell(*arguments: str | Path, at: Path) -> Ended:
        with monkeypatch.context() as here:
            here.chdir(at)
            here.setattr(building, "LimitedProcesses", InProcess)
            here.setattr(sys, "argv", ["briefgen", *map(str, arguments)])
            code = exit_code(run_command)
        captured = capsys.readouterr()
        return Ended(code=code, out=captured.out, err=captured.err)

    return tell


Program = Callable[..., Ended]


@pytest.fixture
def program(capsys: pytest.CaptureFixture[str]) -> Program:
    """Runs the program as a user does, but in this process: many runs in little time."""

    def run(*arguments: str | Path, at: Path) -> Ended:
        capsys.readouterr()

        def command() -> object:
            with _context(["-C", str(at), *map(str, arguments)]) as context:
                return cli.invoke(context)

        with pytest.MonkeyPatch.context() as here:
            here.setattr(building, "LimitedProcesses", InProcess)
            code = exit_code(command)
        out, err = capsys.readouterr()
        return Ended(code=code, out=out, err=err)

    return run


def _context(arguments: list[str]) -> Context:
    return cli.make_context("briefgen", arguments)


@pytest.fixture(scope="session")
def layout() -> Executor:
    """For tests that lay out pages, wherever they are."""
    return Direct()


Read = Callable[..., tuple[Look | None, tuple[Finding, ...]]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a look.yaml of the workspace's own, for the languages given."""
    (tmp_path / "briefgen.toml").write_text('languages = ["en"]\n', encoding="utf-8")
    (tmp_path / "templates").mkdir()

    def read_text(text: str, *codes: str) -> tuple[Look | None, tuple[Finding, ...]]:
        (tmp_path / "templates" / "look.yaml").write_text(text, encoding="utf-8")
        return read_look(find_workspace(tmp_path), codes)

    return read_text


def said(findings: tuple[Finding, ...]) -> list[str]:
    """Place, code and sentence of each, and what to do."""
    return [f"{each.location} {each.code} {each.message} -> {each.hint}" for each in findings]


def contents(folder: Path) -> dict[str, bytes | str]:
    """Every file and link below a folder: to compare before and after."""
    found = sorted(folder.rglob("*")) if folder.exists() else []
    kept = [path for path in found if path.name not in {".lock"} and (path.is_symlink() or path.is_file())]
    return {
        str(path.relative_to(folder)): str(path.readlink()) if path.is_symlink() else path.read_bytes() for path in kept
    }
