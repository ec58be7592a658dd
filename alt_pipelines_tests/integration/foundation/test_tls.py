"""psql and pg_dump on a server with TLS: the system's where it needs them, because those of the wheel have none."""

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.pool import NullPool

from alt_pipelines.cli import cli
from alt_pipelines.database import embedded, libpq
from alt_pipelines.settings import postgres_url
from alt_pipelines_tests.support.waiting import free_port, wait_until

PASSWORD = "p@ss:/w%rd"
DATABASES = ("alt", "recap", "dagster")
WITHOUT_TLS_TOO = "either"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole PATH and has a psql and a pg_dump."""
    for name in ("psql", "pg_dump"):
        (tmp_path / name).touch(mode=stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


DEMANDING = (
    "postgresql://u:p@db.example/x?sslmode=require",
    "postgresql://u:p@db.example/x?sslmode=verify-full",
    "postgresql://u:p@db.example/x?channel_binding=require",
)


@pytest.mark.parametrize("name", ["psql", "pg_dump"])
@pytest.mark.parametrize("dsn", DEMANDING)
def test_a_connection_that_demands_tls_gets_a_program_that_has_it(installed: Path, dsn: str, name: str) -> None:
    assert libpq.program(name, postgres_url(dsn)) == str(installed / name)


def test_the_variable_of_libpq_demands_tls_too(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "require")
    assert libpq.program("psql", postgres_url("postgresql://u:p@db.example/x")) == str(installed / "psql")


@pytest.mark.parametrize(
    "dsn",
    ["postgresql://u:p@db.example/x?sslmode=disable", "postgresql://u:p@/x?host=/run", "postgresql://u@localhost:9/x"],
)
@pytest.mark.usefixtures("installed")
def test_any_other_connection_gets_the_wheels_program(dsn: str) -> None:
    assert libpq.program("psql", postgres_url(dsn)) == str(embedded.psql())


@pytest.mark.parametrize("name", ["psql", "pg_dump"])
@pytest.mark.parametrize("dsn", DEMANDING)
def test_without_such_a_program_the_error_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dsn: str, name: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(libpq.NoTlsError, match=rf"{name} of .*\*\*\*@db.example/x.* needs TLS.*postgresql-client"):
        libpq.program(name, postgres_url(dsn))


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[URL, Path]]:
    """A server of the system's Postgres that accepts only one database without TLS, and its root certificate."""
    programs = max(Path("/usr/lib/postgresql").glob("*/bin/postgres"), default=None)
    if programs is None or shutil.which("openssl") is None or shutil.which("pg_dump") is None:
        pytest.skip("needs a Postgres server with TLS, its client programs and openssl")
    run_as = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp())
    try:
        yield from _served(folder, programs.parent, run_as)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _served(folder: Path, programs: Path, run_as: str | None) -> Iterator[tuple[URL, Path]]:
    if run_as:
        shutil.chown(folder, run_as)
    data, password = folder / "data", folder / "password"
    password.write_text(PASSWORD, "utf-8")
    password.chmod(0o644)
    init = [programs / "initdb", "-D", data, "-U", "owner", "-A", "scram-sha-256", f"--pwfile={password}"]
    subprocess.run(init, user=run_as, check=True, capture_output=True)
    certificate, key = data / "server.crt", data / "server.key"
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-out",
            certificate,
            "-keyout",
            key,
        ],
        user=run_as,
        check=True,
        capture_output=True,
    )
    key.chmod(0o600)
    without = f"hostnossl {WITHOUT_TLS_TOO} all all scram-sha-256\n"
    (data / "pg_hba.conf").write_text(f"{without}hostssl all all all scram-sha-256\n", "utf-8")
    port = free_port()
    options = ["-c", "ssl=on", "-c", "listen_addresses=localhost", "-p", str(port), "-c", "unix_socket_directories="]
    process = subprocess.Popen(
        [programs / "postgres", "-D", data, *options], user=run_as, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    root = folder / "root.crt"
    shutil.copy(certificate, root)
    url = URL.create("postgresql+psycopg2", "owner", PASSWORD, "localhost", port, "postgres")
    admin = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        wait_until(lambda: _answers(url), "the server answers")
        with admin.connect() as connection:
            for name in (*DATABASES, WITHOUT_TLS_TOO):
                connection.execute(text(f"CREATE DATABASE {name}"))
        yield url, root
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: URL) -> bool:
    try:
        with create_engine(url, poolclass=NullPool).connect():
            return True
    except Exception:
        return False


