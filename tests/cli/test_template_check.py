"""`briefgen template check` finds what a build would, on screen and paper, at the file and line where it stands."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import PROJECT, Told, write_template

HEAD = (
    '<!DOCTYPE html>\n<html lang="{{ page.lang }}"><head><title>x</title>\n'
    "<style>\n%s\n</style></head><body>\n%s\n</body></html>\n"
)

MISTAKES = {
    "a picture that is not there": (
        '{% if media == "print" %}<img src="flga.png" alt="1">{% endif %}',
        "",
        "6:36: error R401 there is no file 'flga.png' in the templates folder; documents load nothing else",
        "help: did you mean 'flag.png'?",
    ),
    "a picture of the network": (
        '<img src="https://example.org/a.png" alt="">',
        "",
        "6:11: error R410 <img> would load 'https://example.org/a.png', which no edition holds",
        "help: put the picture into templates/, as .svg, .png or .jpg, and name its file",
    ),
    "a property that is none": (
        "<p>x</p>",
        "p { colour: red }",
        "4:5: warning R405 'colour' is no property",
        "help: did you mean 'color'?",
    ),
    "a tag without its end": (
        "<div><p>x</p>",
        "",
        "6:1: warning R412 <div> is never closed, so that what follows it may end up within it",
        "help: write </div> where it ends",
    ),
    "text beside its cell": (
        '<table><tr><th scope="col">a</th><td translate="no">incomprehensibilities</td></tr></table>',
        "table { width: 30mm; table-layout: fixed } td { white-space: nowrap; font-size: 20pt }",
        "6: warning R407 brief.en.pdf, page 1: 'incomprehensibilities' is wider than its cell",
        "help: shorten it",
    ),
}


@pytest.fixture
def desk(tiny: Path) -> Path:
    """With two languages, a template `brief` that is to be filled, and a picture."""
    (tiny / "templates" / "at-a-glance.html").unlink()
    settings = 'timezone = "UTC"\nlanguages = ["en", "vi"]\ndocuments = ["brief"]\nformats = ["html"]\n'
    (tiny / "briefgen.toml").write_text(settings, encoding="utf-8")
    return tiny


@pytest.fixture
def alone(desk: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, where `brief` is the only document; At a glance, which is measured whatever is made, is short."""
    write_template(desk, "at-a-glance", "<p>x</p>")
    monkeypatch.setattr("briefgen.tools.building.known_documents", lambda _: ("brief",))
    return desk


