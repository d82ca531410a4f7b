"""Looks at the files of a workspace as such: what no reader of their content would say, and shipped ones it copied."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from briefgen.check.look import TEXT, contrast
from briefgen.files import (
    composed,
    copied_from,
    decoded,
    fault_of,
    files_below,
    is_ignored,
    leads_out,
    read_file,
    stray_copies,
    styled,
    text_if_readable,
    unfinished_merges,
    unused_file,
)
from briefgen.model.findings import Finding, Location, Severity, not_utf8
from briefgen.read import (
    EJECTED,
    EJECTED_TEXTS,
    LOOK_FILE,
    LOOK_SCHEMA,
    clearance_record,
    facts_files,
    find_settings,
    own_locale,
    shipped_templates,
    workspace_files,
)
from briefgen.read.languages import OVERLAY, known_languages
from briefgen.read.workspace import Workspace, known_documents
from briefgen.read.yaml import read_yaml
from briefgen.render.cascade import Paint, paints_in
from briefgen.render.pictures import FONT_KINDS, font_fault, written_faults
from briefgen.render.styles import strange_words, styles_in, variables_in

TEXTS = frozenset({".yaml", ".toml", ".po", ".html", ".css", ".svg", ".jsonl", ".json"})
_PARTS = ("fonts", "languages", "locale", "parts", "style")
_FOLDERS = ("facts/locale", "seeds", "seeds/originals", "templates", *(f"templates/{part}" for part in _PARTS))
MAX_FONTS = 300_000_000
"""Bytes of all fonts of a workspace: a family for Chinese, Japanese and Korean has 20,000,000 a weight."""
_NO_INPUTS = frozenset({".md", ".txt", ".pot"})
"""Of files that people lay beside the inputs for themselves."""


def check_files(workspace: Workspace, facts: Path, unread: Set[Path] = frozenset()) -> Iterator[Finding]:
    """Yield what is wrong with the files that a build of these facts reads, before anything is made of them.

    Those of `unread`, records of other facts, are not opened: beside hundreds of them, that would be most of the time.
    """
    for path in (*workspace_files(workspace.root, facts), clearance_record(facts)):
        if path.suffix.lower() in TEXTS and path not in unread:
            yield from unfinished_merges(text_if_readable(path, workspace.root), workspace.shown(path))
    yield from _unreadable(workspace, unread)
    yield from _damaged_fonts(workspace)
    own = [path.name for path in workspace.root.glob("*") if path.suffix == ".toml" or path.is_dir()]
    yield from stray_copies(own, "")
    yield from stray_copies([path.name for path in workspace.facts.glob("[!.]*/")], workspace.shown(workspace.facts))
    for folder in _folders(workspace, facts):
        yield from stray_copies([path.name for path in _files(folder, workspace.root)], workspace.shown(folder))


def _unreadable(workspace: Workspace, unread: Set[Path]) -> Iterator[Finding]:
    """Y001: a file or folder is not read, whether anything needs it or not; of templates R401 says it."""
    for path in (workspace.root / name for name in _FOLDERS):
        if path.exists() and not path.is_dir():
            message, hint = "this is a file, where a folder of this name is read", "rename the file, or remove it"
            yield Finding(Location(workspace.shown(path)), "Y001", message, hint=hint)
    for path in (path for name in ("facts", "seeds", "templates") for path in files_below(workspace.root / name)):
        if path in unread or (path.suffix == ".html" and not path.is_dir()):
            continue
        try:
            why = fault_of(path, workspace.root)
            if path.suffix == ".css" and not why:
                decoded(read_file(path, workspace.root))
        except UnicodeDecodeError as error:
            message, hint = not_utf8(error, name := workspace.shown(path))
            yield Finding(Location.not_utf8(error, name), "Y001", message, hint=hint)
            continue
        except OSError as error:
            why = error.strerror or str(error)
        if why and workspace.originals not in path.parents:
            harmless = path.is_dir() and not leads_out(path, workspace.root)
            severity = Severity.WARNING if harmless else Severity.ERROR
            message = "is not read: it is a folder that is read elsewhere" if harmless else f"cannot be read: {why}"
            yield Finding(Location(workspace.shown(path)), "Y001", message, severity)


def _damaged_fonts(workspace: Workspace) -> Iterator[Finding]:
    """K902: a font of the workspace's own that is none, or cut off; layout engines pass it by without a word."""
    own, size = workspace.template_folders[0], 0
    for path in sorted(own.glob("fonts/*")) if own != shipped_templates() else ():
        try:
            content = read_file(path, workspace.root) if path.suffix.lower() in FONT_KINDS else b""
        except OSError:  # Y001
            continue
        location, size = Location(workspace.shown(path)), size + len(content)
        if fault := font_fault(content, path.suffix):
            yield Finding(location, "K902", fault, hint="get the file again where it came from")
        if size > MAX_FONTS:
            message = f"the fonts up to here have {size:,} bytes; the limit is {MAX_FONTS:,}, for each is read in full"
            yield Finding(location, "K902", message, hint="leave the families that look.yaml or a style sheet names")
            return


