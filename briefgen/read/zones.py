"""Which time zone is meant by what names none: a city, a country, an abbreviation."""

import re
import unicodedata
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from briefgen.model.findings import nearest_word

_CITY = "name a city of the zone, such as Asia/Seoul or Asia/Ho_Chi_Minh"
_IN_A_CITY = re.compile("(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/")
"""How the names begin that name a city. Etc/GMT+7 is not where GMT+7 is, but on the other side of the world."""
_NAMED_OTHERWISE = {
    "UTC": "Z, UTC, GMT",
    "Africa/Abidjan": "Yamoussoukro",
    "Africa/Casablanca": "Rabat",
    "Africa/Dar_es_Salaam": "Dodoma",
    "Africa/Douala": "Yaounde",
    "Africa/Johannesburg": "Pretoria, Cape Town",
    "Africa/Lagos": "Abuja",
    "America/Guayaquil": "Quito",
    "America/La_Paz": "Sucre",
    "America/New_York": "Washington, Washington DC, Washington D.C.",
    "America/Sao_Paulo": "Brasilia",
    "America/Toronto": "Ottawa",
    "Asia/Almaty": "Astana, Nur-Sultan",
    "Asia/Colombo": "Kotte",
    "Asia/Dubai": "Abu Dhabi",
    "Asia/Ho_Chi_Minh": "ICT, VST, Hanoi, Ha Noi, Ho Chi Minh City, TP.HCM, 하노이, 베트남",
    "Asia/Hong_Kong": "HKT",
    "Asia/Jakarta": "WIB",
    "Asia/Jerusalem": "Tel Aviv",
    "Asia/Karachi": "Islamabad",
    "Asia/Kolkata": "India, New Delhi, Delhi, Mumbai",
    "Asia/Manila": "PHT",
    "Asia/Seoul": "KST, Korea, South Korea, Busan, 서울, 부산, 한국, 대한민국",
    "Asia/Shanghai": "China, Beijing, Peking",
    "Asia/Singapore": "SGT",
    "Asia/Tokyo": "JST",
    "Asia/Yangon": "Naypyidaw, Nay Pyi Taw",
    "Australia/Sydney": "Canberra",
    "Europe/Amsterdam": "The Hague",
    "Europe/Istanbul": "Ankara, Türkiye",
    "Europe/Zurich": "Bern, Berne, Geneva",
    "Pacific/Auckland": "Wellington",
}
"""Abbreviations of one meaning, countries, and capitals of which no zone has the name."""
_MOST_NAMED, _ALIKE = 8, 0.8


def zone_hint(zone: str) -> str:
    """Return what to write for a time zone that does not exist: an abbreviation and a distance name none."""
    if named := zone_meant(zone):
        return f"did you mean '{named}'?"
    if re.fullmatch(r"(?:(?:UTC|GMT)\s*[+−-]?|[+−-])\s*\d{1,2}(?::?\d\d)?", zone.strip(), re.IGNORECASE):
        return _CITY
    if (first := re.split(r"[,;(]", zone)[0].strip()) != zone:  # Seoul, Korea
        return f"did you mean '{first}'?" if first in available_timezones() else zone_hint(first)
    if several := _by_country().get(_plain(zone)):
        more = f" and {len(several) - _MOST_NAMED} more" * (len(several) > _MOST_NAMED)
        return f"it has several: {', '.join(several[:_MOST_NAMED])}{more}"
    if re.fullmatch(r"[A-Z]{2,5}", zone.strip()):
        return f"an abbreviation may mean several zones; {_CITY}"
    near = _nearest(zone.strip())
    return f"did you mean '{near}'?" if near else _CITY


def zone_meant(zone: str) -> str:
    """Return the name of the zone that is surely meant by an abbreviation, a country or a city; else an empty text."""
    name = _plain(zone.strip()).removeprefix("asia/")
    others = {_plain(each): named for named, names in _NAMED_OTHERWISE.items() for each in names.split(", ")}
    if named := others.get(name):
        return named
    ending = f"/{name}".replace(" ", "_")
    cities = sorted(filter(_IN_A_CITY.match, available_timezones()))
    one = _by_country().get(name, ())
    return next((each for each in cities if _plain(each).endswith(ending)), one[0] if len(one) == 1 else "")


def _nearest(zone: str) -> str:
    """Return the zone whose name, or the name of whose city, is nearly this: Asia/Soul, Soeul."""
    if "/" in zone:
        return nearest_word(zone, available_timezones())
    cities = {_plain(each.rpartition("/")[2]): each for each in filter(_IN_A_CITY.match, available_timezones())}
    close = get_close_matches(_plain(zone).replace(" ", "_"), cities, n=1, cutoff=_ALIKE)
    return cities[close[0]] if close else ""


@cache
def _by_country() -> Mapping[str, tuple[str, ...]]:
    """Return the zones of each country by its English name, as their database lists them, that of a capital first."""
    folder = files("tzdata") / "zoneinfo"
    rows = [row.split("\t") for row in (folder / "zone.tab").read_text(encoding="utf-8").splitlines() if row[0] != "#"]
    names = (row.split("\t") for row in (folder / "iso3166.tab").read_text(encoding="utf-8").splitlines())
    return {
        _plain(name.partition(" (")[0]): tuple(
            sorted((row[2] for row in rows if row[0] == code), key=lambda zone: zone not in _NAMED_OTHERWISE)
        )
        for code, name in (row for row in names if len(row) == 2)
    }


def _plain(name: str) -> str:
    """Return a name in small letters, without accents."""
    return "".join(each for each in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(each))
