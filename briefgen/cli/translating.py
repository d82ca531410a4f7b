"""`briefgen translate`: catalogs brought up to date, and how far they are."""

from collections.abc import Iterator
from pathlib import Path

import click

from briefgen.catalogs import BASE
from briefgen.cli.show import FAULTS, OK
from briefgen.facts import partnerships, read_facts
from briefgen.findings import Finding, NothingToGoOnWith, Place, has_errors
from briefgen.localise.labels import Label
from briefgen.model.job import TemplateTrouble
from briefgen.translating import Progress, Text, update_catalog
from briefgen.workspace import Workspace


def update_all(workspace: Workspace) -> int:
    """Bring every catalog of the workspace up to date, print a table, and return the exit code."""
    facts, labels = tuple(_fact_texts(workspace)), tuple(_labels(workspace))
    rows = []
    for code in (code for code in workspace.settings.languages if code != BASE):
        for folder, texts in (("templates", labels), ("facts", facts)):
            path = workspace.root / folder / "locale" / f"{code}.po"
            if texts:
                rows.append((workspace.shown(path), _update(workspace, path, code, texts)))
    for name, progress in rows:
        click.echo(_row(name, progress))
    return OK if all(progress.percent == 100 for _, progress in rows) else FAULTS


def _update(workspace: Workspace, path: Path, code: str, texts: tuple[Text, ...]) -> Progress:
    try:
        return update_catalog(path, code, texts)
    except (OSError, ValueError) as error:
        finding = Finding(Place(workspace.shown(path)), "T305", f"cannot be brought up to date: {error}")
        raise NothingToGoOnWith([finding]) from None


def _row(name: str, progress: Progress) -> str:
    counts = f"{progress.translated} translated, {progress.fuzzy} fuzzy, {progress.missing} missing"
    return f"{name:<26} {progress.percent:>3} %  {counts}, {progress.words_left} words left"


def _fact_texts(workspace: Workspace) -> Iterator[Text]:
    """The texts of all partnerships; records they share come once."""
    seen: set[str] = set()
    for path in partnerships(workspace):
        book, findings = read_facts(workspace, path)
        if book is None:
            raise NothingToGoOnWith(each for each in findings if has_errors([each]))
        for message in book.messages():
            if message.context not in seen:
                seen.add(message.context)
                yield Text(context=message.context, english=message.text, place=message.place)


def _labels(workspace: Workspace) -> Iterator[Text]:
    """Labels that this workspace can translate: those of the program where it holds the shipped templates, and those
    of its own templates.
    """
    from briefgen.to_html import labels_used

    own = workspace.root / "templates"
    try:
        used = [(path, line, label) for path, line, label in labels_used(workspace.template_folders)]
    except TemplateTrouble as trouble:
        raise NothingToGoOnWith(
            [Finding(Place(trouble.file, trouble.line), "R401", trouble.message, hint=trouble.hint)]
        ) from None
    shipped = len(workspace.template_folders) == 1
    seen: set[str] = set()
    for path, _, label in used:
        if path.is_relative_to(own) and label not in seen:
            seen.add(label)
            yield Text(context="", english=label, place=Place(workspace.shown(path)))
    if shipped:
        yield from (Text(context="", english=label, place=Place("")) for label in Label if label not in seen)
