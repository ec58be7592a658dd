"""The connection of a DSN for the programs of Postgres (psql, pg_dump): the same parameters as for an engine."""

from psycopg2.extensions import make_dsn
from sqlalchemy.engine import URL

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
