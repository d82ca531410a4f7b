"""A build with nothing to do says so before a fact is read, and is never wrong about it."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree

import pytest
from conftest import PROJECT, TODAY, Direct, contents, environment, request_for, write_template
from opening import opened_files

from briefgen import read
from briefgen.build import build
from briefgen.files import files_below
from briefgen.publish import Edition, current_pin, up_to_date
from briefgen.read import PROGRAM, clearance_record, read_fingerprint, shipped_templates, workspace_files

HEAVY = {"pydantic", "yaml", "babel", "jinja2", "weasyprint", "click", "multiprocessing"}


def _build(workspace: Path, day: date = TODAY, **other: object) -> None:
    build(request_for(workspace, day, day, **other), Direct())


def _look(workspace: Path, day: date = TODAY, *, strict: bool = False) -> Edition | None:
    facts = workspace / "facts" / "sample.yaml"
    return up_to_date(workspace / "out", facts, read_fingerprint(workspace, facts, strict=strict), day)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs an edition makes it, for the others to copy."""
    return tmp_path_factory.mktemp("built") / "desk"


@pytest.fixture
def built(model: Path, tiny: Path) -> Path:
    """A workspace with an edition, and with every kind of file that a build may read."""
    if model.exists():
        rmtree(tiny)
        return copytree(model, tiny, symlinks=True)
    write_template(tiny, "parts/mine", "<p>x</p>")
    (tiny / "templates" / "look.yaml").write_text("contact: {en: us}\n", encoding="utf-8")
    (tiny / "facts" / "locale" / "en.terms.yaml").write_text("terms: []\n", encoding="utf-8")
    (tiny / "facts" / "clearances").mkdir()
    (tiny / "facts" / "clearances" / "sample.jsonl").touch()
    _build(tiny)
    copytree(tiny, model, symlinks=True)
    return tiny


def test_the_newest_edition_is_found_unchanged(built: Path) -> None:
    it = _look(built)
    assert it is not None
    next_change = it.manifest.next_change
    assert (it.manifest.name, current_pin(it.outdir)) == ("1", None)
    assert next_change is not None
    assert _look(built, next_change - timedelta(1))
    assert not _look(built, next_change)  # something falls due
    assert not _look(built, TODAY - timedelta(1))  # the clock goes wrong
    assert not _look(built, strict=True)  # what passed without it need not pass with it


def _files(workspace: Path) -> list[str]:
    return [str(path.relative_to(workspace)) for path in _hashed(workspace) if path.is_file()]


def _hashed(workspace: Path) -> list[Path]:
    facts = workspace / "facts" / "sample.yaml"
    return [*workspace_files(workspace, facts), clearance_record(facts)]


def test_every_file_of_the_desk_counts_by_its_content(built: Path) -> None:
    """One byte is another, and neither the file's length nor its time: as two edits within one second may leave it."""
    names = _files(built)
    for needed in ("briefgen.toml", "facts/sample.yaml", "facts/clearances/sample.jsonl", "templates/look.yaml"):
        assert needed in names
    assert {"facts/locale", "seeds", "templates", "templates/parts"} <= {str(Path(name).parent) for name in names}
    for name in names:
        path = built / name
        before, times = path.read_bytes(), path.stat()
        path.write_bytes((before[:-1] + bytes([before[-1] ^ 1])) if before else b"x")
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert not _look(built), name
        path.write_bytes(before)
        assert _look(built), name


@pytest.mark.parametrize(
    "name", ["pyproject.toml", "facts/locale/xx.po", "seeds/new.yaml", "templates/new.html", "templates/fonts/x.ttf"]
)
def test_a_new_file_counts_and_so_does_one_that_is_gone(name: str, built: Path) -> None:
    (built / name).parent.mkdir(exist_ok=True)
    (built / name).write_text("", encoding="utf-8")
    assert not _look(built)
    (built / name).unlink()
    assert _look(built)


@pytest.mark.parametrize("name", ["seeds/originals/a.txt", "templates/a.html~", "templates/.DS_Store", "out/x.txt"])
def test_what_shapes_no_edition_does_not_count(name: str, built: Path) -> None:
    (built / name).parent.mkdir(exist_ok=True)
    (built / name).write_text("x", encoding="utf-8")
    assert _look(built)


def test_a_file_behind_a_link_counts(built: Path) -> None:
    (built / "shared").mkdir()
    (built / "shared" / "x.html").write_text("x", encoding="utf-8")
    (built / "templates" / "shared").symlink_to(built / "shared")
    _build(built)
    assert _look(built)
    (built / "shared" / "x.html").write_text("y", encoding="utf-8")
    assert not _look(built)


