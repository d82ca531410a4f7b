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

from briefgen.build import Order, build
from briefgen.cli.show import OK, TROUBLE, stopped
from briefgen.doctor import pdf_trouble
from briefgen.facts import partnerships
from briefgen.findings import Finding, NothingToGoOnWith, Place, did_you_mean
from briefgen.publish import Edition
from briefgen.render import FORMATS
from briefgen.workers import PRELOADED, workers
from briefgen.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was typed; nothing typed means what the settings say."""

    partnerships: tuple[str, ...]
    day: date
    today: date
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path
    strict: bool


def run(workspace: Workspace, request: Request) -> int:
    """Build, tell, and return the exit code; a partnership that cannot be built does not hold up the others."""
    formats, code = _formats(workspace, request)
    orders = [_order(workspace, request, facts, formats) for facts in _chosen(workspace, request.partnerships)]
    with _executor(workspace, formats) as executor:
        return max([code, *(_build(order, executor) for order in orders)])


def _build(order: Order, executor: Executor) -> int:
    try:
        with _progress(order) as told:
            edition = build(order, executor, told)
    except NothingToGoOnWith as trouble:
        untouched = f"Nothing was written for {order.facts.stem}; what stood in out/ stands as it was."
        return stopped(trouble.findings, order.workspace.root, untouched)
    _tell(order, edition)
    return OK


def _order(workspace: Workspace, request: Request, facts: Path, formats: tuple[str, ...]) -> Order:
    settings = workspace.settings
    return Order(
        workspace=workspace,
        facts=facts,
        day=request.day,
        today=request.today,
        languages=_among(request.languages, settings.languages, "language"),
        documents=_among(request.documents, settings.documents, "document"),
        formats=formats,
        out=request.out,
        strict=request.strict,
    )


def _among(asked: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    """What was asked for, in the order of the settings; all of it where nothing was asked for."""
    for word in asked:
        if word not in known:
            raise click.UsageError(f"the settings name no {what} '{word}'; {did_you_mean(word, known)}")
    return tuple(each for each in known if not asked or each in asked)


def _chosen(workspace: Workspace, names: tuple[str, ...]) -> Iterable[Path]:
    found = {path.stem: path for path in partnerships(workspace)}
    for name in names:
        if name not in found:
            finding = Finding(
                Place("facts"), "W004", f"there is no facts file '{name}'", hint=did_you_mean(name, found)
            )
            raise NothingToGoOnWith([finding])
    return [found[name] for name in names or found]


def _formats(workspace: Workspace, request: Request) -> tuple[tuple[str, ...], int]:
    """Without its libraries no PDF can be made: HTML still is, unless PDF is what was asked for."""
    formats = _among(request.formats, workspace.settings.formats, "format")
    trouble = pdf_trouble() if "pdf" in formats else None
    if trouble is None:
        return formats, OK
    rest = tuple(each for each in formats if each != "pdf")
    if not rest:
        raise NothingToGoOnWith([Finding(Place("this machine"), "P507", trouble.detail, hint=trouble.fix)])
    click.secho(f"No PDFs: {trouble.detail}. To mend it: {trouble.fix}", fg="yellow", err=True)
    return rest, TROUBLE if request.strict else OK


@contextmanager
def _executor(workspace: Workspace, formats: tuple[str, ...]) -> Iterator[Executor]:
    settings = workspace.settings
    preload = (*PRELOADED, "briefgen.to_pdf") if "pdf" in formats else PRELOADED
    with workers(cpu_count() or 1, settings.seconds_per_document, settings.megabytes_per_document, preload) as executor:
        yield executor


@contextmanager
def _progress(order: Order) -> Iterator[Callable[[str], None]]:
    """On a terminal a bar; elsewhere silence."""
    length = len(order.documents) * len(order.languages) * len(order.formats)
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    with click.progressbar(length=length, label=order.facts.stem, file=sys.stderr) as bar:
        yield lambda _: bar.update(1)


def _tell(order: Order, edition: Edition) -> None:
    """What was written and where, for a person."""
    manifest = edition.manifest
    next_change = manifest["next_change"]
    soon = f" Next expected change: {next_change}." if next_change else ""
    if not edition.new:
        click.echo(f"{order.facts.stem}: nothing has changed since edition {manifest['edition']}.{soon}")
    elif order.reconstruction:
        click.echo(f"{order.facts.stem}: reconstruction as of {order.day}, {len(_documents(edition))} documents.")
    elif not order.whole:
        click.echo(
            f"{order.facts.stem}: {len(_documents(edition))} documents; a part, so the newest edition stays as it is."
        )
    else:
        click.echo(f"{order.facts.stem}: edition {manifest['edition']}, {len(_documents(edition))} documents.{soon}")
    for file in _documents(edition):
        click.echo(f"  {_shown(file)}")


def _documents(edition: Edition) -> list[Path]:
    return [file for file in edition.files if file.suffix.removeprefix(".") in FORMATS]


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
