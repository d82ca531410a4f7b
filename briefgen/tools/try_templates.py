"""Makes every page on screen and on paper, in every language, and keeps none: what a build would find in templates."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from briefgen import __version__
from briefgen.assess.briefing import assess
from briefgen.build import jobs, read
from briefgen.check.languages import differing_languages
from briefgen.localise.page import localise
from briefgen.model.document import FORMATS, SCREEN, Job, Rows
from briefgen.model.edition import EditionInfo, Making
from briefgen.model.findings import Finding, FindingsError, Location, Severity, plural
from briefgen.read.facts import partnerships
from briefgen.read.files import at_their_texts, check_styles, misnamed
from briefgen.read.look import look_as_written
from briefgen.read.workspace import Workspace, known_documents
from briefgen.render.documents import engine_warnings, fit, render, render_markup
from briefgen.tools.building import executor_for, whole_edition
from briefgen.tools.check import check_templates
from briefgen.tools.doctor import format_trouble


def try_templates(workspace: Workspace, today: date, *, paper: bool = True) -> tuple[list[Finding], int]:
    """Make every document in every language and publish nothing; return the findings and the number of pages.

    Each finding is told once, however many languages and documents show it. A format that this machine cannot make is
    a note.
    """
    findings, number = [*check_templates(workspace), *check_styles(workspace), *misnamed(workspace)], 0
    paged = [name for name, each in FORMATS.items() if each.paged] if paper else []
    able = tuple(name for name in paged if not format_trouble(name))
    if paged and not able:
        message = "paper was not tried: this machine cannot lay it out"
        findings.append(Finding(Location("templates"), "P507", message, Severity.NOTE, hint="briefgen doctor says why"))
    with executor_for(workspace, able) as executor:
        for facts in partnerships(workspace):
            try:
                jobs_in = _jobs_of(workspace, facts, today)
                screens = render(jobs_in(SCREEN, Rows()), executor, one=render_markup)
                findings += [*differing_languages(screens), *(each for made in screens for each in made.findings)]
                number += len(screens)
                for format in able:
                    rows = fit(jobs_in(format, Rows()), executor)
                    sheets = render(jobs_in(format, rows), executor)
                    findings += [*engine_warnings(sheets), *(each for sheet in sheets for each in sheet.findings)]
                    number += len(sheets)
            except FindingsError as error:
                findings += error.findings
            findings[:] = at_their_texts(workspace, facts, findings)
    return list(_once(_at_their_limits(workspace, findings))), number


def _jobs_of(workspace: Workspace, facts: Path, today: date) -> Callable[[str, Rows], list[Job]]:
    """Return what gives a job for each document, whether the settings name it or not, and language in a format.

    Those of paper tell where each text comes from. FindingsError lists what is wrong with what is read.
    """
    settings = workspace.settings
    request = replace(
        whole_edition(workspace, facts, today, today, workspace.out), documents=known_documents(workspace)
    )
    book, languages, look = read(request)
    briefing = assess(book, today, settings.due_soon_days, settings.shelf_lives)
    info = EditionInfo(
        making=Making.EDITION,
        edition=1,
        revision=1,
        as_of=today,
        public_date=today,
        facts_sha256="0" * 64,
        briefgen=__version__,
    )

    def made(format: str, rows: Rows) -> list[Job]:
        pages = [localise(briefing, None, languages, code, info, rows, look) for code in settings.languages]
        found = jobs(replace(request, formats=(format,)), look, pages)
        return [replace(job, traced=FORMATS[format].paged) for job in found]

    return made


def _at_their_limits(workspace: Workspace, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; that a document is too long at the line of look.yaml that limits it."""
    keys = look_as_written(workspace).keys
    for finding in findings:
        document = finding.location.file.partition(".")[0]
        place = keys.get(("page_limits", document)) if finding.code == "L802" else None
        yield replace(finding, location=place) if place else finding


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings; of those of one kind at one place the first, with how many more there are."""
    found: dict[tuple[Location, str, str], list[Finding]] = {}
    for each in dict.fromkeys(findings):
        shows_on_pages = each.code in _ON_PAGES and each.location.line
        found.setdefault((each.location, each.code, "" if shows_on_pages else each.message), []).append(each)
    for first, *others in found.values():
        more = f" ({plural(len(others), 'more text')} too)" if others else ""
        yield replace(first, message=first.message + more)


_ON_PAGES = frozenset({"R406", "R407", "R408", "R411", "L802"})
"""What is told of each text and page that shows it."""
