"""Checks of files as such, whatever they hold: merges that nobody finished, and names that nothing reads."""

import re
from collections.abc import Iterator

from briefgen.model.findings import Finding, Location

_MERGE_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?![^ \t\r\n])", re.MULTILINE)
"""As Git, Mercurial and Subversion write them: seven signs at the start of a line, then nothing or a space."""


def unfinished_merges(text: str, file: str) -> Iterator[Finding]:
    """Y007: marks of a merge stand in the file; one finding, at the first of them."""
    lines = [text.count("\n", 0, mark.start()) + 1 for mark in _MERGE_MARK.finditer(text)]
    if lines:
        others = f" (nor in line {', '.join(map(str, lines[1:]))})" if len(lines) > 1 else ""
        message = f"a merge was not finished here{others}"
        hint = "keep the lines that are right, and take the lines of <<<<<<<, =======, >>>>>>> and ||||||| away"
        yield Finding(Location(file, lines[0], 1), "Y007", message, hint=hint)
