"""`briefgen translate`: catalogs brought up to date, and how far they are."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from briefgen.cli.show import FAULTS, OK
from briefgen.cli.writing import replace_file
from briefgen.localise.labels import Label
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding, FindingsError, Location, has_errors
from briefgen.model.page import TemplateError
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.languages import BASE, read_languages
from briefgen.read.workspace import Workspace
from briefgen.tools.translations import Merged, Progress, Text, entries, merge

Catalogs = list[tuple[str, Path, Merged]]
"""The language, the file, and what it should say."""


def update_all(workspace: Workspace) -> int:
    """Bring every catalog of the workspace up to date, print a table, and return the exit code."""
    catalogs = _merged(workspace)
    for _, path, merged in catalogs:
        replace_file(path, merged.catalog)
    return _tell(workspace, catalogs)


def show_status(workspace: Workspace) -> int:
    """Print the same table as if all catalogs were up to date, and write nothing."""
    return _tell(workspace, _merged(workspace))


def texts_of_facts(workspace: Workspace) -> Iterator[Text]:
    """The texts of all partnerships; those of records they share come once."""
    seen: set[str] = set()
    for path in partnerships(workspace):
        _, texts = texts_of(workspace, path)
        yield from (text for text in texts if text.context not in seen)
        seen |= {text.context for text in texts}


def texts_of(workspace: Workspace, facts: Path) -> tuple[FactBook, tuple[Text, ...]]:
    """The facts of one partnership, and their texts; FindingsError where they cannot be read."""
    book, findings = read_facts(workspace, facts)
    if book is None:
        raise FindingsError(each for each in findings if has_errors([each]))
    texts = (Text(context=each.context, english=each.text, location=each.location) for each in book.messages())
    return book, tuple(texts)


def every_label(workspace: Workspace) -> tuple[Text, ...]:
    """The labels of all templates, shipped or the workspace's own, and those of the program."""
    used = _used(workspace)
    return tuple(_labels({**used, **{label: used.get(label) for label in Label}}, workspace))


def own_labels(workspace: Workspace, code: str) -> tuple[Text, ...]:
    """Labels for which the program ships no translation, and those that this workspace words in a way of its own.

    Where it holds the shipped templates, that is all of them.
    """
    labels, folders = every_label(workspace), workspace.template_folders
    if len(folders) == 1:
        return labels
    own, shipped = (entries(catalog_text(folder, code), labels) for folder in folders)
    found = zip(labels, own, shipped, strict=True)
    return tuple(label for label, here, there in found if here.translation or not there.done)


def catalog_text(folder: Path, code: str) -> str:
    """The catalog of a folder as it stands; empty where there is none."""
    path = folder / "locale" / f"{code}.po"
    return path.read_text(encoding="utf-8-sig") if path.is_file() else ""


def _labels(used: Mapping[str, Path | None], workspace: Workspace) -> Iterator[Text]:
    for label, path in used.items():
        yield Text(context="", english=label, location=Location(_called(workspace, path) if path else ""))


def _called(workspace: Workspace, path: Path) -> str:
    """A template by its name, wherever on this machine the shipped ones are."""
    folder = next(folder for folder in workspace.template_folders if path.is_relative_to(folder))
    return f"templates/{path.relative_to(folder)}"


def _used(workspace: Workspace) -> dict[str, Path]:
    """Every label of the templates with the first that asks for it."""
    from briefgen.render.html import labels_used

    used: dict[str, Path] = {}
    try:
        for path, _, label in labels_used(workspace.template_folders):
            used.setdefault(label, path)
    except TemplateError as trouble:
        location = Location(trouble.file, trouble.line)
        raise FindingsError([Finding(location, "R401", trouble.message, hint=trouble.hint)]) from None
    return used


def _merged(workspace: Workspace) -> Catalogs:
    """Every catalog as it should be; nothing is written before all of them could be read."""
    facts = tuple(texts_of_facts(workspace))
    codes = [code for code in workspace.settings.languages if code != BASE]
    _refuse_broken(workspace, codes)
    return [
        (code, folder / "locale" / f"{code}.po", _merge(workspace, folder, code, texts))
        for code in codes
        for folder, texts in ((workspace.root / "templates", own_labels(workspace, code)), (workspace.facts, facts))
        if texts or catalog_text(folder, code)
    ]


def _refuse_broken(workspace: Workspace, codes: Iterable[str]) -> None:
    """A line that is none of a catalog would be lost when the catalog is written anew."""
    try:
        read_languages(workspace, codes, workspace.facts / "locale")
    except FindingsError as trouble:
        if broken := [finding for finding in trouble.findings if finding.code == "T305"]:
            raise FindingsError(broken) from None


def _merge(workspace: Workspace, folder: Path, code: str, texts: Iterable[Text]) -> Merged:
    try:
        return merge(catalog_text(folder, code), code, texts)
    except ValueError as error:
        location = Location(workspace.shown(folder / "locale" / f"{code}.po"))
        raise FindingsError([Finding(location, "T305", f"cannot be brought up to date: {error}")]) from None


def _tell(workspace: Workspace, catalogs: Catalogs) -> int:
    """The table; the exit code says whether anything is left to translate."""
    if not catalogs:
        click.echo(f"The settings name no language to translate into; add one to: languages = ['{BASE}', ...]")
    else:
        click.echo(f"{'catalog':<26} {'done':>6} {'translated':>11} {'fuzzy':>6} {'missing':>8} {'words left':>11}")
    for _, path, merged in catalogs:
        click.echo(_row(workspace.shown(path), merged.progress))
    return OK if all(merged.progress.percent == 100 for _, _, merged in catalogs) else FAULTS


def _row(name: str, found: Progress) -> str:
    return (
        f"{name:<26} {found.percent:>4} % {found.translated:>11} {found.fuzzy:>6} {found.missing:>8}"
        f" {found.words_left:>11}"
    )
