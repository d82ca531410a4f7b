"""The program: all its commands, how it ends, and what shells complete."""

import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import click
from click.shell_completion import CompletionItem, get_completion_class, shell_complete

from briefgen import __version__
from briefgen.cli import OK, TROUBLE
from briefgen.cli.build import build, diff, preview
from briefgen.cli.check import check, doctor, init, migrate, schema, verify
from briefgen.cli.editions import clear, editions, open_
from briefgen.cli.fact import fact, review
from briefgen.cli.output import Group, Here, echo, stopped
from briefgen.cli.schedule import schedule
from briefgen.cli.sources import explain, sources, where
from briefgen.cli.template import language, template, translate
from briefgen.files import what_to_do
from briefgen.model.findings import Finding, FindingsError, Location, shortened

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

_HELP = """\
Localised briefings, PDF and HTML, from one curated facts file.

\b
A workspace is a folder with a briefgen.toml and
  facts/      what is known, one file (or folder) for each partnership
  seeds/      the records of the source documents
  templates/  your own templates, laid over those that come with the program
  out/        the briefings: out/PARTNERSHIP/latest is always the newest edition

\b
Start with:
  briefgen init our-briefings   make a workspace that builds at once
  briefgen build                make the briefings of today
  briefgen check                find everything that is wrong, without building

\b
Exit codes: 0 done; 1 the facts, catalogs or templates are at fault, or there is nothing to brief;
2 wrong use, or this machine is at fault (disk, rights, another build running); 130 stopped by Ctrl-C.
"""
_COMPLETION_HELP = """\
Print the completion script for SHELL.

\b
bash:  eval "$(briefgen completion bash)"       in ~/.bashrc
zsh:   eval "$(briefgen completion zsh)"        in ~/.zshrc
fish:  briefgen completion fish | source        in ~/.config/fish/config.fish

It serves ./brief and every other path that ends in brief or briefgen as well, and knows facts, sources, templates,
languages, documents, editions and time zones.
"""
_COMPLETE = "_BRIEFGEN_COMPLETE"
INTERRUPTED, BROKEN_PIPE = 130, 141
"""128 and the number of the signal, as shells have it: SIGINT (2), SIGPIPE (13)."""
_ctrl_c = threading.Event()


class _Folder(click.Path):
    """A folder. Of one that was moved away a timer may be left, which goes on calling: how to end it is said."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return it as a path."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter as error:
            self.fail(f"{error.message}{_timers_left(Path(value))}", param, ctx)


def _timers_left(folder: Path) -> str:
    from briefgen.tools.schedule import installer

    with suppress(FindingsError):  # a crontab that cannot be read has nothing to say
        remove = " A timer of it is left. To remove it: briefgen schedule remove --id"
        return "".join(f"{remove} {left.name}" for left in installer.find(folder))
    return ""


class _Group(Group):
    """Shows the findings of a FindingsError, so that no command needs to."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except FindingsError as error:
            return stopped(error.findings, (ctx.obj or Here(Path())).root)


@click.group(cls=_Group, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="briefgen")
@click.option(
    "-C",
    "--workspace",
    "folder",
    type=_Folder(exists=True, file_okay=False, path_type=Path),
    help="Work in this folder.",
)
@click.pass_context
def cli(context: click.Context, folder: Path | None) -> None:
    """All commands work on the workspace around the current folder."""
    context.obj = Here(folder or Path.cwd())


for _each in (
    *(build, check, clear, diff, doctor, editions, explain, fact, init, language, migrate, open_, preview, review),
    *(schedule, schema, sources, template, translate, verify, where),
):
    cli.add_command(_each)


def main() -> None:
    """Run the command line: whatever can be expected to go wrong ends with a message and an exit code."""

    def command() -> object:
        sys.stdin = sys.stdin or io.StringIO()  # whoever started it has closed it
        catch_ctrl_c()
        return run_command()

    sys.exit(exit_code(command))


def run_command() -> object:
    """Run what was typed; or print completions if a shell asks for them."""
    if asked := os.environ.get(_COMPLETE):
        with_values(cli)
        return shell_complete(cli, {}, "briefgen", _COMPLETE, asked)
    with cli.make_context("briefgen", sys.argv[1:]) as context:
        return cli.invoke(context)


def exit_code(command: Callable[[], object]) -> int:
    """Run the command and return the program's exit code; print on standard error what went wrong."""
    try:
        code = _run(command)
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except BrokenPipeError:
        _discard_output()
        return BROKEN_PIPE
    except UnicodeEncodeError as error:  # a name that was typed in another encoding than that of the locale
        message = f"a name cannot be written in the encoding of this terminal ({error.encoding})"
        hint = "type it in that encoding, or take another: LC_ALL=C.UTF-8"
        stopped([Finding(Location("this machine"), "P500", message, hint=hint)], Path())
        return TROUBLE
    except OSError as error:  # the disk, a right, a folder that is gone: in the system's words
        _discard_output()
        name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "this machine"
        with suppress(OSError):
            message, hint = error.strerror or str(error), what_to_do(error)
            if isinstance(error, FileNotFoundError) and error.filename is None:  # os.getcwd() names no file
                message, hint = "the folder in which this was typed is gone", "go to that of the workspace: cd FOLDER"
            stopped([Finding(Location(name), "P500", message, hint=hint)], Path())
        return TROUBLE
    return code


def catch_ctrl_c() -> None:
    """Let Ctrl-C raise KeyboardInterrupt, also where Python would swallow it: in a destructor or a weak reference."""

    def interrupt(*_: object) -> None:
        _ctrl_c.set()
        raise KeyboardInterrupt

    def once_more(swallowed: "sys.UnraisableHookArgs") -> None:
        if swallowed.exc_type is KeyboardInterrupt:
            threading.Timer(0.05, signal.pthread_kill, (threading.main_thread().ident or 0, signal.SIGINT)).start()
        else:
            sys.__unraisablehook__(swallowed)

    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = once_more


