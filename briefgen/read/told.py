"""Where the faults of a build are told: at the text that each comes from, and each once."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from briefgen.check.languages import in_short
from briefgen.files import files_below, styled, text_if_readable
from briefgen.model.findings import Finding, Location, did_you_mean, in_order, plural
from briefgen.read import LOOK_FILE, workspace_files
from briefgen.read.files import TEXTS, check_styles
from briefgen.read.look import look_as_written
from briefgen.read.workspace import Workspace

_NO_SIGN = re.compile(r"no font has the sign \"(.)\" \(U\+[0-9A-F]+\)(?:; write it[^;]*)?(?:; )?", re.DOTALL)


def at_their_texts(workspace: Workspace, facts: Path, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; those of signs that no font has at the first text that holds the sign, catalogs first.

    What the PDF engine ignores is left out where `check_styles` says of the same line what is wrong with it.
    """
    findings, signs = tuple(findings), dict[str, Finding]()
    ignored = any(each.message.startswith(_OF_ENGINE) for each in findings)
    told = {(each.location.file, each.location.line) for each in (check_styles(workspace) if ignored else ())}
    for finding in findings:
        if finding.code in ("R401", "R405") and finding.message.startswith(_OF_ENGINE):
            found, lines = _at_its_style(workspace, finding)
            is_told = bool(told) if not lines else any((found.location.file, line) in told for line in lines)
            if finding.code == "R401" or not is_told:
                yield found
            continue
        if hidden := _NO_ANCHOR.match(finding.message) if finding.code == "R401" else None:
            yield _at_what_hides(workspace, finding, hidden[1])
            continue
        if missing := _NO_FILE.match(finding.message) if finding.code == "R401" else None:
            yield _at_its_address(workspace, finding, missing[1])
            continue
        lacking = _NO_SIGN.findall(finding.message) if finding.code == "R401" else []
        signs.update((sign, finding) for sign in lacking if sign not in signs)
        if rest := _NO_SIGN.sub("", finding.message) if lacking else finding.message:
            yield replace(finding, message=rest)
    yield from _lacking_signs(workspace, facts, signs)


def _lacking_signs(workspace: Workspace, facts: Path, signs: Mapping[str, Finding]) -> Iterator[Finding]:
    """Yield that no font has a sign, at the first text that holds it; of letters of one script in a file, once."""
    groups = dict[tuple[str, str], dict[str, Location]]()
    for sign, finding in signs.items():
        place = _first_place(workspace, facts, sign) or finding.location
        is_letter = unicodedata.category(sign)[0] in "LM"
        script = unicodedata.name(sign, "").partition(" ")[0].capitalize() if is_letter else ""
        script = "Chinese" if script == "Cjk" else script
        groups.setdefault((script or sign, place.file), {})[sign] = place
    for (script, _), places in groups.items():
        (first, place), letters = next(iter(places.items())), " ".join(places)
        what, hint = f'the sign "{first}" (U+{ord(first):04X})', "put a font that has it into templates/fonts"
        if len(places) > 1:
            more = ", and perhaps more" if len(places) >= _MOST_SIGNS else ""
            what, hint = f"these {script} letters: {letters}{more}", _FONT_FOR.format(script)
        else:
            hint = f"write it otherwise, or {hint}"
        yield replace(signs[first], location=place, message=f"no font has {what}", hint=hint)


_FONT_FOR = "put a font for {} into templates/fonts, and name its family under 'fonts' in look.yaml for that language"
_MOST_SIGNS = 8
"""That are told of one document: see `_EngineLog` in render/pdf.py."""
_OF_ENGINE = (
    *("Ignored `", "Invalid or unsupported selector, ", "Error: ", "Parse error at ", "Unknown empty rule "),
    *("Unsupported @page selector ", "Invalid media type ", "Expected a media type", "Unknown @page rule "),
)
"""What the PDF engine says of styles; of most it says no words by which they could be found."""
_QUOTED = re.compile(r"Ignored `(?P<a>.+?)`(?P<at> at \d+:\d+)|selector, '(?P<b>.+)'", re.DOTALL)
_NO_FILE = re.compile(r"'(?:template:/*)?([^']+)' is no file of the templates folder")


_NO_ANCHOR = re.compile(r"No anchor (#\S+) for internal URI reference$")


