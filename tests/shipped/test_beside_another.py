"""The shipped partnership beside another that has all of its ids: built byte for byte as it is alone."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from conftest import PROJECT, Program
from polib import pofile

from briefgen.read.workspace import find_workspace

SETTINGS = find_workspace(PROJECT).settings
BUILD = ("build", "--strict", "--as-of", "2026-11-21")


def _workspace(folder: Path) -> Path:
    for name in ("facts", "seeds"):
        copytree(PROJECT / name, folder / name)
    settings = f'timezone = "{SETTINGS.timezone}"\nlanguages = {[*SETTINGS.languages]}\n'
    (folder / "briefgen.toml").write_text(f'{settings}formats = ["html"]\n', encoding="utf-8")
    return folder


def _files(folder: Path, name: str) -> dict[str, bytes]:
    found = (folder / "out" / name / "as-of" / "2026-11-21").iterdir()
    return {path.name: path.read_bytes() for path in found if path.name != "manifest.json"}


def _in_letters_of(code: str, text: str) -> str:
    """The text as a translation: where the language has letters of its own, in some of them."""
    return re.sub(r"(?<![{\w.-])[A-Za-z]+(?![\w.-]*})", "다른", text) if code == "ko" else text


@pytest.mark.long
def test_it_is_built_as_it_is_alone(program: Program, tmp_path: Path) -> None:
    """In every run tests/cli/test_two_partnerships.py holds the sample workspace to the same, in all its languages."""
    alone, both = (_workspace(tmp_path / each) for each in ("alone", "both"))
    facts = (both / "facts" / "vn-kr.yaml").read_text(encoding="utf-8")
    facts = re.sub(r"(?<![-\w])([Cc])ooperation(?![-\w]| documents)", r"\1ollaboration", facts)
    facts = facts.replace("{id: vn-kr,", "{id: other,").replace("  id: vn-kr\n", "  id: other\n")
    (both / "facts" / "other.yaml").write_text(facts, encoding="utf-8")
    assert program(*BUILD, at=alone).code == 0
    assert program(*BUILD, "vn-kr", at=both).code == 0  # its catalogs are still shared
    assert _files(both, "vn-kr") == _files(alone, "vn-kr")
    program("translate", at=both)
    for path in (both / "facts" / "locale" / "other").glob("*.po"):
        catalog = pofile(str(path))
        for entry in catalog.untranslated_entries():
            entry.msgstr = f"OTHER {_in_letters_of(path.stem, entry.msgid)}"
        for entry in catalog.fuzzy_entries():
            entry.flags.remove("fuzzy")
        catalog.save()
    assert program("translate", "status", at=both).code == 0
    checked = program("check", at=both)
    assert (checked.code, checked.err) == (0, "")
    done = program(*BUILD, at=both)
    assert (done.code, done.err) == (0, "")
    assert _files(both, "vn-kr") == _files(alone, "vn-kr")
    others = [content for name, content in _files(both, "other").items() if re.search(r"(vi|ko).html", name)]
    assert others
    assert all(b"OTHER" in content for content in others)
