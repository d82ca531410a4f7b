"""Reads the languages: patterns from `templates/languages/`, catalogs from `templates/locale/` and `facts/locale/`."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import PoFileError, PoFileParser

from briefgen.check.languages import Term, TermList
from briefgen.localise.language import Language, Translation
from briefgen.localise.language_file import LanguageFile
from briefgen.model.findings import Finding, FindingsError, Location, did_you_mean
from briefgen.read.validate import read_as
from briefgen.read.workspace import Workspace
from briefgen.read.yaml import read_yaml

BASE = "en"


def read_languages(workspace: Workspace, codes: Iterable[str], facts_locale: Path) -> dict[str, Language]:
    """Every language asked for, and the base language; FindingsError lists all that is wrong."""
    findings: list[Finding] = []
    base = _read_language(workspace, BASE, facts_locale, None, findings)
    languages = {BASE: base}
    for code in dict.fromkeys(codes):
        if code != BASE:
            languages[code] = _read_language(workspace, code, facts_locale, base, findings)
    if findings:
        raise FindingsError(findings)
    return {code: language for code, language in languages.items() if language is not None}


def known_languages(workspace: Workspace) -> tuple[str, ...]:
    """The codes of the languages that can be printed."""
    found = {path.stem for folder in workspace.template_folders for path in (folder / "languages").glob("*.yaml")}
    return tuple(sorted(found))


def read_language_file(workspace: Workspace, code: str) -> tuple[LanguageFile | None, tuple[Finding, ...]]:
    """The patterns and reading words of a language."""
    path = workspace.template_file(f"languages/{code}.yaml")
    if path is None:
        message = f"there is no language '{code}' (no templates/languages/{code}.yaml)"
        hint = did_you_mean(code, known_languages(workspace))
        return None, (Finding(Location("languages"), "W005", message, hint=hint),)
    return read_as(LanguageFile, read_yaml(path, workspace.shown(path)))


def read_terms(workspace: Workspace, code: str, facts_locale: Path) -> tuple[tuple[Term, ...], tuple[Finding, ...]]:
    """The terms not to use in a language; a workspace need not have any."""
    path = facts_locale / f"{code}.terms.yaml"
    if not path.is_file():
        return (), ()
    listed, findings = read_as(TermList, read_yaml(path, workspace.shown(path)))
    return listed.terms if listed else (), findings


def _read_language(
    workspace: Workspace, code: str, facts_locale: Path, base: Language | None, findings: list[Finding]
) -> Language | None:
    file, wrong = read_language_file(workspace, code)
    findings += wrong
    labels_file = workspace.root / "templates" / "locale" / f"{code}.po"
    texts_file = facts_locale / f"{code}.po"
    if file is None:
        return None
    if file.patterns is None:
        message = f"the language '{code}' can be read from sources but not printed: it has no patterns"
        findings.append(Finding(Location(f"templates/languages/{code}.yaml"), "W005", message))
        return None
    return Language(
        code=code,
        patterns=file.patterns,
        labels=_labels(workspace, code, findings),
        texts=dict(_entries(workspace, texts_file, findings, by_context=True)),
        labels_file=workspace.shown(labels_file),
        texts_file=workspace.shown(texts_file),
        fallback=base,
    )


def _labels(workspace: Workspace, code: str, findings: list[Finding]) -> Mapping[str, Translation]:
    """The shipped labels, with the workspace's own laid over them; what is not translated there hides nothing."""
    labels: dict[str, Translation] = {}
    for folder in reversed(workspace.template_folders):
        own = dict(_entries(workspace, folder / "locale" / f"{code}.po", findings, by_context=False))
        labels |= {english: each for english, each in own.items() if english not in labels or _is_done(each)}
    return labels


def _is_done(translation: Translation) -> bool:
    return bool(translation.text) and not translation.fuzzy


