"""Databases of a real platform, as of November 2025 and August 2026, with the platform's restricted role.

The SQL files beside this module follow contract/database.md. `platform_owner`, which is not a superuser, owns each
database. `tag_generator` has only the grants that the platform gives it and cannot create anything.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.pool import NullPool

from alt_pipelines.database import embedded, migrate

Shape = Literal["2025_11", "2026_08"]
SHAPES: tuple[Shape, ...] = ("2025_11", "2026_08")
OWNER, ROLE = "platform_owner", "tag_generator"
_FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class PlatformDatabase:
    """One database of a platform: the URLs of its owner and of its restricted role."""

    owner: URL
    role: URL

    def as_owner(self) -> Engine:
        """Create an engine that may change the schema."""
        return create_engine(self.owner, poolclass=NullPool)


def make_database(postgres: Path, name: str, *content: tuple[migrate.Database, Shape]) -> PlatformDatabase:
    """Create a database with the tables of alt-db, recap-db or both, in the given shapes."""
    admin = embedded.url(postgres, "postgres")
    with create_engine(admin, isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as connection:
        for role in (OWNER, ROLE):
            if not connection.scalar(text("SELECT true FROM pg_roles WHERE rolname = :role"), {"role": role}):
                connection.execute(text(f"CREATE ROLE {role} LOGIN"))
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE template0'))
        connection.execute(text(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC'))
        connection.execute(text(f'GRANT CONNECT ON DATABASE "{name}" TO {ROLE}'))
    with create_engine(admin.set(database=name), isolation_level="AUTOCOMMIT", poolclass=NullPool).connect() as made:
        made.execute(text(f"REVOKE ALL ON SCHEMA public FROM PUBLIC; ALTER SCHEMA public OWNER TO {OWNER}"))
    database = PlatformDatabase(admin.set(database=name, username=OWNER), admin.set(database=name, username=ROLE))
    for which, shape in content:
        run_file(database.as_owner(), f"{which}_2025_11.sql")
        if shape == "2026_08":
            apply_changes(database.as_owner(), which)
    return database


def move(database: PlatformDatabase, schema: str, path: str | None = None) -> None:
    """Move the platform's tables to another schema, and set the search path of the database (default: the schema)."""
    with database.as_owner().begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
        for table in connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all():
            connection.execute(text(f'ALTER TABLE public."{table}" SET SCHEMA "{schema}"'))
        wanted = f'"{schema}"' if path is None else path
        connection.execute(text(f'ALTER DATABASE "{database.owner.database}" SET search_path = {wanted}'))


def apply_changes(engine: Engine, database: migrate.Database) -> None:
    """Apply the platform's own migrations from November 2025 to August 2026."""
    run_file(engine, f"{database}_changes_to_2026_08.sql")


def run_file(engine: Engine, name: str) -> None:
    """Run a file of statements in one transaction."""
    with engine.begin() as connection:
        connection.exec_driver_sql((_FOLDER / name).read_text("utf-8"))


def platform_schema(engine: Engine) -> list[str]:
    """Return the catalogue's content for the schema `public` as lines. Equal lines mean an unchanged schema."""
    with engine.connect() as connection:
        return list(connection.scalars(text(_CATALOGUE)))


_CATALOGUE = """
SELECT format('table %s %s options %s acl %s', c.relname, c.relkind, c.reloptions, c.relacl)
FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT format('column %s.%s %s %s %s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
              pg_get_expr(d.adbin, d.adrelid))
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0
UNION ALL
SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(oid))
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT format('trigger %s %s', t.tgrelid::regclass, p.proname)
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace
UNION ALL
SELECT format('function %s', proname) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1
"""