@pytest.fixture
def one(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small workspace, where At a glance is the only document."""
    monkeypatch.setattr("briefgen.tools.building.known_documents", lambda _: ("at-a-glance",))
    return tiny


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told_once_at_its_line(name: str, told: Told, alone: Path) -> None:
    body, style, said, hint = MISTAKES[name]
    (alone / "templates" / "brief.html").write_text(HEAD % (style, body), encoding="utf-8")
    (alone / "templates" / "flag.png").write_bytes(b"")
    done = told("template", "check", at=alone)
    assert f"templates/brief.html:{said}" in done.err
    assert hint in done.err
    assert len(re.findall(r"^\S+: (?:error|warning)", done.err, re.MULTILINE)) == 1
    assert done.code == (1 if " error " in said else 0)


def test_r405_what_no_browser_knows_is_told_by_each_command_once(told: Told, alone: Path) -> None:
    """In a style sheet for the screen, and in one for paper too, where the engine ignores it as well."""
    settings = alone / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', '"pdf"'), encoding="utf-8")
    styles = alone / "templates" / "style"
    styles.mkdir()
    (styles / "screen.css").write_text("p { color: red }\n.tile { flex-warp: wrap; }\n", encoding="utf-8")
    (styles / "paper.css").write_text("p { colour: red }\n", encoding="utf-8")
    sheets = '{% if media == "print" %}{% include "style/paper.css" %}{% endif %}{% include "style/screen.css" %}'
    (alone / "templates" / "brief.html").write_text(HEAD % (sheets, "<p>x</p>"), encoding="utf-8")
    said = [
        "templates/style/paper.css:1:5: warning R405 'colour' is no property",
        "templates/style/screen.css:2:9: warning R405 'flex-warp' is no property",
    ]
    ways: tuple[tuple[int, tuple[str, ...]], ...] = (
        (0, ("check",)),
        (0, ("template", "check")),
        (0, ("template", "check", "--screen-only")),
        (1, ("build", "--strict")),
        (0, ("build",)),
    )
    for code, command in ways:
        done = told(*command, at=alone)
        assert [line for line in done.err.splitlines() if " R405 " in line] == said, command
        assert "help: did you mean 'color'?" in done.err
        assert "help: did you mean 'flex-wrap'?" in done.err
        assert done.code == code, command


@pytest.mark.parametrize(
    ("style", "place"),
    [
        ("p { color: #333333\n font-weight: bold; }", "5:2"),
        ("p color: #333333; }\nb { margin: 1mm }", "4:19"),
        ("// larger\np { margin: 1mm }", "4:1"),
        ("p { margin: 1mm }</style><style>p { colour }", "4:43"),
    ],
)
def test_r405_a_sign_that_is_missing_in_a_style_is_told_once(style: str, place: str, told: Told, alone: Path) -> None:
    """And not by the PDF engine again, in its words and without a line of a file."""
    settings = alone / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', '"pdf"'), encoding="utf-8")
    (alone / "templates" / "brief.html").write_text(HEAD % (style, "<p>x</p>"), encoding="utf-8")
    for command in (("check",), ("template", "check"), ("build",)):
        done = told(*command, at=alone)
        told_of = [line.partition(": warning")[0] for line in done.err.splitlines() if " R405 " in line]
        assert told_of == [f"templates/brief.html:{place}"], (command, done.err)


def test_files_of_other_names_and_encodings_are_told_at_their_own_place(told: Told, tiny: Path) -> None:
    templates = tiny / "templates"
    for folder in ("style", "locale"):
        (templates / folder).mkdir(exist_ok=True)
    (templates / "look").write_text("colours: {}\n", encoding="utf-8")
    (templates / "colophon.html").write_text("<p>{{ page.lang }}</p>", encoding="utf-8")
    (templates / "locale" / "EN.po").write_text('msgid "Sources"\nmsgstr "Papers"\n', encoding="utf-8")
    (templates / "style" / "paper.css").write_bytes(".lead { margin: 0 }\n".encode("utf-16"))
    done = told("template", "check", "--screen-only", at=tiny)
    assert (
        "templates/look: warning Y009 nothing reads a file of this name\n    help: did you mean 'look.yaml'?"
        in done.err
    )
    assert "templates/colophon.html: warning Y009 nothing reads a file of this name here" in done.err
    assert (
        "templates/locale/EN.po: warning Y009 nothing reads a file of this name\n    help: did you mean 'en.po'?"
        in done.err
    )
    assert "templates/style/paper.css: error Y001 is UTF-16 text" in done.err
    assert " R415 " not in done.err
    (templates / "style" / "paper.css").write_text("", encoding="utf-8")
    (templates / "style" / "screen.css").write_text("", encoding="utf-8")
    (templates / "at-a-glance.html").unlink()
    done = told("template", "check", "--screen-only", at=tiny)
    assert "R404" not in done.err
    assert done.err.count("templates/style/screen.css:1: error R401 this file is empty") <= 1


@pytest.mark.parametrize(
    ("style", "said"),
    [
        ("\n[data-fact] { display: none }", "5:1: error R411 the rule for '[data-fact]' hides a fact"),
        ("b{ color: red }\nmain,\n .x  { visibility: hidden }", "5:1: error R411 the rule for 'main, .x' hides"),
        ("p { color: #333 }\np { --opacity: 0; opacity: 0 }", "5:1: error R411 the rule for 'p' hides"),
        ("#there { display: none }", "4:1: error R401 links lead to '#there', and on paper there is no such place"),
    ],
)
def test_a_rule_that_hides_what_must_be_seen_is_told_once_at_its_line(
    style: str, said: str, told: Told, alone: Path
) -> None:
    body = '<main><p data-fact="ferry">x</p><p data-fact="trade">y</p></main><a href="#there">z</a><p id="there">x</p>'
    (alone / "templates" / "brief.html").write_text(HEAD % (style, body), encoding="utf-8")
    for format, code in (("html", "R411"), ("pdf", "")):
        settings = alone / "briefgen.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', f'"{format}"'), encoding="utf-8")
        for command in (("template", "check"), ("build",)):
            if "R401" in said and command == ("build",) and code:
                continue  # a screen needs no place
            err = told(*command, at=alone).err
            assert len(re.findall(r"^\S+: error", err, re.MULTILINE)) == 1, err
            assert f"templates/brief.html:{said}" in err, err


def test_a_catalog_that_is_named_by_no_code_is_told(told: Told, tiny: Path) -> None:
    """Any other file may lie there for somebody else."""
    for name in ("Vietnamese.po", "words.ods"):
        path = tiny / "templates" / "locale" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("", encoding="utf-8")
    done = told("build", at=tiny)
    assert (
        "templates/locale/Vietnamese.po: warning Y009 nothing reads a file of this name\n    help: a catalog "
        in done.err
    )
    assert "words.ods" not in done.err


def test_a_copy_of_a_shipped_part_is_called_no_section(told: Told, tiny: Path) -> None:
    part = tiny / "templates" / "parts" / "Copy of colophon.html"
    part.parent.mkdir(exist_ok=True)
    part.write_text("x", encoding="utf-8")
    err = told("check", at=tiny).err
    assert "did you mean 'colophon.html'?" in err
    assert "- Copy of colophon" not in err


def test_a_copy_of_a_document_is_tried_by_no_command_and_named_by_each(told: Told, tiny: Path) -> None:
    """Its name could be in no link from page to page."""
    (tiny / "templates" / "brief (1).html").write_text("x", encoding="utf-8")
    (tiny / "templates" / "full-briefing (1).html").write_text("x", encoding="utf-8")
    for command in ("check",), ("template", "check", "--screen-only"), ("build",):
        done = told(*command, at=tiny)
        assert done.code == 0
        assert "templates/full-briefing (1).html: warning Y009 nothing reads a file of this name" in done.err
        assert " R4" not in done.err
    (tiny / "templates" / "at-a-glance (1).html").write_text("x", encoding="utf-8")
    said = told("check", at=tiny).err
    assert (
        said.count("templates/at-a-glance (1).html: ") == said.count("Y008 looks like a copy of at-a-glance.html") == 1
    )


def test_of_hundreds_of_faults_of_a_template_the_first_are_shown(told: Told, alone: Path) -> None:
    write_template(alone, "brief", "".join(f"<p zz{number}='a'>x</p>\n" for number in range(150)))
    done = told("template", "check", "--screen-only", at=alone)
    assert done.code == 1
    assert done.err.count("error R410") == 100
    assert "templates/brief.html: and 50 more; mend these first\n" in done.err


def test_r401_a_part_that_is_not_there_is_told_without_making_a_page(told: Told, tiny: Path) -> None:
    """In a document that the settings do not name, and of the shipped templates too."""
    note = tiny / "templates" / "note.html"
    for named in ("parts/outcome.html", "shipped/parts/outcome.html"):
        note.write_text(f'<p>\n{{% if media %}}{{% include "{named}" %}}{{% endif %}}', encoding="utf-8")
        done = told("check", at=tiny)
        assert f"templates/note.html:2:27: error R401 there is no template '{named}'" in done.err
        assert done.code == 1
    assert f"help: did you mean '{named.replace('outcome', 'outcomes')}'?" in done.err
    note.write_text('{% include "parts/outcome.html" ignore missing %}', encoding="utf-8")
    assert "R401" not in told("check", at=tiny).err


def test_a_document_that_is_too_long_is_told_at_its_limit(told: Told, alone: Path) -> None:
    text = "<p style='break-after: page'>x</p><p>y</p>"
    (alone / "templates" / "brief.html").write_text(HEAD % ("", text), encoding="utf-8")
    (alone / "templates" / "look.yaml").write_text("page_limits:\n  brief: 1\n", encoding="utf-8")
    done = told("template", "check", at=alone)
    assert done.code == 1
    assert "templates/look.yaml:2:3: error L802 brief.en.pdf needs 2 pages, even with the fewest rows" in done.err
    assert done.err.count("L802") == 1
    assert told("template", "check", "--screen-only", at=alone).code == 0


def test_a_limit_that_the_program_brings_is_to_be_raised_in_the_look_of_ones_own(told: Told, one: Path) -> None:
    """The line of the program's own look.yaml was told, which the next update writes anew."""
    text = "<p style='break-after: page'>x</p><p>y</p>"
    (one / "templates" / "at-a-glance.html").write_text(HEAD % ("", text), encoding="utf-8")
    said = "templates/look.yaml: error L802 at-a-glance.en.pdf needs 2 pages"
    assert any(line.startswith(said) for line in told("template", "check", at=one).err.splitlines())


def test_r412_an_end_too_many_is_told_where_it_stands(told: Told, desk: Path) -> None:
    (desk / "briefgen.toml").write_text('timezone = "UTC"\nlanguages = ["en"]\n', encoding="utf-8")
    part = desk / "templates" / "parts" / "imprint.html"
    part.parent.mkdir()
    part.write_text(
        '<section>\n<p class="imprint">{{ page.masthead.disclaimer }}</p></div>\n</section>', encoding="utf-8"
    )
    done = told("template", "check", "--screen-only", at=desk)
    assert "templates/parts/imprint.html:2:54: warning R412 </div> ends no element of this template" in done.err


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<p>x</p></div>", "7:9: warning R412 </div> ends no element of this template"),
        ("<p class='wide>x</p>", "7:1: warning R412 <p> has a quote without its end, so that what"),
        ("<p class='wide>x</p><p>It's</p>", "7:1: error R410 <p> has a quote without its end"),
    ],
)
def test_r412_what_ends_nothing_or_never_ends(body: str, said: str, told: Told, alone: Path) -> None:
    write_template(alone, "brief", f'\n<div translate="no">\n</div>\n{body}')
    done = told("template", "check", "--screen-only", at=alone)
    assert f"templates/brief.html:{said}" in done.err
    assert done.err.count(": warning R412 ") <= 1  # and not what follows from it


