"""The doctor names what is broken and what to do, and is silent about what works."""

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from alt_pipelines import data_files
from alt_pipelines.database import migrate, rights
from alt_pipelines.recap.pipeline import run_genre
from alt_pipelines.settings import PROJECT_ROOT
from alt_pipelines.stack import rehearsal
from alt_pipelines.stack.command import doctor
from alt_pipelines.stack.home import Home
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.extraction.judgement import judgement
from alt_pipelines.tagging.extraction.loading import warm_up
from alt_pipelines_tests.support import platform as real
from alt_pipelines_tests.support.doctor import findings
from api.rehearsal_store import rehearse

pytestmark = pytest.mark.usefixtures("alt_engine", "recap_engine")


def test_a_new_machine_is_told_to_start_the_stack(tmp_path: Path) -> None:
    found = findings({"ALT_PIPELINES_HOME": str(tmp_path / "new"), "PORT": "9", "DAGSTER_WEBSERVER_URL": "http://x:9"})
    assert not found["stack"].ok
    assert found["stack"].message.startswith(f"the stack in {tmp_path / 'new'} is not running: `alt-pipelines up`. ")
    assert "skipped: 13 (alt-db, recap-db, Dagster storage, broker, workers, daemon, " in found["stack"].message
    assert set(found) == {"packages", "settings", "stack", "models", "data files", "disk"}
    assert not (tmp_path / "new").exists(), "looking changes nothing"


def test_named_databases_are_checked_while_the_stack_is_stopped(variables: dict[str, str]) -> None:
    del variables["DAGSTER_POSTGRES_URL"]
    found = findings(variables)
    assert found["alt-db"].ok
    assert found["recap-db"].ok
    assert found["genre run"].ok
    assert "skipped: 8 (Dagster storage, broker, " in found["stack"].message


def test_a_stack_that_starts_is_not_to_be_started_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.claim()
    found = findings({"ALT_PIPELINES_HOME": str(home.path), "PORT": "9", "DAGSTER_WEBSERVER_URL": "http://x:9"})
    home.release()
    assert "is starting, or restarts its Postgres" in found["stack"].message
    assert "alt-pipelines up" not in found["stack"].message


@pytest.mark.parametrize(("free", "said"), [(7_300_000, "7 MB"), (1_200_000_000, "1.2 GB")])
def test_a_full_disk_is_a_problem_with_what_is_left(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch, free: int, said: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    finding = findings(variables)["disk"]
    assert not finding.ok
    assert f": {said}. Postgres stops when the disk is full" in finding.message


@contextmanager
def changed(engine: Engine, change: str, back: str) -> Iterator[None]:
    """Execute a statement before the `with` block, and the one that takes it back after it."""
    with engine.begin() as connection:
        connection.execute(text(change))
    try:
        yield
    finally:
        with engine.begin() as connection:
            connection.execute(text(back))


def test_databases_that_are_fit_are_ok_and_the_missing_parts_are_named(variables: dict[str, str]) -> None:
    found = findings({**variables, "DAGSTER_POSTGRES_URL": variables["RECAP_DB_URL"]})  # has no tables of Dagster
    assert found["alt-db"].ok, found["alt-db"]
    assert found["recap-db"].ok, found["recap-db"]
    assert "feeds.link, articles " in found["alt-db"].message, "which version of the platform's tables it found"
    assert "recap_worker_config present" in found["recap-db"].message
    assert not found["Dagster storage"].ok
    assert not found["webserver"].ok
    assert "DAGSTER_WEBSERVER_URL" in found["webserver"].message
    assert "any" not in found["alt-db"].message.split(), "the password is nobody's business"


def test_a_missing_key_is_a_problem_with_the_statement_that_adds_it(
    variables: dict[str, str], alt_engine: Engine
) -> None:
    add = "ALTER TABLE article_tags ADD PRIMARY KEY (article_id, feed_tag_id)"
    with changed(alt_engine, "ALTER TABLE article_tags DROP CONSTRAINT article_tags_pkey", add):
        finding = findings(variables)["alt-db"]
    assert not finding.ok
    assert "ALTER TABLE article_tags ADD PRIMARY KEY (article_id, feed_tag_id)" in finding.message


@pytest.mark.parametrize(
    ("database", "schema", "right"),
    [
        ("alt", None, "DELETE ON article_tags"),
        ("recap", None, "INSERT ON recap_subworker_runs"),
        ("alt", "app", "DELETE ON app.article_tags"),
        ("recap", "app", "INSERT ON app.recap_subworker_runs"),
        ("recap", None, "SELECT ON alt_pipelines.recap_version"),
    ],
)
def test_a_right_that_the_running_role_lacks_is_one_sentence_with_its_grant(
    variables: dict[str, str], postgres: Path, database: migrate.Database, schema: str | None, right: str
) -> None:
    made = real.make_database(postgres, "alt_doctor_test", (database, "2026_08"))
    if schema:
        real.move(made, schema)
    migrate.upgrade(made.as_owner(), database)
    with made.as_owner().begin() as connection:
        for statement in rights.grant_statements(connection, database, real.ROLE):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"REVOKE {right} FROM {real.ROLE}")
    finding = findings({**variables, **as_restricted_role(made, database)})[f"{database}-db"]
    assert not finding.ok
    assert f"The role {real.ROLE} lacks {right.replace('ON', 'on')} (" in finding.message
    assert f"as the owner run: GRANT {right.replace('ON', 'ON TABLE')} TO {real.ROLE};" in finding.message
    running = create_engine(made.role, poolclass=NullPool)
    assert (rehearse(running, database) or "").startswith(finding.message), "/health/ready says the same"


