"""Reads figures out of a line of a source document, in the source's own language and script."""

from briefgen.figures.checking import InLine, contains
from briefgen.figures.found import Found
from briefgen.figures.reading import figures_in
from briefgen.figures.words import ReadingWords

__all__ = ["Found", "InLine", "ReadingWords", "contains", "figures_in"]
