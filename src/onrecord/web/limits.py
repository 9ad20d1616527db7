"""How often may somebody do what costs much?"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable


class Limit:
    """So many times at once, and then so many a minute, for each visitor.

    Safe to use from several threads.

    Args:
        at_once: How often before the first wait, at least 1.
        per_minute: How often in the long run.
        clock: Seconds that only grow.
    """

    _MOST_VISITORS = 10_000

    def __init__(self, at_once: int, per_minute: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once, self._per_s = at_once, per_minute / 60
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_s(self, visitor: str) -> float:
        """How long must this visitor wait, in seconds? 0: not at all, and this time is counted."""
        with self._lock:
            now = self._clock()
            left, then = self._left.pop(visitor, (float(self._at_once), now))
            left = min(self._at_once, left + (now - then) * self._per_s)
            allowed = left >= 1
            self._left[visitor] = (left - allowed, now)
            while len(self._left) > self._MOST_VISITORS:
                self._left.popitem(last=False)
            return 0.0 if allowed else (1 - left) / self._per_s
