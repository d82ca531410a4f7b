"""`briefgen init`, `schema` and `migrate`: a workspace; `check`, `doctor` and `verify`: what is wrong with anything."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import FAULTS, OK, TROUBLE
from briefgen.cli.output import (
    AS_JSON,
    EDITIONS_IN,
    PATH,
    Command,
    DayOption,
    Here,
    answer,
    echo,
    echo_json,
    finding_data,
    in_groups,
    listed,
    show,
    styled,
    words_in,
    wrapped,
)
from briefgen.model.edition import Making
from briefgen.model.findings import FindingsError, errors, in_order, plural
from briefgen.read import BACKUP

if TYPE_CHECKING:
    from briefgen.publish.verify import Verdict


@click.command(cls=Command, short_help="Find everything that is wrong, without building.")
@click.option("--max-stale", type=click.IntRange(min=0), metavar="N", help="No more than N facts may be past review.")
@click.option("--as-of", "day", type=DayOption(), help="Count what is past review on this day; default: today.")
@click.option("--all", "every", is_flag=True, help="Name each finding, also where many are in one file.")
@AS_JSON
@click.pass_obj
def check(here: Here, max_stale: int | None, day: date | None, every: bool, as_json: bool) -> None:
    """Find everything that is wrong with facts, records, catalogs, look and the labels of templates, in one pass.

    What shows only when a template is rendered is found by `briefgen template check`.

    Exit code 1 if there is an error; warnings (texts not yet translated) and notes leave it at 0. With --max-stale it
    is 1 too if more than N facts are past review, and each of them is named, the longest unconfirmed first.
    """
    from briefgen.tools.check import check_all, check_freshness

    workspace = here.workspace
    now = here.now
    checked = check_all(workspace, now)
    faults = errors(checked.findings)
    sentences, stale = check_freshness(workspace, checked.books, day or now.date())
    too_many = max_stale is not None and len(stale) > max_stale
    if as_json:
        found, past = (
            [finding_data(each, workspace.root) for each in some] for some in (in_order(checked.findings), stale)
        )
        echo_json({"findings": found, "past_review": past, "summary": [*sentences, *checked.summary.split("\n")]})
        sys.exit(FAULTS if too_many or faults else OK)
    others = {*checked.findings} - {*faults}
    show(others if every else in_groups(others), workspace.root, every=every)
    show(faults, workspace.root, every=every)  # last, where nobody has to look for them among untranslated texts
    for finding in stale if too_many else ():
        echo(str(finding), err=True)
    echo("\n".join((*sentences, checked.summary)))
    if too_many:
        echo(f"{len(stale)} past review, but --max-stale allows {max_stale}.")
    sys.exit(FAULTS if too_many or faults else OK)


@click.command(cls=Command)
@AS_JSON
@click.pass_obj
def doctor(here: Here, as_json: bool) -> None:
    """Say what this machine lacks, and the exact fix for each."""
    from briefgen.read import shipped_templates
    from briefgen.tools.doctor import diagnose

    out = here.folder
    with suppress(FindingsError):
        out = here.workspace.out
    found = diagnose(out, shipped_templates() / "fonts")
    if as_json:
        echo_json([{**asdict(each), "ok": each.ok} for each in found])
    for each in () if as_json else found:
        mark = styled("ok  ", fg="green") if each.ok else styled("FIX ", fg="red", bold=True)
        echo(f"{mark}{each.subject}: {each.detail}")
        if not each.ok:
            echo(f"      fix: {each.fix}")
    sys.exit(OK if all(each.ok for each in found) else TROUBLE)


@click.command(cls=Command, short_help="Say which edition a file is, and whether it is still current.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@EDITIONS_IN
@AS_JSON
@click.pass_obj
def verify(here: Here, files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Say which edition each FILE is, whether it has been changed, and whether it is still current.

    A PDF carries the facts it was made from, so it can be verified anywhere, even without a workspace. If the editions
    are available (beside the file, or in the workspace), it is also compared with what was published, and what a newer
    edition says differently is shown. Web pages and other files of an edition can only be verified by these.

    Exit code 0: as published, and there is no newer edition here; 1: altered, or superseded; 2: not one of our files.
    """
    if out and not (here.folder / out).is_dir():
        raise click.BadParameter(f"there is no folder '{out}'", param_hint="--out")
    folder = here.folder / out if out else None
    with suppress(FindingsError):  # a PDF can be verified without a workspace
        folder = folder or here.workspace.out
    found = [(file, _verdict(here.folder / file, folder)) for file in files]
    answer(as_json, [_to_data(*each) for each in found], ["\n\n".join("\n".join(_lines(*each)) for each in found)])
    sys.exit(max(_code(verdict) for _, verdict in found))


