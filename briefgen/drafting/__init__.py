"""Drafts the record of a source document, and brings a record up to date without losing what was curated."""

from briefgen.drafting.drafts import Draft, detect_language, draft, new_id
from briefgen.drafting.splicing import spliced
from briefgen.drafting.updates import update

__all__ = ["Draft", "detect_language", "draft", "new_id", "spliced", "update"]
