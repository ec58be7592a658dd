"""Find the schemas of the platform's tables: they may be in any schema of a role's search path.

Only the catalogue is read, because functions that take names do not see a schema that the role may not use yet.
"""

import re
from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.engine import Connection

# For another role than the connected one: the most specific setting, else what the server has without any.
_PATH = text(
    """
    SELECT CASE WHEN :role = current_user THEN current_setting('search_path') ELSE coalesce(
        (SELECT substr(setting, length('search_path=') + 1)
         FROM pg_db_role_setting s LEFT JOIN pg_roles r ON r.oid = s.setrole
         LEFT JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS setting
         WHERE setting LIKE 'search\\_path=%' AND (s.setrole = 0 OR r.rolname = :role)
           AND (s.setdatabase = 0 OR d.datname = current_database())
         ORDER BY s.setrole <> 0 DESC, s.setdatabase <> 0 DESC LIMIT 1),
        (SELECT CASE WHEN source IN ('default', 'configuration file', 'command line') THEN setting ELSE boot_val END
         FROM pg_settings WHERE name = 'search_path')) END
    """
)
_NAME = re.compile(r'"((?:[^"]|"")*)"|([^,\s"]+)')

_RELATIONS = text(
    """
    SELECT c.relname AS name, n.nspname AS schema
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relname = ANY(:names) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_(temp|toast)'
    ORDER BY array_position(CAST(:path AS text[]), n.nspname::text) NULLS LAST, n.nspname
    """
)


def search_path(connection: Connection, role: str) -> list[str]:
    """Return the schemas in which a role's statements look for names, in order, whether it may use them or not."""
    path = str(connection.scalar(_PATH, {"role": role}))
    names = (
        quoted.replace('""', '"') if bare is None else bare.lower()
        for quoted, bare in (match.groups() for match in _NAME.finditer(path))
    )
    return [role if name == "$user" else name for name in names]


def schemas_of(connection: Connection, names: Iterable[str], role: str) -> dict[str, str]:
    """Return for each table that is on a role's search path the schema in which its statements find it."""
    path = search_path(connection, role)
    found: dict[str, str] = {}
    for row in connection.execute(_RELATIONS, {"names": list(names), "path": path}):
        if row.schema in path:
            found.setdefault(row.name, row.schema)
    return found


def connected_role(connection: Connection) -> str:
    """Return the role whose rights a connection has."""
    return str(connection.scalar(text("SELECT current_user")))


def elsewhere(connection: Connection, names: Iterable[str], role: str | None = None) -> str | None:
    """Return a sentence about tables that only schemas outside the path of a role (default: the connected one) have."""
    role = role or connected_role(connection)
    asked, path = list(names), search_path(connection, role)
    rows = connection.execute(_RELATIONS, {"names": asked, "path": path}).all()
    reached = {row.name for row in rows if row.schema in path}
    hidden = [row for row in rows if row.name not in reached]
    if not hidden:
        return None
    quoted = connection.dialect.identifier_preparer.quote
    schemas = list(dict.fromkeys(row.schema for row in hidden))
    database = quoted(str(connection.scalar(text("SELECT current_database()"))))
    wanted = ", ".join(quoted(schema) for schema in (*schemas, *(name for name in path if name != role)))
    return (
        f"The search path of the role {role} ({', '.join(path)}) lacks the schema {', '.join(schemas)}, which has "
        f"{', '.join(dict.fromkeys(row.name for row in hidden))}. Set it, for example: "
        f"ALTER ROLE {quoted(role)} IN DATABASE {database} SET search_path = {wanted};"
    )
