"""Paths that a person can click: hyperlinks of the terminal, where the output is one."""

import os
import re
import secrets
import sys
from pathlib import Path

from briefgen.model.signs import printable

_OURS = secrets.token_hex(8)
"""By it our own links are known from those that a text may hold."""
LINK = re.compile(rf"\x1b\]8;id={_OURS}[\d.]*;[!-~]*\x1b\\[^\x1b]*\x1b\]8;;\x1b\\")
"""A link that `linked` has made (OSC 8), whole."""


def linked(path: Path, text: str) -> str:
    """Return a text that leads to a file when it is clicked; the bare text where nobody could click it."""
    shown = printable(text)
    if not path.is_absolute() or sys.stdout is None or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return shown
    return f"\x1b]8;id={_OURS};{path.as_uri()}\x1b\\{shown}\x1b]8;;\x1b\\"
