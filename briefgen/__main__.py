"""`python -m briefgen` is the command line."""

import signal


def main() -> None:
    """Until the command line is there to tell of it, Ctrl-C ends the program without a word."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from briefgen.cli import main

    main()


if __name__ == "__main__":
    main()
