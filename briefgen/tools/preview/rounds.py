"""Runs work in a thread of its own, again whenever somebody asks; what is asked meanwhile counts once."""

from collections.abc import Callable
from threading import Event, Thread


class Rounds:
    """One round of work after the other; `work` gets this object, to look whether it is asked for again."""

    def __init__(self, work: Callable[["Rounds"], None], name: str) -> None:
        self._work = work
        self._asked = Event()
        self._stopped = False
        Thread(target=self._run, name=name, daemon=True).start()

    def ask(self) -> None:
        """Let a round begin, now or when the present one is over."""
        self._asked.set()

    def is_quiet_for(self, seconds: float) -> bool:
        """Wait, and return whether nobody asked for another round meanwhile."""
        return not self._asked.wait(seconds)

    def stop(self) -> None:
        """Begin no further round."""
        self._stopped = True
        self._asked.set()

    def _run(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._stopped:
                return
            self._work(self)
