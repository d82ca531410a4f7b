"""The story: facts are read, assessed as of a day, localised, rendered and published, whole or not at all."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import replace

from briefgen.assess.briefing import assess
from briefgen.check.facts import reviews_ahead
from briefgen.check.parity import differences
from briefgen.localise.first_page import Fit
from briefgen.localise.language import Language
from briefgen.localise.page import localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.edition import Head, Making
from briefgen.model.findings import Finding, NothingToGoOnWith, Place, Severity
from briefgen.model.look import Look
from briefgen.model.page import Attached, Job, Page
from briefgen.publish.decide import Order as Order
from briefgen.publish.decide import Stamp, stamped
from briefgen.publish.editions import Edition
from briefgen.publish.lock import locked
from briefgen.publish.retention import prune
from briefgen.publish.supplements import enclosures
from briefgen.publish.write import publish
from briefgen.read.checked import examine, examine_look
from briefgen.read.fingerprint import ChangedMeanwhile, unchanging
from briefgen.read.workspace import find_workspace
from briefgen.render import json as to_json
from briefgen.render.fit import render_fitted

Noted = Callable[[Finding], None]


def _say_nothing(_: object) -> None:
    pass


def build(
    order: Order, executor: Executor, told: Callable[[str], None] = _say_nothing, noted: Noted = _say_nothing
) -> Edition:
    """Build one partnership's documents; NothingToGoOnWith carries everything that stands in the way.

    `told` hears the name of each document as it is finished, `noted` what a person should know all the same.
    """
    try:
        return _build(order, executor, told, noted)
    except ChangedMeanwhile as changed:  # an editor was saving; once more, then it is told
        for finding in changed.findings:
            noted(replace(finding, severity=Severity.NOTE, hint="it is read once more"))
        return _build(order, executor, told, noted)


def _build(order: Order, executor: Executor, told: Callable[[str], None], noted: Noted) -> Edition:
    with unchanging(order.inputs) as inputs:
        _refuse_other_settings(order)
        book, languages, look = read(order, noted)
    settings = order.workspace.settings
    briefing = assess(book, order.day, settings.due_soon_days, settings.shelf_lives)
    _refuse_empty(briefing)
    with locked(order.out / book.file.partnership.id, noted) as home:
        stamp = stamped(order, inputs, briefing, home, noted)
        if isinstance(stamp, Edition):
            return stamp

        def localised(fit: Fit) -> list[Page]:
            return [
                localise(briefing, stamp.changes, languages, code, stamp.imprint, fit, look) for code in order.languages
            ]

        data = to_json.render(briefing, _head(stamp))
        attached = Attached(name=data.name, content=data.content, day=order.day)
        with unchanging(order.inputs, inputs):
            documents = render_fitted(localised, lambda pages: jobs(order, look, pages, attached), executor, told)
        _refuse(differences(documents))
        asked = [languages[code] for code in order.languages]
        files = (*documents, data, *enclosures(home, stamp.imprint.edition, briefing, stamp.changes, asked))
        edition = publish(home, stamp.folder, files, stamp.manifest, newest=stamp.newest)
        prune(home, settings.keep_editions, noted)
        return edition


def _refuse_other_settings(order: Order) -> None:
    """The order was made by the settings as they stood before the inputs were hashed: an edition notes that hash."""
    if find_workspace(order.workspace.root).settings != order.workspace.settings:
        raise ChangedMeanwhile


def read(order: Order, noted: Noted = _say_nothing) -> tuple[FactBook, Mapping[str, Language], Look]:
    """The facts, the languages and the look, faultless; NothingToGoOnWith lists every fault of all in one go."""
    book, languages, findings = examine(order.workspace, order.facts, order.languages)
    look, wrong = examine_look(order.workspace, languages, order.languages)
    findings = (*findings, *wrong, *(reviews_ahead(book, order.today) if book else ()))
    stopping = [each for each in findings if each.severity is Severity.ERROR or (order.strict and _is_gap(each))]
    if book is None or look is None or stopping:
        raise NothingToGoOnWith(stopping or findings)
    if gaps := sum(map(_is_gap, findings)):
        message = f"{gaps} warning{'s' * (gaps != 1)}, such as texts printed in English for want of a translation"
        hint = "briefgen check tells each with its line; --strict stops a build at them"
        noted(Finding(Place(order.workspace.shown(order.facts)), "W010", message, Severity.NOTE, hint=hint))
    return book, languages, look


def _is_gap(finding: Finding) -> bool:
    return finding.severity is Severity.WARNING


def _refuse_empty(briefing: Briefing) -> None:
    if briefing.items:
        return
    first = min((source.known_from for source in briefing.book.sources.values()), default=None)
    message = f"on {briefing.day} nothing was known yet"
    hint = f"the first source was published on {first}" if first else "no fact has a source"
    raise NothingToGoOnWith([Finding(Place(briefing.book.file.partnership.id), "A601", message, hint=hint)])


def _refuse(findings: Iterable[Finding]) -> None:
    """Findings at this point stop publication."""
    if found := tuple(findings):
        raise NothingToGoOnWith(found)


def _head(stamp: Stamp) -> Head:
    """What each file says of the edition it belongs to."""
    manifest, numbered = stamp.manifest, stamp.manifest.edition is not None
    other = Making.RECONSTRUCTION if stamp.imprint.reconstruction else Making.PART
    return Head(
        making=Making.EDITION if numbered else other,
        edition=manifest.edition,
        revision=manifest.revision,
        as_of=manifest.as_of,
        public_date=manifest.public_date,
        draft=manifest.draft,
        facts_sha256=manifest.facts_sha256,
        briefgen=manifest.briefgen,
    )


def jobs(order: Order, look: Look, pages: Iterable[Page], attached: Attached | None = None) -> list[Job]:
    """PDFs first: they take longest, so the workers end together."""
    folders = tuple(str(folder) for folder in order.workspace.template_folders)
    return [
        Job(
            page=page,
            document=document,
            format=format,
            folders=folders,
            look=look,
            page_limit=look.page_limits.get(document),
            strict=order.strict,
            attached=attached if format == "pdf" else None,
        )
        for format in sorted(order.formats, reverse=True)
        for document in order.documents
        for page in pages
    ]
