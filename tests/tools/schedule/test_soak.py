"""A long time of an unattended desk, with edits in between: every edition whole, nothing twice, nothing lost."""

import json
from datetime import datetime
from functools import reduce
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from changes.merge_patch import merged
from conftest import request_for

from briefgen.model.edition import BRIEFING, CHANGES
from briefgen.publish import editions
from briefgen.publish.decide import facts_in
from briefgen.publish.verify import read
from briefgen.tools.schedule.runner import LOG, mark_done

from .plans import plan
from .soak import ZONE, Desk, Months, Stub, desk_of

START = datetime(2026, 3, 9, tzinfo=ZoneInfo(ZONE))


def check(workspace: Path, months: Months, days: int) -> None:
    """Let the days pass, and hold every edition against what the desk held to be so at that moment."""
    home = workspace / "out" / "sample"
    begun = months.plan.latest_due(START)
    assert begun is not None
    mark_done(months.state_dir, begun)
    passed = list(months.pass_by(desk_of(workspace), START, days))

    dues = [day.due for day in passed]
    assert dues == sorted({*dues}), "a run was done twice, or late ones out of order"
    assert len((months.state_dir / LOG).read_text(encoding="utf-8").splitlines()) == len(dues)
    for day in passed:
        assert day.desk.broken == (day.edition is None)
        if day.edition is not None:
            _is_what_the_desk_held(day.edition.folder, day.desk)

    stand = editions(home)
    assert all(edition.whole for edition in stand)
    numbers = [edition.manifest.edition for edition in stand if edition.manifest.revision == 1]
    assert numbers == list(range(1, len(numbers) + 1))
    printed = [edition.manifest.as_of for edition in stand]
    assert printed == sorted({*printed}), "a day was printed twice"
    assert {edition.folder for edition in stand} == {day.edition.folder for day in passed if day.edition}

    first, *later = [edition for edition in stand if edition.manifest.revision == 1]
    sheets = [json.loads((each.folder / CHANGES).read_text(encoding="utf-8")) for each in later]
    assert reduce(merged, (sheet["patch"] for sheet in sheets), facts_in(first)) == facts_in(stand[-1])
    _something_happened(passed_days=len(passed), numbers=len(numbers), revisions=len(stand) - len(numbers), days=days)


def _is_what_the_desk_held(folder: Path, desk: Desk) -> None:
    facts = read((folder / BRIEFING).read_text(encoding="utf-8")).facts
    assert facts["trade-goal-2030"]["values"]["goal"] == f"{desk.goal} billion USD"
    assert facts["ferry"]["text"] == f"Open the ferry route {desk.ferry}"
    assert {id for id in facts if id.startswith("ask-")} == {f"ask-{each}" for each in desk.asks}


def _something_happened(*, passed_days: int, numbers: int, revisions: int, days: int) -> None:
    """A soak in which nothing happens would prove nothing."""
    assert passed_days > days * 0.75
    assert numbers > days / 20
    assert revisions > 0


@pytest.mark.parametrize("days", [200, pytest.param(400, marks=pytest.mark.long)])
def test_many_days_unattended(days: int, tiny: Path) -> None:
    settings = (tiny / "briefgen.toml").read_text(encoding="utf-8").replace('"UTC"', f'"{ZONE}"')
    (tiny / "briefgen.toml").write_text(settings, encoding="utf-8")
    asked = plan("daily 07:00", zone=ZONE, workspace=tiny)
    months = Months(plan=asked, state_dir=tiny / "out" / ".schedule", executor=Stub(), request_for=request_for(tiny))
    check(tiny, months, days)
