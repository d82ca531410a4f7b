"""From pages to files: templates, values, HTML, PDF, limits."""
