"""`python -m briefgen` is the command line."""

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
    try:
        from briefgen.cli import main

        main()
    except (MemoryError, ImportError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and not any(each in str(error) for each in _MEMORY_RAN_OUT):
            raise
        os.write(2, b"this machine: error P500 memory ran out\n    help: close other programs, or give this one more\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
