"""What a release is made of: locks with hashes for all that is declared, one version, an audit that is honest."""

import importlib.util
import json
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import PROJECT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from briefgen import __version__

DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS: dict[str, list[str]] = DECLARED["dependency-groups"]
RUN: list[str] = DECLARED["project"]["dependencies"]
LOCKS = {
    "requirements.lock": RUN,
    "requirements-dev.lock": [*RUN, *GROUPS["dev"], *DECLARED["project"]["optional-dependencies"]["cluster"]],
    "requirements-release.lock": GROUPS["release"],
}
_LOCKED = re.compile(r"([\w.-]+)==(\S+)(?: ; [^\\\n]+)?((?: \\\n    --hash=sha256:[0-9a-f]{64})*)\n")


def _unlocked(lock: str, declared: list[str]) -> Iterator[str]:
    """What is declared and not locked in its range, and what is locked without a hash."""
    entries = {canonicalize_name(each[1]): each for each in _LOCKED.finditer(lock)}
    assert _LOCKED.sub("", lock) == ""
    yield from (f"{name} has no hash" for name, each in entries.items() if not each[3])
    for wanted in map(Requirement, declared):
        locked = entries.get(canonicalize_name(wanted.name))
        if not (locked and wanted.specifier.contains(locked[2])):
            yield f"{wanted} is not locked"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_what_is_declared_with_hashes(name: str) -> None:
    assert list(_unlocked((PROJECT / name).read_text(encoding="utf-8"), LOCKS[name])) == []


def test_a_lock_that_is_behind_is_seen() -> None:
    lock = f"babel==2.17.0 \\\n    --hash=sha256:{'0' * 64}\nclick==8.2\n"
    assert list(_unlocked(lock, ["babel>=2.18,<3", "click>=8.2,<9", "jinja2>=3"])) == [
        "click has no hash",
        "babel<3,>=2.18 is not locked",
        "jinja2>=3 is not locked",
    ]


def test_the_version_is_the_same_everywhere() -> None:
    assert DECLARED["project"]["version"] == __version__
    heading = re.search(r"^## (\S+?),? ", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading is not None
    assert heading[1] == __version__


@pytest.fixture
def findings() -> Callable[[str, str, str], Iterator[tuple[bool, str]]]:
    spec = importlib.util.spec_from_file_location("audit", PROJECT / ".ci" / "audit.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[str, str, str], Iterator[tuple[bool, str]]] = module.findings
    return found


def test_an_audit_tells_what_was_not_checked(findings: Any) -> None:
    report = {
        "dependencies": [
            {"name": "good", "version": "1", "vulns": []},
            {"name": "bad", "version": "2", "vulns": [{"id": "CVE-1", "fix_versions": ["2.1"]}]},
            {"name": "unknown", "skip_reason": "not found"},
        ]
    }
    assert list(findings("x.lock", json.dumps(report), "")) == [
        (True, "x.lock: bad 2 has CVE-1, mended in 2.1"),
        (False, "x.lock: NOT CHECKED: 1 of 3 packages, such as unknown: not found"),
        (False, "x.lock: 2 packages looked up"),
    ]
    (told,) = findings("x.lock", "", "a line\nno network\n")
    assert told == (False, "x.lock: NOT CHECKED: no network")


def test_the_readme_says_how_locks_are_made() -> None:
    text = Path(PROJECT / "README.md").read_text(encoding="utf-8")
    assert all(name in text for name in LOCKS)
