"""The lease of a tagging run on its claimed articles, renewed while the run is alive.

A background thread renews the lease, so a page that takes minutes does not make a live run look dead. A process that
hangs in native code without releasing the GIL stops renewing, and another run takes over its articles.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from alt_pipelines.database.error_messages import message_of
from alt_pipelines.tagging.store import claims

log = structlog.get_logger(__name__)

RENEWALS_PER_LEASE = 3
"""Two consecutive renewals may fail, for example in a short database outage, before the lease expires."""


@contextmanager
def renewed_lease(engine: Engine, owner: str, seconds: int) -> Iterator[None]:
    """Renew the claims of an owner in the background until the block ends."""
    ended = threading.Event()

    def keep() -> None:
        while not ended.wait(seconds / RENEWALS_PER_LEASE):
            try:
                with engine.begin() as connection:
                    claims.renew(connection, owner, seconds)
            except SQLAlchemyError as error:
                log.warning("claim_renewal_failed", owner=owner, error=message_of(error))

    thread = threading.Thread(target=keep, name="tagging-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)
