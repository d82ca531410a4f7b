"""briefgen turns one curated facts file into localised briefing documents."""

__version__ = "0.1.0"
