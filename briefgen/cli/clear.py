"""`briefgen clear`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.build import run
from briefgen.cli.output import echo
from briefgen.model.edition import Clearance

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace


@click.command(short_help="Clear an edition, which is a draft until then if the settings say so.")
@click.argument("edition", required=False, default="")
@click.option("--by", metavar="NAME", required=True, help="The person who answers for it; printed on its first page.")
@click.option("--partnership", default="", metavar="NAME", help="Of this partnership; needed if there are several.")
@click.option("--withdraw", is_flag=True, help="Withdraw a clearance; both entries stay on record.")
@click.option("--out", type=options.PATH, help="Look for editions here instead of the workspace's out/.")
@click.pass_obj
def clear(start: Path, edition: str, by: str, partnership: str, withdraw: bool, out: Path | None) -> None:
    """Clear EDITION (such as 7; default: the newest), and make the revision that reads "Cleared by NAME".

    If the settings say `clearance = "required"`, every page of an edition reads "Draft, not cleared" until then. A
    clearance counts for what the edition says, word for word: if any fact or status changes, the next edition is a
    draft again. Who cleared what on which day is recorded in facts/clearances/, to be committed with the facts.
    """
    from briefgen.tools.building import BuildOptions, choose_partnerships
    from briefgen.tools.editions import record_clearance

    workspace = options.find(start)
    found = choose_partnerships(workspace, (partnership,) if partnership else ())
    if len(found) > 1:
        listed = ", ".join(path.stem for path in found)
        raise click.UsageError(f"there are several partnerships; name one with --partnership: {listed}")
    facts, who, today = found[0], _name(workspace, by), options.current_time(workspace).date()
    folder = options.out_folder(start, out)
    recorded = record_clearance(workspace, facts, edition, who, today, folder, withdraw=withdraw)
    echo(f"{facts.stem}: {recorded.sentence}")
    if not recorded.is_newest:
        echo(f"{facts.stem}: the newest edition says something else, so it stays as it is.")
    elif recorded.pinned:
        release = f"briefgen editions release {recorded.partnership}"
        echo(f"{facts.stem}: a rollback holds, so its pages stay as they are; to end it: {release}")
    else:
        sys.exit(run(workspace, BuildOptions(partnerships=(facts.stem,), day=today, today=today, out=folder)))


def _name(workspace: "Workspace", by: str) -> str:
    """Return the name on one line; wrong use if there is none, or if the settings ask for no clearance."""
    if workspace.settings.clearance is Clearance.OFF:
        hint = 'with clearance = "required" in the settings, editions are drafts until they are cleared'
        raise click.UsageError(f"the settings ask for no clearance; {hint}")
    name = " ".join(by.split())
    if not name or not name.isprintable():
        raise click.UsageError("--by needs the name of the person who clears it")
    return name
