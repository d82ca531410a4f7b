"""Which rule of a style hides what a page marks, and where it stands."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from briefgen.model.document import Job
from briefgen.model.findings import Finding, Location
from briefgen.render.cascade import Rule, Screen, cascaded, matched_rules
from briefgen.render.seen import findings_of, marked_texts
from briefgen.render.templates import styled

_HIDING = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": re.compile(r"0?\.?0+%?"),
    "font-size": re.compile(r"0[a-z%]*"),
}


def hidden_findings(
    root: Any, found: Iterable[tuple[str, str]], job: Job, screens: Sequence[Screen]
) -> tuple[Finding, ...]:
    """Return the findings (R411) of the marks that are not to be seen, with their texts.

    Those that a rule hides are told once, where that stands; a rule that no style sheet or template has as it is, and
    whatever else there may be, at the document.
    """
    hidden = dict(reversed([*found]))
    if not hidden:
        return ()
    places = {
        mark: at for mark, rule in _rules_that_hide(root, hidden, screens).items() if (at := _place(rule, job.folders))
    }
    rest = findings_of(((mark, text) for mark, text in reversed(hidden.items()) if mark not in places), job.name)
    return (*dict.fromkeys(_finding(rule, location) for rule, location in places.values()), *rest)


def _finding(rule: str, location: Location) -> Finding:
    """Return the same for each document and language, so that it is told once."""
    message = f"the rule for '{' '.join(rule.split())}' hides a fact, a value, a status or what else a reader must see"
    return Finding(location, "R411", message, hint="take the rule away, or choose what it is for more narrowly")


def _rules_that_hide(root: Any, hidden: Mapping[str, str], screens: Sequence[Screen]) -> dict[str, str]:
    """Return the selectors of the rule that hides each mark, or an element around it; not those where none does."""
    parents = {child: parent for parent in root.iter() for child in parent}
    matched = matched_rules(root)
    hiding = {element: by for element, rules in matched.items() if (by := _hides(rules, screens))}
    return {
        mark: hiding[around]
        for element, mark, _ in marked_texts(root)
        if mark in hidden
        for around in _around(element, parents)
        if around in hiding
    }


def _hides(rules: Sequence[tuple[tuple[int, ...], Rule]], screens: Sequence[Screen]) -> str:
    """Return the selectors of the last rule by which an element is not shown on one of the screens; empty for none."""
    for name, pattern in _HIDING.items():
        if any(pattern.fullmatch(cascaded(rules, screen).get(name, "")) for screen in screens):
            for _, rule in reversed(rules):
                if pattern.fullmatch({**rule.declared, **rule.important}.get(name, "")):
                    return rule.selectors
    return ""


def _around(element: Any, parents: Mapping[Any, Any]) -> Iterator[Any]:
    while element is not None:
        yield element
        element = parents.get(element)


def _place(selectors: str, folders: tuple[str, ...]) -> tuple[str, Location] | None:
    """Return the rule with the first place that has its selectors; own files come first."""
    words = selectors.split()
    pattern = re.compile(r"\s*".join(map(re.escape, words)) + r"\s*\{") if words else None
    for file, text in styled(folders) if pattern else ():
        if pattern and (found := pattern.search(text)):
            return selectors, Location.behind(text[: found.start()], str(Path(file)))
    return None
