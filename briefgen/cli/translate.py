"""`briefgen translate`: brings catalogs up to date, and prepares them for reviewers; `briefgen language` begins one."""

import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, echo, stopped, wrapped

if TYPE_CHECKING:
    from briefgen.model.findings import Finding
    from briefgen.read.workspace import Workspace
    from briefgen.tools.translations import Update


@click.group(invoke_without_command=True, short_help="Bring translations up to date and review them.")
@click.pass_context
def translate(context: click.Context) -> None:
    """Work on the catalogs: facts/locale holds the texts of the facts, templates/locale the labels.

    Of several partnerships each has its texts in facts/locale/PARTNERSHIP; what they have in common may be shared.

    On its own, it does what `briefgen translate update` does.
    """
    if context.invoked_subcommand is None:
        context.invoke(update)


@translate.command(short_help="Bring the catalogs up to date with the texts.")
@click.pass_obj
def update(start: Path) -> None:
    """Bring the catalogs up to date with the texts and show their progress.

    A text that changed keeps its translation as a guess (fuzzy) with the previous English; a guess is never printed.
    Exit code 1 while anything is left to translate.
    """
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.translations import catalog_updates

    workspace = options.find(start)
    updates, faults = catalog_updates(workspace)
    for each in (each for each in updates if each.text):
        replace_file(each.path, each.text.encode(), workspace.root)
    sys.exit(_show_progress(workspace, updates, faults))


@translate.command(short_help="Show the progress of each catalog; writes nothing.")
@click.pass_obj
def status(start: Path) -> None:
    """Show the progress of each catalog, as if it were up to date; writes nothing.

    Exit code 1 while anything is left to translate.
    """
    from briefgen.tools.translations import catalog_updates

    workspace = options.find(start)
    sys.exit(_show_progress(workspace, *catalog_updates(workspace)))


@translate.command(short_help="Make a copy that shows what is not translated.")
@click.option("--to", "folder", type=options.PATH, required=True, help="The folder to make.")
@click.pass_obj
def pseudo(start: Path, folder: Path) -> None:
    """Copy the workspace into a folder, in a pseudo-locale that shows what is not translated or does not fit."""
    from shlex import quote

    from briefgen.tools.new_language import CODE, make_pseudo_workspace

    folder = start / folder
    make_pseudo_workspace(options.find(start), folder)
    build = f"briefgen -C {quote(str(folder))} build"
    echo(f"Made {folder}. Build it and look at its '{CODE}' documents:\n\n  {build}\n")
    echo("A text without [brackets] is not translated; one that lacks its last bracket is clipped.")


@translate.command(short_help="Write a review sheet for a reader of LANGUAGE.")
@click.argument("language")
@click.option("--to", "file", type=options.PATH, help="The file to write; default: out/review-LANGUAGE.html.")
@click.pass_obj
def review(start: Path, language: str, file: Path | None) -> None:
    """Write a review sheet: every text in English and LANGUAGE side by side, as printed, with space for remarks.

    It is a single HTML file, to be read in a browser or on paper by people who have no editor for catalogs.
    """
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.review_sheet import review_sheet

    workspace = options.find(start)
    path = start / file if file else workspace.out / f"review-{language}.html"
    replace_file(path, review_sheet(workspace, language).encode())
    echo(f"Wrote {path}: open it in a browser, or print it.")


def _show_progress(workspace: "Workspace", updates: Iterable["Update"], faults: Collection["Finding"]) -> int:
    """Print how much of each catalog is translated, those of a partnership with what is shared; return the exit code.

    Below it stands why facts cannot be read. The code is 1 if anything is left.
    """
    counted = [each for each in updates if each.progress.total]
    if counted:
        width = max(26, *(len(workspace.shown(each.path)) for each in counted))
        echo(f"{'catalog':<{width}} {'done':>6} {'translated':>11} {'fuzzy':>6} {'missing':>8} {'words left':>11}")
    else:
        echo("The settings name no language to translate into; add one to: languages = ['en', ...]")
    for each in counted:
        found = each.progress
        echo(
            f"{workspace.shown(each.path):<{width}} {found.percent:>4} % {found.translated:>11} {found.fuzzy:>6}"
            f" {found.missing:>8} {found.words_left:>11}"
        )
    if faults:
        return stopped(faults, workspace.root, "Nothing of the shared catalogs was moved; the others are up to date.")
    return OK if all(each.progress.percent == 100 for each in counted) else FAULTS


@click.group(short_help="Begin a language to print.")
def language() -> None:
    """Work on the languages that briefings are printed in."""


@language.command(short_help="Draft a language's file from CLDR.")
@click.argument("code")
@click.pass_obj
def new(start: Path, code: str) -> None:
    """Draft templates/languages/CODE.yaml: months, plural categories, number marks, scale words, currencies from CLDR.

    Every other phrase is still English; which ones, and what else a person must do, is listed.
    """
    from briefgen.publish.atomic import make_folder, replace_file
    from briefgen.tools.new_language import draft_language

    workspace = options.find(start)
    draft = draft_language(workspace, code)
    path = workspace.root / "templates" / "languages" / f"{code}.yaml"
    make_folder(path.parent)
    replace_file(path, draft.text.encode(), workspace.root)
    echo(f"{workspace.shown(path)}: a draft of {draft.name}. What a person must decide:\n")
    echo(f"  {len(draft.open_keys)} phrases that are still English:")
    echo(wrapped(", ".join(draft.open_keys), indent=4))
    echo("  whether the first of a month has a word of its own (dates.first_day: 1er), and what is said after millions")
    echo("    (many: {number} de personnes)")
    echo(
        f"  the labels of the pages: add '{code}' to the languages in the settings, run briefgen translate, and fill in"
    )
    echo(f"    templates/locale/{code}.po; a label that is missing stops the build")
    echo(f"  the texts of the facts: facts/locale/{code}.po")
    echo("  under 'reading': the words by which figures are read in sources, as nl.yaml has them; they may be left out")
