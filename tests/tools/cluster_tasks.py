"""What the tests let a worker of a cluster do; apart, as a worker loads no more than this."""

import os
import signal
import time
from pathlib import Path

from briefgen.model.document import Job, RenderedFile


def kill_itself(_job: Job) -> RenderedFile:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def wait_here(job: Job) -> RenderedFile:
    """Write down by which process it was begun, and take a while."""
    original = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="utf-8")  # that of which this is a copy
    starter = original.rpartition(")")[2].split()[1]
    (Path(job.signature) / f"{job.page.language}-{starter}").touch()
    time.sleep(0.3)
    return RenderedFile(name=job.name, content=starter.encode())
