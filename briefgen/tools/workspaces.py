"""Makes a new workspace about given parties, and brings the files of one that is of an older format up to date.

The new one has a fact of each kind, their sources, catalogs, a guide, and JSON Schemas, by which editors complete and
explain keys; it builds at once. `STEPS` has what changes with each newer format: the step to format 2 finds, in the
original of a record, the words that give each figure, the fewest that the checks accept.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from difflib import unified_diff
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from briefgen.check.quotations import MOST_WORDS, name_faults, name_score, names_like, value_faults
from briefgen.check.source_words import source_words
from briefgen.files import read_file, replace_file, replace_files
from briefgen.localise.language import LanguageFile, ReadingWords, language_hint
from briefgen.model.book import FactFile
from briefgen.model.facts import FORMAT
from briefgen.model.findings import Finding, FindingsError, Location, Severity
from briefgen.model.look import LookFile
from briefgen.model.quantities import Name, Quantity, id_words, parse_id, parse_key, parse_quantity
from briefgen.model.records import Quoted, Source
from briefgen.model.texts import TAKE_AWAY, unwanted
from briefgen.model.typed_json import read_json
from briefgen.read import (
    BACKUP,
    LOOK_SCHEMA,
    SETTINGS_FILES,
    facts_files,
    files_of,
    shipped_guide,
    shipped_templates,
    yaml_files,
)
from briefgen.read.facts import format_of
from briefgen.read.languages import BASE, known_languages, read_language_file, reading_words
from briefgen.read.validate import read_as, schema_text
from briefgen.read.workspace import Settings, Workspace, find_workspace
from briefgen.read.yaml import YamlFile, parse_yaml, read_yaml
from briefgen.read.zones import zone_hint
from briefgen.tools.originals import Original, as_quoted, line_faults, line_hash, read_originals
from briefgen.tools.translations import catalog_updates
from briefgen.tools.yaml_edit import edited

_SAMPLE = "sample"
_MORE = Path(__file__).with_name("start")
"""What a workspace begins with besides the starter: a fact of every other kind, its source, a guide."""
_INVENTED = {"NL": "Northland", "SL": "Southland"}
_TEXT = re.compile(r'^(?P<key> +(?:- )?text: |describes: )(?:"(?P<quoted>.*)"|(?P<plain>.*))$', re.MULTILINE)
_LABEL = re.compile(r"label: (?P<text>[^,{}]+)")
_UNFIT = frozenset('{}[]":#\\<>%')
"""Signs that the name of a party in the sample cannot have; the name in the facts may be changed to any later."""
SCHEMAS: Mapping[str, type] = {
    "facts/schema.json": FactFile,
    "seeds/schema.json": Source,
    "briefgen.schema.json": Settings,
    f"templates/{LOOK_SCHEMA}": LookFile,
    "templates/languages/schema.json": LanguageFile,
}
"""Each schema by its place in a workspace."""
YAML_HEADER = "# yaml-language-server: $schema=schema.json\n"
TOML_HEADER = "#:schema briefgen.schema.json\n"
HEADER_LINES = (
    f"facts/*.yaml, seeds/*.yaml, templates/languages/*.yaml:\n  {YAML_HEADER}"
    f"templates/look.yaml:\n  # yaml-language-server: $schema={LOOK_SCHEMA}\n"
    f"briefgen.toml:\n  {TOML_HEADER}"
)
"""What the first line of each kind of file must be, so that an editor finds its schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a new workspace is about; what is left out is that of the sample."""

    id: str = _SAMPLE
    name: str = ""
    """The partnership's name, printed as the title."""
    parties: Mapping[str, str] = field(default_factory=dict)
    """The names of two or more, by their codes."""
    languages: tuple[str, ...] = (BASE,)
    timezone: str = "UTC"
    command: str = "briefgen"
    """How the program is called, for the guide."""


def printed_languages() -> tuple[str, ...]:
    """Return the languages in which a new workspace can be printed."""
    workspace = Workspace(root=Path("/nowhere"))
    files = {code: read_language_file(workspace, code)[0] for code in known_languages(workspace)}
    return tuple(code for code, file in files.items() if file and file.patterns)