@pytest.mark.parametrize("name", ["facts/sample", "facts/locale", "templates"])
def test_a_loop_of_links_ends(name: str, built: Path) -> None:
    """Two links to one folder, each of which leads to both again, would be 2**40 files."""
    request, facts = request_for(built), built / "facts" / "sample.yaml"
    if name == "facts/sample":
        (built / name).mkdir()
        facts = facts.rename(built / name / "sample.yaml").parent
    for link in ("one", "other"):
        (built / name / link).symlink_to(".")
    assert len(list(islice(workspace_files(built, facts), 1000))) < 1000
    build(replace(request, facts=facts), Direct())
    before = read_fingerprint(built, facts)
    (built / name / "other").unlink()
    (built / name / "other").symlink_to("..")
    assert read_fingerprint(built, facts) != before


def test_a_build_reads_nothing_else(built: Path) -> None:
    """Whatever it opens is a file that is hashed, or an edition, or the system's own."""
    write_template(built, "at-a-glance", '<p>{% include "parts/mine.html" %}</p>')
    with opened_files() as every:
        _build(built)
    opened = {path.resolve() for path in every}
    known = {path.resolve() for path in _hashed(built)}
    known |= {path.resolve() for folder in (PROGRAM, shipped_templates()) for path in files_below(folder)}
    ours = [path for path in opened if path.is_relative_to(built) or path.is_relative_to(PROJECT)]
    outside = (built / "out", built / "seeds" / "originals", Path(sys.prefix), PROJECT / "tests")
    strange = [
        path
        for path in ours
        if path not in known and path.is_file() and path.suffix != ".pyc" and not any(map(path.is_relative_to, outside))
    ]
    assert len(ours) > 20
    assert strange == []


def test_a_remark_is_read_once_and_then_known(built: Path) -> None:
    """It makes no edition; the newest one's manifest cannot say so, a note beside it does."""
    facts = built / "facts" / "sample.yaml"
    before = contents(built / "out" / "sample" / "editions")
    facts.write_text(facts.read_text(encoding="utf-8") + "# a remark\n", encoding="utf-8")
    assert not _look(built)
    _build(built)
    assert contents(built / "out" / "sample" / "editions") == before
    it = _look(built)
    assert it is not None
    assert it.manifest.name == "1"
    (built / "out" / "sample" / ".seen.json").write_text("{", encoding="utf-8")
    assert not _look(built)


LATER = """\
id: later-2026
publisher: not stated
describes: Another invented note
language: en
sha256: 13012ccc3fb3da4a12ec10f901ca84cb4fc96f901de796cc3ae7fa62b30a135b
published: {date: 2026-11-22, basis: text, line: 1}
events:
  meeting: {name: Meeting, date: 2026-11-22, basis: text, line: 1}
lines:
  - line: 1
    sha256: 44a266242d75891a50900389b9d103c0b995335a1fa67fb77b6d4ca98210aa99
    digest: Northland asks for a second boat.
    says:
      - {facts: [boat], by: [NL], to: [SL], act: requested, on: meeting}
"""
BOAT = """
  - id: boat
    text: Send a second boat
    theme: trade
    cites: ["later-2026:L1"]
    by: [NL]
    to: [SL]
    act: requested
    on: later-2026@meeting
    rank: 3

  - id: ferry
"""


def test_a_fact_known_from_tomorrow_makes_tomorrow_the_next_change(tiny: Path) -> None:
    """Today it says nothing, so that the edition stays; but the day that the edition noted would be too late."""
    _build(tiny)
    (tiny / "seeds" / "later-2026.yaml").write_text(LATER, encoding="utf-8")
    facts = tiny / "facts" / "sample.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("\n  - id: ferry\n", BOAT), encoding="utf-8")
    _build(tiny)
    it, tomorrow = _look(tiny), TODAY + timedelta(1)
    assert it is not None
    assert (it.manifest.name, it.manifest.next_change) == ("1", tomorrow)
    assert not _look(tiny, tomorrow)
    _build(tiny, tomorrow)
    data = json.loads((tiny / "out" / "sample" / "latest" / "briefing.json").read_text(encoding="utf-8"))
    assert [fact["text"] for fact in data["facts"]].count("Send a second boat") == 1


@pytest.mark.parametrize("what", ["document", "manifest", "staging", "pending", "note", "latest"])
def test_what_needs_the_build_itself_is_left_to_it(what: str, built: Path) -> None:
    home = built / "out" / "sample"
    match what:
        case "document":
            next((home / "latest").glob("*.html")).write_text("spoilt", encoding="utf-8")
        case "manifest":
            (home / "latest" / "manifest.json").write_text("{", encoding="utf-8")
        case "staging":
            (home / ".staging-x").mkdir()
        case "pending":
            (home / ".pending").touch()
        case "note":
            (home / ".seen.json.new").touch()
        case _:
            (home / "latest").unlink()
    assert not _look(built)
    _build(built)
    assert _look(built)


