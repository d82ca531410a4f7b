"""A systemd timer and the service it starts, for one user or, by root, for the machine."""

import os
import pwd
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from pathlib import Path

from briefgen.tools.schedule.plan import Fields, Plan, fields, following
from briefgen.tools.schedule.programs import Answer, Installed, ask, marked, name_of, plan_in, refused, there

_NAMES = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_AHEAD = timedelta(days=366 * 5)
"""How far ahead leaps of the clocks are looked for."""
_OFTEN = 4
"""Runs a day."""


def on_calendar(plan: Plan, now: datetime) -> tuple[str, ...]:
    """Lines that wake the timer whenever the plan falls due.

    A time of day that the clocks leap over never comes for systemd: for those the time after the leap is named too,
    and on all other days the tick finds nothing due.
    """
    lines = [line for cron in plan.crons for line in _lines(fields(cron), plan.timezone)]
    lines += [f"*-*-* {time}:00 {plan.timezone}" for time in _after_leaps(plan, now)]
    return tuple(dict.fromkeys(lines))


def _lines(said: Fields, zone: str) -> Iterator[str]:
    time = f"{_numbers(said.hours, 24)}:{_numbers(said.minutes, 60)}:00 {zone}"
    months = _numbers(said.months, 12)
    weekdays = "" if len(said.weekdays) == len(_NAMES) else ",".join(_NAMES[day] for day in said.weekdays) + " "
    days = _numbers(said.days, 31)
    if said.either:
        yield f"{weekdays}*-{months}-* {time}"
        yield f"*-{months}-{days} {time}"
    else:
        yield f"{weekdays}*-{months}-{days} {time}"


def _numbers(found: Iterable[int], all_of_them: int) -> str:
    numbers = tuple(found)
    return "*" if len(numbers) == all_of_them else ",".join(f"{number:02}" for number in numbers)


def _after_leaps(plan: Plan, now: datetime) -> list[str]:
    """The times of day at which a run comes that no expression names: right after the clocks have leapt."""
    found: dict[str, None] = {}
    for cron in plan.crons:
        said = fields(cron)
        if len(said.hours) * len(said.minutes) > _OFTEN:
            continue  # the next one is not far
        for moment in takewhile(lambda each: each < now + _AHEAD, following([cron], plan.zone, now)):
            local = moment.astimezone(plan.zone)
            if local.hour not in said.hours or local.minute not in said.minutes:
                found[f"{local:%H:%M}"] = None
    return list(found)


