"""`briefgen sources`: draft a record, and hold records against their originals."""

from collections.abc import Mapping
from pathlib import Path

import click

from briefgen.catalogs import known_languages, read_language_file
from briefgen.cli.show import FAULTS, OK, show
from briefgen.drafting import Draft, detect_language, draft, new_id, update
from briefgen.figures import ReadingWords
from briefgen.findings import Finding, NothingToGoOnWith, Place, did_you_mean, has_errors
from briefgen.model.records import Source
from briefgen.originals import Original, not_checked, read_original, read_originals, verify
from briefgen.sources import read_sources
from briefgen.workspace import Workspace
from briefgen.yamlfile import read_yaml, yaml_text


def verify_sources(workspace: Workspace, originals: Path) -> int:
    """Compare every record with its original, tell what was compared, and return the exit code."""
    sources, places, wrong = read_sources(workspace)
    if has_errors(wrong):
        raise NothingToGoOnWith(wrong)
    readable, here = reading_words(workspace), read_originals(originals)
    verdicts = [verify(source, here, readable.get(source.language), places) for source in sources.values()]
    findings = [*(each for verdict in verdicts for each in verdict.findings), *not_checked(verdicts)]
    show(findings, workspace.root)
    links, unchecked = sum(each.links for each in verdicts), sum(each.unchecked for each in verdicts)
    absent = sum(not each.found for each in verdicts)
    click.echo(
        f"{len(verdicts)} records, {links} links: {links - unchecked} checked, {unchecked} not "
        f"({absent} originals absent; names are compared by a person). {len(findings) or 'No'} findings."
    )
    return FAULTS if has_errors(findings) else OK


def list_sources(workspace: Workspace) -> str:
    """Every record with its coverage: lines that carry facts, and lines left out and why."""
    sources, _, wrong = read_sources(workspace)
    if has_errors(wrong):
        raise NothingToGoOnWith(wrong)
    return "\n\n".join(_coverage(source) for source in sources.values())


def _coverage(source: Source) -> str:
    carrying = [line for line in source.lines if line.says or line.reports]
    facts = {id for line in source.lines for saying in line.says for id in saying.facts}
    figures = sum(len(line.figures) + len(line.derived) for line in source.lines)
    left_out = "; ".join(f"{reason} {_spans(lines)}" for reason, lines in source.left_out.items())
    return "\n".join(
        (
            f"{source.id}  ({source.language}, {source.published.date}, {source.published.basis})",
            f"  {source.describes}",
            f"  {len(carrying)} lines carry {len(facts)} facts and {figures} figures",
            f"  left out: {left_out or 'nothing'}",
        )
    )


def _spans(lines: tuple[int, ...]) -> str:
    """1, 2, 3, 7 as 1-3, 7."""
    spans: list[list[int]] = []
    for line in sorted(lines):
        if spans and line == spans[-1][-1] + 1:
            spans[-1].append(line)
        else:
            spans.append([line])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def add_source(workspace: Workspace, file: Path, id: str, language: str) -> None:
    """Draft the record of a text, or bring the record of that id up to it; says what is left to do."""
    original = _original(file)
    code, words = _language(workspace, original, language)
    path = workspace.seeds / f"{id or _known_id(workspace, original) or new_id(file.stem)}.yaml"
    made = _update(workspace, path, original, words) if path.exists() else draft(path.stem, original, code, words)
    comment = _opening_comment(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(comment + yaml_text(dict(made.value)), encoding="utf-8")
    _tell(workspace.shown(path), made, code)


def reading_words(workspace: Workspace) -> Mapping[str, ReadingWords]:
    """The languages sources can be read in; any other that CLDR knows is read by CLDR alone."""
    files = {code: read_language_file(workspace, code)[0] for code in known_languages(workspace)}
    return {code: file.reading for code, file in files.items() if file and file.reading}


def _original(file: Path) -> Original:
    try:
        original = read_original(file)
    except OSError as error:
        raise NothingToGoOnWith([Finding(Place(str(file)), "V707", f"cannot be read: {error.strerror}")]) from None
    if original is None or not original.lines:
        hint = "save the document's text as a UTF-8 text file"
        raise NothingToGoOnWith([Finding(Place(str(file)), "V707", "is no UTF-8 text, or is empty", hint=hint)])
    return original


def _language(workspace: Workspace, original: Original, given: str) -> tuple[str, ReadingWords]:
    known = reading_words(workspace)
    code = given or detect_language("\n".join(original.lines), known)
    if not code:
        hint = f"name it with --lang; known with words of their own: {', '.join(known)}"
        finding = Finding(Place(str(original.path)), "V708", "the language of this text is not clear", hint=hint)
        raise NothingToGoOnWith([finding])
    try:
        return code, known.get(code) or ReadingWords(locale=code)
    except ValueError as error:
        finding = Finding(Place(str(original.path)), "V708", str(error), hint=did_you_mean(code, known))
        raise NothingToGoOnWith([finding]) from None


def _known_id(workspace: Workspace, original: Original) -> str:
    """The record that has this very text already."""
    sources, _, _ = read_sources(workspace)
    return next((id for id, source in sources.items() if source.sha256 == original.sha256), "")


def _update(workspace: Workspace, path: Path, original: Original, words: ReadingWords) -> Draft:
    sources, _, wrong = read_sources(workspace)
    file = read_yaml(path, workspace.shown(path))
    if path.stem not in sources or not isinstance(file.value, dict):
        raise NothingToGoOnWith(wrong)
    return update(file.value, sources[path.stem], original, words)


def _opening_comment(path: Path) -> str:
    """The comment lines at the top of a record, which survive its update."""
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8").split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
    return "".join(f"{line}\n" for line in lines[:count])


def _tell(path: str, made: Draft, code: str) -> None:
    click.echo(f"{path}: language {code}, {made.new_lines} lines drafted, {made.changed_lines} changed.")
    if made.undecided:
        click.echo(f"{made.undecided} figures to decide: look for 'undecided' in the file.")
    click.echo("Next: say what each line carries ('says', 'digest'), leave the others out, then: briefgen check")
