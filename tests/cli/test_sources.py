"""`briefgen sources`: drafts, updates and comparisons as a curator meets them, with every file a desk may have."""

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Program, Run, changed, contents, ordinary_user

from briefgen.tools.originals import MAX_BYTES, line_hash, read_original

RECORD, ORIGINAL = Path("seeds/sample-talks-2026.yaml"), Path("seeds/originals/sample-talks-2026.txt")
NOTE = "Northport, 4 May 2026. The ministers of both countries spoke by telephone.\nThey set aside 7 million USD.\n"


@pytest.fixture
def note(starter: Path) -> Path:
    path = starter / "seeds/originals/note.txt"
    path.write_text(NOTE, encoding="utf-8")
    return path


def test_what_a_person_knows_of_a_document_is_said_at_once(starter: Path, note: Path, program: Program) -> None:
    who = ("--publisher", "Ministry of Trade", "--describes", "A call", "--account", "NL", "--published", "2026-05-04")
    assert program("sources", "add", note, "--lang", "en", *who, at=starter).code == 0
    record = starter / "seeds/note.yaml"
    head = record.read_text(encoding="utf-8").partition("events:")[0]
    assert head == (
        "format: 2\nid: note\npublisher: Ministry of Trade\ndescribes: A call\naccount: NL\nlanguage: en\n"
        f"sha256: {line_hash(NOTE)}\npublished:\n  date: 2026-05-04\n  basis: text\n  line: 1\n"
    )
    assert program("sources", "add", note, "--describes", "A call, told anew", at=starter).code == 0
    assert record.read_text(encoding="utf-8").partition("events:")[0] == head.replace("A call", "A call, told anew")
    for day, told in (("2026-05-05", "no line of the text has the date 2026-05-05"), ("May", "'May' is no date")):
        refused = program("sources", "add", note, "--published", day, at=starter)
        assert (refused.code, told in " ".join(refused.err.split())) == (1, True)
    because = "2026-05-05 because the address of the page has it"
    assert (
        because[:18] in refused.err
        or because[:18] in program("sources", "add", note, "--published=2026-05-05", at=starter).err
    )
    assert program("sources", "add", note, "--published", because, at=starter).code == 0
    assert "  date: 2026-05-05\n  basis: derived\n  why: the address of the page has it\n" in record.read_text("utf-8")


@pytest.mark.parametrize("url", ["example.org/page", "http://10.0.0.1/page"])
def test_an_address_that_no_reader_can_open_is_told_before_a_record_is_written(
    starter: Path, note: Path, program: Program, url: str
) -> None:
    done = program("sources", "add", str(note), "--url", url, at=starter)
    assert (done.code, "Invalid value for '--url'" in done.err) == (2, True)
    assert not (starter / f"seeds/{note.stem}.yaml").exists()


def test_a_draft_says_what_can_be_read_and_leaves_the_rest_open(starter: Path, note: Path, program: Program) -> None:
    done = program("sources", "add", note, "--lang", "en", at=starter)
    assert (done.code, done.err) == (0, "")
    assert "seeds/note.yaml: language en, 2 lines.\n  lines drafted: 1-2\n" in done.out
    assert (starter / "seeds/note.yaml").read_text(encoding="utf-8").splitlines()[6:] == [
        "published:",
        "  date: 2026-05-04",
        "  basis: text",
        "  line: 1",
        "  why: 'drafted: the first full date of the text; make sure that it is the day of publication'",
        "events: {}",
        "lines:",
        "- line: 1",
        f"  sha256: {line_hash(NOTE.splitlines()[0])}",
        "  digest: ''",
        "  figures:",
        "    date: {value: 2026-05-04, as: 4 May 2026}",
        "- line: 2",
        f"  sha256: {line_hash(NOTE.splitlines()[1])}",
        "  digest: ''",
        "  figures:",
        "    amount: {value: 7 million USD, as: 7 million USD}",
        f"text_sha256: {line_hash(NOTE.rstrip())}",
    ]


def test_a_text_without_a_full_date_leaves_a_blank_that_the_check_points_at(starter: Path, program: Program) -> None:
    (starter / "note.txt").write_text("They spoke in May 2026, and the year before.\n", encoding="utf-8")
    program("sources", "add", "note.txt", "--lang", "en", at=starter)
    assert "why: 'undecided: there is no full date" in (starter / "seeds/note.yaml").read_text(encoding="utf-8")
    found = program("check", at=starter)
    assert (found.code, "seeds/note.yaml:8:9: error F004" in found.err) == (1, True)


def test_the_same_text_again_changes_nothing(starter: Path, note: Path, program: Program) -> None:
    for path in (note, starter / ORIGINAL):
        program("sources", "add", path, at=starter)
        before = contents(starter)
        done = program("sources", "add", path, at=starter)
        assert (done.code, "is up to date with this text; nothing has changed" in done.out) == (0, True)
        assert contents(starter) == before


def test_a_record_that_is_not_finished_can_be_updated(starter: Path, program: Program) -> None:
    (starter / "note.txt").write_text("They spoke.\n", encoding="utf-8")
    program("sources", "add", "note.txt", "--lang", "en", at=starter)
    (starter / "note.txt").write_text("A heading.\nThey spoke.\n", encoding="utf-8")
    done = program("sources", "add", "note.txt", "--id", "note", at=starter)
    assert (done.code, done.err) == (0, "")


