"""Compares the records of source documents with their original texts: hashes, line numbers, figures and dates.

Of a quotation: where in its line the words stand, which of several, and what stands beside them.
"""

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from briefgen.check.evidence import dates_of, is_year_given
from briefgen.check.quotations import decade_said
from briefgen.check.quoted_numbers import LOOK_AGAIN, NumberFault
from briefgen.check.source_words import Piece, SourceWords, is_letter, is_unspaced, source_words
from briefgen.files import decoded, files_below, read_file
from briefgen.localise import cldr
from briefgen.localise.language import MINUS, TENS, ReadingWords, language_hint
from briefgen.model.book import KeyPath, locate
from briefgen.model.dates import FactDate, Interval, Period, Precision
from briefgen.model.findings import Finding, FindingsError, Location, Severity, not_utf8
from briefgen.model.quantities import Count, Fraction, Money, Name, Ordinal, Percent, Quantity, id_words, parse_id
from briefgen.model.records import Basis, Quoted, Source
from briefgen.model.texts import as_seen
from briefgen.read.facts import read_sources
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.workspace import Originals, Workspace
from briefgen.tools.figures import any_language, normalise
from briefgen.tools.figures.beside import says_more
from briefgen.tools.figures.read import has_date

MAX_BYTES = 8_000_000
_WORDS_BESIDE, _SHORTEST_FOREIGN = 6, 3
_YEAR, _BELOW_ZERO = re.compile(r"(?:19|20|21)\d\d"), re.compile(r"(?:^| )-\d")
_LONGEST_MINUS = 40
"""Characters before a number that are looked through for a sign, or a word, that makes it negative."""
_MINUS = re.compile(
    rf"(?<![\w.,%)])([-−])$|([△▲▼▽])$|(?:^|(?<=\W)|(?<=[\u3040-\u9fff]))({MINUS.replace(' ', '|')}) ?$", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """The text of a source document; its lines are the non-empty ones, split at newlines only, counted from 1."""

    path: Path
    sha256: str
    lines: tuple[str, ...]
    forms: frozenset[str] = frozenset()
    """The sha256 that the file would have with other line ends, byte order mark, last newline or Unicode form."""

    @property
    def text_sha256(self) -> str:
        """The hash of the text in the one form that other line ends, blanks and Unicode forms do not change."""
        return hashlib.sha256("\n".join(map(_plain, self.lines)).encode()).hexdigest()

    def has(self, sha256: object, text_sha256: object) -> bool:
        """Return whether a record with these hashes is of this text, byte for byte or but for blanks and the like."""
        return sha256 == self.sha256 or sha256 in self.forms or text_sha256 == self.text_sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalComparison:
    """What comparing records with their originals gave."""

    records: int
    absent: int
    """Records whose original is missing."""
    links: int
    """Hashes, figures and dates of all records."""
    unchecked: int
    """Links that could not be compared: the original is missing, or it cannot be read by machine."""
    findings: tuple[Finding, ...]


def compare_all(workspace: Workspace, folder: Path) -> OriginalComparison:
    """Compare every record with its original in a folder; what is wrong with a record is among the findings."""
    if folder != workspace.originals and not folder.is_dir():
        raise FindingsError.of(str(folder), "V710", "there is no such folder")
    sources, locations, wrong = read_sources(workspace)
    known = reading_words(workspace, known_languages(workspace))
    originals, skipped = read_originals(folder)
    missing = Severity.ERROR if workspace.settings.originals is Originals.REQUIRED else Severity.NOTE
    absent = links = unchecked = 0
    findings = [*wrong]  # a draft that lacks its day keeps no other record from being compared
    for record in (_Record(source, locations) for source in sources.values()):
        values = [value for *_, value in _links(record.source)]
        links += 1 + len(values)
        if found := find_original(record.source, originals, sources.values()):
            words: ReadingWords | None = None
            try:
                words = words_of(record.source.language, known)
            except ValueError as error:
                hint = language_hint(record.source.language, known)
                findings.append(record.finding(("language",), "V708", str(error), hint))
            unchecked += sum(not (words or isinstance(value, str | Quoted)) for value in values)
            findings += _compare(record, found, words)
        else:
            absent += 1
            unchecked += 1 + len(values)
            message = f"the original is missing; {1 + len(values)} links to it were not checked"
            hint = "put it into seeds/originals/, or name its folder with --originals"
            findings.append(_Record(record.source, {}).finding((), "V701", message, hint, missing))  # the whole file
    for each in skipped if absent else ():  # a file that is no text may be one that a record is named after
        is_named = new_id(Path(each.location.file).stem) in sources
        findings.append(replace(each, severity=Severity.ERROR) if is_named else each)
    return OriginalComparison(
        records=len(sources), absent=absent, links=links, unchecked=unchecked, findings=tuple(findings)
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """A record with the locations of the keys of all records."""

    source: Source
    locations: Mapping[KeyPath, Location]

    def finding(
        self, path: KeyPath, code: str, message: str, hint: str = "", severity: Severity = Severity.ERROR
    ) -> Finding:
        """Return a finding at a key of the record, or at the nearest key around it."""
        place = locate(self.locations, ("sources", self.source.id, *path), Location(f"seeds/{self.source.id}.yaml"))
        return Finding(place, code, message, hint=hint, severity=severity)


def find_original(source: Source, originals: Mapping[str, Original], sources: Iterable[Source]) -> Original | None:
    """Return the original by its hash, by that of its text, or by name and lines; None if no file is like it.

    A file that is the original of another record is taken only if it has this record's name.
    """
    if found := with_hashes(originals, source.sha256, source.text_sha256):
        return found
    taken = {each.sha256 for each in sources}
    hashes = {line.sha256 for line in source.lines}

    def likeness(original: Original) -> tuple[bool, int]:
        known = sum(bool(hashes & line_hashes(line)) for line in original.lines)
        is_named = new_id(original.path.stem) == source.id
        is_like = is_named or (known * 2 >= len(hashes) and original.sha256 not in taken)
        return (is_named, known) if is_like else (False, 0)

    best = max(originals.values(), key=likeness, default=None)
    return best if best and any(likeness(best)) else None


def with_hashes(originals: Mapping[str, Original], sha256: object, text_sha256: object) -> Original | None:
    """Return the original with the hash of a record, or else one whose text is the same but for blanks and the like."""
    same = (each for each in originals.values() if each.has(sha256, text_sha256))
    return originals.get(str(sha256)) or next(same, None)


def _compare(record: _Record, original: Original, words: ReadingWords | None) -> Iterator[Finding]:
    """Yield where a record differs from its original, and a note where only blanks and the like do."""
    left_out = record.source.left_out
    is_same = original.has(record.source.sha256, record.source.text_sha256)
    differing = [*_differences(record, original, words), *_uncovered(record, original)]
    yield from differing
    if original.sha256 == record.source.sha256:
        return
    path = original.path.name
    if is_same or not (differing or left_out):
        message = f"{path} is not byte for byte what was recorded: only line ends, blanks or the Unicode form differ"
        hint = "nothing to do; `briefgen sources add` records the file as it is now"
        yield record.finding(("sha256",), "V713", message, hint, Severity.NOTE)
    elif not any(finding.code in ("V702", "V703", "V705") for finding in differing):
        lines = ", ".join(str(number) for numbers in left_out.values() for number in numbers)
        message = f"{path} has changed in a line that was left out: {lines}"
        hint = "read these lines; if none of them matters, run `briefgen sources add` on the file"
        yield record.finding(("left_out",), "V703", message, hint)


def words_of(code: str, known: Mapping[str, ReadingWords]) -> ReadingWords:
    """Return the words of a language, or what CLDR has of it; ValueError where CLDR does not know it either."""
    return known.get(code) or ReadingWords(locale=str(cldr.locale(code)))


def language_code(code: str, known: Mapping[str, ReadingWords]) -> str:
    """Return a code as it is written in records: pt, not PT; ValueError where CLDR does not know it."""
    return code if code in known else str(cldr.locale(code))


def read_originals(folder: Path) -> tuple[Mapping[str, Original], tuple[Finding, ...]]:
    """Return every text of a folder by its sha256, and a note on every file that is no text; empty without a folder."""
    found: dict[str, Original] = {}
    skipped: list[Finding] = []
    for path in files_below(folder) if folder.is_dir() else ():
        if not path.is_dir():
            try:
                original = read_original(path, folder)
            except FindingsError as error:
                skipped += (replace(finding, severity=Severity.NOTE) for finding in error.findings)
            else:
                found[original.sha256] = original
    return found, tuple(skipped)


def read_original(path: Path, within: Path | None = None) -> Original:
    """Return the text in a file; FindingsError (V707) says why there is none."""
    hint = "save the document's text as a UTF-8 text file"
    try:
        raw = read_file(path, within)
    except OSError as error:
        why = "there is no such file" if isinstance(error, FileNotFoundError) else error.strerror or str(error)
        address = "save its text in a file, and name that" if re.match("https?:/", str(path)) else ""
        raise FindingsError.of(str(path), "V707", f"cannot be read: {why}", address) from None
    if len(raw) > MAX_BYTES:
        raise FindingsError.of(str(path), "V707", f"has {len(raw):,} bytes; the limit is {MAX_BYTES:,}", hint)
    try:
        text = decoded(raw)
    except UnicodeDecodeError as error:
        message, todo = not_utf8(error, str(path))
        todo = todo if error.encoding != "utf-8" else hint
        raise FindingsError.of(Location.not_utf8(error, str(path)), "V707", message, todo) from None
    # the byte order mark and the carriage returns of some editors belong to no line
    ends = "\n" if "\n" in text else "\r"
    lines = tuple(line.removesuffix("\r") for line in text.split(ends) if line.strip())
    if "\0" in text or not lines:
        raise FindingsError.of(str(path), "V707", "is not text: it contains zero bytes" if lines else "is empty", hint)
    return Original(path=path, sha256=hashlib.sha256(raw).hexdigest(), lines=lines, forms=frozenset(_forms(text)))


def new_id(stem: str) -> str:
    """Return an id made from a file's name; what an id cannot hold becomes a hyphen."""
    id = "-".join(id_words(stem))[:80].strip("-")
    with suppress(ValueError):  # con and the like cannot be the names of files everywhere
        return parse_id(id)
    return f"source-{id or hashlib.sha256(stem.encode()).hexdigest()[:8]}"


def line_hash(line: str) -> str:
    """Return the sha256 of a line's UTF-8 bytes, without its newline."""
    return hashlib.sha256(line.encode()).hexdigest()


def line_hashes(line: str) -> frozenset[str]:
    """Return the hashes that a line may have been recorded with: as it is, without blanks at its end, and so on."""
    forms = (line, line.rstrip(), _plain(line), *(unicodedata.normalize(form, line) for form in ("NFC", "NFD")))
    return frozenset(map(line_hash, forms))


def _plain(line: str) -> str:
    """Return a line in Unicode NFC, with plain spaces for no-break spaces and no blanks at its end."""
    return unicodedata.normalize("NFC", line.translate(_NO_BREAK)).rstrip()


_NO_BREAK = dict.fromkeys(map(ord, "\u00a0\u202f\u2007"), " ")


def _forms(text: str) -> Iterator[str]:
    """Yield the hashes of a text as other editors save it: line ends, byte order mark, last newline, Unicode form."""
    body = re.sub(r"\r\n?", "\n", text)
    for form in (body, unicodedata.normalize("NFC", body), unicodedata.normalize("NFD", body)):
        for last in {form, form.rstrip("\n"), form.rstrip("\n") + "\n"}:
            for ends in ("\n", "\r\n"):
                for mark in ("", "\ufeff"):
                    yield hashlib.sha256((mark + last.replace("\n", ends)).encode()).hexdigest()


_Expected = str | Quoted | FactDate
"""What must match a line of the original: a hash, the quotation of a figure, or a date."""


def _links(source: Source) -> Iterator[tuple[KeyPath, int, _Expected]]:
    """Yield the key of each link in the record, the number of the line, and what must match it."""
    for at, line in enumerate(source.lines):
        yield ("lines", at, "sha256"), line.line, line.sha256
        yield from ((("lines", at, "figures", name), line.line, figure) for name, figure in line.figures.items())
    for path, dated in dates_of(source).items():
        # if the line gives only a part of the date, `why` says so, and a person compares
        if dated.basis is Basis.TEXT and dated.line and not dated.why:
            yield (*path, "date"), dated.line, dated.date


def _differences(record: _Record, original: Original, words: ReadingWords | None) -> Iterator[Finding]:
    source, lines = record.source, original.lines
    is_saved_anew = original.sha256 != source.sha256 and original.has(source.sha256, source.text_sha256)
    for path, number, value in _links(source):
        text = lines[number - 1] if 1 <= number <= len(lines) else None
        match value:
            case str() if text is None:
                message = f"the original has no line {number}; it has {len(lines)}"
                yield record.finding((*path[:-1], "line"), "V702", message)
            case str():
                if not is_saved_anew and value not in line_hashes(text or ""):
                    yield record.finding(path, "V703", *_changed(number, value, lines))
            case Quoted():
                faults = line_faults(text, value, source_words(source.language, words)) if text is not None else ()
                yield from (record.finding((*path, "as"), each.code, each.message, each.hint) for each in faults)
            case Period() | Interval():
                yield from _date_faults(record, words, path, number, value, text or "") if words else ()


def _date_faults(
    record: _Record, words: ReadingWords, path: KeyPath, number: int, day: FactDate, text: str
) -> Iterator[Finding]:
    """Yield that a line lacks a date; of an event it may leave out the year that is that of the text."""
    may_lack_year = path[0] == "events" and is_year_given(day, record.source.published.date, ())
    if has_date(text, day, words, of_year=may_lack_year):
        return
    is_part = has_date(text, day, words, of_year=True)
    message = f"{day} is {'without its year' if is_part else 'not'} in line {number} of the original"
    if words.common or is_part:
        hint = "correct the date or the line; if the line gives only a part, say in 'why' where the rest is from"
        yield record.finding(path, "V709", message, hint)
    else:  # without words of its own, much of a language cannot be read
        language = record.source.language
        hint = f"compare it yourself: '{language}' has no words of its own (templates/languages/{language}.yaml)"
        yield record.finding(path, "V709", message, hint, Severity.WARNING)


def _changed(number: int, sha256: str, lines: Sequence[str]) -> tuple[str, str]:
    """Return what became of a line, which is another one or stands elsewhere now, and what to do."""
    if now := next((at for at, line in enumerate(lines, 1) if sha256 in line_hashes(line)), None):
        message = f"line {number} of the original is line {now} now"
        return message, "`briefgen sources add` gives the record the new numbers"
    message = f"line {number} of the original has another hash: {line_hash(lines[number - 1])}"
    return message, "it has changed: read it again, then run `briefgen sources add`; or put the original back"


def _uncovered(record: _Record, original: Original) -> Iterator[Finding]:
    """Yield lines neither recorded nor left out, and lines left out that do not exist.

    That no line is both recorded and left out is checked without the original.
    """
    numbers = {*range(1, len(original.lines) + 1)}
    left_out = {number for numbers in record.source.left_out.values() for number in numbers}
    if missing := sorted(numbers - left_out - {line.line for line in record.source.lines}):
        which = f"line {missing[0]} is" if len(missing) == 1 else f"lines {', '.join(map(str, missing))} are"
        message = f"{which} neither recorded nor left out"
        yield record.finding(("left_out",), "V705", message, "record it, or leave it out with a reason")
    if beyond := ", ".join(map(str, sorted(left_out - numbers))):
        yield record.finding(("left_out",), "V702", f"the original has no line {beyond}; it has {len(numbers)}")


@lru_cache(maxsize=1024)
def places(line: str, quotation: str) -> tuple[tuple[int, int], ...]:
    """Return where a line has the words of a quotation, as whole words; spaces may be of any kind and number.

    Positions count in the line as it is seen.
    """
    line, words = as_seen(line), as_seen(quotation).split()
    spans = (match.span() for match in re.compile(r"\s+".join(map(re.escape, words))).finditer(line)) if words else ()
    return tuple((start, end) for start, end in spans if not _is_cut(line, start) and not _is_cut(line, end))


def _is_cut(line: str, at: int) -> bool:
    """Return whether a word or a number goes on over a position."""
    before, after = line[max(0, at - 1) : at], line[at : at + 1]
    if not (before and after):
        return False
    if unicodedata.bidirectional(before) in ("R", "AL") and after.isdigit():
        return False  # "and" or "in" is written on to a number in Arabic and Hebrew
    if before.isdigit() or after.isdigit():
        around = re.fullmatch(r"\d[.,]?\d|\d[^\W\d_]|[^\W\d_]\d", line[max(0, at - 1) : at + 1])
        decimal = re.fullmatch(r".?\d[.,]\d.?", line[max(0, at - 2) : at + 2])
        return bool((around and not is_unspaced(before) and not is_unspaced(after)) or decimal)
    return is_letter(before) and is_letter(after) and not is_unspaced(before) and not is_unspaced(after)


def as_quoted(line: str, start: int, end: int, value: Quantity) -> Quoted:
    """Return a figure with the words of the line from `start` to `end`, and which of them where it has more."""
    words = " ".join(as_seen(line[start:end]).split())
    found = places(line, words)
    before = len(as_seen(line[:start]))
    earlier = bisect_right(found, before, key=lambda span: span[1])
    return Quoted(value=value, words=words, which=earlier + 1 if 1 < len(found) > earlier else 0)


def line_faults(line: str, quoted: Quoted, words: SourceWords | None) -> Iterator[NumberFault]:
    """Yield where a line does not have the words of a figure, has them more than once, or says more beside them."""
    found = places(line, quoted.words)
    if len(found) < max(1, quoted.which):
        number = f" {quoted.which} times" if found else ""
        yield NumberFault("V704", f"the words '{quoted.words}' are not in the line{number}", LOOK_AGAIN)
    elif len(found) > 1 and not quoted.which:
        message = f"the words '{quoted.words}' stand {len(found)} times in the line"
        yield NumberFault("V714", message, "quote a word more, or say 'which: 1', 'which: 2' ... beside them")
    elif words and not isinstance(quoted.value, Name):
        line, (start, end) = as_seen(line), found[max(0, quoted.which - 1)]
        before = words.pieces(" ".join(line[:start].rsplit(" ", _WORDS_BESIDE)[-_WORDS_BESIDE:]))
        after = words.pieces(" ".join(line[end:].split(" ", _WORDS_BESIDE)[:_WORDS_BESIDE]))
        quotation = words.pieces(quoted.words) or (Piece(""),)
        minus = (
            _MINUS.search(line, max(0, start - _LONGEST_MINUS), start)
            if isinstance(quoted.value, Money | Count | Percent) and not _BELOW_ZERO.search(str(quoted.value))
            else None
        )
        beside = f"'{minus[0].strip()}'" if minus else _beside(before[::-1], after, quotation, quoted.value, words)
        if beside := beside or _changed_by(line[:start], line[start:end], line[end:], quoted.value):
            yield NumberFault(
                "V715",
                f"beside '{quoted.words}' the line says {beside}",
                "quote it too, or move the figure to 'derived' and say why",
            )


def _changed_by(before: str, quotation: str, after: str, value: Quantity) -> str:
    """Return what makes another figure of a quotation, in the words of any language; empty if nothing does."""
    head, tail = normalise(before).text[-_REACH:], normalise(after).text[:_REACH]
    match value:
        case Period():
            first, _, last = quotation.partition(str(value.year))
            if decade := decade_said(before + first, value.year, last + after):
                return f"'{decade}', which is ten years"
            accounts = any_language.NOT_OF_CALENDAR.search(head) or any_language.NOT_OF_CALENDAR_AFTER.match(tail)
            return "that it is a year of accounts, perhaps" if accounts else ""
        case Money() | Count() | Percent():
            return says_more(head, tail, value)
        case _:
            return ""


_REACH = 40  # characters beside a quotation that are looked through


def _beside(
    before: tuple[Piece, ...],
    after: tuple[Piece, ...],
    quotation: tuple[Piece, ...],
    value: Quantity,
    words: SourceWords,
) -> str:
    """Return what stands beside a quotation and changes its figure; empty if nothing does. `before` runs backwards."""
    nearest, first, last = (*before[:1], *after[:1]), quotation[0], quotation[-1]
    reach = 2 if before and before[0].attached and is_unspaced(before[0].text) else 1  # ไม่ถึง
    if denied := next((each.text for each in before[:reach] if "not" in each.means), ""):
        return f"'{denied}'"
    match value:
        case Money() | Count() | Percent():
            pass
        case Period(precision=Precision.YEAR | Precision.MONTH, part=None):
            near = [each for each in before[:2] if not each.means.keys() & {"beside", "link"}][:1]  # half of
            goes_on = any(each.attached and each.is_unknown for each in after[1:2])  # 말레이시아 is no 말
            near += () if goes_on else after[:1]
            finer = {"part"} if value.month else {"part", "half", "quarter", "season"}
            found = (each for each in near if finer & each.means.keys() and each.folded not in words.doubtful)
            return next((f"'{each.text}', which the value does not say" for each in found), "")
        case Ordinal() | Fraction() | Name() | Period() | Interval():
            return ""
    if part := _of_number(before, first, words) or _rest_of_amount(after, words):
        return f"'{part}', of a number"
    if is_range(before, words, also_and=True) or is_range(after, words):
        return "the other end of a range"
    if after and _is_scale(after[0], last):
        return f"'{after[0].text}', a scale word"
    unsaid = [what for what, said in (("rate", value.per), ("bound", value.bound)) if not said]
    of_line = (each for what in unsaid for each in nearest if what in each.means)
    told = next((each.text for each in of_line if each.text.lower() not in words.doubtful), "")
    return f"'{told}', which the value does not say" if told else ""


def _of_number(before: tuple[Piece, ...], first: Piece, words: SourceWords) -> str:
    """Return the word before a quotation that belongs to its number: 3億, twenty five, cento e vinte."""
    last, number, digits = (*before, *(Piece(""),) * 3)[:3]
    is_cut = first.digits and "scale" in last.means and _is_scale(last, Piece(""))
    if is_cut or _is_number_word((last,), words) or last.folded in TENS:
        return last.text
    is_number = number.folded in TENS or ("scale" in number.means and digits.digits)  # 3 tỷ và 200 triệu
    return number.text if last.folded in words.ands and is_number else ""


def _rest_of_amount(after: tuple[Piece, ...], words: SourceWords) -> str:
    """Return the smaller amount that goes on behind "and", with no unit of its own: US$ 3 billion and 200 million."""
    joint, number, scale, unit = (*after, *(Piece(""),) * 4)[:4]
    is_one = joint.folded in words.ands and number.digits and "scale" in scale.means
    has_unit = unit.is_unknown or unit.means.keys() & {"unit", "currency", "percent", "link"}
    return f"{number.text} {scale.text}" if is_one and not has_unit else ""


def is_range(pieces: tuple[Piece, ...], words: SourceWords, *, also_and: bool = False) -> bool:
    """Return whether a dash, or a word such as "to", and a number come next; a year is the end of no amount."""
    joint, number = (*pieces, Piece(""), Piece(""))[:2]
    is_joint = joint.text in ("-", "~") or joint.folded in words.ranges or (also_and and joint.folded in words.ands)
    is_number = number.digits or _is_number_word((number,), words)
    return is_joint and is_number and (joint.text in ("-", "~") or not _YEAR.fullmatch(number.text))


def _is_number_word(pieces: tuple[Piece, ...], words: SourceWords) -> bool:
    """Return whether a number in words, and no article, comes next: the twenty of twenty-five."""
    return any(
        not each.digits and str(each.means.get("number", "1")) != "1" and each.folded not in words.doubtful
        for each in pieces
    )


def _is_scale(piece: Piece, last: Piece) -> bool:
    """Return whether a word is a scale word; of another language only after a number that has no unit behind it."""
    if "scale" in piece.means:
        return len(piece.text) > 1 or is_unspaced(piece.text)
    is_open = last.digits or bool({"number", "scale"} & last.means.keys())
    text = piece.text.lower()
    return is_open and not piece.means and len(text) >= _SHORTEST_FOREIGN and text in cldr.all_scale_words()
