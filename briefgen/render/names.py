"""Names in templates that nothing has, found without rendering: also where a list is empty today.

The templates of each document are gone through as Jinja would render them, with the type of each name in place of its
value. What is told is sure: a name of which the type is not known is passed by, and so is one that is wrong on one way
through the templates and right on another.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.runtime import LoopContext

from briefgen.model.document import TEMPLATE_NAMES
from briefgen.model.findings import Finding, Location
from briefgen.render.template_errors import (
    ANY,
    NO_ITEMS,
    NOTHING,
    Id,
    asked,
    either,
    item_of,
    not_known,
    not_known_alone,
    parts_of,
    valued,
)
from briefgen.render.templates import FILTERS, TESTS, Templates, UnusableTemplateError, column_of, no_such, tree_of

Load = Callable[[str], tuple[str, nodes.Template] | None]
"""Returns the file and the tree of a template; None where there is none that can be read."""
Scope = dict[str, Any]
"""The type of each name that is known at a place."""

_ALIKE = frozenset({"list", "reject", "rejectattr", "reverse", "select", "selectattr", "sort", "unique"})
_ONE = frozenset({"first", "last", "max", "min"})
"""Filters that return a list of the same items, and those that return one of them."""
_ASKING = frozenset({"groupby", "rejectattr", "selectattr"})
"""Filters whose first argument is an attribute; others name it so."""
_EQUAL = frozenset({"==", "!=", "eq", "equalto", "ne", "sameas"})
_OF_LOOP: Sequence[str] = tuple(name for name in dir(LoopContext) if not name.startswith("_"))


@dataclass(frozen=True, slots=True)
class _Loop:
    item: Any


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    file: str
    tree: nodes.Template
    blocks: Sequence[nodes.Block]
    extends: str | None
    """The name of the one that it extends; empty where that is known only when it is rendered."""
    unsure: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class _Macro:
    source: _Source
    node: nodes.Macro
    scope: Scope
    """Where it is defined, with what is defined there later."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name or an id in a template, what is said of it, and where it stands."""

    file: str
    line: int
    name: str
    message: str = ""

    @property
    def location(self) -> Location:
        """The first place of the name in its line."""
        return Location(self.file, self.line, column_of(self.file, self.line, f"'{self.name}'"))

    @property
    def finding(self) -> Finding:
        """R401: nothing has the name."""
        return Finding(self.location, "R401", self.message)


Names = tuple[list[Named], list[Named]]


def names_in(loader: Templates, documents: Iterable[str], *, rest: bool) -> Names:
    """Return the names that nothing has, and the ids that those of facts are compared with.

    In the templates of documents and all that they take in; where `rest` is true, in all others too.
    """
    environment = Environment(loader=loader, autoescape=True)

    def load(name: str) -> tuple[str, nodes.Template] | None:
        with suppress(TemplateSyntaxError, TemplateNotFound, RecursionError, UnusableTemplateError):
            text, file, _ = loader.get_source(environment, name)
            return file, tree_of(text, name)
        return None  # which is told elsewhere

    reader = Reader(load, loader.list_templates())
    with suppress(RecursionError):  # a template that is nested too deeply is told elsewhere
        reader.read(documents)
        if rest:
            reader.read_the_rest()
    return [*reader.unknown], [*reader.ids]


