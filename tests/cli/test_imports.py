"""What is loaded when: help at once, and no template or PDF engine in the parent of a build; and what it leaves."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import environment, write_template

HEAVY = {"pydantic", "babel", "weasyprint", "jinja2", "yaml", "multiprocessing"}
SERVING = {"starlette", "uvicorn", "watchfiles", "anyio", "pypdfium2"}
ENGINES = {"weasyprint", "jinja2", "pydyf", "fontTools", "markupsafe"}

PROGRAM = """\
import json, sys
from briefgen.cli import main
try:
    main()
finally:
    sys.stdout.flush()
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def _loaded(*arguments: str, at: Path, **extra: str) -> set[str]:
    """The top-level modules in the process at its end."""
    command = [sys.executable, "-c", PROGRAM, *arguments]
    clean = environment(at, extra)
    done = subprocess.run(command, cwd=at, env=clean, capture_output=True, text=True, timeout=100, check=True)
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["preview", "--help"], ["--version"], ["completion", "bash"]]
)
def test_help_loads_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    assert not _loaded(*arguments, at=tmp_path) & (HEAVY | SERVING)


def test_a_build_loads_no_engine_in_the_parent_and_leaves_no_temporary_file(tiny: Path, tmp_path: Path) -> None:
    """The PDF engine, in a worker, keeps a copy of every font that a style sheet names."""
    font = "@font-face { font-family: F; src: url(fonts/Pretendard-Regular.ttf) } p { font-family: F }"
    write_template(
        tiny, "at-a-glance", "<p>x</p>", head=f'<style>{{% if media == "print" %}}{font}{{% endif %}}</style>'
    )
    folder = tmp_path / "temporary"
    folder.mkdir()
    settings = (tiny / "briefgen.toml").read_text(encoding="utf-8")
    (tiny / "briefgen.toml").write_text(settings.replace('"html"', '"html", "pdf"'), encoding="utf-8")
    loaded = _loaded("build", at=tiny, TMPDIR=str(folder))
    assert list(folder.iterdir()) == []
    assert not loaded & (ENGINES | SERVING)
    assert {"pydantic", "babel", "yaml", "multiprocessing"} <= loaded
    made = {path.suffix for path in (tiny / "out" / "sample" / "latest").iterdir()}
    assert {".html", ".pdf"} <= made


def test_a_check_makes_no_pdf(starter: Path) -> None:
    assert not _loaded("check", at=starter) & {"weasyprint", "pydyf", "fontTools", "multiprocessing"}
