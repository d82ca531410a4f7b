"""Many facts, many partnerships: work grows no faster than they do, none is done twice, a fault stops only its own."""

import cProfile
import sys
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

import pytest
from benchmarks.generated import write_workspace
from conftest import TODAY, Direct, Program, contents

from briefgen.check.facts import unknown_ids
from briefgen.read.facts import partnerships, read_and_check
from briefgen.read.workspace import find_workspace
from briefgen.render import documents
from briefgen.tools import building
from briefgen.tools.check import check_all, check_freshness

P = ParamSpec("P")
T = TypeVar("T")
NOW = datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("UTC"))
SMALL = 'timezone = "UTC"\nlanguages = ["en"]\nformats = ["html"]\n'


def _desk(root: Path, partnerships: int, facts: int, sources: int) -> Path:
    write_workspace(root, partnerships, facts, sources)
    (root / "briefgen.toml").write_text(SMALL, encoding="utf-8")
    return root


def _calls(root: Path) -> tuple[int, int]:
    """How often functions are called while references are checked, and while facts are assessed."""
    workspace = find_workspace(root)
    books = check_all(workspace, NOW).books
    with cProfile.Profile() as checking:
        assert [each for book in books.values() for each in unknown_ids(book)] == []
    with cProfile.Profile() as assessing:
        check_freshness(workspace, books, NOW.date())
    return _counted(checking), _counted(assessing)


def _counted(profile: cProfile.Profile) -> int:
    return sum(each.callcount for each in profile.getstats())


def test_work_grows_with_the_facts_and_no_faster(tmp_path: Path) -> None:
    """Counted in calls, not in seconds: twice as many facts and sources more cost twice as many calls more."""
    once, twice, four_times = (_calls(_desk(tmp_path / f"{n}", 1, 30 * n, 30 * n)) for n in (1, 2, 4))
    for few, more, many in zip(once, twice, four_times, strict=True):
        assert (many - more) / (more - few) < 2.1


def test_a_partnership_costs_hardly_more_beside_many(tmp_path: Path) -> None:
    """Its own records are read, not those of the others, of which the ids alone are looked for."""
    alone, beside = (_reading(_desk(tmp_path / f"{n}", n, 20, 4)) for n in (2, 12))
    assert beside < 1.6 * alone


def _reading(root: Path) -> int:
    """How often functions are called while one partnership of several is read."""
    workspace = find_workspace(root)
    first, second, *_ = partnerships(workspace)
    assert read_and_check(workspace, first, ("en",), TODAY)[2] == ()  # so that what is read once is read
    with cProfile.Profile() as reading:
        book, _, _ = read_and_check(workspace, second, ("en",), TODAY)
    assert book
    return _counted(reading) // len(book.facts)


class Stopped(Direct):
    """Is stopped by Ctrl-C at the first job of one partnership; tells what was rendered for whom."""

    def __init__(self, at: str = "") -> None:
        self.at = at
        self.rendered: list[str] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        job: Any = args[0]
        name = job.page.masthead.title
        if self.at and self.at in name:
            raise KeyboardInterrupt
        if fn is documents.render_one:
            self.rendered.append(name)
        return super().submit(fn, *args, **kwargs)


def test_what_was_interrupted_goes_on_without_work_done_twice(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = _desk(tmp_path / "desk", 3, 6, 2)
    first, second, third = "Nornor", "Sannor", "Estnor"  # two documents and the index of each
    for workers, code, rendered in (
        (Stopped(at=second), 130, [first] * 3),
        (Stopped(), 0, [second] * 3 + [third] * 3),
        (Stopped(), 0, []),
    ):
        with monkeypatch.context() as here:
            here.setattr(building, "executor_for", lambda *_, given=workers: given)
            assert program("build", at=desk).code == code
        assert [name in said for name, said in zip(rendered, workers.rendered, strict=True)] == [True] * len(rendered)


def test_a_broken_partnership_stops_only_itself(
    tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the bar tells which of them it is at."""
    desk = _desk(tmp_path / "desk", 3, 6, 2)
    facts = desk / "facts" / "p001.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("theme: ", "thme: ", 1), encoding="utf-8")
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")  # a dumb one, as in some logs, has no bar
    done = program("build", at=desk)
    told = terminal.getvalue()
    assert done.code == 1
    assert [name for name in ("p000", "p001", "p002") if contents(desk / "out" / name / "latest")] == ["p000", "p002"]
    assert "Nothing was written for p001" in told
    assert "p002 (3 of 3)" in told
