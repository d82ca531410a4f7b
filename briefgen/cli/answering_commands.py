"""The command by which people answer for what is published: `briefgen clear`."""

import sys
from pathlib import Path

import click


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
