"""Catalogs brought up to date: what a translator did is never lost, and never given to another text."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.findings import Location
from briefgen.tools.translations import Merged, Text, entries, filled, merge

NOWHERE = Location("")
PRINTABLE = st.text(st.characters(min_codepoint=32, max_codepoint=0xFFFF, exclude_categories=["C", "Z"]), min_size=1)
TEXTS = st.dictionaries(st.sampled_from(["a text", "a note", "b text", "c text", "d tile"]), PRINTABLE, min_size=1)

EDITED = """\
# Người dịch: Phòng Dịch thuật
msgid ""
msgstr ""
"PO-Revision-Date: \\n"
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


def texts(wanted: dict[str, str]) -> list[Text]:
    return [Text(context=context, english=english, location=NOWHERE) for context, english in wanted.items()]


def merged(old: str, **wanted: str) -> Merged:
    return merge(old, "vi", texts({f"{name} text": english for name, english in wanted.items()}))


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
    label = Text(context="", english="Open", location=Location("templates/parts/asks.html"))
    catalog = filled("vi", [label], lambda _: "Còn hạn")
    assert "#. templates/parts/asks.html\n" in merge(catalog, "vi", [label]).catalog
    other = merge(catalog, "vi", [Text(context="", english="Opened", location=NOWHERE)])
    assert other.progress.missing == 1
    assert '#~ msgid "Open"' in other.catalog


def test_what_is_no_catalog_is_refused() -> None:
    with pytest.raises(ValueError, match="Unknown or misformatted keyword"):
        merged("what is this\n", a="Hello")


@given(TEXTS, TEXTS)
def test_a_translation_belongs_to_its_own_text_for_ever(before: dict[str, str], after: dict[str, str]) -> None:
    old = filled("vi", texts(before), lambda english: f"«{english}»")
    found = {entry.context: entry for entry in entries(merge(old, "vi", texts(after)).catalog, texts(after))}
    for context, english in after.items():
        entry = found[context]
        assert entry.done == (before.get(context) == english)
        assert entry.translation == (f"«{before[context]}»" if context in before else "")
        assert bool(entry.previous) == (context in before and before[context] != english)


@given(TEXTS, TEXTS)
def test_merging_again_changes_no_byte(before: dict[str, str], after: dict[str, str]) -> None:
    once = merge(filled("vi", texts(before), str.upper), "vi", texts(after))
    assert merge(once.catalog, "vi", texts(after)) == once


@given(TEXTS, st.sets(st.sampled_from(["a text", "a note", "b text", "c text", "d tile"])))
def test_texts_that_return_find_everything_as_it_was(before: dict[str, str], taken: set[str]) -> None:
    old = merge(filled("vi", texts(before), str.upper), "vi", texts(before)).catalog
    rest = {context: english for context, english in before.items() if context not in taken}
    assert merge(merge(old, "vi", texts(rest)).catalog, "vi", texts(before)).catalog == old


# a second opinion by another program; our own checks of the catalogs run everywhere
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed here")
def test_gettext_finds_nothing_wrong(tmp_path: Path) -> None:
    long = "word " * 60 + 'with "quotes", a \\ and a\ttab'
    for name, catalog in {
        "new": merged("", a=long, b="100% done").catalog,
        "edited": merged(EDITED, a="5% in one year", b="Before this").catalog,
        "changed": merged(merged(EDITED, a=long).catalog, a="Short").catalog,
        "emptied": merged(EDITED).catalog,
    }.items():
        (tmp_path / f"{name}.po").write_text(catalog, encoding="utf-8")
        command = ["msgfmt", "--check", "--output-file", "/dev/null", str(tmp_path / f"{name}.po")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), name
