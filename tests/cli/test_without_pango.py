"""Where the libraries of the PDF engine are missing, HTML is still built, with a clear line about the PDFs."""

from pathlib import Path

import pytest
from conftest import Direct, Told, request_for, write_template

from briefgen.build import build
from briefgen.publish import latest
from briefgen.tools import doctor


@pytest.fixture
def small(starter: Path) -> Path:
    """A workspace of small documents in both formats."""
    for name in ("at-a-glance", "full-briefing"):
        write_template(starter, name, "<p>x</p>{% include 'parts/left-out.html' %}")
    return starter


@pytest.fixture
def without_pango(told: Told, monkeypatch: pytest.MonkeyPatch) -> Told:
    """The commands, where one of the libraries is not found."""
    library = ("pango-is-not-there", "libpango-is-not-there.so.0")
    monkeypatch.setattr(doctor, "LIBRARIES", doctor.LIBRARIES | {"pango": library})
    return told


def test_html_is_built_and_the_line_says_how_to_mend_it(without_pango: Told, small: Path) -> None:
    done = without_pango("build", at=small)
    assert done.code == 0
    assert done.err.startswith("No PDFs: pango-is-not-there is not found: no PDF can be made. To fix it: ")
    assert done.err.endswith('If you do not want any, write in the settings: formats = ["html"]\n')
    assert done.err.count("\n") == 2
    assert "at-a-glance.en.html" in done.out
    assert ".pdf" not in done.out


def test_a_machine_that_never_made_pdfs_publishes_html(without_pango: Told, small: Path) -> None:
    """Readers of `latest` lose nothing; and once Pango is there, the PDFs come by themselves."""
    assert without_pango("build", at=small).out.startswith("sample: edition 1, 2 documents.")
    assert (small / "out" / "sample" / "latest" / "at-a-glance.en.html").is_file()
    assert without_pango("build", at=small).out.startswith("sample: nothing has changed since edition 1.")
    edition = latest(small / "out" / "sample")
    assert edition is not None
    found = build(request_for(small, edition.manifest.as_of, edition.manifest.as_of), Direct())
    assert (found.new, found.manifest.name, found.manifest.formats) == (True, "1r2", ("html", "pdf"))


def test_where_readers_have_pdfs_html_alone_is_a_part(without_pango: Told, small: Path) -> None:
    build(request_for(small), Direct())
    write_template(small, "at-a-glance", "<p>y</p>")
    done = without_pango("build", at=small)
    assert done.code == 0
    assert "a part, so the newest edition, which has the formats this machine cannot make, stays as it is" in done.out
    assert (small / "out" / "sample" / "latest" / "at-a-glance.en.pdf").is_file()


def test_where_only_pdf_is_asked_for_it_stops(without_pango: Told, small: Path) -> None:
    done = without_pango("build", "--format", "pdf", at=small)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "this machine: error P507 pango-is-not-there is not found: no PDF can be made\n    help: "
    )
    assert not (small / "out" / "sample").exists()


def test_where_only_html_is_asked_for_nothing_is_said(without_pango: Told, small: Path) -> None:
    done = without_pango("build", "--format", "html", at=small)
    assert (done.code, done.err) == (0, "")


def test_a_strict_build_without_pdf_is_no_success(without_pango: Told, small: Path) -> None:
    assert without_pango("build", "--strict", at=small).code == 2


def test_the_doctor_names_the_fix(without_pango: Told, small: Path) -> None:
    done = without_pango("doctor", at=small)
    assert done.code == 2
    assert "FIX Pango: pango-is-not-there is not found: no PDF can be made\n      fix: " in done.out
