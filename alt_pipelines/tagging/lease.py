"""The lease of a tagging run on the articles that it has claimed: renewed while the run lives.

A thread of its own renews it, so a page that takes minutes does not make a living run look like a dead one. A process
that hangs in native code without giving other threads a turn renews nothing, and its articles go to another run.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError

from alt_pipelines.tagging.store import claims

log = structlog.get_logger(__name__)

RENEWALS_PER_LEASE = 3
"""Two renewals may fail, by a database that is away for a moment, before the lease ends."""


@contextmanager
def renewed_lease(engine: Engine, owner: str, seconds: int) -> Iterator[None]:
    """Renew the claims of an owner in the background until the block ends."""
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(seconds / RENEWALS_PER_LEASE):
            try:
                with engine.begin() as connection:
                    claims.renew(connection, owner, seconds)
            except DBAPIError as error:
                log.warning("claims_not_renewed", owner=owner, error=str(error.orig).strip())

    thread = threading.Thread(target=keep, name="tagging-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)
