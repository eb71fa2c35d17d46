"""Waking workers no more often than they can hear: from each process once in a while for each lane, and never too late.

Whoever changes a row that is due wakes its lane. A hundred who do so in a moment need one worker, once, after
the last of them: what they changed is all found then. The first wakes it at once, for the others it is woken
when `APART` has passed.
"""

import os
import threading
import time
from collections.abc import Callable

APART = 0.2
"""Seconds between two wakes of a lane, and so the longest that one is late."""


class Wakes:
    """`wake` may be called from any thread; it hands on to `send`, there or from a thread of its own."""

    def __init__(self, send: Callable[[str], None], apart: float = APART) -> None:
        self._send, self._apart = send, apart
        self.forget()
        os.register_at_fork(after_in_child=self.forget)

    def forget(self) -> None:
        """A process that was forked has woken nobody, and the threads that wait for their time are its parent's."""
        self._lock = threading.Lock()
        self._sent: dict[str, float] = {}
        self._waiting: dict[str, threading.Timer] = {}

    def wake(self, lane: str) -> None:
        """Have this lane looked at, by now or soon; what is committed by now is seen."""
        with self._lock:
            if lane in self._waiting:
                return
            now = time.monotonic()
            passed = now - self._sent.get(lane, -self._apart)
            if 0 <= passed < self._apart:
                self._wait(lane, self._apart - passed)
                return
            self._sent[lane] = now
        self._send(lane)

    def _wait(self, lane: str, seconds: float) -> None:
        # No daemon: a process that ends waits for it, and nobody is left asleep.
        timer = self._waiting[lane] = threading.Timer(seconds, self._over, [lane])
        timer.name = f"wakes {lane}"
        timer.start()

    def _over(self, lane: str) -> None:
        # First from the list, then sent: who commits in between is told of by another one.
        with self._lock:
            if self._waiting.pop(lane, None) is None:
                return
            self._sent[lane] = time.monotonic()
        self._send(lane)

    def flush(self) -> None:
        """Send now what waits, for a process that does not wait for its threads at its end."""
        for lane, timer in list(self._waiting.items()):
            timer.cancel()
            self._over(lane)
