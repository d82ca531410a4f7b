"""`briefgen schedule`: makes the briefings at set times."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import available_timezones

import click

from briefgen.cli import OK, TROUBLE
from briefgen.cli.output import AS_JSON, Group, Here, echo, echo_json, show
from briefgen.model.findings import FindingsError, did_you_mean, plural

if TYPE_CHECKING:
    from briefgen.tools.schedule import Plan
    from briefgen.tools.schedule.installer import Installed
    from briefgen.tools.schedule.runner import Runner

_AT = 'When, like "Mon 07:00", "weekdays 07:00", "daily 07:00,13:00", "1st 07:00" or five fields of cron. Repeatable.'
_TZ = "The time zone of these times (IANA name); default: that of the settings."
_HELP = """\
Make the briefings at set times, unattended.

\b
  briefgen schedule install --at "Mon 07:00" --tz Asia/Seoul

lets systemd or cron start the runs. A run that was missed is made up for, once. Whatever happens, the last good edition
is kept. Every run adds a line to out/.schedule/runs.jsonl and reports it: in JSON on standard output, in words on
standard error.

The COMMAND of --on-change and --on-failure is split into words as a shell does, and called without a shell; it has two
minutes. If it fails, it is called again later with the same words. Its standard input is a subject line, an empty line
and a summary for people; its environment has BRIEFGEN_SUBJECT, _PARTNERSHIP, _OUTCOME, _EDITION, _REVISION, _AS_OF,
_FOLDER, _WORKSPACE and _EXIT_CODE. To send it by mail:

\b
  --on-change 'sh -c "read -r subject; mail -s \\"$subject\\" team@example.org"'

Exit codes: 0 done, or nothing was due; 1 the facts, catalogs or templates are at fault; 2 wrong use, or this machine
is at fault; 130 stopped by Ctrl-C.
"""


@click.group(cls=Group, help=_HELP, short_help="Make the briefings at set times, unattended.")
def schedule() -> None:
    """Make the briefings at set times."""


def _planned(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of a plan to a command, and the folder to work in."""
    for decorate in (
        click.pass_obj,
        click.option("--on-failure", metavar="COMMAND", default="", help="Call this when a run has failed."),
        click.option("--on-change", metavar="COMMAND", default="", help="Call this when there is a new edition."),
        click.option("--tz", "timezone", metavar="ZONE", default="", help=_TZ),
        click.option("--at", metavar="TIME", multiple=True, help=_AT),
    ):
        command = decorate(command)
    return command


@schedule.command("install", short_help="Let this machine run it: systemd, or cron.")
@_planned
@click.option("--by", type=click.Choice(["systemd", "cron"]), help="Default: systemd if it runs, else cron.")
def install(here: Here, by: str | None, **asked: Any) -> None:
    """Let this machine start the runs: by a systemd timer, or by a line in your crontab.

    It replaces the schedule that was installed for this workspace before.
    """
    from briefgen.tools.schedule import installer

    plan, now = _plan(here, **asked, timed=True, commanded="timers"), here.now
    installed, notes = installer.install(plan, now, _state_dir(here), by or "")
    coming = f"Next runs: {plan.in_words(now, 3)} ({plan.timezone})"
    echo("\n".join((f"Installed: {installed.kind}, {installed.where}", *notes, coming)))
    _show_orphans()


@schedule.command("show", short_help="Show what is installed, the next runs, the last one.")
@click.option("--all", "every", is_flag=True, help="Every workspace of yours that has a timer here, moved ones too.")
@AS_JSON
@click.pass_obj
def show_(here: Here, every: bool, as_json: bool) -> None:
    """Show what is installed where, when the next three runs are, and how the last ones ended."""
    from briefgen.tools.schedule import installer, report, runner

    if every:
        found = installer.find_all()
        if as_json:
            echo_json({"installed": [_data(each, None) for each in found]})
        elif found:
            _show_installed(found)
        else:
            echo("No schedule is installed for any workspace of yours on this machine.")
        return
    workspace, state_dir, now = here.workspace, _state_dir(here), here.now
    found, runs = installer.find(workspace.root), runner.last_runs(state_dir)
    if as_json:
        echo_json({"installed": [_data(each, now) for each in found], "runs": runs})
        return
    _show_installed(found, now)
    if not found:
        example = 'briefgen schedule install --at "Mon 07:00"'
        echo(f"No schedule is installed for this workspace. To install one: {example}")
        _show_orphans()
    echo("".join(f"Last run: {report.sentence(record)}\n" for record in runs), nl=False)
    plan = next((each.plan for each in found if each.plan), None)
    _show_state(state_dir, now.astimezone(plan.zone) if plan else now, plan)
    echo(f"All runs: {workspace.shown(state_dir / runner.LOG)}" if runs else "No run has been made yet.")


def _show_orphans() -> None:
    """Say which timers are left of workspaces that were moved, perhaps this one."""
    from briefgen.tools.schedule import installer

    with suppress(FindingsError):  # damaged lines of another workspace
        _show_installed(each for each in installer.find_all() if each.is_orphan)


