"""`briefgen verify`: what a file says of itself, what the editions at hand say of it, and files of anybody else."""

import json
import shutil
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from conftest import STATEMENTS, TODAY, Direct, Told, request_for, write_template
from hypothesis import given
from hypothesis import strategies as st

from briefgen.build import build
from briefgen.cli.app import cli
from briefgen.publish import verify
from briefgen.publish.verify import read
from briefgen.tools.workspaces import make_workspace

FACTS = Path("facts", "sample.yaml")
NAME = "at-a-glance.en.pdf"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one small document, on paper and on screen, and its first edition."""
    folder = tmp_path_factory.mktemp("made") / "desk"
    make_workspace(folder)
    write_template(folder, "at-a-glance", f"<h1>{{{{ page.masthead.as_of }}}}</h1>{STATEMENTS}")
    settings = 'timezone = "UTC"\nlanguages = ["en"]\ndocuments = ["at-a-glance"]\nformats = ["html", "pdf"]\n'
    (folder / "briefgen.toml").write_text(settings, encoding="utf-8")
    _build(folder)
    return folder


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Path:
    """A copy of it to work in."""
    return Path(shutil.copytree(made, tmp_path / "desk", symlinks=True))


def _build(desk: Path, **other: Any) -> None:
    build(request_for(desk, **other), Direct())


def _latest(desk: Path, name: str = NAME) -> Path:
    return desk / "out" / "sample" / "latest" / name


def _copy(file: Path, place: Path) -> Path:
    shutil.copy(file, place)
    return place


def _edit(desk: Path, file: Path, old: str, new: str) -> None:
    text = (desk / file).read_text(encoding="utf-8")
    assert old in text
    (desk / file).write_text(text.replace(old, new), encoding="utf-8")


def _verify(start: Path, files: list[Path], out: Path | None, *options: str) -> int:
    """Run the command in this process, in the folder `start`."""
    where = ["--out", str(out)] if out else []
    with pytest.raises(SystemExit) as left:
        cli.main(["-C", str(start), "verify", *map(str, files), *where, *options], standalone_mode=False)
    return int(left.value.code or 0)


def _told(capsys: pytest.CaptureFixture[str], file: Path, out: Path | None = None) -> tuple[int, str]:
    """The exit code, and what was said, on one line."""
    code = _verify(Path(), [file], out)
    said = capsys.readouterr()
    assert said.err == ""
    return code, " ".join(said.out.split())


def test_the_newest_edition_is_as_it_was_published(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _told(capsys, _latest(desk))
    assert code == 0
    assert f"{NAME}: OK It is {NAME} in 'en-GB': edition 1 of sample, as of 2026-11-21." in said
    assert "Byte for byte what was published" in said
    manifest = json.loads(_latest(desk, "manifest.json").read_text(encoding="utf-8"))
    assert f"sha256 {manifest['facts_sha256']}" in said
    assert said.endswith("Readers are given this edition now.")


@pytest.mark.parametrize("out", [True, False])
def test_a_copy_elsewhere_under_another_name(
    out: bool, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = _copy(_latest(desk), tmp_path / "mail.pdf")
    code, said = _told(capsys, copy, desk / "out" if out else None)
    assert code == 0
    assert f"It is {NAME} in 'en-GB': edition 1 of sample, as of 2026-11-21." in said
    assert ("Byte for byte" in said) is out
    assert ("only what the file itself contains was checked" in said) is not out


@pytest.mark.parametrize("name", ["at-a-glance.en.html", "briefing.json", "briefing.schema.json", "changes.json"])
def test_other_files_are_known_by_their_edition(name: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _told(capsys, _latest(desk, name))
    assert (code, f"It is {name}" in said, "Byte for byte" in said) == (0, True, True)
    assert (" in '" in said) == (".en." in name)


@pytest.mark.parametrize("name", ["at-a-glance.en.html", "changes.json"])
def test_other_files_that_were_changed_in_their_edition_are_altered(
    name: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _latest(desk, name)
    file.write_bytes(file.read_bytes() + b" ")
    code, said = _told(capsys, file)
    assert (code, f"{name}: ALTERED It is {name}" in said) == (1, True)


def test_the_list_of_files_is_no_file_to_ask_of(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _told(capsys, _latest(desk, "manifest.json"))
    assert (code, "held against it by `briefgen editions verify`" in said) == (2, True)


def test_a_folder_of_editions_that_is_not_there_is_wrong_use(desk: Path, told: Told) -> None:
    done = told("verify", "out/sample/latest/briefing.json", "--out", "nowhere", at=desk)
    assert (done.code, done.out) == (2, "")
    assert "Invalid value for --out: there is no folder 'nowhere'" in done.err


def test_an_edition_of_another_workspace_of_that_name_is_not_superseded_by_an_older_one(
    desk: Path, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(desk, FACTS, "Open the ferry route all year round", "Open the ferry route in winter too")
    _build(desk)
    copy = _copy(_latest(desk), tmp_path / "mail.pdf")
    code, said = _told(capsys, copy, made / "out")
    assert (code, "mail.pdf: OK as far as the file alone shows It is" in said) == (0, True), said
    assert f"What was published is not in {made / 'out/sample'}, so only what the file" in said


def test_what_a_newer_edition_says_otherwise_is_told(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = _copy(_latest(desk), tmp_path / "old.pdf")
    _edit(desk, FACTS, "Open the ferry route all year round", "Open the ferry route in winter too")
    _build(desk)
    code, said = _told(capsys, old, desk / "out")
    assert code == 1
    assert "old.pdf: SUPERSEDED" in said
    assert "Readers are given edition 2 now, as of 2026-11-21: use that one." in said
    assert "What that edition says differently, or adds (1): reworded:" in said


def test_a_revision_says_the_same(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old = _copy(_latest(desk), tmp_path / "old.pdf")
    write_template(desk, "at-a-glance", "<p>another look</p>")
    _build(desk)
    code, said = _told(capsys, old, desk / "out")
    assert (code, "Readers are given edition 1r2 now" in said) == (1, True)
    assert "It says the same about every fact." in said
    assert "edition 1r2 of sample" in _told(capsys, _latest(desk))[1]


def test_an_edition_that_was_taken_back(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _edit(desk, FACTS, "Open the ferry route all year round", "Open the ferry route in winter too")
    _build(desk)
    second = _copy(_latest(desk), tmp_path / "second.pdf")
    link = _latest(desk).parent
    link.unlink()
    link.symlink_to("editions/2026-11-21-1")
    code, said = _told(capsys, second, desk / "out")
    assert (code, "Readers are given edition 1 now, as of 2026-11-21: this one was rolled back." in said) == (1, True)


def test_a_file_that_was_changed_is_altered(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(_latest(desk).read_bytes() + b"% a remark\n")
    code, said = _told(capsys, copy, desk / "out")
    assert (code, "copy.pdf: ALTERED" in said, "the file has been changed" in said) == (1, True, True)
    assert "or is of another workspace, with the same id" in said  # which the data in it cannot tell
    assert _told(capsys, copy)[0] == 0, "the file alone cannot tell"


@pytest.mark.parametrize("name", [NAME, "at-a-glance.en.html", "statements.en.csv"])
def test_a_file_that_was_cut_off_is_altered(
    name: str, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = _latest(desk, name).read_bytes()
    cut = tmp_path / "mail.bin"
    cut.write_bytes(whole[:-20])
    code, said = _told(capsys, cut, desk / "out")
    assert (code, said.split()[1]) == (1, "ALTERED")
    assert f"It is {name}" in said
    cut.write_bytes(whole[:10])
    assert _told(capsys, cut, desk / "out")[0] == 2


def test_changed_data_are_seen_from_the_file_alone(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pdf = pikepdf.open(_latest(desk))
    stream = pdf.Root.AF[0].EF.F
    data = stream.read_bytes()
    assert b"Open the ferry route all year round" in data
    stream.write(data.replace(b"Open the ferry route all year round", b"Close the ferry route all year round"))
    pdf.save(tmp_path / "forged.pdf")
    code, said = _told(capsys, tmp_path / "forged.pdf")
    assert (code, "forged.pdf: ALTERED" in said, "The data in it has been changed" in said) == (1, True, True)


def test_a_file_gives_no_orders_to_the_terminal(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf = pikepdf.open(_latest(desk))
    pdf.docinfo["/BriefgenName"] = "x\x1b[2J.pdf"
    pdf.save(tmp_path / "rude.pdf")
    assert "It is x\ufffd[2J.pdf in" in _told(capsys, tmp_path / "rude.pdf")[1]


@pytest.mark.parametrize(
    ("other", "folder", "said"),
    [
        (
            {"day": TODAY - timedelta(30), "today": TODAY},
            "as-of/2026-10-22",
            "reconstruction as of 2026-10-22 of sample. A reconstruction, not an edition",
        ),
        (
            {"day": TODAY + timedelta(30), "today": TODAY},
            "as-of/2026-12-21",
            "A look ahead, not an edition: it shows only what was known on 2026-11-21.",
        ),
        ({"formats": ("pdf",)}, "partial/2026-11-21", "part of 2026-11-21 of sample. A part, not an edition"),
    ],
)
def test_what_is_no_edition_says_so(
    other: dict[str, Any], folder: str, said: str, desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _build(desk, **other)
    code, told = _told(capsys, desk / "out" / "sample" / folder / NAME)
    assert (code, said in told, "Readers are given edition 1, as of" in told) == (0, True, True)


def test_a_draft_says_so(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _edit(desk, Path("briefgen.toml"), 'timezone = "UTC"', 'timezone = "UTC"\nclearance = "required"')
    _build(desk)
    assert "A draft: it had not been cleared when it was made." in _told(capsys, _latest(desk))[1]


def test_as_json(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _verify(desk, [_latest(desk), Path("briefgen.toml")], None, "--json") == 2
    ours, other = json.loads(capsys.readouterr().out)
    contents = read(_latest(desk, "briefing.json").read_text(encoding="utf-8"))
    assert ours["verdict"] == "ok"
    assert (ours["making"], ours["edition"], ours["as_published"]) == ("edition", 1, True)
    assert ours["facts_sha256"] == ours["facts_sha256_found"] == contents.facts_sha256
    assert ours["newest"] == {"edition": 1, "revision": 1, "as_of": "2026-11-21"}
    assert other["verdict"] == "unknown"


def test_the_file_of_an_edition_has_the_hash_it_was_published_with(desk: Path) -> None:
    text = _latest(desk, "briefing.json").read_text(encoding="utf-8")
    assert read(text).unaltered
    assert not read(text.replace("ferry", "bridge")).unaltered


def _foreign_pdf() -> bytes:
    file = BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "It cannot be read: No such file or directory."),
        (b"", "no edition found here has published it"),
        (b"%PDF-1.7\n", "It cannot be read as a PDF"),
        (_foreign_pdf(), "no facts are attached to it"),
    ],
)
def test_files_of_anybody_else(
    content: bytes | None, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / "x.pdf").write_bytes(content)
    code, told = _told(capsys, tmp_path / "x.pdf")
    assert (code, "x.pdf: UNKNOWN" in told, said in told) == (2, True, True)


@given(st.binary(max_size=200))
def test_no_bytes_lead_to_more_than_a_sentence(content: bytes) -> None:
    with pytest.raises(ValueError, match="it "):
        verify.read_pdf(b"%PDF-" + content)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["edition", "partnership", "facts", "id", "as_of"]), inner, max_size=5)
    ),
)


@given(_JSON)
def test_no_data_lead_to_more_than_a_sentence(data: object) -> None:
    with pytest.raises(ValueError, match=r"it (holds|does)"):
        read(json.dumps(data))


def test_deep_data_are_refused() -> None:
    with pytest.raises(ValueError, match="too deeply"):
        read("[" * 100_000)


def test_a_damaged_newest_edition_is_named(desk: Path, tmp_path: Path, told: Told) -> None:
    old = _copy(_latest(desk), tmp_path / "old.pdf")
    _edit(desk, FACTS, "Open the ferry route all year round", "Open the ferry route in winter too")
    _build(desk)
    _latest(desk, "briefing.json").write_text("{", encoding="utf-8")
    done = told("verify", old, "--out", desk / "out", at=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "error P506 edition 2 is damaged and cannot be compared with" in done.err


@pytest.mark.parametrize("rename", ["at-a-glance.en.html", "mail.htm", "page"])
def test_an_edited_web_page_is_altered_wherever_it_is(
    rename: str, desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As an edited PDF is: it says at its end what it was."""
    page = _copy(_latest(desk, "at-a-glance.en.html"), tmp_path / rename)
    page.write_text(page.read_text(encoding="utf-8").replace("ferry", "tunnel") + "<p>Mind the law.</p>\n", "utf-8")
    code, said = _told(capsys, page, desk / "out")
    assert (code, f"{rename}: ALTERED" in said) == (1, True)
    assert "It is at-a-glance.en.html in 'en': edition 1 of sample" in said
    code, said = _told(capsys, page, tmp_path)
    assert (code, "UNKNOWN" in said, "at-a-glance.en.html of sample, edition 1" in said) == (2, True, True)


