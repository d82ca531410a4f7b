"""A new workspace about the parties of a desk: faultless, in its languages, and nobody can take it for true."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from conftest import Program, contents

from briefgen.model.book import SECTIONS, FactFile
from briefgen.model.findings import FindingsError, errors
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.validate import schema_text
from briefgen.read.workspace import find_workspace
from briefgen.tools.check import check_all
from briefgen.tools.originals import compare_all
from briefgen.tools.workspaces import Beginning, begin, id_for, make_workspace, printed_languages

NOW = datetime(2026, 11, 21, tzinfo=UTC)
THREE = {"KR": "Korea, Republic of", "SL": "Brazil", "CI": "Côte d'Ivoire"}


def test_it_has_a_fact_of_every_kind_and_no_finding(tmp_path: Path) -> None:
    made = begin(tmp_path / "desk", Beginning(id="desk", command="/opt/briefgen/brief"))
    workspace = find_workspace(tmp_path / "desk")
    assert check_all(workspace, NOW).findings == ()
    assert compare_all(workspace, workspace.originals).findings == ()
    book, _ = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert {fact.kind for fact in book.facts.values()} == {kind.kind for kind in SECTIONS.values()}
    names = {path.relative_to(workspace.root).as_posix() for path in made}
    schemas = {"facts/schema.json", "seeds/schema.json", "briefgen.schema.json", "templates/look.schema.json"}
    assert names >= {"README.md", "facts/README.md", *schemas}
    assert "    /opt/briefgen/brief build " in (workspace.root / "README.md").read_text(encoding="utf-8")


def test_the_parties_languages_and_zone_are_those_that_were_asked_for(tmp_path: Path) -> None:
    asked = Beginning(id="kr-br", parties=THREE, languages=("en", "vi", "ko"), timezone="America/Sao_Paulo")
    begin(tmp_path / "desk", asked)
    workspace = find_workspace(tmp_path / "desk")
    assert (workspace.settings.timezone, workspace.settings.languages) == ("America/Sao_Paulo", ("en", "vi", "ko"))
    checked = check_all(workspace, NOW)
    assert not errors(checked.findings)
    assert {finding.code for finding in checked.findings} == {"T303"}, "the catalogs are there, to be filled in"
    assert compare_all(workspace, workspace.originals).findings == ()
    file = checked.books["kr-br"].file
    assert {code: party.name for code, party in file.parties.items()} == THREE
    assert file.partnership.name == "Korea, Republic of–Brazil–Côte d'Ivoire"
    assert file.partnership.parties == ("KR", "SL", "CI")
    texts = [fact.text for fact in checked.books["kr-br"].facts.values()] + [each.text for each in file.headlines]
    assert all(text.startswith("Example: ") for text in texts), "nothing of it is true of these countries"
    assert not {"Northland", "Southland", "NL", "two"} & {*" ".join(texts).replace("two accounts", "").split()}
    for code in ("vi", "ko"):
        assert 'msgid "Brazil"\nmsgstr ""' in (workspace.facts / "locale" / f"{code}.po").read_text(encoding="utf-8")


def test_c104_a_party_whose_name_holds_digits_needs_no_term(tmp_path: Path) -> None:
    begin(tmp_path / "desk", Beginning(id="desk", parties={"G20": "Group of 20", "AU": "African Union"}))
    assert check_all(find_workspace(tmp_path / "desk"), NOW).findings == ()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (Beginning(id="Our desk"), "'Our desk' is no id"),
        (Beginning(parties={"BR": "Brazil"}), "a partnership has two parties or more"),
        (Beginning(parties={"B R": "Brazil", "FR": "France"}), "'B R' is no key"),
        (Beginning(parties={"BR": "Brazil", "FR": "{France}"}), "has a sign that a name cannot have here: {"),
        (Beginning(parties={"BR": "Brazil", "FR": "Fr\u202eance"}), "RIGHT-TO-LEFT OVERRIDE stands in 'Fr"),
        (Beginning(parties={"BR": "Brazil", "FR": "Brazil"}), "two names are the same"),
        (Beginning(languages=("fr",)), "the language 'fr' cannot be printed"),
        (Beginning(languages=("kr",)), "the language 'kr' cannot be printed"),
        (Beginning(timezone="KST"), "'KST' is no time zone"),
        (Beginning(parties={"BR": "Brazil", "br": "Brasil"}), "two of BR, br are one code"),
        (Beginning(parties={"BR": "Brazil", "null": "Japan"}), "'null' is no code of a party"),
        (Beginning(parties={"BR": "Brazil", "JP": "—"}), "'—' has no letter"),
        (Beginning(parties={"BR": "<b>Brazil</b>", "JP": "Japan"}), "has a sign that a name cannot have here: <"),
    ],
)
def test_what_no_workspace_could_be_made_of_is_told_and_nothing_is_made(
    asked: Beginning, told: str, tmp_path: Path
) -> None:
    with pytest.raises(FindingsError) as trouble:
        begin(tmp_path / "desk", asked)
    assert told in str(trouble.value)
    assert asked.languages != ("kr",) or trouble.value.findings[0].hint.startswith("did you mean 'ko'?")
    assert not (tmp_path / "desk").exists()
    assert {"en", "ko", "vi"} <= {*printed_languages()}


def test_it_builds_at_once_in_every_language_it_was_asked_for(tmp_path: Path, program: Program) -> None:
    parties = ("--party", "BR=Brazil", "--party", "FR=France")
    done = program("init", "desk", *parties, "--lang", "en,ko", "--lang", "vi", at=tmp_path)
    assert (done.code, "  cd desk\n  briefgen build\n" in done.out) == (0, True)
    done = program("build", "--document", "at-a-glance", "--format", "html", at=tmp_path / "desk")
    assert done.code == 0, done.err
    made = [path.name for path in (tmp_path / "desk/out/desk").rglob("*.html")]
    assert sorted({*made}) == ["at-a-glance.en.html", "at-a-glance.ko.html", "at-a-glance.vi.html"]


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks(tmp_path: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal("BR=Brazil\nFR=France\n\n\nbr-fr\nen vi\nEurope/Paris\n"))
    assert program("init", "desk", at=tmp_path).code == 0
    settings = (tmp_path / "desk/briefgen.toml").read_text(encoding="utf-8")
    assert ('timezone = "Europe/Paris"' in settings, 'languages = ["en", "vi"]' in settings) == (True, True)
    facts = (tmp_path / "desk/facts/br-fr.yaml").read_text(encoding="utf-8")
    assert 'partnership: {id: br-fr, name: "Brazil–France", parties: [BR, FR]}' in facts
    monkeypatch.setattr("sys.stdin", _Terminal(""))
    assert program("init", "plain", "--sample", at=tmp_path).code == 0


def test_schemas_are_written_into_a_workspace_that_has_none(starter: Path, program: Program) -> None:
    done = program("schema", at=starter)
    assert done.out.startswith("Written: seeds/schema.json, briefgen.schema.json, templates/look.schema.json.\n")
    assert "# yaml-language-server: $schema=schema.json" in done.out
    before = contents(starter)
    assert program("schema", at=starter).out.startswith("All schemas are up to date.\n")
    assert contents(starter) == before


def test_a_new_workspace_has_no_finding(tmp_path: Path) -> None:
    make_workspace(tmp_path / "desk")
    assert (tmp_path / "desk" / "briefgen.toml").is_file()
    checked = check_all(find_workspace(tmp_path / "desk"), NOW)
    assert checked.findings == ()
    assert checked.summary.endswith("facts checked, no findings.")
    assert [*checked.books] == ["sample"]


def test_its_facts_show_every_link_to_a_record(tmp_path: Path) -> None:
    make_workspace(tmp_path / "desk")
    workspace = find_workspace(tmp_path / "desk")
    book, _ = read_facts(workspace, *partnerships(workspace))
    assert book is not None
    assert {fact.kind for fact in book.facts.values()} >= {"statement", "summit", "figure", "meeting", "office"}
    assert (workspace.facts / "schema.json").read_text(encoding="utf-8") == schema_text(FactFile)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(FindingsError) as trouble:
        make_workspace(tmp_path)
    (finding,) = trouble.value.findings
    assert (str(finding.location), finding.code, finding.hint) == (str(tmp_path), "W006", "choose another name")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("mine", encoding="utf-8")
    with pytest.raises(FindingsError) as trouble:
        make_workspace(tmp_path / "desk")
    (finding,) = trouble.value.findings
    assert (finding.code, finding.message) == ("P504", "cannot be made: Not a directory")


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("desk", "desk"),
        ("Our Desk", "our-desk"),
        ("vn_kr.2026", "vn-kr-2026"),
        ("Quan hệ Đối tác", "quan-he-doi-tac"),
        ("Bureau d’Orsay", "bureau-d-orsay"),
        ("한국", "sample"),
        ("--", "sample"),
        ("Aux", "sample"),
        ("x" * 101, "sample"),
    ],
)
def test_the_name_of_the_folder_gives_the_id(name: str, id: str, tmp_path: Path) -> None:
    assert id_for(name) == id
    make_workspace(tmp_path / "desk", id)
    workspace = find_workspace(tmp_path / "desk")
    book, findings = read_facts(workspace, workspace.facts / f"{id}.yaml")
    assert book is not None
    assert (book.file.partnership.id, findings) == (id, ())
