"""Where text stands on a page, and what is wrong with that: outside its place, over other text, broken words.

What a finished file has is read by an engine that had no part in making it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Self

import pypdfium2
from pypdfium2 import raw

from briefgen.model.findings import Finding, Location, Severity, plural
from briefgen.render.markup import origin
from briefgen.render.seen import LISTED, letters, quoted

TOLERANCE = 0.5
"""Pixels of 1/96 inch by which a text may stand outside its place: rounding, and the side bearings of letters."""
_NARROW = 7
"""In a column of fewer ems, ordinary words have no room; it is the column that is wrong, not the word."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in pixels of 1/96 inch from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def exceeds(self, place: Self, margin: float) -> bool:
        """Return whether it stands out of another at any side by more than `margin`."""
        return (
            self.left < place.left - margin
            or self.top < place.top - margin
            or self.right > place.right + margin
            or self.bottom > place.bottom + margin
        )

    def overlaps(self, other: Self) -> bool:
        """Return whether two cover the same ground: more than rounding sideways, and a good part of the lower one."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > TOLERANCE and high > 0.15 * min(self.bottom - self.top, other.bottom - other.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the boxes around a text say about it."""

    page: int
    """Counted from 1."""
    column: Box
    """Where a line has room; it has no end at the side where lines start, since numbers and signs may hang there."""
    cell: Box | None = None
    """The table cell, the tile or the margin of the page that it belongs to."""
    area: Box | None = None
    """The page within its margins; None for text that is placed by its own coordinates."""
    clip: Box | None = None
    """Outside this, it is not painted."""
    deliberate: bool = False
    """Whether it lies under or over other text on purpose: see-through, turned, or below (z-index < 0)."""
    apart: bool = False
    """Whether it is turned, moved or made see-through as a whole, so that the file has it elsewhere."""
    fact: str = ""
    """The id of the fact that it is part of."""
    marked: bool = False
    """Whether it is part of a fact, a value or a status that the markup marks."""
    place: str = ""
    """The element it is in, as a style sheet would name it: td.person."""
    origins: tuple[str, ...] = ()
    """Of a traced document: the templates and lines of the elements around it, the innermost first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRun(Surroundings):
    """A piece of text on one line of a page, in one font."""

    text: str
    box: Box
    """From the height of its capitals to its baseline, as wide as it is set; accents and descenders stand out of it."""
    size: float
    """Of its type, in pixels."""
    order: tuple[int, int, int] = (0, 0, 0)
    """What is painted later has the higher one: z-index, in how many positioned boxes it is, place in the document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """A picture, or a positioned box with a ground of its own, that hides what it lies on."""

    page: int
    box: Box
    order: tuple[int, int, int]
    picture: bool
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenWord:
    """A word that goes on in the next line, without a hyphen that allows it."""

    run: TextRun
    """Its first part."""
    parts: tuple[str, ...]
    """On one line each."""
    room: float
    """The width of its column, in pixels."""
    had_to: bool
    """Whether it had to be, since it is wider than its line."""


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """The text of a page of a finished file."""

    width: float
    """In points."""
    height: float
    text: str
    """In reading order, line by line."""
    starts: tuple[tuple[float, float], ...]
    """Where each piece of it starts, in pixels from the left of the page and from its top down to the baseline; those
    that are turned start elsewhere than they were laid out, and those that are see-through as a whole are left out.
    """
    rows: Sequence[bytes] = ()
    """What the page looks like: how bright each pixel of 1/96 inch is, from black (0) to white (255)."""

    def contrast(self, box: Box) -> int:
        """Return how much brighter the brightest pixel of a place is than the darkest; 255 where nothing is known."""
        left, right = max(floor(box.left), 0), ceil(box.right)
        pixels = {*b"".join(row[left:right] for row in self.rows[max(floor(box.top), 0) : ceil(box.bottom)])}
        return max(pixels) - min(pixels) if pixels else 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """All the text of a document as it is laid out, in the order of the pages."""

    sheets: Sequence[Box]
    """The pages themselves."""
    runs: Sequence[TextRun]
    covers: Sequence[Cover] = ()
    broken: Sequence[BrokenWord] = ()


Fault = tuple[int, Finding]
"""Something that is wrong, with the number of its page."""


def misplaced(layout: Layout, document: str) -> Iterator[Finding]:
    """Yield what is wrong with the places of a document's text (R406 to R408)."""
    return _listed(_faults(layout, document), document)


def not_printed(layout: Layout, pages: Iterable[PrintedPage], document: str) -> Iterator[Finding]:
    """Yield what the finished file lacks of the text that was laid out (R409): a piece, or letters of a page."""
    return _listed(_lacking(layout, pages, Location(document)), document)


