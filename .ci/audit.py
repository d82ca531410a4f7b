"""Looks up known vulnerabilities of what the locks name, and says NOT CHECKED where it could not be looked up.

Run by a Python that has pip-audit: python .ci/audit.py LOCK ...; exit code 1 if there is a known vulnerability.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any


def report(lock: str) -> "subprocess.CompletedProcess[str]":
    """Let pip-audit look up each package of a lock."""
    tool = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--progress-spinner", "off"]
    command = [*tool, "--format", "json", "--requirement", lock]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)  # noqa: S603 # as above


def findings(lock: str, text: str, trouble: str) -> Iterator[tuple[bool, str]]:
    """Yield what a report says, and whether it is a vulnerability; `trouble` is what pip-audit said beside it."""
    try:
        found: list[Mapping[str, Any]] = json.loads(text)["dependencies"]
    except (ValueError, KeyError):
        yield False, f"{lock}: NOT CHECKED: {(trouble.strip() or 'no report').splitlines()[-1]}"
        return
    for each in found:
        for known in each.get("vulns", ()):
            mended = " or ".join(known.get("fix_versions", ())) or "no version yet"
            yield True, f"{lock}: {each['name']} {each.get('version', '')} has {known['id']}, mended in {mended}"
    skipped = [each for each in found if "skip_reason" in each]
    if skipped:
        number = f"{len(skipped)} of {len(found)} packages"
        yield False, f"{lock}: NOT CHECKED: {number}, such as {skipped[0]['name']}: {skipped[0]['skip_reason']}"
    if not found:
        yield False, f"{lock}: NOT CHECKED: the report names no package"
    yield False, f"{lock}: {len(found) - len(skipped)} packages looked up"


def main(locks: list[str]) -> int:
    """Print all that is found."""
    told: list[tuple[bool, str]] = []
    for lock in locks:
        done = report(lock)
        told += findings(lock, done.stdout, done.stderr)
    for _, line in told:
        print(line)  # noqa: T201 # a script of CI
    return int(any(known for known, _ in told))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
