"""The story: facts are read, assessed as of a day, localised, rendered and published, whole or not at all."""

from collections.abc import Callable, Iterable, Mapping, Set
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen import __version__, to_json
from briefgen.assess import assess
from briefgen.changes import Changes, Published, compare
from briefgen.examine import examine
from briefgen.findings import Finding, NothingToGoOnWith, Place, Severity
from briefgen.fitting import render_fitted
from briefgen.localise.front import Fit
from briefgen.localise.language import Language
from briefgen.localise.page import Imprint, localise
from briefgen.model.book import FactBook
from briefgen.model.briefing import Briefing
from briefgen.model.job import Job
from briefgen.model.page import Page
from briefgen.parity import differences
from briefgen.publish import Edition, before, latest, locked, publish, taken
from briefgen.workspace import Workspace, look_hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: one partnership, one day, and which of its documents."""

    workspace: Workspace
    facts: Path
    day: date
    today: date
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path
    strict: bool = False
    """Whether a text without translation, or a complaint of the PDF engine, stops the build."""

    @property
    def reconstruction(self) -> bool:
        """A build of another day than today."""
        return self.day != self.today

    @property
    def whole(self) -> bool:
        """Only a build of today with every document and language the settings name becomes the newest edition."""
        settings = self.workspace.settings
        asked = (self.languages, self.documents, self.formats)
        return not self.reconstruction and asked == (settings.languages, settings.documents, settings.formats)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What this build is called and where it goes; `unchanged` is the newest edition where nothing has changed."""

    imprint: Imprint
    folder: str
    manifest: Mapping[str, object]
    unchanged: Edition | None = None


def build(order: Order, executor: Executor, told: Callable[[str], None] = lambda _: None) -> Edition:
    """Build one partnership's documents; NothingToGoOnWith carries everything that stands in the way."""
    book, languages = read(order)
    briefing = assess(book, order.day, order.workspace.settings.due_soon_days)
    _refuse_empty(briefing)
    with locked(order.out / book.file.partnership.id) as home:
        stamp = _stamp(order, briefing, home)
        if stamp.unchanged:
            return stamp.unchanged
        changes = _changes(home, stamp, briefing)

        def localised(fit: Fit) -> list[Page]:
            return [localise(briefing, changes, languages, code, stamp.imprint, fit) for code in order.languages]

        documents = render_fitted(localised, lambda pages: _jobs(order, pages), executor, told)
        _refuse(differences(documents))
        files = (*documents, to_json.render(briefing))
        return publish(home, stamp.folder, files, stamp.manifest, newest=order.whole)


def read(order: Order) -> tuple[FactBook, Mapping[str, Language]]:
    """The facts and the languages, faultless; NothingToGoOnWith lists every fault of both in one go."""
    book, languages, findings = examine(order.workspace, order.facts, order.languages)
    stopping = [each for each in findings if each.severity is Severity.ERROR or (order.strict and _is_gap(each))]
    if book is None or stopping:
        raise NothingToGoOnWith(stopping or findings)
    return book, languages


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


def _stamp(order: Order, briefing: Briefing, home: Path) -> Stamp:
    """Which edition this is: the same as the newest, a revision of it, the next one, or none at all."""
    facts, look = to_json.facts_hash(briefing), look_hash(order.workspace, order.facts, order.documents, order.formats)
    newest = latest(home) if order.whole else None
    _refuse_wrong_clock(order, newest)
    same_facts = newest is not None and newest.manifest["facts_sha256"] == facts
    if newest and same_facts and newest.manifest["look_sha256"] == look and newest.whole:
        return Stamp(imprint=_imprint(order, None, facts), folder="", manifest={}, unchanged=newest)
    number, revision = _number(order, newest if same_facts else None, taken(home))
    imprint = _imprint(order, number, facts)
    return Stamp(
        imprint=imprint,
        folder=_folder(order, number, revision),
        manifest=_manifest(order, briefing, imprint) | {"revision": revision, "look_sha256": look},
    )


def _number(order: Order, same: Edition | None, taken: Set[tuple[int, int]]) -> tuple[int | None, int]:
    """Number and revision: `same` is the newest edition where it rests on the same facts. None is given twice."""
    if not order.whole:
        return None, 1
    if same is None:
        return max((number for number, _ in taken), default=0) + 1, 1
    number = int(same.manifest["edition"])
    return number, max((revision for known, revision in taken if known == number), default=0) + 1


def _folder(order: Order, number: int | None, revision: int) -> str:
    if order.reconstruction:
        return f"as-of/{order.day}"
    if number is None:
        return f"partial/{order.day}"
    return f"editions/{order.day}-{number}" + (f"r{revision}" if revision > 1 else "")


def _changes(home: Path, stamp: Stamp, briefing: Briefing) -> Changes | None:
    """What changed since the edition before, and what that one corrected; None where there is none to compare with."""
    earlier = before(home, stamp.imprint.edition) if stamp.imprint.edition else None
    if earlier is None:
        return None
    number = int(earlier.manifest["edition"])
    still_earlier = before(home, number)
    return compare(_said(earlier), number, briefing, _said(still_earlier) if still_earlier else None)


def _said(edition: Edition) -> Mapping[str, Published]:
    """What an edition said of each fact."""
    try:
        return to_json.read((edition.folder / to_json.FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError):
        message = f"edition {edition.manifest['edition']} is damaged and cannot be compared with"
        hint = "put its files back from a backup, or take the folder away"
        raise NothingToGoOnWith([Finding(Place(str(edition.folder)), "P506", message, hint=hint)]) from None


def _imprint(order: Order, number: int | None, facts: str) -> Imprint:
    return Imprint(edition=number, reconstruction=order.reconstruction, facts_hash=facts, version=__version__)


def _refuse_wrong_clock(order: Order, newest: Edition | None) -> None:
    if newest and str(order.day) < str(newest.manifest["as_of"]):
        message = f"the newest edition is of {newest.manifest['as_of']}, which lies ahead of today, {order.day}"
        raise NothingToGoOnWith([Finding(Place(str(newest.folder)), "P503", message, hint="set this machine's clock")])


def _jobs(order: Order, pages: Iterable[Page]) -> list[Job]:
    """PDFs first: they take longest, so the workers end together."""
    folders = tuple(str(folder) for folder in order.workspace.template_folders)
    limits = order.workspace.settings.page_limits
    return [
        Job(
            page=page,
            document=document,
            format=format,
            folders=folders,
            page_limit=limits.get(document),
            strict=order.strict,
        )
        for format in sorted(order.formats, reverse=True)
        for document in order.documents
        for page in pages
    ]


def _manifest(order: Order, briefing: Briefing, imprint: Imprint) -> dict[str, object]:
    return {
        "partnership": briefing.book.file.partnership.id,
        "as_of": str(order.day),
        "edition": imprint.edition,
        "facts_sha256": imprint.facts_hash,
        "facts": len(briefing.items),
        "languages": list(order.languages),
        "documents": list(order.documents),
        "formats": list(order.formats),
        "briefgen": imprint.version,
        "next_change": str(briefing.next_change) if briefing.next_change else None,
    }
