"""Text for a terminal or a log, which no sign in it may command or break."""

import json

_TYPOGRAPHY = "\u00a0\u2009\u202f\u2060\u3000"
"""Spaces, and the word joiner, which typography needs and no terminal obeys."""


def printable(text: str, also: str = "") -> str:
    """Return text that no terminal obeys and no log is broken by: other signs than `also` become U+FFFD."""
    return "".join(sign if sign.isprintable() or sign in _TYPOGRAPHY or sign in also else "\ufffd" for sign in text)


def json_printable(text: str) -> str:
    """Return JSON in which each sign that is not printable stands by its number."""
    kept = f"{_TYPOGRAPHY}\n"
    return "".join(sign if sign.isprintable() or sign in kept else json.dumps(sign)[1:-1] for sign in text)
