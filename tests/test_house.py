"""The code is laid out as the README says: layers, contracts, sizes, frozen values; each guard is able to fail."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from statistics import median
from typing import get_args

import pytest
from conftest import PROJECT, environment
from once import parsed

from briefgen.localise.labels import AGEING_KINDS, KINDS
from briefgen.model.book import FactFile
from briefgen.model.briefing import ShelfLives
from briefgen.model.facts import AnyFact

PACKAGE = PROJECT / "briefgen"
MODULES = sorted(PACKAGE.rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES, MEDIAN_FUNCTION_LINES = 500, 50, 7

GATHERERS = {
    "briefgen/read/yaml.py:_Walk": "gathers places and findings on one walk through a file's nodes",
}
"""The only dataclasses that change, each inside one function call and never handed on."""

CONTRACTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def _contracts(project: Path) -> tuple[int, str]:
    """How the import contracts of a project end, and what is said, without line breaks in the sentences."""
    clean = environment(project) | {"PYTHONPATH": str(project), "COLUMNS": "400"}
    done = subprocess.run(
        [sys.executable, "-c", CONTRACTS],
        cwd=project,
        env=clean,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return done.returncode, re.sub(r"\s+", " ", done.stdout + done.stderr)


def test_the_import_contracts_hold() -> None:
    code, said = _contracts(PROJECT)
    assert code == 0, said
    assert " 0 broken." in said


CARRIED_ALONG = {
    "dask": "distributed",
    "docx": "python-docx",
    "fontTools": "fonttools",
    "markupsafe": "jinja2",
    "pydantic_core": "pydantic",
    "ruamel": "ruamel.yaml",
    "yaml": "pyyaml",
}
"""Packages that go by another name than the library that brings them."""


def test_every_library_the_program_imports_is_declared() -> None:
    """What only happens to be installed is missing on the next machine."""
    imported = {name for path in MODULES for name in _libraries(parsed(path.read_text(encoding="utf-8")))}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [
        *project["dependencies"],
        *(each for extra in project["optional-dependencies"].values() for each in extra),
    ]
    names = {re.split(r"[<>=]", each)[0] for each in declared}
    assert "babel" in imported
    assert {CARRIED_ALONG.get(name, name) for name in imported} <= names


def _libraries(tree: ast.Module) -> Iterator[str]:
    """The top-level names imported anywhere in a module, but for our own and those of Python itself."""
    for node in ast.walk(tree):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        named += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        yield from {name.split(".")[0] for name in named} - sys.stdlib_module_names - {"briefgen"}


def test_the_import_contracts_can_break(tmp_path: Path) -> None:
    """A module of a thinking package imports os, a package imports from one above it, and one stands in no layer."""
    shutil.copytree(PACKAGE, tmp_path / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    _add(tmp_path / "briefgen" / "assess.py", "import os")
    _add(tmp_path / "briefgen" / "model" / "dates.py", "import briefgen.build")
    (tmp_path / "briefgen" / "attic.py").write_text('"""A module that is in no layer."""\n', encoding="utf-8")
    code, said = _contracts(tmp_path)
    assert code == 1
    for name in ("One way down", "Thinking knows neither disk"):
        assert re.search(rf"{name}[^:]*?(: [^:]*?)?BROKEN", said), name
    assert "briefgen.assess -> os" in said
    assert "briefgen.model.dates -> briefgen.build" in said
    assert re.search(r"attic", said)


README = (PROJECT / "README.md").read_text(encoding="utf-8")
LAYOUT = README.partition("\n## How the code is laid out\n")[2].partition("\n## ")[0]


def test_the_readme_has_the_packages_in_the_order_of_the_layers() -> None:
    table = LAYOUT.partition("| package | what it does |\n")[2].partition("\n\n")[0]
    rows = [re.findall(r"`(\w+)(?:\.py)?`", line.split("|")[1]) for line in table.split("\n")[1:]]
    linter = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    assert rows == [layer.split(" | ") for layer in linter["contracts"][0]["layers"] if layer != "__main__"]


def test_every_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|md|json|yaml|html|toml))`", LAYOUT)
    assert len(named) > 20
    folders = (PROJECT, PACKAGE, PROJECT / "templates")
    new = {"templates/languages/xx.yaml", "templates/NAME.html", "templates/parts/NAME.html"}
    assert {name for name in named if not any((folder / name).is_file() for folder in folders)} == new


def test_a_second_place_for_a_library_is_found(tmp_path: Path) -> None:
    """The table of ruff's banned-api says where each library may be imported; here it is imported somewhere else."""
    for package in ("read", "localise"):
        shutil.copytree(PACKAGE / package, tmp_path / "briefgen" / package)
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    assert _misplaced_imports(tmp_path) == (0, [])
    _add(tmp_path / "briefgen" / "read" / "facts.py", "import jinja2")
    _add(tmp_path / "briefgen" / "localise" / "labels.py", "def late():\n    from babel import Locale")
    code, said = _misplaced_imports(tmp_path)
    assert code == 1
    assert [re.findall("briefgen/[a-z]+/[a-z]+|`[a-z0-9.]+`", line) for line in said] == [
        ["briefgen/localise/labels", "`babel`"],
        ["briefgen/read/facts", "`jinja2`"],
    ]


