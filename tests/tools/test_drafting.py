"""What a draft holds: nothing sure that is wrong, no numbers of paragraphs, and doubts in lines of another language."""

import shutil
import unicodedata
from pathlib import Path

import pytest
from benchmarks import drafting

from briefgen.localise.language import ReadingWords
from briefgen.tools.source_lines import Detected, Drafter, detect, other_language

from .figures.languages import HERE, ROOT, WORDS, read, words_for

TEXTS = sorted((ROOT / "tests/benchmarks/texts").glob("*.txt"))
SAMPLES = read(HERE.parent / "texts.yaml")


def drafter(*lines: str, language: str = "en") -> Drafter:
    return Drafter(lines, language, words_for(language), WORDS)


def doubts(made: Drafter) -> list[str]:
    return [str(note) for number in range(1, len(made.lines) + 1) for note in made.line(number).get("undecided", ())]  # type: ignore[union-attr]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.name)
def test_nothing_that_is_sure_is_wrong(text: Path) -> None:
    scores, faults = drafting.score(text)
    assert faults == []
    assert sum(counted["sure"] for counted in scores.values()) > 0


def test_a_wrong_figure_would_be_seen(tmp_path: Path) -> None:
    for file in (TEXTS[0], TEXTS[0].with_suffix(".values")):
        shutil.copy(file, tmp_path)
    values = tmp_path / TEXTS[0].with_suffix(".values").name
    values.write_text(values.read_text("utf-8").replace("1 2024-03-22", "1 2024-03-23"), encoding="utf-8")
    assert drafting.score(tmp_path / TEXTS[0].name)[1] == [
        f"{TEXTS[0].name}: line 1: sure of '22. März 2024' as 2024-03-22"
    ]
    assert drafting.main(tmp_path) == 1


@pytest.mark.parametrize("mark", [". ", ") ", " ", " – ", "\t", "] ", ".\u00a0"])
@pytest.mark.parametrize("first", [1, 9, 26, 98])
@pytest.mark.parametrize("language", ["en", "de", "pt"])
def test_running_numbers_of_paragraphs_are_no_figures(mark: str, first: int, language: str) -> None:
    lines = [f"{number}{mark}Artaxerxes" for number in range(first, first + 4)]
    assert doubts(drafter("Heading", *lines[:2], "Between", *lines[2:], language=language)) == []


def test_two_numbers_are_no_run_and_a_gap_ends_one() -> None:
    assert len(doubts(drafter("26 Artaxerxes", "27 Artaxerxes"))) == 2
    assert len(doubts(drafter("26 Artaxerxes", "27 Artaxerxes", "29 Artaxerxes", "30 Artaxerxes"))) == 4


def test_a_number_that_counts_is_in_doubt_where_the_paragraphs_are_counted() -> None:
    made = drafter("3 companies met", "4 companies met", "5 companies met")
    assert [note.partition(":")[0] for note in doubts(made)] == [f"{n} companies ({n} companies)" for n in (3, 4, 5)]
    assert doubts(drafter("3 companies met", "5 companies met")) == []


def test_a_figure_at_the_end_of_a_line_that_is_cut_off_is_a_doubt() -> None:
    """A text wrapped by its editor gave 2.5 dollars for 2.5 billion, and 5 million tonnes for "not 5 million"."""
    wrapped = (
        "Both sides agreed to raise their two-way trade to US$ 2.5",
        "billion, and to ship within the year that now begins, not",
        "5 million tonnes of goods but twice as much.",
    )
    assert [note.partition(": ")[2] for note in doubts(drafter(*wrapped)) if "one paragraph a line" in note] == [
        "its sentence goes on in another line, perhaps: save the text with one paragraph a line"
    ] * 2
    whole = (
        "Both sides agreed to raise their trade to US$ 2.5 billion",
        "5 million tonnes are shipped.",
        "They agreed.",
    )
    assert not [note for note in doubts(drafter(*whole[:1], "The ministers met.", *whole[1:])) if "paragraph" in note]


def test_other_figures_of_a_numbered_line_are_read() -> None:
    made = drafter("26 Trade is US$5 million.", "27 By 2030.", "28 On 3 May 2024 it met.")
    read = [(str(each.quantity), each.sure) for n in (1, 2, 3) for each in made.figures(n)]
    assert read == [("5 million USD", True), ("2030", True), ("2024-05-03", True)]


