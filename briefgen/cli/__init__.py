"""The command line: commands, progress and exit codes; the only room that reads the clock."""

import sys
from functools import partial


def main() -> None:
    """The entry point. A build with nothing to do ends here, before the commands are loaded."""
    from briefgen.cli.resting import at_rest

    said = at_rest(sys.argv[1:])
    if said is None:
        from briefgen.cli.commands import main as commands

        commands()
    else:
        _say(said)


def _say(text: str) -> None:
    try:
        _write(text)
    except OSError:  # nobody reads, or the disk is full: told as for every command
        from briefgen.cli.ending import ended

        sys.exit(ended(partial(_write, text)))


def _write(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()
