"""Help that a person can learn from: every command has it, and it says what the golden file says."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from conftest import PROJECT, Run

from briefgen.cli.app import cli
from briefgen.model.edition import FORMATS

HELP = Path(__file__).with_name("help.txt")


def _commands(command: click.Command, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield names
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _commands(command.commands[name], (*names, name))


def _help(names: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    cli.main([*names, "--help"], prog_name="briefgen", standalone_mode=False)
    return capsys.readouterr().out


def test_the_help_of_every_command(
    golden: Callable[[Path, str], None], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    parts = [f"$ {' '.join(('briefgen', *names, '--help'))}\n{_help(names, capsys)}" for names in _commands(cli)]
    golden(HELP, "\n".join(parts))


def test_no_summary_is_cut_off_in_a_terminal_of_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for names in _commands(cli):
        _, _, summaries = _help(names, capsys).partition("Commands:")
        assert "..." not in summaries, names


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_given_without_a_workspace(option: str, run: Run, tmp_path: Path) -> None:
    done = run(option, at=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert "briefgen init our-briefings" in done.out
    assert "Exit codes: 0 done; 1 the facts" in done.out


def test_the_formats_offered_are_the_formats_there_are() -> None:
    build = cli.commands["build"]
    (offered,) = (each.type for each in build.params if each.name == "formats")
    assert isinstance(offered, click.Choice)
    assert set(offered.choices) == set(FORMATS)


def test_every_option_says_what_it_is_for() -> None:
    for names in _commands(cli):
        command: click.Command = cli
        for name in names:
            assert isinstance(command, click.Group)
            command = command.commands[name]
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, (names, option.name)


def test_the_readme_has_every_command() -> None:
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `briefgen (\w+)", readme, re.MULTILINE)) == set(cli.commands)
