"""Editions to publish without rendering anything."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from briefgen.model.document import RenderedFile
from briefgen.model.edition import Making, Manifest
from briefgen.publish import Edition
from briefgen.publish.write import locked, publish

DAY = date(2026, 11, 21)
FACTS = Manifest(
    making=Making.EDITION,
    partnership="vn-kr",
    edition=1,
    revision=1,
    as_of=DAY,
    public_date=DAY,
    next_change=None,
    facts=1,
    facts_sha256="a",
    look_sha256="b",
    languages=("en",),
    documents=("one", "two"),
    formats=("html", "pdf"),
    briefgen="1",
    files={},
)


def published(
    home: Path, number: int, text: str = "", folder: str = "", *, newest: bool = True, revision: int = 1
) -> Edition:
    """Edition `number` with two documents that say its number."""
    said = (text or f"edition {number} ").encode() * 5000
    documents = [RenderedFile(name="one.html", content=said), RenderedFile(name="two.pdf", content=said[::-1])]
    with locked(home):
        name = folder or f"editions/2026-11-21-{number}"
        making = Making.EDITION if newest else Making.RECONSTRUCTION
        return publish(home, name, documents, replace(FACTS, making=making, edition=number, revision=revision))


def odd(home: Path) -> list[str]:
    """What only a build under way may leave there."""
    return [path.name for path in home.rglob(".*") if path.name != ".lock"]
