"""The rights that the role running the product needs, which of them are missing, and the GRANT statements.

The owner installs the schema, and a restricted role runs the product. That role needs only the rights listed here; each
has its reason. The platform's role `tag_generator` already has most of them on alt-db.

    missing_rights(engine, "alt")       the rights that the connected role lacks: readiness, the tagging sensor
    grant_statements(connection, ...)   the statements for a role, with reasons as comments: `db upgrade`, `db grants`
    revoke_statements(connection, ...)  the statements that take them back: `db downgrade`
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database import search_path
from alt_pipelines.database.alt_tables import SCHEMA
from alt_pipelines.database.migrate import OUR_TABLES, PLATFORM_TABLES, Database

Kind = Literal["table", "sequence", "schema", "database"]

PLATFORM_ROLE = "tag_generator"
"""The role that the platform created for the old tag generator, for databases that no setting names."""

_OUR_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Need(NamedTuple):
    """Rights on one object, and the reason.

    A name without a schema is a table of the platform, which may be in any schema of the role's search path. For the
    kind `sequence`, `name` is the table whose id column it feeds.
    """

    kind: Kind
    name: str
    rights: tuple[str, ...]
    reason: str
    for_runs: bool = True


class MissingRight(NamedTuple):
    """The rights that a role lacks on one object. `for_runs`: whether a pipeline needs them, not only a command."""

    role: str
    object: str
    rights: tuple[str, ...]
    reason: str
    statement: str
    for_runs: bool

    @property
    def sentence(self) -> str:
        """One sentence: the role, its missing rights, the object, the reason, and the statement that grants them."""
        return (
            f"The role {self.role} lacks {', '.join(self.rights)} on {self.object} ({self.reason}); "
            f"as the owner run: {self.statement}"
        )


_ALT = (
    Need("table", "articles", ("SELECT",), "to read the articles to tag"),
    Need("table", "feeds", ("SELECT",), "to find the feed that an article's tags belong to"),
    Need("table", "feed_tags", ("SELECT", "INSERT", "UPDATE"), "to write tags and update their confidence"),
    Need("table", "article_tags", ("SELECT", "INSERT"), "to link tags to articles"),
    Need("table", "article_tags", ("DELETE",), "to remove links that a new extraction no longer yields"),
)
_ALT_OF_PLATFORM = _ALT[:-1]
_RECAP = (
    Need("database", "", ("TEMPORARY",), "graph builds aggregate learning rows in temporary tables"),
    Need(
        "table",
        "recap_subworker_runs",
        ("SELECT", "INSERT", "UPDATE"),
        "to store genre runs",
    ),
    Need("sequence", "recap_subworker_runs", ("USAGE",), "to number new genre runs"),
    Need("table", "recap_subworker_clusters", ("SELECT", "INSERT"), "to store clusters and refer to their ids"),
    Need("sequence", "recap_subworker_clusters", ("USAGE",), "to number new clusters"),
    Need("table", "recap_subworker_sentences", ("INSERT",), "to store representative sentences"),
    Need("sequence", "recap_subworker_sentences", ("USAGE",), "to number new sentences"),
    Need("table", "recap_subworker_diagnostics", ("SELECT", "INSERT"), "to store and show diagnostics of runs"),
    Need("table", "recap_cluster_evidence", ("SELECT", "INSERT"), "to store and show the articles of clusters"),
    Need("sequence", "recap_cluster_evidence", ("USAGE",), "to number new evidence rows"),
    Need("table", "recap_run_diagnostics", ("INSERT",), "to store similarity figures of runs"),
    Need("table", "recap_genre_learning_results", ("SELECT",), "to build the graph and learn the thresholds"),
    Need("table", "tag_label_graph", ("SELECT", "INSERT", "UPDATE", "DELETE"), "builds replace the edges of a window"),
    Need("table", "recap_worker_config", ("SELECT",), "to read the current thresholds"),
)
_WITHOUT_PLATFORM = "public"
"""The schema that is needed where none has the platform's tables yet."""

_NEEDS: dict[Database, tuple[Need, ...]] = {"alt": _ALT, "recap": _RECAP}

