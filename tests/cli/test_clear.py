"""Clearance: an edition is a draft until somebody clears just these facts; every deed stays on record."""

import json
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import pytest
from conftest import STATEMENTS, Direct, Ended, Told, contents, write_template

from briefgen.publish import latest
from briefgen.tools import building

RECORD = Path("facts") / "clearances" / "sample.jsonl"
SENTENCE = "Open the ferry route all year round"


@pytest.fixture
def desk(tiny: Path) -> Path:
    """A workspace whose editions need clearance, and whose one page says how it stands with it."""
    with (tiny / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write('clearance = "required"\n')
    write_template(
        tiny,
        "at-a-glance",
        "<p>[{{ page.masthead.draft }}] [{{ page.masthead.notice }}] [{{ page.masthead.cleared }}]</p>" + STATEMENTS,
    )
    return tiny


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs a cleared edition makes it, for the others to copy."""
    return tmp_path_factory.mktemp("cleared") / "desk"


@pytest.fixture
def cleared(model: Path, desk: Path, told: Told, tmp_path: Path) -> Path:
    """The same, where Ada Holm has cleared the first edition."""
    if not model.exists():
        assert told("build", at=desk).code == told("clear", "--by", "Ada Holm", at=desk).code == 0
        desk.rename(model)
    return copytree(model, tmp_path / "cleared", symlinks=True)


@pytest.fixture(autouse=True)
def no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendering is not what is tested here: it is done here and now."""
    monkeypatch.setattr(building, "executor_for", lambda *_: nullcontext(Direct()))


def page(desk: Path, folder: str = "latest") -> str:
    """What the page says of its clearance."""
    text = (desk / "out" / "sample" / folder / "at-a-glance.en.html").read_text(encoding="utf-8")
    return text.partition("<p>")[2].partition("</p>")[0]


def deeds(desk: Path) -> list[tuple[str, str, str]]:
    lines = (desk / RECORD).read_text(encoding="utf-8").splitlines()
    return [(said["deed"], said["by"], said["edition"]) for said in map(json.loads, lines)]


def draft(desk: Path) -> tuple[str, bool]:
    """The newest edition's name, and whether it is one."""
    newest = latest(desk / "out" / "sample")
    assert newest is not None
    assert newest.whole
    return newest.manifest.name, newest.manifest.draft


def reword(desk: Path) -> None:
    facts = desk / "facts" / "sample.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace(SENTENCE, "Open the route in winter"), encoding="utf-8")


DRAFT = "[Draft, not cleared] [Draft, not cleared] []"


def test_without_the_setting_nothing_is_a_draft_and_nothing_can_be_cleared(told: Told, tiny: Path) -> None:
    assert told("build", at=tiny).code == 0
    assert draft(tiny) == ("1", False)
    done = told("clear", "--by", "Ada Holm", at=tiny)
    assert done.code == 2
    assert 'with clearance = "required" in the settings' in done.err
    assert not (tiny / RECORD).exists()


def test_an_edition_is_a_draft_until_it_is_cleared_and_then_says_by_whom(told: Told, desk: Path) -> None:
    built = told("build", at=desk)
    assert built.out.startswith("sample: edition 1 (draft, not cleared), 1 document")
    assert (page(desk), draft(desk)) == (DRAFT, ("1", True))
    done = told("clear", "--by", "  Ada \n Holm ", at=desk)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        f"sample: edition 1 cleared by Ada Holm; recorded in {RECORD}.\nsample: edition 1r2, 1 doc"
    )
    assert page(desk).startswith("[] [] [Cleared by Ada\u00a0Holm on ")
    assert draft(desk) == ("1r2", False)
    assert deeds(desk) == [("cleared", "Ada Holm", "1")]
    assert told("build", at=desk).out.startswith("sample: nothing has changed since edition 1r2.")
    first = next((desk / "out" / "sample" / "editions").glob("*-1"))
    assert page(desk, f"editions/{first.name}") == DRAFT


