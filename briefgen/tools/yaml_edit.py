"""Changes values in a YAML file that people write by hand; every line the change does not touch keeps its bytes.

ruamel.yaml loads the file with its comments, quotes and order and writes it twice: as it is, and with the change. The
difference between the two is merged into the file itself, because writing it whole would join wrapped lines and lose
CRLF line ends, a byte order mark, spaces at the end of lines and unusual indentation.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from io import StringIO
from json import dumps
from statistics import mode
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from briefgen.model.findings import FindingsError, Location
from briefgen.read.yaml import Plain, YamlFile, is_short, parse_yaml

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*\S")
_COMMENT_LINE = re.compile(r"\s*(?:#.*)?")
"""A line that holds a comment or nothing."""
_WORD = re.compile(r"[\w:@#.-]{1,80}")
"""What stands with others of its kind in one list on a line: ids, citations, numbers of lines."""


class EditError(Exception):
    """The change cannot be made without harm to the rest of the file; `line` is where, 0 if no single line is."""

    def __init__(self, line: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line = line


class _TextResolver(VersionedResolver):
    """Reads every scalar as text, like `read_yaml`; dates and numbers keep their notation."""

    @property
    def versioned_resolver(self) -> Any:
        """No rule that gives a plain scalar another type."""
        return {}


def edit(text: str, wanted: Plain) -> str:
    """Return the text of a YAML file changed so that it reads `wanted`; EditError if that cannot be done safely.

    A new key goes below the key that precedes it in `wanted`. Comments stay above their line.
    """
    body = text.removeprefix("\ufeff")
    file = parse_yaml(body, "")
    if file.value == wanted:
        return text
    added = "" if body.endswith("\n") else _line_end(body)
    before, after = _written(body, file, wanted)
    merged = "".join(_merged((body + added).splitlines(keepends=True), before, after)).removesuffix(added)
    if parse_yaml(merged, "").value != wanted:
        raise EditError
    return text[: len(text) - len(body)] + merged


def edited(text: str, wanted: Plain, shown: str, code: str, cannot: str) -> str:
    """Do as `edit`; FindingsError where only a person can write it: `cannot` says what is not done then."""
    try:
        return edit(text, wanted)
    except EditError as error:
        message = f"{cannot}: it is written in a form that only a person can edit"
        hint = "write each value here on one line and without a comment, then try again; nothing has been changed"
        raise FindingsError.of(Location(shown, error.line), code, message, hint) from None


def _written(text: str, file: YamlFile, wanted: Plain) -> tuple[list[str], list[str]]:
    try:
        yaml = _round_trip(text, file)
        tree = yaml.load(unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
        before = _dumped(yaml, tree)
        _change(tree, file.value, wanted)
        return before, _dumped(yaml, tree)
    except Exception as error:  # what it cannot read, write or change it says by exceptions of many kinds
        raise EditError from error


def _round_trip(text: str, file: YamlFile) -> YAML:
    """Return a loader and dumper with the indentation that is most frequent in the file."""
    lines = text.splitlines()
    mappings, sequences = [], []
    for path, key in file.keys.items():
        outer, item = file.keys.get(path[:-1]), file.locations.get((*path, 0))
        if outer and outer.line < key.line:
            mappings.append(key.column - outer.column)
        if item and key.line < item.line:
            dash = len(lines[item.line - 1]) - len(lines[item.line - 1].lstrip())
            sequences.append((item.column - key.column, dash + 1 - key.column))
    sequence, offset = mode(sequences or [(4, 2)])
    yaml = YAML()
    yaml.preserve_quotes, yaml.width, yaml.Resolver = True, 1 << 30, _TextResolver
    yaml.indent(mapping=mode(mappings or [2]), sequence=sequence, offset=offset)
    return yaml


def _dumped(yaml: YAML, tree: Any) -> list[str]:
    stream = StringIO()
    yaml.dump(tree, stream)
    return stream.getvalue().splitlines()


def _change(node: Any, old: Plain, new: Plain) -> None:
    """Make a mapping or list of ruamel.yaml, which reads `old`, read `new`."""
    match old, new:
        case dict(), dict():
            for key in old.keys() - new.keys():
                del node[key]
            position = 0
            for key, value in new.items():
                if key in old:
                    _change_at(node, key, old[key], value)
                    position = list(node).index(key) + 1
                else:
                    node.insert(position, key, _new(value))
                    position += 1
        case list(), list():
            texts = ([dumps(each, sort_keys=True) for each in entries] for entries in (old, new))
            in_place = [("replace", 0, len(old), 0, len(new))]
            for tag, start, end, new_start, new_end in in_place if len(old) == len(new) else _differences(*texts):
                if tag == "replace" and end - start == new_end - new_start:
                    for position in range(start, end):
                        _change_at(node, position, old[position], new[position - start + new_start])
                else:
                    node[start:end] = [_new(value) for value in new[new_start:new_end]]
        case _:
            raise TypeError("a mapping or list cannot become anything else")


def _change_at(node: Any, key: str | int, old: Plain, new: Plain) -> None:
    if old and new and type(old) is type(new) is not str:
        _change(node[key], old, new)
    elif old != new:
        node[key] = _new(new)


def _new(value: Plain) -> Any:
    """Return a value as ruamel.yaml writes it: text that would be read as nothing needs quotes."""
    match value:
        case dict():
            written = CommentedMap((key, _new(each)) for key, each in value.items())
            if is_short(value):
                written.fa.set_flow_style()
            return written
        case list():
            written_list = CommentedSeq(_new(each) for each in value)
            if value and all(isinstance(each, str) and _WORD.fullmatch(each) for each in value):
                written_list.fa.set_flow_style()
            return written_list
        case "" | "~" | "null":
            return SingleQuotedScalarString(value)
        case str() if value.startswith("@"):
            return DoubleQuotedScalarString(value)
        case _:
            return value


_Opcode = tuple[str, int, int, int, int]


def _differences(old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    return [code for code in reversed([*_opcodes(old, new)]) if code[0] != "equal"]


def _opcodes(old: Sequence[str], new: Sequence[str]) -> Iterator[_Opcode]:
    """Yield the opcodes of difflib; frequent lines are compared last, or they would take quadratic time."""
    for code in SequenceMatcher(None, old, new).get_opcodes():
        tag, start, end, new_start, new_end = code
        if tag != "replace":
            yield code
        else:
            rest = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
            for kind, first, last, new_first, new_last in rest.get_opcodes():
                yield kind, start + first, start + last, new_start + new_first, new_start + new_last


def _merged(lines: list[str], before: list[str], after: list[str]) -> list[str]:
    """Return the lines of the file with every difference between `before` and `after`."""
    places = _places(before, [line.rstrip("\r\n") for line in lines])
    merged = list(lines)
    for tag, start, end, new_start, new_end in _differences(before, after):
        while tag == "insert" and start and _COMMENT_LINE.fullmatch(before[start - 1]):
            start = end = start - 1
        while tag == "delete" and start < end and _COMMENT_LINE.fullmatch(before[end - 1]):
            end -= 1
        first, last = _place(places, start, end)
        ending = _line_end(merged[first if first < last else first - 1])
        fresh = [line + ending for line in after[new_start:new_end]]
        if _comments(merged[first:last]) - _comments(fresh):
            raise EditError(first + 1)
        merged[first:last] = fresh
    return merged


def _places(before: list[str], lines: list[str]) -> list[int | None]:
    """Return the index in the file of every line that ruamel.yaml wrote, and of the end; None if it is not known."""
    places: list[int | None] = [None] * len(before) + [len(lines)]
    for _, start, end, file_start, file_end in _opcodes(before, lines):
        if end - start == file_end - file_start:
            places[start:end] = range(file_start, file_end)
    return places


def _place(places: list[int | None], start: int, end: int) -> tuple[int, int]:
    """Return the file's lines for `start` to `end` of what ruamel.yaml wrote; EditError if they differ in number."""
    above = places[start - 1] if start else -1
    found = places[start:end] or [places[start] if above is None else above + 1]
    first = found[0]
    if first is None or found != list(range(first, first + len(found))):
        unknown = next((index for index in range(start, end) if places[index] is None), start)
        raise EditError(max([place for place in places[:unknown] if place is not None], default=-1) + 2)
    return first, first + end - start


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _comments(lines: Iterable[str]) -> Counter[str]:
    return Counter(comment for line in lines for comment in _COMMENT.findall(line))
