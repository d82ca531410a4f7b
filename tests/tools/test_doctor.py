"""Each line of the doctor holds on a sound machine, can fail, and then names what to do."""

import ast
import locale
import os
import shutil
import struct
import subprocess
import sys
import zoneinfo
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefgen.tools import doctor
from briefgen.tools.doctor import Diagnosis, diagnose, format_trouble


def small_font(*, length: int = 4) -> bytes:
    """A TrueType file with one table of four bytes, of which the directory claims `length`."""
    start = 12 + 16
    return struct.pack(">4sH6x", b"\0\1\0\0", 1) + struct.pack(">4sLLL", b"glyf", 0, start, length) + bytes(4)


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    folder = tmp_path / "my fonts"
    folder.mkdir()
    for name in doctor.FONTS:
        (folder / name).write_bytes(small_font())
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "out"


@pytest.fixture
def as_root_on_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda tool: f"/usr/bin/{tool}" if tool == "apt-get" else None)


@pytest.fixture
def no_time_zones(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    zoneinfo.reset_tzpath(to=())
    loaded = [name for name in sys.modules if name.startswith("tzdata.")]  # by a test before this one
    for name in ("tzdata", *loaded):
        monkeypatch.setitem(sys.modules, name, None)
    yield
    zoneinfo.reset_tzpath()


def line(subject: str, out: Path, fonts: Path) -> Diagnosis:
    """The line about `subject`, which must be the only one that fails."""
    lines = {each.subject: each for each in diagnose(out, fonts)}
    assert [name for name, each in lines.items() if not each.ok] in ([], [subject])
    return lines[subject]


def test_a_sound_machine_has_nothing_to_mend(out: Path, fonts: Path) -> None:
    lines = diagnose(out, fonts)
    assert [each for each in lines if not each.ok or each.fix] == []
    assert all(each.detail for each in lines)
    assert format_trouble("pdf") is None
    assert not out.exists()


@pytest.mark.parametrize("name", ["pango", "pangoft2", "gobject", "harfbuzz", "fontconfig"])
def test_without_any_one_of_its_libraries_no_pdf(
    name: str, as_root_on_debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.LIBRARIES, name, ("nowhere-1.0", "libnowhere-1.0.so.0"))
    trouble = format_trouble("pdf")
    assert trouble is not None
    assert trouble.detail == "nowhere-1.0 is not found: no PDF can be made"
    assert trouble.fix == "apt-get update && apt-get install libpango-1.0-0 libpangoft2-1.0-0"


def test_pango_too_old(out: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST_PANGO", (99, 0, 0))
    pango = line("Pango", out, fonts)
    assert not pango.ok
    assert pango == format_trouble("pdf")
    assert "older than 99.0.0" in pango.detail


def test_without_harfbuzz_subset_pdfs_are_slow_but_made(
    out: Path, fonts: Path, as_root_on_debian: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doctor.LIBRARIES, "harfbuzz_subset", ("nowhere", "libnowhere.so.0"))
    subset = line("HarfBuzz-subset", out, fonts)
    assert not subset.ok
    assert subset.fix == "apt-get update && apt-get install libharfbuzz-subset0"
    assert format_trouble("pdf") is None


def test_harfbuzz_too_old(out: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "OLDEST_HARFBUZZ", (99, 0, 0))
    assert not line("HarfBuzz-subset", out, fonts).ok


def test_fontconfig_led_astray(out: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "/nowhere/fonts.conf")
    fontconfig = line("fontconfig", out, fonts)
    assert not fontconfig.ok
    assert fontconfig.fix == "unset FONTCONFIG_FILE"


def test_fontconfig_without_settings(as_root_on_debian: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(_name: None) -> None: ...

    monkeypatch.setattr(doctor, "_load", lambda _name: SimpleNamespace(FcConfigFilename=nothing))
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    monkeypatch.delenv("FONTCONFIG_PATH", raising=False)
    fontconfig = doctor._fontconfig()
    assert not fontconfig.ok
    assert fontconfig.fix == "apt-get update && apt-get install fontconfig"


def test_fontconfig_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.LIBRARIES, "fontconfig", ("nowhere", "libnowhere.so.0"))
    assert not doctor._fontconfig().ok


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"version https://git-lfs.github.com/spec/v1\n",
        small_font()[:20],
        small_font(length=5),
        small_font()[:-1] + b"\1",
    ],
    ids=["missing", "empty", "a pointer", "half a directory", "half a table", "a changed byte"],
)
def test_a_font_that_is_not_whole_is_named(content: bytes | None, out: Path, fonts: Path) -> None:
    font = fonts / "Pretendard-SemiBold.ttf"
    font.unlink() if content is None else font.write_bytes(content)
    found = line("fonts", out, fonts)
    assert found.detail == f"missing or damaged in {fonts}: Pretendard-SemiBold.ttf"
    assert found.fix == f"git checkout -- '{fonts}', or install briefgen again"


