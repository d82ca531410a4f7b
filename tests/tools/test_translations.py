"""Catalogs brought up to date: what a translator did is never lost, and never given to another text."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from polib import escape

from briefgen.model.book import Message
from briefgen.model.findings import FindingsError, Location
from briefgen.read.catalog import Catalog, CatalogEntry, catalog_text, is_done, parse_catalog
from briefgen.tools.translations import Progress, entries_for, machine_translated, merge

NOWHERE = Location("")
NO_DATE = "warning: header field 'PO-Revision-Date' missing in header"
PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0xFFFF, exclude_categories=["C", "Z"]), min_size=1)
TEXTS = st.dictionaries(st.sampled_from(["a text", "a note", "b text", "c text", "d tile"]), PRINTABLE, min_size=1)

EDITED = """\
# Người dịch: Phòng Dịch thuật
msgid ""
msgstr ""
"PO-Revision-Date: 2026-11-21 09:00+0700\\n"
"Last-Translator: Ada\\n"
"Language: en\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

# native check: the usual word?
#
# second remark, long enough to be wrapped by a writer that wraps what people have written in catalogs
#. templates/full-briefing.html
#, python-format, no-wrap
msgctxt "a text"
msgid "5% in one year"
msgstr "5% trong một năm"

#, fuzzy
#| msgctxt "b text"
#| msgid "Before \\"that\\""
msgctxt "b text"
msgid "Before this"
msgstr "Trước đó"

