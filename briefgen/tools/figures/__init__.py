"""Reads figures out of a line of a source document, in the source's own language and script."""
