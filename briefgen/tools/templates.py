"""A workspace's own templates, which override the shipped ones: list, eject, compare, merge and reset them.

And every name that a template may use, from the views that it gets, and every label that a language has.
"""

import re
import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from difflib import SequenceMatcher, unified_diff
from enum import StrEnum
from hashlib import sha256
from itertools import chain, count, islice
from pathlib import Path
from textwrap import dedent
from typing import Any, Union, get_args, get_origin, get_type_hints

from briefgen.files import leads_out, read_file, read_text, replace_file
from briefgen.localise.labels import Label
from briefgen.localise.language import language_hint
from briefgen.model.document import TEMPLATE_NAMES, Page
from briefgen.model.findings import Finding, FindingsError, Location, Severity, did_you_mean
from briefgen.model.look import Look, LookFile
from briefgen.read import EJECTED, LOOK_FILE, LOOK_SCHEMA, shipped_templates
from briefgen.read.files import ejected, text_path, text_then
from briefgen.read.languages import known_languages, read_languages
from briefgen.read.validate import described, schema_text
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text

_PATTERNS = ("*.html", LOOK_FILE, "parts/*.html", "style/*.css", "languages/*.yaml")
_REMARK = "# Made by `briefgen template eject`: the sha256 of each shipped file when it was copied.\n"
_BLOCK_TAG = re.compile(r"\{%-?\s*(?:block\s+(?P<name>\w+)[^%]*|endblock[^%]*)%\}")


class OverrideStatus(StrEnum):
    """Whose a template is."""

    SHIPPED = "as shipped with the program"
    ONLY_OURS = "your own; the program has none of this name"
    SAME = "your own, the same as the shipped one"
    DIFFERS = "your own, changed"
    BEHIND = "your own, changed; the shipped one has changed too since you copied it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A file that documents are made with: the workspace's own, the shipped one, or both."""

    name: str
    root: Path
    """The workspace; no link may lead out of it."""
    own: Path | None
    shipped: Path | None
    base_sha256: str
    """The sha256 of the shipped file when the own one was copied from it; empty if it was not recorded."""
    then: str | None = None
    """The shipped file when the own one was copied from it, or when all of it was last taken over, if it is known."""

    @property
    def status(self) -> OverrideStatus:
        """Whose it is, and whether it differs."""
        if self.own is None:
            return OverrideStatus.SHIPPED
        if self.shipped is None:
            return OverrideStatus.ONLY_OURS
        shipped = self.shipped.read_bytes()
        if read_file(self.own, self.root) == shipped:
            return OverrideStatus.SAME
        behind = self.base_sha256 not in ("", sha256(shipped).hexdigest())
        return OverrideStatus.BEHIND if behind else OverrideStatus.DIFFERS


def templates(workspace: Workspace) -> tuple[Template, ...]:
    """Return every template, part, style sheet and language, and look.yaml, by name."""
    own, shipped, taken = workspace.root / "templates", shipped_templates(), ejected(workspace)
    files = [(path, folder) for folder in (own, shipped) for pattern in _PATTERNS for path in folder.glob(pattern)]
    names = {path.relative_to(folder).as_posix() for path, folder in files if path.is_file()}
    return tuple(
        Template(
            name=name,
            root=workspace.root,
            own=own / name if is_overriding(workspace) and (own / name).is_file() else None,
            shipped=shipped / name if (shipped / name).is_file() else None,
            base_sha256=taken.get(name, ""),
            then=text_then(workspace, name, taken[name]) if name in taken else None,
        )
        for name in sorted(names, key=lambda name: (name.count("/"), name))
    )


def is_overriding(workspace: Workspace) -> bool:
    """Return whether the workspace's templates are its own, and not the shipped ones themselves."""
    return (workspace.root / "templates").resolve() != shipped_templates().resolve()


def named(workspace: Workspace, name: str) -> tuple[Template, ...]:
    """Return the template of that name, or without a name all of them."""
    return (find_template(workspace, name),) if name else templates(workspace)


