"""`briefgen editions`: what a desk sees and does, from the first edition to a rollback and back."""

import json
import re
import shutil
from pathlib import Path

import pytest
from conftest import TODAY, Direct, Told, contents, made_tiny, request_for, write_template

from briefgen.build import build

WORDS = ("all year round", "in winter", "in summer", "in spring")


@pytest.fixture(scope="module")
def built(new_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three editions, built once."""
    tiny = made_tiny(shutil.copytree(new_workspace, tmp_path_factory.mktemp("three") / "desk"))
    for before, words in zip((WORDS[0], *WORDS), WORDS[:3], strict=False):
        path = tiny / "facts" / "sample.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(f"route {before}", f"route {words}"), encoding="utf-8")
        build(request_for(tiny, TODAY, TODAY), Direct())
    return tiny


@pytest.fixture
def three(built: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    return shutil.copytree(built, tmp_path / "desk", symlinks=True)


def _home(workspace: Path) -> Path:
    return workspace / "out" / "sample"


def test_a_line_for_each_edition(told: Told, three: Path) -> None:
    done = told("editions", at=three)
    assert (done.code, done.err) == (0, "")
    assert done.out == told("editions", "list", "sample", at=three).out
    assert done.out.splitlines() == [
        "sample:",
        "  1     2026-11-21    1 document      6 facts",
        "  2     2026-11-21    1 document      6 facts",
        "  3     2026-11-21    1 document      6 facts  newest: readers see it",
    ]


def test_all_about_one(told: Told, three: Path) -> None:
    done = told("editions", "show", "3", at=three)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Edition 3 of sample, as of 2026-11-21")
    for line in (
        "  state           newest: readers see it",
        "  next change     2027-04-01",
        "  languages       en",
        "  documents       at-a-glance; html",
        "  folder          out/sample/editions/2026-11-21-3",
    ):
        assert f"\n{line}\n" in done.out
    assert re.search(r"\n  changes         since edition 2: 1 \w+", done.out)
    assert re.search(r"\n  facts           6 of facts/sample\.yaml, sha256 [0-9a-f]{64}\n", done.out)
    assert re.search(r"\n +[\d,]+ bytes  at-a-glance\.en\.html\n", done.out)
    assert "none: there was no edition before" in told("editions", "show", "1", at=three).out


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("4", "the nearest is 3; there are: 1, 2, 3"), ("3r2", "the nearest is 3"), ("x", "write it like 7")],
)
def test_an_edition_that_is_not_there(asked: str, hint: str, told: Told, three: Path) -> None:
    done = told("editions", "show", asked, at=three)
    assert (done.code, done.out) == (1, "")
    assert f"error W009 there is no edition '{asked}'" in done.err
    assert hint in done.err


def test_where_there_is_none_yet(told: Told, tiny: Path) -> None:
    for command in (("editions",), ("editions", "verify"), ("editions", "rollback", "1")):
        done = told(*command, at=tiny)
        assert done.code == 1
        assert "W009 there is no edition here\n    help: make one with: briefgen build" in done.err
    assert contents(tiny / "out") == {}


def test_verify_finds_every_damage(told: Told, three: Path) -> None:
    whole = told("editions", "verify", at=three)
    assert (whole.code, whole.out, whole.err) == (0, "sample: 3 editions checked; all whole.\n", "")
    editions = _home(three) / "editions"
    (editions / "2026-11-21-1" / "manifest.json").write_text("{", encoding="utf-8")
    (editions / "2026-11-21-3" / "at-a-glance.en.html").write_text("spoilt", encoding="utf-8")
    (editions / "2026-11-21-3" / "briefing.json").unlink()
    (editions / "2026-11-21-3" / "mine.txt").touch()
    done = told("editions", "verify", at=three)
    assert (done.code, done.out) == (2, "sample: 3 editions checked; not all is as it was published.\n")
    assert re.findall(r"editions/(\S+): (\w+) P506 (.+)", done.err) == [
        ("2026-11-21-1/manifest.json", "error", "the manifest cannot be read"),
        ("2026-11-21-3/at-a-glance.en.html", "error", "is not what was published"),
        ("2026-11-21-3/briefing.json", "error", "is missing"),
        ("2026-11-21-3/mine.txt", "note", "is no file of this edition"),
    ]
    listed = told("editions", at=three).out
    assert "2026-11-21-1  damaged: its manifest cannot be read" in listed
    assert "newest: readers see it, damaged: at-a-glance.en.html, briefing.json" in listed
    one = told("editions", "verify", "--edition", "2", at=three)
    assert (one.code, one.out) == (0, "sample: 1 edition checked; all whole.\n")


def _in_manifest(folder: Path, **values: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | values), encoding="utf-8")


@pytest.mark.parametrize(
    ("what", "said", "code"),
    [
        ("gap", "note P506 between edition 1 and edition 3 there is none: 2 was taken away", 0),
        ("no link", "error P506 there is no `latest`", 2),
        ("nowhere", "error P506 `latest` leads to no edition", 2),
        ("other number", "error P506 the folder holds edition 2", 2),
        ("other day", "error P506 the folder holds edition 2 of 2026-11-20", 2),
        ("a link", "error P512 is a link", 2),
        ("no file named", "2026-11-21-2/manifest.json: error P506 the manifest cannot be read", 2),
        ("other partnership", "error P506 the folder holds an edition of 'other'", 2),
        ("interrupted", "note P508 a build was interrupted here, or is under way", 0),
    ],
)
def test_verify_looks_at_the_whole(what: str, said: str, code: int, told: Told, three: Path) -> None:
    home = _home(three)
    match what:
        case "gap":
            (home / "editions" / "2026-11-21-2").rename(three / "kept")
        case "no link":
            (home / "latest").unlink()
        case "nowhere":
            (home / "latest").unlink()
            (home / "latest").symlink_to("editions/2026-11-21-9")
        case "other number":
            (home / "editions" / "2026-11-21-2").rename(home / "editions" / "2026-11-21-5")
        case "other day":
            _in_manifest(home / "editions" / "2026-11-21-2", as_of="2026-11-20")
        case "a link":
            (home / "editions" / "2026-11-21-2").rename(three / "moved")
            (home / "editions" / "2026-11-21-2").symlink_to(three / "moved")
        case "no file named":
            _in_manifest(home / "editions" / "2026-11-21-2", files={})
        case "other partnership":
            _in_manifest(home / "editions" / "2026-11-21-2", partnership="other")
        case _:
            (home / ".staging-x").mkdir()
    done = told("editions", "verify", at=three)
    assert done.code == code
    assert said in done.err


def test_back_and_forward_again(told: Told, three: Path) -> None:
    done = told("editions", "rollback", "1", at=three)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("sample: readers see edition 1 again.\n  It holds until one of your files changes;")
    assert str((_home(three) / "latest").readlink()) == "editions/2026-11-21-1"
    held = told("build", at=three)
    assert held.code == 0
    assert re.match(r"sample: a rollback holds edition 1 since \d{4}-\d\d-\d\d, until one of your files", held.out)
    way_out = held.out.partition("To end it now: briefgen ")[2].splitlines()[0]
    listed = told("editions", at=three).out
    assert re.search(r"\n  1 .+  held since \d{4}-\d\d-\d\d: readers see it\n", listed)
    assert listed.count("rolled back") == 2
    released = told(*way_out.split(), at=three)
    assert (released.code, released.out) == (0, "sample: readers see edition 3, the newest.\n")
    assert "nothing has changed since edition 3" in told("build", at=three).out


def test_a_damaged_edition_is_no_way_back(told: Told, three: Path) -> None:
    (_home(three) / "editions" / "2026-11-21-1" / "at-a-glance.en.html").write_text("spoilt", encoding="utf-8")
    before = contents(three / "out")
    done = told("editions", "rollback", "1", at=three)
    assert (done.code, done.out) == (2, "")
    assert "error P506 edition 1 is damaged: at-a-glance.en.html" in done.err
    assert contents(three / "out") == before


def test_of_several_partnerships_one_is_named(told: Told, three: Path) -> None:
    (three / "out" / "other" / "editions").mkdir(parents=True)
    done = told("editions", "rollback", "1", at=three)
    assert done.code == 1
    assert (
        "W009 several partnerships have editions here\n    help: name one with --partnership: other, sample" in done.err
    )
    assert told("editions", "rollback", "1", "--partnership", "sample", at=three).code == 0
    assert "help: name one: other, sample\n" in told("editions", "release", at=three).err
    assert told("editions", "release", "sample", at=three).code == 0
    unknown = told("editions", "list", "sampel", at=three)
    assert unknown.code == 1
    assert "there is no edition of 'sampel'\n    help: did you mean 'sample'?" in unknown.err


def test_prune_says_what_it_would_take_away(told: Told, three: Path) -> None:
    assert "all editions are kept; set keep_editions" in told("editions", "prune", at=three).out
    settings = three / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "keep_editions = 3\n", encoding="utf-8")
    assert told("build", at=three).code == 0  # keeping fewer makes no edition
    assert len(list((_home(three) / "editions").iterdir())) == 3
    assert "nothing to remove; the newest 3" in told("editions", "prune", at=three).out
    path = three / "facts" / "sample.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("keep_editions = 3", ""), encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("in summer", "in spring"), encoding="utf-8")
    assert told("build", at=three).code == 0
    would = told("editions", "prune", "--keep", "3", "--dry-run", at=three)
    assert would.out == "sample: edition 1 would be removed: out/sample/editions/2026-11-21-1\n"
    assert len(list((_home(three) / "editions").iterdir())) == 4
    done = told("editions", "prune", "--keep", "3", at=three)
    assert done.out == "sample: taken away, as the newest 3 are kept: edition 1\n"
    assert not (_home(three) / "editions" / "2026-11-21-1").exists()


def test_a_build_keeps_no_more_than_it_is_told(told: Told, three: Path) -> None:
    path, settings = three / "facts" / "sample.yaml", three / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "keep_editions = 3\n", encoding="utf-8")
    path.write_text(path.read_text(encoding="utf-8").replace("in summer", "in spring"), encoding="utf-8")
    done = told("build", at=three)
    assert "note P511 taken away, as the newest 3 are kept: edition 1\n" in done.err
    assert sorted(each.name[-1] for each in (_home(three) / "editions").iterdir()) == ["2", "3", "4"]


def test_two_facts_files_of_one_partnership_are_refused(told: Told, three: Path) -> None:
    facts = three / "facts" / "sample.yaml"
    (three / "facts" / "twin.yaml").write_bytes(facts.read_bytes())
    before = contents(three / "out")
    for command in ("build", "check"):
        done = told(command, at=three)
        assert done.code == 1
        assert "error C101 the partnership 'sample' is the one of facts/sample.yaml too" in done.err
        assert "facts/twin.yaml:" in done.err
    assert contents(three / "out") == before


def test_a_number_alone_is_the_edition_that_the_list_calls_so(told: Told, tiny: Path) -> None:
    """And never the newest of its revisions, which readers see anyway."""
    for words in ("one", "two", "three"):
        write_template(tiny, "at-a-glance", f"<p>{words}</p>")
        build(request_for(tiny, TODAY, TODAY), Direct())
    listed = [line.split()[0] for line in told("editions", at=tiny).out.splitlines()[1:]]
    assert listed == ["1", "1r2", "1r3"]
    for name, words in (("1", "one"), ("1r2", "two"), ("1r1", "one"), ("1r3", "three")):
        done = told("editions", "rollback", name, at=tiny)
        assert f"readers see edition {name.removesuffix('r1')} again" in done.out
        assert f"<p>{words}</p>" in (_home(tiny) / "latest" / "at-a-glance.en.html").read_text(encoding="utf-8")
    assert "Edition 1 of sample" in told("editions", "show", "1", at=tiny).out


@pytest.mark.parametrize(
    "command", [["prune", "--keep", "3"], ["prune", "--keep", "3", "--dry-run"], ["list", "--json"]]
)
def test_a_link_in_the_place_of_an_edition_stops_no_command_with_a_fault_of_ours(
    command: list[str], told: Told, three: Path
) -> None:
    first = _home(three) / "editions" / "2026-11-21-1"
    first.rename(three / "moved")
    first.symlink_to(three / "moved")
    done = told("editions", *command, at=three)
    assert done.code in (0, 2)
    assert first.is_symlink()
    assert (three / "moved" / "manifest.json").is_file()


def test_a_copy_of_an_edition_under_another_number_is_shown_to_nobody(told: Told, three: Path) -> None:
    home = _home(three)
    shutil.copytree(home / "editions" / "2026-11-21-1", home / "editions" / "2026-11-21-4")
    assert "readers see edition 3, the newest" in told("editions", "release", at=three).out


def test_an_edition_whose_manifest_names_no_documents_is_no_way_back(told: Told, three: Path) -> None:
    _in_manifest(_home(three) / "editions" / "2026-11-21-2", files={})
    done = told("editions", "rollback", "2", at=three)
    assert (done.code, done.out) == (1, "")
    assert "there is no edition '2'" in done.err
