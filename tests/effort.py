"""How much work something is, on a machine that others use too."""

import time
from collections.abc import Callable


def cpu_seconds(
    work: Callable[[], object], *, enough: float, ready: Callable[[], object] = lambda: None, goes: int = 3
) -> float:
    """The least processor time, in seconds, that this thread needs for the work in up to `goes` times.

    `ready` lays the work out anew each time, and is not counted. It is done no more once it was done in `enough`: what
    neighbours do to caches and clocks comes and goes, and work that is too much is so each time.
    """
    least = float("inf")
    for _ in range(goes):
        ready()
        began = time.thread_time()
        work()
        least = min(least, time.thread_time() - began)
        if least <= enough:
            break
    return least
