"""The command `diff`."""

import sys
from pathlib import Path

import click

from briefgen.cli.show import OK, stopped


@click.command(short_help="Tell what changed between two editions or two days.")
@click.argument("sides", metavar="[A] [B]", nargs=-1)
@click.option("--next", "ahead", is_flag=True, help="Compare with what the facts say now, without building.")
@click.option("--lang", "language", default="", metavar="CODE", help="In this language; default: the settings' first.")
@click.option("--partnership", default="", metavar="NAME", help="Only this partnership; default: all.")
@click.option("--out", type=click.Path(path_type=Path), help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def diff(
    start: Path, sides: tuple[str, ...], ahead: bool, language: str, partnership: str, out: Path | None, as_json: bool
) -> None:
    """Tell what changed between A and B, corrections first, with both values and the lines cited.

    A and B are editions (7, or 7r2 for its second revision) or days (2025-09-01: what could be known and said then).
    Without B: A and the newest edition. With neither: the newest edition and the one before it. The earlier of the
    two is always told first. With --next: what the next edition would tell, were it built now.

    The exit code is 0 whether or not anything changed; 1 where a partnership has nothing to compare.
    """
    from briefgen.cli.clock import now
    from briefgen.cli.diffing import Asked, diff_all
    from briefgen.read.workspace import find_workspace

    workspace = find_workspace(start.absolute())
    asked = Asked(
        sides=sides,
        ahead=ahead,
        language=language,
        partnership=partnership,
        today=now(workspace).date(),
        out=(start / out if out else workspace.out).absolute(),
    )
    told, wanting = diff_all(workspace, asked, as_json=as_json)
    click.echo(told)
    sys.exit(stopped(wanting, workspace.root) if wanting else OK)
