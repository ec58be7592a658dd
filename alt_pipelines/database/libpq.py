"""The programs of Postgres (psql, pg_dump) for a DSN: with the parameters of an engine, and with TLS if it has that."""

import shutil
import subprocess
from functools import cache
from typing import Literal

import psycopg2
from psycopg2.extensions import make_dsn
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

    Raises:
        NoTlsError: the connection demands TLS, and neither has it.
    """
    own = embedded.psql().with_name(name)
    need = _tls(url)
    if need == "none" or _has_tls(str(own)):
        return str(own)
    if (installed := shutil.which(name)) is not None:
        return installed
    if need == "offered":
        return str(own)
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


def _tls(url: URL) -> Literal["none", "offered", "demanded"]:
    """Return whether a connection demands TLS, or has it because the server offers it, as libpq prefers."""
    _, given = url.get_dialect()().create_connect_args(url)
    variables = Settings.environment()
    values = {name: given.get(name) or variables.get(f"PG{name.replace('_', '').upper()}") for name in _DEMANDING}
    if any(values[name] in demanding for name, demanding in _DEMANDING.items()):
        return "demanded"
    host = str(given.get("host") or variables.get("PGHOST") or "/")
    if values["sslmode"] == "disable" or host.startswith(("/", "@")):
        return "none"
    try:
        connection = psycopg2.connect(conninfo(url), password=given.get("password"), connect_timeout=_CONNECT_SECONDS)
    except psycopg2.OperationalError:
        return "none"  # the program then says why there is no connection
    try:
        return "offered" if connection.info.ssl_in_use else "none"
    finally:
        connection.close()


@cache
def _has_tls(psql_or_dump: str) -> bool:
    """Whether a program was built with TLS: without it, libpq refuses the parameter before it connects."""
    tried = [psql_or_dump, "--dbname=host=/nonexistent sslmode=require"]
    done = subprocess.run(tried, capture_output=True, text=True, check=False, env={"LC_ALL": "C"})
    return "SSL support is not compiled in" not in done.stderr
