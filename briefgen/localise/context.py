"""What every part of a page needs: texts as prose, values as words, names, and source marks."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as calendar_day
from functools import cached_property, wraps
from itertools import chain, groupby
from typing import Any, Concatenate, ParamSpec, TypeVar

from briefgen.localise.cldr import spoken_in
from briefgen.localise.labels import FORMS, STATUSES, Label
from briefgen.localise.language import Language, names_alone, names_in, names_within
from briefgen.localise.values import format_value, join, with_particle
from briefgen.model import remembered
from briefgen.model.book import FactBook, date_in
from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.dates import FactDate, Interval, Period
from briefgen.model.facts import Act, Document, Field, Figure, Meeting, Office, Statement, Value, pieces, summit_of
from briefgen.model.quantities import Cite, Name, Quantity, is_date
from briefgen.model.records import Event
from briefgen.model.views import Badge, Item, Mark, Prose, Run

DAGGER = "†"
DERIVED_SIGN = f"\u2060{DAGGER}"
"""Stands behind each value that a source implies and does not print; the word joiner keeps it in the value's line."""
SEPARATOR = "\u00a0· "
"""Stands between remarks; bound to what goes before, as a comma is, so that no line begins with it."""
_SHORT = 17
"""Longer names may be broken: bound, they would leave half of a line empty."""

P = ParamSpec("P")
T = TypeVar("T")


def once(function: Callable[Concatenate["Context", P], T]) -> Callable[Concatenate["Context", P], T]:
    """Make a pure function of a context answer each question once: a page asks most of them tens of times.

    What it is asked must have a hash, and be printed alike where it is equal: 3.2 and 3.20 are not.
    """

    @wraps(function)
    def call(context: "Context", /, *args: P.args, **named: P.kwargs) -> T:
        asked = (function, args, *named.items())
        if asked not in context.answers:
            context.answers[asked] = function(context, *args, **named)
        answer: T = context.answers[asked]
        return answer

    return call


def once_of_each(
    function: Callable[Concatenate["Context", Assessed, P], T],
) -> Callable[Concatenate["Context", Assessed, P], T]:
    """Do the same for a function of a fact: of each that is the briefing's own, wherever it stands on the page."""

    @once
    def own(context: "Context", id: str, /, *args: P.args, **named: P.kwargs) -> T:
        return function(context, context.briefing.items[id], *args, **named)

    @wraps(function)
    def call(context: "Context", known: Assessed, /, *args: P.args, **named: P.kwargs) -> T:
        if context.briefing.items.get(known.fact.id) is known:
            return own(context, known.fact.id, *args, **named)
        return function(context, known, *args, **named)

    return call


