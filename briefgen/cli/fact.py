"""`briefgen fact`: writes a fact and its line's record from what a person says of the line; `briefgen review`."""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from briefgen.cli import FAULTS, OK
from briefgen.cli.output import Command, DayOption, Group, Here, echo, echo_all, show
from briefgen.cli.sources import source_line
from briefgen.model.findings import did_you_mean, errors, plural

if TYPE_CHECKING:
    from briefgen.model.book import FactBook
    from briefgen.tools.new_fact import NewFact
    from briefgen.tools.source_lines import RecordFile, SourceLine

_NONE, _LISTED = "none", 12
"""What says that there is none, and the most words that an option is named with."""
_VALUE_HELP = """\
A value of the fact. NAME alone takes the line's figure of that name; NAME=FIGURE another one; 'NAME=VALUE as WORDS'
adds a figure that the draft has not read, with the words of the line; NAME=WORDS takes what the draft read in these
words; 'NAME=VALUE because WHY' adds one that the line implies.
"""


@click.group(cls=Group, short_help="Write a fact from a line of a source.")
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
    help="The id of the fact; default: the first words of its text. Without --text, a fact that is there already.",
)
@click.option("--theme", default="", help="One of the themes of the facts.")
@click.option("--by", multiple=True, metavar="PARTY", help="Who says it; may be repeated; or 'none'.")
@click.option("--act", default="", help="How firm the words are: hoped, requested, announced, agreed ...")
@click.option("--speaker", default="", metavar="PERSON", help="Who says it in person, by id; or 'none'.")
@click.option("--to", multiple=True, metavar="PARTY", help="To whom it is said; may be repeated; or 'none'.")
@click.option("--on", default="", metavar="EVENT", help="The occasion, by its name in the record; or 'none'.")
@click.option(
    "--event",
    metavar="'DAY TITLE'",
    default="",
    help="An occasion that the record lacks: 2025-02-12 Council meeting; 'because WHY' after it if no line gives it.",
)
@click.option("--value", "values", multiple=True, metavar="NAME[=...]", help=_VALUE_HELP)
@click.option("--set", "keys", multiple=True, metavar="KEY=VALUE", help="Another key: form=talks, rank=1.")
@click.option("--outcome", default="", help="What became of the fact --id: in progress, fulfilled, not met ...")
@click.option("--digest", default="", help="What the line says, in your own words.")
@click.option("--settled", is_flag=True, help="You looked at the notes of the draft on this line: take them away.")
@click.option("--partnership", default="", metavar="NAME", help="Whose fact it is, where a workspace has several.")
@click.pass_obj
def add(here: Here, /, line: str, partnership: str, **given: Any) -> None:
    """Write the fact that the line SOURCE:LINE carries: into the facts, and into the record of the source.

    Cites, values, their figures and the record's entry are filled in. Who says it, to whom and with which act are asked
    and never guessed; where there is no terminal, they are options that must be given. The two files are written only
    if they can be read afterwards, and what `briefgen check` finds in the new fact is told.

    With the --id of a fact that is there, and no --text, the line says more of that one: it confirms it, reports its
    --outcome, that it took place (--set held=true), or is one more observation of a figure.
    """
    from briefgen.read.facts import read_book
    from briefgen.tools.new_fact import facts_of, faults_of, write_fact
    from briefgen.tools.source_lines import LINE_HINT, citing, find_record, split_name

    workspace = here.workspace
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
    here.write_all(written)
    recorded, book_file = map(workspace.shown, written)
    echo(f"{book_file}: {made.kind} {made.id}; {recorded}: line {number}.")
    found = faults_of(workspace, facts, made.id, record, number)
    show(found, workspace.root)
    echo(f"{plural(len(found), 'finding')} to mend." if found else "No findings.")
    sys.exit(FAULTS if errors(found) else OK)


@click.command(cls=Command, short_help="Record that you looked at facts again and found nothing new.")
@click.argument("facts", nargs=-1, required=True, metavar="FACT...")
@click.option("--on", "day", type=DayOption(), help="The day on which you looked; default: today.")
@click.pass_obj
def review(here: Here, facts: tuple[str, ...], day: date | None) -> None:
    """Write `reviewed: DAY` into each FACT, named by its id; nothing else in the file is touched.

    Where several partnerships have a fact of that id, name it PARTNERSHIP/ID.

    A fact is fresh again from that day. `briefgen check --max-stale 0` names those that are past review.
    """
    from briefgen.tools.explain import review_facts

    workspace = here.workspace
    today = here.today
    if day and day > today:
        raise click.UsageError(f"--on {day} is after today; give the day on which somebody looked")
    here.write_all(review_facts(workspace, facts, day or today))
    echo(f"{plural(len(set(facts)), 'fact')} reviewed on {day or today}.")


