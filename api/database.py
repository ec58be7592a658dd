"""Run blocking database work from async handlers.

Each database has as many threads as it has connections. A thread therefore never waits for a connection, a request
that waits for a thread holds no resource, and a database that hangs takes no thread from the other.
"""

from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from sqlalchemy.engine import Engine

from alt_pipelines.settings import PoolSettings

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Database:
    """Runs store functions, whose first parameter is an engine, in this database's threads."""

    def __init__(self, engine: Engine, pool: PoolSettings) -> None:
        self.engine = engine
        self._threads = CapacityLimiter(pool.size + pool.overflow)

    async def run(self, function: Callable[Concatenate[Engine, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Run `function(engine, *args, **kwargs)` in a thread. Its exceptions are raised here."""
        call = partial(function, self.engine, *args, **kwargs)
        return await anyio.to_thread.run_sync(call, limiter=self._threads)
