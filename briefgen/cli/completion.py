"""What shells complete: the script of each, and values: facts, sources, templates, languages, editions, zones."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
            if known := _templates if is_template else _known(command, param):
                param.type = _Values(known)


class _Values(click.ParamType[Any]):
    """Completes what a function finds in the workspace."""

    name = "text"

    def __init__(self, find: "Callable[[Workspace], Iterable[str]]") -> None:
        self.find = find

    def shell_complete(self, ctx: click.Context, _: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the values that begin with what was typed; none where there is no workspace or it cannot be read."""
        found: list[str] = []
        with suppress(FindingsError, OSError, ValueError):
            root = ctx.find_root()
            found = [*self.find(options.find(root.obj or root.params.get("folder") or Path.cwd()))]
        return [CompletionItem(each) for each in dict.fromkeys(found) if each.startswith(incomplete)]


def _known(command: click.Command, param: click.Parameter) -> "Callable[[Workspace], Iterable[str]] | None":
    """Return what finds the values of an argument or option, by its name or by that in its help."""
    named = "zone" if param.name == "timezone" else f"{param.name} {param.metavar or ''}".lower()
    if command.name in _NOT_HERE:
        return _VALUES["zone"] if named == "zone" else None
    return next((find for word, find in _VALUES.items() if word in named), None)


_NOT_HERE = ("init",)
"""Commands that work where no workspace is yet."""


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


def _sources(workspace: "Workspace") -> Iterator[str]:
    from briefgen.read.paths import yaml_files

    yield from (path.stem for path in yaml_files(workspace.seeds))


def _lines(workspace: "Workspace") -> Iterator[str]:
    from briefgen.tools.source_lines import find_record

    for source in _sources(workspace):
        yield source
        with suppress(FindingsError):
            yield from (f"{source}:L{number}" for number in find_record(workspace, source).numbers)


def _partnerships(workspace: "Workspace") -> Iterator[str]:
    from briefgen.read.paths import facts_files

    yield from (path.stem for path in facts_files(workspace.root))


def _editions(workspace: "Workspace") -> Iterator[str]:
    from briefgen.publish.editions import editions
    from briefgen.tools.editions import find_outdirs

    yield from (each.manifest.name for outdir in find_outdirs(workspace.out, ()) for each in editions(outdir))


def _templates(workspace: "Workspace") -> Iterator[str]:
    from briefgen.tools.templates import templates

    yield from (each.name for each in templates(workspace))


def _documents(workspace: "Workspace") -> Iterator[str]:
    from briefgen.read.workspace import known_documents

    yield from known_documents(workspace)


_VALUES: "Mapping[str, Callable[[Workspace], Iterable[str]]]" = {
    "source:line": _lines,
    "source[:line]": _lines,
    "source": _sources,
    "fact": _facts,
    "partnership": _partnerships,
    "edition": _editions,
    "document": _documents,
    "act": lambda _: tuple(Act),
    "language": lambda workspace: workspace.settings.languages,
    "zone": lambda _: sorted(available_timezones()),
}
"""What finds the values, by a word in the name of an argument or option; the first that fits is taken."""
