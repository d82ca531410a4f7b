"""The settings: found from any folder below, and every wrong one is told at its line."""

from pathlib import Path

import pytest

from briefgen.model.briefing import ShelfLives
from briefgen.model.edition import Clearance
from briefgen.model.findings import FindingsError
from briefgen.read.workspace import Settings, Workspace, find_workspace

WRONG = {
    'timezone = "Asia/Soul"': ("1:12", "W003 'Asia/Soul' is no time zone", "did you mean 'Asia/Seoul'?"),
    'languages = ["en"]\ntimezone = "Hanoi"': (
        "2:12",
        "W003 'Hanoi' is no time zone",
        "did you mean 'Asia/Ho_Chi_Minh'?",
    ),
    "# a comment\ndue_son_days = 3": (
        "2:1",
        "F002 the key 'due_son_days' is not known",
        "did you mean 'due_soon_days'?",
    ),
    "  due_soon_days = -1": ("1:3", "W003 'due_soon_days' must lie between 0 and 3650", ""),
    "seconds_per_document = 0": ("1:1", "W003 'seconds_per_document' must lie between 1 and 3600", ""),
    "megabytes_per_document = 7": ("1:1", "W003 'megabytes_per_document' must lie between 100 and 100000", ""),
    "keep_editions = 2": (
        "1:1",
        "W003 'keep_editions' must be 0, which keeps all, or at least 3",
        "what an edition corrects is told from the two before it",
    ),
    "keep_editions = -1": ("1:1", "W003 'keep_editions' must lie between 0 and 100000", ""),
    'formats = ["html", "odt"]': ("1:20", "W003 'odt' is none of the formats", "known here: docx, html, pdf"),
    'documents = ["at-a-glanse"]': (
        "1:14",
        "W003 'at-a-glanse' is none of the documents",
        "did you mean 'at-a-glance'?",
    ),
    'documents = ["at-a-glance", "press-note"]': (
        "1:29",
        "W003 'press-note' is none of the documents",
        "make its template, templates/press-note.html, or name one that is there: at-a-glance, full-briefing",
    ),
    'documents = ["Note for the press"]': (
        "1:14",
        "W003 'Note for the press' is none of the documents",
        "a name has only letters, digits, '-' and '_': call it, and its template, 'Note-for-the-press'",
    ),
    "languages = []": ("1:1", "W003 'languages' names none; nothing would be made", ""),
    'languages = ["en", "vi", "en"]': ("1:1", "W003 'languages' names one twice", "name each once"),
    'languages = "en"': ("1:1", "F004 'languages': a list is expected here", ""),
    "languages = [3]": ("1:1", "F004 a text is expected here", ""),
    "timezone = 3": ("1:1", "F004 'timezone': a text is expected here", ""),
    'due_soon_days = "soon"': ("1:1", "F004 'due_soon_days': a whole number is expected here", ""),
    "due_soon_days = 1.5": ("1:1", "F004 'due_soon_days': a whole number is expected here", ""),
    "[desk]\nname = 3": ("1:1", "F002 the key 'desk' is not known here", "known here"),
    "[shelf_lives]\nofice = 3": ("2:1", "F002 the key 'ofice' is not known here", "did you mean 'office'?"),
    "\nshelf_lives = {figure = 9, office = 0}": (
        "2:28",
        "W003 'office' must lie between 1 and 36500 days",
        "",
    ),
    "\nshelf_lives.ofice = 3": ("2:1", "F002 the key 'ofice' is not known here", "did you mean 'office'?"),
    "[shelf_lives]\noffice = 0": ("2:1", "W003 'office' must lie between 1 and 36500 days", ""),
    '\n[shelf_lives]\n\n  figure = "long"': ("4:3", "F004 'figure': a whole number is expected here", ""),
    'clearance = "requird"': ("1:1", "F004 'requird' is none of: off, required", "did you mean 'required'?"),
    "clearance = true": ("1:1", "F004 'true' is none of: off, required", "known here: off, required"),
    'languages = ["en" "ko"]': ("1:19", "W002 cannot be read: Unclosed array", "write a comma between two entries"),
    'timezone = "UTC\n': ("1:16", "W002 cannot be read: Illegal character '\\n'", "a text ends on its line"),
    'timezone: "UTC"': ("1:9", "W002 cannot be read: Expected '='", "a setting is a name, = and a value"),
    'timezone = "UTC': ("1:16", "W002 cannot be read: ", ""),
    "languages = [\n": ("1:1", "W002 cannot be read: Invalid value", ""),
    'formats = ["pdf"]\nlanguages = ["en"\n\ntimezone = "UTC"\n': (
        "2:1",
        "W002 cannot be read: Unclosed array",
        "write a comma",
    ),
    'x = 1\ntimezone = """UTC\n' + "\n" * 50: ("2:1", "W002 cannot be read: Unterminated string", ""),
    "keep_editions = " + "9" * 5_000: ("1:17", "W002 cannot be read: a number in it is far too long", ""),
    "\n[shelf_lives]\n[shelf_lives]": (
        "3:13",
        "W002 cannot be read: Cannot declare [shelf_lives] twice",
        "a heading stands there once",
    ),
    "[a.b]\n[a.b]": ("2:5", "W002 cannot be read: Cannot declare [a.b] twice", "a heading stands there once"),
    "# a\rx = 1\r": ("1:4", "W002 cannot be read: ", "save the file with LF or CRLF line ends"),
    "\nx = " + "[" * 1_000: ("2:5", "W002 cannot be read: it is nested too deeply", ""),
    "x = " + "{a=" * 1_000: ("1:5", "W002 cannot be read: it is nested too deeply", ""),
    'timezone = "UTC"\ntimezone = "UTC"': (
        "2:17",
        "W002 cannot be read: Cannot overwrite a value",
        "each setting stands there once",
    ),
}


