"""How another program applies a change sheet: JSON Merge Patch (RFC 7396), with the hashes checked."""

from collections.abc import Mapping
from typing import Any

from briefgen.changes import ChangeSheet, Facts, digest


def merged(target: Any, patch: Any) -> Any:
    """What RFC 7396 makes of a target and a patch."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


def applied(facts: Facts, sheet: ChangeSheet) -> Facts:
    """The facts after the sheet, which must start from these facts and end where it says."""
    assert digest(facts) == sheet.before_sha256
    patched: Facts = merged(facts, sheet.patch)
    assert digest(patched) == sheet.after_sha256
    return patched
