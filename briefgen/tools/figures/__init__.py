"""Reads figures out of a line of a source document, in the source's own language and script.

Whether a quotation gives its figure is for another reader to say, `check/source_words.py` and `check/quoted_*.py`,
which shares no more with this one than `localise/numerals.py`, CLDR and the words of languages. A draft with which
that reader does not agree is a doubt (`tools/drafting.py`).
"""
