"""What a scheduled run builds, and what it leaves as it is."""

from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import Mock

import pytest
from conftest import InProcess

from briefgen.build import build as whole_build
from briefgen.render.documents import ignore
from briefgen.tools import building
from briefgen.tools.schedule.report import Kind, RunOutcome

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def _run(root: Path, now: datetime = NOW) -> RunOutcome:
    (outcome,) = building.build_all(root, lambda: now, ignore)
    return outcome


def test_where_nothing_has_changed_only_hashes_are_read(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "LimitedProcesses", InProcess)
    first = _run(tiny)
    assert first.kind is Kind.EDITION
    build = Mock(wraps=whole_build)
    monkeypatch.setattr(building, "build", build)

    again = _run(tiny)
    assert again.kind is Kind.NOTHING
    assert again.edition
    assert first.edition
    assert again.edition.folder == first.edition.folder
    assert again.edition.manifest.next_change == first.edition.manifest.next_change
    assert not build.called

    changes_on = again.edition.manifest.next_change
    assert changes_on
    later = _run(tiny, datetime(changes_on.year, changes_on.month, changes_on.day, tzinfo=UTC))
    assert build.call_count == 1
    assert later.kind is Kind.EDITION

    (tiny / "templates/look.yaml").write_text("contact: {en: x@example.org}\n", encoding="utf-8")
    _run(tiny, datetime(changes_on.year, changes_on.month, changes_on.day, tzinfo=UTC))
    assert build.call_count == 2