def _folders(workspace: Workspace, facts: Path) -> list[Path]:
    """Return the folders that are read, without those of other partnerships; copies of originals do no harm."""
    found = {path.parent for name in ("facts", "seeds", "templates") for path in files_below(workspace.root / name)}
    others = [each for other in facts_files(workspace.root) if other != facts for each in (other, own_locale(other))]
    return sorted(each for each in found - {workspace.originals} if not any(map(each.is_relative_to, others)))


def check_styles(workspace: Workspace) -> Iterator[Finding]:
    """Yield what is wrong with the workspace's own styles as such, whether paper is made of them or not.

    R405: they have what no browser knows. R416: little is left of a shipped style sheet that one of them replaces.
    R417: letters are too pale.
    """
    own, *shipped = workspace.template_folders
    texts = dict(styled([own], workspace.root))
    styles = {path: text if path.suffix == ".css" else styles_in(text) for path, text in texts.items()}
    styles = {path: style for path, style in styles.items() if style.strip() and "\0" not in style}  # UTF-16: Y001
    every = (*texts.values(), *(text for _, text in styled(shipped, workspace.root))) if styles else ()
    variables = variables_in("\n".join(every))
    paints = {path: paints_in(text) for path, text in styles.items()}
    grounds = [each for found in paints.values() for each in found if each.is_ground]
    for path, text in styles.items():
        yield from _all_but_replaced(workspace, path, text)
        for each in strange_words(text, variables):
            location = Location(workspace.shown(path), each.line, each.column)
            severity = Severity.ERROR if each.stops else Severity.WARNING
            yield Finding(location, "R405", each.message, severity, hint=each.hint)
        yield from _too_pale(workspace, path, (each for each in paints[path] if not each.is_ground), grounds)


def check_addresses(workspace: Workspace) -> Iterator[Finding]:
    """R410: a template of the workspace's own names a picture that is not there, or links to what is no address."""
    own = workspace.template_folders[0]
    for path, text in styled([own], workspace.root):
        for at, message, hint in written_faults(text, workspace.template_folders) if path.suffix == ".html" else ():
            yield Finding(Location.behind(text[:at], str(path)), "R410", message, hint=hint)


def _too_pale(
    workspace: Workspace, path: Path, letters: Iterable[Paint], grounds: Sequence[Paint]
) -> Iterator[Finding]:
    """Yield a warning for letters that few could read on white paper (R417), or on any ground that may be theirs."""
    for each in letters:
        ratio = contrast(each.colour, _PAPER) if each.colour else TEXT
        if ratio < TEXT and not any(_is_legible(each, ground) for ground in grounds):
            message = f"letters in {each.written} have a contrast of {ratio:.1f}:1 with white paper, and need {TEXT}:1"
            hint = "take a darker one; letters on a ground of their own have its background in the same rule"
            location = Location(workspace.shown(path), each.line, each.column)
            yield Finding(location, "R417", message, Severity.WARNING, hint=hint)


def _is_legible(letters: Paint, ground: Paint) -> bool:
    """Return whether letters may stand on a ground, and can be read there; nobody means white ones for paper."""
    may_be_theirs = not letters.names.isdisjoint(ground.names) or letters.colour == _PAPER
    return may_be_theirs and (not ground.colour or contrast(letters.colour, ground.colour) >= TEXT)


_PAPER = "#ffffff"


def _all_but_replaced(workspace: Workspace, path: Path, text: str) -> Iterator[Finding]:
    """Yield a warning for a style sheet that has few of the rules of the shipped one in whose place it stands."""
    own, shipped = workspace.template_folders[0], shipped_templates()
    replaced = shipped / path.relative_to(own)
    if path.suffix != ".css" or own == shipped or not replaced.is_file():
        return
    rules, all_rules = text.count("{"), text_if_readable(replaced, shipped).count("{")
    if rules * 2 < all_rules:
        message = f"this file has {rules} of the {all_rules} rules of the shipped one, in whose place it stands"
        hint = f"put your own into a block, and remove this file: {_OWN_RULES}"
        yield Finding(Location(workspace.shown(path), 1), "R416", message, Severity.WARNING, hint=hint)


_OWN_RULES = "briefgen template eject head --block style"


def check_names(workspace: Workspace) -> Iterator[Finding]:
    """Yield the files of the workspace that nothing reads by the name that they have."""
    yield from _in_facts(workspace)
    if workspace.template_folders[0] != shipped_templates():
        yield from _in_templates(workspace)


