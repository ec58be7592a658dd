"""On databases of a real platform, of November 2025 and of August 2026: installed beside it, and gone again."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from psycopg2.extensions import parse_dsn
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Engine
from sqlalchemy.pool import NullPool

from alt_pipelines.database import indexes, migrate, rights
from alt_pipelines.database.command import db
from alt_pipelines.database.engines import make_engine
from alt_pipelines.database.shapes import shape_of
from alt_pipelines.settings import PoolSettings
from alt_pipelines_tests.support import platform
from alt_pipelines_tests.support.platform import PlatformDatabase, Shape
from api.rehearsal_store import rehearse

Make = Callable[..., PlatformDatabase]
DATABASES: tuple[migrate.Database, ...] = ("alt", "recap")
both = pytest.mark.parametrize("database", DATABASES)
shapes = pytest.mark.parametrize("shape", platform.SHAPES)


@pytest.fixture
def make(postgres: Path, request: pytest.FixtureRequest) -> Make:
    """Makes databases of a platform with names of this test's own."""
    count = 0

    def made(*content: tuple[migrate.Database, Shape]) -> PlatformDatabase:
        nonlocal count
        count += 1
        return platform.make_database(postgres, f"platform_{abs(hash(request.node.name))}_{count}", *content)

    return made


@both
@shapes
def test_nothing_of_the_platforms_is_created_altered_or_indexed(
    make: Make, database: migrate.Database, shape: Shape
) -> None:
    owner = make((database, shape)).as_owner()
    before = platform.platform_schema(owner)
    assert migrate.upgrade(owner, database)
    assert platform.platform_schema(owner) == before
    assert migrate.upgrade(owner, database) == []


@both
@shapes
def test_leaving_removes_what_is_ours_and_nothing_else(make: Make, database: migrate.Database, shape: Shape) -> None:
    owner = make((database, shape)).as_owner()
    before = platform.platform_schema(owner)
    migrate.upgrade(owner, database)
    indexes.create_indexes(owner, database)
    assert migrate.downgrade(owner, database)
    assert platform.platform_schema(owner) == before
    assert scalar(owner, "SELECT count(*) FROM pg_namespace WHERE nspname = 'alt_pipelines'") == 0
    assert migrate.downgrade(owner, database) == []
    assert migrate.upgrade(owner, database)


@both
@shapes
def test_the_rights_that_were_granted_can_be_taken_back(make: Make, database: migrate.Database, shape: Shape) -> None:
    made = make((database, shape))
    owner = made.as_owner()
    before = rights_of_the_role(owner)
    migrate.upgrade(owner, database)
    assert grant(made, database)
    migrate.downgrade(owner, database)
    assert rights_of_the_role(owner) > before
    with owner.begin() as connection:
        for statement in rights.revoke_statements(connection, database, platform.ROLE):
            connection.exec_driver_sql(statement)
        assert rights.revoke_statements(connection, database, platform.ROLE) == []
    assert rights_of_the_role(owner) == before


def test_the_downgrade_prints_how_to_take_the_rights_back(make: Make) -> None:
    made = make(("alt", "2026_08"), ("recap", "2026_08"))
    dsn = made.as_owner().url.render_as_string(hide_password=False)
    for database in DATABASES:
        migrate.upgrade(made.as_owner(), database)
        grant(made, database)
    printed = CliRunner().invoke(db, ["downgrade", "--yes", "--alt-dsn", dsn, "--recap-dsn", dsn]).output
    assert f"  REVOKE DELETE ON TABLE article_tags FROM {platform.ROLE};" in printed
    assert "  REVOKE SELECT, INSERT, UPDATE ON TABLE recap_subworker_runs" in printed
    assert "REVOKE SELECT ON TABLE articles" not in printed


def test_a_foreign_table_in_our_schema_survives_the_downgrade(make: Make) -> None:
    owner = make(("alt", "2025_11")).as_owner()
    migrate.upgrade(owner, "alt")
    execute(owner, "CREATE TABLE alt_pipelines.notes_of_an_operator (note TEXT)")
    migrate.downgrade(owner, "alt")
    assert scalar(owner, "SELECT count(*) FROM alt_pipelines.notes_of_an_operator") == 0


@both
def test_every_later_change_of_the_platform_applies_with_us_installed(make: Make, database: migrate.Database) -> None:
    ours, alone = make((database, "2025_11")).as_owner(), make((database, "2026_08")).as_owner()
    migrate.upgrade(ours, database)
    platform.apply_changes(ours, database)
    assert platform.platform_schema(ours) == platform.platform_schema(alone)


