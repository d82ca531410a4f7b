"""Names and ids in the templates of a workspace that nothing has, whether a page of today comes to them or not."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from briefgen.model.edition import INDEX
from briefgen.model.findings import Finding, Severity, did_you_mean
from briefgen.read.facts import partnerships, read_facts, read_sources
from briefgen.read.workspace import Workspace

if TYPE_CHECKING:
    from briefgen.render.names import Named


def check_template_names(workspace: Workspace, documents: Iterable[str], *, rest: bool = False) -> list[Finding]:
    """Return what is wrong with the names in the templates of documents; where `rest` is true, in all templates.

    R401: nothing has the name. R413: no fact has the id that others are compared with, so that none is ever found.
    """
    from briefgen.render.names import names_in  # with Jinja, which takes its time to load

    templates = (*(f"{name}.html" for name in documents), f"parts/{INDEX}.html")
    unknown, ids = names_in(workspace.template_folders, templates, rest=rest)
    return [*(each.finding for each in unknown), *(_unknown_ids(workspace, ids) if ids else ())]


def _unknown_ids(workspace: Workspace, ids: Iterable["Named"]) -> Iterator[Finding]:
    books = [read_facts(workspace, path)[0] for path in partnerships(workspace)]
    known = {*read_sources(workspace)[0]}
    for book in books:
        if book is None:
            return  # it may be there
        known |= {*book.facts, *(each.id for each in book.file.headlines)}
    for each in ids:
        if each.name not in known:
            message = f"no fact and no record has the id '{each.name}'"
            yield Finding(each.location, "R413", message, Severity.WARNING, hint=did_you_mean(each.name, known))
