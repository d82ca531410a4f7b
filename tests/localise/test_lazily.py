"""A page whose parts are made when they are asked for is the same page, and makes no other part."""

import pickle
from dataclasses import fields

import pytest
from conftest import edition_info, shipped_look
from shipped.pages import briefing, languages

from briefgen.localise import records
from briefgen.localise.page import localise
from briefgen.model.page import Page

from .test_statements import DAYS


def _page(*, lazily: bool) -> Page:
    return localise(briefing(DAYS[-1]), None, languages(), "vi", edition_info(), shipped_look(), lazily=lazily)


def test_each_part_is_that_of_the_page_that_is_made_whole_also_in_another_process() -> None:
    whole, lazy = _page(lazily=False), _page(lazily=True)
    copy = pickle.loads(pickle.dumps(_page(lazily=True)))  # noqa: S301
    for field in fields(Page):
        assert getattr(lazy, field.name) == getattr(whole, field.name), field.name
        assert getattr(copy, field.name) == getattr(whole, field.name), field.name


def test_what_nobody_asks_for_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(records, "register", refuse)
    found = localise(briefing(DAYS[0]), None, languages(), "ko", edition_info(), shipped_look(), lazily=True)
    assert found.glance.asks
    assert found.sources is found.sources
    with pytest.raises(AssertionError):
        found.register  # noqa: B018
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        found.nothing_of_the_kind  # type: ignore[attr-defined] # noqa: B018
