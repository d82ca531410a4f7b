"""The formats documents come in, and the module that makes each."""

from collections.abc import Mapping

FORMATS: Mapping[str, str] = {"html": "briefgen.to_html", "pdf": "briefgen.to_pdf"}
"""Each module has `render(job)`; it is loaded in the workers only."""
