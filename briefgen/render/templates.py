"""The files that documents are made with: where each comes from, and what can be found in them without rendering."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

from jinja2 import BaseLoader, Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.filters import FILTERS as EVERY_FILTER
from jinja2.lexer import Token, TokenStream
from jinja2.tests import TESTS as EVERY_TEST

from briefgen.files import composed, decoded, files_below, find_below, leads_out, read_file, styled, text_if_readable
from briefgen.model.findings import Location, did_you_mean, not_utf8
from briefgen.model.texts import TAKE_AWAY, is_private, unwanted
from briefgen.render.markup import MarkupFault
from briefgen.render.structure import NO_END
from briefgen.render.styles import CURLED, STRAIGHT, turned

SHIPPED = "shipped/"
"""Before a template's name: the one that comes with the program, even where the workspace has its own."""
_TAKEN_IN = (nodes.Extends, nodes.Import, nodes.FromImport)
_NOT_PRINTED = (*_TAKEN_IN, nodes.Block, nodes.Macro, nodes.Assign, nodes.AssignBlock)
"""What a template that extends another may hold beside the text of its blocks."""
_JOINERS = {0x2060: " ", 0xAD: " "}
"""Word joiners and soft hyphens are typography, which is what templates are for."""
FILTERS, TESTS = frozenset(EVERY_FILTER) - {"random"}, frozenset(EVERY_TEST)
"""All but the filter by which the same facts would not give the same bytes."""


def no_such(kind: str, name: str, known: Iterable[str]) -> str:
    """Return what is said of a filter or a test that does not exist."""
    near = did_you_mean(name, known)
    return f"No {kind} named '{name}'" + (f"; {near}" if near else "")


class UnusableTemplateError(Exception):
    """A template cannot be used as it is; the text says why, and the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class Templates(BaseLoader):
    """Loads templates from the folders, the first one first, and nothing outside them, not even by a symbolic link."""

    def __init__(self, folders: tuple[Path, ...], *, right_to_left: bool = False) -> None:
        self.folders = folders
        self._right_to_left = right_to_left
        self._known: dict[str, tuple[Path, str]] = {}
        """The file and the text of each template that was read: a page asks for some a hundred times."""
        self._found: dict[str, tuple[Path, Path]] = {}
        self._sources: dict[str, tuple[str, str]] = {}
        self._names: list[str] = []

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text and the file of a template; TemplateSyntaxError where a part of it would never be printed."""
        text, file = self._sources.get(template) or self._sources.setdefault(template, self._looked_through(template))
        return text, file, lambda: True

    def _looked_through(self, template: str) -> tuple[str, str]:
        path, text = self.read(template)
        if strange := _first_strange_sign(text):
            raise TemplateSyntaxError(f"{strange[1]} stands here; {TAKE_AWAY}", strange[0], template, str(path))
        if wrong := _first_curled_quote(text) or _first_lost_sign(text):
            raise TemplateSyntaxError(*wrong, template, str(path))
        _refuse_rings(self, template, path, text)
        if re.search(r"\{%-?\+?\s*extends\b", text):
            _refuse_lost_parts(self, template, path, text)
        elif not text.strip() or re.search(r"\{%-?\+?\s*block\b", text):
            _refuse_remnants(self, template, path, text)
        is_turned = self._right_to_left and path.suffix == ".css" and path.is_relative_to(self.folders[-1])
        return turned(text) if is_turned else text, str(path)

    def find(self, template: str) -> tuple[Path, Path]:
        """Return the file of a template, and the folder that it is in."""
        return self._found.get(template) or self._found.setdefault(template, self._look_for(template))

    def _look_for(self, template: str) -> tuple[Path, Path]:
        name = template.removeprefix(SHIPPED)
        if name.startswith("/") or ".." in name.split("/"):
            raise UnusableTemplateError(_LEADS_OUT.format(template))
        for folder in self.folders if name == template else self.folders[-1:]:
            if path := find_below(folder, name):
                return path, folder
        raise TemplateNotFound(template)

    def read(self, template: str) -> tuple[Path, str]:
        """Return the file and the text of a template."""
        if template not in self._known:
            path, folder = self.find(template)
            self._known[template] = path, _read(path, folder, template)
        return self._known[template]

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        if not self._names:
            paths = [
                (path, folder) for folder in self.folders for path in files_below(folder) if path.suffix == ".html"
            ]
            found = {composed(path.relative_to(folder).as_posix()) for path, folder in paths}
            self._names = sorted(name for name in found if not re.match(r"(starter|languages|locale|fonts)/", name))
        return self._names


