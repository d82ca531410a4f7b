"""Files saved while they are read or rendered: read once more, then told; an edition never mixes two states.

And what is made while documents are rendered.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from conftest import TODAY, Direct, contents, request_for, write_template

from briefgen.build import build
from briefgen.model.edition import INDEX
from briefgen.model.findings import Finding, FindingsError
from briefgen.read.facts import read_and_check
from briefgen.render import supplements
from briefgen.render.documents import check_names, render_one


def _saving(times: int, act: Callable[[], object], done: Callable[..., Any]) -> Callable[..., Any]:
    """As somebody saves a file right before that is done, so many times."""
    left = [times]

    def saving(*arguments: Any, **named: Any) -> Any:
        if left[0]:
            left[0] -= 1
            act()
        return done(*arguments, **named)

    return saving


class Saving(Direct):
    """Renders, while somebody saves a template."""

    def __init__(self, times: int, act: Callable[[], object]) -> None:
        self.saving = _saving(times, act, super().submit)

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Do a job; before others than looking for misspelt names, and than the index, somebody saves."""
        others = fn is check_names or arguments[0].document == INDEX
        future: Future[Any] = (super().submit if others else self.saving)(fn, *arguments, **named)
        return future


@pytest.mark.parametrize("times", [1, 2])
def test_facts_saved_while_they_are_read(times: int, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes: list[Finding] = []
    path = tiny / "facts" / "sample.yaml"

    def act() -> None:
        path.write_text(path.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")

    monkeypatch.setattr("briefgen.build.read_and_check", _saving(times, act, read_and_check))
    if times == 1:
        assert build(request_for(tiny), Direct(), on_note=notes.append).new
    else:
        with pytest.raises(FindingsError, match="W007 a file was changed while it was being read"):
            build(request_for(tiny), Direct(), on_note=notes.append)
        assert contents(tiny / "out") == {}
    assert [note.code for note in notes] == ["W007"]


@pytest.mark.parametrize("times", [1, 2])
def test_a_template_saved_while_it_is_rendered(times: int, tiny: Path) -> None:
    texts = iter("ab")
    notes: list[Finding] = []
    saving = Saving(times, lambda: write_template(tiny, "at-a-glance", f"<p>{next(texts)}</p>"))
    if times == 1:
        edition = build(request_for(tiny), saving, on_note=notes.append)
        assert "<p>a</p>" in (edition.folder / "at-a-glance.en.html").read_text(encoding="utf-8")
    else:
        with pytest.raises(FindingsError, match="W007"):
            build(request_for(tiny), saving, on_note=notes.append)
        assert contents(tiny / "out") == {}
    assert [note.code for note in notes] == ["W007"]


def test_settings_saved_after_they_were_read(tiny: Path) -> None:
    """Else the edition would be of the old ones, note the hash of the new ones, and be found unchanged ever after."""
    asked = request_for(tiny)
    with (tiny / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write("due_soon_days = 30\n")
    with pytest.raises(FindingsError, match="W007"):
        build(asked, Direct())
    assert contents(tiny / "out") == {}
    assert build(request_for(tiny), Direct()).new


def test_a_fault_in_what_was_half_saved_is_not_told(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor was still writing: the first reading finds half a file, the second the whole of it."""
    path = tiny / "facts" / "sample.yaml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) // 2], encoding="utf-8")

    def read(*arguments: Any) -> Any:
        found = read_and_check(*arguments)
        path.write_text(whole, encoding="utf-8")
        return found

    monkeypatch.setattr("briefgen.build.read_and_check", read)
    assert build(request_for(tiny), Direct()).new


def test_no_half_of_the_facts_is_published(tiny: Path) -> None:
    """Cut off after any line, as by an editor that dies: the last edition stays, and it is told why."""
    build(request_for(tiny), Direct())
    before = contents(tiny / "out")
    path = tiny / "facts" / "sample.yaml"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    last = max(number for number, line in enumerate(lines) if line.strip() and not line.strip().startswith("#"))
    for number in range(0, last, 4):
        path.write_text("".join(lines[:number]), encoding="utf-8")
        with pytest.raises(FindingsError):
            build(request_for(tiny, TODAY), Direct())
        assert contents(tiny / "out") == before, number


class Late(ThreadPoolExecutor):
    """Renders documents once that has happened."""

    def __init__(self, happened: Event) -> None:
        super().__init__(1)
        self._happened = happened

    def submit(self, fn: Callable[..., Any], /, *args: Any, **named: Any) -> Future[Any]:
        def do() -> Any:
            assert fn is not render_one or self._happened.wait(20)
            return fn(*args, **named)

        return super().submit(do)


def test_what_goes_with_the_documents_is_made_while_they_are_rendered(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A core that has nothing to do would be idle else until they are done, and another after that."""
    made, render_xlsx = Event(), supplements.render_xlsx

    def noted(*arguments: Any) -> Any:
        made.set()
        return render_xlsx(*arguments)

    monkeypatch.setattr(supplements, "render_xlsx", noted)
    with Late(made) as executor:
        assert build(request_for(tiny), executor).new
