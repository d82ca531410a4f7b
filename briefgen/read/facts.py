"""Reads a partnership's facts and the records they rest on into one FactBook."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from briefgen.check.facts import typed_digits
from briefgen.check.registry import FACTS
from briefgen.model.book import SECTIONS, FactBook, FactFile, KeyPath
from briefgen.model.facts import AnyFact, outcome_of
from briefgen.model.findings import Finding, FindingsError, Location, errors, in_order
from briefgen.model.records import Source
from briefgen.read.paths import facts_files
from briefgen.read.validate import read_as, read_rest
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, YamlFile, read_yaml

Records = tuple[dict[str, Source], dict[KeyPath, Location], tuple[Finding, ...]]


def read_sources(workspace: Workspace) -> Records:
    """Every record of the workspace by id, the place of each key, and what is wrong."""
    sources: dict[str, Source] = {}
    locations: dict[KeyPath, Location] = {}
    findings: list[Finding] = []
    for path in sorted(workspace.seeds.glob("*.yaml")):
        file = read_yaml(path, workspace.shown(path))
        source, wrong = read_as(Source, file)
        findings += wrong
        if source is None:
            continue
        if source.id != path.stem:
            location = file.locations.get(("id",), Location(workspace.shown(path)))
            findings.append(Finding(location, "S001", f"the id is '{source.id}' but the file is called {path.name}"))
        sources[source.id] = source
        locations |= {("sources", source.id, *at): location for at, location in file.locations.items()}
    return sources, locations, tuple(findings)


def partnerships(workspace: Workspace) -> tuple[Path, ...]:
    """The facts files and folders of the workspace; FindingsError where there are none."""
    found = facts_files(workspace.root)
    if not found:
        hint = "put a file there, such as facts/our-partnership.yaml"
        finding = Finding(Location(workspace.shown(workspace.facts)), "W004", "there is no facts file here", hint=hint)
        raise FindingsError([finding])
    return found


def shared_ids(workspace: Workspace) -> tuple[Finding, ...]:
    """Partnerships of one id, whose editions would stand in one folder; nothing is read where there is but one."""
    found = facts_files(workspace.root)
    named = [(path, *_id_of(workspace, path)) for path in found] if len(found) > 1 else []
    firsts: dict[str, Path] = {}
    return tuple(
        Finding(location, "C101", f"the partnership '{id}' is the one of {workspace.shown(first)} too", hint=_OWN_ID)
        for path, id, location in named
        if id and (first := firsts.setdefault(id, path)) != path
    )


_OWN_ID = "give it an id of its own: its editions stand in out/ID"


def _id_of(workspace: Workspace, path: Path) -> tuple[str, Location]:
    """The partnership's id and where it stands; empty where it cannot be read, which is told elsewhere."""
    try:
        written = _read_files(workspace, path)
    except FindingsError:
        return "", Location("")
    partnership = written.value.get("partnership") if isinstance(written.value, dict) else None
    id = partnership.get("id") if isinstance(partnership, dict) else None
    return (id, written.locations["partnership", "id"]) if isinstance(id, str) else ("", Location(""))


def read_facts(workspace: Workspace, path: Path) -> tuple[FactBook | None, tuple[Finding, ...]]:
    """The book of one partnership, with everything that is wrong with its files.

    None where the facts cannot all be read; those that can are checked here, so that every fault is told in one pass.
    """
    written = _read_files(workspace, path)
    file, findings = read_as(FactFile, written)
    records = read_sources(workspace)
    unread = frozenset(path.stem for path in workspace.seeds.glob("*.yaml")) - records[0].keys()
    if file is not None:
        book, twice = _book(file, written, records, unread)
        return book, in_order((*findings, *records[2], *twice))
    return None, in_order((*findings, *records[2], *_check_rest(written, records, unread)))


def read_book(workspace: Workspace, path: Path) -> FactBook:
    """Return the book of one partnership, faulty or not; FindingsError if the facts cannot all be read."""
    book, findings = read_facts(workspace, path)
    if book is None:
        raise FindingsError(errors(findings))
    return book


