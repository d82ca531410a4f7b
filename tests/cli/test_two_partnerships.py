"""Two partnerships with every id in common, in several languages: nothing of one shows in the other, nor stops it."""

import re
from pathlib import Path
from shutil import copytree, rmtree

import pytest
from conftest import Program, changed, contents
from polib import POFile, pofile

from .two import LANGUAGES, WORDS, translate_all, two_partnerships

BUILD = ("build", "--strict")
CODE = LANGUAGES[0]
"""The language beside English in which most tests have both."""
FERRY = "[first] Open the ferry route all year round"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test that needs both makes them, for the others to copy."""
    return tmp_path_factory.mktemp("both") / "desk"


@pytest.fixture
def translated(model: Path, program: Program) -> Path:
    """Both, wholly translated, in every language; not to be changed."""
    if not model.exists():
        two_partnerships(model)
        assert program("translate", at=model).code == 1
        translate_all(model)
    return model


@pytest.fixture
def built(translated: Path, program: Program) -> Path:
    """Both documents of both in every language, made once; not to be changed."""
    folder = translated.with_name("built")
    if not folder.exists():
        done = program(*BUILD, at=copytree(translated, folder))
        assert (done.code, done.err) == (0, "")
    return folder


@pytest.fixture
def both(translated: Path, tmp_path: Path) -> Path:
    """Both in one language beside English, with the one document which says everything, for what holds of all."""
    folder = copytree(translated, tmp_path / "desk")
    for code in LANGUAGES[1:]:
        changed(folder / "briefgen.toml", f", '{code}'", "")
        for path in folder.rglob(f"{code}.po"):
            path.unlink()
    with (folder / "briefgen.toml").open("a", encoding="utf-8") as settings:
        settings.write('documents = ["full-briefing"]\n')
    return folder


@pytest.fixture
def grown(both: Path, program: Program) -> Path:
    """A workspace that had one partnership, with its texts in the shared catalogs, and has now got another."""
    own, shared = (both / "facts" / "locale" / each / f"{CODE}.po" for each in ("first", "."))
    own.rename(shared)
    rmtree(both / "facts" / "locale" / "second")
    second = (both / "facts" / "second.yaml", both / "seeds" / "second-talks.yaml")
    texts = [path.read_text(encoding="utf-8") for path in second]
    for path in second:
        path.unlink()
    assert program("translate", at=both).code == 0
    for path, text in zip(second, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return both


def catalog(folder: Path, name: str, code: str = "vi") -> POFile:
    return pofile(str(folder / "facts" / "locale" / name / f"{code}.po"))


def pages(folder: Path, name: str) -> dict[str, str]:
    (edition,) = (folder / "out" / name / "editions").iterdir()
    texts = (path for path in edition.iterdir() if path.suffix != ".xlsx")  # which has what the sheets of CSV have
    return {path.name: path.read_text(encoding="utf-8") for path in texts}


def test_nothing_of_one_shows_in_the_other(built: Path, program: Program) -> None:
    assert program("translate", "status", at=built).code == 0
    checked = program("check", at=built)
    assert (checked.code, checked.err) == (0, "")
    assert program("template", "check", "--screen-only", at=built).code == 0
    first, second = ("\n".join(pages(built, name).values()) for name in ("first", "second"))
    for old, new in {**WORDS, "[first]": "[second]"}.items():
        assert (old in first, new in first, old in second, new in second) == (
            True,
            False,
            old == "ferry",  # in ids
            True,
        ), old


def test_each_is_built_as_it_is_alone(built: Path, program: Program, tmp_path: Path) -> None:
    alone = two_partnerships(tmp_path / "alone")
    (alone / "facts" / "second.yaml").unlink()
    for code in LANGUAGES:  # the only partnership needs no catalog of its own
        own = built / "facts" / "locale" / "first" / f"{code}.po"
        (alone / "facts" / "locale" / f"{code}.po").write_bytes(own.read_bytes())
    assert program(*BUILD, at=alone).code == 0
    found, wanted = pages(built, "first"), pages(alone, "first")
    hashes = r'"inputs_sha256": "\w+"'  # of all files that were read
    assert {name: re.sub(hashes, "", text) for name, text in found.items()} == {
        name: re.sub(hashes, "", text) for name, text in wanted.items()
    }


def test_progress_is_counted_by_partnership(translated: Path, program: Program, tmp_path: Path) -> None:
    both = copytree(translated, tmp_path / "desk")
    changed(both / "facts" / "second.yaml", "Relations established", "Relations since")
    out = program("translate", at=both).out
    rows = dict(re.findall(r"^(facts/\S+) +(\d+) %", out, re.MULTILINE))
    assert rows == {
        f"facts/locale/{name}/{code}.po": percent
        for code in LANGUAGES
        for name, percent in (("first", "100"), ("second", "96"))
    }
    checked = program("check", at=both)
    found = checked.err
    assert checked.out.splitlines()[-3:] == [
        "first: 6 facts checked, no findings.",
        "second: 6 facts checked, 2 findings.",
        "12 facts checked, 2 findings.",
    ]
    assert set(re.findall(r"^(\S+?):\d+:\d+: warning T303", found, re.MULTILINE)) == {
        f"facts/locale/second/{code}.po" for code in LANGUAGES
    }
    done = program(*BUILD, "first", at=both)
    assert (done.code, done.err) == (0, "")


def test_what_one_had_goes_with_it_when_another_comes(grown: Path, program: Program) -> None:
    shared = grown / "facts" / "locale" / "vi.po"
    text = shared.read_text(encoding="utf-8")
    text = text.replace('"Last-Translator: \\n"', '"Last-Translator: Lan <lan@example.org>\\n"\n"X-Team: ours\\n"')
    text = text.replace('msgctxt "ferry text"', '# native check\nmsgctxt "ferry text"')
    text = text.replace('msgctxt "theme trade"', '#, fuzzy\n#| msgid "Commerce"\nmsgctxt "theme trade"')
    text = f'# Copyright: the desk\n{text}\n# of old\n#~ msgctxt "bridge text"\n#~ msgid "Bridge"\n#~ msgstr "Cầu"\n'
    text += '\n#~ msgctxt "ferry note"\n#~ msgid "Ferry note"\n#~ msgstr "Ghi chú"\n'
    shared.write_text(text, encoding="utf-8")
    before = pofile(str(shared))
    program("translate", at=grown)
    first, second, left = (catalog(grown, each) for each in ("first", "second", "."))
    kept = [(e.msgctxt, e.msgid, e.msgstr, e.tcomment, e.flags, e.previous_msgid) for e in (*first, *left)]
    for e in before:
        assert (e.msgctxt, e.msgid, e.msgstr, e.tcomment, e.flags, e.previous_msgid) in kept, e.msgctxt
    assert len(kept) == len(before)
    assert (first.header, first.metadata["Last-Translator"], first.metadata["X-Team"]) == (
        "Copyright: the desk",
        "Lan <lan@example.org>",
        "ours",
    )
    assert {e.msgctxt for e in left if e.obsolete} == {"bridge text", "ferry note"}
    assert not [e.msgctxt for e in second if "ferry route" in e.msgstr or e.fuzzy]
    again = contents(grown / "facts")
    program("translate", at=grown)
    assert contents(grown / "facts") == again


def test_the_first_is_printed_as_before_until_and_after_that(grown: Path, program: Program) -> None:
    assert program(*BUILD, "first", at=grown).code == 0
    before = pages(grown, "first")
    assert FERRY in before["full-briefing.vi.html"]
    program("translate", at=grown)
    assert "nothing" in program(*BUILD, "first", at=grown).out
    assert pages(grown, "first") == before


def test_a_translation_that_the_other_one_took_goes_back_as_a_guess(grown: Path, program: Program) -> None:
    """As an older program left it: the English of the second in the place of that of the first."""
    old, new = "Open the ferry route all year round", "Open the tunnel route all year round"
    taken = f'#, fuzzy\n#| msgid "{old}"\nmsgctxt "ferry text"\nmsgid "{new}"'
    changed(grown / "facts" / "locale" / "vi.po", f'msgctxt "ferry text"\nmsgid "{old}"', taken)
    program("translate", at=grown)
    first, second = (catalog(grown, each).find("ferry text", "msgctxt") for each in ("first", "second"))
    assert first
    assert second
    assert (first.msgid, first.msgstr, first.fuzzy, first.previous_msgid) == (old, FERRY, True, old)
    assert (second.msgid, second.msgstr) == (new, "")


def test_an_older_english_of_both_is_offered_to_both_as_a_guess(grown: Path, program: Program) -> None:
    changed(grown / "facts" / "first.yaml", "Open the ferry", "Keep open the ferry")
    program("translate", at=grown)
    for name in ("first", "second"):
        entry = catalog(grown, name).find("ferry text", "msgctxt")
        assert entry
        assert (entry.msgstr, entry.fuzzy, entry.previous_msgid) == (FERRY, True, "Open the ferry route all year round")


def test_what_both_say_in_the_same_words_stays_shared_until_one_changes_it(grown: Path, program: Program) -> None:
    program("translate", at=grown)
    shared = [entry.msgctxt for entry in catalog(grown, ".")]
    assert "theme political" in shared
    assert not {*shared} & {entry.msgctxt for name in ("first", "second") for entry in catalog(grown, name)}
    changed(grown / "facts" / "second.yaml", "political: Political relations", "political: Politics")
    program("translate", at=grown)
    first, second = (catalog(grown, each).find("theme political", "msgctxt") for each in ("first", "second"))
    assert first
    assert second
    assert (first.msgid, first.msgstr) == ("Political relations", "[first] Political relations")
    assert (second.msgid, second.msgstr) == ("Politics", "")


def test_its_own_wording_wins_over_the_shared_one(grown: Path, program: Program) -> None:
    program("translate", at=grown)
    translate_all(grown)
    with (grown / "facts" / "locale" / "second" / "vi.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgctxt "theme trade"\nmsgid "Trade and transport"\nmsgstr "Riêng"\n')
    assert program("translate", at=grown).code == 0
    assert program(*BUILD, at=grown).code == 0
    assert ["Riêng" in pages(grown, each)["full-briefing.vi.html"] for each in ("first", "second")] == [False, True]
    changed(grown / "facts" / "locale" / "second" / "vi.po", 'msgstr "Riêng"', 'msgstr ""')
    assert program("check", at=grown).err == ""  # what has no translation is no wording


TERMS = "terms:\n  - {never: 'ferry|tunnel', use: boat, why: ours}\n"


def test_a_list_of_terms_of_one_does_not_stop_the_other(both: Path, program: Program) -> None:
    (both / "facts" / "locale" / "first" / "en.terms.yaml").write_text(TERMS, encoding="utf-8")
    found = re.findall(r"^(\S+?):\d+:\d+: error T306 '(\w+)'", program("check", at=both).err, re.MULTILINE)
    assert {*found} == {("facts/first.yaml", "ferry")}
    assert program(*BUILD, "second", at=both).code == 0
    assert program(*BUILD, "first", at=both).code == 1


def test_a_shared_list_counts_for_both_and_says_where_it_would_not(both: Path, program: Program) -> None:
    terms = TERMS + "  - {never: 'At a glance', use: Overview, why: ours}\n"
    (both / "facts" / "locale" / "en.terms.yaml").write_text(terms, encoding="utf-8")
    (both / "templates" / "note.html").write_text("At a glance", encoding="utf-8")
    err = program("check", at=both).err
    assert {*re.findall(r"^(\S+?):\d+:\d+: error T306", err, re.MULTILINE)} == {"facts/first.yaml", "facts/second.yaml"}
    assert err.count("T306 'At a glance'") == 1
    assert "in the list of terms; a list in facts/locale/PARTNERSHIP/ is of one partnership alone" in err


MANGLED = ("<<<<<<< mine\n", "\tid: x\n", "")
NO_RECORDS = ("lines: [\n", "- a\n", *(pytest.param(each, marks=pytest.mark.long) for each in MANGLED))


@pytest.mark.parametrize("bad", NO_RECORDS)
def test_a_record_that_cannot_be_read_stops_only_those_that_cite_it(both: Path, program: Program, bad: str) -> None:
    """What is not read either, among the long tests: half a merge, a tab and an empty file."""
    (both / "seeds" / "second-talks.yaml").write_text(bad, encoding="utf-8")
    first, second = (program(*BUILD, name, at=both) for name in ("first", "second"))
    assert (first.code, first.err) == (0, "")
    assert (second.code, "seeds/second-talks.yaml" in second.err) == (1, True)
    checked = program("check", at=both)
    assert (checked.code, checked.err.count("seeds/second-talks.yaml")) == (1, 1)


def test_a_record_that_nobody_cites_yet_stops_nobody_but_is_reported(both: Path, program: Program) -> None:
    (both / "seeds" / "new-talks.yaml").write_text("id: [", encoding="utf-8")
    assert program(*BUILD, at=both).code == 0
    checked = program("check", at=both)
    assert (checked.code, checked.err.count("seeds/new-talks.yaml")) == (1, 1)


def test_a_catalog_that_cannot_be_read_stops_only_its_partnership(both: Path, program: Program) -> None:
    (both / "facts" / "locale" / "second" / f"{CODE}.po").write_text("what is this\n", encoding="utf-8")
    assert program(*BUILD, "first", at=both).code == 0
    done = program(*BUILD, "second", at=both)
    assert (done.code, f"facts/locale/second/{CODE}.po:1:1: error T305" in done.err) == (1, True)


def test_facts_that_cannot_be_read_keep_only_their_own_catalogs_as_they_are(grown: Path, program: Program) -> None:
    changed(grown / "facts" / "first.yaml", "Open the ferry", "Keep open the ferry")
    text = (grown / "facts" / "second.yaml").read_text(encoding="utf-8")
    changed(grown / "facts" / "second.yaml", "theme:", "tehme: [")
    shared = (grown / "facts" / "locale" / "vi.po").read_bytes()
    done = program("translate", at=grown)
    assert (done.code, "facts/second.yaml:" in done.err, "Nothing of the shared catalogs" in done.err) == (
        1,
        True,
        True,
    )
    assert [entry.msgctxt for entry in catalog(grown, "first")] == ["ferry text"]
    assert not (grown / "facts" / "locale" / "second").exists()
    assert (grown / "facts" / "locale" / "vi.po").read_bytes() == shared
    (grown / "facts" / "second.yaml").write_text(text, encoding="utf-8")
    program("translate", at=grown)
    assert len(catalog(grown, "first").translated_entries()) + len(catalog(grown, ".").translated_entries()) == 25


def test_a_fact_of_both_is_asked_for(both: Path, program: Program) -> None:
    for command in ("explain", "review"):
        done = program(command, "ferry", at=both)
        assert (done.code, "A606 2 partnerships have a fact 'ferry': first, second" in done.err) == (1, True)
        assert "help: name one of them: first/ferry" in done.err
        unknown = program(command, "third/ferry", at=both)
        assert (unknown.code, "A603 there are no facts 'third'" in unknown.err) == (1, True)
        unknown = program(command, "second/fery", at=both)
        assert (unknown.code, "A603 there is no fact 'fery' of 'second'\n    help: did you mean" in unknown.err) == (
            1,
            True,
        )
    assert "ferry route" in program("explain", "first/ferry", at=both).out
    told = program("explain", "second/ferry", at=both).out
    assert ("tunnel" in told, "ferry route" in told, "[second]" in told, "[first]" in told) == (
        True,
        False,
        True,
        False,
    )
    before = (both / "facts" / "first.yaml").read_bytes()
    assert program("review", "second/ferry", "--on", "2026-03-04", at=both).code == 0
    assert (both / "facts" / "first.yaml").read_bytes() == before
    changed(both / "facts" / "first.yaml", "id: trade-goal-2030", "id: goal")
    assert "A606" not in program("explain", "goal", at=both).err


def test_a_fact_of_facts_that_can_be_read_is_explained_though_others_cannot(both: Path, program: Program) -> None:
    (both / "facts" / "second.yaml").write_text("partnership: [", encoding="utf-8")
    assert program("explain", "first/ferry", at=both).code == 0
    done = program("explain", "second/ferry", at=both)
    assert (done.code, "facts/second.yaml" in done.err) == (1, True)


def test_a_folder_that_is_no_partnerships_is_named(both: Path, program: Program) -> None:
    (both / "facts" / "locale" / "second").rename(both / "facts" / "locale" / "secund")
    err = program("check", at=both).err
    assert (
        "facts/locale/secund: warning Y009 nothing reads a file of this name\n    help: did you mean 'second'?" in err
    )


def test_a_shared_translation_of_nobodys_text_is_noted_once(both: Path, program: Program) -> None:
    (both / "facts" / "locale" / "vi.po").write_text('msgctxt "old text"\nmsgid "a"\nmsgstr "b"\n', encoding="utf-8")
    checked = program("check", at=both)
    assert (checked.code, checked.err.count("T304"), "facts/locale/vi.po:2:1: note T304" in checked.err) == (0, 1, True)


def test_two_facts_of_one_name_are_refused(both: Path, program: Program) -> None:
    (both / "facts" / "first").mkdir()
    (both / "facts" / "second.yaml").rename(both / "facts" / "first" / "second.yaml")
    for command in (("check",), ("build",), ("translate",)):
        done = program(*command, at=both)
        assert (done.code, "C101 the facts have the same name as facts/first" in done.err) == (1, True), command


def test_the_review_sheet_shows_both_with_remarks_of_their_own(both: Path, program: Program) -> None:
    assert program("translate", "review", "vi", at=both).code == 0
    markup = (both / "out" / "review-vi.html").read_text(encoding="utf-8")
    assert ("[first] Open the ferry" in markup, "[second] Open the tunnel" in markup) == (True, True)
    names = re.findall(r'<textarea name="([^"]+)"', markup)
    assert len(names) == len({*names})
    assert {"ferry text", "ferry text 2"} <= {*names}


def test_the_pseudo_locale_has_both(both: Path, program: Program, tmp_path: Path) -> None:
    assert program("translate", "pseudo", "--to", tmp_path / "pseudo", at=both).code == 0
    checked = program("check", at=tmp_path / "pseudo")
    assert (checked.code, checked.err) == (0, "")


@pytest.fixture
def with_one_record(both: Path) -> Path:
    """The first partnership and a third one that cites its record too, for another fact; the second is gone."""
    (both / "facts" / "second.yaml").unlink()
    (both / "seeds" / "second-talks.yaml").unlink()
    rmtree(both / "facts" / "locale" / "second")
    facts = """\