# A missing object needs no right: a table of newer platforms, or one of ours before the migration. The query reads only
# the catalogue, because functions that take names fail for a role that may not use the schema. A role that does not
# exist lacks every right.
_OBJECTS = """
    SELECT need.place, need.right_name, s.sequence
    FROM unnest(CAST(:places AS int[]), CAST(:kinds AS text[]), CAST(:schemas AS text[]), CAST(:names AS text[]),
                CAST(:rights AS text[])) WITH ORDINALITY AS need (place, kind, schema, name, right_name, turn)
    LEFT JOIN pg_namespace n ON n.nspname = need.schema
    LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = need.name AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    LEFT JOIN LATERAL (
        SELECT q.oid, q.relacl, q.relowner, quote_ident(m.nspname) || '.' || quote_ident(q.relname) AS sequence
        FROM pg_depend d JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S'
        JOIN pg_namespace m ON m.oid = q.relnamespace
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = c.oid AND d.deptype IN ('a', 'i')
    ) s ON need.kind = 'sequence'
"""
_LACKING = text(
    _OBJECTS
    + """
    WHERE CASE need.kind WHEN 'table' THEN c.oid WHEN 'sequence' THEN s.oid WHEN 'schema' THEN n.oid ELSE 0 END
        IS NOT NULL
      AND NOT CASE WHEN NOT :exists THEN false ELSE CASE need.kind
        WHEN 'table' THEN has_table_privilege(:role, c.oid, need.right_name)
        WHEN 'sequence' THEN has_sequence_privilege(:role, s.oid, need.right_name)
        WHEN 'schema' THEN has_schema_privilege(:role, n.oid, need.right_name)
        ELSE has_database_privilege(:role, current_database(), need.right_name) END END
    ORDER BY need.turn, s.sequence
    """
)
_GRANTED = text(
    _OBJECTS
    + """
    JOIN pg_database d ON d.datname = current_database()
    JOIN pg_roles r ON r.rolname = :role
    CROSS JOIN LATERAL (VALUES
        ('table', c.relacl, c.relowner), ('sequence', s.relacl, s.relowner), ('schema', n.nspacl, n.nspowner),
        ('database', d.datacl, d.datdba)) o (kind, acl, owner)
    WHERE o.kind = need.kind AND o.owner <> r.oid
      AND EXISTS (SELECT FROM aclexplode(o.acl) g WHERE g.grantee = r.oid AND g.privilege_type = need.right_name)
    ORDER BY need.turn, s.sequence
    """
)


def missing_rights(engine: Engine, database: Database, role: str | None = None) -> list[MissingRight]:
    """Return the rights that a role (default: the connected one) lacks in a database.

    Raises:
        DBAPIError: the database does not answer.
    """
    with engine.connect() as connection:
        return _missing(connection, database, role)


def role_exists(connection: Connection, role: str) -> bool:
    """Whether the server has this role."""
    return bool(connection.scalar(text("SELECT true FROM pg_roles WHERE rolname = :role"), {"role": role}))


def grant_statements(connection: Connection, database: Database, role: str) -> list[str]:
    """Return the GRANT statements that a role still needs, each with its reason as a comment.

    For a role that does not exist on this server, these are the statements for all rights.
    """
    missing = _missing(connection, database, role, exists=role_exists(connection, role))
    return [f"{right.statement} -- {right.reason}" for right in missing]


def revoke_statements(connection: Connection, database: Database, role: str) -> list[str]:
    """Return the REVOKE statements of the rights on the platform's objects that `db grants` may have given a role.

    The rights that the platform gave to its own role are left out. Another role may have had some of the rest before.
    """
    of_platform = _ALT_OF_PLATFORM if database == "alt" and role == PLATFORM_ROLE else ()
    asked = _located(connection, [need for need in _NEEDS[database] if need not in of_platform], role)
    quoted_role = connection.dialect.identifier_preparer.quote(role)
    return [
        f"REVOKE {', '.join(held)} ON {need.kind.upper()} {_object_name(connection, need, sequence)} "
        f"FROM {quoted_role};"
        for need, held, sequence in _rights(connection, _GRANTED, asked, role=role)
        if need.kind != "schema" or role != PLATFORM_ROLE
    ]


def unreachable_tables(connection: Connection, database: Database, role: str | None = None) -> str | None:
    """Return a sentence about the platform's tables that only schemas outside a role's search path have, or None."""
    return search_path.elsewhere(connection, PLATFORM_TABLES[database], role)


