"""The settings that name the databases of an installation, for tests on databases of their own."""

from sqlalchemy.engine import URL


def named_databases(alt: URL, recap: URL) -> dict[str, str]:
    """Return the environment variables that name an alt-db and a recap-db."""
    return {
        "DB_HOST": str(alt.query["host"]),
        "DB_PORT": "5432",
        "DB_NAME": str(alt.database),
        "DB_TAG_GENERATOR_USER": "postgres",
        "DB_TAG_GENERATOR_PASSWORD": "any",
        "RECAP_DB_URL": recap.render_as_string(hide_password=False),
    }
