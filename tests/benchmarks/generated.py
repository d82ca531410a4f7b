"""Workspaces of any size: invented partnerships, no two alike, whose every figure is cited.

python tests/benchmarks/generated.py FOLDER PARTNERSHIPS FACTS SOURCES
"""

import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

WORKS = ("road", "railway", "harbour", "school", "hospital", "bridge", "airport", "power plant", "museum", "laboratory")
VERBS = ("Build", "Repair", "Extend", "Open", "Plan", "Renew", "Modernise", "Connect")
SYLLABLES = (
    "nor",
    "san",
    "est",
    "hol",
    "lin",
    "ves",
    "ask",
    "tor",
    "ul",
    "gren",
    "bra",
    "fjel",
    "kor",
    "mun",
    "pel",
    "ros",
)
THEMES = ("trade", "political", "science", "people")
ACTS = ("requested", "proposed", "announced", "agreed", "invited")
SETTINGS = 'timezone = "UTC"\nlanguages = ["en", "vi", "ko"]\n'
FIRST_DAY = date(2021, 1, 4)


def write_workspace(root: Path, partnerships: int, facts: int, sources: int) -> None:
    """So many partnerships; the first has so many facts and sources, the others up to a third more or fewer."""
    (root / "facts").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "briefgen.toml").write_text(SETTINGS, encoding="utf-8")
    for number in range(partnerships):
        chance = random.Random(number)  # noqa: S311 # the same workspace every time
        share = chance.uniform(0.67, 1.33) if number else 1
        write_partnership(root, f"p{number:03}", round(facts * share), max(1, round(sources * share)), chance)


def write_partnership(root: Path, name: str, facts: int, sources: int, chance: random.Random) -> None:
    """One partnership with this number of statements, each cited from one of its sources."""
    here, there = f"{_place(int(name[1:]))}land", f"{_place(int(name[1:]))}mark"
    owner = [number * sources // facts for number in range(facts)]
    statements, lines = [], [list[str]() for _ in range(sources)]
    for number, source in enumerate(owner):
        statement, line = _statement(name, number, source, len(lines[source]) + 2, chance)
        statements.append(statement)
        lines[source].append(line)
    head = _head(name, here, there)
    (root / "facts" / f"{name}.yaml").write_text(head + "statements:\n" + "".join(statements), encoding="utf-8")
    for source, found in enumerate(lines):
        day = FIRST_DAY + timedelta(days=7 * source % 1900)
        path = root / "seeds" / f"{_source(name, source)}.yaml"
        path.write_text("".join(_record(name, source, day, found)), encoding="utf-8")


def _place(number: int) -> str:
    """A name that no other number has."""
    found = ""
    for _ in range(4):
        number, rest = divmod(number, len(SYLLABLES))
        found += SYLLABLES[rest]
    return found.capitalize()


def _source(name: str, number: int) -> str:
    return f"{name}-talks-{number:04}"


def _head(name: str, here: str, there: str) -> str:
    themes = "".join(f"  {each}: {each.capitalize()}\n" for each in THEMES)
    return (
        f'format: 2\npartnership: {{id: {name}, name: "{here}–{there}", parties: [AA, BB]}}\n\n'
        f"parties:\n  AA: {{name: {here}}}\n  BB: {{name: {there}}}\n\nthemes:\n{themes}\n"
    )


def _statement(name: str, number: int, source: int, line: int, chance: random.Random) -> tuple[str, str]:
    """A statement as the facts have it, and the line of the record that carries it."""
    id, cite = f"{name}-work-{number}", f"{_source(name, source)}:L{line}"
    by, to = chance.choice((("AA", "BB"), ("BB", "AA")))
    act, amount, year = chance.choice(ACTS), chance.randint(1, 990), chance.randint(2024, 2040)
    work = f"{chance.choice(VERBS)} the {chance.choice(WORKS)} of {_place(number)}"
    sides = f"by: [{by}]" if act in ("announced", "proposed") else f"by: [{by}], to: [{to}]"
    sides = "by: [AA, BB]" if act == "agreed" else sides
    block = sides.replace("], to", "]\n    to")
    statement = (
        f"  - id: {id}\n    text: {work} for {{amount}} by {{due}}\n    theme: {chance.choice(THEMES)}\n"
        f'    cites: ["{cite}"]\n    {block}\n    act: {act}\n    on: {_source(name, source)}@talks\n'
        f'    values: {{amount: {{value: {amount} million USD, cite: "{cite}#amount"}}}}\n'
        f'    due: {{value: {year}, cite: "{cite}#due"}}\n\n'
    )
    record = (
        f"  - line: {line}\n    sha256: {_hash(id)}\n    digest: What both sides say of works in {_place(number)}.\n"
        f"    says:\n      - {{facts: [{id}], {sides}, act: {act}, on: talks}}\n"
        f"    figures:\n      amount: {{value: {amount} million USD, as: {amount} million USD}}\n"
        f"      due: {{value: {year}, as: {year}}}\n"
    )
    return statement, record


def _record(name: str, source: int, day: date, lines: list[str]) -> Iterator[str]:
    yield f"format: 2\nid: {_source(name, source)}\npublisher: not stated\n"
    yield f"describes: Press note of {_place(source)} on talks between two invented countries\nlanguage: en\n"
    yield f"sha256: {_hash(f'{name} {source}')}\npublished: {{date: {day}, basis: text, line: 1}}\n"
    yield f'events:\n  talks: {{name: "Talks in {_place(source)}", date: {day}, basis: text, line: 1}}\n'
    yield from ("lines:\n", *lines)


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    write_workspace(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
