"""One document, the full briefing, as this program, a bare engine, a browser, Typst and RenderCV print it.

    python tests/benchmarks/peers.py [ROUNDS] --python PROGRAM

PROGRAM is a Python (3.12 or later) in which `pip install 'rendercv[full]' typst` was run; both are left out without it.
All print the same words: the engine and the browser the same markup; Typst its headings, paragraphs and tables, in the
same font, with no other layout; RenderCV a section a heading, of entries. Of these only this program reads facts,
words them in a language, and checks what it has made. Each round runs all of them, one after the other, each in a new
process; printed are medians with the fastest and the slowest.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

PROJECT = Path(__file__).parents[2]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests")]

from conftest import request_for
from selectolax.lexbor import LexborHTMLParser, LexborNode

from benchmarks.build import Cost, Keeping, browser, engine_alone, run
from briefgen.build import build

DOCUMENT = "full-briefing"
HEADINGS = ("h1", "h2", "h3", "h4")
LINES = ("p", "li", "dt", "dd", "figcaption", "caption")
TYPST = """\
import sys
import typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True, pdf_standards="a-3a")
"""
Block = tuple[str, list[list[str]]]
"""A tag, and its rows of cells; all but a table have one of each."""


def blocks(markup: str) -> Iterator[Block]:
    """Yield the headings, lines and tables of a page, in its order, each with all of its words."""
    body = LexborHTMLParser(markup).body
    assert body
    for node in body.css(",".join((*HEADINGS, *LINES, "table"))):
        if any(within.tag in (*LINES, "table", "tr") for within in _above(node)):
            continue
        rows = node.css("tr") if node.tag == "table" else ()
        cells = [[_words(cell) for cell in row.css("th, td")] for row in rows] or [[_words(node)]]
        yield node.tag or "", cells


def _above(node: LexborNode) -> Iterator[LexborNode]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def typst_source(page: list[Block], language: str) -> str:
    """Return a page as Typst: texts stand as strings, of which nothing is markup."""
    made = [f'#set text(font: "Pretendard", size: 8pt, lang: "{language}")', f'#set document(title: "{DOCUMENT}")']
    made += ["#set page(margin: 1.5cm)"]
    for tag, rows in page:
        if tag == "table":
            columns = max(len(row) for row in rows)
            cells = ", ".join(
                f"text({json.dumps(cell, ensure_ascii=False)})" for row in rows for cell in _filled(row, columns)
            )
            made.append(f"#table(columns: {columns}, {cells})")
        else:
            mark = "=" * int(tag[1]) + " " if tag in HEADINGS else ""
            made.append(f"{mark}#text({json.dumps(rows[0][0], ensure_ascii=False)})")
    return "\n\n".join(made) + "\n"


def _filled(row: list[str], columns: int) -> list[str]:
    return row + [""] * (columns - len(row))


def cv(page: list[Block]) -> str:
    """Return a page as a curriculum vitae: a section a heading, whose entries are its lines and rows."""
    sections: dict[str, list[str]] = {}
    title = "Briefing"
    for tag, rows in page:
        if tag in HEADINGS:
            title = f"{rows[0][0]} {len(sections)}"
        else:
            sections.setdefault(title, []).extend(": ".join(filter(None, row)) for row in rows)
    return json.dumps({"cv": {"name": "Briefing", "sections": sections}}, ensure_ascii=False)


def ours(folder: Path, language: str) -> Cost:
    """Build the one document in the one language as PDF."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    asked = ("--document", DOCUMENT, "--lang", language, "--format", "pdf", "--out", str(folder / "out"))
    return run(sys.executable, "-m", "briefgen", "build", *asked)


def one_round(folder: Path, page: Path, language: str, peers: str | None) -> dict[str, Cost]:
    """Have each print the page once."""
    found = {
        "briefgen build": ours(folder, language),
        "the engine alone": engine_alone([page]),
        "browser": browser([page]),
    }
    if peers:
        source, entries = page.with_suffix(".typ"), page.with_suffix(".yaml")
        made = (str(source), str(page.with_suffix(".typst.pdf")), str(folder / "fonts"))
        only = ("--dont-generate-markdown", "--dont-generate-html", "--dont-generate-png", "--quiet")
        others = {"Typst": ("-c", TYPST, *made), "RenderCV": ("-m", "rendercv", "render", str(entries), *only)}
        for who, command in others.items():
            try:
                found[who] = run(peers, *command, at=folder)
            except subprocess.CalledProcessError as failed:
                print(f"left out: {who} ended with exit code {failed.returncode} (RenderCV loads a package of Typst)")
    return found


def main(rounds: int, peers: str | None) -> None:
    """Make the markup once, then measure each language."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build(request_for(PROJECT, today, today, out=folder / "first"), Keeping(folder))
        shutil.copytree(PROJECT / "templates" / "fonts", folder / "fonts")
        if peers:
            versions = "import importlib.metadata as m; print(*(f'{n} {m.version(n)}' for n in ('typst', 'rendercv')))"
            print(subprocess.run((peers, "-c", versions), check=True, capture_output=True, text=True).stdout, end="")
        for path in sorted(folder.glob(f"{DOCUMENT}.*.html")):
            language = path.name.split(".")[1]
            page = list(blocks(path.read_text(encoding="utf-8")))
            path.with_suffix(".typ").write_text(typst_source(page, language), encoding="utf-8")
            path.with_suffix(".yaml").write_text(cv(page), encoding="utf-8")
            measured = [one_round(folder, path, language, peers) for _ in range(rounds)]
            print(f"\n{path.name.removesuffix('.html')}, {rounds} rounds{'wall, s':>23}{'processor, s':>26}")
            for who in measured[0]:
                walls, processors = zip(*(each[who] for each in measured), strict=True)
                told = (f"{median(some):.2f} ({min(some):.2f} to {max(some):.2f})" for some in (walls, processors))
                print(f"{who:24}" + "".join(f"{each:>26}" for each in told))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rounds", type=int, nargs="?", default=3)
    parser.add_argument("--python", help="a Python with Typst and RenderCV")
    given = parser.parse_args()
    main(given.rounds, given.python)
