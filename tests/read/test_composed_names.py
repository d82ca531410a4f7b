"""macOS decomposes the names of files: they are the same names as those that a file or a person writes composed."""

import unicodedata
from pathlib import Path

import pytest
from conftest import write_template

from briefgen.read.facts import choose_partnerships
from briefgen.read.files import check_names
from briefgen.read.languages import catalog_files
from briefgen.read.look import read_look
from briefgen.read.workspace import find_workspace, known_documents
from briefgen.tools.check import check_templates
from briefgen.tools.new_fact import facts_of

FORMS = ("NFC", "NFD")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><rect width="10" height="10"/></svg>'


def _named(form: str, name: str) -> str:
    return unicodedata.normalize(form, name)  # type: ignore[arg-type]


@pytest.mark.parametrize("written", FORMS)
@pytest.mark.parametrize("stored", FORMS)
def test_a_logo_an_include_and_a_section_are_found_however_they_are_composed(
    written: str, stored: str, starter: Path
) -> None:
    templates = starter / "templates"
    (templates / "parts").mkdir(parents=True)
    (templates / _named(stored, "Bộ-Ngoại-giao.svg")).write_text(PICTURE, encoding="utf-8")
    for part in ("überblick", "지역"):
        (templates / "parts" / _named(stored, f"{part}.html")).write_text("<p></p>", encoding="utf-8")
    sections = "sections: [open-questions, sources, colophon, 지역]"
    logo = "logo: {file: Bộ-Ngoại-giao.svg, text: {en: Ours}}"
    (templates / "look.yaml").write_text(_named(written, f"{sections}\n{logo}\n"), encoding="utf-8")
    write_template(starter, _named(stored, "bản-tóm-tắt"), _named(written, '{% include "parts/überblick.html" %}'))
    workspace = find_workspace(starter)
    look, findings = read_look(workspace, ["en"])
    assert (findings, look is not None and look.logo is not None) == ((), True)
    assert check_templates(workspace) == []
    assert "bản-tóm-tắt" in known_documents(workspace)
    assert workspace.template_file(_named(written, "parts/überblick.html"))
    assert workspace.template_file(_named(written, "parts/uberblick.html")) is None


@pytest.mark.parametrize("written", FORMS)
@pytest.mark.parametrize("stored", FORMS)
def test_the_catalogs_of_a_partnership_are_found_however_its_name_is_composed(
    written: str, stored: str, starter: Path
) -> None:
    facts = (starter / "facts" / "sample.yaml").rename(starter / "facts" / f"{_named(stored, 'việt')}.yaml")
    catalog = starter / "facts" / "locale" / _named(written, "việt") / "ko.po"
    catalog.parent.mkdir(parents=True)
    catalog.touch()
    workspace = find_workspace(starter)
    assert catalog_files(workspace, facts, "ko")[0] == catalog
    assert choose_partnerships(workspace, (_named(written, "việt"),)) == [facts]
    assert facts_of(workspace, _named(written, "việt")) == facts
    assert list(check_names(workspace)) == []
