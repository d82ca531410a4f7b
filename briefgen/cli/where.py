"""`briefgen where`."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.output import echo_all, echo_json, styled, wrapped
from briefgen.model.findings import counted_pages

if TYPE_CHECKING:
    from briefgen.tools.where import Use, Uses


@click.command(short_help="Show where a fact is used: documents, pages, facts.")
@click.argument("fact")
@click.option("--as-of", "day", type=options.Day(), help="As of this day; default: today.")
@click.option("--lang", "language", default="", metavar="CODE", help="In this language; default: the settings' first.")
@click.option("--out", type=options.PATH, help="Look for editions here instead of the workspace's out/.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def where(start: Path, fact: str, day: date | None, language: str, out: Path | None, as_json: bool) -> None:
    """Show where FACT is used: the documents with page and heading, headlines, conflicts, summits, other facts.

    FACT is the id of a fact, or PARTNERSHIP/ID where several partnerships have that id. The documents are made as the
    next edition would have them, and not written.
    """
    from briefgen.tools.where import find_uses

    workspace = options.find(start)
    today = options.current_time(workspace).date()
    code = options.language_of(workspace, language)
    found = find_uses(workspace, fact, day or today, today, options.out_folder(start, out), code)
    if as_json:
        echo_json(asdict(found))
    else:
        echo_all(_lines(found))


def _lines(found: "Uses") -> Iterator[str]:
    yield styled(wrapped(found.text, 0), bold=True)
    yield wrapped(f"This is '{found.id}' of {found.partnership}, written in {found.place}.")
    yield f"\n{styled('Documents', bold=True)}"
    for use in found.documents:
        yield wrapped(f"{use.document}: {_printed(use)}", 2, 2)
    yield f"\n{styled('Headlines', bold=True)}"
    yield from _listed(found.headlines) if found.headlines else ["  No sentence of the first page is made of it."]
    yield f"\n{styled('Other facts', bold=True)}"
    for relation, others in found.facts.items():
        yield f"  {relation}:"
        yield from _listed(others, 4)
    if not found.facts:
        yield "  None names it, and it names none."


def _printed(use: "Use") -> str:
    if not use.sections and not use.pages:
        return "only counted among what is left out" if use.counted else "not printed"
    pages = counted_pages(use.pages) if use.pages else ""
    return ": ".join(filter(None, (pages, " · ".join(each or "(above the first heading)" for each in use.sections))))


def _listed(texts: Mapping[str, str], indent: int = 2) -> Iterator[str]:
    for id, text in texts.items():
        yield f"{' ' * indent}{styled(id, fg='cyan')}"
        yield wrapped(text, indent + 4)
