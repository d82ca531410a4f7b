"""A workspace's own templates, which override the shipped ones: list, eject, compare, try and reset them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum
from hashlib import sha256
from itertools import chain, count, islice
from pathlib import Path
from textwrap import dedent

from briefgen.model.findings import FindingsError, did_you_mean
from briefgen.model.look import LookFile
from briefgen.publish.atomic import replace_file
from briefgen.read.files import ejected, text_path, text_then
from briefgen.read.paths import EJECTED, LOOK_FILE, LOOK_SCHEMA, shipped_templates
from briefgen.read.validate import schema_text
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, read_yaml, yaml_text
from briefgen.render.reading import leads_out, read_file, read_text

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
        hint = f"edit it; or see: briefgen template compare {template.name}"
        raise _refused(template, "is your own already", hint)
    if leads_out(copy, workspace.root):
        hint = "put a folder in place of the link"
        raise _refused(template, "is not copied: a link leads out of the workspace", hint)
    if blocks:
        replace_file(copy, _only_blocks(template, blocks).encode(), workspace.root)
        return copy
    replace_file(copy, shipped.read_bytes(), workspace.root)
    if template.name == LOOK_FILE:
        replace_file(copy.with_name(LOOK_SCHEMA), schema_text(LookFile).encode(), workspace.root)
    record_taken(workspace, template.name, shipped.read_bytes())
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
            text += f"\n{{% block {each} %}}\n{inner}\n{{% endblock %}}\n"
    return text


def reset(workspace: Workspace, name: str) -> Path:
    """Rename the workspace's own template, so that the shipped one is used again, and return its new path."""
    template = find_template(workspace, name)
    if template.own is None:
        raise _refused(template, "is the shipped one already", "there is nothing to undo")
    if template.shipped is None:
        hint = "there is no shipped one to go back to; delete or rename the file if you no longer want it"
        raise _refused(template, "is entirely your own", hint)
    aside = free_name(template.own)
    template.own.rename(aside)
    _record_ejected(workspace, {key: sha for key, sha in ejected(workspace).items() if key != template.name})
    text_path(workspace, template.name).unlink(missing_ok=True)
    return aside


def free_name(own: Path) -> Path:
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
                yield from _changed_keys(dict(_flat(own)), dict(_flat(shipped)))
                return
        before, after = (read_text(path, template.root).splitlines() for path in (template.shipped, template.own))
        yield from islice(unified_diff(before, after, n=1, lineterm=""), 2, None)


def _changed_keys(own: Mapping[str, str], shipped: Mapping[str, str]) -> Iterator[str]:
    for key, value in own.items():
        if shipped.get(key) != value:
            yield from [f"-{key}: {shipped[key]}"] if key in shipped else []
            yield f"+{key}: {value}"


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


def record_taken(workspace: Workspace, name: str, shipped: bytes) -> None:
    """Record what the shipped file is, as the workspace has all of it now that it wants."""
    replace_file(text_path(workspace, name), shipped, workspace.root)
    _record_ejected(workspace, {**ejected(workspace), name: sha256(shipped).hexdigest()})


def _record_ejected(workspace: Workspace, ejected: Mapping[str, str]) -> None:
    path = workspace.root / "templates" / EJECTED
    if ejected:
        replace_file(path, (_REMARK + yaml_text(dict(sorted(ejected.items())))).encode(), workspace.root)
    else:
        path.unlink(missing_ok=True)
