"""`briefgen template`, `translate` and `language`: the files that pages are made with, and catalogs."""

import sys
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import FAULTS, OK
from briefgen.cli.output import PATH, Group, Here, echo, show, stopped, styled, wrapped
from briefgen.model.findings import Finding, errors, plural

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace
    from briefgen.tools.translations import Update

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
_NEXT = """\
  change it in your editor
  briefgen template check        try every page; mistakes are shown with their line
  briefgen build                 make the briefings
"""
_DECIDE = """\
  whether the first of a month has a word of its own (dates.first_day: 1er), and what is said after millions
    (many: {{number}} de personnes)
  the labels of the pages: add '{code}' to the languages in the settings, run briefgen translate, and fill in
    templates/locale/{code}.po; a label that is missing stops the build
  the texts of the facts: facts/locale/{code}.po
  a font, where the shipped one lacks its letters: its files go into templates/fonts; the build names the letters
  under 'reading': the words by which figures are read in sources; each key is explained there, and may be left out"""
_TURN = """
  how currencies are named in its own letters (money.currencies): US$ and the like take what follows them, such as a
    year in brackets, to their other side"""
_COLOURS = {"-": "red", "+": "green", "@": "cyan"}


@click.group(cls=Group, help=_HELP, short_help="List, copy, compare and check the files the pages are made with.")
def template() -> None:
    """Work on the files that the pages are made with."""


@template.command("list", short_help="List all templates, and which are your own.")
@click.pass_obj
def list_templates(here: Here) -> None:
    """List every template, part, style sheet and language: shipped, your own, or your own and changed."""
    from briefgen.tools.templates import OverrideStatus, is_overriding, templates

    workspace = here.workspace
    found = templates(workspace)
    width = max(len(each.name) for each in found)
    for each in found:
        echo(f"{styled(each.name.ljust(width), bold=each.status is not OverrideStatus.SHIPPED)}  {each.status}")
    if is_overriding(workspace):
        echo("\nTo change one, get a copy of it: briefgen template eject NAME")
    else:
        echo("\nThis is the program's own workspace: its templates/ are the shipped ones. Edit them directly.")


@template.command("eject", short_help="Get a copy of a template to change it.")
@click.argument("name")
@click.option("--block", "blocks", multiple=True, metavar="BLOCK", help="Only this block of it.")
@click.pass_obj
def eject_template(here: Here, name: str, blocks: tuple[str, ...]) -> None:
    """Copy the shipped template NAME into your templates/ folder, where you can change it.

    A file of yours is never overwritten. NAME may be short: look, masthead, full-briefing. With --block, your file
    holds that block alone and follows the program's updates in all the rest.
    """
    from briefgen.tools.templates import eject

    workspace = here.workspace
    copy = eject(workspace, name, blocks)
    echo(f"Copied to {workspace.shown(copy)}. Next:\n\n{_NEXT}\nTo undo: briefgen template reset {name}")


@template.command("blocks", short_help="List the blocks of a template, which can be changed one by one.")
@click.argument("name", required=False, default="")
@click.pass_obj
def list_blocks(here: Here, name: str) -> None:
    """List the blocks of the shipped template NAME, or of all, with what each prints.

    To change one: briefgen template eject NAME --block BLOCK
    """
    from briefgen.tools.templates import blocks_of, named

    for each in named(here.workspace, name):
        found = blocks_of(each)
        if found or name:
            echo(f"{styled(each.name, bold=True)}: {', '.join(found) or 'no blocks'}")


@template.command("names", short_help="List every name that a template may use.")
@click.argument("word", required=False, default="")
def list_names(word: str) -> None:
    """List every name that a template may use, with what it holds; with WORD, only what has it in its name."""
    from briefgen.tools.templates import matching

    for view in matching(word):
        echo(f"{styled(view.name, bold=True)}: {view.says}")
        width = max(len(each.name) for each in view.names)
        for each in view.names:
            echo(f"  {each.name.ljust(width)}  {each.kind}{f': {each.says}' if each.says else ''}")
        echo()


