"""Wait for a condition of another thread or process, for far longer than it takes on a loaded machine.

A test that waits passes as soon as the condition holds, so a long limit costs time only in a test that fails.
"""

import contextlib
import random
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alt_pipelines.stack.supervisor import Stack

LONG_SECONDS = 120.0
_FIRST_EPHEMERAL_PORT = 32_768  # Linux gives the ports from here to outgoing connections


def wait_until(holds: Callable[[], object], what: str = "the condition holds", seconds: float = LONG_SECONDS) -> None:
    """Return when `holds` returns something true.

    Raises:
        AssertionError: it did not within `seconds`.
    """
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(0.02)


def wait_ready(stack: "Stack", seconds: float = LONG_SECONDS) -> None:
    """Wait until every part of a stack is ready, for example after a restart.

    Raises:
        AssertionError: a part is not ready within `seconds`.
        StackError: the supervisor has failed.
    """

    def is_ready() -> bool:
        stack.check()
        return stack.is_ready()

    wait_until(is_ready, "every part is ready", seconds)


def free_port() -> int:
    """Return a port on which nothing listens at the moment, and which no outgoing connection is given meanwhile."""
    while True:
        port = random.SystemRandom().randrange(10_000, _FIRST_EPHEMERAL_PORT)  # a seeded one would repeat its choices
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
