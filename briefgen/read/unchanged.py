"""Reads files again only when they have changed: in a process that stays, a build after an edit is over sooner."""

from collections import deque
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from briefgen.render.fingerprint import hash_of

P = ParamSpec("P")
T = TypeVar("T")
_KEPT = 6
"""Results of a reader: enough for some partnerships, and for an edit that is taken back."""


def while_unchanged(files: Callable[P, Iterable[Path]]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Make a reader return its earlier result while the arguments and the content of `files(...)` are the same.

    `files` gives every file that the reader reads, whether it exists or not. What is read while a file changes is not
    kept, and neither is an exception.
    """

    def decorate(read: Callable[P, T]) -> Callable[P, T]:
        known: deque[tuple[Any, T]] = deque(maxlen=_KEPT)

        @wraps(read)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            def state() -> tuple[Any, ...]:
                return hash_of(Path("/"), files(*args, **kwargs)), args, kwargs

            before = state()
            for earlier, result in tuple(known):
                if earlier == before:
                    return result
            result = read(*args, **kwargs)
            if state() == before:
                known.appendleft((before, result))
            return result

        return call

    return decorate