def begin(folder: Path, asked: Beginning) -> tuple[Path, ...]:
    """Make a workspace and return its files; FindingsError says what cannot be, and nothing is made."""
    _check(asked)
    make_workspace(folder, asked.id)
    pairs = zip(_INVENTED.items(), asked.parties.items(), strict=False)
    names = {old: new for invented, given in pairs for old, new in zip(invented, given, strict=True)}
    if len(asked.parties) > len(_INVENTED):  # of which the sample is about two
        names |= dict.fromkeys(_THE_TWO, " and ".join([*asked.parties.values()][: len(_INVENTED)]))
    _write_facts(folder / "facts" / f"{asked.id}.yaml", asked, names)
    talks = folder / "seeds" / "sample-talks-2026.yaml"
    _write_source(talks, (talks.parent / "originals" / f"{talks.stem}.txt", talks), names)
    _write_source(talks.with_name("sample-note-2026.yaml"), (_MORE / "note.txt", _MORE / "record.yaml"), names)
    settings, codes = folder / "briefgen.toml", ", ".join(f'"{code}"' for code in asked.languages)
    text = settings.read_text(encoding="utf-8")
    for key, before, now in (("timezone", '"UTC"', f'"{asked.timezone}"'), ("languages", '["en"]', f"[{codes}]")):
        text = re.sub(rf"^{key} = {re.escape(before)} *", f"{key} = {now}".ljust(28) + " ", text, flags=re.MULTILINE)
    settings.write_text(TOML_HEADER + text, encoding="utf-8")
    guide = (_MORE / "README.md").read_text(encoding="utf-8").replace("BRIEFGEN", asked.command)
    (folder / "README.md").write_text(guide, encoding="utf-8")
    shutil.copyfile(shipped_guide(), folder / "facts" / "README.md")
    write_schemas(folder)
    for each in catalog_updates(find_workspace(folder))[0]:
        if each.text:
            replace_file(each.path, each.text.encode(), folder)
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _check(asked: Beginning) -> None:
    try:
        parse_id(asked.id)
        for code in asked.parties:
            parse_key(code)
    except ValueError as error:
        raise FindingsError.of("init", "F004", str(error)) from None
    if asked.parties and len(asked.parties) < len(_INVENTED):
        raise FindingsError.of("init", "F004", "a partnership has two parties or more", "such as --party BR=Brazil")
    if "null" in map(str.lower, asked.parties):
        raise FindingsError.of("init", "F004", "'null' is no code of a party: in YAML it is no text", "take another")
    if len({code.casefold() for code in asked.parties}) < len(asked.parties):
        raise FindingsError.of("init", "F004", f"two of {', '.join(asked.parties)} are one code", "give each its own")
    _check_names((*asked.parties.values(), asked.name))
    printed = printed_languages()
    for code in asked.languages:
        if code not in printed:
            hint = f"{language_hint(code, printed)}; leave '{code}' out, and then: briefgen language new {code}"
            raise FindingsError.of("init", "W005", f"the language '{code}' cannot be printed", hint)
    if asked.timezone not in available_timezones():
        raise FindingsError.of("init", "W003", f"'{asked.timezone}' is no time zone", zone_hint(asked.timezone))


_THE_TWO = tuple(f"{word} two {each}" for word in ("the", "The") for each in ("countries", "sides", "Governments"))


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        for _, what in unwanted(name):
            raise FindingsError.of("init", "F004", f"{what} stands in '{name}'", TAKE_AWAY)
        if name and not any(map(str.isalpha, name)):
            raise FindingsError.of("init", "F004", f"'{name}' has no letter", "name it as readers shall know it")
        if unfit := _UNFIT & {*name}:
            raise FindingsError.of("init", "F004", f"'{name}' has a sign that a name cannot have here: {min(unfit)}")
    if len({name.casefold() for name in names}) < len(names):
        raise FindingsError.of("init", "F004", "two names are the same", "name each as readers shall know it")


def _renamed(text: str, names: Mapping[str, str]) -> str:
    return re.sub(rf"\b(?:{'|'.join(names)})\b", lambda found: names[found[0]], text) if names else text


def _as_example(text: str, names: Mapping[str, str]) -> str:
    """Return facts or a record of the given parties, whose texts say that they are examples: none of it is true."""
    if not names:
        return text
    text = re.sub(r"(name|as): (Northland|Southland)}", r'\1: "\2"}', text)
    text = _LABEL.sub(lambda found: f'label: "Example: {found["text"].strip()}"', text)
    text = _TEXT.sub(lambda found: f'{found["key"]}"Example: {found["quoted"] or found["plain"]}"', text)
    return _renamed(text, names)


