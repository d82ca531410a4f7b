"""What the engine complains about, and which of it stops a document."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

LOGGER = logging.getLogger("weasyprint")
_HARMLESS = ("Anchor defined twice",)
_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*?(\".*\" \(U\+[0-9A-F]+\))")


class Complaints(logging.Handler):
    """Gathers them."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps what is no harmless remark."""
        if not record.getMessage().startswith(_HARMLESS):
            self.records.append(record)

    def faults(self, *, strict: bool) -> list[str]:
        """What keeps the document from being made, in words, each once; `strict`: anything does."""
        found = (_sentence(record) for record in self.records if strict or _must_stop(record))
        return list(dict.fromkeys(found))


@contextmanager
def complaints() -> Iterator[Complaints]:
    """Listens for a while."""
    heard = Complaints()
    LOGGER.addHandler(heard)
    try:
        yield heard
    finally:
        LOGGER.removeHandler(heard)


def _must_stop(record: logging.LogRecord) -> bool:
    """Errors of the engine, and signs that no font has; what is left is such as a property unknown to it."""
    return record.levelno >= logging.ERROR or bool(_NO_GLYPH.match(record.getMessage()))


def _sentence(record: logging.LogRecord) -> str:
    message = record.getMessage()
    if sign := _NO_GLYPH.match(message):
        return f"no font has the sign {sign[1]}; write it otherwise, or put a font that has it into templates/fonts"
    return message