def as_restricted_role(made: real.PlatformDatabase, database: migrate.Database) -> dict[str, str]:
    if database == "alt":
        return {"DB_NAME": str(made.role.database), "DB_TAG_GENERATOR_USER": real.ROLE}
    return {"RECAP_DB_URL": made.role.render_as_string(hide_password=False)}


@pytest.mark.parametrize("database", ["alt", "recap"])
def test_a_role_without_any_grant_is_told_each_and_the_check_does_not_fail(
    variables: dict[str, str], postgres: Path, database: migrate.Database
) -> None:
    made = real.make_database(postgres, "alt_doctor_test", (database, "2026_08"))
    migrate.upgrade(made.as_owner(), database)
    finding = findings({**variables, **as_restricted_role(made, database)})[f"{database}-db"]
    assert not finding.ok
    with made.as_owner().connect() as connection:
        for statement in rights.grant_statements(connection, database, real.ROLE):
            assert statement.split(" -- ")[0] in finding.message
    assert "report" not in finding.message


def test_tables_off_the_search_path_are_a_problem_with_the_statement_that_adds_them(
    variables: dict[str, str], postgres: Path
) -> None:
    made = real.make_database(postgres, "alt_doctor_test", ("recap", "2026_08"))
    migrate.upgrade(made.as_owner(), "recap")
    with made.as_owner().begin() as connection:
        for statement in rights.grant_statements(connection, "recap", real.ROLE):
            connection.exec_driver_sql(statement)
    real.move(made, "app", "public")
    finding = findings({**variables, **as_restricted_role(made, "recap")})["recap-db"]
    assert not finding.ok
    assert "lacks the schema app, which has recap_" in finding.message


