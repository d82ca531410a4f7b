"""The lines of a source document: what its record says of each, those left out, and drafts of their entries.

A draft has the hash, the figures, and what a person has to decide. The language of a text, or of one line of it, is
detected by its small words; where it is not known, that is said.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from briefgen.check.quotations import value_faults
from briefgen.check.source_words import source_words
from briefgen.files import read_file
from briefgen.localise.language import ReadingWords
from briefgen.model.dates import Period, Precision
from briefgen.model.findings import FindingsError, did_you_mean
from briefgen.model.quantities import Count, Money, Ordinal, Percent, parse_quantity
from briefgen.model.records import DRAFTED, Source
from briefgen.read import yaml_files
from briefgen.read.facts import partnerships, read_book, read_current, read_sources
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import Plain, YamlFile, read_yaml
from briefgen.tools.figures import Match
from briefgen.tools.figures.read import figures_in
from briefgen.tools.originals import Original, as_quoted, line_faults, line_hash, read_originals, with_hashes
from briefgen.tools.yaml_edit import edited

_REASONS = ("caption", "question", "repeated", "unused", "boilerplate", "teaser")
LINE_HINT = "a line is named SOURCE:LINE, such as talks-2022:L7"
_LINE = re.compile(r"(?P<source>[a-z0-9-]+)(?::L?(?P<line>\d{1,6}))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """One line: its text where the original was found, and its entry in the record, which need not be complete."""

    number: int
    text: str
    entry: Mapping[str, Any]
    """As the record has it; empty where the line is not recorded."""
    left_out: str
    """The reason for which the line is left out; empty where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """The file of a record, complete or not, and its original."""

    id: str
    path: Path
    file: YamlFile
    original: Original | None

    @property
    def value(self) -> Mapping[str, Any]:
        """What the file holds."""
        return self.file.value if isinstance(self.file.value, dict) else {}

    @property
    def numbers(self) -> tuple[int, ...]:
        """Every line that the original, or else the record, has."""
        if self.original:
            return tuple(range(1, len(self.original.lines) + 1))
        return tuple(sorted({*_entries(self.value), *_left_out(self.value)}))

    def line(self, number: int) -> SourceLine:
        """Return a line; FindingsError (E201) where neither the original nor the record has it."""
        if number not in self.numbers:
            last = max(self.numbers, default=0)
            raise FindingsError.of(
                self.file.locations[()].file, "E201", f"there is no line {number}", f"the last is {last}"
            )
        text = self.original.lines[number - 1] if self.original else ""
        entry, left_out = _entries(self.value).get(number, {}), _left_out(self.value).get(number, "")
        return SourceLine(number=number, text=text, entry=entry, left_out=left_out)


def split_name(name: str) -> tuple[str, int | None]:
    """Return the source and the line of `talks-2022:L7`, or of `talks-2022` the source alone; E201 for neither."""
    found = _LINE.fullmatch(name)
    if not found:
        raise FindingsError.of(name, "E201", "is no line of a source", LINE_HINT)
    return found["source"], int(found["line"]) if found["line"] else None


