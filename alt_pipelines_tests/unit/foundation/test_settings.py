"""Settings: every wrong value is a sentence that names its variable; no secret is ever in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from alt_pipelines.settings import Settings, SettingsError

ALT_DB = {
    "DB_TAG_GENERATOR_USER": "tagger",
    "DB_TAG_GENERATOR_PASSWORD": "p@ss:/w%rd",
    "DB_HOST": "db.internal",
    "DB_PORT": "5432",
    "DB_NAME": "alt",
}


def test_with_nothing_set_both_databases_are_embedded() -> None:
    settings = Settings.from_environment({})
    assert settings.alt_db.url is None
    assert settings.recap_db.url is None


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_any_password_survives_the_dsn(password: str) -> None:
    url = Settings.from_environment({**ALT_DB, "DB_TAG_GENERATOR_PASSWORD": password}).alt_db.url
    assert url is not None
    assert make_url(url.render_as_string(hide_password=False)).password == password


@pytest.mark.parametrize("missing", list(ALT_DB))
def test_an_incomplete_connection_names_what_is_missing(missing: str) -> None:
    with pytest.raises(ValueError, match=f"incomplete: {missing} not set"):
        Settings.from_environment({name: value for name, value in ALT_DB.items() if name != missing})


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from-a-file\n")
    settings = Settings.from_environment({"SERVICE_SECRET_FILE": str(secret)})
    assert settings.server.service_secret is not None
    assert settings.server.service_secret.get_secret_value() == "from-a-file"


def test_an_unreadable_secret_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"SERVICE_SECRET_FILE is .*cannot be read"):
        Settings.from_environment({"SERVICE_SECRET_FILE": str(tmp_path / "absent")})


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"PORT": "many", "LOG_LEVEL": "loud", "TAG_BATCH_LIMIT": "0"})
    assert all(
        name in str(caught.value) for name in ("PORT is 'many'", "LOG_LEVEL is 'loud'", "TAG_BATCH_LIMIT is '0'")
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment({"PORT": "", "LOG_LEVEL": ""}) == Settings.from_environment({})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg", "postgresql+psycopg2"])
def test_any_spelling_of_a_postgres_url_is_taken(scheme: str) -> None:
    url = Settings.from_environment({"RECAP_SUBWORKER_DB_URL": f"{scheme}://u:p@h/recap"}).recap_db.url
    assert url is not None
    assert url.drivername == "postgresql+psycopg2"


def test_recap_db_url_wins_over_the_older_names() -> None:
    settings = Settings.from_environment(
        {"RECAP_DB_URL": "postgres://new/recap", "RECAP_SUBWORKER_DB_URL": "postgres://old/recap"}
    )
    assert settings.recap_db.url is not None
    assert settings.recap_db.url.host == "new"


@pytest.mark.parametrize("dsn", ["mysql://u:hunter2@h/x", "hunter2 is no url"])
def test_another_database_is_refused_without_showing_the_password(dsn: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"RECAP_DB_URL": dsn})
    assert "hunter2" not in str(caught.value)
    assert "postgresql://" in str(caught.value)


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings.from_environment(
        {**ALT_DB, "SERVICE_SECRET": "hunter2", "RECAP_DB_URL": "postgres://u:hunter2@h/x"}
    )
    assert "hunter2" not in repr(settings)
    assert ALT_DB["DB_TAG_GENERATOR_PASSWORD"] not in repr(settings)
