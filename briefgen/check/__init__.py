"""What can be wrong with the data. A check is a function that yields findings of one code: its docstring begins so.

To add one: write the function beside its like, and give it a row in the table of facts/README.md (or of
templates/README.md, for the look) and a test whose docstring is a small bad file.
"""

import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TypeVar

from briefgen.check import evidence, facts, languages, look, quotations, texts
from briefgen.check.languages import LanguageSubject
from briefgen.check.look import LookSubject
from briefgen.check.quotations import RecordSubject
from briefgen.model.book import FactBook
from briefgen.model.findings import Finding

T = TypeVar("T")


def _checks(of: type[T], *modules: ModuleType) -> tuple[Callable[[T], Iterator[Finding]], ...]:
    """Return the functions of these modules whose docstring begins with a code, and that need such a subject alone."""
    functions = (
        each for module in modules for each in vars(module).values() if re.match(r"[A-Z]\d{3}: ", each.__doc__ or "")
    )
    return tuple(each for each in functions if [*each.__annotations__.values()] == [of, Iterator[Finding]])


FACTS = _checks(FactBook, facts, evidence, texts)
"""Of the facts and the records they rest on."""
RECORDS = _checks(RecordSubject, quotations)
"""Of the words that each figure of a record was read from."""
LANGUAGES = _checks(LanguageSubject, languages, texts)
"""Of a language: its catalogs, its terms, its patterns."""
LOOK = _checks(LookSubject, look)
"""Of templates/look.yaml."""
