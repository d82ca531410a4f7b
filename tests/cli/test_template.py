"""`briefgen template`: a person takes a template, breaks it, is led to the line, sees the change, and undoes it."""

from errno import ENOSPC
from pathlib import Path

import pytest
from conftest import PROJECT, Told, contents

from briefgen.read import shipped_templates

MASTHEAD = Path("templates") / "parts" / "masthead.html"


@pytest.fixture
def desk(tiny: Path) -> Path:
    """Its own document aside, so that the shipped ones are tried."""
    (tiny / "templates" / "at-a-glance.html").unlink()
    return tiny


def test_list_says_whose_each_template_is(told: Told, desk: Path) -> None:
    assert told("template", "eject", "masthead", at=desk).code == 0
    (desk / "templates" / "brief.html").write_text("<p>ours</p>", encoding="utf-8")
    done = told("template", "list", at=desk)
    standing = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.out.splitlines() if ".html" in line}
    assert (done.code, done.err) == (0, "")
    assert standing["full-briefing.html"] == "as shipped with the program"
    assert standing["brief.html"] == "your own; the program has none of this name"
    assert standing["parts/masthead.html"] == "your own, the same as the shipped one"
    (desk / MASTHEAD).write_text("<h1>ours</h1>", encoding="utf-8")
    assert "parts/masthead.html             your own, changed\n" in _columns(told("template", "list", at=desk).out)


def _columns(out: str) -> str:
    """With columns of a fixed width, whatever the longest name is."""
    rows = (line.split(maxsplit=1) for line in out.splitlines() if line)
    return "".join(f"{row[0]:<31} {row[1]}\n" for row in rows if len(row) == 2)


def test_eject_copies_one_for_editing_and_says_what_next(told: Told, desk: Path) -> None:
    done = told("template", "eject", "parts/masthead.html", at=desk)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Copied to {MASTHEAD}. Next:\n")
    assert "briefgen template check" in done.out
    assert "To undo: briefgen template reset parts/masthead.html" in done.out
    assert (desk / MASTHEAD).read_bytes() == (shipped_templates() / "parts" / "masthead.html").read_bytes()


def test_eject_never_writes_over_what_a_person_wrote(told: Told, desk: Path) -> None:
    (desk / MASTHEAD).parent.mkdir()
    (desk / MASTHEAD).write_text("<h1>ours</h1>", encoding="utf-8")
    done = told("template", "eject", "masthead", at=desk)
    assert (done.code, done.out) == (1, "")
    assert f"{MASTHEAD}: error K910 is your own already\n" in done.err
    assert (desk / MASTHEAD).read_text(encoding="utf-8") == "<h1>ours</h1>"


def test_a_look_of_ones_own_comes_with_what_editors_complete_it_by(told: Told, desk: Path) -> None:
    assert told("template", "eject", "look", at=desk).code == 0
    assert (desk / "templates" / "look.schema.json").is_file()
    assert told("check", at=desk).code == 0


def test_an_unknown_name_gets_the_nearest(told: Told, desk: Path) -> None:
    done = told("template", "eject", "parts/masthed.html", at=desk)
    assert done.code == 1
    assert "K909 there is no template 'parts/masthed.html'\n    help: did you mean 'parts/masthead.html'?" in done.err
    assert "help: did you mean 'masthead'?" in told("template", "compare", "masthed", at=desk).err
    assert "help: to see all: briefgen template list" in told("template", "reset", "x" * 40, at=desk).err


def test_a_short_name_that_means_two_is_asked_back(told: Told, desk: Path) -> None:
    (desk / "templates" / "masthead.html").write_text("<p>ours</p>", encoding="utf-8")
    done = told("template", "compare", "masthead", at=desk)
    assert done.code == 1
    assert "K909 there are several: masthead.html, parts/masthead.html\n    help: name it with its folder" in done.err
    assert told("template", "compare", "templates/parts/masthead.html", at=desk).code == 0


