"""What a revision carries over byte for byte, and what publishes nothing at all."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from conftest import STATEMENTS, TODAY, Direct, contents, request_for, write_template

from briefgen.build import build
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.publish import Edition, editions
from briefgen.publish.decide import is_same
from briefgen.publish.verify import verify
from briefgen.read import shipped_templates
from briefgen.read.workspace import find_workspace
from briefgen.render.documents import assets_hash, code_hash, fingerprint
from briefgen.tools.templates import eject
from briefgen.tools.workspaces import make_workspace

TOMORROW = TODAY + timedelta(1)
PAGE = "<p>{{ page.masthead.as_of }} {{ page.masthead.edition }} {{ _('Sources') }}</p>" + STATEMENTS
STYLE = "<style>p { color: #222222 } {% include 'style/print.css' ignore missing %}</style>"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small document in two languages, on paper and on screen, and its first edition."""
    starter = tmp_path_factory.mktemp("built") / "desk"
    make_workspace(starter)
    write_template(starter, "at-a-glance", PAGE, STYLE)
    settings = 'timezone = "UTC"\nlanguages = ["en", "vi"]\ndocuments = ["at-a-glance"]\nformats = ["html", "pdf"]\n'
    (starter / "briefgen.toml").write_text(settings, encoding="utf-8")
    assert _build(starter).new
    return starter


@pytest.fixture
def desk(built: Path, tmp_path: Path) -> Path:
    """The same, to change."""
    return copytree(built, tmp_path / "desk", symlinks=True)


def _build(desk: Path, **other: object) -> Edition:
    return build(request_for(desk, TOMORROW, TOMORROW, **other), Direct())


def _append(name: str, text: str) -> Callable[[Path], object]:
    def change(desk: Path) -> None:
        path = desk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return change


SAYS_THE_SAME: dict[str, Callable[[Path], object]] = {
    "a comment in the facts": _append("facts/sample.yaml", "# to be looked at\n"),
    "a comment in the settings": _append("briefgen.toml", "# ours\n"),
    "a setting that shapes nothing here": _append("briefgen.toml", 'audience = "minister"\n'),
    "a comment in a template": _append("templates/at-a-glance.html", "{# ours #}"),
    "a comment in the markup": _append("templates/at-a-glance.html", "<!-- ours -->"),
    "a comment in a style sheet": lambda desk: write_template(
        desk, "at-a-glance", PAGE, STYLE.replace("{ color", "{ /* grey */ color")
    ),
    "a template that nothing uses": _append("templates/parts/x.html", "x"),
    "a copy of a shipped template": lambda desk: eject(find_workspace(desk), "look.yaml"),
    "an empty catalog entry": _append("facts/locale/vi.po", "\n# ours\n"),
}