def _entries(
    workspace: Workspace, path: Path, findings: list[Finding], *, by_context: bool
) -> Iterator[tuple[str, Translation]]:
    if not path.is_file():
        return
    shown = workspace.shown(path)
    first: dict[str, int] = {}
    for entry in _read_catalog(path, shown, findings):
        if entry.id and isinstance(entry.id, str) and (entry.context or not by_context):
            key = str(entry.context) if by_context else entry.id
            line = entry.lineno or 0
            if key in first:
                findings.append(_twice(key, first[key], Location(shown, line)))
                continue
            first[key] = line
            yield key, _translation(entry, shown)


def _translation(entry: Entry, file: str) -> Translation:
    text = entry.string if isinstance(entry.string, str) else ""
    return Translation(
        source=unicodedata.normalize("NFC", str(entry.id)),
        text=unicodedata.normalize("NFC", text),
        fuzzy=bool(entry.fuzzy),
        location=Location(file, entry.lineno or 0),
    )


_LINE = re.compile(r"""(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?"(?:[^"\\]|\\.)*"|\#.*|""")
_UNREADABLE = re.compile(r'(?m)^"[\w-]+-Date: *\\n"$|^#~\|.*$')
"""What PO editors write and Babel refuses: an empty date, and the previous text of an obsolete entry."""
_CHARSET = re.compile(r"charset=(?!utf-?8\b)[\w-]+", re.IGNORECASE)


def _read_catalog(path: Path, shown: str, findings: list[Finding]) -> Catalog:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        faults = list(_faults(text, shown))
        findings += faults
        readable = _UNREADABLE.sub("", text).encode()
        catalog = _Listed(charset="utf-8")
        if not faults:
            PoFileParser(catalog, abort_invalid=True).parse(BytesIO(readable))
        findings += (_twice(key, first, Location(shown, second)) for key, first, second in catalog.twice)
        return catalog
    except PoFileError as error:
        message = re.sub(r" on \d+$", "", str(error))
        findings.append(Finding(Location(shown, (error.lineno or 0) + 1), "T305", f"is no valid catalog: {message}"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        findings.append(Finding(Location(shown, line), "T305", "is not UTF-8 text", hint="save the file as UTF-8"))
    except OSError as error:
        findings.append(Finding(Location(shown), "T305", f"cannot be read: {error.strerror or error}"))
    except ValueError as error:
        hint = "look at the lines at the top of the file; 'Plural-Forms' and the dates may go"
        findings.append(Finding(Location(shown, 1), "T305", f"has a header that cannot be read: {error}", hint=hint))
    return Catalog()


class _Listed(Catalog):
    """Of two entries for the same text, Babel's own catalog drops the second in silence."""

    def __init__(self, charset: str) -> None:
        super().__init__(charset=charset)
        self.twice: list[tuple[str, int, int]] = []

    def __setitem__(self, id: Any, message: Entry) -> None:
        first = self.get(id, message.context) if id else None
        if first is not None:
            self.twice.append((str(message.context or id), first.lineno or 0, message.lineno or 0))
        super().__setitem__(id, message)


def _twice(key: str, first: int, second: Location) -> Finding:
    message = f"'{key}' is translated twice; first in line {first}"
    return Finding(second, "T305", message, hint="keep one of them")


def _faults(text: str, shown: str) -> Iterator[Finding]:
    """Lines that Babel would pass over in silence, or read as something else."""
    for number, line in enumerate(text.splitlines(), 1):
        if not _LINE.fullmatch(line.strip()):
            hint = 'a line is a keyword and a text between two quotes: msgstr "..."; a quote within it is written \\"'
            yield Finding(Location(shown, number), "T305", "is no line of a catalog", hint=hint)
        elif line.startswith('"') and (match := _CHARSET.search(line)):
            location = Location(shown, number, match.start() + 1)
            yield Finding(
                location, "T305", f"'{match.group()}' is not supported", hint="save the file as UTF-8 and say so"
            )
