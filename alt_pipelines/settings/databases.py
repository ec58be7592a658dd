"""Settings of the databases: where they are, and how connections to them behave."""

from functools import cached_property
from typing import Self

from pydantic import SecretStr, model_validator
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from alt_pipelines.settings.reading import SettingsGroup, env

DRIVER = "postgresql+psycopg2"  # SQLAlchemy 2.1 would take psycopg 3 for a plain postgresql:// URL


def postgres_url(value: str) -> URL:
    """A Postgres URL of any spelling (`postgres://`, `postgresql+asyncpg://`, ...) with the driver this project uses.

    Raises:
        ValueError: not a Postgres URL.
    """
    try:
        url = make_url(value)
    except ArgumentError:
        raise ValueError("not a database URL; expected postgresql://user:password@host:5432/name") from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(f"a {url.drivername} URL; only Postgres is supported, as postgresql://...")
    return url.set(drivername=DRIVER)


class AltDatabaseSettings(SettingsGroup):
    """alt-db, articles and tags. With nothing set, the embedded server holds it."""

    user: str | None = env("DB_TAG_GENERATOR_USER", default=None)
    password: SecretStr | None = env("DB_TAG_GENERATOR_PASSWORD", default=None)
    host: str | None = env("DB_HOST", default=None)
    port: int | None = env("DB_PORT", default=None, ge=1, le=65535)
    name: str | None = env("DB_NAME", default=None)
    ssl_mode: str | None = env("DB_SSL_MODE", default=None)

    @model_validator(mode="after")
    def _all_or_none(self) -> Self:
        needed = {
            "DB_TAG_GENERATOR_USER": self.user,
            "DB_TAG_GENERATOR_PASSWORD": self.password,
            "DB_HOST": self.host,
            "DB_PORT": self.port,
            "DB_NAME": self.name,
        }
        missing = [variable for variable, value in needed.items() if value is None]
        if missing and len(missing) < len(needed):
            raise ValueError(
                f"The alt-db connection is incomplete: {', '.join(missing)} not set. "
                "Set all five DB_ variables, or none to use the embedded server."
            )
        return self

    @cached_property
    def url(self) -> URL | None:
        """The DSN with its password escaped, or None for the embedded server. The only place that assembles it."""
        if self.host is None or self.password is None:
            return None
        query = {"sslmode": self.ssl_mode} if self.ssl_mode else {}
        return URL.create(
            DRIVER, self.user, self.password.get_secret_value(), self.host, self.port, self.name, query=query
        )


class RecapDatabaseSettings(SettingsGroup):
    """recap-db: runs, learning, graph. With nothing set, the embedded server holds it."""

    dsn: SecretStr | None = env("RECAP_DB_URL", "RECAP_DB_DSN", "RECAP_SUBWORKER_DB_URL", default=None)

    @model_validator(mode="after")
    def _is_postgres(self) -> Self:
        if self.dsn is not None:
            try:
                postgres_url(self.dsn.get_secret_value())
            except ValueError as error:
                raise ValueError(f"RECAP_DB_URL is {error}.") from None
        return self

    @cached_property
    def url(self) -> URL | None:
        """The DSN, or None for the embedded server."""
        return None if self.dsn is None else postgres_url(self.dsn.get_secret_value())


class PoolSettings(SettingsGroup):
    """Connections of one process to one database, and how patiently a lost database is waited for."""

    size: int = env("ALT_DB_POOL_SIZE", default=3, ge=1, le=50)
    overflow: int = env("ALT_DB_POOL_OVERFLOW", default=5, ge=0, le=50)
    connect_timeout_seconds: int = env("ALT_DB_CONNECT_TIMEOUT_SECONDS", default=5, ge=1, le=60)
    statement_timeout_seconds: int = env("ALT_DB_STATEMENT_TIMEOUT_SECONDS", default=120, ge=1)
    retry_seconds: float = env("ALT_DB_RETRY_SECONDS", default=60.0, ge=0)
    retry_first_delay_seconds: float = env("ALT_DB_RETRY_FIRST_DELAY_SECONDS", default=0.5, gt=0)
    retry_longest_delay_seconds: float = env("ALT_DB_RETRY_LONGEST_DELAY_SECONDS", default=5.0, gt=0)