def needs(database: Database) -> tuple[Need, ...]:
    """Return all rights that the running role needs in a database, beside those on the schemas of platform tables."""
    own = [
        Need("schema", SCHEMA, ("USAGE",), "it holds this project's tables"),
        *(Need("table", f"{SCHEMA}.{table}", _OUR_RIGHTS, _reason(table)) for table in OUR_TABLES[database]),
        Need("table", f"{SCHEMA}.{database}_version", ("SELECT",), "to compare the schema version with the code"),
    ]
    if database == "recap":
        own += [
            need
            for table in ("tag_label_graph_builds", "genre_learning_attempts")
            for need in (
                Need("sequence", f"{SCHEMA}.{table}", ("USAGE",), f"to number new rows of {table}"),
                Need("sequence", f"{SCHEMA}.{table}", ("SELECT",), "`db backup` dumps its last number", for_runs=False),
            )
        ]
    return (*_NEEDS[database], *own)


_REASONS = {
    "article_tag_outcomes": "it holds the outcome of every article",
    "article_tag_claims": "it holds the claims of runs on articles",
    "installation_facts": "it holds what all processes share, such as the first day with articles",
    "pipeline_metrics": "it holds the metrics of the pipelines",
    "site_lines": "it holds the boilerplate lines of sites",
    "site_names": "it holds the names that sites use",
    "vocabularies": "it holds the words of the archive that tags are ranked by",
    "genre_runs": "it holds the launch, claim and heartbeat of genre runs",
    "tag_label_graph_builds": "it holds the history of graph builds",
    "genre_learning_attempts": "it holds the history of learning runs",
    "admin_jobs": "it holds the background jobs of the API",
}


def _reason(table: str) -> str:
    return _REASONS[table]


def _missing(connection: Connection, database: Database, role: str | None, exists: bool = True) -> list[MissingRight]:
    who = role or search_path.connected_role(connection)
    asked = _located(connection, needs(database), who)
    lacking = _rights(connection, _LACKING, asked, role=who, exists=exists)
    return [_missing_right(connection, need, who, names, sequence) for need, names, sequence in lacking]


def _rights(
    connection: Connection, statement: TextClause, asked: Sequence["_Located"], **parameters: object
) -> list[tuple["_Located", list[str], str | None]]:
    """Return the needs that a statement selects, each with the selected rights and the sequence that it concerns."""
    each = [(place, *need[:3], right) for place, need in enumerate(asked) for right in need.rights]
    columns = zip(("places", "kinds", "schemas", "names", "rights"), zip(*each, strict=True), strict=True)
    rows = connection.execute(statement, {**{name: list(values) for name, values in columns}, **parameters}).all()
    found: dict[tuple[int, str | None], list[str]] = {}
    for row in rows:
        found.setdefault((row.place, row.sequence), []).append(row.right_name)
    return [(asked[place], names, sequence) for (place, sequence), names in found.items()]


class _Located(NamedTuple):
    """A need whose object is named by its schema and its own name."""

    kind: Kind
    schema: str | None
    name: str
    rights: tuple[str, ...]
    reason: str
    for_runs: bool


def _located(connection: Connection, asked: Iterable[Need], role: str) -> list[_Located]:
    """Return the needs with the schemas in which a role finds the tables; first the schemas of the platform's."""
    names = {need.name for need in asked if need.kind in ("table", "sequence") and "." not in need.name}
    schemas = search_path.schemas_of(connection, names, role)
    of_platform = sorted(set(schemas.values())) or [_WITHOUT_PLATFORM]
    located = [_Located("schema", name, "", ("USAGE",), "it holds the platform's tables", True) for name in of_platform]
    for need in asked:
        schema, _, own = need.name.rpartition(".")
        if need.kind == "schema":
            schema, own = need.name, ""
        located.append(_Located(need.kind, schema or schemas.get(own), own, *need[2:]))
    return located


def _missing_right(
    connection: Connection, need: _Located, role: str, rights: Sequence[str], sequence: str | None
) -> MissingRight:
    name = _object_name(connection, need, sequence)
    quoted_role = connection.dialect.identifier_preparer.quote(role)
    statement = f"GRANT {', '.join(rights)} ON {need.kind.upper()} {name} TO {quoted_role};"
    what = name if need.kind == "table" else f"{need.kind.upper()} {name}"
    return MissingRight(role, what, tuple(rights), need.reason, statement, need.for_runs)


def _object_name(connection: Connection, need: _Located, sequence: str | None) -> str:
    quoted = connection.dialect.identifier_preparer.quote
    if need.kind == "database":
        return quoted(str(connection.scalar(text("SELECT current_database()"))))
    if need.kind == "sequence":
        return str(sequence)
    schema = "" if need.schema in (None, _WITHOUT_PLATFORM) and need.name else quoted(str(need.schema))
    return ".".join(part for part in (schema, quoted(need.name) if need.name else "") if part)