def test_an_edited_copy_for_word_is_known_by_its_foot(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _edit(desk, Path("briefgen.toml"), '"pdf"', '"docx"')
    _build(desk)
    copy = _copy(_latest(desk, "at-a-glance.en.docx"), tmp_path / "mail.docx")
    assert "mail.docx: OK" in _told(capsys, copy, desk / "out")[1]
    edited = docx.Document(str(copy))
    edited.paragraphs[0].add_run(" Mind the law.")
    edited.save(str(copy))
    code, said = _told(capsys, copy, desk / "out")
    assert (code, "mail.docx: ALTERED" in said) == (1, True)
    assert "It is at-a-glance.en.docx in 'en': edition 1r2 of sample" in said
    code, said = _told(capsys, copy, tmp_path)
    assert (code, "says that it is at-a-glance.en.docx from the facts" in said) == (2, True)


def test_the_page_of_a_revision_and_of_a_part_are_known_too(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_template(desk, "at-a-glance", f"<h1>Ours</h1>{STATEMENTS}")
    _build(desk)
    _build(desk, languages=("en",), formats=("html",), documents=("at-a-glance",), day=TODAY - timedelta(1))
    day = TODAY - timedelta(1)
    for folder, title in (("latest", "ALTERED"), (f"as-of/{day}", f"reconstruction as of {day}, which is another")):
        page = _copy(desk / "out" / "sample" / folder / "at-a-glance.en.html", tmp_path / "page.html")
        page.write_text(page.read_text(encoding="utf-8").replace("<h1>", "<h1>No "), encoding="utf-8")
        assert title in _told(capsys, page, desk / "out")[1]


def test_editions_of_another_workspace_with_the_same_id_are_not_compared(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copytree(desk, tmp_path / "other", symlinks=True))
    shutil.rmtree(other / "out")
    for file in (FACTS, Path("seeds", "sample-talks-2026.yaml")):
        text = (other / file).read_text(encoding="utf-8")
        text = text.replace("NL", "EA").replace("SL", "WE")
        (other / file).write_text(text, encoding="utf-8")
    _build(other)
    code, said = _told(capsys, _copy(_latest(other), tmp_path / "mail.pdf"), desk / "out")
    assert (code, "OK as far as the file alone shows" in said) == (0, True)
    assert f"The editions in {desk / 'out' / 'sample'} are of another partnership of this id" in said
    assert ("ALTERED" in said, "SUPERSEDED" in said, "Readers are given" in said) == (False, False, False)
    code, said = _told(capsys, _latest(other), desk / "out")  # its own folder is known
    assert (code, "Byte for byte what was published" in said) == (0, True)
