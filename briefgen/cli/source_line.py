"""A line of a source as a curator reads it: its text beside what the record says of it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from briefgen.cli.output import styled, wrapped

if TYPE_CHECKING:
    from briefgen.tools.source_lines import SourceLine

_SHORT = 60


def source_line(name: str, line: "SourceLine", facts: Iterable[str]) -> Iterator[str]:
    """Yield a line and its entry: digest, who says what, each figure with its words, notes, and the facts."""
    yield styled(name, bold=True)
    yield wrapped(line.text or "(the original is not here)", indent=4)
    yield ""
    entry = line.entry
    if line.left_out:
        yield f"  left out: {line.left_out}"
    elif not entry:
        yield "  not recorded"
    if entry.get("digest"):
        yield wrapped(f"digest: {entry['digest']}", hang=2)
    for saying in entry.get("says") or ():
        yield wrapped(f"says: {_saying(saying)}", hang=2)
    for id, delivery in (entry.get("reports") or {}).items():
        yield f"  reports: {id} {delivery}"
    yield from _figures(entry)
    for note in entry.get("undecided") or ():
        yield wrapped(f"undecided: {note}", hang=2)
    yield f"  cited by: {', '.join(facts) or 'no fact'}"


def in_short(line: "SourceLine", facts: Iterable[str]) -> str:
    """Return a line on one line: its number, what became of it, and how it begins."""
    cited = ", ".join(facts)
    state = cited or (f"left out: {line.left_out}" if line.left_out else "nothing said yet")
    if not cited and line.entry.get("says"):
        state = "recorded"
    begin = line.text[:_SHORT] + ("…" if len(line.text) > _SHORT else "")
    return f"L{line.number:<4} {begin:<{_SHORT + 1}}  {state}"


def _figures(entry: Mapping[str, Any]) -> Iterator[str]:
    for name, figure in (entry.get("figures") or {}).items():
        yield wrapped(f"figure {name}: {figure.get('value')}  ‹{figure.get('as')}›", hang=2)
    for name, figure in (entry.get("derived") or {}).items():
        yield wrapped(f"derived {name}: {figure.get('value')}, because {figure.get('why')}", hang=2)


def _saying(saying: Mapping[str, Any]) -> str:
    """Return who says what to whom, and the facts that rest on it."""
    by, to = (", ".join(saying.get(key) or ()) for key in ("by", "to"))
    parts = [by, f"({saying['speaker']})" if saying.get("speaker") else "", saying.get("act") or "stated"]
    parts += [f"to {to}" if to else "", f"on {saying['on']}" if saying.get("on") else ""]
    return f"{' '.join(filter(None, parts))} → {', '.join(saying.get('facts') or ())}"