def find_template(workspace: Workspace, name: str) -> Template:
    """Return the template of that name, which may lack its folder and ending: masthead."""
    known = {each.name: each for each in templates(workspace)}
    plain = name.removeprefix("templates/")
    found = [plain] if plain in known else [each for each in known if plain in (Path(each).name, Path(each).stem)]
    if len(found) == 1:
        return known[found[0]]
    if found:
        message, hint = f"there are several: {', '.join(found)}", "name it with its folder"
    else:
        near = did_you_mean(plain, known) or did_you_mean(plain, {Path(each).stem for each in known})
        if plain.endswith(".po"):
            code = Path(plain).stem
            near = f"of a catalog, write only the words that you change into templates/locale/{code}.po"
            near = f"{near}; to see all: briefgen template labels {code}"
        message, hint = f"there is no template '{name}'", near or "to see all: briefgen template list"
    raise FindingsError.of("templates", "K909", message, hint)


def eject(workspace: Workspace, name: str, blocks: tuple[str, ...] = ()) -> Path:
    """Copy a shipped template, or these blocks of it, into the workspace for editing; nothing is overwritten.

    Return the copy; FindingsError if none may be put there.
    """
    template = find_template(workspace, name)
    copy, shipped = workspace.root / "templates" / template.name, template.shipped
    if not is_overriding(workspace):
        hint = "edit it there; git keeps what it was"
        raise _refused(template, "is the shipped file itself: this is the program's own workspace", hint)
    if template.own or shipped is None:
        raise _refused(template, "is your own already", f"edit it; or see: briefgen template compare {template.name}")
    if leads_out(copy, workspace.root):
        hint = "put a folder in place of the link"
        raise _refused(template, "is not copied: a link leads out of the workspace", hint)
    content = _only_blocks(template, blocks).encode() if blocks else shipped.read_bytes()
    replace_file(copy, content, workspace.root)
    if not blocks:
        if template.name == LOOK_FILE:
            replace_file(copy.with_name(LOOK_SCHEMA), schema_text(LookFile).encode(), workspace.root)
        _record_taken(workspace, template.name, content)
    return copy


def blocks_of(template: Template) -> dict[str, str]:
    """Return what stands in each block of a shipped template, by its name, those around others first."""
    if template.shipped is None or template.shipped.suffix != ".html":
        return {}
    text = read_text(template.shipped)
    found: dict[str, str] = {}
    open_ones: list[tuple[str, int]] = []
    for tag in _BLOCK_TAG.finditer(text):
        if tag["name"]:
            open_ones.append((tag["name"], tag.end()))
            found[tag["name"]] = ""
        else:
            name, start = open_ones.pop()
            found[name] = text[start : tag.start()].rstrip(" ").removeprefix("\n")
    return found


def _only_blocks(template: Template, wanted: tuple[str, ...]) -> str:
    """Return a template that holds these blocks of the shipped one, and follows it in all the rest."""
    from briefgen.render.templates import SHIPPED  # with Jinja, which takes its time to load

    known = blocks_of(template)
    for each in wanted:
        if each not in known:
            hint = did_you_mean(each, known) or "it has none: copy the whole file, without --block"
            raise FindingsError.of(f"templates/{template.name}", "K909", f"it has no block '{each}'", hint)
    text = f'{{% extends "{SHIPPED}{template.name}" %}}\n'
    for each in known:
        if each in wanted and f"{{% block {each} " not in text:  # else it stands within another of them
            inner = dedent(known[each]).rstrip() or "{# empty in the shipped file: what you write here is added #}"
            turn = "\n" if "\n" in known[each] or not known[each] else ""  # a word in a line has no end of it
            text += f"\n{{% block {each} %}}{turn}{inner}{turn}{{% endblock %}}\n"
    return text


def reset(workspace: Workspace, name: str) -> Path:
    """Rename the workspace's own template, so that the shipped one is used again, and return its new path."""
    template = find_template(workspace, name)
    if template.own is None:
        raise _refused(template, "is the shipped one already", "there is nothing to undo")
    if template.shipped is None:
        hint = "there is no shipped one to go back to; delete or rename the file if you no longer want it"
        raise _refused(template, "is entirely your own", hint)
    aside = template.own.rename(_free_name(template.own))
    _record_ejected(workspace, {key: sha for key, sha in ejected(workspace).items() if key != template.name})
    text_path(workspace, template.name).unlink(missing_ok=True)
    return aside