def misnamed(workspace: Workspace) -> list[Finding]:
    """Return the files that nothing reads and whose name is nearly one that is read; a document may be a draft."""
    found = (each for each in check_names(workspace) if each.severity is Severity.WARNING)
    return [replace(each, severity=Severity.NOTE) if each.message in _MAY_BE_A_DRAFT else each for each in found]


_NOT_MADE, _NOT_PRINTED = "no document of this name is made", "no page prints this part"
_MAY_BE_A_DRAFT = (_NOT_MADE, _NOT_PRINTED)


def _in_facts(workspace: Workspace) -> Iterator[Finding]:
    """Yield what stands in facts/ and seeds/ beside what is read there, with the names that would be read."""
    languages = (*workspace.settings.languages, *known_languages(workspace))
    facts = facts_files(workspace.root)
    texts = [f"{code}{end}" for code in languages for end in (".po", ".terms.yaml")]
    folders: Mapping[Path, Iterable[str]] = {
        workspace.facts / "locale": texts,
        **{own_locale(each): texts for each in facts},
        workspace.facts / "clearances": [clearance_record(each).name for each in facts],
    }
    for folder, known in folders.items():
        names = [path.name for path in _files(folder, workspace.root)]
        strange = (
            path
            for path in _files(folder, workspace.root)
            if path.name not in known and not copied_from(path.name, names)
        )
        yield from (_unused(workspace, path, known) for path in strange)  # Y008 tells of a copy
    without = [each.stem for each in facts if not own_locale(each).is_dir()]
    for folder in sorted((workspace.facts / "locale").glob("[!.]*/")):
        if folder not in folders and not leads_out(folder, workspace.root):
            unused = _unused(workspace, folder, [each.stem for each in facts])
            if unused.severity is Severity.NOTE and without:
                hint = f"if the facts were renamed, rename it after them: {' or '.join(without)}; else remove it"
                unused = replace(unused, severity=Severity.WARNING, hint=hint)
            yield unused
    for folder in (workspace.facts, workspace.seeds, *(each for each in facts if each.is_dir())):
        yield from (
            _unused(workspace, path, [f"{path.name.split('.')[0]}.yaml"])
            for path in _files(folder, workspace.root)
            if _is_nearly_yaml(path)
        )


def _is_nearly_yaml(path: Path) -> bool:
    """Return whether a file has an ending that is meant for .yaml, which alone is read."""
    name = path.name.lower().removesuffix(".txt")
    return name.endswith((".yml", ".yaml")) and path.suffix != ".yaml"


def _in_templates(workspace: Workspace) -> Iterator[Finding]:
    """Yield the templates of the workspace's own that are no shipped one's and that nothing names."""
    own, shipped = workspace.template_folders[0], shipped_templates()
    known = {composed(path.relative_to(shipped).as_posix()) for path in files_below(shipped)}

    @cache
    def named() -> str:  # all texts, which only a file of a strange name is looked for in
        texts = "\n".join(text for _, text in styled((own, shipped), workspace.root))
        return composed(texts + str(read_yaml(own / LOOK_FILE, within=workspace.root).value))

    listed = {f"{name}.html" for name in workspace.settings.documents}
    listed |= {f"locale/{code}.po" for code in known_languages(workspace)} | {LOOK_SCHEMA, EJECTED}
    overlays = [f"languages/{code}{OVERLAY}" for code in known_languages(workspace)]
    for path in files_below(own):
        name = composed(path.relative_to(own).as_posix())
        if copied_from(path.name, (each.name for each in path.parent.iterdir())):
            continue  # Y008 tells of it
        if name in known | listed or name.startswith(("starter/", "languages/", "fonts/")):
            if name.endswith(OVERLAY) and name not in overlays:
                yield _unused(workspace, path, overlays)
            elif name.startswith("languages/") and _is_nearly_yaml(path):
                yield _unused(workspace, path, [f"{path.stem}.yaml"])
        elif misplaced := _misplaced(workspace, path, name, known, named()):
            yield misplaced
        elif path.suffix not in _NO_INPUTS or name.removesuffix(path.suffix) in known:
            yield from _unnamed(workspace, path, name, named(), known | listed)


