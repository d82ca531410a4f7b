"""Spoils one file of a small workspace after the other and runs the program on it, in this process.

Run by hand: `.venv-dev/bin/python tests/fuzz.py --minutes 10 --seed 1 [--kind facts]`. Each case is named by its seed
and number, and made again by `--kind K --seed S --only N`. tests/test_fuzz.py runs a sample.
"""

import argparse
import hashlib
import io
import random
import re
import shutil
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from briefgen.cli.app import cli, exit_code
from briefgen.tools import building
from briefgen.tools.workspaces import make_workspace

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from conftest import InProcess, write_template
from once import computing_once
from read.test_logo import png

SECONDS, MEGABYTES = 5, 500
"""What no case may need."""
CLASS_NAME = re.compile(r"\b[A-Z][a-z]\w*(?:Error|Exception|Warning)\b|<built-in|object at 0x|Traceback|<class ")
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    '<g id="a"><path d="M0 0h9v9z"/></g><use href="#a"/></svg>'
)
LOOK = (
    "logo:\n  file: logo.svg\n  text: {en: Ministry of Examples, ko: x}\n  height_mm: 12\nprepared_by: {en: x, ko: x}\n"
)
PAGE = (
    "<p>{{ page.masthead.as_of }} {{ _('Source') }}</p><style>p { color: #333 }</style>\n"
    "{% for row in page.glance.outcomes %}<p data-fact='{{ row.id }}'>{{ row.text }}</p>{% endfor %}\n"
    "<img alt='{{ page.masthead.logo_text }}' src='{{ look.logo.source }}'>{# a remark #}\n"
    "{% macro m(x) %}<b>{{ x|upper }}</b>{% endmacro %}{{ m(page.lang) }}"
    "{% set kind = page.lang %}{% include 'parts/masthead.html' %}\n"
)
TERMS = (
    "terms:\n  - {never: '(?<![가-힣])동해(?!안)', use: 남중국해, why: x}\n  - {never: 'aa+bb|xyz', use: x, why: y}\n"
)
SOURCE = (
    "Joint statement\n\n1. Trade reached US$3.2 billion in 2025, up 10 percent.\n"
    "2. They will meet in the 2nd quarter of 2027.\n"
)
NASTY = (
    *("\0", "\x1b[31m", "\x1b]0;x\a", "\u202e", "\u2066", "\u200b", "\ufeff", "\uffff", "\r", "\u2028", "\x85", "\x7f"),
    *(
        "{{",
        "{%",
        "{#",
        "}}",
        "%}",
        "#}",
        "{",
        "}",
        "[",
        "]",
        "((((",
        "<script>",
        "<!--",
        "-->",
        "<style>",
        "</",
        "&#0;",
    ),
    *(
        "javascript:x",
        "url(//x)",
        "@import 'x'",
        "onclick=x",
        "../../x",
        "/etc/passwd",
        "data:text/html,x",
        "\\",
        "\\\\",
    ),
    *("9" * 400, "-1", "0", "1e400", "nan", "0x1F", "2025-02-30", "9999-12-31", "0001-01-01", "1/2", "5 XXX", "140 %"),
    *(
        "*a",
        "&a x",
        "!!python/name:x ",
        "!x ",
        "? ",
        "- ",
        "~",
        "null",
        "|\n  ",
        ">-\n ",
        "---\n",
        "...\n",
        "'",
        '"',
        "''",
    ),
    *(
        "(a+)+$",
        "(?R)",
        "a{9999}",
        "%s%n",
        "{0.__class__}",
        "{x!r}",
        "{goal:>9}",
        "\t",
        " ",
        "\n",
        "\n\n",
        "#",
        ": ",
        ",",
    ),
    *(
        "display: none",
        "font-size: 0",
        "{% extends 'x' %}",
        "{{ page }}",
        "{{ m(m) }}",
        "{{ page.x.y }}",
        "{{ 'x' * 9**9 }}",
    ),
    *(
        "{{ x.encode }}",
        "{{ [].append }}",
        "{{ page.lang.format_map }}",
        "{{ look|string }}",
        "{% raw %}",
        "{% block a %}",
    ),
    *(
        "nplurals=99999",
        "charset=x",
        'msgid "',
        "#~ ",
        "#| ",
        "#, fuzzy",
        "msgctxt",
        "<use href='#a'/>",
        "<!DOCTYPE x>",
    ),
    *(
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "가",
        "ệ",
        "e\u0301" * 30,
        "W" * 300,
        "١٢",
        "２０３５",
    ),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """Files to be spoilt in one way, and the commands that read them."""

    files: tuple[str, ...]
    commands: tuple[tuple[str, ...], ...]
    share: int = 1


CHECK, BUILD = ("check",), ("build",)
KINDS = {
    "facts": Kind(("facts/sample.yaml",), (CHECK, BUILD), 4),
    "records": Kind(("seeds/*.yaml",), (CHECK, BUILD), 3),
    "settings": Kind(("briefgen.toml",), (CHECK,), 2),
    "look": Kind(("templates/look.yaml",), (CHECK, BUILD), 2),
    "catalogs": Kind(("facts/locale/ko.po",), (CHECK, ("translate",)), 3),
    "languages": Kind(("templates/languages/ko.yaml",), (CHECK, BUILD), 2),
    "terms": Kind(("facts/locale/ko.terms.yaml",), (CHECK,), 2),
    "texts": Kind(("text.txt",), (("sources", "add", "text.txt"),), 2),
    "templates": Kind(("templates/at-a-glance.html", "templates/style/own.css"), (BUILD,), 5),
    "pictures": Kind(("templates/logo.svg", "templates/logo.png"), (CHECK, BUILD), 2),
    "editions": Kind(
        ("out/*/editions/*/*.json", "out/*/editions/*/*.html", "facts/clearances/*.jsonl", "out/*/.lock.owner"),
        (("editions",), ("diff",), ("verify", "out/sample/latest"), CHECK, BUILD),
        3,
    ),
}


@dataclass(slots=True)
class Report:
    """What came out of a run."""

    cases: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: tuple[float, str] = (0.0, "")
    largest: tuple[int, str] = (0, "")
    """Megabytes that a case took at most beside what the process held before, as it keeps much of each."""


def make(folder: Path) -> Path:
    """A workspace with a file of every kind, and one edition."""
    workspace = folder / "desk"
    make_workspace(workspace)
    settings = 'timezone = "UTC"\nlanguages = ["en", "ko"]\ndocuments = ["at-a-glance"]\nformats = ["html"]\n'
    files = {
        "briefgen.toml": settings,
        "templates/look.yaml": LOOK,
        "templates/logo.svg": LOGO,
        "templates/style/own.css": "p { margin: 0 }\n@media print { b { color: #000 } }\n",
        "facts/locale/ko.terms.yaml": TERMS,
        "text.txt": SOURCE,
        "out/sample/.lock.owner": "{}",
    }
    for name, text in files.items():
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text(text, encoding="utf-8")
    (workspace / "templates/logo.png").write_bytes(png(30, 10))
    write_template(workspace, "at-a-glance", PAGE, head="<style>{% include 'style/own.css' %}</style>")
    shipped = Path(__file__).parents[1] / "templates"
    (workspace / "templates/languages").mkdir()
    shutil.copy(shipped / "languages/ko.yaml", workspace / "templates/languages/ko.yaml")
    code, said = run(workspace, ("translate",))
    assert code == 1, said  # texts are left to translate, and a label, without which nothing is built
    labels = workspace / "templates/locale/ko.po"
    labels.write_text(
        labels.read_text(encoding="utf-8").replace('"Source"\nmsgstr ""', '"Source"\nmsgstr "출처"'), "utf-8"
    )
    code, said = run(workspace, BUILD)
    assert code == 0, said
    return workspace


def run(workspace: Path, arguments: tuple[str, ...]) -> tuple[int, str]:
    """A command's exit code, and all that it printed."""

    def command() -> object:
        with cli.make_context("briefgen", ["-C", str(workspace), *arguments]) as context:
            return cli.invoke(context)

    printed = io.StringIO()
    with redirect_stdout(printed), redirect_stderr(printed), patch.object(building, "LimitedProcesses", InProcess):
        code = exit_code(command)
    return code, printed.getvalue()


def spoilt(content: bytes, chance: random.Random) -> bytes:
    """The content with one to four changes: of bytes, of lines, of words."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        content = chance.choice(CHANGES)(content, chance)
    return content


def _byte(content: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(content) + 1)
    return content[:place] + bytes([chance.randrange(256)]) + content[place + chance.randrange(2) :]


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    return content[:start] + content[end if chance.random() < 0.8 else len(content) :]


def _insert(content: bytes, chance: random.Random) -> bytes:
    place, times = chance.randrange(len(content) + 1), chance.choice((1, 1, 1, 1, 1, 2, 50, 3_000))
    return content[:place] + (chance.choice(NASTY) * times).encode() + content[place:]


def _word(content: bytes, chance: random.Random) -> bytes:
    words = list(re.finditer(rb"[\w.-]+|[^\w\s]", content))
    if not words:
        return content
    word = chance.choice(words)
    other = chance.choice((chance.choice(words)[0], chance.choice(NASTY).encode(), b""))
    return content[: word.start()] + other + content[word.end() :]


def _lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.split(b"\n")
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            del lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            lines[one], lines[other] = lines[other], lines[one]
        case _:
            lines[one] = b" " * chance.randrange(1, 5) + lines[one]
    return b"\n".join(lines)


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _byte,
    _cut,
    _insert,
    _insert,
    _word,
    _word,
    _word,
    _lines,
)


def problems(code: int, said: str) -> Iterator[str]:
    """What no command may do, whatever it is given."""
    if code not in (0, 1, 2):
        yield f"exit code {code}"
    if found := CLASS_NAME.search(said):
        yield f"a name of Python's: {found[0]!r}"
    hidden = ("Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp")
    if raw := {sign for sign in said if unicodedata.category(sign) in hidden and sign not in "\n\t\u2060"}:
        yield f"raw control characters: {sorted(raw)!r}"


def digest(folder: Path) -> str:
    """Of the names and the bytes of all files of the editions."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return hashlib.sha256(b"".join(str(path).encode() + path.read_bytes() for path in files)).hexdigest()


def one_case(workspace: Path, name: str, seed: int, number: int, report: Report) -> None:
    """Spoil one file, run the commands that read it, and put everything back."""
    chance = random.Random(f"{seed}/{name}/{number}")  # noqa: S311 # the same cases again by the same seed
    kind, case = KINDS[name], f"--kind {name} --seed {seed} --only {number}"
    pattern = chance.choice(kind.files)
    path = chance.choice(sorted(workspace.glob(pattern)) or [workspace / pattern.replace("*", "sample")])
    kept = path.read_bytes() if path.is_file() else None
    source = kept if kept is not None else b"{}\n"
    spoiled = spoilt(source, chance)
    saved = workspace.parent / "saved"
    shutil.copytree(workspace, saved, symlinks=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(spoiled)
        before = digest(workspace / "out")
        for arguments in kind.commands:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak of memory is that of the case
            held, started = memory("VmRSS"), time.process_time()  # a busy machine hangs nothing
            try:
                code, said = run(workspace, arguments)
                found = list(problems(code, said))
            except BaseException as error:  # that is what is looked for
                code, found = 99, [f"{type(error).__name__}: {str(error)[:200]}"]
            seconds, megabytes = time.process_time() - started, memory("VmHWM") - held
            report.slowest = max(report.slowest, (seconds, f"{case} {arguments}"))
            report.largest = max(report.largest, (megabytes, f"{case} {arguments}"))
            found += [f"{seconds:.1f} s"] if seconds > SECONDS else []
            found += [f"{megabytes} MB"] if megabytes > MEGABYTES else []
            if code and digest(workspace / "out") != before:
                found.append("editions were touched")
            report.failures += [f"{case} {' '.join(arguments)}: {each}" for each in found]
            report.cases[name] += 1
    finally:
        shutil.rmtree(workspace)
        saved.rename(workspace)


def memory(name: str) -> int:
    """Megabytes that this process holds (VmRSS), or held at most since its peak was cleared (VmHWM); see proc(5)."""
    found = re.search(rf"{name}:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) // 1024


def main() -> None:
    """Run cases for some minutes, or a single one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--kind", choices=KINDS)
    parser.add_argument("--only", type=int)
    asked = parser.parse_args()
    names = [asked.kind] if asked.kind else [name for name, kind in KINDS.items() for _ in range(kind.share)]
    report, told, end = Report(), 0, time.monotonic() + asked.minutes * 60
    print(f"seed {asked.seed}", flush=True)  # noqa: T201 # run by hand
    with tempfile.TemporaryDirectory() as folder, computing_once():
        workspace = make(Path(folder))
        number = asked.only or 0
        while time.monotonic() < end:
            one_case(workspace, names[number % len(names)], asked.seed, number, report)
            for failure in report.failures[told:]:
                print(failure, flush=True)  # noqa: T201
            told = len(report.failures)
            number += 1
            if asked.only is not None:
                break
    print(dict(report.cases), f"{sum(report.cases.values())} runs, {told} failures")  # noqa: T201
    (seconds, slow), (megabytes, large) = report.slowest, report.largest
    print(f"slowest {seconds:.1f} s of processor time ({slow}), largest {megabytes} MB ({large})")  # noqa: T201


if __name__ == "__main__":
    main()
