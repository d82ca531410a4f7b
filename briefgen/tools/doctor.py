"""What this machine must give before a briefing comes out: each thing is looked at, and what is amiss names its fix."""

import codecs
import ctypes
import ctypes.util
import locale
import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefgen.model.formats import FORMATS

OLDEST_PYTHON = (3, 11, 0)
OLDEST_PANGO = (1, 44, 0)  # what WeasyPrint 70 asks for
OLDEST_HARFBUZZ = (4, 1, 0)  # from here on WeasyPrint lets HarfBuzz cut the fonts
FONTS = ("Pretendard-Regular.ttf", "Pretendard-SemiBold.ttf", "Pretendard-Bold.ttf")
MEBIBYTE = 2**20
ENOUGH_MEBIBYTES = 200  # a few editions, and the one that is being staged

# Short name and file names of each library, of those that WeasyPrint tries itself (weasyprint/text/ffi.py).
LIBRARIES = {
    "pango": ("pango-1.0", "libpango-1.0.so.0", "libpango-1.0.dylib"),
    "pangoft2": ("pangoft2-1.0", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    "gobject": ("gobject-2.0", "libgobject-2.0.so.0", "libgobject-2.0.0.dylib"),
    "harfbuzz": ("harfbuzz", "libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "harfbuzz_subset": ("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "fontconfig": ("fontconfig", "libfontconfig.so.1", "libfontconfig.1.dylib"),
}
NEEDED_FOR_PDF = ("pango", "pangoft2", "gobject", "harfbuzz", "fontconfig")
_LOOK_IN_BREW = " && export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib"


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """One thing looked at: how it stands and, where it is not as it must be, what to do about it on this system."""

    subject: str
    ok: bool
    detail: str
    fix: str = ""


def read_and_check(out: Path, fonts: Path) -> tuple[Diagnosis, ...]:
    """All that a build of every format rests on; `out` is where editions go, `fonts` holds the shipped fonts."""
    return (
        _python(),
        _pango(),
        _harfbuzz_subset(),
        _fontconfig(),
        _fonts(fonts),
        _write_rights(out),
        _disk_space(out),
        _time_zones(),
        _encoding(),
    )


def format_trouble(format: str) -> Diagnosis | None:
    """Why no document of this format can be made here, or None; takes milliseconds, as no engine is imported for it."""
    checks = {"Pango": _pango}
    needs = FORMATS[format].needs
    found = checks[needs]() if needs else None
    return None if found is None or found.ok else found


def _good(subject: str, detail: str) -> Diagnosis:
    return Diagnosis(subject=subject, ok=True, detail=detail)


def _bad(subject: str, detail: str, fix: str) -> Diagnosis:
    return Diagnosis(subject=subject, ok=False, detail=detail, fix=fix)


def _python() -> Diagnosis:
    found = sys.version_info[:3]
    detail = f"{_dotted(found)} ({sys.executable})"
    if found >= OLDEST_PYTHON:
        return _good("Python", detail)
    fix = _install(apt="python3.11 python3.11-venv", dnf="python3.11", brew="python")
    return _bad("Python", f"{detail} is older than {_dotted(OLDEST_PYTHON)}", fix)


def _pango() -> Diagnosis:
    fix = _install(apt="libpango-1.0-0 libpangoft2-1.0-0", dnf="pango", brew=f"pango{_LOOK_IN_BREW}")
    try:
        pango, *_ = [_load(name) for name in NEEDED_FOR_PDF]
    except OSError as error:
        return _bad("Pango", f"{error}: no PDF can be made", fix)
    number = pango.pango_version()
    version = (number // 10000, number // 100 % 100, number % 100)
    if version < OLDEST_PANGO:
        return _bad("Pango", f"{_dotted(version)} is older than {_dotted(OLDEST_PANGO)}: no PDF can be made", fix)
    return _good("Pango", _dotted(version))


def _harfbuzz_subset() -> Diagnosis:
    subject = "HarfBuzz-subset"
    fix = _install(apt="libharfbuzz-subset0", dnf="harfbuzz", brew=f"harfbuzz{_LOOK_IN_BREW}")
    try:
        _load("harfbuzz_subset")
        harfbuzz = _load("harfbuzz")
    except OSError as error:
        return _bad(subject, f"{error}: a PDF takes seconds longer, and much memory", fix)
    if not harfbuzz.hb_version_atleast(*OLDEST_HARFBUZZ):
        return _bad(subject, f"older than {_dotted(OLDEST_HARFBUZZ)}: a PDF takes seconds longer, and much memory", fix)
    return _good(subject, f"{_dotted(OLDEST_HARFBUZZ)} or newer")


def _fontconfig() -> Diagnosis:
    fix = _install(apt="fontconfig", dnf="fontconfig", brew=f"fontconfig{_LOOK_IN_BREW}")
    try:
        fontconfig = _load("fontconfig")
    except OSError as error:
        return _bad("fontconfig", f"{error}: no PDF can be made", fix)
    fontconfig.FcConfigFilename.restype = ctypes.c_char_p
    if settings := fontconfig.FcConfigFilename(None):
        return _good("fontconfig", os.fsdecode(settings))
    misled = " ".join(name for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH") if name in os.environ)
    return _bad("fontconfig", "its settings (fonts.conf) are not found", f"unset {misled}" if misled else fix)


def _fonts(folder: Path) -> Diagnosis:
    broken = [name for name in FONTS if not _is_whole(folder / name)]
    if not broken:
        return _good("fonts", f"{', '.join(FONTS)} in {folder}")
    fix = f"git checkout -- {shlex.quote(str(folder))}, or install briefgen again"
    return _bad("fonts", f"missing or damaged in {folder}: {', '.join(broken)}", fix)


def _is_whole(font: Path) -> bool:
    """Whether the file is a font whose tables all have the length and the checksum that its directory gives them."""
    from fontTools.ttLib.sfnt import SFNTReader

    with suppress(Exception), font.open("rb") as file:  # a damaged file raises errors of any kind
        reader = SFNTReader(file, checkChecksums=2)
        for tag in reader.tables:
            reader[tag]
        return True
    return False


def _write_rights(out: Path) -> Diagnosis:
    subject, ground = "output folder", _existing(out)
    quoted = shlex.quote(str(ground))
    if not ground.is_dir():
        return _bad(subject, f"{ground} is a file, not a folder", f"mv {quoted} {quoted}.old")
    if os.access(ground, os.W_OK | os.X_OK):
        return _good(subject, f"{out} can be written")
    if os.statvfs(ground).f_flag & os.ST_RDONLY:
        return _bad(subject, f"{ground} is on a read-only file system", "work in a folder that can be written")
    return _bad(subject, f"{ground} cannot be written", f'sudo chown -R "$(id -un)" {quoted}')


def _disk_space(out: Path) -> Diagnosis:
    ground = _existing(out)
    free, wanted = shutil.disk_usage(ground).free // MEBIBYTE, ENOUGH_MEBIBYTES
    if free >= wanted:
        return _good("disk space", f"{free} MiB free at {ground}")
    fix = f"make room for {wanted - free} MiB more on the file system of {ground}"
    return _bad("disk space", f"{free} MiB free at {ground}, {wanted} are needed", fix)


def _time_zones() -> Diagnosis:
    try:
        ZoneInfo.no_cache("Etc/UTC")
    except ZoneInfoNotFoundError:
        return _bad("time zones", "no time zone data", f"{shlex.quote(sys.executable)} -m pip install tzdata")
    return _good("time zones", "found")


def _encoding() -> Diagnosis:
    names, texts = sys.getfilesystemencoding(), locale.getpreferredencoding(do_setlocale=False)
    detail = f"{names} for file names, {texts} for text"
    if {codecs.lookup(names).name, codecs.lookup(texts).name} == {"utf-8"}:
        return _good("encoding", detail)
    return _bad("encoding", f"{detail}; UTF-8 is needed", "export PYTHONUTF8=1")


def _load(name: str) -> ctypes.CDLL:
    """The library as WeasyPrint would find it; OSError with its short name where there is none."""
    short, *files = LIBRARIES[name]
    for file in files:
        with suppress(OSError):
            return ctypes.CDLL(file)
    if found := ctypes.util.find_library(short):
        return ctypes.CDLL(found)
    raise OSError(f"{short} is not found")


def _existing(path: Path) -> Path:
    """The path itself or the nearest folder above it that exists."""
    return next(place for place in (path.absolute(), *path.absolute().parents) if os.access(place, os.F_OK))


def _dotted(version: Iterable[int]) -> str:
    return ".".join(map(str, version))


def _install(*, apt: str, dnf: str, brew: str) -> str:
    """The command that installs these packages here, by the package tool that is found."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    if shutil.which("apt-get"):
        return f"{sudo}apt-get install {apt}"
    if shutil.which("dnf"):
        return f"{sudo}dnf install {dnf}"
    if shutil.which("brew"):
        return f"brew install {brew}"
    return f"install with this system's package tool: {dnf}"
