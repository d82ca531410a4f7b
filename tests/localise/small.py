"""Small books on a page: sources of many years, each with one occasion, and statements made on them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from assess.books import book
from conftest import edition_info, plain_look
from shipped.pages import languages

from briefgen.assess import assess
from briefgen.localise.context import Context
from briefgen.localise.page import localise
from briefgen.model.document import Page
from briefgen.model.edition import Rows
from briefgen.model.facts import AnyFact
from briefgen.model.look import Look
from briefgen.model.views import RowGroup

DAY = date(2026, 1, 1)
YEARS = {f"s{year}": date(year, 5, 10) for year in range(2014, 2027)} | {"s2023-late": date(2023, 5, 20)}


def context(*facts: AnyFact, day: date = DAY, accounts: Mapping[str, str] | None = None, **other: Any) -> Context:
    """These facts in English as of a day; `accounts` has whose account a source is."""
    known = book(*facts, sources=YEARS, **other)
    sources = {
        id: replace(source, account=(accounts or {}).get(id, source.account)) for id, source in known.sources.items()
    }
    return Context(briefing=assess(replace(known, sources=sources), day), language=languages()["en"])


def page(found: Context, rows: Rows | None = None, look: Look | None = None) -> Page:
    """All of a page."""
    return localise(found.briefing, None, languages(), found.language.code, edition_info(), look or plain_look(), rows)


def ids(groups: tuple[RowGroup, ...]) -> dict[str, list[str]]:
    """The ids of the rows by the titles of their groups."""
    found: dict[str, list[str]] = {}
    for group in groups:
        found.setdefault(str(group.title), []).extend(row.id for row in group.rows)
    return found
