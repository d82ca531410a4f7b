"""A desk at work for months: edits between the runs, machines that are down, and a run whenever one falls due."""

import random
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from briefgen.build import build
from briefgen.model.document import RenderedFile
from briefgen.model.findings import FindingsError
from briefgen.publish import Edition, up_to_date
from briefgen.publish.decide import BuildRequest
from briefgen.tools.schedule import Plan
from briefgen.tools.schedule.report import Kind, RunOutcome

from .plans import Reports

ZONE = "Asia/Seoul"
_LAST = "    act: requested\n    on: sample-talks-2026@talks\n    rank: 2\n"
_SAYS = "      - {facts: [southland-minister]}\n"
WORDS = ("harbour", "railway", "school", "forest", "museum", "orchestra", "lighthouse", "library")


class Stub(Executor):
    """Makes tiny documents at once, instead of rendering them."""

    def submit(self, _fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        (job,) = args
        part = Path(job.folders[0], "parts", "look.html")
        look = part.read_text(encoding="utf-8") if part.is_file() else "-"
        done: Future[Any] = Future()
        document = RenderedFile(name=job.name, content=f"{job.name} {look}\n".encode(), pages=1, fingerprint=look)
        done.set_result(document)
        return done


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the curators hold to be so; written into a workspace, it is its facts and its record."""

    workspace: Path
    sample: str
    record: str
    goal: int = 5
    ferry: str = "all year round"
    asks: tuple[str, ...] = ()
    broken: bool = False
    look: int = 0

    def edited(self, chance: random.Random) -> "Desk":
        """One more thing that somebody does; a desk that broke something mends it first."""
        if self.broken:
            return replace(self, broken=False)
        match chance.randrange(8):
            case 0:
                return replace(self, goal=self.goal + 1)
            case 1:
                return replace(self, ferry=chance.choice(("in winter too", "day and night", "all year round")))
            case 2:
                return replace(self, broken=True)
            case 3:
                return replace(self, look=self.look + 1)
            case 4 if self.asks:
                gone = chance.choice(self.asks)
                return replace(self, asks=tuple(each for each in self.asks if each != gone))
            case _:
                return replace(self, asks=tuple(dict.fromkeys((*self.asks, chance.choice(WORDS)))))

    def save(self) -> None:
        """Write it as a curator would have typed it."""
        facts = self.sample.replace("5 billion USD", f"{self.goal} billion USD").replace("all year round", self.ferry)
        facts += "".join(map(_ask, self.asks)) + ("  - {id: half a line\n" if self.broken else "")
        said = "".join(
            f"      - {{facts: [ask-{each}], by: [SL], speaker: ada-holm, to: [NL], act: requested, on: talks}}\n"
            for each in self.asks
        )
        record = self.record.replace("5 billion USD", f"{self.goal} billion USD").replace(_SAYS, _SAYS + said)
        (self.workspace / "facts" / "sample.yaml").write_text(facts, encoding="utf-8")
        (self.workspace / "seeds" / "sample-talks-2026.yaml").write_text(record, encoding="utf-8")
        look = self.workspace / "templates" / "parts" / "look.html"
        look.parent.mkdir(exist_ok=True)
        look.write_text(f"<p>{self.look}</p>", encoding="utf-8")


def _ask(word: str) -> str:
    return (
        f"\n  - id: ask-{word}\n    text: Open the {word} to visitors\n    theme: trade\n"
        f'    cites: ["sample-talks-2026:L3"]\n    by: [SL]\n    speaker: ada-holm\n    to: [NL]\n{_LAST}'
    )


def desk_of(workspace: Path) -> Desk:
    """The desk of a new workspace."""
    facts, record = workspace / "facts" / "sample.yaml", workspace / "seeds" / "sample-talks-2026.yaml"
    return Desk(
        workspace=workspace, sample=facts.read_text(encoding="utf-8"), record=record.read_text(encoding="utf-8")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A tick at which a run was done: what fell due, what the desk held, and what came of it."""

    at: datetime
    due: datetime
    desk: Desk
    edition: Edition | None
    """None: the run failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The desk, its schedule, and the chance that rules its days."""

    plan: Plan
    state_dir: Path
    executor: Executor
    request_for: BuildRequest
    chance: random.Random = field(default_factory=lambda: random.Random(20261122))  # noqa: S311 # repeatable days

    def pass_by(self, desk: Desk, start: datetime, days: int) -> Iterator[Day]:
        """Three ticks a day at any time, an edit every few days, and sometimes the machine is down for days."""
        down = 0
        for number in range(days):
            if self.chance.random() < 0.15:
                desk = desk.edited(self.chance)
                desk.save()
            down = max(down - 1, 0) or (self.chance.randrange(2, 9) if self.chance.random() < 0.02 else 0)
            for minute in sorted(self.chance.sample(range(24 * 60), 0 if down else 3)):
                yield from self._tick(desk, start + timedelta(days=number, minutes=minute))

    def _tick(self, desk: Desk, now: datetime) -> Iterator[Day]:
        made: list[Edition | None] = []
        due = self.plan.latest_due(now)
        runner = Reports().runner(self.plan, self.state_dir, lambda: self._build(now, made))
        if runner.run_if_due(now) is not None:
            assert due is not None
            yield Day(at=now, due=due, desk=desk, edition=made[0])

    def _build(self, now: datetime, made: list[Edition | None]) -> Iterable[RunOutcome]:
        """As the commands do it: where nothing has changed, nothing is read."""
        today = now.astimezone(self.plan.zone).date()
        asked = replace(self.request_for, day=today, today=today)
        try:
            same = up_to_date(asked.out, asked.facts, asked.fingerprint(), today)
            made.append(same or build(asked, self.executor))
        except FindingsError as trouble:
            made.append(None)
            return [RunOutcome(kind=Kind.FAILED, findings=trouble.findings)]
        return [RunOutcome(partnership="sample", kind=Kind.EDITION)]
