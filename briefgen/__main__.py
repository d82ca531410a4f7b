"""`python -m briefgen` is the command line."""

import gc
import os
import signal
import sys

INTERRUPTED = 130
"""128 and the number of the signal, as shells have it."""

_MEMORY_RAN_OUT = ("can't start new thread", "failed to map segment", "annot allocate memory")
"""What Python and the loader of libraries say of it besides MemoryError."""


def main() -> None:
    """Run the command line; until it is loaded, Ctrl-C ends the program silently, with the exit code it has later."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    gc.disable()  # what is loaded now is no garbage
    try:
        from briefgen.cli import main

        main()
    except EOFError as error:
        _without_what_is_cut(error)
        raise
    except (MemoryError, ImportError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not any(each in str(error) for each in _MEMORY_RAN_OUT):
            raise
        os.write(2, b"this machine: error P500 memory ran out\n    help: close other programs, or give this one more\n")
        sys.exit(2)


def _without_what_is_cut(error: EOFError) -> None:
    """Begin again without the file that Python has kept of a module and that a full disk has cut off.

    Python itself would stop at it from then on. It writes no other one this time, as that may be cut as well.
    """
    at = error.__traceback__
    while at:
        if cut := at.tb_frame.f_locals.get("bytecode_path"):
            os.unlink(str(cut))  # noqa: PTH108 # pathlib may be what is cut
            os.execve(sys.executable, sys.orig_argv, {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})  # noqa: S606
        at = at.tb_next


if __name__ == "__main__":
    main()
