"""A PDF of ours -> what it says of itself and the data in it: the one door to pypdf."""

import logging
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader

from briefgen.model.head import NAME_KEY
from briefgen.to_json import FILE

_NAME = f"/{NAME_KEY}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPdf:
    """What stands in a PDF, as it stands there: nothing of it is checked yet."""

    name: str
    """The name it was published by: full-briefing.ko.pdf."""
    language: str
    """BCP 47 tag."""
    briefing: str
    """The text of its briefing.json."""


def read(content: bytes) -> FromPdf:
    """The parts of a PDF; ValueError says why it is none of ours."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it remarks on damaged files is no business of ours
    try:
        reader = PdfReader(BytesIO(content))
        attached = reader.attachments.get(FILE, [])
        name = str(reader.metadata[_NAME]) if reader.metadata and _NAME in reader.metadata else ""
        language = str(reader.root_object.get("/Lang", ""))
        briefing = b"".join(attached[:1]).decode()
    except Exception as error:  # whatever the library stumbles over in a file that anybody may have made
        raise ValueError(f"it cannot be read as a PDF ({type(error).__name__})") from None
    if not name or not briefing:
        raise ValueError("it is a PDF, but no briefing of this program: no facts are attached to it")
    return FromPdf(name=name, language=language, briefing=briefing)
