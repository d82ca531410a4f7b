"""French, drafted by `briefgen language new fr` and completed by hand: its days, numbers and colons, and a page."""

import re
from concurrent.futures import Executor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from conftest import UNSHIPPED, changed, request_for, unshipped_desk
from pydantic import TypeAdapter

from briefgen.build import build
from briefgen.check.quotations import value_faults
from briefgen.check.source_words import source_words
from briefgen.localise.language import ReadingWords
from briefgen.localise.patterns import STILL_ENGLISH
from briefgen.localise.values import as_of, format_value
from briefgen.model.quantities import parse_quantity
from briefgen.model.records import Quoted
from briefgen.read.workspace import find_workspace
from briefgen.render.placement import pages_of
from briefgen.tools.languages import draft_language

from .languages import patterns_of, read, shown

FILE = read(UNSHIPPED["fr"] / "templates" / "languages" / "fr.yaml")
PATTERNS = patterns_of(FILE)
THIN, DAY = "\u202f", date(2026, 10, 1)

SAID = [
    ("2026-10-01", "prose", "1er⍽octobre 2026"),
    ("2026-10-02", "prose", "2⍽octobre 2026"),
    ("2026-10-11", "prose", "11⍽octobre 2026"),
    ("2026-10-01", "table", "01/10/2026"),
    ("2026-10-01", "deadline", "d’ici au 1er⍽octobre 2026"),
    ("2026-10-01/2026-10-04", "within", "du 1er au 4⍽octobre 2026"),
    ("2026-33", "deadline", "d’ici au 1er⍽trimestre 2026"),
    ("2026-22", "within", "à l’été 2026"),
    ("45 million people", "prose", "45⍽millions⍽de⍽personnes"),
    ("45.5 million people", "prose", "45,5⍽millions⍽de⍽personnes"),
    ("1 million people", "prose", "1⍽million⍽de⍽personnes"),
    ("350000 people", "prose", f"350{THIN}000⍽personnes"),
    ("1234567 people", "prose", f"1{THIN}234{THIN}567⍽personnes"),
    ("1 people", "prose", "1⍽personne"),
    ("more than 2 million experts", "prose", "plus de 2⍽millions⍽d’experts"),
    ("150 billion USD", "prose", "150⍽milliards⍽de⍽dollars américains"),
    ("3.2 billion EUR", "prose", "3,2⍽milliards⍽d’euros"),
    ("5000 EUR", "prose", f"5{THIN}000⍽euros"),
    ("7.3 %", "prose", f"7,3{THIN}%"),
    ("1st", "prose", "1er"),
    ("5th", "prose", "5e"),
]


@pytest.mark.parametrize(("value", "style", "said"), SAID)
def test_values_in_french(value: str, style: str, said: str) -> None:
    assert shown(format_value(parse_quantity(value), PATTERNS, style)) == said


def test_the_day_of_a_briefing() -> None:
    assert shown(as_of(DAY, PATTERNS)) == "Situation au 1er⍽octobre 2026"


@pytest.mark.parametrize(
    ("value", "quotation"),
    [
        ("2026-10-01", "1er octobre 2026"),
        ("more than 45 million people", "plus de 45 millions de personnes"),
        ("150 billion USD", "150 milliards de dollars américains"),
        ("2019-01-30/2019-01-31", "30 et 31 janvier 2019"),
    ],
)
def test_french_is_read_as_it_is_written(value: str, quotation: str) -> None:
    words = source_words("fr", TypeAdapter(ReadingWords).validate_python(FILE["reading"]))
    assert words
    assert not [*value_faults(Quoted(value=parse_quantity(value), words=quotation), words)]


def test_whoever_completed_the_draft_left_nothing_of_it_in_english(starter: Path) -> None:
    draft = draft_language(find_workspace(starter), "fr")
    drafted = yaml.safe_load(draft.text)["patterns"]
    english = {key: str(_at(drafted, key)).removeprefix(STILL_ENGLISH) for key in draft.open_keys}
    left = {key for key, phrase in english.items() if _at(FILE["patterns"], key) == phrase}
    assert left == {"counts.units.sources"}  # the same word in both


def _at(node: object, key: str) -> object:
    for step in key.split("."):
        node = {str(name): each for name, each in node.items()}.get(step) if isinstance(node, dict) else None
    return node["other"] if isinstance(node, dict) and "other" in node else node


def test_a_page_is_printed_in_french(tmp_path: Path, layout: Executor) -> None:
    desk = unshipped_desk(tmp_path / "desk", "fr")
    record, facts = desk / "seeds/sample-talks-2026.yaml", next((desk / "facts").glob("*.yaml"))
    changed(
        record, "{value: 3.2 billion USD, as: 3.2 billion USD}", "{value: 45 million people, as: 45 million people}"
    )
    changed(facts, "value: 3.2 billion USD", "value: 45 million people")
    asked = replace(request_for(desk, DAY, DAY), languages=("fr",))
    made = {path.name: path.read_bytes() for path in build(asked, layout).files}
    text = " ".join(" ".join(page.text for page in pages_of(made["full-briefing.fr.pdf"])).split())
    assert "Situation au 1er octobre 2026" in text
    assert "45 millions de personnes" in text
    for kind in ("at-a-glance", "full-briefing"):
        markup = made[f"{kind}.fr.html"].decode()
        assert '<html lang="fr"' in markup
        read_by_people = re.sub(r"<(style|script)\b.*?</\1>|<[^>]*>|https?:\S+", "", markup, flags=re.DOTALL)
        assert f"Source la plus récente{THIN}:" in read_by_people
        assert not re.findall(rf".*(?<!{THIN})[:;]\s.*", read_by_people.replace("&nbsp;", " "))
