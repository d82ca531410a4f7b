"""Reads the records of the source documents."""

from briefgen.findings import Finding, Place
from briefgen.model.book import Path
from briefgen.model.records import Source
from briefgen.shape import read_as
from briefgen.workspace import Workspace
from briefgen.yamlfile import read_yaml

Records = tuple[dict[str, Source], dict[Path, Place], tuple[Finding, ...]]


def read_sources(workspace: Workspace) -> Records:
    """Every record of the workspace by id, the place of each key, and what is wrong."""
    sources: dict[str, Source] = {}
    places: dict[Path, Place] = {}
    findings: list[Finding] = []
    for path in sorted(workspace.seeds.glob("*.yaml")):
        file = read_yaml(path, workspace.shown(path))
        source, wrong = read_as(Source, file)
        findings += wrong
        if source is None:
            continue
        if source.id != path.stem:
            place = file.places.get(("id",), Place(workspace.shown(path)))
            findings.append(Finding(place, "S001", f"the id is '{source.id}' but the file is called {path.name}"))
        sources[source.id] = source
        places |= {("sources", source.id, *at): place for at, place in file.places.items()}
    return sources, places, tuple(findings)
