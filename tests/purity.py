"""Run in a process of its own: thinks about facts that are in memory, and tells of every look outside.

Arguments: the workspace's folder, and `open` where the deed is to be done on purpose, to prove that it would be seen.
"""

import importlib
import pkgutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import briefgen.localise
from briefgen.assess import assess
from briefgen.check import FACTS
from briefgen.localise.page import localise
from briefgen.model.edition import EditionInfo, Making
from briefgen.read.facts import partnerships, read_facts
from briefgen.read.languages import read_languages
from briefgen.read.look import read_look
from briefgen.read.workspace import find_workspace

OUTSIDE = ("open", "socket.", "subprocess.", "os.", "shutil.", "tempfile.", "urllib.", "http.", "ctypes.", "glob.")
LOCALE_DATA = (str(Path("babel") / "locale-data"), str(Path("babel") / "global.dat"))
INFO = EditionInfo(
    making=Making.EDITION,
    edition=1,
    revision=1,
    as_of=date(2026, 11, 21),
    public_date=date(2026, 11, 21),
    facts_sha256="0",
    briefgen="0",
)
seen: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Notes every look outside; Babel reads the data of a locale when it is first asked for, which is part of it."""
    if event.startswith(OUTSIDE) and not (event == "open" and any(data in str(arguments[0]) for data in LOCALE_DATA)):
        seen.append(f"{event} {arguments[:1]}")


def main(folder: str, *deeds: str) -> None:
    """Read all there is, then think about it under watch."""
    for module in pkgutil.iter_modules(briefgen.localise.__path__):
        importlib.import_module(f"briefgen.localise.{module.name}")
    workspace = find_workspace(Path(folder))
    book, _ = read_facts(workspace, *partnerships(workspace))
    languages = read_languages(workspace, workspace.settings.languages)
    look, _ = read_look(workspace, ())
    assert book is not None
    assert look is not None
    sys.addaudithook(watch)
    found = [finding for check in FACTS for finding in check(book)]
    for day in (date(2021, 1, 1), date(2022, 3, 1), date(2026, 11, 21)):
        briefing = assess(book, day)
        for code in languages:
            localise(briefing, None, languages, code, INFO, look)
    if "open" in deeds:
        Path(folder).joinpath("pyproject.toml").open().close()
    told = list(seen)
    print(f"{len(found)} findings, {len(told)} looks outside: {told}")  # noqa: T201 it is what the test reads


if __name__ == "__main__":
    main(*sys.argv[1:])
