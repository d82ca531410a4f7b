"""Makes every page on screen and on paper, in every language, and keeps none: what a build would find in templates."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from briefgen.build import Files, files_for
from briefgen.check.languages import differing_languages
from briefgen.model.document import FORMATS, SCREEN, Document, Rows
from briefgen.model.findings import Finding, FindingsError, Location, Severity, plural
from briefgen.publish.decide import EditionPlan
from briefgen.read.facts import partnerships
from briefgen.read.files import at_their_texts, check_styles, misnamed
from briefgen.read.look import look_as_written
from briefgen.read.workspace import Workspace, known_documents
from briefgen.render.documents import engine_warnings, render_markup
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
            request = whole_edition(workspace, facts, today, today, workspace.out)
            try:
                files = files_for(request, executor)
                plan = files.plan()
                for format in (SCREEN, *able):
                    every = replace(request, documents=known_documents(workspace), formats=(format,))
                    made, told = _tried(replace(files, request=every), plan, format)
                    findings += told
                    number += len(made)
            except FindingsError as error:
                findings += error.findings
            findings[:] = at_their_texts(workspace, facts, findings)
    return list(_once(_at_their_limits(workspace, findings))), number


def _tried(files: Files, plan: EditionPlan, format: str) -> tuple[tuple[Document, ...], list[Finding]]:
    """Return the documents in a format, and what is wrong with them; those of paper tell where each text comes from."""
    if format == SCREEN:
        made = files.render(files.jobs(plan, Rows()), one=render_markup)
        found = differing_languages(made)
    else:
        made = files.render([replace(job, traced=True) for job in files.jobs(plan, files.fit(plan))])
        found = engine_warnings(made)
    return made, [*found, *(each for document in made for each in document.findings)]


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
