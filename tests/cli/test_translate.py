"""`briefgen translate` as a translator meets it: update, status, and what happens when an English text changes."""

import re
from pathlib import Path
from shutil import rmtree

import pytest
from conftest import PROJECT, Program, changed, contents, set_languages

from briefgen.read.workspace import find_workspace
from briefgen.tools.translations import catalog_updates

FACTS, LABELS = Path("facts/locale/de.po"), Path("templates/locale/de.po")
OLD, NEW = "Open the ferry route all year round", "Keep the ferry route open all year round"


def entries_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n\n")


def row(*cells: str) -> str:
    """A line of the table, however wide its columns."""
    return "(?m)^" + r"\s+".join(re.escape(cell) for cell in cells) + "$"


def test_one_changed_text_makes_its_translation_a_guess_and_moves_nothing_else(german: Path, program: Program) -> None:
    program("translate", at=german)
    before = {name: entries_of(german / name) for name in (FACTS, LABELS)}
    changed(german / "facts/sample.yaml", OLD, NEW)
    done = program("translate", "update", at=german)
    assert done.code == 1
    assert re.search(row(str(FACTS), "96 %", "25", "1", "0", "8"), done.out)
    assert entries_of(german / LABELS) == before[LABELS]
    after = entries_of(german / FACTS)
    known = 'msgstr "Die Fährverbindung ganzjährig öffnen"'
    guess = f'#, fuzzy\n#| msgid "{OLD}"\nmsgctxt "ferry text"\nmsgid "{NEW}"\n{known}'
    assert [each for each in after if each not in before[FACTS]] == [guess]
    others = [each for each in before[FACTS] if not each.startswith('msgctxt "ferry text"')]
    assert [each for each in after if each != guess] == others


def test_a_guess_is_not_printed_and_stops_a_strict_build(german: Path, program: Program) -> None:
    changed(german / "facts/sample.yaml", OLD, NEW)
    program("translate", at=german)
    found = program("check", at=german)
    assert (found.code, "warning T303 'ferry text' is only a guess (fuzzy)" in found.err) == (0, True)
    strict = program("build", "--strict", "--format", "html", at=german)
    assert (strict.code, "T303 'ferry text'" in strict.err) == (1, True)
    loose = program("build", "--format", "html", at=german)
    assert (loose.code, "W010 1 warning, such as texts printed in English" in loose.err) == (0, True)


def test_status_counts_as_if_up_to_date_and_writes_nothing(german: Path, program: Program) -> None:
    assert program("translate", "status", at=german).code == 0
    changed(german / "facts/sample.yaml", OLD, NEW)
    (german / LABELS).unlink()
    before = contents(german)
    done = program("translate", "status", at=german)
    assert done.code == 1
    assert re.search(row(str(FACTS), "96 %", "25", "1", "0", "8"), done.out)
    assert re.search(rf"(?m)^{LABELS} +0 % +0 +0 +\d{{3}} +\d{{3,4}}$", done.out)
    assert contents(german) == before


def test_alone_it_updates(german: Path, program: Program) -> None:
    (german / FACTS).unlink()
    assert program("translate", at=german).code == 1
    assert 'msgctxt "ferry text"' in (german / FACTS).read_text(encoding="utf-8")


def test_a_language_that_is_not_shipped_gets_every_label(starter: Path, program: Program) -> None:
    set_languages(starter, "en", "qq")
    program("translate", at=starter)
    catalog = (starter / "templates/locale/qq.po").read_text(encoding="utf-8")
    assert 'msgid "Deadline passed – outcome not reported"' in catalog
    assert '#. templates/at-a-glance.html\nmsgid "At a glance"' in catalog


def test_a_shipped_one_gets_those_of_own_templates_and_keeps_those_worded_anew(starter: Path, program: Program) -> None:
    set_languages(starter, "en", "vi")
    own = starter / "templates/locale/vi.po"
    own.parent.mkdir(parents=True)
    own.write_text('msgid "Open"\nmsgstr "Đang mở"\n', encoding="utf-8")
    (starter / "templates/annex.html").write_text('{{ _("Annex") }} {{ _("Sources") }}', encoding="utf-8")
    program("translate", at=starter)
    assert re.findall(r'(?m)^msgid "(.+)"', own.read_text(encoding="utf-8")) == ["Annex", "Open"]
    assert 'msgstr "Đang mở"' in own.read_text(encoding="utf-8")


def test_without_another_language_there_is_nothing_to_do(starter: Path, program: Program) -> None:
    done = program("translate", "status", at=starter)
    assert (done.code, "no language to translate into" in done.out) == (0, True)


