"""Exit codes: 0 done, 1 facts or templates at fault, 2 wrong use or the machine; and the nearest right word."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click
import pytest
from conftest import Direct, Told, contents, request_for, write_template

from briefgen.build import build
from briefgen.cli.app import cli
from briefgen.cli.output import Command
from briefgen.publish.write import locked

MISUSES = {
    "a command": (["bild"], "No such command 'bild'. Did you mean 'build'?"),
    "an option": (["build", "--langg", "en"], "No such option '--langg'. Did you mean '--lang'?"),
    "a language": (["build", "--lang", "enn"], "the settings name no language 'enn'; did you mean 'en'?"),
    "a language by its name": (
        ["build", "--lang", "English"],
        "the settings name no language 'English'; did you mean 'en'?",
    ),
    "one of two languages": (["build", "--lang", "en,koo"], "the settings name no language 'koo'"),
    "a document": (["build", "--document", "at-a-glanse"], "did you mean 'at-a-glance'?"),
    "a format": (["build", "--format", "odt"], "'odt' is not one of 'html', 'pdf', 'docx'"),
    "a day": (["build", "--as-of", "21.11.2026"], "'21.11.2026' is not a day; write it like 2026-11-21"),
    "a day that is none": (["build", "--as-of", "2026-02-30"], "'2026-02-30' is not a day"),
    "a year of no calendar here": (["build", "--as-of", "9999-12-31"], "the year must lie between 1000 and 2999"),
    "a year before": (["explain", "ferry", "--as-of", "0001-01-01"], "the year must lie between 1000 and 2999"),
    "a folder": (["-C", "nowhere", "build"], "Directory 'nowhere' does not exist"),
    "a file for a folder": (["-C", "briefgen.toml", "build"], "'briefgen.toml' is a file"),
    "two of which one wins": (
        ["schedule", "print", "--systemd", "--cron"],
        "Invalid value for '--systemd': it excludes --cron; type one of them",
    ),
    "a day too many": (
        ["build", "--as-of", "2026-01-01", "--as-of", "2026-01-02"],
        "Invalid value for '--as-of': it counts once; type it once",
    ),
    "a folder too many": (["-C", ".", "--workspace", ".", "build"], "it counts once; type it once"),
    "no zone": (
        ["schedule", "print", "--tz", ""],
        "Invalid value for '--tz': it is empty; write a value, or leave it out",
    ),
    "a reason of blanks": (
        ["sources", "leave-out", "talks", "--as", " "],
        "Invalid value for '--as': it is empty",
    ),
    "facts as the place of editions": (
        ["build", "--out", "facts"],
        "Invalid value for --out: 'facts' lies in facts/, which a build reads; name another folder",
    ),
    "a folder of templates as the place of editions": (
        ["editions", "list", "--out", "./templates/../templates/a"],
        "lies in templates/, which a build reads",
    ),
    "no language": (["build", "--lang", "en", "--lang", ""], "Invalid value for '--lang': it is empty"),
    "no partnership": (["build", "sample", ""], "Invalid value for '[PARTNERSHIP]...': it is empty"),
    "a shell": (["completion", "powershell"], "'powershell' is not one of 'bash', 'zsh', 'fish'"),
}


@pytest.mark.parametrize("name", MISUSES)
def test_wrong_use_ends_with_2_and_the_right_word(name: str, told: Told, tiny: Path) -> None:
    arguments, said = MISUSES[name]
    done = told(*arguments, at=tiny)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_no_command_takes_the_last_of_two_in_silence() -> None:
    def every(group: click.Group) -> Iterator[click.Command]:
        yield group
        for each in group.commands.values():
            yield from every(each) if isinstance(each, click.Group) else [each]

    assert [each.name for each in every(cli) if not isinstance(each, Command)] == []


def test_a_flag_that_is_typed_twice_is_a_flag(told: Told, tiny: Path) -> None:
    assert told("schema", "--help", "--help", at=tiny).code == 0
    assert "there is no edition here" in told("editions", "list", "--json", "--json", at=tiny).err


def test_done_is_0(told: Told, tiny: Path) -> None:
    done = told("build", at=tiny)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("sample: edition 1, 1 document")
    assert "out/sample/editions/" in done.out
    again = told("build", at=tiny)
    assert (again.code, again.err) == (0, "")
    assert again.out.startswith("sample: nothing has changed since edition 1. Next expected change: 20")


def test_elements_too_deep_for_the_pdf_engine_are_told_in_words(told: Told, tiny: Path) -> None:
    write_template(tiny, "at-a-glance", "<div>" * 5_000)
    settings = tiny / "briefgen.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('"html"', '"pdf"'), encoding="utf-8")
    done = told("build", at=tiny)
    assert (done.code, done.out) == (1, "")
    assert "could not be rendered: elements stand hundreds deep within one another" in done.err


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-03-02", "on 2026-03-02 nothing was known yet"),
        ("1000-01-01", "on 1000-01-01 nothing was known yet"),
    ],
)
def test_nothing_to_brief_is_1(day: str, said: str, told: Told, tiny: Path) -> None:
    done = told("build", "--as-of", day, at=tiny)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert "help: the first source was published on 2026-03-03" in done.err


def test_the_last_day_that_facts_can_have_is_a_day(told: Told, tiny: Path) -> None:
    assert told("build", "--as-of", "2999-12-31", at=tiny).code == 0


def test_a_template_at_fault_is_1_with_its_line(told: Told, tiny: Path) -> None:
    write_template(tiny, "at-a-glance", "<p>\n{{ page.masthead.titel }}")
    done = told("build", at=tiny)
    assert done.code == 1
    assert done.err == (
        "templates/at-a-glance.html:5:18: error R401 'titel' is not known here; did you mean 'title'?\n"
        "     5 | {{ page.masthead.titel }}\n"
        "       |                  ^\n"
        "1 error. Nothing was written for sample; its editions are unchanged.\n"
    )


def test_out_may_be_given_from_here_from_there_and_from_the_root(told: Told, tiny: Path, tmp_path: Path) -> None:
    """A relative one is seen from the folder that -C names, like every path that is typed."""
    assert told("build", "--out", "elsewhere", at=tiny).code == 0
    assert (tiny / "elsewhere" / "sample" / "latest" / "at-a-glance.en.html").is_file()
    assert told("-C", "desk", "build", "--out", "other", at=tiny.parent).code == 0
    assert (tiny / "other" / "sample" / "latest").is_symlink()
    assert told("-C", tiny, "build", "--out", tmp_path / "abs", at=Path("/")).code == 0
    assert (tmp_path / "abs" / "sample" / "latest").is_symlink()
    assert contents(tiny / "out") == {}


def test_settings_that_are_wrong_are_quoted_from_their_own_file(told: Told, tiny: Path, tmp_path: Path) -> None:
    """Not from the file of the same name in the folder one happens to be in."""
    (tiny / "briefgen.toml").write_text('timezone = "Nowhere"\n', encoding="utf-8")
    (tmp_path / "briefgen.toml").write_text("# another desk\n", encoding="utf-8")
    done = told("-C", tiny / "facts", "check", at=tmp_path)
    assert (done.code, '1 | timezone = "Nowhere"\n' in done.err) == (1, True)


def test_the_workspace_is_found_from_a_folder_in_it(told: Told, tiny: Path) -> None:
    done = told("check", at=tiny / "facts")
    assert (done.code, done.err) == (0, "")


def test_one_partnership_at_fault_does_not_hold_up_the_other(told: Told, tiny: Path) -> None:
    text = (tiny / "facts" / "sample.yaml").read_text(encoding="utf-8")
    (tiny / "facts" / "other.yaml").write_text(
        text.replace("{id: sample,", "{id: other,").replace("act: requested", "act: reqested"), encoding="utf-8"
    )
    done = told("build", at=tiny)
    assert done.code == 1
    assert "facts/other.yaml" in done.err
    assert "Nothing was written for other; its editions are unchanged." in done.err
    assert done.out.startswith("sample: edition 1")
    assert (tiny / "out" / "sample" / "latest").is_symlink()
    assert not (tiny / "out" / "other").exists()


def test_a_partnership_may_be_named(told: Told, tiny: Path) -> None:
    assert told("build", "sample", at=tiny).code == 0
    done = told("build", "sampel", at=tiny)
    assert done.code == 1
    assert "there is no facts file 'sampel'" in done.err
    assert "did you mean 'sample'?" in done.err


def test_another_build_under_way_is_2(told: Told, tiny: Path) -> None:
    with locked(tiny / "out" / "sample"):
        done = told("build", at=tiny)
    assert (done.code, done.out) == (2, "")
    assert "error P501 another build of this partnership is running\n    help: wait until it ends\n" in done.err


def test_a_wrong_clock_is_2(told: Told, tiny: Path) -> None:
    later = date(9999, 1, 1)
    build(request_for(tiny, later, later), Direct())
    before = contents(tiny / "out")
    done = told("build", at=tiny)
    assert (done.code, done.out) == (2, "")
    assert "error P503 the newest edition is of 9999-01-01, which lies ahead of today" in done.err
    assert "help: set this machine's clock" in done.err
    assert contents(tiny / "out") == before


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ('formats = ["html", "odt"]', "'odt' is none of the formats"),
        ("formats = []", "'formats' names none; nothing would be made"),
        ('documents = ["at-a-glance", "at-a-glance"]', "'documents' names one twice"),
        ('documents = ["at-a-glanse"]', "did you mean 'at-a-glance'?"),
        ('documents = ["../x"]', "'../x' is none of the documents"),
        ('timezone = "Asia/Soul"', "did you mean 'Asia/Seoul'?"),
        ("seconds_per_document = 0", "'seconds_per_document' must lie between 1 and"),
        ("megabytes_per_document = -1", "'megabytes_per_document' must lie between"),
        ('langages = ["en"]', "the key 'langages' is not known here"),
        ("formats = [", "cannot be read"),
    ],
)
def test_wrong_settings_are_told_with_their_line(settings: str, said: str, told: Told, tiny: Path) -> None:
    (tiny / "briefgen.toml").write_text(f"{settings}\n", encoding="utf-8")
    done = told("build", at=tiny)
    assert (done.code, done.out) == (1, "")
    assert said in done.err
    assert done.err.startswith("briefgen.toml:")
    assert contents(tiny / "out") == {}
