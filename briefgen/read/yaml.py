"""Reads and writes YAML by PyYAML: plain values with the location of every key, and every oddity as a finding."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from briefgen.files import decoded, read_file, unfinished_merges
from briefgen.model.book import KeyPath
from briefgen.model.findings import Finding, Location, not_utf8
from briefgen.model.texts import MAX_TEXT, TAKE_AWAY, unwanted, without_unwanted
from briefgen.read.layout import place_of, stumble, swallowed_entry

Plain = str | list["Plain"] | dict[str, "Plain"] | None
MAX_NODES, MAX_DEPTH = 200_000, 40
_NO_YAML = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Signs at which a reader of YAML stops (YAML 1.2, 5.1), and other line ends than its own."""
_MOST_SIGNS = 50
"""How many unwanted signs of a file are named, one by one."""
_QUOTED = 60
"""Characters that are kept of a text that is too long, so that nothing else is said of all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """A file's content: scalars as text in NFC, the location of every value and key, and what is wrong with it."""

    value: Plain
    locations: Mapping[KeyPath, Location]
    keys: Mapping[KeyPath, Location] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    remarks: Mapping[KeyPath, Location] = field(default_factory=dict)
    """Where a remark follows an unquoted value on its line, by the value's path."""

    def at(self, *path: str | int) -> Location:
        """Return the location of a value; empty where there is none."""
        return self.locations.get(path, Location(""))

    def moved(self, value: Plain, to: Callable[[KeyPath], KeyPath | None]) -> "YamlFile":
        """Return the file with another value, and its locations where `to` says that their paths are now."""

        def places(old: Mapping[KeyPath, Location]) -> Mapping[KeyPath, Location]:
            return {new: location for path, location in old.items() if (new := to(path)) is not None}

        at, keys, remarks = map(places, (self.locations, self.keys, self.remarks))
        return replace(self, value=value, locations=at, keys=keys, remarks=remarks)


@dataclass(slots=True)
class _Walk:
    """What is gathered on one walk through the nodes of a file."""

    file: str
    lines: list[str] = field(default_factory=list)
    locations: dict[KeyPath, Location] = field(default_factory=dict)
    keys: dict[KeyPath, Location] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    remarks: dict[KeyPath, Location] = field(default_factory=dict)
    may_be_strange: bool = True
    """Whether a text may hold a sign that it may not: as it is in the file, or written by its number."""
    nodes: int = 0
    too_large: KeyPath | None = None

    def location(self, node: Node) -> Location:
        return place_of(node.start_mark, self.file)

    def report(self, node: Node, code: str, message: str, hint: str = "") -> None:
        self.findings.append(Finding(self.location(node), code, message, hint=hint))


def read_yaml(path: Path, shown_as: str = "", within: Path | None = None) -> YamlFile:
    """Return the content of a file; whatever is wrong with it is a finding, never an exception.

    No link may lead out of the folder `within`.
    """
    name = shown_as or str(path)
    try:
        raw = read_file(path, within)
    except OSError as error:
        return _faulty(Location(name), "Y001", f"cannot be read: {error.strerror or error}")
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        return _faulty(Location.not_utf8(error, name), "Y001", *not_utf8(error, name))
    return parse_yaml(text, name)


