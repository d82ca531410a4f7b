"""The page over the partnerships of a workspace: out/index.html leads to the index of each, where there are several."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from html import escape
from pathlib import Path

from briefgen.model.document import INDEX
from briefgen.publish.atomic import replace_file
from briefgen.publish.editions import LATEST
from briefgen.render import json as to_json
from briefgen.render.markup import POLICY
from briefgen.render.reading import text_if_readable

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Partnership briefings</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.0625rem/1.6 system-ui, "Noto Sans", "Noto Sans CJK KR", sans-serif; }}
body {{ max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
li {{ padding: .4rem 0; }}
</style>
</head>
<body>
<main>
<h1>Partnership briefings</h1>
<ul>
{rows}
</ul>
</main>
</body>
</html>
"""


def write_overview(out: Path) -> None:
    """Write the page anew, unless there is one partnership only.

    Where that fails, the editions are published all the same, and the next build writes it.
    """
    rows = list(_rows(out))
    if len(rows) > 1:
        with suppress(OSError):
            replace_file(out / f"{INDEX}.html", _PAGE.format(policy=POLICY, rows="\n".join(rows)).encode())


def _rows(out: Path) -> Iterator[str]:
    for path in sorted(out.glob(f"*/{LATEST}/{to_json.FILE}")):
        partnership = path.parent.parent.name
        if titles := to_json.titles_in(text_if_readable(path, out)):
            yield f'<li><a href="{escape(partnership)}/{LATEST}/{INDEX}.html">{_worded(titles)}</a></li>'


def _worded(titles: Mapping[str, str]) -> str:
    """Return a title in every language, each once."""
    first: dict[str, str] = {}
    for language, title in titles.items():
        first.setdefault(title, language)
    return " · ".join(f'<span lang="{escape(lang)}">{escape(title)}</span>' for title, lang in first.items())
