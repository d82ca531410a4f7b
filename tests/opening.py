"""What Python opens within a `with` block; a hook of sys.addaudithook would stay for all tests after."""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def opened_files() -> Iterator[set[Path]]:
    """The files, as they were named; a descriptor is of a file that was opened before."""
    found: set[Path] = set()

    def noting(really: Callable[..., Any]) -> Callable[..., Any]:
        def opening(file: Any, *how: Any, **more: Any) -> Any:
            if not isinstance(file, int):
                found.add(Path(os.fsdecode(file)))
            return really(file, *how, **more)

        return opening

    with pytest.MonkeyPatch.context() as here:
        for module in (builtins, io, os):
            here.setattr(module, "open", noting(module.open))
        yield found
