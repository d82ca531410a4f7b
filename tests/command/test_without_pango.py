"""Where the libraries of the PDF engine are missing, HTML is still built, with a clear line about the PDFs."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Ended, environment, write_template

PROGRAM = """\
from briefgen import doctor
doctor.LIBRARIES = doctor.LIBRARIES | {"pango": ("pango-is-not-there", "libpango-is-not-there.so.0")}
from briefgen.cli import main
main()
"""


@pytest.fixture
def small(starter: Path) -> Path:
    """A workspace of small documents in both formats."""
    for name in ("at-a-glance", "full-briefing"):
        write_template(starter, name, "<p>x</p>")
    return starter


def _without_pango(*arguments: str, at: Path) -> Ended:
    command = [sys.executable, "-c", PROGRAM, *arguments]
    done = subprocess.run(
        command, cwd=at, env=environment(at.parent), capture_output=True, text=True, timeout=60, check=False
    )
    return Ended(code=done.returncode, out=done.stdout, err=done.stderr)


def test_html_is_built_and_the_line_says_how_to_mend_it(small: Path) -> None:
    done = _without_pango("build", at=small)
    assert done.code == 0
    assert done.err.startswith("No PDFs: pango-is-not-there is not found: no PDF can be made. To mend it: ")
    assert done.err.count("\n") == 1
    assert "at-a-glance.en.html" in done.out
    assert ".pdf" not in done.out


def test_where_only_pdf_is_asked_for_it_stops(small: Path) -> None:
    done = _without_pango("build", "--format", "pdf", at=small)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "this machine: error P507 pango-is-not-there is not found: no PDF can be made\n    help: "
    )
    assert not (small / "out" / "sample").exists()


def test_where_only_html_is_asked_for_nothing_is_said(small: Path) -> None:
    done = _without_pango("build", "--format", "html", at=small)
    assert (done.code, done.err) == (0, "")


def test_a_strict_build_without_pdf_is_no_success(small: Path) -> None:
    assert _without_pango("build", "--strict", at=small).code == 2


def test_the_doctor_names_the_fix(small: Path) -> None:
    done = _without_pango("doctor", at=small)
    assert done.code == 2
    assert "FIX Pango: pango-is-not-there is not found: no PDF can be made\n      fix: " in done.out
