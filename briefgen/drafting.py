"""Drafts the record of a source document, and brings a record up to date without losing what was curated."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from briefgen.figures import Found, ReadingWords, figures_in
from briefgen.model.quantities import Count, Money, Ordinal, Percent
from briefgen.model.records import Source
from briefgen.originals import Original, line_hash
from briefgen.yamlfile import Plain

_WORD = re.compile(r"[^\W\d_]+")
_CHANGED = "the line has changed since it was curated: look at its figures, speaker and digest again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record as plain values, and what a person has to do about it."""

    value: Mapping[str, Plain]
    new_lines: int
    changed_lines: int
    undecided: int


def detect_language(text: str, known: Mapping[str, ReadingWords]) -> str:
    """The known language whose small words the text uses most; empty where none stands out."""
    words = Counter(word.casefold() for word in _WORD.findall(text))
    scores = {code: sum(words[word] for word in reading.common) for code, reading in known.items()}
    ranked = sorted(scores, key=lambda code: scores[code], reverse=True)
    if not ranked or not scores[ranked[0]]:
        return ""
    clear = len(ranked) == 1 or scores[ranked[0]] > 1.5 * scores[ranked[1]]
    return ranked[0] if clear else ""


def draft(id: str, original: Original, language: str, words: ReadingWords) -> Draft:
    """A first record: every line with its hash and figures; what only a person can tell is left open."""
    lines = [_line(number, text, words) for number, text in enumerate(original.lines, 1)]
    value: dict[str, Plain] = {
        "id": id,
        "publisher": "not stated",
        "describes": "",
        "language": language,
        "sha256": original.sha256,
        "published": {"date": "", "basis": "text", "why": ""},
        "events": {},
        "lines": list(lines),
    }
    return Draft(value=value, new_lines=len(lines), changed_lines=0, undecided=_undecided(lines))


def update(record: Mapping[str, Plain], source: Source, original: Original, words: ReadingWords) -> Draft:
    """The record brought up to the text: curated lines stay, changed ones are marked, new ones are drafted."""
    curated = {line.line: line.sha256 for line in source.lines}
    left_out = {line for lines in source.left_out.values() for line in lines}
    kept = [_kept(line, original) for line in _plain_lines(record)]
    fresh = [
        _line(number, text, words)
        for number, text in enumerate(original.lines, 1)
        if number not in curated and number not in left_out
    ]
    lines = sorted([*kept, *fresh], key=lambda line: int(str(line["line"])))
    changed = sum(_CHANGED in str(line.get("undecided", "")) for line in kept)
    value: dict[str, Plain] = {**record, "sha256": original.sha256, "lines": list(lines)}
    return Draft(value=value, new_lines=len(fresh), changed_lines=changed, undecided=_undecided(lines))


def _plain_lines(record: Mapping[str, Plain]) -> list[dict[str, Plain]]:
    lines = record.get("lines")
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def _kept(line: dict[str, Plain], original: Original) -> dict[str, Plain]:
    number = int(str(line["line"]))
    text = original.lines[number - 1] if number <= len(original.lines) else ""
    if line_hash(text) == line["sha256"]:
        return line
    notes = line.get("undecided")
    return {**line, "sha256": line_hash(text), "undecided": [*(notes if isinstance(notes, list) else []), _CHANGED]}


def _line(number: int, text: str, words: ReadingWords) -> dict[str, Plain]:
    found = figures_in(text, words)
    line: dict[str, Plain] = {"line": str(number), "sha256": line_hash(text), "digest": ""}
    if figures := _named(each for each in found if each.sure):
        line["figures"] = dict(figures)
    if doubts := [_doubt(each) for each in found if not each.sure]:
        line["undecided"] = list(doubts)
    return line


def _named(found: Iterable[Found]) -> Mapping[str, Plain]:
    """Figures under a name of their kind, which the curator makes speaking: amount, amount-2, date."""
    numbers: Counter[str] = Counter()
    named: dict[str, Plain] = {}
    for each in found:
        kind = _kind(each)
        numbers[kind] += 1
        named[kind if numbers[kind] == 1 else f"{kind}-{numbers[kind]}"] = str(each.quantity)
    return named


def _kind(found: Found) -> str:
    match found.quantity:
        case Money():
            return "amount"
        case Count():
            return "count"
        case Percent():
            return "share"
        case Ordinal():
            return "number"
        case _:
            return "by" if found.deadline else "date"


def _doubt(found: Found) -> str:
    read = f" ({found.quantity or found.partial})" if found.quantity or found.partial else ""
    return f"{found.text}{read}: {found.why}"


def _undecided(lines: Iterable[Mapping[str, Plain]]) -> int:
    return sum(len(notes) for line in lines if isinstance(notes := line.get("undecided"), list))


def new_id(stem: str) -> str:
    """An id made of a file's name; what cannot stand in one becomes a hyphen."""
    words = re.findall(r"[a-z0-9]+", stem.casefold())
    return "-".join(words) or f"source-{hashlib.sha256(stem.encode()).hexdigest()[:8]}"
