"""A manifest says the same after it was written and read; older ones are read, and what nobody wrote is not."""

import json
from dataclasses import MISSING, fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.model.edition import Making, Manifest, read_manifest

from .editions import FACTS

NEW = {each.name for each in fields(Manifest) if each.default is not MISSING or each.default_factory is not MISSING}
NEW |= {"making", "public_date"}
"""What the first manifests did not say."""
NAMES = st.text(st.characters(exclude_characters="/.\0", codec="utf-8"), min_size=1)


@given(
    st.builds(
        Manifest,
        making=st.sampled_from(Making),
        partnership=NAMES,
        facts=st.integers(0),
        edition=st.none() | st.integers(1),
        revision=st.integers(1),
        as_of=st.dates(),
        public_date=st.dates(),
        next_change=st.none() | st.dates(),
        files=st.dictionaries(NAMES, NAMES),
    )
)
def test_what_is_written_is_read(manifest: Manifest) -> None:
    assert read_manifest(manifest.to_json()) == manifest


def test_every_field_is_written() -> None:
    assert list(json.loads(FACTS.to_json())) == [each.name for each in fields(Manifest)]


def test_an_older_manifest_is_read() -> None:
    said = {key: value for key, value in json.loads(FACTS.to_json()).items() if key not in NEW}
    manifest = read_manifest(json.dumps(said))
    assert (manifest.public_date, manifest.major, manifest.draft) == (date(2026, 11, 21), True, False)
    assert manifest.inputs_sha256 == ""


def test_what_a_newer_program_adds_is_passed_over() -> None:
    assert read_manifest(json.dumps({**json.loads(FACTS.to_json()), "mood": "fine"})) == FACTS


@pytest.mark.parametrize("key", [each.name for each in fields(Manifest) if each.name not in NEW])
def test_without_one_of_its_keys_it_is_none(key: str) -> None:
    said = json.loads(FACTS.to_json())
    del said[key]
    with pytest.raises(ValueError, match=f"^the key '{key}' is missing$"):
        read_manifest(json.dumps(said))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("partnership", 3),
        ("edition", "1"),
        ("edition", True),
        ("edition", 1.5),
        ("revision", None),
        ("revision", -1),
        ("as_of", "2026-13-01"),
        ("as_of", 20261121),
        ("next_change", "soon"),
        ("major", "yes"),
        ("draft", 0),
        ("languages", "en"),
        ("languages", ["en", 1]),
        ("files", []),
        ("files", {"one.html": 1}),
        ("files", {"one\0.html": "a"}),
        ("files", {"../one.html": "a"}),
        ("files", {"..": "a"}),
        ("files", {"": "a"}),
    ],
)
def test_a_value_of_another_type_is_refused(key: str, value: object) -> None:
    said = {**json.loads(FACTS.to_json()), key: value}
    with pytest.raises(ValueError, match=rf" \(in {key}\b|of an edition"):
        read_manifest(json.dumps(said))


@pytest.mark.parametrize(("edition", "revision", "name"), [(None, 1, ""), (7, 1, "7"), (7, 2, "7r2")])
def test_what_people_call_it(edition: int | None, revision: int, name: str) -> None:
    said = {**json.loads(FACTS.to_json()), "edition": edition, "revision": revision}
    assert read_manifest(json.dumps(said)).name == name
