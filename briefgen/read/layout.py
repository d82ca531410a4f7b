"""What a person most likely did where YAML could not be read on: by the look of the lines, without reading them."""

import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import yaml

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


def slip_before(text: str, stopped: Location) -> tuple[Location, str, str] | None:
    """Return the line that begins with what is no dash of a list, or no remark, where the reader stumbled over it."""
    lines = text.split("\n")
    for number in range(stopped.line, max(stopped.line - 3, 0), -1):
        line = lines[number - 1] if number <= len(lines) else ""
        if found := re.match(r"\s*(?:(?P<dash>[—–−‐•·‣*] ?|-(?=[\w-]+:))|//)(?=.*:)", line):
            at = Location(stopped.file, number, len(line) - len(line.lstrip()) + 1)
            if found["dash"]:
                return (
                    at,
                    "this begins no entry of a list",
                    "write '- ', a hyphen and a space, where an entry of a list begins",
                )
            return at, "this begins no remark", "a remark begins with #"
    return None


def place_of(mark: Any, name: str) -> Location:
    """Return where a mark of the reader of YAML is in the file of this name."""
    return Location(name, mark.line + 1, mark.column + 1)


_HINTS = {
    "a tab character": "indent with spaces, not with tabs",
    "mapping values are not allowed": "put a text that holds ': ' in quotes, and look at the indentation",
    "hexdecimal number": "write / for the \\ within double quotes, or \\\\ if it is to be printed",
    "<document start>": "take the line '...' away: it ends the file, and nothing may stand below it",
    "expected node content": "write what is missing here, or take the comma away",
    "did not find expected": "look at the indentation, the quotes and the brackets of this line and the one before",
    "end of stream": "a quote or a bracket is opened and never closed",
    "unknown escape": "write / for the \\ within double quotes, or \\\\ if it is to be printed",
    "undefined alias": "put a text that begins with * in quotes",
    "another document": "take the line '---' away",
}


def stumble(text: str, name: str, error: yaml.MarkedYAMLError) -> tuple[Location, str, str]:
    """Return where the reader stopped or what it most likely missed is, why, and what to do."""
    if quote := _open_quote(text, error):
        why = "a quote is opened here, and closed only lines below or never"
        return place_of(quote, name), why, "close it on this line"
    problem, context = error.problem or "unknown problem", error.context or ""
    sentence = " ".join((context, problem) if problem.startswith("but ") else (problem, context)).strip()
    mark = error.context_mark if context == _NO_COLON else error.problem_mark or error.context_mark
    if mark and not text[mark.index :].strip() and (bracket := _left_open(text)):
        return place_of(bracket, name), _LEFT_OPEN, cut_hint(text, bracket.line + 1) or _CLOSE_IT
    past_end = mark is not None and mark.line > text.count("\n")  # after a last line that has no end
    location = Location.behind(text, name) if past_end else place_of(mark, name) if mark else Location(name)
    if odd := odd_space(text, location):
        return odd, f"{sentence}: another kind of space stands here", "write plain spaces"
    if slip := slip_before(text, location):
        return slip
    if context == _NO_COLON:
        return location, sentence, cut_hint(text, location.line) or key_hint(text.split("\n")[location.line - 1])
    if hint := cut_hint(text, location.line) or layout_hint(text.split("\n"), location):
        return location, sentence, hint
    if bracket := _open_bracket(text, error):
        return place_of(bracket, name), _LEFT_OPEN, _CLOSE_IT
    if mark and "cannot start any token" in sentence and (sign := text[mark.index : mark.index + 1]):
        in_quotes = f"put a text that begins with {sign} in quotes"
        return location, sentence, _HINTS["a tab character"] if sign == "\t" else in_quotes
    return location, sentence, next((hint for words, hint in _HINTS.items() if words in sentence), "")


_NO_COLON = "while scanning a simple key"
"""The context whose mark is the key; the problem is told where the next line begins."""


def _open_quote(text: str, error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Return the mark of a quoted text that was most likely not closed; None where there is none.

    It has no end, or it ends where the next quote stands, lines below, and there the reader stumbles.
    """
    if error.context == "while scanning a quoted scalar":
        return error.context_mark
    last, stopped = None, error.problem_mark or error.context_mark
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if stopped is None or token.start_mark.line > stopped.line:
                break
            is_quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
            last = token if is_quoted and token.end_mark.line > token.start_mark.line else last
    near = last and stopped and last.end_mark.line - 1 <= stopped.line <= last.end_mark.line
    return last.start_mark if last and near else None


_LEFT_OPEN, _CLOSE_IT = "a bracket is opened here and never closed", "close it: [...] or {...}"


def _left_open(text: str) -> Any:
    """Return the mark of the last bracket that nothing closes up to the end of the text; None where each is closed."""
    opened = []
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append(token.start_mark)
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
                del opened[-1:]
    return opened[-1] if opened else None


def _open_bracket(text: str, error: yaml.MarkedYAMLError) -> Any:
    """Return the mark of a bracket that was not closed: the reader stumbles at the end, or over the next entry."""
    opened, stopped = error.context_mark, error.problem_mark
    if error.context not in _IN_BRACKETS or opened is None or stopped is None:
        return None
    lines = text.split("\n")
    if not opened.line < stopped.line <= len(lines):
        return None
    first, last = lines[opened.line], "".join(lines[stopped.line : stopped.line + 1])
    return opened if len(last) - len(last.lstrip()) <= len(first) - len(first.lstrip()) else None


_IN_BRACKETS = ("while parsing a flow sequence", "while parsing a flow mapping")
"""The contexts whose mark is the bracket; that of a flow node may be of any line, as libyaml leaves it unset."""
