"""What the commands share: the types of options, the workspace, findings with their lines, wrapped text, exit codes."""

import codecs
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any
from unicodedata import combining, east_asian_width
from zoneinfo import ZoneInfo

import click

from briefgen.cli import FAULTS, LINK, TROUBLE, is_dumb
from briefgen.files import line_at, replace_file, replace_files
from briefgen.model.dates import YEARS
from briefgen.model.findings import (
    Finding,
    FindingsError,
    Location,
    Severity,
    did_you_mean,
    in_order,
    json_printable,
    plural,
    printable,
)
from briefgen.read import SETTINGS_FILES, find_settings

if TYPE_CHECKING:
    from briefgen.read.workspace import Workspace

WIDTH = 96
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_QUOTED = 160
"""Characters of a long line that are quoted."""


_STYLED = re.compile(rf"((?:\x1b\[[\d;]+m)+[^\x1b]*\x1b\[0m|{LINK.pattern})")
"""What `styled` and `linked` have made; no other sign that a terminal obeys is printed."""


def echo(text: object = "", *, err: bool = False, nl: bool = True, **style: Any) -> None:
    """Print text; what a terminal would obey is replaced, but for the styles of `styled`."""
    parts = enumerate(_STYLED.split(str(text)))
    shown = "".join(part if number % 2 else printable(part, also="\n\t") for number, part in parts)
    is_plain = os.environ.get("NO_COLOR") or is_dumb()
    click.echo(click.style(shown, **style) if style else shown, err=err, nl=nl, color=False if is_plain else None)


def styled(text: str, **style: Any) -> str:
    """Return text in a style; what a terminal would obey is replaced."""
    wanted = {name: value for name, value in style.items() if value}
    return click.style(printable(text), **wanted) if wanted else printable(text)


def echo_all(lines: Iterable[str]) -> None:
    """Print each line."""
    for line in lines:
        echo(line)


def echo_json(data: Any) -> None:
    """Print data as JSON; dates and enums as text. Where signs may be lost on the way, JSON has numbers for them."""
    lossless = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name.startswith("utf")
    click.echo(json_printable(json.dumps(data, indent=2, ensure_ascii=not lossless, default=str)))


def answer(as_json: bool, data: Any, lines: Iterable[str]) -> None:
    """Print data as JSON where that was asked for, and else lines for people."""
    if as_json:
        echo_json(data)
    else:
        echo_all(lines)


MOST_SHOWN = 100
"""Findings of one file that are shown; more are counted: whoever mends them begins with the first."""
_ALL_NAMED = "briefgen check --all names each"


def show(findings: Iterable[Finding], root: Path, *, every: bool = False, hint: str = _ALL_NAMED) -> None:
    """Print findings in the order of their locations, each with its line, to standard error.

    Of a file with more than MOST_SHOWN the first are shown, unless every one is wanted, and the others are counted;
    `hint` says what to do about those.
    """
    for file, group in groupby(in_order(findings), key=lambda finding: finding.location.file):
        found = [*group]
        most = len(found) if every or len(found) <= MOST_SHOWN + 1 else MOST_SHOWN
        _show(found[:most], root)
        if more := len(found) - most:
            shown = Location(file).seen_from(str(root))
            echo(f"{styled(str(shown), bold=True)}: and {more:,} more; {hint}", err=True)


def _show(findings: Iterable[Finding], root: Path) -> None:
    for finding in findings:
        location = finding.location.seen_from(str(root))
        kind = styled(f"{finding.severity.name.lower()} {finding.code}", fg=_COLOURS[finding.severity], bold=True)
        echo(f"{styled(str(location), bold=True)}: {kind} {printable(finding.message)}", err=True)
        for line in _quoted(location, root):
            echo(line, err=True)
        if finding.hint:
            echo(f"    help: {printable(finding.hint)}", err=True)


