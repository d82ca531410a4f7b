"""The command `briefgen check`."""

import sys
from datetime import date
from pathlib import Path

import click

from briefgen.cli.day import Day
from briefgen.cli.show import FAULTS, OK, show
from briefgen.model.findings import has_errors


@click.command(short_help="Find everything that is wrong, without building.")
@click.option("--max-stale", type=click.IntRange(min=0), metavar="N", help="No more than N facts may be past review.")
@click.option("--as-of", "day", type=Day(), help="Tell what is past review on this day; default: today.")
@click.pass_obj
def check(start: Path, max_stale: int | None, day: date | None) -> None:
    """Find everything that is wrong with facts, records, catalogs, look and the labels of templates, in one pass.

    What only shows when a template is rendered is found by `briefgen template check`.

    Exit code 1 where there is an error; warnings (texts not yet translated) and notes leave it at 0. With --max-stale
    it is 1 too where more than N facts are past review, and each of them is named, the longest unconfirmed first.
    """
    from briefgen.cli.checking import check_all, check_freshness
    from briefgen.cli.clock import now
    from briefgen.read.workspace import find_workspace

    workspace = find_workspace(start.absolute())
    checked = check_all(workspace, now(workspace))
    show(checked.findings, workspace.root)
    sentences, stale = check_freshness(workspace, checked.books, day or now(workspace).date())
    too_many = max_stale is not None and len(stale) > max_stale
    for finding in stale if too_many else ():
        click.echo(str(finding), err=True)
    for sentence in (*sentences, checked.summary):
        click.echo(sentence)
    if too_many:
        click.echo(f"{len(stale)} past review, but --max-stale allows {max_stale}.")
    sys.exit(FAULTS if too_many or has_errors(checked.findings) else OK)
