"""What changed since the edition before, in sentences; corrections first, and time told apart from the world."""

from collections.abc import Iterable

from briefgen.changes import Change, ChangeKind, Changes, Published
from briefgen.localise.labels import STATUSES, Label
from briefgen.localise.printer import Printer
from briefgen.model.briefing import Status
from briefgen.model.facts import Value
from briefgen.model.notation import Cite
from briefgen.model.quantities import Quantity, parse_quantity

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
    line = printer.say(LABELS[change.kind], text=_text(printer, change))
    if not (change.old and change.new):
        return line
    return printer.say(
        Label.CHANGE_FROM_TO, change=line, old=_worded(printer, change.old), new=_worded(printer, change.new)
    )


def _text(printer: Printer, change: Change) -> str:
    item = printer.briefing.items.get(change.fact)
    if item:
        return str(printer.item(item).text)
    return _last_text(printer, change.last) if change.last else change.fact


def _last_text(printer: Printer, said: Published) -> str:
    """What was said of a fact that is there no more; its translation where the catalog still has it."""
    try:
        nowhere = Cite(said.id, 0)
        values = {name: Value(value=parse_quantity(value), cite=nowhere) for name, value in said.values.items()}
        return str(printer.prose(f"{said.id} text", said.wording[0], values))
    except ValueError:
        return said.id


def _worded(printer: Printer, what: Iterable[Status | Quantity]) -> str:
    """A status by its label; values in the language's words."""
    return printer.join(_word(printer, each) for each in what)


def _word(printer: Printer, what: Status | Quantity) -> str:
    if isinstance(what, Status):
        return printer.say(STATUSES[what])
    try:
        return printer.word(what)
    except ValueError:  # an earlier edition counted what no language has a word for any more
        return str(what)
