"""What a person looks at: a document in some languages or of some days, on screen or on paper."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefgen.model.document import Document
from briefgen.model.findings import Finding, Location, Severity, in_order
from briefgen.render.reading import text_if_readable
from briefgen.tools.preview.memory import Key

_QUOTED = 200
"""Characters of a long line that are shown."""


@dataclass(frozen=True, slots=True)
class View:
    """The panes side by side: each language of each day; for names that the settings lack, the first one there."""

    partnership: str
    """The file or folder in facts/."""
    document: str
    format: str
    languages: tuple[str, ...]
    days: tuple[date | None, ...]
    """None is today, also when midnight has passed."""


def pane_name(key: Key) -> str:
    """Return the address of a document: vn-kr/2026-11-21/at-a-glance.en.pdf."""
    partnership, day, name = key
    return f"{partnership}/{day}/{name}"


def finding_data(finding: Finding, root: Path) -> Mapping[str, Any]:
    """Return a finding for the page: where, the line itself, what is wrong, and the remedy."""
    location = inside(finding.location, root)
    return {
        "file": location.file,
        "line": location.line,
        "column": location.column,
        "place": str(location),
        "source": source_line(location, root),
        "severity": finding.severity.name.lower(),
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
    }


def worst_first(findings: list[Finding]) -> list[Finding]:
    """Return the findings without repeats: errors, then warnings, each by file and line; notes are left out."""
    found = [each for each in in_order(findings) if each.severity is not Severity.NOTE]
    return sorted(found, key=lambda each: -each.severity)


def inside(location: Location, root: Path) -> Location:
    """Return the location with a file of the workspace named by its path in it."""
    path = Path(location.file)
    if path.is_absolute() and path.is_relative_to(root):
        return Location(str(path.relative_to(root)), location.line, location.column)
    return location


def source_line(location: Location, root: Path) -> str:
    """Return the line of a file; empty if it cannot be read."""
    lines = text_if_readable(root / location.file, root).split("\n")
    return lines[location.line - 1][:_QUOTED] if 0 < location.line <= len(lines) else ""


def places_data(document: Document) -> list[Mapping[str, Any]]:
    """Return where each piece of text of a PDF stands, for the page."""
    return [asdict(place) for place in document.places]