def test_an_update_tells_what_became_of_the_lines(starter: Path, program: Program) -> None:
    text = (starter / ORIGINAL).read_text(encoding="utf-8").replace("Ada Holm", "A. Holm")
    (starter / "new.txt").write_text(f"A heading.\n{text}", encoding="utf-8")
    done = program("sources", "add", "new.txt", "--id", "sample-talks-2026", at=starter)
    assert "  lines drafted: 1\n  moved: 1-4 to 2-5; update the facts that cite these lines\n  changed: 4;" in done.out
    assert "to decide: 1; look for 'undecided'" in done.out
    assert "Keep the text in seeds/originals/, so that" in done.out
    record = (starter / RECORD).read_text(encoding="utf-8")
    assert record.startswith("# The record of a source document: hashes, figures and our own digest, never its text.\n")
    assert "{facts: [ferry], by: [SL], speaker: ada-holm, to: [NL], act: requested, on: talks}" in record
    assert "error E208 not decided yet" in program("check", at=starter).err


def test_a_record_of_several_styles_is_updated_where_it_stands(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "  - line: 1\n", "  - {line: 9, sha256: ab, says: []}\n  -\n    line: 1\n")
    (starter / "new.txt").write_text("Nothing of it.\n", encoding="utf-8")
    assert program("sources", "add", "new.txt", "--id", "sample-talks-2026", at=starter).code == 0
    record = (starter / RECORD).read_text(encoding="utf-8")
    assert record.startswith("# The record of a source document")
    assert "says: []" not in record
    assert "{facts: [ferry], by: [SL], speaker: ada-holm, to: [NL], act: requested, on: talks}" in record


def test_a_record_with_the_line_ends_of_windows_keeps_them(starter: Path, program: Program) -> None:
    before = b"\xef\xbb\xbf" + (starter / RECORD).read_bytes().replace(b"\n", b"\r\n")
    (starter / RECORD).write_bytes(before)
    (starter / "new.txt").write_text(f"A heading.\n{(starter / ORIGINAL).read_text('utf-8')}", encoding="utf-8")
    assert program("sources", "add", "new.txt", "--id", "sample-talks-2026", at=starter).code == 0
    after = (starter / RECORD).read_bytes()
    assert after.startswith(b"\xef\xbb\xbf# The record")
    assert after.count(b"\n") == after.count(b"\r\n") == before.count(b"\n") + 3


def test_v712_what_only_a_person_can_edit_is_not_written_over(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "published: {date: 2026-03-03, basis", "published: {date: 2026-03-03,\n    basis")
    before = (starter / RECORD).read_bytes()
    (starter / "new.txt").write_text(f"A heading.\n{(starter / ORIGINAL).read_text('utf-8')}", encoding="utf-8")
    done = program("sources", "add", "new.txt", "--id", "sample-talks-2026", at=starter)
    assert (done.code, "seeds/sample-talks-2026.yaml:9: error V712 the record cannot" in done.err) == (1, True)
    assert (starter / RECORD).read_bytes() == before


@pytest.mark.parametrize("id", ["Note 1", "../note", "note_1", "-note"])
def test_an_id_that_is_none_is_a_finding(starter: Path, note: Path, program: Program, id: str) -> None:
    before = contents(starter)
    done = program("sources", "add", note, f"--id={id}", at=starter)
    assert (done.code, f"--id: error V711 '{id}' is no id" in done.err, "such as note" in done.err) == (1, True, True)
    assert contents(starter) == before


def test_v711_a_record_is_not_taken_for_that_of_another_text_of_a_like_name(starter: Path, program: Program) -> None:
    texts = {"발표 2026.txt": NOTE, "회담 2026.txt": "Southport, 9 May 2026. The ministers of the two countries met.\n"}
    for name, text in texts.items():
        (starter / name).write_text(text, encoding="utf-8")
    first, second = (program("sources", "add", name, "--lang", "en", at=starter) for name in texts)
    assert (first.code, second.code) == (0, 1)
    assert "V711 seeds/2026.yaml is the record of another text: no line of it is in this one" in second.err
    assert "if it is that text made anew: --id 2026" in second.err
    assert program("sources", "add", "회담 2026.txt", "--lang", "en", "--id", "2026", at=starter).code == 0


