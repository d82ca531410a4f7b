"""What holds for every file format; and a further one is added by one module and one line in the table of formats."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PROJECT, environment, write_template
from once import parsed

from briefgen.model.document import Job
from briefgen.model.edition import FORMATS
from briefgen.render.documents import outline, render_one
from briefgen.tools.doctor import format_trouble

Make = Callable[..., Job]

MARKUP = """<html lang=en><title>x</title><body><h1>x</h1><p data-fact='trade' data-status="held">{{ page.lang }}"""

TEXT = '''\
"""Page -> plain text."""

import re
from dataclasses import replace

from briefgen.model.document import Job, RenderedFile
from briefgen.render import html as to_html


def render(job: Job) -> RenderedFile:
    """The words of the document."""
    markup = to_html.render_text(job, media="print")
    return replace(to_html.describe(job, markup), content=re.sub(r"<[^>]*>", "", markup).encode())


def outline(job: Job) -> RenderedFile:
    """What it marks, and its fingerprint."""
    return to_html.describe(job, to_html.render_text(job, media="print"))
'''
LINE = '    Format(name="txt", module="briefgen.render.text"),\n'


@pytest.mark.parametrize("name", FORMATS)
def test_a_document_of_each_format(name: str, tiny_job: Make) -> None:
    """The same bytes every time, a name of its own, and the facts that it says."""
    job = tiny_job(MARKUP, format=name)
    document = render_one(job)
    assert document == render_one(job)
    assert document.name == f"tiny.{job.page.language}.{name}"
    assert document.content
    assert document.marks == ("fact 'trade'", "status 'held'")
    assert (document.pages is not None) == FORMATS[name].paged


@pytest.mark.parametrize("name", FORMATS)
def test_the_outline_of_each_format(name: str, tiny_job: Make) -> None:
    """All of the document but what a layout gives, so that builds know which documents would not differ."""
    job = tiny_job(MARKUP, format=name)
    assert outline(job) == replace(render_one(job), content=b"", pages=None, warnings=())
    assert outline(job).fingerprint != outline(tiny_job(f"{MARKUP}!", format=name)).fingerprint


@pytest.mark.parametrize("name", FORMATS)
def test_this_machine_can_make_it(name: str) -> None:
    assert format_trouble(name) is None


def _spelt_out(tree: ast.Module) -> Iterator[str]:
    """The formats that a module names in its code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in FORMATS:
            yield str(node.value)


def test_no_other_module_names_a_format() -> None:
    modules = {path: parsed(path.read_text(encoding="utf-8")) for path in (PROJECT / "briefgen").rglob("*.py")}
    named = {str(path.relative_to(PROJECT)): list(_spelt_out(tree)) for path, tree in modules.items()}
    assert {path: names for path, names in named.items() if names} == {"briefgen/model/edition.py": list(FORMATS)}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the program with a third format."""
    for part in ("briefgen", "templates", "tests"):
        shutil.copytree(PROJECT / part, tmp_path / "tree" / part)  # with what is compiled already
    shutil.copy(PROJECT / "pyproject.toml", tmp_path / "tree")
    package = tmp_path / "tree" / "briefgen"
    (package / "render" / "text.py").write_text(TEXT, encoding="utf-8")
    table = (package / "model" / "edition.py").read_text(encoding="utf-8")
    before, line, after = table.partition('    Format(name="pdf"')
    (package / "model" / "edition.py").write_text(f"{before}{LINE}{line}{after}", encoding="utf-8")
    return tmp_path / "tree"


def _python(*arguments: str, tree: Path, at: Path) -> str:
    clean = environment(at) | {"PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, "-B", *arguments], cwd=at, env=clean, capture_output=True, text=True, timeout=100, check=False
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout


def test_a_third_format_is_one_module_and_one_line(tree: Path, tiny: Path) -> None:
    write_template(tiny, "at-a-glance", MARKUP)
    settings = 'timezone = "UTC"\nlanguages = ["en"]\ndocuments = ["at-a-glance"]\n'
    (tiny / "briefgen.toml").write_text(settings, encoding="utf-8")
    assert "[html|txt|pdf|docx]" in _python("-m", "briefgen", "build", "--help", tree=tree, at=tiny)
    assert "3 documents" in _python("-m", "briefgen", "build", tree=tree, at=tiny)
    latest = tiny / "out" / "sample" / "latest"
    assert {path.suffix for path in latest.glob("at-a-glance.en.*")} == {".html", ".pdf", ".txt"}
    _python("-m", "briefgen", "verify", str(latest / "at-a-glance.en.pdf"), tree=tree, at=tiny)


@pytest.mark.long
def test_the_tests_of_formats_run_over_the_third(tree: Path) -> None:
    """Long, for it is pytest once more; that the third is made, as it should be, is tried before."""
    chosen = (
        "tests/render/test_formats.py",
        "tests/cli/test_help.py",
        "-k",
        "each_format or make_it or offered",
    )
    said = _python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *chosen, tree=tree, at=tree)
    assert f"{3 * (len(FORMATS) + 1) + 1} passed" in said