@template.command("labels", short_help="List the words of the pages in a language.")
@click.argument("language")
@click.pass_obj
def list_labels(here: Here, language: str) -> None:
    """List the words of the pages in English, and below each what LANGUAGE (such as ko) has for it.

    To change one, write it into templates/locale/LANGUAGE.po; for English too.
    """
    from briefgen.tools.templates import labels

    for english, text in labels(here.workspace, language).items():
        echo(english)
        echo(f"    {text or '(no translation)'}")


@template.command("compare", short_help="Show what you changed in your templates.")
@click.argument("name", required=False, default="")
@click.pass_obj
def compare(here: Here, name: str) -> None:
    """Show line by line how your template NAME differs from the shipped one (default: all of yours).

    If the shipped one has changed since you copied it, it shows three ways: what is new in the shipped one, and what
    you have changed.
    """
    from briefgen.tools.templates import OverrideStatus, differences, named, three_ways

    asked = [each for each in named(here.workspace, name) if name or each.own]
    if not asked:
        echo("Every template is as shipped with the program.")
    for each in asked:
        echo(f"{styled(each.name, bold=True)}: {each.status}.")
        behind = each.status is OverrideStatus.BEHIND
        three = [*three_ways(each)] if behind else []
        if behind and not three:
            echo("What is new in the shipped file is among the lines with -: decide whether you want it in yours.")
        lines = three or [*differences(each)]
        for line in [_THREE_WAYS if three else _LEGEND, *lines] if lines else []:
            echo("  " + styled(line, fg=_COLOURS.get(line.lstrip(" ")[:1])))
        if three:
            echo(f"  To take over what is new: briefgen template merge {each.name}")


@template.command("merge", short_help="Take over what is new in a shipped template into yours.")
@click.argument("name", required=False, default="")
@click.option("--keep-mine", is_flag=True, help="Where both have changed the same lines, yours are right for good.")
@click.pass_obj
def merge(here: Here, name: str, keep_mine: bool) -> None:
    """Take over into your template NAME (default: all of yours) what an update has changed in the shipped one.

    Lines that you have changed stay as they are; where the update has changed the same lines, each place is named, and
    named again by the next merge until you have settled it. Your file is kept as it was beside it as NAME.bak.
    """
    from briefgen.tools.templates import OverrideStatus, named, take_over

    workspace = here.workspace
    behind = [each for each in named(workspace, name) if each.status is OverrideStatus.BEHIND]
    if not behind:
        echo("There is nothing to take over: no shipped file has changed since you took your copy of it.")
    conflicts: list[Finding] = []
    for each in behind:
        taken, kept_as, found = take_over(workspace, each, keep_mine=keep_mine)
        conflicts += found
        kept = f"; yours as it was is kept as {workspace.shown(kept_as)}" if kept_as else ""
        echo(f"{styled(each.name, bold=True)}: {plural(taken, 'change')} taken over{kept}.")
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
def check(here: Here, screen_only: bool) -> None:
    """Make every document in every language from your facts, for screen and paper, and publish nothing.

    A mistake is shown with its file, its line and the nearest correct word, once wherever it shows. Exit code 1 if
    there is one that would stop a build.
    """
    from briefgen.tools.building import try_templates

    workspace = here.workspace
    findings, made = try_templates(workspace, here.today, paper=not screen_only)
    show(findings, workspace.root, hint="mend these first")  # `check` makes no pages
    found = plural(len(findings), "finding") if findings else "no findings"
    echo(f"{plural(made, 'page')} tried, {found}. Nothing was published.")
    sys.exit(FAULTS if errors(findings) else OK)


@template.command("reset", short_help="Undo: go back to the shipped template.")
@click.argument("name")
@click.pass_obj
def reset_template(here: Here, name: str) -> None:
    """Go back to the shipped template NAME. Yours is not lost: it is kept beside it as NAME.bak."""
    from briefgen.tools.templates import reset

    workspace = here.workspace
    echo(f"The shipped one is used again. Yours is kept as {workspace.shown(reset(workspace, name))}.")


