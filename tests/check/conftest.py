"""Reads a test's docstring as a change of the good workspace, and what the change is to be told about.

    - the line to take away, as it stands in the good files
    + the line in its stead
         ^ C102 the message
         | the hint

A line that only shows a place has two spaces before it; of several that read the same, the next one is meant. The
caret under a line says the column.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copytree
from textwrap import dedent

import pytest
from shipped import pages

from briefgen.check import FACTS
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, in_order
from briefgen.read.facts import check_records, read_facts
from briefgen.read.workspace import Workspace

GOOD = Path(__file__).parent / "good"
_CARET = re.compile(r"(?P<before> *)\^ (?P<code>[A-Z]\d{3}) (?P<message>.*)")
ChangedValue = list[tuple[str, str, str]]


@dataclass(slots=True)
class Change:
    """The files on their way from good to bad, and what is to be told."""

    files: dict[Path, list[str]]
    expected: ChangedValue = field(default_factory=list)
    file: Path = Path()
    line: int = 0
    indent: int = 0

    def find(self, text: str) -> None:
        """Go to the one line that reads so; of several, to the next one below the place shown last."""
        found = [
            (file, number, len(line) - len(line.lstrip()))
            for file, lines in self.files.items()
            for number, line in enumerate(lines, 1)
            if line.strip() == text
        ]
        below = [place for place in found if place[0] == self.file and place[1] > self.line]
        assert len(found) == 1 or below, f"{text!r} stands {len(found)} times in the good files"
        self.file, self.line, self.indent = found[0] if len(found) == 1 else below[0]

    def apply(self, row: str) -> None:
        """One row of the docstring."""
        if match := _CARET.fullmatch(row):
            column = self.indent + len(match["before"]) - 2 + 1
            name = str(self.file.relative_to(self.file.parents[1]))
            said = f"{match['code']} {match['message']}"
            self.expected.append((f"{name}:{self.line}:{column}", said, ""))
        elif row.lstrip().startswith("| "):
            place, said, _ = self.expected.pop()
            self.expected.append((place, said, row.lstrip()[2:]))
        elif row.startswith("- "):
            self.find(row[2:].strip())
            del self.files[self.file][self.line - 1]
            self.line -= 1
        elif row.startswith("+ "):
            self.files[self.file].insert(self.line, " " * self.indent + row[2:])
            self.line += 1
        else:
            self.find(row.strip())


def change(docstring: str, folder: Path) -> Change:
    """The good workspace in a folder, changed as the docstring says."""
    copytree(GOOD, folder, dirs_exist_ok=True)
    paths = sorted(folder.rglob("*.yaml"))
    changed = Change(files={path: path.read_text(encoding="utf-8").splitlines() for path in paths})
    for row in dedent(docstring).splitlines():
        if row.strip():
            changed.apply(row)
    for path, lines in changed.files.items():
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return changed


def findings_of(folder: Path) -> tuple[FactBook, tuple[Finding, ...]]:
    """The book of a workspace with everything that reading and checking it finds."""
    workspace = Workspace(root=folder)
    book, findings = read_facts(workspace, workspace.facts / "tiny.yaml")
    assert book is not None, [str(finding) for finding in findings]
    found = (each for check in FACTS for each in check(book))
    return book, in_order((*findings, *found, *check_records(workspace, book)))


@pytest.fixture(scope="session")
def book() -> FactBook:
    """The shipped facts and records."""
    return pages.book()


@pytest.fixture
def told_as_expected(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], None]:
    """Compares what the changed workspace is told with what its docstring says; a hint may end in three dots."""

    def compare() -> None:
        docstring = request.function.__doc__ or ""
        expected = sorted(change(docstring[docstring.index("\n") :], tmp_path).expected)
        assert expected, "the docstring expects nothing"
        findings = findings_of(tmp_path)[1]
        begins = {(place, message): hint[:-3] for place, message, hint in expected if hint.endswith("...")}
        told = []
        for each in findings:
            place, message = str(each.location), f"{each.code} {each.message}"
            begin = begins.get((place, message), "")
            told.append((place, message, f"{begin}..." if begin and each.hint.startswith(begin) else each.hint))
        assert sorted(told) == expected

    return compare
