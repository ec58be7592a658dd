"""Settings of the databases: addresses, connection pools, time limits and retries."""

from functools import cached_property
from typing import Self

from pydantic import SecretStr, model_validator
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from alt_pipelines.settings.reading import SettingsGroup, env
from alt_pipelines.settings.urls import ENCODE

DRIVER = "postgresql+psycopg2"  # SQLAlchemy 2.1 would take psycopg 3 for a plain postgresql:// URL


def postgres_url(value: str) -> URL:
    """Parse a Postgres URL (`postgres://`, `postgresql+asyncpg://`, ...) and set the driver that this project uses.

    Raises:
        ValueError: not a Postgres URL, or not read as it was meant. The text has no part of the value but the name of
            another driver, because a password may be anywhere in it.
    """
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):  # the latter for a port that is not a number
        raise ValueError(_NOT_A_URL) from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise ValueError(f"a {url.drivername} URL; only Postgres is supported, as postgresql://...")
    if url.password is not None and "@" in _after_password(value):
        raise ValueError(_NOT_A_URL)
    return _with_login_of_query(url).set(drivername=DRIVER)


_NOT_A_URL = f"not a database URL; expected postgresql://user:password@host:5432/name. {ENCODE}"


def _after_password(value: str) -> str:
    """Return what follows the `@` at which SQLAlchemy ends the password: the first one after the user's colon."""
    return value.split("://", 1)[1].split(":", 1)[1].split("@", 1)[1]


def _with_login_of_query(url: URL) -> URL:
    """Return the URL with the user and password of its query in their own places, where they are hidden when shown."""
    user, password = url.query.get("user"), url.query.get("password")
    if isinstance(user, str):
        url = url.difference_update_query(["user"]).set(username=user)
    if isinstance(password, str):
        url = url.difference_update_query(["password"]).set(password=password)
    return url


class AltDatabaseSettings(SettingsGroup):
    """alt-db: articles and tags. Set all five `DB_` variables, or none to use the embedded server."""

    user: str | None = env("DB_TAG_GENERATOR_USER", default=None, description="Role that runs the product.")
    password: SecretStr | None = env("DB_TAG_GENERATOR_PASSWORD", default=None, description="Password of that role.")
    host: str | None = env("DB_HOST", default=None, description="Host name, address, or folder of a Unix socket.")
    port: int | None = env("DB_PORT", default=None, ge=1, le=65535, description="Port of the server.")
    name: str | None = env("DB_NAME", default=None, description="Name of the database.")
    ssl_mode: str | None = env(
        "DB_SSL_MODE", default=None, description="`sslmode` of libpq, for example `require` or `verify-full`."
    )

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
        """The DSN with its password escaped, or None for the embedded server. It is assembled nowhere else."""
        if self.host is None or self.password is None:
            return None
        query = {"sslmode": self.ssl_mode} if self.ssl_mode else {}
        return URL.create(
            DRIVER, self.user, self.password.get_secret_value(), self.host, self.port, self.name, query=query
        )


class RecapDatabaseSettings(SettingsGroup):
    """recap-db: runs, learning, graph. If nothing is set, the embedded server is used.

    The old recap sub-worker had a default URL and took only its password from a file; the fields after `dsn` read the
    same variables, so its environment works unchanged.
    """

    dsn: SecretStr | None = env(
        "RECAP_DB_URL",
        "RECAP_DB_DSN",
        "RECAP_SUBWORKER_DB_URL",
        default=None,
        description="URL of the database: `postgresql://user:password@host:5432/name` (`+asyncpg` is accepted).",
    )
    password: SecretStr | None = env(
        "RECAP_DB_PASSWORD",
        "RECAP_SUBWORKER_DB_PASSWORD",
        default=None,
        description="Password of the role. It replaces the password in the URL.",
    )
    host: str | None = env(
        "RECAP_DB_HOST",
        default=None,
        description="Host, used without a URL. Default if the password is set: `recap-db`.",
    )
    port: int = env("RECAP_DB_PORT", default=5432, ge=1, le=65535, description="Port, used without a URL.")
    user: str = env("RECAP_DB_USER", default="recap_user", description="Role, used without a URL.")
    name: str = env("RECAP_DB_NAME", default="recap", description="Name of the database, used without a URL.")

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
        password = None if self.password is None else self.password.get_secret_value()
        if self.dsn is not None:
            url = postgres_url(self.dsn.get_secret_value())
            return url if password is None else url.set(password=password)
        if self.host is None and password is None:
            return None
        return URL.create(DRIVER, self.user, password, self.host or "recap-db", self.port, self.name)


class PoolSettings(SettingsGroup):
    """Connections of a process to a database, and retries when the database is unavailable."""

    size: int = env("ALT_DB_POOL_SIZE", default=3, ge=1, le=50, description="Connections kept open.")
    overflow: int = env(
        "ALT_DB_POOL_OVERFLOW", default=5, ge=0, le=50, description="Connections opened beyond the pool under load."
    )
    connect_timeout_seconds: int = env(
        "ALT_DB_CONNECT_TIMEOUT_SECONDS", default=5, ge=1, le=60, description="Time limit for connecting, in seconds."
    )
    statement_timeout_seconds: int = env(
        "ALT_DB_STATEMENT_TIMEOUT_SECONDS", default=120, ge=1, description="Time limit per statement, in seconds."
    )
    retry_seconds: float = env(
        "ALT_DB_RETRY_SECONDS",
        default=60.0,
        ge=0,
        description="Time for which a transient database failure is retried before the run fails, in seconds.",
    )
    retry_first_delay_seconds: float = env(
        "ALT_DB_RETRY_FIRST_DELAY_SECONDS", default=0.5, gt=0, description="Delay before the first retry, in seconds."
    )
    retry_longest_delay_seconds: float = env(
        "ALT_DB_RETRY_LONGEST_DELAY_SECONDS",
        default=5.0,
        gt=0,
        description="Maximum delay between two retries, in seconds. Each delay is twice the previous one.",
    )
