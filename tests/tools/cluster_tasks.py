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
    place = Path(job.signature)
    (place / f"{job.page.language}-{os.getppid()}").touch()
    time.sleep(0.3)
    return RenderedFile(name=job.name, content=str(os.getppid()).encode())