_RUNNING = {"running", "degraded", "starting", "initializing", "maintenance"}
_SERVICE = """\
# Written by `briefgen schedule install`; `briefgen schedule remove` takes it away.
[Unit]
Description=Briefings of {workspace}

[Service]
Type=oneshot
{user}WorkingDirectory={workspace}
ExecStart={command}
TimeoutStartSec=3h
Nice=10
"""
_TIMER = """\
# Written by `briefgen schedule install`; `briefgen schedule remove` takes it away.
{mark}
[Unit]
Description=Briefings of {workspace}: {times}

[Timer]
{lines}
Persistent=true

[Install]
WantedBy=timers.target
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Systemd:
    """The one that is asked: a user's own, or the machine's."""

    user: bool
    folder: Path
    """Where its units are written."""

    def control(self, *words: str) -> Answer:
        """Ask systemctl."""
        return ask("systemctl", *(["--user"] if self.user else []), "--no-ask-password", *words)


def of_this_user() -> Systemd:
    """The machine's for root, else the user's own."""
    if os.geteuid() == 0:
        return Systemd(user=False, folder=Path("/etc/systemd/system"))
    config = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Systemd(user=True, folder=Path(config) / "systemd" / "user")


def runs(systemd: Systemd) -> bool:
    """Whether it is there and takes orders."""
    return there("systemctl") and systemd.control("is-system-running").out.strip() in _RUNNING


def units(plan: Plan, program: Sequence[str], now: datetime, *, user: bool) -> dict[str, str]:
    """The two files by name."""
    name, folder = name_of(plan.workspace), _escaped(str(plan.workspace))
    service = _SERVICE.format(
        workspace=folder,
        user="" if user else f"User={_owner(plan.workspace)}\n",
        command=" ".join(map(_quoted, (*program, *plan.arguments("tick")))),
    )
    timer = _TIMER.format(
        mark=marked(plan),
        workspace=folder,
        times=_escaped(plan.times),
        lines="\n".join(f"OnCalendar={line}" for line in on_calendar(plan, now)),
    )
    return {f"{name}.service": service, f"{name}.timer": timer}


def install(systemd: Systemd, plan: Plan, program: Sequence[str], now: datetime) -> tuple[str, ...]:
    """Write the units and start the timer; what a person should know besides. What fails is undone."""
    made = units(plan, program, now, user=systemd.user)
    before = {name: _content(systemd.folder / name) for name in made}
    try:
        systemd.folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (systemd.folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        _put_back(systemd, before)
        hint = "mend its access rights, or: briefgen schedule install --by cron"
        raise refused(str(systemd.folder), "P525", f"the timer cannot be written: {error.strerror}", hint) from None
    timer = f"{name_of(plan.workspace)}.timer"
    for words in (("daemon-reload",), ("enable", timer), ("restart", timer), ("is-active", timer)):
        answer = systemd.control(*words)
        if answer.code:
            _put_back(systemd, before)
            message = f"systemctl {' '.join(words)}: {answer.complaint}; the timer was taken away again"
            raise refused(str(systemd.folder / timer), "P525", message, "or: briefgen schedule install --by cron")
    return _lingering() if systemd.user else ()


def find(systemd: Systemd, workspace: Path) -> Installed | None:
    """The timer of this workspace, where there is one."""
    timer = systemd.folder / f"{name_of(workspace)}.timer"
    text = _content(timer)
    if text is None:
        return None
    answer = systemd.control("is-active", timer.name)
    trouble = f"it is not active ({answer.complaint}); install it again" if answer.code else ""
    return Installed(kind="a systemd timer", where=str(timer), plan=plan_in(text), trouble=trouble)


def remove(systemd: Systemd, workspace: Path) -> bool:
    """Stop the timer and take its units away; whether there was one."""
    name = name_of(workspace)
    files = [systemd.folder / f"{name}.timer", systemd.folder / f"{name}.service"]
    if not any(file.exists() for file in files):
        return False
    systemd.control("disable", "--now", f"{name}.timer")
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            hint = f"take it away by hand: rm {file}"
            raise refused(str(file), "P525", f"the timer cannot be taken away: {error.strerror}", hint) from None
    systemd.control("daemon-reload")
    return True


def _lingering() -> tuple[str, ...]:
    """A user's timers end with the last session unless the user lingers: that is asked for, or told how to."""
    me = pwd.getpwuid(os.geteuid()).pw_name
    if ask("loginctl", "show-user", me, "--property=Linger").out.strip() == "Linger=yes":
        return ()
    if ask("loginctl", "--no-ask-password", "enable-linger", me).code == 0:
        return (
            f"So that it also runs while you are logged out, lingering is on now (undo: loginctl disable-linger {me}).",
        )
    return (
        "It runs only while you are logged in. So that it always runs, have an administrator type, once:",
        f"  sudo loginctl enable-linger {me}",
    )


def _put_back(systemd: Systemd, before: dict[str, str | None]) -> None:
    for name, text in before.items():
        with suppress(OSError):
            if text is None:
                (systemd.folder / name).unlink(missing_ok=True)
            else:
                (systemd.folder / name).write_text(text, encoding="utf-8")
    systemd.control("daemon-reload")


def _content(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8")
    except OSError:
        return None


def _owner(folder: Path) -> str:
    """Whose the workspace is: the documents should be theirs too."""
    try:
        return pwd.getpwuid(folder.stat().st_uid).pw_name
    except (OSError, KeyError):
        return "root"


def _escaped(text: str) -> str:
    """Percent signs are systemd's own."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """One word of ExecStart=, whatever is in it (systemd.service(5), "Command lines")."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