def _write_facts(path: Path, asked: Beginning, names: Mapping[str, str]) -> None:
    figure, more = ((_MORE / name).read_text(encoding="utf-8") for name in ("figure.yaml", "facts.yaml"))
    text = path.read_text(encoding="utf-8").replace("\n\nsummits:", f"\n{figure}\nsummits:", 1) + more
    text = _as_example(text, names)
    others = (f'  {code}: {{name: "{name}"}}\n' for code, name in [*asked.parties.items()][len(_INVENTED) :])
    text = text.replace("\n\npeople:", "\n" + "".join(others) + "\npeople:", 1)
    named = asked.parties or _INVENTED
    title, parties = asked.name or "–".join(named.values()), ", ".join(named)
    line = f'partnership: {{id: {asked.id}, name: "{title}", parties: [{parties}]}}'
    path.write_text(re.sub(r"^partnership: .*$", lambda _: line, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def _write_source(path: Path, sample: tuple[Path, Path], names: Mapping[str, str]) -> None:
    """Write a record and its original about the given parties, with the hashes of its lines now."""
    original, record = (each.read_text(encoding="utf-8") for each in sample)
    renamed = _renamed(original, names)
    hashes = dict(zip(map(line_hash, original.splitlines()), map(line_hash, renamed.splitlines()), strict=True))
    hashes[sha256(original.encode()).hexdigest()] = sha256(renamed.encode()).hexdigest()
    text = re.sub("[0-9a-f]{64}", lambda found: hashes[found[0]], _as_example(record, names))
    path.write_text(YAML_HEADER + text, encoding="utf-8")
    (path.parent / "originals" / f"{path.stem}.txt").write_text(renamed, encoding="utf-8")


def id_for(name: str) -> str:
    """Return the id of a partnership for the name of its workspace: two workspaces with one id could be mixed up."""
    try:
        return parse_id("-".join(id_words(name)))
    except ValueError:  # of no letter that an id may have, too long, or no name of a file on every system
        return _SAMPLE


def make_workspace(folder: Path, id: str = _SAMPLE) -> None:
    """Copy the starter into a new or empty folder; FindingsError if that is not possible.

    The facts, and their partnership, are called by the id.
    """
    existed = False
    try:
        existed = folder.exists()
        if existed and any(folder.iterdir()):
            raise FindingsError.of(str(folder), "W006", "exists already and is not empty", "choose another name")
        for name in ("out", "templates", "facts/locale", "seeds"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        starter = shipped_templates() / "starter"
        for path in (path for path in sorted(starter.rglob("*")) if path.is_file()):
            copy = folder / path.relative_to(starter)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)  # with the rights of a new file: an installed program may be read-only
        facts = folder / "facts" / f"{_SAMPLE}.yaml"
        text = facts.read_text(encoding="utf-8").replace(f"{{id: {_SAMPLE},", f"{{id: {id},", 1)
        facts.unlink()
        facts.with_name(f"{id}.yaml").write_text(text, encoding="utf-8")
        (folder / ".gitignore").write_text(f"out/\nseeds/originals/\n{BACKUP}/\n", encoding="utf-8")
        (folder / "facts" / "schema.json").write_text(schema_text(FactFile), encoding="utf-8")
    except OSError as error:
        with suppress(OSError):  # half a workspace would be in the way of the next try
            for path in tuple(folder.iterdir()) if existed else (folder,):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        raise FindingsError.of(str(folder), "P504", f"cannot be made: {error.strerror or error}") from None


def write_schemas(root: Path) -> list[Path]:
    """Write the schemas into the folders that a workspace has, and return those that are new or were another."""
    written: list[Path] = []
    for name, kind in SCHEMAS.items():
        path = root / name
        is_wanted = (root / SETTINGS_FILES[0]).is_file() if kind is Settings else path.parent.is_dir()
        if is_wanted and replace_file(path, schema_text(kind).encode(), root):
            written.append(path)
    return written


_NOTES = "files.json"
"""In the backup: the hash of what took the place of each file."""
_WORD = re.compile(r"[^\W_](?:\S*[^\W_])?[%+]?|[$€£¥₩₫₽₹~<>≤≥]\S*[^\W_]|%\S*\w")
_NAME = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PHRASE = re.compile(rf"{_NAME.pattern}(?:[ \u00a0-]{_NAME.pattern})*")
Values = dict[str, Any]
"""What a file holds, as plain values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """A file with its text before and after, and notes on what a person has to look at."""

    path: Path
    shown: str
    old: str
    new: str
    notes: tuple[Finding, ...] = ()

    @property
    def difference(self) -> str:
        """The change, in the unified format of diff."""
        lines = (self.old.splitlines(keepends=True), self.new.splitlines(keepends=True))
        return "".join(unified_diff(*lines, self.shown, self.shown, n=1))


def migrate(workspace: Workspace, originals: Path) -> tuple[Migrated, ...]:
    """Return every file with its new text, or a note why it has none; FindingsError if one cannot be changed."""
    if originals != workspace.originals and not originals.is_dir():
        raise FindingsError.of(str(originals), "V710", "there is no such folder")
    paths = [path for each in facts_files(workspace.root) for path in files_of(each)]
    facts = [_migrated(workspace, path, lambda step, value: step[0](value)) for path in paths]
    files = (read_as(FactFile, parse_yaml(each.new.removeprefix("\ufeff"), ""))[0] for each in facts)
    reading = reading_words(workspace, known_languages(workspace))
    quoter = Quoter(originals=read_originals(originals)[0], reading=reading, facts=tuple(filter(None, files)))
    seeds = yaml_files(workspace.seeds)
    return (*facts, *(_migrated(workspace, path, lambda step, value: step[1](value, quoter)) for path in seeds))


def _migrated(workspace: Workspace, path: Path, change: "Callable[[Step, Values], Sequence[str]]") -> Migrated:
    """Return a file with every step after its own format; unreadable files and those of today stay as they are."""
    shown = workspace.shown(path)
    file = read_yaml(path, shown, workspace.root)
    if file.findings:
        message, hint = "cannot be read whole, and stays as it is", "briefgen check says what is wrong with it"
        note = Finding(Location(shown), "F007", message, severity=Severity.NOTE, hint=hint)
        return Migrated(path=path, shown=shown, old="", new="", notes=(note,))
    old, number = read_file(path, workspace.root).decode(), format_of(file)
    if not isinstance(file.value, dict) or number is None or number >= FORMAT:
        return Migrated(path=path, shown=shown, old=old, new=old)
    value: Values = deepcopy(file.value)
    notes = [note for each in range(number, FORMAT) for note in change(STEPS[each + 1], value)]
    wanted = {"format": str(FORMAT), **{key: each for key, each in value.items() if key != "format"}}
    findings = tuple(Finding(Location(shown), "F007", note, severity=Severity.NOTE) for note in notes)
    new = edited(_numbered(old, file), wanted, shown, "F006", f"the file cannot be brought to format {FORMAT}")
    return Migrated(path=path, shown=shown, old=old, new=new, notes=findings)


def _numbered(text: str, file: YamlFile) -> str:
    """Return the text with the number of its format before the first key, below the comments at the top."""
    first = file.keys.get((next(iter(file.value)),)) if isinstance(file.value, dict) else None
    if first is None or first.column != 1 or ("format",) in file.keys:
        return text
    lines = text.splitlines(keepends=True)
    ending = "\r\n" if lines[0].endswith("\r\n") else "\n"
    lines.insert(first.line - 1, f"format: {FORMAT}{ending}")
    return "".join(lines)


def write(workspace: Workspace, migrated: Sequence[Migrated]) -> None:
    """Keep every file as it was in the backup, then replace it; OSError where that cannot be done."""
    folder = workspace.root / BACKUP
    notes = {each.shown: sha256(each.new.encode()).hexdigest() for each in migrated}
    kept = {folder / each.shown: each.old.encode() for each in migrated}
    kept[folder / _NOTES] = json.dumps(notes, indent=1, ensure_ascii=False).encode()
    replace_files(kept, workspace.root)
    replace_files({each.path: each.new.encode() for each in migrated}, workspace.root)


def undo(workspace: Workspace) -> tuple[str, ...]:
    """Put back what the last migration changed, and return the names; FindingsError if a file was changed since.

    A file that is as it was already stays so: the migration, or an attempt to undo it, was stopped halfway.
    """
    folder = workspace.root / BACKUP
    if not (folder / _NOTES).is_file():
        raise FindingsError.of(BACKUP, "F006", "there is no migration to undo")
    try:
        notes = read_json(dict[str, str], read_file(folder / _NOTES, workspace.root))
    except ValueError as error:
        hint = f"copy the files of {BACKUP}/ to their places by hand"
        raise FindingsError.of(f"{BACKUP}/{_NOTES}", "F006", f"cannot be read: {error}", hint) from None
    before = {shown: read_file(folder / shown, workspace.root) for shown in notes}
    for shown, expected in notes.items():
        path = workspace.root / shown
        now = read_file(path, workspace.root) if path.is_file() else None
        if now is None or (now != before[shown] and sha256(now).hexdigest() != expected):
            hint = f"take what you need from {BACKUP}/{shown} by hand; nothing has been changed"
            raise FindingsError.of(shown, "F006", "the file was changed after the migration", hint)
    replace_files({workspace.root / shown: content for shown, content in before.items()}, workspace.root)
    (folder / _NOTES).unlink()
    return tuple(notes)


def _facts_to_2(value: Values) -> Sequence[str]:
    """Parties have lost `long_name` and `code`, which nothing printed; acts are told apart more finely."""
    parties = value.get("parties")
    for party in parties.values() if isinstance(parties, dict) else ():
        if isinstance(party, dict):
            party.pop("long_name", None)
            party.pop("code", None)
    statements = value.get("statements")
    listed = [each for each in statements if isinstance(each, dict)] if isinstance(statements, list) else []
    coarse = [str(each.get("id")) for each in listed if each.get("act") in ("announced", "requested", "agreed")]
    finer = {"hoped", "invited", "instructed", "planned", "aimed"}
    if not coarse or finer & {str(each.get("act")) for each in listed}:
        return ()
    acts = ", ".join(sorted(finer))
    return (f"there are finer acts now ({acts}): look again at {', '.join(coarse)}",)


def _records_to_2(value: Values, quoter: "Quoter") -> Sequence[str]:
    """Figures carry the words that they were read from."""
    missing: list[str] = []
    lines = value.get("lines")
    for line in lines if isinstance(lines, list) else ():
        figures = line.get("figures") if isinstance(line, dict) else None
        if isinstance(figures, dict):
            plain = {name: figure for name, figure in figures.items() if isinstance(figure, str)}
            figures |= (quoted := {name: quoter.quote(value, line, figure) for name, figure in plain.items()})
            missing += (f"L{line.get('line')}#{name}" for name, figure in quoted.items() if not figure["as"])
    return (f"no words were found for: {', '.join(missing)}",) if missing else ()


Step = tuple[Callable[[Values], Sequence[str]], Callable[[Values, "Quoter"], Sequence[str]]]
"""What changes in facts, and in records: both change the values they are given, and say what a person must look at."""
STEPS: Mapping[int, Step] = {2: (_facts_to_2, _records_to_2)}
"""By the number of the format that a step leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoter:
    """The originals by their hash, the words of their languages, and the facts in which names are looked up."""

    originals: Mapping[str, Original]
    reading: Mapping[str, ReadingWords]
    facts: Sequence[FactFile]

    def quote(self, record: Mapping[str, Any], line: Mapping[str, Any], figure: str) -> dict[str, str]:
        """Return a figure of a record's line with its words; these are empty where none can be found."""
        original, number = self.originals.get(str(record.get("sha256"))), str(line.get("line"))
        lines = original.lines if original else ()
        text = lines[int(number) - 1] if number.isdecimal() and 1 <= int(number) <= len(lines) else ""
        text = text if line_hash(text) == line.get("sha256") else ""  # of a missing original, or one with another line
        try:
            value = parse_quantity(figure)
        except ValueError:
            return {"value": figure, "as": ""}
        language = str(record.get("language"))
        found = self._named(text, value, language) if isinstance(value, Name) else self._given(text, value, language)
        which = {"which": str(found.which)} if found and found.which else {}
        return {"value": figure, "as": found.words if found else "", **which}

    def _given(self, text: str, value: Quantity, language: str) -> Quoted | None:
        words = source_words(language, self.reading.get(language))
        if not words:
            return None
        for start, end in _runs([match.span() for match in _WORD.finditer(text)]):
            quoted = as_quoted(text, start, end, value)
            if not [*value_faults(quoted, words), *line_faults(text, quoted, words)]:
                return quoted
        return None

    def _named(self, text: str, name: Name, language: str) -> Quoted | None:
        """Return the most words in a row that are all part of a name, and no more."""
        for names in (names_like(file, name.id, language) for file in self.facts):
            parts = names.parts.get(name.id, frozenset())
            spans = ([match.span() for match in _NAME.finditer(text, *each.span())] for each in _PHRASE.finditer(text))
            runs = [run for each in spans for run in _runs(each)]  # only a space or hyphen between their words
            alike = (each for each in runs if all(name_score(word, parts) for word in _NAME.findall(text, *each)))
            found = [as_quoted(text, start, end, name) for start, end in alike]
            fitting = [each for each in found if not [*name_faults(each, name, names)]]
            if fitting:
                return max(fitting, key=lambda each: len(_NAME.findall(each.words)))
        return None


def _runs(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield every run of words, the shortest first, from left to right."""
    for length in range(1, MOST_WORDS + 1):
        for first in range(len(spans) - length + 1):
            yield spans[first][0], spans[first + length - 1][1]
