"""The embargo's hour in its zone: the one place that asks the time zone database for an hour."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from briefgen.findings import Finding, Place, Severity, did_you_mean
from briefgen.model.book import Path
from briefgen.model.look import Embargo, LocalTime
from briefgen.yamlfile import YamlFile


def read_embargo(at: LocalTime | None, file: YamlFile) -> tuple[Embargo | None, tuple[Finding, ...]]:
    """The embargo with its zone's distance from UTC at that hour. K905: the zone or the hour does not exist.

    An hour that the clocks show twice is the later one: an embargo is rather too long than too short.
    """
    if at is None:
        return None, ()
    place = file.places.get(("embargo",), Place(""))
    if at.zone not in (zones := available_timezones()):
        hint = did_you_mean(at.zone, zones) or "name it like Asia/Seoul, Asia/Ho_Chi_Minh or UTC"
        return None, (Finding(place, "K905", f"there is no time zone '{at.zone}'", hint=hint),)
    moment = datetime.combine(at.day, time(at.hour, at.minute, fold=1), ZoneInfo(at.zone))
    if _is_skipped(moment):
        message = f"the clocks of {at.zone} leave {at.hour:02}:{at.minute:02} out on {at.day}"
        return None, (Finding(place, "K905", message, hint="take an hour before or after"),)
    offset = moment.utcoffset() or timedelta()
    return Embargo(at=at, offset_minutes=round(offset.total_seconds() / 60)), ()


def lapsed(embargo: Embargo, places: Mapping[Path, Place], now: datetime) -> Iterator[Finding]:
    """K911: the embargo's hour is over, and its line is still printed."""
    end = datetime.combine(embargo.at.day, time(embargo.at.hour, embargo.at.minute), UTC)
    if end - timedelta(minutes=embargo.offset_minutes) <= now:
        message = f"the embargo ended on {embargo.at.day} at {embargo.at.hour:02}:{embargo.at.minute:02}"
        place = places.get(("embargo",), Place(""))
        yield Finding(place, "K911", message, Severity.WARNING, hint="take the line away, or give it a later hour")


def _is_skipped(moment: datetime) -> bool:
    """Whether summer time begins over it (PEP 495: an hour in a gap does not come back from UTC as it went)."""
    zone = moment.tzinfo
    back = moment.astimezone(ZoneInfo("UTC")).astimezone(zone)
    return back.replace(tzinfo=None) != moment.replace(tzinfo=None)