@pytest.mark.parametrize(("name", "id"), [("con", "source-con"), ("a" * 200, "a" * 80), ("발표", "source-662fbb8d")])
def test_an_id_made_from_a_name_is_one(starter: Path, program: Program, name: str, id: str) -> None:
    (starter / f"{name}.txt").write_text(NOTE, encoding="utf-8")
    assert f"seeds/{id}.yaml: language en" in program("sources", "add", f"{name}.txt", "--lang", "en", at=starter).out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "V707 is empty"),
        (b" \n\r\n\t\n", "V707 is empty"),
        (b"a\nb\xff\xfe\x00A", "file:2:2: error V707 is not UTF-8 text"),
        (b"Note\x00\n", "V707 is not text: it contains zero bytes"),
        (b"PK\x03\x04\x00\x00", "V707 is a file of Word or of another such program, and no text"),
        (b"a" * (MAX_BYTES + 1), "V707 has 8,000,001 bytes; the limit is 8,000,000"),
        (
            b"Note.\n" + b"6 ships. " * 6_000,
            "file:2: error V707 the line '6 ships. 6 ships. 6 ships. 6",
        ),
        (b"a " * 30_000, "' has 60,000 characters; the limit is 50,000"),
        (b"Note.\n\n" + b"5.5%, " * 1_001, "5.5%, 5.5% ...' has 1,001 numbers; the limit is 1,000"),
        (b"5 of 6 ships.\n" * 9_999 + b"1 2 3", "V707 has 20,001 numbers; the limit is 20,000"),
        (b"5 ships.\n" * 10_001, "V707 has 10,001 lines; the limit is 10,000"),
        (b"\xff\xd8\xff\xe0JFIF", "V707 is a picture, and no text"),
        (b"%PDF-1.4\nThe text of the note.\n", "V707 is a PDF, and no text"),
        (b"{\\rtf1\\ansi The text of the note.}\n", "V707 is a file of Word or of another such program, and no text"),
        (b"\n<!DOCTYPE html><p>The text of the note.\n", "V707 is no plain text: it begins with '<!DOCTYPE html'"),
        (b"Xyzzy plugh.\n", "V708 the language of this text is not clear"),
    ],
)
def test_a_file_that_is_no_text_is_a_finding(starter: Path, program: Program, content: bytes, said: str) -> None:
    (starter / "file").write_bytes(content)
    done = program("sources", "add", "file", at=starter)
    assert (done.code, said in done.err) == (1, True)
    assert not (starter / "seeds/file.yaml").exists()


@pytest.mark.parametrize("file", [RECORD, "facts/sample.yaml", "briefgen.toml"])
def test_a_file_of_the_workspace_is_no_source(starter: Path, program: Program, file: str) -> None:
    """Drafted from itself, a record would lose what was curated in it."""
    before = contents(starter)
    done = program("sources", "add", file, at=starter)
    assert (done.code, f"{file}: error V707 is a file of the workspace" in done.err) == (1, True)
    assert contents(starter) == before


@pytest.mark.parametrize(
    ("code", "hint"), [("vn", "did you mean 'vi'?"), ("und", "known here"), ("root", "known here")]
)
def test_a_language_that_is_none_is_not_taken_for_another(
    starter: Path, program: Program, note: Path, code: str, hint: str
) -> None:
    done = program("sources", "add", note, "--lang", code, at=starter)
    assert (done.code, f"V708 CLDR knows no locale '{code}'" in done.err, hint in done.err) == (1, True, True)


NOTA = (
    "Nota de imprensa de 22 de março de 2024\n"
    "A França ocupa a posição de maior investidor no Brasil, com cerca de US$ 38 bilhões investidos no país.\n"
)


def test_v708_a_language_without_words_of_its_own_is_not_taken_for_another(starter: Path, program: Program) -> None:
    (starter / "nota.txt").write_text(NOTA, encoding="utf-8")
    done = program("sources", "add", "nota.txt", at=starter)
    assert (done.code, done.out) == (1, "")
    assert "nota.txt: error V708 the language of this text is not clear; it may be 'pt' or 'gl'" in done.err
    assert "help: name it with --lang; with words of their own: de, en, ko, nl, vi" in done.err
    assert not (starter / "seeds/nota.yaml").exists()


def test_v708_a_few_words_that_many_languages_have_propose_none_of_them(starter: Path, program: Program) -> None:
    text = (
        "Ankara, 29 Temmuz 2025\nİki ülke arasındaki ticaret hacmi 10,5 milyar dolara ulaştı; 2030'a kadar 15 milyar.\n"
    )
    (starter / "not.txt").write_text(text, encoding="utf-8")
    done = program("sources", "add", "not.txt", at=starter)
    assert "error V708 the language of this text is not clear\n    help: name it with --lang; with words" in done.err


@pytest.mark.parametrize("code", ["xx", "english", "../en", "12", "pt_XX_y"])
def test_v708_a_language_that_is_none(starter: Path, note: Path, program: Program, code: str) -> None:
    before = contents(starter)
    done = program("sources", "add", note, "--lang", code, at=starter)
    assert (done.code, f"error V708 CLDR knows no locale '{code}'" in done.err) == (1, True), done.err
    assert "known here: de, en, ko, nl, vi" in done.err or "did you mean 'en'" in done.err
    assert contents(starter) == before


def test_a_draft_that_nobody_touched_is_read_again_in_another_language(starter: Path, program: Program) -> None:
    (starter / "nota.txt").write_text(NOTA, encoding="utf-8")
    record = starter / "seeds/nota.yaml"
    program("sources", "add", "nota.txt", "--lang", "PT", at=starter)
    portuguese = record.read_text("utf-8")
    assert "language: pt\n" in portuguese
    assert "US$ 38 bilhões (38 billion USD): ''cerca'' near the number; the words beside it may say more" in portuguese
    done = program("sources", "add", "nota.txt", "--lang", "nl", at=starter)
    assert "seeds/nota.yaml: language nl, 2 lines.\n  lines read again: 1-2\n" in done.out
    dutch = record.read_text("utf-8")
    assert "undecided: there is no full date" in dutch
    assert "figures" not in dutch
    changed(record, "language: nl", "language: pt")  # by hand
    done = program("sources", "add", "nota.txt", at=starter)
    assert (done.code, record.read_text("utf-8").replace("'2024-03-22'", "2024-03-22")) == (0, portuguese)
    assert "nothing has changed" in program("sources", "add", "nota.txt", "--lang", "pt", at=starter).out