@dataclass(frozen=True, kw_only=True)
class Context:
    """One briefing in one language."""

    briefing: Briefing
    language: Language
    reader: str = ""
    """The party whose side comes first; empty for the one whose language it is."""

    @property
    def book(self) -> FactBook:
        """The facts."""
        return self.briefing.book

    @cached_property
    def answers(self) -> dict[Any, Any]:
        """What functions answered `once`, by what they were asked."""
        return {}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source on this page: known ones that a known fact or its outcome cites, oldest first."""
        cited = {cite.source for item in self.briefing.items.values() for cite in (*item.cites, *item.reported_by)}
        oldest = sorted(cited, key=lambda id: (self.book.sources[id].known_from, id))
        return {id: number for number, id in enumerate(oldest, 1)}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The printed name of every party, person and term by id."""
        return names_in(self.book, self.language)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The parties in this edition's order: the reader's own, as look.yaml or else its language has it, first."""
        listed, parties = self.book.file.partnership.parties, self.book.file.parties
        spoken = {id: parties[id].language or spoken_in(id, parties[id].name) for id in listed}
        own_language = (id for id in listed if spoken[id] == self.language.code)
        own = self.reader if self.reader in listed else next(own_language, "")
        return (*(id for id in listed if id == own), *(id for id in listed if id != own))

    def measured_by(self, item: Assessed) -> str:
        """The figure that measures a goal: which it names, or which has the name of its target; empty without one."""
        target = item.fact.target if isinstance(item.fact, Statement) else None
        return (target.indicator or self._figures_by_name.get(target.name, "")) if target else ""

    @cached_property
    def _figures_by_name(self) -> Mapping[str, str]:
        figures = (item.fact for item in printed(self) if isinstance(item.fact, Figure) and item.fact.name)
        return {each.name: each.id for each in reversed([*figures])}

    @cached_property
    def last_meeting(self) -> Assessed | None:
        """The latest meeting of leaders; where none is known, the latest meeting; of one day the first in the file."""
        leaders = [item for item in self.meetings if isinstance(item.fact, Meeting) and item.fact.leaders]
        return max(leaders or self.meetings, key=self.day, default=None)

    @cached_property
    def meetings(self) -> tuple[Assessed, ...]:
        """The meetings that took place, without those in whose place there is another entry."""
        found = (item for item in printed(self) if isinstance(item.fact, Meeting) and not item.superseded_by)
        return tuple(item for item in found if item.took_place)

    @cached_property
    def last_meeting_day(self) -> calendar_day | None:
        """The first day of the last meeting of leaders."""
        when = self.when(self.last_meeting) if self.last_meeting else None
        return when.first if when else None

    def day(self, known: Assessed) -> calendar_day:
        """The last day of a fact, to sort by; of one without a day, the earliest that there is."""
        when = self.when(known)
        return when.last if when else calendar_day.min

    def sides(self, items: Iterable[Assessed]) -> tuple[tuple[str, ...], ...]:
        """Every party, whether or not it says any of these, then whoever else does: several together, or a third."""
        sides: list[tuple[str, ...]] = [(id,) for id in self.parties]
        for item in items:
            if set(item.fact.by) not in map(set, sides):
                sides.append(self.parties if self.is_all(item.fact.by) else item.fact.by)
        return tuple(sides)

    def when(self, known: Assessed) -> FactDate | None:
        """The day of a fact: its own, else that of its occasion."""
        event = self.occasion(known)
        return date_in(known.values, "when") or (event.date if event else None)

    def occasion(self, known: Assessed) -> Event | None:
        """The occasion on which a fact was said or done, once its source is out."""
        return self.book.occasion(known.fact, self.briefing.day)

    @once
    def label(self, label: Label, /, **fields: str) -> str:
        """A label with its fields filled."""
        return self.bound(self.language.label_text(label, **fields))

    def share(self, number: int, total: int) -> str:
        """How many of all rows there are here, in one piece; empty where all are."""
        share = self.label(Label.SHARE_SHOWN, number=str(number), total=str(total)) if number < total else ""
        return share.replace(" ", "\u00a0")

    def bound(self, text: str) -> str:
        """The text with no-break spaces inside short names, titles and what else the language keeps together."""
        return self._short_names.sub(lambda name: name[0].replace(" ", "\u00a0"), text)

    @cached_property
    def _short_names(self) -> re.Pattern[str]:
        file, text = self.book.file, self.language.text_or_english
        names = {self.names[id] for id in (*file.parties, *file.people, *file.bodies)}
        known = (item.fact for item in self.briefing.items.values())
        for office in [fact for fact in known if isinstance(fact, Office)]:
            names.add(text(f"{office.id} text", office.text))
        for id in file.terms:
            names.update(_capitalised(self.names[id].replace("\u00a0", " ")))
        for id, source in self.book.sources.items():
            if source.publisher != "not stated" and source.known_from <= self.briefing.day:
                paper = text(f"publisher {id}", source.publisher)
                names.update((paper, *_capitalised(paper)))
        spaced = {name.replace("\u00a0", " ") for name in names}  # may be bound
        short = {name for name in spaced if " " in name and len(name) <= _SHORT}
        longest_first = sorted(short.union(self.language.patterns.together), key=lambda name: (-len(name), name))
        spaces = (re.escape(name).replace(r"\ ", "[ \u00a0]") for name in longest_first)
        return re.compile("|".join(spaces) or r"(?!)")

    def badge(self, code: str, label: Label, **fields: str) -> Badge:
        """A coded word."""
        return Badge(code.replace(" ", "-"), self.label(label, **fields))

    def standing(self, known: Assessed, status: Status | None = None) -> Badge:
        """The word for the status of a fact, or for another that it had.

        A plan, hope or invitation has a day rather than a deadline, and a hope comes about; of what was said for a
        summit that took place, only the result is open.
        """
        status, is_paper = status or known.status, isinstance(known.fact, Document)
        label = STATUSES[status]
        if status is Status.FULFILLED and known.fact.act in (Act.HOPED, Act.INVITED):
            label = Label.CAME_ABOUT
        elif status is Status.OPEN and known.due and (is_paper or known.due.first <= self.briefing.day):
            label = Label.IN_TERM if is_paper else Label.UNDER_WAY if isinstance(known.due, Interval) else label
        elif status is Status.DEADLINE_PASSED:
            summit = self.briefing.items.get(summit_of(known.fact))
            if summit and summit.took_place:
                return self.badge(Status.OUTCOME_NOT_RECORDED, Label.SUMMIT_HELD)
            if is_paper or known.fact.act.owes_nothing:
                label = Label.TERM_ENDED if is_paper else Label.DATE_PASSED
        return self.badge(status, label)

    def form(self, form: str) -> str:
        """What kind of paper or meeting something is; the facts may name kinds of their own."""
        if form in FORMS:
            return self.label(FORMS[form])
        return self.text(f"form {form}", self.book.file.forms.get(form, form))

    def format_value(self, quantity: Quantity, style: str = "prose") -> str:
        """A value in words."""
        return format_value(quantity, self.language.patterns, style, self.names)

    @once
    def date(self, when: FactDate | None, style: str = "table") -> str:
        """A date in words; empty where there is none."""
        return self.format_value(when, style) if when else ""

    def period(self, value: Value | None) -> str:
        """The period of a figure as tables have it; empty where there is none."""
        return self.format_value(value.value, "table") + self.sign(value) if value else ""

    @once
    def name(self, id: str) -> str:
        """The printed name of a party, person or term by itself; of a party that has a short one, that."""
        return self.bound(names_alone(self.book, self.language).get(id, id))

    def join(self, items: Iterable[str]) -> str:
        """An enumeration."""
        return join(tuple(items), self.language.patterns)

    @once
    def side(self, parties: tuple[str, ...]) -> str:
        """One party by name, both as "both sides", more as "all sides"; several in the order of the edition."""
        if self.is_all(parties):
            return self.label(Label.ALL_SIDES if self.is_many else Label.BOTH_SIDES)
        return self.join(map(self.name, sorted(parties, key=self.rank_of))) if parties else ""

    def theme(self, id: str) -> str:
        """A field by name; empty for a fact that stands in none."""
        return self.text(f"theme {id}", self.book.file.themes.get(id, ""))

    @once
    def within(self, *ids: str) -> str:
        """The same as it stands within a sentence: all sides, the European Union."""
        if self.is_all(ids):
            return self.label(Label.ALL_SIDES_WITHIN if self.is_many else Label.BOTH_SIDES_WITHIN)
        named = {**self.names, **names_within(self.book, self.language)}
        return self.join(self.bound(named.get(id, id)) for id in sorted(ids, key=self.rank_of))

    def rank_of(self, *ids: str) -> int:
        """The place of a side in this edition's order, by its first party; whoever else comes after all of them."""
        return min((self.parties.index(id) for id in ids if id in self.parties), default=len(self.parties))

    @property
    def is_many(self) -> bool:
        """Whether there are more than two parties."""
        return len(self.parties) > 2

    def is_all(self, sides: tuple[str, ...]) -> bool:
        """Whether these are all parties of the partnership."""
        return len(sides) > 1 and set(sides) == set(self.parties)

    def text(self, context: str, english: str, values: Mapping[str, Value] | None = None) -> str:
        """A translated text within a sentence, with its values in words."""
        translated = self.language.text_or_english(context, english)
        return self.bound("".join(run.text for run in self._runs(self.language, translated, values or {}, self.names)))

    def prose(self, context: str, english: str, values: Mapping[str, Value]) -> Prose:
        """A translated text with its values in words; untranslated English is marked as such."""
        translated = self.language.text(context, english)
        if translated is not None:
            own = _sentence(self._runs(self.language, translated, values, self.names)).runs
            return Prose(tuple(Run(self.bound(run.text), run.value, run.lang) for run in own))
        base = self.language.fallback or self.language
        runs = self._runs(base, english, values, names_in(self.book, base))
        return _sentence(Run(run.text, run.value, base.patterns.lang) for run in runs)

    def value(self, value: Value, style: str) -> Prose:
        """A value that stands alone."""
        return _sentence(self.worded(value, style))

    def worded(self, value: Value, style: str) -> Iterator[Run]:
        """A value that follows other words."""
        yield Run(self.format_value(value.value, style), str(value.value))
        if sign := self.sign(value):
            yield Run(sign)

    def sign(self, value: Value | None) -> str:
        """The sign of a value that its source does not print; empty for others, and for names: it calls them dead."""
        return DERIVED_SIGN if value and not isinstance(value.value, Name) and self.book.reasoning(value.cite) else ""

    def _runs(
        self, language: Language, text: str, values: Mapping[str, Value], names: Mapping[str, str]
    ) -> Iterator[Run]:
        found = (*pieces(text), "")
        for before, piece, behind in zip(("", *found), found, found[1:], strict=False):
            match piece:
                case str():
                    yield Run(piece)
                case Field(name=name, styles=styles) if name in values:
                    in_brackets = str(before).endswith("(") and str(behind).startswith(")")
                    if not styles and is_date(values[name].value) and in_brackets:
                        styles = ("table",)  # the form of every other date in brackets
                    yield from _value_runs(language, values[name].value, styles, names, self.sign(values[name]))
                case Field(name=name):
                    yield Run(f"{{{name}}}")

    def marks(self, cites: Iterable[Cite]) -> tuple[Mark, ...]:
        """One mark a source, with the cited lines."""
        lines: dict[str, list[int]] = {}
        for source, line in sorted({(cite.source, cite.line) for cite in cites if cite.source in self.numbers}):
            lines.setdefault(source, []).append(line)
        return tuple(
            Mark(
                number=self.numbers[source],
                source=source,
                lines=", ".join(self.label(Label.LINE, number=str(line)) for line in found),
                anchor=f"L{found[0]}",
            )
            for source, found in sorted(lines.items(), key=lambda cited: self.numbers[cited[0]])
        )

    def cited(self, mark: Mark) -> str:
        """What a source is, and which of its lines are cited."""
        return f"{self.text(f'source {mark.source}', self.book.sources[mark.source].describes)}, {mark.lines}"

    @once_of_each
    def wording(self, known: Assessed) -> Prose:
        """The words of a fact."""
        return self.prose(known.text_key, known.fact.text, known.values)

    @once_of_each
    def item(self, known: Assessed) -> Item:
        """A fact as text with its sources."""
        text, marks, note = self.wording(known), self.marks(known.cites), self.note(known)
        account, stale = self.account(known), self.stale(known)
        return Item(id=known.fact.id, text=text, marks=marks, note=note, account=account, stale=stale)

    def plain(self, known: Assessed) -> str:
        """The fact's text for a program that explains no signs."""
        return str(self.item(known).text).replace(DERIVED_SIGN, "")

    def later(self, known: Assessed) -> str:
        """What took the fact's place; empty where nothing did."""
        successor = self.briefing.items.get(known.superseded_by)
        return self.label(Label.SUPERSEDED_BY, text=str(self.called(successor))) if successor else ""

    def called(self, known: Assessed) -> Prose:
        """The fact's text; of an office with who holds it."""
        text, fact = self.item(known).text, known.fact
        person = self.format_value(fact.holder.value) if isinstance(fact, Office) else ""
        return Prose((Run(self.label(Label.PERSON_TITLE, person=person, title=str(text))),)) if person else text

    def note(self, known: Assessed) -> Prose:
        """The fact's note, if it has one."""
        fact = known.fact
        note = self.prose(f"{fact.id} note", fact.note, known.values) if fact.note else Prose()
        if not (since := known.values.get("in_force") if isinstance(fact, Document) else None):
            return note
        day = self.format_value(since.value, "table") + self.sign(since)
        return remarks(note, self.label(Label.IN_FORCE, date=day))

    def stale(self, known: Assessed) -> str:
        """When the fact was last confirmed, where that is too long ago; empty where it is fresh or does not age."""
        return self.label(Label.LAST_CONFIRMED, date=self.month(known.confirmed)) if known.stale else ""

    def dates_itself(self, known: Assessed) -> bool:
        """Whether the fact's occasion, which is printed with its day, was in the month of its last confirmation."""
        event = self.occasion(known)
        last = event.date.last if event else None
        return last is not None and (last.year, last.month) == (known.confirmed.year, known.confirmed.month)

    def month_of(self, when: FactDate, style: str = "table") -> str:
        """The month of a date, or the year where no more is known: tables of statements need no day."""
        known = when.first.month == when.last.month and when.first.year == when.last.year
        return self.month(when.first, style) if known else self.date(when, style)

    @once
    def month(self, day: calendar_day, style: str = "table") -> str:
        """The month of a day."""
        return self.format_value(Period(day.year, day.month), style)

    def account(self, known: Assessed, *, brief: bool = False) -> str:
        """Whose account it is, where those who spoke are not just that side; in brief not that it was an interview."""
        sources = [self.book.sources[cite.source] for cite in known.cites]
        told_by, *others = {source.account for source in sources}
        if others or not told_by or not known.fact.by or known.fact.by == (told_by,):
            return ""
        interview = not brief and all(source.interview for source in sources)
        label = Label.ACCOUNT_IN_INTERVIEW if interview else Label.ACCOUNT
        return self.label(label, party=self.within(told_by))

    def speaker(self, known: Assessed) -> str:
        """Who said it, with the title that one of its sources gives, or that is known from before and after them.

        Where neither is so though others have titles, the source is said to have none; empty where nobody is named.
        """
        id = known.fact.speaker
        if not id or id in self.book.file.bodies:
            return self.name(id) if id else ""
        return self._titled(id, frozenset(cite.source for cite in known.cites))

    @once
    def _titled(self, id: str, sources: frozenset[str]) -> str:
        office = self._office(id, sources)
        if office is None:
            titled = any(isinstance(known.fact, Office) for known in self.briefing.items.values())
            return self.label(Label.PERSON_UNTITLED, person=self.name(id)) if titled else self.name(id)
        title = str(self.wording(office))
        label = Label.PERSON_THEN if self._has_left(office) else Label.PERSON_TITLE
        return self.label(label, person=self.name(id), title=title)

    def _has_left(self, office: Assessed) -> bool:
        """Return whether somebody else has held the office since, according to the newest source."""
        first = office.fact
        while (later := self.briefing.items.get(office.superseded_by)) is not None:
            office = later
        last = office.fact
        return isinstance(first, Office) and isinstance(last, Office) and last.holder.value != first.holder.value

    def protocol(self, known: Assessed) -> int:
        """The rank of the office of whoever speaks; 0 where there is none."""
        office = self._office(known.fact.speaker, frozenset(cite.source for cite in known.cites))
        return office.fact.rank if office else 0

    @once
    def _office(self, person: str, sources: frozenset[str]) -> Assessed | None:
        """The office that one of these sources names, else one that others from before and after them all name."""
        held = [
            known
            for known in printed(self)
            if isinstance(known.fact, Office) and str(known.fact.holder.value) == f"@{person}"
        ]
        said = [self.book.sources[id].known_from for id in sources]

        def spans(office: Assessed) -> bool:
            days = self.book.known_days(office.cites)
            return bool(said) and min(days) < min(said) and max(said) < max(days)

        told = (known for known in held if any(cite.source in sources for cite in known.cites))
        return next(chain(told, filter(spans, held)), None)


