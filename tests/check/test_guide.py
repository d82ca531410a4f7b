"""The curator's guide, the checks and their tests name the same codes; and what the guide shows is so."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import yaml
from shipped.pages import languages

import briefgen
from briefgen.check import FACTS, LANGUAGES, LOOK, RECORDS
from briefgen.check.facts import reviews_ahead
from briefgen.check.languages import unknown_labels, untranslatable_texts
from briefgen.localise.values import DATE_STYLES, PERCENT_STYLES, format_value
from briefgen.model import facts
from briefgen.model.book import SECTIONS, FactBook, FactFile
from briefgen.model.dates import parse_date
from briefgen.model.facts import Act, Delivery, Fact, Reason
from briefgen.model.quantities import Bound, parse_quantity

from .conftest import findings_of

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "facts" / "README.md").read_text(encoding="utf-8")
CHECKED = "CET"
FUNCTIONS: tuple[Callable[..., object], ...] = (
    *FACTS,
    *RECORDS,
    *LANGUAGES,
    *LOOK,
    reviews_ahead,
    unknown_labels,
    untranslatable_texts,
)
ELSEWHERE = {"C101", "T305", "T309"}  # found while reading: there is no function of their own


@cache
def codes_of_program() -> set[str]:
    """Every code that the program can show."""
    found: set[str] = set()
    for path in Path(briefgen.__file__).parent.rglob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
        found |= {text for text in texts if re.fullmatch(r"[A-Z]\d{3}", text)}
    return found


def codes_of_guide() -> list[str]:
    """The first column of its tables of codes."""
    return re.findall(r"^\| ([A-Z]\d{3}) \| [^|]+ \| [^|]+ \|$", GUIDE, re.MULTILINE)


def codes_of_functions() -> list[str]:
    """The code with which each check's docstring opens."""
    docstrings = (getattr(function, "__doc__", None) or "" for function in FUNCTIONS)
    return [match[1] for doc in docstrings if (match := re.match(r"([A-Z]\d{3}): ", doc))]