def test_lines_of_which_nothing_is_said_are_read_again_with_the_words_of_today(starter: Path, program: Program) -> None:
    text = "Handel wzrósł do 25 mld euro w 2025 r.\nEksport to 3 mld euro w 2024 r.\nImport to 2 mld euro w 2023 r.\n"
    (starter / "seeds/originals/nota.txt").write_text(text, encoding="utf-8")
    add = ("sources", "add", "seeds/originals/nota.txt", "--lang", "pl")
    program(*add, at=starter)
    record, said = starter / "seeds/nota.yaml", "  digest: Imports.\n"
    before = record.read_text(encoding="utf-8")
    first, _, last = before.rpartition("  digest: ''\n")
    record.write_text(first + said + last, encoding="utf-8")
    words = starter / "templates/languages/pl.yaml"
    words.parent.mkdir()
    parts = "{początek: early, połowa: mid, koniec: end}"
    words.write_text(f"reading: {{locale: pl, year_after: [r.], date_parts: {parts}}}\n", encoding="utf-8")
    told = "  lines that would be read otherwise today: 1-2; to read them again, add --again\n"
    assert program(*add, at=starter).out.endswith(f"nothing has changed.\n{told}")
    assert "lines read again: 1-2\n" in program(*add, "--again", at=starter).out
    after = record.read_text(encoding="utf-8")
    assert after.count("as: 2025 r.") == after.count("as: 2024 r.") == 1
    assert after.endswith(said + last)


def test_what_was_curated_is_kept_in_another_language_and_named(starter: Path, program: Program) -> None:
    (starter / "nota.txt").write_text(NOTA, encoding="utf-8")
    program("sources", "add", "nota.txt", "--lang", "nl", at=starter)
    record = starter / "seeds/nota.yaml"
    text = record.read_text("utf-8")
    head, _, tail = text.rpartition("digest: ''")
    record.write_text(f"{head}digest: An investor.{tail}", encoding="utf-8")
    done = program("sources", "add", "nota.txt", "--lang", "pt", at=starter)
    assert "lines read again: 1\n" in done.out
    assert "curated in another language, and kept: 2; check their figures again" in done.out
    assert "this line looks like another language (pt)" in record.read_text("utf-8")


def test_verify_reads_a_language_without_words_as_the_draft_did(starter: Path, program: Program) -> None:
    text = "Port-du-Nord, le 1er octobre 2024\nLes ministres de ces deux pays se sont rencontrés.\n"
    (starter / "seeds/originals/note.txt").write_text(text, encoding="utf-8")
    program("sources", "add", "seeds/originals/note.txt", "--lang", "fr", at=starter)
    record = starter / "seeds/note.yaml"
    drafted = record.read_text("utf-8")
    assert "'octobre 2024 (2024-10): a number is joined to the front of the date" in drafted
    head, _, tail = drafted.partition("published:")
    published = "published: {date: 2024-10-01, basis: text, line: 1}\nevents:"
    record.write_text(head + published + tail.partition("events:")[2], encoding="utf-8")
    assert program("sources", "verify", at=starter).err == ""
    changed(record, "2024-10-01", "2024-11-01")
    done = program("sources", "verify", at=starter)
    assert (done.code, "warning V709 2024-11-01 is not in line 1" in done.err) == (0, True), done.err
    assert "help: compare it yourself: 'fr' has no words of its own (templates/languages/fr.yaml)" in done.err
    changed(record, "language: fr", "language: qq")
    done = program("sources", "verify", at=starter)
    assert (done.code, "seeds/note.yaml:5:11: error V708 CLDR knows no locale 'qq'" in done.err) == (1, True), done.err


def test_a_quotation_is_held_against_its_line_in_a_language_without_words(starter: Path, program: Program) -> None:
    (starter / "seeds/originals/nota.txt").write_text(NOTA, encoding="utf-8")
    program("sources", "add", "seeds/originals/nota.txt", "--lang", "pt", at=starter)
    record = starter / "seeds/nota.yaml"
    figure = "amount: {value: about 38 billion USD, as: US$ 38 bilhões}"
    changed(record, "  undecided:\n  - 'US$ 38", f"  figures: {{{figure}}}\n  undecided:\n  - 'US$ 38")
    assert program("sources", "verify", at=starter).err == ""
    changed(record, "as: US$ 38 bilhões", "as: US$ 39 bilhões")
    done = program("sources", "verify", at=starter)
    assert (done.code, "error V704 the words 'US$ 39 bilhões' are not in the line" in done.err) == (1, True)
    changed(record, "as: US$ 39 bilhões", "as: US$ 38")
    done = program("sources", "verify", at=starter)
    assert (done.code, "error V715 beside 'US$ 38' the line says 'bilhões', a scale word" in done.err) == (1, True)
    changed(record, "language: pt", "language: qq")
    done = program("sources", "verify", at=starter)
    assert (done.code, "seeds/nota.yaml:5:11: error V708 CLDR knows no locale 'qq'" in done.err) == (1, True)


