"""The shipped languages and two that are not, read by a loader of the tests' own."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter

from briefgen.localise.patterns import Patterns

HERE = Path(__file__).parent
SHIPPED = HERE.parents[1] / "templates" / "languages"
FOURTH = HERE / "fourth"
CODES = ("en", "vi", "ko")


def read(path: Path) -> Any:
    """A YAML file with every scalar as a string, as the program reads it."""
    return yaml.load(path.read_bytes(), Loader=yaml.CBaseLoader)  # noqa: S506 it makes strings only


_ADAPTER = TypeAdapter(Patterns)


def patterns_of(raw: Any) -> Patterns:
    """The patterns among what a language's file says."""
    return _ADAPTER.validate_python(raw["patterns"])


def rows(name: str, folder: str = "vectors") -> list[dict[str, Any]]:
    """The rows of a table of test vectors; an empty table is an error."""
    table: list[dict[str, Any]] = read(HERE / folder / f"{name}.yaml")
    if not table:
        raise ValueError(f"{name}.yaml has no rows")
    return table


def shown(text: str) -> str:
    """A text with its no-break spaces to be seen."""
    return text.replace("\u00a0", "⍽")


PATTERNS = {code: patterns_of(read(SHIPPED / f"{code}.yaml")) for code in CODES}
OTHERS = {path.stem: patterns_of(read(path)) for path in sorted(FOURTH.glob("??.yaml"))}
EVERY = {**PATTERNS, **OTHERS}
