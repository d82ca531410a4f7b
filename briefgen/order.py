"""What is asked for: one partnership, one day, and which of its documents."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from briefgen.inputs import Inputs, read_inputs
from briefgen.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: one partnership, one day, and which of its documents."""

    workspace: Workspace
    facts: Path
    day: date
    today: date
    languages: tuple[str, ...]
    documents: tuple[str, ...]
    formats: tuple[str, ...]
    out: Path
    missing: tuple[str, ...] = ()
    """Formats that are wanted too, and that this machine cannot make."""
    strict: bool = False
    """Whether a text without translation, or a complaint of the PDF engine, stops the build."""

    @property
    def reconstruction(self) -> bool:
        """A build of another day than today."""
        return self.day != self.today

    @property
    def whole(self) -> bool:
        """Only a build of today with every document and language the settings name becomes the newest edition."""
        settings, formats = self.workspace.settings, {*self.formats, *self.missing}
        asked = (self.languages, self.documents, formats)
        return not self.reconstruction and asked == (settings.languages, settings.documents, set(settings.formats))

    def inputs(self) -> Inputs:
        """What it rests on at this moment."""
        return read_inputs(self.workspace.root, self.facts, strict=self.strict)
