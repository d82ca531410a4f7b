"""Ends the program with an exit code, and without a traceback for anything that can be expected."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from briefgen.cli.output import OK, TROUBLE, stopped
from briefgen.model.findings import Finding, Location

INTERRUPTED, BROKEN_PIPE = 130, 141
"""128 and the number of the signal, as shells have it: SIGINT (2), SIGPIPE (13)."""


def exit_code(command: Callable[[], object]) -> int:
    """Run the command and return the program's exit code; print on standard error what went wrong."""
    try:
        code = _run(command)
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except BrokenPipeError:
        _discard_output()
        return BROKEN_PIPE
    except OSError as error:  # the disk, a right, a folder that is gone: in the system's words
        _discard_output()
        name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes) else "this machine"
        with suppress(OSError):
            stopped([Finding(Location(name), "P500", error.strerror or str(error))], Path())
        return TROUBLE
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


def _run(command: Callable[[], object]) -> int:
    try:
        code = command()
    except SystemExit as left:
        if isinstance(left.code, str):
            click.echo(left.code, err=True)
            return TROUBLE
        code = left.code
    except click.exceptions.Exit as left:
        code = left.exit_code
    except click.ClickException as wrong:
        wrong.show()
        code = wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        code = _interrupted()
    except Exception:
        if not _ctrl_c.is_set():
            raise
        code = _interrupted()  # some libraries turn KeyboardInterrupt into an error of their own
    return code if isinstance(code, int) else OK


def _interrupted() -> int:
    click.echo("Stopped. Nothing is left half finished; the editions in out/ are unchanged.", err=True)
    return INTERRUPTED


def _discard_output() -> None:
    """Redirect a stream that cannot be written any more to nowhere, so that it does not raise when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except OSError:
            os.dup2(nowhere, stream.fileno())
