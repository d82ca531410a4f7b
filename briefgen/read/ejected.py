"""What each shipped file was when a workspace took its copy, by which the copy is compared and merged."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from briefgen.model.findings import Finding, Location, Severity
from briefgen.read.paths import EJECTED, EJECTED_TEXTS, shipped_templates
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import read_yaml
from briefgen.render.reading import read_file


def ejected(workspace: Workspace) -> Mapping[str, str]:
    """Return the recorded sha256 by name; a record that cannot be read is ignored, as it only serves to compare."""
    value = read_yaml(workspace.root / "templates" / EJECTED, within=workspace.root).value
    return {key: each for key, each in value.items() if isinstance(each, str)} if isinstance(value, dict) else {}


def text_path(workspace: Workspace, name: str) -> Path:
    """Return where the shipped file is kept as it was when the workspace took it."""
    return workspace.root / "templates" / EJECTED_TEXTS / name


def text_then(workspace: Workspace, name: str, digest: str) -> str | None:
    """Return the shipped file as it was when the copy was taken; None if that is not known any more.

    What was kept counts only while it is what was recorded.
    """
    for path in (text_path(workspace, name), shipped_templates() / name):
        try:
            content = read_file(path, workspace.root)
        except OSError:
            continue
        if sha256(content).hexdigest() == digest:
            return content.decode("utf-8-sig", "replace")
    return None


def moved_on(workspace: Workspace) -> Iterator[Finding]:
    """Yield each copy whose shipped file has changed since it was taken (K913)."""
    own, shipped = workspace.template_folders[0], shipped_templates()
    if own == shipped:
        return
    for name, digest in ejected(workspace).items():
        try:
            copy = read_file(own / name, workspace.root)
        except OSError:  # Y001, or it was taken away
            continue
        where, now = Location(workspace.shown(own / name)), shipped / name
        if not now.is_file():
            message = "the program has no file of this name any more, so it may be that nothing uses yours"
            hint = "to see what there is: briefgen template list"
        elif sha256(now.read_bytes()).hexdigest() != digest and copy != now.read_bytes():
            message = "the shipped file has changed since you took this copy, which has nothing of it"
            hint = f"see it: briefgen template compare {name}; take it over: briefgen template merge {name}"
        else:
            continue
        yield Finding(where, "K913", message, Severity.NOTE, hint=hint)
