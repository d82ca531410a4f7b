"""`briefgen schedule`: what is asked for becomes a plan, and the builds of a run become its outcomes."""

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from time import sleep
from zoneinfo import available_timezones

import click

from briefgen.cli.building import BuildOptions, editions
from briefgen.cli.clock import now as this_moment
from briefgen.cli.diffing import Asked, comparison
from briefgen.cli.show import OK
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.model.rows import ChangeRow
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import Edition, current_pin, latest_of
from briefgen.read.workspace import Workspace, find_workspace
from briefgen.tools.doctor import format_trouble
from briefgen.tools.schedule import install, run, systemd
from briefgen.tools.schedule.notify import Kind, Outcome, sentence, title_of, words
from briefgen.tools.schedule.plan import Plan, parse_rule
from briefgen.tools.schedule.programs import this_program
from briefgen.tools.schedule.recipes import FILES, recipe
from briefgen.tools.schedule.run import Teller, failed, home_of, run_now, tick, told

_SAMPLE = ("Mon 07:00",)
_TELLER = Teller(machines=click.echo, people=lambda text: click.echo(text, err=True))
_SHOWN = 3
_BUSY, _TRIES, _SECONDS_BETWEEN = "P501", 31, 20
"""A build that somebody else has begun is waited for, ten minutes at most."""
Made = Edition | tuple[Finding, ...]
"""A partnership's edition, or why there is none."""


def plan_of(workspace: Workspace, times: tuple[str, ...], zone: str, commands: Mapping[str, str]) -> Plan:
    """The plan that was typed; click.UsageError says what cannot be worked with."""
    try:
        rules = tuple(parse_rule(time) for time in times)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--at") from None
    zone = zone or workspace.settings.timezone
    if zone not in (zones := available_timezones()):
        raise click.BadParameter(f"'{zone}' is no time zone; {did_you_mean(zone, zones)}", param_hint="--tz")
    for option, line in commands.items():
        _refuse_unreadable(option, line)
    return Plan(
        workspace=workspace.root,
        rules=rules,
        timezone=zone,
        on_change=commands["--on-change"],
        on_failure=commands["--on-failure"],
    )


def _refuse_unreadable(option: str, line: str) -> None:
    """A command line that is no command, or that no crontab could hold."""
    try:
        if line and words(line) and "\n" in line:
            raise ValueError("it has more than one line")
    except ValueError as error:
        raise click.BadParameter(f"{line!r} is no command line: {error}", param_hint=option) from None


def _timed(plan: Plan) -> Plan:
    """A plan to run by: it says when."""
    if not plan.rules:
        raise click.UsageError('say when, such as: --at "Mon 07:00"')
    return plan


def _callable(plan: Plan) -> Plan:
    """Told while somebody looks; in a run, a command that is not there keeps no edition from being made."""
    for option, line in (("--on-change", plan.on_change), ("--on-failure", plan.on_failure)):
        if line and not (shutil.which(name := words(line)[0]) or (plan.workspace / name).is_file()):
            raise click.BadParameter(f"there is no command '{name}' on this machine", param_hint=option)
    return plan


def install_plan(workspace: Workspace, plan: Plan, now: datetime, way: str) -> None:
    """Let this machine start the runs, and tell what was set up."""
    manager = systemd.of_this_user()
    home = home_of(workspace.out)
    started = install.install(_callable(_timed(plan)), this_program(), now, home, way, manager)
    click.echo(f"Installed: {started.installed.kind}, {started.installed.where}")
    for note in started.notes:
        click.echo(note)
    _tell_next(plan, now)


def show_plan(workspace: Workspace, now: datetime) -> None:
    """Tell what is installed, the next runs, and how the last ones ended."""
    found = install.find(workspace.root, systemd.of_this_user())
    for each in found:
        times = each.plan.times if each.plan else "which nobody can read; install it again"
        click.echo(f"Installed: {each.kind}, {each.where}: {times}")
        if each.trouble:
            click.secho(f"  But {each.trouble}.", fg="yellow")
        if each.plan:
            _tell_next(each.plan, now)
    if not found:
        click.echo(
            'No schedule is installed for this workspace. To have one: briefgen schedule install --at "Mon 07:00"'
        )
    home = home_of(workspace.out)
    runs = run.last_runs(home)
    for said in runs:
        click.echo(f"Last run: {sentence(said)}")
    ahead = max(run.read_state(home).done, default=now)
    if ahead > now:
        click.echo(f"The clock was set back: a run of {told(ahead)} is done already, and now it is {told(now)}.")
    click.echo(f"All runs: {workspace.shown(home / run.LOG)}" if runs else "No run has been made yet.")


def _tell_next(plan: Plan, now: datetime) -> None:
    coming = plan.upcoming(now, _SHOWN)
    click.echo(f"Next runs: {', '.join(map(told, coming)) or 'none'} ({plan.timezone})")


def remove_plan(workspace: Workspace) -> None:
    """Take away what starts the runs."""
    gone = install.remove(workspace.root, home_of(workspace.out), systemd.of_this_user())
    click.echo(f"Removed: {', '.join(gone)}. Editions and log stay." if gone else "No schedule was installed.")


def print_plan(plan: Plan, now: datetime, kind: str) -> str:
    """What `install` would write, or a recipe; without times it is a sample."""
    if not plan.rules:
        plan = Plan(
            workspace=plan.workspace,
            rules=tuple(map(parse_rule, _SAMPLE)),
            timezone=plan.timezone,
            on_change=plan.on_change,
            on_failure=plan.on_failure,
        )
    if kind in FILES:
        return recipe(kind, plan, now)
    manager = systemd.of_this_user()
    way = kind or install.way_here(manager)
    if not way:
        return recipe("container", plan, now)
    return install.preview(plan, this_program(), now, way, manager)


