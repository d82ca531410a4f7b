"""Progress is shown on a terminal and nowhere else."""

import sys
from io import StringIO
from pathlib import Path

import pytest
from conftest import Told

from briefgen.cli import build, linked
from briefgen.cli.output import echo


@pytest.fixture(autouse=True)
def _term(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")  # a dumb one, as where scripts run, has neither bar nor links


class Terminal(StringIO):
    """What a person sees."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_a_terminal_shows_a_bar(tiny: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(build, "monotonic", lambda: 0.0)
    assert "sample: edition 1" in told("build", at=tiny).out
    shown = terminal.getvalue()
    assert "sample  [" in shown
    assert "0/1  0 s  reading and measuring" in shown
    assert "1/1  0 s  at-a-glance.en.html" in shown


def test_each_document_is_named_as_soon_as_it_is_made(tiny: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(build, "monotonic", lambda: 0.0)
    settings = tiny / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8").replace('["html"]', '["html", "pdf"]'), encoding="utf-8")
    told("build", at=tiny)
    steps = [each.rpartition("]")[2].split(maxsplit=1)[0] for each in terminal.getvalue().split("\r") if "]" in each]
    assert steps == ["0/2", "0/2", "1/2", "2/2"]
    assert "rows of at-a-glance.en.pdf" in terminal.getvalue()


@pytest.mark.parametrize(("seconds", "said"), [(0.4, "0 s"), (59.4, "59 s"), (65, "1 min 5 s")])
def test_the_time_it_took_is_told(seconds: float, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "monotonic", lambda: 100 + seconds)
    assert build.took(100) == said


def test_paths_are_links_on_a_terminal_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "Bàn 한국" / "a b.pdf"
    assert linked(path, "a b.pdf") == "a b.pdf"
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    forged = "\x1b]8;id=0;file:///etc/passwd\x1b\\a b.pdf\x1b]8;;\x1b\\"
    echo(f"  {linked(path, f'a{chr(27)} b.pdf')} {forged}")
    assert "\x1b]8;id=" in terminal.getvalue()
    assert f";{path.as_uri()}\x1b\\a\ufffd b.pdf\x1b]8;;\x1b\\" in terminal.getvalue()
    assert "\x1b]8;id=0;" not in terminal.getvalue()
    monkeypatch.setenv("TERM", "dumb")
    assert linked(path, "a b.pdf") == "a b.pdf"


def test_a_pipe_shows_none(tiny: Path, told: Told) -> None:
    done = told("build", at=tiny)
    assert (done.code, done.err, "%" in done.out) == (0, "", False)


@pytest.mark.parametrize("plain", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_who_wants_no_colours_gets_none(
    plain: dict[str, str], tiny: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in {"TERM": "xterm", **plain}.items():
        monkeypatch.setenv(name, value)
    facts = next((tiny / "facts").glob("*.yaml"))
    facts.write_text(facts.read_text("utf-8").replace("theme: trade", "theme: trad"), encoding="utf-8")
    told("check", at=tiny)
    assert "error" in terminal.getvalue()
    assert ("\x1b[" in terminal.getvalue()) is not bool(plain)


def test_a_terminal_that_obeys_no_signs_has_no_bar(tiny: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "dumb")
    told("build", at=tiny)
    assert "sample  [" not in terminal.getvalue()
