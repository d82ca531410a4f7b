"""Looks at the files of a workspace as such: what no reader of their content would say."""

from collections.abc import Iterator
from pathlib import Path

from briefgen.check.files import unfinished_merges
from briefgen.model.findings import Finding
from briefgen.read.fingerprint import workspace_files
from briefgen.read.paths import clearance_record
from briefgen.read.workspace import Workspace

_TEXTS = frozenset({".yaml", ".toml", ".po", ".html", ".css", ".svg", ".jsonl", ".json"})


def check_files(workspace: Workspace, facts: Path) -> Iterator[Finding]:
    """Yield what is wrong with the files that a build of these facts reads, before anything is made of them."""
    for path in (*workspace_files(workspace.root, facts), clearance_record(facts)):
        if path.suffix.lower() in _TEXTS and path.is_file():
            yield from unfinished_merges(path.read_text("utf-8-sig", "replace"), workspace.shown(path))