class Reader:
    """Goes through templates; `unknown` and `ids` have what it met."""

    def __init__(self, load: Load, names: Iterable[str]) -> None:
        self._names, self._sources = (
            tuple(names),
            cache(lambda name: _source(*found) if (found := load(name)) else None),
        )
        self._known: set[tuple[int, str]] = set()
        self._unknown: dict[tuple[int, str], Named] = {}
        self._open: list[int] = []
        self._met: set[str] = set()
        self._macros: dict[int, _Macro] = {}
        self._called: set[int] = set()
        self._blocks: dict[str, list[tuple[_Source, nodes.Block, Scope]]] = {}
        self._is_part, self._source = False, _Source("", nodes.Template([]), (), None, frozenset())
        self.ids: dict[Named, None] = {}

    def read(self, documents: Iterable[str]) -> None:
        """Go through the templates of documents, with all that they take in."""
        for name in documents:
            self._template(name, dict(_START))

    def read_the_rest(self) -> None:
        """Go through what no document took in; a name that is asked of nothing may come from whoever will."""
        self._is_part = True
        for name in self._names:
            if name not in self._met:
                self._template(name, dict(_START))
        for key, macro in [*self._macros.items()]:
            if key not in self._called:
                self._macro(macro, {}, ANY)

    @property
    def unknown(self) -> Iterator[Named]:
        """Yield the names that nothing has, on whatever way a page is made."""
        return (told for key, told in self._unknown.items() if key not in self._known)

    @contextmanager
    def _in(self, source: _Source, node: nodes.Node) -> Iterator[None]:
        """Within a `with` block, names stand in this template, in a part of it that is gone through."""
        before, self._source = self._source, source
        self._open.append(id(node))
        try:
            yield
        finally:
            self._open.pop()
            self._source = before

    def _template(self, name: str, scope: Scope) -> Scope:
        """Go through a template, and return what it defines."""
        source = self._sources(name)
        self._met.add(name)
        if source and id(source.tree) not in self._open:
            blocks, self._blocks = self._blocks, {}
            self._extended(source, scope)
            self._blocks = blocks
        return scope

    def _extended(self, source: _Source, scope: Scope) -> None:
        """Go through a template and the ones that it extends; blocks of the first one count."""
        for block in source.blocks:
            self._blocks.setdefault(block.name, []).append((source, block, scope))
        with self._in(source, source.tree):
            if source.extends is None:
                self._body(source.tree.body, scope)
                return
            self._body([each for each in source.tree.body if isinstance(each, _DEFINING)], scope)
            self._met.add(source.extends)
            if (above := self._sources(source.extends)) and id(above.tree) not in self._open:
                self._extended(above, scope)

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        for node in body:
            self._statement(node, scope)

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output(nodes=printed):
                self._any_of(printed, scope)
            case nodes.Expr():
                self._kind(node, scope)
            case nodes.For():
                self._for(node, scope)
            case nodes.Block():
                self._block(node.name, 0, scope)
            case nodes.Include():
                self._include(node, scope)
            case nodes.CallBlock():
                self._kind(node.call, scope)
                self._body(node.body, {**scope, **{each.name: ANY for each in node.args}})
            case nodes.With():
                self._with(node, scope)
            case _ if isinstance(node, _DEFINING):
                self._define(node, scope)
            case _:
                self._body(node.iter_child_nodes(), scope)

    def _with(self, node: nodes.With, scope: Scope) -> None:
        inner = dict(scope)
        for target, value in zip(node.targets, node.values, strict=True):
            _bind(target, self._kind(value, scope), inner)
        self._body(node.body, inner)

    def _define(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Assign(target=target, node=value):
                _bind(target, self._kind(value, scope), scope, sure=False)
            case nodes.AssignBlock(target=target):
                self._body(node.body, dict(scope))
                _bind(target, str, scope, sure=False)
            case nodes.Macro(name=name):
                self._macros[id(node)] = scope[name] = _Macro(self._source, node, scope)
            case nodes.Import(target=name):
                scope[name] = ANY
                self._template(_text(node.template), dict(scope if node.with_context else _ALONE))
            case nodes.FromImport():
                self._import(node, scope)
            case _:
                pass

    def _for(self, node: nodes.For, scope: Scope) -> None:
        item, inner = item_of(self._kind(node.iter, scope)), dict(scope)
        _bind(node.target, item, inner)
        if node.test:
            self._kind(node.test, inner)
        self._body(node.body, {**inner, "loop": _Loop(item)})
        self._body(node.else_, dict(scope))

    def _block(self, name: str, depth: int, scope: Scope) -> None:
        """Go through what stands in a block, or what that has from above."""
        source, block, own = self._blocks[name][depth]
        if id(block) not in self._open:
            with self._in(source, block):
                self._body(block.body, {**own, **scope, "super": (name, depth + 1)})

    def _include(self, node: nodes.Include, scope: Scope) -> None:
        self._kind(node.template, scope)
        chosen = node.template.items if isinstance(node.template, nodes.List | nodes.Tuple) else [node.template]
        for each in chosen:
            pattern = re.compile(_pattern(each))
            names = [text] if (text := _text(each)) else [name for name in self._names if pattern.fullmatch(name)]
            for name in names:
                self._template(name, dict(scope if node.with_context else _ALONE))

    def _import(self, node: nodes.FromImport, scope: Scope) -> None:
        name = _text(node.template)
        source = self._sources(name)
        is_whole = source is not None and id(source.tree) not in self._open
        known = self._template(name, dict(scope if node.with_context else _ALONE))
        for each in node.names:
            wanted, alias = each if isinstance(each, tuple) else (each, each)
            scope[alias] = known.get(wanted, ANY)
            if is_whole and wanted not in known:
                macros = (key for key, kind in known.items() if isinstance(kind, _Macro))
                self._ask(node, wanted, not_known(wanted, macros), is_known=False)

    def _ask(self, node: nodes.Node, name: str, message: str, *, is_known: bool) -> None:
        """Note whether a name is known at this place; once known there, always known."""
        if name not in self._source.unsure and not name.startswith("_"):
            if is_known:
                self._known.add((id(node), name))
            else:
                self._unknown[id(node), name] = Named(self._source.file, node.lineno, name, message)

    def _part(self, node: nodes.Node, kind: Any, name: str) -> Any:
        """Return the type of what a template asks of something."""
        if kind is NOTHING:
            return NOTHING
        if isinstance(kind, _Loop):
            of_neighbour = kind.item if name in ("previtem", "nextitem") else ANY
            found, names = (of_neighbour, ()) if name in _OF_LOOP else (NOTHING, _OF_LOOP)
        else:
            found, names = asked(kind, name)
        self._ask(node, name, not_known(name, names) if found is NOTHING else "", is_known=found is not NOTHING)
        return found

    def _path(self, node: nodes.Node, kind: Any, path: str) -> Any:
        """Return the type of an attribute that a filter names by its path, of the items of a list."""
        for name in path.split("."):
            kind = item_of(kind) if name.isdecimal() else self._part(node, kind, name)
        return kind

    def _kind(self, node: nodes.Node, scope: Scope) -> Any:
        """Return the type of an expression, having gone through all of it."""
        match node:
            case nodes.TemplateData():
                return str
            case nodes.Name(name=name):
                if not self._is_part or name in scope:
                    message = "" if name in scope else not_known_alone(name, scope)  # finding a like one takes long
                    self._ask(node, name, message, is_known=name in scope)
                is_sure = not self._is_part and name not in self._source.unsure
                return scope.get(name, NOTHING if is_sure else ANY)
            case nodes.Getattr(node=of, attr=name) | nodes.Getitem(node=of, arg=nodes.Const(value=str(name))):
                return self._part(node, self._kind(of, scope), name)
            case nodes.Filter():
                return self._filtered(node, scope)
            case nodes.Call():
                return self._called_with(node, scope)
            case nodes.Compare() | nodes.Test():
                self._compared(node, scope)
                return bool
            case nodes.CondExpr(test=test, expr1=first, expr2=second):
                self._kind(test, scope)
                return self._any_of((first, second) if second else (first,), scope)
            case nodes.And() | nodes.Or() | nodes.Add():
                return self._any_of((node.left, node.right), scope)
            case _:
                return self._plain(node, scope)

    def _any_of(self, parts: Iterable[nodes.Node], scope: Scope) -> Any:
        return reduce(either, [self._kind(each, scope) for each in parts], NO_ITEMS)

    def _plain(self, node: nodes.Node, scope: Scope) -> Any:
        """Return the type of an item, of what is written out, or made of parts in a way that is not looked into."""
        match node:
            case nodes.Getitem(node=of, arg=arg):
                kind = self._kind(of, scope)
                self._kind(arg, scope)
                return kind if isinstance(arg, nodes.Slice) else valued(kind)
            case nodes.Const(value=str() | int() | float() as value):
                return type(value)
            case nodes.List(items=items) | nodes.Tuple(items=items) if items:
                return tuple[self._any_of(items, scope), ...]  # type: ignore[misc]
            case nodes.List() | nodes.Tuple():
                return NO_ITEMS
            case _:
                for each in node.iter_child_nodes():
                    self._kind(each, scope)
                return str if isinstance(node, nodes.Concat) else ANY

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Any:
        if node.name not in FILTERS:
            self._ask(node, node.name, no_such("filter", node.name, FILTERS), is_known=False)
        kind = self._kind(node.node, scope) if node.node else str
        given: dict[str, nodes.Node] = {str(each.key): each.value for each in node.kwargs}
        for each in (*node.args, *given.values()):
            self._kind(each, scope)
        named = node.args[0] if node.name in _ASKING and node.args else given.get("attribute")
        item, part = item_of(kind), ANY
        if (path := _text(named)) and "default" not in given:
            part = [self._path(node, item, each) for each in path.split(",")][-1]
            if len(node.args) > 2 and _text(node.args[1]) in {*_EQUAL, "in"}:
                self._ids(node, part, node.args[2], only_one=_text(node.args[1]) != "in")
        if node.name == "map":
            return tuple[part, ...]  # type: ignore[valid-type]
        if node.name in _ALIKE:
            return kind if kind is NO_ITEMS else tuple[item, ...]  # type: ignore[valid-type]
        if node.name in ("batch", "slice"):
            return tuple[tuple[item, ...], ...]  # type: ignore[valid-type]
        if node.name == "sum" and "start" in given:
            return item
        return item if node.name in _ONE else ANY

    def _compared(self, node: nodes.Compare | nodes.Test, scope: Scope) -> None:
        first = node.expr if isinstance(node, nodes.Compare) else node.node
        if isinstance(node, nodes.Test) and node.name not in TESTS:
            self._ask(node, node.name, no_such("test", node.name, TESTS), is_known=False)
        kind = self._kind(first, scope)
        others = [(each.op, each.expr) for each in node.ops] if isinstance(node, nodes.Compare) else []
        others += [(node.name, each) for each in node.args] if isinstance(node, nodes.Test) else []
        for how, other in others:
            of_other = self._kind(other, scope)
            if how in _EQUAL:
                self._ids(node, kind, other)
                self._ids(node, of_other, first)
            elif how in ("in", "notin"):
                self._ids(node, kind, other, only_one=False)

    def _ids(self, node: nodes.Node, kind: Any, other: nodes.Node, *, only_one: bool = True) -> None:
        """Note the texts that an id is compared with."""
        items = getattr(other, "items", []) if not only_one else [other]
        for text in filter(None, map(_text, items)) if kind is Id else ():
            self.ids[Named(self._source.file, node.lineno, text)] = None

    def _called_with(self, node: nodes.Call, scope: Scope) -> Any:
        called = self._kind(node.node, scope)
        kinds = [self._kind(each, scope) for each in node.args]
        named = {each.key: self._kind(each.value, scope) for each in node.kwargs}
        others = [each for each in (node.dyn_args, node.dyn_kwargs) if each]
        for each in others:
            self._kind(each, scope)
        match called:
            case _Macro():
                names = [each.name for each in called.node.args]
                self._macro(called, {**dict(zip(names, kinds, strict=False)), **named}, ANY if others else None)
                return str
            case (str(name), int(depth)):
                if len(self._blocks.get(name, ())) > depth:
                    self._block(name, depth, scope)
                return str
            case _:
                return ANY

    def _macro(self, macro: _Macro, given: Mapping[str, Any], other: Any) -> None:
        """Go through a macro with the types of what it is given; `other` is that of what is not told, if it is any."""
        node = macro.node
        self._called.add(id(node))
        if id(node) in self._open:
            return
        scope = {**macro.scope, "caller": ANY, "varargs": ANY, "kwargs": ANY}
        first_default = len(node.args) - len(node.defaults)
        for at, arg in enumerate(node.args):
            default = self._kind(node.defaults[at - first_default], scope) if at >= first_default else ANY
            scope[arg.name] = given.get(arg.name, default if other is None else other)
        with self._in(macro.source, node):
            self._body(node.body, scope)


_DEFINING = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)
_ALONE: Scope = {"_": ANY, "self": ANY}
_START: Scope = {**TEMPLATE_NAMES, **_ALONE}
del _START["loop"]


