"""`briefgen build`, `preview` and `diff`: documents are made, shown while they are worked on, and compared."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import OK, TROUBLE, document_lines, expected, is_dumb, unchanged_lines, up_to_date_lines
from briefgen.cli.output import (
    AS_JSON,
    EDITIONS_IN,
    IN_LANGUAGE,
    PATH,
    Command,
    DayOption,
    Here,
    answer,
    echo,
    echo_all,
    listed,
    one_of,
    show,
    stopped,
    styled,
    wrapped,
)
from briefgen.model.edition import FORMATS, Making
from briefgen.model.findings import Finding, FindingsError, plural, printable
from briefgen.publish import Edition, is_copy

if TYPE_CHECKING:
    from briefgen.publish.decide import BuildRequest
    from briefgen.read.workspace import Workspace
    from briefgen.tools.building import Ahead, BuildOptions
    from briefgen.tools.editions import EditionComparison

_MOST_LINES = 5
"""How many new lines of a document are quoted, and how many that are gone."""


@click.command(cls=Command, short_help="Make the briefings, of today or of another day.")
@click.argument("partnership", nargs=-1)
@click.option(
    "--as-of", "day", type=DayOption(), help="Brief as of this day; default: today in the workspace's time zone."
)
@click.option(
    "--lang", "languages", multiple=True, callback=listed, metavar="CODE", help="Only this language (may be repeated)."
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    callback=listed,
    metavar="NAME",
    help="Only this document (may be repeated).",
)
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Only this format.")
@click.option("--out", type=PATH, help="Write here instead of the workspace's out/.")
@click.option("--cluster", metavar="ADDRESS", default="", help="Let the workers of this Dask cluster do the work.")
@click.option("--strict", is_flag=True, help="Untranslated texts and warnings of the PDF engine stop the build.")
@click.pass_obj
def build(
    here: Here, /, partnership: tuple[str, ...], day: date | None, out: Path | None, strict: bool, **some: Any
) -> None:
    """Make the briefings of every PARTNERSHIP (default: all in the workspace).

    A build of today with all its documents becomes the newest edition, out/PARTNERSHIP/latest. With --as-of another
    day it is a reconstruction in out/PARTNERSHIP/as-of/; with --lang, --document or --format it is a part, in
    out/PARTNERSHIP/partial/. If nothing has changed, nothing is written.
    """
    is_whole = not (day or some["languages"] or some["documents"] or some["formats"])
    if is_whole and (found := up_to_date_lines(here.folder, partnership, out, strict=strict)):
        echo_all(found[0])
        if not (partnership := found[1]):
            return

    from briefgen.tools.building import BuildOptions

    today, settings = here.today, here.workspace.settings
    edited = [name for name, each in FORMATS.items() if each.edited]
    known = {"language": settings.languages, "document": settings.documents, "format": (*settings.formats, *edited)}
    for kind, names in known.items():
        for name in some[f"{kind}s"]:
            one_of(name, names, f"the settings name no {kind}", language=kind == "language")
    asked: dict[str, Any] = {"day": day or today, "today": today, "out": here.out(out), "strict": strict, **some}
    sys.exit(run(here.workspace, BuildOptions(partnerships=partnership, **asked)))


def run(workspace: "Workspace", wanted: "BuildOptions") -> int:
    """Build, print what was made, and return the exit code."""
    from briefgen.build import build
    from briefgen.tools.building import executor_for, make_requests

    requests, missing = make_requests(workspace, wanted)
    formats = requests[0].formats
    for format, trouble in missing.items():
        echo(f"No {format.upper()}s: {trouble.detail}. To fix it: {trouble.fix}", fg="yellow", err=True)
    if missing and not wanted.formats:
        names = ", ".join(f'"{each}"' for each in formats)
        echo(f"If you do not want any, write in the settings: formats = [{names}]", err=True)
    codes = [TROUBLE if wanted.strict and missing else OK]
    with executor_for(workspace, formats, wanted.cluster) as executor:
        for number, request in enumerate(requests, 1):
            try:
                started = monotonic()
                with _progress(request, f"{number} of {len(requests)}" if len(requests) > 1 else "") as on_progress:
                    edition = build(request, executor, on_progress, lambda note: show([note], workspace.root))
            except FindingsError as error:
                untouched = f"Nothing was written for {request.facts.stem}; its editions are unchanged."
                codes.append(stopped(error.findings, workspace.root, untouched))
            else:
                echo_all(_made_lines(request, edition, took(started)))
    return max(codes)


@contextmanager
def _progress(request: "BuildRequest", place: str) -> Iterator[Callable[[str], None]]:
    """Yield a callback that moves a bar on a terminal and names what was made last; elsewhere it does nothing.

    `place` says which of several partnerships this is.
    """
    from briefgen.build import MEASURED

    length = len(request.documents) * len(request.languages) * len(request.formats)
    if sys.stderr is None or not sys.stderr.isatty() or is_dumb():
        yield lambda _: None
        return
    started = monotonic()

    def named(step: str | None) -> str:
        return f"{took(started)}  {printable(step or 'reading and measuring')}"

    label = printable(f"{request.facts.stem} ({place})" if place else request.facts.stem)
    style: dict[str, Any] = {"show_eta": False, "show_percent": False, "show_pos": True, "item_show_func": named}
    with click.progressbar(length=length, label=label, file=sys.stderr, **style) as bar:
        bar.render_progress()

        def show_step(step: str) -> None:
            bar.current_item = step
            if step.startswith(MEASURED):
                bar.render_progress()
            else:
                bar.update(1, step)

        yield show_step


def took(started: float) -> str:
    """Return how long it has taken since a moment of the monotonic clock: 17 s, or 1 min 5 s."""
    minutes, seconds = divmod(round(monotonic() - started), 60)
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _made_lines(request: "BuildRequest", edition: Edition, time: str) -> Iterator[str]:
    """Yield what was written and where, for a person; on a terminal, with the time it took."""
    name, manifest, number = request.facts.stem, edition.manifest, plural(len(edition.documents), "document")
    number += f" in {time}" if sys.stdout is not None and sys.stdout.isatty() else ""
    if not edition.new:
        yield from unchanged_lines(name, edition)
        return
    match manifest.making:
        case Making.EDITION:
            draft = " (draft, not cleared)" if manifest.draft else ""
            yield f"{name}: edition {manifest.name}{draft}, {number}.{expected(manifest.next_change)}"
            if is_copy(edition.outdir):
                yield "  This file system has no links: `latest` is a copy, and latest.txt names the edition."
        case Making.RECONSTRUCTION:
            yield f"{name}: {manifest.title}, {number}."
        case Making.PART:
            kept = ", which has the formats this machine cannot make," if request.making is Making.EDITION else ""
            yield f"{name}: {number}; a part, so the newest edition{kept} stays as it is."
    yield from document_lines(edition)


@click.command(cls=Command, short_help="Show every document while you work on it.")
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True, help="0: any free one.")
@click.option("--out", type=PATH, help="Compare with the editions here instead of those in out/.")
@click.option("--open", "open_page", is_flag=True, help="Open the page in your browser.")
@click.pass_obj
def preview(here: Here, port: int, out: Path | None, open_page: bool) -> None:
    """Show every document in every language on a page of this machine, and follow every file that you save.

    On screen and on paper, languages side by side, as of any day. A mistake is shown over the page with its line, while
    the last good page stays. Nothing is published, and nothing is written to out/. Ctrl-C ends it.
    """
    import webbrowser

    from briefgen.tools.preview.server import listen, serve
    from briefgen.tools.preview.session import following

    workspace = here.workspace_or_defaults()
    listening = listen(port)
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    with following(workspace, here.out(out) if out else workspace.root / "out", lambda: here.now) as session:
        echo(f"The preview of {workspace.root.name} is at {address}")
        echo("Save a file, and the page shows it. Ctrl-C ends.")
        if open_page:
            webbrowser.open(address)
        serve(session, listening)


class _Side(DayOption):
    """An edition (7, or 7r2) or a day (2026-11-21)."""

    name = "SIDE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number of an edition as text, or a date; wrong use for anything else."""
        if re.fullmatch(r"\d{1,7}(r\d+)?", value, re.ASCII):
            return value
        if value.count("-") != 2:
            self.fail(f"'{value}' is neither an edition, such as 7 or 7r2, nor a day, such as 2026-11-21", param, ctx)
        return super().convert(value, param, ctx)


