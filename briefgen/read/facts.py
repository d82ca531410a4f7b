"""Reads a partnership's facts and the records they rest on into one FactBook."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

from briefgen.assess import assess
from briefgen.check import FACTS, RECORDS
from briefgen.check.facts import reviews_ahead
from briefgen.check.quotations import RecordSubject
from briefgen.check.texts import typed_digits
from briefgen.files import composed, text_if_readable
from briefgen.localise.language import Language
from briefgen.model import remembered
from briefgen.model.book import SECTIONS, FactBook, FactFile, KeyPath, Message, locate
from briefgen.model.briefing import Briefing
from briefgen.model.facts import FIRST, FORMAT, AnyFact, outcome_cites
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, errors, in_order
from briefgen.model.quantities import parse_id
from briefgen.model.records import Source
from briefgen.read import facts_files, files_of, while_unchanged, yaml_files
from briefgen.read.files import check_files
from briefgen.read.languages import check_languages, known_languages, read_languages, reading_words
from briefgen.read.validate import read_as, read_rest
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, YamlFile, laid_over, read_yaml

_ID = re.compile(r"""\bid["']?:\s*["']?([\w-]+)|([\w-]+)["']?:""")
"""The id of a fact, or the key of a party, a person or a term."""
_RECORD = re.compile(r"""^["']?id["']?\s*:\s*["']?([\w-]+)""", re.MULTILINE)
"""The id of a record."""
_NEARLY_YAML = re.compile(r"\.ya?ml(?:\.txt)?$", re.IGNORECASE)
"""The ending of a file that was meant to be read: facts.yml, or what a plain text editor makes of facts.yaml."""
Records = tuple[dict[str, Source], dict[KeyPath, Location], tuple[Finding, ...]]


def read_sources(workspace: Workspace, files: Iterable[Path] | None = None) -> Records:
    """Return records by id, the location of each key, and what is wrong: those of some files, or of all."""
    sources: dict[str, Source] = {}
    locations: dict[KeyPath, Location] = {}
    findings: list[Finding] = []
    for path in yaml_files(workspace.seeds) if files is None else files:
        file = read_yaml(path, workspace.shown(path), workspace.root)
        source, wrong = read_current(Source, file)
        findings += wrong
        if source is None:
            continue
        if source.id != path.stem:
            location = file.locations.get(("id",), Location(workspace.shown(path)))
            message = f"the id is '{source.id}' but the file is called {path.name}"
            is_copy = path.with_name(f"{source.id}.yaml").exists()
            rename = "remove it, if it is a copy of that record" if is_copy else f"call the file {source.id}.yaml"
            findings.append(Finding(location, "S001", message, hint=f"{rename}{_or_id(path.stem)}"))
        sources[source.id] = source
        locations |= {("sources", source.id, *at): location for at, location in file.locations.items()}
    return sources, locations, tuple(findings)


def _or_id(stem: str) -> str:
    """Return how the name of a file is kept, if it can be an id."""
    try:
        return f"; or write id: {parse_id(stem)}"
    except ValueError:
        return ""


def _records_of(workspace: Workspace, ids: Set[str]) -> Iterable[Path]:
    """Return the files that hold the records of these ids, and copies of them: most of hundreds are other facts'.

    All of them if one cannot be found, since nobody knows then in which file it is.
    """
    found = yaml_files(workspace.seeds)
    named = {path: {path.stem, *_RECORD.findall(text_if_readable(path, workspace.root))} for path in found}
    return [path for path in found if named[path] & ids] if ids <= set().union(*named.values()) else found


def partnerships(workspace: Workspace) -> tuple[Path, ...]:
    """Return the facts files and folders of the workspace; FindingsError if there is none."""
    found = facts_files(workspace.root)
    if not found:
        others = (path for path in sorted(workspace.facts.glob("[!.]*.*")) if _NEARLY_YAML.search(path.name))
        other = next(others, None)
        wanted = "put one there, such as facts/our-partnership.yaml"
        hint = f"rename {other.name} to {_NEARLY_YAML.sub('', other.name)}.yaml" if other else wanted
        hint = f"make a folder of it, and {hint}" if workspace.facts.is_file() else hint
        raise FindingsError.of(workspace.shown(workspace.facts), "W004", "there is no facts file here", hint)
    return found


def choose_partnerships(workspace: Workspace, names: tuple[str, ...]) -> list[Path]:
    """Return the facts of these partnerships, or of all if none is named; FindingsError if one does not exist."""
    found = {composed(path.stem): path for path in partnerships(workspace)}
    for name in names:
        if composed(name) not in found:
            raise FindingsError.of("facts", "W004", f"there is no facts file '{name}'", did_you_mean(name, found))
    return [found[composed(name)] for name in names or found]


def shared_ids(workspace: Workspace) -> tuple[Finding, ...]:
    """Return partnerships with the same id (C101), whose editions would be in one folder, or with the same name."""
    found = facts_files(workspace.root)
    findings: list[Finding] = []
    names: dict[str, Path] = {}
    for path in found:
        if (other := names.setdefault(path.stem, path)) != path:
            message = f"the facts have the same name as {workspace.shown(other)}"
            hint = "rename one of them: catalogs, clearances and commands go by that name"
            findings.append(Finding(Location(workspace.shown(path)), "C101", message, hint=hint))
    firsts: dict[str, Path] = {}
    files = {path: _read_files(workspace, path) for path in found if len(found) > 1}
    parts = {path: file.value.get("partnership") for path, file in files.items() if isinstance(file.value, dict)}
    ids = {path: part.get("id") for path, part in parts.items() if isinstance(part, dict)}
    for path, id in sorted(ids.items(), key=lambda each: each[0].stem != each[1]):  # whose name it is comes first
        if isinstance(id, str) and (first := firsts.setdefault(id, path)) != path:
            message = f"the partnership '{id}' is the one of {workspace.shown(first)} too"
            hint = "give it an id of its own, for its editions stand in out/ID; a copy of the other file has to go"
            findings.append(Finding(files[path].locations["partnership", "id"], "C101", message, hint=hint))
    return tuple(findings)


def _facts_and_records(workspace: Workspace, path: Path) -> Iterator[Path]:
    """Yield every file that `read_and_check_facts` may read; of other partnerships it reads the ids."""
    for each in dict.fromkeys((path, *facts_files(workspace.root))):
        yield from files_of(each)
    yield from yaml_files(workspace.seeds)
    for folder in workspace.template_folders:
        yield from yaml_files(folder / "languages")


@while_unchanged(_facts_and_records)
def read_facts(workspace: Workspace, path: Path) -> tuple[FactBook | None, tuple[Finding, ...]]:
    """Return the book of one partnership, and everything that is wrong with its files.

    The book is None if the facts cannot all be read; those that can be are checked here, to report all faults at once.
    """
    written = _read_files(workspace, path)
    file, findings = read_current(FactFile, written)
    paths: Iterable[Path] = yaml_files(workspace.seeds)
    if file is not None:
        paths = _records_of(workspace, sources_of(entry for section in SECTIONS for entry in getattr(file, section)))
    records = read_sources(workspace, paths)
    unread = frozenset(path.stem for path in paths) - records[0].keys()
    if any(finding.code == OTHER_FORMAT for finding in findings):
        return None, in_order((*findings, *records[2]))
    if file is None:
        return None, in_order((*findings, *records[2], *_check_rest(workspace, written, records, unread)))
    book, repeated = _book(file, written, records, unread)
    book = replace(book, elsewhere=_ids_elsewhere(workspace, path))
    return book, in_order((*findings, *_of_cited(records, book.facts), *repeated))


def _ids_elsewhere(workspace: Workspace, path: Path) -> frozenset[str]:
    """Return what may be an id or a key in the facts of other partnerships, whether these can be read or not."""
    files = (file for each in facts_files(workspace.root) if each != path for file in files_of(each))
    return frozenset().union(*(_ids_in(text_if_readable(file, workspace.root)) for file in files))


@lru_cache(maxsize=512)  # each of hundreds of partnerships asks for those of all others
def _ids_in(text: str) -> frozenset[str]:
    return frozenset(name for names in _ID.findall(text) for name in names if name)


def read_and_check(
    workspace: Workspace, facts: Path, codes: Iterable[str], today: date
) -> tuple[FactBook | None, Mapping[str, Language], tuple[Finding, ...]]:
    """Return the facts and languages as far as they can be read, and every fault of both as of today."""
    book, findings = read_and_check_facts(workspace, facts)
    cited = sources_of(book.facts.values()) if book else set[str]()
    unread = frozenset(path for path in yaml_files(workspace.seeds) if book and path.stem not in cited)
    findings = (*check_files(workspace, facts, unread), *findings)
    languages: Mapping[str, Language] = {}
    try:
        languages = read_languages(workspace, codes, facts)
    except FindingsError as trouble:
        findings = (*findings, *trouble.findings)
    if book is not None:
        findings = (*findings, *check_languages(workspace, facts, book, languages), *reviews_ahead(book, today))
    return book, languages, in_order(findings)


def read_and_check_facts(workspace: Workspace, path: Path) -> tuple[FactBook | None, tuple[Finding, ...]]:
    """Return the facts with their records, and every fault of these; no language is read."""
    book, findings = read_facts(workspace, path)
    return book, in_order((*findings, *_faults(book, workspace))) if book else findings


@remembered(6)  # `read_facts` returns the same book while no file has changed that these checks go by
def _faults(book: FactBook, workspace: Workspace) -> tuple[Finding, ...]:
    return (*(each for check in FACTS for each in check(book)), *check_records(workspace, book))


def check_records(workspace: Workspace, book: FactBook) -> Iterator[Finding]:
    """Yield what is wrong with the quotations of the records, by the words of their languages."""
    languages = {source.language for source in book.sources.values() if any(line.figures for line in source.lines)}
    try:
        reading, known = reading_words(workspace, languages), known_languages(workspace)
    except FindingsError as error:
        return iter(error.findings)
    subject = RecordSubject(book=book, reading=reading, known=known)
    return (finding for check in RECORDS for finding in check(subject))


def read_book(workspace: Workspace, path: Path) -> FactBook:
    """Return the book of one partnership, faulty or not; FindingsError if the facts cannot all be read."""
    book, findings = read_facts(workspace, path)
    if book is None:
        raise FindingsError(errors(findings))
    return book


def assess_on(workspace: Workspace, book: FactBook, day: date) -> Briefing:
    """Return what was known on a day, by the settings of the workspace."""
    return assess(book, day, workspace.settings.due_soon_days, workspace.settings.shelf_lives)


def readable_facts(workspace: Workspace, path: Path) -> int:
    """Return how many facts of files that cannot all be read were checked nevertheless."""
    written = _read_files(workspace, path)
    file = read_rest(FactFile, written)[0] if written.value is not None else None
    return sum(len(getattr(file, section)) for section in SECTIONS) if file else 0


def _check_rest(workspace: Workspace, written: YamlFile, records: Records, unread: frozenset[str]) -> Iterator[Finding]:
    """Yield what is wrong with the facts that can be read although others cannot."""
    file, rest, left_out = read_rest(FactFile, written) if written.value is not None else (None, written, frozenset())
    if file is None:
        return
    book, repeated = _book(file, rest, records, unread | left_out)
    yield from repeated
    terms = written.value.get("terms") if isinstance(written.value, dict) else None
    for check in FACTS:
        if check is not typed_digits or left_out.isdisjoint(terms or ()):  # the digits of an unread name are no fault
            yield from check(book)
    yield from check_records(workspace, book)


def _book(
    file: FactFile, written: YamlFile, records: Records, unread: frozenset[str]
) -> tuple[FactBook, list[Finding]]:
    """Return the book, and each id that is used twice (C101); headlines share the catalogs with the facts."""
    sources, source_locations, _ = records
    locations = {**written.locations, **source_locations}
    facts: dict[str, AnyFact] = {}
    paths: dict[str, KeyPath] = {}
    repeated: list[Finding] = []
    for section in (*SECTIONS, "headlines"):
        for number, entry in enumerate(getattr(file, section)):
            path = paths.setdefault(entry.id, (section, number))
            if path != (section, number):
                message = f"the id '{entry.id}' is used twice; first at {locations.get((*path, 'id'), Location(''))}"
                location = locations.get((section, number, "id"), Location(""))
                repeated.append(Finding(location, "C101", message, hint="give one of the two another id"))
            elif section in SECTIONS:
                facts[entry.id] = entry
    cited = sources_of(facts.values())  # a record may name facts of other partnerships too
    book = FactBook(
        file=file,
        facts=facts,
        sources={id: source for id, source in sources.items() if id in cited},
        locations=locations,
        paths={id: paths[id] for id in facts},
        unread=unread,
    )
    return book, repeated or [*_same_contexts(book)]


def _same_contexts(book: FactBook) -> Iterator[Finding]:
    """Yield each text whose context something else has too (C101): a catalog could not hold both translations."""
    first: dict[str, Message] = {}
    for message in book.messages():
        other = first.setdefault(message.context, message)
        if other.of != message.of:
            said = f"the catalogs would call this text '{message.context}', as they do the one at {other.location}"
            yield Finding(message.location, "C101", said, hint="give one of the two another id")


def sources_of(facts: Iterable[AnyFact]) -> set[str]:
    """Return the ids of the records that these facts cite."""
    return {cite.source for fact in facts for cite in (*fact.cites, *outcome_cites(fact))}


def _of_cited(records: Records, facts: Mapping[str, AnyFact]) -> Iterator[Finding]:
    """Yield what is wrong with the records that these facts cite; others do not stop their partnership."""
    _, locations, findings = records
    cited = sources_of(facts.values())
    files = {locations["sources", id].file for id in cited if ("sources", id) in locations}
    places = ((finding.location.file, finding) for finding in findings)
    yield from (finding for file, finding in places if file in files or Path(file).stem in cited)


def _read_files(workspace: Workspace, path: Path) -> YamlFile:
    read = [read_yaml(file, workspace.shown(file), workspace.root) for file in files_of(path)]
    if not read:
        finding = Finding(Location(workspace.shown(path)), "F001", "is a folder in which no facts file is")
        return YamlFile(value=None, locations={(): finding.location}, findings=(finding,))
    return _with_full_cites(read[0] if len(read) == 1 else _merge(read, Location(workspace.shown(path))))


def _merge(files: Iterable[YamlFile], folder: Location) -> YamlFile:
    """Return a folder of files as one: lists follow each other, mappings add up; a repeated key is a finding."""
    merged = YamlFile(value=None, locations={})
    value: dict[str, Plain] = {}
    for file in files:
        findings = list(file.findings)
        if isinstance(file.value, dict):
            shift = {key: len(value[key]) for key in file.value if isinstance(value.get(key), list)}  # type: ignore[arg-type]
            findings += _add(value, file)
            file = file.moved(None, partial(_shifted, shift))
        elif file.value is not None:
            findings.append(Finding(file.at(), "F004", "lines of 'key: value' are expected here"))
        merged = laid_over(merged, replace(file, value=None, findings=tuple(findings)))
    return replace(merged, value=value, locations={**merged.locations, (): folder})


def _shifted(shift: Mapping[str, int], path: KeyPath) -> KeyPath:
    """Return the path of a list entry behind those of earlier files; `shift` counts them by key."""
    if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
        return (path[0], path[1] + shift.get(path[0], 0), *path[2:])
    return path


def _add(merged: dict[str, Plain], file: YamlFile) -> list[Finding]:
    findings: list[Finding] = []
    for key, value in file.value.items() if isinstance(file.value, dict) else ():
        present = merged.get(key)
        if isinstance(present, list) and isinstance(value, list):
            merged[key] = [*present, *value]
        elif isinstance(present, dict) and isinstance(value, dict):
            repeated = {name: f"'{key}: {name}' is in another file too" for name in present.keys() & value.keys()}
            findings += (Finding(file.keys[key, name], "Y003", message) for name, message in repeated.items())
            merged[key] = present | value
        elif key == "format" and isinstance(present, str) and isinstance(value, str):
            merged[key] = min(present, value, key=lambda number: (len(number), number))
        elif present is None:
            merged[key] = value
        elif value is not None:
            findings.append(Finding(file.keys[key,], "Y003", f"'{key}' is in another file too, in another form"))
    return findings


T = TypeVar("T")
OTHER_FORMAT = "F005"


@remembered(64)
def read_current(kind: type[T], file: YamlFile) -> tuple[T | None, tuple[Finding, ...]]:
    """Return the file as a typed value, or None, and every reason why it is not one.

    Of a file in a newer format, or with what only an older one had, F005 is all that is found. A file without a number
    that says nothing in the old way is read as it is.
    """
    number = format_of(file)
    if number is None or number == FORMAT or (FIRST <= number < FORMAT and not _is_old(file.value)):
        return read_as(kind, file)
    is_new = number > FORMAT
    known = f"this briefgen knows formats up to {FORMAT}" if is_new else f"this briefgen reads format {FORMAT}"
    hint = "use a newer briefgen" if is_new else "run: briefgen migrate" if number else f"write format: {FORMAT}"
    location = locate(file.keys, ("format",), file.at())
    return None, (Finding(location, OTHER_FORMAT, f"the file is of format {number}; {known}", hint=hint),)


def _is_old(value: Any) -> bool:
    """Return whether facts or a record hold what format 2 has otherwise: bare figures, long names of parties."""
    try:
        figures = [figure for line in value.get("lines", ()) for figure in (line.get("figures") or {}).values()]
        names = [name for party in value.get("parties", {}).values() for name in party]
    except (AttributeError, TypeError):  # no shape of any format
        return False
    return any(isinstance(figure, str) for figure in figures) or not {"long_name", "code"}.isdisjoint(names)


def format_of(file: YamlFile) -> int | None:
    """Return the number of a file's format; 1 where it has none, None where what stands there is no number."""
    written = file.value.get("format", FIRST) if isinstance(file.value, dict) else FIRST
    return int(str(written)) if str(written).isdecimal() and len(str(written)) < 10 else None


def _with_full_cites(file: YamlFile) -> YamlFile:
    """Return the file with every short cite written out: `cite: "#goal"` in a fact that cites `[talks-2022:L7]`.

    A fact that cites several lines stays as it is.
    """
    if not isinstance(file.value, dict):
        return file
    sections = {key: facts for key, facts in file.value.items() if key in SECTIONS and isinstance(facts, list)}
    return replace(file, value={**file.value, **{key: [*map(_of_fact, facts)] for key, facts in sections.items()}})


def _of_fact(fact: Plain) -> Plain:
    match fact:
        case {"cites": [str(line)]}:
            return _written_out(fact, line)
        case _:
            return fact


def _written_out(node: Plain, line: str, key: str = "") -> Plain:
    """Return the values below a fact with the line before each `#figure` under `cite`."""
    match node:
        case dict():
            return {key: _written_out(each, line, key) for key, each in node.items()}
        case list():
            return [_written_out(each, line) for each in node]
        case str() if key == "cite" and node.startswith("#"):
            return f"{line}{node}"
        case _:
            return node