def _misplaced_imports(project: Path) -> tuple[int, list[str]]:
    """How ruff's rule ends, and each line it says of one."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--select", "TID251", "--output-format", "concise"]
    done = subprocess.run([*command, "briefgen"], cwd=project, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, [line for line in done.stdout.splitlines() if "TID251" in line]


def test_every_library_has_its_place() -> None:
    """Each library is banned but in the places that its message names, and each place of the table imports one."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    lint = project["tool"]["ruff"]["lint"]
    banned = {name: rule["msg"] for name, rule in lint["flake8-tidy-imports"]["banned-api"].items()}
    imported = {path: set(_libraries(parsed(path.read_text(encoding="utf-8")))) for path in MODULES}
    assert banned.keys() ^ set().union(*imported.values()) == {"pydyf"}  # comes with weasyprint
    for path, libraries in imported.items():
        place = path.relative_to(PACKAGE)
        for name in libraries:
            assert str(place) in banned[name] or f"{place.parent}/" in banned[name].split(), (name, place)
    places = [glob for glob, rules in lint["per-file-ignores"].items() if rules == ["TID251"]]
    for glob in places:
        assert any(imported[path] for path in PROJECT.glob(glob) if path in imported), glob


def _add(module: Path, line: str) -> None:
    text = module.read_text(encoding="utf-8")
    head, mark, rest = text.partition('"""\n')
    module.write_text(f"{head}{mark}\n{line}\n{rest}", encoding="utf-8")


