"""What is most likely wrong with the layout of a line of YAML at which the reader stopped."""

import re
from collections.abc import Sequence

_ENTRY = re.compile(r"(?P<indent> *)(?P<dash>-(?: |$))? *(?P<text>.*)")
_BRACES = re.compile(r"\s*(?:- )?[\w-]+: (?P<text>\{[\w.:/가-힣-]+\}.*[^}\s].*)")


def layout_hint(lines: Sequence[str], stopped: int) -> str:
    """Return what to do with line `stopped`, counted from 1, in words that name columns; empty if nothing is plain."""
    line = lines[stopped - 1] if 0 < stopped <= len(lines) else ""
    if found := _BRACES.fullmatch(line):
        return f"""put the text in quotes, because it begins with a brace: "{found["text"]}\""""
    this = _ENTRY.match(line)
    if not line.strip() or line.lstrip().startswith("#") or "\t" in line or not this:
        return ""
    indent = len(this["indent"])
    above = [(n, _ENTRY.match(lines[n - 1])) for n in range(stopped - 1, 0, -1) if _is_content(lines[n - 1])]
    kind = "'- '" if this["dash"] else "a key"
    for number, entry in above:
        if entry is None or bool(entry["dash"]) is not bool(this["dash"]):
            continue
        there = len(entry["indent"])
        if there == indent:
            return ""
        if abs(there - indent) <= 2:  # a slip of the hand; anything more may be another level
            return f"begin it in column {there + 1}, like line {number}: {kind} stands in column {indent + 1} here"
        if there < indent:
            return ""
    return ""


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")