@pytest.mark.parametrize("place", ["DATABASE", "ROLE", "ROLE IN DATABASE", "options"])
def test_a_read_only_database_is_a_problem_with_the_statement_that_ends_it(
    variables: dict[str, str], postgres: Path, place: str
) -> None:
    made = real.make_database(postgres, "alt_doctor_test", ("recap", "2026_08"))
    migrate.upgrade(made.as_owner(), "recap")
    with made.as_owner().begin() as connection:
        for statement in rights.grant_statements(connection, "recap", real.ROLE):
            connection.exec_driver_sql(statement)
    url = made.role
    target = {
        "DATABASE": "DATABASE alt_doctor_test",
        "ROLE": f"ROLE {real.ROLE}",
        "ROLE IN DATABASE": f"ROLE {real.ROLE} IN DATABASE alt_doctor_test",
    }.get(place)
    admin = create_engine(made.owner.set(username="postgres"), poolclass=NullPool)
    if target is None:
        url = url.update_query_dict({"options": "-cdefault_transaction_read_only=on"})
    else:
        _run(admin, f"ALTER {target} SET default_transaction_read_only = on")
    try:
        found = findings({**variables, "RECAP_DB_URL": url.render_as_string(hide_password=False)})
    finally:
        if target:
            _run(
                admin, "SET default_transaction_read_only = off", f"ALTER {target} RESET default_transaction_read_only"
            )
    assert not found["recap-db"].ok
    remedy = f"As the owner run: ALTER {target} RESET" if target else "Remove it from the options of the connection."
    assert remedy in found["recap-db"].message
    for check in ("recap-db", "genre run", "label graph"):
        assert "read-only" in found[check].message
        assert "grants" not in found[check].message


def test_a_missing_table_of_dagster_has_the_remedy_that_creates_it(variables: dict[str, str]) -> None:
    found = findings({**variables, "DAGSTER_POSTGRES_URL": variables["RECAP_DB_URL"]})
    for check in ("workers", "daemon", "recent runs"):
        assert not found[check].ok
        assert "grants" not in found[check].message
        assert "db upgrade" not in found[check].message
    assert "Dagster's database lacks a table of Dagster. Start the stack" in found["recent runs"].message


def _run(engine: Engine, *statements: str) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_database_of_a_newer_release_is_a_problem_with_the_way_out(
    variables: dict[str, str], recap_engine: Engine
) -> None:
    update = "UPDATE alt_pipelines.recap_version SET version_num ="
    with changed(recap_engine, f"{update} version_num || '_later'", f"{update} replace(version_num, '_later', '')"):
        finding = findings(variables)["recap-db"]
    assert not finding.ok
    assert finding.message.startswith("a newer release has migrated the database")


def test_a_database_without_migrations_is_told_how_to_get_them(variables: dict[str, str], dagster_url: str) -> None:
    finding = findings({**variables, "RECAP_DB_URL": dagster_url})["recap-db"]
    assert not finding.ok
    assert "alt-pipelines db upgrade" in finding.message


def test_a_database_that_does_not_answer_is_a_problem_not_a_crash(variables: dict[str, str]) -> None:
    finding = findings({**variables, "RECAP_DB_URL": "postgresql://nobody@127.0.0.1:9/recap"})["recap-db"]
    assert not finding.ok
    assert "does not answer" in finding.message


def test_a_refused_login_is_told_from_a_server_that_does_not_answer(
    variables: dict[str, str], dagster_url: str
) -> None:
    elsewhere = make_url(dagster_url).set(database="no_database_here").render_as_string(hide_password=False)
    finding = findings({**variables, "RECAP_DB_URL": elsewhere})["recap-db"]
    assert not finding.ok
    assert "has no database of that name" in finding.message


def test_a_missing_model_file_is_a_problem(variables: dict[str, str], tmp_path: Path) -> None:
    finding = findings({**variables, "ALT_PIPELINES_MODELS": str(tmp_path)})["models"]
    assert not finding.ok
    assert str(tmp_path) in finding.message


@pytest.mark.parametrize("variable", ["ALT_PIPELINES_MODELS", "TAG_ONNX_MODEL_PATH"])
@pytest.mark.parametrize("layers", [None, "0123456789abcdef"])
def test_models_and_judgement_of_different_versions_are_a_problem(
    variables: dict[str, str], tmp_path: Path, variable: str, layers: str | None
) -> None:
    """Every file is complete, but tags would be judged without the encoder."""
    models = tmp_path / "models"
    for shipped in (PROJECT_ROOT / "models").glob("*/manifest.json"):
        folder = models / shipped.parent.name
        folder.mkdir(parents=True)
        for file in shipped.parent.iterdir():
            (folder / file.name).symlink_to(file)
    assert findings({**variables, variable: str(models)})["models"].ok
    manifest = models / "multilingual-e5-small" / "manifest.json"
    changed = {**json.loads(manifest.read_text("utf-8")), "phrase_layers": layers}
    manifest.unlink()
    manifest.write_text(json.dumps(changed), "utf-8")
    finding = findings({**variables, variable: str(models)})["models"]
    assert not finding.ok
    assert f"{manifest.parent} is of another version than the judgement of tags" in finding.message
    assert "git checkout -- models" in finding.message