def test_so_is_one_that_is_no_file_or_cannot_be_read(starter: Path, note: Path, program: Program, run: Run) -> None:
    assert "V707 cannot be read: there is no such file" in program("sources", "add", "nowhere.txt", at=starter).err
    assert "V707 cannot be read: it is a folder" in program("sources", "add", "seeds", at=starter).err
    os.mkfifo(starter / "pipe")
    assert "V707 cannot be read: it is no file but a pipe" in program("sources", "add", "pipe", at=starter).err
    outside = starter.parent / "outside.yaml"
    outside.write_text("id: outside\n", encoding="utf-8")
    (starter / "seeds/away.yaml").symlink_to(outside)
    done = program("sources", "add", ORIGINAL, "--id", "away", at=starter)
    assert "seeds/away.yaml: error Y001 cannot be read: a link leads out of the workspace" in done.err
    note.chmod(0)
    done = run("sources", "add", note, at=starter)
    assert (done.code, "note.txt' is not readable" in done.err) == (2, True)


def test_line_ends_and_byte_order_marks_of_other_systems_change_no_line(starter: Path, program: Program) -> None:
    (starter / "note.txt").write_bytes(b"\xef\xbb\xbf" + NOTE.replace("\n", "\r\n").encode())
    program("sources", "add", "note.txt", "--lang", "en", at=starter)
    record = (starter / "seeds/note.yaml").read_text(encoding="utf-8")
    assert all(line_hash(line) in record for line in NOTE.splitlines())


def test_a_draft_without_its_day_keeps_no_other_record_from_being_compared(starter: Path, program: Program) -> None:
    (starter / "seeds/originals/draft.txt").write_text("The two ministers met, and will open a ferry.\n")
    program("sources", "add", "seeds/originals/draft.txt", at=starter)
    original = starter / ORIGINAL
    original.write_text(original.read_text("utf-8").replace("5 billion", "6 billion"), encoding="utf-8")
    done = program("sources", "verify", at=starter)
    assert "seeds/draft.yaml:8:9: error F004 the day of publication is missing here" in done.err
    assert "error V703 line 2 of the original has another hash" in done.err
    assert done.code == 1


def test_a_file_may_lie_anywhere(starter: Path, program: Program, tmp_path: Path) -> None:
    (tmp_path / "Ghi chú.txt").write_text(NOTE, encoding="utf-8")
    done = program("sources", "add", tmp_path / "Ghi chú.txt", "--lang", "en", at=starter)
    assert (done.code, (starter / "seeds/ghi-chu.yaml").is_file()) == (0, True)


def test_a_broken_record_is_not_written_over(starter: Path, program: Program) -> None:
    for fault in ("lines: [\n", "- a list\n", "id: x\nlines: [{line: one, sha256: ab}]\n", "id: x\nid: y\n"):
        (starter / RECORD).write_text(fault, encoding="utf-8")
        done = program("sources", "add", ORIGINAL, "--id", "sample-talks-2026", at=starter)
        assert (done.code, "seeds/sample-talks-2026.yaml:" in done.err) == (1, True)
        assert (starter / RECORD).read_text(encoding="utf-8") == fault


def test_a_half_written_file_never_replaces_a_good_one(
    starter: Path, note: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(starter)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefgen.files.os.fsync", full)
    done = program("sources", "add", note, "--lang", "en", "--id", "sample-talks-2026", at=starter)
    assert (done.code, "No space left on device" in done.err) == (2, True)
    assert contents(starter) == before


def test_a_record_keeps_its_rights_and_its_link(starter: Path, note: Path, program: Program) -> None:
    real = starter / "elsewhere.yaml"
    (starter / RECORD).rename(real)
    (starter / RECORD).symlink_to(real)
    real.chmod(0o640)
    program("sources", "add", note, "--lang", "en", "--id", "sample-talks-2026", at=starter)
    assert (starter / RECORD).is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    program("sources", "add", note, "--id", "fresh", at=starter)
    assert (starter / "seeds/fresh.yaml").stat().st_mode & 0o777 == 0o644


def test_verify_compares_every_link(starter: Path, program: Program) -> None:
    done = program("sources", "verify", at=starter)
    assert (done.code, done.err) == (0, "")
    assert re.match(r"1 record, (\d+) links: \1 checked, 0 not \(0 originals missing", done.out)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("- line: 4", "- line: 5", "V702 the original has no line 5; it has 4"),
        ("as: 5 billion USD", "as: 6 billion USD", "V704 the words '6 billion USD' are not in the line"),
        ("as: 5 billion USD", "as: billion USD", "V714 the words 'billion USD' stand 2 times in the line"),
        (
            "as: Southland}\n  - line: 4",
            "as: Southland, which: 2}\n  - line: 4",
            "V704 the words 'Southland' are not in the line 2 times",
        ),
        ("as: October 2026", "as: November 2026", "V704 the words 'November 2026' are not in the line"),
        ("as: 5 billion USD", "as: 5", "V715 beside '5' the line says 'billion', a scale word"),
        ("published: {date: 2026-03-03", "published: {date: 2026-03-04", "V709 2026-03-04 is not in line 1"),
        ('Northport", date: 2026-03-03, basis: text, line: 1', 'P", date: 2026-03-03, basis: text, line: 2', "V709"),
        ("sha256: f4dd7e", "sha256: aaaaaa", "V703 line 4 of the original has another hash: f4dd7e"),
        ("lines:\n  - line: 1", "left_out: {caption: [7]}\nlines:\n  - line: 1", "V702 the original has no line 7"),
        ("- line: 4", "- line: 3", "V705 line 4 is neither recorded nor left out"),
    ],
)
def test_verify_finds_what_differs(starter: Path, program: Program, old: str, new: str, said: str) -> None:
    changed(starter / RECORD, old, new)
    done = program("sources", "verify", at=starter)
    assert (done.code, said in done.err) == (1, True), done.err