def test_any_change_of_a_fact_makes_it_a_draft_again_and_changing_back_does_not(told: Told, cleared: Path) -> None:
    before = (cleared / "facts" / "sample.yaml").read_bytes()
    reword(cleared)
    assert told("build", at=cleared).code == 0
    assert (page(cleared), draft(cleared)) == (DRAFT, ("2", True))
    (cleared / "facts" / "sample.yaml").write_bytes(before)
    assert told("build", at=cleared).code == 0
    assert draft(cleared) == ("3", False)


def test_a_change_of_a_status_does_so_too(told: Told, cleared: Path) -> None:
    assert told("build", "--as-of", "2026-04-01", at=cleared).code == 0
    assert page(cleared, "as-of/2026-04-01").startswith("[Draft, not cleared] [Draft, not cleared · Reconstruction")


def test_a_part_is_cleared_with_its_facts(told: Told, desk: Path) -> None:
    told("build", at=desk)
    with (desk / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write("due_soon_days = 91\n")
    told("build", "--format", "html", at=desk)
    told("clear", "--by", "Ada Holm", at=desk)
    write_template(desk, "other", "<p>[{{ page.masthead.cleared }}]</p>")
    text = (desk / "briefgen.toml").read_text(encoding="utf-8")
    (desk / "briefgen.toml").write_text(text.replace('["at-a-glance"]', '["at-a-glance", "other"]'), encoding="utf-8")
    assert told("build", "--document", "at-a-glance", at=desk).code == 0
    (part,) = (desk / "out" / "sample" / "partial").iterdir()
    assert page(desk, f"partial/{part.name}").startswith("[] [] [Cleared by Ada\u00a0Holm on ")


def test_a_withdrawal_makes_it_a_draft_and_takes_nothing_from_the_record(told: Told, cleared: Path) -> None:
    done = told("clear", "--withdraw", "--by", "Bo Lind", at=cleared)
    assert done.code == 0
    assert done.out.startswith("sample: clearance of edition 1r2 withdrawn by Bo Lind")
    assert (page(cleared), draft(cleared)) == (DRAFT, ("1r3", True))
    assert deeds(cleared) == [("cleared", "Ada Holm", "1"), ("withdrawn", "Bo Lind", "1r2")]
    again = told("clear", "--withdraw", "--by", "Bo Lind", at=cleared)
    assert "edition 1r3 is not cleared, so there is nothing to withdraw" in again.out
    assert len(deeds(cleared)) == 2
    told("clear", "--by", "Cai", at=cleared)
    assert page(cleared).startswith("[] [] [Cleared by Cai on ")


def test_to_clear_twice_is_said_once_and_another_name_counts(told: Told, cleared: Path) -> None:
    assert "was already cleared by Ada Holm on " in told("clear", "--by", "Ada Holm", at=cleared).out
    assert len(deeds(cleared)) == 1
    told("clear", "--by", "Cai", at=cleared)
    assert page(cleared).startswith("[] [] [Cleared by Cai on ")


def test_an_earlier_edition_is_cleared_and_the_newest_stays_a_draft(told: Told, desk: Path) -> None:
    told("build", at=desk)
    reword(desk)
    told("build", at=desk)
    before = contents(desk / "out")
    done = told("clear", "1", "--by", "Ada Holm", at=desk)
    assert (done.code, done.err) == (0, "")
    assert "the newest edition says something else, so it stays as it is" in done.out
    assert contents(desk / "out") == before


def refusals(told: Told, desk: Path) -> dict[str, Ended]:
    told("build", at=desk)
    return {
        "name": told("clear", "--by", " ", at=desk),
        "long name": told("clear", "--by", "A" * 201, at=desk),
        "edition": told("clear", "7", "--by", "Ada", at=desk),
        "partnership": told("clear", "--partnership", "sampel", "--by", "Ada", at=desk),
    }


def test_what_cannot_be_cleared_is_told_and_nothing_is_recorded(told: Told, desk: Path) -> None:
    found = refusals(told, desk)
    assert {name: ended.code for name, ended in found.items()} == {
        "name": 2,
        "long name": 2,
        "edition": 1,
        "partnership": 1,
    }
    assert "Invalid value for '--by': it is empty; write a value\n" in found["name"].err
    assert "error W009 there is no edition '7'" in found["edition"].err
    assert "did you mean 'sample'?" in found["partnership"].err
    assert not (desk / RECORD).exists()


def test_a_number_alone_means_what_the_list_calls_so(told: Told, cleared: Path) -> None:
    told("clear", "1", "--by", "Cai", at=cleared)
    told("clear", "1r2", "--by", "Dan", at=cleared)
    assert [edition for _, _, edition in deeds(cleared)] == ["1", "1", "1r2"]


def test_a_reconstruction_tells_no_clearance_of_a_later_day(told: Told, cleared: Path) -> None:
    newest = latest(cleared / "out" / "sample")
    assert newest is not None
    yesterday = newest.manifest.as_of - timedelta(1)
    told("build", "--as-of", str(yesterday), at=cleared)
    assert page(cleared, f"as-of/{yesterday}").startswith("[Draft, not cleared] [Draft, not cleared · ")
    assert page(cleared, f"as-of/{yesterday}").endswith("[]")


def test_a_damaged_edition_is_not_cleared(told: Told, desk: Path) -> None:
    told("build", at=desk)
    (desk / "out" / "sample" / "latest" / "at-a-glance.en.html").write_text("something else", encoding="utf-8")
    done = told("clear", "--by", "Ada Holm", at=desk)
    assert done.code == 2
    assert "edition 1 is damaged: at-a-glance.en.html" in done.err
    assert not (desk / RECORD).exists()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("cleared by Ada", "it is no JSON, or only a part of it"),
        ("[]", "a list ([...]) stands where an object ({...}) is expected"),
        ("[" * 100_000, "a list ([...]) stands where an object ({...}) is expected"),
        ("{}", "the key 'deed' is missing"),
        ('{"deed": 1}', "a whole number stands where a text is expected (in deed)"),
        ('{"deed": "cleared", "by": "A", "on": "2026-02-30"}', "it has no valid RFC3339 encoded date (in on)"),
        (
            '{"deed": "praised", "by": "A", "on": "2026-11-22", "edition": "1", "facts_sha256": "0"}',
            "it has no valid enum value 'praised' (in deed)",
        ),
        ("\udcff", "it is not UTF-8 text"),
    ],
)
def test_a_record_that_cannot_be_read_stops_the_build_at_its_line(
    told: Told, cleared: Path, line: str, why: str
) -> None:
    with (cleared / RECORD).open("a", encoding="utf-8", errors="surrogateescape") as record:
        record.write(f"{line}\n")
    before = contents(cleared / "out")
    done = told("build", at=cleared)
    place = f"{RECORD}:2:1" if line == "\udcff" else f"{RECORD}:2"
    assert done.code == 1
    assert done.err.startswith(f"{place}: error W008 the record of clearances cannot be read here: {why}\n"), done.err
    checked = told("check", at=cleared)
    assert (checked.code, f"{place}: error W008 " in checked.err) == (1, True)
    assert contents(cleared / "out") == before


def test_the_record_is_no_facts_file(told: Told, cleared: Path) -> None:
    done = told("check", at=cleared)
    assert (done.code, done.err) == (0, "")


def test_a_rollback_outlasts_a_clearance(told: Told, desk: Path) -> None:
    """What readers were led back to stays before them: the record says who cleared it, and no newer edition comes."""
    told("build", at=desk)
    reword(desk)
    told("build", at=desk)
    assert told("editions", "rollback", "1", at=desk).code == 0
    done = told("clear", "--by", "Ada Holm", at=desk)
    assert done.code == 0
    ending = "to end it: briefgen editions release sample\n"
    assert done.out.endswith(f"a rollback holds, so its pages stay as they are; {ending}")
    assert deeds(desk) == [("cleared", "Ada Holm", "1")]
    assert told("build", at=desk).code == 0
    assert draft(desk) == ("1", True)


def test_a_record_may_begin_with_a_byte_order_mark(told: Told, cleared: Path) -> None:
    """As some editors save it."""
    (cleared / RECORD).write_text((cleared / RECORD).read_text(encoding="utf-8"), encoding="utf-8-sig")
    assert told("build", at=cleared).code == 0