def _show_state(state_dir: Path, now: datetime, plan: "Plan | None") -> None:
    """Say what is under way, waits to be tried again, or cannot be known; in the zone of `now`."""
    from briefgen.tools.schedule import label, runner

    def at(moment: datetime) -> str:
        return label(moment.astimezone(now.tzinfo))

    state = runner.read_state(state_dir)
    for call in state.waiting:
        again = f"tried {plural(call.tries, 'time')}, and again after {at(call.again)}" if call.again else ""
        echo(f"NOT TOLD: “{call.subject}”: called {call.why}; {again}", fg="yellow")
    if lost := runner.lost_state(state_dir):
        echo(lost, fg="yellow")
    if state.begun:
        begun = f"The run of {at(state.begun)} was begun and has not ended"
        echo(f"{begun}: it is under way, or the next tick begins it again.", fg="yellow")
    if state.again and state.failed:
        echo(f"The run of {at(state.failed)} is tried again after {at(state.again)}.", fg="yellow")
    due = plan.latest_due(now) if plan else None
    if due and due < now - runner.ON_TIME and due not in (*state.done, state.begun, state.failed):
        echo(f"The run of {at(due)} was due and has not begun. To see why: briefgen schedule tick", fg="yellow")
    ahead = max(state.done, default=now)
    if ahead > now:
        echo(f"The clock was set back: a run of {at(ahead)} is done already, and now it is {at(now)}.")


def _show_installed(found: "Iterable[Installed]", now: datetime | None = None) -> None:
    """Say what is installed; without a moment, also for which workspace."""
    for each in found:
        plan, name = each.plan, each.name
        times = plan.description if plan else "which this version cannot read; install it again"
        echo(f"Installed: {each.kind}, {each.where}: {times}")
        if now is None:
            echo(f"  Its id: {name}" + (f"; its workspace: {plan.workspace}" if plan else ""))
        if each.is_orphan:
            echo(f"  But there is no such folder. To remove it: briefgen schedule remove --id {name}", fg="yellow")
        if each.problem:
            echo(f"  But {each.problem}.", fg="yellow")
        if plan and now:
            echo(f"Next runs: {plan.in_words(now, 3)} ({plan.timezone})")


@schedule.command("remove", short_help="Remove the timer.")
@click.option("--id", "name", default="", metavar="ID", help="That of another workspace; schedule show --all tells it.")
@click.pass_obj
def remove(here: Here, name: str) -> None:
    """Remove what starts the runs; the editions and the log stay."""
    from briefgen.tools.schedule import installer, name_of

    if name:
        known = [each.name for each in installer.find_all()]
        if name not in known:
            hint = did_you_mean(name, known) or "briefgen schedule show --all tells them"
            raise click.BadParameter(f"there is no schedule '{name}'; {hint}", param_hint="--id")
        removed = installer.remove(name)
    else:
        removed = installer.remove(name_of(here.workspace.root), _state_dir(here))
    left = [] if name else installer.find(here.workspace.root)
    none = "No schedule of yours was installed." if left else "No schedule was installed."
    echo(f"Removed: {', '.join(removed)}. Editions and log stay." if removed else none)
    for each in left:
        echo(f"Left: {each.kind}, {each.where}, which only an administrator can remove.", fg="yellow")
    if not removed:
        _show_orphans()


@schedule.command("print", short_help="Print what install would write, or a recipe.")
@_planned
@click.option("--systemd", "kind", flag_value="systemd", help="The systemd service and timer.")
@click.option("--cron", "kind", flag_value="cron", help="The lines for a crontab.")
@click.option("--github", "kind", flag_value="github", help="A workflow for GitHub Actions.")
@click.option("--gitlab", "kind", flag_value="gitlab", help="A pipeline for GitLab CI.")
@click.option("--kubernetes", "kind", flag_value="kubernetes", help="A CronJob for Kubernetes.")
@click.option("--windows", "kind", flag_value="windows", help="A scheduled task for Windows, by WSL.")
@click.option("--container", "kind", flag_value="container", help="A container that runs in the foreground.")
def print_(here: Here, kind: str | None, at: tuple[str, ...], **asked: Any) -> None:
    """Print what `install` would write on this machine, or a complete recipe for another; nothing is changed."""
    from briefgen.tools.schedule import installer

    echo(installer.preview(_plan(here, at or ("Mon 07:00",), **asked), here.now, kind or ""), nl=False)


@schedule.command("tick", short_help="Run if a run is due; what a timer calls.")
@_planned
def tick(here: Here, **asked: Any) -> None:
    """Do the run that was due last, unless it is done: what a timer calls, as often as it likes.

    Without options, it is the schedule that is installed. What the machine kept from its end (a full disk, say) and a
    command that failed are tried again, after ten minutes at first, then in growing pauses.

    If no run has ever been done here, it does one at once.
    """
    from briefgen.tools.schedule.runner import RunUnderWayError

    output, now = _Output(), here.now
    runner = _runner(here, output, **asked, timed=True, installed=True)
    is_seen = sys.stderr is not None and sys.stderr.isatty()  # else silent, as cron mails all output
    try:
        code = runner.run_if_due(now)
    except RunUnderWayError as busy:
        if is_seen:
            echo(busy.findings[0].message, err=True)
        return
    if code is None and is_seen:
        echo(f"Nothing is due. Next run: {runner.plan.in_words(now, 1)}.", err=True)
    output.end(code or (TROUBLE if runner.is_waiting() else OK))  # by which systemd knows that it has to come again


