"""`briefgen clear`: binds a name to what an edition says, or takes it back, and makes the revision that says so."""

from datetime import date
from pathlib import Path

import click

from briefgen.cli.building import BuildOptions, chosen, run
from briefgen.cli.called import find
from briefgen.cli.show import OK
from briefgen.cli.writing import replace_file
from briefgen.model.edition import Clearance
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.publish.clearance import Deed, Entry, read_entries, standing
from briefgen.publish.editions import Edition, current_pin, latest
from briefgen.publish.lock import locked
from briefgen.read.facts import read_facts
from briefgen.read.paths import clearance_record
from briefgen.read.workspace import Workspace


def clear(
    workspace: Workspace, names: tuple[str, str], by: str, today: date, out: Path, *, withdraw: bool = False
) -> int:
    """Record the deed and build; `names` are those of the partnership and the edition, empty: the only, the newest."""
    facts = _facts(workspace, names[0])
    who = _who(workspace, by)
    with locked(out / _id(workspace, facts)) as outdir:
        edition = _edition(outdir, names[1])
        newest, rolled_back = latest(outdir), current_pin(outdir) is not None
        told = _record(workspace, facts, edition, (who, today), withdraw=withdraw)
    click.echo(f"{facts.stem}: {told}")
    if newest is None or newest.manifest.facts_sha256 != edition.manifest.facts_sha256:
        click.echo(f"{facts.stem}: the newest edition says something else, so it stays as it is.")
        return OK
    if rolled_back:
        release = f"briefgen editions release {outdir.name}"
        click.echo(f"{facts.stem}: a rollback holds, so its pages stay as they are; to end it: {release}")
        return OK
    nothing: tuple[str, ...] = ()
    options = BuildOptions(
        partnerships=(facts.stem,),
        day=today,
        today=today,
        languages=nothing,
        documents=nothing,
        formats=nothing,
        out=out,
        strict=False,
    )
    return run(workspace, options)


def _facts(workspace: Workspace, name: str) -> Path:
    """The facts of the partnership; where there is only one, it needs no name."""
    found = tuple(chosen(workspace, (name,) if name else ()))
    if len(found) > 1:
        listed = ", ".join(path.stem for path in found)
        raise click.UsageError(f"there are several partnerships; say which one with --partnership: {listed}")
    return found[0]


def _who(workspace: Workspace, by: str) -> str:
    """The name on one line; wrong use where there is none, or where nobody asked for one."""
    if workspace.settings.clearance is Clearance.OFF:
        hint = 'write clearance = "required" in the settings, and editions are drafts until they are cleared'
        raise click.UsageError(f"the settings ask for no clearance; {hint}")
    name = " ".join(by.split())
    if not name or not name.isprintable():
        raise click.UsageError("--by needs the name of the person who clears it")
    return name


def _id(workspace: Workspace, facts: Path) -> str:
    book, findings = read_facts(workspace, facts)
    if book is None:
        raise FindingsError(findings)
    return book.file.partnership.id


def _edition(outdir: Path, name: str) -> Edition:
    """The edition that is called so, else the newest; only one that is as it was published."""
    edition = find(outdir, name) if name else latest(outdir)
    if edition is None:
        message = "there is no edition to clear"
        hint = "`briefgen build` makes one; its number is told there and stands in its folder's name"
        raise FindingsError([Finding(Location(str(outdir)), "W009", message, hint=hint)])
    if edition.damaged:
        message = f"edition {edition.manifest.name} is damaged: {', '.join(edition.damaged)}"
        hint = "clear one that can be read as it was published; `briefgen build` makes it anew"
        raise FindingsError([Finding(Location(str(edition.folder)), "P506", message, hint=hint)])
    return edition


def _record(workspace: Workspace, facts: Path, edition: Edition, who: tuple[str, date], *, withdraw: bool) -> str:
    """Write the deed down, unless it is done already; what to tell of it."""
    by, on = who
    sha256, name = edition.manifest.facts_sha256, edition.manifest.name
    entries = read_entries(workspace, facts)
    cleared = standing(entries, sha256)
    if withdraw and cleared is None:
        return f"edition {name} is not cleared, so there is nothing to withdraw."
    if not withdraw and cleared and cleared.by == by:
        return f"edition {name} was cleared by {by} on {cleared.on} already."
    deed = Deed.WITHDRAWN if withdraw else Deed.CLEARED
    entry = Entry(deed=deed, by=by, on=on, edition=name, facts_sha256=sha256)
    record = clearance_record(facts)
    replace_file(record, "".join(f"{each}\n" for each in (*entries, entry)))
    done = f"clearance of edition {name} withdrawn" if withdraw else f"edition {name} cleared"
    return f"{done} by {by}; recorded in {workspace.shown(record)}."
