"""Every typed value, date, party, person, act, occasion and cite, changed one at a time, is caught.

What is not caught stands in mutants/survivors.txt, each with the reason why it may stay. After a change of the facts:
`pytest --refresh-golden tests/check/test_mutants.py`, which keeps the reasons and marks what needs one.
"""

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from briefgen.check import FACTS
from briefgen.check.evidence import (
    differing_outcomes,
    differing_sayings,
    differing_values,
    unclaimed_sayings,
    unknown_lines,
    unknown_occasions,
    unsupported_cites,
    values_of_other_lines,
)
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding
from check.mutants.change import Mutant
from check.mutants.of_facts import of_facts
from check.mutants.of_records import of_records

HERE = Path(__file__).parent
SURVIVORS = HERE / "mutants" / "survivors.txt"
NO_REASON = "WHY?"
Check = Callable[[FactBook], Iterator[Finding]]
FACT_BY_FACT = (
    differing_values,
    differing_sayings,
    unsupported_cites,
    unknown_lines,
    values_of_other_lines,
    unknown_occasions,
    differing_outcomes,
)


def has_findings(checks: Iterable[Check], book: FactBook) -> bool:
    """Whether any of the checks has anything to say."""
    return next(chain.from_iterable(check(book) for check in checks), None) is not None


def is_caught(mutant: Mutant, without: Check | None = None) -> bool:
    """Whether any check finds the change, or any but one.

    Most look at one fact after the other, so that the facts concerned are enough to look at first.
    """
    book = mutant.book()
    part = replace(book, facts={id: book.facts[id] for id in mutant.concerned if id in book.facts})
    if has_findings((check for check in FACT_BY_FACT if check is not without), part):
        return True
    return has_findings((check for check in (unclaimed_sayings, *FACTS) if check is not without), book)


def listed(kind: str) -> dict[str, str]:
    """The survivors of a kind that are known, and the reason of each."""
    rows = [line.partition("  # ") for line in SURVIVORS.read_text(encoding="utf-8").splitlines()]
    return {name.removeprefix(f"{kind} "): reason for name, _, reason in rows if name.startswith(f"{kind} ")}


def write(kind: str, alive: list[str]) -> None:
    """List the survivors of a kind anew; reasons are kept."""
    known = listed(kind)
    lines = SURVIVORS.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{kind} ")]
    rows = [f"{kind} {name}  # {known.get(name, NO_REASON)}" for name in sorted(alive)]
    SURVIVORS.write_text("\n".join((*kept, *rows)) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def mutants(book: FactBook) -> dict[str, list[Mutant]]:
    """The changed books by the kind of the change."""
    return {"fact": list(of_facts(book)), "record": list(of_records(book))}


@pytest.mark.parametrize(("kind", "least"), [("fact", 5000), ("record", 5000)])
def test_no_change_passes_unseen(
    book: FactBook,
    mutants: dict[str, list[Mutant]],
    kind: str,
    least: int,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not has_findings(FACTS, book)
    alive, number = [str(mutant) for mutant in mutants[kind] if not is_caught(mutant)], len(mutants[kind])
    with capsys.disabled():
        sys.stdout.write(f"\n{kind} mutants: {number}, caught {number - len(alive)}, survivors {len(alive)}\n")
    if request.config.getoption("--refresh-golden"):
        write(kind, alive)
    assert number >= least, "the mutants have become fewer"
    assert sorted(alive) == sorted(listed(kind))
    assert NO_REASON not in listed(kind).values()


@pytest.mark.parametrize("check", [differing_values, differing_sayings, unclaimed_sayings, differing_outcomes])
def test_without_a_check_changes_would_pass_and_be_seen(mutants: dict[str, list[Mutant]], check: Check) -> None:
    some = [mutant for made in mutants.values() for mutant in made[::7]]
    assert any(not is_caught(mutant, without=check) for mutant in some)


def test_the_nearest_slips_are_among_the_mutants(mutants: dict[str, list[Mutant]]) -> None:
    made = {str(mutant) for mutant in mutants["fact"]}
    assert "trade-goal-2030.target.goal.value: 150 billion USD -> 15 billion USD" in made
    assert "trade-goal-2030.target.by.value: 2030 -> 2025" in made
    assert "trade-goal-2030-set-2022.target.goal.value: 150 billion USD -> 100 billion USD" in made
    assert "trade-goal-2030-set-2022.target.goal.cite: talks-2022:L7#goal-2030 -> talks-2022:L7#goal-2023" in made
    assert "trade-goal-2030.cites.0: nhandan-2025:L13 -> nhandan-2025:L14" in made
    assert "trade-goal-2030.act: aimed -> announced" in made
    assert "trade-goal-2030.by: VN, KR -> VN" in made
    assert "vn-ask-production-base-2025.act: requested -> agreed" in made
    assert "vn-ask-production-base-2025.speaker: to-lam -> bui-thanh-son" in made
    assert "vn-ask-production-base-2025.by: VN -> KR" in made
    assert "trade-goal-2030.on: nhandan-2025@visit -> nhandan-2025@interview" in made
