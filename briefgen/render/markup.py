"""What a finished page may hold: text and its order, tables, pictures of its own; nothing that runs or loads."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, is_dataclass, replace
from itertools import accumulate, chain, islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import Comment, Element, SubElement

from selectolax.lexbor import LexborHTMLParser

from briefgen.model import document, views
from briefgen.model.document import Job
from briefgen.model.edition import FORMATS
from briefgen.model.findings import did_you_mean, nearest_word
from briefgen.model.texts import TAKE_AWAY, is_private, unwanted
from briefgen.render.pictures import (
    DATA,
    SHAPES,
    SVG,
    XLINK_HREF,
    Told,
    address_faults,
    attribute_danger,
    link_faults,
    unfolds,
)
from briefgen.render.structure import (
    CLOSE_QUOTE,
    OPEN_QUOTE,
    PLACE,
    Place,
    added_words,
    own_place,
    places_in,
    struck_marks,
    structure_faults,
)
from briefgen.render.styles import MAX_PIECES, RULES, addresses_in, pieces_in, words

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What a browser is told of each page: it loads and runs nothing (W3C Content Security Policy, level 3)."""
ORIGIN = "data-origin"
"""The attribute that says where a traced element comes from. Its value needs no quotes."""
_OPENING = re.compile(
    r"""<!--.*?(?:-->|\Z)|(<(/?)(?:(?<=<)(style|script|title)(?![\w:-])|[a-z][\w:-]*))"""
    r"""((?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^"'>])*+(?(3)>.*?(?=</\3|\Z)))""",
    re.DOTALL | re.IGNORECASE,
)
"""A comment; or a tag: how it begins, whether it is an end, and the rest of it with what is no markup behind it."""


_ELEMENTS = words(
    "html head title meta style body header footer main section article nav aside address search hgroup h1 h2 "
    "h3 h4 h5 h6 p hr pre blockquote ol ul menu li dl dt dd figure figcaption div a em strong small s cite q "
    "dfn abbr ruby rt rp data time code var samp kbd sub sup i b u mark bdi bdo span br wbr ins del img table "
    "caption colgroup col tbody thead tfoot tr td th details summary meter progress link"
)
_ANYWHERE = words("id class lang dir title style role translate tabindex hidden xml:lang xmlns prefix")
_OF_ELEMENTS = {
    "a": "href hreflang rel type download",
    "col": "span width",
    "colgroup": "span width",
    "data": "value",
    "del": "datetime",
    "details": "open name",
    "img": "src alt width height loading decoding",
    "ins": "datetime",
    "li": "value",
    "link": "rel href type media",
    "meta": "charset name content property",
    "meter": "value min max low high optimum",
    "ol": "start type reversed",
    "progress": "value max",
    "style": "type media",
    "table": "border cellpadding cellspacing summary",
    "td": "colspan rowspan headers align valign width",
    "th": "colspan rowspan headers scope abbr align valign width",
    "time": "datetime",
    "tr": "align valign",
}
_ATTRIBUTES = {name: _ANYWHERE | words(own) for name, own in _OF_ELEMENTS.items()}
_SPANS, _SPAN_DIGITS = ("colspan", "rowspan", "span"), 3
_DRAWN = SHAPES | {"text", "tspan"}
_NEVER = {
    "script": "a page runs no scripts",
    "base": "it would turn every address of the page to another place",
    "form": "a page sends nothing",
    "iframe": "a page holds no other pages",
}
_INSTEAD = {
    "font": 'write <span style="color: #7a1f2b">, or give it a class',
    "center": 'write <p style="text-align: center">',
    "big": 'write <span style="font-size: 120%">',
    "tt": "write <code>",
    "textarea": "write <p>",
    "embed": "write <img>, or a link",
    "object": "write <img>, or a link",
    "iframe": 'write a link: <a href="https://...">',
    "video": 'write a link: <a href="https://...">',
    "audio": 'write a link: <a href="https://...">',
}
_OTHERS = words(
    "script noscript template slot base form input button select option optgroup datalist textarea label "
    "fieldset legend output iframe frame frameset noframes object embed param applet video audio source track "
    "picture canvas map area image portal dialog math svg a text animate set foreignobject plaintext xmp "
    "listing center font big tt"
)
"""Elements that exist, and that no page holds; another name is misspelt."""
_QUOTED = 60
MAX_PARTS = 10_000
"""Of the styles of a page, by commas and braces: each is looked for in each element. The shipped ones have 700."""
_MAY_BE = "\u00ad\u2060\u2067\u2068\u2069"
"""What tells where a word may be divided, holds one together, and keeps text from right to left apart."""
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
"""A sign by its number, in a style."""


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """Something that a page may not hold."""

    message: str
    hint: str = ""
    quote: str = ""
    """What is at fault, as a style sheet says it; empty where an element is."""
    place: Place = ("", 0, 0)
    """Where comments tell it."""