@pytest.fixture
def no_data_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(data_files, "files", lambda package: tmp_path)
    for function in (judgement, warm_up):
        function.cache_clear()
    yield
    for function in (judgement, warm_up):
        function.cache_clear()


@pytest.mark.usefixtures("no_data_files")
@pytest.mark.parametrize("check", ["data files", "tagging"])
def test_a_missing_data_file_of_the_tagger_is_named_with_the_remedy(
    variables: dict[str, str], tmp_path: Path, check: str
) -> None:
    finding = findings(variables)[check]
    assert not finding.ok
    assert f"{tmp_path / 'judgement.json'} is missing. Restore it with `git " in finding.message
    assert "report" not in finding.message


def test_rehearsals_go_every_path_and_leave_nothing(
    variables: dict[str, str], alt_engine: Engine, recap_engine: Engine
) -> None:
    queries = {
        alt_engine: "SELECT count(*) FROM alt_pipelines.article_tag_outcomes",
        recap_engine: "SELECT (SELECT count(*) FROM recap_subworker_runs) + (SELECT count(*) FROM tag_label_graph)",
    }
    before = [_scalar(engine, query) for engine, query in queries.items()]
    found = findings(variables)
    for name in ("tagging", "genre run", "label graph"):
        assert found[name].ok, found[name]
        assert "rolled back" in found[name].message
    assert [_scalar(engine, query) for engine, query in queries.items()] == before


def test_no_transaction_of_a_rehearsal_is_idle_while_a_model_computes(
    variables: dict[str, str], alt_engine: Engine, recap_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract = TagExtractor.extract

    def slow_extract(self: TagExtractor, articles: Sequence[RawArticle]) -> list[Extraction]:
        time.sleep(1)
        return extract(self, articles)

    def slow_run(*arguments: Any) -> Any:
        time.sleep(1)
        return run_genre(*arguments)

    monkeypatch.setattr(TagExtractor, "extract", slow_extract)
    monkeypatch.setattr(rehearsal, "run_genre", slow_run)
    for engine in (alt_engine, recap_engine):
        _run(engine, f"ALTER DATABASE {engine.url.database} SET idle_in_transaction_session_timeout = '500ms'")
    try:
        found = findings(variables)
    finally:
        for engine in (alt_engine, recap_engine):
            _run(engine, f"ALTER DATABASE {engine.url.database} RESET idle_in_transaction_session_timeout")
    for check in ("tagging", "genre run"):
        assert found[check].ok, found[check]


def test_a_rehearsal_finds_what_every_run_would_fail_at(variables: dict[str, str], recap_engine: Engine) -> None:
    alter = "ALTER TABLE tag_label_graph"
    add = f"{alter} ADD CONSTRAINT no_edges CHECK (weight < 0.1) NOT VALID"
    with changed(recap_engine, add, f"{alter} DROP CONSTRAINT no_edges"):
        finding = findings(variables)["label graph"]
    assert not finding.ok
    assert "no_edges" in finding.message


def _scalar(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.execute(text(query)).scalar_one())


def test_a_program_reads_the_findings_as_json(variables: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    result = CliRunner().invoke(doctor, ["--json"])
    said = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not said["ok"]
    assert {finding["name"]: finding["ok"] for finding in said["findings"]} == {
        name: finding.ok for name, finding in findings(variables).items()
    }
    assert all(finding["message"] for finding in said["findings"])
