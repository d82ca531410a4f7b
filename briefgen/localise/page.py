"""Briefing x Language -> Page: every part of the page, each finished."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import NamedTuple

from briefgen.changes.compare import Changes
from briefgen.localise import back_matter, first_page, statements, summits
from briefgen.localise.changes import named_edition, news
from briefgen.localise.context import Context
from briefgen.localise.labels import AGEING_KINDS, Label
from briefgen.localise.language import Language
from briefgen.localise.register import register
from briefgen.localise.values import as_of, count_of, digits, format_value
from briefgen.model.briefing import Assessed, Briefing
from briefgen.model.dates import Period, day_of
from briefgen.model.document import Rows
from briefgen.model.edition import Cleared, EditionInfo, Making
from briefgen.model.facts import Document, Mechanism, Office, Summit, is_expected
from briefgen.model.look import ALL_LANGUAGES, BRIEF, EARLIER_YEARS, FIELD_ROWS, Embargo, Look
from briefgen.model.page import (
    Colophon,
    FactsOfKind,
    Field,
    Masthead,
    Occasion,
    OverviewLine,
    Page,
    Prose,
    RowGroup,
    Run,
    StaleFact,
    StaleKind,
    StatementRow,
    SummitCard,
    TargetHistory,
)
from briefgen.model.remember import remembered


def lines(context: Context, look: Look | None) -> Mapping[str, str]:
    """By the names they have in a Masthead; empty what the desk does not say."""
    if look is None:
        return {"handling": ""}
    code = context.language.code
    return {
        "handling": look.handling.get(code, ""),
        "embargo": _embargo(context, look.embargo) if look.embargo else "",
        "prepared_by": _said(context, Label.PREPARED_BY, look.prepared_by.get(code, "")),
        "contact": _said(context, Label.CONTACT, look.contact.get(code, "")),
        "distribution": _said(context, Label.DISTRIBUTION, look.distribution.get(code, "")),
        "footer_text": look.footer_text.get(code, ""),
        "watermark": look.watermark.get(code, look.watermark.get(ALL_LANGUAGES, "")),
        "logo_text": look.logo.text.get(code, "") if look.logo else "",
    }


def _said(context: Context, label: Label, text: str) -> str:
    return context.label(label, text=text) if text else ""


def _embargo(context: Context, embargo: Embargo) -> str:
    at, patterns = embargo.at, context.language.patterns
    return context.label(
        Label.EMBARGO,
        date=format_value(Period(at.day.year, at.day.month, at.day.day), patterns, "prose"),
        hour=f"{at.hour:02}",
        minute=f"{at.minute:02}",
        zone=_zone(embargo.offset_minutes, patterns.numbers.minus),
    )


def _zone(minutes: int, minus: str) -> str:
    """As the distance from UTC, which everybody can reckon with: UTC+9, UTC+5:30."""
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else minus}{hours}" + (f":{rest:02}" if rest else "")


def stale(context: Context) -> tuple[StaleKind, ...]:
    """Every kind of fact that can go out of date, with those past review; nothing where none is."""
    ageing = {_ages_as(item) for item in context.briefing.ageing}
    found = tuple(_kind(context, kind, title) for kind, title in AGEING_KINDS.items() if kind in ageing)
    return found if any(row.facts for row in found) else ()


def rules(context: Context) -> tuple[str, ...]:
    """How many facts are past review, and when a fact is; for the colophon."""
    briefing = context.briefing
    patterns = context.language.patterns
    lives = {kind: digits(days, patterns) for kind, days in asdict(briefing.shelf_lives).items()}
    past, total = (digits(len(found), patterns) for found in (briefing.past_review, briefing.ageing))
    numbers = {"number": past, "total": total}
    return context.label(Label.STALE_COUNT, **numbers), context.label(Label.RULE_REVIEW, **lives)


def newest_source(context: Context) -> str:
    """Return the day of the newest source: no page knows more; empty where nothing is known yet."""
    newest = _newest_day(context)
    return context.label(Label.NEWEST_SOURCE, date=context.date(day_of(newest))) if newest else ""


def limits(context: Context) -> tuple[str, ...]:
    """Return what a reader must know first: newest source and its age, facts past review, whose accounts they are."""
    newest, day, patterns = _newest_day(context), context.briefing.day, context.language.patterns
    if newest is None:
        return ()
    months = (day.year - newest.year) * 12 + day.month - newest.month - (day.day < newest.day)
    age = count_of(months, "months", patterns) if months > 0 else ""
    source = newest_source(context)
    counted = (context.briefing.past_review, context.briefing.ageing)
    past, ageing = (digits(len(each), patterns) for each in counted)
    told: dict[str, list[date]] = {context.name(id): [] for id in context.parties}
    for id in context.numbers:
        found = context.book.sources[id]
        known = found.account in context.parties
        name = context.name(found.account) if known else context.label(Label.OTHER_ACCOUNTS)
        told.setdefault(name, []).append(found.known_from)
    accounts = ", ".join(_sources_of(context, name, days, newest) for name, days in told.items() if days)
    return (
        context.label(Label.AND_AGE, source=source, age=age) if age else source,
        context.label(Label.PAST_REVIEW_SHORT, number=past, total=ageing),
        context.label(Label.ACCOUNTS, sides=accounts),
    )


def _sources_of(context: Context, side: str, days: list[date], newest: date) -> str:
    """Return how many sources a side has; and until when, if that is another month than that of the newest of all."""
    until, number = max(days), str(len(days))
    if (until.year, until.month) == (newest.year, newest.month):
        return context.label(Label.ACCOUNTS_OF, party=side, number=number)
    return context.label(Label.ACCOUNTS_UP_TO, party=side, number=number, date=context.month(until))


def _newest_day(context: Context) -> date | None:
    return max((context.book.sources[id].known_from for id in context.numbers), default=None)


def _kind(context: Context, kind: str, title: Label) -> StaleKind:
    ageing = [item for item in context.briefing.ageing if _ages_as(item) == kind]
    found = [item for item in context.briefing.past_review if _ages_as(item) == kind]
    return StaleKind(
        title=context.label(title),
        share=context.label(Label.SHARE_OF, number=str(len(found)), total=str(len(ageing))),
        oldest=context.month(found[0].confirmed) if found else "",
        facts=tuple(_fact(context, item) for item in found),
    )


def _ages_as(known: Assessed) -> str:
    """Return the kind that a fact ages like: an announced meeting like a summit."""
    return Summit.kind if is_expected(known.fact) else known.fact.kind


def _fact(context: Context, known: Assessed) -> StaleFact:
    text = context.item(known).text
    if isinstance(known.fact, Office):
        person = context.format_value(known.fact.holder.value)
        text = Prose((Run(context.label(Label.PERSON_TITLE, person=person, title=str(text))),))
    return StaleFact(id=known.fact.id, text=text, confirmed=context.date(day_of(known.confirmed)))


def localise(
    briefing: Briefing,
    changes: Changes | None,
    languages: Mapping[str, Language],
    code: str,
    info: EditionInfo,
    rows: Rows | None = None,
    look: Look | None = None,
    cleared: Cleared | None = None,
) -> Page:
    """Return the page in the language `code`; all `languages` are in its table of names.

    `rows` says how many rows each zone of the first page has; without it, as many as it may have.
    """
    context, older, page = _with_all_rows(briefing, changes, languages, code, info, look, cleared)
    if rows is None:
        return page
    return replace(page, glance=first_page.glance(context, page.changes, rows, older, _most_rows(look)))


def _most_rows(look: Look | None) -> Mapping[str, int]:
    return look.first_page_rows if look else {}


@remembered(16)
def _with_all_rows(
    briefing: Briefing,
    changes: Changes | None,
    languages: Mapping[str, Language],
    code: str,
    info: EditionInfo,
    look: Look | None,
    cleared: Cleared | None,
) -> tuple[Context, frozenset[str], Page]:
    """Return the page with as many rows as it may have, and what its first page is made from."""
    language = languages[code]
    context = Context(briefing=briefing, language=language, reader=look.reader.get(code, "") if look else "")
    changed = news(context, changes, regular=info.edition is not None)
    made = _tables(context, look)
    page = Page(
        lang=language.patterns.lang,
        language=language.code,
        language_name=language.patterns.own_name,
        base=language.fallback is None,
        labels={english: language.label(english) for english in language.labels},
        masthead=_masthead(context, info, look, cleared),
        bottom_line=first_page.bottom_line(context),
        messages=first_page.messages(context),
        glance=first_page.glance(context, changed, Rows(), made.older, _most_rows(look)),
        changes=changed,
        overview=made.overview,
        milestones=back_matter.milestones(context),
        offices=back_matter.offices(context),
        earlier_offices=back_matter.earlier_offices(context),
        fields=made.fields,
        follow_up=made.follow_up,
        acts=statements.marks_in_use(context, made.body),
        earlier=made.earlier,
        courtesies=made.courtesies,
        targets=made.targets,
        upcoming=made.upcoming,
        past=made.past,
        figures=back_matter.figures(context),
        timeline=back_matter.timeline(context),
        conflicts=back_matter.conflicts(context),
        unreported=made.unreported,
        unreported_share=made.unreported_share,
        stale=stale(context),
        names=back_matter.names(context, languages, made.web_only),
        sources=back_matter.sources(context),
        facts=back_matter.by_kind(context),
        left_out=context.label(Label.LEFT_OUT),
        register=register(context),
        colophon=_colophon(context, info, len(made.web_only)),
    )
    return context, made.older, page


class _Tables(NamedTuple):
    """The tables of statements: what one of them has, another leaves out."""

    overview: tuple[OverviewLine, ...]
    follow_up: tuple[RowGroup, ...]
    fields: tuple[Field, ...]
    targets: tuple[TargetHistory, ...]
    upcoming: tuple[SummitCard, ...]
    past: tuple[SummitCard, ...]
    unreported: tuple[StatementRow, ...]
    unreported_share: str
    earlier: tuple[Occasion, ...]
    courtesies: FactsOfKind
    years: int
    """How many years before the last meeting of leaders the annex of earlier statements goes on paper."""

    @property
    def body(self) -> tuple[RowGroup, ...]:
        """The groups of the fields and of the follow-up."""
        return (*self.follow_up, *(group for field in self.fields for group in field.groups))

    @property
    def repeated(self) -> frozenset[str]:
        """The ids of the statements that the other tables print, wherever else they stand."""
        said = [
            row for card in (*self.upcoming, *self.past) for group in (card.together, *card.sides) for row in group.rows
        ]
        goals = [row for target in self.targets for row in target.rows]
        return frozenset(row.id for row in (*said, *goals, *self.unreported))

    @property
    def older(self) -> frozenset[str]:
        """The ids of the statements that are too old for paper."""
        return frozenset(id for each in self.earlier if each.years_before >= self.years for id in each.ids)

    @property
    def web_only(self) -> frozenset[str]:
        """The ids of all that paper leaves out."""
        return self.older | {item.id for item in self.courtesies.items}


def _tables(context: Context, look: Look | None) -> _Tables:
    years, field_rows = (look.earlier_years, look.field_rows) if look else (EARLIER_YEARS, FIELD_ROWS)
    overview = back_matter.overview(context)
    in_brief = [entry.id for line in overview for entry in line.entries] if not look or BRIEF in look.sections else []
    papers = {id for id in in_brief if isinstance(context.book.facts[id], Document | Mechanism)}
    follow_up = statements.follow_up(context)
    unreported, unreported_share = statements.unreported(context)
    elsewhere = papers | {row.id for group in follow_up for row in group.rows}
    made = _Tables(
        overview=overview,
        follow_up=follow_up,
        fields=statements.fields(context, elsewhere, field_rows),
        targets=summits.targets(context),
        upcoming=summits.upcoming(context),
        past=summits.past(context),
        unreported=unreported,
        unreported_share=unreported_share,
        earlier=(),
        courtesies=statements.courtesies(context),
        years=years,
    )
    in_body = frozenset(row.id for group in made.body for row in group.rows)
    return made._replace(earlier=statements.earlier(context, in_body, made.repeated))


def _masthead(context: Context, info: EditionInfo, look: Look | None, cleared: Cleared | None) -> Masthead:
    file, patterns, day = context.book.file, context.language.patterns, context.briefing.day
    date_text = format_value(day_of(day), patterns, "prose")
    draft = context.label(Label.DRAFT) if info.draft else ""
    past = context.label(Label.RECONSTRUCTION, date=date_text) if info.making is Making.RECONSTRUCTION else ""
    return Masthead(
        title=context.text("partnership name", file.partnership.name),
        as_of=as_of(day, patterns),
        edition=named_edition(context, info),
        notice=" · ".join(filter(None, (draft, past))),
        disclaimer=context.label(Label.PUBLIC_SOURCES_OF_ALL if context.is_many else Label.PUBLIC_SOURCES),
        **lines(context, look),
        limits=limits(context),
        day=day.isoformat(),
        parties=tuple(map(context.name, context.parties)),
        draft=draft,
        cleared=_cleared(context, cleared) if cleared else "",
    )


def _cleared(context: Context, cleared: Cleared) -> str:
    return context.label(Label.CLEARED_BY, name=cleared.by, date=context.date(day_of(cleared.on)))


def _colophon(context: Context, info: EditionInfo, web_only: int) -> Colophon:
    patterns = context.language.patterns
    untranslated = _untranslated(context)
    counts, review = rules(context)
    facts = context.label(
        Label.FACTS_COUNT,
        facts=count_of(len(context.briefing.items), "facts", patterns),
        sources=count_of(len(context.numbers), "sources", patterns),
    )
    on_web = context.label(Label.ONLY_ON_WEB, number=str(web_only)) if web_only else ""
    items = context.briefing.items.values()
    implied = any(context.sign(value) for item in items for value in item.values.values())
    implied = implied or any(isinstance(item.fact, Mechanism) and item.due for item in items)
    derived = context.label(Label.DERIVED) if implied else ""
    fallbacks = context.label(Label.FALLBACKS, number=str(untranslated)) if untranslated else ""
    lines = (
        " ".join(filter(None, (facts, on_web, context.label(Label.RULE_SOURCES)))),
        " ".join(filter(None, (context.label(Label.RULE_ACTS), derived))),
        f"{context.label(Label.RULE_STATUS)} {context.label(Label.RULE_SUMMITS)}",
        f"{counts} {review}",
        " ".join(filter(None, (context.label(Label.RULE_ORDER), fallbacks))),
    )
    program = context.label(Label.PROGRAM, version=info.briefgen, hash=info.facts_sha256[:12])
    return Colophon(lines=lines, program=program, facts_hash=info.facts_sha256)


def _untranslated(context: Context) -> int:
    """Of what could be printed on the day: the gaps of facts and sources that came later are none of this page's."""
    briefing, book, language = context.briefing, context.book, context.language
    known = {("", ""), *(("fact", id) for id in briefing.items)}
    known |= {("headline", each.id) for each in briefing.headlines}
    known |= {("source", id) for id, source in book.sources.items() if source.known_from <= briefing.day}
    known |= {("line", str(cite)) for item in briefing.items.values() for cite in item.cites}
    return sum(language.text(each.context, each.text) is None for each in book.messages() if each.of in known)
