"""Checks of files as such, whatever they hold: merges that nobody finished, and names that nothing reads."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator

from briefgen.model.findings import Finding, Location, Severity, nearest_word

_MERGE_MARK = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?![^ \t\r\n])", re.MULTILINE)
"""As Git, Mercurial and Subversion write them: seven signs at the start of a line, then nothing or a space."""


_BY_HAND = r"copy|kopie|copie|copia|kopia|sao\ chép|bản\ sao|복사본|사본"
_NUMBER = r"(?:\ ?\(?\d+\)?)?"
_COPY = re.compile(
    rf"""(?:copy\ of|kopie\ von|kopie\ van|copie\ de|copia\ de|cópia\ de|bản\ sao\ của)\ (?P<a>.+)
    | (?P<b>.+)의\ 사본
    | (?P<c>.+?)\.sync-conflict-[\w-]+
    | (?P<d>.+?)[\ ._-]*\([^()]*(?:conflict|xung\ đột|충돌)[^()]*\){_NUMBER}
    | (?P<e>.+?)[._-](?:\S+_)?conflict(?:ed)?(?:[-_][\w-]+)?
    | (?P<h>.+?)\ conflicted\ copy(?:\ [\d-]+)?
    | (?P<f>.+?)\ (?:-\ )?(?:{_BY_HAND}){_NUMBER}
    | (?P<g>.+?)\ \((?:\w+\ )?(?:{_BY_HAND})\)
    | (?P<i>.+?)-(?:DESKTOP|LAPTOP)-\w+
    | (?P<j>.+?)(?:\ \d+|\ ?\(\d+\))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Names that file services give to copies: Dropbox, Nextcloud, OneDrive, Syncthing, Resilio, Seafile, Synology, iCloud,
browsers; and file managers in English, Vietnamese, Korean and some other languages."""


def copied_from(name: str, beside: Iterable[str]) -> str:
    """Return the file beside it of which this one is a copy by its name; empty if it looks like none."""
    plain = unicodedata.normalize("NFC", name)
    stem, dot, suffix = plain.rpartition(".") if "." in plain else (plain, "", "")
    match = _COPY.fullmatch(stem)
    if not match:  # as nearly all: of hundreds of files, nobody looks through the others for each
        return ""
    original = f"{next(filter(None, match.groups()))}{dot}{suffix}"
    return next((each for each in beside if unicodedata.normalize("NFC", each) == original), "")


def stray_copies(names: Collection[str], folder: str) -> Iterator[Finding]:
    """Y008: a file looks like a copy of the one beside it, so that nobody knows which of the two is right."""
    for name in sorted(names):
        if original := copied_from(name, names):
            message = f"looks like a copy of {original} that a file service or a file manager has made; it is not read"
            hint = f"put what is right in it into {original}, then remove it"
            yield Finding(Location(f"{folder}/{name}" if folder else name), "Y008", message, hint=hint)


def unfinished_merges(text: str, file: str) -> Iterator[Finding]:
    """Y007: marks of a merge stand in the file; one finding, at the first of them."""
    lines = [text.count("\n", 0, mark.start()) + 1 for mark in _MERGE_MARK.finditer(text)]
    if lines:
        others = f" (nor in line {', '.join(map(str, lines[1:]))})" if len(lines) > 1 else ""
        message = f"a merge was not finished here{others}"
        hint = "keep the lines that are right, and take the lines of <<<<<<<, =======, >>>>>>> and ||||||| away"
        yield Finding(Location(file, lines[0], 1), "Y007", message, hint=hint)


def unused_file(file: str, name: str, known: Iterable[str]) -> Finding:
    """Y009: nothing reads the file; a warning if its name is nearly one that would be read there, else a note."""
    near = nearest_word(name, known)
    hint = f"did you mean '{near}'?" if near else "name it where it belongs, or remove it"
    severity = Severity.WARNING if near else Severity.NOTE
    return Finding(Location(file), "Y009", "nothing reads a file of this name", severity, hint=hint)
