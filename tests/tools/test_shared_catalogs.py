"""A shared catalog divided among partnerships: nothing that a translator wrote is lost, whoever the texts belong to."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.book import Message
from briefgen.model.findings import Location
from briefgen.read.catalog import Catalog, CatalogEntry, catalog_text, parse_catalog
from briefgen.tools.translations import divide, kind_of, known_translations, merge, with_known

CONTEXTS = st.sampled_from(["a text", "b text", "theme c", "party d name"])
ENGLISH = st.sampled_from(["one", "two", "three"])
WORDS = st.text("xyz", max_size=3)
TEXTS = st.dictionaries(CONTEXTS, ENGLISH)
NAMES = ("first", "second", "third")


def _entry(values: tuple[str, str, str, str, bool, bool, str]) -> CatalogEntry:
    context, english, words, comment, fuzzy, obsolete, previous = values
    entry = CatalogEntry(msgctxt=context, msgid=english, msgstr=words, tcomment=comment, obsolete=obsolete)
    if fuzzy:
        entry.flags, entry.previous_msgid = ["fuzzy"], previous
    return entry


ENTRIES = st.lists(
    st.tuples(CONTEXTS, ENGLISH, WORDS, WORDS, st.booleans(), st.booleans(), ENGLISH).map(_entry), max_size=8
).map(
    lambda found: [
        each
        for number, each in enumerate(found)
        if each.obsolete or each.msgctxt not in {other.msgctxt for other in found[:number] if not other.obsolete}
    ]
)


def messages(texts: Mapping[str, str]) -> tuple[Message, ...]:
    return tuple(Message(context=key, text=english, location=Location("")) for key, english in texts.items())


def divided(
    shared: Catalog, own: Mapping[str, Catalog], texts: Mapping[str, tuple[Message, ...]], *, whole: bool = True
) -> dict[str, Catalog]:
    """The shared catalog (by no name) and those of the partnerships, as they are written."""
    found = divide(shared, texts, whole=whole)
    written = {"": merge(found.shared, "vi", found.texts)[0] if whole else catalog_text(shared)}
    for name in texts:
        catalog = found.with_given(own.get(name, Catalog()), name)
        written[name] = merge(catalog, "vi", found.own_texts(catalog, texts[name]))[0]
    return {name: parse_catalog(text) for name, text in written.items()}


@given(ENTRIES, st.lists(TEXTS, min_size=2, max_size=3), ENTRIES)
def test_nothing_is_lost_and_to_do_it_again_changes_nothing(
    entries: list[CatalogEntry], texts: list[dict[str, str]], mine: list[CatalogEntry]
) -> None:
    named = {name: messages(each) for name, each in zip(NAMES, texts, strict=False)}
    shared = Catalog(header=CatalogEntry(msgstr="X-Team: ours\n"), entries=tuple(entries))
    once = divided(shared, {"first": Catalog(entries=tuple(mine))}, named)
    written = "".join(map(catalog_text, once.values()))
    for entry in (*entries, *mine):
        assert entry.msgstr in written
        assert entry.tcomment in written
    kept = [each for catalog in once.values() for each in catalog.entries]
    assert sum(map(_weight, kept)) >= len({(e.msgctxt, e.msgid, e.msgstr) for e in (*entries, *mine) if e.msgstr})
    again = divided(once.pop(""), once, named)
    assert {name: catalog_text(again[name]) for name in once} == {name: catalog_text(once[name]) for name in once}


def _weight(entry: CatalogEntry) -> int:
    """How many translations an entry holds, those in its comments too."""
    return bool(entry.msgstr) + entry.tcomment.count("another ")


@given(ENTRIES, st.lists(TEXTS, min_size=2, max_size=3))
def test_a_text_is_printed_in_the_same_words_as_before(
    entries: list[CatalogEntry], texts: list[dict[str, str]]
) -> None:
    named = {name: messages(each) for name, each in zip(NAMES, texts, strict=False)}
    done = {(e.msgctxt, e.msgid): e.msgstr for e in entries if e.msgstr and not e.fuzzy and not e.obsolete}
    after = divided(Catalog(entries=tuple(entries)), {}, named)
    for name, each in named.items():
        found = {
            (e.msgctxt, e.msgid): e.msgstr
            for catalog in (after[""], after[name])
            for e in catalog.entries
            if not e.fuzzy and not e.obsolete
        }
        for message in each:
            if words := done.get((message.context, message.text)):
                assert found.get((message.context, message.text)) == words


@given(ENTRIES, TEXTS)
def test_while_not_all_facts_can_be_read_the_shared_catalog_stays(
    entries: list[CatalogEntry], texts: dict[str, str]
) -> None:
    shared = Catalog(entries=tuple(entries))
    after = divided(shared, {}, {"first": messages(texts)}, whole=False)
    assert catalog_text(after[""]) == catalog_text(shared)
    live = {(e.msgctxt, e.msgid) for e in entries if not e.obsolete}
    assert {(e.msgctxt, e.msgid) for e in after["first"].entries} == {*texts.items()} - live


def test_a_new_catalog_gets_the_header_only_with_translations() -> None:
    header = CatalogEntry(msgstr="X-Team: ours\n", tcomment="Copyright: the desk")
    shared = Catalog(header=header, entries=(_entry(("a text", "one", "x", "", False, False, "")),), line_end="\r\n")
    after = divided(shared, {}, {"first": messages({"a text": "one"}), "second": messages({"a text": "two"})})
    assert ("X-Team: ours" in after["first"].header.msgstr, after["first"].line_end) == (True, "\r\n")
    assert ("X-Team: ours" in after["second"].header.msgstr, after["second"].line_end) == (False, "\n")
    assert after["first"].header.tcomment == "Copyright: the desk"


@pytest.mark.parametrize(
    ("context", "kind"),
    [
        ("ferry text", "text"),
        ("ferry note", "note"),
        ("trade tile", "tile"),
        ("trade name", "name"),
        ("partnership name", "partnership"),
        ("party NL name", "party"),
        ("person ada-holm name", "person"),
        ("term asean name", "term name"),
        ("term asean short", "term short"),
        ("theme trade", "theme"),
        ("publisher talks-2026", "publisher"),
        ("event talks-2026@visit", "event"),
    ],
)
def test_kinds_of_texts(context: str, kind: str) -> None:
    assert kind_of(context) == kind


def _known(*entries: tuple[str, str, str]) -> Mapping[tuple[str, str], list[CatalogEntry]]:
    return known_translations(
        _entry((context, english, words, "", False, False, "")) for context, english, words in entries
    )


@pytest.mark.parametrize(
    ("known", "context", "words", "fuzzy"),
    [
        ([("publisher a", "one", "x")], "publisher b", "x", False),
        ([("publisher a", "one", "x"), ("publisher c", "one", "y")], "publisher b", "x", True),  # in two ways
        ([("publisher a", "one", "x")], "source b", "", False),  # of another kind
        ([("term a short", "one", "x")], "term b name", "", False),
        ([("a text", "one", "x")], "b text", "x", True),  # a sentence may need other words elsewhere
        ([("a text", "one", "x"), ("b text", "one", "y")], "b text", "y", True),  # of its own id first
        ([("a text", "one", "x")], "b note", "", False),
        ([("person a name", "one", "x")], "person b name", "x", True),  # two people may share a name
        ([("person a name", "one", "x")], "person a name", "x", False),
        ([("publisher a", "two", "x")], "publisher b", "", False),
    ],
)
def test_a_known_translation_is_offered_where_the_kind_is_the_same(
    known: list[tuple[str, str, str]], context: str, words: str, *, fuzzy: bool
) -> None:
    entry = with_known(_entry((context, "one", "", "", False, False, "")), _known(*known))
    assert (entry.msgstr, entry.fuzzy) == (words, fuzzy)


def test_nothing_is_put_in_the_place_of_a_translation_nor_offered_from_a_guess() -> None:
    mine = _entry(("publisher b", "one", "mine", "", False, False, ""))
    assert with_known(mine, _known(("publisher a", "one", "x"))) is mine
    guess = _entry(("publisher a", "one", "x", "", True, False, "two"))
    out_of_use = _out_of_use(_entry(("publisher c", "one", "x", "", False, False, "")))
    empty = _entry(("publisher b", "one", "", "", False, False, ""))
    assert with_known(empty, known_translations([guess, out_of_use])).msgstr == ""


def _out_of_use(entry: CatalogEntry) -> CatalogEntry:
    entry.obsolete = True
    return entry
