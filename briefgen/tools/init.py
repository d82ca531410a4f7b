"""Makes a new workspace about given parties: a fact of each kind, their sources, catalogs, schemas, a guide.

It builds at once. The JSON Schemas, by which editors complete and explain keys, are those of facts, records, settings,
look and languages.
"""

import re
import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from zoneinfo import available_timezones

from briefgen.localise.language import LanguageFile
from briefgen.model.book import FactFile
from briefgen.model.findings import FindingsError, did_you_mean
from briefgen.model.look import LookFile
from briefgen.model.quantities import parse_id, parse_key
from briefgen.model.records import Source
from briefgen.publish.atomic import replace_file
from briefgen.read.languages import BASE, known_languages, read_language_file
from briefgen.read.paths import BACKUP, LOOK_SCHEMA, SETTINGS_FILES, shipped_guide, shipped_templates
from briefgen.read.validate import schema_text
from briefgen.read.workspace import Settings, Workspace, find_workspace, zone_hint
from briefgen.tools.originals import line_hash
from briefgen.tools.translations import catalog_updates

_SAMPLE = "sample"
_MORE = Path(__file__).with_name("start")
"""What a workspace begins with besides the starter: a fact of every other kind, its source, a guide."""
_INVENTED = {"NL": "Northland", "SL": "Southland"}
_TEXT = re.compile(r'^(?P<key> +(?:- )?text: |describes: )(?:"(?P<quoted>.*)"|(?P<plain>.*))$', re.MULTILINE)
_LABEL = re.compile(r"label: (?P<text>[^,{}]+)")
_UNFIT = frozenset('{}[]":#\\')
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
    tuple(write_schemas(folder))
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
    for name in (*asked.parties.values(), asked.name):
        if unfit := _UNFIT & {*name}:
            raise FindingsError.of("init", "F004", f"'{name}' has a sign that a name cannot have here: {min(unfit)}")
    printed = printed_languages()
    for code in asked.languages:
        if code not in printed:
            hint = f"{did_you_mean(code, printed)}; another one is begun with: briefgen language new {code}"
            raise FindingsError.of("init", "W005", f"the language '{code}' cannot be printed", hint)
    if asked.timezone not in available_timezones():
        raise FindingsError.of("init", "W003", f"'{asked.timezone}' is no time zone", zone_hint(asked.timezone))


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
    """Write the sample's facts with those of the other kinds, about the given parties."""
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
    plain = unicodedata.normalize("NFKD", name.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    id = "-".join(re.findall("[a-z0-9]+", plain))
    try:
        return parse_id(id)
    except ValueError:  # of no letter that an id may have, too long, or no name of a file on every system
        return _SAMPLE


def make_workspace(folder: Path, id: str = _SAMPLE) -> tuple[Path, ...]:
    """Copy the starter into a new or empty folder and return its files; FindingsError if that is not possible.

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
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def write_schemas(root: Path) -> Iterator[Path]:
    """Write the schemas into the folders that a workspace has, and yield those that are new or were another."""
    for name, kind in SCHEMAS.items():
        path = root / name
        is_wanted = (root / SETTINGS_FILES[0]).is_file() if kind is Settings else path.parent.is_dir()
        if is_wanted and replace_file(path, schema_text(kind).encode(), root):
            yield path