def test_a_new_page_limit_that_an_unchanged_document_does_not_keep_stops_the_build(desk: Path) -> None:
    second = '<p style="break-before: page">{{ _("Sources") }}</p>'
    write_template(desk, "at-a-glance", PAGE + second, STYLE)
    look = desk / "templates" / "look.yaml"
    look.write_text("page_limits: {at-a-glance: 2}\n", encoding="utf-8")
    assert _build(desk).new
    look.write_text("page_limits: {at-a-glance: 1}\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(FindingsError, match=r"templates/look.yaml:1:15: error L802 .* needs 2 pages"):
            _build(desk)
    look.write_text("page_limits: {at-a-glance: 3}\n", encoding="utf-8")
    assert not _build(desk).new


@pytest.mark.parametrize("change", SAYS_THE_SAME.values(), ids=[*SAYS_THE_SAME])
def test_what_shapes_no_document_publishes_nothing(change: Callable[[Path], object], desk: Path) -> None:
    before = {name: content for name, content in contents(desk / "out").items() if not Path(name).name.startswith(".")}
    change(desk)
    assert not _build(desk).new
    after = {name: content for name, content in contents(desk / "out").items() if not Path(name).name.startswith(".")}
    assert after == before


def _names(one: Edition, other: Edition) -> set[str]:
    """The names of documents that differ."""
    return {
        name
        for name in one.manifest.fingerprints
        if (one.folder / name).read_bytes() != (other.folder / name).read_bytes()
    }


def test_a_changed_text_of_one_language_renders_that_language_alone(desk: Path) -> None:
    catalog = desk / "templates" / "locale" / "vi.po"
    catalog.parent.mkdir(parents=True)
    shipped = (shipped_templates() / "locale" / "vi.po").read_text(encoding="utf-8")
    changed = re.sub(r'(msgid "Sources"\nmsgstr )"[^"]*"', r'\1"Tài liệu"', shipped)
    assert changed != shipped
    catalog.write_text(changed, encoding="utf-8")
    second = _build(desk)
    first, _ = editions(second.outdir)
    assert second.manifest.name == "1r2"
    assert _names(first, second) == {
        *("at-a-glance.vi.html", "at-a-glance.vi.pdf", "statements.vi.csv", "statements.xlsx"),
    }
    for name in second.manifest.fingerprints:
        if name.endswith((".pdf", ".html")):
            verdict = verify(second.folder / name, desk / "out")
            assert (verdict.superseded, verdict.altered) == (False, False)
            assert verdict.info.name == ("1r2" if ".vi." in name else "1")
    assert verify(first.folder / "at-a-glance.vi.pdf", desk / "out").superseded
    assert not _build(desk).new


def test_only_the_damaged_file_is_made_again(desk: Path) -> None:
    first = next(iter(editions(desk / "out" / "sample")))
    (first.folder / "at-a-glance.en.pdf").write_bytes(b"spoilt")
    second = _build(desk)
    assert (second.new, second.whole) == (True, True)
    assert _names(first, second) == {"at-a-glance.en.pdf"}


def test_a_font_or_picture_of_ones_own_is_laid_out(desk: Path) -> None:
    (desk / "templates" / "fonts").mkdir(parents=True, exist_ok=True)
    (desk / "templates" / "fonts" / "note.svg").write_text("<svg/>", encoding="utf-8")
    second = _build(desk)
    assert second.manifest.name == "1r2"
    first, _ = editions(second.outdir)
    assert first.manifest.fingerprints["at-a-glance.en.html"] == second.manifest.fingerprints["at-a-glance.en.html"]
    assert first.manifest.fingerprints["at-a-glance.en.pdf"] != second.manifest.fingerprints["at-a-glance.en.pdf"]


def test_a_font_behind_a_link_counts(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "templates" / "fonts").symlink_to(tmp_path / "shared")
    found = []
    for content in ("one", "other"):
        (tmp_path / "shared" / "x.ttf").write_text(content, encoding="utf-8")
        found.append(assets_hash((str(tmp_path / "templates"),)))
    assert found[0] != found[1]


def test_strict_stops_at_what_an_earlier_build_passed_over(desk: Path) -> None:
    write_template(desk, "at-a-glance", PAGE, "<style>p { colour: red }</style>")
    settings = desk / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"en", "vi"', '"en"'), encoding="utf-8")
    loose = _build(desk)
    assert set(loose.manifest.warnings) == {"at-a-glance.en.pdf"}
    assert not _build(desk).new
    with pytest.raises(FindingsError) as stopped:
        _build(desk, strict=True)
    assert "colour" in stopped.value.findings[0].message


@pytest.mark.parametrize(("severity", "same"), [(Severity.NOTE, True), (Severity.WARNING, False)])
def test_strict_makes_nothing_again_for_a_note(desk: Path, severity: Severity, same: bool) -> None:
    edition = _build(desk)
    found = {"x.pdf": (Finding(Location("x.pdf"), "R409", "lacks", severity),)}
    told = replace(edition, manifest=replace(edition.manifest, findings=found, fingerprints={}))
    assert is_same(told, (), strict=True) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("<style>a { b: c }</style>", "<style>/* x */a { b: c }</style>", True),
        ('<style>a { b: "/*" } /* "x */</style>', '<style>a { b: "/*" } </style>', True),
        ('<style>a { b: "/* x */" }</style>', '<style>a { b: "" }</style>', False),
        ("<p>/* x */</p>", "<p></p>", False),
        ("<p><!-- x --></p>", "<p></p>", True),
        ("<p>\n  <!-- x\n y -->\n</p>", "<p>\n</p>", True),
        ("<p></p>\n<!-- x -->\n", "<p></p>\n", True),
        ("<style>a {\n  /* x */\n  b: c }</style>", "<style>a {\n  b: c }</style>", True),
        ("<p>x</p>", "<p>y</p>", False),
    ],
)
def test_comments_do_not_count(one: str, other: str, same: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is same


def test_parts_of_a_fingerprint_do_not_run_together() -> None:
    assert fingerprint("a", "bc", "d") != fingerprint("a", "b", "cd")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('# a comment\nx = 1\n\n\ndef f():\n    "What it does."\n    return  2', True),
        ("x = 1\ndef f():\n    return 3", False),
    ],
)
def test_comments_in_code_do_not_count(text: str, same: bool, tmp_path: Path) -> None:
    for name, source in (("one.py", "x = 1\ndef f():\n    return 2"), ("other.py", text)):
        (tmp_path / name).write_text(source, encoding="utf-8")
    assert (code_hash((tmp_path / "one.py",)) == code_hash((tmp_path / "other.py",))) is same