def parsed(markup: str) -> Any:
    """Return the tree of a page, as browsers read it; what is drawn has the namespace of SVG in its name."""
    page = Element("page")
    waiting = [(LexborHTMLParser(markup.encode("utf-8", "surrogatepass")).root, page)]
    while waiting:
        node, parent = waiting.pop()
        if node is None:
            continue
        waiting.append((node.next, parent))
        if node.is_element_node:
            drawn = node.tag == "svg" or (parent.tag.startswith(SVG) and parent.tag not in _HOLD_HTML)
            element = SubElement(parent, f"{SVG if drawn else ''}{node.tag}")
            for key, value in node.attributes.items():
                element.set(XLINK_HREF if drawn and key == "xlink:href" else key, value or "")
            waiting.append((node.first_child, element))
        elif node.is_comment_node:
            parent.append(Comment(node.comment_content))
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + (node.text_content or "")
        else:
            parent.text = (parent.text or "") + (node.text_content or "")
    return page[0]


_HOLD_HTML = frozenset(f"{SVG}{name}" for name in ("foreignObject", "desc", "title"))


def with_origins(marked: str) -> str:
    """Return a page in which each element names its place, in place of the comments before all tags."""
    pieces = PLACE.split(marked)
    texts, lines, files = pieces[::4], pieces[1::4], pieces[3::4]
    places = dict(zip(accumulate(map(len, texts)), zip(files, lines, strict=True), strict=False))

    def with_origin(tag: re.Match[str]) -> str:
        if tag[2] != "" or tag.start() not in places:
            return tag[0]
        origin = ":".join(places[tag.start()])
        return f"{tag[1]} {ORIGIN}={origin}{' ' * tag[4].startswith('/')}{tag[4]}"

    return _OPENING.sub(with_origin, "".join(texts))


def with_addresses(markup: str) -> str:
    """Return a page in which each fact that a link leads to has an address: its first place if no section gives one."""
    for name in {*_LINKED.findall(markup)} - {*_ID.findall(markup)}:
        markup = markup.replace(f' data-fact="{name}"', f' data-fact="{name}" id="{name}"', 1)
    return markup


_LINKED, _ID = re.compile(r' href="#([^"]+)"'), re.compile(r' id="([^"]+)"')


def origin(value: str) -> tuple[str, int]:
    """Return the file and the line that the attribute names."""
    name, _, line = value.rpartition(":")
    return unquote(name), int(line)


def with_policy(markup: str, script: str = "") -> str:
    """Return a page with the policy by which a browser loads nothing and runs at most one script, first in its head.

    `script` is the hash of that script; without it, nothing runs.
    """
    allowed = f"{POLICY}; script-src {script}" if script else POLICY
    policy = f'\n<meta http-equiv="Content-Security-Policy" content="{allowed}">'
    return _TO_HEAD.sub(lambda start: start[0] + policy, markup, count=1)


_TO_HEAD = re.compile(
    r"""(?:\s*(?:<!--.*?-->|<(?:!doctype|html|head)(?=[\s>])(?:"[^"]*"|'[^']*'|[^>"'])*>))*""",
    re.DOTALL | re.IGNORECASE,
)
"""The tags and comments that may stand before all that is in the head of a page."""


MOST_TOLD = 1_000
"""Faults of one page: to say what each of a hundred thousand may have meant takes minutes."""


