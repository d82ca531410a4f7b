"""A line in the user's crontab that ticks often enough; every other line is left as it is."""

import math
import shlex
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import islice, takewhile
from pathlib import Path

from briefgen.tools.schedule.plan import Plan, following
from briefgen.tools.schedule.programs import Answer, Installed, ask, marked, name_of, plan_in, refused, there

TABLE = "crontab -l"
_LONGEST_LINE = 998
"""Debian's cron cuts off longer ones (MAX_COMMAND)."""
_DAEMONS = ("cron", "crond", "fcron", "systemd-cron")
_LOOKED_AT = 400
_AHEAD = timedelta(days=800)


def lines(plan: Plan, program: Sequence[str], now: datetime) -> tuple[str, ...]:
    """The block for a crontab: cron knows one zone only, so it ticks, and the tick decides in the plan's zone."""
    name = name_of(plan.workspace)
    command = shlex.join((*program, *plan.arguments("tick"))).replace("%", r"\%")
    return (
        f"# >>> {name}: written by `briefgen schedule install`; `briefgen schedule remove` takes it away",
        marked(plan),
        f"{_often(plan, now)} {command}",
        f"# <<< {name}",
    )


def install(plan: Plan, program: Sequence[str], now: datetime, backup: Path) -> tuple[str, ...]:
    """Put our block into the crontab, look whether it is there, and say what a person should know besides."""
    block = lines(plan, program, now)
    if any(len(line) > _LONGEST_LINE or "\n" in line for line in block):
        message = "the command is too long for one line of a crontab"
        raise refused(TABLE, "P526", message, "put what --on-change and --on-failure call into a script of its own")
    before = _read()
    _write(before, (*_without(before, plan.workspace), *block), backup)
    return (
        ()
        if _daemon_runs()
        else ("No cron is running on this machine, so nothing starts it yet. As an administrator: service cron start",)
    )


def find(workspace: Path) -> Installed | None:
    """The block of this workspace, where there is one."""
    if not there("crontab"):
        return None
    table = _read()
    block = table[_span(table, workspace)]
    if not block:
        return None
    trouble = "" if _daemon_runs() else "no cron is running: service cron start"
    return Installed(
        kind="a line of your crontab", where=f"which {TABLE} shows", plan=plan_in("\n".join(block)), trouble=trouble
    )


def remove(workspace: Path, backup: Path) -> bool:
    """Take our block out; whether there was one."""
    before = _read() if there("crontab") else []
    after = _without(before, workspace)
    if after == before:
        return False
    _write(before, after, backup)
    return True


def minutes_between(plan: Plan, now: datetime) -> int:
    """The longest time between ticks at the full hour and after that meets every run to the minute."""
    coming = takewhile(lambda each: each < now + _AHEAD, islice(following(plan.crons, plan.zone, now), _LOOKED_AT))
    here = now.astimezone().utcoffset() or timedelta()
    return math.gcd(60, *((each + here).minute for each in coming))


def _often(plan: Plan, now: datetime) -> str:
    minutes = minutes_between(plan, now)
    return {60: "0 * * * *", 1: "* * * * *"}.get(minutes, f"*/{minutes} * * * *")


def _read() -> list[str]:
    """All lines that stand there. What cannot be read is never written over."""
    answer = ask("crontab", "-l")
    if answer.code == 0:
        return answer.out.removesuffix("\n").split("\n") if answer.out else []
    if _is_none(answer):
        return []
    hint = "nothing was changed; crontab(1) says who may use it, or: briefgen schedule run"
    raise refused(TABLE, "P526", f"the crontab cannot be read: {answer.complaint}", hint)


def _span(table: Sequence[str], workspace: Path) -> slice:
    """Where our lines stand, both marks included; half a block is not ours to judge, so nothing is changed then."""
    name = name_of(workspace)
    starts = [number for number, line in enumerate(table) if line.startswith(f"# >>> {name}:")]
    ends = [number for number, line in enumerate(table) if line == f"# <<< {name}"]
    if not starts and not ends:
        return slice(0, 0)
    if len(starts) == len(ends) == 1 and starts[0] < ends[0]:
        return slice(starts[0], ends[0] + 1)
    hint = f"take our lines away with crontab -e: '# >>> {name}' to '# <<< {name}'"
    raise refused(TABLE, "P526", "the marks around our lines are damaged; nothing was changed", hint)


def _without(table: Sequence[str], workspace: Path) -> list[str]:
    """The lines of everybody else."""
    ours, kept = _span(table, workspace), list(table)
    del kept[ours]
    return kept


def _write(before: Sequence[str], after: Sequence[str], backup: Path) -> None:
    """Write and read again; where something else stands there than should, the old table is put back."""
    with suppress(OSError):
        backup.parent.mkdir(parents=True, exist_ok=True)
        backup.write_text(_text(before), encoding="utf-8")
    answer = ask("crontab", "-", text=_text(after)) if after else ask("crontab", "-r")
    if answer.code:
        hint = f"the crontab stands as it was; it said:\n{_text(before)}"
        raise refused(TABLE, "P526", f"the crontab cannot be written: {answer.complaint}", hint)
    if _now() != [line for line in after if line]:
        again = ask("crontab", "-", text=_text(before))
        became = "the old one was put back" if again.code == 0 else "THE OLD ONE COULD NOT BE PUT BACK"
        hint = f"before, it said (kept in {backup}):\n{_text(before)}"
        raise refused(TABLE, "P526", f"the crontab does not say what was written; {became}", hint)


def _now() -> list[str] | None:
    """What stands there now, empty lines aside."""
    answer = ask("crontab", "-l")
    if answer.code and not _is_none(answer):
        return None
    return [line for line in answer.out.split("\n") if line]


def _is_none(answer: Answer) -> bool:
    """Whether the answer is that the user has no crontab yet (cron, cronie; BusyBox)."""
    return any(words in answer.err.casefold() for words in ("no crontab", "can't open"))


def _text(table: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in table)


def _daemon_runs() -> bool:
    """By the names of what runs; where that cannot be seen, it is believed to."""
    processes = list(Path("/proc").glob("[0-9]*/comm"))
    return not processes or any(_comm(each) in _DAEMONS for each in processes)


def _comm(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
