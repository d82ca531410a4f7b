"""`briefgen template`."""

import sys
from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, echo, show, styled
from briefgen.model.findings import Finding, has_errors, plural

_HELP = """\
Work on templates: the files that the pages are made with.

\b
The program's own files are used unless your workspace has a file of the same name:
  briefgen template list                which there are, and which are your own
  briefgen template eject look.yaml     get a copy of one to change it
  briefgen template check               try every page; nothing is published
  briefgen template compare look.yaml   what you changed, and what an update of the program did
  briefgen template merge look.yaml     take over what is new in the shipped file
  briefgen template reset look.yaml     undo: the shipped one is used again, yours is kept

Most changes (colours, logo, order of sections, contact) need only look.yaml.
"""
_LEGEND = "Lines with - are only in the shipped file, lines with + only in yours."
_THREE_WAYS = "Lines with - are as the shipped file was when you took it, lines with + as they have become."
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


@click.group(help=_HELP, short_help="List, copy, compare and check the files the pages are made with.")
def template() -> None:
    """Work on the files that the pages are made with."""


@template.command("list", short_help="List all templates, and which are your own.")
@click.pass_obj
def list_templates(start: Path) -> None:
    """List every template, part, style sheet and language: shipped, your own, or your own and changed."""
    from briefgen.tools.templates import OverrideStatus, is_overriding, templates

    workspace = options.find(start)
    found = templates(workspace)
    width = max(len(each.name) for each in found)
    for each in found:
        own = each.status is not OverrideStatus.SHIPPED
        echo(f"{styled(each.name.ljust(width), bold=own)}  {each.status}")
    if is_overriding(workspace):
        echo("\nTo change one, get a copy of it: briefgen template eject NAME")
    else:
        echo("\nThis is the program's own workspace: its templates/ are the shipped ones. Edit them directly.")


@template.command("eject", short_help="Get a copy of a template to change it.")
@click.argument("name")
@click.option("--block", "blocks", multiple=True, metavar="BLOCK", help="Only this block of it.")
@click.pass_obj
def eject_template(start: Path, name: str, blocks: tuple[str, ...]) -> None:
    """Copy the shipped template NAME into your templates/ folder, where you can change it.

    A file of yours is never overwritten. NAME may be short: look, masthead, full-briefing. With --block, your file
    holds that block alone and follows the program's updates in all the rest.
    """
    from briefgen.tools.templates import eject

    workspace = options.find(start)
    copy = eject(workspace, name, blocks)
    echo(
        f"Copied to {workspace.shown(copy)}. Next:\n\n"
        f"  change it in your editor\n"
        f"  briefgen template check        try every page; mistakes are shown with their line\n"
        f"  briefgen build                 make the briefings\n\n"
        f"To undo: briefgen template reset {name}"
    )


@template.command("blocks", short_help="List the blocks of a template, which can be changed one by one.")
@click.argument("name", required=False, default="")
@click.pass_obj
def list_blocks(start: Path, name: str) -> None:
    """List the blocks of the shipped template NAME, or of all, with what each prints.

    To change one: briefgen template eject NAME --block BLOCK
    """
    from briefgen.tools.templates import blocks_of, named

    for each in named(options.find(start), name):
        found = blocks_of(each)
        if found or name:
            echo(f"{styled(each.name, bold=True)}: {', '.join(found) or 'no blocks'}")


@template.command("names", short_help="List every name that a template may use.")
@click.argument("word", required=False, default="")
def list_names(word: str) -> None:
    """List every name that a template may use, with what it holds; with WORD, only what has it in its name."""
    from briefgen.tools.names import matching

    for view in matching(word):
        echo(f"{styled(view.name, bold=True)}: {view.says}")
        width = max(len(each.name) for each in view.names)
        for each in view.names:
            echo(f"  {each.name.ljust(width)}  {each.kind}{f': {each.says}' if each.says else ''}")
        echo()


@template.command("labels", short_help="List the words of the pages in a language.")
@click.argument("language")
@click.pass_obj
def list_labels(start: Path, language: str) -> None:
    """List the words of the pages in English, and below each what LANGUAGE (such as ko) has for it.

    To change one, write it into templates/locale/LANGUAGE.po; for English too.
    """
    from briefgen.tools.names import labels

    for english, text in labels(options.find(start), language).items():
        echo(english)
        echo(f"    {text or '(no translation)'}")