def _listed(faults: Iterable[Fault], document: str) -> Iterator[Finding]:
    """Yield a finding for each fault, once for all the pages that have it; of each kind the first ones only."""
    kinds: dict[str, dict[Finding, list[int]]] = defaultdict(lambda: defaultdict(list))
    for page, fault in faults:
        kinds[fault.code][fault].append(page)
    for _, found in sorted(kinds.items()):
        for fault, pages in list(found.items())[:LISTED]:
            more = f" ({plural(others, 'more page')} too)" if (others := len(set(pages)) - 1) else ""
            of = "" if fault.location == Location(document) else f"{document}, "
            yield replace(fault, message=f"{of}page {pages[0]}: {fault.message}{more}")
        if (left := len(found) - LISTED) > 0:
            message = f"{plural(left, 'more place')} of this kind"
            yield replace(next(iter(found)), location=Location(document), message=message)


def _lacking(layout: Layout, pages: Iterable[PrintedPage], where: Location) -> Iterator[Fault]:
    runs: dict[int, list[TextRun]] = defaultdict(list)
    for run in layout.runs:
        if not run.apart:
            runs[run.page].append(run)
    for number, page in enumerate(pages, 1):
        places = {(round(left), round(baseline)) for left, baseline in page.starts}
        for run in runs[number]:
            if places.isdisjoint(_around(run)):
                message = f"{_said(run)} is not in the file where it should be"
                yield number, Finding(where, "R409", message, hint=_REPORT)
        for run in runs[number]:
            if run.marked and page.contrast(run.box) < _LEAST_CONTRAST:
                message = f"{_said(run)} cannot be told from the ground that it is printed on"
                yield number, Finding(where, "R411", message, hint=_COLOURS)
        if lost := letters("".join(run.text for run in runs[number])) - letters(page.text):
            signs = " ".join(sorted(lost)[:LISTED])
            message = f"a search in the file does not find all of its text; these are lacking: {signs}"
            is_of_shapes = all(_OF_SHAPES.match(each) for each in lost)
            severity, hint = (Severity.NOTE, _SHAPES) if is_of_shapes else (Severity.WARNING, _REPORT)
            yield number, Finding(where, "R409", message, severity, hint=hint)


_LEAST_CONTRAST = 24
"""Of 255; what look.yaml allows has more than ten times as much."""
_COLOURS = "give it another colour, or its ground; look for boxes and pictures that lie over it"
_OF_SHAPES = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff]")
"""Letters of scripts that write several of them as one shape, as Devanagari does: the PDF engine names the shape."""
_SHAPES = "the page is whole, and nobody can mend this: in this script, search the page for the screen"
_REPORT = "no template is at fault: say so to whoever looks after briefgen, with this file"


def _around(run: TextRun) -> Iterator[tuple[int, int]]:
    """Yield the whole pixels around the start of a run."""
    for left in (floor(run.box.left), ceil(run.box.left)):
        for baseline in (floor(run.box.bottom), ceil(run.box.bottom)):
            yield left, baseline


def _faults(layout: Layout, document: str) -> Iterator[Fault]:
    def fault(run: TextRun, code: str, message: str, hint: str, severity: Severity = Severity.WARNING) -> Fault:
        where = Location(*origin(run.origins[0])) if run.origins else Location(document)
        return run.page, Finding(where, code, message, severity, hint=hint)

    unreadable = list(_unreadable(layout))
    lost = {id(run) for run, _ in unreadable}
    for run, message in unreadable:
        yield fault(run, "R406", message, _MEND + _LAYERS, Severity.ERROR)
    for run in layout.runs:
        if id(run) not in lost and (message := _outside(run)):
            yield fault(run, "R407", message, _MEND)
    for broken in layout.broken:
        if message := _broken(broken):
            yield fault(broken.run, "R408", message, _BREAKS)


_MEND = (
    "shorten it or give it more room, let its lines break (no `white-space: nowrap`), or take fixed sizes, positions "
    "and negative margins away"
)
_BREAKS = (
    "give its column more room: column_widths in look.yaml, or its width in a style; and take `word-break` and "
    "`overflow-wrap` away: words that are too wide break anyway"
)
_LAYERS = "; what shall lie under or over text, such as a watermark, takes `z-index: -1` or an `opacity` below 1"