def test_what_a_file_manager_leaves_keeps_nobody_busy(built: Path) -> None:
    (built / "out" / "sample" / ".DS_Store").touch()
    assert _look(built)


def test_an_edition_of_other_facts_is_not_taken_for_ours(built: Path) -> None:
    (built / "facts" / "other.yaml").write_bytes((built / "facts" / "sample.yaml").read_bytes())
    facts = built / "facts" / "other.yaml"
    assert not up_to_date(built / "out", facts, read_fingerprint(built, facts), TODAY)


def test_the_program_itself_counts(tmp_path: Path) -> None:
    """In a checkout an edited module may make other documents; the commands themselves shape none."""
    site = tmp_path / "site"
    copytree(PROGRAM, site / "briefgen", ignore=ignore_patterns("__pycache__"))
    copytree(PROJECT / "templates", site / "templates")
    first = _program_hash(site)
    for name, counts in [
        ("briefgen/localise/values.py", True),
        ("briefgen/read/state-markings.yaml", True),
        ("templates/at-a-glance.html", True),
        ("briefgen/cli/output.py", False),
        ("templates/README.md", False),
    ]:
        path = site / name
        before = path.read_bytes()
        path.write_bytes(before + b"\n")
        assert (_program_hash(site) != first) == counts, name
        path.write_bytes(before)


def test_a_program_whose_files_an_installer_linked_counts_as_well(tmp_path: Path) -> None:
    """Such as `uv tool install --link-mode symlink`: the links lead out of the program's folder."""
    kept = tmp_path / "kept"
    copytree(PROGRAM, kept, ignore=ignore_patterns("__pycache__"))
    for path in kept.rglob("*.*"):
        link = tmp_path / "site" / "briefgen" / path.relative_to(kept)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    copytree(PROJECT / "templates", tmp_path / "site" / "templates")
    first = _program_hash(tmp_path / "site")
    with (kept / "localise" / "values.py").open("a", encoding="utf-8") as module:
        module.write("\n")
    assert _program_hash(tmp_path / "site") != first


def test_a_process_goes_by_the_program_that_it_began_with(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Upgraded under its feet, `briefgen schedule run` still works by the old code, and must not note the new."""
    code_hash = read._code_hash
    monkeypatch.setattr(read, "PROGRAM", tmp_path)
    code_hash.cache_clear()
    try:
        first = code_hash()
        (tmp_path / "module.py").write_text("new", encoding="utf-8")
        assert code_hash() == first
        code_hash.cache_clear()
        assert code_hash() != first
    finally:
        code_hash.cache_clear()


def _program_hash(site: Path) -> str:
    program = "from briefgen import read as f; from pathlib import Path; print(f.program_hash(Path('/x')))"
    clean = environment(site) | {"PYTHONPATH": str(site), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=site, env=clean, capture_output=True, text=True, check=True).stdout


PROGRAM_WITH_AUDIT = """\
import json, sys
from briefgen.cli import main
try:
    main()
finally:
    sys.stdout.flush()
    print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


def _loaded(*arguments: str, at: Path) -> tuple[str, set[str]]:
    """What is said, and the top-level modules in the process at its end."""
    command = [sys.executable, "-c", PROGRAM_WITH_AUDIT, *arguments]
    done = subprocess.run(command, cwd=at, env=environment(at), capture_output=True, text=True, timeout=100, check=True)
    return done.stdout, set(json.loads(done.stderr.splitlines()[-1]))


WITH_GARBAGE_COUNTED = """\
import gc
from briefgen.__main__ import main
looks = []
gc.callbacks.append(lambda *when: looks.append(when))
main()
print(len(looks), gc.isenabled(), gc.get_freeze_count() > 9999)
"""


def test_no_garbage_is_looked_for_to_say_so_nor_at_the_end(tiny: Path) -> None:
    command = [sys.executable, "-c", WITH_GARBAGE_COUNTED, "build"]
    _loaded("build", at=tiny)
    done = subprocess.run(command, cwd=tiny, env=environment(tiny), capture_output=True, text=True, check=True)
    assert done.stdout.startswith("sample: nothing has changed since edition 1.")
    assert done.stdout.endswith("\n0 True True\n")


def test_nothing_heavy_is_loaded_to_say_so(tiny: Path) -> None:
    said, loaded = _loaded("build", at=tiny)
    assert said.startswith("sample: edition 1, 1 document.")
    assert loaded >= {"pydantic", "yaml", "babel"}
    said, loaded = _loaded("build", at=tiny)
    assert said.startswith("sample: nothing has changed since edition 1.")
    assert not loaded & HEAVY
    again, loaded = _loaded("build", "--out", str(tiny / "out"), at=tiny)  # by way of the commands
    assert again == said
    assert not loaded & (HEAVY - {"click"})
    assert _loaded("build", "sample", at=tiny)[0] == said