def _at_what_hides(workspace: Workspace, finding: Finding, name: str) -> Finding:
    """Return what is said of a place that links lead to and that is not on paper, at the own style that names it."""
    message = f"links lead to '{name}', and on paper there is no such place"
    replaced = replace(finding, message=message, hint="look for display: none; a section is left out in look.yaml")
    for path, text in styled(workspace.template_folders[:1], workspace.root):
        if found := re.search(rf"{re.escape(name)}(?![\w-])[^{{}}<>]*\{{", text):
            return replace(replaced, location=Location.behind(text[: found.start()], workspace.shown(path)))
    return replaced


def _at_its_address(workspace: Workspace, finding: Finding, address: str) -> Finding:
    """Return what is said of a file that is not there at the template or style sheet that asks for it."""
    for path, text in styled(workspace.template_folders, workspace.root):
        if address in text:
            location = Location.behind(text.partition(address)[0], workspace.shown(path))
            pictures = [each.name for folder in workspace.template_folders for each in files_below(folder)]
            message = f"{_NOT_THERE}'{address}' in the templates folder; documents load nothing else"
            hint = did_you_mean(Path(address).name, pictures) or "put the file there"
            return replace(finding, location=location, message=message, hint=hint)
    return finding


def _at_its_style(workspace: Workspace, finding: Finding) -> tuple[Finding, range]:
    """Return a warning of the PDF engine at the template or style sheet that has what it ignored, and its lines."""
    if quoted := _QUOTED.search(finding.message):
        said = quoted["a"] or quoted["b"]
        written = re.compile(r"\s*".join(map(re.escape, re.split(r"\s+|(?<=:)(?=\S)", said.strip()))))
        for path, text in styled(workspace.template_folders, workspace.root):
            if found := written.search(text):
                location = Location.behind(text[: found.start()], workspace.shown(path))
                shorter = quoted[0].removesuffix(quoted["at"] or "").replace(said, " ".join(said.split()))
                lines = range(location.line, location.line + found[0].count("\n") + 1)
                message = finding.message.replace(quoted[0], shorter)
                return replace(finding, location=location, message=message), lines
    return finding, range(0)


def _first_place(workspace: Workspace, facts: Path, sign: str) -> Location | None:
    for path in sorted(workspace_files(workspace.root, facts), key=lambda path: path.suffix != ".po"):
        text = text_if_readable(path, workspace.root) if path.suffix in TEXTS else ""
        if sign in text:
            return Location.behind(text.partition(sign)[0], workspace.shown(path))
    return None


def told_once(workspace: Workspace, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; of those of one kind at one place the first, with how many more there are.

    That a document is too long stands at the line of look.yaml that limits it.
    """
    every, keys = tuple(findings), look_as_written(workspace).keys
    found = dict[tuple[Location, str, str], list[Finding]]()

    def placed(each: Finding) -> Finding:
        limit = keys.get(("page_limits", each.location.file.partition(".")[0])) if each.code == "L802" else None
        if limit and Path(limit.file).is_absolute():  # that of the program, which nobody is to change
            limit = Location(f"templates/{LOOK_FILE}")
        return replace(each, location=limit) if limit else each

    for each in in_order(map(placed, every)):
        if not _is_told_already(workspace, each, every):
            shows_on_pages = each.code in ON_PAGES and each.location.line
            found.setdefault((each.location, each.code, "" if shows_on_pages else each.message), []).append(each)
    for first, *others in found.values():
        more = f" ({plural(len(others), 'more text')} too)" if others else ""
        yield replace(first, message=first.message + more)


def _is_told_already(workspace: Workspace, finding: Finding, every: Iterable[Finding]) -> bool:
    """Return whether another finding says the same: T301 of a label, R401 of a file that is not there."""

    def line(each: Finding) -> tuple[str, int]:
        return workspace.shown(Path(each.location.file)), each.location.line

    label = _LABEL.match(finding.message) if finding.code == "R401" else None
    if label:
        named = f"'{in_short(label[1])}'"
        return any(each.code == "T301" and (named in each.message or line(each) == line(finding)) for each in every)
    missing = (each for each in every if each.code == "R401" and each.message.startswith(_NOT_THERE))
    return finding.code == "R410" and any(line(each) == line(finding) for each in missing)


_LABEL, _NOT_THERE = re.compile(r"the label '(.*)' is not translated into ", re.DOTALL), "there is no file "
ON_PAGES = frozenset({"R406", "R407", "R408", "R411", "L802"})
"""What is told of each text and page that shows it."""
