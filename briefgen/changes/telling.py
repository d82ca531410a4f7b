"""What of two publications of one fact differs, typed, so that every language can word it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from briefgen.changes.published import Published
from briefgen.model.briefing import Status
from briefgen.model.facts import Act
from briefgen.model.notation import EventRef, parse_event
from briefgen.model.quantities import Quantity, is_date, parse_quantity


@dataclass(frozen=True, slots=True)
class Sides:
    """The parties or the person that say something, or to whom it is said, by id."""

    ids: tuple[str, ...]

    def __str__(self) -> str:
        return " and ".join(self.ids)


Told = Status | Act | Sides | EventRef | Quantity


def values_told(these: Mapping[str, str], others: Mapping[str, str]) -> tuple[Quantity, ...]:
    """The values among `these` that `others` does not have, each once.

    One that merely goes by another name is no difference: an indicator's last observation becomes the one before it.
    What an older program wrote in a way that is read no more is passed over.
    """
    left = {value for name, value in others.items() if name not in these}
    texts = (
        value
        for name, value in these.items()
        if others.get(name) != value and value not in (others.values() if name not in others else left)
    )
    return tuple(dict.fromkeys(_quantities(texts)))


def attribution_told(this: Published, other: Published) -> tuple[Told, ...]:
    """Of act, who, to whom and occasion, what `this` says and `other` does not."""
    return tuple(
        said
        for said, before in zip(_attribution(this), _attribution(other), strict=True)
        if said is not None and said != before
    )


def statuses_told(said: Published) -> tuple[Status, ...]:
    """The status, and after "superseded" what became of it besides; those that this program knows."""
    return _known(said.status, said.became)


def statuses_changed(old: Published, new: Published) -> tuple[tuple[Status, ...], tuple[Status, ...]]:
    """The statuses before and now; of one that stays superseded, what became of it besides."""
    if old.status == new.status:
        return _known(old.became), _known(new.became)
    return _known(old.status), _known(new.status, new.became if new.became != old.status else "")


def _known(*statuses: str) -> tuple[Status, ...]:
    return tuple(Status(each) for each in statuses if each in set(Status))


def dates_of(said: Published) -> frozenset[str]:
    """The dates among its values, on which a status may rest."""
    return frozenset(str(value) for value in _quantities(said.values.values()) if is_date(value))


def _attribution(said: Published) -> Iterator[Told | None]:
    yield Act(said.act) if said.act in set(Act) else None
    for ids in (said.by, (said.speaker,), said.to):
        yield Sides(ids) if any(ids) else None
    occasion = None
    with suppress(ValueError):
        occasion = parse_event(said.on)
    yield occasion


def _quantities(texts: Iterable[str]) -> Iterator[Quantity]:
    for text in texts:
        with suppress(ValueError):
            yield parse_quantity(text)
