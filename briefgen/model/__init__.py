"""The vocabulary: facts, records, quantities, dates, editions, pages and findings.

Here is what remembers the result of a pure function, so that a process that stays computes anew only what has changed.
"""

from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
First = TypeVar("First")


def remembered(size: int) -> Callable[[Callable[Concatenate[First, P], T]], Callable[Concatenate[First, P], T]]:
    """Make a pure function return what it returned for the same first argument and equal others, of its last calls.

    The first one must be the same object: values that are equal, such as 3.2 and 3.20, may be printed differently.
    Unlike those of functools.lru_cache, the arguments need no hash. An exception is not remembered.
    """

    def decorate(function: Callable[Concatenate[First, P], T]) -> Callable[Concatenate[First, P], T]:
        known: deque[tuple[First, Any, T]] = deque(maxlen=size)

        @wraps(function)
        def call(first: First, /, *args: P.args, **kwargs: P.kwargs) -> T:
            for same, others, result in tuple(known):
                if same is first and others == (args, kwargs):
                    return result
            result = function(first, *args, **kwargs)
            known.appendleft((first, (args, kwargs), result))
            return result

        return call

    return decorate
