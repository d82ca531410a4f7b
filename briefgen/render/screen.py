"""What the program itself adds to a page on screen: its script, the page as data, and letters for machines without.

Templates hold none of it: a page runs the one script whose hash its policy names, and loads nothing.
"""

import base64
import hashlib
import json
import re
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from briefgen.model.document import Job
from briefgen.render.documents import assets_hash

_OWN = {
    "ko": ("Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR"),
    "vi": ("Segoe UI", "Noto Sans", "Roboto"),
}
"""By language, fonts of platforms that have all its letters; a page in one of these brings its own letters besides."""
_BOLD = {400: "", 600: " Bold"}
"""By weight, what the name of a font says of it."""
_INDENT = re.compile(r"\n[ \t]+|\n{2,}")
"""Space at the beginnings of lines, and empty lines: one line's end says the same to a browser."""
_SAID_TWICE = re.compile(r' data-fact="([^"]+)" id="\1"')
"""A fact in the place that its address leads to: there the id tells which it is."""
FAMILY = "briefgen letters"
"""The family of the letters that a page brings; style/screen.css names it behind those of the platform."""


@cache
def script() -> str:
    """Return the script of every page, without the indents of its lines."""
    return _INDENT.sub("\n", Path(__file__).with_name("page.js").read_text(encoding="utf-8"))


def script_source(text: str) -> str:
    """Return a script as a Content-Security-Policy names it: by its hash (CSP level 3, 2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def additions(job: Job) -> str:
    """Return all that shapes what is added to a document, for its fingerprint."""
    if job.traced:
        return ""
    letters = assets_hash(job.folders) if _languages(job) & _OWN.keys() else ""
    return f"{script()}{_as_data(job)}{letters}"


def with_additions(job: Job, markup: str) -> str:
    """Return a finished page with script, data and letters; that of the preview, which runs nothing, as it is."""
    if job.traced:
        return markup
    head = f"<style>{_letters(job, markup)}</style>\n" if _languages(job) & _OWN.keys() else ""
    data = f'<script type="application/ld+json">{_as_data(job)}</script>\n'
    markup = markup.replace("</head>", f"{head}{data}</head>", 1)
    if "<pre" not in markup:
        markup = _INDENT.sub("\n", markup)  # a tenth of a long page
    markup = _SAID_TWICE.sub(r' data-fact id="\1"', markup)
    start, end, rest = markup.rpartition("</body>")
    return f"{start}<script>{script()}</script>\n{end}{rest}" if end else markup


def _languages(job: Job) -> frozenset[str]:
    return frozenset(page.lang for page in (job.listing.pages if job.listing else (job.page,)))


def _as_data(job: Job) -> str:
    """Return the page in the words of schema.org, as a script element may hold it."""
    page = job.page
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": page.masthead.title,
        "inLanguage": page.lang,
        "dateModified": page.masthead.day,
        "version": page.masthead.edition,
        "creditText": page.masthead.disclaimer,
        "about": [{"@type": "Country", "name": name} for name in page.masthead.parties],
        "isBasedOn": [
            {"@type": "CreativeWork", "name": source.describes, "datePublished": source.day}
            | ({"url": source.url} if source.url else {})
            for source in page.sources
        ],
        "mentions": [
            {"@type": "Event", "name": str(card.text), "startDate": card.starts}
            for card in page.upcoming
            if card.starts
        ],
    }
    text = json.dumps({key: value for key, value in data.items() if value}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _letters(job: Job, markup: str) -> str:
    """Return the rules for the letters of this page: a font of the machine where it has one, else a subset."""
    signs = frozenset(markup)
    family = dict(job.look.fonts).get(job.page.language, job.look.font)
    files = _files(job.folders, family, assets_hash(job.folders))
    local = () if job.listing else _OWN[job.page.lang]  # one platform's font may lack the letters of another language
    return "".join(_rule(local, weight, _subset(files[weight], signs)) for weight in _BOLD if weight in files)


def _rule(names: tuple[str, ...], weight: int, font: bytes) -> str:
    local = "".join(f'local("{name}{_BOLD[weight]}"), ' for name in names)
    data = base64.b64encode(font).decode()
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-display:swap;'
        f'src:{local}url(data:font/woff;base64,{data}) format("woff")}}'
    )


@lru_cache(maxsize=8)
def _files(folders: tuple[str, ...], family: str, _state: str) -> dict[int, Path]:
    """Return the font files of a family by weight, the workspace's own first."""
    from fontTools.ttLib import TTFont

    found: dict[int, Path] = {}
    for path in (path for folder in folders for path in sorted(Path(folder).glob("fonts/*.[ot]tf"))):
        with TTFont(path, lazy=True) as font:
            if family in {font["name"].getDebugName(number) for number in (1, 16)}:
                found.setdefault(font["OS/2"].usWeightClass, path)
    return found


def _subset(path: Path, signs: frozenset[str]) -> bytes:
    """Return the letters that a page needs of a font, as WOFF; the same for the same letters.

    WOFF2 would take twenty times as long to write, and make a short page a fifth smaller, a long one a twelfth.
    """
    from fontTools.ttLib import TTFont
    from uharfbuzz import Blob, Face, SubsetFlags, SubsetInput

    asked = SubsetInput()
    asked.flags = SubsetFlags.NO_HINTING | SubsetFlags.NOTDEF_OUTLINE
    asked.unicode_set.set(map(ord, signs))
    asked.layout_feature_tag_set.set(map(_tag, ("kern", "ccmp", "locl", "mark", "mkmk", "tnum")))
    asked.drop_table_tag_set.update(map(_tag, ("DSIG", "meta")))
    asked.name_id_set.set((1, 2))
    subset = asked.subset(Face(Blob.from_file_path(path)))
    with TTFont(BytesIO(subset.blob.data), recalcTimestamp=False, lazy=True) as font:
        font.flavor = "woff"
        content = BytesIO()
        font.save(content)
    return content.getvalue()


def _tag(name: str) -> int:
    """Return the number that fonts have for the name of a table or a feature."""
    return int.from_bytes(name.encode(), "big")
