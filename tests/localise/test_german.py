"""A language that is not shipped, whole: patterns, labels and texts as three files, and every document in it."""

import re
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import PROJECT, UNSHIPPED, Program, request_for, unshipped_desk

from briefgen.build import build
from briefgen.model.book import Message
from briefgen.read.catalog import is_done, parse_catalog
from briefgen.read.workspace import find_workspace
from briefgen.render.placement import pages_of
from briefgen.tools.languages import pseudo
from briefgen.tools.translations import all_labels, entries_for, machine_translated

DAY = date(2026, 11, 21)
SHIPPED, OTHERS = (PROJECT / "templates/locale").glob("*.po"), UNSHIPPED.items()
CATALOGS = [*SHIPPED, *(folder / f"templates/locale/{code}.po" for code, folder in OTHERS)]
SAID = (
    "Beide Länder wollen bis 2030 einen Handel von 5 Milliarden US-Dollar",
    "er lag im Jahr 2025 bei 3,2 Milliarden US-Dollar",
    "Die Fährverbindung ganzjährig öffnen",
    "Meerengen-Gipfel in Südland",
    "Ergebnis nicht verzeichnet",
    "Stand: 21. November 2026",
    "Seite 1 von",
)


def labels(desk: Path) -> tuple[Message, ...]:
    return all_labels(find_workspace(desk))


@pytest.fixture(scope="session")
def edition(layout: Executor, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All documents in both languages and formats. A label that has no German yet is made strange, and told below."""
    desk = unshipped_desk(tmp_path_factory.mktemp("fourth") / "desk", "de")
    catalog = desk / "templates/locale/de.po"
    found = entries_for(parse_catalog(catalog.read_text(encoding="utf-8")), labels(desk))
    known = {entry.msgid: entry.msgstr or pseudo(entry.msgid) for entry in found}
    catalog.write_text(machine_translated("de", labels(desk), known.__getitem__), encoding="utf-8")
    made = build(replace(request_for(desk, DAY, DAY), strict=True), layout)
    return {path.name: path.read_bytes() for path in made.files}


@pytest.mark.parametrize("code", UNSHIPPED)
def test_it_has_every_label_no_fault_and_nothing_left_to_translate(code: str, tmp_path: Path, program: Program) -> None:
    desk = unshipped_desk(tmp_path / "desk", code)
    catalog = parse_catalog((desk / f"templates/locale/{code}.po").read_text(encoding="utf-8"))
    missing = [entry.msgid for entry in entries_for(catalog, labels(desk)) if not is_done(entry)]
    assert missing == [], f"add them to {UNSHIPPED[code]}/templates/locale/{code}.po"
    found = program("check", at=desk)
    assert (found.code, found.err) == (0, "")
    assert program("translate", "status", at=desk).code == 0


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_a_label_that_leads_to_a_section_has_its_title(path: Path) -> None:
    entries = parse_catalog(path.read_text(encoding="utf-8")).entries
    titles = {entry.msgid: entry.msgstr for entry in entries}
    for entry in entries:
        led = [titles[title] for title in re.findall("“([^”]+)”", entry.msgid) if title in titles]
        quotes = any(quote in entry.msgstr for quote in "„«“‘'")  # a translation may do without
        assert not quotes or all(title in entry.msgstr for title in led), entry.msgid


def test_every_document_comes_in_every_format(edition: dict[str, bytes]) -> None:
    names = {
        f"{document}.{code}.{kind}"
        for document in ("at-a-glance", "full-briefing")
        for code in ("en", "de")
        for kind in ("html", "pdf")
    }
    assert names <= edition.keys()


@pytest.mark.parametrize("document", ["at-a-glance", "full-briefing"])
def test_the_pdf_says_it_in_german(edition: dict[str, bytes], document: str) -> None:
    text = " ".join(" ".join(page.text for page in pages_of(edition[f"{document}.de.pdf"])).split())
    for said in SAID:
        assert said in re.sub(r"US\W{1,3}Dollar", "US-Dollar", text), said
    assert not re.search(r"\b(?:Status|Edition|Sources|Bottom line|Reported)\b", text)


@pytest.mark.parametrize("document", ["at-a-glance", "full-briefing"])
def test_the_html_says_it_in_german(edition: dict[str, bytes], document: str) -> None:
    markup = edition[f"{document}.de.html"].decode()
    assert '<html lang="de"' in markup
    text = " ".join(re.sub(r"<[^>]*>", "", markup).split())
    for said in SAID[:-1]:
        assert said in text, said
    assert '<data value="5 billion USD">5\u00a0Milliarden\u00a0US-Dollar</data>' in markup


def test_no_python_knows_it() -> None:
    house = Path(find_workspace.__code__.co_filename).parents[1]
    written = "".join(path.read_text(encoding="utf-8") for path in house.rglob("*.py"))
    assert not re.search(r"""["']de["']""", written)
