"""The file formats that documents are rendered in: the only place that knows them by name."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format that documents are rendered in."""

    name: str
    """Also the suffix of its files."""
    module: str
    """Has `render(job)`, which returns a Document; it is loaded in the workers only."""
    paged: bool = False
    """Whether its files have pages, and so keep the page limits."""
    attaches_data: bool = False
    """Whether its files carry the briefing as data."""
    needs: str = ""
    """The check of tools/doctor.py that tells whether this machine can make it; empty: every machine can."""


_FORMATS = (
    Format(name="html", module="briefgen.render.html"),
    Format(name="pdf", module="briefgen.render.pdf", paged=True, attaches_data=True, needs="Pango"),
)
FORMATS: Mapping[str, Format] = {each.name: each for each in _FORMATS}