def test_r412_a_mistake_in_a_part_is_told_at_the_part(told: Told, desk: Path) -> None:
    (desk / "briefgen.toml").write_text('timezone = "UTC"\nlanguages = ["en", "vi"]\n', encoding="utf-8")
    part = desk / "templates" / "parts" / "imprint.html"
    part.parent.mkdir()
    part.write_text('\n<div><p class="imprint">{{ page.masthead.disclaimer }}</p>\n', encoding="utf-8")
    done = told("template", "check", "--screen-only", at=desk)
    assert "templates/parts/imprint.html:2:1: warning R412 <div> is never closed" in done.err
    assert done.err.count("R412") == 1


@pytest.mark.parametrize(
    "arguments", [("template", "check"), ("template", "check", "--screen-only"), ("build",), ("check",)]
)
@pytest.mark.parametrize("format", ["html", "pdf"])
def test_a_picture_that_cannot_be_used_is_told_at_the_part_that_names_it(
    format: str, arguments: tuple[str, ...], told: Told, alone: Path
) -> None:
    """And of the picture that can be used nothing is said."""
    settings = alone / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', f'"{format}"'), encoding="utf-8")
    templates = alone / "templates"
    (templates / "brief.html").write_text(HEAD % ("", '<h1>x</h1>{% include "parts/flag.html" %}'), encoding="utf-8")
    (templates / "parts").mkdir(exist_ok=True)
    part = '\n<p><img src="good.svg" alt="1">\n<img src="bad.svg" alt="2"></p>'
    (templates / "parts" / "flag.html").write_text(part, encoding="utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/>%s</svg>'
    (templates / "good.svg").write_text(svg % "", encoding="utf-8")
    (templates / "bad.svg").write_text(svg % "<script>alert(1)</script>", encoding="utf-8")
    done = told(*arguments, at=alone)
    said = "templates/parts/flag.html:3:11: error R410 the picture 'bad.svg' holds <script>, which is no plain shape"
    assert said in done.err
    assert done.err.count("error") == (2 if arguments[0] == "build" else 1)  # the build counts it at its end
    assert "help: save it as plain SVG, with letters turned into paths and pictures taken out" in done.err
    (templates / "bad.svg").write_text(svg % "", encoding="utf-8")
    assert told(*arguments, at=alone).code == 0


def test_a_tag_without_its_end_is_told_beside_what_a_page_may_not_hold(told: Told, alone: Path) -> None:
    (alone / "templates" / "brief.html").write_text(
        HEAD % ("", "<h1>x</h1><div>\n<script>x</script>"), encoding="utf-8"
    )
    done = told("template", "check", "--screen-only", at=alone)
    assert "templates/brief.html:7:1: error R410 <script> may not be in a page" in done.err
    assert "templates/brief.html:6:11: warning R412 <div> is never closed" in done.err
    assert done.out.startswith("2 pages tried, 2 findings.")


@pytest.mark.parametrize("alt", ["", ' alt=""', ' alt=" "'])
def test_a_picture_without_words_is_told_at_its_line(alt: str, told: Told, alone: Path) -> None:
    settings = alone / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', '"pdf"'), encoding="utf-8")
    (alone / "templates" / "flag.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    (alone / "templates" / "brief.html").write_text(HEAD % ("", f'<h1>x</h1>\n<img src="flag.svg"{alt}>'))
    done = told("build", at=alone)
    assert "templates/brief.html:7:1: error R410 <img> has no words for a reader who cannot see the picture" in done.err


@pytest.mark.parametrize("command", [("template", "check"), ("build",), ("check",)])
def test_a_picture_that_is_not_there_is_told_once(command: tuple[str, ...], told: Told, alone: Path) -> None:
    settings = alone / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', '"html", "pdf"'), encoding="utf-8")
    write_template(alone, "brief", '<h1>x</h1>\n<img src="logo.png" alt="1">')
    done = told(*command, at=alone)
    assert re.search(r"^templates/brief.html:5:11: error R4\d\d .*'logo.png'", done.err, re.MULTILINE)
    assert len(re.findall(r"^templates\S+: (?:error|warning)", done.err, re.MULTILINE)) == 1


def test_r410_an_address_is_told_without_building_where_it_stands(told: Told, alone: Path) -> None:
    """What a remark holds is printed nowhere; what a template fills in is told where pages are made."""
    body = """<h1>x</h1>{# <img src="a.png" alt="1"> #}<!-- <img src="b.png" alt="1"> -->
<p><a href="#x">x</a> <a href="www.example.org">x</a> <a href="{{ page.lang }}.x@">x</a>
<img alt="1" src="https://example.org/c.png"> <img alt="1" src="C:\\Users\\d.png"> <img src="e" alt="1"></p>"""
    write_template(alone, "brief", body)
    assert re.findall(
        r"^templates/brief.html:(\S+): error R410 ([^;\n]*)", told("check", at=alone).err, re.MULTILINE
    ) == [
        ("5:32", "a link leads to 'www.example.org', which is no web address"),
        ("6:19", "<img> would load 'https://example.org/c.png', which no edition holds"),
        ("6:65", "<img> would load 'C:\\Users\\d.png', which no edition holds"),
        ("6:92", "there is no file 'e' in the templates folder"),
    ]


def test_r410_a_place_that_a_copy_of_a_part_lacks_is_told_at_the_copy(told: Told, desk: Path) -> None:
    (desk / "briefgen.toml").write_text('timezone = "UTC"\nlanguages = ["en"]\n', encoding="utf-8")
    part = desk / "templates" / "parts" / "colophon.html"
    part.parent.mkdir(exist_ok=True)
    part.write_text("<p>{{ page.lang }}</p>", encoding="utf-8")
    err = told("template", "check", "--screen-only", at=desk).err
    assert "templates/parts/colophon.html:1: error R410 a link leads to '#colophon', and nothing on this page" in err


def test_r414_an_attribute_that_an_element_has_twice(told: Told, alone: Path) -> None:
    write_template(alone, "brief", '\n<p class="wide"\n class="note">x</p><br class="a" title="x" title="x">')
    done = told("template", "check", "--screen-only", at=alone)
    assert "brief.html:5:1: warning R414 <p> has the attribute 'class' twice, and only the first counts" in done.err
    assert "brief.html:6:20: warning R414 <br> has the attribute 'title' twice, and only the first counts" in done.err
    assert done.err.count(" R414 ") == 2


def test_r415_an_id_of_an_own_style_that_nothing_has(told: Told, alone: Path) -> None:
    style = "#colofon { margin: 0 }\n#colophon, .x:not(#y) { color: #abcdef }"
    (alone / "templates" / "brief.html").write_text(HEAD % (style, '<p id="colophon">x</p>'), encoding="utf-8")
    done = told("template", "check", "--screen-only", at=alone)
    assert "brief.html:4:1: note R415 no document has the id 'colofon', so that this rule is for nothing" in done.err
    assert "help: did you mean 'colophon'?" in done.err
    assert done.err.count(" id '") == 1


def test_r414_an_id_that_two_elements_of_a_page_have(told: Told, alone: Path) -> None:
    own = '<h1 id="mine">x</h1>\n<p id="trade">1</p>\n<p id="other">2</p><br id="trade"/>\n'
    write_template(alone, "brief", own + '{% for name in "ab" %}<i id="row">1</i>{% endfor %}')
    done = told("template", "check", "--screen-only", at=alone)
    said = "warning R414 the page has the id '{}' already, {}, so that no link leads here\n"
    assert "templates/brief.html:6:20: " + said.format("trade", "at brief.html:5") in done.err
    assert "templates/brief.html:7:23: " + said.format("row", "in this line") in done.err
    assert "help: give each element an id of its own" in done.err
    assert done.err.count("R414") == 2


def test_a_label_whose_entry_is_empty_is_told_once_at_its_entry(told: Told, alone: Path) -> None:
    write_template(alone, "brief", '<h1>{{ _("New label of mine") }}</h1>')
    told("translate", at=alone)
    done = told("template", "check", "--screen-only", at=alone)
    said = "templates/locale/vi.po:13:8: error T301 the translation of the label 'New label of mine' is missing"
    assert said in done.err
    assert len(re.findall(r"^\S+: (?:error|warning)", done.err, re.MULTILINE)) == 1


UNMET = "<h1>x</h1>\n{% for row in page.glance.changes.rows %}{{ row.txet }}{% endfor %}"


@pytest.mark.parametrize("command", [("template", "check"), ("check",), ("build",), ("build", "--strict")])
def test_a_misspelt_name_that_no_page_of_today_comes_to_is_told_by_each_command(
    command: tuple[str, ...], told: Told, one: Path
) -> None:
    write_template(one, "at-a-glance", UNMET)
    done = told(*command, at=one)
    assert done.code == 1
    said = "error R401 'txet' is not known here; did you mean 'text'?"
    assert f"templates/at-a-glance.html:5:49: {said}" in done.err
    assert done.err.count("R401") == 1
    write_template(one, "at-a-glance", UNMET.replace("txet", "text"))
    assert told(*command, at=one).code == 0


def test_a_misspelt_name_that_a_page_comes_to_is_told_once_with_what_is_known_there(told: Told, one: Path) -> None:
    write_template(one, "at-a-glance", "{% for row in page.glance.outcomes %}{{ rwo.text }}{% endfor %}")
    done = told("template", "check", "--screen-only", at=one)
    assert "templates/at-a-glance.html:4:41: error R401 'rwo' is not known here; did you mean 'row'?" in done.err
    assert done.err.count("R401") == 1


def test_a_build_does_not_stop_at_a_document_that_it_does_not_make(told: Told, tiny: Path) -> None:
    write_template(tiny, "draft", UNMET)
    assert told("build", at=tiny).code == 0
    assert "templates/draft.html:5:49: error R401" in told("check", at=tiny).err


@pytest.mark.parametrize("test", ['card.id == "%s"', 'card.id in ("%s",)', '"%s" != card.id', 'card.id is eq("%s")'])
def test_r413_an_id_that_no_fact_has(test: str, told: Told, one: Path) -> None:
    text = "<h1>x</h1>{%% for card in page.upcoming if %s %%}x{%% endfor %%}"
    id = "straits-summit"
    write_template(one, "at-a-glance", text % (test % id))
    assert "R413" not in told("template", "check", "--screen-only", at=one).err
    write_template(one, "at-a-glance", text % (test % f"{id}x"))
    for command in (("template", "check", "--screen-only"), ("check",)):
        done = told(*command, at=one)
        assert done.code == 0
        assert re.search(rf"html:4:\d+: warning R413 no fact and no record has the id '{id}x'", done.err)
        assert f"help: did you mean '{id}'?" in done.err


@pytest.mark.parametrize(
    ("test", "hint"),
    [
        ('media == "prnt"', "did you mean 'print'?"),
        ('media in ("print", "paper")', "known here: print, screen"),
        ('page.lang == "kr"', "known here: de, en, ko, nl, vi"),
        ('page.language != "english"', "known here: de, en, ko, nl, vi"),
    ],
)
def test_r413_a_medium_or_a_language_that_there_is_none_of(test: str, hint: str, told: Told, one: Path) -> None:
    write_template(one, "at-a-glance", f"\n{{% if {test} %}}x{{% endif %}}")
    for command in (("template", "check", "--screen-only"), ("check",)):
        done = told(*command, at=one)
        assert re.search(r"html:5:\d+: warning R413 the condition is never met: no page has '", done.err), done.err
        assert f"help: {hint}" in done.err
    right = '{% if media == "print" or page.lang in ("en", "ko") or page.language == "vi" %}x{% endif %}'
    write_template(one, "at-a-glance", right)
    assert "R413" not in told("check", at=one).err


def test_r413_is_not_said_of_a_fact_that_was_taken_out_nor_of_a_part_of_an_id(told: Told, tiny: Path) -> None:
    text = "<h1>x</h1>{% for r in page.glance.changes.rows if r.id == 'gone' %}x{% endfor %}"
    text += "{% for card in page.upcoming if 'summit' in card.id or card.form == 'none' %}x{% endfor %}"
    write_template(tiny, "at-a-glance", text)
    assert "R413" not in told("check", at=tiny).err


def test_r415_a_class_of_an_own_style_that_nothing_has(told: Told, starter: Path) -> None:
    """A misspelt one; but none of a state, of another document or language, of a script or of what facts name."""
    templates = starter / "templates"
    (templates / "style").mkdir(exist_ok=True)
    styles = (
        ".imprnt { color: red }\n"
        "@media print { p.imprint, .act.pledged, .status.not-met:hover { color: red } }\n"
        ".imprint[hidden], .part-2, .deep:not(.nowhere), .nope:is(.aksed, .together) { color: red }\n"
        ".{{ look.reader or 'x' }} .ferry-link { color: red }\n"
    )
    (templates / "style" / "own.css").write_text(styles, encoding="utf-8")
    markup = '<style>{% include "style/own.css" %}\n.wdie { color: red }\n.wide { color: red }</style>'
    body = '<p class="{% if media == "print" %}deep{% endif %} wide part-{{ 2 }}">1</p>'
    write_template(starter, "draft", body, head=markup)
    changed = starter / "facts" / "sample.yaml"
    changed.write_text(changed.read_text(encoding="utf-8") + "# ferry-link\n", encoding="utf-8")
    done = told("template", "check", "--screen-only", at=starter)
    assert re.findall(r"^(\S+): note R415 no document has the class '(.*)', so", done.err, re.MULTILINE) == [
        ("templates/draft.html:4:2", "wdie"),
        ("templates/style/own.css:1:2", "imprnt"),
        ("templates/style/own.css:3:50", "nope"),
        ("templates/style/own.css:3:59", "aksed"),
    ]
    assert "help: did you mean 'imprint'?" in done.err
    assert "help: did you mean 'wide'?" in done.err
    assert done.code == 0


def test_r415_of_copies_of_shipped_styles_nothing_is_told(told: Told, starter: Path) -> None:
    for name in ("briefing.css", "screen.css", "glyphs.css"):
        told("template", "eject", f"style/{name}", at=starter)
    assert "R415" not in told("template", "check", "--screen-only", at=starter).err


def test_r416_a_style_sheet_with_little_of_the_shipped_one_is_told(told: Told, tiny: Path) -> None:
    """Whoever copies only a rule, as of look.yaml only lines, would have a page without any style."""
    style = tiny / "templates" / "style"
    style.mkdir()
    (style / "screen.css").write_text(".masthead { color: #800000 }\n", encoding="utf-8")
    (style / "mine.css").write_text(".masthead { color: #800000 }\n", encoding="utf-8")
    shutil.copy(PROJECT / "templates" / "style" / "paper.css", style)
    err = told("build", at=tiny).err
    assert "templates/style/screen.css:1: warning R416 this file has 1 of the " in err
    assert "templates/style/mine.css: warning Y009 " in err
    assert err.count("briefgen template eject head --block style") == 2
    assert "paper.css" not in err
    (style / "mine.css").write_text("\n.a { color: #bbb }\n", encoding="utf-8")
    said = "templates/style/mine.css:2:13: warning R417 letters in #bbb have a contrast of 1.9:1 with white"
    assert said in told("check", at=tiny).err
