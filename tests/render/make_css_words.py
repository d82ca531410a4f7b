"""Writes briefgen/render/css_words.txt anew from the package mdn-data of npm: which words each property of CSS takes.

npm pack mdn-data && tar xzf mdn-data-*.tgz && python tests/render/make_css_words.py package
"""

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.css.validation.expanders import EXPANDERS
from weasyprint.css.validation.properties import PROPERTIES

TARGET = Path(__file__).parents[2] / "briefgen" / "render" / "css_words.txt"
ANY, NUMBER, COLOUR = "*", "<number>", "<color>"
FUNCTIONS = "<function>"
OF_PAPER = (
    "content",
    "element",
    "leader",
    "running",
    "string",
    "target-counter",
    "target-counters",
    "target-text",
    "format",
    "local",
    "tech",
    "repeat",
    "url",
    "src",
)
NAMES_OF_ONES_OWN = re.compile(r".*(ident|string|name|value|type|tag|feature)|attr-.*|string|url-set")
NUMBERS = {"number", "integer", "number-token", "ratio"}
TOKEN = re.compile(r"<'[\w-]+'>|<[\w-]+(?:\(\))?(?:\s*\[[^\]]*\])?>|'.'|[-\w@]+\(|-?[a-zA-Z][\w-]*|[()]")


class Grammar:
    """The value definitions of properties, descriptors and types."""

    def __init__(self, folder: Path) -> None:
        css = {
            name: json.loads((folder / "css" / f"{name}.json").read_text("utf-8"))
            for name in ("properties", "syntaxes", "at-rules", "functions")
        }
        self.version = json.loads((folder / "package.json").read_text("utf-8"))["version"]
        self.properties: Mapping[str, str] = {
            name: each["syntax"] for name, each in css["properties"].items() if name[0] != "-"
        }
        self.descriptors = {
            name: each["syntax"]
            for rule in css["at-rules"].values()
            for name, each in rule.get("descriptors", {}).items()
        }
        self.functions = sorted(name.removesuffix("()").lower() for name in css["functions"] if name[0] != "-")
        self.types: Mapping[str, str] = {name: each["syntax"] for name, each in css["syntaxes"].items()}

    def words(self, syntax: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yield the words that a definition takes outside of functions; ANY where they may be one's own."""
        depth = 0
        for each in TOKEN.findall(syntax):
            if depth or (each.endswith("(") and len(each) > 1):
                depth += each.endswith("(") - (each == ")")
            elif each[0] == "<":
                yield from self._of_type(each, seen)
            elif each[0].isalpha():
                yield each.lower()

    def _of_type(self, each: str, seen: frozenset[str]) -> Iterator[str]:
        name = re.sub(r"\s*\[.*", "", each.strip("<>"))
        if name in seen or name.endswith("()"):
            return
        if name[0] == "'":
            yield from self.words(self.properties[name.strip("'")], seen | {name})
        elif name in NUMBERS:
            yield NUMBER
        elif name == "color":
            yield COLOUR
        elif name in self.types:
            yield from self.words(self.types[name], seen | {name})
        elif NAMES_OF_ONES_OWN.fullmatch(name):
            yield ANY


def lines(grammar: Grammar) -> Iterator[str]:
    """Yield a line for all properties that take the same words, and one for the colours."""
    every = {**grammar.descriptors, **grammar.properties}
    takes = {
        name: frozenset(grammar.words(syntax, frozenset({f"'{name}'"})))
        for name, syntax in every.items()
        if name[0] != "-"
    }
    for name in {*INITIAL_VALUES, *EXPANDERS, *PROPERTIES}:  # what the PDF engine knows beyond, such as footnotes
        takes.setdefault(str(name).replace("_", "-"), frozenset({ANY}))
    words = {name: ANY if ANY in found else " ".join(sorted(found)) for name, found in takes.items() if name[0] != "-"}
    words[FUNCTIONS] = " ".join(sorted({*grammar.functions, *OF_PAPER}))
    words[COLOUR] = " ".join(sorted({*grammar.words(grammar.types["color"], frozenset({"color"}))}))
    together = {each: sorted(name for name in words if words[name] == each) for each in sorted(set(words.values()))}
    for found, names in sorted(together.items(), key=lambda each: each[1]):
        yield f"{' '.join(names)}: {found}".rstrip()


def main(folder: Path) -> None:
    grammar = Grammar(folder)
    head = (
        "# The words that each property of CSS takes, but for those that all take, and functions. Written by\n"
        f"# tests/render/make_css_words.py from mdn-data {grammar.version} (CC0-1.0). <number>: a number without a\n"
        "# unit too; *: names of one's own.\n"
    )
    TARGET.write_text(head + "".join(f"{line}\n" for line in lines(grammar)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