def _faults_of_a_module(text: str) -> Iterator[str]:
    """What no module may be or do."""
    if text.count("\n") > MOST_LINES:
        yield f"has more than {MOST_LINES} lines"
    tree = parsed(text)
    opening = (ast.get_docstring(tree) or "").partition("\n\n")[0]
    if not opening.endswith((".", "!")):
        yield "opens with no sentence"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _lines(node) > MOST_FUNCTION_LINES:
            yield f"{node.name} has more than {MOST_FUNCTION_LINES} lines"


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code: the docstring is not counted."""
    first = node.body[0]
    docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (node.end_lineno or 0) - node.lineno + 1 - (((first.end_lineno or 0) - first.lineno + 1) if docstring else 0)


def _changing(text: str) -> Iterator[str]:
    """Dataclasses that are not frozen."""
    for node in ast.walk(parsed(text)):
        if isinstance(node, ast.ClassDef):
            for each in node.decorator_list:
                words = ast.unparse(each)
                if words.startswith(("dataclass", "dataclasses.dataclass")) and "frozen=True" not in words:
                    yield node.name


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PROJECT)))
def test_every_module_is_small_and_says_what_it_is(module: Path) -> None:
    assert list(_faults_of_a_module(module.read_text(encoding="utf-8"))) == []


def _names_of_two_classes(modules: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """By name, the modules with a class of that name, where there are several."""
    places: dict[str, list[str]] = {}
    for name, text in modules:
        for node in parsed(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(name)
    return {name: found for name, found in places.items() if len(found) > 1}


def test_no_name_stands_for_two_classes() -> None:
    modules = [(str(path.relative_to(PROJECT)), path.read_text(encoding="utf-8")) for path in MODULES]
    assert _names_of_two_classes(modules) == {}
    assert _names_of_two_classes([("a", "class A: ..."), ("b", "class A: ...")]) == {"A": ["a", "b"]}


def test_every_dataclass_is_frozen() -> None:
    found = {
        f"{module.relative_to(PROJECT)}:{name}"
        for module in MODULES
        for name in _changing(module.read_text(encoding="utf-8"))
    }
    assert found == set(GATHERERS)


def test_functions_are_short() -> None:
    trees = [parsed(module.read_text(encoding="utf-8")) for module in MODULES]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert len(functions) > 300
    assert median(map(_lines, functions)) <= MEDIAN_FUNCTION_LINES


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("x = 1\n", "opens with no sentence"),
        ('"""no sentence"""\n', "opens with no sentence"),
        ('"""A module."""\n' + "x = 1\n" * MOST_LINES, "has more than 500 lines"),
        ('"""A module."""\ndef f():\n' + "    x = 1\n" * MOST_FUNCTION_LINES, "f has more than 50 lines"),
    ],
)
def test_the_guard_of_modules_can_fail(text: str, fault: str) -> None:
    assert list(_faults_of_a_module(text)) == [fault]


@pytest.mark.parametrize("made", ["@dataclass", "@dataclass(slots=True)", "@dataclasses.dataclass(frozen=False)"])
def test_the_guard_of_dataclasses_can_fail(made: str) -> None:
    assert list(_changing(f"{made}\nclass Loose:\n    x: int\n")) == ["Loose"]
    assert not list(_changing("@dataclass(frozen=True)\nclass Firm:\n    x: int\n"))


def test_the_wheel_carries_the_templates() -> None:
    """What goes into the wheel beside the package (hatch: force-include takes files whatever git ignores)."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["packages"] == ["briefgen"]
    assert wheel["force-include"] == {"templates": "briefgen/shipped", "facts/README.md": "briefgen/facts-guide.md"}
    assert project["project"]["scripts"]["briefgen"] == "briefgen.__main__:main"


ONE = ("--format", "html", "--document", "at-a-glance")


def test_an_installed_program_finds_its_templates_and_builds(tmp_path: Path) -> None:
    """The tree as the wheel unpacks it: the templates stand inside the package, and nothing may be written there."""
    site = tmp_path / "site"
    halves = shutil.ignore_patterns("*.pyc.*")  # which Python is writing in this moment
    shutil.copytree(PACKAGE, site / "briefgen", ignore=halves)  # with what is compiled already
    shutil.copytree(PROJECT / "templates", site / "briefgen" / "shipped")
    shutil.copyfile(PROJECT / "facts" / "README.md", site / "briefgen" / "facts-guide.md")
    for path in site.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    assert _installed(site, tmp_path, "-c", "from briefgen import read as w; print(w.shipped_templates())") == (
        f"{site}/briefgen/shipped\n"
    )
    _installed(site, tmp_path, "-m", "briefgen", "init", "desk")
    assert os.access(tmp_path / "desk" / "facts" / "desk.yaml", os.W_OK)
    told = _installed(site, tmp_path, "-m", "briefgen", "-C", "desk", "build", *ONE)
    assert told.startswith("desk: 1 document")


