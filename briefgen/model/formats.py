"""The file formats that documents are rendered in; nothing else in the program names them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A file format that documents are rendered in."""

    name: str
    """Also the suffix of its files."""
    module: str
    """It is imported in the workers only. Its `render(job)` returns a Document; its `outline(job)`, which lays nothing
    out, returns the same without content, pages and warnings.
    """
    paged: bool = False
    """Whether its files have pages, so that page limits apply."""
    attaches_data: bool = False
    """Whether the briefing as data is attached to its files."""
    needs: str = ""
    """The check of tools/doctor.py that this machine must pass to make it; empty where every machine can."""


_FORMATS = (
    Format(name="html", module="briefgen.render.html"),
    Format(name="pdf", module="briefgen.render.pdf", paged=True, attaches_data=True, needs="Pango"),
)
FORMATS: Mapping[str, Format] = {each.name: each for each in _FORMATS}