def test_a_language_that_was_begun_is_named_for_a_text_that_may_be_in_it(starter: Path, program: Program) -> None:
    text = "Abuja, 19 Faburairu 2024\nShugabannin biyu sun tattauna harkokin kasuwanci.\n"
    (starter / "seeds/originals/qeyd.txt").write_text(text, encoding="utf-8")
    program("language", "new", "ha", at=starter)
    told = " ".join(program("sources", "add", "seeds/originals/qeyd.txt", at=starter).err.split())
    assert "V708 the language of this text is not clear help: name it with --lang, such as --lang ha; with" in told
    assert (
        "; no text is known to be in ha while 'common' under 'reading' of templates/languages/ha.yaml is empty" in told
    )
    small = starter / "templates/languages/ha.yaml"
    changed(small, "reading:\n  locale: ha\n", "reading:\n  locale: ha\n  common: [da, sun, biyu]\n")
    assert program("sources", "add", "seeds/originals/qeyd.txt", "--lang=ha", at=starter).code == 0


def test_v708_no_language_is_named_that_the_text_is_surely_not_in(starter: Path, program: Program) -> None:
    kazakh = "Тараптар 2030 жылға дейін тауар айналымын арттыруды мақсат етіп отыр.\n"
    (starter / "seeds/originals/kk.txt").write_text(kazakh, encoding="utf-8")
    assert "--lang en" not in program("sources", "add", "seeds/originals/kk.txt", at=starter).err
    longer = "Қазақстан мен Жапония арасындағы сауда туралы бұл келісім 2025 жылы жасалды және ол бес жыл бойы болды.\n"
    (starter / "seeds/originals/kk.txt").write_text(longer, encoding="utf-8")
    assert "such as --lang kk" in program("sources", "add", "seeds/originals/kk.txt", at=starter).err


def test_of_two_languages_that_it_may_be_the_one_that_was_begun_is_named(starter: Path, program: Program) -> None:
    text = "Vláda udělá vše pro to, abychom nejpozději do roku 2027 měli celý úsek, poznamenal premiér Petr Fiala.\n"
    (starter / "seeds/originals/d11.txt").write_text(text, encoding="utf-8")
    program("language", "new", "cs", at=starter)
    told = " ".join(program("sources", "add", "seeds/originals/d11.txt", at=starter).err.split())
    assert "it may be 'cs' or 'pl' help: name it with --lang, such as --lang cs; with words of their own: " in told
    assert "while 'common'" not in told


def test_a_year_that_no_line_prints_needs_its_reason(starter: Path, program: Program) -> None:
    text = "Northport, 2 May\nThe ministers met on 30 April.\n"
    (starter / "seeds/originals/note.txt").write_text(text, encoding="utf-8")
    program("sources", "add", "seeds/originals/note.txt", "--lang", "en", at=starter)
    add = ("sources", "add", "seeds/originals/note.txt", "--published", "2022-05-02")
    assert "V709 no line of the text has the date 2022-05-02 with its year" in " ".join(
        program(*add, at=starter).err.split()
    )
    record = starter / "seeds/note.yaml"
    head, _, tail = record.read_text("utf-8").partition("published:")
    published = "published: {date: 2022-05-02, basis: text, line: 1}\n"
    events = "events: {talks: {name: Talks, date: 2022-04-30, basis: text, line: 2}}\n"
    record.write_text(head + published + events + "lines:" + tail.partition("\nlines:")[2], encoding="utf-8")
    (told,) = re.findall("V709 .*", program("sources", "verify", at=starter).err)
    assert told == "V709 2022-05-02 is without its year in line 1 of the original"
    changed(record, "text, line: 1}", "text, line: 1, why: The address of the page has the year.}")
    assert "V709" not in program("sources", "verify", at=starter).err
    changed(record, "2022-04-30", "2021-04-30")
    (told,) = re.findall("V709 .*", program("sources", "verify", at=starter).err)
    assert told == "V709 2021-04-30 is without its year in line 2 of the original"


def test_verify_says_what_it_could_not_compare(starter: Path, program: Program) -> None:
    (starter / ORIGINAL).rename(starter / "seeds/originals/talks.pdf")
    (starter / "seeds/originals/talks.pdf").write_text("Another text altogether.", encoding="utf-8")
    (starter / "seeds/originals/secret.txt").write_text("A text.", encoding="utf-8")
    (starter / "seeds/originals/secret.txt").chmod(0)
    with ordinary_user():
        done = program("sources", "verify", at=starter)
    assert done.code == 0
    assert re.search(r"note V701 the original is missing; \d+ links to it were not checked", done.err)
    assert "seeds/originals/secret.txt: note V707 cannot be read: Permission denied" in done.err
    assert re.search(r"(\d+) links: 0 checked, \1 not \(1 original missing", done.out)


@pytest.mark.parametrize("content", [b"", "Northport".encode("utf-16"), b"PK\x03\x04\x00"])
def test_an_original_that_is_there_and_no_text_any_more_is_an_error(
    starter: Path, program: Program, content: bytes
) -> None:
    (starter / ORIGINAL).write_bytes(content)
    done = program("sources", "verify", at=starter)
    assert (done.code, bool(re.search(rf"{ORIGINAL}(:1:1)?: error V707", done.err))) == (1, True)


