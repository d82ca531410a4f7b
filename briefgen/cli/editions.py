"""`briefgen editions`, `briefgen clear` and `briefgen open`: what was published."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import OK, TROUBLE, linked, shown
from briefgen.cli.build import run
from briefgen.cli.output import (
    AS_JSON,
    EDITIONS_IN,
    IN_LANGUAGE,
    PATH,
    Command,
    Group,
    Here,
    echo,
    echo_all,
    echo_json,
    one_of,
    show,
)
from briefgen.model.edition import FORMATS, Clearance
from briefgen.model.findings import errors, plural
from briefgen.publish import Edition, current_pin, edition_folders, latest, read_edition

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

_OUT = click.option("--out", type=PATH, help="Look here instead of the workspace's out/.")
_NAMES = click.argument("names", metavar="[PARTNERSHIP]...", nargs=-1)
_PARTNERSHIP = click.option("--partnership", default="", metavar="NAME", help="Of this one, if out/ holds several.")


@click.group(
    "editions", cls=Group, invoke_without_command=True, short_help="List, verify, roll back or prune the editions."
)
@click.pass_context
def editions(context: click.Context) -> None:
    """Look after the editions in out/.

    On its own, it does what `briefgen editions list` does. An edition goes by the name that the list gives it: 7, and
    7r2 for its second revision.
    """
    if context.invoked_subcommand is None:
        context.invoke(list_editions)


@editions.command("list", short_help="List the editions, a line each.")
@_NAMES
@_OUT
@AS_JSON
@click.pass_obj
def list_editions(here: Here, names: tuple[str, ...] = (), out: Path | None = None, as_json: bool = False) -> None:
    """List the editions, a line each: number, day, documents, facts, and which is the newest, held, or damaged."""
    from briefgen.tools.editions import find_outdirs

    found, today = find_outdirs(here.out(out), names), here.today
    if as_json:
        editions = (read_edition(folder) or folder for outdir in found for folder in edition_folders(outdir))
        echo_json([_data(each, today) for each in editions])
        return
    for outdir in found:
        echo_all(_list_lines(outdir, today))


@editions.command("show", short_help="Show all about one edition.")
@click.argument("edition", metavar="N[rM]")
@_PARTNERSHIP
@_OUT
@AS_JSON
@click.pass_obj
def show_edition(here: Here, edition: str, partnership: str, out: Path | None, as_json: bool) -> None:
    """Show all about edition N, or its revision M: its facts, changes and files, and when something changes next."""
    from briefgen.tools.editions import find_edition, find_outdir

    found = find_edition(find_outdir(here.out(out), partnership), edition)
    if as_json:
        files = [{"name": file.name, "damaged": file.name in found.damaged} for file in found.files]
        echo_json({**_data(found, here.today), "files": files})
    else:
        echo_all(_show_lines(found, here.today))


@editions.command("verify", short_help="Check that every edition is what was published.")
@_NAMES
@click.option("--edition", default="", metavar="N[rM]", help="Only this one.")
@_OUT
@click.pass_obj
def verify_editions(here: Here, names: tuple[str, ...], edition: str, out: Path | None) -> None:
    """Check every file of every edition against the hash that was recorded when it was published.

    Exit code 0: all are whole; 2: something is damaged or missing, and the lines say what.
    """
    from briefgen.publish.verify import verify_edition, verify_outdir
    from briefgen.tools.editions import find_edition, find_outdirs

    code = OK
    for outdir in find_outdirs(here.out(out), names):
        folders = (find_edition(outdir, edition).folder,) if edition else edition_folders(outdir)
        findings = [finding for folder in folders for finding in verify_edition(folder)]
        findings += () if edition else verify_outdir(outdir)
        show(findings, Path.cwd())
        code = max(code, TROUBLE if errors(findings) else OK)
        result = "not all is as it was published" if errors(findings) else "all whole"
        echo(f"{outdir.name}: {plural(len(folders), 'edition')} checked; {result}.")
    sys.exit(code)


@editions.command("rollback", short_help="Let readers see an earlier edition again.")
@click.argument("edition", metavar="N[rM]")
@_PARTNERSHIP
@_OUT
@click.pass_obj
def rollback(here: Here, edition: str, partnership: str, out: Path | None) -> None:
    """Let readers see edition N again, in one step.

    It holds until one of your files changes: then the next build makes a new edition, with a new number.
    """
    from briefgen.tools.editions import find_outdir, roll_back_to

    outdir, root = find_outdir(here.out(out), partnership), here.workspace.root
    found, pin, later = roll_back_to(root, outdir, edition, here.today, lambda note: show([note], root))
    echo(f"{outdir.name}: readers see edition {found.manifest.name} again.")
    if pin:
        until = "until one of your files changes; the next build then makes a new edition, with a new number"
        echo(f"  It holds {until}.\n  To end it before: briefgen editions release {outdir.name}")
    elif later:
        names, are = ", ".join(each.manifest.name for each in later), "are" if len(later) > 1 else "is"
        echo(f"  {names} {are} dated after today, by a clock that was wrong: the next build goes on from here.")


@editions.command("release", short_help="End a rollback: the newest edition again.")
@click.argument("partnership", default="")
@_OUT
@click.pass_obj
def release(here: Here, partnership: str, out: Path | None) -> None:
    """End a rollback of PARTNERSHIP: readers see the newest edition again."""
    from briefgen.tools import editions as tools

    outdir, root = tools.find_outdir(here.out(out), partnership, how=""), here.workspace.root
    newest = tools.release(outdir, here.today, lambda note: show([note], root))
    echo(f"{outdir.name}: readers see edition {newest.manifest.name}, the newest.")


@editions.command("prune", short_help="Remove old editions.")
@_NAMES
@click.option("--keep", type=click.IntRange(min=3), help="Keep this many; default: keep_editions of the settings.")
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
@_OUT
@click.pass_obj
def prune(here: Here, names: tuple[str, ...], keep: int | None, dry_run: bool, out: Path | None) -> None:
    """Remove all but the newest editions, each with its revisions.

    Always kept: the edition that readers see and those that its changes are counted from, the newest three, and folders
    that hold anything but an edition.
    """
    from briefgen.publish.write import superfluous
    from briefgen.tools.editions import find_outdirs, prune_locked

    for outdir in find_outdirs(here.out(out), names):
        number = keep or here.workspace.settings.keep_editions
        if not number:
            lines = ["all editions are kept; set keep_editions, or say how many with --keep"]
        elif dry_run:
            old = superfluous(outdir, number)
            lines = [f"edition {each.manifest.name} would be removed: {shown(each.folder)}" for each in old]
        else:
            lines = prune_locked(outdir, number)
        for line in lines or [f"nothing to remove; the newest {number} editions are kept"]:
            echo(f"{outdir.name}: {line}")


@click.command(cls=Command, short_help="Clear an edition, which is a draft until then if the settings say so.")
@click.argument("edition", required=False, default="")
@click.option("--by", metavar="NAME", required=True, help="The person who answers for it; printed on its first page.")
@click.option("--partnership", default="", metavar="NAME", help="Of this partnership; needed if there are several.")
@click.option("--withdraw", is_flag=True, help="Withdraw a clearance; both entries stay on record.")
@EDITIONS_IN
@click.pass_obj
def clear(here: Here, edition: str, by: str, partnership: str, withdraw: bool, out: Path | None) -> None:
    """Clear EDITION (such as 7; default: the newest), and make the revision that reads "Cleared by NAME".

    If the settings say `clearance = "required"`, every page of an edition reads "Draft, not cleared" until then. A
    clearance counts for the facts that the edition tells: if any of them, its own text included, or any status
    changes, the next edition is a draft again; if only translations, labels or the look change, it is not. Who cleared
    what on which day is recorded in facts/clearances/, to be committed with the facts.
    """
    from briefgen.read.facts import choose_partnerships
    from briefgen.tools.building import BuildOptions
    from briefgen.tools.editions import record_clearance

    workspace = here.workspace
    found = choose_partnerships(workspace, (partnership,) if partnership else ())
    if len(found) > 1:
        listed = ", ".join(path.stem for path in found)
        raise click.UsageError(f"there are several partnerships; name one with --partnership: {listed}")
    facts, who, today, folder = found[0], _name(workspace, by), here.today, here.out(out)
    told, is_changed = record_clearance(workspace, facts, edition, who, today, folder, withdraw=withdraw)
    echo_all(f"{facts.stem}: {each}" for each in told)
    if is_changed:
        sys.exit(run(workspace, BuildOptions(partnerships=(facts.stem,), day=today, today=today, out=folder)))


_LONGEST_NAME = 200
"""It stands at the head of each page."""


def _name(workspace: "Workspace", by: str) -> str:
    """Return the name on one line; wrong use if there is none, or if the settings ask for no clearance."""
    if workspace.settings.clearance is Clearance.OFF:
        hint = 'with clearance = "required" in the settings, editions are drafts until they are cleared'
        raise click.UsageError(f"the settings ask for no clearance; {hint}")
    name = " ".join(by.split())
    if not name or not name.isprintable() or len(name) > _LONGEST_NAME:
        most = f"in at most {_LONGEST_NAME} signs that can be seen"
        raise click.UsageError(f"--by needs the name of the person who clears it, {most}")
    return name


@click.command("open", cls=Command, short_help="Open a document of the newest edition.")
@click.argument("document", required=False, default="")
@IN_LANGUAGE
@click.option("--format", "format", default="", metavar="NAME", help="In this format; default: that with pages.")
@click.option("--partnership", default="", metavar="NAME", help="Of this partnership, where several have editions.")
@EDITIONS_IN
@click.option("--print", "only_print", is_flag=True, help="Only print where it is.")
@click.pass_obj
def open_(
    here: Here, document: str, language: str, format: str, partnership: str, out: Path | None, only_print: bool
) -> None:
    """Open DOCUMENT of the newest edition with the program that this machine has for it; default: the first one.

    DOCUMENT is its name, such as full-briefing, or that of a file, such as full-briefing.ko.pdf.
    """
    from briefgen.tools.editions import find_outdir, no_edition

    outdir = find_outdir(here.out(out), partnership)
    edition = latest(outdir)
    if edition is None:
        raise no_edition(outdir, "there is no edition here", "make one with: briefgen build")
    manifest = edition.manifest
    path = edition.folder / document
    if path not in edition.documents:
        lacks = "the newest edition has no"
        name = one_of(document, manifest.documents, f"{lacks} document")
        code = one_of(language, manifest.languages, f"{lacks} language")
        paged = next((each for each in manifest.formats if FORMATS[each].paged), "")
        ending = one_of(format or paged, manifest.formats, f"{lacks} format")
        path = edition.folder / f"{name}.{code}.{ending}"
    echo(linked(path, shown(path)))
    if only_print:
        return
    if not path.is_file():
        damaged = f"edition {manifest.name} is damaged: this file is gone"
        raise no_edition(path, damaged, "make it again: briefgen build")
    if click.launch(str(path)):
        echo("This machine has no program that opens it; the file is there all the same.", err=True)
        sys.exit(TROUBLE)


def _data(edition: Edition | Path, today: date) -> dict[str, object]:
    """Return an edition for programs; of a folder whose manifest cannot be read, that it is damaged."""
    if isinstance(edition, Path):
        return {"folder": str(edition), "states": ["damaged: its manifest cannot be read"]}
    manifest, documents = edition.manifest, {"documents": [file.name for file in edition.documents]}
    head = {key: getattr(manifest, key) for key in ("partnership", "name", "edition", "as_of", "public_date")}
    about = {key: getattr(manifest, key) for key in ("facts", "facts_sha256", "draft", "next_change", "briefgen")}
    return {**head, **documents, **about, "folder": str(edition.folder), "states": [*_states(edition, today)]}


def _list_lines(outdir: Path, today: date) -> Iterator[str]:
    yield f"{outdir.name}:"
    for folder in edition_folders(outdir):
        if edition := read_edition(folder):
            manifest, number = edition.manifest, len(edition.documents)
            counted = f"{number:>3} {'document' if number == 1 else 'documents':<9}  {manifest.facts:>4} facts"
            yield f"  {manifest.name:<6}{manifest.as_of}  {counted}  {', '.join(_states(edition, today))}".rstrip()
        else:
            yield f"  {folder.name}  damaged: its manifest cannot be read"


def _show_lines(edition: Edition, today: date) -> Iterator[str]:
    manifest = edition.manifest
    public = f", public since {manifest.public_date}" if manifest.public_date != manifest.as_of else ""
    facts_file = f" of facts/{manifest.facts_file}" if manifest.facts_file else ""
    yield f"Edition {manifest.name} of {manifest.partnership}, as of {manifest.as_of}{public}"
    yield f"  state           {', '.join(_states(edition, today)) or 'superseded'}"
    yield f"  changes         {_changes(edition)}"
    yield f"  next change     {manifest.next_change or 'none that can be foreseen'}"
    yield f"  facts           {manifest.facts}{facts_file}, sha256 {manifest.facts_sha256}"
    yield f"  look            sha256 {manifest.look_sha256}"
    yield f"  languages       {', '.join(manifest.languages)}"
    yield f"  documents       {', '.join(manifest.documents)}; {', '.join(manifest.formats)}"
    yield f"  made by         briefgen {manifest.briefgen}"
    yield f"  folder          {shown(edition.folder)}"
    damaged = edition.damaged
    for file in edition.files:
        size = f"{file.stat().st_size:>9,} bytes" if file.is_file() else "          missing"
        yield f"  {size}  {file.name}{'  DAMAGED' if file.name in damaged else ''}"


def _states(edition: Edition, today: date) -> Iterator[str]:
    """Yield what sets it apart from editions that were simply followed by another."""
    seen, pin = latest(edition.outdir), current_pin(edition.outdir)
    if seen is not None and seen.folder == edition.folder:
        yield f"held since {pin.since}: readers see it" if pin else "newest: readers see it"
    elif pin and edition.version > (seen.version if seen else (0, 0)):
        yield "rolled back"
    if edition.manifest.as_of > today:
        yield "dated after today"
    if edition.manifest.draft:
        yield "draft, not cleared"
    if damaged := edition.damaged:
        yield f"damaged: {', '.join(damaged)}"


def _changes(edition: Edition) -> str:
    """Return how many changes of each kind it has, and since which edition."""
    since = edition.manifest.since
    if since is None:
        return "none: there was no edition before" if edition.manifest.edition == 1 else "not recorded"
    counts = Counter(edition.kinds_of_changes)
    counted = ", ".join(f"{number} {kind}" for kind, number in counts.items()) or "no facts"
    return f"since edition {since}: {counted}{'' if edition.manifest.major else ' (minor)'}"