def test_the_platforms_admin_jobs_are_not_shadowed_by_ours(make: Make) -> None:
    database = make(("recap", "2025_11"))
    migrate.upgrade(database.as_owner(), "recap")
    platform.apply_changes(database.as_owner(), "recap")
    assert scalar(database.as_owner(), "SELECT kind FROM admin_jobs") == "reindex"


@both
@shapes
def test_one_database_may_be_both(make: Make, database: migrate.Database, shape: Shape) -> None:
    owner = make(("alt", shape), ("recap", shape)).as_owner()
    assert [bool(migrate.upgrade(owner, name)) for name in DATABASES] == [True, True]
    assert [migrate.pending(owner, name) for name in DATABASES] == [[], []]
    migrate.downgrade(owner, database)
    other: migrate.Database = "recap" if database == "alt" else "alt"
    assert migrate.pending(owner, other) == []
    migrate.downgrade(owner, other)
    assert scalar(owner, "SELECT count(*) FROM pg_namespace WHERE nspname = 'alt_pipelines'") == 0


@both
def test_a_database_without_the_platforms_tables_is_refused_with_the_way_out(
    make: Make, database: migrate.Database
) -> None:
    owner = make().as_owner()
    with pytest.raises(migrate.NoPlatformError, match=r"has no table .*--without-platform"):
        migrate.upgrade(owner, database)
    assert platform.platform_schema(owner) == []
    assert migrate.upgrade(owner, database, without_platform=True)
    assert set(migrate.PLATFORM_TABLES[database]) <= set(tables(owner))


@both
def test_the_restricted_role_gets_an_error_that_names_the_owners_command(
    make: Make, database: migrate.Database
) -> None:
    made = make((database, "2026_08"))
    role = create_engine(made.role, poolclass=NullPool)
    with pytest.raises(migrate.MigrationRightsError, match=r"tag_generator has no right .*db upgrade.* owner"):
        migrate.upgrade(role, database)
    migrate.upgrade(made.as_owner(), database)
    with pytest.raises(migrate.MigrationRightsError, match="db grants"):
        migrate.pending(role, database)
    grant(made, database)
    assert migrate.upgrade(role, database) == []


@both
@shapes
@pytest.mark.parametrize("schema", ["public", "app", "My App"])
def test_the_grants_are_enough_and_none_is_superfluous(
    make: Make, database: migrate.Database, shape: Shape, schema: str
) -> None:
    made = make((database, shape))
    if schema != "public":
        platform.move(made, schema)
    migrate.upgrade(made.as_owner(), database)
    statements = grant(made, database)
    role = create_engine(made.role, poolclass=NullPool)
    assert statements
    assert rights.missing_rights(role, database) == []
    assert all(" -- " in statement for statement in statements), "each has its reason"
    granted_on = [statement.split(" TO ")[0] for statement in statements]
    assert not any(on.endswith((" articles", " feeds", ".articles", ".feeds")) for on in granted_on)
    with role.connect() as connection:
        for table in migrate.PLATFORM_TABLES[database]:
            assert connection.scalar(text("SELECT to_regclass(:table)"), {"table": table}) is not None
    for statement in statements:
        revoked = statement.split(" --")[0].replace("GRANT", "REVOKE", 1).replace(" TO ", " FROM ")
        execute(made.as_owner(), revoked)
        (missing,) = rights.missing_rights(role, database)
        assert missing.statement in statement
        assert missing.sentence.startswith(f"The role tag_generator lacks {', '.join(missing.rights)} on ")
        assert f"as the owner run: {missing.statement}" in missing.sentence
        execute(made.as_owner(), missing.statement)


