"""`python -m briefgen` is the command line."""

import signal


def main() -> None:
    """Run the command line; until it is loaded, Ctrl-C ends the program silently."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from briefgen.cli import main

    main()


if __name__ == "__main__":
    main()
