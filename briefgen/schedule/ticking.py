"""Decides whether a run is due, and does it once, however often and by whomever it is asked."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from briefgen.findings import Finding, Place
from briefgen.schedule import calendar
from briefgen.schedule.keeping import State, one_at_a_time, read_state, write_state
from briefgen.schedule.outcome import Kind, Outcome
from briefgen.schedule.plan import Plan
from briefgen.schedule.running import Occasion, Teller, Work, carry_out

ATTEMPTS = 3
"""How often a run is begun that never ends, as when the machine goes down under it."""
_MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Ticked:
    """Whether a run was due, and its exit code."""

    ran: bool
    code: int = 0


def tick(plan: Plan, home: Path, now: datetime, work: Work, teller: Teller) -> Ticked:
    """Do the run that fell due last, unless it was done; several that were missed are made up for by one.

    Without a memory of any run the last one that fell due is done. NothingToGoOnWith where it cannot be written down
    that the run begins: then nothing is run, for it might be run again and again. UnderWay where one is going on.
    """
    due = plan.latest_due(now)
    if due is None or due in read_state(home).done:
        return Ticked(False)
    with one_at_a_time(home):
        state = read_state(home)
        if due in state.done:  # by another, in this very moment
            return Ticked(False)
        state = state.beginning(due)
        write_state(home, state)
        given_up = state.attempts > ATTEMPTS
        code = carry_out(plan, home, _occasion(plan, state, due, now), _give_up if given_up else work, teller)
        write_state(home, state.ended(due))
    return Ticked(True, code)


def run_now(plan: Plan, home: Path, now: datetime, work: Work, teller: Teller) -> int:
    """A run that somebody asks for: whatever is due, and without counting for it."""
    with one_at_a_time(home):
        return carry_out(plan, home, Occasion(at=now), work, teller)


def begin_after(plan: Plan, home: Path, now: datetime) -> None:
    """From now on: what fell due before is nobody's business any more."""
    if due := plan.latest_due(now):
        with one_at_a_time(home):
            write_state(home, read_state(home).ended(due))


def _occasion(plan: Plan, state: State, due: datetime, now: datetime) -> Occasion:
    last = state.last_done(before=due)
    missed = calendar.count_between(plan.crons, plan.zone, last, due, _MOST_COUNTED) if last else 0
    return Occasion(at=now, due=due, missed=missed)


def _give_up() -> tuple[Outcome, ...]:
    message = f"the run was begun {ATTEMPTS} times and never ended; it is not begun again before the next time"
    hint = "look why the machine or the program went down, then: briefgen build"
    finding = Finding(Place("this machine"), "P523", message, hint=hint)
    return (Outcome(partnership="", kind=Kind.FAILED, exit_code=2, findings=(finding,)),)
