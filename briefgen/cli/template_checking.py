"""`briefgen template check`: every document in every language from the real facts, and nothing is published."""

from collections.abc import Iterable
from datetime import date
from os import cpu_count
from pathlib import Path

import click

from briefgen import __version__
from briefgen.assess.briefing import assess
from briefgen.build import jobs, read
from briefgen.check.parity import differences
from briefgen.cli.checking import check_templates
from briefgen.cli.show import FAULTS, OK, show
from briefgen.localise.page import Imprint, localise
from briefgen.model.findings import Finding, FindingsError, Severity
from briefgen.model.formats import FORMATS
from briefgen.model.page import Job
from briefgen.publish.decide import BuildRequest
from briefgen.read.facts import partnerships
from briefgen.read.workspace import Workspace, known_documents
from briefgen.render.documents import render, render_markup
from briefgen.render.workers import workers


def check_templates_with_facts(workspace: Workspace, today: date) -> int:
    """Try them all, tell what is wrong, and return the exit code."""
    findings, made = [*check_templates(workspace)], 0
    settings = workspace.settings
    with workers(cpu_count() or 1, settings.seconds_per_document, settings.megabytes_per_document) as executor:
        for facts in partnerships(workspace):
            try:
                documents = render(_jobs(workspace, facts, today), executor, lambda _: None, render_markup)
                findings += differences(documents)
                made += len(documents)
            except FindingsError as trouble:
                findings += trouble.findings
    show(findings, workspace.root)
    click.echo(_summary(made, findings))
    return FAULTS if any(finding.severity is Severity.ERROR for finding in findings) else OK


def _jobs(workspace: Workspace, facts: Path, today: date) -> list[Job]:
    """One for each document there is a template of, whether the settings name it or not, in each language."""
    settings = workspace.settings
    request = BuildRequest(
        workspace=workspace,
        facts=facts,
        day=today,
        today=today,
        languages=settings.languages,
        documents=known_documents(workspace),
        formats=tuple(FORMATS)[:1],  # the markup is the same for all
        out=workspace.out,
    )
    book, languages, look = read(request)
    briefing = assess(book, today, settings.due_soon_days, settings.shelf_lives)
    imprint = Imprint(edition=1, facts_hash="0" * 64, version=__version__)
    pages = [localise(briefing, None, languages, code, imprint, look=look) for code in settings.languages]
    return jobs(request, look, pages)


def _summary(made: int, findings: Iterable[Finding]) -> str:
    number = len(dict.fromkeys(findings))
    found = f"{number or 'no'} finding{'s' * (number != 1)}"
    return f"{made} pages tried, {found}. Nothing was published."
