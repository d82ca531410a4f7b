"""`briefgen editions`: which partnership and edition is meant; readers led back or forward; old editions taken away."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from briefgen.cli.called import find
from briefgen.cli.clock import now
from briefgen.cli.show import OK, TROUBLE, show
from briefgen.cli.telling import shown
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, has_errors
from briefgen.publish.editions import EDITIONS, edition_folders, editions, latest
from briefgen.publish.lock import locked
from briefgen.publish.retention import prune as take_away
from briefgen.publish.retention import roll_back, superfluous
from briefgen.publish.verify import verify_edition, verify_home
from briefgen.read.fingerprint import read_fingerprint
from briefgen.read.paths import facts_files, find_settings
from briefgen.read.workspace import find_workspace


def homes(start: Path, names: tuple[str, ...], out: Path | None) -> tuple[Path, ...]:
    """The folders of these partnerships, or of all that have editions; FindingsError where there is none."""
    place = (start / out if out else find_settings(start.absolute())[0].parent / "out").absolute()
    found = {path.parent.name: path.parent for path in sorted(place.glob(f"*/{EDITIONS}"))}
    if not found:
        hint = "make one with: briefgen build"
        raise FindingsError([Finding(Location(shown(place)), "W009", "there is no edition here", hint=hint)])
    for name in names:
        if name not in found:
            message, hint = f"there is no edition of '{name}'", did_you_mean(name, found)
            raise FindingsError([Finding(Location(shown(place)), "W009", message, hint=hint)])
    return tuple(found[name] for name in names or found)


def today(start: Path) -> date:
    """In the workspace's zone."""
    return now(find_workspace(start.absolute())).date()


def outdir_of(start: Path, name: str, out: Path | None, how: str = " with --partnership") -> Path:
    """The folder of one partnership; FindingsError where several have editions and none is named."""
    found = homes(start, (name,) if name else (), out)
    if len(found) > 1:
        hint = f"name one{how}: {', '.join(outdir.name for outdir in found)}"
        message = "several partnerships have editions here"
        raise FindingsError([Finding(Location(shown(found[0].parent)), "W009", message, hint=hint)])
    return found[0]


def verify(found: Iterable[Path], called: str) -> int:
    """Tell what is damaged, and of each partnership how much is whole; the exit code."""
    code = OK
    for outdir in found:
        folders = (find(outdir, called).folder,) if called else edition_folders(outdir)
        findings = [finding for folder in folders for finding in verify_edition(folder)]
        findings += () if called else verify_home(outdir)
        show(findings, Path.cwd())
        damaged = has_errors(findings)
        code = TROUBLE if damaged else code
        number = f"{len(folders)} edition{'s' * (len(folders) != 1)}"
        click.echo(
            f"{outdir.name}: {number} looked at; {'not all is as it was published' if damaged else 'all whole'}."
        )
    return code


def roll_back_to(start: Path, called: str, name: str, out: Path | None) -> Iterator[str]:
    """Lead readers back to an edition, and tell what holds it there."""
    outdir, workspace = outdir_of(start, name, out), find_workspace(start.absolute())
    with locked(outdir, lambda note: show([note], workspace.root)):
        edition = find(outdir, called)
        pin = roll_back(outdir, edition, today=today(start), workspace=_desk(workspace.root, outdir))
        yield f"{outdir.name}: readers see edition {edition.manifest.name} again."
        later = [each for each in editions(outdir) if each.order > edition.order]
    if pin:
        yield "  It holds until one of your files changes; the next build then makes a new edition, with a new number."
        yield f"  To end it before: briefgen editions release {outdir.name}"
    elif later:
        names = ", ".join(each.manifest.name for each in later)
        yield f"  {names} lies ahead of today, by a clock that was wrong: the next build goes on from here."


def release(start: Path, name: str, out: Path | None) -> Iterator[str]:
    """Lead readers to the newest edition that can be told today."""
    outdir, workspace = outdir_of(start, name, out, how=""), find_workspace(start.absolute())
    with locked(outdir, lambda note: show([note], workspace.root)):
        day = today(start)
        newest = [each for each in editions(outdir) if each.manifest.as_of <= day and each.whole][-1:]
        if not newest:
            message = "no edition is whole and of today or before"
            raise FindingsError([Finding(Location(shown(outdir)), "W009", message, hint="briefgen build makes one")])
        roll_back(outdir, newest[0], today=day, workspace="")
        yield f"{outdir.name}: readers see edition {newest[0].manifest.name}, the newest."


def prune(start: Path, outdir: Path, keep: int | None, *, dry_run: bool) -> Iterator[str]:
    """Take old editions away, or tell which would be."""
    keep = keep or find_workspace(start.absolute()).settings.keep_editions
    if not keep:
        yield f"{outdir.name}: all editions are kept; set keep_editions, or say how many with --keep"
        return
    if dry_run:
        found = superfluous(outdir, keep)
        names = (f"edition {each.manifest.name} would be taken away: {shown(each.folder)}" for each in found)
        yield from (f"{outdir.name}: {each}" for each in names)
    else:
        said: list[str] = []
        with locked(outdir, lambda note: said.append(note.message)):
            found = superfluous(outdir, keep)
            take_away(outdir, keep, lambda note: said.append(note.message))
        yield from (f"{outdir.name}: {each}" for each in said)
    if not found:
        yield f"{outdir.name}: nothing to take away; the newest {keep} editions are kept"


def _desk(root: Path, outdir: Path) -> str:
    """The hash of the files that the partnership's editions are made from; empty where they cannot be told."""
    found = {facts.name: facts for facts in facts_files(root)}
    newest = latest(outdir) or next(reversed(editions(outdir)), None)
    named = found.get(newest.manifest.facts_file) if newest else None
    facts = named or (next(iter(found.values())) if len(found) == 1 else None)
    return read_fingerprint(root, facts).workspace if facts else ""