def _verdict(file: Path, out: Path | None) -> "Verdict | str":
    from briefgen.publish.verify import verify  # its PDF reader is slow to load

    try:
        return verify(file, out)
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    except ValueError as error:
        return str(error)


def _code(verdict: "Verdict | str") -> int:
    if isinstance(verdict, str):
        return TROUBLE
    return FAULTS if verdict.altered or verdict.superseded else OK


def _lines(file: Path, verdict: "Verdict | str") -> Iterator[str]:
    if isinstance(verdict, str):
        word, sentences = "UNKNOWN", iter([f"{verdict[0].upper()}{verdict[1:]}."])
    else:
        bad = [word for word, holds in (("ALTERED", verdict.altered), ("SUPERSEDED", verdict.superseded)) if holds]
        word = " and ".join(bad) or ("OK" if verdict.as_published else "OK as far as the file alone shows")
        sentences = chain(_what_it_is(verdict), _newest(verdict))
    yield f"{styled(str(file), bold=True)}: {styled(word, fg='red' if _code(verdict) else 'green', bold=True)}"
    yield from map(wrapped, sentences)
    for kind, changes in groupby(() if isinstance(verdict, str) else verdict.changes, lambda change: change.kind):
        yield wrapped(f"{kind}: {', '.join(change.fact for change in changes)}", 4)


def _what_it_is(verdict: "Verdict") -> Iterator[str]:
    """Yield which edition it is, and whether it is as it was published."""
    info, contents = verdict.info, verdict.contents
    language = f" in '{verdict.language}'" if verdict.language else ""
    as_of = f", as of {info.as_of}" if info.making is Making.EDITION else ""
    yield f"It is {verdict.name}{language}: {info.title} of {contents.partnership}{as_of}."
    if info.is_ahead:
        yield f"A look ahead, not an edition: it shows only what was known on {info.public_date}."
    elif info.making is Making.RECONSTRUCTION:
        yield "A reconstruction, not an edition: it shows only what was known on that day."
    elif info.making is Making.PART:
        yield "A part, not an edition: some documents, languages or formats only."
    if info.draft:
        yield "A draft: it had not been cleared when it was made."
    yield f"Made with briefgen {info.briefgen} from {plural(len(contents.facts), 'fact')}:"
    yield f"sha256 {info.facts_sha256}"
    if not contents.unaltered:
        yield f"The data in it has been changed: its hash is {contents.facts_sha256}."
    if verdict.as_published:
        yield f"Byte for byte what was published in {verdict.outdir}."
    elif verdict.as_published is False:
        or_else = ", or is of another workspace, with the same id" * contents.unaltered
        yield f"It is not what {verdict.info.title} in {verdict.outdir} published: the file has been changed{or_else}."
    elif verdict.of_others:
        yield f"The editions in {verdict.of_others} are of another partnership of this id, between other parties."
        yield "What was published is not available, so only what the file itself contains was checked."
    else:
        where = f"not in {verdict.outdir}" if verdict.outdir else "not available"
        yield f"What was published is {where}, so only what the file itself contains was checked."


def _newest(verdict: "Verdict") -> Iterator[str]:
    """Yield which edition readers are given now, and whether it says the same."""
    newest, info = verdict.newest, verdict.info
    if newest is None:
        return
    if not verdict.superseded:
        number = f"edition {newest.name}, as of {newest.as_of},"
        yield f"Readers are given {'this edition' if info.making is Making.EDITION else number} now."
        return
    why = "this one was rolled back" if newest.version < info.version else "use that one"
    yield f"Readers are given edition {newest.name} now, as of {newest.as_of}: {why}."
    if newest.facts_sha256 == verdict.contents.facts_sha256:
        yield "It says the same about every fact."
    elif not verdict.altered:
        yield f"What that edition says differently, or adds ({len(verdict.changes)}):"


def _to_data(file: Path, verdict: "Verdict | str") -> dict[str, Any]:
    if isinstance(verdict, str):
        return {"file": str(file), "verdict": "unknown", "why": verdict}

    info, newest = verdict.info, verdict.newest
    return {
        "file": str(file),
        "verdict": "altered" if verdict.altered else "superseded" if verdict.superseded else "ok",
        "name": verdict.name,
        "language": verdict.language,
        "partnership": verdict.contents.partnership,
        **info.to_data(),
        "facts": len(verdict.contents.facts),
        "facts_sha256_found": verdict.contents.facts_sha256,
        "as_published": verdict.as_published,
        "newest": {"edition": newest.edition, "revision": newest.revision, "as_of": newest.as_of} if newest else None,
        "changes": [each.to_data() for each in verdict.changes],
    }