@template.command("compare", short_help="Show what you changed in your templates.")
@click.argument("name", required=False, default="")
@click.pass_obj
def compare(start: Path, name: str) -> None:
    """Show line by line how your template NAME differs from the shipped one (default: all of yours).

    If the shipped one has changed since you copied it, it shows three ways: what is new in the shipped one, and what
    you have changed.
    """
    from briefgen.tools.take_over import three_ways
    from briefgen.tools.templates import OverrideStatus, differences, named

    asked = [each for each in named(options.find(start), name) if name or each.own]
    if not asked:
        echo("Every template is as shipped with the program.")
    for each in asked:
        echo(f"{styled(each.name, bold=True)}: {each.status}.")
        behind = each.status is OverrideStatus.BEHIND
        three = [*three_ways(each)] if behind else []
        if behind and not three:
            new = "What is new in the shipped file is among the lines with -"
            echo(f"{new}: decide whether you want it in yours.")
        lines = three or [*differences(each)]
        for line in [_THREE_WAYS if three else _LEGEND, *lines] if lines else []:
            echo("  " + styled(line, fg=_COLOURS.get(line.lstrip(" ")[:1])))
        if three:
            echo(f"  To take over what is new: briefgen template merge {each.name}")


@template.command("merge", short_help="Take over what is new in a shipped template into yours.")
@click.argument("name", required=False, default="")
@click.option("--keep-mine", is_flag=True, help="Where both have changed the same lines, yours are right for good.")
@click.pass_obj
def merge(start: Path, name: str, keep_mine: bool) -> None:
    """Take over into your template NAME (default: all of yours) what an update has changed in the shipped one.

    Lines that you have changed stay as they are; where the update has changed the same lines, each place is named, and
    named again by the next merge until you have settled it. Your file is kept as it was beside it as NAME.bak.
    """
    from briefgen.tools.take_over import take_over
    from briefgen.tools.templates import OverrideStatus, named

    workspace = options.find(start)
    behind = [each for each in named(workspace, name) if each.status is OverrideStatus.BEHIND]
    if not behind:
        echo("There is nothing to take over: no shipped file has changed since you took your copy of it.")
    conflicts: list[Finding] = []
    for each in behind:
        done = take_over(workspace, each, keep_mine=keep_mine)
        conflicts += done.conflicts
        kept = f"; yours as it was is kept as {workspace.shown(done.kept_as)}" if done.kept_as else ""
        echo(f"{styled(each.name, bold=True)}: {plural(done.taken, 'change')} taken over{kept}.")
    show(conflicts, workspace.root)
    if conflicts:
        left = plural(len(conflicts), "place")
        echo(f"{left} left to you: both you and the update have changed the same lines. Yours were kept.")
    if behind:
        echo("Try it: briefgen template check")
    sys.exit(FAULTS if conflicts else OK)


@template.command("check", short_help="Try every page in every language; publish nothing.")
@click.option("--screen-only", is_flag=True, help="Lay out no paper: done sooner, and finds less.")
@click.pass_obj
def check(start: Path, screen_only: bool) -> None:
    """Make every document in every language from your facts, for screen and paper, and publish nothing.

    A mistake is shown with its file, its line and the nearest correct word, once wherever it shows. Exit code 1 if
    there is one that would stop a build.
    """
    from briefgen.tools.building import try_templates

    workspace = options.find(start)
    findings, made = try_templates(workspace, options.current_time(workspace).date(), paper=not screen_only)
    show(findings, workspace.root)
    found = plural(len(findings), "finding") if findings else "no findings"
    echo(f"{plural(made, 'page')} tried, {found}. Nothing was published.")
    sys.exit(FAULTS if has_errors(findings) else OK)


@template.command("reset", short_help="Undo: go back to the shipped template.")
@click.argument("name")
@click.pass_obj
def reset_template(start: Path, name: str) -> None:
    """Go back to the shipped template NAME. Yours is not lost: it is kept beside it as NAME.bak."""
    from briefgen.tools.templates import reset

    workspace = options.find(start)
    echo(f"The shipped one is used again. Yours is kept as {workspace.shown(reset(workspace, name))}.")
