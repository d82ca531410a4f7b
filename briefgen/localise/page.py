"""Briefing x Language -> Page: every part of the page, each finished."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import cache, partial
from itertools import islice
from typing import Any

from briefgen.changes import Changes
from briefgen.localise import back_matter, first_page, records, statements, summits
from briefgen.localise.back_matter import of_kind, overview_entry
from briefgen.localise.changes import named_edition, news
from briefgen.localise.cldr import direction
from briefgen.localise.context import SEPARATOR, Context, context_of
from briefgen.localise.history import is_courtesy
from briefgen.localise.labels import AGEING_KINDS, Label
from briefgen.localise.language import Language
from briefgen.localise.statements import said_at
from briefgen.localise.summits import sign_of_day
from briefgen.localise.values import as_of, count_of, digits
from briefgen.model import remembered
from briefgen.model.briefing import Assessed, Briefing, Status
from briefgen.model.dates import day_of, is_exact_day
from briefgen.model.document import Colophon, Masthead, Page
from briefgen.model.edition import Cleared, EditionInfo, Making, Rows
from briefgen.model.facts import Conflict, Document, Mechanism, Meeting, Statement, Summit, is_expected
from briefgen.model.findings import FindingsError, own_fault
from briefgen.model.look import ALL_LANGUAGES, BRIEF, SUMMITS, TALKS, TALKS_TIMES, TARGETS, Embargo, Look
from briefgen.model.views import Item, Prose, RowGroup, Run, StaleFact, StaleKind, SummitCard, ThemeGroup

MEETINGS_COMPARED = 3
"""Of how many meetings of leaders the accounts are compared."""


def lines(context: Context, look: Look) -> Mapping[str, str]:
    """By the names they have in a Masthead; empty what look.yaml does not say."""
    code = context.language.code
    labelled = {
        "prepared_by": (Label.PREPARED_BY, look.prepared_by),
        "contact": (Label.CONTACT, look.contact),
        "distribution": (Label.DISTRIBUTION, look.distribution),
    }
    return {
        "handling": look.handling.get(code, ""),
        "embargo": _embargo(context, look.embargo) if look.embargo else "",
        **{name: context.label(label, text=said[code]) for name, (label, said) in labelled.items() if said.get(code)},
        "footer_text": look.footer_text.get(code, ""),
        "watermark": look.watermark.get(code, look.watermark.get(ALL_LANGUAGES, "")),
        "logo_text": look.logo.text.get(code, "") if look.logo else "",
    }


def _embargo(context: Context, embargo: Embargo) -> str:
    """The day and hour; its zone as the distance from UTC, which everybody can reckon with: UTC+9, UTC+5:30."""
    at, minus = embargo.at, context.language.patterns.numbers.minus
    hours, minutes = divmod(abs(embargo.offset_minutes), 60)
    offset = f"{'+' if embargo.offset_minutes > 0 else minus}{hours}" if embargo.offset_minutes else ""
    return context.label(
        Label.EMBARGO,
        date=context.date(day_of(at.day), "prose"),
        hour=f"{at.hour:02}",
        minute=f"{at.minute:02}",
        zone=f"UTC{offset}" + (f":{minutes:02}" if minutes else ""),
    )


def stale(context: Context) -> tuple[StaleKind, ...]:
    """Every kind of fact that can go out of date, with those past review; nothing where none is."""
    past_review, ageing = context.briefing.past_review, Counter(map(_ages_as, context.briefing.ageing))
    found = {kind: [item for item in past_review if _ages_as(item) == kind] for kind in AGEING_KINDS if ageing[kind]}
    if not past_review:
        return ()
    lives = asdict(context.briefing.shelf_lives)
    return tuple(
        StaleKind(
            title=context.label(AGEING_KINDS[kind]),
            share=context.label(Label.SHARE_OF, number=str(len(items)), total=str(ageing[kind])).replace(" ", "\u00a0"),
            within=_in_days_or_months(context, lives[kind]),
            oldest=context.month(items[0].confirmed) if items else "",
            facts=tuple(_fact(context, item) for item in items),
        )
        for kind, items in found.items()
    )


def _in_days_or_months(context: Context, days: int) -> str:
    months = round(days / _MONTH)
    whole = days >= _YEAR and abs(months * _MONTH - days) < 1
    label, number = (Label.MONTHS, months) if whole else (Label.DAYS, days)
    return context.label(label, number=digits(number, context.language.patterns))


_YEAR, _MONTH = 365, 365.25 / 12


def _ages_as(known: Assessed) -> str:
    """Return the kind that a fact ages like: an announced meeting like a summit."""
    return Summit.kind if is_expected(known.fact) else known.fact.kind


def limits(context: Context) -> tuple[str, ...]:
    """Return what a reader must know first: the age of the sources and whose they are, facts past review, offices."""
    known, day = [context.book.sources[id] for id in context.numbers], context.briefing.day
    if not known:
        return ()
    newest = max(source.known_from for source in known)
    source = context.label(Label.NEWEST_SOURCE, date=context.date(day_of(newest)))
    months = (day.year - newest.year) * 12 + day.month - newest.month - (day.day < newest.day)
    age = count_of(months, "months", context.language.patterns) if months > 0 else ""
    others = context.label(Label.OTHER_ACCOUNTS)
    days: dict[str, list[date]] = {context.name(id): [] for id in context.parties}
    for each in known:
        side = context.name(each.account) if each.account in context.parties else others
        days.setdefault(side, []).append(each.known_from)
    accounts = ", ".join(_sources_of(context, side, said, newest) for side, said in days.items() if said)
    if read_in_part := sum(each.excerpt for each in known):
        total, number = (digits(each, context.language.patterns) for each in (len(known), read_in_part))
        accounts = context.label(Label.READ_IN_PART, sides=accounts, number=number, total=total)
    return (
        context.label(Label.AND_AGE, source=source, age=age) if age else source,
        *([context.label(Label.PAST_REVIEW_SHORT, **_past_review(context))] if context.briefing.ageing else []),
        context.label(Label.ACCOUNTS, sides=accounts),
        *([context.label(Label.OFFICES_AS_NAMED)] if back_matter.offices(context) else []),
    )


def _past_review(context: Context) -> dict[str, str]:
    """Return how many facts are past review, of how many that can be."""
    counted = {"number": context.briefing.past_review, "total": context.briefing.ageing}
    return {name: digits(len(items), context.language.patterns) for name, items in counted.items()}


def _sources_of(context: Context, side: str, days: list[date], newest: date) -> str:
    """Return how many sources a side has; and until when, if that is another month than that of the newest of all."""
    until, number = max(days), str(len(days))
    if (until.year, until.month) == (newest.year, newest.month):
        return context.label(Label.ACCOUNTS_OF, party=side, number=number)
    return context.label(Label.ACCOUNTS_UP_TO, party=side, number=number, date=context.month(until))


def _fact(context: Context, known: Assessed) -> StaleFact:
    return StaleFact(id=known.fact.id, text=context.called(known), confirmed=context.date(day_of(known.confirmed)))


def localise(
    briefing: Briefing,
    changes: Changes | None,
    languages: Mapping[str, Language],
    code: str,
    info: EditionInfo,
    look: Look,
    rows: Rows | None = None,
    cleared: Cleared | None = None,
    *,
    lazily: bool = False,
) -> Page:
    """Return the page in the language `code`; all `languages` are in its table of names.

    `rows` says how many rows each zone of the first page has; without it, as many as it may have. `lazily` leaves each
    part until it is asked for, for who prints the page at once and in the same process.
    """
    context, older, web_only, parts = _all_but_glance(briefing, changes, languages, code, info, look, cleared)
    glance = first_page.glance(context, parts["changes"](), rows or Rows(), older, look.first_page_rows)
    if shown := web_only & first_page.shown_on(glance):
        parts = parts | _of_paper(context, languages, info, web_only - shown)
    parts = {**parts, "glance": lambda: glance}
    return _LazyPage(parts) if lazily else Page(**{name: make() for name, make in parts.items()})


Parts = dict[str, Callable[[], Any]]
"""What makes each part of a page, by its name in `Page`; each is made once."""


class _LazyPage(Page):
    """A page whose parts are made when they are first asked for: what no template prints never is."""

    __slots__ = ("_parts",)

    def __init__(self, parts: Parts) -> None:
        object.__setattr__(self, "_parts", parts)

    def __getattr__(self, name: str) -> Any:
        """Make a part; this is called while it has no value."""
        if name not in self._parts:
            raise AttributeError(name)
        try:
            made = self._parts[name]()
        except (MemoryError, TimeoutError):
            raise  # more than any page needs
        except Exception as error:  # an AttributeError would say that no page has such a part
            raise FindingsError([own_fault(error)]) from error
        object.__setattr__(self, name, made)
        return made


@remembered(16)
def _all_but_glance(
    briefing: Briefing,
    changes: Changes | None,
    languages: Mapping[str, Language],
    code: str,
    info: EditionInfo,
    look: Look,
    cleared: Cleared | None,
) -> tuple[Context, frozenset[str], frozenset[str], Parts]:
    """Return what a page is made from, but for what its first page shows by the number of its rows."""
    language = languages[code]
    context = context_of(briefing, language, look.reader.get(code, ""))
    tables, older, web_only = _tables(context, look)
    known = {
        "lang": language.patterns.lang,
        "direction": direction(language.patterns.locale),
        "language": language.code,
        "language_name": language.patterns.own_name,
        "base": language.fallback is None,
        "labels": {english: found.text for english, found in language.labels.items() if found.done},
    }
    parts = {
        "masthead": lambda: _masthead(context, info, look, cleared),
        "bottom_line": lambda: first_page.bottom_line(context),
        "messages": lambda: first_page.messages(context),
        "changes": lambda: news(context, changes, regular=info.edition is not None),
        "milestones": lambda: back_matter.milestones(context),
        "offices": lambda: back_matter.offices(context),
        "earlier_offices": lambda: back_matter.offices(context, serving=False),
        "figures": lambda: back_matter.figures(context),
        "timeline": lambda: back_matter.timeline(context),
        "conflicts": lambda: conflicts(context),
        "one_sided": lambda: one_sided(context),
        "stale": lambda: stale(context),
        "sources": lambda: back_matter.sources(context),
        "facts": lambda: back_matter.by_kind(context),
        "left_out": lambda: context.label(Label.LEFT_OUT),
        "register": lambda: records.register(context),
    }
    made_once: Parts = {name: cache(make) for name, make in parts.items()}
    made_once |= tables | {name: partial(known.__getitem__, name) for name in known}
    return context, older, web_only, made_once | _of_paper(context, languages, info, web_only)


def _of_paper(
    context: Context, languages: Mapping[str, Language], info: EditionInfo, web_only: frozenset[str]
) -> Parts:
    """Return the parts that depend on which facts paper leaves out: its names, and how many facts it has not."""
    return {
        "names": cache(lambda: back_matter.names(context, languages, web_only)),
        "colophon": cache(lambda: _colophon(context, info, len(web_only))),
    }


def _tables(context: Context, look: Look) -> tuple[Parts, frozenset[str], frozenset[str]]:
    """Distribute the statements over the parts of a page; none is in two of the fields, the follow-up and the annex.

    What was said at the last talks is in none of these, unless it is due by a day.
    Return the parts by their names in `Page`, the ids that are too old for paper or were told again, and those with the
    courtesies added.
    """
    most, overview = look.field_rows, back_matter.overview(context)
    in_brief = [entry.id for line in overview for entry in line.entries] if BRIEF in look.sections else []
    brief_alone = {id for id in in_brief if back_matter.is_brief(context.book.facts[id])}
    talks = records.last_talks(context, TALKS_TIMES * most) if TALKS in look.sections else None
    told = _ids(talks.groups) if talks else frozenset[str]()
    upcoming, past, targets = summits.upcoming(context), summits.past(context), summits.targets(context)
    for_summits = _ids_of(upcoming) if SUMMITS in look.sections else frozenset[str]()
    follow_up = statements.follow_up(context, most, told | for_summits)
    elsewhere = brief_alone | for_summits | _ids(follow_up)
    fields = statements.fields(context, elsewhere, most, look.fields, told, look.fields_in_full)
    parts: tuple[RowGroup | ThemeGroup, ...] = (*(talks.groups if talks else ()), *follow_up, *fields)
    body = [row for part in parts for row in part.rows]
    goals = [row for target in targets for row in target.rows] if TARGETS in look.sections else []
    told_before = _in_conflicts(context) | {row.id for row in goals}
    unreported, unreported_share = statements.unreported(context, told_before)
    repeated = _ids_of((*upcoming, *past))
    repeated |= {row.id for target in targets for row in target.rows} | {row.id for row in unreported}
    left = records.left_over(context, frozenset((*elsewhere, *(row.id for row in body))))
    courtesies = records.courtesies(context)
    years = look.earlier_years
    older = frozenset(id for each in left for id in records.on_screen_only(context, each, repeated, years))
    older = older.difference(repeated, in_brief)
    tables = {
        "overview": overview,
        "talks": talks,
        "follow_up": follow_up,
        "fields": fields,
        "acts": statements.marks_in_use(context, (*body, *unreported, *goals)),
        "targets": targets,
        "upcoming": upcoming,
        "past": past,
        "unreported": unreported,
        "unreported_share": unreported_share,
        "courtesies": courtesies,
    }
    made: Parts = {name: partial(tables.__getitem__, name) for name in tables}
    made["earlier"] = cache(lambda: records.earlier(context, left, repeated))
    return made, older, older | {item.id for item in courtesies.items}


def _ids_of(cards: Iterable[SummitCard]) -> frozenset[str]:
    """Return the ids of what was said for these summits."""
    return _ids(group for card in cards for group in (card.together, *card.sides))


def _ids(groups: Iterable[RowGroup]) -> frozenset[str]:
    return frozenset(row.id for group in groups for row in group.rows)


def _masthead(context: Context, info: EditionInfo, look: Look, cleared: Cleared | None) -> Masthead:
    file, day = context.book.file, context.briefing.day
    draft = context.label(Label.DRAFT) if info.draft else ""
    label = Label.LOOK_AHEAD if info.is_ahead else Label.RECONSTRUCTION
    known = context.date(day_of(info.public_date if info.is_ahead else day), "prose")
    past = context.label(label, date=known) if info.making is Making.RECONSTRUCTION else ""
    on = context.date(day_of(cleared.on)) if cleared else ""
    return Masthead(
        title=context.text("partnership name", file.partnership.name),
        as_of=as_of(day, context.language.patterns),
        edition=named_edition(context, info),
        notice=" · ".join(filter(None, (draft, past))),
        disclaimer=context.label(Label.PUBLIC_SOURCES),
        **lines(context, look),
        limits=limits(context),
        day=day.isoformat(),
        parties=tuple(map(context.name, context.parties)),
        draft=draft,
        cleared=context.label(Label.CLEARED_BY, name=cleared.by, date=on) if cleared else "",
    )


def _colophon(context: Context, info: EditionInfo, web_only: int) -> Colophon:
    briefing, patterns, untranslated = context.briefing, context.language.patterns, _untranslated(context)
    facts = context.label(
        Label.FACTS_COUNT,
        facts=count_of(len(briefing.items), "facts", patterns),
        sources=count_of(len(context.numbers), "sources", patterns),
    )
    on_web = (
        context.label(Label.ONLY_ON_WEB, file=f"full-briefing.{context.language.code}.html", number=str(web_only))
        if web_only
        else ""
    )
    implied = any(
        (isinstance(item.fact, Mechanism) and item.due) or any(map(context.sign, item.values.values()))
        for item in briefing.items.values()
    )
    derived = context.label(Label.DERIVED) if implied else ""
    fallbacks = context.label(Label.FALLBACKS, number=str(untranslated)) if untranslated else ""
    lines = (
        (facts, on_web, context.label(Label.RULE_SOURCES)),
        (context.label(Label.RULE_ACTS), derived),
        (context.label(Label.RULE_STATUS), context.label(Label.RULE_SUMMITS)),
        (context.label(Label.RULE_ORDER), fallbacks),
    )
    program = context.label(Label.PROGRAM, version=info.briefgen, hash=info.facts_sha256[:12])
    return Colophon(
        lines=tuple(" ".join(filter(None, line)) for line in lines), program=program, facts_hash=info.facts_sha256
    )


def _untranslated(context: Context) -> int:
    """Of what could be printed on the day: the gaps of facts and sources that came later are none of this page's."""
    briefing, book, language = context.briefing, context.book, context.language
    known = {("fact", id) for id in briefing.items}
    known |= {("headline", each.id) for each in briefing.headlines}
    out = [id for id, source in book.sources.items() if source.known_from <= briefing.day]
    known |= {(kind, id) for kind in ("source", "publisher") for id in out}
    known |= {("line", str(cite)) for item in briefing.items.values() for cite in item.cites}
    dated = ("fact", "headline", "source", "publisher", "line")
    texts = (each for each in book.messages() if each.of in known or each.of[0] not in dated)
    return sum(language.text(each.context, each.text) is None for each in texts)


