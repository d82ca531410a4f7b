"""`briefgen review`: records that somebody looked at facts again."""

from datetime import date
from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.output import echo
from briefgen.model.findings import plural


@click.command(short_help="Record that you looked at facts again and found nothing new.")
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--on", "day", type=options.Day(), help="The day on which you looked; default: today.")
@click.pass_obj
def review(start: Path, facts: tuple[str, ...], day: date | None) -> None:
    """Write `reviewed: DAY` into each FACT, named by its id; nothing else in the file is touched.

    Where several partnerships have a fact of that id, name it PARTNERSHIP/ID.

    A fact is fresh again from that day. `briefgen check --max-stale 0` names those that are past review.
    """
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.review import review_facts

    workspace = options.find(start)
    today = options.current_time(workspace).date()
    if day and day > today:
        raise click.UsageError(f"--on {day} is after today; give the day on which somebody looked")
    for path, text in review_facts(workspace, facts, day or today).items():
        replace_file(path, text.encode(), workspace.root)
    echo(f"{plural(len(set(facts)), 'fact')} reviewed on {day or today}.")
