"""What a preview makes when a file is saved, what it says of mistakes, and that it publishes nothing."""

import re
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Future
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from queue import Empty, Queue
from threading import Event, RLock, Thread
from time import sleep
from typing import Any

import pytest
from conftest import TODAY, Direct, changed, request_for, set_languages, write_template

from briefgen.build import build
from briefgen.model.document import Job, RenderedFile
from briefgen.model.findings import Finding, FindingsError
from briefgen.publish import latest
from briefgen.read.workspace import find_workspace
from briefgen.render import documents
from briefgen.render.markup import ORIGIN
from briefgen.tools.preview import Kept, Maker, PaneView, remake
from briefgen.tools.preview import session as sessions
from briefgen.tools.preview.making import measured
from briefgen.tools.preview.session import Session, following, version_of

NOW = datetime.combine(TODAY, time(9), UTC)
VIEW = PaneView("sample", "at-a-glance", "html", ("en",), (None,))
PAGE = "<title>x</title><p>{{ page.masthead.as_of }}</p>"


class Counting(Direct):
    """Counts what is rendered; of paper one at a time, measured or made, as the engine's fonts belong to one thread."""

    _paper = RLock()

    def __init__(self) -> None:
        self.rendered: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if fn is documents.render_one:
            self.rendered.append(args[0].name)
        is_paper = fn is measured or (bool(args) and isinstance(args[0], Job) and args[0].format == "pdf")
        with self._paper if is_paper else nullcontext():
            return super().submit(fn, *args, **kwargs)


class Following:
    """A page that looks at a view, and what it was told."""

    def __init__(self, session: Session, view: PaneView = VIEW) -> None:
        self._told: Queue[tuple[str, Any]] = Queue()
        self.session, self.view = session, view
        self.leave = session.follow(view, lambda event, data: self._told.put((event, data)))

    def next(self, event: str) -> Any:
        """The next event of that name; others are passed over."""
        while True:
            name, data = self._told.get(timeout=60)
            if name == event:
                return data

    def told(self, of: str = "view") -> list[dict[str, Any]]:
        """What was found in the next round."""
        while (told := self.next("findings"))["of"] != of:
            pass
        return list(told["found"])

    def findings(self, of: str = "view") -> list[str]:
        """The same in short."""
        return [f"{each['place']} {each['code']}" for each in self.told(of)]

    def is_told_no_more(self) -> bool:
        try:
            self._told.get(timeout=0.3)
        except Empty:
            return True
        return False


@pytest.fixture
def executor() -> Counting:
    return Counting()


