"""What is wrong with a file whatever it holds: marks of a merge, a copy, a name that nothing reads."""

import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree

import pytest
from conftest import TODAY, Program, changed

from briefgen.files import copied_from, unfinished_merges
from briefgen.model.findings import FindingsError, Severity
from briefgen.read.facts import partnerships, read_and_check, shared_ids
from briefgen.read.files import check_files, check_names
from briefgen.read.workspace import find_workspace
from briefgen.tools.check import check_all
from briefgen.tools.translations import catalog_updates

NOW = datetime(2026, 11, 21, tzinfo=UTC)
MARKS = ("<<<<<<< HEAD", "||||||| merged common ancestors", "=======", ">>>>>>> colleague", "<<<<<<<", "<<<<<<< .mine")
NONE = (
    "<<<<<< HEAD",
    "<<<<<<<<",
    "<<<<<<<HEAD",
    "========",
    "====== =",
    " =======",
    "a =======",
    "|||||||a",
    ">>>>>>>>>",
)


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_y007_a_mark_of_a_merge(mark: str, end: str) -> None:
    between = end or "\n"
    (found,) = unfinished_merges(f"one{between}{mark}{end}", "a.html")
    assert str(found) == "a.html:2:1: error Y007 a merge was not finished here"


@pytest.mark.parametrize("line", NONE)
def test_y007_what_only_looks_like_one(line: str) -> None:
    assert not list(unfinished_merges(f"a\n{line}\nb\n", "a.html"))


