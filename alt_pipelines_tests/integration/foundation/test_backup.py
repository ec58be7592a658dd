"""Backup and restore on real Postgres: what was there when the dump was made is there again."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from psycopg2.extensions import parse_dsn
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL, Engine, make_url

from alt_pipelines.cli import cli
from alt_pipelines.database import backup, libpq
from alt_pipelines.database.alt_tables import SCHEMA, articles
from alt_pipelines.database.engines import make_engine
from alt_pipelines.settings import ExecutionSettings, PoolSettings, Settings, postgres_url
from alt_pipelines.stack.home import Home


@pytest.fixture
def settings(postgres: Path, alt_engine: Engine, recap_engine: Engine) -> Settings:
    return Settings(execution=ExecutionSettings(home=postgres.parent))


@pytest.fixture
def dumps(settings: Settings, alt_engine: Engine, recap_engine: Engine, tmp_path: Path) -> Path:
    """A folder with the dumps of databases to which nobody is connected."""
    folder = tmp_path / "dumps"
    backup.dump_all(settings, folder)
    disconnect(alt_engine, recap_engine)
    return folder


def disconnect(*engines: Engine) -> None:
    """End all sessions of the tests' server, also those that other tests of this process left in a pool."""
    with engines[0].connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
        )
    for engine in engines:
        engine.dispose()


def restored(settings: Settings, folder: Path) -> Result:
    environment = {"ALT_PIPELINES_HOME": str(settings.execution.home)}
    return CliRunner().invoke(cli, ["db", "restore", "--yes", str(folder)], env=environment)


def count(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(articles)).scalar_one())


def test_a_restored_installation_has_what_the_dump_had(
    settings: Settings, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    with alt_engine.begin() as connection:
        connection.execute(
            text("INSERT INTO articles (title, content, url, user_id) VALUES ('a', 'b', 'u', gen_random_uuid())")
        )
    environment = {"ALT_PIPELINES_HOME": str(settings.execution.home)}
    done = CliRunner().invoke(cli, ["db", "backup", str(tmp_path / "dumps")], env=environment)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "dumps").iterdir()) == ["alt.dump", "dagster.dump", "recap.dump"]
    with alt_engine.begin() as connection:
        connection.execute(text("DELETE FROM articles"))
    disconnect(alt_engine, recap_engine)
    done = CliRunner().invoke(cli, ["db", "restore", "--yes", str(tmp_path / "dumps")], env=environment)
    assert done.exit_code == 0, done.output
    assert count(alt_engine) == 1


def test_nothing_is_restored_under_a_process_that_uses_the_databases(
    settings: Settings, alt_engine: Engine, dumps: Path
) -> None:
    with alt_engine.begin() as connection:
        connection.execute(
            text("INSERT INTO articles (title, content, url, user_id) VALUES ('new', 'b', 'u', gen_random_uuid())")
        )
    done = restored(settings, dumps)
    assert done.exit_code == 1
    assert re.search(r"alt-db is in use.*Stop them first: tests \(server process \d+\)", done.output)
    assert count(alt_engine) == 1
    alt_engine.dispose()
    assert restored(settings, dumps).exit_code == 0
    assert count(alt_engine) == 0


def test_nothing_is_restored_under_a_stack(settings: Settings, dumps: Path) -> None:
    home = Home(settings.execution.home)
    home.claim()
    try:
        home.sign("http://127.0.0.1:3000")
        done = restored(settings, dumps)
    finally:
        home.release()
    assert done.exit_code == 1
    assert re.search(rf"is running \(process {os.getpid()}, http.*Stop it with Ctrl-C", done.output)


@pytest.mark.parametrize("command", [["db", "backup"], ["settings", "--write"]], ids=lambda command: command[0])
def test_a_path_that_cannot_be_written_is_a_sentence(settings: Settings, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "file").touch()
    environment = {"ALT_PIPELINES_HOME": str(settings.execution.home)}
    done = CliRunner().invoke(cli, [*command, str(tmp_path / "file" / "x")], env=environment)
    assert done.exit_code == 1
    assert re.fullmatch(r"Error: .*file/x: Not a directory\.\n", done.output)


