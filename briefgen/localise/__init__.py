"""Briefing x Language -> Page: values into words, and finished strings in the order of the page."""
