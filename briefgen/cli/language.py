"""`briefgen language`: begins a language to print."""

from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.output import echo, wrapped


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
