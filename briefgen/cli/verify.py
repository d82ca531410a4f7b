"""`briefgen verify`."""

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, TROUBLE, wrapped
from briefgen.model.edition import Making
from briefgen.model.findings import FindingsError

if TYPE_CHECKING:
    from briefgen.publish.verify import Verdict

_COLOURS = {OK: "green", FAULTS: "red", TROUBLE: "red"}


@click.command(short_help="Tell which edition a file is, and whether it still holds.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=options.PATH)
@click.option("--out", type=options.PATH, help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def verify(start: Path, files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Tell which edition each FILE is, whether anybody has changed it, and whether it still holds.

    A PDF carries the facts it was made from, so that it can be asked anywhere, without a workspace too. Where the
    editions are at hand (beside the file, or in the workspace), it is also held against what was published, and what
    a newer edition says otherwise is told. Web pages and other files of an edition are known by it alone.

    Exit code 0: as published, and no newer edition stands here; 1: altered, or superseded; 2: no file of ours.
    """
    if out and not (start / out).is_dir():
        raise click.BadParameter(f"there is no folder '{out}'", param_hint="--out")
    folder = start / out if out else _out_of_workspace(start)
    found = [(file, _verdict(start / file, folder)) for file in files]
    if as_json:
        data = [_to_data(file, verdict) for file, verdict in found]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
    else:
        click.echo("\n\n".join("\n".join(_lines(file, verdict)) for file, verdict in found))
    sys.exit(max(_code(verdict) for _, verdict in found))


def _out_of_workspace(start: Path) -> Path | None:
    try:
        return options.find(start).out
    except FindingsError:
        return None


def _verdict(file: Path, out: Path | None) -> "Verdict | str":
    """The verdict, or why there is none."""
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


def _words(verdict: "Verdict | str") -> str:
    """The verdict in a word or two."""
    if isinstance(verdict, str):
        return "UNKNOWN"
    bad = [word for word, holds in (("ALTERED", verdict.altered), ("SUPERSEDED", verdict.superseded)) if holds]
    return " and ".join(bad) or ("OK" if verdict.as_published else "OK as far as the file alone tells")


def _lines(file: Path, verdict: "Verdict | str") -> Iterator[str]:
    word = click.style(_words(verdict), fg=_COLOURS[_code(verdict)], bold=True)
    yield f"{click.style(str(file), bold=True)}: {word}"
    if isinstance(verdict, str):
        yield wrapped(f"{verdict[0].upper()}{verdict[1:]}.")
        return
    yield wrapped(f"It is {_named(verdict)}.")
    for sentence in (*_standing(verdict), *_facts(verdict), *_bytes(verdict), *_newest(verdict)):
        yield wrapped(sentence)
    for kind, changes in groupby(verdict.changes, lambda change: change.kind):
        yield wrapped(f"{kind}: {', '.join(change.fact for change in changes)}", 4)


def _named(verdict: "Verdict") -> str:
    language = f" in '{verdict.language}'" if verdict.language else ""
    day = verdict.info.as_of if verdict.info.making is Making.EDITION else ""
    as_of = f", as of {day}" if day else ""
    return f"{verdict.name}{language}: {verdict.info.title} of {verdict.contents.partnership}{as_of}"


def _standing(verdict: "Verdict") -> Iterator[str]:
    """What a holder must know about its kind."""
    if verdict.info.making is Making.RECONSTRUCTION:
        yield "A reconstruction, no edition: it tells only what was known on that day."
    if verdict.info.making is Making.PART:
        yield "A part, no edition: some documents, languages or formats only."
    if verdict.info.draft:
        yield "A draft: it had not been cleared when it was made."


def _facts(verdict: "Verdict") -> Iterator[str]:
    """The hash, and whether the data still have it."""
    info, found = verdict.info, verdict.contents
    yield f"Made with briefgen {info.briefgen} from {len(found.facts)} facts:"
    yield f"sha256 {info.facts_sha256}"
    if not found.unaltered:
        yield f"The data in it have been changed: they give {found.facts_sha256}."


def _bytes(verdict: "Verdict") -> Iterator[str]:
    """Whether the file is the one that was published."""
    match verdict.as_published:
        case True:
            yield f"Byte for byte what was published in {verdict.outdir}."
        case False:
            yield f"It is not what {verdict.info.title} in {verdict.outdir} published: the file has been changed."
        case None:
            where = f"does not stand in {verdict.outdir}" if verdict.outdir else "is not at hand"
            yield f"What was published {where}, so only what the file says of itself was checked."


def _newest(verdict: "Verdict") -> Iterator[str]:
    """Which edition readers are given now."""
    newest, info = verdict.newest, verdict.info
    if newest is None:
        return
    if not verdict.superseded:
        number = f"edition {newest.name}, as of {newest.as_of},"
        yield f"Readers are given {'this edition' if info.making is Making.EDITION else number} now."
        return
    taken_back = newest.version < info.version
    why = "this one was taken back" if taken_back else "use that one"
    yield f"Readers are given edition {newest.name} now, as of {newest.as_of}: {why}."
    if newest.facts_sha256 == verdict.contents.facts_sha256:
        yield "It says the same of every fact."
    elif not verdict.altered:
        yield f"What that edition says otherwise, or besides ({len(verdict.changes)}):"


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