@click.command(cls=Command, short_help="Show what changed between two editions or two days.")
@click.argument("sides", metavar="[A] [B]", nargs=-1, type=_Side())
@click.option("--next", "with_next", is_flag=True, help="Compare with what the facts say now, without building.")
@IN_LANGUAGE
@click.option("--partnership", default="", metavar="NAME", help="Only this partnership; default: all.")
@EDITIONS_IN
@AS_JSON
@click.pass_obj
def diff(
    here: Here, /, sides: tuple[str | date, ...], with_next: bool, language: str, out: Path | None, **some: Any
) -> None:
    """Show what changed between A and B, corrections first, with both values and the lines cited.

    A and B are editions (7, or 7r2 for its second revision) or days (2025-09-01: what could be known and said then).
    Without B: A and the newest edition. With neither: the newest edition and the one before it. The earlier of the
    two always comes first. With --next: what the next edition would report if it were built now; with --next alone,
    also which documents and pages would change, and with --lang in which words; they are made and not written.

    The exit code is 0 whether or not anything changed; 1 if a partnership has nothing to compare.
    """
    from briefgen.read.facts import choose_partnerships
    from briefgen.read.languages import BASE
    from briefgen.tools.building import look_ahead
    from briefgen.tools.editions import compare

    workspace = here.workspace
    if len(sides) + with_next > 2:
        raise click.UsageError("only two editions or days can be compared, and --next counts as one of them")
    code = here.language(language, BASE)
    folder, today = here.out(out), here.today
    compared: list[tuple[EditionComparison, Ahead | None]] = []
    missing: list[Finding] = []
    for facts in choose_partnerships(workspace, (some["partnership"],) if some["partnership"] else ()):
        try:
            compared.append((compare(workspace, facts, folder, today, code, sides, with_next=with_next), None))
            if with_next and not sides:
                compared[-1] = compared[-1][0], look_ahead(workspace, facts, folder, today, language)
        except FindingsError as error:
            missing += error.findings
    if not compared:
        raise FindingsError(missing)
    data = [each.to_data() | ({"next": asdict(next_)} if next_ else {}) for each, next_ in compared]
    said = ((*_lines(each), *_ahead_lines(next_, quoting=bool(language))) for each, next_ in compared)
    answer(some["as_json"], data, ["\n\n".join(map("\n".join, said))])
    sys.exit(stopped(missing, workspace.root) if missing else OK)


