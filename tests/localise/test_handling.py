"""Handling, embargo, contact: in each language as its ministry writes them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from conftest import TODAY, Read, edition_info, said, shipped_look
from shipped.pages import briefing, languages

from briefgen.localise.page import localise
from briefgen.model.document import Masthead
from briefgen.model.look import Embargo, Look, parse_local_time
from briefgen.read.look import lapsed

INFO = edition_info()
NB = "\u00a0"


def masthead(code: str, look: Look) -> Masthead:
    return localise(briefing(TODAY), None, languages(), code, INFO, look=look).masthead


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", "Embargoed until 09:00 (UTC+9) on 25 November 2026"),
        ("vi", "Không công bố trước 09 giờ 00, ngày 25 tháng 11 năm 2026 (UTC+9)"),
        ("ko", "엠바고 해제: 2026년 11월 25일 09:00(UTC+9)"),
    ],
)
def test_the_embargo_names_day_hour_and_zone(code: str, said: str) -> None:
    embargo = Embargo(at=parse_local_time("2026-11-25 09:00 Asia/Seoul"), offset_minutes=540)
    assert masthead(code, replace(shipped_look(), embargo=embargo)).embargo.replace(NB, " ") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-11-25 09:00 Asia/Ho_Chi_Minh", "UTC+7"),
        ("2026-11-25 09:00 Asia/Kathmandu", "UTC+5:45"),
        ("2026-07-01 09:00 America/New_York", "UTC−4"),
        ("2026-12-01 09:00 America/New_York", "UTC−5"),
        ("2026-11-25 09:00 UTC", "UTC"),
        ("2026-10-25 02:30 Europe/Berlin", "UTC+1"),  # shown twice that night: the later one
    ],
)
def test_the_zone_is_told_as_its_distance_from_utc_at_that_hour(text: str, said: str, read: Read) -> None:
    look, findings = read(f"embargo: {text}\n")
    assert findings == ()
    assert look is not None
    assert f" ({said}) on " in masthead("en", look).embargo


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-11-25 09:00 Asia/Soul", "K905 there is no time zone 'Asia/Soul' -> did you mean 'Asia/Seoul'?"),
        ("2026-11-25 09:00 KST", "K905 there is no time zone 'KST' -> "),
        ("2026-03-29 02:30 Europe/Berlin", "K905 the clocks of Europe/Berlin leave 02:30 out on 2026-03-29"),
        ("2026-11-25", "F004 '2026-11-25' is no day, hour and time zone; write them like 2026-11-25 09:00 Asia/Seoul"),
        ("2026-02-30 09:00 UTC", "F004 '2026-02-30 09:00 UTC' is no day, hour and time zone"),
        ("2026-11-25 24:00 UTC", "F004 '2026-11-25 24:00 UTC' is no day, hour and time zone"),
        ("2026-11-25 9:61 UTC", "F004 '2026-11-25 9:61 UTC' is no day, hour and time zone"),
    ],
)
def test_k905_an_hour_that_does_not_exist_is_refused(text: str, told: str, read: Read) -> None:
    (found,) = said(read(f"embargo: {text}\n")[1])
    assert found.startswith(f"templates/look.yaml:1:10 {told}")


def test_k911_an_embargo_that_is_over_is_told(read: Read) -> None:
    look, _ = read("embargo: 2026-11-25 09:00 Asia/Seoul\n")
    assert look is not None
    assert look.embargo is not None
    assert not list(lapsed(look.embargo, {}, datetime(2026, 11, 24, 23, 59, tzinfo=UTC)))
    (far,) = lapsed(look.embargo, {}, datetime(1999, 11, 25, 0, 0, tzinfo=UTC))
    assert far.message == "the embargo would last until 2026-11-25"
    (found,) = lapsed(look.embargo, {}, datetime(2026, 11, 25, 0, 0, tzinfo=UTC))
    assert (found.code, found.message) == ("K911", "the embargo ended on 2026-11-25 at 09:00")


def test_each_language_has_its_own_lines() -> None:
    look = replace(
        shipped_look(),
        handling={"en": "For internal use", "ko": "내부 검토용"},
        prepared_by={"en": "East Asia desk", "ko": "동아시아과"},
        contact={"en": "desk@example.org", "ko": "desk@example.org"},
    )
    english, korean = masthead("en", look), masthead("ko", look)
    assert (english.handling, english.prepared_by) == ("For internal use", "Prepared by: East Asia desk")
    assert (korean.handling, korean.prepared_by) == ("내부 검토용", "작성: 동아시아과")
    assert (english.contact, korean.contact) == ("Contact: desk@example.org", "문의: desk@example.org")


def test_what_a_desk_does_not_say_is_not_printed() -> None:
    plain = masthead("en", shipped_look())
    assert (plain.handling, plain.embargo, plain.prepared_by, plain.contact, plain.logo_text) == ("", "", "", "", "")
