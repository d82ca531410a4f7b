"""A whole build, rendering included, with its k-th call that writes failing: nothing is lost or left."""

import errno
import os
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, Direct, contents, request_for, write_template

from briefgen import build as story
from briefgen.build import build
from briefgen.model.findings import FindingsError
from briefgen.publish import has_leftovers, latest

CALLS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (Path, ("open", "chmod", "mkdir", "rename", "replace", "symlink_to", "unlink", "touch")),
    (os, ("fsync", "mkdir", "rmdir", "unlink", "replace", "rename", "symlink")),
    (shutil, ("rmtree",)),
)


class Failing:
    """Lets one call fail of all that write below a folder, and counts them."""

    def __init__(self, below: Path, at: int, code: int) -> None:
        self.below, self.at, self.code, self.made = str(below), at, code, 0

    def __call__(self, done: Callable[..., Any]) -> Callable[..., Any]:
        def perhaps(*arguments: Any, **named: Any) -> Any:
            if self.writes(done.__name__, arguments, named):
                self.made += 1
                if self.made == self.at:
                    raise OSError(self.code, os.strerror(self.code), str(arguments[0]))
            return done(*arguments, **named)

        return perhaps

    def writes(self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
        """Whether this is one of them: reading, and what lies elsewhere, is not."""
        if name == "open" and "r" in str(named.get("mode", arguments[1] if len(arguments) > 1 else "r")):
            return False
        place = f"/proc/self/fd/{arguments[0]}" if isinstance(arguments[0], int) else str(arguments[0])
        return os.path.realpath(place).startswith(self.below)


@pytest.fixture
def read_once(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts are the same in every build here; only the first reads them."""
    found = story.read(request_for(tiny))
    monkeypatch.setattr(story, "read", lambda *_: found)


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.long)])
def test_whichever_call_fails_nothing_is_lost(step: int, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fifth call is tried, and every one among the long tests."""
    home = tiny / "out" / "sample"
    build(request_for(tiny), Direct())
    write_template(tiny, "at-a-glance", "<p>another</p>")
    first, failures = contents(home), 0
    for at in count(1, step):
        with monkeypatch.context() as patched:
            failing = Failing(home, at, errno.ENOSPC)
            for holder, names in CALLS:
                for name in names:
                    patched.setattr(holder, name, failing(getattr(holder, name)))
            try:
                build(request_for(tiny), Direct())
                failed = False
            except FindingsError as trouble:
                assert [found.code for found in trouble.findings] == ["P502"]  # noqa: PT017 # one of many tries
                failed = True
        edition = latest(home)
        assert edition is not None
        assert edition.whole
        assert edition.manifest.name == ("1" if failed else "1r2"), at
        assert contents(home / "editions" / "2026-11-21-1") == contents_of(first, "editions/2026-11-21-1")
        failures += failed
        after = build(request_for(tiny, TODAY, TODAY), Direct())  # the next run recovers by itself
        assert (after.manifest.name, after.whole, has_leftovers(home)) == ("1r2", True, False), at
        if failing.made < at:
            break
        shutil.rmtree(home / "editions" / "2026-11-21-1r2")
        (home / "latest").unlink()
        (home / "latest").symlink_to("editions/2026-11-21-1")
    assert failures > 45 / step


def contents_of(all_files: dict[str, bytes | str], folder: str) -> dict[str, bytes | str]:
    """The part of them that lies in a folder."""
    return {name.removeprefix(f"{folder}/"): said for name, said in all_files.items() if name.startswith(f"{folder}/")}
