"""A page whose parts are made when they are asked for is the same page, and makes no other part."""

import pickle
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import edition_info, shipped_look
from render.jobs import laid_out
from shipped.pages import briefing, languages

from briefgen.localise import records
from briefgen.localise.page import localise
from briefgen.model.document import Page
from briefgen.model.findings import FindingsError
from briefgen.render.html import render

from .test_statements import DAYS


def _unasked() -> Page:
    """Whose register no other test has had made."""
    return localise(briefing(DAYS[0]), None, languages(), "ko", edition_info(), shipped_look(), lazily=True)


def _page(*, lazily: bool) -> Page:
    return localise(briefing(DAYS[-1]), None, languages(), "vi", edition_info(), shipped_look(), lazily=lazily)


def test_each_part_is_that_of_the_page_that_is_made_whole_also_in_another_process() -> None:
    whole, lazy = _page(lazily=False), _page(lazily=True)
    copy = pickle.loads(pickle.dumps(_page(lazily=True)))  # noqa: S301
    for field in fields(Page):
        assert getattr(lazy, field.name) == getattr(whole, field.name), field.name
        assert getattr(copy, field.name) == getattr(whole, field.name), field.name


def test_what_nobody_asks_for_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "register", lambda _: pytest.fail("nobody asked for it"))
    found = _unasked()
    assert found.glance.asks
    assert found.sources is found.sources
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        found.nothing_of_the_kind  # type: ignore[attr-defined] # noqa: B018


@pytest.mark.parametrize("error", [AttributeError("'None' has no 'rows'"), KeyError("rows"), ValueError("no rows")])
def test_a_fault_of_the_program_is_no_mistake_of_the_template_that_asks(
    monkeypatch: pytest.MonkeyPatch, error: Exception, tmp_path: Path
) -> None:
    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(records, "register", fail)
    (tmp_path / "tiny.html").write_text("<title>x</title>{{ page.register.rows }}", encoding="utf-8")
    with pytest.raises(FindingsError) as raised:
        render(laid_out(_unasked(), tmp_path, traced=True))
    (told,) = raised.value.findings
    assert (told.location.file, told.code) == ("briefgen", "P522")
    assert told.message.startswith(f"the program itself failed: {type(error).__name__}: {error} (test_lazily.py:")


def test_what_takes_too_much_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(records, "register", stop)
    with pytest.raises(TimeoutError):
        _unasked().register  # noqa: B018
