"""Every typed value, date, party, person, act, occasion and cite, changed one at a time, is caught.

What is not caught stands in mutants/survivors.txt, each with the reason why it may stay. After a change of the facts:
`pytest --refresh-golden tests/test_mutants.py`, which keeps the reasons and marks what needs one.
"""

import sys
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import pytest

from briefgen.checks import CHECKS
from briefgen.evidence import EVIDENCE, differing_sayings, differing_values
from briefgen.facts import partnerships, read_facts
from briefgen.model.book import FactBook
from briefgen.workspace import find_workspace
from mutants.change import Mutant
from mutants.of_facts import of_facts
from mutants.of_records import of_records

HERE = Path(__file__).parent
SURVIVORS = HERE / "mutants" / "survivors.txt"
NO_REASON = "WHY?"
IN_ORDER = (differing_values, differing_sayings, *(each for each in (*EVIDENCE, *CHECKS)))


@pytest.fixture(scope="module")
def book() -> FactBook:
    """The shipped facts and records."""
    workspace = find_workspace(HERE.parent)
    read, findings = read_facts(workspace, *partnerships(workspace))
    assert read is not None, [str(finding) for finding in findings]
    return read


def is_caught(book: FactBook) -> bool:
    """Whether any check has anything to say."""
    return next(chain.from_iterable(check(book) for check in IN_ORDER), None) is not None


def survivors(mutants: Iterable[Mutant]) -> tuple[list[str], int]:
    """Those that no check catches, and how many there were in all."""
    alive, number = [], 0
    for mutant in mutants:
        number += 1
        if not is_caught(mutant.book()):
            alive.append(str(mutant))
    return alive, number


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


@pytest.mark.parametrize(("kind", "make", "least"), [("fact", of_facts, 5000), ("record", of_records, 5000)])
def test_no_change_passes_unseen(
    book: FactBook,
    kind: str,
    make: Callable[[FactBook], Iterable[Mutant]],
    least: int,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not is_caught(book)
    alive, number = survivors(make(book))
    with capsys.disabled():
        sys.stdout.write(f"\n{kind} mutants: {number}, caught {number - len(alive)}, survivors {len(alive)}\n")
    if request.config.getoption("--refresh-golden"):
        write(kind, alive)
    assert number >= least, "the mutants have become fewer"
    assert sorted(alive) == sorted(listed(kind))
    assert NO_REASON not in listed(kind).values()
