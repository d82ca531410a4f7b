"""What shells complete: the script of each, and values: facts, sources, templates, languages, editions, zones."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

import click
from click.shell_completion import CompletionItem, get_completion_class

from briefgen.cli import options
from briefgen.model.facts import Act
from briefgen.model.findings import FindingsError

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

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
            found = [*_values(options.find(root.obj or root.params.get("folder") or Path.cwd()), self.word)]
        return [CompletionItem(each) for each in dict.fromkeys(found) if each.startswith(incomplete)]


_WORDS = ("source:line", "source[:line]", "source", "fact", "partnership", "edition", "document", "act", "language")
_NOT_HERE = ("init",)
"""Commands that work where no workspace is yet."""


def _word(command: click.Command, param: click.Parameter) -> str:
    """Return by what word the values are found: the first in the name of an argument or option, or in its help."""
    if param.name == "timezone":
        return "zone"
    named = f"{param.name} {param.metavar or ''}".lower()
    return next((word for word in _WORDS if word in named), "") if command.name not in _NOT_HERE else ""


def _values(workspace: "Workspace", word: str) -> Iterable[str]:
    """Return all that a workspace has of a kind."""
    from briefgen.publish.editions import editions
    from briefgen.read.paths import facts_files, yaml_files
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
            outdirs = find_outdirs(workspace.out, ())
            return [each.manifest.name for outdir in outdirs for each in editions(outdir)]
        case "document":
            return known_documents(workspace)
        case "act":
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
    from briefgen.read.paths import facts_files, files_of
    from briefgen.read.yaml import read_yaml

    for path in (file for facts in facts_files(workspace.root) for file in files_of(facts)):
        read = read_yaml(path, within=workspace.root).value
        value: dict[str, Any] = read if isinstance(read, dict) else {}
        for section in SECTIONS:
            entries = value.get(section) or ()
            yield from (str(each["id"]) for each in entries if isinstance(each, dict) and each.get("id"))