def _check_rest(written: YamlFile, records: Records, unread: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with the facts that could be read beside faulty ones."""
    file, rest, left_out = read_rest(FactFile, written) if written.value is not None else (None, written, frozenset())
    if file is None:
        return
    book, twice = _book(file, rest, records, unread | left_out)
    yield from twice
    terms = written.value.get("terms") if isinstance(written.value, dict) else None
    for check in FACTS:
        if check is not typed_digits or left_out.isdisjoint(terms or ()):  # the digits of an unread name are no fault
            yield from check(book)


def _book(
    file: FactFile, written: YamlFile, records: Records, unread: frozenset[str]
) -> tuple[FactBook, list[Finding]]:
    sources, source_locations, _ = records
    locations = {**written.locations, **source_locations}
    facts, paths, twice = _by_id(file, locations)
    cited = _cited(facts, sources)
    return FactBook(file=file, facts=facts, sources=cited, locations=locations, paths=paths, unread=unread), twice


def _read_files(workspace: Workspace, path: Path) -> YamlFile:
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    read = [read_yaml(file, workspace.shown(file)) for file in files]
    return read[0] if len(read) == 1 else _merge(read, Location(workspace.shown(path)))


def _merge(files: Iterable[YamlFile], folder: Location) -> YamlFile:
    """A folder of files as one: lists follow each other, mappings add up; a key given twice is a finding."""
    merged: dict[str, Plain] = {}
    locations: dict[KeyPath, Location] = {}
    keys: dict[KeyPath, Location] = {}
    findings: list[Finding] = []
    for file in files:
        findings += file.findings
        if isinstance(file.value, dict):
            shift = {key: len(merged[key]) for key in file.value if isinstance(merged.get(key), list)}  # type: ignore[arg-type]
            findings += _add(merged, file)
            locations |= {_shifted(path, shift): location for path, location in file.locations.items()}
            keys |= {_shifted(path, shift): location for path, location in file.keys.items()}
        elif file.value is not None:
            findings.append(Finding(file.locations[()], "F004", "lines of 'key: value' are expected here"))
    locations[()] = folder
    return YamlFile(value=merged, locations=locations, keys=keys, findings=tuple(findings))


def _shifted(path: KeyPath, shift: Mapping[str, int]) -> KeyPath:
    """A list entry's path moves on by the entries that stand before it in other files."""
    if len(path) > 1 and isinstance(path[0], str) and isinstance(path[1], int):
        return (path[0], path[1] + shift.get(path[0], 0), *path[2:])
    return path


def _add(merged: dict[str, Plain], file: YamlFile) -> list[Finding]:
    findings = []
    for key, value in file.value.items() if isinstance(file.value, dict) else ():
        present = merged.get(key)
        if isinstance(present, list) and isinstance(value, list):
            merged[key] = [*present, *value]
        elif isinstance(present, dict) and isinstance(value, dict):
            twice = present.keys() & value.keys()
            findings += [
                Finding(file.keys[key, name], "Y003", f"'{key}: {name}' is in another file too") for name in twice
            ]
            merged[key] = present | value
        elif present is None:
            merged[key] = value
        elif value is not None:
            findings.append(Finding(file.keys[key,], "Y003", f"'{key}' is in another file too, in another form"))
    return findings


def _by_id(
    file: FactFile, locations: Mapping[KeyPath, Location]
) -> tuple[dict[str, AnyFact], dict[str, KeyPath], list[Finding]]:
    facts: dict[str, AnyFact] = {}
    paths: dict[str, KeyPath] = {}
    findings = []
    for section in SECTIONS:
        for number, fact in enumerate(getattr(file, section)):
            path: KeyPath = (section, number)
            if fact.id in facts:
                first = locations.get((*paths[fact.id], "id"), Location(""))
                message = f"the id '{fact.id}' is used twice; first at {first}"
                findings.append(Finding(locations.get((*path, "id"), Location("")), "C101", message))
                continue
            facts[fact.id], paths[fact.id] = fact, path
    return facts, paths, [*findings, *_headlines_twice(file, paths, locations)]


def _headlines_twice(
    file: FactFile, paths: Mapping[str, KeyPath], locations: Mapping[KeyPath, Location]
) -> Iterator[Finding]:
    """A headline shares the catalogs with the facts, so its id is its own too."""
    taken = dict(paths)
    for number, headline in enumerate(file.headlines):
        path: KeyPath = ("headlines", number)
        if headline.id in taken:
            first = locations.get((*taken[headline.id], "id"), Location(""))
            message = f"the id '{headline.id}' is used twice; first at {first}"
            yield Finding(locations.get((*path, "id"), Location("")), "C101", message)
        taken.setdefault(headline.id, path)


def _cited(facts: Mapping[str, AnyFact], sources: Mapping[str, Source]) -> dict[str, Source]:
    """The records this partnership rests on; a record names the facts of other partnerships too, which are left out."""
    outcomes = filter(None, map(outcome_of, facts.values()))
    cited = {cite.source for citing in (*facts.values(), *outcomes) for cite in citing.cites}
    return {id: source for id, source in sources.items() if id in cited}