def tree_of(text: str, name: str, path: Path | None = None) -> nodes.Template:
    """Return a template as Jinja reads it, which is not to be changed; TemplateSyntaxError where it cannot."""
    try:
        return _tree(text, name)
    except TemplateSyntaxError as error:
        error.filename = str(path) if path else None
        raise


@lru_cache(maxsize=256)
def _tree(text: str, name: str) -> nodes.Template:
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(text, name)


@lru_cache(maxsize=512)
def _first_strange_sign(text: str) -> tuple[int, str] | None:
    """Return the line of the first sign that a template may not hold, and what it is; every document asks anew."""
    plain = text.replace("\r\n", "\n").translate(_JOINERS)
    found = ((place, what) for place, what in unwanted(plain) if not is_private(plain[place]))
    return next(((plain.count("\n", 0, place) + 1, what) for place, what in found), None)


_REMARK = re.compile(r"\{#.*?#\}|<!--.*?-->", re.DOTALL)
_CURLED_VALUE = re.compile(r"""<[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*?\s([\w:-]+)\s*=\s*""" + CURLED)
"""A tag up to the first attribute whose value begins with a curled quote."""


@lru_cache(maxsize=512)
def _first_curled_quote(text: str) -> tuple[str, int] | None:
    """Return what to say of the first attribute that has one, and its line: to browsers it is a part of the value."""
    if not re.search(rf"=\s*{CURLED}", text):
        return None
    plain = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text)
    found = _CURLED_VALUE.search(plain)
    message = f"the value of '{found[1]}' stands in curled quotes; {STRAIGHT}" if found else ""
    return (message, plain.count("\n", 0, found.start(1)) + 1) if found else None


@lru_cache(maxsize=512)
def _first_lost_sign(text: str) -> tuple[str, int] | None:
    """Return what to say of a remark without its end, or of single braces around a name, and the line."""
    plain = _REMARK.sub(lambda remark: "\n" * remark[0].count("\n"), text)
    if (at := plain.find("<!--")) >= 0:
        return "the remark has no end, so that nothing behind it is shown; write --> where it ends", _line_at(plain, at)
    if found := _SPLIT_TAG.search(plain):
        return "a tag is printed as it stands; write {% without a blank within", _line_at(plain, found.start())
    if found := _OTHER_TAG.search(plain):
        message = (
            f"'{found[0]}' is of another language than templates are written in; write {{{{ ... }}}} or {{% ... %}}"
        )
        return message, _line_at(plain, found.start())
    if found := _SINGLE_BRACES.search(plain):
        return f"'{found[1]}' is printed as it stands; write two braces: {{{{ {found[1]} }}}}", _line_at(
            plain, found.start(1)
        )
    return None


