"""Nothing that a terminal would obey reaches it, whatever it comes from; nor does it reach the log."""

import ast
import json
from pathlib import Path

import pytest
from conftest import Told, write_template

import briefgen.cli
from briefgen.cli.output import echo, styled
from briefgen.model.findings import json_printable

RUDE = "\x1b]0;owned\x07\x1b[31m\u202eevil\u200b\x9b"


def _is_clean(text: str) -> bool:
    return all(sign.isprintable() or sign in "\n\u00a0\u2060\u202f\u2009" for sign in text)


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", RUDE),
        ("build", "--as-of", RUDE),
        ("build", "--lang", RUDE),
        ("build", RUDE),
        ("diff", RUDE),
        ("editions", "show", RUDE),
        ("template", "eject", RUDE),
        ("template", "list"),
        ("check",),
        ("build",),
        (RUDE,),
        ("verify", RUDE),
        ("sources", "add", RUDE),
        ("clear", "--by", RUDE),
    ],
)
def test_no_command_prints_what_a_terminal_obeys(arguments: tuple[str, ...], tiny: Path, told: Told) -> None:
    write_template(tiny, f"a{RUDE}", "{% include 'x' %}")
    (tiny / "facts" / f"b{RUDE}.yaml").write_text(f"a: {RUDE}\n'{RUDE}2': 5\n", encoding="utf-8")
    (tiny / "seeds" / f"c{RUDE}.yaml").write_text("- x\n", encoding="utf-8")
    done = told(*arguments, at=tiny)
    assert _is_clean(done.out)
    assert _is_clean(done.err)
    assert "Traceback" not in done.err


def test_a_style_is_kept_and_nothing_else(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    echo(f"{styled('x' + RUDE, fg='red', bold=True)} \x1b[32my \x1b[2Jz")
    assert capsys.readouterr().out == (
        "\x1b[31m\x1b[1mx\ufffd]0;owned\ufffd\ufffd[31m\ufffdevil\ufffd\ufffd\x1b[0m \ufffd[32my \ufffd[2Jz\n"
    )


def test_json_says_the_same_in_printable_signs() -> None:
    written = json_printable(json.dumps({"a": RUDE + "\U000e0041 한국"}, ensure_ascii=False))
    assert _is_clean(written)
    assert "한국" in written
    assert json.loads(written) == {"a": RUDE + "\U000e0041 한국"}


def test_commands_print_by_one_function() -> None:
    folder = Path(briefgen.cli.__file__).parent
    for path in folder.glob("*.py"):
        calls = (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Attribute)
        )
        used = {each.attr for each in calls if isinstance(each.value, ast.Name) and each.value.id == "click"}
        assert path.name == "output.py" or not used & {"echo", "secho", "style"}, path
