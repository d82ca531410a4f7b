"""A file is read again only when its content differs; what is read while it changes is not kept."""

from collections.abc import Iterator
from pathlib import Path

from briefgen.read.unchanged import while_unchanged


def test_only_a_change_of_content_or_argument_is_read(tmp_path: Path) -> None:
    path, calls = tmp_path / "a", []

    def files(word: str) -> Iterator[Path]:
        yield path
        yield from sorted(tmp_path.glob("*.more"))

    @while_unchanged(files)
    def read(word: str) -> str:
        calls.append(word)
        return f"{word} {path.read_text()}"

    path.write_text("one")
    assert read("x") is read("x")
    path.write_text("two")
    assert read("x") == "x two"
    path.write_text("one")
    assert (read("x"), len(calls)) == ("x one", 2)
    (tmp_path / "b.more").write_text("")
    read("x")
    read("y")
    assert len(calls) == 4


def test_what_changes_meanwhile_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("before")

    @while_unchanged(lambda: [path])
    def read() -> str:
        text = path.read_text()
        path.write_text("after")
        return text

    assert [read(), read(), read()] == ["before", "after", "after"]