def faults_in(
    root: Any, paper: bool, folders: Iterable[str] = (), elsewhere: Container[str] = ()
) -> Iterator[MarkupFault]:
    """Yield what is wrong with a page; on `paper`, files of the templates `folders` may be loaded: they are put in.

    Links may lead `elsewhere`, to facts and sections that the templates leave out.
    """
    for number, fault in enumerate(islice(_faults_in(root, paper, folders, elsewhere), MOST_TOLD + 1)):
        rest = replace(fault, message="from here on nothing more is told", hint="mend what is told above")
        yield fault if number < MOST_TOLD else rest


def _faults_in(root: Any, paper: bool, folders: Iterable[str], elsewhere: Container[str]) -> Iterator[MarkupFault]:
    place, drawn, table, folders = ("", 0, 0), ("", 0, 0), root, tuple(folders)
    checker = _Checker(paper, tuple(map(Path, folders)))
    uneven = {element: (message, hint, "") for element, message, hint in structure_faults(root, paper, elsewhere)}
    for element in root.iter():
        if not isinstance(element.tag, str):
            place = [place, *places_in(f"<!--{element.text}-->")][-1]
            continue
        for message, hint, quote in chain(checker.faults(element), filter(None, [uneven.get(element)])):
            at = own_place(place, (element, table), folders) if element in uneven and element.tag == "tr" else place
            yield MarkupFault(message, hint, quote, at)
        table = element if element.tag == "table" else table
        drawn = place if element.tag == f"{SVG}svg" else drawn
    for written, mark in added_words(root) if checker.within_bounds else ():
        message = f"a style writes {written[:_QUOTED]} beside what is marked as {mark}"
        hint = 'what readers are told stands in the facts or, for every language, in the template: {{ _("...") }}'
        yield MarkupFault(message, hint, written, place)
    for written, mark in struck_marks(root, paper) if checker.within_bounds else ():
        hint = "take the line away; what no longer holds stands in <s> or <del>, which tell it to all readers"
        yield MarkupFault(f"a style strikes through what is marked as {mark}", hint, written, place)
    together = root.makeelement("svg", {})  # drawings may refer to each other
    within = set[Any]()
    for each in root.iter(f"{SVG}svg"):
        if each not in within:
            together.append(each)
            within.update(each.iter(f"{SVG}svg"))
    if len(together) and (bomb := unfolds(together)):
        yield MarkupFault(f"a drawing (<svg>) {bomb}", "draw it in plain shapes", "", drawn)