@remembered(16)  # an edition's pages, data and calendars, and what each language's PDFs carry, say the same
def context_of(briefing: Briefing, language: Language, reader: str) -> Context:
    """Return what words a briefing in a language, for readers of one of its parties or (empty) whose language it is."""
    return Context(briefing=briefing, language=language, reader=reader)


@once
def printed(context: Context) -> tuple[Assessed, ...]:
    """Return known facts, without those corrected away, which are in the changes alone."""
    return tuple(item for item in context.briefing.items.values() if not item.is_corrected)


def remarks(*parts: Prose | str) -> Prose:
    """Several remarks as one, without those that are empty."""
    found = [part.runs if isinstance(part, Prose) else (Run(part),) for part in parts if part]
    return Prose(tuple(run for runs in found for run in (Run(SEPARATOR), *runs))[1:])


def _capitalised(term: str) -> Iterator[str]:
    """Yield the names within a term, as capitals tell them: Triều Tiên of Bán đảo Triều Tiên."""
    for is_name, words in groupby(term.split(), key=lambda word: word[0].isupper()):
        if is_name:
            yield " ".join(words).strip(",;()")


def _sentence(runs: Iterable[Run]) -> Prose:
    """A text that begins with a value begins with a capital all the same, in scripts that have them."""
    first, *rest = runs
    return Prose((Run(first.text[:1].upper() + first.text[1:], first.value, first.lang), *rest))


def _value_runs(
    language: Language, quantity: Quantity, styles: tuple[str, ...], names: Mapping[str, str], sign: str
) -> Iterator[Run]:
    """The value in words; a style with a slash is a pair of particles that follows it."""
    style = next((style for style in styles if "/" not in style), "prose")
    worded = format_value(quantity, language.patterns, style, names)
    yield Run(worded, str(quantity))
    if sign:
        yield Run(sign)
    for pair in (style for style in styles if "/" in style):
        yield Run(with_particle(worded, pair, language.patterns).removeprefix(worded))
