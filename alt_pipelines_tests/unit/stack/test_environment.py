"""What the parts of a stack find in their environment."""

from pathlib import Path

import pytest

from alt_pipelines.settings import Settings
from alt_pipelines.settings.processes import url_at
from alt_pipelines.stack.addresses import Addresses, choose_ports
from alt_pipelines.stack.options import StackOptions
from alt_pipelines.stack.parts import environment
from alt_pipelines_tests.support.waiting import free_port

ADDRESSES = Addresses("http://127.0.0.1:3000", "http://127.0.0.1:9400", ("127.0.0.1", 4266), "redis://b:6379/0", 8002)


def _settings(home: Path) -> Settings:
    url = "postgresql://u:p@db.example/{}"
    return Settings.from_environment(
        {
            "ALT_PIPELINES_HOME": str(home),
            "DB_HOST": "db.example",
            "DB_PORT": "5432",
            "DB_NAME": "alt",
            "DB_TAG_GENERATOR_USER": "u",
            "DB_TAG_GENERATOR_PASSWORD": "p",
            "RECAP_DB_URL": url.format("recap"),
            "DAGSTER_POSTGRES_URL": url.format("dagster"),
        }
    )


def test_caches_are_below_the_home_so_that_a_user_without_one_of_their_own_can_start_it(tmp_path: Path) -> None:
    given = environment(_settings(tmp_path), StackOptions(), ADDRESSES, None)
    for name in ("NUMBA_CACHE_DIR", "MPLCONFIGDIR"):
        assert Path(given[name]).is_relative_to(tmp_path)


def test_the_adapter_listens_on_both_ports_that_clients_know(tmp_path: Path) -> None:
    given = environment(_settings(tmp_path), StackOptions(), ADDRESSES, None)
    assert (given["PORT"], given["RECAP_SUBWORKER_PORT"]) == ("9400", "8002")


def test_variables_of_libpq_reach_servers_that_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "require")
    assert environment(_settings(tmp_path), StackOptions(), ADDRESSES, None)["PGSSLMODE"] == "require"


@pytest.mark.parametrize(
    ("host", "reached"),
    [
        ("0.0.0.0", "http://127.0.0.1:9400"),
        ("::", "http://[::1]:9400"),
        ("::1", "http://[::1]:9400"),
        ("localhost", "http://localhost:9400"),
    ],
)
def test_a_client_of_this_machine_reaches_the_adapter_wherever_it_listens(host: str, reached: str) -> None:
    assert url_at(host, 9400) == reached


def test_the_old_services_port_is_reserved_for_them(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings.from_environment(
        {"ALT_PIPELINES_HOME": str(tmp_path), "RECAP_SUBWORKER_PORT": str(port), "ALT_BROKER_URL": "redis://x:6379"}
    )
    ports = choose_ports(settings, StackOptions())
    ports.close()
    assert ports.addresses.recap_port == port


def test_the_code_server_listens_on_the_port_of_its_setting(tmp_path: Path) -> None:
    port = free_port()
    settings = Settings.from_environment({"ALT_PIPELINES_HOME": str(tmp_path), "ALT_CODE_SERVER_PORT": str(port)})
    ports = choose_ports(settings, StackOptions())
    ports.close()
    assert ports.addresses.code_server == ("127.0.0.1", port)
