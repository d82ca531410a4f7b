"""The command line: commands, progress and exit codes; the only room that reads the clock."""

from briefgen.cli.commands import main

__all__ = ["main"]
