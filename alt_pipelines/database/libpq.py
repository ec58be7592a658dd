"""The programs of Postgres (psql, pg_dump) for a DSN: with the parameters of an engine, and with TLS if it has that."""

import re
import shutil
import subprocess
from contextlib import closing
from functools import cache

import psycopg2
from psycopg2.extensions import connection, make_dsn
from sqlalchemy.engine import URL

from alt_pipelines.database import embedded
from alt_pipelines.settings import Settings

_CONNECT_SECONDS = 5
_SECRETS = ("password", "sslpassword")  # `ps` shows a command line to everyone; psql asks for the second one itself


def conninfo(url: URL, options: str = "") -> str:
    """Return the connection string of a DSN with every parameter except secrets.

    Args:
        options: command-line options for the server session, added to those of the DSN.
    """
    _, parameters = url.get_dialect()().create_connect_args(url)
    given = {name: value for name, value in parameters.items() if name not in _SECRETS}
    repeated = given.pop("options", ())
    if all_options := " ".join([*((repeated,) if isinstance(repeated, str) else repeated), options]).strip():
        given["options"] = all_options
    return str(make_dsn(**given))


def password_variable(url: URL) -> dict[str, str]:
    """Return the environment variable with the DSN's password; empty if it has none."""
    _, parameters = url.get_dialect()().create_connect_args(url)
    return {"PGPASSWORD": parameters["password"]} if parameters.get("password") else {}


class NoTlsError(RuntimeError):
    """A connection demands TLS, and no program of Postgres on this machine has it; the message says what to install."""


def program(name: str, url: URL) -> str:
    """Return the path of psql or pg_dump for a connection: the wheel's, or the system's where the wheel's lacks TLS.

    Where the server only offers TLS, the system's must not be older than the server: its pg_dump refuses a newer one.

    Raises:
        NoTlsError: the connection demands TLS, and neither has it.
    """
    own = str(embedded.psql().with_name(name))
    demanded = _demands_tls(url)
    server = None if demanded else _version_if_tls(url)
    if (server is None and not demanded) or _has_tls(own):
        return own
    installed = shutil.which(name)
    if server is not None and (installed is None or _version(installed) < server) and _connects_without_tls(url):
        return own
    if installed is not None:
        return installed
    raise NoTlsError(
        f"{name} of {url.render_as_string()} needs TLS, which the {name} of this installation does not have, and there "
        "is no other on the PATH. Install the client programs of Postgres, of the server's version or newer (on Debian "
        "and Ubuntu `apt install postgresql-client`)."
    )


_DEMANDING = {
    "sslmode": ("require", "verify-ca", "verify-full"),
    "sslnegotiation": ("direct",),
    "channel_binding": ("require",),
}


def _parameter(url: URL, name: str) -> str | None:
    """Return a parameter of a connection: that of its DSN, else the variable of libpq."""
    _, given = url.get_dialect()().create_connect_args(url)
    return given.get(name) or Settings.environment().get(f"PG{name.replace('_', '').upper()}")


def _demands_tls(url: URL) -> bool:
    return any(_parameter(url, name) in demanding for name, demanding in _DEMANDING.items())


def _version_if_tls(url: URL) -> int | None:
    """Return the server's major version if a connection has TLS because the server offers it, as libpq prefers."""
    if _parameter(url, "sslmode") == "disable" or (_parameter(url, "host") or "/").startswith(("/", "@")):
        return None
    try:
        connected = _connect(url)
    except psycopg2.OperationalError:
        return None  # the program then says why there is no connection
    with closing(connected):
        return connected.info.server_version // 10_000 if connected.info.ssl_in_use else None


def _connects_without_tls(url: URL) -> bool:
    try:
        _connect(url, sslmode="disable").close()
    except psycopg2.OperationalError:
        return False
    return True


def _connect(url: URL, **parameters: str) -> connection:
    password = _parameter(url, "password")
    return psycopg2.connect(make_dsn(conninfo(url), password=password, connect_timeout=_CONNECT_SECONDS, **parameters))


def _version(psql_or_dump: str) -> int:
    """Return the major version of a program; 0 if it does not say one."""
    try:
        done = subprocess.run(
            [psql_or_dump, "--version"], capture_output=True, text=True, check=False, env=Settings.environment()
        )
    except OSError:
        return 0
    said = re.match(r"\w+ \(.*?\) (\d+)", done.stdout)
    return int(said[1]) if said else 0


@cache
def _has_tls(psql_or_dump: str) -> bool:
    """Whether a program was built with TLS: without it, libpq refuses the parameter before it connects."""
    tried = [psql_or_dump, "--dbname=host=/nonexistent sslmode=require"]
    done = subprocess.run(tried, capture_output=True, text=True, check=False, env={"LC_ALL": "C"})
    return "SSL support is not compiled in" not in done.stderr