@click.command(cls=Command, short_help="Make a new workspace that builds at once.")
@click.argument("folder", metavar="NAME", type=PATH)
@click.option("--id", "id", default="", help="The id of the partnership, such as br-fr; default: made from NAME.")
@click.option("--name", "title", default="", help="The partnership's name, printed as the title.")
@click.option("--party", "parties", multiple=True, metavar="CODE=NAME", help="A party, such as BR=Brazil; two or more.")
@click.option(
    "--lang", "languages", multiple=True, callback=listed, metavar="CODE", help="A language to print; may be repeated."
)
@click.option("--tz", "timezone", default="", help="The zone whose calendar day is today, such as Asia/Seoul.")
@click.option("--sample", is_flag=True, help="Ask nothing: two invented countries, in English.")
@click.pass_obj
def init(here: Here, /, folder: Path, parties: tuple[str, ...], languages: tuple[str, ...], **given: Any) -> None:
    """Make the workspace NAME: a guide, records, a fact of each kind, catalogs. It builds at once in its languages.

    On a terminal it asks for what no option says. The facts are an example of two invented countries; with your own
    parties, every text of it says so. Replace it.
    """
    from briefgen.tools.workspaces import Beginning, begin, id_for, printed_languages

    path, printed = here.folder / folder, printed_languages()
    asks = sys.stdin.isatty() and not (given["sample"] or path.exists())

    def said(option: str, question: str, default: str) -> str:
        return str(given[option] or (click.prompt(question, default=default) if asks else ""))

    if asks and not parties:
        echo("Which parties is it about? One by one, such as BR=Brazil; Enter alone ends.")
        while typed := click.prompt("Party", default="", show_default=False):
            parties = (*parties, typed)
    command = quote(os.environ.get("BRIEFGEN_LAUNCHER", "briefgen"))  # as it works in any folder
    named, default_id = _parties(parties), id_for(path.resolve().name)
    title = said("title", "Name of the partnership", "–".join(named.values()) or "Northland–Southland")
    id = said("id", "Its id", default_id) or default_id
    if asks and not languages:
        languages = words_in(click.prompt(f"Languages ({', '.join(printed)})", default="en"))
    timezone = said("timezone", "Time zone", "UTC") or "UTC"
    asked = Beginning(
        id=id, name=title, parties=named, languages=languages or ("en",), timezone=timezone, command=command
    )
    made = begin(path, asked)
    echo(f"Made {folder} with {len(made)} files; README.md says what is where. Next:\n")
    echo(f"  cd {quote(str(folder))}\n  {command} build\n")


def _parties(typed: tuple[str, ...]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for each in typed:
        code, sign, name = (part.strip() for part in each.partition("="))
        if not (code and sign and name):
            raise click.UsageError(f"'{each}' is no party: write CODE=NAME, such as BR=Brazil")
        if code in found:
            raise click.UsageError(f"'{code}' is named twice: give each party a code of its own")
        found[code] = name
    return found


@click.command(cls=Command, short_help="Write the schemas by which editors complete and explain keys.")
@click.pass_obj
def schema(here: Here) -> None:
    """Write the JSON Schemas of facts, records, settings, look and languages into the workspace.

    An editor with YAML and TOML support finds each by the first line of a file, which is printed here.
    """
    from briefgen.tools.workspaces import HEADER_LINES, write_schemas

    workspace = here.workspace
    written = [workspace.shown(path) for path in write_schemas(workspace.root)]
    echo(f"Written: {', '.join(written)}." if written else "All schemas are up to date.")
    echo(f"The first line of a file names its schema:\n{HEADER_LINES}", nl=False)


@click.command(cls=Command, short_help="Bring facts and records of an older format up to date.")
@click.option("--originals", type=PATH, help="Where the source texts are; default: seeds/originals.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--undo", is_flag=True, help="Put back what the last migration changed.")
@click.pass_obj
def migrate(here: Here, originals: Path | None, dry_run: bool, undo: bool) -> None:
    """Bring every file of facts/ and seeds/ to the format of this program; comments and line ends stay.

    The figures of records get the words that they were read from, where the source texts are at hand. Shows the
    difference, and keeps the files as they were, so that --undo puts them back.
    """
    from briefgen.model.facts import FORMAT
    from briefgen.tools import workspaces as tool

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
