"""Each run is reported: in JSON, in words, and to the command of its hook."""

import errno
import json
import os
import re
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import pytest

from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.tools.schedule import report
from briefgen.tools.schedule.report import Called, Kind, RunOutcome, call, subject, summary, words
from briefgen.tools.schedule.runner import Build

from .plans import NOW, Builds, Reports, edition, outcome, plan

FAULT = Finding(Location("facts/vn-kr.yaml", 42, 7), "F002", "'amout' is no field", hint="did you mean 'amount'?")


def _failed(*findings: Finding, **other: Any) -> RunOutcome:
    return outcome(Kind.FAILED, **{"findings": findings} | other)


NO_EDITION = {"edition": None, "partnership": ""}
"""A run that failed before any partnership was known."""


def _run(tmp_path: Path, build: Build, **hooks: str) -> tuple[int, Reports]:
    reports = Reports()
    asked = plan("Mon 07:00", workspace=tmp_path, **hooks)
    return reports.runner(asked, tmp_path / "state", build).run_now(NOW), reports


def test_a_run_is_one_line_of_json_and_one_for_people(tmp_path: Path) -> None:
    folder = tmp_path / "editions" / "2026-11-23-8"
    made = edition(folder, ("a.pdf", "b.pdf", "briefing.json"), next_change=date(2026, 12, 31))
    code, reports = _run(tmp_path, Builds([outcome(edition=made)]))
    assert code == 0
    assert (tmp_path / "state" / "runs.jsonl").read_text(encoding="utf-8").splitlines() == reports.records
    said = json.loads(reports.records[0])
    assert said.pop("seconds") < 5
    assert said == {
        "at": "2026-11-22T11:00:00+09:00",
        "due": None,
        "missed": 0,
        "partnership": "vn-kr",
        "outcome": "new edition",
        "edition": 8,
        "revision": 1,
        "folder": str(folder),
        "documents": 2,
        "exit_code": 0,
        "next_change": "2026-12-31",
        "why": [],
        "called": None,
    }
    assert reports.messages == [
        "2026-11-22 11:00 +09:00 vn-kr: edition 8 is new, 2 documents (0.0 s). Next expected change: 2026-12-31."
    ]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (outcome(Kind.REVISION, edition=edition(revision=2)), "vn-kr: revision 2 of edition 8, 0 documents"),
        (outcome(Kind.NOTHING), "vn-kr: nothing has changed since edition 8"),
        (_failed(FAULT), "vn-kr: FAILED, edition 8 is unchanged: facts/vn-kr.yaml:42:7: error F002"),
        (_failed(FAULT, edition=None), "vn-kr: FAILED, there is no edition yet: facts/vn-kr.yaml:42:7: error F002"),
        (_failed(FAULT, **NO_EDITION), "all: FAILED, nothing was changed: facts/vn-kr.yaml:42:7: error F002"),
    ],
)
def test_each_outcome_in_words(made: RunOutcome, said: str, tmp_path: Path) -> None:
    _, reports = _run(tmp_path, Builds([made]))
    assert said in reports.messages[0]


def test_the_exit_code_is_the_highest(tmp_path: Path) -> None:
    trouble = Finding(Location("out"), "P502", "no space left")
    code, reports = _run(tmp_path, Builds([outcome(), _failed(FAULT), outcome(), _failed(trouble), outcome()]))
    assert code == 2
    assert [json.loads(line)["exit_code"] for line in reports.records] == [0, 1, 0, 2, 0]


@pytest.mark.parametrize(
    ("raised", "code", "why"),
    [
        (FindingsError([FAULT]), 1, "facts/vn-kr.yaml:42:7: error F002 'amout' is no field"),
        (OSError(28, "No space left on device", "/desk/out"), 2, "/desk/out: error P500 No space left on device"),
        (
            ZeroDivisionError("no"),
            2,
            "briefgen: error P522 the program itself failed: ZeroDivisionError: no (test_hooks.py:",
        ),
    ],
)
def test_whatever_happens_is_reported(raised: Exception, code: int, why: str, tmp_path: Path) -> None:
    def build() -> Iterable[RunOutcome]:
        yield outcome()
        raise raised

    ended, reports = _run(tmp_path, build, on_failure="sh -c 'cat >told'")
    assert ended == code
    (told,) = json.loads(reports.records[1])["why"]
    assert told.startswith(why)
    assert "could not be made" in (tmp_path / "told").read_text(encoding="utf-8")
    assert ("Traceback" in "".join(reports.messages)) == ("P522" in why)


