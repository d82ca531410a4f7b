"""What changed since the edition before, in sentences; corrections first, and time told apart from the world."""

from briefgen.changes import Change, ChangeKind, Changes
from briefgen.localise.labels import STATUSES, Label
from briefgen.localise.printer import Printer
from briefgen.model.briefing import Status
from briefgen.model.quantities import parse_quantity

LABELS = {
    ChangeKind.CORRECTED: Label.CHANGE_CORRECTED,
    ChangeKind.NEW: Label.CHANGE_NEW,
    ChangeKind.UPDATED: Label.CHANGE_UPDATED,
    ChangeKind.STATUS: Label.CHANGE_STATUS,
    ChangeKind.TIME: Label.CHANGE_TIME,
    ChangeKind.REMOVED: Label.CHANGE_REMOVED,
}


def changes(printer: Printer, found: Changes | None, *, regular: bool) -> tuple[str, ...]:
    """One line a change; the first edition and one without changes say so, and so does what is no edition."""
    if found is None:
        return (printer.say(Label.FIRST_EDITION if regular else Label.NO_COMPARISON),)
    if not found.rows:
        return (printer.say(Label.NO_CHANGES, number=str(found.since)),)
    return tuple(_line(printer, change) for change in found.rows)


def _line(printer: Printer, change: Change) -> str:
    item = printer.briefing.items.get(change.fact)
    text = str(printer.item(item).text) if item else change.fact
    line = printer.say(LABELS[change.kind], text=text)
    if not (change.old and change.new):
        return line
    old, new = _worded(printer, change.kind, change.old), _worded(printer, change.kind, change.new)
    return printer.say(Label.CHANGE_FROM_TO, change=line, old=old, new=new)


def _worded(printer: Printer, kind: ChangeKind, what: str) -> str:
    """A status by its label; values in the language's words."""
    if kind is ChangeKind.UPDATED:
        return printer.join(printer.word(parse_quantity(value)) for value in what.split(", "))
    return printer.say(STATUSES[Status(what)])
