"""The shells complete commands, options and values."""

import subprocess
from pathlib import Path

import pytest
from conftest import Run, Told, environment

SHELLS = ("bash", "zsh", "fish")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_script_comes_out(shell: str, told: Told, tmp_path: Path) -> None:
    done = told("completion", shell, at=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert f"_BRIEFGEN_COMPLETE={shell}_complete" in done.out
    assert "briefgen" in done.out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("briefgen bui", {"build"}),
        ("briefgen co", {"completion"}),
        ("briefgen build --f", {"--format"}),
        ("briefgen build --format ", {"html", "pdf", "docx"}),
        ("briefgen completion z", {"zsh"}),
        ("briefgen sources ver", {"verify"}),
    ],
)
@pytest.mark.parametrize("shell", SHELLS)
def test_the_program_answers_each_shell(
    shell: str, words: str, expected: set[str], told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = words.split(" ")[-1]
    monkeypatch.setenv("_BRIEFGEN_COMPLETE", f"{shell}_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", last if shell == "fish" else str(words.count(" ")))
    done = told(at=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert set(_values(shell, done.out)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("briefgen explain trade-g", {"trade-goal-2030"}),
        ("./brief review straits", {"straits-summit"}),
        ("briefgen sources show sample-talks-2026:", {f"sample-talks-2026:L{number}" for number in range(1, 5)}),
        ("briefgen sources leave-out sam", {"sample-talks-2026"}),
        ("briefgen template eject parts/mast", {"parts/masthead.html"}),
        ("briefgen build --lang ", {"en"}),
        ("briefgen build --document at", {"at-a-glance"}),
        ("briefgen build sa", {"sample"}),
        ("briefgen fact add note:L1 --act ann", {"announced"}),
        ("briefgen schedule print --tz Asia/Ho_", {"Asia/Ho_Chi_Minh"}),
        ("briefgen init x --tz Asia/Seo", {"Asia/Seoul"}),
        ("briefgen editions show ", set()),
    ],
)
def test_what_the_workspace_has_is_completed(
    words: str, expected: set[str], told: Told, starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_BRIEFGEN_COMPLETE", "zsh_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
    done = told(at=starter)
    assert (done.code, done.err) == (0, "")
    assert set(_values("zsh", done.out)) == expected
    assert set(_values("zsh", told(at=starter.parent).out)) <= expected, "and elsewhere there are none"


@pytest.mark.parametrize("shell", SHELLS)
def test_a_launcher_by_its_path_is_served_too(shell: str, told: Told, tmp_path: Path) -> None:
    script = told("completion", shell, at=tmp_path).out
    both = {"bash": "-F _briefgen_completion briefgen brief\n", "zsh": "compdef _briefgen_completion briefgen brief\n"}
    assert both.get(shell, "complete --no-files --command brief --arguments") in script
    asks = {"bash": "=bash_complete $1)", "zsh": "=zsh_complete ${words[1]})", "fish": "(commandline -opc)[1])"}
    assert asks[shell] in script


def _values(shell: str, out: str) -> list[str]:
    lines = out.splitlines()
    match shell:
        case "bash":
            return [line.partition(",")[2] for line in lines]
        case "zsh":  # three lines each: kind, value, help
            return lines[1::3]
        case _:
            return [line.partition(",")[2].partition("\t")[0] for line in lines]


def test_bash_loads_the_script_and_completes(run: Run, tmp_path: Path) -> None:
    """In a real bash: the script is read, and its function asks a `briefgen` on the PATH."""
    script = run("completion", "bash", at=tmp_path).out
    (tmp_path / "script").write_text(script, encoding="utf-8")
    assert subprocess.run(["bash", "-n", "script"], cwd=tmp_path, check=True).returncode == 0
    wrapper = tmp_path / "bin" / "briefgen"
    wrapper.parent.mkdir()
    clean = environment(tmp_path)
    wrapper.write_text(f'#!/bin/sh\nexec "{_python()}" -m briefgen "$@"\n', encoding="utf-8")
    wrapper.chmod(0o755)
    asks = (
        'eval "$(cat script)"; complete -p briefgen; COMP_WORDS=(briefgen bui); COMP_CWORD=1; '
        '_briefgen_completion briefgen bui; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    done = subprocess.run(
        ["bash", "--norc", "-c", asks],
        cwd=tmp_path,
        env=clean | {"PATH": f"{wrapper.parent}:{clean['PATH']}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "build"


def _python() -> str:
    import sys

    return sys.executable
