"""Each edit of the guide for staff is made as the guide has it, and does what it says in every language."""

import re
from base64 import b64encode
from pathlib import Path

import pytest
from conftest import PROJECT, Told, request_for
from fontTools.fontBuilder import FontBuilder

from briefgen.model.document import Job
from briefgen.model.findings import Severity
from briefgen.read.languages import read_languages
from briefgen.read.look import read_and_check_look
from briefgen.read.workspace import find_workspace
from briefgen.render.html import render_text
from briefgen.tools.check import check_templates
from render.jobs import jobs_of

GUIDE = (PROJECT / "templates" / "README.md").read_text(encoding="utf-8")
TASKS = dict(
    re.findall(r"^### (.+)\n((?:.*\n)*?)(?=^##)", GUIDE.partition("\n## Step by step\n")[2], re.MULTILINE),
)
BLOCK = re.compile(r"^```\w+\n(?:# |\{# )(\S+)(?: #\})?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CODES = ("en", "vi", "ko")
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'
SOURCE = f"data:image/svg+xml;base64,{b64encode(PICTURE).decode()}"

SHOWS: dict[str, tuple[str, str, tuple[str, str, str]]] = {
    "Change the accent colour": ("full-briefing", "print", ("--accent: #7a1f2b;",) * 3),
    "Put in a logo": ("full-briefing", "print", ('alt="Ministry of Examples"', 'alt="Bộ Ví dụ"', 'alt="예시부"')),
    "Put in a second logo, or another picture": (
        *("full-briefing", "screen"),
        (
            f'<img src="{SOURCE}" alt="Partner institute" style="height: 12mm; margin-right: 5mm">',
            f'<img src="{SOURCE}" alt="Viện đối tác" style="height: 12mm; margin-right: 5mm">',
            f'<img src="{SOURCE}" alt="협력 연구소" style="height: 12mm; margin-right: 5mm">',
        ),
    ),
    "Put a line of your own into the head of the pages": (
        *("full-briefing", "print"),
        ("<span>Ministry of Examples&#160;· ", "<span>Bộ Ví dụ&#160;· ", "<span>예시부&#160;· "),
    ),
    "Have larger letters, or other colours on screen only": (
        *("full-briefing", "print"),
        (":root:root { --body: 11pt; --table: 9.5pt; --lead: 12pt; --note: 9pt; --how: 19%; }",) * 3,
    ),
    "Say whom to ask, who made it, who receives it, how it is to be handled": (
        *("full-briefing", "print"),
        ("For internal use", "Lưu hành nội bộ", "내부 검토용"),
    ),
    "Change a heading in every language": (
        *("full-briefing", "screen"),
        (">About this briefing</h2>", ">Về tài liệu này</h2>", ">이 자료에 대하여</h2>"),
    ),
    "Add a paragraph of your own": (
        *("full-briefing", "print"),
        (
            "<p>Questions are welcome at any time.</p>\n</section>",
            "<p>Mọi câu hỏi đều được hoan nghênh.</p>\n</section>",
            "<p>문의는 언제든지 환영합니다.</p>\n</section>",
        ),
    ),
    "Add a section of your own": (
        *("full-briefing", "print"),
        (">Regional context</h2>", ">Bối cảnh khu vực</h2>", ">지역 정세</h2>"),
    ),
    "Add a column, and give columns their widths": (
        *("full-briefing", "print"),
        (".past.past .prepared { width: 16%; }",) * 3,
    ),
    "Add a third document": (
        "press-note",
        "print",
        ("&#160;· Press note</p>", "&#160;· Thông tin báo chí</p>", "&#160;· 보도 참고자료</p>"),
    ),
    "Use another font on paper": (
        "full-briefing",
        "print",
        (':root:lang(ko), :root :lang(ko) { font-family: "House Sans"',) * 3,
    ),
    "Print on Letter, or with other margins": (
        *("full-briefing", "print"),
        ("size: Letter;\n  margin: 20mm 22mm 16mm 25mm;",) * 3,
    ),
    "Put a watermark behind the text": (
        *("full-briefing", "print"),
        (
            '@left-middle { content: "Working copy"',
            '@left-middle { content: "Bản làm việc"',
            '@left-middle { content: "작업본"',
        ),
    ),
    "Change the foot of the pages": (
        *("full-briefing", "print"),
        (
            'class="rest">Not for quotation&#160;· Full briefing&#160;· Compiled',
            'class="rest">Không trích dẫn&#160;· ',
            'class="rest">인용 금지&#160;· ',
        ),
    ),
}
"""What a task makes a page of some document say, on screen or paper, in each language."""


@pytest.fixture
def desk(starter: Path, told: Told) -> Path:
    """A new workspace in three languages, with what tasks need beside their edits."""
    settings = 'timezone = "UTC"\nlanguages = ["en", "vi", "ko"]\ndocuments = ["full-briefing"]\nformats = ["html"]\n'
    (starter / "briefgen.toml").write_text(settings, encoding="utf-8")
    templates = starter / "templates"
    (templates / "fonts").mkdir(parents=True, exist_ok=True)
    for name in ("logo.svg", "partner.svg"):
        (templates / name).write_bytes(PICTURE)
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef"])
    builder.setupNameTable({"familyName": {"en": "House Sans"}})
    builder.save(templates / "fonts" / "house.ttf")
    return starter


def test_every_task_with_an_edit_is_tried() -> None:
    tried = {*SHOWS, *OTHERS}
    assert {name for name, text in TASKS.items() if BLOCK.search(text)} == tried


@pytest.mark.parametrize("task", SHOWS)
def test_an_edit_does_what_it_says(task: str, desk: Path) -> None:
    document, media, expected = SHOWS[task]
    jobs = edited(desk, task)
    for code, text in zip(CODES, expected, strict=True):
        assert text in render_text(jobs[document, code], media), code


def edited(desk: Path, task: str) -> dict[tuple[str, str], Job]:
    """The jobs of each document and language after the task's edits, which no check finds fault with."""
    for name, text in BLOCK.findall(TASKS[task]):
        path = desk / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".po":
            text = f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n{text}'
        if path.suffix == ".toml":
            text = re.sub(r"documents = .*", text.strip(), path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")
    workspace = find_workspace(desk)
    languages = read_languages(workspace, CODES)
    found = [*read_and_check_look(workspace, languages, CODES)[1], *check_templates(workspace)]
    assert [str(each) for each in found if each.severity is not Severity.NOTE] == []
    jobs = jobs_of(request_for(desk), desk.parent / "out")
    return {(job.document, job.page.language): job for job in jobs}


def test_the_side_that_comes_first(desk: Path) -> None:
    first = edited(desk, "Say whose side comes first")["full-briefing", "en"].page.glance.asks[0].party
    (desk / "templates" / "look.yaml").unlink()
    jobs = jobs_of(request_for(desk), desk.parent / "out2")
    assert first == "Southland"
    assert next(job for job in jobs if job.page.language == "en").page.glance.asks[0].party != first


def test_the_order_of_sections(desk: Path) -> None:
    job = edited(desk, "Reorder the sections of the full briefing, or leave one out")["full-briefing", "ko"]
    assert job.look.sections == ("summits", "relationship", "follow-up", "open-questions", "sources", "colophon")
    page = render_text(job, "print")
    assert page.index('id="summits"') < page.index('id="relationship"') < page.index('id="sources"')
    assert 'id="timeline"' not in page


def test_rows_pages_and_years(desk: Path) -> None:
    job = edited(desk, "Have fewer or more rows on the first page, or two pages")["full-briefing", "en"]
    assert (job.look.first_page_rows["outcomes"], job.look.first_page_rows["due"]) == (4, 10)
    assert job.look.page_limits == {"at-a-glance": 2}
    job = edited(desk, "Let the annex go further back on paper, or fields have more rows")["full-briefing", "en"]
    assert (job.look.earlier_years, job.look.field_rows, job.look.fields) == (10, 20, ("trade",))


OTHERS = (
    "Say whose side comes first",
    "Reorder the sections of the full briefing, or leave one out",
    "Have fewer or more rows on the first page, or two pages",
    "Let the annex go further back on paper, or fields have more rows",
)
"""The tasks that have a test of their own."""


def test_the_line_in_the_table_of_contents(desk: Path, told: Told) -> None:
    told("template", "eject", "contents", at=desk)
    line = re.search(r'`("regional": .*?,)`', TASKS["Add a section of your own"])
    assert line
    contents = desk / "templates" / "parts" / "contents.html"
    text = contents.read_text(encoding="utf-8").replace("{% set titles = {", "{% set titles = {\n  " + line[1])
    contents.write_text(text, encoding="utf-8")
    page = render_text(edited(desk, "Add a section of your own")["full-briefing", "vi"], "screen")
    assert '<a href="#regional">Bối cảnh khu vực</a>' in page


def test_a_block_alone_is_what_the_command_writes(desk: Path, told: Told) -> None:
    ((_, text), *_) = BLOCK.findall(TASKS["Add a paragraph of your own"])
    told("template", "eject", "colophon", "--block", "end", at=desk)
    written = (desk / "templates" / "parts" / "colophon.html").read_text(encoding="utf-8")
    assert re.sub(r"\n\{# .* #\}\n", "\n", written) == re.sub(r"\n<p>.*</p>\n", "\n", text)
