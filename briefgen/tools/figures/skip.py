"""Passes over digits that are no figures: addresses, file names, names such as COVID-19, times, list numbers."""

import re

from briefgen.tools.figures.lexicon import Line, is_narrow
from briefgen.tools.figures.vocabulary import Vocabulary

_CHUNK = re.compile(r"\S+")
_ADDRESS = re.compile(r"://|^www\.|^[^@]+@[^@]+\.")
_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|tiff?|pdf|docx?|xlsx?|pptx?|html?|php|aspx?|txt|csv|zip|mp[34])\W*$")
_ACT_NUMBER = re.compile(r"\W*\d+(?:/\d+)+[/-][^\W\d]|\W*\d+/[^\W\d]")
_TIME_OR_SUM = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\d+\+\d+")
_LIST_NUMBER = re.compile(r"\W{0,9}\d{1,3} ?[.)/](?= |$)")
_LONELY_NUMBER = re.compile(r"[ ()|:#*-]{0,9}\d[\d.,]{0,20}[ ()|:#*-]{0,9}")
_NAME = re.compile(r"[\w-]*")
_YEAR = re.compile(r"\d{4}(?!\d)")
_HYPHENS = "-\u2010\u2011"


def past_no_figure(line: Line, position: int, words: Vocabulary) -> int | None:
    """Where reading goes on if what stands here, before anything was read, can be no figure."""
    text = line.text
    if hit := words.not_figures.at(text, position):
        return hit.end
    if position == 0 or text[position - 1] == " ":
        chunk = _CHUNK.match(text, position)
        if chunk and _is_reference(chunk.group()):
            return chunk.end()
    if not text[position].isdigit():
        return None
    if time := _TIME_OR_SUM.match(text, position):
        return time.end()
    return _past_name(line, position)


def past_list_number(line: Line, position: int, words: Vocabulary) -> int | None:
    """The same for the number of a paragraph, or a number alone on its line, once it is known to be no date."""
    text = line.text
    if text[:position].strip(" \t([*-•◦※"):
        return None
    if _LONELY_NUMBER.fullmatch(text):
        return len(text)
    listed = _LIST_NUMBER.match(text)
    ordinal_stop = any(mark.after == "." for mark in words.ordinals)
    return listed.end() if listed and not (ordinal_stop and listed.group().endswith(".")) else None


def _is_reference(chunk: str) -> bool:
    """An address, the name of a file, or the number of a legal act (30/2020/NĐ-CP)."""
    return bool(_ADDRESS.search(chunk[:2000]) or _FILE.search(chunk[-40:]) or _ACT_NUMBER.match(chunk[:200]))


def _past_name(line: Line, position: int) -> int | None:
    """Digits written on to a letter: P4G, COVID-19, ASEAN+3. Four digits after a hyphen may be a year, and are read."""
    if not position:
        return None
    before = line.text[position - 1]
    on_letter = position > 1 and is_narrow(line.text[position - 2])
    is_hyphen = line.source[line.origin[position - 1]] in _HYPHENS and not _YEAR.match(line.text, position)
    if not is_narrow(before) and not (on_letter and (is_hyphen or before == "+")):
        return None
    name = _NAME.match(line.text, position)
    return name.end() if name else None
