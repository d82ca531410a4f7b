"""The commands that look after the editions."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click

_OUT = click.option("--out", type=click.Path(path_type=Path), help="Look here instead of the workspace's out/.")
_NAMES = click.argument("names", metavar="[PARTNERSHIP]...", nargs=-1)
_PARTNERSHIP = click.option("--partnership", default="", metavar="NAME", help="Of this one, where out/ holds several.")


@click.group("editions", invoke_without_command=True, short_help="List, verify, roll back or prune the editions.")
@click.pass_context
def editions(context: click.Context) -> None:
    """Look after the editions in out/.

    On its own, it does what `briefgen editions list` does. An edition goes by its number, 7, or 7r2 for its second
    revision.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_editions)


@editions.command("list", short_help="List the editions, a line each.")
@_NAMES
@_OUT
@click.pass_obj
def list_editions(start: Path, names: tuple[str, ...] = (), out: Path | None = None) -> None:
    """List the editions, a line each: number, day, documents, facts, and which is the newest, held, or damaged."""
    from briefgen.cli.keeping import homes, today
    from briefgen.cli.listing import list_lines

    for outdir in homes(start, names, out):
        _say(list_lines(outdir, today(start)))


@editions.command("show", short_help="Tell all about one edition.")
@click.argument("edition", metavar="N[rM]")
@_PARTNERSHIP
@_OUT
@click.pass_obj
def show_edition(start: Path, edition: str, partnership: str, out: Path | None) -> None:
    """Tell all about edition N, or its revision M: what it rests on, what changed, its files, what changes next."""
    from briefgen.cli.called import find
    from briefgen.cli.keeping import outdir_of, today
    from briefgen.cli.listing import show_lines

    _say(show_lines(find(outdir_of(start, partnership, out), edition), today(start)))


@editions.command("verify", short_help="Check that every edition is what was published.")
@_NAMES
@click.option("--edition", default="", metavar="N[rM]", help="Only this one.")
@_OUT
@click.pass_obj
def verify_editions(start: Path, names: tuple[str, ...], edition: str, out: Path | None) -> None:
    """Check every file of every edition against the hash that was noted when it was published.

    Exit code 0: all are whole; 2: something is damaged or missing, and the lines say what.
    """
    from briefgen.cli.keeping import homes, verify

    sys.exit(verify(homes(start, names, out), edition))


@editions.command("rollback", short_help="Let readers see an earlier edition again.")
@click.argument("edition", metavar="N[rM]")
@_PARTNERSHIP
@_OUT
@click.pass_obj
def rollback(start: Path, edition: str, partnership: str, out: Path | None) -> None:
    """Let readers see edition N again, in one step.

    It holds until one of your files changes: then the next build makes a new edition, with a new number.
    """
    from briefgen.cli.keeping import roll_back_to

    _say(roll_back_to(start, edition, partnership, out))


@editions.command("release", short_help="End a rollback: the newest edition again.")
@click.argument("partnership", default="")
@_OUT
@click.pass_obj
def release(start: Path, partnership: str, out: Path | None) -> None:
    """End a rollback of PARTNERSHIP: readers see the newest edition again."""
    from briefgen.cli.keeping import release as released

    _say(released(start, partnership, out))


@editions.command("prune", short_help="Take old editions away.")
@_NAMES
@click.option("--keep", type=click.IntRange(min=3), help="Keep so many; default: keep_editions of the settings.")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken away.")
@_OUT
@click.pass_obj
def prune(start: Path, names: tuple[str, ...], keep: int | None, dry_run: bool, out: Path | None) -> None:
    """Take away all but the newest editions, each with its revisions.

    Kept in any case: the one that readers see and those it tells changes from, the newest three, and folders that hold
    anything but an edition.
    """
    from briefgen.cli.keeping import homes
    from briefgen.cli.keeping import prune as pruned

    for outdir in homes(start, names, out):
        _say(pruned(start, outdir, keep, dry_run=dry_run))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(line)
