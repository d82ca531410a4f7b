"""`briefgen fact add`, `sources show`, `sources leave-out`: a curator types what only a person knows, and no more."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from conftest import Program, changed, contents

from briefgen.model.facts import Act
from briefgen.read.workspace import find_workspace
from briefgen.tools.new_fact import new_id, open_notes
from briefgen.tools.source_lines import find_record

NOTE = (
    "Northport, 4 May 2026. The ministers of both countries spoke by telephone.\n"
    "Minister Ada Holm pledged to set aside 7 million USD by 2028 for the ferry.\n"
    "Photo: Ada Holm\n"
    "The next Straits Summit will be held in Northland on 3 May.\n"
)
PLEDGE = (
    "fact", "add", "note:L2", "--kind", "statement", "--text", "Set aside {amount} for the ferry", "--theme", "trade",
    "--by", "SL", "--act", "announced", "--speaker", "ada-holm", "--to", "none", "--value", "due=by",
    "--digest", "Southland sets money aside.",
)  # fmt: skip


def _instead(option: str, value: str) -> tuple[str, ...]:
    """The pledge with another value of an option."""
    at = PLEDGE.index(option) + 1
    return (*PLEDGE[:at], value, *PLEDGE[at + 1 :])


@pytest.fixture
def desk(starter: Path, program: Program) -> Path:
    (starter / "seeds/originals/note.txt").write_text(NOTE, encoding="utf-8")
    program("sources", "add", "seeds/originals/note.txt", "--lang", "en", at=starter)
    return starter


def test_one_command_writes_the_fact_and_what_its_line_says(desk: Path, program: Program) -> None:
    done = program(*PLEDGE, at=desk)
    assert (done.code, done.err) == (0, "")
    assert done.out == "facts/sample.yaml: statement aside-ferry; seeds/note.yaml: line 2.\nNo findings.\n"
    assert (desk / "facts/sample.yaml").read_text(encoding="utf-8").endswith(
        "  - id: aside-ferry\n    text: Set aside {amount} for the ferry\n    theme: trade\n    cites: [note:L2]\n"
        "    by: [SL]\n    speaker: ada-holm\n    act: announced\n    due: {value: 2028, cite: note:L2#by}\n"
        "    values:\n      amount: {value: 7 million USD, cite: note:L2#amount}\n"
    )  # fmt: skip
    (entry,) = (each for each in find_record(find_workspace(desk), "note").value["lines"] if each["line"] == "2")
    assert entry["digest"] == "Southland sets money aside."
    said = {"facts": ["aside-ferry"], "by": ["SL"], "speaker": "ada-holm", "act": "announced"}
    assert entry["says"] == [said]


def test_of_words_that_a_line_has_twice_it_is_said_which_are_meant(starter: Path, program: Program) -> None:
    pledged = "Minister Ada Holm pledged 7 million USD in March 2027 and 9 million USD in March 2027."
    note = f"Northport, 4 May 2026.\n{pledged}\n"
    (starter / "seeds/originals/note.txt").write_text(note, encoding="utf-8")
    program("sources", "add", "seeds/originals/note.txt", "--lang", "en", at=starter)
    words = (*_instead("--value", "due=2027-03 as March 2027"), "--value", "amount=7 million USD")
    asked = program(*words, "--settled", at=starter)
    assert "error V714" in asked.err
    (hint,) = re.findall("say which is meant: '(.*)'", asked.err)
    done = program(*(f"due={hint}" if each.startswith("due=") else each for each in words), "--settled", at=starter)
    assert (done.code, done.err) == (0, "")
    assert "due: {value: 2027-03, as: March 2027, which: 2}" in (starter / "seeds/note.yaml").read_text("utf-8")


def test_a_body_may_say_it_and_be_addressed(desk: Path, program: Program) -> None:
    changed(desk / "facts/sample.yaml", "\nthemes:", "\nbodies:\n  fund: {name: Ferry Fund}\n\nthemes:")
    words = ["fund" if word in ("SL", "ada-holm", "none") else word for word in PLEDGE]
    assert "statement aside-ferry;" in program(*words, at=desk).out
    assert "    by: [fund]\n    speaker: fund\n    to: [fund]\n" in (desk / "facts/sample.yaml").read_text("utf-8")


def test_a_second_fact_of_the_same_words_joins_the_first_in_the_record(desk: Path, program: Program) -> None:
    program(*PLEDGE, at=desk)
    assert program(*PLEDGE, at=desk).code == 0
    (entry,) = (each for each in find_record(find_workspace(desk), "note").value["lines"] if each["line"] == "2")
    assert [each["facts"] for each in entry["says"]] == [["aside-ferry", "aside-ferry-2"]]


def test_what_only_a_person_knows_is_named_and_never_guessed(desk: Path, program: Program) -> None:
    before = contents(desk)
    done = program(*PLEDGE[:9], at=desk)
    assert done.code == 2
    acts = ", ".join(Act)
    asked = f"--by (NL, SL, none), --act ({acts}), --speaker (ada-holm, none), --to (NL, SL, none), --digest"
    assert f"there is no terminal to ask on, and these options are missing: {asked}" in " ".join(done.err.split())
    assert contents(desk) == before


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("--act=anounced", "--act 'anounced' is not known; did you mean 'announced'?"),
        ("--speaker=ada", "--speaker 'ada' is not known; known here: ada-holm, none"),
        ("--value=due=amout", "line 2 has no figure 'amout'; it has amount (7 million USD), by (2028)"),
        ("--value=due=2 May", "'2 May' has no words of the source"),
        ("--value=share=40 % as 40 per cent", "error V704 the words '40 per cent' are not in the line"),
        ("--value=when=31 as 2028", "'31' is no date"),
        ("--value=amount=7 million EUR as 7 million", "line 2 has a figure 'amount' already: 7 million USD"),
        ("--set=sumit=straits", "error F002 the key 'sumit' is not known here\n    help: did you mean 'summit'?"),
        ("--set=rank", "--set 'rank': write KEY=VALUE, such as form=talks"),
        ("--id=Ferry", "'Ferry' is no id"),
        ("--id=ferry", "the id 'ferry' is taken"),
        ("--set=id=other", "'id' is filled in already"),
        ("--set=text.en=Ferry", "'text' is filled in already"),
        ("--set=cites.0=note:L1", "'cites' is filled in already"),
        ("--set=values=none", "'amount' has no place in 'none'"),
        ("--set=answers.x=ferry", "error F004 'answers': a list is expected here"),
        ("--theme=trad", "--theme 'trad' is not known; did you mean 'trade'?"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_told_and_changes_nothing(
    desk: Path, program: Program, option: str, told: str
) -> None:
    before = contents(desk)
    name, _, value = option.partition("=")
    counts_once = name in ("--act", "--speaker", "--theme")
    done = program(*(_instead(name, value) if counts_once else (*PLEDGE, option)), at=desk)
    assert done.code in (1, 2)
    assert " ".join(told.split()) in " ".join(done.err.replace("│", " ").split())
    assert contents(desk) == before


def test_figures_that_the_draft_has_not_read_come_with_their_words_or_their_reason(
    desk: Path, program: Program
) -> None:
    summit = ["fact", "add", "note:L4", "--kind=summit", "--text=Straits Summit in {host}", "--theme=political"]
    more = ("--set", "series=straits", "--value", "host=@NL as Northland", "--digest", "Northland hosts the next one.")
    when = ("--value", "when=2027-05-03 because the one of 2026 was in October, as the note of March says")
    done = program(*summit, *more, *when, at=desk)
    assert (done.code, "--settled (the draft asks: 3 May (--05-03): a date without its year)" in done.err) == (2, True)
    done = program(*summit, *more, *when, "--settled", at=desk)
    assert (done.code, done.err) == (0, "")
    shown = program("sources", "show", "note:L4", at=desk).out
    assert "figure host: @NL  ‹Northland›" in shown
    assert "derived when: 2027-05-03, because the one of 2026" in shown
    assert "undecided" not in shown
    assert "cited by: straits-summit-2\n" in shown


def test_a_value_with_its_words_answers_the_note_of_the_draft(starter: Path, program: Program) -> None:
    text = "Nilai perdagangan 1,8 miliar dolar AS dan 18 proyek, tahun lalu 8 dengan US$ 5 juta pada.\n"
    (starter / "seeds/originals/dua.txt").write_text(text, encoding="utf-8")
    assert program("sources", "add", "seeds/originals/dua.txt", "--lang", "id", at=starter).code == 0
    add = ("fact", "add", "dua:L1", "--kind=figure", "--text=Trade", "--theme=trade", "--digest=Trade.")
    values = ("--value=value=1.8 billion USD as 1,8 miliar dolar AS", "--value=period=2025 because it says last year")
    refused = program(*add, *values, at=starter)
    assert refused.code == 2
    asked = " ".join(refused.err.split())
    assert "1,8 miliar" not in asked
    assert "the draft asks: 18 (18): a number without a unit: of what?; 8 (8)" in asked
    program(
        *add, *values, "--value=projects=18 projects as 18 proyek", "--value=money=US$ 5 juta", "--settled", at=starter
    )
    record = find_record(find_workspace(starter), "dua").value
    assert record["lines"][0]["figures"]["money"] == {"value": "5 million USD", "as": "US$ 5 juta"}
    assert "undecided:\n" not in (starter / "seeds/dua.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("note", "value", "answered"),
    [
        ("do 1,7 GW (up to 1.7 gigawatts): 'do' may mean something else than up to", "1.7 gigawatts as 1,7 GW", True),
        ("1,7 GW (1.7 gigawatts): a doubt", "up to 1.7 gigawatts as do 1,7 GW", True),
        ("1 do 7 GW (1): a number without a unit: of what?", "7 gigawatts as 7 GW", False),
        ("12–13 May 2026 (2026-05-12/2026-05-13): a doubt", "2026 as 2026", False),
        ("a half: a part of what is named after it", "half as a half", True),
    ],
)
def test_a_note_is_answered_by_its_words_or_by_all_of_its_digits(note: str, value: str, answered: bool) -> None:
    assert open_notes([note], [f"goal={value}"]) == ([] if answered else [note])


def test_an_id_has_the_letters_of_its_words() -> None:
    assert new_id("Visit to Türkiye, Đà Nẵng and Łódź", ()) == "visit-turkiye-nang"


def test_what_nobody_does_has_no_act(desk: Path, program: Program) -> None:
    add = ("fact", "add", "note:L1", "--kind=meeting", "--text=Call of ministers", "--theme=trade", "--digest=A call.")
    done = program(*add, "--set=form=talks", "--event=2026-05-04 Call", "--by=none", at=desk)
    assert (done.code, done.err) == (0, "")


def test_the_year_of_a_target_needs_its_goal(desk: Path, program: Program) -> None:
    pledge = [each.replace("due=by", "by") for each in PLEDGE]
    done = program(*pledge, at=desk)
    assert done.code == 1
    assert "'by' is when a target is to be reached, and there is no 'goal'" in done.err
    assert "help: of a deadline write due=by, {due}" in done.err


def test_the_words_of_a_figure_name_it(desk: Path, program: Program) -> None:
    done = program(*_instead("--text", "Set aside {money}"), "--value", "money=7 million USD", at=desk)
    assert (done.code, done.err) == (0, "")
    written = "".join(path.read_text(encoding="utf-8") for path in (desk / "facts").rglob("*.yaml"))
    assert "money: {value: 7 million USD, cite: note:L2#amount}" in written


def test_the_figure_of_a_value_may_be_named_otherwise(desk: Path, program: Program) -> None:
    treaty = ("fact", "add", "note:L2", "--kind=document", "--text=Ferry Treaty", "--theme=trade", "--digest=A treaty.")
    more = ("--by=NL,SL", "--act=signed", "--set=form=treaty", "--value=in_force=2028 as by 2028", "--settled")
    done = program(*treaty, *more, at=desk)
    assert (done.code, done.err) == (0, "")
    assert "in_force: {value: 2028, cite: note:L2#in-force}" in (desk / "facts/sample.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["participant0", "participant9999999999"])
def test_a_participant_has_a_place_in_the_list(desk: Path, program: Program, name: str) -> None:
    before = contents(desk)
    talks = ("fact", "add", "note:L2", "--kind=meeting", "--text=Talks", "--theme=trade", "--digest=Talks.")
    more = (f"--value={name}=@ada-holm because she spoke", "--value=when=2028 because the line says so")
    done = program(*talks, "--set=form=talks", "--set=held=false", *more, at=desk)
    assert (done.code, contents(desk) == before) == (0, False), done.err
    written = "".join(path.read_text(encoding="utf-8") for path in (desk / "facts").rglob("*.yaml"))
    assert f'{name}: {{value: "@ada-holm"' in written


def test_a_line_stands_beside_what_was_read_in_it(desk: Path, program: Program) -> None:
    program(*PLEDGE, at=desk)
    shown = program("sources", "show", "note:L2", at=desk).out
    assert "Minister Ada Holm pledged to set aside 7 million USD by 2028 for the ferry." in shown
    assert "  says: SL (ada-holm) announced → aside-ferry\n  figure amount: 7 million USD  ‹7 million USD›\n" in shown
    assert json.loads(program("sources", "show", "note:L2", "--json", at=desk).out)[0]["facts"] == ["aside-ferry"]
    none = program("sources", "show", "note:L0", at=desk)
    assert (none.code, none.out, "E201 there is no line 0" in none.err) == (1, "", True)
    states = [line.split("  ")[-1] for line in program("sources", "show", "note", at=desk).out.splitlines()]
    assert states == ["nothing said yet", "aside-ferry", "nothing said yet", "nothing said yet"]
    for name, told in (("note:L9", "the last is 4"), ("nott", "did you mean 'note'?"), ("no line", "talks-2022:L7")):
        assert told in program("sources", "show", name, at=desk).err


def test_lines_without_a_fact_are_left_out_in_one_go(desk: Path, program: Program) -> None:
    program(*PLEDGE, at=desk)
    own = program("sources", "leave-out", "note", "3", "--as", " a\ncaption ", at=desk)
    said = "'a caption' is a reason that no record had before; did you mean 'caption'?\n"
    assert (own.code, own.err) == (0, said)
    done = program("sources", "leave-out", "note", "--as", "unused", at=desk)
    assert (done.out, done.err) == ("seeds/note.yaml: left out as unused: 1, 4.\n", "")
    record = (desk / "seeds/note.yaml").read_text(encoding="utf-8")
    assert record.endswith("left_out:\n  a caption: [3]\n  unused: [1, 4]\n")
    assert "undecided:" not in record
    refusals = {
        "2": "line 2 says something already",
        "3": "left out already",
        "x": "write 7 or 7-12",
        "4-1": "write 7 or 7-12",
        "1-999999999": "write 7 or 7-12",
        "9-999999": "there is no line 9",
        "0": "there is no line 0",
    }
    for lines, told in refusals.items():
        refused = program("sources", "leave-out", "note", lines, "--as", "unused", at=desk)
        assert (refused.code > 0, told in refused.err) == (True, True)
    assert program("sources", "leave-out", "note", "--as", "photo", at=desk).out.endswith(
        "left out as photo: nothing.\n"
    )
    assert program("sources", "leave-out", "note", "--as", "a caption", at=desk).err == ""
    assert (desk / "seeds/note.yaml").read_text(encoding="utf-8") == record
    again = program("fact", "add", "note:L3", *PLEDGE[3:], at=desk)
    assert "line 3 is left out as 'a caption'" in again.err
    assert re.search(r"'left_out: a caption' in seeds/note.yaml:[1-9]\d+:3 first", again.err)


class _Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_the_rest_is_asked(desk: Path, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    text, digest = "Set aside {amount} for the ferry", "Southland sets money aside."
    typed = ["statement", text, "trade", "SL", "announcd", "announced", "ada-holm", "none", digest]
    monkeypatch.setattr("sys.stdin", _Terminal("\n".join(typed) + "\n"))
    done = program("fact", "add", "note:L2", at=desk)
    assert (done.code, "did you mean 'announced'?" in done.out + done.err) == (0, True)
    assert "Minister Ada Holm pledged to set aside" in done.out
    assert "facts/sample.yaml: statement aside-ferry; seeds/note.yaml: line 2." in done.out


def test_a_draft_that_nobody_went_on_with_is_named(desk: Path, program: Program) -> None:
    told = program("check", at=desk)
    assert told.code == 0
    assert "seeds/note.yaml:" in told.err
    assert "note E214 no fact rests on this record yet; of 4 lines, 4 have no digest" in told.err
    program(*PLEDGE, at=desk)
    told = program("check", at=desk)
    assert "note E214 3 lines are drafted and nothing else: 1, 3, 4" in told.err
    assert "briefgen sources leave-out note --as unused" in told.err


def test_a_record_of_which_every_line_is_left_out_says_so(desk: Path, program: Program) -> None:
    assert program("sources", "leave-out", "note", "--as", "unused", at=desk).code == 0
    told = program("check", at=desk).err
    assert "note E214 no fact rests on this record: all of its lines are left out" in told


def test_a_record_that_is_not_complete_is_told_after_the_fact(starter: Path, program: Program) -> None:
    (starter / "note.txt").write_text("They pledged 7 million USD in May.\n", encoding="utf-8")
    program("sources", "add", "note.txt", "--lang", "en", at=starter)
    summary = ("--kind", "milestone", "--text", "Pledge of {amount}", "--theme", "trade", "--digest", "A pledge.")
    when = ("--value", "when=2026 because the note is of that year")
    done = program("fact", "add", "note:L1", *summary, *when, "--settled", at=starter)
    assert (done.code, "seeds/note.yaml:8:9: error F004 the day of publication is missing here" in done.err) == (
        1,
        True,
    )
    assert "1 finding to mend." in done.out


def test_a_figure_that_is_there_gets_another_observation(desk: Path, program: Program) -> None:
    (desk / "seeds/originals/year.txt").write_text(
        "3 November 2026\nTrade was 3.5 billion USD in 2025.\n", encoding="utf-8"
    )
    program("sources", "add", "seeds/originals/year.txt", "--lang", "en", at=desk)
    add = ("fact", "add", "year:L2", "--kind=figure", "--id=trade", "--value=value=amount", "--value=period=date")
    done = program(*add, "--digest=Trade in one year.", at=desk)
    assert (done.code, done.err) == (0, "")
    file = next((desk / "facts").glob("*.yaml")).read_text(encoding="utf-8")
    assert file.count("  - id: trade\n") == 1
    assert "      - value: {value: 3.5 billion USD, cite: year:L2#" in file
    assert "year:L2]" in file.partition("  - id: trade\n")[2].partition("observations:")[0]


def test_an_observation_of_an_earlier_period_stands_before_the_latest(desk: Path, program: Program) -> None:
    text = "3 November 2026\nTrade was 2.5 billion USD in 2021.\n"
    (desk / "seeds/originals/year.txt").write_text(text, encoding="utf-8")
    program("sources", "add", "seeds/originals/year.txt", "--lang", "en", at=desk)
    add = ("fact", "add", "year:L2", "--kind=figure", "--id=trade", "--value=value=amount", "--value=period=date")
    done = program(*add, "--digest=Trade in one year.", at=desk)
    assert (done.code, done.err) == (0, "")
    file = next((desk / "facts").glob("*.yaml")).read_text(encoding="utf-8")
    observed = file.partition("  - id: trade\n")[2].partition("observations:")[2]
    assert 0 < observed.index("2.5 billion USD") < observed.index("3.2 billion USD")


def test_an_observation_without_a_period_stands_in_the_order_of_the_sources(desk: Path, program: Program) -> None:
    for name, day in (("now", "5 November 2026"), ("old", "4 November 2020")):
        text = f"{day}\nTrade is {name.replace('now', '6').replace('old', '2')} billion USD.\n"
        (desk / f"seeds/originals/{name}.txt").write_text(text, encoding="utf-8")
        program("sources", "add", f"seeds/originals/{name}.txt", "--lang", "en", at=desk)
        record = desk / f"seeds/{name}.yaml"
        record.write_text(re.sub("  why: 'drafted.*\n", "", record.read_text("utf-8")), encoding="utf-8")
        add = ("fact", "add", f"{name}:L2", "--kind=figure", "--id=trade", "--value=value=amount", "--digest=Trade.")
        program(*add, at=desk)
    observed = (desk / "facts/sample.yaml").read_text("utf-8").partition("  - id: trade\n")[2].partition("observ")[2]
    assert 0 < observed.index("2 billion") < observed.index("3.2 billion") < observed.index("6 billion")
    moved = "      - value: {value: 6 billion USD, cite: now:L2#amount}\n"
    changed(desk / "facts/sample.yaml", moved, "")
    changed(desk / "facts/sample.yaml", "    observations:\n", f"    observations:\n{moved}")
    told = program("check", at=desk).err
    assert (
        "C123 an observation without a period, told on 2020-11-04 stands after one without a period, told on 2026-"
        in told
    )


def test_an_occasion_that_the_record_lacks_comes_with_its_first_fact(starter: Path, program: Program) -> None:
    text = "On 4 May 2026 the ministers met in Northport.\nThey had supper.\n"
    (starter / "seeds/originals/talk.txt").write_text(text, encoding="utf-8")
    program("sources", "add", "seeds/originals/talk.txt", "--lang", "en", at=starter)
    add = (
        "fact",
        "add",
        "talk:L1",
        "--kind=meeting",
        "--text=Talks of ministers",
        "--theme=trade",
        "--digest=They met.",
    )
    refused = program(*add, "--set=form=talks", at=starter)
    assert (refused.code, "--event 'DAY TITLE'" in refused.err) == (2, True)
    for wrong, told in (("May Talks", "is no date"), ("2026-05-04", "has no title")):
        assert told in " ".join(program(*add, "--set=form=talks", "--event", wrong, at=starter).err.split())
    done = program(*add, "--set=form=talks", "--event=2026-05-04 Ministers' talks", at=starter)
    assert done.out.startswith("facts/sample.yaml: meeting talks-ministers; seeds/talk.yaml: line 1.")
    record = find_record(find_workspace(starter), "talk").value
    (name,) = record["events"]
    more = ("fact", "add", "talk:L2", "--kind=meeting", "--text=Supper", "--theme=trade", "--digest=They ate.")
    program(*more, "--id=supper", "--set=form=banquet", "--on=supper", "--event=2026-05-04 Supper", at=starter)
    assert find_record(find_workspace(starter), "talk").value["events"]["supper"]["line"] == "1"
    assert record["events"][name] == {"name": "Ministers' talks", "date": "2026-05-04", "basis": "text", "line": "1"}
    assert f"    on: talk@{name}\n" in (starter / "facts/sample.yaml").read_text(encoding="utf-8")
    again = program(*add, "--id=more", "--set=form=talks", "--on", name, "--event=2026-05-04 Talks", at=starter)
    assert "has the event" in " ".join(again.err.split())
    both = program(*add, "--id=both", "--set=form=talks", "--on=none", "--event=2026-05-04 Talks", at=starter)
    assert (both.code, "leave one of them out" in " ".join(both.err.split())) == (2, True)
    assert "none" not in find_record(find_workspace(starter), "talk").value["events"]


def test_a_year_that_the_line_does_not_print_is_that_of_the_text_or_has_a_reason(desk: Path, program: Program) -> None:
    of = ("--kind=meeting", "--text=Talks", "--theme=trade", "--digest=They met.", "--set=form=talks")

    def told(event: str, on: str = "talks") -> str:
        done = program("fact", "add", "note:L4", *of, "--on", on, "--id", on, "--event", event, at=desk)
        return " ".join(done.err.split())

    wrong = told("2022-05-03 Talks")
    assert (
        "note:L4: error E221 line 4 is not known to give the year of 2022-05-03, and the text is of 2026-05-04" in wrong
    )
    assert "say what gives it: --event '2022-05-03 Talks because the line is of ...'" in wrong
    assert told("2022-05-03 Talks because the page is of 2022") == ""
    assert find_record(find_workspace(desk), "note").value["events"]["talks"] == {
        "name": "Talks", "date": "2022-05-03", "basis": "text", "line": "4", "why": "the page is of 2022",
    }  # fmt: skip
    assert "V709 no line of the text is known to give 2026-05-02" in told("2026-05-02 Talks", "none-such")
    assert told("2026-05-03 Talks", "more") == told("2026-05-02 Talks because the page says so", "last") == ""
    events = find_record(find_workspace(desk), "note").value["events"]
    assert [events[name]["basis"] for name in ("more", "last")] == ["text", "derived"]


def test_a_day_that_is_not_read_is_no_day_of_the_text_in_a_language_without_words(desk: Path, program: Program) -> None:
    text = "Bakı, 20 fevral 2024\nFevralın 19-da nazirlər görüşdülər.\n"
    (desk / "seeds/originals/qeyd.txt").write_text(text, encoding="utf-8")
    program("sources", "add", "seeds/originals/qeyd.txt", "--lang=az", "--published=2024-02-20", at=desk)
    add = (
        "fact",
        "add",
        "qeyd:L2",
        "--kind=meeting",
        "--text=Talks",
        "--theme=trade",
        "--digest=They met.",
        "--settled",
    )
    of = (*add, "--set=form=talks", "--on=talks", "--event")
    told = " ".join(program(*of, "2024-02-19 Talks", at=desk).err.split())
    assert "V709 no line of the text is known to give 2024-02-19" in told
    assert program(*of, "2024-02-19 Talks because line 2 says Fevralın 19-da", at=desk).err == ""
    event = find_record(find_workspace(desk), "qeyd").value["events"]["talks"]
    assert (event["basis"], event["why"]) == ("derived", "line 2 says Fevralın 19-da")


def test_a_figure_is_asked_for_no_occasion(desk: Path, program: Program) -> None:
    changed(
        desk / "seeds/note.yaml", "events: {}", "events: {call: {name: Call, date: 2026-05-04, basis: text, line: 1}}"
    )
    add = ("fact", "add", "note:L2", "--kind=figure", "--text=Money for the ferry", "--theme=trade", "--digest=Money.")
    done = program(*add, "--value=value=amount", "--value=period=by", at=desk)
    assert (done.code, done.err) == (0, "")


def test_what_has_no_occasion_leaves_no_gap_on_the_page(desk: Path, program: Program) -> None:
    ask = ("fact", "add", "note:L3", "--kind=statement", "--text=Send a photographer", "--theme=trade", "--to=NL")
    who = ("--by=SL", "--act=requested", "--speaker=none", "--set=summit=straits-summit", "--digest=A photo.")
    assert program(*ask, *who, at=desk).code in (0, 1)
    record = desk / "seeds/note.yaml"
    written = record.read_text(encoding="utf-8").replace("describes: ''", "describes: A note")
    record.write_text(re.sub(r"\n  why: 'drafted.*", "", written), encoding="utf-8")
    made = program("build", "--lang", "en", "--format", "html", "--out", "here", "--as-of", "2026-06-01", at=desk)
    assert made.code == 0, made.err
    pages = "".join(path.read_text(encoding="utf-8") for path in (desk / "here").rglob("*.html"))
    assert "Send a photographer" in pages
    assert not re.search(r"Requested(?:&nbsp;|\s|&#160;)*(?:·|, *,|, *\))\s*(?:</span>|,|·)", pages)


LATER = (
    "Northport, 3 November 2026.\n"
    "The ferry has sailed all year round since May.\n"
    "The Straits Summit was held in Southland on 5 October 2026.\n"
    "Southland asked again for the ferry.\n"
    "The talks in Eastport are for 12 December 2026.\n"
)


@pytest.fixture
def later(desk: Path, program: Program) -> Path:
    (desk / "seeds/originals/later.txt").write_text(LATER, encoding="utf-8")
    program("sources", "add", "seeds/originals/later.txt", "--lang", "en", at=desk)
    record = desk / "seeds/later.yaml"
    written = record.read_text(encoding="utf-8").replace("describes: ''", "describes: A note")
    record.write_text(re.sub(r"\n  why: 'drafted.*", "", written), encoding="utf-8")
    return desk


def test_a_line_reports_what_became_of_a_fact(later: Path, program: Program) -> None:
    add = ("fact", "add", "later:L2", "--id=ferry", "--digest=It sails.", "--settled")
    done = program(*add, "--outcome=fulfilled", at=later)
    assert (done.code, done.out) == (
        0, "facts/sample.yaml: statement ferry; seeds/later.yaml: line 2.\nNo findings.\n",
    )  # fmt: skip
    written = (later / "facts/sample.yaml").read_text(encoding="utf-8")
    assert "    outcome:\n      status: fulfilled\n      cites: [later:L2]\n" in written
    (entry,) = (each for each in find_record(find_workspace(later), "later").value["lines"] if each["line"] == "2")
    assert (entry["reports"], "says" in entry) == ({"ferry": "fulfilled"}, False)
    other = program(*add, "--outcome=not met", at=later)
    assert (other.code, "it has an outcome already: fulfilled (later:L2)" in other.err) == (1, True)
    unknown = program(*add[:-2], "--outcome=done", at=later)
    assert (unknown.code, "--outcome 'done' is not known" in " ".join(unknown.err.split())) == (2, True)
    new = ("fact", "add", "later:L2", "--kind=statement", "--outcome=fulfilled")
    assert "name it with --id" in " ".join(program(*new, at=later).err.split())
    summit = ("fact", "add", "later:L3", "--id=straits-summit", "--digest=Off.", "--outcome=withdrawn")
    assert "if it was called off, add the statement that says so" in " ".join(program(*summit, at=later).err.split())


def test_a_line_says_that_a_summit_was_held_and_when(later: Path, program: Program) -> None:
    add = ("fact", "add", "later:L3", "--id=straits-summit", "--set=held=true", "--digest=It was held.")
    done = program(*add, "--value=when=date", at=later)
    assert (done.code, done.err) == (0, "")
    fact = (later / "facts/sample.yaml").read_text(encoding="utf-8").partition("  - id: straits-summit\n")[2]
    fact = fact.partition("\n\n")[0]
    assert 'cites: ["sample-talks-2026:L4", "later:L3"]' in fact or "later:L3]" in fact
    assert "    held: true" in fact
    assert "value: 2026-10-05" in fact
    assert "earlier:" in fact
    assert "value: 2026-10," in fact or "value: 2026-10\n" in fact


def test_a_line_only_confirms_what_is_there(later: Path, program: Program) -> None:
    add = ("fact", "add", "later:L4", "--id=ferry", "--digest=Asked again.")
    asked = program(*add, at=later)
    assert (asked.code, "--by" in asked.err, "--text" in asked.err, "--on" in asked.err) == (2, True, False, False)
    told = ("--by=SL", "--act=requested", "--speaker=ada-holm", "--to=NL")
    done = program(*add, *told, at=later)
    assert (done.code, done.err) == (0, "")
    (entry,) = (each for each in find_record(find_workspace(later), "later").value["lines"] if each["line"] == "4")
    said = {"facts": ["ferry"], "by": ["SL"], "speaker": "ada-holm", "to": ["NL"], "act": "requested"}
    assert entry["says"] == [said]
    differs = program("fact", "add", "later:L5", *add[3:], *told[:1], "--act=agreed", *told[2:], "--settled", at=later)
    assert (differs.code, "E203" in differs.err) == (1, True)
    kind = program(*add, "--kind=summit", at=later)
    assert "'ferry' is a statement, and no summit" in " ".join(kind.err.split())


def test_what_was_announced_took_place_on_an_occasion(later: Path, program: Program) -> None:
    plan = ("fact", "add", "later:L5", "--kind=meeting", "--text=Talks in Eastport", "--theme=trade", "--id=eastport")
    known = ("--set=form=talks", "--set=held=false", "--value=when=date", "--digest=Talks are planned.", "--on=none")
    assert program(*plan, *known, at=later).code == 0
    (later / "seeds/originals/after.txt").write_text("On 12 December 2026 they met in Eastport.\n", encoding="utf-8")
    program("sources", "add", "seeds/originals/after.txt", "--lang", "en", "--describes=A note", at=later)
    held = ("fact", "add", "after:L1", "--id=eastport", "--set=held=true", "--digest=They met.")
    assert "--event 'DAY TITLE'" in program(*held, at=later).err
    program(*held, "--event=2026-12-12 Talks in Eastport", at=later)
    fact = (
        (later / "facts/sample.yaml")
        .read_text(encoding="utf-8")
        .partition("  - id: eastport\n")[2]
        .partition("\n\n")[0]
    )
    assert "    on: after@talks-eastport" in fact
    assert "    held: true" in fact
    assert "after:L1" in fact
