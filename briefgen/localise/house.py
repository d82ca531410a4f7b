"""The lines that a desk adds by `look.yaml`, in one language: handling, embargo, who made it, whom to ask."""

from collections.abc import Mapping

from briefgen.localise.labels import Label
from briefgen.localise.printer import Printer
from briefgen.localise.wording import word
from briefgen.model.dates import Period
from briefgen.model.look import Embargo, Look


def lines(printer: Printer, look: Look | None) -> Mapping[str, str]:
    """By the names they have in a Masthead; empty what the desk does not say."""
    if look is None:
        return {"handling": ""}
    code = printer.language.code
    return {
        "handling": look.handling.get(code, ""),
        "embargo": _embargo(printer, look.embargo) if look.embargo else "",
        "prepared_by": _said(printer, Label.PREPARED_BY, look.prepared_by.get(code, "")),
        "contact": _said(printer, Label.CONTACT, look.contact.get(code, "")),
        "logo_text": look.logo.text.get(code, "") if look.logo else "",
    }


def _said(printer: Printer, label: Label, text: str) -> str:
    return printer.say(label, text=text) if text else ""


def _embargo(printer: Printer, embargo: Embargo) -> str:
    at, patterns = embargo.at, printer.language.patterns
    return printer.say(
        Label.EMBARGO,
        date=word(Period(at.day.year, at.day.month, at.day.day), patterns, "prose"),
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