def test_the_grants_are_enough_for_a_backup_and_readiness_does_not_depend_on_it(
    two_roles: tuple[PlatformDatabase, PlatformDatabase],
    postgres: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alt, recap = two_roles
    owner = ["--alt-dsn", str(alt.owner), "--recap-dsn", str(recap.owner)]
    assert CliRunner().invoke(db, ["upgrade", *owner]).exit_code == 0
    assert CliRunner().invoke(db, ["grants", "--apply", *owner]).exit_code == 0
    monkeypatch.setenv("ALT_PIPELINES_HOME", str(postgres.parent))
    done = CliRunner().invoke(db, ["backup", str(tmp_path)])
    assert done.exit_code == 0, done.output
    running = create_engine(recap.role.set(username=RECAP_ROLE), poolclass=NullPool)
    execute(recap.as_owner(), f"REVOKE SELECT ON ALL SEQUENCES IN SCHEMA alt_pipelines FROM {RECAP_ROLE}")
    assert {right.for_runs for right in rights.missing_rights(running, "recap")} == {False}
    assert rehearse(running, "recap") is None


def test_the_grants_for_alt_db_are_few(make: Make) -> None:
    made = make(("alt", "2025_11"))
    migrate.upgrade(made.as_owner(), "alt")
    on_platform = [statement for statement in grant(made, "alt") if "alt_pipelines" not in statement]
    assert [statement.split(" TO ")[0] for statement in on_platform] == ["GRANT DELETE ON TABLE article_tags"]


@both
def test_a_role_that_does_not_exist_yet_gets_the_whole_list(make: Make, database: migrate.Database) -> None:
    owner = make((database, "2025_11")).as_owner()
    migrate.upgrade(owner, database)
    with owner.connect() as connection:
        statements = rights.grant_statements(connection, database, "not yet")
    absent = 2 if database == "recap" else 0  # tables of newer platforms
    assert len(statements) == len(rights.needs(database)) + 1 - absent
    assert all('TO "not yet";' in statement for statement in statements)


@both
@pytest.mark.parametrize("path", ["app", 'app, public, "$user"', '"$user",public,"App","app"'])
def test_the_search_path_of_the_running_role_decides_where_the_tables_are(
    make: Make, database: migrate.Database, path: str
) -> None:
    made = make((database, "2026_08"))
    migrate.upgrade(made.as_owner(), database)
    platform.move(made, "app", "public")
    admin = create_engine(made.owner.set(username="postgres"), poolclass=NullPool)
    role = create_engine(made.role, poolclass=NullPool)
    try:
        execute(admin, f'ALTER ROLE {platform.ROLE} IN DATABASE "{made.role.database}" SET search_path = {path}')
        statements = grant(made, database)
        assert any(f" ON TABLE app.{table} " in each for each in statements for table in ON_PLATFORM[database])
        assert rights.missing_rights(role, database) == []
    finally:
        execute(admin, f'ALTER ROLE {platform.ROLE} IN DATABASE "{made.role.database}" RESET search_path')


ON_PLATFORM = {"alt": ("article_tags",), "recap": ("recap_subworker_runs",)}


@both
def test_tables_off_the_search_path_are_not_taken_for_absent(make: Make, database: migrate.Database) -> None:
    """The way out without a platform would create them a second time, and grants on what is found would be too few."""
    made = make((database, "2026_08"))
    platform.move(made, "app", "public")
    said = r"platform_owner \(public\) lacks the schema app.* IN DATABASE \S+ SET search_path = app, public;"
    with pytest.raises(migrate.NoPlatformError, match=said):
        migrate.upgrade(made.as_owner(), database)
    with made.as_owner().connect() as connection:
        assert f"the role {platform.ROLE} (public) lacks" in str(
            rights.unreachable_tables(connection, database, platform.ROLE)
        )


def test_psql_looks_names_up_as_the_product_does(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = make(("alt", "2026_08"))
    migrate.upgrade(made.as_owner(), "alt")
    platform.move(made, "My App")
    name_databases(monkeypatch, made, None)
    execute(made.as_owner(), f'GRANT USAGE ON SCHEMA "My App", alt_pipelines TO {platform.ROLE}')
    shown: list[str] = []
    monkeypatch.setattr(subprocess, "run", lambda command, **_: shown.extend(command) or SimpleNamespace(returncode=0))
    assert CliRunner().invoke(db, ["sql", "alt", "SELECT 1"]).exit_code == 0
    (given,) = (word.removeprefix("--dbname=") for word in shown if word.startswith("--dbname="))
    looking = create_engine(made.role.update_query_dict({"options": parse_dsn(given)["options"]}), poolclass=NullPool)
    assert scalar(looking, "SELECT current_schemas(false)::text") == '{"My App",alt_pipelines}'


def test_the_server_options_of_a_url_are_kept(make: Make) -> None:
    made = make(("alt", "2026_08"))
    platform.move(made, "app", "public")
    named = made.owner.update_query_dict({"options": "-csearch_path=app"})
    engine = make_engine(named, PoolSettings())
    assert scalar(engine, "SELECT current_schemas(false)::text") == "{app}"
    assert scalar(engine, "SHOW timezone") == "UTC"
    engine.dispose()


@shapes
def test_the_shape_is_read_from_the_catalogue(make: Make, shape: Shape) -> None:
    owner = make(("alt", shape), ("recap", shape)).as_owner()
    with owner.connect() as connection:
        found = shape_of(connection)
    new = shape == "2026_08"
    assert found.feed_link == ("website_url" if new else "link")
    assert (found.deleted_at, found.language, found.worker_config, found.run_diagnostics) == (new, new, new, new)


@both
@shapes
def test_indexes_are_proposed_made_once_and_not_where_one_is(
    make: Make, database: migrate.Database, shape: Shape
) -> None:
    owner = make((database, shape)).as_owner()
    proposed = indexes.missing_indexes(owner, database)
    names = {index.name for index in proposed}
    assert "articles_created_at_id" not in names, "the platform has it"
    assert names == ({"learning_updated_at", "runs_unfinished"} if database == "recap" else set())
    assert indexes.create_indexes(owner, database) == [index.statement for index in proposed]
    assert indexes.missing_indexes(owner, database) == []


@pytest.mark.parametrize(
    ("definition", "stands_in"),
    [
        ("(created_at, id)", True),
        ("(created_at DESC, id DESC, user_id)", True),
        ("(created_at DESC, id)", False),
        ("(created_at)", False),
        ("(created_at DESC, id DESC) WHERE feed_id IS NOT NULL", False),
        ("(id DESC, created_at DESC)", False),
    ],
)
def test_an_index_stands_in_for_another_only_with_the_same_leading_columns(
    make: Make, definition: str, stands_in: bool
) -> None:
    owner = make(("alt", "2025_11")).as_owner()
    execute(owner, "DROP INDEX idx_articles_created_at_id")
    assert [index.name for index in indexes.missing_indexes(owner, "alt")] == ["articles_created_at_id"]
    execute(owner, f"CREATE INDEX idx_new ON articles {definition}")
    assert (indexes.missing_indexes(owner, "alt") == []) is stands_in


def test_the_two_commands_of_an_operator(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    alt, recap = make(("alt", "2026_08")), make(("recap", "2026_08"))
    execute(alt.as_owner(), ONE_ARTICLE)
    owner = ["--alt-dsn", str(alt.owner), "--recap-dsn", str(recap.owner)]
    installed = CliRunner().invoke(db, ["upgrade", *owner])
    assert installed.exit_code == 0, installed.output
    assert "alt: partitions begin on 2025-10-31" in installed.output
    assert "GRANT DELETE ON TABLE article_tags TO tag_generator;" in installed.output
    applied = CliRunner().invoke(db, ["grants", "--apply", *owner])
    assert applied.exit_code == 0, applied.output
    again = CliRunner().invoke(db, ["upgrade", "--with-indexes", *owner])
    assert "has every right that it needs" in again.output
    assert "CREATE INDEX CONCURRENTLY alt_pipelines_idx_learning_updated_at" in again.output
    left = CliRunner().invoke(db, ["downgrade", "--yes", *owner])
    assert left.exit_code == 0, left.output
    assert "schema alt_pipelines" in left.output


RECAP_ROLE = "recap_user"


@pytest.fixture
def two_roles(make: Make, monkeypatch: pytest.MonkeyPatch) -> tuple[PlatformDatabase, PlatformDatabase]:
    """alt-db and recap-db of a platform, and settings in which each has a role of its own."""
    alt, recap = make(("alt", "2026_08")), make(("recap", "2026_08"))
    with recap.as_owner().connect() as connection:
        known = rights.role_exists(connection, RECAP_ROLE)
    admin = create_engine(recap.owner.set(username="postgres"), poolclass=NullPool)
    execute(admin, f"{'ALTER' if known else 'CREATE'} ROLE {RECAP_ROLE} LOGIN")
    execute(admin, f'GRANT CONNECT ON DATABASE "{recap.owner.database}" TO {RECAP_ROLE}')
    name_databases(monkeypatch, alt, recap.role.set(username=RECAP_ROLE))
    return alt, recap


def test_each_database_is_granted_to_the_role_that_the_settings_name_for_it(
    two_roles: tuple[PlatformDatabase, PlatformDatabase],
) -> None:
    alt, recap = two_roles
    running = {
        "alt": create_engine(alt.role, poolclass=NullPool),
        "recap": create_engine(recap.role.set(username=RECAP_ROLE), poolclass=NullPool),
    }
    owner = ["--alt-dsn", str(alt.owner), "--recap-dsn", str(recap.owner)]
    installed = CliRunner().invoke(db, ["upgrade", *owner])
    assert f"alt: grants missing for {platform.ROLE} " in installed.output
    assert f"recap: grants missing for {RECAP_ROLE} " in installed.output
    unneeded = len(rights.missing_rights(recap.as_owner(), "recap", platform.ROLE))
    applied = CliRunner().invoke(db, ["grants", "--apply", *owner])
    assert applied.exit_code == 0, applied.output
    assert [rights.missing_rights(running[name], name) for name in DATABASES] == [[], []]
    assert len(rights.missing_rights(recap.as_owner(), "recap", platform.ROLE)) == unneeded
    assert "has no right to read" not in CliRunner().invoke(db, ["upgrade"]).output


@pytest.mark.parametrize(
    ("options", "alt_role", "recap_role"),
    [
        ((), platform.ROLE, RECAP_ROLE),
        (("--role", "both"), "both", "both"),
        (("--recap-role", "other"), platform.ROLE, "other"),
        (("--role", "both", "--alt-role", "other"), "other", "both"),
    ],
)
def test_an_option_names_another_role_for_one_database_or_both(
    two_roles: tuple[PlatformDatabase, PlatformDatabase], options: tuple[str, ...], alt_role: str, recap_role: str
) -> None:
    alt, recap = two_roles
    owner = ["--alt-dsn", str(alt.owner), "--recap-dsn", str(recap.owner)]
    printed = CliRunner().invoke(db, ["grants", *owner, *options]).output
    assert f": grants missing for {alt_role}: " in printed.split("-- recap-db")[0]
    assert f": grants missing for {recap_role}: " in printed.split("-- recap-db")[1]


def test_a_role_that_does_not_exist_is_granted_nothing_and_named(
    two_roles: tuple[PlatformDatabase, PlatformDatabase],
) -> None:
    alt, recap = two_roles
    owner = ["--alt-dsn", str(alt.owner), "--recap-dsn", str(recap.owner)]
    refused = CliRunner().invoke(db, ["grants", "--apply", *owner, "--alt-role", "not yet"])
    assert refused.exit_code == 1
    assert "The server of alt-db has no role not yet. Create it, or name " in refused.output
    assert "--alt-role" in refused.output


def test_a_missing_owner_action_is_a_sentence_and_not_a_trace(make: Make) -> None:
    alt, recap = make(("alt", "2026_08")), make(("recap", "2026_08"))
    refused = CliRunner().invoke(db, ["upgrade", "--alt-dsn", str(alt.role), "--recap-dsn", str(recap.role)])
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: alt-db lacks the migrations alt_")


ONE_ARTICLE = """
INSERT INTO articles (title, content, url, created_at, user_id)
VALUES ('t', 'c', 'https://news.example/1', '2025-10-31 12:00', gen_random_uuid())
"""


def name_databases(monkeypatch: pytest.MonkeyPatch, alt: PlatformDatabase, recap: URL | None) -> None:
    named = {
        "DB_TAG_GENERATOR_USER": platform.ROLE,
        "DB_TAG_GENERATOR_PASSWORD": "any",
        "DB_HOST": str(alt.role.query["host"]),
        "DB_PORT": str(alt.role.port),
        "DB_NAME": str(alt.role.database),
        **({"RECAP_DB_URL": str(recap)} if recap else {}),
    }
    for name, value in named.items():
        monkeypatch.setenv(name, value)


def grant(made: PlatformDatabase, database: migrate.Database) -> list[str]:
    with made.as_owner().begin() as connection:
        statements = rights.grant_statements(connection, database, platform.ROLE)
        for statement in statements:
            connection.exec_driver_sql(statement)
    return statements


def rights_of_the_role(engine: Engine) -> set[tuple[str, str]]:
    """The rights on relations and the database that the restricted role was granted."""
    granted = text(
        "SELECT name, privilege_type FROM (SELECT relname::text, relacl FROM pg_class UNION ALL "
        "SELECT 'database', datacl FROM pg_database WHERE datname = current_database()) o (name, acl), "
        "aclexplode(acl) WHERE grantee = CAST(:role AS regrole)"
    )
    with engine.connect() as connection:
        return {(row.name, row.privilege_type) for row in connection.execute(granted, {"role": platform.ROLE})}


def tables(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))


def scalar(engine: Engine, statement: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(statement))


def execute(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
