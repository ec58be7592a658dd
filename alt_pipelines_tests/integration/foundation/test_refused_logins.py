"""A login that the server refuses is reported as such and not retried; a server that may admit it later is retried."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg2
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import NullPool

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import is_transient, make_engine, with_retries
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.settings import PoolSettings

ROLE, DATABASE = "refused_role", "refused_database"


class Case(NamedTuple):
    """What makes the server refuse a login, and how that is reported."""

    sentence: str
    transient: bool
    statement: str = ""
    undo: str = ""
    login: dict[str, Any] = {}  # noqa: RUF012 - never changed


CASES = {
    "wrong password": Case("refused the login", False, login={"password": "wrong"}),
    "no password": Case("refused the login", False, login={"password": None}),
    "unknown role": Case("refused the login", False, login={"username": "nobody_here"}),
    "role without login": Case("refused the login", False, f"ALTER ROLE {ROLE} NOLOGIN", f"ALTER ROLE {ROLE} LOGIN"),
    "unknown database": Case("has no database of that name", False, login={"database": "no_database_here"}),
    "no right to connect": Case(
        "denied a right",
        False,
        f"REVOKE CONNECT ON DATABASE {DATABASE} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {DATABASE} TO PUBLIC",
    ),
    "too many connections": Case(
        "has no free connection",
        True,
        f"ALTER ROLE {ROLE} CONNECTION LIMIT 0",
        f"ALTER ROLE {ROLE} CONNECTION LIMIT -1",
    ),
    "closed database": Case(
        "refused the connection",
        True,
        f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false",
        f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true",
    ),
    "no server": Case("does not answer", True, login={"query": {"host": "/nowhere"}}),
}


@pytest.fixture(scope="module")
def admin(postgres: Path) -> Iterator[Any]:
    """Executes a statement as the superuser. A database and a role that needs its password are there meanwhile."""
    engine = create_engine(embedded.url(postgres, "postgres"), isolation_level="AUTOCOMMIT", poolclass=NullPool)

    def execute(statement: str) -> None:
        with engine.connect() as connection:
            connection.execute(text(statement))

    rules = postgres / "pg_hba.conf"
    before = rules.read_text()
    execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD 'right'")
    execute(f"CREATE DATABASE {DATABASE}")
    rules.write_text(f"local {DATABASE} {ROLE} scram-sha-256\n{before}")
    execute("SELECT pg_reload_conf()")
    yield execute
    rules.write_text(before)
    execute("SELECT pg_reload_conf()")
    execute(f"DROP DATABASE {DATABASE}")
    execute(f"DROP ROLE {ROLE}")


@pytest.mark.parametrize("name", CASES)
def test_a_refused_login_is_told_from_a_server_that_does_not_answer(admin: Any, postgres: Path, name: str) -> None:
    case = CASES[name]
    url = embedded.url(postgres, DATABASE).set(username=ROLE, password="right")
    _login(url)
    try:
        if case.statement:
            admin(case.statement)
        with pytest.raises(OperationalError) as refused:
            _login(URL.create(**{**url._asdict(), **case.login}))
    finally:
        if case.undo:
            admin(case.undo)
    assert case.sentence in sentence_of(refused.value, "alt-db")
    assert is_transient(refused.value) is case.transient
    assert _attempts(refused.value) == (2 if case.transient else 1)


ELSEWHERE = {
    "German": "Verbindung zu Server auf »db« (10.0.0.7), Port 5432 fehlgeschlagen: FATAL:  Rolle »x« existiert nicht\n",
    "Japanese": 'connection to server at "db" (10.0.0.7), port 5432 failed: 致命的エラー:  ロール"x"は存在しません\n',
}


@pytest.mark.parametrize("message", ELSEWHERE.values(), ids=ELSEWHERE)
def test_an_answer_in_another_language_is_an_answer_that_is_retried(message: str) -> None:
    error = OperationalError(None, None, psycopg2.OperationalError(message))
    assert "alt-db refused the connection" in sentence_of(error, "alt-db")
    assert is_transient(error)


def test_the_last_address_of_a_host_decides() -> None:
    message = (
        'connection to server at "localhost" (::1), port 5432 failed: Connection refused\n'
        "\tIs the server running on that host and accepting TCP/IP connections?\n"
        'connection to server at "localhost" (127.0.0.1), port 5432 failed: FATAL:  password authentication failed for '
        'user "x"\n'
    )
    error = OperationalError(None, None, psycopg2.OperationalError(message))
    assert not is_transient(error)
    assert sentence_of(error, "alt-db").endswith('(password authentication failed for user "x")')


def _login(url: URL) -> None:
    engine = make_engine(url, PoolSettings())
    try:
        with engine.connect():
            pass
    finally:
        engine.dispose()


def _attempts(error: DBAPIError) -> int:
    """The number of attempts before a transaction that fails once with the error is given up, or succeeds."""
    attempts = 0

    def action() -> None:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            raise error

    try:
        with_retries(action, PoolSettings(retry_first_delay_seconds=0.01), "log in")
    except DBAPIError:
        assert attempts == 1
    return attempts
