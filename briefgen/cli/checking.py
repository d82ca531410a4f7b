"""`briefgen check`: everything that can be found without building, in one pass."""

from briefgen.catalogs import read_languages
from briefgen.examine import examine
from briefgen.facts import partnerships
from briefgen.findings import Finding, NothingToGoOnWith, Place
from briefgen.localise.language import missing_labels
from briefgen.model.job import TemplateTrouble
from briefgen.workspace import Workspace


def check_all(workspace: Workspace) -> tuple[tuple[Finding, ...], str]:
    """Every finding of the workspace, and one sentence that sums up."""
    findings: list[Finding] = []
    facts = 0
    for path in partnerships(workspace):
        book, _, found = examine(workspace, path, workspace.settings.languages)
        findings += found
        facts += len(book.facts) if book else 0
    findings += check_templates(workspace)
    number = len(dict.fromkeys(findings))
    return tuple(findings), f"{facts} facts checked, {number or 'no'} finding{'s' * (number != 1)}."


def check_templates(workspace: Workspace) -> list[Finding]:
    """Templates that cannot be read, and labels of theirs that a language lacks."""
    from briefgen.to_html import labels_used

    try:
        words = tuple(dict.fromkeys(label for _, _, label in labels_used(workspace.template_folders)))
        languages = read_languages(workspace, workspace.settings.languages, workspace.facts / "locale")
    except TemplateTrouble as trouble:
        return [Finding(Place(trouble.file, trouble.line), "R401", trouble.message, hint=trouble.hint)]
    except NothingToGoOnWith:
        return []  # the languages are reported with the facts
    return [finding for language in languages.values() for finding in missing_labels(language, words)]
