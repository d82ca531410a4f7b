"""Worker processes that render documents, each stopped when it takes too long or too much memory."""

import multiprocessing
import resource
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

PRELOADED = ("briefgen.to_html",)


class LimitedProcesses(Executor):
    """An Executor whose tasks end in TimeoutError or MemoryError instead of never.

    Workers are forked from a clean server process that has the rendering libraries loaded already, so the caller
    stays light and each worker starts fast.
    """

    def __init__(self, workers: int, seconds: int, megabytes: int, preload: tuple[str, ...] = PRELOADED) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        self._seconds = seconds
        self._pool = ProcessPool(
            max_workers=workers, max_tasks=64, context=context, initializer=_limit_memory, initargs=(megabytes,)
        )

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run in a worker; the future fails with TimeoutError after the limit."""
        future: Future[T] = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=self._seconds)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers finish, or stop them."""
        if cancel_futures or not wait:
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()


@contextmanager
def workers(count: int, seconds: int, megabytes: int, preload: tuple[str, ...] = PRELOADED) -> Iterator[Executor]:
    """Worker processes for a while; on the way out by an exception they are stopped at once."""
    pool = LimitedProcesses(count, seconds, megabytes, preload)
    try:
        yield pool
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _limit_memory(megabytes: int) -> None:
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
