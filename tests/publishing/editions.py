"""Editions to publish without rendering anything."""

from pathlib import Path

from briefgen.model.page import Document
from briefgen.publish import Edition, locked, publish

FACTS = {"as_of": "2026-11-21", "revision": 1, "next_change": None, "facts_sha256": "a", "look_sha256": "b"}


def published(home: Path, number: int, text: str = "", folder: str = "", *, newest: bool = True) -> Edition:
    """Edition `number` with two documents that say its number."""
    said = (text or f"edition {number} ").encode() * 5000
    documents = [Document(name="one.html", content=said), Document(name="two.pdf", content=said[::-1])]
    with locked(home):
        name = folder or f"editions/2026-11-21-{number}"
        return publish(home, name, documents, {**FACTS, "edition": number}, newest=newest)


def odd(home: Path) -> list[str]:
    """What only a build under way may leave there."""
    return [path.name for path in home.rglob(".*") if path.name != ".lock"]
