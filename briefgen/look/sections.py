"""The order of sections and the lengths of documents."""

from collections.abc import Iterator, Mapping

from briefgen.findings import Finding, Place, did_you_mean
from briefgen.model.look import NEVER_LEFT_OUT
from briefgen.workspace import Workspace, known_documents, shipped_templates
from briefgen.yamlfile import YamlFile


def section_faults(
    workspace: Workspace, sections: tuple[str, ...], shipped: tuple[str, ...], file: YamlFile
) -> Iterator[Finding]:
    """K903: a section that has no file, that stands there twice, or without which nobody could trust the briefing."""
    known = {*shipped, *_own_parts(workspace)}
    for number, name in enumerate(sections):
        place = file.places.get(("sections", number), Place(""))
        if name not in known:
            message, hint = f"there is no section '{name}'", did_you_mean(name, known)
            yield Finding(place, "K903", message, hint=hint)
        elif name in sections[:number]:
            yield Finding(place, "K903", f"the section '{name}' stands here twice", hint="keep one of them")
    for name in NEVER_LEFT_OUT:
        if name not in sections:
            place = file.keys.get(("sections",), Place(""))
            message = f"the section '{name}' may not be left out: readers could not trust the rest without it"
            yield Finding(place, "K903", message, hint=f"add a line '- {name}'")


def limit_faults(workspace: Workspace, limits: Mapping[str, int], file: YamlFile) -> Iterator[Finding]:
    """K904: a page limit of a document that does not exist, or of less than one page."""
    known = known_documents(workspace)
    for name, pages in limits.items():
        if name not in known:
            place, hint = file.keys.get(("page_limits", name), Place("")), did_you_mean(name, known)
            yield Finding(place, "K904", f"there is no document '{name}'", hint=hint)
        elif pages < 1:
            place = file.places.get(("page_limits", name), Place(""))
            yield Finding(place, "K904", f"'{name}' cannot have {pages} pages", hint="write 1 or more")


def _own_parts(workspace: Workspace) -> set[str]:
    """Parts that only this workspace has: sections of its own."""
    shipped = {path.stem for path in (shipped_templates() / "parts").glob("*.html")}
    return {path.stem for path in (workspace.template_folders[0] / "parts").glob("*.html")} - shipped
