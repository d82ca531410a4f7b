"""What this machine must have before briefings can be built: each thing is checked, and what is wrong names its fix."""

import codecs
import ctypes
import ctypes.util
import locale
import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from briefgen.model.edition import FORMATS

OLDEST_PANGO = (1, 44, 0)  # what WeasyPrint 70 asks for
OLDEST_HARFBUZZ = (4, 1, 0)  # from here on WeasyPrint lets HarfBuzz subset the fonts
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
_FIND_BREW = " && export DYLD_FALLBACK_LIBRARY_PATH=$(brew --prefix)/lib"
PACKAGES = {
    "Pango": ("libpango-1.0-0 libpangoft2-1.0-0", "pango", f"pango{_FIND_BREW}"),
    "HarfBuzz-subset": ("libharfbuzz-subset0", "harfbuzz", f"harfbuzz{_FIND_BREW}"),
    "fontconfig": ("fontconfig", "fontconfig", f"fontconfig{_FIND_BREW}"),
}
"""What to install with apt-get, dnf and brew."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was checked, and the command or advice that mends it; `fix` is empty where nothing is wrong."""

    subject: str
    detail: str
    fix: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong with it."""
        return not self.fix


def diagnose(out: Path, fonts: Path) -> tuple[Diagnosis, ...]:
    """Check all that a build of every format needs; `out` is where editions go, `fonts` holds the shipped fonts."""
    # a Python that is too old cannot load this program
    python = Diagnosis("Python", f"{_dotted(sys.version_info[:3])} ({sys.executable})")
    machine = (python, _pango(), _harfbuzz_subset(), _fontconfig())
    return (*machine, _fonts(fonts), _write_rights(out), _disk_space(out), _time_zones(), _encoding())


def library_versions() -> Mapping[str, str]:
    """Return the versions of the system's libraries that shape a PDF; empty for one that is not found."""
    found = {"Pango": "", "HarfBuzz": ""}
    with suppress(OSError):
        found["Pango"] = _dotted(_pango_version(_load("pango").pango_version()))
    with suppress(OSError):
        harfbuzz = _load("harfbuzz")
        harfbuzz.hb_version_string.restype = ctypes.c_char_p
        found["HarfBuzz"] = harfbuzz.hb_version_string().decode()
    return found


def format_trouble(format: str) -> Diagnosis | None:
    """Why no document of this format can be made here, or None; takes milliseconds, as no engine is imported for it."""
    found = _pango() if FORMATS[format].paged else None
    return found if found and not found.ok else None


def _pango() -> Diagnosis:
    try:
        pango, *_ = [_load(name) for name in LIBRARIES if name != "harfbuzz_subset"]
    except OSError as error:
        return _to_install("Pango", f"{error}: no PDF can be made")
    version = _pango_version(pango.pango_version())
    if version >= OLDEST_PANGO:
        return Diagnosis("Pango", _dotted(version))
    return _to_install("Pango", f"{_dotted(version)} is older than {_dotted(OLDEST_PANGO)}: no PDF can be made")


def _pango_version(number: int) -> tuple[int, int, int]:
    return number // 10000, number // 100 % 100, number % 100


def _harfbuzz_subset() -> Diagnosis:
    try:
        _load("harfbuzz_subset")
        if _load("harfbuzz").hb_version_atleast(*OLDEST_HARFBUZZ):
            return Diagnosis("HarfBuzz-subset", f"{_dotted(OLDEST_HARFBUZZ)} or newer")
        trouble = f"older than {_dotted(OLDEST_HARFBUZZ)}"
    except OSError as error:
        trouble = str(error)
    return _to_install("HarfBuzz-subset", f"{trouble}: a PDF takes seconds longer, and much memory")


def _fontconfig() -> Diagnosis:
    try:
        fontconfig = _load("fontconfig")
    except OSError as error:
        return _to_install("fontconfig", f"{error}: no PDF can be made")
    fontconfig.FcConfigFilename.restype = ctypes.c_char_p
    if settings := fontconfig.FcConfigFilename(None):
        return Diagnosis("fontconfig", os.fsdecode(settings))
    detail = "its settings (fonts.conf) are not found"
    if misleading := [name for name in ("FONTCONFIG_FILE", "FONTCONFIG_PATH") if name in os.environ]:
        return Diagnosis("fontconfig", detail, f"unset {' '.join(misleading)}")
    return _to_install("fontconfig", detail)