@schedule.command("now", short_help="Run at once; log and report it.")
@_planned
@click.option("--test-hooks", is_flag=True, help="Build nothing, but call the commands to try them.")
def now(here: Here, test_hooks: bool, **asked: Any) -> None:
    """Do a run at once, whatever is due, and log and report it like any other. For timers that keep time themselves.

    Without options, with the times and commands of the schedule that is installed. --at only serves to say when the
    next run is.
    """
    output = _Output()
    runner = _runner(here, output, **asked, installed=True, commanded="us" * test_hooks)
    if not test_hooks:
        output.end(runner.run_now(here.now))
    if not (runner.plan.on_change or runner.plan.on_failure):
        raise click.UsageError("there is no command to try: none is installed, and neither option names one")
    output.end(runner.test_hooks())


@schedule.command("run", short_help="Stay and run at the set times: for containers.")
@_planned
def run(here: Here, **asked: Any) -> None:
    """Stay in the foreground and run at the set times, until SIGTERM or Ctrl-C: for containers.

    The partnership that is being built is finished first; a second Ctrl-C stops at once. If no run has ever been done
    here, it begins with one.
    """
    runner = _runner(here, _Output(), **asked, timed=True, commanded="us")
    with runner.stop.on_signals():
        runner.run_until_stopped(lambda: here.now)
    echo("Stopped, as asked.", err=True)


def _plan(
    here: Here,
    at: tuple[str, ...],
    timezone: str,
    *,
    timed: bool = False,
    commanded: str = "",
    installed: bool = False,
    **hooks: str,
) -> "Plan":
    """Return the plan of the options; click.UsageError if an option is wrong.

    `timed`: it must say when. `commanded`: who must find its commands, "timers" or "us"; a run makes its edition
    without them. `installed`: without any option, it is the plan that is installed.
    """
    from briefgen.tools.schedule import Plan, parse_time
    from briefgen.tools.schedule.report import why_not_called, words

    workspace = here.workspace
    if installed and not (at or timezone or any(hooks.values())):
        from briefgen.tools.schedule import installer

        with suppress(FindingsError):  # a crontab that cannot be read has nothing to say
            if known := next((each.plan for each in installer.find(workspace.root) if each.plan), None):
                return known
    try:
        for time in at:
            parse_time(time)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--at") from None
    for name, line in hooks.items():
        option = f"--{name.replace('_', '-')}"
        try:
            command = words(line)[0] if line else ""
        except ValueError as error:
            raise click.BadParameter(f"{line!r} is not a command line: {error}", param_hint=option) from None
        if commanded and line and (why := why_not_called(command, workspace.root, by_timers=commanded == "timers")):
            raise click.BadParameter(why, param_hint=option)
    timezone = timezone or workspace.settings.timezone
    if timezone not in available_timezones():
        from briefgen.read.zones import zone_hint

        raise click.BadParameter(f"'{timezone}' is not a time zone; {zone_hint(timezone)}", param_hint="--tz")
    if timed and not at:
        raise click.UsageError('say when, such as: --at "Mon 07:00"')
    return Plan(workspace=workspace.root, at=at, timezone=timezone, **hooks)


def _runner(here: Here, output: "_Output", **asked: Any) -> "Runner":
    from briefgen.tools.schedule.runner import Runner

    plan = _plan(here, **asked)

    def build() -> Iterator[Any]:
        from briefgen.tools.building import build_all

        return build_all(plan.workspace, lambda: here.now, lambda note: output(show, [note], plan.workspace))

    on_record, on_message = partial(output, echo), partial(output, echo, err=True)
    return Runner(plan=plan, state_dir=_state_dir(here), build=build, on_record=on_record, on_message=on_message)


class _Output:
    """Prints during a run. Where nothing takes it, as on a full disk, the run goes on, and its end tells of it."""

    def __init__(self) -> None:
        self.lost: OSError | None = None

    def __call__(self, print_: Callable[..., None], *what: Any, **how: Any) -> None:
        """Print in this way."""
        try:
            print_(*what, **how)
        except OSError as error:
            self.lost = error

    def end(self, code: int) -> NoReturn:
        """End the program with this exit code; OSError if something could not be printed."""
        if self.lost:
            raise self.lost
        sys.exit(code)


def _state_dir(here: Here) -> Path:
    from briefgen.tools.schedule.runner import FOLDER

    return here.workspace.out / FOLDER


def _data(installed: "Installed", now: datetime | None) -> dict[str, Any]:
    plan = installed.plan
    what = {"id": installed.name, "kind": installed.kind, "where": installed.where, "problem": installed.problem}
    if plan is None:
        return what
    following = {"next": [each.isoformat() for each in plan.upcoming(now, 3)]} if now else {}
    return what | {"workspace": str(plan.workspace), "times": plan.description, "timezone": plan.timezone} | following