class _Checker:
    """Knows what each element may have."""

    def __init__(self, paper: bool, folders: tuple[Path, ...]) -> None:
        self._paper, self._folders, self._parts, self._pieces = paper, folders, 0, 0

    @property
    def within_bounds(self) -> bool:
        """Return whether the styles so far may be read, which takes time."""
        return self._parts <= MAX_PARTS and self._pieces <= MAX_PIECES

    def faults(self, element: Any) -> Iterator[Told]:
        """Yield what is wrong with an element."""
        name = element.tag.removeprefix(SVG)
        if name not in (_DRAWN if element.tag.startswith(SVG) else _ELEMENTS):
            bare = name.rpartition("}")[2][:_QUOTED]
            why = _NEVER.get(bare.lower(), "no document holds one")
            hint = (
                _INSTEAD.get(bare.lower(), "take it away") if bare.lower() in _OTHERS else did_you_mean(bare, _ELEMENTS)
            )
            hint = "take it away: programs for letters write such elements; copy plain text" if ":" in bare else hint
            yield f"<{bare}> may not be in a page: {why}", hint, ""
            return
        texts = (element.text or "", element.tail or "", *element.attrib.values())
        for what in dict.fromkeys(what for text in texts for what in _signs(text)):
            yield f"{what} stands in or behind <{name}>", TAKE_AWAY, ""
        swallowed = [value for value in element.attrib.values() if PLACE.search(value)]
        if not all(map(DATA.match, swallowed)):  # places stand before tags, and so only in a document in an address
            yield f"<{name}> {OPEN_QUOTE}", CLOSE_QUOTE, ""
            return
        for key, value in ((key, PLACE.sub("", value)) for key, value in element.attrib.items()):
            yield from self._of_svg(name, key, value) if element.tag != name else self._of_html(element, key, value)
        if name == "style":
            yield from self._of_style(PLACE.sub("", element.text or ""), "<style>")
        if name == "link":
            yield from self._of_link(element)
        if name == "img" and self._paper and not element.get("alt", "").strip():
            message = "<img> has no words for a reader who cannot see the picture, which paper must have"
            yield message, 'write them: <img ... alt="{{ _("...") }}">', ""

    def _of_svg(self, name: str, key: str, value: str) -> Iterator[Told]:
        if danger := attribute_danger(key, value):
            yield f"<{name}> {danger}", "draw it in plain shapes", ""

    def _of_html(self, element: Any, key: str, value: str) -> Iterator[Told]:
        name = element.tag
        known = _ATTRIBUTES.get(name, _ANYWHERE)
        if key.startswith("on"):
            yield f"<{name} {key[:_QUOTED]}=…> would run a script; a page runs none", "take the attribute away", ""
        elif key not in known and not key.startswith(("data-", "aria-")):
            shown = key.rpartition("}")[2][:_QUOTED]
            hint = did_you_mean(shown, known) or "take it away; what templates keep for themselves begins with data-"
            yield f"<{name}> has no attribute '{shown}' in a page", hint, ""
        elif key == "charset" and value.lower() not in ("utf-8", "utf8"):
            yield f"<meta> says that the page is in '{value[:_QUOTED]}'; pages are in UTF-8", "take it away", ""
        elif name == "meta" and value.strip().lower() == "referrer":
            yield "<meta name=referrer> may tell other sites where the page was read", "take it away", ""
        elif key in _SPANS and len(value.strip().lstrip("+0")) > _SPAN_DIGITS:
            yield f"<{name} {key}={value[:_QUOTED]}> is more than any table has; the limit is 999", "", ""
        elif key == "style":
            yield from self._of_style(value, f"the style of <{name}>")
        elif key == "href" and name == "a":
            yield from link_faults(value)
        elif key == "rel" and "attachment" in value.lower().split():
            yield f"<{name} rel=attachment> may not be in a page: a document carries no other files", "", ""
        elif key == "src":
            yield from address_faults(value, f"<{name}>", self._folders, paper=self._paper)

    def _of_link(self, element: Any) -> Iterator[Told]:
        kind, address = element.get("rel", "").lower(), element.get("href", "")
        if kind != "stylesheet" or not self._paper:
            hint = 'put it in: <style>{% include "style/own.css" %}</style>'
            yield f'<link rel="{kind[:_QUOTED]}"> may not be in a page: a page stands alone', hint, ""
        else:
            yield from address_faults(address, "<link>", self._folders, paper=self._paper)

    def _of_style(self, style: str, where: str) -> Iterator[Told]:
        self._parts += style.count(",") + style.count("{")
        if self._parts > MAX_PARTS:
            yield f"{where} has more rules and selectors than a page needs; the limit is {MAX_PARTS:,}", "", ""
        self._pieces += pieces_in(style)
        if self._pieces > MAX_PIECES:
            message = f"{where} is not read: with it, the styles of this page have over {MAX_PIECES:,} words and signs"
            yield message, "take away what no page needs", ""
            return
        if "\\" in style:
            for what in _signs(_ESCAPED.sub(lambda sign: chr(min(int(sign[1], 16), 0x10FFFF)), style)):
                yield f"{what} stands in {where}", TAKE_AWAY, ""
        for address in addresses_in(style):
            if address[:1].isdigit() and address.endswith("(...)"):
                measure = address.removesuffix("(...)")[:_QUOTED]
                yield f"{where} holds {measure}, which is beyond any page", "", measure
            elif address.startswith("@") or address.endswith("(...)"):
                found = address.removesuffix("...)")[:_QUOTED]
                near = nearest_word(address, (f"@{rule}" for rule in RULES)) if address.startswith("@") else ""
                hint = f"did you mean '{near}'?" if near else "take it away"
                yield f"{where} holds {address[:_QUOTED]}, which may load something", hint, found
            elif not address.startswith("#"):
                for message, hint, _ in address_faults(address, where, self._folders, paper=self._paper):
                    yield message, hint, address[:_QUOTED]


def _signs(text: str) -> Iterator[str]:
    """Yield the signs that no page may show; a template may have made them, by their numbers or names."""
    found = () if text.strip("\n").isprintable() else unwanted(text)
    yield from (what for place, what in found if text[place] not in _MAY_BE and not is_private(text[place]))


