"""Whatever can be wrong with any key of any file is told in our own words, at its place."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path as FilePath
from typing import Any

import pytest
from pydantic import ValidationError

from briefgen import model
from briefgen.check.languages import TermList
from briefgen.localise.language import LanguageFile
from briefgen.model import book, facts, records
from briefgen.model.book import FactFile
from briefgen.model.records import Source
from briefgen.read.validate import EXPECTED, _adapter, keys_at, read_as
from briefgen.read.workspace import Settings

from .specimens import as_file, dataclasses_in, paths_in, specimen, spoilt

FILES = (FactFile, Source, Settings, LanguageFile, TermList)
CLASSES = tuple(dict.fromkeys(each for file in FILES for each in dataclasses_in(file)))
FROM_YAML: tuple[Any, ...] = (None, "", "y?", "9" * 5000, "1.5", [], ["x"], {}, {"zz": "x"})
FROM_TOML: tuple[Any, ...] = (3, 2.5, float("inf"), True, date(2025, 8, 11))


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_fault_of_every_key_is_told_in_our_words(kind: Any) -> None:
    whole = specimen(kind)
    before = set(read_as(kind, as_file(whole))[1])
    for key in whole:
        for wrong in (*FROM_YAML, *FROM_TOML):
            for finding in {*read_as(kind, as_file(spoilt(whole, (key,), wrong)))[1]} - before:
                assert "is not as expected (" not in finding.message, (key, wrong)
                assert finding.location.file.split("/")[0] in (key, "top"), (key, wrong)
                assert finding.code in ("F002", "F003", "F004")


def test_a_kind_of_fault_without_words_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(EXPECTED, "bool_parsing")
    with pytest.raises(AssertionError, match="bool_parsing"):
        test_every_fault_of_every_key_is_told_in_our_words(facts.Summit)


def _kinds_of_fault() -> Iterator[str]:
    for kind in CLASSES:
        whole = specimen(kind)
        for key in whole:
            for wrong in (*FROM_YAML, *FROM_TOML):
                try:
                    _adapter(kind).validate_python(spoilt(whole, (key,), wrong))
                except ValidationError as error:
                    yield from (fault["type"] for fault in error.errors(include_url=False))


def test_each_of_our_words_is_needed() -> None:
    needed = EXPECTED.keys() - {"mapping_type"}
    for found in _kinds_of_fault():
        needed -= {found}
        if not needed:
            return
    pytest.fail(f"no fault is one of: {needed}")


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_an_unknown_key_is_forbidden_everywhere(kind: Any) -> None:
    (finding,) = [each for each in read_as(kind, as_file(specimen(kind) | {"zzz": "x"}))[1] if each.code == "F002"]
    assert (finding.location.file, finding.message) == ("zzz", "the key 'zzz' is not known here")


def test_every_class_of_the_model_that_a_file_is_made_of_is_among_them() -> None:
    modules = {each.__name__.rpartition(".")[2] for each in (book, facts, records)}
    assert modules <= {path.stem for path in FilePath(model.__path__[0]).glob("*.py")}
    written = {each for module in (book, facts, records) for each in vars(module).values() if _is_of_a_file(each)}
    assert written - {facts.FileSchema, facts.Fact, records.Dated} <= set(CLASSES)


def _is_of_a_file(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, "__pydantic_config__")


@pytest.mark.parametrize("file", [FactFile, Source], ids=lambda kind: kind.__name__)
def test_a_mistyped_key_is_led_to_the_nearest_at_any_depth(file: Any) -> None:
    whole = specimen(file)
    for path, value in paths_in(whole):
        known = keys_at(file, path)
        if known and isinstance(value, dict):
            key = max(known, key=len)
            mistyped = spoilt(whole, (*path, key + "e"), "x")
            findings = [each for each in read_as(file, as_file(mistyped))[1] if each.code == "F002"]
            assert [each.hint for each in findings] == [f"did you mean '{key}'?"], path


@pytest.mark.parametrize(
    ("file", "path", "wrong", "sentence", "hint"),
    [
        (FactFile, ("statements", 0, "act"), "agree", "'agree' is none of: requested, hoped", "'agreed'"),
        (FactFile, ("summits", 0, "held"), "perhaps", "'held': 'true' or 'false' is expected here", ""),
        (FactFile, ("statements", 0, "rank"), "1.5", "'rank': a whole number is expected here", ""),
        (FactFile, ("statements", 0, "by"), "VN", "'by': a list is expected here: [one, two], or a line with", ""),
        (FactFile, ("statements", 0, "text"), None, "'text': a text is expected here", ""),
        (FactFile, ("statements", 0), "x", "lines of 'key: value' are expected here", ""),
        (FactFile, ("people",), [], "'people': lines of 'key: value' are expected here", ""),
        (FactFile, ("statements", 0, "due", "value"), "soon", "'soon' is no value; values are written like", ""),
        (FactFile, ("statements", 0, "due", "cite"), "a:L1", "'a:L1' names no figure of a source", ""),
        (Source, ("published", "basis"), "pres", "'pres' is none of: text, derived, press", "'press'"),
        (Source, ("lines", 0, "reports", "1"), "fulfiled", "'fulfiled' is none of: not started", "'fulfilled'"),
    ],
)
def test_the_sentence_says_what_is_expected(file: Any, path: Any, wrong: Any, sentence: str, hint: str) -> None:
    (finding,) = read_as(file, as_file(spoilt(specimen(file), path, wrong)))[1]
    assert (finding.code, finding.location.file) == ("F004", "/".join(map(str, path)))
    assert finding.message.startswith(sentence)
    assert hint in finding.hint


@pytest.mark.parametrize("word", ["true", "yes", "on", "True", "1"])
def test_yes_and_true_mean_the_same(word: str) -> None:
    assert read_as(facts.Tile, as_file(specimen(facts.Tile)))[0] is not None
    summit, _ = read_as(facts.Summit, as_file(specimen(facts.Summit) | {"held": word}))
    assert summit is not None
    assert summit.held