def test_a_checkout_finds_its_templates(tmp_path: Path) -> None:
    found = _installed(PROJECT, tmp_path, "-c", "from briefgen import read as w; print(w.shipped_templates())")
    assert found == f"{PROJECT}/templates\n"


def _installed(site: Path, at: Path, *arguments: str) -> str:
    clean = environment(at) | {"PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-B", *arguments], cwd=at, env=clean, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


PLACES_OF_A_KIND = (
    "briefgen/assess.py",  # its status
    "briefgen/assess.py",  # how long it is fresh
    "briefgen/localise/summits.py",
    "briefgen/model/book.py",
)


def test_the_type_checker_names_each_place_that_a_new_kind_of_fact_concerns(tmp_path: Path) -> None:
    """In a copy with one kind more, every match over kinds that does not know it is an error."""
    shutil.copytree(PACKAGE, tmp_path / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    kind = '@dataclass(frozen=True, slots=True, kw_only=True)\nclass Treaty(Fact):\n    """New."""\n\n\n'
    _change(tmp_path / "briefgen" / "model" / "facts.py", "AnyFact = ", f"{kind}AnyFact = Treaty | ")
    assert _errors_of_types(tmp_path) == [*PLACES_OF_A_KIND]


def test_every_kind_of_fact_has_a_list_in_the_file_and_a_title_to_be_counted_under() -> None:
    """What the type checker cannot see: a kind without a title would be neither printed nor counted, in silence."""
    kinds = {kind.kind for kind in get_args(AnyFact)}
    lists = {each.name for each in fields(FactFile)}
    assert {kind for kind in kinds if f"{kind}s" not in lists} == set(), "add their lists to FactFile in model/book.py"
    assert kinds - {*KINDS} == set(), "give them titles in KINDS of localise/labels.py"
    ageing = {each.name for each in fields(ShelfLives)}
    assert {*AGEING_KINDS} == ageing, "AGEING_KINDS of localise/labels.py and ShelfLives of model/briefing.py differ"


def _change(module: Path, old: str, new: str) -> None:
    text = module.read_text(encoding="utf-8")
    assert text.count(old) == 1
    module.write_text(text.replace(old, new), encoding="utf-8")


def _errors_of_types(project: Path) -> list[str]:
    """The files in which mypy finds a match over kinds that is not exhaustive; there is no other error."""
    modules = ["briefgen/assess.py", "briefgen/check", "briefgen/localise"]
    command = [sys.executable, "-m", "mypy", "--cache-dir", str(PROJECT / ".mypy_cache" / "of-tests"), *modules]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=120, check=False)
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert all('Argument 1 to "assert_never" has incompatible type "Treaty"' in line for line in errors), done.stdout
    return sorted(line.partition(":")[0] for line in errors)


def test_a_clone_of_a_windows_git_has_the_line_ends_that_a_shell_reads(tmp_path: Path) -> None:
    """`./brief` would not start, and catalogs and originals would differ from their records in every line."""
    assert "\n* text=auto eol=lf\n" in (PROJECT / ".gitattributes").read_text(encoding="utf-8")
    if not shutil.which("git"):
        pytest.skip("NOT CHECKED: the line ends of a clone, for want of git; that the attributes ask for them, was")
    work, clone = tmp_path / "work", tmp_path / "clone"
    texts = ("brief", "templates/locale/ko.po", "facts/vn-kr.yaml", "templates/style/paper.css")
    for name in (".gitattributes", *texts):
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / name, work / name)
    git = ("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "core.autocrlf=true")
    for command in (("init", "-q"), ("add", "."), ("commit", "-qm", "all")):
        subprocess.run([*git, "-C", str(work), *command], check=True, capture_output=True)
    subprocess.run([*git, "clone", "-q", str(work), str(clone)], check=True, capture_output=True)
    assert [name for name in texts if b"\r" in (clone / name).read_bytes()] == []
