"""Pages that are laid out once: where a word is wider than its line, only the pages that have it are made again.

The engine makes pages anew whose content changed, as it does for the numbers of pages in a list of contents. Between
two rounds of its own, the words are looked for on the pages that it has just made, and loosened in the markup and in
the boxes made from it, as if they had been loose from the beginning.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes

from briefgen.render.pdf_layout import WideWord, too_wide_on
from briefgen.render.pdf_words import loosen, loosen_boxes


@contextmanager
def loosening() -> Iterator[None]:
    """Within a `with` block, loosen words that are wider than their lines while the engine makes pages."""
    before = layout.make_all_pages
    layout.make_all_pages = _make_all_pages
    try:
        yield
    finally:
        layout.make_all_pages = before


_made_by_the_engine = layout.make_all_pages


def _make_all_pages(context: Any, root_box: Any, html: Any, pages: list[Any]) -> list[Any]:
    """In the place of the engine's: return the pages, and tell it which of them to make again in its next round."""
    known = set(map(id, pages))
    made = list(_made_by_the_engine(context, root_box, html, pages))
    words = [word for page in made if id(page) not in known for word in too_wide_on(page)]
    blocks = _blocks(root_box, {word.element for word in words})
    loosened = {word.element for word in words if _loosen(word, blocks[word.element])}
    if loosened:
        context.tables.clear()  # the widths of columns depend on the widest words
    for number, page in enumerate(made if loosened else ()):
        if any(box.element in loosened for box in page.descendants()):
            context.page_maker[number][-1]["content_changed"] = True
    return made


def _blocks(root_box: Any, elements: Iterable[Any]) -> dict[Any, list[Any]]:
    """Return the boxes with lines that all pages are made from, by the element of their block."""
    found: dict[Any, list[Any]] = {element: [] for element in elements}
    for box in root_box.descendants() if found else ():
        if box.element in found and isinstance(box, boxes.BlockContainerBox):
            found[box.element].append(box)
    return found


def _loosen(word: WideWord, blocks: Iterable[Any]) -> bool:
    """Loosen a word in the markup and, where it is there, in the boxes."""
    if not loosen(word.element, word.word):
        return False
    for block in blocks:
        loosen_boxes([box for box in block.descendants() if isinstance(box, boxes.TextBox)], word.word)
    return True