@click.group(cls=Group, invoke_without_command=True, short_help="Bring translations up to date and review them.")
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
def update(here: Here) -> None:
    """Bring the catalogs up to date with the texts and show their progress.

    A text that changed keeps its translation as a guess (fuzzy) with the previous English; a guess is never printed.
    Exit code 1 while anything is left to translate.
    """
    from briefgen.tools.translations import catalog_updates

    updates, faults = catalog_updates(here.workspace)
    here.write_all({each.path: each.text for each in updates if each.text})
    sys.exit(_show_progress(here.workspace, updates, faults))


@translate.command(short_help="Show the progress of each catalog; writes nothing.")
@click.pass_obj
def status(here: Here) -> None:
    """Show the progress of each catalog, as if it were up to date; writes nothing.

    Exit code 1 while anything is left to translate.
    """
    from briefgen.tools.translations import catalog_updates

    sys.exit(_show_progress(here.workspace, *catalog_updates(here.workspace)))


@translate.command(short_help="Make a copy that shows what is not translated.")
@click.option("--to", "folder", type=PATH, required=True, help="The folder to make.")
@click.pass_obj
def pseudo(here: Here, folder: Path) -> None:
    """Copy the workspace into a folder, in a pseudo-locale that shows what is not translated or does not fit."""
    from shlex import quote

    from briefgen.tools.languages import CODE, make_pseudo_workspace

    folder = here.folder / folder
    make_pseudo_workspace(here.workspace, folder)
    build = f"briefgen -C {quote(str(folder))} build"
    echo(f"Made {folder}. Build it and look at its '{CODE}' documents:\n\n  {build}\n")
    echo("A text without [brackets] is not translated; one that lacks its last bracket is clipped.")


@translate.command(short_help="Write a review sheet for a reader of LANGUAGE.")
@click.argument("language")
@click.option("--to", "file", type=PATH, help="The file to write; default: out/review-LANGUAGE.html.")
@click.pass_obj
def review(here: Here, language: str, file: Path | None) -> None:
    """Write a review sheet: every text in English and LANGUAGE side by side, as printed, with space for remarks.

    It is a single HTML file, to be read in a browser or on paper by people who have no editor for catalogs.
    """
    from briefgen.files import replace_file
    from briefgen.tools.languages import review_sheet

    workspace = here.workspace
    path = here.folder / file if file else workspace.out / f"review-{language}.html"
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
        name, left = workspace.shown(each.path), f"{found.missing:>8} {found.words_left:>11}"
        echo(f"{name:<{width}} {found.percent:>4} % {found.translated:>11} {found.fuzzy:>6} {left}")
    if faults:
        return stopped(faults, workspace.root, "Nothing of the shared catalogs was moved; the others are up to date.")
    return OK if all(each.progress.percent == 100 for each in counted) else FAULTS


@click.group(cls=Group, short_help="Begin a language to print.")
def language() -> None:
    """Work on the languages that briefings are printed in."""


@language.command(short_help="Draft a language's file from CLDR.")
@click.argument("code")
@click.pass_obj
def new(here: Here, code: str) -> None:
    """Draft templates/languages/CODE.yaml: months, plural categories, number marks, scale words, currencies from CLDR.

    Every other phrase is still English; which ones, and what else a person must do, is listed.
    """
    from briefgen.files import make_folder
    from briefgen.tools.languages import draft_language

    workspace = here.workspace
    draft = draft_language(workspace, code)
    path = workspace.root / "templates" / "languages" / f"{code}.yaml"
    make_folder(path.parent)
    here.write(path, draft.text)
    echo(f"{workspace.shown(path)}: a draft of {draft.name}. What a person must decide:\n")
    echo(f"  {len(draft.open_keys)} phrases that are still English, marked 'en: ' in the file:")
    echo(wrapped(", ".join(draft.open_keys), indent=4))
    echo(_DECIDE.format(code=code) + (_TURN if draft.right_to_left else ""))
