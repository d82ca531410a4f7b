"""`briefgen migrate`: brings facts and records of an older format up to date."""

from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.output import echo, show
from briefgen.model.facts import FORMAT
from briefgen.model.findings import plural
from briefgen.read.paths import BACKUP


@click.command(short_help="Bring facts and records of an older format up to date.")
@click.option("--originals", type=options.PATH, help="Where the source texts are; default: seeds/originals.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--undo", is_flag=True, help="Put back what the last migration changed.")
@click.pass_obj
def migrate(start: Path, originals: Path | None, dry_run: bool, undo: bool) -> None:
    """Bring every file of facts/ and seeds/ to the format of this program; comments and line ends stay.

    The figures of records get the words that they were read from, where the source texts are at hand. Shows the
    difference, and keeps the files as they were, so that --undo puts them back.
    """
    from briefgen.tools import migrate as tool

    workspace = options.find(start)
    if undo:
        for name in tool.undo(workspace):
            echo(f"{name} is as it was.")
        return
    migrated = tool.migrate(workspace, start / originals if originals else workspace.originals)
    for each in migrated:
        echo(each.difference, nl=False)
    show([note for each in migrated for note in each.notes], workspace.root)
    if not migrated:
        echo(f"Every file is of format {FORMAT}; nothing has changed.")
    elif dry_run:
        echo(f"{plural(len(migrated), 'file')} would be brought to format {FORMAT}; nothing has changed.")
    else:
        tool.write(workspace, migrated)
        echo(f"{plural(len(migrated), 'file')} brought to format {FORMAT}; as they were, they are in {BACKUP}/.")
        echo("To put them back: briefgen migrate --undo. Next: briefgen check")
