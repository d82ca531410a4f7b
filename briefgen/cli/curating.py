"""`briefgen sources`: draft a record, and hold records against their originals."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from briefgen.cli.show import FAULTS, OK, show
from briefgen.cli.writing import replace_file
from briefgen.localise.language_file import ReadingWords
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean, has_errors
from briefgen.model.quantities import parse_id
from briefgen.model.records import Source
from briefgen.read.facts import read_sources
from briefgen.read.languages import known_languages, read_language_file
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import YamlFile, read_yaml, yaml_text
from briefgen.tools.originals import Original, not_checked, read_original, read_originals, verify
from briefgen.tools.sources import Draft, detect_language, draft, new_id, update
from briefgen.tools.splicing import spliced


def verify_sources(workspace: Workspace, originals: Path) -> int:
    """Compare every record with its original, tell what was compared, and return the exit code."""
    if originals != workspace.originals and not originals.is_dir():
        raise FindingsError([Finding(Location(str(originals)), "V710", "there is no such folder")])
    sources, locations, wrong = read_sources(workspace)
    if has_errors(wrong):
        raise FindingsError(wrong)
    readable = reading_words(workspace, (source.language for source in sources.values()))
    here, passed_over = read_originals(originals)
    verdicts = [verify(source, here, readable.get(source.language), locations) for source in sources.values()]
    absent = sum(not each.found for each in verdicts)
    findings = [*(each for verdict in verdicts for each in verdict.findings), *not_checked(verdicts)]
    findings += passed_over if absent else ()
    show(findings, workspace.root)
    links, unchecked = sum(each.links for each in verdicts), sum(each.unchecked for each in verdicts)
    click.echo(
        f"{_counted(len(verdicts), 'record')}, {_counted(links, 'link')}: {links - unchecked} checked, {unchecked} not "
        f"({_counted(absent, 'original')} absent; names are compared by a person). "
        f"{_counted(len(findings) or 'No', 'finding')}."
    )
    return FAULTS if has_errors(findings) else OK


def _counted(number: int | str, word: str) -> str:
    return f"{number} {word}{'s' * (number != 1)}"


def list_sources(workspace: Workspace) -> str:
    """Every record with its coverage: lines that carry facts, and lines left out and why."""
    sources, _, wrong = read_sources(workspace)
    if has_errors(wrong):
        raise FindingsError(wrong)
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


def _spans(lines: Iterable[int]) -> str:
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
    path = workspace.seeds / f"{_id(workspace, original, id)}.yaml"
    if path.exists():
        made, text = _updated(workspace, path, original, language)
    else:
        code, words = _language(workspace, original, language)
        made = draft(path.stem, original, code, words)
        text = yaml_text(dict(made.value))
    written = replace_file(path, text)
    _tell(workspace, path, made, original, written=written)


def reading_words(workspace: Workspace, codes: Iterable[str]) -> Mapping[str, ReadingWords]:
    """The words of these languages; any other that CLDR knows is read by CLDR alone."""
    files = {code: read_language_file(workspace, code)[0] for code in {*codes} & {*known_languages(workspace)}}
    return {code: file.reading for code, file in files.items() if file and file.reading}


def _original(file: Path) -> Original:
    original = read_original(file)
    if isinstance(original, Finding):
        raise FindingsError([original])
    return original


def _id(workspace: Workspace, original: Original, given: str) -> str:
    """The id that was given; else that of the record which has this very text already; else one of the file's name."""
    try:
        return parse_id(given) if given else _known_id(workspace, original) or new_id(original.path.stem)
    except ValueError as error:
        raise FindingsError([Finding(Location("--id"), "V711", str(error), hint=f"such as {new_id(given)}")]) from None


def _language(workspace: Workspace, original: Original, given: str) -> tuple[str, ReadingWords]:
    code = given or _detected(workspace, original)
    try:
        return code, reading_words(workspace, [code]).get(code) or ReadingWords(locale=code)
    except ValueError as error:
        hint = did_you_mean(code, known_languages(workspace))
        raise FindingsError([Finding(Location(str(original.path)), "V708", str(error), hint=hint)]) from None


def _detected(workspace: Workspace, original: Original) -> str:
    known = reading_words(workspace, known_languages(workspace))
    if code := detect_language("\n".join(original.lines), known):
        return code
    hint = f"name it with --lang; known with words of their own: {', '.join(sorted(known))}"
    finding = Finding(Location(str(original.path)), "V708", "the language of this text is not clear", hint=hint)
    raise FindingsError([finding])


def _known_id(workspace: Workspace, original: Original) -> str:
    files = {path.stem: read_yaml(path).value for path in sorted(workspace.seeds.glob("*.yaml"))}
    same = (id for id, value in files.items() if isinstance(value, dict) and value.get("sha256") == original.sha256)
    return next(same, "")


def _updated(workspace: Workspace, path: Path, original: Original, language: str) -> tuple[Draft, str]:
    """The record and its text, as near to what stands there as can be; a record need not be complete yet."""
    file = read_yaml(path, workspace.shown(path))
    if not isinstance(file.value, dict) or has_errors(file.findings):
        raise FindingsError(file.findings or read_as(Source, file)[1])
    _, words = _language(workspace, original, language or str(file.value.get("language") or ""))
    try:
        made = update(file.value, original, words)
    except ValueError as error:
        faults = read_as(Source, file)[1] or (Finding(Location(workspace.shown(path)), "F004", str(error)),)
        raise FindingsError(faults) from None
    return made, _written(path, file, made)


def _written(path: Path, file: YamlFile, made: Draft) -> str:
    text = path.read_bytes().decode("utf-8-sig")
    value = dict(made.value)
    return spliced(text, file, value, made.origins) or _opening_comment(text) + yaml_text(value)


def _opening_comment(text: str) -> str:
    """The comment lines at the top of a record, which survive even where the rest is written anew."""
    lines = text.splitlines()
    count = next((number for number, line in enumerate(lines) if not line.startswith("#")), 0)
    return "".join(f"{line}\n" for line in lines[:count])


def _tell(workspace: Workspace, path: Path, made: Draft, original: Original, *, written: bool) -> None:
    shown = workspace.shown(path)
    if not written:
        click.echo(f"{shown} is of this text already; nothing has changed.")
        return
    click.echo(f"{shown}: language {made.value['language']}, {len(original.lines)} lines.")
    for said in _news(made):
        click.echo(f"  {said}")
    if not original.path.resolve().is_relative_to(workspace.originals.resolve()):
        kept = workspace.shown(workspace.originals)
        click.echo(f"Keep the text in {kept}/, so that `briefgen sources verify` finds it.")
    click.echo("Next: say what each line carries ('says', 'digest'), leave the others out, then: briefgen check")


def _news(made: Draft) -> Iterable[str]:
    """What became of the lines, and what a person has to do."""
    if made.new:
        yield f"drafted: {_spans(made.new)}"
    if made.moved:
        yield f"moved: {', '.join(_moves(made.moved))}; the facts that cite these lines must follow"
    if made.changed:
        yield f"changed: {_spans(made.changed)}; look at what was curated again"
    if made.gone:
        yield f"gone from the text, and kept: {_spans(made.gone)}; move what they say, or take them away"
    if made.undecided:
        yield f"to settle: {made.undecided}; look for 'undecided'"


def _moves(moved: Mapping[int, int]) -> Iterable[str]:
    """Lines that moved together are told together."""
    for shift in dict.fromkeys(new - old for old, new in moved.items()):
        together = [old for old, new in moved.items() if new - old == shift]
        yield f"{_spans(together)} to {_spans(old + shift for old in together)}"
