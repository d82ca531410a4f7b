"""What changed between editions: told, applied, compared on the command line, and put in a calendar."""