def in_groups(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield findings in order; of more than three warnings of one kind in a file the first, which counts the rest."""
    kinds: dict[tuple[object, ...], list[Finding]] = {}
    for finding in in_order(findings):
        alone = finding if finding.severity is Severity.ERROR else None
        kinds.setdefault((finding.severity, finding.code, finding.location.file, alone), []).append(finding)
    for each in kinds.values():
        if len(each) <= 3:
            yield from each
        else:
            lines = ", ".join(str(line) for line in dict.fromkeys(one.location.line for one in each[1:]) if line)
            where = f", in lines {lines}" if lines else ""
            more = f"{each[0].message} (and {len(each) - 1} more of this kind{where})"
            yield replace(each[0], message=more, hint=each[0].hint or _ALL_NAMED)


def finding_data(finding: Finding, root: Path) -> dict[str, Any]:
    """Return a finding for programs: where, how grave, what, and what to do."""
    place = finding.location.seen_from(str(root))
    where = {"file": place.file, "line": place.line or None, "column": place.column or None}
    what = {"severity": finding.severity.name.lower(), "code": finding.code, "message": finding.message}
    return {**where, **what, "help": finding.hint}


def stopped(findings: Iterable[Finding], root: Path, consequence: str = "") -> int:
    """Print why a command could not do its work, with a summary, and return the exit code."""
    found = in_order(findings)
    show(found, root)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    counted = [plural(errors, "error")] if errors else []
    counted += [plural(len(found) - errors, "other finding")] if len(found) > errors else []
    echo(f"{', '.join(counted)}. {consequence}".rstrip(), err=True)
    return TROUBLE if any(finding.code.startswith("P") for finding in found) else FAULTS


def wrapped(text: str, indent: int = 2, hang: int = 0) -> str:
    """Return text in lines of WIDTH terminal columns; words, hashes and file names are not broken.

    Control characters are replaced: text from a file that anybody may have made must not control the terminal.
    """
    shown = printable(text)
    columns = sum(1 + (east_asian_width(sign) in "WF") for sign in shown)
    width = WIDTH * len(shown) // columns if shown else WIDTH  # a Korean syllable takes two columns
    style: Any = {"initial_indent": " " * indent, "subsequent_indent": " " * (indent + hang)}
    return fill(shown, width, break_long_words=False, break_on_hyphens=False, **style)


def _quoted(location: Location, root: Path) -> list[str]:
    """Return the line itself with a caret under the column; nothing if it cannot be read."""
    line = line_at(location, root)
    if line is None:
        return []
    start = max(0, location.column - _QUOTED // 2) if len(line) > _QUOTED else 0
    shown = printable(line[start : start + _QUOTED], also="\t")
    quoted = [f"{location.line:>6} | {shown}"]
    if location.column:
        quoted.append(f"{'':>6} | {_blank(shown[: location.column - 1 - start])}^")
    return quoted


def _blank(text: str) -> str:
    """Return spaces as wide as the text: Korean takes two columns, a combining mark none, a tab stays a tab."""
    return "".join(
        "\t" if sign == "\t" else "" if combining(sign) else "  " if east_asian_width(sign) in "WF" else " "
        for sign in text
    )


class Command(click.Command):
    """A command that drops nothing of what was typed in silence: in click, the last of two options wins."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse what was typed.

        Wrong use where an option that counts once is given again, or beside one that it excludes, and where a value is
        empty, as that of a shell's variable that is not set.
        """
        if not ctx.resilient_parsing:
            given, _, typed = self.make_parser(ctx).parse_args([*args])
            for each in typed:
                if why := _refused(each, given[each.name], typed):
                    raise click.BadParameter(why, ctx, each)
        return super().parse_args(ctx, args)


def _refused(param: click.Parameter, value: Any, typed: Sequence[click.Parameter]) -> str:
    """Return why a value of an option or argument is not taken, among all that were typed; empty if it is."""
    values = value if isinstance(value, list | tuple) else [value]
    if any(isinstance(each, str) and not each.strip() for each in values):
        return "it is empty; write a value" if param.required else "it is empty; write a value, or leave it out"
    if not isinstance(param, click.Option) or param.multiple:
        return ""
    if other := next((each for each in typed if each.name == param.name and each is not param), None):
        return f"it excludes {' / '.join(other.opts)}; type one of them"
    return "" if param.is_flag or typed.count(param) == 1 else "it counts once; type it once"


class Group(Command, click.Group):
    """A group of such commands."""

    command_class = Command


PATH = click.Path(path_type=Path)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
EDITIONS_IN = click.option("--out", type=PATH, help="Look for editions here instead of the workspace's out/.")
IN_LANGUAGE = click.option(
    "--lang", "language", default="", metavar="CODE", help="In this language; default: the settings' first."
)


class DayOption(click.ParamType[Any]):
    """A day as YYYY-MM-DD, in which nobody can take the day for the month; no other form of ISO 8601."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the day as a date; wrong use if it is none."""
        if re.fullmatch(r"\d{4}-\d\d-\d\d", str(value), re.ASCII):
            with suppress(ValueError):
                day = date.fromisoformat(str(value))
                if day.year in YEARS:
                    return day
                self.fail(f"'{value}': the year must lie between {YEARS[0]} and {YEARS[-1]}", param, ctx)
        return self.fail(f"'{value}' is not a day; write it like 2026-11-21", param, ctx)


class Here:
    """Where the program was called: the folder, the workspace around it, and the time there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def workspace(self) -> "Workspace":
        """The workspace around the folder; FindingsError if there is none."""
        from briefgen.read.workspace import find_workspace

        return find_workspace(self.folder.absolute())

    def workspace_or_defaults(self) -> "Workspace":
        """Return the workspace, with settings as if none were named where they cannot be used: a preview tells why."""
        from briefgen.read.workspace import Workspace

        try:
            return self.workspace
        except FindingsError as error:
            if "W001" in {each.code for each in error.findings}:
                raise
            self.workspace = Workspace(root=self.root)
            return self.workspace

    @property
    def root(self) -> Path:
        """The folder that locations are relative to, even if its settings cannot be read."""
        try:
            return self.workspace.root
        except FindingsError:
            here = self.folder.absolute()
            settings = (folder / name for folder in (here, *here.parents) for name in SETTINGS_FILES)
            return next((path.parent for path in settings if path.is_file()), here)

    @property
    def now(self) -> datetime:
        """This moment, in the workspace's time zone."""
        return datetime.now(ZoneInfo(self.workspace.settings.timezone))

    @cached_property
    def today(self) -> date:
        """The day that it is in the workspace's time zone: one for all that a command does, even about midnight."""
        return self.now.date()

    def out(self, out: Path | None) -> Path:
        """Return the folder of all editions: what was typed, from the current folder, or the workspace's out/.

        Wrong use where it lies among what a build reads: each edition would make the next.
        """
        if out is None:
            return find_settings(self.folder.absolute())[0].parent / "out"
        folder = (self.folder / out).absolute()
        for name in ("facts", "seeds", "templates"):
            if folder.resolve().is_relative_to((self.root / name).resolve()):
                why = f"'{out}' lies in {name}/, which a build reads; name another folder"
                raise click.BadParameter(why, param_hint="--out")
        return folder

    def write(self, path: Path, text: str) -> bool:
        """Replace the text of a file of the workspace in one step, and return whether it differed."""
        return replace_file(path, text.encode(), self.workspace.root)

    def write_all(self, texts: Mapping[Path, str]) -> None:
        """Replace the texts of files of the workspace, or of none where one cannot be written."""
        replace_files({path: text.encode() for path, text in texts.items()}, self.workspace.root)

    def language(self, code: str, *others: str) -> str:
        """Return the language that was asked for, or the settings' first; wrong use for one that the settings lack.

        `others` can be asked for too, though the settings do not name them.
        """
        return one_of(
            code, (*self.workspace.settings.languages, *others), "the settings name no language", language=True
        )


def listed(_: click.Context, __: click.Parameter, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an option that may be repeated, as `words_in`."""
    return words_in(*typed)


def words_in(*typed: str) -> tuple[str, ...]:
    """Return words that are parted by commas or blanks, each once: en,ko is two."""
    return tuple(dict.fromkeys(word for each in typed for word in each.replace(",", " ").split()))


def one_of(name: str, known: Sequence[str], missing: str, *, language: bool = False) -> str:
    """Return a name, or if it is empty the first that is known; wrong use for another, in these words."""
    if name and name not in known:
        from briefgen.localise.language import language_hint

        hint = (language_hint if language else did_you_mean)(name, {*known})
        raise click.UsageError(f"{missing} '{name}'; {hint}")
    return name or known[0]
