"""The commands."""

import os
import sys
from datetime import date
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from briefgen import __version__
from briefgen.cli.answering_commands import clear, review
from briefgen.cli.check_command import check
from briefgen.cli.day import Day
from briefgen.cli.diff_command import diff
from briefgen.cli.editions_commands import editions
from briefgen.cli.ending import catch_ctrl_c, ended
from briefgen.cli.schedule_commands import schedule
from briefgen.cli.show import OK, TROUBLE, stopped
from briefgen.cli.template_commands import template
from briefgen.cli.translate_commands import translate
from briefgen.cli.verify_command import verify
from briefgen.model.findings import FindingsError
from briefgen.model.formats import FORMATS

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

HELP = """\
Localised briefings, PDF and HTML, from one curated facts file.

\b
A workspace is a folder with a briefgen.toml and
  facts/      what is known, one file (or folder) a partnership
  seeds/      the records of the source documents
  templates/  your own templates, laid over those that come with the program
  out/        the briefings: out/PARTNERSHIP/latest is always the newest edition

\b
Start with:
  briefgen init our-desk      make a workspace that builds at once
  briefgen build              make the briefings of today
  briefgen check              find everything that is wrong, without building

\b
Exit codes: 0 done; 1 the facts, catalogs or templates are at fault, or there is nothing to brief;
2 wrong use, or this machine is at fault (disk, rights, another build running); 130 stopped by Ctrl-C.
"""
_COMPLETION = """\
Print the completion script for SHELL.

\b
bash:  eval "$(briefgen completion bash)"       in ~/.bashrc
zsh:   eval "$(briefgen completion zsh)"        in ~/.zshrc
fish:  briefgen completion fish | source        in ~/.config/fish/config.fish
"""
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_COMPLETE = "_BRIEFGEN_COMPLETE"
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _Commands(click.Group):
    """Commands that show what stands in their way; each is written as if nothing did."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except FindingsError as trouble:
            return stopped(trouble.findings, _root(ctx.obj))


@click.group(cls=_Commands, help=HELP, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="briefgen")
@click.option("-C", "--workspace", "folder", type=_FOLDER, default=None, help="Work in this folder.")
@click.pass_context
def cli(context: click.Context, folder: Path | None) -> None:
    """All commands work on the workspace around the current folder."""
    context.obj = folder or Path.cwd()


cli.add_command(diff)
cli.add_command(template)
cli.add_command(schedule)
cli.add_command(translate)
cli.add_command(editions)
cli.add_command(verify)
cli.add_command(check)
cli.add_command(clear)
cli.add_command(review)


def main() -> None:
    """The entry point: every expected trouble ends in sentences and an exit code, never in a traceback."""

    def command() -> object:
        catch_ctrl_c()
        return run_command()

    sys.exit(ended(command))


def run_command() -> object:
    """What was typed; or, where a shell asks, how it may go on."""
    if asked := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(cli, {}, "briefgen", _COMPLETE, asked)
    with cli.make_context("briefgen", sys.argv[1:]) as context:
        return cli.invoke(context)


@cli.command(short_help="Make the briefings, of today or of another day.")
@click.argument("partnership", nargs=-1)
@click.option("--as-of", "day", type=Day(), help="Brief as of this day; default: today in the workspace's time zone.")
@click.option("--lang", "languages", multiple=True, metavar="CODE", help="Only this language (may be repeated).")
@click.option("--document", "documents", multiple=True, metavar="NAME", help="Only this document (may be repeated).")
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Only this format.")
@click.option("--out", type=click.Path(path_type=Path), help="Write here instead of the workspace's out/.")
@click.option("--strict", is_flag=True, help="Untranslated texts and complaints of the PDF engine stop the build.")
@click.pass_obj
def build(
    start: Path,
    partnership: tuple[str, ...],
    day: date | None,
    languages: tuple[str, ...],
    documents: tuple[str, ...],
    formats: tuple[str, ...],
    out: Path | None,
    strict: bool,
) -> None:
    """Make the briefings of every PARTNERSHIP (default: all in the workspace).

    A build of today with all its documents becomes the newest edition, out/PARTNERSHIP/latest. With --as-of another
    day it is a reconstruction in out/PARTNERSHIP/as-of/; with --lang, --document or --format it is a part, in
    out/PARTNERSHIP/partial/. Where nothing has changed, nothing is written.
    """
    from briefgen.cli.resting import resting

    rest = None if day or languages or documents or formats else resting(start, partnership, out, strict=strict)
    for line in rest.lines if rest else ():
        click.echo(line)
    if rest and not rest.others:
        return
    partnership = rest.others if rest else partnership
    from briefgen.cli.building import BuildOptions, run

    workspace = _workspace(start)
    now = _today(workspace)
    options = BuildOptions(
        partnerships=partnership,
        day=day or now,
        today=now,
        languages=languages,
        documents=documents,
        formats=formats,
        out=(start / out if out else workspace.out).absolute(),
        strict=strict,
    )
    sys.exit(run(workspace, options))


@cli.command(short_help="Tell the whole chain behind one fact.")
@click.argument("fact")
@click.option("--as-of", "day", type=Day(), help="As things stood on this day; default: today.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def explain(start: Path, fact: str, day: date | None, as_json: bool) -> None:
    """Tell the whole chain of FACT: words, values, lines, hashes, status and why."""
    from briefgen.cli.explaining import explain_fact

    workspace = _workspace(start)
    click.echo(explain_fact(workspace, fact, day or _today(workspace), as_json=as_json))


@cli.group(short_help="Draft, list and verify records of source documents.")
def sources() -> None:
    """The records of the source documents: draft one, or hold them against their originals."""


@sources.command("add", short_help="Draft the record of a text, or bring it up to date.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "record", default="", help="The record's id; default: made of the file's name.")
@click.option("--lang", "language", default="", metavar="CODE", help="The text's language; default: recognised.")
@click.pass_obj
def sources_add(start: Path, file: Path, record: str, language: str) -> None:
    """Draft the record of the text FILE, or bring its record up to date; what was curated stays."""
    from briefgen.cli.curating import add_source

    workspace = _workspace(start)
    add_source(workspace, start / file, record, language)


@sources.command("list", short_help="List the records and what of them is used.")
@click.pass_obj
def sources_list(start: Path) -> None:
    """List the records: which lines carry facts, which are left out and why."""
    from briefgen.cli.curating import list_sources

    workspace = _workspace(start)
    click.echo(list_sources(workspace))


@sources.command("verify", short_help="Recompute records from the original texts.")
@click.option("--originals", type=click.Path(path_type=Path), help="Where the texts are; default: seeds/originals.")
@click.pass_obj
def sources_verify(start: Path, originals: Path | None) -> None:
    """Recompute hashes, line numbers and figures of every record from the original texts.

    Where an original is absent, it says how many links were not checked.
    """
    from briefgen.cli.curating import verify_sources

    workspace = _workspace(start)
    sys.exit(verify_sources(workspace, start / originals if originals else workspace.originals))


@cli.command(short_help="Make a new workspace that builds at once.")
@click.argument("name", type=click.Path(path_type=Path))
@click.pass_obj
def init(start: Path, name: Path) -> None:
    """Make the workspace NAME: a folder with sample facts that builds at once."""
    from briefgen.tools.init import make_workspace

    made = make_workspace(start / name)
    click.echo(f"Made {name} with {len(made)} files. Next:\n\n  cd {quote(str(name))}\n  briefgen build\n")


@cli.command()
@click.pass_obj
def doctor(start: Path) -> None:
    """Say what this machine lacks, and the exact fix for each."""
    from briefgen.read.paths import shipped_templates
    from briefgen.tools.doctor import read_and_check

    found = read_and_check(_out_folder(start), shipped_templates() / "fonts")
    for each in found:
        mark = click.style("ok  ", fg="green") if each.ok else click.style("FIX ", fg="red", bold=True)
        click.echo(f"{mark}{each.subject}: {each.detail}")
        if not each.ok:
            click.echo(f"      fix: {each.fix}")
    sys.exit(OK if all(each.ok for each in found) else TROUBLE)


@cli.command(help=_COMPLETION)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    click.echo(kind(cli, {}, "briefgen", _COMPLETE).source())


def _workspace(start: Path) -> "Workspace":
    from briefgen.read.workspace import find_workspace

    return find_workspace(start.absolute())


def _root(start: Path | None) -> Path:
    """The folder that places of findings are told from, also where its settings are what cannot be read."""
    from briefgen.read.paths import SETTINGS_FILES

    here = (start or Path()).absolute()
    try:
        return _workspace(here).root
    except FindingsError:
        found = (folder for folder in (here, *here.parents) for name in SETTINGS_FILES if (folder / name).is_file())
        return next(found, here)


def _today(workspace: "Workspace") -> date:
    """The calendar day in the workspace's zone."""
    from briefgen.cli.clock import now

    return now(workspace).date()


def _out_folder(start: Path) -> Path:
    try:
        return _workspace(start).out
    except FindingsError:
        return start