@pytest.fixture
def session(tiny: Path, executor: Counting, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(sessions, "QUIET", 3600)
    monkeypatch.setattr(sessions, "LOADING", 0)
    made = Session(tiny, tiny / "out", lambda: NOW, executor, executor, executor)
    yield made
    made.close()


def content(session: Session, day: date = TODAY, name: str = "at-a-glance.en.html") -> str:
    return session.kept.documents[f"sample/{day}/{name}"].content.decode()


def test_a_saved_file_shows(session: Session, tiny: Path) -> None:
    page = Following(session)
    first = page.next("pane")
    assert (first["address"], first["day"], first["language"]) == (f"sample/{TODAY}/at-a-glance.en.html", "", "en")
    assert page.findings() == []
    write_template(tiny, "at-a-glance", "<p>another</p>")
    session.refresh()
    assert page.next("pane")["version"] != first["version"]
    assert ">another</p>" in content(session)


def test_the_same_is_told_as_the_same(session: Session, tiny: Path) -> None:
    page = Following(session)
    first = page.next("pane")
    (tiny / "templates" / "unused.html").write_text("x", encoding="utf-8")
    session.refresh()
    assert page.next("pane")["version"] == first["version"]


def test_a_mistake_is_told_with_its_line_and_the_last_good_page_stays(session: Session, tiny: Path) -> None:
    page = Following(session)
    page.findings()
    good = content(session)
    template = write_template(tiny, "at-a-glance", "<p>x</p>\n{{ page.mashead.title }}")
    session.refresh()
    (told,) = page.told()
    assert (told["file"], told["line"], told["code"]) == ("templates/at-a-glance.html", 5, "R401")
    assert told["source"] == "{{ page.mashead.title }}"
    assert "did you mean 'masthead'?" in told["message"]
    assert content(session) == good
    changed(template, "mashead", "masthead")
    session.refresh()
    assert page.findings() == []
    assert content(session) != good


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("facts/sample.yaml", "partnership:", "partnrship:", "facts/sample.yaml:"),
        ("facts/sample.yaml", "partnership:", "\tpartnership:", "facts/sample.yaml:"),
        ("facts/sample.yaml", "countries to {goal} by", "countries to {goal:big} by", "facts/sample.yaml:"),
        ("briefgen.toml", 'languages = ["en"]', 'languages = ["en"', "briefgen.toml:"),
        ("briefgen.toml", 'documents = ["at-a-glance"]', 'documents = ["at-a-glanc"]', "briefgen.toml:3"),
    ],
)
def test_inputs_that_cannot_be_read(session: Session, tiny: Path, file: str, old: str, new: str, place: str) -> None:
    page = Following(session)
    page.findings()
    good = content(session)
    changed(tiny / file, old, new)
    session.refresh()
    assert page.findings()[0].startswith(place)
    assert content(session) == good
    changed(tiny / file, new, old)
    session.refresh()
    assert page.findings() == []


def test_nothing_is_published_locked_or_written(session: Session, tiny: Path) -> None:
    before = _everything(tiny)
    page = Following(session)
    page.findings()
    assert _everything(tiny) == before


def _everything(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() if path.is_file() else b"" for path in root.rglob("*")}


def test_the_pages_are_those_of_the_next_edition(session: Session, tiny: Path) -> None:
    write_template(tiny, "at-a-glance", "<p>{{ page.masthead.edition }} {{ page.masthead.notice }}</p>")
    Following(session).findings()
    seen = content(session)
    build(request_for(tiny), Direct())
    newest = latest(tiny / "out" / "sample")
    assert newest
    published = (newest.folder / "at-a-glance.en.html").read_text(encoding="utf-8")
    assert ORIGIN not in published
    published = re.sub(r"<script.*?</script>\n", "", published, flags=re.DOTALL)
    assert re.sub(rf" {ORIGIN}=[^\s>]+", "", seen) == re.sub("; script-src '[^']*'", "", published), "it runs none"


def test_a_part_of_the_documents_is_no_part(tiny: Path) -> None:
    """Whatever is looked at alone has the head that it has in the edition."""
    write_template(tiny, "at-a-glance", "<p>{{ page.masthead.edition }}</p>")
    write_template(tiny, "other", "<p>{{ page.masthead.edition }}</p>")
    changed(tiny / "briefgen.toml", '["at-a-glance"]', '["at-a-glance", "other"]')
    kept, request = Kept(), request_for(tiny)
    remake(kept, request, replace(request, documents=("other",)), Direct(), lambda *_: None, lambda _: None)
    (made,) = kept.documents.items()
    assert made[0] == f"sample/{TODAY}/other.en.html"
    assert "Edition 1" in made[1].content.decode()


def test_other_days_are_reconstructions_beside_today(session: Session) -> None:
    earlier = date(2026, 11, 1)
    page = Following(session, PaneView("sample", "at-a-glance", "html", ("en",), (None, earlier)))
    assert {page.next("pane")["day"], page.next("pane")["day"]} == {"", str(earlier)}
    page.findings()
    assert content(session) != content(session, earlier)


def test_a_day_before_the_first_source_is_told(session: Session) -> None:
    page = Following(session, PaneView("sample", "at-a-glance", "html", ("en",), (None, date(1999, 1, 1))))
    assert page.next("pane")["day"] == ""
    assert page.findings() == ["sample A601"]


