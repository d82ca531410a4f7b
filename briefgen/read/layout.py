"""What a person most likely did where YAML could not be read on: by the look of the lines, without reading them."""

import re
from collections.abc import Sequence

from briefgen.model.findings import Location


def cut_hint(text: str, stopped: int) -> str:
    """Return what to do where a remark within a text may be what the reader stumbled over, on a line or after it."""
    for number in (stopped, stopped - 1):
        line = text.split("\n")[number - 1] if number > 0 else ""
        if (before := re.match(r"([^#'\"]*)\s#", line)) and before[1].strip():
            return f"put the text of line {number} in quotes: its ' #' begins a remark, which ends the text before it"
    return ""


_BRACES = re.compile(r"\s*(?:- )?[\w-]+: (?P<text>\{[\w.:/가-힣-]+\}.*[^}\s].*)")


_TEXT = re.compile(r"\s*(?:- )?[\w-]+: +(?P<text>(?P<first>[\"'*&!@%`>|?-]|\[(?!.*\]$)).*)")
"""A text that cannot be written as it stands, for what it begins with."""


def _text_hint(line: str, column: int) -> str:
    """Return what to do with a text that cannot be written as it stands."""
    if line.rstrip().endswith(('",', "',")) and column == len(line.rstrip()):
        return "take the comma at the end of the line away: a key and its value have a line to themselves"
    if found := _BRACES.fullmatch(line):
        return f"""put the text in quotes, because it begins with a brace: "{found["text"]}\""""
    if (found := _TEXT.fullmatch(line)) and found.start("text") < column and "\\" not in line:
        if found["first"] in "\"'":
            return f"the next {found['first']} ends the text: write the quotes within it otherwise, as “...” or ’"
        return f"put the text in quotes, because it begins with {found['first']}"
    return ""


def layout_hint(lines: Sequence[str], stumbled: Location) -> str:
    """Return what to do with the line, in words that name columns; empty if nothing is plain."""
    stopped = stumbled.line
    if any(line.rstrip() in ("---", "...") for line in lines[max(stopped - 2, 0) : stopped] if stopped > 1):
        return ""
    line = lines[stopped - 1] if 0 < stopped <= len(lines) else ""
    if hint := _text_hint(line, stumbled.column):
        return hint
    if stumbled.column > len(line.partition(":")[0]) + 1:  # behind the key: what is wrong is not where the line begins
        return ""
    if not _is_content(line) or "\t" in line:
        return ""
    dash, here = _dash_and_indent(line)
    is_entry, begins = _dash_and_indent(lines[stopped - 2]) if stopped > 1 else (False, 0)
    if is_entry and not dash and 0 < abs(begins + 2 - here) <= 2:
        return f"begin the '- ' of line {stopped - 1} in column {here - 1}, or this line in column {begins + 3}"
    for number in range(stopped - 1, 0, -1):
        above, there = _dash_and_indent(lines[number - 1])
        if above is dash and _is_content(lines[number - 1]):
            if there != here and abs(there - here) <= 2:  # a slip of the hand; anything more may be another level
                kind = "'- '" if dash else "a key"
                return f"begin it in column {there + 1}, like line {number}: {kind} stands in column {here + 1} here"
            if there <= here:
                return ""
    return ""


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _dash_and_indent(line: str) -> tuple[bool, int]:
    text = line.lstrip(" ")
    return text == "-" or text.startswith("- "), len(line) - len(text)


def key_hint(line: str) -> str:
    """Return what to do with a line that was taken for a key without its colon."""
    if found := re.fullmatch(r"\s*(?:- )?(?P<key>[\w-]+):(?P<rest>\S.*)", line):
        return f"write a space after the colon: {found['key']}: {found['rest']}"
    return "write a colon and a space after the key; or indent the line, if it goes on with the text above"


def odd_space(text: str, stopped: Location) -> Location | None:
    """Return where a space of another kind, as word processors write them, stands before or behind a key."""
    for number in (stopped.line, stopped.line - 1):
        line = text.split("\n")[number - 1] if number > 0 else ""
        if found := re.match(r"[ ]*(?:- )?(?:[\w-]+:)?[ ]*(?P<odd>[^\S \t])", line):
            return Location(stopped.file, number, found.start("odd") + 1)
    return None


def swallowed_entry(lines: Sequence[str], first: int, last: int) -> int:
    """Return the number of the line that a text of several lines took in, though it begins with `- `; else 0."""
    numbers = range(first + 1, last + 1)
    return next((number for number in numbers if lines[number - 1 :] and _dash_and_indent(lines[number - 1])[0]), 0)
