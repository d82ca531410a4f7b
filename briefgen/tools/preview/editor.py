"""Opens a file at a line in the editor of the person who looks at the preview."""

import os
import shlex
import shutil
import subprocess
from pathlib import Path

from briefgen.model.findings import Location

_AT_LINE = {
    "code": ("-g", "{file}:{line}:{column}"),
    "codium": ("-g", "{file}:{line}:{column}"),
    "cursor": ("-g", "{file}:{line}:{column}"),
    "zed": ("{file}:{line}:{column}",),
    "subl": ("{file}:{line}:{column}",),
    "idea": ("--line", "{line}", "{file}"),
    "pycharm": ("--line", "{line}", "{file}"),
    "kate": ("--line", "{line}", "{file}"),
    "gedit": ("+{line}", "{file}"),
    "gnome-text-editor": ("+{line}", "{file}"),
    "xed": ("+{line}", "{file}"),
    "mousepad": ("--line={line}", "{file}"),
    "gvim": ("+{line}", "{file}"),
    "emacsclient": ("-n", "+{line}:{column}", "{file}"),
}
"""Editors with a window of their own, and how each is given a line."""


def find_editor() -> tuple[str, ...]:
    """Return the command of an editor with a window: $VISUAL, $EDITOR, or VS Code; empty if none is here.

    One that runs in a terminal is passed over: the preview's own terminal would be its only one.
    """
    for command in (_words("VISUAL"), _words("EDITOR"), ["code"]):
        if command and Path(command[0]).name in _AT_LINE and shutil.which(command[0]):
            return tuple(command)
    return ()


def _words(variable: str) -> list[str]:
    try:
        return shlex.split(os.environ.get(variable, ""))
    except ValueError:  # a quote is not closed
        return []


def open_in_editor(editor: tuple[str, ...], path: Path, location: Location) -> None:
    """Start the editor with the file at the line; OSError if it cannot be started."""
    fields = {"file": str(path), "line": str(location.line or 1), "column": str(location.column or 1)}
    arguments = [each.format(**fields) for each in _AT_LINE[Path(editor[0]).name]]
    subprocess.Popen([*editor, *arguments], stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603
