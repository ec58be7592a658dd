"""Handlers for children under supervision: what they do is named by the task."""

import ctypes
import os
import signal
import time
from collections.abc import Iterator
from typing import Any

from alt_pipelines.runtime.serving import Handler, Step

CPU_SECONDS = 0.3


def make(greeting: str = "") -> Handler:
    """A handler that obeys its task: a list of (what, argument), one step each."""

    def handle(task: Any, step: Step) -> list[Any]:
        return list(_carry_out(task, step, greeting))

    return handle


def broken() -> Handler:
    """A factory that cannot make its handler."""
    raise ValueError("no model here")


def _carry_out(task: Any, step: Step, greeting: str) -> Iterator[Any]:
    libc = ctypes.PyDLL(None)  # PyDLL keeps the interpreter while it calls: no other thread runs
    for number, (what, argument) in enumerate(task):
        step(number, CPU_SECONDS)
        if what == "say":
            yield f"{greeting}{argument}"
        elif what == "spin in Python":
            while True:
                pass
        elif what == "spin in native code":
            yield 3**1_000_000_000  # minutes without a bytecode
        elif what == "sleep in native code":
            libc.sleep(600)
        elif what == "catch everything":
            while True:
                try:
                    while True:
                        time.sleep(0)
                except BaseException:
                    pass
        elif what == "wait for":
            while not argument.exists():
                step(number, CPU_SECONDS)
                time.sleep(0.01)
        elif what == "sleep":
            time.sleep(argument)
        elif what == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif what == "raise":
            raise KeyError(argument)
        elif what == "grow":
            grown = bytearray(argument)
            yield len(grown)
            _kept.append(grown)
        elif what == "pid":
            yield os.getpid()
        else:
            raise ValueError(what)


_kept: list[bytearray] = []
