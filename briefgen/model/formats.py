"""The number of the format of facts and records, which files carry from the second one on."""

FORMAT = 2
"""The format that this program reads and writes; `tools/migrate.py` has a step for each one after the first."""
FIRST = 1
"""The format of a file without a number."""
