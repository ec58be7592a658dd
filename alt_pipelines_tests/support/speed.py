"""CPU time in units of this machine's speed, so that limits hold on slower machines and under load.

`slowness` measures a fixed computation in the same process and thread, of the kind that text steps do (regular
expressions, string and dictionary operations). It is 1 on the machine for which limits are written in seconds, and 2 on
one that is half as fast; a limit is multiplied by it. A faster machine does not tighten limits.
"""

import gc
import re
import time
from collections import Counter
from collections.abc import Callable

REFERENCE_SECONDS = 0.065  # CPU seconds of the reference computation on the machine for which limits are written
_WORD = re.compile(r"\w+|[^\w\s]")
_TEXT = "The port of Rotterdam, which closed in May, reopened after the storm (see https://a.example). " * 7000


def cpu_seconds(step: Callable[[], object]) -> float:
    """Return the CPU seconds of one call in this thread."""
    gc.disable()  # the cost of a collection grows with the objects that earlier tests left
    try:
        started = time.thread_time()
        step()
        return time.thread_time() - started
    finally:
        gc.enable()


def slowness() -> float:
    """Return how many times slower than the reference machine this process runs at the moment, at least 1."""
    return max(1.0, min(cpu_seconds(_reference) for _ in range(3)) / REFERENCE_SECONDS)


def wall_slowness() -> float:
    """Return how many times longer than on the idle reference machine a computation takes on the clock, at least 1."""
    started = time.monotonic()
    _reference()
    return max(1.0, (time.monotonic() - started) / REFERENCE_SECONDS)


def takes_at_most(seconds: float, step: Callable[[], object]) -> bool:
    """Whether a call takes at most so many CPU seconds of the reference machine, in the best of three calls."""
    return any(spent <= seconds or spent <= seconds * slowness() for spent in (cpu_seconds(step) for _ in range(3)))


def _reference() -> int:
    words = Counter(word.casefold() for word in _WORD.findall(_TEXT))
    lines = [line.strip() for line in re.sub(r"[,.()]", "\n", _TEXT).split("\n") if line]
    return len(words) + len("\n".join(lines))
