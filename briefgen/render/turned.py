"""The shipped styles of a page from right to left: what they say of the left side holds for the right one."""

import re

_SIDE = re.compile(
    r"(?<![\w-])(?P<head>(?:(?:margin|padding|border)-)?|(?:text-align|float):\s*)(?P<side>left|right)"
    r"(?=(?:-\w+)?\s*:|\s*[;}])"
)
_FOUR_SIDES = re.compile(r"(?<![\w-])(margin|padding):\s*([^\s;{}]+) ([^\s;{}]+) ([^\s;{}]+) ([^\s;{}]+)(?=\s*[;}])")
_OTHER = {"left": "right", "right": "left"}


def turned(style: str) -> str:
    """Return a style sheet with the sides changed over; the margins of the sheet are those that the look names.

    The PDF engine knows `margin-inline-start` and the like, and has it win over `margin-left` wherever that stands: an
    editor's own rules would count on screen, and not on paper.
    """
    changed = _SIDE.sub(lambda found: f"{found['head']}{_OTHER[found['side']]}", style)
    return _FOUR_SIDES.sub(r"\1: \2 \5 \4 \3", changed)
