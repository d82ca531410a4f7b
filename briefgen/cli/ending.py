"""How the program ends: an exit code, and no traceback for anything that can be expected."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from briefgen.cli.show import OK, TROUBLE, stopped
from briefgen.model.findings import Finding, Location

INTERRUPTED, NOBODY_READS = 130, 141
"""128 and the number of the signal, as shells have it: Ctrl-C (2), a pipe that nobody reads (13)."""


def ended(command: Callable[[], object]) -> int:
    """Run the command and give the program's exit code; what stands in the way is told on standard error."""
    try:
        code = _code(command)
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except BrokenPipeError:
        _let_go()
        return NOBODY_READS
    except OSError as error:
        _let_go()
        return _told(error)
    return code


_ctrl_c = threading.Event()


def catch_ctrl_c() -> None:
    """Let Ctrl-C raise KeyboardInterrupt, also where Python would swallow it: in a destructor or a weak reference."""

    def interrupt(*_: object) -> None:
        _ctrl_c.set()
        raise KeyboardInterrupt

    def once_more(swallowed: "sys.UnraisableHookArgs") -> None:
        if swallowed.exc_type is KeyboardInterrupt:
            main = threading.main_thread().ident or 0
            threading.Timer(0.05, signal.pthread_kill, (main, signal.SIGINT)).start()
        else:
            sys.__unraisablehook__(swallowed)

    signal.signal(signal.SIGINT, interrupt)
    sys.unraisablehook = once_more


def _code(command: Callable[[], object]) -> int:
    try:
        code = command()
    except SystemExit as left:
        code = left.code
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.ClickException as wrong:
        wrong.show()
        code = wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = _stopped()
    except Exception:
        if not _ctrl_c.is_set():
            raise
        code = _stopped()  # some libraries turn KeyboardInterrupt into an error of their own
    return code if isinstance(code, int) else OK


def _stopped() -> int:
    click.echo("Stopped. Nothing is left half made; what stood in out/ stands as it was.", err=True)
    return INTERRUPTED


def _told(error: OSError) -> int:
    """A disk, a right, a folder that is gone: in the system's words."""
    location = Location(os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "this machine")
    with suppress(OSError):
        stopped([Finding(location, "P500", error.strerror or str(error))], Path())
    return TROUBLE


def _let_go() -> None:
    """A stream that takes nothing more is led nowhere, lest it raise again when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