def test_a_summary_of_a_new_edition_can_be_read_by_anybody(tmp_path: Path) -> None:
    made = edition(tmp_path, ("at-a-glance.en.pdf",), next_change=date(2026, 12, 31))
    (tmp_path / "briefing.json").write_text('{"parties": {"VN": "Viet Nam", "KR": "Republic of Korea"}}', "utf-8")
    changes = {"Corrected": ("Trade in 2024 (86 → 87)",), "New": ("A visit in May", "A pledge")}
    (coming,) = plan("Mon 07:00").upcoming(NOW)
    assert summary(outcome(edition=made, changes=changes), Path("/desk"), coming) == (
        "Viet Nam – Republic of Korea: edition 8 of 23 November 2026 is ready\n"
        "\n"
        "What changed since the previous edition: 1 corrected, 2 new.\n"
        "\n"
        "Corrected:\n"
        "- Trade in 2024 (86 → 87)\n"
        "\n"
        "New:\n"
        "- A visit in May\n"
        "- A pledge\n"
        "\n"
        "The documents:\n"
        f"  {tmp_path}/at-a-glance.en.pdf\n"
        "\n"
        "Something will change by itself on 31 December 2026.\n"
        "The next scheduled run is on 23 November 2026 at 07:00 (+09:00).\n"
    )


def test_the_subject_of_a_revision_says_that_it_is_a_draft() -> None:
    made = outcome(Kind.REVISION, edition=edition(revision=2, draft=True))
    assert subject(made) == "vn-kr: edition 8 is published again (revision 2: wording or look) (draft, not cleared)"


def test_a_summary_of_a_failure_says_where_and_what_to_do() -> None:
    made = edition(Path("/desk/out/vn-kr/editions/2026-11-16-7"), edition=7)
    assert summary(_failed(FAULT, edition=made), Path("/desk"), None) == (
        "vn-kr: the briefing could not be made; edition 7 is still in place\n"
        "\n"
        "Nothing was published, and nothing was lost: readers still have the previous edition.\n"
        "  /desk/out/vn-kr/editions/2026-11-16-7\n"
        "\n"
        "What is wrong (1):\n"
        "- facts/vn-kr.yaml:42:7\n"
        "  'amout' is no field (F002)\n"
        "  Help: did you mean 'amount'?\n"
        "\n"
        "What to do:\n"
        "  In the folder /desk, open the file named above at that line and correct it.\n"
        "  To see whether all is well: briefgen check. To make the briefing at once: briefgen build.\n"
    )
    machine = summary(_failed(Finding(Location("out"), "P502", "no space left"), **NO_EDITION), Path("/desk"), None)
    assert "The machine is at fault, not the facts." in machine
    assert "nothing was lost: everything is as it was.\n" in machine


def test_many_changes_and_findings_are_counted_not_listed() -> None:
    lines = tuple(f"line {number}" for number in range(60))
    text = summary(outcome(changes={"New": lines, "Updated": lines}), Path("/desk"), None)
    assert text.count("- line") == 40
    assert "- and 20 more; the documents list them all" in text
    assert "- and 60 more; the documents list them all" in text
    text = summary(_failed(*[FAULT] * 50), Path("/desk"), None)
    assert text.count("- facts/vn-kr.yaml:42:7") == 20
    assert "- and 30 more" in text


@pytest.mark.parametrize(
    ("briefing", "name"),
    [('{"parties": {"NL": "Northland", "SL": "Southland"}}', "Northland – Southland"), ("[]", "vn-kr")],
)
def test_the_name_for_people_is_read_from_the_edition(briefing: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "briefing.json").write_text(briefing, encoding="utf-8")
    assert subject(outcome(edition=edition(tmp_path))) == f"{name}: edition 8 of 23 November 2026 is ready"


def test_two_partnerships_of_the_same_parties_are_told_apart(tmp_path: Path) -> None:
    briefing = json.dumps({"parties": {"NL": "Northland", "SL": "Southland"}})
    for name in ("one", "two"):
        for folder in (tmp_path / name / "editions" / "2026-11-23-8", tmp_path / name / "latest"):
            folder.mkdir(parents=True)
            (folder / "briefing.json").write_text(briefing, encoding="utf-8")
    made = edition(tmp_path / "one" / "editions" / "2026-11-23-8", partnership="one")
    assert subject(outcome(edition=made)).startswith("Northland – Southland (one): ")
    (tmp_path / "two" / "latest" / "briefing.json").write_text("{}", encoding="utf-8")
    assert subject(outcome(edition=made)).startswith("Northland – Southland: ")


def test_the_command_gets_subject_summary_and_environment(tmp_path: Path) -> None:
    line = """sh -c 'read -r subject; echo "<$subject>" >subject; cat >body; env >env'"""
    _, reports = _run(tmp_path, Builds([outcome(edition=edition(tmp_path))]), on_change=line, on_failure="false")
    assert (tmp_path / "subject").read_text(encoding="utf-8") == "<vn-kr: edition 8 of 23 November 2026 is ready>\n"
    assert (tmp_path / "body").read_text(encoding="utf-8").startswith("\n")
    told = [line for line in (tmp_path / "env").read_text(encoding="utf-8").splitlines() if "BRIEFGEN_" in line]
    assert sorted(told) == [
        "BRIEFGEN_AS_OF=2026-11-23",
        "BRIEFGEN_EDITION=8",
        "BRIEFGEN_EXIT_CODE=0",
        f"BRIEFGEN_FOLDER={tmp_path}",
        "BRIEFGEN_OUTCOME=new-edition",
        "BRIEFGEN_PARTNERSHIP=vn-kr",
        "BRIEFGEN_REVISION=1",
        "BRIEFGEN_SUBJECT=vn-kr: edition 8 of 23 November 2026 is ready",
        f"BRIEFGEN_WORKSPACE={tmp_path}",
    ]
    assert json.loads(reports.records[0])["called"] == "sh: done"


