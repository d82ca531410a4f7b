"""An Executor whose tasks run on the machines of a Dask cluster.

The workers share no disk: a plugin takes the templates, with their fonts and pictures, to each worker once, also to one
that joins later. There each task has a process of its own with the limits of `render/workers.py`.
"""

import logging
import multiprocessing
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import suppress
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import dask
from distributed import Client, KilledWorker, Security, Worker, WorkerPlugin, get_worker
from distributed.comm import resolve_address
from distributed.scheduler import NoWorkerError
from distributed.versions import VersionMismatchWarning

from briefgen import __version__
from briefgen.files import files_below, read_file, state_of
from briefgen.model.document import Job, RenderedFile, TemplateError
from briefgen.model.findings import Finding, FindingsError, Location
from briefgen.read import PROGRAM, shaping_hash
from briefgen.render.workers import LimitedProcesses
from briefgen.tools.doctor import library_versions

P = ParamSpec("P")
T = TypeVar("T")
Limits = tuple[int, int, tuple[str, ...]]
Packed = tuple[Mapping[str, bytes], ...]
"""The files of each folder by their names in it."""

PACKAGES = (
    *("cssselect2", "distributed", "fonttools", "jinja2", "markupsafe", "pillow", "pydyf", "pypdfium2"),
    *("pyphen", "selectolax", "tinycss2", "weasyprint"),
)
"""What shapes a document, or carries it: it must be the same on every machine."""
SECONDS_TO_CONNECT = 15
_NAME = "briefgen-"


def identity() -> Mapping[str, str]:
    """Return the versions of all that shapes a document on this machine."""
    packages = {name: version(name) for name in PACKAGES}
    code = f"{__version__} ({shaping_hash(PROGRAM)[:12]})"
    return {"briefgen": code, "Python": "{}.{}".format(*sys.version_info), **packages, **library_versions()}


def _unfit(here: Mapping[str, str]) -> str:
    """On a worker: return why it cannot do what a machine with these versions asks; empty if it can."""
    if multiprocessing.current_process().daemon:
        how = "start it with DASK_DISTRIBUTED__WORKER__DAEMON=False in its environment"
        return f"it may start no process of its own: {how}"
    return differing(here, identity())