def test_a_line_in_another_language_is_all_doubts() -> None:
    portuguese = "O comércio entre os dois países chegou a (USD 5) em 22 de março de 2024 e não para de crescer."
    assert "figures" not in drafter("The trade of the two countries is growing.", portuguese).line(2)
    assert "another language (pt)" in doubts(drafter("The trade.", portuguese))[-1]
    assert "figures" in drafter(portuguese, language="pt").line(1)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("code", SAMPLES)
def test_no_text_is_taken_for_another_language(code: str, form: str) -> None:
    text = unicodedata.normalize(form, SAMPLES[code])  # type: ignore[arg-type]
    found = detect(text, WORDS)
    assert found.code == code or not found.is_clear
    assert found == Detected(code, is_clear=True) or code not in WORDS


@pytest.mark.parametrize("text", ["", "12 (3)", "Xyzzy plugh.", "Memorandum", "US$ 38"])
def test_too_little_is_not_clear(text: str) -> None:
    assert not detect(text, WORDS).is_clear


def test_half_and_half_is_not_clear() -> None:
    assert not detect(f"{SAMPLES['en']} {SAMPLES['de']}", WORDS).is_clear


def test_where_the_table_of_small_words_is_taken_away_a_text_would_be_taken_for_another() -> None:
    """The guard that matters: a language without a file is declined since its own small words are known."""
    alone = {"nl": WORDS["nl"]}
    assert detect(SAMPLES["af"], alone).code == "af"


@pytest.mark.parametrize("code", SAMPLES)
def test_a_line_in_another_language_is_seen(code: str) -> None:
    for language in ("en", "de", "vi", "ko", "pt"):
        other = other_language(SAMPLES[code], language, WORDS)
        assert other in ("", code) if code != language else not other
    assert other_language(SAMPLES[code], "en", WORDS) == (code if code != "en" else "")


@pytest.mark.parametrize("line", ["", "US$ 38 billion", "Hanoi, 5 May 2024", "La Poste", "Nguyen Van A", "GDP 5 %"])
def test_a_short_line_may_be_in_any(line: str) -> None:
    assert other_language(line, "en", WORDS) == ""


def test_near_relatives_are_all_named() -> None:
    found = detect("Nota de imprensa de 22 de março. A França investiu no Brasil, para a paz e o comércio.", WORDS)
    assert {"gl", "pt"} <= {found.code, *found.near}
    assert not found.is_clear


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("وافق الطرفان على رفع التجارة بين البلدين في عام 2026.", "ar"),
        ("دو کشور در سال گذشته توافق کردند که تجارت را به این رقم برسانند.", "fa"),
        ("দুই দেশ বাণিজ্য বাড়াতে সম্মত হয়েছে।", "bn"),
        ("दोनों देश व्यापार बढ़ाने पर सहमत हुए।", "hi"),
    ],
)
def test_a_language_without_a_file_is_named_as_well(text: str, code: str) -> None:
    assert detect(text, WORDS).code == code
    assert other_language(text, "en", WORDS) == code


def test_what_hindi_is_may_be_marathi() -> None:
    marathi = "दोन्ही देशांनी व्यापार वाढवण्याचे मान्य केले."
    assert "mr" in detect(marathi, WORDS).near
    assert other_language(marathi, "mr", {"mr": ReadingWords(locale="mr")}) == ""


def test_a_heading_without_kana_may_be_japanese_and_a_sentence_is_not() -> None:
    assert other_language("日本国政府 2026年3月12日", "ja", WORDS) == ""
    assert other_language("两国同意到2030年将贸易额翻一番，部长将于春季访问该港口并签署协议。", "ja", WORDS) == "zh"


def test_a_figure_that_no_record_can_have_is_a_doubt() -> None:
    words = ReadingWords(locale="en", currencies={"drachmas": "GRD"}, bounds_before=WORDS["en"].bounds_before)
    made = Drafter(("(5 drachmas)",), "en", words).line(1)
    assert "figures" not in made
    assert "GRD is no currency in use" in str(made["undecided"])
