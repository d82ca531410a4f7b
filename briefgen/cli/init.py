"""`briefgen init` makes a workspace, `schema` schemas for its editors, and `migrate` brings its files up to date."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from shlex import quote

import click

from briefgen.cli.output import PATH, Here, echo, show
from briefgen.model.facts import FORMAT
from briefgen.model.findings import plural
from briefgen.read.paths import BACKUP


def called_as() -> str:
    """Return the command by which this was started, as it works in any folder: the launcher's path, or briefgen."""
    return quote(os.environ.get("BRIEFGEN_LAUNCHER", "briefgen"))


@click.command(short_help="Make a new workspace that builds at once.")
@click.argument("folder", metavar="NAME", type=PATH)
@click.option("--id", "id", default="", help="The id of the partnership, such as br-fr; default: made from NAME.")
@click.option("--name", "title", default="", help="The partnership's name, printed as the title.")
@click.option("--party", "parties", multiple=True, metavar="CODE=NAME", help="A party, such as BR=Brazil; two or more.")
@click.option("--lang", "languages", multiple=True, metavar="CODE", help="A language to print; may be repeated.")
@click.option("--tz", "timezone", default="", help="The zone whose calendar day is today, such as Asia/Seoul.")
@click.option("--sample", is_flag=True, help="Ask nothing: two invented countries, in English.")
@click.pass_obj
def init(
    here: Here,
    folder: Path,
    id: str,
    title: str,
    parties: tuple[str, ...],
    languages: tuple[str, ...],
    timezone: str,
    sample: bool,
) -> None:
    """Make the workspace NAME: a guide, records, a fact of each kind, catalogs. It builds at once in its languages.

    On a terminal it asks for what no option says. The facts are an example of two invented countries; with your own
    parties, every text of it says so. Replace it.
    """
    from briefgen.tools.init import Beginning, begin, id_for, printed_languages

    path = here.folder / folder
    asks = sys.stdin.isatty() and not (sample or path.exists())
    printed = printed_languages()
    if asks and not parties:
        echo("Which parties is it about? One by one, such as BR=Brazil; Enter alone ends.")
        while typed := click.prompt("Party", default="", show_default=False):
            parties = (*parties, typed)
    named = _parties(parties)
    if asks:
        title = title or click.prompt(
            "Name of the partnership", default="–".join(named.values()) or "Northland–Southland"
        )
        id = id or click.prompt("Its id", default=id_for(path.resolve().name))
        if not languages:
            typed = click.prompt(f"Languages ({', '.join(printed)})", default="en")
            languages = tuple(typed.replace(",", " ").split())
        timezone = timezone or click.prompt("Time zone", default="UTC")
    codes = tuple(dict.fromkeys(code for each in languages for code in each.replace(",", " ").split()))
    made = begin(
        path,
        Beginning(
            id=id or id_for(path.resolve().name),
            name=title,
            parties=named,
            languages=codes or ("en",),
            timezone=timezone or "UTC",
            command=called_as(),
        ),
    )
    echo(f"Made {folder} with {len(made)} files; README.md says what is where. Next:\n")
    echo(f"  cd {quote(str(folder))}\n  {called_as()} build\n")


def _parties(typed: tuple[str, ...]) -> Mapping[str, str]:
    found = {}
    for each in typed:
        code, sign, name = (part.strip() for part in each.partition("="))
        if not (code and sign and name):
            raise click.UsageError(f"'{each}' is no party: write CODE=NAME, such as BR=Brazil")
        found[code] = name
    return found


@click.command(short_help="Write the schemas by which editors complete and explain keys.")
@click.pass_obj
def schema(here: Here) -> None:
    """Write the JSON Schemas of facts, records, settings, look and languages into the workspace.

    An editor with YAML and TOML support finds each by the first line of a file, which is printed here.
    """
    from briefgen.tools.init import HEADER_LINES, write_schemas

    workspace = here.workspace
    written = [workspace.shown(path) for path in write_schemas(workspace.root)]
    echo(f"Written: {', '.join(written)}." if written else "All schemas are up to date.")
    echo(f"The first line of a file names its schema:\n{HEADER_LINES}", nl=False)


@click.command(short_help="Bring facts and records of an older format up to date.")
@click.option("--originals", type=PATH, help="Where the source texts are; default: seeds/originals.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--undo", is_flag=True, help="Put back what the last migration changed.")
@click.pass_obj
def migrate(here: Here, originals: Path | None, dry_run: bool, undo: bool) -> None:
    """Bring every file of facts/ and seeds/ to the format of this program; comments and line ends stay.

    The figures of records get the words that they were read from, where the source texts are at hand. Shows the
    difference, and keeps the files as they were, so that --undo puts them back.
    """
    from briefgen.tools import migrate as tool

    workspace = here.workspace
    if undo:
        for name in tool.undo(workspace):
            echo(f"{name} is as it was.")
        return
    found = tool.migrate(workspace, here.folder / originals if originals else workspace.originals)
    migrated = [each for each in found if each.new != each.old]
    for each in migrated:
        echo(each.difference, nl=False)
    show(notes := [note for each in found for note in each.notes], workspace.root)
    if not migrated:
        echo(f"Every {'other ' if notes else ''}file is of format {FORMAT}; nothing has changed.")
    elif dry_run:
        echo(f"{plural(len(migrated), 'file')} would be brought to format {FORMAT}; nothing has changed.")
    else:
        tool.write(workspace, migrated)
        echo(f"{plural(len(migrated), 'file')} brought to format {FORMAT}; as they were, they are in {BACKUP}/.")
        echo("To put them back: briefgen migrate --undo. Next: briefgen check")