def differing(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Return what two machines have in different versions; empty if nothing."""
    names = [name for name in here if here[name] != there.get(name)]
    found = ", ".join(f"{name} {there.get(name) or 'none'} instead of {here[name] or 'none'}" for name in names)
    return f"it has {found}" if found else ""


class Cluster(Executor):
    """Gives tasks to the workers at an address; the first argument of each is a Job.

    FindingsError: nobody answers there, no worker is there, or one has another version of the program. Dask gives a
    task whose worker is gone to another; how it connects, TLS as well, is set by Dask's own settings.
    """

    def __init__(self, address: str, seconds: int, megabytes: int, modules: tuple[str, ...]) -> None:
        self._address = address
        self._limits = (seconds, megabytes, modules)
        self._sent: dict[object, str] = {}
        self._client = _connected(address)
        try:
            self._refuse_others()
            self._remove_abandoned()
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **_kwargs: P.kwargs) -> Future[T]:
        """Run a function in a process on one of the workers; the future fails as with LimitedProcesses."""
        job: Any = args[0]
        given: Future[T] = Future()
        there = self._executor.submit(_carry_out, self._sent_to_all(job.folders), fn, job)
        there.add_done_callback(lambda done: _hand_over(done, given))
        return given

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        """Give up what is not done where the `with` block is left by an exception."""
        self.shutdown(cancel_futures=error is not None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the tasks or give them up, and leave nothing on the workers."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        with suppress(Exception):  # a cluster that is gone keeps nothing of ours
            for name in self._sent.values():
                self._client.unregister_worker_plugin(name)
        self._client.close()

    def _sent_to_all(self, folders: tuple[str, ...]) -> str:
        """Return the name by which every worker has these folders as they are now."""
        files = [(Path(folder), list(files_below(Path(folder)))) for folder in folders]
        state = tuple((path, state_of(path)) for _, found in files for path in found)
        if state not in self._sent:
            packed = tuple(
                {str(path.relative_to(folder)): read_file(path, folder.parent) for path in found}
                for folder, found in files
            )
            name = f"{_NAME}{self._client.id}-{len(self._sent)}"
            self._sent[state] = name  # also where it fails: what has arrived is taken away again
            self._client.register_plugin(_Folders(identity(), self._limits, packed), name=name)
        return self._sent[state]

    def _refuse_others(self) -> None:
        """Refuse workers that would make other bytes than this machine."""
        try:
            found: Mapping[str, str] = self._client.run(_unfit, identity())
        except Exception as error:
            hint = "install the same briefgen, with its extra 'cluster', on every worker"
            raise _refused(self._address, f"a worker cannot run this program: {error}", hint) from None
        if wrong := "; ".join(f"the worker {place} cannot be used: {why}" for place, why in found.items() if why):
            raise _refused(self._address, wrong, "every worker must have the versions that this machine has")

    def _remove_abandoned(self) -> None:
        """Take away what builds left that were killed: those of clients that are gone."""
        plugins, clients = self._client.run_on_scheduler(
            lambda dask_scheduler: ([*dask_scheduler.worker_plugins], [*dask_scheduler.clients])
        )
        for name in (each for each in plugins if each.startswith(_NAME)):
            if not any(name.removeprefix(_NAME).startswith(each) for each in clients):
                with suppress(Exception):  # another build has just taken it away
                    self._client.unregister_worker_plugin(name)


class _Folders(WorkerPlugin):  # type: ignore[misc] # Dask ships no types
    """What a worker is given once: the files of the template folders, and the limits that tasks have there."""

    def __init__(self, wanted: Mapping[str, str], limits: Limits, packed: Packed) -> None:
        self._wanted, self._limits, self._packed = wanted, limits, packed
        self._pool: LimitedProcesses | None = None
        self.folders: tuple[str, ...] = ()
        self.trouble = ""

    def setup(self, worker: Worker) -> None:
        """Lay the files down in the folder that Dask keeps for this worker."""
        self.trouble = _unfit(self._wanted)
        if not self.trouble:
            root = Path(worker.local_directory, f"{_NAME}{id(self)}")
            self.folders = tuple(str(root / str(number)) for number, _ in enumerate(self._packed))
            for folder, files in zip(self.folders, self._packed, strict=True):
                for name, content in files.items():
                    path = Path(folder, name)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
            self._pool = LimitedProcesses(worker.state.nthreads, *self._limits)
        self._packed = ()

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 # Dask gives it
        """End the processes, and remove the files."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            shutil.rmtree(Path(self.folders[0]).parent, ignore_errors=True)

    def carry_out(self, fn: Callable[[Job], Any], job: Job) -> Any:
        """Run a task in a process with limits; what it says of files names them as the caller does."""
        if not self._pool:
            raise BrokenExecutor(
                f"a worker that joined meanwhile cannot be used: {self.trouble or 'no room on its disk'}"
            )
        pairs = tuple(zip(self.folders, job.folders, strict=True))
        try:
            return _renamed(self._pool.submit(fn, replace(job, folders=self.folders)).result(), pairs)
        except Exception as error:
            raise _renamed(error, pairs) from None


def _carry_out(name: str, fn: Callable[[Job], Any], job: Job) -> Any:
    """In a thread of a worker: run a task with the folders it was sent."""
    folders: _Folders = get_worker().plugins[name]
    return folders.carry_out(fn, job)


Pairs = tuple[tuple[str, str], ...]
"""Each folder on the worker, and what the caller calls it."""


def _renamed(value: Any, pairs: Pairs) -> Any:
    """Return a result or an error whose texts name files as the caller does."""
    match value:
        case str():
            for there, here in pairs:
                value = value.replace(there, here)
            return value
        case tuple():
            return tuple(_renamed(each, pairs) for each in value)
        case RenderedFile() | Finding() | Location():
            return replace(value, **{each.name: _renamed(getattr(value, each.name), pairs) for each in fields(value)})
        case FindingsError():
            return FindingsError(_renamed(value.findings, pairs))
        case TemplateError() | TimeoutError() | MemoryError():
            return type(value)(*_renamed(value.args, pairs))
        case _:
            return value


def _connected(address: str) -> Client:
    """Return a client of the scheduler at an address that has a worker; FindingsError where there is none."""
    # identity() compares what matters; and a long briefing is a large graph only to Dask
    warnings.filterwarnings("ignore", category=VersionMismatchWarning)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters comes as an error
    _refuse_unusable(address)
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False, name="briefgen")
    except Exception as error:
        why = next((str(each) for each in (error.__cause__, error) if each and str(each)), type(error).__name__)
        why = re.sub(r"^in <[^>]*>: ", "", why)  # an object of Dask's
        hint = "start it there with: dask scheduler; where it asks for TLS its address begins with tls://"
        raise _refused(address, f"no scheduler of a Dask cluster answers there: {why}", hint) from None
    try:
        client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
    except TimeoutError:
        client.close()
        hint = f"start one on each machine with: dask worker {address}"
        raise _refused(address, "the cluster has no worker", hint) from None
    return client


def _refuse_unusable(address: str) -> None:
    """Refuse what a client would only find out in its own thread, where it waits for a minute."""
    try:
        resolve_address(address)
        encrypted = Security().get_connection_args("client")["ssl_context"]
    except (OSError, ValueError) as error:
        hint = "an address looks like tcp://10.0.0.5:8786 or, with TLS, tls://10.0.0.5:8786"
        raise _refused(address, f"this cannot be reached: {error}", hint) from None
    if address.startswith("tls:") and not encrypted:
        hint = "name the files in ~/.config/dask/distributed.yaml, below distributed.comm.tls"
        raise _refused(address, "Dask's settings on this machine name no certificates for TLS", hint)


def _refused(address: str, message: str, hint: str) -> FindingsError:
    return FindingsError.of(address, "P513", message, hint)


def _hand_over(done: Future[T], given: Future[T]) -> None:
    """Give on what became of a task; what Dask says of workers, as any executor says it."""
    try:
        given.set_result(done.result())
    except KilledWorker as error:
        given.set_exception(BrokenExecutor(f"each worker that had it was ended, the last one at {error.last_worker}"))
    except NoWorkerError:
        given.set_exception(BrokenExecutor("no worker of the cluster is left"))
    except CancelledError:
        given.set_exception(BrokenExecutor("the cluster is gone, or the build was stopped"))
    except Exception as error:
        given.set_exception(error)