def _run(command: Callable[[], object]) -> int:
    try:
        code = command()
    except SystemExit as left:
        if isinstance(left.code, str):
            echo(left.code, err=True)
            return TROUBLE
        code = left.code
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.ClickException as wrong:
        shown = StringIO()
        wrong.show(shown)
        echo("\n".join(map(shortened, shown.getvalue().split("\n"))), err=True, nl=False)
        code = wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = _interrupted()
    except Exception:
        if not _ctrl_c.is_set():
            raise
        code = _interrupted()  # some libraries turn KeyboardInterrupt into an error of their own
    return code if isinstance(code, int) else OK


def _interrupted() -> int:
    echo("Stopped. Nothing is left half finished; the editions in out/ are unchanged.", err=True)
    return INTERRUPTED


def _discard_output() -> None:
    """Redirect a stream that cannot be written any more to nowhere, so that it does not raise when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())


@cli.command(help=_COMPLETION_HELP)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell."""
    echo(script(shell, _COMPLETE))


NAMES = ("briefgen", "brief")
"""The commands that are completed, whatever folder is before them."""


def script(shell: str, variable: str) -> str:
    """Return the completion script of a shell, for the command as it is typed."""
    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    text = kind(click.Group(), {}, NAMES[0], variable).source()
    both = " ".join(NAMES)
    if shell == "bash":
        return text.replace(f"_completion {NAMES[0]}\n", f"_completion {both}\n")
    if shell == "zsh":
        text = text.replace("(( ! $+commands[briefgen] )) && return 1", "")
        text = text.replace("=zsh_complete briefgen)", "=zsh_complete ${words[1]})")
        text = text.replace("#compdef briefgen", f"#compdef {both}")
        return text.replace("_completion briefgen\n", f"_completion {both}\n")
    text = text.replace("COMP_CWORD=(commandline -t) briefgen)", "COMP_CWORD=(commandline -t) (commandline -opc)[1])")
    line = next(each for each in text.splitlines() if each.startswith("complete "))
    return text.replace(line, "\n".join(line.replace("--command briefgen", f"--command {name}") for name in NAMES))


def with_values(group: click.Group) -> None:
    """Let every argument and option that names something of the workspace complete it."""
    for command in group.commands.values():
        if isinstance(command, click.Group):
            with_values(command)
        for param in command.params:
            is_template = group.name == "template" and param.name == "name"
            if word := "template" if is_template else _word(command, param):
                param.type = _Values(word)


class _Values(click.ParamType[Any]):
    """Completes what a word in the name of an argument or option means."""

    name = "text"

    def __init__(self, word: str) -> None:
        self.word = word

    def shell_complete(self, ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the values that begin with what was typed; none where there is no workspace or it cannot be read."""
        found: list[str] = []
        with suppress(FindingsError, OSError, ValueError):
            root = ctx.find_root()
            found = [*_values((root.obj or Here(root.params.get("folder") or Path.cwd())).workspace, self.word)]
        return [CompletionItem(each) for each in dict.fromkeys(found) if each.startswith(incomplete)]


_WORDS = ("source:line", "source[:line]", "source", "fact", "partnership", "edition", "document", "act", "language")


def _word(command: click.Command, param: click.Parameter) -> str:
    """Return by what word the values are found: the first in the name of an argument or option, or in its help."""
    if param.name == "timezone":
        return "zone"
    named = f"{param.name} {param.metavar or ''}".lower()
    is_here = command.name != "init"  # which works where no workspace is yet
    return next((word for word in _WORDS if is_here and word in named), "")


def _values(workspace: "Workspace", word: str) -> Iterable[str]:
    from briefgen.publish import editions
    from briefgen.read import facts_files, yaml_files
    from briefgen.read.workspace import known_documents
    from briefgen.tools.editions import find_outdirs
    from briefgen.tools.templates import templates

    sources = [path.stem for path in yaml_files(workspace.seeds)]
    match word:
        case "source:line" | "source[:line]":
            return _lines(workspace, sources)
        case "source":
            return sources
        case "fact":
            return _facts(workspace)
        case "partnership":
            return [path.stem for path in facts_files(workspace.root)]
        case "edition":
            return [each.manifest.name for outdir in find_outdirs(workspace.out, ()) for each in editions(outdir)]
        case "document":
            return known_documents(workspace)
        case "act":
            from briefgen.model.facts import Act

            return tuple(Act)
        case "language":
            return workspace.settings.languages
        case "template":
            return [each.name for each in templates(workspace)]
        case _:
            return sorted(available_timezones())


def _lines(workspace: "Workspace", sources: Iterable[str]) -> Iterator[str]:
    from briefgen.tools.source_lines import find_record

    for source in sources:
        yield source
        with suppress(FindingsError):
            yield from (f"{source}:L{number}" for number in find_record(workspace, source).numbers)


def _facts(workspace: "Workspace") -> Iterator[str]:
    from briefgen.model.book import SECTIONS
    from briefgen.read import facts_files, files_of
    from briefgen.read.yaml import read_yaml

    for path in (file for facts in facts_files(workspace.root) for file in files_of(facts)):
        read = read_yaml(path, within=workspace.root).value
        value: dict[str, Any] = read if isinstance(read, dict) else {}
        for section in SECTIONS:
            entries = value.get(section) or ()
            yield from (str(each["id"]) for each in entries if isinstance(each, dict) and each.get("id"))
