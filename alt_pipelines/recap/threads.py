"""Compute on one thread: the worker processes share the cores, and sums are then equal on every machine."""

import sys
from contextlib import AbstractContextManager
from functools import lru_cache
from typing import Any

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[Any]:
    """Limit the thread pools of all native libraries that are loaded to one thread, for a `with` block."""
    limited: AbstractContextManager[Any] = _libraries(len(sys.modules)).limit(limits=1)
    return limited


@lru_cache(maxsize=1)
def _libraries(_modules: int) -> ThreadpoolController:
    """Find the libraries. That takes 20 ms, so it is repeated only if more modules have been imported since."""
    return ThreadpoolController()
