"""Font files: whether one is a whole font of the kind that its name says (OpenType 1.9, WOFF 2)."""

KINDS = {
    ".ttf": (b"\0\1\0\0", b"true", b"OTTO"),
    ".otf": (b"\0\1\0\0", b"true", b"OTTO"),
    ".ttc": (b"ttcf",),
    ".otc": (b"ttcf",),
    ".woff": (b"wOFF",),
    ".woff2": (b"wOF2",),
}
"""The first bytes of fonts, by the ends of their files' names."""
_LENGTH_AT = 8
"""Where a WOFF file says how long it is."""


def font_fault(content: bytes, suffix: str) -> str:
    """Return what is wrong with a font file; empty where nothing is, or it is no font by its name."""
    starts = KINDS.get(suffix.lower())
    if starts is None:
        return ""
    if not content.startswith(starts):
        return f"is no {suffix.lower()} font, whatever its name says"
    if suffix.lower().startswith(".woff"):
        return "" if int.from_bytes(content[_LENGTH_AT : _LENGTH_AT + 4]) == len(content) else "is cut off"
    first = int.from_bytes(content[12:16]) if content.startswith(b"ttcf") else 0
    tables = int.from_bytes(content[first + 4 : first + 6])
    entries = (content[place : place + 16] for place in range(first + 12, first + 12 + 16 * tables, 16))
    ends = [int.from_bytes(each[8:12]) + int.from_bytes(each[12:16]) if len(each) == 16 else -1 for each in entries]
    whole = bool(ends) and min(ends) >= 0 and max(ends) <= len(content)
    return "" if whole else "is cut off"