def _unreadable(layout: Layout) -> Iterator[tuple[TextRun, str]]:
    """Yield the runs that cannot be read as they are: off the sheet, cut off, under something, or over other text."""
    for run in layout.runs:
        if run.apart and not run.marked:
            continue
        if run.clip and run.box.exceeds(run.clip, run.size / 4):
            yield run, f"{_said(run)} is cut off"
        elif run.box.exceeds(layout.sheets[run.page - 1], run.size / 4):
            yield run, f"{_said(run)} runs off the page"
        elif cover := next((each for each in layout.covers if _hides(each, run)), None):
            what = "a picture" if cover.picture else "a box"
            yield run, f"{_said(run)} lies under {what} ({cover.place})"
    for one, other in _pairs([run for run in layout.runs if not run.deliberate]):
        yield one, f"{_said(one)} is printed over {quoted(other.text)}{_of(other)}"
        yield other, f"{_said(one)} is printed over {quoted(other.text)}{_of(other)}"


def _hides(cover: Cover, run: TextRun) -> bool:
    if cover.page != run.page or run.deliberate or not cover.box.overlaps(run.box):
        return False
    return cover.order > run.order or (cover.picture and cover.order[:2] == run.order[:2])


def _pairs(runs: Iterable[TextRun]) -> Iterator[tuple[TextRun, TextRun]]:
    """Yield each two runs that overlap, the one that is painted later first."""
    pages: dict[int, list[TextRun]] = defaultdict(list)
    for run in runs:
        pages[run.page].append(run)
    for found in pages.values():
        found.sort(key=lambda run: run.box.top)
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                if other.box.top >= one.box.bottom:
                    break
                if one.box.overlaps(other.box):
                    yield (one, other) if one.order > other.order else (other, one)


def _outside(run: TextRun) -> str:
    """Return what a run stands out of that it should be within; empty where it does not."""
    if run.deliberate:
        return ""
    middle = (run.box.top + run.box.bottom) / 2
    for name, place in (("cell", run.cell), ("column", run.column), ("page's margins", run.area)):
        if place is None:
            continue
        over = max(run.box.right - place.right, place.left - run.box.left)
        if over > TOLERANCE + run.size / 16:
            owner = f" ({run.place})" if run.place else ""
            goes = "runs into the" if name.startswith("page") else "is wider than its"
            return f"{_said(run)} {goes} {name}{owner}, by {_mm(over)}"
        if not place.top - run.size / 2 <= middle <= place.bottom + run.size / 2:
            return f"{_said(run)} stands above or below its {name.removeprefix('page')}"
    return ""


def _broken(broken: BrokenWord) -> str:
    """Return what is wrong with a broken word; empty where it had to break, in a column of some width."""
    word = "".join(broken.parts)
    said = f"{_said(broken.run, word)} is broken"
    if not broken.had_to:
        return f"{said}, though the next line has room for it"
    return f"{said}: its column is only {_mm(broken.room)} wide" if broken.room < _NARROW * broken.run.size else ""


def _mm(pixels: float) -> str:
    return f"{pixels * 25.4 / 96:.1f} mm"


def _said(run: TextRun, text: str = "") -> str:
    return f"{quoted(text or run.text)}{_of(run)}"


def _of(run: TextRun) -> str:
    return f" (fact {run.fact})" if run.fact else ""


_POINTS = 0.75
"""A pixel of 1/96 inch, in points."""


def pages_of(content: bytes) -> Iterator[PrintedPage]:
    """Yield what is printed on each page of a PDF, one by one, as pixels take much room; PdfiumError if it is none."""
    with pypdfium2.PdfDocument(content) as document:
        yield from map(_read, document)


def lines_by_page(content: bytes) -> list[tuple[str, ...]]:
    """Return the lines of text on each page of a PDF; PdfiumError if it is none."""
    with pypdfium2.PdfDocument(content) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [tuple(line for each in text.splitlines() if (line := " ".join(each.split()))) for text in texts]


def _read(page: pypdfium2.PdfPage) -> PrintedPage:
    width, height = page.get_size()
    text = page.get_textpage().get_text_range().replace("\r\n", "\n")
    return PrintedPage(width, height, text, tuple(_starts(page, height)), _rows(page))


def _rows(page: pypdfium2.PdfPage) -> list[bytes]:
    """Return how bright each pixel of 1/96 inch is, row by row."""
    bitmap = page.render(scale=1 / _POINTS, grayscale=True)
    pixels = bytes(bitmap.buffer)
    return [pixels[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height)]


def _starts(page: pypdfium2.PdfPage, height: float) -> Iterator[tuple[float, float]]:
    matrix = raw.FS_MATRIX()
    for place in range(raw.FPDFPage_CountObjects(page)):
        item = raw.FPDFPage_GetObject(page, place)
        if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT:
            raw.FPDFPageObj_GetMatrix(item, matrix)
            yield matrix.e / _POINTS, (height - matrix.f) / _POINTS
