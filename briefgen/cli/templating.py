"""`briefgen template list`, `eject`, `compare` and `reset`, as a person reads them."""

import click

from briefgen.read.workspace import Workspace
from briefgen.tools.templates import (
    Standing,
    Template,
    differences,
    eject,
    find_template,
    is_laid_over,
    reset,
    templates,
)

_LEGEND = "Lines with - stand in the shipped file only, lines with + in yours."
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


def show_list(workspace: Workspace) -> None:
    """Every template with whose it is."""
    found = templates(workspace)
    width = max(len(each.name) for each in found)
    for each in found:
        own = each.standing is not Standing.SHIPPED
        click.echo(f"{click.style(each.name.ljust(width), bold=own)}  {each.standing}")
    if not is_laid_over(workspace):
        click.echo("\nThis is the program's own workspace: its templates/ are the shipped ones. Edit them as they are.")
    else:
        click.echo("\nTo change one, get a copy of it: briefgen template eject NAME")


def take(workspace: Workspace, name: str) -> None:
    """Copy one, and say what to do with it."""
    copy = workspace.shown(eject(workspace, name))
    click.echo(
        f"Copied to {copy}. Next:\n\n"
        f"  change it in your editor\n"
        f"  briefgen template check        try every page; mistakes are told with their line\n"
        f"  briefgen build                 make the briefings\n\n"
        f"To undo: briefgen template reset {name}"
    )


def give_back(workspace: Workspace, name: str) -> None:
    """Put the own one aside, and say where it went."""
    aside = reset(workspace, name)
    click.echo(f"The shipped one counts again. Yours is kept as {workspace.shown(aside)}.")


def show_differences(workspace: Workspace, name: str) -> None:
    """One template, or all that are the workspace's own."""
    asked = [find_template(workspace, name)] if name else [each for each in templates(workspace) if each.own]
    if not asked:
        click.echo("Every template is as it comes with the program.")
    for each in asked:
        _show(each)


def _show(template: Template) -> None:
    click.echo(f"{click.style(template.name, bold=True)}: {template.standing}.")
    if template.standing is Standing.BEHIND:
        click.echo("What is new in the shipped file is among the lines with -: see whether you want it in yours.")
    lines = list(differences(template))
    for line in ([_LEGEND] if lines else []) + lines:
        click.echo("  " + click.style(line, fg=_COLOURS.get(line[:1])))
