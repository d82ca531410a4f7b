"""Worker processes that render documents, each stopped when it takes too long or too much memory."""

import multiprocessing
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

PRELOADED = ("briefgen.render.html",)
GRACE = 10
"""Seconds after its limit at which a worker ends by itself, should nobody be left to stop it."""


class LimitedProcesses(Executor):
    """An Executor whose tasks end in TimeoutError, MemoryError or BrokenExecutor instead of never.

    Workers are forked from a clean server process that has the rendering libraries loaded already, so the caller
    stays light and each worker starts fast.
    """

    def __init__(self, workers: int, seconds: int, megabytes: int, preload: tuple[str, ...] = PRELOADED) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(preload))
        resource_tracker.ensure_running()  # it lets Ctrl-C through again once it runs, so it goes first
        with _undisturbed():
            forkserver.ensure_running()
        self._seconds = seconds
        self._scratch = tempfile.TemporaryDirectory(prefix="briefgen-")
        limits = (megabytes, self._scratch.name)
        self._pool = ProcessPool(workers, max_tasks=64, context=context, initializer=_confine, initargs=limits)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run in a worker; the future fails with TimeoutError after the limit, BrokenExecutor where the worker dies."""
        task = (self._seconds + GRACE, fn, args, kwargs)
        try:
            running = self._pool.schedule(_run, args=task, timeout=self._seconds)
        except RuntimeError as error:
            raise BrokenExecutor("the workers cannot be started again") from error
        future: Future[T] = Future()
        running.add_done_callback(lambda done: _pass_on(done, future))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers finish, or stop them; what they left in their temporary folder is removed."""
        if cancel_futures or not wait:
            self._pool.stop()
        else:
            self._pool.close()
        self._pool.join()
        self._scratch.cleanup()
        _stop_server()


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


def _stop_server() -> None:
    """The server process goes with the last pool, so that it does not outlive the build.

    Python has no public way to ask for it. It ends only after all its workers: while another pool has some, it stays.
    """
    if not multiprocessing.active_children():
        forkserver._forkserver._stop()  # type: ignore[attr-defined]


@contextmanager
def _undisturbed() -> Iterator[None]:
    """For the start of the server process: no Ctrl-C reaches it, and it finds modules where this process does."""
    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "PYTHONSAFEPATH")}
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    paths = [os.path.abspath(path) for path in sys.path]  # noqa: PTH100 # a path may be empty: the current folder
    os.environ |= {"PYTHONPATH": os.pathsep.join(paths), "PYTHONSAFEPATH": "1"}
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        for name, value in before.items():
            os.environ.pop(name)
            if value is not None:
                os.environ[name] = value


def _pass_on(done: Future[T], future: Future[T]) -> None:
    """The outcome, with a worker's death in words."""
    if done.cancelled():
        future.cancel()
        return
    match done.exception():
        case None:
            future.set_result(done.result())
        case ProcessExpired(exitcode=code):
            future.set_exception(BrokenExecutor(f"its process was ended by {_cause(code)}"))
        case error:
            future.set_exception(error)


def _cause(code: int) -> str:
    if code >= 0:
        return f"an error (exit code {code})"
    return next((known.name for known in signal.Signals if known == -code), f"signal {-code}")


def _confine(megabytes: int, scratch: str) -> None:
    """In a worker, at its start: so much memory, no core files, and one folder for what libraries leave lying about."""
    tempfile.tempdir = scratch
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = megabytes * 1024 * 1024 if most == resource.RLIM_INFINITY else min(most, megabytes * 1024 * 1024)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _run(seconds: int, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    """In a worker, by its own clock too: the alarm ends the process even where the caller was killed."""
    signal.alarm(seconds)
    try:
        return fn(*args, **kwargs)
    finally:
        signal.alarm(0)
