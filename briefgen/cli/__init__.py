"""The command line: commands, progress and exit codes; the only package that reads the clock."""

import sys
from functools import partial


def main() -> None:
    """Run the program; a build with nothing to do ends here, before the commands are loaded."""
    from briefgen.cli.fast_path import nothing_to_do

    text = nothing_to_do(sys.argv[1:])
    if text is None:
        from briefgen.cli.app import main as run

        run()
        return
    try:
        _write(text)
    except OSError:  # a closed pipe or a full disk, reported as for every command
        from briefgen.cli.app import exit_code

        sys.exit(exit_code(partial(_write, text)))


def _write(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(text)
        sys.stdout.flush()
