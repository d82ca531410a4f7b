"""The command line: commands, progress and exit codes; the only package that reads the clock."""

import codecs
import sys
from functools import partial
from io import TextIOWrapper

from briefgen.model.signs import printable


def main() -> None:
    """Run the program; a build with nothing to do ends here, before the commands are loaded."""
    from briefgen.cli.fast_path import nothing_to_do

    _write_whatever_the_terminal_knows()
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


_PLAIN = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2060": "", "–": "-", "—": "-", "−": "-", "→": "->"}
_PLAIN |= {"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "·": "-", "†": "+", "×": "x", "•": "*"}
"""What stands for typography in an older encoding; any other sign is written by its number."""


def _write_whatever_the_terminal_knows() -> None:
    """Let no sign end the program that a terminal in EUC-KR, Latin-1 or the like does not have."""

    def replaced(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        signs = error.object[error.start : error.end]
        return "".join(_PLAIN.get(sign, sign.encode("ascii", "backslashreplace").decode()) for sign in signs), error.end

    codecs.register_error("briefgen", replaced)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="briefgen")


def _write(text: str) -> None:
    if sys.stdout is not None:
        sys.stdout.write(printable(text, also="\n"))
        sys.stdout.flush()