@lru_cache(maxsize=256)
def _source(file: str, tree: nodes.Template) -> _Source:
    """Return a template with what is asked of it again and again."""
    met = [*tree.find_all((nodes.Block, nodes.Extends, nodes.Test, nodes.Filter))]
    return _Source(
        file=file,
        tree=tree,
        blocks=[each for each in met if isinstance(each, nodes.Block)],
        extends=next((_text(each.template) for each in met if isinstance(each, nodes.Extends)), None),
        unsure=frozenset(_asked_with_care(met)),
    )


def _asked_with_care(met: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield the names that a template tests whether they are there, or has something else for."""
    for each in met:
        if isinstance(each, nodes.Test | nodes.Filter) and each.name in ("defined", "undefined", "default", "d"):
            of = each.node
            yield of.attr if isinstance(of, nodes.Getattr) else of.name if isinstance(of, nodes.Name) else ""
            yield _text(of.arg) if isinstance(of, nodes.Getitem) else ""


def _text(node: nodes.Node | None) -> str:
    return node.value if isinstance(node, nodes.Const) and isinstance(node.value, str) else ""


def _pattern(node: nodes.Node) -> str:
    """Return what names of templates look like that an expression makes."""
    if isinstance(node, nodes.Concat):
        return "".join(map(_pattern, node.nodes))
    return re.escape(text) if (text := _text(node)) else ".*"


def _bind(target: nodes.Node, kind: Any, scope: Scope, *, sure: bool = True) -> None:
    """Give a name its type; one that another branch gave another type has none that is known."""
    match target:
        case nodes.Name(name=name):
            scope[name] = kind if sure or name not in scope else either(scope[name], kind)
        case nodes.Tuple(items=items):
            for each, part in zip(items, parts_of(kind, len(items)), strict=True):
                _bind(each, part, scope, sure=sure)
        case _:
            pass
