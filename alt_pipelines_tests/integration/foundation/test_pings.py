"""The test of a pooled connection before its use: no statement while its socket is silent, and no loss is missed."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Connection, Engine

from alt_pipelines.database import engines


class Pinged:
    """An engine with one connection, and the number of pings that it has sent."""

    def __init__(self, url: URL) -> None:
        self.pings = 0
        self.engine = create_engine(url, pool_size=1, max_overflow=0, pool_pre_ping=True)
        self._ping: Any = self.engine.dialect.do_ping
        self.engine.dialect.do_ping = self._counted  # type: ignore[method-assign,assignment]
        engines.ping_less(self.engine)

    def _counted(self, connection: Any) -> bool:
        self.pings += 1
        return bool(self._ping(connection))

    def backend(self) -> int:
        """Use the connection; returns the process id of its server process."""
        with self.engine.connect() as connection:
            return _backend(connection)


def _backend(connection: Connection) -> int:
    return int(connection.execute(text("SELECT pg_backend_pid()")).scalar_one())


@pytest.fixture
def pinged(alt_database_url: URL) -> Iterator[Pinged]:
    made = Pinged(alt_database_url)
    yield made
    made.engine.dispose()


def test_a_connection_in_use_is_pinged_once(pinged: Pinged) -> None:
    first = pinged.backend()
    assert {pinged.backend() for _ in range(20)} == {first}
    assert pinged.pings <= 2, "one per PING_SECONDS"


def test_a_connection_is_pinged_again_when_the_last_ping_is_old(
    pinged: Pinged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "PING_SECONDS", 0.0)
    for _ in range(5):
        pinged.backend()
    assert pinged.pings == 4, "a new connection needs none"


def test_a_connection_that_the_server_has_closed_is_replaced_before_the_next_statement(
    pinged: Pinged, alt_engine: Engine
) -> None:
    pinged.backend()
    before = pinged.backend()  # has just been pinged
    with alt_engine.connect() as other:
        ended = text("SELECT pg_terminate_backend(:pid, 60000)")  # waits until it has ended
        assert other.execute(ended, {"pid": before}).scalar_one()
    assert pinged.backend() != before
