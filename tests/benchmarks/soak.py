"""The soak of tests/schedule with every document rendered.

    python tests/benchmarks/soak.py [DAYS]

Without DAYS it lasts 400 simulated days, with about a hundred editions of four documents.
"""

import sys
import tempfile
import time
from os import cpu_count
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from conftest import request_for
from tools.schedule.plans import plan
from tools.schedule.soak import ZONE, Months
from tools.schedule.test_soak import check

from briefgen.read import shipped_templates
from briefgen.render.workers import LimitedProcesses
from briefgen.tools.workspaces import make_workspace


def soak(days: int) -> None:
    """Let that many days pass over a new workspace, every document rendered."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Path(folder) / "desk"
        make_workspace(desk)
        settings = desk / "briefgen.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('"UTC"', f'"{ZONE}"'), encoding="utf-8")
        bottom = '{% include "parts/bottom-line.html" %}'
        shipped = (shipped_templates() / "parts" / "first-page.html").read_text(encoding="utf-8")
        assert bottom in shipped
        own = shipped.replace(bottom, f'{bottom}{{% include "parts/look.html" ignore missing %}}')
        (desk / "templates" / "parts").mkdir(exist_ok=True)
        (desk / "templates" / "parts" / "first-page.html").write_text(own, encoding="utf-8")
        asked = plan("daily 07:00", zone=ZONE, workspace=desk)
        with LimitedProcesses(cpu_count() or 1, seconds=600, megabytes=1500) as executor:
            check(
                desk,
                Months(
                    plan=asked,
                    state_dir=desk / "out" / ".schedule",
                    executor=executor,
                    request_for=request_for(desk),
                ),
                days,
            )


if __name__ == "__main__":
    started, asked_for = time.monotonic(), int(sys.argv[1]) if len(sys.argv) > 1 else 400
    soak(asked_for)
    sys.stdout.write(
        f"{asked_for} days: every edition whole, nothing twice, nothing lost; {time.monotonic() - started:.0f} s\n"
    )
