"""Words that a desk does not use: found wherever they are printed, with what to say instead and why."""

from pathlib import Path

import pytest
from conftest import Program, changed

TERMS = """\
# What these briefings do not say.
terms:
  - {never: 'Nordreich|Fähre\\b', use: Nordland, why: the official name}
  - never: '\\bferry\\b'
    use: boat link
    why: no ferry is meant
    exempt: [message-ferry text]
"""


@pytest.fixture
def strict(german: Path) -> Path:
    """The terms of both languages: the first is German, the second English."""
    first, second = TERMS.split("  - never", maxsplit=1)
    (german / "facts/locale/de.terms.yaml").write_text(first, encoding="utf-8")
    (german / "facts/locale/en.terms.yaml").write_text(f"terms:\n  - never{second}", encoding="utf-8")
    return german


def test_it_is_found_in_the_facts_with_what_to_say_instead_and_why(strict: Path, program: Program) -> None:
    done = program("check", at=strict)
    assert done.code == 1
    assert "facts/sample.yaml:92:11: error T306 'ferry' is not used in this language" in done.err
    assert "help: use 'boat link' (no ferry is meant); or exempt 'ferry text' in the list of terms" in done.err
    assert done.err.count("T306") == 1


def test_each_exemption_counts_for_itself(strict: Path, program: Program) -> None:
    terms = strict / "facts/locale/en.terms.yaml"
    changed(terms, "[message-ferry text]", "[ferry text]")
    assert "facts/sample.yaml:34:11: error T306" in program("check", at=strict).err
    changed(terms, "[ferry text]", "[message-ferry text, ferry text]")
    assert (program("check", at=strict).code, program("check", at=strict).err) == (0, "")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("facts/locale/de.po", 'msgstr "Nordland"', 'msgstr "Nordreich"'),
        ("templates/locale/de.po", 'msgstr "Zum Inhalt"', 'msgstr "Nordreich"'),
    ],
)
def test_it_is_found_in_the_catalogs(strict: Path, program: Program, file: str, old: str, new: str) -> None:
    changed(strict / file, old, new)
    lines = (strict / file).read_text(encoding="utf-8").split("\n")
    err = program("check", at=strict).err
    assert f"{file}:{lines.index(new) + 1}:8: error T306 'Nordreich'" in err
    assert "help: use 'Nordland' (the official name)" in err


def test_it_is_found_in_templates_but_for_their_remarks(strict: Path, program: Program) -> None:
    template = strict / "templates" / "annex.html"
    template.write_text("{# Nordreich\n no ferry #}\n<p>To the\nNordreich</p> {# ferry #}\n", encoding="utf-8")
    err = program("check", at=strict).err
    assert "templates/annex.html:4: error T306 'Nordreich'" in err
    assert [line.count("T306") for line in err.splitlines() if "templates/annex.html" in line].count(1) == 1
    changed(strict / "facts/locale/de.terms.yaml", "official name}", "official name, exempt: [template annex.html]}")
    assert "T306 'Nordreich'" not in program("check", at=strict).err


def test_it_stops_a_build(strict: Path, program: Program) -> None:
    done = program("build", "--format", "html", at=strict)
    assert (done.code, "T306 'ferry'" in done.err) == (1, True)
    assert not (strict / "out" / "sample" / "latest").exists()


def test_a_term_may_hold_for_one_audience_only(strict: Path, program: Program) -> None:
    changed(strict / "facts/locale/en.terms.yaml", "why:", "audience: partners\n    why:")
    assert program("check", at=strict).err == ""
    settings = strict / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8") + 'audience = "partners"\n', encoding="utf-8")
    assert "T306 'ferry'" in program("check", at=strict).err


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("never: '(ferry'", "facts/locale/en.terms.yaml:2:12: error F004 '(ferry' is no regular expression: missing )"),
        (
            "never: '.*'",
            "facts/locale/en.terms.yaml:2:12: error F004 '.*' is found in every text, as it needs no letter",
        ),
        ("nevr: ferry", "facts/locale/en.terms.yaml:2:5: error F002 the key 'nevr' is not known here"),
    ],
)
def test_a_wrong_list_is_a_finding_at_its_line(strict: Path, program: Program, new: str, said: str) -> None:
    changed(strict / "facts/locale/en.terms.yaml", "never: '\\bferry\\b'", new)
    done = program("check", at=strict)
    assert (done.code, said in done.err) == (1, True), done.err