def test_names_that_the_settings_lack_give_what_they_have(session: Session) -> None:
    page = Following(session, PaneView("gone", "gone", "html", ("xx",), (None,)))
    assert page.next("pane")["address"].endswith("at-a-glance.en.html")


def test_who_has_left_is_told_nothing(session: Session) -> None:
    page = Following(session)
    page.findings("checks")
    page.leave()
    session.refresh()
    assert page.is_told_no_more()


def test_in_a_quiet_moment_all_other_documents_are_looked_at(
    session: Session, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_template(tiny, "other", "{{ nothing }}")
    write_template(tiny, "draft", "<p>x</p>")
    changed(tiny / "briefgen.toml", '["at-a-glance"]', '["at-a-glance", "other"]')
    monkeypatch.setattr(sessions, "QUIET", 0.01)
    page = Following(session)
    assert page.findings("others") == [
        "templates/other.html:4:4 R401",
        "templates/draft.html Y009",
    ]  # no setting names it


def test_what_no_browser_knows_of_a_style_sheet_is_told_with_the_page(session: Session, tiny: Path) -> None:
    """And not after all that takes longer to find."""
    style = tiny / "templates" / "style"
    style.mkdir()
    (style / "screen.css").write_text("p { colour: red }", encoding="utf-8")
    page = Following(session)
    assert page.next("pane")
    place = "templates/style/screen.css:1"
    assert page.findings() == [f"{place} R416", f"{place}:5 R405"]


def test_what_takes_longer_to_find_brings_the_last_good_page_back(session: Session, tiny: Path) -> None:
    page = Following(session)
    first = page.next("pane")
    assert page.findings("checks") == []
    template = write_template(tiny, "at-a-glance", "<p>x</p>\n<form></form>")
    session.refresh()
    assert page.next("pane")["version"] != first["version"]
    assert page.next("pane")["version"] == first["version"]
    assert page.findings("checks") == ["templates/at-a-glance.html:5:1 R410"]
    assert "<form" not in content(session)
    changed(template, "<form></form>", "<b></b>")
    session.refresh()
    while page.next("pane")["version"] == first["version"]:
        pass
    assert page.findings("checks") == []
    assert "<b" in content(session)


def test_a_file_that_is_half_written_is_no_mistake(
    session: Session, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some editors empty a file and then write it: what they are at was told, and gone in the next moment."""
    page = Following(session)
    assert page.findings() == []
    found, make = Event(), Maker.make

    def noticed(self: Maker, *asked: Any) -> Any:
        try:
            return make(self, *asked)
        finally:
            found.set()

    monkeypatch.setattr(Maker, "make", noticed)
    monkeypatch.setattr(sessions, "HALF_WRITTEN", 60)
    write_template(tiny, "at-a-glance", "<p>{{ page.mast")
    session.refresh()
    assert found.wait(60)
    write_template(tiny, "at-a-glance", "<p>whole</p>")
    session.refresh()
    assert page.findings() == []
    assert ">whole</p>" in content(session)


def test_who_comes_while_there_is_a_mistake_sees_the_last_good_page(session: Session, tiny: Path) -> None:
    good = Following(session).next("pane")["version"]
    write_template(tiny, "at-a-glance", "{{ nothing }}")
    late = Following(session)
    assert late.next("pane")["version"] == good
    assert late.findings() == ["templates/at-a-glance.html:4:4 R401"]


def test_a_heading_that_no_page_has_is_told_with_the_checks(session: Session, tiny: Path) -> None:
    """Who misspells what a translation belongs to waits for its words on the page."""
    (tiny / "templates" / "locale").mkdir()
    (tiny / "templates" / "locale" / "en.po").write_text('msgid "draft"\nmsgstr "kx"\n', encoding="utf-8")
    assert Following(session).findings("checks") == ["templates/locale/en.po:1:1 T310"]


def test_an_element_without_its_end_is_told(session: Session, tiny: Path) -> None:
    """A browser ends it somewhere by itself, so that nothing stops a build."""
    write_template(tiny, "at-a-glance", "<div>\n<p>x</p>")
    assert Following(session).findings("checks") == ["templates/at-a-glance.html:4:1 R412"]


def test_a_misspelt_name_that_the_page_does_not_come_to_is_told(session: Session, tiny: Path) -> None:
    write_template(tiny, "at-a-glance", "{% for row in page.changes.rows %}{{ row.txet }}{% endfor %}<h1>x</h1>")
    assert Following(session).findings("checks") == ["templates/at-a-glance.html:4:42 R401"]


def test_what_was_found_in_a_line_is_told_no_more_once_that_is_another(
    session: Session, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While somebody goes on saving, nothing is looked through: what was mended stayed for as long."""
    write_template(tiny, "at-a-glance", "<form></form>\n<a href='#nowhere'>x</a>")
    page = Following(session)
    assert page.findings("checks") == ["templates/at-a-glance.html:4:1 R410", "templates/at-a-glance.html:5:1 R410"]
    monkeypatch.setattr(sessions, "LOADING", 3600)
    write_template(tiny, "at-a-glance", "<p>x</p>\n<a href='#nowhere'>x</a>")
    session.refresh()
    assert page.findings("checks") == ["templates/at-a-glance.html:5:1 R410"]
    assert page.findings() == []


def test_nothing_is_looked_through_while_it_is_loaded(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is found would delay the page; a save that comes before is shown first, and looked through with the next."""
    monkeypatch.setattr(sessions, "LOADING", 3600)
    page = Following(session)
    assert page.findings() == []
    assert page.is_told_no_more()
    monkeypatch.setattr(sessions, "LOADING", 0)
    session.refresh()
    assert page.findings("checks") == []


def test_it_comes_back_in_every_tab_that_shows_it(session: Session, tiny: Path) -> None:
    pages = [Following(session), Following(session, PaneView("sample", "at-a-glance", "html", ("en",), (TODAY,)))]
    assert [page.findings("checks") for page in pages] == [[], []]
    write_template(tiny, "at-a-glance", "<p>x</p>\n<form></form>")
    good = {version_of(each) for each in session.kept.documents.values()}
    session.refresh()
    for page in pages:
        while page.next("pane")["version"] in good:
            pass
        assert page.next("pane")["version"] in good


def test_what_is_saved_while_it_is_looked_through_counts(
    session: Session, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was shown before is neither good nor bad by what is found in the new."""
    page = Following(session)
    first = page.next("pane")["version"]
    assert page.findings("checks") == []
    write_template(tiny, "at-a-glance", "<p>good</p>")
    verify = Maker.verify

    def saved_meanwhile(self: Maker, *asked: Any) -> Any:
        monkeypatch.setattr(Maker, "verify", verify)
        write_template(tiny, "at-a-glance", "<p>x</p>\n<form></form>")
        found = verify(self, *asked)
        session.refresh()
        return found

    monkeypatch.setattr(Maker, "verify", saved_meanwhile)
    session.refresh()
    versions = [page.next("pane")["version"] for _ in range(3)]
    assert page.findings("checks") == ["templates/at-a-glance.html:5:1 R410"]
    assert versions.index(first) == 2


def test_in_a_quiet_moment_what_check_finds_is_told(
    session: Session, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / "facts" / "second.yaml").write_bytes((tiny / "facts" / "sample.yaml").read_bytes())
    monkeypatch.setattr(sessions, "QUIET", 0.01)
    page = Following(session)
    assert {each["code"] for each in page.told("others")} == {"C101"}


def test_a_save_does_not_wait_for_what_is_looked_at_in_a_quiet_moment(
    session: Session, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = Event(), Event()

    def slow(*_: object) -> tuple[Finding, ...]:
        begun.set()
        go_on.wait(60)
        return ()

    monkeypatch.setattr("briefgen.tools.preview.check", slow)
    monkeypatch.setattr(sessions, "QUIET", 0.01)
    write_template(tiny, "at-a-glance", PAPER)
    changed(tiny / "briefgen.toml", '["html"]', '["html", "pdf"]')
    page = Following(session, VIEW_ON_PAPER)
    first = page.next("pane")["version"]
    try:
        assert begun.wait(60)
        write_template(tiny, "at-a-glance", PAPER + "<p>more</p>")
        session.refresh()
        while page.next("pane")["version"] == first:
            pass
    finally:
        go_on.set()


def test_whatever_happens_the_next_save_is_shown(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Following(session)
    page.findings()
    with monkeypatch.context() as patched:
        patched.setattr("briefgen.tools.preview.remake", lambda *_, **__: 1 // 0)
        session.refresh()
        assert page.findings() == ["briefgen P522"]
    session.refresh()
    assert page.findings() == []


class Never(Counting):
    """Has no time for what it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = Event()

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        self.asked.set()
        return Future()


def test_saves_are_shown_without_waiting_for_what_nobody_waits_for(
    tiny: Path, executor: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of that is asked of processes that yield to others: the one that answers has no work of its own in it."""
    monkeypatch.setattr(sessions, "QUIET", 0.01)
    monkeypatch.setattr(sessions, "LOADING", 0)
    monkeypatch.setattr("briefgen.tools.preview.files_for", lambda *_, **__: 1 // 0)
    rest = Never()
    made = Session(tiny, tiny / "out", lambda: NOW, executor, executor, rest)
    try:
        page = Following(made)
        first = page.next("pane")["version"]
        assert rest.asked.wait(60)
        write_template(tiny, "at-a-glance", "<p>another</p>")
        made.refresh()
        assert page.next("pane")["version"] != first
        assert page.findings() == []
    finally:
        made.close()


def test_what_yields_to_others_has_as_much_more_time(tiny: Path) -> None:
    """On a machine that was busy, what was only slow was told to have no end."""
    changed(tiny / "briefgen.toml", "languages", "seconds_per_document = 1\nlanguages")
    with following(find_workspace(tiny), tiny / "out", lambda: NOW) as made:
        made._maker.rest.submit(sleep, 1.5).result()


class Ending(Counting):
    """Its processes end in this way."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def submit(self, *_: Any, **__: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(self._error)
        return future


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (TimeoutError(), "R402 the page was not made in the time and the memory that it is allowed"),
        (MemoryError(), "R402 the page was not made in the time and the memory that it is allowed"),
        (BrokenExecutor("it was ended"), "P505 the page was not finished: it was ended"),
    ],
)
def test_a_process_that_ends_is_told(tiny: Path, executor: Counting, error: Exception, told: str) -> None:
    made = Session(tiny, tiny / "out", lambda: NOW, Ending(error), executor, executor)
    try:
        (found,) = Following(made).told()
        assert f"{found['code']} {found['message']}" == told
    finally:
        made.close()


def test_each_language_is_made_by_itself_and_a_fault_of_one_keeps_no_other_from_it(
    session: Session, tiny: Path
) -> None:
    set_languages(tiny, "en", "ko")
    write_template(tiny, "at-a-glance", '{% if page.language == "ko" %}{{ nothing }}{% endif %}<p>x</p>')
    page = Following(session, replace(VIEW, languages=("ko", "en")))
    assert page.next("pane")["language"] == "en"
    assert page.findings() == ["templates/at-a-glance.html:4:34 R401"]


def test_only_so_many_documents_are_kept(session: Session) -> None:
    for number in range(200):
        session.kept.keep(str(number), RenderedFile(name=str(number), content=b""))
    assert [*session.kept.documents] == [str(number) for number in range(140, 200)]


def test_a_document_can_be_read_while_a_newer_one_is_kept() -> None:
    kept, key = Kept(), "x/y"
    kept.keep(key, RenderedFile(name="y", content=b""))

    def write() -> None:
        for _ in range(50_000):
            kept.keep(key, RenderedFile(name="y", content=b""))

    writer = Thread(target=write)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    writer.start()
    try:
        while writer.is_alive():
            assert key in kept.documents
    finally:
        sys.setswitchinterval(before)
        writer.join()


def test_a_document_that_cannot_be_made_keeps_no_other_from_it(tiny: Path) -> None:
    changed(tiny / "briefgen.toml", '["html"]', '["html", "pdf"]')
    changed(tiny / "briefgen.toml", '["at-a-glance"]', '["at-a-glance", "other"]')
    write_template(tiny, "at-a-glance", PAPER)
    write_template(tiny, "other", PAPER)
    request = replace(request_for(tiny), formats=("html", "pdf"))
    kept = Kept()
    again = partial(
        remake, kept, request, replace(request, formats=("pdf",)), Direct(), lambda *_: None, lambda _: None
    )
    again()
    before = dict(kept.documents)
    write_template(tiny, "at-a-glance", "{{ nothing }}")
    write_template(tiny, "other", PAPER + "<p>more</p>")
    with pytest.raises(FindingsError, match="R401"):
        again()
    differing = {key for key, each in kept.documents.items() if each != before[key]}
    assert differing == {f"sample/{TODAY}/other.en.pdf"}


VIEW_ON_PAPER = PaneView("sample", "at-a-glance", "pdf", ("en",), (None,))
PAPER = '<p>{{ page.masthead.as_of }}</p>{% if media == "print" %}<p id="end-of-page"></p>{% endif %}'


def test_paper_is_laid_out_again_only_where_it_differs(session: Session, tiny: Path, executor: Counting) -> None:
    write_template(tiny, "at-a-glance", PAPER)
    changed(tiny / "briefgen.toml", '["html"]', '["html", "pdf"]')
    page = Following(session, VIEW_ON_PAPER)
    first = page.next("pane")
    assert [len(size) for size in first["pages"]] == [2]
    page.findings()
    assert executor.rendered == ["at-a-glance.en.pdf"]
    (tiny / "templates" / "unused.html").write_text("x", encoding="utf-8")
    session.refresh()
    assert page.next("pane")["version"] == first["version"]
    page.findings()
    assert executor.rendered == ["at-a-glance.en.pdf"]
    write_template(tiny, "at-a-glance", PAPER + "<p>more</p>")
    session.refresh()
    assert page.next("pane")["version"] != first["version"]
    assert executor.rendered == ["at-a-glance.en.pdf"] * 2


def test_paper_is_looked_at_once_for_a_save(session: Session, tiny: Path) -> None:
    write_template(tiny, "at-a-glance", PAPER)
    changed(tiny / "briefgen.toml", '["html"]', '["html", "pdf"]')
    page = Following(session, VIEW_ON_PAPER)
    assert page.findings() == []
    assert page.is_told_no_more()


def test_what_readers_would_be_told_is_that_of_the_command(session: Session, tiny: Path) -> None:
    first = session.look_ahead("sample")
    assert (first["sentence"], first["lines"]) == ("Built now, it would be edition 1.", ())
    build(request_for(tiny), Direct())
    changed(tiny / "facts" / "sample.yaml", "Open the ferry route all year round", "Keep the ferry route open")
    told = session.look_ahead("sample")
    assert told["sentence"] == "Built now, it would be edition 2."
    assert told["lines"] == ("Reworded: Keep the ferry route open",)
    assert [each["name"] for each in told["documents"]] == ["at-a-glance.en.html"]
    changed(tiny / "facts" / "sample.yaml", "theme: political", "teme: political")
    wrong = session.look_ahead("sample")
    assert "nothing would be published" in wrong["sentence"]
    assert any("did you mean 'theme'?" in each["hint"] for each in wrong["found"])
