"""A small file of one's own beside that of a language: it adds to it, and what is wrong in it is told at its line."""

from pathlib import Path

from conftest import Told, changed

OVERLAY = """patterns:
  counts:
    units:
      gigabytes: {one: "{number} gigabyte", other: "{number} gigabytes"}
reading:
  units: {GB: gigabytes}
"""


def _overlay(desk: Path, text: str, name: str = "en.local.yaml") -> None:
    path = desk / "templates" / "languages" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _with_gigabytes(desk: Path) -> None:
    changed(desk / "facts" / "sample.yaml", "Open the ferry route all year round", "Carry {data} all year round")
    cite = 'cites: ["sample-talks-2026:L3"]\n    by: [SL]'
    value = '    values: {data: {value: 2.5 gigabytes, cite: "sample-talks-2026:L3#data"}}'
    changed(desk / "facts" / "sample.yaml", cite, f"{cite}\n{value}")
    figure = 'holder: {value: "@ada-holm", as: Ada Holm}'
    changed(
        desk / "seeds" / "sample-talks-2026.yaml", figure, f"data: {{value: 2.5 gigabytes, as: 2.5 GB}}\n      {figure}"
    )


def test_a_unit_of_ones_own_is_read_and_printed(tiny: Path, told: Told) -> None:
    _with_gigabytes(tiny)
    refused = told("check", at=tiny)
    assert "'en_GB' has no counter for 'gigabytes'" in refused.out + refused.err
    _overlay(tiny, OVERLAY)
    assert told("build", at=tiny).code == 0
    (made,) = (tiny / "out").glob("*/latest/at-a-glance.en.html")
    assert "Carry <data" in made.read_text("utf-8")
    assert "2.5 gigabytes</data> all year round" in made.read_text("utf-8")


def test_what_is_wrong_in_it_is_told_at_its_own_line(tiny: Path, told: Told) -> None:
    _overlay(tiny, OVERLAY.replace('{number} gigabyte"', '{numbr} gigabyte"'))
    wrong = told("check", at=tiny)
    assert "templates/languages/en.local.yaml:4:" in wrong.out + wrong.err
    assert "{numbr}" in wrong.out + wrong.err


def test_one_of_no_language_is_told(tiny: Path, told: Told) -> None:
    _overlay(tiny, OVERLAY, "enn.local.yaml")
    wrong = told("check", at=tiny)
    assert "templates/languages/enn.local.yaml" in wrong.out + wrong.err
    assert "Y009" in wrong.out + wrong.err


def test_a_fault_in_a_language_that_only_texts_are_read_in_is_told_by_check_and_wherever_its_words_are_wanted(
    tiny: Path, told: Told
) -> None:
    _overlay(tiny, "reading:\n  locale: fi\n  negations: {denial: [ei]}\n", "fi.yaml")
    (tiny / "news.txt").write_text("Kauppa oli noin kolme miljoonaa euroa vuonna 2026.\n", encoding="utf-8")
    for command in (["check"], ["sources", "add", "news.txt", "--lang", "fi"]):
        wrong = told(*command, at=tiny)
        assert "templates/languages/fi.yaml:3:14: error F004 'negations': a list is expected" in wrong.out + wrong.err
        assert wrong.code == 1