def told(folder: Path) -> tuple[str, str, str]:
    with pytest.raises(FindingsError) as trouble:
        find_workspace(folder)
    (finding,) = trouble.value.findings
    return str(finding.location), f"{finding.code} {finding.message}", finding.hint


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_setting_is_told_at_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "briefgen.toml").write_text(text, encoding="utf-8")
    place, message, hint = told(tmp_path)
    assert place == f"briefgen.toml:{WRONG[text][0]}"
    assert message.startswith(WRONG[text][1])
    assert hint.startswith(WRONG[text][2])


@pytest.mark.parametrize("heading", ["[tool.briefgen]", "[ tool . briefgen ]  # ours"])
def test_in_a_project_file_only_our_own_table_counts(tmp_path: Path, heading: str) -> None:
    text = f'[project]\ntimezone = "Nowhere"\n\n{heading}\nlanguages = ["en"]\ntimezone = "Asia/Soul"\n'
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert told(tmp_path)[:2] == ("pyproject.toml:6:12", "W003 'Asia/Soul' is no time zone")


@pytest.mark.parametrize("text", ["tool = 3\n", "[tool.other]\nx = 1\n", '[project]\nname = "x"\n'])
def test_a_project_file_of_something_else_is_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    place, message, hint = told(tmp_path)
    assert place == str(tmp_path)
    assert message.startswith("W001 no workspace here: neither this folder nor one above it has a briefgen.toml")
    assert hint == "go to the folder of your workspace, or make one with: briefgen init NAME"