def test_compare_shows_what_a_person_changed(told: Told, desk: Path) -> None:
    assert told("template", "compare", at=desk).out == "Every template is as shipped with the program.\n"
    told("template", "eject", "masthead", at=desk)
    text = (desk / MASTHEAD).read_text(encoding="utf-8")
    (desk / MASTHEAD).write_text(text.replace("<h1>", '<h1 class="ours">'), encoding="utf-8")
    done = told("template", "compare", at=desk)
    assert done.code == 0
    assert done.out.startswith(
        "parts/masthead.html: your own, changed.\n"
        "  Lines with - are only in the shipped file, lines with + only in yours.\n"
    )
    assert "\n  -    <h1>" in done.out
    assert '\n  +    <h1 class="ours">' in done.out


def test_compare_of_a_look_tells_only_what_it_says_otherwise(told: Told, desk: Path) -> None:
    text = 'colours:\n  accent: "#7a1f2b"\n  ink: "#1b1f24"\ncontact: {en: us}\npage_limits: {at-a-glance: 2}\n'
    (desk / "templates" / "look.yaml").write_text(text, encoding="utf-8")
    lines = told("template", "compare", "look", at=desk).out.splitlines()
    assert lines[2:] == [
        "  -colours.accent: #12436d",
        "  +colours.accent: #7a1f2b",
        "  +contact.en: us",
        "  -page_limits.at-a-glance: 1",
        "  +page_limits.at-a-glance: 2",
    ]


def test_compare_tells_that_the_shipped_one_has_moved_on(told: Told, desk: Path) -> None:
    told("template", "eject", "masthead", at=desk)
    (desk / MASTHEAD).write_text("<h1>ours</h1>", encoding="utf-8")
    noted = desk / "templates" / "ejected.yaml"
    assert "parts/masthead.html: " in noted.read_text(encoding="utf-8")
    noted.write_text("parts/masthead.html: " + "0" * 64 + "\n", encoding="utf-8")  # as after an update of the program
    done = told("template", "compare", "masthead", at=desk)
    assert "parts/masthead.html: your own, changed; the shipped one has changed too since you copied it.\n" in done.out
    noted.write_text("{", encoding="utf-8")
    assert "parts/masthead.html: your own, changed.\n" in told("template", "compare", at=desk).out