_BLOCK = re.compile(
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|"
    "main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_UNSEEN = frozenset(("head", "style", "script", "template"))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text without a break, the heading it stands under, and the facts it is about."""

    section: str
    """The heading (h1, h2) before it, or the name of the section around it; empty before the first heading."""
    text: str
    facts: tuple[str, ...]
    """The ids of the facts, the innermost first."""
    counted: tuple[str, ...] = ()
    """The ids of the facts that it counts and does not print."""


def passages(markup: str) -> Iterator[Passage]:
    """Yield what a person reads of a page, in order."""
    reader = _Reader()
    yield from reader.read(parsed(markup))
    yield from reader.flush()


def passages_of(job: Job) -> tuple[Passage, ...]:
    """Return what a person reads of a document, on paper or on screen, as its format has it; in a worker."""
    from briefgen.render import html as to_html

    return tuple(passages(to_html.render_text(job, media="print" if FORMATS[job.format].paged else "screen")))


class _Reader:
    def __init__(self) -> None:
        self._section = ""
        self._facts: tuple[str, ...] = ()
        self._counted: tuple[str, ...] = ()
        self._text: list[str] = []

    def flush(self) -> Iterator[Passage]:
        """Yield what was read since the last break."""
        text = _SPACE.sub(" ", "".join(self._text)).strip()
        self._text.clear()
        if text or self._counted:
            yield Passage(self._section, text, self._facts, self._counted)

    def read(self, element: Any) -> Iterator[Passage]:
        """Yield what is read in an element; its last words may still be kept for those behind it."""
        if not isinstance(element.tag, str) or element.tag in _UNSEEN:
            return
        before = self._section, self._facts, self._counted
        marked = element.get("data-fact", "")
        counted = element.get("data-left-out", "")
        block = bool(marked or counted or _BLOCK.fullmatch(element.tag))
        if block:
            yield from self.flush()
        self._facts = tuple(dict.fromkeys((*marked.split(), *self._facts)))
        self._counted = tuple(counted.split())
        if element.tag in ("h1", "h2"):
            self._section = element.get("data-label") or _SPACE.sub(" ", "".join(element.itertext())).strip()
        elif element.tag == "section" and element.get("aria-label"):
            self._section = element.get("aria-label")
        self._text.append(element.text or "")
        for child in element:
            yield from self.read(child)
            self._text.append(child.tail or "")
        if block:
            yield from self.flush()
        self._facts, self._counted = before[1:]
        if element.tag not in ("h1", "h2"):  # these hold until their section ends
            self._section = before[0]


def kept_apart(text: str, *, is_turned: bool) -> str:
    """Return a text between the signs that keep it apart, as it may stand in an attribute, where no element may.

    On a page from right to left it runs so, also where it begins with US$; on others as its first letter does.
    """
    begin = "\u2067" if is_turned else "\u2068"
    return f"{begin}{text}\u2069"


_OBJECT = (
    r"at(?: |%20|\+)0x[0-9a-f]{6,}"
    rf"|(?:{'|'.join(name for name, each in (vars(views) | vars(document)).items() if is_dataclass(each))}|Colours)"
    r"(?:\(|%28)\w+(?:=|%3D)"
    r"|(?:<|&lt;|%3C)(?:Macro|LoopContext|TemplateReference|Context) "
)
"""As Python writes a function, and an object of a page or of Jinja; no text of facts looks so."""
_BAD = re.compile(rf"(?P<object>{_OBJECT})|[\ud800-\udfff]", re.IGNORECASE)
_TELLING = ("at 0x", "at%200x", "at+0x", "macro ", "loopcontext ", "templatereference ", "context ", "%28")
"""One of which stands in whatever the pattern finds, but for a call; looking for them takes a tenth of the time."""
_CALL_OR_HALF = re.compile(r"\(\w+=|[\ud800-\udfff]")


def object_in(markup: str) -> re.Match[str] | None:
    """Return the first piece of a page that is no text."""
    is_told = any(map(markup.lower().__contains__, _TELLING)) or _CALL_OR_HALF.search(markup)
    return _BAD.search(markup) if is_told else None