def _lines(compared: "EditionComparison") -> Iterator[str]:
    from briefgen.tools.editions import before_and_now

    yield styled(f"{compared.partnership}: from {compared.older.name} to {compared.newer.name}", bold=True)
    if not compared.changes:
        yield "  Nothing changed."
        return
    readers = "readers must know" if compared.major else "minor: only other words or sources"
    yield f"  {plural(len(compared.changes), 'change')}; {readers}."
    pairs = zip(compared.changes, compared.rows, strict=True)
    for _, group in groupby(pairs, lambda each: each[0].kind):
        found = list(group)
        yield f"\n{styled(found[0][1].kind.label, bold=True)} ({len(found)})"
        for change, row in found:
            old, new = before_and_now(row)
            became = [f"{old} → {new or '–'}".lstrip()] if old or new else []
            cites = f"[{', '.join((*change.snapshot.cites, *change.snapshot.reported_by))}]"
            yield f"  {styled(change.fact, fg='cyan')}"
            yield from (wrapped(each, 6) for each in (str(row.text), *became, *row.notes, cites))


def _ahead_lines(ahead: "Ahead | None", *, quoting: bool) -> Iterator[str]:
    if ahead is None:
        return
    yield f"\n{styled(ahead.sentence, bold=True)}"
    if ahead.compared:
        others = ahead.compared - len(ahead.documents)
        yield f"  {plural(len(ahead.documents), 'document')} would say something else, {others} would not."
    for each in ahead.documents:
        yield wrapped(f"{each.name}: {each.where}", 2, 2)
        for sign, texts in (("+", each.added), ("-", each.removed)) if quoting else ():
            yield from (wrapped(f"{sign} {text}", 6, 2) for text in texts[:_MOST_LINES])
            if len(texts) > _MOST_LINES:
                yield wrapped(f"{sign} and {len(texts) - _MOST_LINES} more", 6)
