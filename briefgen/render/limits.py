"""Limits within a process: what makes a page without end is stopped where it is, so that its line can be told."""

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

SECONDS, MEGABYTES = 6, 256
"""Of computing time and of memory for the markup of a page; the longest briefing needs less than a tenth."""
_STATM = Path("/proc/self/statm")


@contextmanager
def limited(seconds: int = SECONDS, megabytes: int = MEGABYTES) -> Iterator[None]:
    """Raise TimeoutError or MemoryError within a `with` block that needs more; only in the main thread of a process."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    memory = resource.getrlimit(resource.RLIMIT_AS)
    handler = signal.signal(signal.SIGVTALRM, _stop)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_allowed(megabytes, memory[0]), memory[1]))
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1)
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, memory)
        signal.signal(signal.SIGVTALRM, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


def _allowed(megabytes: int, limit: int) -> int:
    """Return the bytes of address space that a process may have: so much more than now, but no more than before."""
    try:
        pages = int(_STATM.read_text(encoding="ascii").split()[0])
    except OSError:  # no Linux
        return limit
    wanted = pages * resource.getpagesize() + megabytes * 1024 * 1024
    return wanted if limit == resource.RLIM_INFINITY else min(wanted, limit)
