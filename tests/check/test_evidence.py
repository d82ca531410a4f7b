"""Each check of fact against record: the change that it must find is the test's docstring."""

from collections.abc import Callable
from pathlib import Path

from .conftest import change, findings_of

Check = Callable[[], None]


def test_e201_a_source_has_no_record(told_as_expected: Check) -> None:
    """
    - cites: [talks:L4]
    + cites: [talks:L4, tlaks:L4]
                        ^ E201 there is no record 'tlaks'
                        | did you mean 'talks'?
    """
    told_as_expected()


def test_e201_what_follows_from_a_misspelt_source_is_not_told(told_as_expected: Check) -> None:
    """
    - cites: [talks:L4]
    + cites: [tlaks:L4]
              ^ E201 there is no record 'tlaks'
              | did you mean 'talks'?
    """
    told_as_expected()


def test_e201_a_record_that_is_gone_is_told_once(tmp_path: Path) -> None:
    change("", tmp_path)
    (tmp_path / "seeds" / "report.yaml").unlink()
    (found,) = findings_of(tmp_path)[1]
    assert (str(found.location), found.code) == ("facts/tiny.yaml:76:42", "E201")
    assert found.message == "there is no record 'report', which is cited 2 times: in line 76, 80"


def test_e201_a_record_has_no_such_line(told_as_expected: Check) -> None:
    """
    - cites: [talks:L4]
    + cites: [talks:L4, talks:L9]
                        ^ E201 the record talks has no line 9
                        | it has: 1, 2, 3, 4
    """
    told_as_expected()


def test_e201_a_line_that_is_gone_is_told_where_it_is_cited(tmp_path: Path) -> None:
    change("- - line: 2\n+ - line: 22\n", tmp_path)
    findings = [each for each in findings_of(tmp_path)[1] if each.location.file.startswith("facts")]
    assert [(each.code, each.hint) for each in findings] == [("E201", "it has: 1, 3, 4, 22")] * 2


def test_e204_a_figure_in_capitals_is_named_as_the_record_has_it(tmp_path: Path) -> None:
    change("- year: {value: 2025, why: The year before the talks.}\n+ Year: {value: 2025, why: It is.}\n", tmp_path)
    (found,) = findings_of(tmp_path)[1]
    assert (found.code, found.hint) == ("E204", "the record calls it 'Year': write it in small letters there")


def test_e202_a_line_does_not_carry_the_fact(told_as_expected: Check) -> None:
    """
    - cites: [talks:L4]
    + cites: [talks:L4, talks:L3]
                        ^ E202 line 3 of talks does not carry the fact 'straits-2027'
                        | cite the right line, or add the fact to 'says' of that line in seeds/talks.yaml
    """
    told_as_expected()