@lru_cache(maxsize=64)
def parse_yaml(text: str, name: str) -> YamlFile:
    """Return the content of YAML text; `name` is the file's name in locations. Nobody changes what it returns."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    if "\r" in text and "\n" not in text:
        return _faulty(
            Location(name, 1), "Y001", "has carriage returns for line ends", "save it with LF or CRLF line ends"
        )
    if merges := tuple(unfinished_merges(text, name)):
        return YamlFile(value=None, locations={(): merges[0].location}, findings=merges)
    strange = tuple(
        Finding(Location.behind(text[:place], name), "Y010", f"{what} stands here", hint=TAKE_AWAY)
        for place, what in islice(unwanted(text), _MOST_SIGNS)
    )
    text = _NO_YAML.sub("\ufffd", text)  # so that whatever else is wrong is found in the same pass
    try:
        node = yaml.compose(text, Loader=_Composer)
    except _TooMuchError as error:
        return _faulty(place_of(error.mark, name), "Y005", error.message, error.hint, strange)
    except yaml.MarkedYAMLError as error:
        location, why, hint = stumble(text, name, error)
        return _faulty(location, "Y002", f"is no valid YAML: {why}", hint, strange)
    except yaml.YAMLError as error:
        return _faulty(Location(name), "Y002", f"is no valid YAML: {error}")
    walk = _Walk(name, text.split("\n"), locations={(): Location(name)})
    walk.may_be_strange = bool(strange) or "\\" in text
    value = _plain(node, (), walk, 0) if node is not None else None
    if walk.too_large is not None:
        location = walk.keys.get(walk.too_large[:1], Location(name))
        return _faulty(location, "Y005", "unfolds to too many values", "take out the aliases")
    return YamlFile(
        value=value,
        locations=walk.locations,
        keys=walk.keys,
        findings=(*strange, *(_marked(text, name) if _MARK.search(text) else ()), *walk.findings),
        remarks=walk.remarks,
    )


def _marked(text: str, name: str) -> Iterator[Finding]:
    """Yield the tags of a file, and the anchors that no alias names (Y004): most often the first word of a text."""
    anchors: dict[str, Finding] = {}
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        place = place_of(event.start_mark, name)
        anchor = getattr(event, "anchor", None)
        if tag := getattr(event, "tag", None):
            yield Finding(place, "Y004", f"the tag {tag} is not used here", hint=_NO_MARK.format("tag", "!"))
        if anchor and isinstance(event, yaml.AliasEvent):
            anchors.pop(anchor, None)
        elif anchor:
            message = f"no alias names the anchor &{anchor}, which is left out of the text"
            anchors[anchor] = Finding(place, "Y004", message, hint=_NO_MARK.format("anchor", "&"))
    yield from anchors.values()


_MARK = re.compile(r"(?:^|[\s\[{,])[!&]\S", re.MULTILINE)
_NO_MARK = "take the {} away; if it is the first word of a text, put the text in quotes, because it begins with {}"


class _TooMuchError(Exception):
    """Something stands deeper than anything may, or is one too many; `mark` is of what it stands in."""

    def __init__(self, mark: Any, message: str, hint: str) -> None:
        self.mark, self.message, self.hint = mark, message, hint


class _Composer(yaml.CSafeLoader):
    """Makes the nodes of a text: every scalar is a text, and nodes that would exhaust the stack are not begun."""

    _depth = _nodes = 0

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:  # noqa: ARG002 # as it is called
        """Count how deep the next node is, and how many there are."""
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH + 1:
            message = f"is nested more than {MAX_DEPTH} deep"
            raise _TooMuchError(current_node.start_mark, message, "look at the indentation")
        if self._nodes > 2 * MAX_NODES:  # keys and values
            raise _TooMuchError(current_node.start_mark, f"holds more than {MAX_NODES:,} values", "split the file")

    def ascend_resolver(self) -> None:
        """Count that a node has ended."""
        self._depth -= 1

    def resolve(self, kind: type, value: Any, implicit: Any) -> str:  # noqa: ARG002
        """Return the one tag that counts, that of a key which merges; to look for others takes longer."""
        return _MERGE if value == "<<" and implicit[0] else "tag:yaml.org,2002:str"


_MERGE = "tag:yaml.org,2002:merge"


def _faulty(location: Location, code: str, message: str, hint: str = "", also: tuple[Finding, ...] = ()) -> YamlFile:
    return YamlFile(value=None, locations={(): location}, findings=(*also, Finding(location, code, message, hint=hint)))


def _plain(node: Node, path: KeyPath, walk: _Walk, depth: int) -> Plain:
    walk.nodes += 1
    if walk.nodes > MAX_NODES or depth > MAX_DEPTH:
        walk.too_large = walk.too_large or path
        return None
    walk.locations[path] = walk.location(node)
    match node:
        case ScalarNode():
            if not node.style:
                _look_around(node, path, walk)
            return _scalar(node, walk)
        case SequenceNode():
            return [_plain(item, (*path, number), walk, depth + 1) for number, item in enumerate(node.value)]
        case MappingNode():
            return _mapping(node, path, walk, depth)
        case _:
            return None


def _look_around(node: ScalarNode, path: KeyPath, walk: _Walk) -> None:
    """Note a remark behind an unquoted text, and report an entry of a list that the text took in."""
    end = node.end_mark
    if end.line < len(walk.lines) and (remark := _REMARK.match(walk.lines[end.line], end.column)):
        walk.remarks[path] = Location(walk.file, end.line + 1, remark.end())
    first, last = node.start_mark.line + 1, node.end_mark.line + 1
    if last > first and (number := swallowed_entry(walk.lines, first, last)):
        place = Location(walk.file, number, walk.lines[number - 1].index("-") + 1)
        message = f"this '- ' begins no entry: it counts as more of the text of line {first}"
        walk.findings.append(Finding(place, "Y002", message, hint="begin it below the '- ' of the entry before"))


_REMARK = re.compile(r"[ \t]+#")


def _scalar(node: ScalarNode, walk: _Walk) -> str | None:
    """Return a scalar as text; dates, numbers and booleans are left to the model, which knows what it needs."""
    if not node.style and node.value in ("", "~", "null"):
        return None
    if len(node.value) > MAX_TEXT:
        walk.report(
            node, "Y005", f"this text has {len(node.value):,} characters; the limit is {MAX_TEXT:,}", "shorten it"
        )
        return str(node.value)[:_QUOTED]
    return _without_strange_signs(unicodedata.normalize("NFC", str(node.value)), node, walk)


def _without_strange_signs(text: str, node: ScalarNode, walk: _Walk) -> str:
    """Return a text without signs that it may not hold; those that are written by their numbers are reported here."""
    if not walk.may_be_strange:
        return text
    strange = dict.fromkeys(what for _, what in unwanted(text))
    if not strange:
        return text
    written = "\n".join(walk.lines[node.start_mark.line : node.end_mark.line + 1])
    as_they_are = {what for _, what in unwanted(written)}
    for what in islice((what for what in strange if what not in as_they_are), _MOST_SIGNS):
        walk.report(node, "Y010", f"{what} stands in this text", TAKE_AWAY)
    return without_unwanted(text)


def _mapping(node: MappingNode, path: KeyPath, walk: _Walk, depth: int) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        if not isinstance(key_node, ScalarNode) or key_node.tag == _MERGE:
            merges = isinstance(key_node, ScalarNode)
            message = "keys are not merged here" if merges else "a key is a plain word here"
            walk.report(key_node, "Y004", message, "write each key out" if merges else "no lists or mappings as keys")
            continue
        key = _without_strange_signs(unicodedata.normalize("NFC", str(key_node.value)), key_node, walk)
        if key in plain:
            first = walk.keys[*path, key].line
            begins = isinstance(path[-1] if path else "", int) and key == next(iter(plain))
            hint = f"if another entry begins here, write '- {key}: ...'; else " * begins + "keep one of them"
            if plain[key] and not isinstance(value_node, ScalarNode) and not value_node.flow_style:
                hint += f"; to keep lines of both, move those from below this one to those below line {first}"
            walk.report(key_node, "Y003", f"the key '{key}' stands here twice; first in line {first}", hint)
            if begins:  # what follows would be told of the entry before
                break
            continue
        walk.keys[*path, key] = walk.location(key_node)
        plain[key] = _plain(value_node, (*path, key), walk, depth + 1)
    return plain


def edited(file: YamlFile, edits: Mapping[KeyPath, str | None]) -> YamlFile:
    """Return the file with some keys renamed, or some keys and entries removed (None); locations stay right."""
    moved: dict[KeyPath, KeyPath] = {}
    return file.moved(_edited(file.value, (), (), edits, moved), moved.get)


def laid_over(base: YamlFile, own: YamlFile, *, emptied: bool = False) -> YamlFile:
    """Return a file with the keys of another added to it, or in place of its own, at any depth; lists whole.

    A key without a value changes nothing, unless it counts as `emptied`.
    """
    return YamlFile(
        value=_laid_over(base.value, own.value, emptied=emptied),
        locations={**base.locations, **own.locations, (): (base if isinstance(own.value, dict | None) else own).at()},
        keys={**base.keys, **own.keys},
        findings=(*base.findings, *own.findings),
        remarks={**base.remarks, **own.remarks},
    )


def _laid_over(base: Plain, own: Plain, *, emptied: bool) -> Plain:
    if isinstance(base, dict) and isinstance(own, dict):
        return base | {key: _laid_over(base.get(key), value, emptied=emptied) for key, value in own.items()}
    return base if own is None and not emptied else own


def _edited(
    value: Plain, old: KeyPath, new: KeyPath, edits: Mapping[KeyPath, str | None], moved: dict[KeyPath, KeyPath]
) -> Plain:
    moved[old] = new
    match value:
        case dict():
            names = {key: edits.get((*old, key), key) for key in value}
            return {
                name: _edited(value[key], (*old, key), (*new, name), edits, moved)
                for key, name in names.items()
                if name is not None
            }
        case list():
            kept = [number for number in range(len(value)) if (*old, number) not in edits]
            return [_edited(value[was], (*old, was), (*new, now), edits, moved) for now, was in enumerate(kept)]
        case _:
            return value


def called(file: YamlFile, entry: KeyPath) -> str:
    """Return how others refer to an entry: by its id, else by its key."""
    value: Any = file.value
    with suppress(KeyError, IndexError, TypeError):
        for step in entry:
            value = value[step]
        return str(value["id"] or entry[-1])
    return str(entry[-1])


_SHORT = 100
"""The most characters of a mapping that is written on one line."""


def is_short(value: Mapping[str, Plain]) -> bool:
    """Return whether a mapping is written on one line: a figure with its words, or the like."""
    texts = [*value, *(each for each in value.values() if isinstance(each, str))]
    return "value" in value and len(texts) == 2 * len(value) and sum(len(text) + 2 for text in texts) <= _SHORT


class _Dumper(yaml.CSafeDumper):
    """Quotes no numbers and dates, as every scalar is read as text; but quotes what would be read as nothing."""

    def represent_dict(self, data: Any) -> Any:
        """Return a mapping as it is written: a short one on one line."""
        return self.represent_mapping("tag:yaml.org,2002:map", data, flow_style=is_short(data))


_Dumper.add_representer(dict, _Dumper.represent_dict)

_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":int", ":float", ":timestamp"))]
    for first, resolvers in yaml.CSafeDumper.yaml_implicit_resolvers.items()
}


def yaml_text(value: Plain) -> str:
    """Return plain values as YAML, in the order given; long texts stay on one line."""
    return str(yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))
