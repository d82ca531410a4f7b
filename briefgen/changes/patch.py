"""The change sheet of an edition for programs: a patch from the facts of the edition before to its own."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.changes.snapshot import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The patch from the facts of one edition to those of another, with the hashes of both.

    It is a JSON Merge Patch (RFC 7396) of an object that has each fact by its id.
    """

    edition: int | None
    since: int | None
    """The edition whose facts it starts from; None for the first edition, whose patch is empty."""
    patch: Mapping[str, Any]
    before_sha256: str
    after_sha256: str


def make_sheet(edition: int | None, since: int | None, before: Facts, after: Facts) -> Sheet:
    """Return the sheet that leads from `before` to `after`."""
    return Sheet(
        edition=edition,
        since=since,
        patch=difference(before, after),
        before_sha256=digest(before),
        after_sha256=digest(after),
    )


def digest(facts: Facts) -> str:
    """Return the sha256 of facts, whatever their order."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return the merge patch that turns `before` into `after`; neither may hold a null, which deletes a key."""
    gone = {key: None for key in before if key not in after}
    return gone | {key: _changed(before.get(key), value) for key, value in after.items() if before.get(key) != value}


def _changed(before: Any, after: Any) -> Any:
    if not isinstance(after, Mapping):
        return after
    return difference(before if isinstance(before, Mapping) else {}, after)