def test_a_full_disk_leaves_no_half_template(told: Told, desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    done = told("template", "eject", "masthead", at=desk)
    assert (done.code, f"{MASTHEAD}: error P500 No space left on device" in done.err) == (2, True)
    assert not (desk / MASTHEAD).exists()


def test_what_the_program_has_none_of_is_not_reset(told: Told, desk: Path) -> None:
    ours = desk / "templates" / "parts" / "regional.html"
    ours.parent.mkdir(exist_ok=True)
    ours.write_text("<p>ours</p>", encoding="utf-8")
    done = told("template", "reset", "regional", at=desk)
    assert (done.code, "K910 is entirely your own\n    help: there is no shipped one" in done.err) == (1, True)
    assert ours.is_file()


def test_reset_gives_back_the_shipped_one_and_loses_nothing(told: Told, desk: Path) -> None:
    assert told("build", at=desk).code == 0
    for text in ("first", "second"):
        told("template", "eject", "masthead", at=desk)
        (desk / MASTHEAD).write_text(text, encoding="utf-8")
        assert told("template", "reset", "masthead", at=desk).code == 0
    kept = {path.name: path.read_text(encoding="utf-8") for path in (desk / MASTHEAD).parent.iterdir()}
    assert kept == {"masthead.html.bak": "first", "masthead.html.2.bak": "second"}
    assert not (desk / "templates" / "ejected.yaml").exists()
    done = told("template", "reset", "masthead", at=desk)
    assert (done.code, done.out) == (1, "")
    assert "K910 is the shipped one already\n    help: there is nothing to undo" in done.err
    assert "nothing has changed since edition 1" in told("build", at=desk).out


def test_in_the_programs_own_workspace_templates_are_edited_as_they_are(told: Told) -> None:
    assert "Edit them directly." in told("template", "list", at=PROJECT).out
    done = told("template", "eject", "masthead", at=PROJECT)
    assert done.code == 1
    assert "K910 is the shipped file itself: this is the program's own workspace" in done.err
    assert "help: edit it there; git keeps what it was" in done.err
    assert told("template", "reset", "masthead", at=PROJECT).code == 1


def test_check_tries_every_document_and_publishes_nothing(told: Told, desk: Path) -> None:
    (desk / "templates" / "brief.html").write_text(
        "<html><title>x</title><body>\n{% if media == 'print' %}\n{{ page.masthead.titel }}\n{% endif %}</body></html>",
        encoding="utf-8",
    )
    done = told("template", "check", at=desk)
    assert done.code == 1
    assert done.err.startswith(
        "templates/brief.html:3:18: error R401 'titel' is not known here; did you mean 'title'?\n"
        "     3 | {{ page.masthead.titel }}\n"
        "       |                  ^\n"
    )
    assert done.out == "3 pages tried, 2 findings. Nothing was published.\n"
    (desk / "templates" / "brief.html").unlink()
    done = told("template", "check", at=desk)
    assert (done.code, done.err) == (0, "")
    assert done.out == "4 pages tried, no findings. Nothing was published.\n"
    assert contents(desk / "out") == {}


def test_check_tells_of_a_label_that_a_language_lacks(told: Told, desk: Path) -> None:
    settings = desk / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8").replace('["en"]', '["en", "ko"]'), encoding="utf-8")
    (desk / "templates" / "brief.html").write_text("<title>x</title>{{ _('Our own heading') }}", encoding="utf-8")
    done = told("template", "check", "--screen-only", at=desk)
    assert done.code == 1
    said = "templates/brief.html:1:23: error T301 the translation of the label 'Our own heading' into ko is missing"
    assert (said in done.err, "R401" in done.err) == (True, False)  # it is told once
    assert "help: run briefgen translate, then fill in its 'msgstr' in templates/locale/ko.po" in done.err
    (desk / "templates" / "brief.html").write_text("<title>x</title>{{ _('Past sumits') }}", encoding="utf-8")
    done = told("template", "check", "--screen-only", at=desk)
    assert "help: did you mean 'Past summits'? If not, run briefgen translate, then fill in its" in done.err


def test_a_part_that_nothing_reads_is_told_by_all_and_stops_a_strict_build(told: Told, desk: Path) -> None:
    (desk / "templates" / "parts").mkdir(exist_ok=True)
    (desk / "templates" / "parts" / "masthed.html").write_text("<p></p>", encoding="utf-8")
    said = "templates/parts/masthed.html: warning Y009 nothing reads a file of this name\n    help: did you mean 'mast"
    for command, code in (
        (("check",), 0),
        (("template", "check", "--screen-only"), 0),
        (("build", "--strict"), 1),
        (("build",), 0),
    ):
        done = told(*command, at=desk)
        assert (done.code, said in done.err) == (code, True), command
        assert "; to print it as a section, add '- masthed' to sections in templates/look.yaml" in done.err


def test_a_document_that_the_settings_do_not_name_is_told_with_the_line_to_write(told: Told, desk: Path) -> None:
    """Nothing was said of it in a preview, and elsewhere that it should stand where it belongs."""
    (desk / "templates" / "press-note.html").write_text('{% extends "at-a-glance.html" %}', encoding="utf-8")
    said = "no document of this name is made\n    help: to have it made, write "
    said += 'documents = ["at-a-glance", "press-note"] in briefgen.toml'
    assert f"templates/press-note.html: warning Y009 {said}" in told("check", at=desk).err
    for command in (("template", "check", "--screen-only"), ("build", "--strict", "--format", "html")):
        done = told(*command, at=desk)  # it may be a draft
        assert (f"templates/press-note.html: note Y009 {said}" in done.err, done.code) == (True, 0), command


def test_a_section_that_the_look_does_not_list_is_told_with_the_line_to_write(told: Told, desk: Path) -> None:
    """Nothing was said of it in a preview, where whoever wrote it waits for it. Its ending makes no name near."""
    (desk / "templates" / "parts").mkdir(exist_ok=True)
    (desk / "templates" / "parts" / "regional.html").write_text("<p>{{ page.lang }}</p>", encoding="utf-8")
    said = (
        "Y009 no page prints this part\n    help: to print it as a section, add '- regional' to sections in templates/"
    )
    assert f"templates/parts/regional.html: warning {said}" in told("check", at=desk).err
    done = told("build", "--strict", "--format", "html", at=desk)
    assert (f"templates/parts/regional.html: note {said}" in done.err, done.code) == (True, 0)


def test_a_catalog_is_no_template_and_is_not_copied(told: Told, desk: Path) -> None:
    done = told("template", "eject", "locale/ko.po", at=desk)
    assert "write only the words that you change into templates/locale/ko.po; to see all: briefgen" in done.err
    assert "template labels ko" in done.err


MISPLACED = {
    "asks.html": ("parts/asks.html", "move it to templates/parts/asks.html, where it is used"),
    "part/due.html": ("parts/due.html", "move it to templates/parts/due.html, where it is used"),
    "paper.css": ("style/paper.css", "move it to templates/style/paper.css, where it is used"),
    "parts/asks.htm": ("parts/asks.html", "did you mean 'asks.html'?"),
}


def test_a_part_saved_in_another_folder_is_told_with_where_it_belongs(told: Told, desk: Path) -> None:
    """Nothing was said of templates/asks.html, as the name stands in the templates with its folder."""
    for saved, (meant, _) in MISPLACED.items():
        path = desk / "templates" / saved
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((PROJECT / "templates" / meant).read_bytes())
    for command in ("check",), ("template", "check", "--screen-only"), ("build",):
        err = told(*command, at=desk).err
        for saved, (_, hint) in MISPLACED.items():
            told_of = err.partition(f"templates/{saved}: warning Y009 nothing reads a file of this name")[2]
            assert told_of.partition("\n")[2].startswith(f"    help: {hint}"), (command, saved)
        assert err.count("Y009") == len(MISPLACED)
    for saved in MISPLACED:
        (desk / "templates" / "at-a-glance.html").write_text(f'{{% include "{saved}" %}}', encoding="utf-8")
        err = told("check", at=desk).err
        assert (f"templates/{saved}: " in err, err.count("Y009")) == (False, len(MISPLACED) - 1), saved


def test_a_broken_look_is_told_by_check_and_stops_a_build(told: Told, desk: Path) -> None:
    (desk / "templates" / "look.yaml").write_text("handling:\n  en: Secret\n", encoding="utf-8")
    for command in ("check", "build"):
        done = told(command, at=desk)
        assert done.code == 1
        assert "templates/look.yaml:2:7: error K907 'Secret' is a state's classification marking" in done.err
    assert contents(desk / "out") == {}


def test_k911_check_tells_of_an_embargo_that_is_over(told: Told, desk: Path) -> None:
    (desk / "templates" / "look.yaml").write_text("embargo: 2001-01-01 09:00 Asia/Seoul\n", encoding="utf-8")
    done = told("check", at=desk)
    assert done.code == 0
    assert "templates/look.yaml:1:1: warning K911 the embargo ended on 2001-01-01 at 09:00\n" in done.err


def test_the_old_place_of_page_limits_leads_to_the_new_one(told: Told, desk: Path) -> None:
    (desk / "briefgen.toml").write_text('languages = ["en"]\npage_limits = { brief = 2 }\n', encoding="utf-8")
    done = told("check", at=desk)
    assert done.code == 1
    assert "briefgen.toml:2:1: error W003 'page_limits' now stands in templates/look.yaml\n" in done.err
    assert "help: take it away here; get the file with: briefgen template eject look.yaml\n" in done.err


def test_sections_come_in_the_order_of_the_look_and_so_do_the_contents(told: Told, desk: Path) -> None:
    settings = 'timezone = "UTC"\nlanguages = ["en"]\ndocuments = ["full-briefing"]\nformats = ["html"]\n'
    (desk / "briefgen.toml").write_text(settings, encoding="utf-8")
    order = ("colophon", "sources", "open-questions", "timeline", "relationship")
    (desk / "templates" / "look.yaml").write_text(f"sections: [{', '.join(order)}]\n", encoding="utf-8")
    assert told("build", at=desk).code == 0
    text = (desk / "out" / "sample" / "latest" / "full-briefing.en.html").read_text(encoding="utf-8")
    assert _sorted_by_place(text, '<h2 id="{}"', order) == list(order)
    assert _sorted_by_place(text, '<a href="#{}">', order) == list(order)
    assert 'id="undertakings"' not in text
    assert 'href="#undertakings"' not in text


def _sorted_by_place(text: str, mark: str, names: tuple[str, ...]) -> list[str]:
    """The names in the order in which their marks stand in the text; those without are left out."""
    found = {name: text.find(mark.format(name)) for name in names if mark.format(name) in text}
    return sorted(found, key=lambda name: found[name])