def find_record(workspace: Workspace, id: str) -> RecordFile:
    """Return the record of that id; E201 where there is none, and the faults of one whose lines cannot be read."""
    path = workspace.seeds / f"{id}.yaml"
    if path not in (known := yaml_files(workspace.seeds)):
        message = f"there is no source '{id}'"
        raise FindingsError.of("seeds", "E201", message, did_you_mean(id, [each.stem for each in known]))
    file = read_yaml(path, workspace.shown(path), workspace.root)
    faults = read_current(Source, file)[1]
    try:
        value: Any = file.value
        _entries(value)
        _left_out(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise FindingsError(file.findings or faults) from None
    original = with_hashes(read_originals(workspace.originals)[0], value.get("sha256"), value.get("text_sha256"))
    return RecordFile(id=id, path=path, file=file, original=original)


def citing(workspace: Workspace, source: str) -> Mapping[int, tuple[str, ...]]:
    """Return the facts that cite a source, by line; facts that cannot be read cite nothing."""
    found: dict[int, list[str]] = {}
    for path in partnerships(workspace):
        with suppress(FindingsError):
            for id, fact in read_book(workspace, path).facts.items():
                for line in {cite.line for cite in fact.cites if cite.source == source}:
                    found.setdefault(line, []).append(id)
    return {line: tuple(ids) for line, ids in found.items()}


def reasons(workspace: Workspace, record: RecordFile) -> tuple[str, ...]:
    """Return the reasons for which lines are left out: those of the guide, of this record, and of every whole one."""
    every = (source.left_out for source in read_sources(workspace)[0].values())
    return tuple(dict.fromkeys(chain(_REASONS, record.value.get("left_out") or (), *every)))


def without_lines(
    workspace: Workspace, record: RecordFile, lines: Iterable[int], reason: str
) -> tuple[str, tuple[int, ...]]:
    """Return the new text of a record that leaves lines out, and these lines; without any, all that say nothing yet.

    FindingsError (E213) if a line says something or is left out already.
    """
    silent = (each for each in map(record.line, record.numbers) if not each.left_out and not says_something(each.entry))
    wanted = {n: record.line(n) for n in lines} or {each.number: each for each in silent}
    for line in wanted.values():
        if line.left_out:
            message = f"line {line.number} is left out already, as '{line.left_out}'"
            raise FindingsError.of(record.file.locations[()], "E213", message)
        if says_something(line.entry):
            message, hint = f"line {line.number} says something already", "take its entry away first, if it is wrong"
            raise FindingsError.of(record.file.locations[()], "E213", message, hint)
    value: Any = deepcopy(dict(record.value))
    value["lines"] = [entry for entry in value.get("lines") or () if int(entry["line"]) not in wanted]
    left_out = value.get("left_out") or {}
    here = sorted({*map(int, left_out.get(reason) or ()), *wanted})
    if here:
        value["left_out"] = {**left_out, reason: [str(number) for number in here]}
    return edited_text(record.path, record.file, value, workspace.root), tuple(wanted)


def edited_text(path: Path, file: YamlFile, value: Plain, within: Path) -> str:
    """Return the text of a file that reads `value`; FindingsError (V712) where only a person can write it."""
    return edited(read_file(path, within).decode(), value, file.locations[()].file, "V712", "cannot be changed")


def says_something(entry: Mapping[str, Any]) -> bool:
    """Return whether a person has said anything of a line."""
    return bool(entry.get("says") or entry.get("reports") or entry.get("digest"))


def _entries(value: Mapping[str, Any]) -> Mapping[int, Mapping[str, Any]]:
    return {int(entry["line"]): entry for entry in value.get("lines") or ()}


def _left_out(value: Mapping[str, Any]) -> Mapping[int, str]:
    return {int(n): reason for reason, numbers in (value.get("left_out") or {}).items() for n in numbers or ()}


NEAR_THE_BEGINNING = 12
"""Lines in which a text's own date is looked for: it opens the text, or is above it, below the menu of a web page."""
_NO_DATE = "undecided: there is no full date near the beginning; enter the day of publication and how it is known"
_FIRST_DATE = f"{DRAFTED}the first full date of the text; make sure that it is the day of publication"
_KINDS = {Money: "amount", Count: "count", Percent: "share", Ordinal: "number"}
"""The names of figures in a draft; every other quantity is a date."""
_NUMBERED = re.compile(r"[\s(\[*•◦※-]{0,9}(?P<number>\d{1,3})(?P<mark>[.)\]/:–—-]|\s)")
Entry = dict[str, Plain]
"""A line of the text as its record has it."""
LEAST_SHARE = 0.15
"""Of all words: texts in a language have 20 to 45 % of its small words, texts in another one 3 to 10 %."""
_AHEAD = 1.2
"""Times as many small words as the second language; near relatives, such as Dutch and Afrikaans, are both listed."""
_FEWEST_SMALL = 4
"""Small words in a line that make it one of another language; fewer say little."""
_MOST_OF_OTHER = 0.5
"""A line is in another language if its own has less than this part of the other's small words."""
_WORD = re.compile(r"[^\W\d_]+")
_SMALL_WORDS = dict(
    line.split(": ")
    for line in Path(__file__).with_name("small_words.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
_SCRIPTS = {
    "HANGUL": "ko", "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "GREEK": "el", "THAI": "th", "HEBREW": "he",
    "GEORGIAN": "ka", "ARMENIAN": "hy", "TAMIL": "ta", "TELUGU": "te", "KHMER": "km", "LAO": "lo", "MYANMAR": "my",
    "BENGALI": "bn", "GUJARATI": "gu", "GURMUKHI": "pa", "KANNADA": "kn", "MALAYALAM": "ml", "SINHALA": "si",
    "ETHIOPIC": "am", "DEVANAGARI": "hi",
}  # fmt: skip
"""Scripts that are of one language, by the first word of the names of their letters."""
RECOGNISED = frozenset((*_SMALL_WORDS, *_SCRIPTS.values()))
"""The languages that a text may be found to be in."""
_OTHERS_OF_SCRIPT = {"hi": ("mr", "ne"), "bn": ("as",), "am": ("ti",)}
"""Languages that are written in the same script, fewer texts of them: nobody is told that it is clear."""
_MOST_OF_HEADING = 20
"""Letters of a line in Japanese that may well have no kana: a heading, a date."""
_TONES = 0.04
"""Of all letters: about every tenth of Vietnamese is one that only Vietnamese has."""


@dataclass(frozen=True)
class Drafter:
    """Drafts the lines of one text in one language."""

    lines: Sequence[str]
    language: str
    words: ReadingWords
    known: Mapping[str, ReadingWords] = field(default_factory=dict)
    """The words of all languages that have any, to see which lines are in another one."""

    @cached_property
    def paragraphs(self) -> Mapping[int, int]:
        """The numbers of lines that begin with a running number (1. 2. 3. or 26 27 28), and where it ends in the line.

        A run has at least three numbers, each one more than the last, with the same mark after them.
        """
        runs: dict[str, list[list[tuple[int, int, int]]]] = {}
        for at, line in enumerate(self.lines, 1):
            if match := _NUMBERED.match(line):
                number, of_mark = int(match["number"]), runs.setdefault(match["mark"].strip(), [])
                if not of_mark or number != of_mark[-1][-1][0] + 1:
                    of_mark.append([])
                of_mark[-1].append((number, at, match.end("mark")))
        every = chain.from_iterable(runs.values())
        return {at: end for run in every if len(run) >= 3 for _, at, end in run}

    def line(self, number: int) -> Entry:
        """Return a line with its figures, named after their kind (amount, amount-2, date), and doubts for a person."""
        entry: Entry = {"line": str(number), "sha256": line_hash(self.lines[number - 1]), "digest": ""}
        figures: Entry = {}
        doubts: list[Plain] = []
        kinds, words = Counter[str](), source_words(self.language, self.words)
        for found in self.figures(number):
            read, text = found.quantity or found.partial, self.lines[number - 1]
            quoted = as_quoted(text, found.start, found.end, found.quantity) if found.quantity else None
            faults = (*value_faults(quoted, words), *line_faults(text, quoted, words)) if quoted and words else ()
            if doubt := found.why or _unwritable(found) or next((fault.message for fault in faults), ""):
                doubts.append(f"{found.text}{f' ({read})' if read else ''}: {doubt}")
            elif quoted:
                kind = _KINDS.get(type(quoted.value), "by" if found.deadline else "date")
                kinds[kind] += 1
                which: Entry = {"which": str(quoted.which)} if quoted.which else {}
                name = kind if kinds[kind] == 1 else f"{kind}-{kinds[kind]}"
                figures[name] = {"value": str(quoted.value), "as": quoted.words, **which}
        more: Entry = {"figures": figures, "undecided": doubts}
        return entry | {key: value for key, value in more.items() if value}

    def published(self) -> Entry:
        """Return the first full date near the beginning; without one, a blank that `briefgen check` reports."""
        for number in range(1, min(len(self.lines), NEAR_THE_BEGINNING) + 1):
            for found in self.figures(number):
                day = found.quantity
                if found.sure and isinstance(day, Period) and day.precision is Precision.DAY:
                    return {"date": str(day), "basis": "text", "line": str(number), "why": _FIRST_DATE}
        return {"date": "", "basis": "text", "why": _NO_DATE}

    @cached_property
    def _found(self) -> dict[int, tuple[Match, ...]]:
        return {}

    def figures(self, number: int) -> tuple[Match, ...]:
        """Return the figures of a line without the number of its paragraph; in another language, all in doubt."""
        if number not in self._found:
            self._found[number] = tuple(self._figures(number))
        return self._found[number]

    def _figures(self, number: int) -> Iterator[Match]:
        text = self.lines[number - 1]
        other = other_language(text, self.language, self.known)
        doubt = f"this line looks like another language ({other})" if other else ""
        end = self.paragraphs.get(number, 0)
        for found in figures_in(text, self.words)[:1] if end else ():
            if found.start < end < found.end:  # 3 companies: a figure, or the number of a paragraph
                yield found.doubted(doubt, "it begins with the number of the paragraph, perhaps")
                end = found.end
        for found in figures_in(" " * end + text[end:], self.words):
            yield found.doubted(doubt, _CUT if self._is_cut(number, found) else "")

    def _is_cut(self, number: int, found: Match) -> bool:
        """Return whether a figure is at an end of a line that looks cut off within a sentence: US$ 2.5, and billion."""
        text = self.lines[number - 1]
        before = self.lines[number - 2] if number > 1 else ""
        after = self.lines[number] if number < len(self.lines) else ""
        goes_on = not text[found.end :].strip() and (after[:1].isdigit() or after[:1].islower())
        comes_from = not text[: found.start].strip() and (before[-1:].islower() or before[-1:] == ",")
        return (goes_on and len(text) >= _LONG_LINE) or (comes_from and len(before) >= _LONG_LINE)


_CUT, _LONG_LINE = "its sentence goes on in another line, perhaps: save the text with one paragraph a line", 40


def _unwritable(found: Match) -> str:
    """Return why no record can have a figure, such as one of a currency that is not in use; empty where it can."""
    try:
        parse_quantity(str(found.quantity))
    except ValueError as error:
        return str(error)
    return ""


@dataclass(frozen=True, slots=True)
class Detected:
    """The language that a text is most like, and how like it is."""

    code: str
    is_clear: bool
    near: tuple[str, ...] = ()
    """The languages that it may be as well, such as Galician beside Portuguese; the likeliest first."""


def detect(text: str, known: Mapping[str, ReadingWords]) -> Detected:
    """Return the language whose small words the text uses most, clearly so or not; no code where it uses none."""
    if code := _by_script(text):
        near = _OTHERS_OF_SCRIPT.get(code, ())
        return Detected(code, is_clear=not near, near=near)
    words = [word.casefold() for word in _WORD.findall(text)]
    ranked = _scores(words, known).most_common()
    best, most = ranked[0] if ranked else ("", 0)
    if not most:
        return Detected("", is_clear=False)
    near = tuple(code for code, score in ranked[1:] if score * _AHEAD >= most)
    return Detected(best, is_clear=most >= LEAST_SHARE * len(words) and not near, near=near)


def is_recognised(code: str, words: ReadingWords) -> bool:
    """Return whether a text may be found to be in a language: by small words, or by a script of its own."""
    return bool(words.common) or code in RECOGNISED


def other_language(line: str, language: str, known: Mapping[str, ReadingWords]) -> str:
    """Return the language that a line is in where that is clearly not the given one; empty where it may be."""
    language = re.split("[-_]", language)[0]
    if language not in {*known, *RECOGNISED}:
        return ""
    if code := _by_script(line):
        is_heading = (language, code) == ("ja", "zh") and sum(map(str.isalpha, line)) <= _MOST_OF_HEADING
        return "" if is_heading or language in (code, *_OTHERS_OF_SCRIPT.get(code, ())) else code
    words = [word.casefold() for word in _WORD.findall(line)]
    scores = _scores(words, known)
    best, most = scores.most_common(1)[0]
    is_other = most >= max(_FEWEST_SMALL, LEAST_SHARE * len(words)) and scores[language] < _MOST_OF_OTHER * most
    return best if is_other else ""


def _by_script(text: str) -> str:
    """Return the language whose own script most letters are of; a tenth of Japanese kana makes Han Japanese."""
    text = unicodedata.normalize("NFC", text)
    if sum("\u1ea0" <= letter <= "\u1ef9" for letter in text) > _TONES * sum(map(str.isalpha, text)):
        return "vi"
    letters = Counter(unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha())
    found: Counter[str] = Counter()
    for script, number in letters.items():
        found[_SCRIPTS.get(script, "")] += number
    if found["ja"] * 10 > letters.total():
        found["ja"] += found.pop("zh", 0)
    code, number = max(found.items(), key=lambda each: each[1], default=("", 0))
    return code if number * 2 > letters.total() else ""


def _scores(words: list[str], known: Mapping[str, ReadingWords]) -> Counter[str]:
    """Return how many of the words are small words of each language; those of a language's own file count as well."""
    counted = Counter(words)
    small = {code: {*listed.split()} for code, listed in _SMALL_WORDS.items()}
    for code, reading in known.items():
        small[code] = small.get(code, set()) | {word.casefold() for word in reading.common}
    return Counter({code: sum(counted[word] for word in listed) for code, listed in small.items()})