def conflicts(context: Context) -> tuple[Item, ...]:
    """Where sources contradict each other; one that a later one takes up is not said twice.

    A text without values of its own has behind it what each of them says.
    """
    found = _open_conflicts(context)
    return tuple(context.item(item) if fact.values else _with_sides(context, item, fact) for item, fact in found)


def _in_conflicts(context: Context) -> frozenset[str]:
    return frozenset(id for item, fact in _open_conflicts(context) for id in fact.between)


def _open_conflicts(context: Context) -> Iterator[tuple[Assessed, Conflict]]:
    return ((item, fact) for item, fact in of_kind(context, Conflict) if item.status is not Status.SUPERSEDED)


def _with_sides(context: Context, known: Assessed, fact: Conflict) -> Item:
    item, sides = context.item(known), [context.briefing.items[id] for id in fact.between]
    latest = [(each.observed[-1].value.cite,) if each.observed else each.cites for each in sides]
    cites = (cite for each in (known.cites, *latest) for cite in each)
    told = (run for each in sides for run in (Run(context.label(Label.SEMICOLON)), *_told(context, each)))
    colon = Run(context.label(Label.COLON))
    return replace(item, text=Prose((*item.text.runs, colon, *list(told)[1:])), marks=context.marks(cites))


def _told(context: Context, known: Assessed) -> Iterator[Run]:
    entry = overview_entry(context, known)
    yield from (Run(" "), *entry.text.runs)
    if entry.when:
        yield Run(context.label(Label.LATEST_RESULT, amount="", period=entry.when))
    if entry.account:
        yield Run(f"{SEPARATOR}{entry.account}")


