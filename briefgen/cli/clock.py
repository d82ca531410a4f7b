"""The one place where the commands read the clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from briefgen.read.workspace import Workspace


def now(workspace: Workspace) -> datetime:
    """This moment, in the workspace's zone."""
    return datetime.now(ZoneInfo(workspace.settings.timezone))
