"""`python -m briefgen` is the command line."""

import os
import signal

INTERRUPTED = 130
"""128 and the number of the signal, as shells have it."""


def main() -> None:
    """Run the command line; until it is loaded, Ctrl-C ends the program silently, with the exit code it has later."""
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))
    from briefgen.cli import main

    main()


if __name__ == "__main__":
    main()