def test_a_file_where_the_output_folder_should_be(out: Path, fonts: Path) -> None:
    out.parent.write_text("in the way", encoding="utf-8")
    found = line("output folder", out, fonts)
    assert found.detail == f"{out.parent} is a file, not a folder"
    assert found.fix == f"mv {out.parent} {out.parent}.old"


@pytest.mark.parametrize(("flags", "fix"), [(0, "sudo chown"), (os.ST_RDONLY, "work in a folder that can be written")])
def test_no_right_to_write(flags: int, fix: str, out: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def access(path: str | Path, mode: int) -> bool:
        return not mode & os.W_OK and Path(path).exists()

    monkeypatch.setattr(os, "access", access)
    monkeypatch.setattr(os, "statvfs", lambda _path: SimpleNamespace(f_flag=flags))
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=2**40))
    found = line("output folder", out, fonts)
    assert not found.ok
    assert found.fix.startswith(fix)


def test_disk_full(out: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=50 * doctor.MEBIBYTE))
    found = line("disk space", out, fonts)
    assert found.detail == f"50 MiB free at {out.parent.parent}, 200 are needed"
    assert found.fix == f"make room for 150 MiB more on the file system of {out.parent.parent}"


def test_no_time_zone_data(out: Path, fonts: Path, no_time_zones: None) -> None:
    found = line("time zones", out, fonts)
    assert not found.ok
    assert found.fix.endswith("-m pip install tzdata")


@pytest.mark.parametrize("what", ["names", "texts"])
def test_another_encoding_than_utf_8(what: str, out: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if what == "names":
        monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "euc-kr")
    else:
        monkeypatch.setattr(locale, "getpreferredencoding", lambda **_: "euc-kr")
    found = line("encoding", out, fonts)
    assert not found.ok
    assert found.fix == "export PYTHONUTF8=1"


ASK_FOR_ENCODING = "from briefgen.tools.doctor import _encoding; print(_encoding().ok)"


@pytest.mark.parametrize(("utf8_mode", "ok"), [("0", "False"), ("1", "True")])
def test_the_fix_for_the_encoding_mends_it(utf8_mode: str, ok: str) -> None:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": utf8_mode}
    command = [sys.executable, "-c", ASK_FOR_ENCODING]
    told = subprocess.run(command, env=environment, cwd=Path(__file__).parents[2], capture_output=True, text=True)
    assert told.stdout.strip() == ok


@pytest.mark.parametrize(
    ("tools", "user", "command"),
    [
        ("apt-get sudo", 0, "apt-get update && apt-get install libpango-1.0-0 libpangoft2-1.0-0"),
        ("apt-get sudo", 1000, "sudo apt-get update && sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0"),
        ("apt-get", 1000, "as root: apt-get update && apt-get install libpango-1.0-0 libpangoft2-1.0-0"),
        ("dnf", 0, "dnf install pango"),
        ("dnf sudo", 1000, "sudo dnf install pango"),
        ("brew sudo", 501, "brew install pango && export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib"),
        ("zypper", 1000, "install with this system's package tool: pango"),
    ],
)
def test_the_fix_speaks_the_language_of_the_system(
    tools: str, user: int, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bare Debian has no list of packages yet, and no sudo."""
    monkeypatch.setattr(os, "geteuid", lambda: user)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in tools.split() else None)
    assert doctor._to_install("Pango", "is not there") == Diagnosis("Pango", "is not there", command)


def test_the_libraries_are_those_that_weasyprint_tries() -> None:
    weasyprint = find_spec("weasyprint")
    assert weasyprint is not None
    assert weasyprint.origin is not None
    tree = ast.parse(Path(weasyprint.origin).with_name("text").joinpath("ffi.py").read_text(encoding="utf-8"))
    tried = {
        ast.unparse(each.targets[0]): {name.value for name in each.value.args[1:] if isinstance(name, ast.Constant)}
        for each in tree.body
        if isinstance(each, ast.Assign)
        and isinstance(each.value, ast.Call)
        and ast.unparse(each.value.func) == "_dlopen"
    }
    assert tried.keys() == doctor.LIBRARIES.keys() | {"harfbuzz_vector"}
    assert all(set(names) <= tried[library] for library, names in doctor.LIBRARIES.items())


def test_asking_about_pdfs_does_not_import_weasyprint() -> None:
    question = "import sys, briefgen.tools.doctor as d; d.format_trouble('pdf'); print('weasyprint' in sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", question], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