partnership: {id: third, name: Northland and the islands, parties: [NL, IS]}
parties:
  NL: {name: Northland}
  IS: {name: The islands}
themes: {sea: The sea}
meetings:
  - {id: port-talks, text: Port talks, theme: sea, cites: ["first-talks:L1"], on: first-talks@talks, form: talks}
"""
    (both / "facts" / "third.yaml").write_text(f"format: 2\n{facts}", encoding="utf-8")
    changed(both / "seeds" / "first-talks.yaml", "facts: [talks-2026]", "facts: [talks-2026, port-talks]")
    return both


def test_both_may_cite_one_record(with_one_record: Path, program: Program) -> None:
    program("translate", at=with_one_record)
    translate_all(with_one_record)
    checked = program("check", at=with_one_record)
    assert (checked.code, checked.err) == (0, ""), checked.err
    assert program(*BUILD, at=with_one_record).code == 0
    third = "".join(pages(with_one_record, "third").values())
    assert ("Port talks" in third, "Ada Holm" in third, "ferry" in third) == (True, False, False)
    changed(with_one_record / "seeds" / "first-talks.yaml", "port-talks]", "port-talks, no-talks]")
    assert "E207 there is no fact 'no-talks'" in program("check", at=with_one_record).err


def test_what_is_translated_for_one_is_offered_to_the_other(with_one_record: Path, program: Program) -> None:
    program("translate", at=with_one_record)
    third = {entry.msgctxt: (entry.msgstr, entry.fuzzy) for entry in catalog(with_one_record, "third")}
    assert third["source first-talks"] == ("[first] Sample press note on talks between two invented countries", False)
    assert third["party NL name"] == ("[first] Northland", False)
    assert third["port-talks text"] == third["party IS name"] == ("", False)