def tick_plan(workspace: Workspace, plan: Plan, now: datetime) -> int:
    """Run if a run is due. Silent where none is, unless a person looks: cron mails whatever is said."""
    plan = _timed(plan)
    try:
        done = tick(plan, home_of(workspace.out), now, _work(workspace.root), _TELLER)
    except run.RunUnderWayError as busy:
        click.echo(busy.findings[0].message, err=True)
        return OK
    if not done.ran and sys.stderr is not None and sys.stderr.isatty():
        coming = plan.upcoming(now, 1)
        click.echo(f"Nothing is due. Next run: {told(coming[0]) if coming else 'none'}.", err=True)
    return done.code


def run_at_once(workspace: Workspace, plan: Plan, now: datetime) -> int:
    """Run whatever is due."""
    return run_now(plan, home_of(workspace.out), now, _work(workspace.root), _TELLER)


def run_by_the_clock(workspace: Workspace, plan: Plan, clock: Callable[[], datetime]) -> None:
    """Run by the clock until told to stop."""
    home = home_of(workspace.out)
    with run.stopping() as stop:
        run.run(_callable(_timed(plan)), home, _work(workspace.root), _TELLER, clock, stop)
    click.echo("Stopped, as asked.", err=True)


def _work(root: Path) -> Callable[[], Iterator[Outcome]]:
    """Builds what the workspace holds at that moment: its settings are read anew for every run."""

    def outcomes() -> Iterator[Outcome]:
        workspace = find_workspace(root)
        _refuse_half(workspace)
        for request, made in _patiently(workspace):
            yield _outcome(request, made)

    return outcomes


def _patiently(workspace: Workspace) -> Iterator[tuple[BuildRequest, Made]]:
    """Where somebody is building a partnership at this very moment, the run waits until that has ended.

    The day is read anew each time: past midnight that build has made an edition of what is today by then.
    """
    names: tuple[str, ...] = ()
    for left in reversed(range(_TRIES)):
        busy: list[str] = []
        today = this_moment(workspace).date()
        for request, made in editions(workspace, _request(workspace, today, names)):
            if left and not isinstance(made, Edition) and any(finding.code == _BUSY for finding in made):
                busy.append(request.facts.stem)
            else:
                yield request, made
        if not busy:
            return
        sleep(_SECONDS_BETWEEN)
        names = tuple(busy)


def _refuse_half(workspace: Workspace) -> None:
    """Without PDFs it would be no edition; nobody is here to be told of a part."""
    trouble = next(filter(None, map(format_trouble, workspace.settings.formats)), None)
    if trouble:
        raise FindingsError([Finding(Location("this machine"), "P507", trouble.detail, hint=trouble.fix)])


def _request(workspace: Workspace, today: date, partnerships: tuple[str, ...]) -> BuildOptions:
    """All that the settings name, of today, for these partnerships or for all."""
    return BuildOptions(
        partnerships=partnerships,
        day=today,
        today=today,
        languages=(),
        documents=(),
        formats=(),
        out=workspace.out.absolute(),
        strict=False,
    )


def _outcome(request: BuildRequest, made: Made) -> Outcome:
    """What became of one partnership."""
    if isinstance(made, Edition):
        kind = _kind(made)
        changes = _changes(request) if kind is Kind.EDITION else ()
        return replace(_standing(request.facts.stem, made, kind), changes=changes)
    newest = next(latest_of(request.out, request.facts.name), None)
    nothing = Outcome(partnership=request.facts.stem, kind=Kind.FAILED)
    return failed(made, _standing(request.facts.stem, newest, Kind.FAILED) if newest else nothing)


def _kind(made: Edition) -> Kind:
    if made.new:
        return Kind.REVISION if made.manifest.revision > 1 else Kind.EDITION
    return Kind.HELD if current_pin(made.outdir) else Kind.NOTHING


def _changes(request: BuildRequest) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the newest edition changed, by kind, as `briefgen diff` words it; nothing for the first."""
    asked = Asked(sides=(), ahead=False, language="", partnership="", today=request.today, out=request.out)
    try:
        worded = comparison(request.workspace, request.facts, asked).worded
    except FindingsError:
        return ()
    kinds = dict.fromkeys(row.kind.label for row in worded)
    return tuple((kind, tuple(_line(row) for row in worded if row.kind.label == kind)) for kind in kinds)


def _line(row: ChangeRow) -> str:
    """The text of a fact, and what it said and says."""
    old = " · ".join((*map(str, row.old), *(badge.label for badge in row.was)))
    new = " · ".join((*map(str, row.new), *(badge.label for badge in row.now)))
    became = f" ({old} → {new})" if old and new else f" ({old or new})" if old or new else ""
    return f"{row.text}{became}".replace("\N{NO-BREAK SPACE}", " ")  # a mail has no use for it


def _standing(partnership: str, edition: Edition, kind: Kind) -> Outcome:
    """An edition as it stands, and what it told of changes."""
    manifest = edition.manifest
    return Outcome(
        partnership=partnership,
        kind=kind,
        title=title_of(edition.folder),
        edition=manifest.edition,
        revision=manifest.revision,
        as_of=str(manifest.as_of),
        minor=not manifest.major,
        draft=manifest.draft,
        folder=edition.folder,
        documents=tuple(file for file in edition.files if file.suffix.removeprefix(".") in manifest.formats),
        next_change=str(manifest.next_change) if manifest.next_change else None,
    )
