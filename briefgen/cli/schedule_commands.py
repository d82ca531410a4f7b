"""The commands of `briefgen schedule`."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli.show import OK

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from briefgen.read.workspace import Workspace
    from briefgen.tools.schedule.plan import Plan

_AT = 'When, like "Mon 07:00", "weekdays 07:00", "daily 07:00,13:00", "1st 07:00" or five fields of cron. Repeatable.'
_TZ = "The time zone of these times (IANA name); default: that of the settings."


def _planned(command: "Callable[..., Any]") -> "Callable[..., Any]":
    """The options that say when, and who is told."""
    for option in (
        click.option("--on-failure", metavar="COMMAND", default="", help="Call this when a run has failed."),
        click.option("--on-change", metavar="COMMAND", default="", help="Call this when there is a new edition."),
        click.option("--tz", "zone", metavar="ZONE", default="", help=_TZ),
        click.option("--at", "times", metavar="TIME", multiple=True, help=_AT),
    ):
        command = option(command)
    return command


HELP = """\
Make the briefings by the clock, unattended.

\b
  briefgen schedule install --at "Mon 07:00" --tz Asia/Seoul

lets systemd or cron start the runs. A run that was missed is made up for, once. The last good edition stands whatever
happens. Every run adds a line to out/.schedule/runs.jsonl and tells it: in JSON on standard output, in words on
standard error.

The COMMAND of --on-change and --on-failure is split into words as a shell does, and called without a shell; it has two
minutes. On its standard input come a subject line, an empty line and a summary for people; in its environment
BRIEFGEN_SUBJECT, _PARTNERSHIP, _OUTCOME, _EDITION, _REVISION, _AS_OF, _FOLDER, _WORKSPACE and _EXIT_CODE. To send it
by mail:

\b
  --on-change 'sh -c "read -r subject; mail -s \\"$subject\\" desk@example.org"'

Exit codes: 0 done, or nothing was due; 1 the facts, catalogs or templates are at fault; 2 wrong use, or this machine
is at fault; 130 stopped by Ctrl-C.
"""


@click.group(help=HELP, short_help="Make the briefings by the clock, unattended.")
def schedule() -> None:
    """Make the briefings by the clock."""


@schedule.command("install", short_help="Let this machine run it: systemd, or cron.")
@_planned
@click.option("--by", "way", type=click.Choice(["systemd", "cron"]), help="Default: systemd where it runs, else cron.")
@click.pass_obj
def install(start: Path, times: tuple[str, ...], zone: str, on_change: str, on_failure: str, way: str | None) -> None:
    """Let this machine start the runs: by a systemd timer, or by a line in your crontab.

    The schedule takes the place of the one that was installed for this workspace before.
    """
    from briefgen.cli.scheduling import install_plan

    workspace = _workspace(start)
    install_plan(workspace, _plan(workspace, times, zone, on_change, on_failure), _now(workspace), way or "")


@schedule.command("show", short_help="Say what is installed, the next runs, the last one.")
@click.pass_obj
def show(start: Path) -> None:
    """Say what is installed where, when the next three runs are, and how the last ones ended."""
    from briefgen.cli.scheduling import show_plan

    workspace = _workspace(start)
    show_plan(workspace, _now(workspace))


@schedule.command("remove", short_help="Take the timer away again.")
@click.pass_obj
def remove(start: Path) -> None:
    """Take away what starts the runs; editions and log stay."""
    from briefgen.cli.scheduling import remove_plan

    remove_plan(_workspace(start))


@schedule.command("print", short_help="Print what install would write, or a recipe.")
@_planned
@click.option("--systemd", "kind", flag_value="systemd", help="The systemd service and timer.")
@click.option("--cron", "kind", flag_value="cron", help="The lines for a crontab.")
@click.option("--github", "kind", flag_value="github", help="A workflow for GitHub Actions.")
@click.option("--gitlab", "kind", flag_value="gitlab", help="A pipeline for GitLab CI.")
@click.option("--kubernetes", "kind", flag_value="kubernetes", help="A CronJob for Kubernetes.")
@click.option("--windows", "kind", flag_value="windows", help="A scheduled task for Windows, by WSL.")
@click.option("--container", "kind", flag_value="container", help="A container that runs in the foreground.")
@click.pass_obj
def print_(start: Path, times: tuple[str, ...], zone: str, on_change: str, on_failure: str, kind: str | None) -> None:
    """Print what `install` would write on this machine, or a complete recipe for another; nothing is changed."""
    from briefgen.cli.scheduling import print_plan

    workspace = _workspace(start)
    click.echo(print_plan(_plan(workspace, times, zone, on_change, on_failure), _now(workspace), kind or ""), nl=False)


@schedule.command("tick", short_help="Run if a run is due; what a timer calls.")
@_planned
@click.pass_obj
def tick(start: Path, times: tuple[str, ...], zone: str, on_change: str, on_failure: str) -> None:
    """Do the run that fell due last, unless it was done: what a timer calls, as often as it likes.

    Where no run has ever been done here, it does one at once.
    """
    from briefgen.cli.scheduling import tick_plan

    workspace = _workspace(start)
    sys.exit(tick_plan(workspace, _plan(workspace, times, zone, on_change, on_failure), _now(workspace)))


@schedule.command("now", short_help="Run at once, and log and tell it.")
@_planned
@click.pass_obj
def now(start: Path, times: tuple[str, ...], zone: str, on_change: str, on_failure: str) -> None:
    """Do a run at once, whatever is due; it is logged and told like any other. For timers that keep time themselves.

    --at only serves to say when the next run is.
    """
    from briefgen.cli.scheduling import run_at_once

    workspace = _workspace(start)
    sys.exit(run_at_once(workspace, _plan(workspace, times, zone, on_change, on_failure), _now(workspace)))


@schedule.command("run", short_help="Stay, and run by the clock: for containers.")
@_planned
@click.pass_obj
def run(start: Path, times: tuple[str, ...], zone: str, on_change: str, on_failure: str) -> None:
    """Stay in the foreground and run by the clock, until SIGTERM or Ctrl-C: for containers.

    The partnership that is being built is finished first; a second Ctrl-C stops at once. Where no run has ever been
    done here, it begins with one.
    """
    from briefgen.cli.scheduling import run_by_the_clock

    workspace = _workspace(start)
    run_by_the_clock(workspace, _plan(workspace, times, zone, on_change, on_failure), partial(_now, workspace))
    sys.exit(OK)


def _plan(workspace: "Workspace", times: tuple[str, ...], zone: str, on_change: str, on_failure: str) -> "Plan":
    from briefgen.cli.scheduling import plan_of

    return plan_of(workspace, times, zone, {"--on-change": on_change, "--on-failure": on_failure})


def _workspace(start: Path) -> "Workspace":
    from briefgen.read.workspace import find_workspace

    return find_workspace(start.absolute())


def _now(workspace: "Workspace") -> "datetime":
    from briefgen.cli.clock import now

    return now(workspace)