def test_of_a_named_database_only_what_is_ours_is_dumped(
    settings: Settings, alt_database_url: URL, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    variables = {
        "ALT_PIPELINES_HOME": str(settings.execution.home),
        "DB_HOST": str(alt_database_url.query["host"]),
        "DB_PORT": "5432",
        "DB_NAME": str(alt_database_url.database),
        "DB_TAG_GENERATOR_USER": "postgres",
        "DB_TAG_GENERATOR_PASSWORD": "any",
    }
    named = Settings.from_environment(variables)
    backup.dump_all(named, tmp_path)
    dump = (tmp_path / "alt.dump").read_bytes()
    assert SCHEMA.encode() in dump
    assert b"CREATE TABLE public." not in dump
    with alt_engine.begin() as connection:
        connection.execute(
            text("INSERT INTO articles (title, content, url, user_id) VALUES ('a', 'b', 'u', gen_random_uuid())")
        )
    disconnect(alt_engine, recap_engine)
    backup.restore_all(named, tmp_path)
    assert count(alt_engine) == 1, "a table of the platform was touched"


def test_what_cannot_be_dumped_or_restored_is_a_sentence(
    settings: Settings, alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    disconnect(alt_engine, recap_engine)
    with pytest.raises(backup.BackupError, match=r"not found: .*alt\.dump"):
        backup.restore_all(settings, tmp_path)
    for name in ("alt", "recap", "dagster"):
        (tmp_path / f"{name}.dump").write_bytes(b"not a dump")
    with pytest.raises(backup.BackupError, match="pg_restore of"):
        backup.restore_all(settings, tmp_path)


def test_a_folder_without_a_server_is_not_made_into_one_to_back_it_up(tmp_path: Path) -> None:
    elsewhere = Settings(execution=ExecutionSettings(home=tmp_path / "home"))
    with pytest.raises(backup.BackupError, match="ALT_PIPELINES_HOME"):
        backup.dump_all(elsewhere, tmp_path / "backup")
    assert list(tmp_path.iterdir()) == []


def test_sql_runs_on_a_server_behind_a_socket_and_finds_tables_of_both_schemas(
    alt_database_url: URL, alt_engine: Engine
) -> None:
    environment = {
        **os.environ,
        "DB_HOST": str(alt_database_url.query["host"]),
        "DB_PORT": "5432",
        "DB_NAME": str(alt_database_url.database),
        "DB_TAG_GENERATOR_USER": "postgres",
        "DB_TAG_GENERATOR_PASSWORD": "p@ss:/w%rd",
    }
    query = "SELECT count(*) FROM articles, article_tag_outcomes"
    command = [sys.executable, "-m", "alt_pipelines", "db", "sql", "alt", query]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "(1 row)" in done.stdout


EVERYTHING = (
    "postgresql://us%20er:p%40ss@/na'me?host=a.example:5432&host=b.example:5433&sslmode=verify-full&sslrootcert=/ca%20certs/root.pem"
    "&sslcert=/c.pem&sslkey=/k.pem&sslpassword=pass%20phrase&channel_binding=require&target_session_attrs=read-write"
    "&options=-c%20alt.mark%3Dseen&keepalives_idle=7&passfile=/p"
)


def test_programs_of_postgres_get_every_parameter_of_the_connection_and_no_secret_in_their_arguments() -> None:
    url = postgres_url(EVERYTHING)
    _, wanted = url.get_dialect()().create_connect_args(url)
    secrets = {name: wanted.pop(name) for name in ("password", "sslpassword")}
    assert wanted["host"] == "a.example,b.example"
    given = libpq.conninfo(url)
    assert parse_dsn(given) == {name: str(value) for name, value in wanted.items()}
    assert not any(secret in given for secret in secrets.values())
    assert libpq.password_variable(url) == {"PGPASSWORD": "p@ss"}
    assert parse_dsn(libpq.conninfo(url, "-cb=c"))["options"] == "-c alt.mark=seen -cb=c"
    assert libpq.password_variable(make_url("postgresql+psycopg2://user@host/name")) == {}


@pytest.fixture
def with_options(recap_database_url: URL, recap_engine: Engine, settings: Settings) -> Callable[[str], dict[str, str]]:
    """Returns the variables of an installation whose recap-db has session options in its URL."""

    def variables(options: str) -> dict[str, str]:
        url = recap_database_url.update_query_dict({"options": options})
        named = {"RECAP_DB_URL": url.render_as_string(hide_password=False)}
        return {**os.environ, **named, "ALT_PIPELINES_HOME": str(settings.execution.home)}

    return variables


def test_sql_has_the_options_of_the_connection_beside_its_own(with_options: Callable[[str], dict[str, str]]) -> None:
    query = "SELECT current_setting('alt.mark'), current_setting('search_path')"
    command = [sys.executable, "-m", "alt_pipelines", "db", "sql", "recap", query]
    environment = with_options("-c alt.mark=seen")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert re.search(rf"seen +\| .*public, *{SCHEMA}", done.stdout), done.stderr


def test_backup_and_restore_use_the_options_of_the_connection(
    with_options: Callable[[str], dict[str, str]], alt_engine: Engine, recap_engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(backup.BackupError, match=r"pg_dump of .*no_such_role"):
        backup.dump_all(Settings.from_environment(with_options("-c role=no_such_role")), tmp_path)
    reading = Settings.from_environment(with_options("-c default_transaction_read_only=on"))
    backup.dump_all(reading, tmp_path)
    disconnect(alt_engine, recap_engine)
    with pytest.raises(backup.BackupError, match=r"psql of .*read-only transaction"):
        backup.restore_all(reading, tmp_path)


def test_an_engine_keeps_the_options_of_its_connection_and_adds_its_own(recap_database_url: URL) -> None:
    url = recap_database_url.update_query_dict({"options": "-c alt.mark=seen -c timezone=Asia/Tokyo"})
    engine = make_engine(url, PoolSettings(statement_timeout_seconds=7))
    with engine.connect() as connection:
        found = [connection.scalar(text(f"SHOW {name}")) for name in ("alt.mark", "timezone", "statement_timeout")]
    engine.dispose()
    assert found == ["seen", "UTC", "7s"]