def test_a_heading_that_is_nearly_ours_is_told_at_its_line(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n\n[tool.brifgen]\n', encoding="utf-8")
    place, message, hint = told(tmp_path)
    assert (place, hint) == ("pyproject.toml:4:1", "did you mean '[tool.briefgen]'?")
    assert message == "W001 no workspace here: [tool.brifgen] holds no settings of this program"


def test_a_workspace_without_its_settings_gets_them_back(tmp_path: Path) -> None:
    for name in ("facts", "seeds"):
        (tmp_path / name).mkdir()
    assert told(tmp_path)[2] == "facts/ and seeds/ are here: put briefgen.toml back beside them (it may be empty)"


@pytest.mark.parametrize("name", ["Briefgen.toml", "briefgen.toml.txt", "briefgen.tml", "brifgen.toml"])
def test_settings_of_nearly_the_right_name_are_to_be_renamed(name: str, tmp_path: Path) -> None:
    for folder in ("facts", "seeds"):
        (tmp_path / folder).mkdir()
    (tmp_path / name).touch()
    assert told(tmp_path)[2] == f"rename {name} to briefgen.toml"


def test_a_table_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("tool.briefgen = 3\n", encoding="utf-8")
    place, message, _ = told(tmp_path)
    assert (place, message) == ("pyproject.toml:1", "F004 lines of 'key: value' are expected here")


def test_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").write_bytes(b'timezone = "Asia/S\xe9oul"\n')
    place, message, _ = told(tmp_path)
    assert (place, message) == ("briefgen.toml:1:19", "W002 cannot be read: it is not UTF-8 text")


def test_settings_that_cannot_be_opened_are_told(tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").mkdir()
    assert told(tmp_path)[:2] == ("briefgen.toml", "W002 cannot be read: it is a folder")


def test_the_workspace_is_found_from_any_folder_below(tmp_path: Path) -> None:
    below = tmp_path / "desk" / "facts" / "deep"
    below.mkdir(parents=True)
    (tmp_path / "desk" / "briefgen.toml").write_text('timezone = "Asia/Seoul"\n', encoding="utf-8")
    assert find_workspace(below) == Workspace(root=tmp_path / "desk", settings=Settings(timezone="Asia/Seoul"))


def test_settings_in_two_files_are_told(tmp_path: Path) -> None:
    """Those of the project would be passed over, with the languages and the time zone that they name."""
    (tmp_path / "pyproject.toml").write_text('[project]\n\n[tool.briefgen]\nlanguages = ["en"]\n', encoding="utf-8")
    (tmp_path / "briefgen.toml").write_text("due_soon_days = 7\n", encoding="utf-8")
    place, message, hint = told(tmp_path)
    assert place == "pyproject.toml:3:1"
    assert message == "W003 these settings would not be read, as briefgen.toml stands beside them"
    assert hint.startswith("put the lines of briefgen.toml in here, and remove it")
    (tmp_path / "pyproject.toml").write_text("[tool.", encoding="utf-8")
    assert find_workspace(tmp_path).settings.due_soon_days == 7


@pytest.mark.parametrize(("file", "heading"), [("briefgen.toml", ""), ("pyproject.toml", "[tool.briefgen]\n")])
def test_a_byte_order_mark_is_no_part_of_the_settings(tmp_path: Path, file: str, heading: str) -> None:
    """Some editors begin every file with one."""
    (tmp_path / file).write_text(f"{heading}due_soon_days = 7\n", encoding="utf-8-sig")
    assert find_workspace(tmp_path).settings.due_soon_days == 7
    (tmp_path / file).write_text(f"{heading}due_soon_days = -7\n", encoding="utf-8-sig")
    assert told(tmp_path)[0] == f"{file}:{1 + bool(heading)}:1"


def test_an_empty_file_means_every_default(tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").touch()
    assert find_workspace(tmp_path).settings == Settings()


@pytest.mark.parametrize("file", ["briefgen.toml", "pyproject.toml"])
def test_shelf_lives_stand_in_a_table_of_their_own(tmp_path: Path, file: str) -> None:
    within = "tool.briefgen." if file == "pyproject.toml" else ""
    heading = "[tool.briefgen]\n" if within else ""
    text = f'{heading}clearance = "required"\n\n[{within}shelf_lives]\noffice = 30\n'
    (tmp_path / file).write_text(text, encoding="utf-8")
    settings = find_workspace(tmp_path).settings
    assert (settings.clearance, settings.shelf_lives) == (Clearance.REQUIRED, ShelfLives(office=30))


@pytest.mark.parametrize(
    "code", ["../../../x", "/etc/x", "", ".", "k\\u001b[31m", "x" * 300, "e n", "en/..", "en.po", "한", "KO"]
)
def test_a_language_code_can_be_no_path(code: str, tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").write_text(f'x = 1\nlanguages = ["en", "{code}"]\n'[6:], encoding="utf-8")
    place, said = told(tmp_path)[:2]
    assert place.startswith("briefgen.toml:1")
    assert "is no language code" in said


@pytest.mark.parametrize("code", ["vi", "pt-BR", "zh_Hant", "xa", "ca-ES-valencia"])
def test_a_language_tag_is_a_language_code(code: str, tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").write_text(f'languages = ["en", "{code}"]\n', encoding="utf-8")
    assert find_workspace(tmp_path).settings.languages == ("en", code)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"keep_editions = {'9' * 5000}", "W002 cannot be read: a number in it is far too long"),
        (f"x = {'[' * 1000}", "W002 cannot be read: it is nested too deeply"),
        ('audience = "a\\u202e"', "W003 a bidirectional control U+202E RIGHT-TO-LEFT OVERRIDE stands in 'audience'"),
    ],
)
def test_settings_that_no_reader_can_take_are_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "briefgen.toml").write_text(f"{text}\n", encoding="utf-8")
    assert told(tmp_path)[1] == said