@pytest.mark.parametrize(
    ("made", "called"),
    [
        (outcome(), "change"),
        (outcome(Kind.REVISION), "change"),
        (outcome(Kind.NOTHING), ""),
        (outcome(Kind.HELD), ""),
        (_failed(FAULT), "failure"),
    ],
)
def test_which_command_is_called_when(made: RunOutcome, called: str, tmp_path: Path) -> None:
    _run(tmp_path, Builds([made]), on_change="touch change", on_failure="touch failure")
    assert [path.name for path in tmp_path.iterdir() if path.name != "state"] == [called] * bool(called)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("true", "true: done"),
        ("sh -c 'echo first; echo no such mailbox >&2; exit 3'", "sh, which failed with exit code 3 (no such mailbox)"),
        ("briefgen-no-such-command", "'briefgen-no-such-command', which cannot be run: No such file or directory"),
        ("sh -c 'unclosed", '"sh -c \'unclosed", which cannot be run: No closing quotation'),
        ("echo $HOME `id`", "echo: done"),
        ("sh -c 'kill -9 $$'", "sh, which was ended by signal 9"),
    ],
)
def test_what_becomes_of_a_command(line: str, said: str, tmp_path: Path) -> None:
    assert call(line, "text\n" * 50_000, os.environ, tmp_path).words.startswith(said)


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("echo hi > file", ">"),
        ("echo hi >file", ">file"),
        ("run 2>&1", "2>&1"),
        ("a | b", "|"),
        ("a && b", "&&"),
        ("a; b", "a;"),
        ("a < b", "<"),
    ],
)
def test_what_only_a_shell_could_do_is_refused(line: str, sign: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape(f"to which {sign} is a word like others; write: sh -c '...'")):
        words(line)
    assert "cannot be run" in call(line, "", os.environ, tmp_path).words


@pytest.mark.parametrize(
    "line", ["curl http://x/?a=1&b=2", "sh -c 'a > b; c'", 'echo "a > b"', "touch $HOME;a", "a #b"]
)
def test_what_is_a_word_with_or_without_a_shell_stays(line: str) -> None:
    assert words(line)


def test_no_shell_reads_the_command(tmp_path: Path) -> None:
    call("touch $HOME;a", "", os.environ, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["$HOME;a"]


def test_a_command_that_hangs_is_ended_with_all_it_started(tmp_path: Path) -> None:
    started = time.monotonic()
    said = call("sh -c 'sleep 60 & echo $! >child; wait'", "", os.environ, tmp_path, seconds=0.3).words
    assert time.monotonic() - started < 40
    assert said == "sh, which was stopped after 0.3 s"
    child = Path("/proc") / (tmp_path / "child").read_text(encoding="utf-8").strip() / "stat"
    for _ in range(100):
        if not child.exists() or child.read_text(encoding="utf-8").split()[2] == "Z":
            return
        time.sleep(0.02)
    pytest.fail("its child still runs")


def test_what_a_command_leaves_running_keeps_nobody_waiting(tmp_path: Path) -> None:
    started = time.monotonic()
    assert call("sh -c 'sleep 5 & echo started'", "", os.environ, tmp_path) == Called("sh: done")
    assert time.monotonic() - started < 4


def test_a_command_that_writes_without_end_fills_no_disk(tmp_path: Path) -> None:
    ended = call("yes", "", os.environ, tmp_path)
    assert ended.words == "yes, which was stopped as it had written more than 10,000,000 bytes"
    assert ended.failed


def test_of_much_that_a_command_wrote_the_end_is_kept(tmp_path: Path) -> None:
    ended = call("sh -c 'seq 200000; printf ünd; exit 1'", "", os.environ, tmp_path)
    assert ended.words.endswith("exit code 1 (ünd)")
    assert ended.output.endswith("\n199999\n200000\nünd")
    assert len(ended.output) == 4000


def test_where_no_folder_takes_a_temporary_file_a_command_is_called_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_usable() -> NoReturn:
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(report, "TemporaryFile", none_usable)
    assert call("touch done", "", os.environ, tmp_path) == Called("touch: done")
    assert call("sh -c 'echo why; exit 1'", "", os.environ, tmp_path).words == "sh, which failed with exit code 1"
    assert (tmp_path / "done").exists()


def test_a_command_that_reads_late_is_told_all(tmp_path: Path) -> None:
    text = "a line of the summary\n" * 10_000
    assert call("sh -c 'sleep 0.3; cat >told'", text, os.environ, tmp_path) == Called("sh: done")
    assert (tmp_path / "told").read_text(encoding="utf-8") == text