@pytest.mark.parametrize("mode", [None, "require", "verify-full"])
def test_sql_backup_and_restore_work_on_a_server_that_demands_tls(
    server: tuple[URL, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str | None
) -> None:
    url, root = server
    query = {} if mode is None else {"sslmode": mode, "sslrootcert": str(root)}
    named = {
        name: url.set(database=name).update_query_dict(query).render_as_string(hide_password=False)
        for name in DATABASES
    }
    variables = {
        "DB_TAG_GENERATOR_USER": "owner",
        "DB_TAG_GENERATOR_PASSWORD": PASSWORD,
        "DB_HOST": "localhost",
        "DB_PORT": str(url.port),
        "DB_NAME": "alt",
        **({} if mode is None else {"DB_SSL_MODE": mode, "PGSSLROOTCERT": str(root)}),
        "RECAP_DB_URL": named["recap"],
        "DAGSTER_POSTGRES_URL": named["dagster"],
        "ALT_PIPELINES_HOME": str(tmp_path / "home"),
    }
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    assert CliRunner().invoke(cli, ["db", "upgrade", "--without-platform"]).exit_code == 0
    asked = "SELECT 'encrypted: ' || ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    for database in ("alt", "recap"):
        command = [sys.executable, "-m", "alt_pipelines", "db", "sql", database, asked]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert "encrypted: true" in done.stdout, done.stderr
    for command in (["db", "backup"], ["db", "restore", "--yes"]):
        done = CliRunner().invoke(cli, [*command, str(tmp_path / "dumps")])
        assert done.exit_code == 0, done.output


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, *, version: str | None) -> None:
    """Make `folder` the whole PATH; its psql and pg_dump only say a version, or exit with a failure if that is None."""
    for name in ("psql", "pg_dump"):
        says = "exit 1" if version is None else f"echo '{name} (PostgreSQL) {version}'"
        (folder / name).write_text(f"#!/bin/sh\n{says}\n", "utf-8")
        (folder / name).chmod(stat.S_IRWXU)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize("name", ["psql", "pg_dump"])
@pytest.mark.parametrize("version", ["99.1 (Debian 99.1-1)", "99beta1", "99devel"])
def test_where_a_server_offers_tls_a_program_of_its_version_or_newer_is_used(
    server: tuple[URL, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, version: str
) -> None:
    install(tmp_path, monkeypatch, version=version)
    assert libpq.program(name, server[0].set(database=WITHOUT_TLS_TOO)) == str(tmp_path / name)


@pytest.mark.parametrize("name", ["psql", "pg_dump"])
@pytest.mark.parametrize("version", ["9.6.24", "10.23", None])
def test_where_a_server_offers_tls_the_wheels_program_is_used_instead_of_an_older_one(
    server: tuple[URL, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, version: str | None
) -> None:
    install(tmp_path, monkeypatch, version=version)
    url = server[0].set(database=WITHOUT_TLS_TOO)
    program = libpq.program(name, url)
    assert program == str(embedded.psql().with_name(name))
    work = {"psql": ["-c", "SELECT 1"], "pg_dump": ["--schema-only"]}[name]
    subprocess.run(
        [program, f"--dbname={libpq.conninfo(url)}", *work],
        env=libpq.password_variable(url),
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("name", ["psql", "pg_dump"])
def test_an_older_program_is_used_where_the_wheels_cannot_connect(
    server: tuple[URL, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    install(tmp_path, monkeypatch, version="10.23")
    assert libpq.program(name, server[0]) == str(tmp_path / name)


@pytest.mark.parametrize("name", ["psql", "pg_dump"])
def test_without_any_program_a_server_that_refuses_the_wheels_has_the_error_that_says_what_to_install(
    server: tuple[URL, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(libpq.NoTlsError, match="needs TLS"):
        libpq.program(name, server[0])
    assert libpq.program(name, server[0].set(database=WITHOUT_TLS_TOO)) == str(embedded.psql().with_name(name))