def _free_name(own: Path) -> Path:
    """Return where a file is kept before it changes, beside it: look.yaml.bak, look.yaml.2.bak."""
    numbers = chain([""], (f".{number}" for number in count(2)))
    return next(path for number in numbers if not (path := Path(f"{own}{number}.bak")).exists())


def differences(template: Template) -> Iterator[str]:
    """Yield what differs in the own file: `-` is only in the shipped one, `+` only in the own one.

    Line by line; but key by key in look.yaml, where a key that the own one does not have is not missing.
    """
    if template.own and template.shipped:
        if template.name == LOOK_FILE:
            own, shipped = (read_yaml(path, within=template.root).value for path in (template.own, template.shipped))
            if isinstance(own, dict):
                theirs = dict(_flat(shipped))
                for key, value in _flat(own):
                    if theirs.get(key) != value:
                        yield from [f"-{key}: {theirs[key]}"] if key in theirs else []
                        yield f"+{key}: {value}"
                return
        yield from _diff(*(read_text(path, template.root).splitlines() for path in (template.shipped, template.own)))


def _flat(value: Plain, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield each value with its keys joined: colours.accent."""
    match value:
        case dict():
            for name, each in value.items():
                yield from _flat(each, f"{key}.{name}" if key else name)
        case list():
            yield key, ", ".join(str(each) for each in value)
        case str():
            yield key, value
        case None:  # a key with nothing behind it says nothing
            return


def _refused(template: Template, message: str, hint: str) -> FindingsError:
    return FindingsError.of(f"templates/{template.name}", "K910", message, hint)


def _record_taken(workspace: Workspace, name: str, shipped: bytes) -> None:
    """Record what the shipped file is, as the workspace has all of it now that it wants."""
    replace_file(text_path(workspace, name), shipped, workspace.root)
    _record_ejected(workspace, {**ejected(workspace), name: sha256(shipped).hexdigest()})


def _record_ejected(workspace: Workspace, ejected: Mapping[str, str]) -> None:
    path = workspace.root / "templates" / EJECTED
    if ejected:
        replace_file(path, (_REMARK + yaml_text(dict(sorted(ejected.items())))).encode(), workspace.root)
    else:
        path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some lines in all three versions, and how many lines of `mine` come before them."""

    before: int
    then: tuple[str, ...]
    now: tuple[str, ...]
    mine: tuple[str, ...]

    @property
    def conflicts(self) -> bool:
        """Whether both sides have changed the lines, each in its own way."""
        return self.mine not in (self.then, self.now) and self.now != self.then

    @property
    def takes_over(self) -> bool:
        """Whether the shipped file alone has changed them."""
        return self.mine == self.then != self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedTemplate:
    """What came of a merge."""

    lines: tuple[str, ...]
    """Mine, with what could be taken over; where both sides have changed lines, they are as I had them."""
    then: tuple[str, ...]
    """The shipped file as far as it was taken over: merging against it once more tells the same conflicts."""
    taken: int
    """How many stretches were taken over."""
    conflicts: tuple[Stretch, ...]
    """`before` counts in `lines`."""


def merge_lines(then: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> MergedTemplate:
    """Take over into `mine` what `now` has otherwise than `then`, wherever `mine` still has the lines of `then`."""
    lines, known, conflicts, taken = list[str](), list[str](), list[Stretch](), 0
    for each in _stretches(then, now, mine):
        conflicts += [replace(each, before=len(lines))] if each.conflicts else []
        taken += each.takes_over
        known += each.then if each.conflicts else each.now
        lines += each.now if each.takes_over else each.mine
    return MergedTemplate(lines=tuple(lines), then=tuple(known), taken=taken, conflicts=tuple(conflicts))


def _stretches(then: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> Iterator[Stretch]:
    """Yield the three versions in stretches: lines that are the same in all, and between them those that are not."""
    at = at_now = at_mine = 0
    for start, in_now, in_mine, size in (*_common(then, now, mine), (len(then), len(now), len(mine), 0)):
        if (start, in_now, in_mine) != (at, at_now, at_mine):
            new, ours = tuple(now[at_now:in_now]), tuple(mine[at_mine:in_mine])
            yield Stretch(before=at_mine, then=tuple(then[at:start]), now=new, mine=ours)
        at, at_now, at_mine = start + size, in_now + size, in_mine + size
        if size:
            same = tuple(then[start:at])
            yield Stretch(before=in_mine, then=same, now=same, mine=same)


def _common(then: Sequence[str], now: Sequence[str], mine: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where lines are the same in all three: the start in each, and how many."""
    in_now, in_mine = (SequenceMatcher(None, then, each, autojunk=False) for each in (now, mine))
    for one in in_now.get_matching_blocks():
        for other in in_mine.get_matching_blocks():
            start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
            if start < end:
                yield start, start - one.a + one.b, start - other.a + other.b, end - start


def three_ways(template: Template) -> Iterator[str]:
    """Yield what the program has changed since the copy was taken, and what its owner has; nothing where not known."""
    if template.then is None or template.own is None or template.shipped is None:
        return
    then, now, mine = _versions(template, template.then)
    yield "New in the shipped file since you took yours:"
    yield from (f"  {line}" for line in _diff(then, now))
    yield "What you have changed:"
    yield from (f"  {line}" for line in _diff(then, mine))
    if lines := [str(each.before + 1) for each in _stretches(then, now, mine) if each.conflicts]:
        yield f"Both have changed the same at line {', '.join(lines)} of yours: a merge leaves that to you."


def take_over(
    workspace: Workspace, template: Template, *, keep_mine: bool
) -> tuple[int, Path | None, tuple[Finding, ...]]:
    """Merge what is new in the shipped file into the own one; K914 for each conflict, where the own lines stay.

    Return how many changes were taken over, where the own file is kept as it was if it changed, and the conflicts.
    A conflict is told again by the next merge, until the lines are as in the shipped file, or `keep_mine` settles it.
    FindingsError where nothing is known to merge by.
    """
    own, shipped = template.own, template.shipped
    if template.status is not OverrideStatus.BEHIND or own is None or shipped is None:
        return 0, None, ()
    where = workspace.shown(own)
    if template.then is None:
        message = "cannot be merged: nothing is left of the shipped file as it was when you took this copy"
        hint = f"see what differs, take over by hand what you want: briefgen template compare {template.name}"
        raise FindingsError.of(where, "K910", message, hint)
    if "\ufffd" in read_text(own, template.root):
        raise FindingsError.of(where, "K910", "cannot be merged: it is not UTF-8 text", "save it as UTF-8 first")
    merged, before, kept_as = merge_lines(*_versions(template, template.then)), read_file(own, workspace.root), None
    if merged.taken:
        kept_as, text = _free_name(own), "\n".join(merged.lines)
        replace_file(kept_as, before, workspace.root)
        replace_file(own, (text.replace("\n", "\r\n") if b"\r\n" in before else text).encode(), workspace.root)
    left = () if keep_mine else merged.conflicts
    _record_taken(workspace, template.name, "\n".join(merged.then).encode() if left else shipped.read_bytes())
    findings: list[Finding] = []
    keep = f"to keep yours as it is: briefgen template merge {template.name} --keep-mine"
    for each in left:
        what = " / ".join(line.strip() for line in each.now if line.strip()) or "nothing"
        lines = f"lines {each.before + 1} to {each.before + len(each.mine)} were"
        which = {0: "lines that you took away before this one were", 1: "this line was"}.get(len(each.mine), lines)
        message = f"{which} changed by you and in the shipped file, which now has: {what}"
        hint = f"put in what you want of it; {keep}"
        findings.append(Finding(Location(where, each.before + 1), "K914", message, Severity.WARNING, hint=hint))
    return merged.taken, kept_as, tuple(findings)


def _versions(template: Template, then: str) -> tuple[list[str], list[str], list[str]]:
    """Return the lines of the shipped file as it was and as it is, and of the own one."""
    texts = (then, *(read_text(path, template.root) for path in (template.shipped, template.own) if path))
    first, second, third = (text.replace("\r\n", "\n").split("\n") for text in texts)
    return first, second, third


def _diff(before: list[str], after: list[str]) -> Iterator[str]:
    return islice(unified_diff(before, after, n=1, lineterm=""), 2, None)


def _first_sentence(text: str | None) -> str:
    return " ".join((text or "").split("\n\n")[0].split())


_ROOTS: Mapping[str, str] = {
    "page": _first_sentence(Page.__doc__),
    "look": _first_sentence(Look.__doc__),
    "media": "`screen` or `print`.",
    "document": "The name of the document: at-a-glance.",
    "siblings": "The same document in other formats and languages, and the other documents.",
    "listing": "What the index page lists; nothing elsewhere.",
    "left_out": "The facts that the document neither prints nor counts elsewhere.",
}
"""What each name of TEMPLATE_NAMES says."""


@dataclass(frozen=True, slots=True)
class TemplateName:
    """A name, what kind of thing it is, and what it says."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class ViewType:
    """Names that belong together: those of a template itself, or the parts of one kind of thing."""

    name: str
    says: str
    names: tuple[TemplateName, ...]


def views() -> tuple[ViewType, ...]:
    """Return what a template finds, then the parts of each kind of thing that it meets, in the order it meets them."""
    met: list[type] = []
    _meet(tuple(TEMPLATE_NAMES[name] for name in _ROOTS), met)
    own = tuple(TemplateName(name, _kind(TEMPLATE_NAMES[name]), says) for name, says in _ROOTS.items())
    start = ViewType("In every template", 'and _("..."), which prints a label in the language of the page', own)
    return (start, *(ViewType(each.__name__, _first_sentence(each.__doc__), tuple(_parts(each))) for each in met))


def matching(word: str) -> tuple[ViewType, ...]:
    """Return the views whose name, or one of whose parts, has the word in it; FindingsError where none has."""
    sought, every = word.lower(), views()
    found = tuple(
        each for each in every if sought in each.name.lower() or any(sought in part.name for part in each.names)
    )
    if not found:
        known = {part.name for each in every for part in each.names} | {each.name for each in every}
        raise FindingsError.of("templates", "K909", f"no template has a name '{word}'", did_you_mean(word, known))
    return found


def labels(workspace: Workspace, code: str) -> Mapping[str, str]:
    """Return every label of the pages in English, with what a language has for it; empty where it has nothing."""
    from briefgen.render.html import labels_used
    from briefgen.render.templates import Templates

    known = known_languages(workspace)
    if code not in known:
        raise FindingsError.of("languages", "W005", f"there is no language '{code}'", language_hint(code, known))
    language = read_languages(workspace, [code])[code]
    used = {label for _, _, label in labels_used(Templates(workspace.template_folders))} | {
        each.value for each in Label
    }
    own = {each: found.text for each, found in language.labels.items()}
    return {each: own.get(each, each if language.fallback is None else "") for each in sorted(used)}


def _meet(kind: Any, met: list[type]) -> None:
    if isinstance(kind, tuple):
        for each in kind:
            _meet(each, met)
    elif is_dataclass(kind) and isinstance(kind, type):
        if kind not in met:
            met.append(kind)
            hints = get_type_hints(kind)
            _meet(tuple(hints[each.name] for each in fields(kind)), met)
    else:
        _meet(get_args(kind), met)


def _parts(kind: type) -> Iterator[TemplateName]:
    said, hints = described(kind), get_type_hints(kind)
    for each in fields(kind):
        yield TemplateName(each.name, _kind(hints[each.name]), " ".join(said.get(each.name, "").split()))


def _kind(kind: Any) -> str:
    origin, within = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        named = [_kind(each) for each in within if each is not type(None)]
        return " or ".join(named) + (", or nothing" if type(None) in within else "")
    if origin is tuple:
        return f"list of {_kind(within[0])}" if within[-1] is Ellipsis else " and ".join(map(_kind, within))
    if within:
        return f"{_kind(within[1])} by {_kind(within[0])}"
    words: Mapping[Any, str] = {str: "text", int: "number", bool: "yes or no", float: "number"}
    return words.get(kind, getattr(kind, "__name__", str(kind)))
