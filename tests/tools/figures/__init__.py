"""Tests of reading figures out of source texts."""