def one_sided(context: Context) -> tuple[Item, ...]:
    """Return the last meetings of leaders that several sides tell of, with the joint points that one account alone has.

    Talks on the days of a visit are told with it. The fields that no other account has are named.
    """
    leaders = [item for item in context.meetings if isinstance(item.fact, Meeting) and item.fact.leaders]
    told: dict[str, list[Assessed]] = {}
    for item in sorted(leaders, key=context.day, reverse=True):
        told.setdefault(_visit_of(context, item, leaders).fact.id, []).append(item)
    compared = (_compared(context, context.briefing.items[id], met) for id, met in told.items())
    return tuple(islice(filter(None, compared), MEETINGS_COMPARED))


def _visit_of(context: Context, met: Assessed, leaders: list[Assessed]) -> Assessed:
    """Return the journey on whose days the meeting was, else the meeting itself."""
    day = context.day(met)

    def is_around(item: Assessed) -> bool:
        when = context.when(item)
        return (
            back_matter.is_journey(item.fact)
            and when is not None
            and is_exact_day(when)
            and when.first <= day <= when.last
        )

    return next(filter(is_around, leaders), met)


def _compared(context: Context, visit: Assessed, parts: list[Assessed]) -> Item | None:
    if len(frozenset().union(*(_accounts(context, item) for item in (visit, *parts)))) < 2:
        return None
    said = {item.fact.id: item for met in (visit, *parts) for item in said_at(context, met)}
    joint = [item for item in said.values() if _is_joint(context, item) and not is_courtesy(item)]
    alone = {
        party: own
        for party in context.parties
        if (own := [item for item in joint if _accounts(context, item) == {party}])
    }
    if not alone:
        return None
    sides = [_points(context, party, own, joint) for party, own in alone.items()]
    shown, when = context.item(visit), context.date(context.when(visit)) + sign_of_day(context, visit)
    words = {"meeting": statements.occasion_name(context, visit), "date": when, "accounts": ", ".join(sides)}
    cites = [cite for each in (visit, *parts, *(item for own in alone.values() for item in own)) for cite in each.cites]
    return replace(
        shown, text=Prose((Run(context.label(Label.ONE_SIDED, **words)),)), marks=context.marks(cites), note=Prose()
    )


def _points(context: Context, party: str, points: list[Assessed], joint: list[Assessed]) -> str:
    """Return how many points an account alone has, and the fields of which no other account has any."""
    own = {item.fact.id for item in points}
    others = {item.fact.theme for item in joint if item.fact.id not in own}
    themes = [theme for theme in {item.fact.theme: None for item in points} if theme not in others]
    fields = [context.label(Label.NAMED_FIELD, field=context.theme(theme)) for theme in themes]
    told = {"party": context.within(party), "number": str(len(points))}
    if not fields or len(own) == len(joint):
        return context.label(Label.POINTS_ALONE, **told)
    return context.label(Label.POINTS_ALONE_WITH, **told, fields=context.join(fields))


def _accounts(context: Context, known: Assessed) -> frozenset[str]:
    """Return the parties whose accounts a fact rests on."""
    return context.book.accounts(known.cites) - {""}


def _is_joint(context: Context, known: Assessed) -> bool:
    said = isinstance(known.fact, Statement | Document | Mechanism) and context.is_all(known.fact.by)
    return said and not known.repeated_by