class _Asking:
    """Takes what was given as options, asks for the rest on a terminal, and names everything that is missing else."""

    def __init__(self, book: "FactBook", record: "RecordFile", line: "SourceLine", given: Mapping[str, Any]) -> None:
        self.file, self.record, self.line, self.ids, self.given = book.file, record, line, [*book.facts], given
        self.there = None if given["text"] else book.facts.get(given["id"])
        self.missing: list[str] = []

    def fact(self) -> "NewFact":
        """Return the new fact; wrong use if something is missing or unknown."""
        from briefgen.tools.new_fact import KINDS, NewFact, check_id, needed, new_id, with_noted

        given, there = self.given, self.there
        kind = self._kind(tuple(KINDS))
        text = "" if there else self._one("text", "The fact in one English phrase, figures as {name}")
        if not sys.stdin.isatty() and not kind:
            self._stop()
        themes, outcome = tuple(self.file.themes), self._outcome()
        is_open = not there and (given["theme"] or len(themes) != 1)
        theme = self._one("theme", "Theme", themes) if is_open else themes[0]
        who: Mapping[str, Any] = {} if outcome else self._who(kind)  # a line that reports an outcome says no more
        needed_values, needed_keys = needed(kind) if not there or kind == "figure" else ((), ())
        keys = self._keys(kind, needed_keys if not there else ())
        is_held = keys.get("held") == "true" if there else keys.get("held") != "false"
        on, event = self._occasion(kind == "meeting" and is_held, is_asked=kind != "figure")
        typed = (*given["values"], *self._values(needed_values, text))
        values = with_noted(typed, self.line.entry)
        has_digest = self.line.entry.get("digest")
        digest = "" if has_digest else self._one("digest", "What the line says, in your own words")
        settled = self._settled(values, event)
        if self.missing:
            self._stop()
        id = check_id(given["id"]) if given["id"] else new_id(text, self.ids)
        if id in self.ids and not there:
            raise click.UsageError(f"the id '{id}' is taken; choose another one with --id, or leave --text out")
        return NewFact(
            kind=kind,
            id=id,
            text=text,
            theme=theme,
            digest=digest,
            on=on,
            event=event,
            values=values,
            keys=keys,
            outcome=outcome,
            settled=settled,
            **who,
        )

    def _kind(self, kinds: tuple[str, ...]) -> str:
        """Return what kind of fact it is; that of one that is there is known."""
        if not self.there:
            return self._one("kind", "What kind of fact", kinds)
        if self.given["kind"] not in ("", self.there.kind):
            raise click.UsageError(f"'{self.there.id}' is a {self.there.kind}, and no {self.given['kind']}")
        return self.there.kind

    def _who(self, kind: str) -> dict[str, Any]:
        """Return who says or does it, with which act, in person, and to whom."""
        from briefgen.model.facts import Act
        from briefgen.tools.new_fact import ACTING

        given, file, there = self.given, self.file, self.there
        is_said, sides, people = kind == "statement", (*file.parties, *file.bodies), (*file.people, *file.bodies)
        who: dict[str, Any] = {}
        if kind in ACTING or given["by"] or given["act"] or (there and there.by):
            who["by"] = self._several("by", "Who says or does it", sides)
        if kind in ACTING or who.get("by") or given["act"]:  # nobody's meeting has no act
            who["act"] = self._one("act", "Act, by the words of the source", tuple(each.value for each in Act))
        if is_said or given["speaker"] or (there and there.speaker):
            who["speaker"] = self._one("speaker", "Who says it in person", people, none=True)
        if is_said or given["to"] or (there and there.to):
            who["to"] = self._several("to", "To whom", sides)
        return who

    def _outcome(self) -> str:
        from briefgen.model.facts import Delivery

        if self.given["outcome"] and not self.there:
            raise click.UsageError("--outcome is of a fact that is there: name it with --id, and give no --text")
        if self.given["outcome"] and not hasattr(self.there, "outcome"):
            called_off = "if it was called off, add the statement that says so, and to this fact by hand"
            raise click.UsageError(
                "only statements and mechanisms have an outcome; that a meeting took place is --set held=true; "
                f"{called_off}: superseded: {{by: ID, reason: lapsed}}"
            )
        known = tuple(each.value for each in Delivery)
        return self._one("outcome", "What became of it", known) if self.given["outcome"] else ""

    def _occasion(self, is_needed: bool, *, is_asked: bool) -> tuple[str, str]:
        """Return the name of an event of the record, and the day and title of one that it lacks."""
        from briefgen.tools.new_fact import new_id

        events, on, event = self.record.value.get("events") or {}, self.given["on"], self.given["event"]
        is_elsewhere = self.there and (not self.there.on or self.there.on.source != self.record.id)
        if (is_elsewhere or not is_asked) and not (is_needed or on or event):
            return "", ""  # a line of another record than that of the occasion only confirms; a figure has a period
        if is_needed and not (events or on or event):
            event = self._ask("--event 'DAY TITLE'", "The occasion: its day and its title", str)
        if not event:
            return (self._one("on", "On which occasion", events, none=True) if events or on else ""), ""
        if on in events:
            raise click.UsageError(f"the record has the event '{on}' already; leave --event out")
        if on == _NONE:
            raise click.UsageError("--on none and --event contradict each other; leave one of them out")
        return on or new_id(event.partition(" ")[2], [*events, _NONE]), event

    def _stop(self) -> None:
        names = ", ".join(self.missing)
        raise click.UsageError(f"there is no terminal to ask on, and these options are missing: {names}")

    def _one(self, name: str, question: str, known: Collection[str] = (), *, none: bool = False) -> str:
        """Return what an option says, or else is typed; it is one of the known words, if there are any, or none."""
        words = (*known, _NONE) if none else known
        given = str(self.given[name])
        found = _known(f"--{name}", given, words) if given else self._asked(name, question, words)
        return "" if none and found == _NONE else found

    def _several(self, name: str, question: str, known: Collection[str]) -> tuple[str, ...]:
        words = (*known, _NONE)

        def read(typed: str) -> str:
            return ",".join(_known(f"--{name}", each.strip(), words) for each in typed.split(","))

        given = ", ".join(self.given[name])
        found = read(given) if given else self._asked(name, question, words, read)
        return tuple(each for each in found.split(",") if each and each != _NONE)

    def _keys(self, kind: str, needed: Collection[str]) -> dict[str, str]:
        """Return the keys that were given, and the others that such a fact must have."""
        from briefgen.read.validate import choices_at
        from briefgen.tools.new_fact import KINDS

        keys: dict[str, str] = {}
        for each in self.given["keys"]:
            key, sign, value = each.partition("=")
            if not sign:
                raise click.UsageError(f"--set '{each}': write KEY=VALUE, such as form=talks")
            keys[key.strip()] = value.strip()
        given = {key.partition(".")[0] for key in keys}
        for key in (each for each in needed if each not in given):
            known = choices_at(KINDS[kind], (key,))
            question = f"{key} ({', '.join(known)})" if known else key
            keys[key] = self._ask(f"--set {key}=...", question, partial(_known, key, known=known))
        return keys

    def _values(self, needed: Collection[str], text: str) -> Iterator[str]:
        """Yield the values that such a fact must have and that neither options, text nor the line's figures name."""
        from briefgen.model.facts import placeholders

        figures = {**(self.line.entry.get("figures") or {}), **(self.line.entry.get("derived") or {})}
        named = {each.partition("=")[0].strip() for each in self.given["values"]} | {*placeholders(text)}
        for name in (each for each in needed if each not in named):
            if name in figures:
                yield name
            else:
                question = f"{name}: a figure of the line ({', '.join(figures) or 'none'}), or VALUE as WORDS"
                yield f"{name}={self._ask(f'--value {name}=...', question, str)}"

    def _settled(self, values: Sequence[str], event: str) -> bool:
        from briefgen.tools.new_fact import open_notes

        notes = open_notes(self.line.entry.get("undecided") or (), values, event)
        if not notes or self.given["settled"]:
            return bool(notes)
        if not sys.stdin.isatty():
            self.missing.append(f"--settled (the draft asks: {'; '.join(notes)})")
            return False
        for note in notes:
            echo(f"  note: {note}")
        return click.confirm("Have you settled these notes, so that they can go?")

    def _asked(self, name: str, question: str, words: Collection[str], read: Callable[[str], str] | None = None) -> str:
        """Ask for an option, or note with the words it takes, if these are not too many to list, that it is missing."""
        listed = f" ({', '.join(words)})" if words else ""
        option = f"--{name}{listed if len(words) <= _LISTED else ''}"
        return self._ask(option, question + listed, read or partial(_known, question, known=words))

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


def _known(what: str, word: str, known: Collection[str]) -> str:
    """Return a word that is known; wrong use with the nearest one else. Without any known, every word is."""
    if known and word not in known:
        hint = did_you_mean(word, known) or "see briefgen fact add --help"
        raise click.UsageError(f"{what} '{word}' is not known; {hint}")
    return word
