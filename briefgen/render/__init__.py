"""Pages and data -> files: HTML and PDF, which worker processes render, calendars and JSON."""
