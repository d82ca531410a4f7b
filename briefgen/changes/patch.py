"""The change sheet of an edition as programs use it: the patch that makes its facts of those of the edition before."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefgen.changes.snapshot import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """From the facts of one edition to those of another.

    The patch is a JSON Merge Patch (RFC 7396) of an object that has each fact by its id, so that any program can apply
    it; the hashes tell which facts it starts from and which it ends with.
    """

    edition: int | None
    since: int | None
    """The edition whose facts it starts from; None: the first edition, whose sheet changes nothing."""
    patch: Mapping[str, Any]
    before_sha256: str
    after_sha256: str


def make_sheet(edition: int | None, since: int | None, before: Facts, after: Facts) -> Sheet:
    """The sheet that leads from `before` to `after`."""
    return Sheet(
        edition=edition,
        since=since,
        patch=difference(before, after),
        before_sha256=digest(before),
        after_sha256=digest(after),
    )


def digest(facts: Facts) -> str:
    """The sha256 of facts, whatever their order."""
    text = json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """The merge patch that makes `after` of `before`; neither holds a null, which means "take it away" in a patch."""
    gone = {key: None for key in before if key not in after}
    come = {key: _changed(before.get(key), value) for key, value in after.items() if before.get(key) != value}
    return gone | come


def _changed(before: Any, after: Any) -> Any:
    if not isinstance(after, Mapping):
        return after
    return difference(before if isinstance(before, Mapping) else {}, after)