def test_y007_one_finding_names_the_lines_of_all() -> None:
    (found,) = unfinished_merges("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "a.css")
    assert found.message == "a merge was not finished here (nor in line 3, 5)"


FILES = (
    "facts/sample.yaml",
    "seeds/sample-talks-2026.yaml",
    "facts/locale/ko.po",
    "facts/locale/ko.terms.yaml",
    "facts/clearances/sample.jsonl",
    "templates/look.yaml",
    "templates/parts/colophon.html",
    "templates/parts/of-no-page.html",
    "templates/style/paper.css",
    "templates/locale/ko.po",
    "templates/languages/en.yaml",
    "templates/logo.svg",
)


@pytest.mark.parametrize("name", FILES)
def test_y007_in_every_file_that_a_build_reads(name: str, starter: Path) -> None:
    """It is the only thing that is told of the file, by check and by the reading that each build begins with."""
    path = starter / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text((path.read_text(encoding="utf-8") if path.exists() else "") + "<<<<<<< HEAD\n", encoding="utf-8")
    changed(starter / "briefgen.toml", '["en"]', '["en", "ko"]')
    workspace = find_workspace(starter)
    findings = [*read_and_check(workspace, partnerships(workspace)[0], ["en", "ko"], TODAY)[2]]
    if "clearances" in name:  # which only check and the build read
        findings += check_all(workspace, NOW).findings
    assert {each.code for each in findings if each.location.file == name} == {"Y007"}


def test_y007_in_the_settings(starter: Path) -> None:
    changed(starter / "briefgen.toml", "timezone", "<<<<<<< HEAD\ntimezone")
    with pytest.raises(FindingsError) as caught:
        find_workspace(starter)
    assert [str(each.location) for each in caught.value.findings] == ["briefgen.toml:2:1"]
    assert "Y007" in str(caught.value)


def test_y007_before_a_catalog_is_written_anew(starter: Path) -> None:
    (starter / "facts" / "locale" / "ko.po").write_text("=======\n", encoding="utf-8")
    changed(starter / "briefgen.toml", '["en"]', '["en", "ko"]')
    with pytest.raises(FindingsError, match="Y007"):
        catalog_updates(find_workspace(starter))


COPIES = (
    "sample (Ada's conflicted copy 2026-11-01).yaml",
    "sample (conflicted copy 2026-11-01 120000).yaml",
    "sample (Case Conflict).yaml",
    "sample (홍길동의 충돌된 사본 2026-11-01).yaml",
    "sample (bản sao xung đột của Lan 2026-11-01).yaml",
    "sample (SFConflict ada@example.org 2026-11-01-12-00-00).yaml",
    "sample.sync-conflict-20261101-120000-ABCDEFG.yaml",
    "sample_conflict-20261101-120000.yaml",
    "sample_DiskStation_Nov-01-1200-2026_Conflict.yaml",
    "sample.Conflict.yaml",
    "sample - Copy.yaml",
    "sample - Copy (2).yaml",
    "sample - 복사본.yaml",
    "sample - 복사본 (2).yaml",
    "sample 복사본 2.yaml",
    "sample의 사본.yaml",
    "sample - Bản sao.yaml",
    unicodedata.normalize("NFD", "sample - Sao chép.yaml"),
    "Bản sao của sample.yaml",
    "Copy of sample.yaml",
    "sample - Kopie.yaml",
    "sample copy 3.yaml",
    "sample (another copy).yaml",
    "sample (1).yaml",
    "sample conflicted copy.yaml",
    "sample conflicted copy 2026-11-01.yaml",
    "Kopie von sample.yaml",
    "Cópia de sample.yaml",
    "sample-DESKTOP-AB12CD3.yaml",
    "sample(1).yaml",
    "sample 2.yaml",
)


@pytest.mark.parametrize("name", COPIES)
def test_y008_a_copy_is_named_as_such_and_only_beside_what_it_is_of(name: str) -> None:
    assert copied_from(name, {name, "sample.yaml"}) == "sample.yaml"
    assert copied_from(name, {name}) == ""


def test_y008_a_copy_of_the_facts_is_no_partnership(starter: Path) -> None:
    name = "sample - Copy.yaml"
    (starter / "facts" / name).write_bytes((starter / "facts" / "sample.yaml").read_bytes())
    workspace = find_workspace(starter)
    (path,) = partnerships(workspace)
    (found,) = read_and_check(workspace, path, ["en"], TODAY)[2]
    assert (path.name, found.code, found.location.file) == ("sample.yaml", "Y008", f"facts/{name}")
    assert "sample.yaml" in found.hint


def test_y008_a_copy_of_a_catalog_is_told_once(german: Path, program: Program) -> None:
    catalog = german / "facts" / "locale" / "de.po"
    catalog.with_name("de (1).po").write_bytes(catalog.read_bytes())
    done = program("check", at=german)
    assert "facts/locale/de (1).po: error Y008 looks like a copy of de.po that" in done.err
    assert done.err.count("de (1).po") == 1


@pytest.mark.parametrize("name", ["sample-2.yaml", "sample2.yaml", "samplecopy.yaml", "conflict.yaml", "sample.yaml"])
def test_y008_any_other_name_is_a_name(name: str) -> None:
    assert copied_from(name, {name, "sample.yaml"}) == ""


@pytest.mark.parametrize(
    ("name", "copy"),
    [
        ("seeds/sample-talks-2026.yaml", "seeds/sample-talks-2026 (1).yaml"),
        ("briefgen.toml", "briefgen (1).toml"),
        ("facts/clearances/sample.jsonl", "facts/clearances/sample - Copy.jsonl"),
        ("templates/locale/ko.po", "templates/locale/ko.sync-conflict-20261101-120000-ABCDEFG.po"),
        ("templates/parts/masthead.html", "templates/parts/masthead copy.html"),
        ("facts/more/a.yaml", "facts/more/a (1).yaml"),
        ("facts/more/a.yaml", "facts/more (1)/a.yaml"),
        ("seeds/sample-talks-2026.yaml", "seeds - Copy/a.yaml"),
    ],
)
def test_y008_in_every_folder(name: str, copy: str, starter: Path) -> None:
    for each in (starter / name, starter / copy):
        each.parent.mkdir(parents=True, exist_ok=True)
        each.touch()
    workspace = find_workspace(starter)
    found = {each.location.file for facts in partnerships(workspace) for each in check_files(workspace, facts)}
    assert found == {copy.removesuffix("/a.yaml")}


@pytest.mark.parametrize("facts", ["facts", "facts/more"])
def test_what_nobody_wrote_is_not_read(facts: str, starter: Path) -> None:
    (starter / "facts" / "more").mkdir()
    (starter / "facts" / "sample.yaml").rename(starter / facts / "sample.yaml")
    for folder in ("facts", "facts/more", "facts/locale", "seeds", "templates", "templates/languages"):
        (starter / folder).mkdir(exist_ok=True)
        (starter / folder / ".#sample.yaml").symlink_to("ada@host.123")
        for name in (
            "#sample.yaml#",
            "._sample.yaml",
            "~$sample.yaml",
            ".sample.yaml",
            "._x.html",
            "~$x.html",
            "._de.po",
        ):
            (starter / folder / name).write_bytes(b"\0\5\x16\7\xff")
    workspace = find_workspace(starter)
    assert [path.name for path in partnerships(workspace)] == ["more" if facts == "facts/more" else "sample.yaml"]
    assert check_all(workspace, NOW).findings == ()


UNUSED = {
    "templates/look.yml": "look.yaml",
    "templates/parts/masthed.html": "masthead.html",
    "templates/style/papper.css": "paper.css",
    "templates/at-a-glanse.html": "at-a-glance.html",
    "templates/locale/kr.po": "ko.po",
    "facts/other.yml": "other.yaml",
    "seeds/talks.YAML": "talks.yaml",
    "facts/locale/ko.term.yaml": "ko.terms.yaml",
    "facts/locale/kor.po": "ko.po",
    "facts/clearances/sampel.jsonl": "sample.jsonl",
    "templates/parts/masthead.htm": "masthead.html",
    "templates/languages/ko.yml": "ko.yaml",
    "templates/look.yaml.txt": "look.yaml",
    "templates/parts/masthead.html.txt": "masthead.html",
    "templates/at-a-glance (1).html": "at-a-glance.html",
    "templates/zzzz.svg": "",
}


@pytest.mark.parametrize("name", UNUSED)
def test_y009_a_file_that_nothing_reads_and_the_nearest_name(name: str, starter: Path) -> None:
    (starter / name).parent.mkdir(parents=True, exist_ok=True)
    (starter / name).touch()
    (found,) = check_names(find_workspace(starter))
    near = UNUSED[name]
    assert (found.location.file, found.severity is Severity.WARNING) == (name, bool(near))
    assert (f"did you mean '{near}'?" in found.hint) is bool(near)


@pytest.mark.parametrize(
    ("renamed", "hint"), [("desk", "rename it after them: desk; else"), ("sampel", "did you mean")]
)
def test_y009_what_was_translated_before_the_facts_were_renamed(renamed: str, hint: str, starter: Path) -> None:
    (starter / "facts" / "locale" / "sample").mkdir(parents=True)
    (starter / "facts" / "sample.yaml").rename(starter / "facts" / f"{renamed}.yaml")
    (found,) = check_names(find_workspace(starter))
    assert (found.location.file, found.severity, hint in found.hint) == ("facts/locale/sample", Severity.WARNING, True)


@pytest.mark.parametrize("name", ["seeds", "templates", "templates/parts", "facts/locale", "seeds/originals"])
def test_y001_a_file_where_a_folder_is_read(name: str, starter: Path) -> None:
    rmtree(starter / name, ignore_errors=True)
    (starter / name).parent.mkdir(exist_ok=True)
    (starter / name).touch()
    workspace = find_workspace(starter)
    (found,) = check_files(workspace, partnerships(workspace)[0])
    told = (found.location.file, found.code, found.message)
    assert told == (name, "Y001", "this is a file, where a folder of this name is read")


def test_y009_what_is_named_somewhere_is_used(starter: Path) -> None:
    """A section of the look, a document of the settings, a part and a picture of a template, the logo."""
    parts = starter / "templates" / "parts"
    parts.mkdir()
    look = "sections: [open-questions, sources, colophon, ours]\nlogo: {file: logo.svg, text: {en: Ours}}\n"
    (starter / "templates" / "look.yaml").write_text(look, encoding="utf-8")
    decomposed = unicodedata.normalize("NFD", "überblick.html")
    for name in ("ours.html", "included.html", decomposed):
        (parts / name).touch()
    own = '{% include "parts/included.html" %}{% include "parts/überblick.html" %}<img src="map.png" alt="">'
    (starter / "templates" / "brief.html").write_text(own, encoding="utf-8")
    for name in ("map.png", "logo.svg", "README.md", "look.yaml.bak", "notes.txt"):
        (starter / "templates" / name).touch()
    changed(starter / "briefgen.toml", '"full-briefing"', '"full-briefing", "brief"')
    assert not list(check_names(find_workspace(starter)))


@pytest.mark.parametrize("name", ["sample.yml", "sample.YAML", "sample.yaml.txt"])
def test_a_facts_file_with_another_ending_is_pointed_at(name: str, starter: Path) -> None:
    (starter / "facts" / "sample.yaml").rename(starter / "facts" / name)
    with pytest.raises(FindingsError) as caught:
        partnerships(find_workspace(starter))
    assert [each.hint for each in caught.value.findings] == [f"rename {name} to sample.yaml"]


def test_c101_is_told_at_the_file_that_has_not_the_name_of_the_partnership(starter: Path) -> None:
    (starter / "facts" / "a-old.yaml").write_bytes((starter / "facts" / "sample.yaml").read_bytes())
    (found,) = shared_ids(find_workspace(starter))
    assert (found.location.file, "a copy of the other file has to go" in found.hint) == ("facts/a-old.yaml", True)


def test_c101_is_not_told_of_a_file_that_has_the_name_of_another_partnership(starter: Path) -> None:
    facts = starter / "facts" / "sample.yaml"
    (starter / "facts" / "other.yaml").write_text(
        facts.read_text("utf-8").replace("{id: sample,", "{id: third,"), "utf-8"
    )
    changed(facts, "{id: sample,", "{id: other,")
    assert shared_ids(find_workspace(starter)) == ()
