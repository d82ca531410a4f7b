"""What WeasyPrint writes into its log while it makes a document: errors, which stop it, and warnings."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

LOGGER = logging.getLogger("weasyprint")
_HARMLESS = ("Anchor defined twice",)
_NO_GLYPH = re.compile(r"\.notdef glyph rendered .*?(\".*\" \(U\+[0-9A-F]+\))")
_NO_GLYPH_HINT = "write it otherwise, or put a font that has it into templates/fonts"


class EngineLog(logging.Handler):
    """Collects the messages, each once; a character that no font has is an error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a message, unless it is a harmless one."""
        message, error = record.getMessage(), record.levelno >= logging.ERROR
        if message.startswith(_HARMLESS):
            return
        if sign := _NO_GLYPH.match(message):
            message = f"no font has the sign {sign[1]}; {_NO_GLYPH_HINT}"
            error = True
        kept = self.errors if error else self.warnings
        if message not in kept:
            kept.append(message)


@contextmanager
def engine_log() -> Iterator[EngineLog]:
    """Collect what is logged within a `with` block."""
    log = EngineLog()
    LOGGER.addHandler(log)
    try:
        yield log
    finally:
        LOGGER.removeHandler(log)
