"""Writes the files that people curate: a half-written one never takes the place of a good one."""

import os
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile


def replace_file(path: Path, text: str) -> bool:
    """Write the text beside the file, then put it in its place in one step; whether that changed anything.

    A file that says just this already is not touched. OSError where it cannot be written; the file is then as it was.
    """
    target = path.resolve()  # a link stays a link
    content = text.encode()
    if target.is_file() and target.read_bytes() == content:
        return False
    try:
        _write_beside(target, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error  # nobody knows the file beside
    return True


def _write_beside(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as beside:
        try:
            beside.write(content)
            beside.flush()
            os.fsync(beside.fileno())
            _give_rights(Path(beside.name), target)
            Path(beside.name).replace(target)
        except BaseException:
            Path(beside.name).unlink(missing_ok=True)
            raise


def _give_rights(beside: Path, target: Path) -> None:
    """Those of the file it replaces; a new one can be read by everyone, which a temporary file cannot."""
    if target.exists():
        shutil.copymode(target, beside)
    else:
        beside.chmod(0o644)