def _line_at(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


_SPLIT_TAG, _OTHER_TAG = re.compile(r"\{ +%(?=[^{}\n]*%\})"), re.compile(r"<(?:\?(?!xml)\w*|%[=@]?)")
_SINGLE_BRACES = re.compile(r"""(?<!\{)\{ *((?:page|look)\.[\w.]+|_\((?:"[^"{}]*"|'[^'{}]*')\)) *\}(?!\})""")


class Places(Extension):
    """Writes a comment before each tag that a template has, from which its file, line and column can be read again."""

    _lines: Sequence[str] = ()

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        """Keep the lines of the template whose tokens come next: they tell the columns."""
        self._lines = _LINE_END.split(source)
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template with the comments in them; a style sheet has none."""
        file = quote(stream.filename or "", safe="/")
        for token in stream:
            if token.type == "data" and not (stream.name or "").endswith(".css"):
                first, *rest = token.value.split("<")
                line, text, end = token.lineno + first.count("\n"), first, 0
                for each in rest:
                    column = self._lines[line - 1].find("<" + each.split("\n")[0], end) + 1
                    text += f"<!--@{line}:{column}:{file}--><{each}"
                    line, end = line + each.count("\n"), 0 if "\n" in each else column
                yield Token(token.lineno, "data", text)
            else:
                yield token


def locations(
    faults: Sequence[MarkupFault], folders: tuple[str, ...], template: str
) -> Iterator[tuple[MarkupFault, Location]]:
    """Yield where each fault is: what a style says in the first file that says so, an element at its line."""
    every = [*styled(map(Path, folders))] if any(each.quote for each in faults) else []
    for fault in faults:
        file, line, _ = fault.place
        where = Location(*fault.place) if file else Location(template)
        if fault.quote and file:
            texts = sorted(((str(path), text) for path, text in every), key=lambda each: each[0] != file)
            placed = ((name, _place_of(fault.quote, text, line * (name == file)), text) for name, text in texts)
            found = (each for each in placed if each[1] >= 0)
            where = next((Location.behind(text[:at], name) for name, at, text in found), where)
        if lost := _NOWHERE.match(fault.message):  # a copy of the part that had that place lacks it, more likely
            part = Path(folders[0], "parts", f"{lost[1]}.html")
            where = Location(str(part), 1) if len(folders) > 1 and part.is_file() else where
        yield fault, where


def _place_of(quote: str, text: str, line: int) -> int:
    """Return where a text has what is quoted: from a line on, or else before it; -1 where it has it nowhere."""
    at = text.find(quote, sum(map(len, text.splitlines(keepends=True)[: max(0, line - 1)])))
    return at if at >= 0 else text.find(quote)


_LINE_END = re.compile(r"\r\n|\r|\n")


def _refuse_rings(loader: Templates, name: str, path: Path, text: str) -> None:
    """Raise TemplateSyntaxError for a template that takes itself in, or what leads to it, whatever a page holds."""
    for line, other in _taken_in(text, name):
        if _leads_to(loader, path, other, set()):
            what = "is itself" if loader.find(other)[0] == path else "leads back to this file, without end"
            why = _IS_SHIPPED if other.startswith(SHIPPED) else f'the one of the program is "{SHIPPED}{other}"'
            raise TemplateSyntaxError(f"this file takes in '{other}', which {what}; {why}", line, name, str(path))


def _leads_to(loader: Templates, path: Path, name: str, met: set[str]) -> bool:
    """Return whether a template is that file, or includes it by whatever others."""
    met.add(name)
    try:
        found, text = loader.read(name)
    except (TemplateNotFound, TemplateSyntaxError, UnusableTemplateError):  # told for itself
        return False
    inner = (each for _, each in _taken_in(text, name))
    return found == path or any(each not in met and _leads_to(loader, path, each, met) for each in inner)


@lru_cache(maxsize=512)
def _taken_in(text: str, name: str) -> tuple[tuple[int, str], ...]:
    """Return the names of what is taken in in any case, with lines: not within a condition, a loop or a macro."""
    found, waiting = list[tuple[int, str]](), list[nodes.Node]()
    with suppress(TemplateSyntaxError):  # Jinja tells it, where it makes the page
        waiting += tree_of(text, name).body if re.search("include|extends", text) else ()
    for node in waiting:
        if isinstance(node, nodes.Include | nodes.Extends) and isinstance(node.template, nodes.Const):
            found.append((node.lineno, str(node.template.value)))
        elif isinstance(node, nodes.Block | nodes.With):
            waiting += node.body
    return tuple(found)


_NOWHERE = re.compile(r"a link leads to '#([\w-]+)', and nothing on this page")


_IS_SHIPPED = "in the program's own folder put it back as it was (git checkout), and write your text into its block"
_LEADS_OUT = "'{}' leads out of the templates folder; copy the file there instead"


def _read(path: Path, folder: Path, name: str) -> str:
    if leads_out(path, folder):
        raise UnusableTemplateError(_LEADS_OUT.format(name))
    try:
        text = decoded(read_file(path))
    except UnicodeDecodeError as error:
        line = Location.not_utf8(error, name).line
        said, hint = not_utf8(error, f"templates/{name}")
        message = f"this {'line' if line else 'file'} {said}; {hint}"
        raise TemplateSyntaxError(message, line, name, str(path)) from None
    except OSError as error:
        raise UnusableTemplateError(f"'{name}' cannot be read: {error.strerror}") from None
    if long := _LONG_NUMBER.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise TemplateSyntaxError("this number is longer than any that Python reads", line, name, str(path))
    return text


_LONG_NUMBER = re.compile(rf"[\d_]{{{sys.int_info.default_max_str_digits + 1}}}")
"""Jinja reads a number in a template as Python does, which refuses it with an error that names no line."""


def _refuse_lost_parts(loader: Templates, name: str, path: Path, text: str) -> None:
    """Raise TemplateSyntaxError for a block that no parent has, and for what stands outside of blocks.

    Jinja leaves both out without a word.
    """
    tree = tree_of(text, name, path)
    start = next((number for number, node in enumerate(tree.body) if isinstance(node, nodes.Extends)), None)
    known = _inherited_blocks(loader, tree, {name})
    if start is None or known is None:
        return
    for node in tree.body[start:]:
        if isinstance(node, nodes.Block) and node.name not in known:
            message = f"the block '{node.name}' is in no template that this one extends, so it would never be printed"
            hint = did_you_mean(node.name, known) or f'they have none; to add to one: {{% include "{SHIPPED}..." %}}'
            raise TemplateSyntaxError(f"{message}; {hint}", node.lineno, name, str(path))
        if not isinstance(node, _NOT_PRINTED) and (line := _first_line(node)):
            message = "what stands outside of blocks is not printed in a template that extends another"
            hint = f'put it into a block, or write "include" for "extends" (the shipped one is "{SHIPPED}NAME")'
            raise TemplateSyntaxError(f"{message}; {hint}", line, name, str(path))


def _refuse_remnants(loader: Templates, name: str, path: Path, text: str) -> None:
    """Raise TemplateSyntaxError for an empty file, and for one with only some blocks of the shipped one it replaces."""
    try:
        above, shipped = loader.read(SHIPPED + name)
    except (TemplateNotFound, TemplateSyntaxError, UnusableTemplateError):
        return  # nothing is replaced, or it is told where that one is used
    if above == path:
        return
    if not text.strip():
        message = "this file is empty, so that nothing of the shipped one would be printed; take it away, or"
        raise TemplateSyntaxError(f"{message} write {{# nothing #}} into it if that is meant", 1, name, str(path))
    tree_of(text, name, path), tree_of(shipped, name, above)  # for the file in which either has a fault
    blocks, has_more = _outline(text, name)
    replaced, _ = _outline(shipped, name)
    if not has_more and blocks.keys() & replaced.keys() and replaced.keys() - blocks.keys():
        message = "of the shipped file nothing but these blocks would be printed, as this file does not extend it"
        hint = f'write {{% extends "{SHIPPED}{name}" %}} above them'
        raise TemplateSyntaxError(f"{message}; {hint}", min(blocks.values()), name, str(path))


@lru_cache(maxsize=512)
def _outline(text: str, name: str) -> tuple[Mapping[str, int], bool]:
    """Return the blocks of a template by their lines, and whether it prints anything else; every document asks anew."""
    tree = tree_of(text, name)
    blocks = {block.name: block.lineno for block in tree.find_all(nodes.Block)}
    return blocks, any(not isinstance(node, _NOT_PRINTED) and _first_line(node) for node in tree.body)


def _inherited_blocks(loader: Templates, tree: nodes.Template, met: set[str]) -> set[str] | None:
    """Return the blocks of all templates that this one extends; None where they are known only when it is rendered."""
    found: set[str] = set()
    for extends in tree.find_all(nodes.Extends):
        parent = extends.template.value if isinstance(extends.template, nodes.Const) else None
        if not isinstance(parent, str) or parent in met:
            return None
        try:
            above = tree_of(loader.read(parent)[1], parent)
        except (TemplateNotFound, TemplateSyntaxError, UnusableTemplateError):
            return None  # told when the template is rendered
        further = _inherited_blocks(loader, above, met | {parent})
        if further is None:
            return None
        found |= further | {block.name for block in above.find_all(nodes.Block)}
    return found


def _first_line(node: nodes.Node) -> int:
    """Return the line of the first thing that would be printed; 0 if there is nothing but space."""
    for data in (node, *node.find_all((nodes.TemplateData, nodes.Expr))):
        if isinstance(data, nodes.TemplateData) and (text := data.data.lstrip()):
            return data.lineno + data.data[: len(data.data) - len(text)].count("\n")
        if isinstance(data, nodes.Expr) and not isinstance(data, nodes.TemplateData):
            return data.lineno
    return 0 if isinstance(node, nodes.Output) else node.lineno


def names_used(loader: Templates) -> Iterator[str]:
    """Yield the name of every template, and of each shipped one that another names as such."""
    named = set[str]()
    for name in loader.list_templates():
        yield name
        named |= set(re.findall(rf"[\"']({SHIPPED}[^\"']+)[\"']", loader.read(name)[1]))
    yield from sorted(named)


def templates_in(tree: nodes.Template) -> Iterator[tuple[int, str]]:
    """Yield the templates that a template cannot do without, by their names, with the lines that take them in."""
    for node in tree.find_all(nodes.Stmt):
        if isinstance(node, (nodes.Include, *_TAKEN_IN)):
            may_be_missing = isinstance(node, nodes.Include) and node.ignore_missing
            if isinstance(node.template, nodes.Const) and not may_be_missing:
                yield node.lineno, str(node.template.value)


def never_met(tree: nodes.Template, languages: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what the medium or the language of a page is compared with and never is, with the line and a hint."""
    codes = {each.partition("-")[0] for each in languages}
    for node in tree.find_all(nodes.Compare):
        match node.expr:
            case nodes.Name(name="media"):
                known = set(MEDIA)
            case nodes.Getattr(node=nodes.Name(name="page"), attr="lang" | "language"):
                known = codes
            case _:
                continue
        for other in (each.expr for each in node.ops):
            for named in other.find_all(nodes.Const) if not isinstance(other, nodes.Const) else [other]:
                if isinstance(named.value, str) and named.value.partition("-")[0] not in known:
                    yield node.lineno, named.value, did_you_mean(named.value, known)


MEDIA = ("screen", "print")


@lru_cache(maxsize=512)
def untranslated(text: str) -> Sequence[tuple[int, str]]:
    """Return what a template prints in every language as it stands, outside of `{{ _("...") }}`, with the lines.

    What is between tags of an element with `lang` or `translate="no"` is meant to be as it is.
    """
    reader = _Words()
    reader.feed("".join(_as_it_stands(_STYLE_BLOCK.sub(r"\1<style>\2</style>", text))))
    reader.close()
    return reader.found


def _as_it_stands(text: str) -> Iterator[str]:
    """Yield what a template prints whatever the page: outside of tags, and texts in quotes within `{{ ... }}`."""
    environment, printed = Environment(autoescape=True), ""
    for _, kind, value in environment.lex(text):
        if kind == "data":
            yield value
            continue
        yield "\n" * value.count("\n")
        printed = value if kind == "variable_begin" else printed + value
        if kind == "variable_end":
            with suppress(TemplateSyntaxError):  # which is told elsewhere
                for output in environment.parse(printed).find_all(nodes.Output):
                    yield from (escape(said) for each in output.nodes for said in _said(each))


def _said(node: nodes.Node | None) -> Iterator[str]:
    """Yield the texts in quotes that an expression may print."""
    match node:
        case nodes.Const(value=str(text)):
            yield text
        case nodes.Concat(nodes=parts):
            yield from (text for each in parts for text in _said(each))
        case nodes.CondExpr(expr1=first, expr2=second) | nodes.Add(left=first, right=second):
            yield from (text for each in (first, second) for text in _said(each))
        case nodes.Or(left=first, right=second) | nodes.And(left=first, right=second):
            yield from (text for each in (first, second) for text in _said(each))
        case nodes.Filter(node=first, name=name, args=others):
            yield from (text for each in (first, *(others if name in ("default", "d") else ())) for text in _said(each))
        case _:
            pass


_STYLE_BLOCK = re.compile(r"(\{%-?\s*block\s+style\b[^%]*%\})(.*?)(?=\{%-?\s*endblock)", re.DOTALL)
"""That of parts/head.html, which stands within the element of that name."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_ATTRIBUTES = re.compile(r"""\s*(?:[\w-]+=(?:"[^"]*"|'[^']*')\s*)+""")
"""What a macro prints inside of a tag."""
_READ_OUT = ("alt", "title", "aria-label", "placeholder", "summary")
"""Attributes whose text is printed or read out."""


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        for name in _READ_OUT:
            self._add(given.get(name) or "")
        if tag not in NO_END:
            as_it_is = tag in ("style", "script", "code") or given.get("translate") == "no" or bool(given.get("lang"))
            self._open.append((tag, as_it_is))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(as_it_is for _, as_it_is in self._open):
            self._add(data)

    def _add(self, text: str) -> None:
        words = (word for word in _WORD.finditer(text) if not word[0].isupper())  # SHA-256 is so in every language
        if (word := next(words, None)) and not _ATTRIBUTES.fullmatch(text):
            self.found.append((self.getpos()[0] + text.count("\n", 0, word.start()), " ".join(text.split())))


def column_of(file: str, line: int, message: str) -> int:
    """Return where in its line what a message names in quotes stands, else the first tag; 0 where neither does."""
    lines = text_if_readable(Path(file), Path(file).parent).split("\n")
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    tag = re.search(r"\{[{%#]", text)
    for named in re.findall("'(.+?)'", message):
        if found := re.compile(rf"(?<!\w){re.escape(named)}(?!\w)").search(text, tag.start() if tag else 0):
            return found.start() + 1
    return tag.start() + 1 if tag else 0
