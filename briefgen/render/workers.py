"""Worker processes that render documents, each stopped when it takes too long or too much memory."""

import ctypes.util
import fcntl
import gc
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import reduction, resource_tracker
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from briefgen.files import SCRATCH

P = ParamSpec("P")
T = TypeVar("T")

MODULES = ("briefgen.render.html",)
GRACE = 10
"""Seconds after its limit at which a worker ends by itself, in case no parent is left to stop it."""
MAX_TASKS = 64
"""A worker is replaced after this many tasks: the PDF engine keeps some memory of each."""
IDLE = 1.0
"""Seconds without a task after which a worker looks for garbage."""
COLLECTED = (200_000, 5, 5)
"""After how many new objects Python looks for garbage among them, and every how many times among older and the oldest;
its own numbers are 700, 10 and 10.
"""
_SAFE_PATH = ("PYTHONSAFEPATH", "1")
"""Python takes no file of the current folder for a module."""


class LimitedProcesses(Executor):
    """An Executor whose tasks end in TimeoutError, MemoryError or BrokenExecutor instead of never.

    Each of `workers` threads gives a task to a worker process and waits for it. A process is started when it is needed,
    as a copy of one that has loaded `modules`; `megabytes` are of address space; it is replaced after so many `tasks`,
    or MAX_TASKS. By its `patience` (0 to 19) it leaves the machine to others.
    """

    def __init__(
        self,
        workers: int,
        seconds: int,
        megabytes: int,
        modules: tuple[str, ...] = MODULES,
        tasks: int = 0,
        patience: int = 0,
    ) -> None:
        self._tasks = tasks or MAX_TASKS
        self._scratch = tempfile.TemporaryDirectory(prefix=SCRATCH)
        self._scratch_lock = os.open(self._scratch.name, os.O_RDONLY)
        fcntl.flock(self._scratch_lock, fcntl.LOCK_EX)
        _remove_abandoned(before=os.fstat(self._scratch_lock).st_mtime - 60)
        self._seconds, self._loads = seconds, (modules, patience)
        self._setup = (megabytes, self._scratch.name)
        self._threads = ThreadPoolExecutor(workers, initializer=_block_ctrl_c)
        self._lock = Lock()
        self._original: _Original | None = None
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._stopped = False

    def prepare(self, fn: Callable[..., object] = os.getpid, *args: Any) -> None:
        """Start a process now, to have the modules loaded by the time that there is work; it runs a function."""
        self._threads.submit(self._prepare, fn, args)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a function in a worker; the future fails with TimeoutError after the limit, BrokenExecutor if it dies."""
        return self._threads.submit(self._run, fn, args, kwargs)

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Stop the workers at once where the `with` block is left by an exception."""
        self.shutdown(cancel_futures=error is not None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the workers finish, or stop them, and remove their temporary folder."""
        if cancel_futures or not wait:
            self._stop()
        self._threads.shutdown()  # what has not begun fails at once: a future that is cancelled tells nobody who waits
        self._stopped = True
        for worker in self._workers:
            worker.end()
        if self._original:
            self._original.end()
        self._scratch.cleanup()
        os.close(self._scratch_lock)

    def _stop(self) -> None:
        """Kill the workers and start no more; threads that wait for one see it end."""
        with self._lock:
            self._stopped = True
            for worker in self._workers:
                worker.kill()
            if self._original:
                self._original.process.kill()

    def _run(self, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        worker = self._take()
        try:
            result, error = worker.run((fn, args, kwargs), self._seconds)
        except BaseException:
            self._discard(worker)
            raise
        if worker.tasks < self._tasks:
            self._idle.append(worker)
        else:
            self._discard(worker)
        if error:
            raise error
        return result

    def _prepare(self, fn: Callable[..., object], args: tuple[Any, ...]) -> None:
        with suppress(Exception):  # the first task that somebody waits for says so
            self._run(fn, args, {})

    def _take(self) -> "_Worker":
        try:
            return self._idle.pop()
        except IndexError:
            return self._started()

    def _started(self) -> "_Worker":
        with self._lock:
            if self._stopped:
                raise BrokenExecutor("the build was stopped")
            if self._original and not self._original.process.is_alive():
                self._original.end()
                self._original = None
            original = self._original = self._original or _Original(*self._loads)
        worker = _Worker(original, self._setup)  # the first waits until the modules are loaded
        with self._lock:
            self._workers.add(worker)
            if self._stopped:
                worker.kill()
        return worker

    def _discard(self, worker: "_Worker") -> None:
        with self._lock:
            self._workers.remove(worker)
            worker.end()


class InThisProcess(Executor):
    """Does the work at once, in the process that asks for it."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Return what is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class _Original:
    """A process that has loaded the modules, and of which workers are copies: to load them takes as long as many pages.

    It alone can be copied, as it has no threads; and it alone is told how its copies end.
    """

    def __init__(self, modules: tuple[str, ...], patience: int) -> None:
        context = multiprocessing.get_context("spawn")  # no copy of this process, which has threads
        self._connection, theirs = context.Pipe()
        self._lock = Lock()
        self.process = context.Process(target=_copy_itself, args=(theirs, modules, patience), daemon=True)
        try:
            with environment(*_SAFE_PATH):
                self.process.start()
        except OSError as error:
            raise BrokenExecutor(f"no process can be started: {error.strerror}") from error
        finally:
            theirs.close()

    def copy(self, setup: tuple[Any, ...]) -> tuple[int, Connection]:
        """Return the number of a new copy, and the pipe to it; BrokenExecutor where there can be none."""
        ours, theirs = multiprocessing.Pipe()
        try:
            with self._lock, theirs:
                self._connection.send(setup)
                reduction.send_handle(self._connection, theirs.fileno(), self.process.pid)
                answer = self._connection.recv()
        except (EOFError, ConnectionError):
            self.process.join(GRACE)
            raise BrokenExecutor(_ended_by(self.process.exitcode)) from None
        if isinstance(answer, OSError):
            raise BrokenExecutor(f"no process can be started: {answer.strerror}") from answer
        return answer, ours

    def code_of(self, pid: int) -> int | None:
        """Wait until a copy has ended, and return its exit code; None where nobody knows it any more."""
        try:
            with self._lock:
                self._connection.send(pid)
                code: int = self._connection.recv()
                return code
        except (EOFError, ConnectionError):
            return None

    def end(self) -> None:
        """Kill the process."""
        self.process.kill()
        self.process.join()
        self._connection.close()


class _Worker:
    """A process and the pipe to it, used by one thread at a time."""

    def __init__(self, original: _Original, setup: tuple[Any, ...]) -> None:
        self.tasks = 0
        self._original = original
        self._pid, self._connection = original.copy(setup)
        self._ended = False

    def run(self, task: tuple[Any, ...], seconds: int) -> tuple[Any, Exception | None]:
        """Return the result or the error of a task; TimeoutError or BrokenExecutor: the worker is lost."""
        try:
            self.tasks += 1
            self._connection.send((seconds + GRACE, *task))
            if self._connection.poll(seconds):
                result, error = self._connection.recv()
                return result, error
        except (EOFError, ConnectionError):
            raise BrokenExecutor(_ended_by(self._wait())) from None
        raise TimeoutError

    def kill(self) -> None:
        """Kill the process, unless its number may be that of another by now."""
        if not self._ended:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def end(self) -> None:
        """Kill the process, and wait for its end."""
        self.kill()
        if not self._ended:
            self._wait()
        self._connection.close()

    def _wait(self) -> int | None:
        self._ended = True
        return self._original.code_of(self._pid)


def _ended_by(code: int | None) -> str:
    cause = f"an error (exit code {code})"
    if code is not None and code < 0:
        cause = next((known.name for known in signal.Signals if known == -code), f"signal {-code}")
    return f"its process was ended by {cause}"


def _block_ctrl_c() -> None:
    """In a thread: block Ctrl-C for the processes that it starts, as the build stops them itself."""
    with suppress(OSError), environment(*_SAFE_PATH):  # starting a worker then fails as well, and says so
        resource_tracker.ensure_running()  # multiprocessing needs it; starting it unblocks Ctrl-C, so it goes first
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _copy_itself(connection: Connection, modules: tuple[str, ...], patience: int) -> None:
    """In the original: load the modules, then make copies and tell how they ended, until the caller is gone."""
    os.nice(patience)
    with _asking_no_compiler():
        for name in modules:
            with suppress(Exception):  # the task that uses the module loads it again, and reports it
                import_module(name)
    collect_seldom()
    with suppress(EOFError, ConnectionError):
        while True:
            asked = connection.recv()
            if isinstance(asked, int):
                connection.send(os.waitstatus_to_exitcode(os.waitpid(asked, 0)[1]))
            else:
                connection.send(_copied(connection, reduction.recv_handle(connection), asked))


def _copied(connection: Connection, handle: int, setup: tuple[Any, ...]) -> int | OSError:
    """Return the number of a copy that serves the pipe with this handle; it never returns from here."""
    with Connection(handle) as pipe:
        try:
            pid = os.fork()
        except OSError as error:
            return error
        if not pid:
            try:
                connection.close()
                _serve(pipe, *setup)
            finally:
                os._exit(1)
        return pid


def _serve(connection: Connection, megabytes: int, scratch: str) -> None:
    """In a worker: run one task after the other until the caller is gone."""
    _confine(megabytes, scratch)
    with suppress(EOFError, ConnectionError):
        while True:
            if not connection.poll(IDLE):
                collect()
            seconds, fn, args, kwargs = connection.recv()
            signal.alarm(seconds)  # it ends the process even where the caller was killed
            try:
                connection.send((fn(*args, **kwargs), None))
            except Exception as error:
                connection.send((None, error))
            signal.alarm(0)


@contextmanager
def _asking_no_compiler() -> Iterator[None]:
    """Within a `with` block, no library is looked for by its short name: ctypes runs ldconfig, gcc and ld for each.

    The PDF engine tries the names of the files themselves next, and finds them in a third of the time.
    """
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005 # as it is called
    try:
        yield
    finally:
        ctypes.util.find_library = find


def collect_seldom() -> None:
    """Look for garbage less often, and never among the modules: in a worker, and in the process that gives it work.

    A layout makes hundreds of thousands of objects that live until it is written: with Python's own thresholds, a fifth
    of the time goes into looking at them again and again. The longest document takes no more memory for it.
    """
    gc.freeze()
    gc.set_threshold(*COLLECTED)


def collect() -> None:
    """Look for garbage while there is nothing to do, so that what is kept is not looked at in the next task."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _confine(megabytes: int, scratch: str) -> None:
    """In a worker: limit the memory, write no core files, and use one folder for temporary files."""
    tempfile.tempdir = scratch
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    limit = megabytes * 1024 * 1024 if most == resource.RLIM_INFINITY else min(most, megabytes * 1024 * 1024)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _remove_abandoned(before: float) -> None:
    """Remove the temporary folders of killed builds: those that are not locked, and not made just now.

    `before` is in seconds of the file system's clock.
    """
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.fstat(descriptor).st_mtime < before:
                    shutil.rmtree(folder)
            finally:
                os.close(descriptor)


_ENVIRONMENT = Lock()


@contextmanager
def environment(name: str, value: str) -> Iterator[None]:
    """Set an environment variable within a `with` block; other threads that want to set one wait."""
    with _ENVIRONMENT:
        before = os.environ.get(name)
        os.environ[name] = value
        try:
            yield
        finally:
            os.environ.pop(name)
            if before is not None:
                os.environ[name] = before