def test_where_the_settings_require_originals_a_missing_one_is_an_error(starter: Path, program: Program) -> None:
    (starter / ORIGINAL).unlink()
    assert program("sources", "verify", at=starter).code == 0
    with (starter / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write('originals = "required"\n')
    done = program("sources", "verify", at=starter)
    assert (done.code, "error V701 the original is missing; 15 links" in done.err) == (1, True)
    changed(starter / "briefgen.toml", '"required"', '"requird"')
    assert (
        "briefgen.toml:9:1: error F004 'requird' is none of: optional, required"
        in program("sources", "verify", at=starter).err
    )


SAME = {
    "Windows line ends": lambda raw: raw.replace(b"\n", b"\r\n"),
    "old Macintosh line ends": lambda raw: raw.replace(b"\n", b"\r"),
    "byte order mark": lambda raw: b"\xef\xbb\xbf" + raw,
    "both": lambda raw: b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"),
    "no last newline": lambda raw: raw.rstrip(b"\n"),
    "more last newlines": lambda raw: raw + b"\n\n",
    "blank lines": lambda raw: raw.replace(b"\n", b"\n\n"),
    "blanks at line ends": lambda raw: raw.replace(b"\n", b" \t\n"),
    "no-break spaces": lambda raw: raw.replace(b"5 billion", "5\u00a0billion".encode()),
    "all spaces no-break": lambda raw: raw.replace(b" ", "\u00a0".encode()),
    "NFD": lambda raw: unicodedata.normalize("NFD", raw.decode()).encode(),
}


@pytest.mark.parametrize("added", [True, False], ids=["drafted", "typed"])
@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_an_original_that_was_only_saved_again_is_found(
    starter: Path, program: Program, change: Callable[[bytes], bytes], added: bool
) -> None:
    changed(starter / ORIGINAL, "Northport, 3", "Nörthport, 3")
    program("sources", "add", ORIGINAL, "--id", "sample-talks-2026", at=starter)
    text = (starter / RECORD).read_text(encoding="utf-8")
    if added:
        sha256 = read_original(starter / ORIGINAL).text_sha256
        (starter / RECORD).write_text(f"{text}text_sha256: {sha256}\n", encoding="utf-8")
    (starter / ORIGINAL).write_bytes(change((starter / ORIGINAL).read_bytes()))
    done = program("sources", "verify", at=starter)
    assert (done.code, "note V713 sample-talks-2026.txt is not byte for byte" in done.err) == (0, True), done.err
    assert "error" not in done.err
    (starter / ORIGINAL).rename(starter / "seeds/originals/other name.txt")
    assert "note V713 other name.txt is not" in program("sources", "verify", at=starter).err


@pytest.mark.parametrize("old", ["5 billion", "2030", "Northport, 3", "e", " the "])
@pytest.mark.parametrize("name", ["sample-talks-2026.txt", "Sample talks 2026.TXT", "elsewhere.txt"])
def test_a_changed_original_is_found_and_each_changed_line_named(
    starter: Path, program: Program, old: str, name: str
) -> None:
    before = (starter / ORIGINAL).read_text(encoding="utf-8")
    after = before.replace(old, "6 milliard", 1)
    (starter / ORIGINAL).unlink()
    (starter / "seeds/originals" / name).write_text(after.replace("\n", "\r\n"), encoding="utf-8")
    done = program("sources", "verify", at=starter)
    lines = zip(before.splitlines(), after.splitlines(), strict=True)
    numbers = [at for at, (one, other) in enumerate(lines, 1) if one != other]
    assert (done.code, re.findall(r"error V703 line (\d+) of", done.err)) == (1, [str(each) for each in numbers])
    assert "V713" not in done.err


def test_a_line_put_in_or_taken_out_is_an_error_that_names_where_the_rest_stands(
    starter: Path, program: Program
) -> None:
    before = (starter / ORIGINAL).read_text(encoding="utf-8")
    (starter / ORIGINAL).write_text(f"A heading.\n{before}", encoding="utf-8")
    done = program("sources", "verify", at=starter)
    assert (done.code, "V703 line 1 of the original is line 2 now" in done.err) == (1, True)
    (starter / ORIGINAL).write_text(before.split("\n", 1)[1], encoding="utf-8")
    done = program("sources", "verify", at=starter)
    assert (done.code, "V703 line 2 of the original is line 1 now" in done.err) == (1, True)
    assert "V702 the original has no line 4; it has 3" in done.err


@pytest.mark.parametrize("hashed", [True, False])
def test_a_line_that_was_left_out_cannot_change_unseen(starter: Path, program: Program, hashed: bool) -> None:
    with (starter / ORIGINAL).open("a", encoding="utf-8") as text:
        text.write("A photograph of 5 ferries.\n")
    program("sources", "add", ORIGINAL, "--id", "sample-talks-2026", at=starter)
    record = (starter / RECORD).read_text(encoding="utf-8")
    record = re.sub(r"  - line: 5\n(?:    .*\n)+", "", record) + "left_out: {caption: [5]}\n"
    if hashed:
        record += f"text_sha256: {read_original(starter / ORIGINAL).text_sha256}\n"
    (starter / RECORD).write_text(record, encoding="utf-8")
    assert program("sources", "verify", at=starter).out.endswith("No findings.\n")
    changed(starter / ORIGINAL, "5 ferries", "6 ferries")
    done = program("sources", "verify", at=starter)
    assert (done.code, "V703 sample-talks-2026.txt has changed in a line that was left out: 5" in done.err) == (1, True)


def test_the_original_of_another_record_is_not_taken_for_a_missing_one(starter: Path, program: Program) -> None:
    other = starter / "seeds/originals/other.txt"
    other.write_text((starter / ORIGINAL).read_text("utf-8").replace("5 billion", "7 billion"), encoding="utf-8")
    program("sources", "add", other, "--id", "other", "--lang", "en", at=starter)
    (starter / ORIGINAL).unlink()
    done = program("sources", "verify", at=starter)
    assert (done.code, "sample-talks-2026.yaml: note V701 the original is missing" in done.err) == (0, True), done.err


def test_a_text_saved_again_keeps_its_record_and_every_curated_line(starter: Path, program: Program) -> None:
    changed(starter / ORIGINAL, "Northport, 3", "Nörthport, 3")
    program("sources", "add", ORIGINAL, "--id", "sample-talks-2026", at=starter)
    before = (starter / RECORD).read_text(encoding="utf-8")
    raw = unicodedata.normalize("NFD", (starter / ORIGINAL).read_text("utf-8")).replace("5 billion", "5\u00a0billion")
    (starter / ORIGINAL).write_text(raw, encoding="utf-8")
    done = program("sources", "add", ORIGINAL, "--id", "sample-talks-2026", at=starter)
    assert (done.code, "changed" in done.out, "drafted" in done.out) == (0, False, False), done.out
    assert re.sub(r"sha256: \w+", "", (starter / RECORD).read_text("utf-8")) == re.sub(r"sha256: \w+", "", before)
    assert program("sources", "verify", at=starter).out.endswith("No findings.\n")


def test_verify_looks_in_another_folder(starter: Path, program: Program, tmp_path: Path) -> None:
    (starter / "seeds/originals").rename(tmp_path / "texts")
    assert "(0 originals missing" in program("sources", "verify", "--originals", tmp_path / "texts", at=starter).out
    done = program("sources", "verify", "--originals", tmp_path / "nowhere", at=starter)
    assert (done.code, "V710 there is no such folder" in done.err) == (1, True)


def test_a_cited_line_needs_a_digest(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "digest: Southland hosts the next summit of the series.", "digest: ''")
    done = program("check", at=starter)
    assert (
        done.code,
        "seeds/sample-talks-2026.yaml:40:13: error E212 line 4 carries a fact and has no digest" in done.err,
    ) == (
        1,
        True,
    )


def test_a_line_is_recorded_or_left_out_and_not_both(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "lines:\n", "left_out: {caption: [5, 4], question: [5]}\nlines:\n")
    done = program("check", at=starter)
    assert done.code == 1
    assert "seeds/sample-talks-2026.yaml:12:25: error E213 line 4 is recorded or left out elsewhere too" in done.err
    assert "seeds/sample-talks-2026.yaml:12:40: error E213 line 5 is recorded or left out elsewhere too" in done.err


def test_the_list_shows_what_lines_carry(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "lines:\n", "left_out: {caption: [5, 6, 7, 9]}\nlines:\n")
    done = program("sources", "list", at=starter)
    assert done.out == (
        "sample-talks-2026  (en, 2026-03-03, text)\n  Sample press note on talks between two invented countries\n"
        "  4 lines with 6 facts and 8 figures\n  left out: caption 5-7, 9\n"
    )


def test_a_language_without_a_file_is_asked_about_and_answered_by_a_small_one(starter: Path, program: Program) -> None:
    changed(starter / RECORD, "language: en", "language: pt")
    changed(
        starter / RECORD,
        "goal: {value: 5 billion USD, as: 5 billion USD}",
        "goal: {value: 5 billion USD, as: cerca de US$ 5 bi}",
    )
    changed(starter / RECORD, "as: October 2026", "as: outubro de 2026")
    found = program("check", at=starter)
    assert found.err.count("error") == 2
    assert "error E217 'cerca' is not known: a scale word, a limit, or what is counted?" in found.err
    assert "error E217 'billion' is a scale word of another language" in found.err
    (starter / "templates" / "languages").mkdir()
    words = "reading: {locale: pt, bounds_before: {cerca de: about}, scales: {billion: 9}}\n"
    (starter / "templates" / "languages" / "pt.yaml").write_text(words, encoding="utf-8")
    assert "E218 'cerca de' means 'about', which the value does not say" in program("check", at=starter).err
    changed(starter / RECORD, "as: cerca de US$ 5 bi", "as: US$ 5 bi")
    assert program("check", at=starter).err == ""


@pytest.mark.parametrize(("code", "near"), [("xx", "known here: de, en, ko, nl, vi"), ("kr", "did you mean 'ko'?")])
def test_a_language_that_nobody_knows_is_told_at_its_line(
    code: str, near: str, starter: Path, program: Program
) -> None:
    changed(starter / RECORD, "language: en", f"language: {code}")
    done = program("check", at=starter)
    assert (done.code, done.err.count("E217")) == (1, 1)
    message = f"the language '{code}' is not known, so the words of the figures are not"
    assert f"seeds/{RECORD.name}:7:11: error E217 {message}" in done.err
    assert f"help: {near}; or add a file for it in templates/languages/" in done.err
    assert program("sources", "verify", at=starter).code in (0, 1)
