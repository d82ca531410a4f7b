"""Page -> bytes: HTML, PDF, calendars and data, made in worker processes."""
