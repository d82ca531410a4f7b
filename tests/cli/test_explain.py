"""`briefgen explain`: the chain behind a fact as a story a newcomer understands, and the same as JSON."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Program, changed, set_languages

from briefgen.cli.sources import _ACTS
from briefgen.model.facts import Act

Golden = Callable[[Path, str], None]
GOLDEN = Path(__file__).parent / "golden"
DAY = ("--as-of", "2026-11-21")
SHIPPED = Path(__file__).parents[2]


@pytest.mark.parametrize("fact", ["trade-goal-2030", "ferry", "southland-minister", "straits-summit"])
def test_the_story(fact: str, german: Path, program: Program, golden: Golden) -> None:
    done = program("explain", fact, *DAY, at=german)
    assert (done.code, done.err) == (0, "")
    golden(GOLDEN / f"explain-{fact}.txt", done.out)


def test_json_has_the_same_content_under_keys_that_stay(german: Path, program: Program, golden: Golden) -> None:
    done = program("explain", "trade-goal-2030", "--json", *DAY, at=german)
    golden(GOLDEN / "explain-trade-goal-2030.json", done.out)
    story = " ".join(program("explain", "trade-goal-2030", *DAY, at=german).out.split())

    def said(value: object) -> list[str]:
        match value:
            case dict():
                return [text for inner in value.values() for text in said(inner)]
            case list():
                return [text for inner in value for text in said(inner)]
            case str():
                return [value]
            case _:
                return []

    told = json.loads(done.out)
    basis = {"text": "the date is in the text", "open": "Open", "5 billion USD": "goal = 5 billion USD"}
    missing = {text for text in said(told) if " ".join(basis.get(text, text).split()) not in story}
    assert missing == {"sample-talks-2026:L2#goal", "sample-talks-2026:L2#by"}, (
        "figures are told by the name they have in their line"
    )


def test_every_act_has_a_sentence(program: Program) -> None:
    assert [*_ACTS] == [each.value for each in Act]
    done = program("explain", "trade-goal-2030", *DAY, at=SHIPPED)
    assert done.code == 0
    assert "Commitment: aimed. A goal that a side or both hold, not a promise." in done.out


def test_a_fact_with_a_history(program: Program) -> None:
    done = program("explain", "trade-goal-2030-set-2022", *DAY, at=SHIPPED)
    assert done.code == 0
    story = " ".join(done.out.split())
    assert "Commitment: proposed. One side puts it forward; nothing is agreed." in story
    assert "Repeated: repeated by trade-goal-2030; of itself: the deadline ends on 2030-12-31." in story


def test_a_fact_that_was_told_again(program: Program) -> None:
    story = " ".join(program("explain", "vn-proposal-supply-chain-2024", *DAY, at=SHIPPED).out.split())
    assert "Repeated: repeated by vn-proposal-supply-chain-2025; of itself: no date was set" in story


def test_a_fact_with_an_outcome_and_a_derived_value(program: Program) -> None:
    story = " ".join(program("explain", "upgrade-agreed-2021", *DAY, at=SHIPPED).out.split())
    assert "of itself: a source says so: dialogue-2023:L1." in story
    assert "dialogue-2023:L1 (reports the outcome)" in story
    assert "The line does not print it: The line says next year; the release is of 2021." in story


def test_on_an_earlier_day_it_tells_what_was_known_then(program: Program) -> None:
    then = program("explain", "trade-goal-2030-set-2022", "--as-of", "2022-03-01", at=SHIPPED).out
    assert "Its status on 2022-03-01\n  Open: the deadline ends on 2030-12-31." in then
    assert "epeated" not in then


def test_before_its_first_source_it_says_from_when_it_is_known(german: Path, program: Program) -> None:
    done = program("explain", "ferry", "--as-of", "2026-03-02", at=german)
    assert done.code == 1
    assert "A602 'ferry' was not known on 2026-03-02" in done.err
    assert "help: it is known from 2026-03-03; try --as-of 2026-03-03" in done.err


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("fery", "did you mean 'ferry'?"),
        ("straits-sumit", "did you mean 'straits-summit'?"),
        ("xyz", "known here: ferry, "),
    ],
)
def test_an_unknown_id_leads_to_the_nearest(typed: str, hint: str, german: Path, program: Program) -> None:
    done = program("explain", typed, at=german)
    assert (done.code, f"A603 there is no fact '{typed}'" in done.err) == (1, True)
    assert f"help: {hint}" in done.err


@pytest.mark.parametrize("command", ["explain", "where", "review"])
@pytest.mark.parametrize("typed", ["sample-talks-2026", "sample-talks-2026:L2"])
def test_a_source_is_told_as_one(command: str, typed: str, starter: Path, program: Program) -> None:
    done = program(command, typed, at=starter)
    assert f"A603 '{typed}' is no fact but a source" in done.err
    (hint,) = re.findall("help: .*: briefgen (.*)", done.err)
    assert program(*hint.split(), at=starter).code == 0


def test_a_word_of_an_id_leads_to_those_that_have_it(program: Program) -> None:
    hint = "help: similar: p4g-declarations-2025, p4g-2025, p4g-next, vn-ask-p4g-2024, kr-contribution-p4g-2025"
    assert hint in program("explain", "p4g", at=SHIPPED).err


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "facts/locale/de.po",
            "Die Fährverbindung",
            "<<<<\n",
            "It has no wording in 'de': the language cannot be read",
        ),
        ("facts/locale/de.po", 'msgstr "Die Fähr', '"', "It has no wording in 'de': the language cannot be read"),
        (
            "templates/languages/de.yaml",
            "patterns:",
            "pattern:",
            "It has no wording in 'de': the language cannot be read",
        ),
        ("templates/languages/de.yaml", "USD:", "EUR:", ""),
        ("templates/locale/de.po", 'msgstr "Beide Seiten"', 'msgstr ""', ""),
        ("facts/sample.yaml", "Open the ferry", "Keep the ferry", "there is no translation of it yet"),
    ],
)
def test_a_fault_of_a_language_does_not_stop_it(
    file: str, old: str, new: str, said: str, german: Path, program: Program
) -> None:
    changed(german / file, old, new)
    done = program("explain", "ferry", *DAY, at=german)
    assert (done.code, done.err) == (0, "")
    assert said in done.out
    assert "the ferry route all year round\n" in done.out
    as_json = json.loads(program("explain", "ferry", "--json", *DAY, at=german).out)
    assert (list(as_json["not_worded"]) == ["de"]) is bool(said)
    assert ("de" in as_json["texts"]) is not bool(said)


def test_a_value_that_cannot_be_worded_stands_in_the_notation_of_the_facts(german: Path, program: Program) -> None:
    changed(german / "facts/sample.yaml", "5 billion USD", "5 submarines")
    figure = "goal: {value: 5 submarines, as: 5 submarines, of: submarines}"
    changed(german / "seeds/sample-talks-2026.yaml", "goal: {value: 5 billion USD, as: 5 billion USD}", figure)
    done = program("explain", "trade-goal-2030", *DAY, at=german)
    assert done.code == 0
    assert "It has no wording in 'de': 'de' has no counter for 'submarines'" in " ".join(done.out.split())
    assert "goal = 5 submarines" in done.out


def test_a_fault_of_the_facts_does(german: Path, program: Program) -> None:
    changed(german / "facts/sample.yaml", "goal: {value: 5 billion USD", "goal: {value: 6 billion USD")
    done = program("explain", "ferry", at=german)
    assert (done.code, "error E204 is 6 billion USD here but 5 billion USD in the record" in done.err) == (1, True)


def test_in_one_language_only(starter: Path, program: Program) -> None:
    set_languages(starter, "en")
    assert program("explain", "ferry", *DAY, at=starter).out.startswith(
        "Open the ferry route all year round\n  This is"
    )