def _unnamed(workspace: Workspace, path: Path, name: str, named: str, known: Iterable[str]) -> Iterator[Finding]:
    """Yield the finding of a template that no other template, and not the look, names; one in parts/ is a section."""
    is_part = name.startswith("parts/") and path.suffix == ".html"
    if is_part and f"'{composed(path.stem)}'" in named:
        return
    if path.suffix and re.search(rf"{re.escape(composed(path.name))}(?!\w)", named):
        return
    beside = [each for each in known if each.rpartition("/")[0] == name.rpartition("/")[0]]
    unused = _unused(workspace, path, beside)
    near = unused.hint if unused.severity is Severity.WARNING else ""
    if composed(path.stem) in known_documents(workspace) and name == f"{composed(path.stem)}.html":
        wanted = ", ".join(f'"{each}"' for each in (*workspace.settings.documents, composed(path.stem)))
        own_document = f"to have it made, write documents = [{wanted}] in {find_settings(workspace.root)[0].name}"
        hint = "; ".join(filter(None, (near, own_document)))
        unused = replace(unused, severity=Severity.WARNING, message=_NOT_MADE, hint=hint)
    if is_part and re.fullmatch(r"[\w-]+", path.stem):
        own_section = f"to print it as a section, add '- {path.stem}' to sections in templates/{LOOK_FILE}"
        message = unused.message if near else _NOT_PRINTED
        hint = "; ".join(filter(None, (near, own_section)))
        unused = replace(unused, severity=Severity.WARNING, message=message, hint=hint)
    yield unused


def _misplaced(workspace: Workspace, path: Path, name: str, known: Iterable[str], named: str) -> Finding | None:
    """Return the finding of a file that has the name of a shipped one of another folder, and that nothing names."""
    meant = sorted(each for each in known if each.rpartition("/")[2] == composed(path.name))
    if not meant or re.search(rf"[\"'(]{re.escape(name)}", named):
        return None
    hint = f"move it to templates/{meant[0]}, where it is used in place of the shipped one"
    return Finding(Location(workspace.shown(path)), "Y009", _ELSEWHERE, Severity.WARNING, hint=hint)


_ELSEWHERE = "nothing reads a file of this name here"


def _unused(workspace: Workspace, path: Path, known: Iterable[str]) -> Finding:
    found = unused_file(workspace.shown(path), composed(path.name), [Path(each).name for each in known])
    near = found.hint if found.severity is Severity.WARNING else ""
    if path.suffix == ".css":
        meant = f"rules of your own stand in a block: {_OWN_RULES}"
    elif path.suffix == ".po" and not near:
        meant = f"a catalog has the code of its language as its name, such as {workspace.settings.languages[-1]}.po"
    else:
        return found
    return replace(found, severity=Severity.WARNING, hint="; ".join(filter(None, (near, meant))))


def _files(folder: Path, within: Path) -> list[Path]:
    found = sorted(folder.iterdir()) if folder.is_dir() and not leads_out(folder, within) else ()
    read = [path for path in found if path.is_file() and not is_ignored(path.name)]
    return [
        path for path in read if path.suffix not in _NO_INPUTS or Path(path.stem).suffix in (".po", ".yaml", ".yml")
    ]


def ejected(workspace: Workspace) -> Mapping[str, str]:
    """Return the recorded sha256 by name; a record that cannot be read is ignored, as it only serves to compare."""
    value = read_yaml(workspace.root / "templates" / EJECTED, within=workspace.root).value
    return {key: each for key, each in value.items() if isinstance(each, str)} if isinstance(value, dict) else {}


def text_path(workspace: Workspace, name: str) -> Path:
    """Return where the shipped file is kept as it was when the workspace took it."""
    return workspace.root / "templates" / EJECTED_TEXTS / name


def text_then(workspace: Workspace, name: str, digest: str) -> str | None:
    """Return the shipped file as it was when the copy was taken; None if that is not known any more.

    What was kept counts only while it is what was recorded.
    """
    for path in (text_path(workspace, name), shipped_templates() / name):
        try:
            content = read_file(path, workspace.root)
        except OSError:
            continue
        if sha256(content).hexdigest() == digest:
            return content.decode("utf-8-sig", "replace")
    return None


def moved_on(workspace: Workspace) -> Iterator[Finding]:
    """Yield each copy whose shipped file has changed since it was taken (K913)."""
    own, shipped = workspace.template_folders[0], shipped_templates()
    if own == shipped:
        return
    for name, digest in ejected(workspace).items():
        try:
            copy = read_file(own / name, workspace.root)
        except OSError:  # Y001, or it was taken away
            continue
        where, now = Location(workspace.shown(own / name)), shipped / name
        if not now.is_file():
            message = "the program has no file of this name any more, so it may be that nothing uses yours"
            hint = "to see what there is: briefgen template list"
        elif sha256(now.read_bytes()).hexdigest() != digest and copy != now.read_bytes():
            message = "the shipped file has changed since you took this copy, which has nothing of it"
            hint = f"see it: briefgen template compare {name}; take it over: briefgen template merge {name}"
        else:
            continue
        yield Finding(where, "K913", message, Severity.NOTE, hint=hint)
