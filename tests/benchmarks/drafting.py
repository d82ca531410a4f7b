"""How well figures are drafted from texts: `python tests/benchmarks/drafting.py FOLDER`.

The folder has pairs: `NAME.xx.txt`, a text in the language xx, and `NAME.xx.values`, a line for each figure: the number
of its line and the value as a record has it, such as `2 about 38 billion USD`. What is read as sure and is no figure of
its line is wrong; of these there must be none, and the exit code is 1 if there are any. Languages with a file in
templates/languages are read with it, others with what CLDR knows. A language that is detected must be the right one.

tests/benchmarks/texts has texts written for this; texts of others may be measured, and are not kept here.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT))

from briefgen.model.quantities import parse_quantity
from briefgen.read.languages import known_languages, reading_words
from briefgen.read.workspace import Workspace
from briefgen.tools.originals import read_original, words_of
from briefgen.tools.source_lines import Drafter, detect

Score = Counter[str]
KINDS = {"Money": "amount", "Count": "count", "Percent": "share", "Ordinal": "number"}


def kind_of(value: str) -> str:
    """The name that drafts give to figures of this kind."""
    return "date" if "--" in value else KINDS.get(type(parse_quantity(value)).__name__, "date")


def score(text: Path) -> tuple[dict[str, Score], list[str]]:
    """What became of the figures of a text by kind, and what is wrong."""
    workspace = Workspace(root=PROJECT)
    known = reading_words(workspace, known_languages(workspace))
    language, lines = text.stem.rpartition(".")[2], read_original(text).lines
    drafter = Drafter(lines, language, words_of(language, known), known)
    expected = [Counter[str]() for _ in lines]
    for number, _, value in (row.partition(" ") for row in text.with_suffix(".values").read_text("utf-8").splitlines()):
        expected[int(number) - 1][value] += 1
    found = detect("\n".join(lines), known)
    is_wrong = found.is_clear and found.code in known and found.code != language
    faults = [f"{text.name}: taken for {found.code}"] if is_wrong else []
    scores: dict[str, Score] = {}
    for at, values in enumerate(expected):
        faults += _score_line(drafter, at + 1, values, scores)
    return scores, [f"{text.name}: {fault}" for fault in faults]


def _score_line(drafter: Drafter, number: int, values: Counter[str], scores: dict[str, Score]) -> Iterator[str]:
    """Count the figures of a line as sure, read with a doubt, in part, or missed; yield what is sure and wrong."""
    read = list(drafter.figures(number))
    left = values.copy()
    for figure in sorted(read, key=lambda each: not each.sure):
        value = str(figure.quantity or figure.partial)
        if left[value]:
            left[value] -= 1
            scores.setdefault(kind_of(value), Counter())["sure" if figure.sure else "in doubt"] += 1
        elif figure.sure:
            scores.setdefault(kind_of(value), Counter())["wrong"] += 1
            yield f"line {number}: sure of '{figure.text}' as {value}"
    doubts = sum(not figure.sure for figure in read)
    for value in left.elements():
        scores.setdefault(kind_of(value), Counter())["in part" if doubts else "missed"] += 1
    scores.setdefault("all doubts", Counter())["doubts"] += doubts


def main(folder: Path) -> int:
    """Print a table by language and kind, and what is wrong."""
    rows: dict[tuple[str, str], Score] = {}
    faults: list[str] = []
    for text in sorted(folder.glob("*.txt")):
        scores, wrong = score(text)
        faults += wrong
        for kind, counted in scores.items():
            rows.setdefault((text.stem.rpartition(".")[2], kind), Counter()).update(counted)
    columns = ("sure", "wrong", "in doubt", "in part", "missed", "doubts")
    print("language kind        " + " ".join(f"{each:>8}" for each in columns) + "  precision  recall (sure, or read)")
    for (language, kind), counted in sorted(rows.items()):
        sure, doubted = counted["sure"], counted["in doubt"]
        total = sure + doubted + counted["in part"] + counted["missed"]
        right = f"{sure / (sure + counted['wrong']):9.0%}" if sure + counted["wrong"] else "        -"
        share = f"{right}  {sure / max(1, total):6.0%} {(sure + doubted) / max(1, total):6.0%}"
        cells = " ".join(f"{counted[each] or '':>8}" for each in columns)
        print(f"{language:8} {kind:11} {cells}  {share if total else ''}")
    print("\n".join(faults) or "Nothing that is sure is wrong.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
