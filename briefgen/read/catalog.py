"""Reads and writes gettext catalogs (.po) with polib, so that nothing a translator or a PO editor wrote is lost.

What polib does not expect (half a string, a second msgid, comments below the header) it drops without an error;
therefore the lines and their order are checked first, by the grammar of the gettext manual ("PO Files").
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from polib import POEntry, POFile, escape, pofile

from briefgen.files import UnreadableFileError, decoded, read_file, seen_from, unfinished_merges
from briefgen.model.findings import Finding, FindingsError, Location, nearest_word, not_utf8

CatalogEntry: TypeAlias = POEntry
"""A text and its translation, with the comments of a catalog."""
_STRING = r'"(?:[^"\\]|\\["\\nrt])*"'
_LINE = re.compile(
    rf"""(?P<obsolete>\#~)?\s*(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)?\s*(?P<string>{_STRING})
    | \#~?\|\s*(?P<previous>msgctxt|msgid_plural|msgid)?\s*(?P<previous_string>{_STRING})
    | \#(?![~|])(?P<mark>[.:,]?)\s?(?P<comment>.*)
    | (?:\#~)?""",
    re.VERBOSE,
)
_OTHER_BREAKS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")
"""What polib, unlike PO editors, takes for the end of a line."""
_KINDS = {"msgctxt": "c", "msgid": "i", "msgid_plural": "p", "msgstr": "s", "": "t"}
"""One letter for each kind of line, upper case where it is obsolete; n is msgstr[n], t a string that goes on.

v is the previous text of a fuzzy entry, w a string of it that goes on, # another comment, and a space an empty line.
"""
_LIVE = "(?:c[t ]*)?i[t ]*(?:s[t ]*|p[t ]*(?:n[t ]*)+)"
_WHOLE = re.compile(f"{_LIVE}|{_LIVE.upper()}|v[w ]*")
"""An entry, or the previous text of one."""
_NO_LINE = "this is not a line of a catalog"
_NO_LINE_HINT = (
    'a line is a keyword and a text between two quotes: msgstr "..."; '
    'a quote within it is written \\", a backslash \\\\'
)
MAX_ENTRIES = 20_000
"""Obsolete ones too."""
MAX_PLURALS = 9
"""No language of CLDR has more than six."""
_DATES = ("PO-Revision-Date", "POT-Creation-Date")
_HEADER_FIELDS = {
    "Project-Id-Version": "",
    "Last-Translator": "",
    "Language-Team": "",
    "Language": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}
"""The fields that `msgfmt --check` asks for, but no dates: a catalog changes only where a text does.

An empty date is taken away: `pybabel compile` stops at it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """A catalog as it was read; the `linenum` of an entry is the line of its msgid."""

    header: CatalogEntry = field(default_factory=CatalogEntry)
    entries: tuple[CatalogEntry, ...] = ()
    """Live and obsolete ones, in the order of the file, without the header."""
    trailing: tuple[str, ...] = ()
    """The comments below the last entry."""
    places: Mapping[int, tuple[int, int]] = field(default_factory=dict, compare=False)
    """The line and column at which the translation of an entry begins, by the line of its msgid."""
    line_end: str = "\n"


class _AllEntries(POFile):
    """The header stays an entry: polib's own reading of it loses comments, repeated fields and their order."""

    def find(self, *_args: Any, **_options: Any) -> None:
        """Find no header."""


def read_catalogs(paths: Iterable[Path], root: Path) -> Mapping[Path, Catalog]:
    """Return the catalogs in these files, empty if there is no file; FindingsError lists the faults of all."""
    catalogs: dict[Path, Catalog] = {}
    findings: list[Finding] = []
    for path in paths:
        try:
            catalogs[path] = _read_catalog(path, root)
        except FindingsError as error:
            findings += error.findings
    _refuse(findings)
    return catalogs


def parse_catalog(text: str, file: str = "") -> Catalog:
    """Return the catalog in a text; FindingsError lists its faults. The file is named after its language."""
    lines = re.sub("\r\n?", "\n", text).split("\n")
    matches = [None if _OTHER_BREAKS.search(line.rstrip()) else _LINE.fullmatch(line.strip()) for line in lines]
    kinds = "".join(map(_kind, matches))
    _refuse(unfinished_merges(text, file))
    if (number := kinds.count("i") + kinds.count("I")) > MAX_ENTRIES:
        message = f"it has {number:,} entries; the limit is {MAX_ENTRIES:,}"
        _refuse([Finding(Location(file), "T305", message, hint="take out those that are marked with #~")])
    _refuse(_line_faults(lines, kinds, file))
    _refuse(_entry_faults(kinds, file))
    _refuse(_flag_faults(lines, file))
    last = len(kinds.rstrip("#vw "))
    entries = _entries(matches[:last], kinds, file)
    header = next((entry for entry in entries if key(entry) == ("", "") and not entry.obsolete), CatalogEntry())
    _refuse((*_duplicates(entries, file), *_header_faults(header, lines, file)))
    return Catalog(
        header=header,
        entries=tuple(entry for entry in entries if entry is not header),
        trailing=tuple(line for line in lines[last:] if line.strip()),
        places=dict(_places(lines, kinds)),
        line_end="\r\n" if text.partition("\n")[0].endswith("\r") else "\n",
    )


def _places(lines: Sequence[str], kinds: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Yield the line of each msgid with the place where its msgstr begins: the quote of its first text."""
    for msgid in re.finditer(r"i[^isn]*([sn])(?:(?<=s)(t))?", kinds, re.IGNORECASE):
        at = msgid.start(1)
        goes_on = msgid[2] and lines[at].rstrip().endswith(' ""')
        at += bool(goes_on)
        yield msgid.start() + 1, (at + 1, lines[at].index('"') + 1)


def catalog_text(catalog: Catalog) -> str:
    """Return the text of a catalog, each string on one line, as no two editors wrap in the same way."""
    written = [entry.__unicode__(wrapwidth=0) for entry in (catalog.header, *catalog.entries)]
    written += ["".join(f"{line}\n" for line in catalog.trailing)] if catalog.trailing else []
    return re.sub("(?m)^# $", "#", "\n".join(written)).replace("\n", catalog.line_end)


def key(entry: CatalogEntry) -> tuple[str, str]:
    """Return what an entry translates: the text with this context, or the label with this English."""
    return (entry.msgctxt, "") if entry.msgctxt else ("", entry.msgid)


def is_done(entry: CatalogEntry) -> bool:
    """Return whether an entry has a translation that may be printed."""
    return bool(entry.msgstr.strip()) and not entry.fuzzy


def combined(entry: CatalogEntry, other: CatalogEntry) -> CatalogEntry:
    """Return the entry with the comments of another one for its text, whose translation becomes a comment too."""
    lines = entry.tcomment.split("\n") if entry.tcomment else []
    lines += [line for line in other.tcomment.split("\n") if line and line not in lines]
    for translation in (other.msgstr, *other.msgstr_plural.values()):
        if translation and translation != entry.msgstr:
            lines.append(f'another {"guess" if other.fuzzy else "translation"}: "{escape(translation)}"')
    merged = copy(entry)
    merged.tcomment = "\n".join(lines)
    return merged


def completed_header(header: CatalogEntry, language: str) -> CatalogEntry:
    """Return the header with the fields that it lacks; what a PO editor wrote stays."""
    fields, wanted = _header_fields(header), _HEADER_FIELDS | {"Language": language}
    wrong = {"Language"} if not _same_language(fields.get("Language", ""), language) else set()
    wrong |= {"Content-Type"} if "charset=" not in fields.get("Content-Type", "") else set()
    named = [(line.partition(":")[0], line) for line in header.msgstr.split("\n") if line.strip()]
    named = [(name, line) for name, line in named if not (name in _DATES and line.partition(":")[2].strip() == "")]
    lines = [f"{name}: {wanted[name]}" if name in wrong else line for name, line in named]
    lines += [f"{name}: {value}" for name, value in wanted.items() if name not in fields]
    completed = copy(header)
    completed.msgstr = "".join(f"{line}\n" for line in lines)
    completed.flags = [flag for flag in header.flags if flag != "fuzzy"]
    return completed


def _read_catalog(path: Path, root: Path) -> Catalog:
    file = seen_from(root, path)
    try:
        return parse_catalog(decoded(read_file(path, root)), file) if os.path.lexists(path) else Catalog()
    except UnicodeDecodeError as error:
        message, hint = not_utf8(error, file)
        finding = Finding(Location.not_utf8(error, file), "T305", message, hint=hint)
    except OSError as error:
        code = "Y001" if isinstance(error, UnreadableFileError) else "T305"
        finding = Finding(Location(file), code, f"cannot be read: {error.strerror or error}")
    raise FindingsError([finding])


def _refuse(findings: Iterable[Finding]) -> None:
    if found := tuple(findings):
        raise FindingsError(found)


def _kind(match: re.Match[str] | None) -> str:
    """Return the letter of a line, or ? if it belongs in no catalog."""
    if match is None:
        return "?"
    if match["string"]:
        letter = _KINDS.get(match["keyword"] or "", "n")
        return letter.upper() if match["obsolete"] else letter
    if match["previous_string"]:
        return "v" if match["previous"] else "w"
    return " " if match["comment"] is None else "#"


def _as_polib_reads(match: re.Match[str] | None) -> str:
    """Return the line in the one spelling that polib knows, without the previous text of obsolete entries."""
    if match is None:
        return ""
    if match["string"]:
        return f"{'#~ ' if match['obsolete'] else ''}{match['keyword'] or ''} {match['string']}"
    if match["previous_string"]:
        return f"#| {match['previous'] or ''} {match['previous_string']}"
    return f"#{match['mark']} {match['comment']}" if match["comment"] is not None else ""


def _line_faults(lines: Sequence[str], kinds: str, file: str) -> Iterator[Finding]:
    """Yield the lines that belong in no catalog (T305)."""
    for number, (line, kind) in enumerate(zip(lines, kinds, strict=True), 1):
        if kind == "?" and (found := _OTHER_BREAKS.search(line)):
            location, message = Location(file, number, found.start() + 1), "there is a line break within this line"
            yield Finding(location, "T305", f"{message} (U+{ord(found[0]):04X})", hint="take it away, or write \\n")
        elif kind == "?":
            yield Finding(_begin(file, number, line), "T305", _NO_LINE, hint=_line_hint(line))


def _begin(file: str, number: int, line: str) -> Location:
    return Location(file, number, len(line) - len(line.lstrip()) + 1)


def _line_hint(line: str) -> str:
    """Return what to write for a line that belongs in no catalog."""
    if _CURLED.search(line):
        return 'write straight quotes: "..."; programs for letters curl them'
    if len(re.findall(r'(?<!\\)"', line)) == 1:
        return 'a text stands between two quotes, and one is missing here: msgstr "..."'
    word = re.match(r"\s*([A-Za-z]+)", line)
    if word and word[1] not in _KEYWORDS and (near := nearest_word(word[1], _KEYWORDS)):
        return f"did you mean '{near}'?"
    return _NO_LINE_HINT


_KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")
_CURLED = re.compile("[“”„‟«»‘’]")


def _flag_faults(lines: Sequence[str], file: str) -> Iterator[Finding]:
    """Yield the marks that are nearly "fuzzy": the guess below one would be printed as a translation (T305)."""
    for number, line in enumerate(lines, 1):
        for flag in line[2:].split(",") if line.startswith("#,") else ():
            if flag.strip() != "fuzzy" and nearest_word(flag.strip(), ["fuzzy"]):
                message = f"'{flag.strip()}' is no mark of an entry"
                location = Location(file, number, line.index(flag.strip()) + 1)
                yield Finding(location, "T305", message, hint="did you mean 'fuzzy'?")


def _entry_faults(kinds: str, file: str) -> Iterator[Finding]:
    """Yield the keywords between two entries that belong to neither (T305)."""
    end = 0
    for start, next_end in (*(match.span() for match in _WHOLE.finditer(kinds)), (len(kinds), 0)):
        if left := kinds[end:start].lstrip("# "):
            hint = "an entry is a msgid and its msgstr, and nothing between them"
            yield Finding(Location(file, start - len(left) + 1, 1), "T305", "this is not a whole entry", hint=hint)
        end = next_end


def _entries(matches: Iterable[re.Match[str] | None], kinds: str, file: str) -> list[CatalogEntry]:
    try:
        read = pofile("\n".join((*map(_as_polib_reads, matches), "")), encoding="utf-8", klass=_AllEntries)
    except OSError as error:  # what polib raises for bad syntax, with the line in its message
        number = re.search(r"line (\d+)", str(error))
        location = Location(file, int(number[1]) if number else 0)
        raise FindingsError.of(location, "T305", _NO_LINE, _NO_LINE_HINT) from None
    for entry, msgid in zip(read, re.finditer("i", kinds, re.IGNORECASE), strict=True):
        entry.linenum = msgid.start() + 1
    if read:  # polib takes the comments at the top for those of the file; without a header they are an entry's
        read[0].tcomment = "\n".join(filter(None, (read.header, read[0].tcomment)))
    return read


def _duplicates(entries: Iterable[CatalogEntry], file: str) -> Iterator[Finding]:
    """Yield the live entries for a text that has one already (T305); of obsolete ones there may be several."""
    first: dict[tuple[str, str], int] = {}
    for entry in entries:
        line = entry.linenum or 0
        if not entry.obsolete and (above := first.setdefault(key(entry), line)) != line:
            twice = f"'{entry.msgctxt or entry.msgid}' is translated twice" if any(key(entry)) else "a second header"
            yield Finding(Location(file, line, 1), "T305", f"{twice}; first in line {above}", hint="keep one of them")


def _header_faults(header: CatalogEntry, lines: Sequence[str], file: str) -> Iterator[Finding]:
    """Yield the fields of the header that contradict the file (T305, T309)."""
    fields, code = _header_fields(header), Path(file).stem
    if charset := re.search(r"charset=(?!utf-?8\b)[^\s;]*", fields.get("Content-Type", ""), re.IGNORECASE):
        message, hint = f"'{charset[0]}' is not supported", "save the file as UTF-8 and say so"
        yield Finding(_field_location(charset[0], header, lines, file), "T305", message, hint=hint)
    plural = fields.get("Plural-Forms", "")
    if plural and not re.match(r"nplurals\s*=\s*\d", plural):
        message = f"'Plural-Forms: {plural}' gives no number of plural forms"
        location = _field_location("Plural-Forms:", header, lines, file)
        yield Finding(location, "T305", message, hint="fill it in, or take the field away")
    elif plural and not 1 <= int(re.findall(r"\d{1,9}", plural)[0]) <= MAX_PLURALS:
        message = f"'{plural[:40]}': no language has so many plural forms"
        location = _field_location("Plural-Forms:", header, lines, file)
        yield Finding(location, "T305", message, hint=f"the limit is {MAX_PLURALS}; take the field away")
    language = fields.get("Language", "")
    if code and language and not _same_language(language, code):
        message = f"the header says that the language is '{language}', not '{code}'"
        hint = "correct the header, or the name of the file"
        yield Finding(_field_location("Language:", header, lines, file), "T309", message, hint=hint)


def _header_fields(header: CatalogEntry) -> dict[str, str]:
    return {name: value.strip() for name, _, value in (line.partition(":") for line in header.msgstr.split("\n"))}


def _field_location(text: str, header: CatalogEntry, lines: Sequence[str], file: str) -> Location:
    """Return the location of a text in the header; a field begins a string, or comes after a line break in one."""
    start = header.linenum or 1
    opening = r'(?:"|\\n)' if text.endswith(":") else ""
    for number, line in enumerate(lines[start - 1 :], start):
        if found := re.search(f"{opening}({re.escape(text)})", line):
            return Location(file, number, found.start(1) + 1)
    return Location(file, start)


def _same_language(first: str, second: str) -> bool:
    """Return whether two codes can mean the same language: vi and vi_VN do, zh_TW and zh_CN do not."""
    one, other = (re.split("[-_]", re.split("[@.]", code.casefold())[0]) for code in (first, second))
    return all(each == its for each, its in zip(one, other, strict=False))
