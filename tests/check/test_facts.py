"""Each check within a facts file: the change that it must find is the test's docstring."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefgen.check.evidence import measures_that_differ
from briefgen.check.facts import (
    circular_supersession,
    far_years,
    large_shares,
    observations_out_of_order,
    superseded_by_older,
)
from briefgen.model.dates import Period
from briefgen.model.facts import AnyFact, Figure, Reason, Statement, Superseded
from briefgen.model.quantities import parse_quantity

from .conftest import GOOD, change, findings_of

Check = Callable[[], None]


def test_the_good_workspace_has_no_finding() -> None:
    assert findings_of(GOOD)[1] == ()


def test_a_change_that_the_good_files_do_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="'theme: fish' stands 0 times in the good files"):
        change("- theme: fish\n+ theme: trade\n", tmp_path)


def test_c101_an_id_is_used_twice(told_as_expected: Check) -> None:
    """
    - - id: ferry-doubted
    + - id: trade
            ^ C101 the id 'trade' is used twice; first at facts/tiny.yaml:29:9
            | give one of the two another id
    - between: [ferry, ferry-doubted]
    + between: [ferry, goal]
    - - {facts: [ferry-doubted], by: [NL], act: stated, on: opening}
    + - {facts: [ferry], by: [SL], speaker: ada-holm, to: [NL], act: requested}
                 ^ E207 the fact 'ferry' does not cite report:L1 under 'cites'
                 | add report:L1 there, or take 'ferry' away here
    """
    told_as_expected()


def test_c101_a_headline_has_the_id_of_a_fact(told_as_expected: Check) -> None:
    """
    - - id: bottom-line
    + - id: ferry
            ^ C101 the id 'ferry' is used twice; first at facts/tiny.yaml:63:9
            | give one of the two another id
    """
    told_as_expected()


def test_c101_two_ids_make_one_context_in_the_catalogs(told_as_expected: Check) -> None:
    """
    - trade: Trade
    + trade: Trade
    + text: Fish
    - - id: bottom-line
    + - id: theme
      text: The two countries want trade of {goal.goal}; Southland asks for a ferry to the S7
            ^ C101 the catalogs would call this text 'theme text', as they do the one at facts/tiny.yaml:12:9
            | give one of the two another id
    """
    told_as_expected()


def test_c102_a_theme_is_unknown(told_as_expected: Check) -> None:
    """
      text: S7 summit
    - theme: trade
    + theme: traed
             ^ C102 'traed' is not known here
             | did you mean 'trade'?
    """
    told_as_expected()


def test_c102_a_person_is_unknown(told_as_expected: Check) -> None:
    """
    - speaker: ada-holm
    + speaker: ada-hlom
               ^ C102 'ada-hlom' is not known here
               | did you mean 'ada-holm'?
    """
    told_as_expected()


def test_c102_a_value_names_nobody(told_as_expected: Check) -> None:
    """
    - host: {value: "@NL", cite: talks:L1#host}
    + host: {value: "@NN", cite: talks:L1#host}
                    ^ C102 'NN' is not known here
                    | known here: NL, SL, ada-holm, bo-lind, s7
    """
    told_as_expected()


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("indicator: trade", "indicator: trad", "did you mean 'trade'?"),
        ("indicator: trade", "indicator: ferry", "known here: trade"),
        ("summit: straits-2027", "summit: straits", "did you mean 'straits-2027'?"),
        ("series: s7", "series: s8", "known here: s7"),
        ("between: [ferry, ferry-doubted]", "between: [ferry, ferri]", "did you mean 'ferry'?"),
        ("facts: [goal, ferry]", "facts: [goal, fery]", "did you mean 'ferry'?"),
        ("bo-lind: {name: Bo Lind, party: NL}", "bo-lind: {name: Bo Lind, party: NK}", "known here: NL, SL"),
        ("account: NL", "account: XL", "known here: NL, SL"),
    ],
)
def test_c102_any_reference_is_unknown(tmp_path: Path, old: str, new: str, hint: str) -> None:
    word = max(set(new.strip("]}").split()) - set(old.strip("]}").split()), key=len)
    change(f"- {old}\n+ {new}\n", tmp_path)
    (finding,) = findings_of(tmp_path)[1]
    assert (finding.code, finding.message, finding.hint) == ("C102", f"'{word}' is not known here", hint)
    line = (tmp_path / finding.location.file).read_text(encoding="utf-8").split("\n")[finding.location.line - 1]
    assert line[finding.location.column - 1 :].startswith(word)


def test_c102_a_line_of_the_overview_is_unknown(told_as_expected: Check) -> None:
    """
    - themes:
    + overview: {level: Level, trade-volume: Trade}
    + themes:
      text: S7 summit
    + overview: trade-volum
                ^ C102 'trade-volum' is not known here
                | did you mean 'trade-volume'?
    """
    told_as_expected()


def test_c102_what_is_repeated_or_answered_is_no_statement(told_as_expected: Check) -> None:
    """
      text: Keep the ferry route closed
    + repeats: [feri]
                ^ C102 'feri' is not known here
                | did you mean 'ferry'?
    + answers: [ferry, trade]
                       ^ C102 'trade' is not known here
                       | known here: ferry, ferry-doubted, goal
    """
    told_as_expected()


def test_c103_facts_supersede_each_other_in_a_circle(told_as_expected: Check) -> None:
    """
      note: The route was closed for {closed}.
    + superseded: {by: ferry-doubted, reason: disputed}
                  ^ C103 is superseded by itself: ferry -> ferry-doubted -> ferry
                  | one of them must stand
    """
    told_as_expected()


def test_c103_a_fact_supersedes_itself(told_as_expected: Check) -> None:
    """
    - superseded: {by: ferry, reason: disputed}
    + superseded: {by: ferry-doubted, reason: disputed}
                  ^ C103 is superseded by itself: ferry-doubted -> ferry-doubted
                  | one of them must stand
    """
    told_as_expected()


def test_c104_a_number_is_typed_into_a_text(told_as_expected: Check) -> None:
    """
    - text: Raise trade to {goal} by {by}
    + text: Raise trade to {goal} by 2030, with the S7
            ^ C104 the number '2030' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    """
    told_as_expected()


def test_c104_a_number_is_typed_into_a_label(told_as_expected: Check) -> None:
    """
    - tile: {label: Trade goal, value: goal, period: by, rank: 1}
    + tile: {label: Trade goal for 2030, value: goal, period: by, rank: 1}
                    ^ C104 the number '2030' is typed into a text
                    | make it a value and write its {name} here, or declare the proper name under 'terms'
    """
    told_as_expected()


def test_c104_only_declared_names_may_hold_digits(told_as_expected: Check) -> None:
    """
    - s7: {name: Summit of the Seven Straits, short: S7}
    + s7: {name: Summit of the Seven Straits, short: Straits}
      text: The two countries want trade of {goal.goal}; Southland asks for a ferry to the S7
            ^ C104 the number 'S7' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
      text: S7 summit
            ^ C104 the number 'S7' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
      text: Open the ferry route before the S7
            ^ C104 the number 'S7' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    """
    told_as_expected()


def test_c104_an_id_that_is_a_word_of_the_contexts_exempts_nothing(told_as_expected: Check) -> None:
    """
    - - id: bottom-line
    + - id: term
    - text: The two countries want trade of {goal.goal}; Southland asks for a ferry to the S7
    + text: The two countries want trade of {goal.goal} in 2031
            ^ C104 the number '2031' is typed into a text
            | make it a value and write its {name} here, or declare the proper name under 'terms'
    """
    told_as_expected()


def test_c110_a_brace_in_a_name_whose_id_is_text(told_as_expected: Check) -> None:
    """
    - trade: Trade
    + trade: Trade
    + text: The {trade} of fish
            ^ C110 a brace would be printed as it stands
            | write it without braces; no value stands here
    """
    told_as_expected()


def test_c105_a_text_names_a_value_that_the_fact_lacks(told_as_expected: Check) -> None:
    """
    - text: Raise trade to {goal} by {by}
    + text: Raise trade to {gaol} by {by}
            ^ C105 the text names {gaol}, which this fact does not have
            | did you mean 'goal'?
    """
    told_as_expected()


def test_c105_a_note_names_a_value_that_the_fact_lacks(told_as_expected: Check) -> None:
    """
    - note: The route was closed for {closed}.
    + note: The route was closed for {years}.
            ^ C105 the note names {years}, which this fact does not have
            | known here: closed
    """
    told_as_expected()


def test_c105_the_few_words_name_a_value_that_the_fact_lacks(told_as_expected: Check) -> None:
    """
    - note: The route was closed for {closed}.
    + note: The route was closed for {closed}.
    + brief: Ferry after {years}
             ^ C105 the brief names {years}, which this fact does not have
             | known here: closed
    """
    told_as_expected()


def test_c105_a_headline_names_a_value_that_its_facts_lack(told_as_expected: Check) -> None:
    """
    - text: The two countries want trade of {goal.goal}; Southland asks for a ferry to the S7
    + text: The two countries want trade of {trade.value}; Southland asks for a ferry to the S7
            ^ C105 the text names {trade.value}, which its facts do not have
            | known here: ferry.closed, goal.by, goal.goal
    """
    told_as_expected()


def test_c106_a_text_is_empty(told_as_expected: Check) -> None:
    """
    - text: Whether the ferry route is to be opened
    + text: " "
            ^ C106 the text is empty
    """
    told_as_expected()


def test_c106_a_fact_cites_nothing(told_as_expected: Check) -> None:
    """
    - cites: [talks:L4]
    + cites: []
             ^ C106 the fact cites no line
             | every fact needs a source
      when: {value: 2027-06, cite: talks:L4#when}
                                   ^ E205 rests on line 4 of talks, which the fact does not cite
                                   | add the line to 'cites'
      - {facts: [straits-2027]}
                 ^ E207 the fact 'straits-2027' does not cite talks:L4 under 'cites'
                 | add talks:L4 there, or take 'straits-2027' away here
    """
    told_as_expected()


def test_c106_a_headline_rests_on_nothing(told_as_expected: Check) -> None:
    """
    - text: The two countries want trade of {goal.goal}; Southland asks for a ferry to the S7
    + text: Southland asks for a ferry to the S7
    - facts: [goal, ferry]
    + facts: []
             ^ C106 the headline rests on no fact
             | name the facts it is made of
    """
    told_as_expected()


def test_c106_a_headline_rests_on_what_was_corrected(told_as_expected: Check) -> None:
    """
      facts: [goal, ferry]
                    ^ C106 'ferry' was corrected, so the headline is not printed any more
                    | name 'goal' in its place
      - id: ferry
    +   superseded: {by: goal, reason: corrected}
    """
    told_as_expected()


def test_c106_a_conflict_lies_between_one(told_as_expected: Check) -> None:
    """
    - between: [ferry, ferry-doubted]
    + between: [ferry, ferry]
               ^ C106 a conflict lies between two facts at least
    """
    told_as_expected()


def test_c106_a_figure_has_no_observation(told_as_expected: Check) -> None:
    """
    - observations:
    + observations: []
                    ^ C106 the figure has no observation
    - - value: {value: 3.2 billion USD, cite: talks:L2#trade}
    - period: {value: 2025, cite: talks:L2#year}
    """
    told_as_expected()


@pytest.mark.parametrize("parties", ["", "NL", "NL, SL, NL"])
def test_c106_a_partnership_of_fewer_than_two(parties: str, tmp_path: Path) -> None:
    """The asks of a side that is left out would stand on no page."""
    line = "partnership: {id: sample, name: Northland–Southland, parties: [%s]}"
    change(f"- {line % 'NL, SL'}\n+ {line % parties}\n", tmp_path)
    found = [finding for finding in findings_of(tmp_path)[1] if finding.code == "C106"]
    assert [finding.message for finding in found] == ["a partnership is of two parties at least, each named once"]


def test_c106_a_target_is_of_nothing(told_as_expected: Check) -> None:
    """
    - indicator: trade
      goal: {value: 5 billion USD, cite: talks:L2#goal}
      ^ C106 the target does not say of what
      | name the figure that measures it with 'indicator', or say what it is with 'name'
    """
    told_as_expected()


def test_c118_superseded_by_an_older_fact() -> None:
    book = findings_of(GOOD)[0]
    source = next(iter(book.sources.values()))
    old = replace(source, published=replace(source.published, date=Period(1999)))
    ids = list(book.facts)[:2]
    first = replace(book.facts[ids[0]], superseded=Superseded(by=ids[1], reason=Reason.REPLACED))
    cites = tuple(replace(cite, source="old") for cite in book.facts[ids[1]].cites)
    second = replace(book.facts[ids[1]], cites=cites)
    changed = replace(
        book,
        facts={**book.facts, ids[0]: first, ids[1]: second},
        sources={**book.sources, "old": old},
    )
    (finding,) = superseded_by_older(changed)
    assert finding.code == "C118"
    assert f"'{ids[1]}' is known from 1999-12-31, before this" in finding.message
    disputed = replace(first, superseded=Superseded(by=ids[1], reason=Reason.DISPUTED))
    assert not list(superseded_by_older(replace(changed, facts={**changed.facts, ids[0]: disputed})))


def test_c119_a_share_of_more_than_the_whole() -> None:
    book = findings_of(GOOD)[0]
    fact = next(each for each in book.facts.values() if each.values)
    name, value = next(iter(fact.values.items()))
    for text, told in (("140 %", ["140 % is more than the whole"]), ("100 %", []), ("-140 %", [])):
        changed = replace(fact, values={name: replace(value, value=parse_quantity(text))})
        found = large_shares(replace(book, facts={**book.facts, fact.id: changed}))
        assert [each.message for each in found] == told


def test_c122_a_year_of_another_calendar() -> None:
    book = findings_of(GOOD)[0]
    fact = next(each for each in book.facts.values() if each.values)
    name, value = next(iter(fact.values.items()))
    for text, told in (("2569-03", ["2569-03 lies more than 100 years after the newest source"]), ("2050", [])):
        changed = replace(fact, values={name: replace(value, value=parse_quantity(text))})
        found = far_years(replace(book, facts={**book.facts, fact.id: changed}))
        assert [each.message for each in found] == told


@pytest.mark.parametrize(
    ("periods", "told"),
    [
        (("2023", "2021"), ["an observation of 2021 stands after one of 2023: the last counts as the latest"]),
        (("2021", "2023", None, "2023-12", "2024"), []),
    ],
)
def test_c123_an_observation_stands_after_one_of_a_later_period(periods: Sequence[str | None], told: list[str]) -> None:
    book = findings_of(GOOD)[0]
    figure = next(each for each in book.facts.values() if isinstance(each, Figure))
    first = figure.observations[0]
    value = first.period or first.value
    observed = [replace(first, period=replace(value, value=parse_quantity(each)) if each else None) for each in periods]
    changed = replace(figure, observations=tuple(observed))
    found = observations_out_of_order(replace(book, facts={**book.facts, figure.id: changed}))
    assert [each.message for each in found] == told


@pytest.mark.parametrize(
    ("observed", "goal", "told"),
    [
        (["12.4 billion KES", "1.35 billion USD"], "5 billion KES", ["is in USD"]),
        (["3 billion USD", "4 billion USD"], "5 billion EUR", ["is in EUR"]),
        (["20 students", "20 trainees"], "30 students", ["is in trainees"]),
        (["3 %", "1/3"], "5 %", []),
        (["more than 3 billion USD", "-4 billion USD"], "5 billion USD per year", []),
    ],
)
def test_c130_what_a_figure_is_measured_in(observed: list[str], goal: str, told: list[str]) -> None:
    book = findings_of(GOOD)[0]
    figure, aim = book.facts["trade"], book.facts["goal"]
    assert isinstance(figure, Figure)
    assert isinstance(aim, Statement)
    assert aim.target
    first = figure.observations[0]
    values = [replace(first.value, value=parse_quantity(each)) for each in observed]
    observations = tuple(replace(first, value=value) for value in values)
    changed: dict[str, AnyFact] = {
        "trade": replace(figure, observations=observations),
        "goal": replace(aim, target=replace(aim.target, goal=replace(aim.target.goal, value=parse_quantity(goal)))),
    }
    found = [*measures_that_differ(replace(book, facts={**book.facts, **changed}))]
    assert [each.message.partition(",")[0] for each in found] == told


def test_a_long_circle_is_told_once_and_soon() -> None:
    book = findings_of(GOOD)[0]
    fact = next(iter(book.facts.values()))
    ids = [f"f{number}" for number in range(3000)]
    ring = {
        id: replace(fact, id=id, superseded=Superseded(by=ids[(number + 1) % 2999], reason=Reason.REPLACED))
        for number, id in enumerate(ids)
    }
    (finding,) = circular_supersession(replace(book, facts=ring))
    assert finding.message.startswith("is superseded by itself: f0 -> f1 -> f2")


def test_c124_no_text_names_a_value(told_as_expected: Check) -> None:
    """
    - text: Talks of {participant1} in Northport
    + text: Talks in Northport
    - - {value: "@ada-holm", cite: talks:L1#guest}
    + - {value: "@ada-holm", cite: talks:L1#guest}
        ^ C124 no text names 'participant1' (@ada-holm): it is not printed
        | write {participant1} into the text or the note, or take the value away
    - party: {value: "@SL", cite: talks:L1#home}
    + party: {value: "@SL", cite: talks:L1#home}
    + since: {value: 2025, cite: talks:L2#year}
             ^ C124 no text names 'since' (2025): it is not printed
             | write {since} into the text or the note, or take the value away
                                 ^ E205 rests on line 2 of talks, which the fact does not cite
                                 | add the line to 'cites'
    - note: The route was closed for {closed}.
    + note: The route was closed for a while.
    - closed: {value: 3 years, cite: talks:L3#closed}
    + closed: {value: 3 years, cite: talks:L3#closed}
              ^ C124 no text names 'closed' (3 years): it is not printed
              | write {closed} into the text or the note, or take the value away
    """
    told_as_expected()


def test_c102_a_name_that_is_gone_is_told_once(tmp_path: Path) -> None:
    change("- trade: Trade\n+ traffic: Trade\n", tmp_path)
    (finding,) = findings_of(tmp_path)[1]
    assert finding.message == "'trade' is not known here, nor in line 31, 39, 46, 53, 65, 79 and 1 more"
    assert (finding.code, finding.hint) == ("C102", "did you mean 'traffic'?")


def test_c117_two_statements_answer_each_other(told_as_expected: Check) -> None:
    """
    - summit: straits-2027
    + summit: straits-2027
    + answers: [ferry-doubted]
                ^ C117 'ferry-doubted' answers this, and this answers it
                | only one of them is a reply: take the other 'answers' away
    - superseded: {by: ferry, reason: disputed}
    + superseded: {by: ferry, reason: disputed}
    + answers: [ferry]
                ^ C117 'ferry' answers this, and this answers it
                | only one of them is a reply: take the other 'answers' away
    """
    told_as_expected()


def test_c125_a_person_of_a_party_that_is_in_no_partnership(told_as_expected: Check) -> None:
    """
    - SL: {name: Southland}
    + SL: {name: Southland}
    + WL: {name: Westland}
    - bo-lind: {name: Bo Lind, party: NL}
    + bo-lind: {name: Bo Lind, party: NL}
    + cy-west: {name: Cy West, party: WL}
                                      ^ C125 'WL' is no party of the partnership, whose people these are
                                      | write one of NL, SL; leave 'party' out of who belongs to none of them
    """
    told_as_expected()


def test_c131_a_party_has_no_language(told_as_expected: Check) -> None:
    """
    - SL: {name: Southland}
    + SL: {name: Southland, language: kr}
                                      ^ C131 there is no language 'kr', so that no edition has this party first
                                      | did you mean 'ko'?
    """
    told_as_expected()


def test_c126_a_letter_of_another_script_within_a_word(told_as_expected: Check) -> None:
    """
    - trade: Trade
    + trade: Trаde
             ^ C126 'Trаde' has a letter of another script: U+0430 CYRILLIC SMALL LETTER A
             | write 'Trade', every letter anew
    """
    told_as_expected()
