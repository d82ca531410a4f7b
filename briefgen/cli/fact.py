"""`briefgen fact`: writes a fact and its line's record from what a person says of the line; `briefgen review`."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import options
from briefgen.cli.output import FAULTS, OK, echo, echo_all, show
from briefgen.cli.sources import source_line
from briefgen.model.facts import Act
from briefgen.model.findings import did_you_mean, has_errors, plural

if TYPE_CHECKING:
    from briefgen.model.book import FactBook
    from briefgen.tools.source_lines import RecordFile, SourceLine

_NONE, _LISTED = "none", 12
"""What says that there is none, and the most words that an option is named with."""
_VALUE_HELP = """\
A value of the fact. NAME alone takes the line's figure of that name; NAME=FIGURE another one; 'NAME=VALUE as WORDS'
adds a figure that the draft has not read, with the words of the line; NAME=WORDS takes what a note of the draft read
in these words; 'NAME=VALUE because WHY' adds one that the line implies.
"""


@click.group(short_help="Write a fact from a line of a source.")
def fact() -> None:
    """Write facts from lines of sources, into the facts and into the record."""


@fact.command(short_help="Write the fact that a line of a source carries.")
@click.argument("line", metavar="SOURCE:LINE")
@click.option("--kind", default="", help="statement, document, meeting, summit, office, figure, mechanism, milestone.")
@click.option("--text", default="", help="One phrase in English; {NAME} stands for a figure of the line.")
@click.option(
    "--id",
    "id",
    default="",
    help="The id of the fact; default: the first words of its text. That of a figure gives it another observation.",
)
@click.option("--theme", default="", help="One of the themes of the facts.")
@click.option("--by", multiple=True, metavar="PARTY", help="Who says it; may be repeated; or 'none'.")
@click.option("--act", default="", help="How firm the words are: hoped, requested, announced, agreed ...")
@click.option("--speaker", default="", metavar="PERSON", help="Who says it in person, by id; or 'none'.")
@click.option("--to", multiple=True, metavar="PARTY", help="To whom it is said; may be repeated; or 'none'.")
@click.option("--on", default="", metavar="EVENT", help="The occasion, by its name in the record; or 'none'.")
@click.option(
    "--event", metavar="'DAY TITLE'", default="", help="An occasion that the record lacks: 2025-02-12 Council meeting."
)
@click.option("--value", "values", multiple=True, metavar="NAME[=...]", help=_VALUE_HELP)
@click.option("--set", "keys", multiple=True, metavar="KEY=VALUE", help="Another key: form=talks, rank=1.")
@click.option("--digest", default="", help="What the line says, in your own words.")
@click.option("--settled", is_flag=True, help="You looked at the notes of the draft on this line: take them away.")
@click.option("--partnership", default="", metavar="NAME", help="Whose fact it is, where a workspace has several.")
@click.pass_obj
def add(start: Path, /, line: str, partnership: str, **given: Any) -> None:
    """Write the fact that the line SOURCE:LINE carries: into the facts, and into the record of the source.

    Cites, values, their figures and the record's entry are filled in. Who says it, to whom and with which act are asked
    and never guessed; where there is no terminal, they are options that must be given. The two files are written only
    if they can be read afterwards, and what `briefgen check` finds in the new fact is told.
    """
    from briefgen.publish.atomic import replace_file
    from briefgen.read.facts import read_book
    from briefgen.tools.new_fact import facts_of, faults_of, write_fact
    from briefgen.tools.source_lines import LINE_HINT, citing, find_record, split_name

    workspace = options.find(start)
    source, number = split_name(line)
    if number is None:
        raise click.UsageError(f"'{line}' names no line: {LINE_HINT}")
    facts, record = facts_of(workspace, partnership), find_record(workspace, source)
    book = read_book(workspace, facts)
    if sys.stdin.isatty():
        echo_all(source_line(f"{source}:L{number}", record.line(number), citing(workspace, source).get(number, ())))
        echo()
    made = _Asking(book, record, record.line(number), given).fact()
    written = write_fact(workspace, facts, record, number, made)
    for path, text in written.items():
        replace_file(path, text.encode(), workspace.root)
    recorded, book_file = map(workspace.shown, written)
    echo(f"{book_file}: {made.kind} {made.id}; {recorded}: line {number}.")
    found = faults_of(workspace, facts, made.id, record, number)
    show(found, workspace.root)
    echo(f"{plural(len(found), 'finding')} to mend." if found else "No findings.")
    sys.exit(FAULTS if has_errors(found) else OK)


@click.command(short_help="Record that you looked at facts again and found nothing new.")
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--on", "day", type=options.Day(), help="The day on which you looked; default: today.")
@click.pass_obj
def review(start: Path, facts: tuple[str, ...], day: date | None) -> None:
    """Write `reviewed: DAY` into each FACT, named by its id; nothing else in the file is touched.

    Where several partnerships have a fact of that id, name it PARTNERSHIP/ID.

    A fact is fresh again from that day. `briefgen check --max-stale 0` names those that are past review.
    """
    from briefgen.publish.atomic import replace_file
    from briefgen.tools.new_fact import review_facts

    workspace = options.find(start)
    today = options.current_time(workspace).date()
    if day and day > today:
        raise click.UsageError(f"--on {day} is after today; give the day on which somebody looked")
    for path, text in review_facts(workspace, facts, day or today).items():
        replace_file(path, text.encode(), workspace.root)
    echo(f"{plural(len(set(facts)), 'fact')} reviewed on {day or today}.")


class _Asking:
    """Takes what was given as options, asks for the rest on a terminal, and names everything that is missing else."""

    def __init__(self, book: "FactBook", record: "RecordFile", line: "SourceLine", given: Mapping[str, Any]) -> None:
        self.file, self.record, self.line, self.ids, self.given = book.file, record, line, [*book.facts], given
        self.figures = [id for id, fact in book.facts.items() if fact.kind == "figure"]
        self.missing: list[str] = []

    def fact(self) -> Any:
        """Return the new fact; wrong use if something is missing or unknown."""
        from briefgen.tools.new_fact import ACTING, KINDS, NewFact, needed

        kind = self._choice("kind", tuple(KINDS), "What kind of fact")
        is_observed = kind == "figure" and self.given["id"] in self.figures
        text = "" if is_observed else self._text("text", "The fact in one English phrase, figures as {name}")
        if not sys.stdin.isatty() and not kind:
            self._stop()
        themes = tuple(self.file.themes)
        is_open = not is_observed and (self.given["theme"] or len(themes) != 1)
        theme = self._choice("theme", themes, "Theme") if is_open else themes[0]
        is_said = kind == "statement"
        asked = kind in ACTING or self.given["by"] or self.given["act"]
        by = self._several("by", self.file.parties, "Who says or does it") if asked else ()
        act = self._choice("act", tuple(each.value for each in Act), "Act, by the words of the source") if asked else ""
        has_speaker = is_said or self.given["speaker"]
        speaker = self._one("speaker", self.file.people, "Who says it in person") if has_speaker else ""
        to = self._several("to", self.file.parties, "To whom") if is_said or self.given["to"] else ()
        keys = {**dict(self._pairs()), **dict(self._keys(kind, needed(kind)[1]))}
        on, event = self._occasion(kind == "meeting" and keys.get("held") != "false")
        values = self._all_values(needed(kind)[0], text)
        digest = "" if self.line.entry.get("digest") else self._text("digest", "What the line says, in your own words")
        settled = self._settled(values)
        if self.missing:
            self._stop()
        return NewFact(
            kind=kind,
            id=str(self.given["id"]) if is_observed else self._new_id(text),
            text=text,
            theme=theme,
            digest=digest,
            by=by,
            speaker=speaker,
            to=to,
            act=act,
            on=on,
            event=event,
            values=values,
            keys=keys,
            settled=settled,
        )

    def _new_id(self, text: str) -> str:
        from briefgen.tools.new_fact import check_id, new_id

        id = check_id(self.given["id"]) if self.given["id"] else new_id(text, self.ids)
        if id in self.ids:
            raise click.UsageError(f"the id '{id}' is taken; choose another one with --id")
        return id

    def _occasion(self, is_needed: bool) -> tuple[str, str]:
        """Return the name of an event of the record, and the day and title of one that it lacks."""
        from briefgen.tools.new_fact import new_id

        events, on, event = self.record.value.get("events") or {}, self.given["on"], self.given["event"]
        if is_needed and not (events or on or event):
            event = self._ask("--event 'DAY TITLE'", "The occasion: its day and its title", str)
        if not event:
            return (self._one("on", events, "On which occasion") if events or on else ""), ""
        if on in events:
            raise click.UsageError(f"the record has the event '{on}' already; leave --event out")
        return on or new_id(event.partition(" ")[2], [*events]), event

    def _stop(self) -> None:
        names = ", ".join(self.missing)
        raise click.UsageError(f"there is no terminal to ask on, and these options are missing: {names}")

    def _text(self, name: str, question: str) -> str:
        return str(self.given[name]) or self._ask(f"--{name}", question, lambda typed: typed)

    def _choice(self, name: str, known: Collection[str], question: str) -> str:
        if given := str(self.given[name]):
            return _known(f"--{name}", given, known)
        asked = f"{question} ({', '.join(known)})"
        return self._ask(_option(name, known), asked, partial(_known, question, known=known))

    def _one(self, name: str, known: Collection[str], question: str) -> str:
        found = self._choice(name, (*known, _NONE), question)
        return "" if found == _NONE else found

    def _several(self, name: str, known: Collection[str], question: str) -> tuple[str, ...]:
        given = ", ".join(self.given[name])

        def read(typed: str) -> str:
            return ",".join(_known(f"--{name}", each.strip(), (*known, _NONE)) for each in typed.split(","))

        asked = f"{question} ({', '.join((*known, _NONE))})"
        found = read(given) if given else self._ask(_option(name, (*known, _NONE)), asked, read)
        return tuple(each for each in found.split(",") if each and each != _NONE)

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for each in self.given["keys"]:
            key, sign, value = each.partition("=")
            if not sign:
                raise click.UsageError(f"--set '{each}': write KEY=VALUE, such as form=talks")
            yield key.strip(), value.strip()

    def _keys(self, kind: str, needed: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the keys that such a fact must have and that were not given."""
        from briefgen.read.validate import choices_at
        from briefgen.tools.new_fact import KINDS

        given = {key.partition(".")[0] for key, _ in self._pairs()}
        for key in needed:
            if key not in given:
                known = choices_at(KINDS[kind], (key,))
                question = f"{key} ({', '.join(known)})" if known else key
                yield key, self._ask(f"--set {key}=...", question, partial(_known, key, known=known))

    def _all_values(self, needed: Collection[str], text: str) -> tuple[str, ...]:
        from briefgen.tools.new_fact import with_noted

        values = (*self.given["values"], *self._values(needed, text))
        return with_noted(values, self.line.entry.get("undecided") or ())

    def _values(self, needed: Collection[str], text: str) -> Iterator[str]:
        """Yield the values that such a fact must have and that neither options, text nor the line's figures name."""
        from briefgen.model.facts import placeholders

        figures = {**(self.line.entry.get("figures") or {}), **(self.line.entry.get("derived") or {})}
        named = {each.partition("=")[0].strip() for each in self.given["values"]} | {*placeholders(text)}
        for name in needed:
            if name in named:
                continue
            if name in figures:
                yield name
            else:
                question = f"{name}: a figure of the line ({', '.join(figures) or 'none'}), or VALUE as WORDS"
                yield f"{name}={self._ask(f'--value {name}=...', question, str)}"

    def _settled(self, values: Sequence[str]) -> bool:
        from briefgen.tools.new_fact import open_notes

        notes = open_notes(self.line.entry.get("undecided") or (), values)
        if not notes or self.given["settled"]:
            return bool(notes)
        if not sys.stdin.isatty():
            self.missing.append(f"--settled (the draft asks: {'; '.join(notes)})")
            return False
        for note in notes:
            echo(f"  note: {note}")
        return click.confirm("Have you settled these notes, so that they can go?")

    def _ask(self, option: str, question: str, read: Callable[[str], str]) -> str:
        if not sys.stdin.isatty():
            self.missing.append(option)
            return ""

        def checked(typed: str) -> str:
            try:
                return read(typed.strip())
            except click.UsageError as wrong:
                raise click.BadParameter(wrong.message) from None

        return str(click.prompt(question, value_proc=checked))


def _option(name: str, known: Collection[str]) -> str:
    """Return an option with what it takes, if that is not too much to list."""
    return f"--{name} ({', '.join(known)})" if 0 < len(known) <= _LISTED else f"--{name}"


def _known(what: str, word: str, known: Collection[str]) -> str:
    """Return a word that is known; wrong use with the nearest one else. Without any known, every word is."""
    if known and word not in known:
        hint = did_you_mean(word, known) or "see briefgen fact add --help"
        raise click.UsageError(f"{what} '{word}' is not known; {hint}")
    return word