@cache
def codes_of_tests() -> set[str]:
    """The code in the name of each test."""
    sources = (path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    return {
        match.upper() for source in sources for match in re.findall(r"^def test_([a-z]\d{3})_", source, re.MULTILINE)
    }


def gaps(program: set[str], guide: list[str], functions: list[str], tests: set[str]) -> Iterator[str]:
    """Codes that one of the four has and another lacks."""
    checked = {code for code in program if code[0] in CHECKED}
    yield from (f"{code} has no row in the guide" for code in program - {*guide})
    yield from (f"{code} has a row in the guide and is no code of the program" for code in {*guide} - program)
    yield from (f"{code} stands twice in the guide" for code in {code for code in guide if guide.count(code) > 1})
    yield from (f"{code} is the code of two checks" for code in checked if functions.count(code) > 1 and code < "T")
    yield from (f"{code} is the code of no check in check/__init__.py" for code in checked - {*functions} - ELSEWHERE)
    yield from (f"{code} is a check that the program does not run" for code in {*functions} - program)
    yield from (f"{code} has no test" for code in (checked | {*functions}) - tests)


def test_each_code_has_a_check_a_row_and_a_test() -> None:
    every = codes_of_program(), codes_of_guide(), codes_of_functions(), codes_of_tests()
    found = sorted(gaps(*every))
    assert not found, "\n".join(found)
    assert len(codes_of_functions()) == len(FUNCTIONS)


def test_a_check_without_a_row_or_a_test_would_be_seen() -> None:
    program, guide, functions, tests = codes_of_program(), codes_of_guide(), codes_of_functions(), codes_of_tests()
    assert set(gaps(program | {"C999"}, guide, functions, tests)) == {
        "C999 has no row in the guide",
        "C999 is the code of no check in check/__init__.py",
        "C999 has no test",
    }
    assert list(gaps(program, [*guide, "Z100"], functions, tests)) == [
        "Z100 has a row in the guide and is no code of the program"
    ]
    assert list(gaps(program, guide, functions, tests - {"E204"})) == ["E204 has no test"]
    assert list(gaps(program, guide, functions, tests - {"K903"})) == ["K903 has no test"]
    assert list(gaps(program, guide, [*functions, "C102"], tests)) == ["C102 is the code of two checks"]


def test_each_table_of_codes_is_in_order() -> None:
    for table in re.split(r"^### ", GUIDE, flags=re.MULTILINE)[1:]:
        codes = re.findall(r"^\| ([A-Z]\d{3}) ", table, re.MULTILINE)
        assert codes == sorted(codes, key=lambda code: ("AWRLPYFS".find(code[0]), code)) or codes == sorted(codes)


def blocks() -> list[str]:
    """The indented examples of the guide."""
    found = re.findall(r"(?:^ {4}.*\n|^\n(?= {4}))+", GUIDE, re.MULTILINE)
    return [re.sub(r"^ {4}", "", block, flags=re.MULTILINE).strip("\n") for block in found]


def test_the_worked_example_stands_in_the_facts() -> None:
    example = next(block for block in blocks() if block.startswith("- id: trade-goal-2030"))
    shipped = [line.strip() for line in (ROOT / "facts" / "vn-kr.yaml").read_text(encoding="utf-8").splitlines()]
    lines = [line.strip() for line in example.splitlines()]
    start = shipped.index(lines[0])
    assert shipped[start : start + len(lines)] == lines


def test_its_record_is_that_of_the_source(book: FactBook) -> None:
    (shown,) = yaml.load(next(block for block in blocks() if block.startswith("- line: ")), Loader=yaml.BaseLoader)  # noqa: S506 it makes strings only
    line = book.sources["nhandan-2025"].line(int(shown["line"]))
    assert line is not None
    assert line.sha256 == shown["sha256"]
    assert line.digest.startswith(shown["digest"].removesuffix(" ..."))
    figures = {name: {"value": str(figure.value), "as": figure.words} for name, figure in line.figures.items()}
    assert figures == shown["figures"]
    (told,) = shown["says"]
    (saying,) = (each for each in line.says if set(told["facts"]) <= set(each.facts))
    assert ([*saying.by], saying.act.value, saying.on) == (told["by"], told["act"], told["on"])
    assert (saying.speaker, saying.to) == ("", ())


def section(title: str) -> str:
    """What stands under a heading."""
    return GUIDE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """What stands in backticks in the first column of the tables."""
    rows = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    return [each for row in rows for each in re.findall(r"`([^`]+)`", row)]


def test_every_date_and_value_of_the_guide_is_read() -> None:
    dates, values = first_cells(section("Dates")), first_cells(section("Values and placeholders"))
    values = [value for value in values if not value.startswith(":")]  # these are styles
    assert len(dates) >= 10
    assert [str(parse_date(date)) for date in dates] == dates
    assert [str(parse_quantity(value.strip('"'))) for value in values] == [value.strip('"') for value in values]
    assert all(f"`{bound}`" in section("Values and placeholders") for bound in Bound if bound)


def test_every_word_that_a_key_may_have_is_explained() -> None:
    act_and_delivery = section("Act and delivery: two different things")
    assert set(first_cells(act_and_delivery)) == {act.value for act in Act}
    assert all(f"`{status}`" in act_and_delivery for status in Delivery)
    assert set(first_cells(section("How to change what is known"))) == {reason.value for reason in Reason}


def test_every_kind_of_fact_and_every_key_is_explained() -> None:
    kinds = section("The kinds of fact")
    assert {each.name for each in fields(Fact)} | set(SECTIONS) <= set(first_cells(kinds))
    for row in re.findall(r"^\| `(\w+)` \| [^|]* \| (.*) \|$", kinds, re.MULTILINE):
        if row[0] in SECTIONS:
            assert _own_keys(row[0]) <= set(re.findall(r"`(\w+)", row[1])), row[0]


def _own_keys(name: str) -> set[str]:
    hints = {each.name: each.type for each in fields(FactFile)}
    kind = re.sub(r"\W|tuple", "", str(getattr(hints[name], "__args__", [hints[name]])[0]).rpartition(".")[2])
    return {each.name for each in fields(getattr(facts, kind))} - {each.name for each in fields(Fact)}


def test_the_guide_shows_a_finding_as_it_is_shown(tmp_path: Path) -> None:
    shown = next(block for block in blocks() if "error E204" in block)
    assert re.match(r"facts/vn-kr\.yaml:\d+:21: error E204 is 100 billion USD here but 150 billion USD in the ", shown)
    assert findings_of(Path(__file__).parent / "good")[1] == ()


def test_a_style_words_its_value_as_the_guide_shows() -> None:
    table = GUIDE.partition("| style | a value in it |")[2].partition("\n\n")[0]
    rows = dict(re.findall(r"\| `:([a-z]+)` \| (.*) \|", table))
    assert {*rows} == {*DATE_STYLES, *PERCENT_STYLES} - {"prose", "dateline"}
    patterns = languages()["en"].patterns
    for style, shown in rows.items():
        pairs = re.findall("`([^`]+)`: “([^”]+)”", shown)
        assert pairs, style
        for value, words in pairs:
            assert format_value(parse_quantity(value), patterns, style).replace("\u00a0", " ") == words
