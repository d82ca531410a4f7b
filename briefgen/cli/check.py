"""`briefgen check`, `doctor` and `verify`: what is wrong with the files, with this machine, with a document."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import FAULTS, OK, TROUBLE
from briefgen.cli.output import PATH, Day, Here, answer, as_json, echo, echo_json, in_groups, show, styled, wrapped
from briefgen.model.edition import Making
from briefgen.model.findings import FindingsError, errors, in_order

if TYPE_CHECKING:
    from briefgen.publish.verify import Verdict


@click.command(short_help="Find everything that is wrong, without building.")
@click.option("--max-stale", type=click.IntRange(min=0), metavar="N", help="No more than N facts may be past review.")
@click.option("--as-of", "day", type=Day(), help="Count what is past review on this day; default: today.")
@click.option("--all", "every", is_flag=True, help="Name each warning, also where many of one kind are in one file.")
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def check(here: Here, max_stale: int | None, day: date | None, every: bool, as_data: bool) -> None:
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
    if as_data:
        found, past = ([as_json(each, workspace.root) for each in some] for some in (in_order(checked.findings), stale))
        echo_json({"findings": found, "past_review": past, "summary": [*sentences, *checked.summary.split("\n")]})
        sys.exit(FAULTS if too_many or faults else OK)
    others = {*checked.findings} - {*faults}
    show(others if every else in_groups(others), workspace.root)
    show(faults, workspace.root)  # last, where nobody has to look for them among untranslated texts
    for finding in stale if too_many else ():
        echo(str(finding), err=True)
    echo("\n".join((*sentences, checked.summary)))
    if too_many:
        echo(f"{len(stale)} past review, but --max-stale allows {max_stale}.")
    sys.exit(FAULTS if too_many or faults else OK)


@click.command()
@click.option("--json", "as_data", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(here: Here, as_data: bool) -> None:
    """Say what this machine lacks, and the exact fix for each."""
    from briefgen.read.paths import shipped_templates
    from briefgen.tools.doctor import diagnose

    out = here.folder
    with suppress(FindingsError):
        out = here.workspace.out
    found = diagnose(out, shipped_templates() / "fonts")
    if as_data:
        echo_json([{**asdict(each), "ok": each.ok} for each in found])
    for each in () if as_data else found:
        mark = styled("ok  ", fg="green") if each.ok else styled("FIX ", fg="red", bold=True)
        echo(f"{mark}{each.subject}: {each.detail}")
        if not each.ok:
            echo(f"      fix: {each.fix}")
    sys.exit(OK if all(each.ok for each in found) else TROUBLE)


@click.command(short_help="Say which edition a file is, and whether it is still current.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=PATH)
@click.option("--out", type=PATH, help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
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
    """Return the verdict, or why there is none."""
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
        sentences = chain(_what_it_is(verdict), _as_published(verdict), _newest(verdict))
    yield f"{styled(str(file), bold=True)}: {styled(word, fg='red' if _code(verdict) else 'green', bold=True)}"
    for sentence in sentences:
        yield wrapped(sentence)
    for kind, changes in groupby(() if isinstance(verdict, str) else verdict.changes, lambda change: change.kind):
        yield wrapped(f"{kind}: {', '.join(change.fact for change in changes)}", 4)


def _what_it_is(verdict: "Verdict") -> Iterator[str]:
    info, contents = verdict.info, verdict.contents
    language = f" in '{verdict.language}'" if verdict.language else ""
    as_of = f", as of {info.as_of}" if info.making is Making.EDITION else ""
    yield f"It is {verdict.name}{language}: {info.title} of {contents.partnership}{as_of}."
    if info.making is Making.RECONSTRUCTION:
        yield "A reconstruction, not an edition: it shows only what was known on that day."
    elif info.making is Making.PART:
        yield "A part, not an edition: some documents, languages or formats only."
    if info.draft:
        yield "A draft: it had not been cleared when it was made."
    yield f"Made with briefgen {info.briefgen} from {len(contents.facts)} facts:"
    yield f"sha256 {info.facts_sha256}"
    if not contents.unaltered:
        yield f"The data in it has been changed: its hash is {contents.facts_sha256}."


def _as_published(verdict: "Verdict") -> Iterator[str]:
    if verdict.as_published:
        yield f"Byte for byte what was published in {verdict.outdir}."
    elif verdict.as_published is False:
        yield f"It is not what {verdict.info.title} in {verdict.outdir} published: the file has been changed."
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
    from briefgen.render.json import change_rows

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
        "changes": change_rows(verdict.changes),
    }
