"""Fonts of a desk's own are asked for by the family names that stand in them, whatever the files are called."""

import struct
from pathlib import Path

import pytest
from conftest import PROJECT, Read, Told, said
from fontTools.fontBuilder import FontBuilder


def _names_alike(number: int) -> bytes:
    """Return a font with so many names, which are all the same 60,000 bytes of it."""
    names = (
        struct.pack(">HHHHHHH", 0, number, 6, 3, 1, 0x409, 1)
        + struct.pack(">HHHHHH", 60_000, 0, 3, 1, 0x409, 1) * number
    )
    return struct.pack(">IHHHH4sIII", 0x10000, 1, 0, 0, 0, b"name", 0, 28, len(names)) + names + b"\0" * 60_000


SHIPPED = PROJECT / "templates" / "fonts" / "Pretendard-SemiBold.ttf"


def _font(path: Path, family: str) -> None:
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef"])
    builder.setupNameTable({"familyName": {"en": family, "ko": "우리 글꼴"}})
    path.parent.mkdir(exist_ok=True)
    builder.save(path)


@pytest.mark.parametrize("family", ["House Sans", "우리 글꼴", "Pretendard", "Pretendard SemiBold"])
@pytest.mark.parametrize("name", ["a.ttf", "B.OTF"])
def test_a_family_is_found_by_any_of_its_names(name: str, family: str, read: Read, tmp_path: Path) -> None:
    _font(tmp_path / "templates" / "fonts" / name, "House Sans")
    assert said(read(f"fonts:\n  ko: {family}\n", "en")[1]) == []


def test_k902_a_font_of_another_name(read: Read, tmp_path: Path) -> None:
    _font(tmp_path / "templates" / "fonts" / "house.ttf", "House Sans")
    (told,) = said(read("fonts:\n  ko: House\n", "en")[1])
    assert "K902 no font of the family 'House' is in templates/fonts" in told


@pytest.mark.parametrize("size", [0, 3, 100, 400, 5000, 100_000])
def test_a_damaged_font_has_no_names(size: int, read: Read, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The build tells of it; here nothing is raised, and nothing logged."""
    (tmp_path / "templates" / "fonts").mkdir()
    content = SHIPPED.read_bytes()
    (tmp_path / "templates" / "fonts" / "house.ttf").write_bytes(content[:size])
    (tmp_path / "templates" / "fonts" / "other.otf").write_bytes(content[:40] + b"\xff" * size)
    (told,) = said(read("fonts:\n  ko: House\n", "en")[1])
    assert "K902 no font of the family 'House' is in templates/fonts" in told
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.ttf", b"<html>", "is no .ttf font, whatever its name says"),
        ("a.OTF", b"", "is no .otf font, whatever its name says"),
        ("a.ttf", b"wOF2" + b"\0" * 40, "is no .ttf font, whatever its name says"),
        ("a.woff2", b"wOF2" + b"\0" * 40, "is cut off"),
        ("a.ttf", b"\0\1\0\0\0\x10", "is cut off"),
        ("a.ttf", SHIPPED.read_bytes()[:-1000], "is cut off"),
        ("a.ttf", _names_alike(50_000), "has 3,000,000,000 bytes of names; the limit is 5,000,000"),
        ("a.ttc", b"ttcf\0\1\0\0\0\0\0\1\0\0\0\x10\0\1\0\0\0\1", "is cut off"),
    ],
)
def test_k902_what_is_no_whole_font_is_told(name: str, content: bytes, said: str, starter: Path, told: Told) -> None:
    fonts = starter / "templates" / "fonts"
    fonts.mkdir(parents=True)
    (fonts / name).write_bytes(content)
    (fonts / "whole.ttf").write_bytes(SHIPPED.read_bytes())
    _font(fonts / "own.otf", "House Sans")
    (starter / "templates" / "look.yaml").write_text("fonts: {en: House Sans, default: Pretendard}\n")
    assert told("check", at=starter).err.count("K902") == 1
    assert f"templates/fonts/{name}: error K902 {said}" in told("build", at=starter).err


def test_k902_more_fonts_than_are_read_in_good_time_are_told_where_there_are_too_many(
    starter: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.read.files.MAX_FONTS", 600)
    for name in "abcd":
        _font(starter / "templates" / "fonts" / f"{name}.ttf", "House Sans")
    (starter / "templates" / "fonts" / "README.md").write_text("x" * 9_000)
    size = (starter / "templates" / "fonts" / "a.ttf").stat().st_size
    assert 200 < size <= 300, "two of them are within the limit, and four are not"
    said = told("check", at=starter).err
    assert said.count("K902") == 1
    assert "the limit is 600, for each is read in full" in said
