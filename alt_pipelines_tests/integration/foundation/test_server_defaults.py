"""The defaults that an administrator sets for a database change neither what statements mean nor what they return."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL, Engine, make_url

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import make_engine
from alt_pipelines.database.session import PINNED
from alt_pipelines.runtime import store
from alt_pipelines.runtime.storage import engine_of_process
from alt_pipelines.runtime.storage_url import storage_url
from alt_pipelines.settings import PoolSettings, Settings
from alt_pipelines_tests.support.server_defaults import UNUSUAL, server_defaults

SETTINGS = {name.lower(): value for name, value in PINNED.items()}


def _dagster(url: URL) -> str:
    return storage_url(Settings.from_environment({"DAGSTER_POSTGRES_URL": url.render_as_string(hide_password=False)}))


ENGINES: dict[str, Callable[[URL], Engine]] = {
    "alt-db and recap-db": lambda url: make_engine(url, PoolSettings()),
    "Dagster's storage": lambda url: engine_of_process(_dagster(url)),
    "leases": lambda url: store.lease_engine(_dagster(url)),
    "leases, by the bare URL": lambda url: store.lease_engine(url.render_as_string(hide_password=False)),
    "the supervisor": lambda url: store.reading_engine(_dagster(url), "alt-supervisor"),
}


@pytest.fixture(scope="module")
def database(postgres: Path) -> URL:
    url = embedded.url(postgres, "server_defaults")
    embedded.create_database(url)
    return url


@pytest.fixture
def unusual(database: URL) -> Iterator[URL]:
    """A database that has another default for every setting that we pin."""
    assert set(UNUSUAL) == set(SETTINGS)
    with server_defaults(database, **UNUSUAL):
        yield database


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_has_its_own_session_settings(unusual: URL, name: str) -> None:
    engine = ENGINES[name](unusual)
    with engine.connect() as connection:
        found = {setting: connection.scalar(text(f"SHOW {setting}")) for setting in SETTINGS}
        assert {**found, "datestyle": str(found["datestyle"]).replace(" ", "")} == SETTINGS
        assert connection.scalar(text("SELECT CAST(:value AS text)"), {"value": "国会 🚀"}) == "国会 🚀"
        assert connection.scalar(text("SELECT CAST(:value AS float8)"), {"value": 0.1 + 0.2}) == 0.1 + 0.2
        assert connection.scalar(text("SELECT octet_length('\\d')")) == 2
    engine.dispose()


@pytest.mark.parametrize("name", ENGINES)
def test_what_an_administrator_intends_holds(database: URL, name: str) -> None:
    with server_defaults(database, search_path="app", default_transaction_read_only="on"):
        engine = ENGINES[name](database)
        with engine.connect() as connection:
            assert connection.scalar(text("SHOW search_path")) == "app"
            assert connection.scalar(text("SHOW default_transaction_read_only")) == "on"
        engine.dispose()


@pytest.mark.parametrize("name", ENGINES)
def test_the_options_of_a_url_hold_beside_ours(unusual: URL, name: str) -> None:
    engine = ENGINES[name](unusual.update_query_dict({"options": "-c search_path=app -c timezone=Asia/Tokyo"}))
    with engine.connect() as connection:
        assert connection.scalar(text("SHOW search_path")) == "app"
        assert connection.scalar(text("SHOW timezone")) == "UTC"
    engine.dispose()


def test_the_storage_url_names_its_options_once(database: URL) -> None:
    once = _dagster(database)
    assert _dagster(make_url(once)) == once
