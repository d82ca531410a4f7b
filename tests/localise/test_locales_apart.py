"""What CLDR says of one language does not depend on which languages were asked for before."""

from collections.abc import Iterator

import pytest
from babel import localedata

from briefgen.localise import cldr


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing was read yet, nor by Babel's own locales: other tests ask those, which write into what is shared."""
    monkeypatch.setattr(localedata, "_cache", {})
    cldr.locale.cache_clear()
    cldr.month_names.cache_clear()
    yield
    cldr.locale.cache_clear()
    cldr.month_names.cache_clear()


@pytest.mark.usefixtures("unread")
@pytest.mark.parametrize("first", ["ja", "zh", "zh_Hant", "ar", "th", "vi", "sw"])
def test_months_are_the_same_whatever_was_read_before(first: str) -> None:
    cldr.month_names(first)
    months = cldr.month_names("de")
    assert months["jun"] == months["juni"] == 6
    assert not [name for name in months if name[0].isdigit()]
    assert "6月" not in cldr.month_names("nl")


@pytest.mark.usefixtures("unread")
def test_a_country_does_not_have_what_its_language_has_resolved() -> None:
    cldr.month_names("de")
    assert cldr.month_names("de_AT")["jänner"] == 1
    assert cldr.locale("de_AT").months["stand-alone"]["wide"][1] == "Jänner"
