"""What changed between two editions: the world, the passing of time, or what we had got wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import Direct, order, write_template

from briefgen.assess import assess
from briefgen.build import build
from briefgen.catalogs import read_languages
from briefgen.changes import Change, ChangeKind, Changes, Published, compare, published
from briefgen.examine import examine_facts
from briefgen.localise import news
from briefgen.localise.printer import Printer
from briefgen.model.briefing import Briefing, Status
from briefgen.model.quantities import parse_quantity
from briefgen.workspace import find_workspace

from .conftest import changed

DAY = date(2026, 4, 1)
FACTS, RECORD = "facts/sample.yaml", "seeds/sample-talks-2026.yaml"
FERRY = "  - id: ferry\n"
RIGHT_FERRY = """
  - id: ferry-right
    text: Open the ferry route in winter
    theme: trade
    cites: ["sample-talks-2026:L3"]
    by: [SL]
    speaker: ada-holm
    to: [NL]
    act: requested
    on: sample-talks-2026@talks
"""
GOAL = "Raise trade between the two countries to US$5 billion by 2030"
GERMAN_GOAL = "Den Handel zwischen den beiden Ländern bis 2030 auf 5 Milliarden US-Dollar steigern"
Said = dict[str, Published]


def briefing(workspace: Path, day: date = DAY) -> Briefing:
    """What holds on a day; the facts must be faultless."""
    found = find_workspace(workspace)
    book, findings = examine_facts(found, next(found.facts.glob("*.yaml")))
    assert book is not None
    assert findings == ()
    return assess(book, day)


def said(found: Briefing) -> Said:
    return {id: published(item) for id, item in found.items.items()}


def rows(before: Said, now: Briefing, earlier: Said | None = None) -> list[tuple[str, str, str, str]]:
    """Kind, fact, old and new, as they are told."""
    return [
        (row.kind.value, row.fact, ", ".join(map(str, row.old)), ", ".join(map(str, row.new)))
        for row in compare(before, 1, now, earlier).rows
    ]


def both(workspace: Path, old: str, new: str) -> None:
    """The same change in the facts and in the record."""
    for file in (FACTS, RECORD):
        changed(workspace / file, old, new)


def add_source(workspace: Path, published: str = "2026-03-20") -> None:
    """A second record that carries the ask for the ferry once more, and the goal by another year."""
    (workspace / "seeds/note.yaml").write_text(
        f"id: note\npublisher: not stated\ndescribes: Sample note\nlanguage: en\nsha256: ab\n"
        f"published: {{date: {published}, basis: press}}\nlines:\n"
        "  - {line: 1, sha256: ab, digest: The ask is repeated., says: [{facts: [ferry], by: [SL], speaker: ada-holm,"
        " to: [NL], act: requested}]}\n",
        encoding="utf-8",
    )
    changed(
        workspace / FACTS,
        'cites: ["sample-talks-2026:L3"]\n    by',
        'cites: ["sample-talks-2026:L3", "note:L1"]\n    by',
    )


def test_nothing_changed_is_said(starter: Path) -> None:
    now = briefing(starter)
    assert rows(said(now), now) == []


@pytest.mark.parametrize(
    ("day", "fact", "old", "new"),
    [
        (date(2026, 10, 1), "straits-summit", Status.UPCOMING, Status.MAY_HAVE_TAKEN_PLACE),
        (date(2026, 11, 1), "straits-summit", Status.UPCOMING, Status.OUTCOME_NOT_RECORDED),
        (date(2030, 12, 1), "trade-goal-2030", Status.OPEN, Status.DUE_SOON),
        (date(2031, 1, 1), "trade-goal-2030", Status.OPEN, Status.DEADLINE_PASSED),
    ],
)
def test_time_that_passes_is_no_change_of_the_world(
    starter: Path, day: date, fact: str, old: Status, new: Status
) -> None:
    assert ("time passed", fact, old.value, new.value) in rows(said(briefing(starter)), briefing(starter, day))


def test_a_source_that_reports_the_outcome_is_one(starter: Path) -> None:
    before = said(briefing(starter))
    changed(starter / RECORD, "  - line: 4\n", "  - line: 4\n    reports: {ferry: fulfilled}\n")
    changed(
        starter / FACTS,
        "    act: requested\n",
        '    act: requested\n    outcome: {status: fulfilled, cites: ["sample-talks-2026:L4"]}\n',
    )
    assert rows(before, briefing(starter)) == [("status changed", "ferry", "no later report", "fulfilled")]


def test_another_source_is_news(starter: Path) -> None:
    before = said(briefing(starter))
    add_source(starter)
    assert rows(before, briefing(starter)) == [("updated", "ferry", "", "")]


def test_a_value_that_differs_though_the_sources_do_not_was_wrong(starter: Path) -> None:
    before = said(briefing(starter))
    both(starter, "5 billion USD", "6 billion USD")
    assert rows(before, briefing(starter)) == [("corrected", "trade-goal-2030", "5 billion USD", "6 billion USD")]


def test_so_was_whoever_was_said_to_have_said_it(starter: Path) -> None:
    before = said(briefing(starter))
    changed(starter / FACTS, "to: [NL]\n    act: requested", "to: [NL]\n    act: proposed")
    changed(starter / RECORD, "to: [NL], act: requested", "to: [NL], act: proposed")
    assert rows(before, briefing(starter)) == [("corrected", "ferry", "", "")]


def test_a_correction_of_the_deadline_tells_the_value_and_the_status(starter: Path) -> None:
    before = said(briefing(starter, date(2029, 1, 1)))
    changed(starter / FACTS, "by: {value: 2030,", "by: {value: 2028,")
    changed(starter / RECORD, "by: 2030,", "by: 2028,")
    assert rows(before, briefing(starter, date(2029, 1, 1))) == [
        ("corrected", "trade-goal-2030", "2030", "2028"),
        ("status changed", "trade-goal-2030", "open", "deadline passed"),
    ]


def test_a_new_value_from_a_new_source_is_an_update(starter: Path) -> None:
    before = said(briefing(starter))
    before["trade"] = replace(before["trade"], cites=("older:L1",), values={"value": "2 billion USD", "period": "2025"})
    assert rows(before, briefing(starter)) == [("updated", "trade", "2 billion USD", "3.2 billion USD")]


def test_a_value_that_only_goes_by_another_name_is_no_change(starter: Path) -> None:
    before = said(briefing(starter))
    before["trade"] = replace(before["trade"], values={"amount": "3.2 billion USD", "year": "2025"})
    assert rows(before, briefing(starter)) == []


def test_new_words_for_the_same_are_an_update(starter: Path) -> None:
    before = said(briefing(starter))
    changed(starter / FACTS, "Open the ferry route all year round", "Keep the ferry route open all year round")
    assert rows(before, briefing(starter)) == [("updated", "ferry", "", "")]


@pytest.mark.parametrize(("reason", "kind"), [("corrected", "corrected"), ("replaced", "status changed")])
def test_a_fact_that_takes_anothers_place_tells_why(starter: Path, reason: str, kind: str) -> None:
    before = said(briefing(starter))
    supersede(starter, reason)
    assert rows(before, briefing(starter)) == [
        *([(kind, "ferry", "no later report", "superseded")] if kind == "corrected" else []),
        ("new", "ferry-right", "", ""),
        *([(kind, "ferry", "no later report", "superseded")] if kind != "corrected" else []),
    ]


def supersede(workspace: Path, reason: str) -> None:
    changed(workspace / RECORD, "{facts: [ferry], by", "{facts: [ferry, ferry-right], by")
    changed(workspace / FACTS, FERRY, f"{FERRY}    superseded: {{by: ferry-right, reason: {reason}}}\n")
    path = workspace / FACTS
    path.write_text(path.read_text("utf-8").rstrip() + RIGHT_FERRY, encoding="utf-8")


def test_corrections_stay_for_two_editions(starter: Path) -> None:
    first = said(briefing(starter))
    both(starter, "5 billion USD", "6 billion USD")
    second = said(briefing(starter))
    later = briefing(starter, date(2026, 11, 1))
    assert rows(second, later, first) == [
        ("corrected", "trade-goal-2030", "5 billion USD", "6 billion USD"),
        ("time passed", "straits-summit", "upcoming", "outcome not recorded"),
    ]
    third = said(later)
    assert rows(third, later, second) == []


def test_a_correction_is_told_once_where_both_editions_have_it(starter: Path) -> None:
    first = said(briefing(starter))
    supersede(starter, "corrected")
    now = briefing(starter)
    assert [row for row in rows(first, now, first) if row[0] == "corrected"] == [
        ("corrected", "ferry", "no later report", "superseded")
    ]
    again = [row for row in rows(said(now), now, first) if row[0] == "corrected"]
    assert again == [("corrected", "ferry", "no later report", "superseded")]


def test_what_an_older_program_wrote_is_passed_over(starter: Path) -> None:
    now = briefing(starter)
    before = said(now)
    before["ferry"] = replace(before["ferry"], status="lapsed long ago")
    before["trade"] = replace(before["trade"], values={"value": "a lot", "period": "2025"}, cites=())
    assert rows(before, now) == [
        ("updated", "trade", "", "3.2 billion USD"),
        ("status changed", "ferry", "", "no later report"),
    ]


@pytest.fixture
def tell(german: Path) -> Callable[[str, Changes | None, Briefing], tuple[str, ...]]:
    languages = read_languages(find_workspace(german), ["de"], german / "facts/locale")

    def told(code: str, found: Changes | None, now: Briefing) -> tuple[str, ...]:
        lines = news.changes(Printer(briefing=now, language=languages[code]), found, regular=True)
        return tuple(line.replace("\u00a0", " ") for line in lines)

    return told


Tell = Callable[[str, Changes | None, Briefing], tuple[str, ...]]


def test_every_language_tells_the_same_rows_in_its_own_words(german: Path, tell: Tell) -> None:
    now = briefing(german)
    old, new = (parse_quantity("4 billion USD"),), (parse_quantity("5 billion USD"), parse_quantity("2030"))
    found = Changes(
        since=4,
        rows=(
            Change(kind=ChangeKind.CORRECTED, fact="trade-goal-2030", old=old, new=new),
            Change(kind=ChangeKind.TIME, fact="straits-summit", old=(Status.UPCOMING,), new=(Status.HELD,)),
            Change(kind=ChangeKind.NEW, fact="ferry"),
        ),
    )
    assert tell("en", found, now) == (
        f"Corrected: {GOAL} (US$4 billion → US$5 billion and 2030)",
        "Time passed: Straits Summit in Southland (Upcoming → Held)",
        "New: Open the ferry route all year round",
    )
    assert tell("de", found, now) == (
        f"Berichtigt: {GERMAN_GOAL} (4 Milliarden US-Dollar → 5 Milliarden US-Dollar sowie 2030)",
        "Zeitablauf: Meerengen-Gipfel in Südland (Bevorstehend → Abgehalten)",
        "Neu: Die Fährverbindung ganzjährig öffnen",
    )


def test_that_nothing_changed_is_said_in_every_language(german: Path, tell: Tell) -> None:
    now = briefing(german)
    assert tell("de", Changes(since=3, rows=()), now) == ("Keine Änderungen seit Ausgabe 3",)
    assert tell("de", None, now) == ("Erste Ausgabe – kein Vergleich",)


def test_what_is_gone_is_told_in_the_words_it_had(german: Path, tell: Tell) -> None:
    now = briefing(german)
    last = said(now)["trade-goal-2030"]
    gone = replace(now, items={id: item for id, item in now.items.items() if id != "trade-goal-2030"})
    found = compare({"trade-goal-2030": last}, 1, replace(gone, items={}))
    assert tell("de", found, gone) == (f"Entfallen: {GERMAN_GOAL}",)
    unreadable = replace(
        found, rows=(replace(found.rows[0], last=replace(last, values={"goal": "much", "by": "2030"})),)
    )
    assert tell("de", unreadable, gone) == ("Entfallen: trade-goal-2030",)


def test_what_cannot_be_worded_any_more_stands_as_it_was_written(german: Path, tell: Tell) -> None:
    old, new = (parse_quantity("5 submarines"),), (parse_quantity("@nobody"),)
    found = Changes(since=1, rows=(Change(kind=ChangeKind.UPDATED, fact="ferry", old=old, new=new),))
    assert tell("de", found, briefing(german))[0].endswith("(5 submarines → @nobody)")


def test_three_editions_tell_a_correction_twice(german: Path) -> None:
    body = "{% for change in page.changes %}<p>{{ change }}</p>{% endfor %}"
    for name in ("at-a-glance", "full-briefing"):
        write_template(german, name, body)

    def edition(day: date) -> str:
        made = build(order(german, day, day, formats=("html",)), Direct())
        return next(path for path in made.files if path.name == "full-briefing.de.html").read_text("utf-8")

    settings = german / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8") + 'formats = ["html"]\n', encoding="utf-8")
    assert "Erste Ausgabe" in edition(date(2026, 4, 1))
    both(german, "5 billion USD", "6 billion USD")
    assert "Berichtigt: Den Handel" in edition(date(2026, 4, 2))
    third = edition(date(2026, 10, 2))
    assert third.index("Berichtigt: Den Handel") < third.index("Zeitablauf: Meerengen-Gipfel")
    assert "Berichtigt" not in edition(date(2026, 11, 2))
