"""`briefgen verify`: which edition a file is, whether it is as it was published, and whether it still holds."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import Any

import click

from briefgen.cli.show import FAULTS, OK, TROUBLE
from briefgen.model.edition import Making
from briefgen.publish.verify import Verdict, verify
from briefgen.render.change_sheet import rows

WIDTH = 96
_COLOURS = {OK: "green", FAULTS: "red", TROUBLE: "red"}


def verify_files(start: Path, files: Iterable[Path], out: Path | None, *, as_json: bool) -> int:
    """Tell of each file; the exit code is that of the worst."""
    told = [(file, _verdict(start / file, out)) for file in files]
    if as_json:
        data = [_as_data(file, verdict) for file, verdict in told]
        click.echo(json.dumps(data, indent=2, ensure_ascii=False, default=str))
    else:
        click.echo("\n\n".join("\n".join(_story(file, verdict)) for file, verdict in told))
    return max(_code(verdict) for _, verdict in told)


def _verdict(file: Path, out: Path | None) -> Verdict | str:
    """The verdict, or why there is none."""
    try:
        return verify(file, out)
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    except ValueError as error:
        return str(error)


def _code(verdict: Verdict | str) -> int:
    if isinstance(verdict, str):
        return TROUBLE
    return FAULTS if verdict.altered or verdict.superseded else OK


def _words(verdict: Verdict | str) -> str:
    """The verdict in a word or two."""
    if isinstance(verdict, str):
        return "UNKNOWN"
    bad = [word for word, holds in (("ALTERED", verdict.altered), ("SUPERSEDED", verdict.superseded)) if holds]
    return " and ".join(bad) or ("OK" if verdict.as_published else "OK as far as the file alone tells")


def _story(file: Path, verdict: Verdict | str) -> Iterator[str]:
    word = click.style(_words(verdict), fg=_COLOURS[_code(verdict)], bold=True)
    yield f"{click.style(str(file), bold=True)}: {word}"
    if isinstance(verdict, str):
        yield _wrapped(f"{verdict[0].upper()}{verdict[1:]}.")
        return
    yield _wrapped(f"It is {_named(verdict)}.")
    for sentence in (*_standing(verdict), *_facts(verdict), *_bytes(verdict), *_newest(verdict)):
        yield _wrapped(sentence)
    for kind, changes in groupby(verdict.changes, lambda change: change.kind):
        yield _wrapped(f"{kind}: {', '.join(change.fact for change in changes)}", 4)


def _named(verdict: Verdict) -> str:
    language = f" in '{verdict.language}'" if verdict.language else ""
    day = verdict.head.as_of if verdict.head.making is Making.EDITION else ""
    as_of = f", as of {day}" if day else ""
    return f"{verdict.name}{language}: {verdict.head.name} of {verdict.contents.partnership}{as_of}"


def _standing(verdict: Verdict) -> Iterator[str]:
    """What a holder must know about its kind."""
    if verdict.head.making is Making.RECONSTRUCTION:
        yield "A reconstruction, no edition: it tells only what was known on that day."
    if verdict.head.making is Making.PART:
        yield "A part, no edition: some documents, languages or formats only."
    if verdict.head.draft:
        yield "A draft: it had not been cleared when it was made."


def _facts(verdict: Verdict) -> Iterator[str]:
    """The hash, and whether the data still have it."""
    head, found = verdict.head, verdict.contents
    yield f"Made with briefgen {head.briefgen} from {len(found.facts)} facts:"
    yield f"sha256 {head.facts_sha256}"
    if not found.unaltered:
        yield f"The data in it have been changed: they give {found.facts_sha256}."


def _bytes(verdict: Verdict) -> Iterator[str]:
    """Whether the file is the one that was published."""
    match verdict.as_published:
        case True:
            yield f"Byte for byte what was published in {verdict.outdir}."
        case False:
            yield f"It is not what {verdict.head.name} in {verdict.outdir} published: the file has been changed."
        case None:
            where = f"does not stand in {verdict.outdir}" if verdict.outdir else "is not at hand"
            yield f"What was published {where}, so only what the file says of itself was checked."


def _newest(verdict: Verdict) -> Iterator[str]:
    """Which edition readers are given now."""
    newest, head = verdict.newest, verdict.head
    if newest is None:
        return
    if not verdict.superseded:
        number = f"edition {newest.name}, as of {newest.as_of},"
        yield f"Readers are given {'this edition' if head.making is Making.EDITION else number} now."
        return
    taken_back = (newest.edition or 0, newest.revision) < (head.edition or 0, head.revision)
    why = "this one was taken back" if taken_back else "use that one"
    yield f"Readers are given edition {newest.name} now, as of {newest.as_of}: {why}."
    if newest.facts_sha256 == verdict.contents.facts_sha256:
        yield "It says the same of every fact."
    elif not verdict.altered:
        yield f"What that edition says otherwise, or besides ({len(verdict.changes)}):"


def _as_data(file: Path, verdict: Verdict | str) -> dict[str, Any]:
    if isinstance(verdict, str):
        return {"file": str(file), "verdict": "unknown", "why": verdict}
    head, newest = verdict.head, verdict.newest
    return {
        "file": str(file),
        "verdict": "altered" if verdict.altered else "superseded" if verdict.superseded else "ok",
        "name": verdict.name,
        "language": verdict.language,
        "partnership": verdict.contents.partnership,
        **asdict(head),
        "facts": len(verdict.contents.facts),
        "facts_sha256_found": verdict.contents.facts_sha256,
        "as_published": verdict.as_published,
        "newest": {"edition": newest.edition, "revision": newest.revision, "as_of": newest.as_of} if newest else None,
        "changes": rows(verdict.changes),
    }


def _wrapped(text: str, indent: int = 2) -> str:
    """Without breaking hashes and names of files; a file that anybody may have made gives no orders to a terminal."""
    blank = " " * indent
    printable = "".join(sign if sign.isprintable() else "\ufffd" for sign in text)
    return fill(
        printable, WIDTH, initial_indent=blank, subsequent_indent=blank, break_long_words=False, break_on_hyphens=False
    )
