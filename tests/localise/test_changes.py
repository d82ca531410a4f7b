"""What changed, as a reader sees it: the same rows in every language, corrections first, and why there are none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from changes.edits import FACTS, YESTERDAY, both, briefing, compared, report
from conftest import Direct, changed, request_for

from briefgen.build import build
from briefgen.changes import Change, ChangedValue, ChangeKind, Changes, FactSnapshot, Sides, take_snapshot
from briefgen.localise.changes import news, shortened
from briefgen.localise.context import Context
from briefgen.model.briefing import Briefing, Status
from briefgen.model.facts import Act
from briefgen.model.quantities import EventRef, parse_event, parse_quantity
from briefgen.model.views import News
from briefgen.read.languages import read_languages
from briefgen.read.workspace import find_workspace
from briefgen.render.html import marks_in

GOAL = "Raise trade between the two countries to US$5 billion by 2030"
GERMAN_GOAL = "Den Handel zwischen den beiden Ländern bis 2030 auf 5 Milliarden US-Dollar steigern"
Tell = Callable[[str, Changes | None, Briefing], News]


@pytest.fixture
def tell(german: Path) -> Tell:
    languages = read_languages(find_workspace(german), ["de"])

    def told(code: str, found: Changes | None, now: Briefing) -> News:
        return news(Context(briefing=now, language=languages[code]), found, regular=True)

    return told


def found(*rows: Change, since: int = 4) -> Changes:
    return Changes(since=since, day=YESTERDAY, rows=rows)


def change(
    kind: ChangeKind, now: FactSnapshot, old: tuple[ChangedValue, ...] = (), new: tuple[ChangedValue, ...] = ()
) -> Change:
    return Change(kind=kind, fact=now.id, snapshot=now, old=old, new=new)


def lines(told: News) -> list[str]:
    """Each row as one line, with common spaces."""
    return [
        " | ".join(
            (
                row.kind.label,
                str(row.text),
                " · ".join((*map(str, row.old), *(badge.label for badge in row.was))),
                " · ".join((*map(str, row.new), *(badge.label for badge in row.now))),
                *row.notes,
            )
        ).replace("\u00a0", " ")
        for row in told.rows
    ]


def test_every_language_tells_the_same_rows_in_its_own_words(german: Path, tell: Tell) -> None:
    now = briefing(german)
    facts = take_snapshot(now)
    old, new = (parse_quantity("4 billion USD"),), (parse_quantity("5 billion USD"), parse_quantity("2030"))
    talks = parse_event("sample-talks-2026@talks")
    what = found(
        change(ChangeKind.CORRECTED, facts["trade-goal-2030"], old, new),
        change(ChangeKind.UPDATED, facts["ferry"], (Act.REQUESTED, Sides(("SL",))), (Act.AGREED, Sides(("NL", "SL")))),
        change(ChangeKind.UPDATED, facts["trade"], new=(talks,)),
        change(ChangeKind.TIME, facts["straits-summit"], (Status.UPCOMING,), (Status.HELD,)),
    )
    assert lines(tell("en", what, now)) == [
        f"Corrected | {GOAL} | US$4 billion | US$5 billion · 2030",
        "Updated | Open the ferry route all year round | Requested · Southland | Agreed · Both sides",
        "Updated | Trade between the two countries |  | Prime ministers' talks, Northport",
        "Time passed | Straits Summit in Southland | Upcoming | Held",
    ]
    assert lines(tell("de", what, now)) == [
        f"Berichtigt | {GERMAN_GOAL} | 4 Milliarden US-Dollar | 5 Milliarden US-Dollar · 2030",
        "Aktualisiert | Die Fährverbindung ganzjährig öffnen | Erbeten · Südland | Vereinbart · Beide Seiten",
        "Aktualisiert | Handel zwischen den beiden Ländern |  | Gespräche der Premierminister, Nordhafen",
        "Zeitablauf | Meerengen-Gipfel in Südland | Bevorstehend | Abgehalten",
    ]


def test_it_says_which_edition_it_is_compared_with(german: Path, tell: Tell) -> None:
    now = briefing(german)
    what = found(change(ChangeKind.NEW, take_snapshot(now)["ferry"]))
    assert tell("en", what, now).since.replace("\u00a0", " ") == "Compared with edition 4 (31 March 2026)"


def test_why_there_is_no_row_is_said_in_every_language(german: Path, tell: Tell) -> None:
    now = briefing(german)
    assert tell("en", found(since=3), now).nothing == "No facts or statuses have changed since edition 3"
    assert tell("de", found(since=3), now).nothing.endswith(
        "Ausgabe 3 hat sich weder eine Angabe noch ein Stand geändert"
    )
    assert tell("de", None, now).nothing == "Erste Ausgabe – kein Vergleich"


def test_no_edition_compares_with_nothing_and_says_so(german: Path) -> None:
    language = read_languages(find_workspace(german), ["de"])["en"]
    told = news(Context(briefing=briefing(german), language=language), None, regular=False)
    assert told.nothing.startswith("No comparison")


def test_a_new_fact_says_its_status_unless_that_says_nothing(german: Path, tell: Tell) -> None:
    now = briefing(german)
    rows = compared({}, take_snapshot(now)).rows
    told = {row.id: [badge.label for badge in row.now] for row in tell("en", found(*rows), now).rows}
    assert told["trade-goal-2030"] == ["Open"]
    assert told["trade"] == []


def test_a_change_has_the_mark_of_the_source_that_reports_what_became_of_a_fact(german: Path, tell: Tell) -> None:
    report(german, "fulfilled")
    now = briefing(german)
    (row,) = tell(
        "en", found(change(ChangeKind.STATUS, take_snapshot(now)["ferry"], new=(Status.FULFILLED,))), now
    ).rows
    assert [(mark.source, mark.lines) for mark in row.marks] == [("sample-talks-2026", "L3, L4")]


def test_what_reads_the_same_before_and_after_is_not_told(german: Path, tell: Tell) -> None:
    now = briefing(german)
    old, new = (Act.HOPED, EventRef("sample-talks-2026", "talks")), (Act.AGREED, EventRef("sample-talks-2026", "talks"))
    (row,) = tell("en", found(change(ChangeKind.UPDATED, take_snapshot(now)["ferry"], old, new)), now).rows
    assert [[str(each) for each in told] for told in (row.old, row.new)] == [["Hoped"], ["Agreed"]]


def test_a_superseded_one_names_what_took_its_place(german: Path, tell: Tell) -> None:
    now = briefing(german)
    facts = take_snapshot(now)
    gone = replace(facts["ferry"], status="superseded", superseded_by="trade-goal-2030")
    row = change(ChangeKind.STATUS, gone, (Status.OPEN,), (Status.SUPERSEDED,))
    assert lines(tell("en", found(row), now)) == [
        f"Status changed | Open the ferry route all year round | Open | Superseded | later: {GOAL}"
    ]


def test_a_correction_told_again_says_where_it_was_told_first(german: Path, tell: Tell) -> None:
    now = briefing(german)
    row = replace(change(ChangeKind.CORRECTED, take_snapshot(now)["ferry"]), first_reported_in=3)
    assert lines(tell("de", found(row), now))[0].endswith("schon in Ausgabe 3 gemeldet")


def test_what_is_gone_is_told_in_the_words_it_had(german: Path, tell: Tell) -> None:
    now = briefing(german)
    last = take_snapshot(now)["trade-goal-2030"]
    gone = replace(now, items={id: item for id, item in now.items.items() if id != "trade-goal-2030"})
    rows = compared({"trade-goal-2030": last}, {}).rows
    assert lines(tell("de", found(*rows), gone)) == [f"Entfallen | {GERMAN_GOAL} | Offen | "]
    unreadable = replace(rows[0], snapshot=replace(last, values={"goal": "much", "by": "2030"}, cites=("nowhere",)))
    assert lines(tell("de", found(unreadable), gone)) == ["Entfallen | trade-goal-2030 | Offen | "]


def test_what_cannot_be_worded_any_more_stands_as_it_was_written(german: Path, tell: Tell) -> None:
    now = briefing(german)
    old, new = (parse_quantity("5 submarines"),), (parse_quantity("@nobody"), parse_event("gone@talks"))
    row = change(ChangeKind.UPDATED, take_snapshot(now)["ferry"], old, new)
    assert lines(tell("de", found(row), now))[0].endswith("| 5 submarines | @nobody · gone@talks")


def test_what_the_curator_ranks_comes_first_within_its_kind(german: Path, tell: Tell) -> None:
    now = briefing(german)
    facts = take_snapshot(now)
    rows = [change(ChangeKind.NEW, facts[id]) for id in ("talks-2026", "ferry", "trade-goal-2030")]
    rows.insert(0, change(ChangeKind.CORRECTED, facts["trade"]))
    rows.insert(0, replace(change(ChangeKind.CORRECTED, facts["ferry"]), first_reported_in=3))
    told = tell("en", found(*rows), now)
    assert [row.id for row in told.rows] == ["trade", "ferry", "trade-goal-2030", "ferry", "talks-2026"]


def test_what_does_not_fit_is_counted_by_kind(german: Path, tell: Tell) -> None:
    now = briefing(german)
    language = read_languages(find_workspace(german), ["de"])["de"]
    rows = compared({}, take_snapshot(now)).rows
    late = change(ChangeKind.TIME, take_snapshot(now)["ferry"])
    whole = tell("de", found(*rows, late), now)
    short = shortened(Context(briefing=now, language=language), whole, 2)
    assert (len(short.rows), short.counts) == (2, whole.counts)
    assert short.more == f"+ {len(rows) - 1} weitere in der ausführlichen Fassung (Neu: {len(rows) - 2}, Zeitablauf: 1)"
    assert shortened(Context(briefing=now, language=language), whole, len(whole.rows)) == whole


def test_three_editions_tell_a_correction_twice_and_first(german: Path) -> None:
    settings = german / "briefgen.toml"
    settings.write_text(settings.read_text("utf-8") + 'formats = ["html"]\n', encoding="utf-8")
    first = editions(german, date(2026, 4, 1))
    assert not [name for name in first if name != "index.html" and 'id="changes"' in first[name]]
    both(german, "5 billion USD", "6 billion USD")
    report(german, "fulfilled")
    second = editions(german, date(2026, 4, 2))
    for name in ("at-a-glance", "full-briefing"):
        marks = [marks_in(_changes(second[f"{name}.{code}.html"])) for code in ("en", "de")]
        assert sorted(marks[0]) == sorted(marks[1])
        facts = [mark for mark in marks[0] if mark.startswith("fact")]
        assert facts == ["fact 'trade-goal-2030'", "fact 'ferry'"]
        assert {"value '5 billion USD'", "value '6 billion USD'"} < set(marks[0])
    changed(german / FACTS, "Open the ferry route all year round", "Keep the ferry route open all year round")
    third = editions(german, date(2026, 10, 2))["full-briefing.de.html"]
    box = _changes(third)
    assert box.index("Berichtigt") < box.index("schon in Ausgabe 2 gemeldet") < box.index("Zeitablauf")
    assert box.index("Zeitablauf") < box.index("Neu gefasst")


def editions(workspace: Path, day: date) -> dict[str, str]:
    """The web pages of that day's edition by name."""
    made = build(request_for(workspace, day, day, formats=("html",)), Direct())
    return {path.name: path.read_text("utf-8") for path in made.files if path.suffix == ".html"}


def _changes(markup: str) -> str:
    """The box of changes on the first page."""
    start = markup.index('<section class="changes"')
    return markup[start : markup.index("</section>", start)]
