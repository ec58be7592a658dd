"""Processes that end with those that started them, and finding what is left of an earlier start."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def die_with_parent() -> None:
    """Have the kernel kill this process when the thread that started it ends. On other systems than Linux: nothing."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:  # it is too late already
            os.kill(os.getpid(), signal.SIGKILL)