@pytest.mark.parametrize(
    ("name", "fault", "said"),
    [
        (FACTS, "<<<<<<< mine\n", "facts/locale/de.po:1:1: error Y007 a merge was not finished here"),
        (FACTS, "mine\n", "facts/locale/de.po:1:1: error T305 this is not a line of a catalog"),
        (LABELS, 'msgid "Open"\nmsgstr "A"\n\n', "T305 'Open' is translated twice; first in line 1"),
        (FACTS, 'msgid "no end"\n', "facts/locale/de.po:1:1: error T305 this is not a whole entry"),
    ],
)
def test_a_broken_catalog_is_left_alone(german: Path, program: Program, name: Path, fault: str, said: str) -> None:
    path = german / name
    path.write_text(fault + path.read_text(encoding="utf-8"), encoding="utf-8")
    before = contents(german)
    done = program("translate", at=german)
    assert (done.code, said in done.err) == (1, True)
    assert contents(german) == before


@pytest.mark.parametrize("fault", ["<<<<<<< mine\n", "digest: [a]\n", "-"])
def test_the_texts_of_a_record_that_cannot_be_read_stay(fault: str, german: Path, program: Program) -> None:
    record = german / "seeds" / "sample-talks-2026.yaml"
    record.write_text(record.read_text(encoding="utf-8") + fault, encoding="utf-8")
    before = contents(german)
    done = program("translate", at=german)
    assert (done.code, done.err.count("seeds/sample-talks-2026.yaml")) == (1, 1), done.err
    assert contents(german) == before
    assert "T304" not in program("check", at=german).err  # nobody knows which texts it has


def test_so_do_those_of_a_record_that_only_an_outcome_cites(german: Path, program: Program) -> None:
    facts, record = german / "facts" / "sample.yaml", german / "seeds" / "report.yaml"
    facts.write_text(
        f"{facts.read_text(encoding='utf-8')}    outcome: {{status: fulfilled, cites: [report:L1]}}\n", encoding="utf-8"
    )
    record.write_text("<<<<<<< mine\n", encoding="utf-8")
    before = contents(german)
    done = program("translate", at=german)
    assert (done.code, "seeds/report.yaml:1:1: error Y007" in done.err) == (1, True), done.err
    assert contents(german) == before


def test_a_catalog_for_another_language_is_left_alone(german: Path, program: Program) -> None:
    changed(german / FACTS, "Language: de", "Language: ko")
    before = contents(german)
    for command in ("translate", "check", "build"):
        done = program(command, at=german)
        assert (done.code, f"{FACTS}:6:2: error T309 the header says that" in done.err) == (1, True), done.err
    assert contents(german) == before


def test_a_file_of_another_system_stays_one(german: Path, program: Program) -> None:
    """Line ends of Windows: the catalog is read, and only the entry of the changed text is written anew."""
    program("translate", at=german)
    before = (german / FACTS).read_bytes()
    (german / FACTS).write_bytes(before.replace(b"\n", b"\r\n"))
    assert program("check", at=german).err == ""
    assert program("translate", at=german).code == 0
    assert (german / FACTS).read_bytes() == before.replace(b"\n", b"\r\n")
    changed(german / "facts/sample.yaml", OLD, NEW)
    program("translate", at=german)
    assert f'#, fuzzy\r\n#| msgid "{OLD}"\r\n'.encode() in (german / FACTS).read_bytes()


def test_a_translation_in_the_obsolete_block_is_named_and_used_again(german: Path, program: Program) -> None:
    program("translate", at=german)
    before = (german / FACTS).read_text(encoding="utf-8")
    (entry,) = (each for each in entries_of(german / FACTS) if 'msgctxt "ferry text"' in each)
    words = 'msgstr "Die Fährverbindung ganzjährig öffnen"'
    changed(german / FACTS, entry, entry.replace(words, 'msgstr ""'))
    obsolete = "".join(f"#~ {line}\n" for line in entry.splitlines())
    (german / FACTS).write_text((german / FACTS).read_text("utf-8") + f"\n{obsolete}", encoding="utf-8")
    assert "note T308 'ferry text' is translated in this obsolete entry" in program("check", at=german).err
    assert program("translate", at=german).code == 0
    assert (german / FACTS).read_text(encoding="utf-8") == before
    assert program("check", at=german).err == ""


def test_a_workspace_without_templates_has_no_labels_to_translate(starter: Path, program: Program) -> None:
    set_languages(starter, "en", "vi")
    rmtree(starter / "templates")
    assert str(LABELS.parent) not in program("translate", at=starter).out
    assert not (starter / "templates").exists()


def test_the_shipped_catalogs_are_up_to_date_and_come_out_byte_for_byte() -> None:
    updates, _ = catalog_updates(find_workspace(PROJECT))
    assert len(updates) == 4
    for update in updates:
        assert update.path.read_bytes().decode() == update.text, f"run `briefgen translate` for {update.path}"
        assert update.progress.percent == 100


def test_what_is_up_to_date_is_not_touched(german: Path, program: Program) -> None:
    program("translate", at=german)
    times = {name: (german / name).stat().st_mtime_ns for name in (FACTS, LABELS)}
    assert program("translate", at=german).code == 0
    assert {name: (german / name).stat().st_mtime_ns for name in (FACTS, LABELS)} == times
