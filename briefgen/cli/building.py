"""`briefgen build`: one build for each partnership, its progress, and what was written where."""

import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from os import cpu_count
from pathlib import Path

import click

from briefgen.build import build
from briefgen.cli.show import OK, TROUBLE, show, stopped
from briefgen.cli.telling import document_lines, documents, edition_lines, unchanged_lines
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.model.formats import FORMATS
from briefgen.publish.decide import BuildRequest
from briefgen.publish.editions import Edition, current_pin
from briefgen.read.facts import partnerships, shared_ids
from briefgen.read.workspace import Workspace
from briefgen.render.workers import workers
from briefgen.tools.doctor import format_trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildOptions:
    """What was typed; nothing typed means what the settings say."""

    partnerships: tuple[str, ...]
    day: date
    today: date
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path
    strict: bool


def run(workspace: Workspace, options: BuildOptions) -> int:
    """Build, tell, and return the exit code; a partnership that cannot be built does not hold up the others."""
    orders, formats = _orders(workspace, options)
    code = TROUBLE if options.strict and formats.missing else OK
    with _executor(workspace, formats.made) as executor:
        return max([code, *(_build(request, executor) for request in orders)])


def _build(request: BuildRequest, executor: Executor) -> int:
    try:
        with _progress(request) as told:
            edition = build(request, executor, told, lambda note: show([note], request.workspace.root))
    except FindingsError as trouble:
        untouched = f"Nothing was written for {request.facts.stem}; what stood in out/ stands as it was."
        return stopped(trouble.findings, request.workspace.root, untouched)
    _tell(request, edition)
    return OK


def editions(
    workspace: Workspace, options: BuildOptions
) -> Iterator[tuple[BuildRequest, Edition | tuple[Finding, ...]]]:
    """Build one partnership after the other: its edition, or why there is none; of neither is told anything here."""
    orders, formats = _orders(workspace, options)
    with _executor(workspace, formats.made) as executor:
        for request in orders:
            try:
                edition = build(request, executor, on_note=lambda note: show([note], workspace.root))
            except FindingsError as trouble:
                yield request, trouble.findings
            else:
                yield request, edition


@dataclass(frozen=True, slots=True)
class _Formats:
    """Those this machine can make, and those it cannot."""

    made: tuple[str, ...]
    missing: tuple[str, ...] = ()


def _orders(workspace: Workspace, options: BuildOptions) -> tuple[list[BuildRequest], _Formats]:
    found = chosen(workspace, options.partnerships)
    if wrong := shared_ids(workspace):
        raise FindingsError(wrong)
    formats = _formats(workspace, options)
    return [_order(workspace, options, facts, formats) for facts in found], formats


def _order(workspace: Workspace, options: BuildOptions, facts: Path, formats: _Formats) -> BuildRequest:
    settings = workspace.settings
    return BuildRequest(
        workspace=workspace,
        facts=facts,
        day=options.day,
        today=options.today,
        languages=_among(options.languages, settings.languages, "language"),
        documents=_among(options.documents, settings.documents, "document"),
        formats=formats.made,
        missing=formats.missing,
        out=options.out,
        strict=options.strict,
    )


def _among(asked: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """What was asked for, in the order of the settings; all of it where nothing was asked for."""
    for word in asked:
        if word not in known:
            raise click.UsageError(f"the settings name no {what} '{word}'; {did_you_mean(word, known)}")
    return tuple(each for each in known if not asked or each in asked)


def chosen(workspace: Workspace, names: tuple[str, ...]) -> Iterable[Path]:
    """The facts of these partnerships, or of all; FindingsError where one is not there."""
    found = {path.stem: path for path in partnerships(workspace)}
    for name in names:
        if name not in found:
            finding = Finding(
                Location("facts"), "W004", f"there is no facts file '{name}'", hint=did_you_mean(name, found)
            )
            raise FindingsError([finding])
    return [found[name] for name in names or found]


def _formats(workspace: Workspace, options: BuildOptions) -> _Formats:
    """Without its libraries a format cannot be made; the others still are, and FindingsError is raised without any."""
    formats = _among(options.formats, workspace.settings.formats, "format")
    missing = {each: trouble for each in formats if (trouble := format_trouble(each))}
    made = tuple(each for each in formats if each not in missing)
    if not made:
        machine = Location("this machine")
        raise FindingsError(Finding(machine, "P507", each.detail, hint=each.fix) for each in missing.values())
    for format, trouble in missing.items():
        click.secho(f"No {format.upper()}s: {trouble.detail}. To mend it: {trouble.fix}", fg="yellow", err=True)
    if missing and not options.formats:
        names = ", ".join(f'"{each}"' for each in made)
        click.echo(f"If this desk wants none, write in the settings: formats = [{names}]", err=True)
    return _Formats(made, tuple(missing))


@contextmanager
def _executor(workspace: Workspace, formats: tuple[str, ...]) -> Iterator[Executor]:
    settings = workspace.settings
    modules = tuple(FORMATS[each].module for each in formats)
    with workers(cpu_count() or 1, settings.seconds_per_document, settings.megabytes_per_document, modules) as executor:
        yield executor


@contextmanager
def _progress(request: BuildRequest) -> Iterator[Callable[[str], None]]:
    """On a terminal a bar; elsewhere silence."""
    length = len(request.documents) * len(request.languages) * len(request.formats)
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=request.facts.stem, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _tell(request: BuildRequest, edition: Edition) -> None:
    """What was written and where, for a person."""
    for line in _lines(request, edition):
        click.echo(line)


def _lines(request: BuildRequest, edition: Edition) -> Iterator[str]:
    name = request.facts.stem
    if not edition.new:
        yield from unchanged_lines(name, edition, edition.manifest.next_change, current_pin(edition.outdir))
    elif edition.manifest.edition is not None:
        yield from edition_lines(name, edition)
    elif request.reconstruction:
        yield f"{name}: reconstruction as of {request.day}, {len(documents(edition))} documents."
        yield from document_lines(edition)
    else:
        kept = ", which has the formats this machine cannot make," if request.whole else ""
        yield f"{name}: {len(documents(edition))} documents; a part, so the newest edition{kept} stays as it is."
        yield from document_lines(edition)