def test_e203_another_party_says_it(told_as_expected: Check) -> None:
    """
      text: Keep the ferry route closed
    - by: [NL]
    + by: [SL]
          ^ E203 'by' is 'SL' here but 'NL' in the record (report:L1)
          | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e203_another_person_says_it(told_as_expected: Check) -> None:
    """
    - - {facts: [ferry], by: [SL], speaker: ada-holm, to: [NL], act: requested, on: talks}
    + - {facts: [ferry], by: [SL], to: [NL], act: requested, on: talks}
      speaker: ada-holm
               ^ E203 'speaker' is 'ada-holm' here but 'not given' in the record (talks:L3)
               | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e203_it_is_said_to_another(told_as_expected: Check) -> None:
    """
    - to: [NL]
    + to: [SL]
          ^ E203 'to' is 'SL' here but 'NL' in the record (talks:L3)
          | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e203_a_request_is_called_a_proposal(told_as_expected: Check) -> None:
    """
    - act: requested
    + act: proposed
           ^ E203 'act' is 'proposed' here but 'requested' in the record (talks:L3)
           | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e203_it_is_said_on_another_occasion(told_as_expected: Check) -> None:
    """
      text: Talks of {participant1} in Northport
    - on: talks@talks
    + on: talks@dinner
          ^ E203 'on' is 'dinner' here but 'talks' in the record (talks:L1)
          | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e204_a_value_is_not_that_of_the_record(told_as_expected: Check) -> None:
    """
    - goal: {value: 5 billion USD, cite: talks:L2#goal}
    + goal: {value: 50 billion USD, cite: talks:L2#goal}
                    ^ E204 is 50 billion USD here but 5 billion USD in the record (talks:L2#goal)
                    | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e204_a_record_has_no_such_figure(told_as_expected: Check) -> None:
    """
    - goal: {value: 5 billion USD, cite: talks:L2#goal}
    + goal: {value: 5 billion USD, cite: talks:L2#gaol}
                                         ^ E204 no record has the figure talks:L2#gaol
                                         | did you mean 'goal'?
    """
    told_as_expected()


def test_e204_a_derived_value_is_not_that_of_the_record(told_as_expected: Check) -> None:
    """
    - period: {value: 2025, cite: talks:L2#year}
    + period: {value: 2024, cite: talks:L2#year}
                      ^ E204 is 2024 here but 2025 in the record (talks:L2#year)
                      | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e205_a_value_rests_on_another_line(told_as_expected: Check) -> None:
    """
    - closed: {value: 3 years, cite: talks:L3#closed}
    + closed: {value: 3 years, cite: talks:L4#closed}
                                     ^ E205 rests on line 4 of talks, which the fact does not cite
                                     | add the line to 'cites'
    - figures: {when: {value: 2027-06, as: June 2027}}
    + figures: {when: {value: 2027-06, as: June 2027}, closed: {value: 3 years, as: three years}}
    """
    told_as_expected()


def test_e206_an_occasion_is_no_event_of_a_cited_record(told_as_expected: Check) -> None:
    """
      text: Keep the ferry route closed
    - on: report@opening
    + on: report@openning
          ^ E206 'report@openning' is no event of a record that is cited here
          | did you mean 'report@opening'?
    """
    told_as_expected()


def test_e206_an_outcome_has_an_occasion_of_another_record(told_as_expected: Check) -> None:
    """
    - outcome: {status: fulfilled, cites: [report:L1], on: report@opening}
    + outcome: {on: talks@talks, status: fulfilled, cites: [report:L1]}
                    ^ E206 'talks@talks' is no event of a record that is cited here
                                                           | known here: report@opening
    """
    told_as_expected()


def test_e207_a_line_carries_a_fact_that_is_not_there(told_as_expected: Check) -> None:
    """
    - - {facts: [straits-2027]}
    + - {facts: [straits-2027, straits-2028]}
                               ^ E207 there is no fact 'straits-2028'
                               | did you mean 'straits-2027'?
    """
    told_as_expected()


def test_e207_a_line_carries_a_fact_that_does_not_cite_it(told_as_expected: Check) -> None:
    """
    - - {facts: [straits-2027]}
    + - {facts: [straits-2027, trade]}
                               ^ E207 the fact 'trade' does not cite talks:L4 under 'cites'
                               | add talks:L4 there, or take 'trade' away here
    """
    told_as_expected()


def test_e207_a_line_reports_on_a_fact_that_does_not_cite_it(told_as_expected: Check) -> None:
    """
    - reports: {ferry: fulfilled}
    + reports: {ferry: fulfilled, goal: not met}
                                        ^ E207 the fact 'goal' does not cite report:L1 under 'outcome: cites'
                                        | add report:L1 there, or take 'goal' away here
    """
    told_as_expected()


def test_e208_a_figure_is_not_decided(told_as_expected: Check) -> None:
    """
    - figures: {when: {value: 2027-06, as: June 2027}}
    + figures: {when: {value: 2027-06, as: June 2027}}
    + undecided: ["early summer: June or July"]
                  ^ E208 not decided yet: early summer: June or July
                  | enter the figure, or take the note away
    """
    told_as_expected()


def test_e208_a_day_of_publication_is_only_drafted(told_as_expected: Check) -> None:
    """
    - published: {date: 2026-03-03, basis: text, line: 1}
    + published: {date: 2026-03-03, basis: text, line: 1, why: "drafted: the first full date"}
                                                               ^ E208 not decided yet: drafted: the first full date
                                                               | correct the date, or take 'why' away if it is right
    """
    told_as_expected()


def test_e214_a_line_is_drafted_and_nothing_else(told_as_expected: Check) -> None:
    """
      dinner: {name: Dinner in Northport, date: 2026-03-03, basis: text, line: 1}
    - lines:
    + lines:
    +   - line: 9
                ^ E214 line 9 is drafted and nothing else: 9
                | say what each says (briefgen fact add ...
    +     sha256: "0909090909090909090909090909090909090909090909090909090909090909"
    +     digest: ""
    +     undecided: ["26: a number without a unit: of what?"]
    """
    told_as_expected()


def test_e209_a_line_names_an_event_that_its_record_lacks(told_as_expected: Check) -> None:
    """
    - - {facts: [straits-2027]}
    + - {facts: [straits-2027], on: dinnr}
                                    ^ E209 this record has no event 'dinnr'
                                    | did you mean 'dinner'?
      - id: straits-2027
        ^ E203 'on' is 'not given' here but 'dinnr' in the record (talks:L4)
        | look at the line again (briefgen sources show ...
    """
    told_as_expected()


def test_e209_an_event_with_its_record_is_told_once(told_as_expected: Check) -> None:
    """
    - - {facts: [talks-2026], on: talks}
    + - {facts: [talks-2026], on: talks@talks}
                                  ^ E209 this record has no event 'talks@talks'
                                  | write the event alone: talks
    """
    told_as_expected()


def test_e210_an_outcome_is_not_what_the_record_reports(told_as_expected: Check) -> None:
    """
    - outcome: {status: fulfilled, cites: [report:L1], on: report@opening}
    + outcome: {cites: [report:L1], status: partly fulfilled, on: report@opening}
                        ^ E210 is 'partly fulfilled' here but 'fulfilled' in the record (report:L1)
      | look at the line again, or add to its 'reports' in seeds/report.yaml: ferry: partly fulfilled
    """
    told_as_expected()


def test_e210_an_outcome_of_a_mechanism_is_compared_too(told_as_expected: Check) -> None:
    """
    - figures:
    + mechanisms:
    + - id: group
    +   text: Working group on the ferry
    +   theme: trade
    +   cites: [talks:L3]
    +   by: [SL]
    +   act: proposed
    +   outcome: {status: fulfilled, cites: [report:L1]}
                                             ^ E210 is 'fulfilled' here but 'in progress' in the record (report:L1)
      | look at the line again, or add to its 'reports' in seeds/report.yaml: group: fulfilled
    + figures:
    - - {facts: [ferry-conflict]}
    + - {facts: [ferry-conflict]}
    + - {facts: [group], by: [SL], act: proposed}
    - reports: {ferry: fulfilled}
    + reports: {ferry: fulfilled, group: in progress}
    """
    told_as_expected()


def test_e211_a_line_is_recorded_twice(told_as_expected: Check) -> None:
    """
    - - line: 4
    + - line: 3
              ^ E211 line 3 stands here twice
              | put both into one entry
    - - {facts: [straits-2027]}
    + - {facts: [straits-2027]}
                 ^ E207 the fact 'straits-2027' does not cite talks:L3 under 'cites'
                 | add talks:L3 there, or take 'straits-2027' away here
      cites: [talks:L4]
              ^ E201 the record talks has no line 4
              | it has: 1, 2, 3, 3
    """
    told_as_expected()


def test_e211_a_figure_is_printed_and_derived(told_as_expected: Check) -> None:
    """
      derived:
    - year: {value: 2025, why: The year before the talks.}
    + year: {value: 2025, why: The year before the talks.}
    + by: {value: 2031, why: It is said to take five years.}
          ^ E211 the figure 'by' is both printed and derived
          | keep one of them
    """
    told_as_expected()


def test_e212_a_line_that_carries_a_fact_has_no_digest(told_as_expected: Check) -> None:
    """
    - digest: The next summit is in June.
    + digest: ""
              ^ E212 line 4 carries a fact and has no digest
              | say in our own words what the line says; the original's words stay with the original
    """
    told_as_expected()


def test_e213_a_line_is_recorded_and_left_out(told_as_expected: Check) -> None:
    """
    - account: NL
    + account: NL
    + left_out: {caption: [4, 9], question: [9]}
                           ^ E213 line 4 is recorded or left out elsewhere too
                           | a line carries facts, or is left out for one reason
                                             ^ E213 line 9 is recorded or left out elsewhere too
                                              | a line carries facts, or is left out for one reason
    """
    told_as_expected()


def test_e219_a_date_of_the_text_names_no_line(told_as_expected: Check) -> None:
    """
    - published: {date: 2026-03-03, basis: text, line: 1}
    + published: {date: 2026-03-03, basis: text}
                                           ^ E219 the basis is 'text', and no 'line' says where it gives the date
                                           | add 'line: N' with its number; ...
    """
    told_as_expected()


def test_e219_a_date_of_the_press_has_no_reason(told_as_expected: Check) -> None:
    """
    - published: {date: 2026-09-01, basis: text, line: 1}
    + published: {date: 2026-09-01, basis: press, why: " "}
                                           ^ E219 the basis is 'press', and no 'why' gives the reason
                                           | add 'why: ...'; if ...
    """
    told_as_expected()


def test_e219_a_derived_figure_has_no_reason(told_as_expected: Check) -> None:
    """
    - year: {value: 2025, why: The year before the talks.}
    + year: {value: 2025, why: ""}
                               ^ E219 the figure 'year' is derived, and 'why' gives no reason
    """
    told_as_expected()


def test_e220_an_event_is_dated_after_its_document(told_as_expected: Check) -> None:
    """
    - published: {date: 2026-09-01, basis: text, line: 1}
    + published: {date: 2026-08-01, basis: text, line: 1}
      opening: {name: Opening of the ferry route, date: 2026-08-30, basis: text, line: 1}
                                                        ^ E220 lies after the document (2026-08-01)
                                                        | correct the one that is wrong; ...
    """
    told_as_expected()


def test_e221_nothing_gives_the_year_of_an_event(told_as_expected: Check) -> None:
    """
    - talks: {name: Talks in Northport, date: 2026-03-03, basis: text, line: 1}
    + talks: {name: Talks in Northport, date: 2024-03-03, basis: text, line: 1, why: It tells of the year before last.}
    - dinner: {name: Dinner in Northport, date: 2026-03-03, basis: text, line: 1}
    + dinner: {name: Dinner in Northport, date: 2030-03-03, basis: text, line: 2}
                                                ^ E220 lies after the document (2026-03-03)
                                                | correct the one that is wrong; ...
    - opening: {name: Opening of the ferry route, date: 2026-08-30, basis: text, line: 1}
    + opening: {name: Opening of the ferry route, date: 2024-08-30, basis: text, line: 1}
                                                        ^ E221 is not of the year of its document (2026-09-01)
                                                        | correct the year; if it is right, ...
    """
    told_as_expected()


def test_e222_a_hash_that_is_none(told_as_expected: Check) -> None:
    """
    - sha256: "0202020202020202020202020202020202020202020202020202020202020202"
    + sha256: "020202020202020202020202020202020202020202020202020202020202020g"
              ^ E222 '020202020202020202020202020202020202020202020202020202020202020g' is no sha256
              | 64 digits and small letters from a to f are expected; briefgen sources add FILE writes them
    """
    told_as_expected()
