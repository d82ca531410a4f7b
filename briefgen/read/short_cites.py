"""Facts may name a figure of their only line in short: `cite: "#goal"` where the fact cites `[talks-2022:L7]`."""

from briefgen.model.book import SECTIONS
from briefgen.read.yaml import Plain, YamlFile


def with_full_cites(file: YamlFile) -> YamlFile:
    """Return the file with every short cite written out; one of a fact that cites several lines stays as it is."""
    value = file.value
    if not isinstance(value, dict):
        return file
    full = {section: _of_facts(value[section]) for section in SECTIONS if section in value}
    return YamlFile(
        value={**value, **full},
        locations=file.locations,
        keys=file.keys,
        findings=file.findings,
        remarks=file.remarks,
    )


def _of_facts(facts: Plain) -> Plain:
    return [_of_fact(fact) for fact in facts] if isinstance(facts, list) else facts


def _of_fact(fact: Plain) -> Plain:
    cites = fact.get("cites") if isinstance(fact, dict) else None
    if isinstance(cites, list) and len(cites) == 1 and isinstance(cites[0], str):
        return _written_out(fact, cites[0])
    return fact


def _written_out(node: Plain, line: str) -> Plain:
    """Return the values below a fact with the line before each `#figure` under `cite`."""
    if isinstance(node, dict):
        return {key: _cite(each, line) if key == "cite" else _written_out(each, line) for key, each in node.items()}
    return [_written_out(each, line) for each in node] if isinstance(node, list) else node


def _cite(cite: Plain, line: str) -> Plain:
    is_short = isinstance(cite, str) and cite.startswith("#")
    return f"{line}{cite}" if is_short else cite