# kept for later
#, fuzzy
#~| msgid "Older"
#~ msgctxt "c text"
#~ msgid "Old"
#~ msgstr "Cũ"
"""


def texts(wanted: dict[str, str]) -> list[Message]:
    return [Message(context=context, text=english, location=NOWHERE) for context, english in wanted.items()]


class Merged(NamedTuple):
    catalog: str
    progress: Progress


def merged_with(old: str, wanted: list[Message]) -> Merged:
    return Merged(*merge(parse_catalog(old), "vi", wanted))


def merged(old: str, **wanted: str) -> Merged:
    return merged_with(old, texts({f"{name} text": english for name, english in wanted.items()}))


def test_a_new_text_is_missing_and_counted() -> None:
    found = merged("", a="Hello there", b="World").progress
    assert (found.translated, found.fuzzy, found.missing, found.words_left, found.percent) == (0, 0, 2, 3, 0)


def test_all_that_people_wrote_stays() -> None:
    catalog = merged(EDITED, a="5% in one year", b="Before this", c="Old").catalog
    for line in EDITED.splitlines():
        unwritten = ("Language: en", "python-format", "#. ", "#~")
        if not any(mark in line for mark in unwritten):
            assert line in catalog.splitlines()
    assert '"Language: vi\\n"' in catalog
    assert "#, no-wrap\n" in catalog


def test_what_is_obsolete_comes_back_with_its_text() -> None:
    assert "#~ msgstr" in merged(EDITED, a="5% in one year").catalog
    back = merged(merged(EDITED, a="5% in one year").catalog, a="5% in one year", b="Before this", c="Old")
    assert back.catalog == merged(EDITED, a="5% in one year", b="Before this", c="Old").catalog
    assert '# kept for later\n#, fuzzy\n#| msgid "Older"\nmsgctxt "c text"\nmsgid "Old"\nmsgstr "Cũ"\n' in back.catalog


def test_a_changed_text_keeps_its_translation_as_a_guess_and_the_english_it_was_made_for() -> None:
    changed = merged(EDITED, a="6% in one year")
    assert '#| msgid "5% in one year"\nmsgctxt "a text"\nmsgid "6% in one year"\nmsgstr "5% trong' in changed.catalog
    again = merged(changed.catalog, a="7% in one year")
    assert '#| msgid "5% in one year"\nmsgctxt "a text"\nmsgid "7% in one year"' in again.catalog
    assert (again.progress.fuzzy, again.progress.percent) == (1, 0)


def test_labels_are_known_by_their_english() -> None:
    label = Message(context="", text="Open", location=Location("templates/parts/asks.html"))
    catalog = machine_translated("vi", [label], lambda _: "Còn hạn")
    assert "#. templates/parts/asks.html\n" in merged_with(catalog, [label]).catalog
    other = merged_with(catalog, [Message(context="", text="Opened", location=NOWHERE)])
    assert other.progress.missing == 1
    assert '#~ msgid "Open"' in other.catalog


def test_what_is_no_catalog_is_refused() -> None:
    with pytest.raises(FindingsError, match="this is not a line of a catalog"):
        merged("what is this\n", a="Hello")


@given(TEXTS, TEXTS)
def test_a_translation_belongs_to_its_own_text_for_ever(before: dict[str, str], after: dict[str, str]) -> None:
    old = machine_translated("vi", texts(before), lambda english: f"«{english}»")
    new = parse_catalog(merged_with(old, texts(after)).catalog)
    found = {entry.msgctxt: entry for entry in entries_for(new, texts(after))}
    for context, english in after.items():
        entry = found[context]
        assert is_done(entry) == (before.get(context) == english)
        assert entry.msgstr == (f"«{before[context]}»" if context in before else "")
        assert bool(entry.previous_msgid) == (context in before and before[context] != english)


@given(TEXTS, TEXTS)
def test_merging_again_changes_no_byte(before: dict[str, str], after: dict[str, str]) -> None:
    once = merged_with(machine_translated("vi", texts(before), str.upper), texts(after))
    assert merged_with(once.catalog, texts(after)) == once


@given(TEXTS, st.sets(st.sampled_from(["a text", "a note", "b text", "c text", "d tile"])))
def test_texts_that_return_find_everything_as_it_was(before: dict[str, str], taken: set[str]) -> None:
    old = merged_with(machine_translated("vi", texts(before), str.upper), texts(before)).catalog
    rest = {context: english for context, english in before.items() if context not in taken}
    assert merged_with(merged_with(old, texts(rest)).catalog, texts(before)).catalog == old


LIVE = 'msgctxt "ferry text"\nmsgid "Open the ferry route"\nmsgstr ""\n'
OBSOLETE = '#~ msgctxt "ferry text"\n#~ msgid "Open the ferry route"\n#~ msgstr "Mở tuyến phà"\n'
FERRY = 'msgctxt "ferry text"\nmsgid "Open the ferry route"\nmsgstr "Mở tuyến phà"\n'


def body(catalog: str) -> str:
    """What comes after the header."""
    return catalog.partition("\n\n")[2]


@pytest.mark.parametrize(
    ("live", "obsolete", "after"),
    [
        (LIVE, OBSOLETE, FERRY),
        (LIVE.replace('msgstr ""', 'msgstr " "'), OBSOLETE, f'# another translation: " "\n{FERRY}'),
        (f"# a question\n{LIVE}", f"# an answer\n{OBSOLETE}", f"# an answer\n# a question\n{FERRY}"),
        (
            "#, fuzzy\n" + LIVE.replace('msgstr ""', 'msgstr "Mở cầu"'),
            OBSOLETE,
            f'# another guess: "Mở cầu"\n{FERRY}',
        ),
        (LIVE, OBSOLETE.replace("Open", "Close"), f'#, fuzzy\n#| msgid "Close the ferry route"\n{FERRY}'),
        (LIVE, f"#, fuzzy\n{OBSOLETE}", f"#, fuzzy\n{FERRY}"),
        (FERRY, OBSOLETE, FERRY),
        (FERRY, OBSOLETE.replace("tuyến", "đường"), f'# another translation: "Mở đường phà"\n{FERRY}'),
        (LIVE, f"{OBSOLETE}\n{OBSOLETE}", FERRY),
        (LIVE, OBSOLETE + "\n" + OBSOLETE.replace("Open", "Close"), FERRY + "\n" + OBSOLETE.replace("Open", "Close")),
    ],
    ids=[
        "empty",
        "blank",
        "with comments",
        "a guess",
        "another English",
        "both are guesses",
        "the same translation",
        "two translations",
        "twice obsolete",
        "an older text stays obsolete",
    ],
)
def test_an_obsolete_translation_is_taken_up_again(live: str, obsolete: str, after: str) -> None:
    catalog = merged(f"{live}\n{obsolete}", ferry="Open the ferry route").catalog
    assert body(catalog) == after
    assert merged(catalog, ferry="Open the ferry route").catalog == catalog


def test_an_obsolete_label_is_taken_up_again() -> None:
    old = 'msgid "Open"\nmsgstr ""\n\n#~ msgid "Open"\n#~ msgstr "Còn hạn"\n'
    catalog = merged_with(old, [Message(context="", text="Open", location=NOWHERE)]).catalog
    assert body(catalog) == 'msgid "Open"\nmsgstr "Còn hạn"\n'


FIELDS = '"Last-Translator: Lan <lan@example.org>\\n"\n"X-Generator: Poedit 3\\n"\n'
HEADERS = {
    "on one line": 'msgid ""\nmsgstr "Last-Translator: Lan <lan@example.org>\\nX-Generator: POT\\nLanguage: vi\\n"\n',
    "after an empty line": f'\nmsgid ""\nmsgstr ""\n{FIELDS}',
    "comment below its flag": f'# of the desk\n#, fuzzy\n# still of the desk\nmsgid ""\nmsgstr ""\n{FIELDS}',
    "wrapped": (
        'msgid ""\nmsgstr ""\n"Last-Translator: Lan "\n"<lan@example.org>\\n"\n'
        '"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && "\n'
        '"n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"\n'
    ),
}


@pytest.mark.parametrize("header", HEADERS)
def test_the_header_is_kept(header: str) -> None:
    catalog = merged(f"{HEADERS[header]}\n{FERRY}", ferry="Open the ferry route").catalog
    fields = parse_catalog(catalog).header.msgstr.splitlines()
    for line in parse_catalog(HEADERS[header]).header.msgstr.splitlines():
        assert line in fields
    assert "Last-Translator: Lan <lan@example.org>" in fields
    assert fields.count("Language: vi") == 1
    for comment in re.findall("(?m)^# .*$", HEADERS[header]):
        assert comment in catalog.splitlines()
    assert merged(catalog, ferry="Open the ferry route").catalog == catalog


def test_a_header_that_is_whole_is_not_touched() -> None:
    header = merged("", ferry="Open the ferry route").catalog.partition("\n\n")[0]
    header = header.replace("charset=utf-8", "charset=UTF-8").replace("Language: vi", "Language: vi_VN")
    assert merged(f"{header}\n\n{FERRY}", ferry="Open the ferry route").catalog == f"{header}\n\n{FERRY}"


PLURAL = """\
# the forms of a day
msgctxt "days"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} ngày"
msgstr[1] "{n} ngày và hơn"
"""


def test_an_entry_with_plural_forms_is_kept_and_is_no_text() -> None:
    catalog = merged(PLURAL, ferry="Open the ferry route").catalog
    for line in PLURAL.splitlines():
        assert line.replace("msg", "#~ msg", 1) in catalog
    twin = PLURAL.replace('"days"', '"ferry text"').replace('"{n} day"', '"Open the ferry route"')
    found = merged(twin, ferry="Open the ferry route")
    assert found.progress.missing == 1
    assert '# another translation: "{n} ngày"\n# another translation: "{n} ngày và hơn"\n' in found.catalog


def test_comments_that_belong_to_no_text_are_kept() -> None:
    catalog = merged(f"# of the desk\n\n{FERRY}\n# vim: set tw=0:\n#.\n", ferry="Open the ferry route").catalog
    assert f"# of the desk\n{FERRY}\n# vim: set tw=0:\n#.\n" in catalog
    question = merged(catalog.replace("Mở tuyến phà", "")).catalog
    assert '# of the desk\n#~ msgctxt "ferry text"\n#~ msgid "Open the ferry route"\n#~ msgstr ""\n' in question


def test_the_line_ends_stay() -> None:
    old = merged(EDITED, a="5% in one year").catalog.replace("\n", "\r\n")
    assert merged(old, a="5% in one year").catalog == old
    new = merged(old, a="6% in one year").catalog
    assert new.count("\n") == new.count("\r\n") > 10


WORDS = st.sampled_from(["Biển", "Đông", "phà", 'a "b"', "c\\d", "e\nf"])
ENTRIES = st.builds(
    CatalogEntry,
    msgctxt=st.sampled_from(["a text", "b text", "c text", None]),
    msgid=st.sampled_from(["A", "B"]),
    msgstr=st.one_of(st.just(""), WORDS),
    tcomment=st.one_of(st.just(""), st.sampled_from(["note", "native check"])),
    flags=st.lists(st.sampled_from(["fuzzy", "no-wrap"]), unique=True),
    obsolete=st.booleans(),
)


@given(st.lists(ENTRIES, max_size=6), st.sets(st.sampled_from(["a", "b", "c"])))
def test_nothing_that_was_typed_is_lost(entries: list[CatalogEntry], wanted: set[str]) -> None:
    old = catalog_text(Catalog(entries=tuple(entries)))
    try:
        parse_catalog(old)
    except FindingsError:
        return  # live entries for the same text are refused
    new = merged(old, **dict.fromkeys(wanted, "A")).catalog
    assert merged(new, **dict.fromkeys(wanted, "A")).catalog == new
    for entry in entries:
        for typed in (escape(entry.msgstr), entry.tcomment):
            assert typed in new.replace('\\n"\n"', "\\n").replace('\\n"\n#~ "', "\\n")
    names = [(entry.msgctxt, entry.msgid) for entry in parse_catalog(new).entries]
    assert len(names) == len(set(names)), "msgfmt refuses a second entry with the same msgctxt and msgid"


@pytest.mark.skipif(
    not shutil.which("msgfmt"),
    reason="NOT CHECKED: that gettext's own msgfmt takes the catalogs; how Babel reads them is checked above",
)
def test_gettext_finds_nothing_wrong(tmp_path: Path) -> None:
    long = "word " * 60 + 'with "quotes", a \\ and a\ttab'
    for name, catalog in {
        "new": merged("", a=long, b="100% done").catalog,
        "edited": merged(EDITED, a="5% in one year", b="Before this").catalog,
        "changed": merged(merged(EDITED, a=long).catalog, a="Short").catalog,
        "emptied": merged(EDITED).catalog,
        "wrapped": merged(HEADERS["wrapped"], a="100% done").catalog,
        "plural": merged(PLURAL, a="100% done").catalog,
        "twins": merged(f"{FERRY}\n{OBSOLETE.replace('tuyến', 'đường')}", ferry="Open the ferry route").catalog,
    }.items():
        (tmp_path / f"{name}.po").write_text(catalog, encoding="utf-8")
        command = ["msgfmt", "--check", "--output-file", "/dev/null", str(tmp_path / f"{name}.po")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        told = done.stderr.replace(f"{tmp_path / name}.po:2: {NO_DATE}\n", "")
        assert (done.returncode, told) == (0, ""), name


def test_a_new_header_has_no_empty_date_and_an_old_one_loses_it() -> None:
    """`pybabel compile` stops at an empty date; `msgfmt` only warns of none."""
    for before in ("", 'msgid ""\nmsgstr ""\n"PO-Revision-Date: \\n"\n"POT-Creation-Date:\\n"\n"Language: en\\n"\n'):
        catalog = merged(before, a="100% done").catalog
        assert "Date" not in catalog
        assert [message.id for message in read_po(BytesIO(catalog.encode()))] == ["", "100% done"]
