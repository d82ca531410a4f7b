"""`briefgen check` and `briefgen doctor`: what is wrong with the files, and with this machine."""

import sys
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, TROUBLE, as_json, echo, echo_all, echo_json, in_groups, show, styled
from briefgen.model.findings import FindingsError, errors, in_order


@click.command(short_help="Find everything that is wrong, without building.")
@click.option("--max-stale", type=click.IntRange(min=0), metavar="N", help="No more than N facts may be past review.")
@click.option("--as-of", "day", type=options.Day(), help="Count what is past review on this day; default: today.")
@click.option("--all", "every", is_flag=True, help="Name each warning, also where many of one kind are in one file.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(start: Path, max_stale: int | None, day: date | None, every: bool, as_data: bool) -> None:
    """Find everything that is wrong with facts, records, catalogs, look and the labels of templates, in one pass.

    What shows only when a template is rendered is found by `briefgen template check`.

    Exit code 1 if there is an error; warnings (texts not yet translated) and notes leave it at 0. With --max-stale it
    is 1 too if more than N facts are past review, and each of them is named, the longest unconfirmed first.
    """
    from briefgen.tools.check import check_all, check_freshness

    workspace = options.find(start)
    now = options.current_time(workspace)
    checked = check_all(workspace, now)
    faults = errors(checked.findings)
    sentences, stale = check_freshness(workspace, checked.books, day or now.date())
    too_many = max_stale is not None and len(stale) > max_stale
    if as_data:
        found = [as_json(each, workspace.root) for each in in_order(checked.findings)]
        past = [as_json(each, workspace.root) for each in stale]
        echo_json({"findings": found, "past_review": past, "summary": [*sentences, *checked.summary.split("\n")]})
        sys.exit(FAULTS if too_many or faults else OK)
    others = {*checked.findings} - {*faults}
    show(others if every else in_groups(others), workspace.root)
    show(faults, workspace.root)  # last, where nobody has to look for them among untranslated texts
    for finding in stale if too_many else ():
        echo(str(finding), err=True)
    echo_all((*sentences, checked.summary))
    if too_many:
        echo(f"{len(stale)} past review, but --max-stale allows {max_stale}.")
    sys.exit(FAULTS if too_many or faults else OK)


@click.command()
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(start: Path, as_data: bool) -> None:
    """Say what this machine lacks, and the exact fix for each."""
    from briefgen.read.paths import shipped_templates
    from briefgen.tools.doctor import diagnose

    out = start
    with suppress(FindingsError):
        out = options.find(start).out
    found = diagnose(out, shipped_templates() / "fonts")
    if as_data:
        echo_json([{**asdict(each), "ok": each.ok} for each in found])
    for each in () if as_data else found:
        mark = styled("ok  ", fg="green") if each.ok else styled("FIX ", fg="red", bold=True)
        echo(f"{mark}{each.subject}: {each.detail}")
        if not each.ok:
            echo(f"      fix: {each.fix}")
    sys.exit(OK if all(each.ok for each in found) else TROUBLE)
