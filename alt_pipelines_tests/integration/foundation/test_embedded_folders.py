"""The embedded server on real machines: odd paths, variables of the user's shell, stale pid files, folders' rights."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from alt_pipelines.database import embedded
from alt_pipelines.settings import PROJECT_ROOT


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("pg")
    yield made
    for data in made.rglob("PG_VERSION"):
        if data.parent.name == "postgres":
            embedded.stop(data.parent)


def _answer(data_dir: Path) -> int:
    engine = create_engine(embedded.url(data_dir, embedded.ALT_DATABASE), poolclass=NullPool)
    with engine.connect() as connection:
        return int(connection.execute(text("SELECT 7")).scalar_one())


@pytest.mark.parametrize("name", ["a b,c'd\"e&f;g#h%i 日本語", "$HOME `id` \\ x", "x" * 120])
def test_the_folder_may_have_any_name(folder: Path, name: str) -> None:
    data_dir = folder / name / "postgres"
    embedded.ensure_running(data_dir)
    assert _answer(data_dir) == 7


def test_a_control_character_in_the_path_is_refused_with_a_sentence(folder: Path) -> None:
    with pytest.raises(embedded.EmbeddedServerError, match="control character"):
        embedded.ensure_running(folder / "a\nb" / "postgres")


def test_pg_variables_of_the_shell_do_not_reach_the_server_or_its_clients(folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from sqlalchemy import text\n"
        "from alt_pipelines.settings import Settings, PoolSettings\n"
        "from alt_pipelines.database.engines import alt_url, make_engine\n"
        "engine = make_engine(alt_url(Settings.from_environment()), PoolSettings())\n"
        "print(engine.connect().execute(text('SELECT 7')).scalar_one())"
    )
    hostile = {
        "PGPORT": "5433",
        "PGHOST": "db.example",
        "PGDATA": "/nowhere",
        "PGOPTIONS": "-c nonsense=1",
        "PGTARGETSESSIONATTRS": "standby",
        "PGCHANNELBINDING": "require",
        "PGSERVICE": "nowhere",
        "PGUSER": "nobody",
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DB_")}
    environment |= hostile | {"ALT_PIPELINES_HOME": str(folder / "home"), "PYTHONPATH": str(PROJECT_ROOT)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == "7", done.stderr[-2000:]


def test_a_stale_pid_file_that_names_a_living_process_is_seen_through(folder: Path) -> None:
    data_dir = folder / "home" / "postgres"
    embedded.ensure_running(data_dir)
    pid_file = data_dir / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(int(lines[0]), 9)
    socket_lock = Path(lines[4]) / ".s.PGSQL.5432.lock"
    lock_lines = socket_lock.read_text().splitlines()
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    socket_lock.write_text("\n".join([str(os.getpid()), *lock_lines[1:]]) + "\n")
    assert not embedded.is_running(data_dir)
    embedded.ensure_running(data_dir)
    assert _answer(data_dir) == 7


def test_the_server_of_a_removed_folder_ends_before_another_starts_in_its_place(folder: Path) -> None:
    data_dir = folder / "home" / "postgres"
    embedded.ensure_running(data_dir)
    removed = psutil.Process(int((data_dir / "postmaster.pid").read_text().splitlines()[0]))
    shutil.rmtree(data_dir)
    embedded.ensure_running(data_dir)
    assert not removed.is_running() or removed.status() == psutil.STATUS_ZOMBIE
    assert _answer(data_dir) == 7


def test_the_socket_can_be_reached_by_its_owner_only(folder: Path) -> None:
    data_dir = folder / "it's" / "postgres"
    embedded.ensure_running(data_dir)
    socket = Path(str(embedded.url(data_dir, "alt").query["host"]))
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE((socket / ".s.PGSQL.5432").stat().st_mode) & 0o077 == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives way to another user")
def test_root_opens_no_folder_to_others(folder: Path) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    embedded.ensure_running(private / "home" / "postgres")
    assert _answer(private / "home" / "postgres") == 7
    assert stat.S_IMODE(private.stat().st_mode) & 0o007 == 0
    seen = subprocess.run(["ls", str(private)], user=65534, group=65534, extra_groups=[], capture_output=True)
    assert seen.returncode != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs a second user")
def test_a_second_user_of_the_machine_starts_a_server_of_their_own(folder: Path) -> None:
    embedded.ensure_running(folder / "first" / "postgres")
    home = Path("/tmp") / f"alt-second-{os.getpid()}"
    home.mkdir()
    os.chown(home, 65534, 65534)
    ours, theirs = os.pipe()
    pid = os.fork()  # an interpreter below /root could not be started by another user
    if pid == 0:
        try:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            os.environ.pop("XDG_RUNTIME_DIR", None)
            embedded.ensure_running(home / "postgres")
            os.write(theirs, f"stopped {embedded.stop(home / 'postgres')}".encode())
        except BaseException as error:
            os.write(theirs, repr(error).encode())
        finally:
            os._exit(0)
    os.waitpid(pid, 0)
    os.close(theirs)
    shutil.rmtree(home)
    assert os.read(ours, 2000) == b"stopped True"


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_folder_is_one_sentence(folder: Path) -> None:
    folder.chmod(0o500)
    with pytest.raises(embedded.EmbeddedServerError, match="ALT_PIPELINES_HOME"):
        embedded.ensure_running(folder / "home" / "postgres")


def test_a_file_in_place_of_the_folder_is_one_sentence(folder: Path) -> None:
    (folder / "home").write_text("not a folder")
    with pytest.raises(embedded.EmbeddedServerError, match="ALT_PIPELINES_HOME"):
        embedded.ensure_running(folder / "home" / "postgres")