def _fonts(folder: Path) -> Diagnosis:
    broken = [name for name in FONTS if not _is_whole(folder / name)]
    if not broken:
        return Diagnosis("fonts", f"{', '.join(FONTS)} in {folder}")
    fix = f"git checkout -- {shlex.quote(str(folder))}, or install briefgen again"
    return Diagnosis("fonts", f"missing or damaged in {folder}: {', '.join(broken)}", fix)


def _is_whole(font: Path) -> bool:
    """Return whether the file is a font whose tables have the length and the checksum that its directory gives."""
    from fontTools.ttLib.sfnt import SFNTReader

    with suppress(Exception), font.open("rb") as file:  # a damaged file raises errors of any kind
        reader = SFNTReader(file, checkChecksums=2)
        for tag in reader.tables:
            reader[tag]
        return True
    return False


def _write_rights(out: Path) -> Diagnosis:
    subject, folder = "output folder", _existing(out)
    quoted = shlex.quote(str(folder))
    if not folder.is_dir():
        return Diagnosis(subject, f"{folder} is a file, not a folder", f"mv {quoted} {quoted}.old")
    if os.access(folder, os.W_OK | os.X_OK):
        return Diagnosis(subject, f"{out} can be written")
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return Diagnosis(subject, f"{folder} is on a read-only file system", "work in a folder that can be written")
    return Diagnosis(subject, f"{folder} cannot be written", f'sudo chown -R "$(id -un)" {quoted}')


def _disk_space(out: Path) -> Diagnosis:
    folder = _existing(out)
    free, wanted = shutil.disk_usage(folder).free // MEBIBYTE, ENOUGH_MEBIBYTES
    if free >= wanted:
        return Diagnosis("disk space", f"{free} MiB free at {folder}")
    fix = f"make room for {wanted - free} MiB more on the file system of {folder}"
    return Diagnosis("disk space", f"{free} MiB free at {folder}, {wanted} are needed", fix)


def _time_zones() -> Diagnosis:
    try:
        ZoneInfo.no_cache("Etc/UTC")
    except ZoneInfoNotFoundError:
        return Diagnosis("time zones", "no time zone data", f"{shlex.quote(sys.executable)} -m pip install tzdata")
    return Diagnosis("time zones", "found")


def _encoding() -> Diagnosis:
    names, texts = sys.getfilesystemencoding(), locale.getpreferredencoding(do_setlocale=False)
    detail = f"{names} for file names, {texts} for text"
    if {codecs.lookup(names).name, codecs.lookup(texts).name} == {"utf-8"}:
        return Diagnosis("encoding", detail)
    return Diagnosis("encoding", f"{detail}; UTF-8 is needed", "export PYTHONUTF8=1")


def _load(name: str) -> ctypes.CDLL:
    """Return the library as WeasyPrint would find it; OSError with its short name where there is none."""
    short, *files = LIBRARIES[name]
    for file in files:
        with suppress(OSError):
            return ctypes.CDLL(file)
    if found := ctypes.util.find_library(short):
        return ctypes.CDLL(found)
    raise OSError(f"{short} is not found")


def _existing(path: Path) -> Path:
    """Return the path itself or the nearest folder above it that exists."""
    return next(each for each in (path.absolute(), *path.absolute().parents) if os.access(each, os.F_OK))


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))


def _to_install(subject: str, detail: str) -> Diagnosis:
    """Return what installing packages mends, with the command of the package manager that is found."""
    sudo = "sudo " if os.geteuid() != 0 and shutil.which("sudo") else ""
    who = "" if sudo or os.geteuid() == 0 else "as root: "
    apt, dnf, brew = PACKAGES[subject]
    commands = {"apt-get": f"{who}{sudo}apt-get update && {sudo}apt-get install {apt}"}
    commands |= {"dnf": f"{who}{sudo}dnf install {dnf}"}
    commands |= {"brew": f"brew install {brew}"}
    fix = next((command for tool, command in commands.items() if shutil.which(tool)), "")
    return Diagnosis(subject, detail, fix or f"install with this system's package tool: {dnf}")
