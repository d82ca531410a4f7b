"""The commands by which people answer for what is published: `briefgen review` and `briefgen clear`."""

import sys
from datetime import date
from pathlib import Path

import click

from briefgen.cli.day import Day


@click.command(short_help="Clear an edition: a draft until then, where the settings ask for it.")
@click.argument("edition", required=False, default="")
@click.option("--by", metavar="NAME", required=True, help="The person who answers for it; printed on its first page.")
@click.option("--partnership", default="", metavar="NAME", help="Of this partnership; needed where there are several.")
@click.option("--withdraw", is_flag=True, help="Take a clearance back; both deeds stay on record.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="The editions are here instead of in the workspace's out/."
)
@click.pass_obj
def clear(start: Path, edition: str, by: str, partnership: str, withdraw: bool, out: Path | None) -> None:
    """Clear EDITION (such as 7; default: the newest), and make the revision that reads "Cleared by NAME".

    Where the settings say `clearance = "required"`, every page of an edition reads "Draft, not cleared" until then. A
    clearance counts for what the edition says, word for word: where any fact or status changes, the next edition is a
    draft again. Who cleared what on which day is kept in facts/clearances/, to be committed with the facts.
    """
    from briefgen.cli import clearing
    from briefgen.cli.clock import now
    from briefgen.read.workspace import find_workspace

    workspace = find_workspace(start.absolute())
    folder = (start / out if out else workspace.out).absolute()
    today = now(workspace).date()
    sys.exit(clearing.clear(workspace, (partnership, edition), by, today, folder, withdraw=withdraw))


@click.command(short_help="Note that you looked at facts again and found nothing new.")
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--on", "day", type=Day(), help="The day on which you looked; default: today.")
@click.pass_obj
def review(start: Path, facts: tuple[str, ...], day: date | None) -> None:
    """Write `reviewed: DAY` into each FACT, named by its id; nothing else of the file is touched.

    A fact is fresh again from that day. `briefgen check --max-stale 0` names those that are past review.
    """
    from briefgen.cli.clock import now
    from briefgen.cli.fact_reviewing import review as review_facts
    from briefgen.read.workspace import find_workspace

    workspace = find_workspace(start.absolute())
    today = now(workspace).date()
    review_facts(workspace, facts, day or today, today)
