"""Readiness: everything that a run or an article needs, asked in parallel, each with a time limit.

A probe that hangs is reported as such (`patience`), so that a stuck library never costs an answer. Answers are kept for
a moment, however many ask.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping

import structlog

from api.patience import Patience
from api.schemas import Component, Readiness

log = structlog.get_logger(__name__)

PROBE_SECONDS = 3.0
KEPT_SECONDS = 2.0

Probe = Callable[[], Awaitable[str]]
"""Returns what to say of a healthy component; raises `NotReady` or anything else for one that is not."""


class NotReady(Exception):  # noqa: N818 - a state, worded for the answer
    """A component is not ready; the message is safe to show."""


class Probes:
    """The components of an installation and their probes."""

    def __init__(self, probes: Mapping[str, Probe], seconds: float = PROBE_SECONDS) -> None:
        self._probes = probes
        self._seconds = seconds
        self._patience = Patience()
        self._kept: tuple[float, Readiness] | None = None
        self._asking = asyncio.Lock()

    async def readiness(self) -> Readiness:
        """The state of every component, at most `KEPT_SECONDS` old."""
        async with self._asking:
            if self._kept is not None and time.monotonic() - self._kept[0] < KEPT_SECONDS:
                return self._kept[1]
            names = list(self._probes)
            components = dict(zip(names, await asyncio.gather(*map(self._component, names)), strict=True))
            ready = all(component.ok for component in components.values())
            answer = Readiness(status="ready" if ready else "not_ready", components=components)
            self._kept = time.monotonic(), answer
            return answer

    def stop(self) -> None:
        """Abandon probes that hang."""
        self._patience.stop()

    async def _component(self, name: str) -> Component:
        try:
            return Component(ok=True, detail=await self._patience.ask(name, self._probes[name], self._seconds))
        except NotReady as error:
            return Component(ok=False, detail=str(error))
        except TimeoutError:
            return Component(ok=False, detail=f"no answer within {self._seconds:g} s")
        except Exception as error:
            log.warning("component_not_ready", component=name, error=type(error).__name__)
            return Component(ok=False, detail=f"does not answer ({type(error).__name__})")
