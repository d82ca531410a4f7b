"""The facts of a briefing as data, attached to its PDF (PDF/A-3, associated files)."""

from datetime import UTC, datetime, time

from weasyprint import Attachment
from weasyprint.pdf import pydyf

from briefgen.model.head import NAME_KEY
from briefgen.model.job import Attached


def attachment(attached: Attached, description: str) -> Attachment:
    """What the engine embeds; its days are fixed, so that the bytes repeat. One object serves one file."""
    day = datetime.combine(attached.day, time(), UTC)
    return Attachment(
        string=attached.content,
        name=attached.name,
        description=description,
        created=day,
        modified=day,
        relationship="Data",
    )


def name_files(pdf: pydyf.PDF, name: str) -> None:
    """Say which document this is, and list each attached file once, with its kind."""
    pdf.info[NAME_KEY] = pydyf.String(name)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
