"""What there is to look at, where a paragraph comes from, and which editor opens it."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from conftest import TODAY

from briefgen.cli.output import Here
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.read import shipped_templates
from briefgen.tools.preview import finding_data, own_file, what_there_is, where_from, worst_first
from briefgen.tools.preview.server import find_editor, open_in_editor


def test_what_there_is(starter: Path) -> None:
    found = what_there_is(starter, TODAY)
    assert (found["workspace"], found["partnerships"]) == ("desk", ["sample"])
    assert [each["name"] for each in found["languages"]] == ["English"]
    assert found["first_day"] < found["today"] < found["last_day"]


def test_settings_that_cannot_be_read_are_told(starter: Path) -> None:
    (starter / "briefgen.toml").write_text("languages = [", encoding="utf-8")
    (told,) = what_there_is(starter, TODAY)["trouble"]
    assert (told["file"], told["line"], told["source"]) == ("briefgen.toml", 1, "languages = [")


def test_a_preview_starts_though_the_settings_cannot_be_used(starter: Path, tmp_path: Path) -> None:
    (starter / "briefgen.toml").write_text('timezone = "Asia/Soul"\n', encoding="utf-8")
    here = Here(starter / "facts")
    assert here.workspace_or_defaults().root == starter
    assert here.now.tzinfo == ZoneInfo("UTC")
    with pytest.raises(FindingsError, match="no workspace here"):
        Here(tmp_path).workspace_or_defaults()


def test_a_fact_and_its_templates(starter: Path) -> None:
    own = starter / "templates" / "at-a-glance.html"
    own.parent.mkdir(exist_ok=True)
    own.write_text("<p>\nx</p>", encoding="utf-8")
    shipped = shipped_templates() / "parts" / "rows.html"
    text = (starter / "facts" / "sample.yaml").read_text(encoding="utf-8")
    id = text.partition("  - id: ")[2].partition("\n")[0]
    line = text[: text.index(f"- id: {id}")].count("\n") + 1
    asked = [f"{shipped}:3", f"{own}:2", "nonsense", "/etc/passwd:1", f"{starter}/briefgen.toml:1"]
    found = where_from(starter, "sample", id, asked)
    assert (found["fact"]["id"], found["fact"]["file"], found["fact"]["line"]) == (id, "facts/sample.yaml", line)
    assert [(each["line"], each["eject"]) for each in found["templates"]] == [
        (3, "briefgen template eject parts/rows.html"),
        (2, ""),
    ]
    assert found["templates"][1]["source"] == "x</p>"
    assert where_from(starter, "sample", "no-such-fact", [])["fact"] is None
    assert where_from(starter, "sample", "", [])["fact"] is None


@pytest.mark.parametrize("name", ["facts/sample.yaml", "briefgen.toml"])
def test_inputs_are_found(starter: Path, name: str) -> None:
    assert own_file(starter, name) == starter / name


@pytest.mark.parametrize("name", ["", "facts", "out/x", "../x", "/etc/passwd", "facts/../../x", "no\0thing"])
def test_nothing_else_is_found(starter: Path, name: str) -> None:
    assert own_file(starter, name) is None


def test_errors_come_first_and_notes_are_left_out() -> None:
    found = [
        Finding(Location("b", 2), "X2", "warned", Severity.WARNING),
        Finding(Location("a", 1), "X1", "noted", Severity.NOTE),
        Finding(Location("c", 3), "X3", "wrong"),
        Finding(Location("c", 3), "X3", "wrong"),
    ]
    assert [each.code for each in worst_first(found)] == ["X3", "X2"]


def test_a_finding_of_a_document_has_no_line(tmp_path: Path) -> None:
    told = finding_data(Finding(Location("at-a-glance.en.pdf"), "L802", "too long", hint="shorten"), tmp_path)
    assert (told["place"], told["source"], told["hint"]) == ("at-a-glance.en.pdf", "", "shorten")


@pytest.mark.parametrize(
    ("visual", "given", "here", "found"),
    [
        ("", "", {"code"}, ("code",)),
        ("", "", set(), ()),
        ("subl -w", "vim", {"subl", "vim"}, ("subl", "-w")),
        ("vim", "kate", {"vim", "kate"}, ("kate",)),
        ("nano", "vi", {"nano", "vi"}, ()),
        ("/opt/code", "", {"/opt/code"}, ("/opt/code",)),
        ("gedit", "", {"code"}, ("code",)),
        ("'unclosed", "", {"code"}, ("code",)),
    ],
)
def test_which_editor(
    monkeypatch: pytest.MonkeyPatch, visual: str, given: str, here: set[str], found: tuple[str, ...]
) -> None:
    monkeypatch.setenv("VISUAL", visual)
    monkeypatch.setenv("EDITOR", given)
    monkeypatch.setattr("shutil.which", lambda name: name if name in here else None)
    assert find_editor() == found


@pytest.mark.parametrize(
    ("command", "arguments"),
    [
        (("code",), ["-g", "/w/a b{x}.html:3:7"]),
        (("kate", "-n"), ["-n", "--line", "3", "/w/a b{x}.html"]),
        (("emacsclient",), ["-n", "+3:7", "/w/a b{x}.html"]),
    ],
)
def test_an_editor_is_given_the_line(
    monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], arguments: list[str]
) -> None:
    started = []
    monkeypatch.setattr("subprocess.Popen", lambda asked, **_: started.append(asked))
    open_in_editor(command, Path("/w/a b{x}.html"), Location("", 3, 7))
    assert started == [[command[0], *arguments]]
