"""The commands of `briefgen template`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace


_HELP = """\
Work on templates: the files that the pages are made with.

\b
Those that come with the program are used until your workspace has a file of the same name:
  briefgen template list                what there is, and what of it is your own
  briefgen template eject look.yaml     get a copy of one to change it
  briefgen template check               try every page; nothing is published
  briefgen template compare look.yaml   what you changed
  briefgen template reset look.yaml     undo: the shipped one counts again, yours is kept

Most wishes (colours, logo, order of sections, contact) need look.yaml alone.
"""


@click.group(help=_HELP, short_help="See, take, compare and check the files the pages are made with.")
def template() -> None:
    """The files that the pages are made with."""


@template.command("list", short_help="List all templates, and which are your own.")
@click.pass_obj
def list_templates(start: Path) -> None:
    """List every template, part, style sheet and language: shipped, your own, or your own and changed."""
    from briefgen.cli.templating import show_list

    show_list(_workspace(start))


@template.command("eject", short_help="Get a copy of a template to change it.")
@click.argument("name")
@click.pass_obj
def eject(start: Path, name: str) -> None:
    """Copy the shipped template NAME into your templates/ folder, where you can change it.

    A file of yours that is there already is never written over. NAME may be short: look, masthead, full-briefing.
    """
    from briefgen.cli.templating import take

    take(_workspace(start), name)


@template.command("compare", short_help="Tell what you changed in your templates.")
@click.argument("name", required=False, default="")
@click.pass_obj
def compare(start: Path, name: str) -> None:
    """Tell line by line how your template NAME differs from the shipped one (default: all of yours).

    It also tells where the shipped one has changed since you took yours.
    """
    from briefgen.cli.templating import show_differences

    show_differences(_workspace(start), name)


@template.command("check", short_help="Try every page in every language; publish nothing.")
@click.pass_obj
def check(start: Path) -> None:
    """Make every document in every language from your facts, for screen and paper, and publish nothing.

    A mistake is told with its file, its line and the nearest right word. Exit code 1 where there is one.
    """
    from briefgen.cli.clock import now
    from briefgen.cli.template_checking import check_templates_with_facts

    workspace = _workspace(start)
    sys.exit(check_templates_with_facts(workspace, now(workspace).date()))


@template.command("reset", short_help="Undo: go back to the shipped template.")
@click.argument("name")
@click.pass_obj
def reset(start: Path, name: str) -> None:
    """Go back to the shipped template NAME. Yours is not lost: it is kept beside it as NAME.bak."""
    from briefgen.cli.templating import give_back

    give_back(_workspace(start), name)


def _workspace(start: Path) -> "Workspace":
    from briefgen.read.workspace import find_workspace

    return find_workspace(start.absolute())
