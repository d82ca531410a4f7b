"""The command `verify`."""

import sys
from pathlib import Path

import click

from briefgen.model.findings import FindingsError


@click.command(short_help="Tell which edition a file is, and whether it still holds.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def verify(start: Path, files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Tell which edition each FILE is, whether anybody has changed it, and whether it still holds.

    A PDF carries the facts it was made from, so that it can be asked anywhere, without a workspace too. Where the
    editions are at hand (beside the file, or in the workspace), it is also held against what was published, and what
    a newer edition says otherwise is told. Web pages and other files of an edition are known by it alone.

    Exit code 0: as published, and no newer edition stands here; 1: altered, or superseded; 2: no file of ours.
    """
    from briefgen.cli.verifying import verify_files

    if out and not (start / out).is_dir():
        raise click.BadParameter(f"there is no folder '{out}'", param_hint="--out")
    sys.exit(verify_files(start, files, start / out if out else _out(start), as_json=as_json))


def _out(start: Path) -> Path | None:
    """The workspace's editions, where there is a workspace."""
    from briefgen.read.workspace import find_workspace

    try:
        return find_workspace(start.absolute()).out
    except FindingsError:
        return None
