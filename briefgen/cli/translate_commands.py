"""The commands of `briefgen translate`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace


@click.group(invoke_without_command=True, short_help="Bring translations up to date, and look at them.")
@click.pass_context
def translate(context: click.Context) -> None:
    """Work on the catalogs: facts/locale holds the texts of the facts, templates/locale the labels.

    On its own, it does what `briefgen translate update` does.
    """
    if context.invoked_subcommand is None:
        context.invoke(update)


@translate.command(short_help="Bring the catalogs up to date with the texts.")
@click.pass_obj
def update(start: Path) -> None:
    """Bring the catalogs up to date with the texts and say how far they are.

    A text that changed keeps its translation as a guess (fuzzy) with the previous English; a guess is never printed.
    Exit code 1 while anything is left to translate.
    """
    from briefgen.cli.translating import update_all

    sys.exit(update_all(_workspace(start)))


@translate.command(short_help="Say how far each catalog is; writes nothing.")
@click.pass_obj
def status(start: Path) -> None:
    """Say how far each catalog is, as if it were up to date; writes nothing.

    Exit code 1 while anything is left to translate.
    """
    from briefgen.cli.translating import show_status

    sys.exit(show_status(_workspace(start)))


@translate.command(short_help="Make a copy that shows what is not translated.")
@click.option("--to", "folder", type=click.Path(path_type=Path), required=True, help="The folder to make.")
@click.pass_obj
def pseudo(start: Path, folder: Path) -> None:
    """Copy the workspace into a folder, in a pseudo-locale that shows what is not translated or does not fit."""
    from briefgen.cli.pseudo import make_pseudo

    make_pseudo(_workspace(start), start / folder)


@translate.command(short_help="Write a review sheet for a reader of LANGUAGE.")
@click.argument("language")
@click.option(
    "--to", "file", type=click.Path(path_type=Path), help="The file to write; default: out/review-LANGUAGE.html."
)
@click.pass_obj
def review(start: Path, language: str, file: Path | None) -> None:
    """Write a review sheet: every text in English and LANGUAGE side by side, as printed, with space for remarks.

    It is one HTML file, to be read in a browser or on paper by someone who has no editor for catalogs.
    """
    from briefgen.cli.reviewing import write_review

    workspace = _workspace(start)
    write_review(workspace, language, start / file if file else workspace.out / f"review-{language}.html")


def _workspace(start: Path) -> "Workspace":
    from briefgen.read.workspace import find_workspace

    return find_workspace(start.absolute())
