"""The rights that the role running the product needs, which of them are missing, and the GRANT statements.

The owner installs the schema, and a restricted role runs the product. That role needs only the rights listed here; each
has its reason. The platform's role `tag_generator` already has most of them on alt-db.

    missing_rights(engine, "alt")       the rights that the connected role lacks: readiness, the tagging sensor
    grant_statements(connection, ...)   the statements for a role, with reasons as comments: `db upgrade`, `db grants`
"""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine

from alt_pipelines.database.alt_tables import SCHEMA
from alt_pipelines.database.migrate import OUR_TABLES, Database

Kind = Literal["table", "sequence", "schema", "database"]

PLATFORM_ROLE = "tag_generator"
"""The role that the platform created for the old tag generator, for databases that no setting names."""

_OUR_RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE")


class Need(NamedTuple):
    """Rights on one object, and the reason. For the kind `sequence`, `name` is the table whose id column it feeds."""

    kind: Kind
    name: str
    rights: tuple[str, ...]
    reason: str


class MissingRight(NamedTuple):
    """The rights that a role lacks on one object."""

    role: str
    object: str
    rights: tuple[str, ...]
    reason: str
    statement: str

    @property
    def sentence(self) -> str:
        """One sentence: the role, its missing rights, the object, the reason, and the statement that grants them."""
        return (
            f"The role {self.role} lacks {', '.join(self.rights)} on {self.object} ({self.reason}); "
            f"as the owner run: {self.statement}"
        )


_ALT = (
    Need("schema", "public", ("USAGE",), "it holds the platform's tables"),
    Need("table", "articles", ("SELECT",), "to read the articles to tag"),
    Need("table", "feeds", ("SELECT",), "to find the feed that an article's tags belong to"),
    Need("table", "feed_tags", ("SELECT", "INSERT", "UPDATE"), "to write tags and update their confidence"),
    Need("table", "article_tags", ("SELECT", "INSERT"), "to link tags to articles"),
    Need("table", "article_tags", ("DELETE",), "to remove links that a new extraction no longer yields"),
)
_RECAP = (
    Need("schema", "public", ("USAGE",), "it holds the platform's tables"),
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
_NEEDS: dict[Database, tuple[Need, ...]] = {"alt": _ALT, "recap": _RECAP}

# A missing object needs no right: a table of newer platforms, or one of ours before the migration. The query reads only
# the catalogue, because functions that take names fail for a role that may not use the schema.
_LACKING = text(
    """
    SELECT need.place, need.right_name, o.sequence
    FROM unnest(CAST(:places AS int[]), CAST(:kinds AS text[]), CAST(:names AS text[]), CAST(:rights AS text[]))
        AS need (place, kind, name, right_name)
    LEFT JOIN LATERAL (
        SELECT c.oid AS relation, q.oid AS sequence_id,
            quote_ident(s.nspname) || '.' || quote_ident(q.relname) AS sequence
        FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
        LEFT JOIN (pg_depend d JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S' AND d.deptype IN ('a', 'i'))
            ON d.refobjid = c.oid AND need.kind = 'sequence'
        WHERE need.kind IN ('table', 'sequence') AND c.relkind IN ('r', 'p')
          AND need.name = CASE s.nspname WHEN 'public' THEN c.relname ELSE s.nspname || '.' || c.relname END
    ) o ON true
    LEFT JOIN pg_namespace n ON need.kind = 'schema' AND n.nspname = need.name
    WHERE CASE need.kind
        WHEN 'table' THEN o.relation IS NOT NULL AND NOT has_table_privilege(:role, o.relation, need.right_name)
        WHEN 'sequence'
            THEN o.sequence_id IS NOT NULL AND NOT has_sequence_privilege(:role, o.sequence_id, need.right_name)
        WHEN 'schema' THEN n.oid IS NOT NULL AND NOT has_schema_privilege(:role, n.oid, need.right_name)
        ELSE NOT has_database_privilege(:role, current_database(), need.right_name) END
    ORDER BY need.place
    """
)


def missing_rights(engine: Engine, database: Database, role: str | None = None) -> list[MissingRight]:
    """Return the rights that a role (default: the connected one) lacks in a database.

    Raises:
        DBAPIError: the database does not answer.
    """
    with engine.connect() as connection:
        return _missing(connection, database, role)


def connected_role(connection: Connection) -> str:
    """Return the role whose rights a connection has."""
    return str(connection.scalar(text("SELECT current_user")))


def role_exists(connection: Connection, role: str) -> bool:
    """Whether the server has this role."""
    return bool(connection.scalar(text("SELECT true FROM pg_roles WHERE rolname = :role"), {"role": role}))


def grant_statements(connection: Connection, database: Database, role: str) -> list[str]:
    """Return the GRANT statements that a role still needs, each with its reason as a comment.

    For a role that does not exist on this server, these are the statements for all rights.
    """
    if role_exists(connection, role):
        return [f"{right.statement} -- {right.reason}" for right in _missing(connection, database, role)]
    return [f"{_statement(connection, need, need.rights, role, None)} -- {need.reason}" for need in needs(database)]


def needs(database: Database) -> tuple[Need, ...]:
    """Return all rights that the running role needs in a database."""
    own = [
        Need("schema", SCHEMA, ("USAGE",), "it holds this project's tables"),
        *(Need("table", f"{SCHEMA}.{table}", _OUR_RIGHTS, _reason(table)) for table in OUR_TABLES[database]),
        Need("table", f"{SCHEMA}.{database}_version", ("SELECT",), "to compare the schema version with the code"),
    ]
    if database == "recap":
        own += [
            Need("sequence", f"{SCHEMA}.{table}", ("USAGE",), f"to number new rows of {table}")
            for table in ("tag_label_graph_builds", "genre_learning_attempts")
        ]
    return (*_NEEDS[database], *own)


_REASONS = {
    "article_tag_outcomes": "it holds the outcome of every article",
    "article_tag_claims": "it holds the claims of runs on articles",
    "installation_facts": "it holds facts determined once, such as the first day with articles",
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


def _missing(connection: Connection, database: Database, role: str | None) -> list[MissingRight]:
    who = role or connected_role(connection)
    asked = needs(database)
    each = [(place, need.kind, need.name, right) for place, need in enumerate(asked) for right in need.rights]
    places, kinds, names, rights = (list(column) for column in zip(*each, strict=True))
    rows = connection.execute(
        _LACKING, {"places": places, "kinds": kinds, "names": names, "rights": rights, "role": who}
    ).all()
    found: dict[int, tuple[list[str], str | None]] = {}
    for row in rows:
        found.setdefault(row.place, ([], row.sequence))[0].append(row.right_name)
    return [_missing_right(connection, asked[place], who, *lacking) for place, lacking in found.items()]


def _missing_right(
    connection: Connection, need: Need, role: str, rights: Sequence[str], sequence: str | None
) -> MissingRight:
    statement = _statement(connection, need, rights, role, sequence)
    what = statement.removeprefix(f"GRANT {', '.join(rights)} ON ").split(" TO ")[0]
    return MissingRight(role, what.removeprefix("TABLE "), tuple(rights), need.reason, statement)


def _statement(connection: Connection, need: Need, rights: Iterable[str], role: str, sequence: str | None) -> str:
    quoted = connection.dialect.identifier_preparer.quote
    if need.kind == "database":
        name = quoted(str(connection.scalar(text("SELECT current_database()"))))
    elif need.kind == "sequence":
        name = sequence or f"{need.name}_id_seq"
    else:
        name = need.name
    return f"GRANT {', '.join(rights)} ON {need.kind.upper()} {name} TO {quoted(role)};"
