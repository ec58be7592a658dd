"""Settings: every wrong value is a sentence that names its variable; no secret is ever in it."""

import fnmatch
import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.engine import make_url

from alt_pipelines.settings import (
    PROJECT_ROOT,
    EmbeddingSettings,
    ExecutionSettings,
    Settings,
    SettingsError,
    TaggingSettings,
)
from alt_pipelines.settings.command import settings
from alt_pipelines.settings.old_services import OLD_VARIABLES
from alt_pipelines.settings.reading import SettingsGroup, variables_of
from alt_pipelines.settings.reference import markdown

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
    with pytest.raises(SettingsError, match=r"SERVICE_SECRET_FILE=.*cannot be read"):
        Settings.from_environment({"SERVICE_SECRET_FILE": str(tmp_path / "absent")})


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"PORT": "many", "LOG_LEVEL": "loud", "TAG_BATCH_LIMIT": "0"})
    assert all(
        name in str(caught.value) for name in ("PORT is 'many'", "LOG_LEVEL is 'loud'", "TAG_BATCH_LIMIT is '0'")
    )


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment({"PORT": "", "LOG_LEVEL": ""}) == Settings.from_environment({})


def test_a_tilde_in_the_home_folder_is_expanded_where_no_shell_did(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/user")
    execution = ExecutionSettings.read({"ALT_PIPELINES_HOME": "~/alt pipelines"})
    assert execution.home == Path("/home/user/alt pipelines")


def test_a_home_folder_that_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path in (str(loop / "x"), os.fsdecode(b"bad\xffname"), "~no-such-user/x"):
        with pytest.raises(SettingsError, match=r"ALT_PIPELINES_HOME .* choose another folder"):
            ExecutionSettings.read({"ALT_PIPELINES_HOME": path})


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


MISREAD = (
    "user:p@ss:hunter2/x@h:5432/db",
    "user:p@hunter2@h:5432/db",
    "user:p@ss/hunter2@h:5432/db",
    "user:p@ss:5432/hunter2@h/db",
    "user:p@ss?hunter2=1@h/db",
    "user:p@ss?hunter2@h/db",
    "user:p@ss#hunter2@h/db",
    "user:p@[hunter2@h/db",
    "user:p@1:hunter2@h/db",
    "user:hunter2/x",
    "user:p@h:hunter2/db",
)


@pytest.mark.parametrize("variable", ["RECAP_DB_URL", "RECAP_DB_DSN", "RECAP_SUBWORKER_DB_URL", "DAGSTER_POSTGRES_URL"])
@pytest.mark.parametrize("rest", MISREAD)
def test_no_part_of_a_password_shows_where_a_database_url_is_misread(variable: str, rest: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({variable: f"postgresql://{rest}"})
    assert "hunter2" not in str(caught.value)
    assert "Percent-encode the characters @ : / ? # %" in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["hunter2", ":hunter2@h:6379", "redis://:hunter2/x@h:6379/0", "redis://:1/hunter2@h:6379", "redis://u:1?hunter2@h"],
)
def test_no_part_of_a_password_shows_where_the_brokers_url_is_misread(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"ALT_BROKER_URL": url})
    assert "hunter2" not in str(caught.value)
    assert "Percent-encode" in str(caught.value)


@pytest.mark.parametrize(
    ("url", "password"),
    [
        ("postgresql://user:p%40ss%3Ax%2Fy@h:5432/db", "p@ss:x/y"),
        ("postgresql://user:p/s:s?x@h:5432/db", "p/s:s?x"),
        ("postgresql://user@server:pass@h:5432/db", "pass"),
        ("postgresql://h:5432/db?user=user&password=hunter2", "hunter2"),
        ("postgresql://user@h/db?host=/run/@x", None),
    ],
)
def test_a_password_is_read_as_it_was_meant_and_hidden(url: str, password: str | None) -> None:
    found = Settings.from_environment({"RECAP_DB_URL": url}).recap_db.url
    assert found is not None
    assert (found.username or "").startswith("user")
    assert found.password == password
    assert "hunter2" not in found.render_as_string()


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings.from_environment(
        {**ALT_DB, "SERVICE_SECRET": "hunter2", "RECAP_DB_URL": "postgres://u:hunter2@h/x"}
    )
    assert "hunter2" not in repr(settings)
    assert ALT_DB["DB_TAG_GENERATOR_PASSWORD"] not in repr(settings)


def test_a_group_made_in_code_does_not_look_at_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAG_MAX_TAGS", "3")
    assert TaggingSettings().max_tags == 10
    assert TaggingSettings(max_tags=4).max_tags == 4
    assert Settings.from_environment().tagging.max_tags == 3


def test_problems_of_one_group_are_reported_together_with_an_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({"PORT": "0", "SERVICE_SECRET_FILE": str(tmp_path / "absent")})
    assert "PORT is '0'" in str(caught.value)
    assert "SERVICE_SECRET_FILE=" in str(caught.value)


def test_the_sentence_names_the_variable_that_was_set_and_not_its_newer_name() -> None:
    with pytest.raises(SettingsError, match="GUNICORN_WORKERS is '-1'"):
        Settings.from_environment({"GUNICORN_WORKERS": "-1"})


def test_a_value_in_a_file_is_named_by_its_variable(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("many")
    with pytest.raises(SettingsError, match="PORT is 'many'"):
        Settings.from_environment({"PORT_FILE": str(tmp_path / "port")})


@pytest.mark.parametrize(("name", "model"), Settings.group_models().items())
def test_every_setting_has_a_variable_and_a_description(name: str, model: type[SettingsGroup]) -> None:
    assert model.__doc__, name
    for field, info in model.model_fields.items():
        assert variables_of(info), f"{name}.{field} has no variable"
        assert info.description, f"{name}.{field} has no description"
        assert info.description.endswith((".", "`.")), f"{name}.{field}: a description is a sentence"


def test_no_variable_sets_two_settings() -> None:
    names = [
        n for model in Settings.group_models().values() for f in model.model_fields.values() for n in variables_of(f)
    ]
    assert sorted(names) == sorted(set(names))


def test_the_reference_is_what_the_settings_say() -> None:
    written = (PROJECT_ROOT / "docs" / "settings.md").read_text("utf-8")
    assert written == markdown(Settings.describe({})), "run `alt-pipelines settings --write docs/settings.md`"


def test_the_reference_names_bounds_and_defaults_and_hides_secrets() -> None:
    rows = {row.name: row for group in Settings.describe({"SERVICE_SECRET": "hunter2"}) for row in group.settings}
    assert (rows["TAG_MAX_TAGS"].default, rows["TAG_MAX_TAGS"].bounds) == ("`10`", "\u2265 1, \u2264 50")
    assert rows["LOG_FORMAT"].bounds == "`json`, `console`"
    assert rows["SERVICE_SECRET"].value == "(hidden)"
    assert rows["SERVICE_SECRET"].source == "SERVICE_SECRET"


def test_without_a_changed_setting_the_command_says_so_and_names_a_misspelled_variable() -> None:
    shown = CliRunner().invoke(settings, ["--changed"], env={"TAG_TIK_WAIT_SECONDS": "3", "TAG_PARTITIONS_START": ""})
    assert shown.exit_code == 0
    assert "all have their defaults" in shown.output
    assert "TAG_TIK_WAIT_SECONDS" in shown.output
    unmatched = CliRunner().invoke(
        settings, ["nonsense"], env={"TAG_TIK_WAIT_SECONDS": "3", "TAG_PARTITIONS_START": ""}
    )
    assert unmatched.exit_code == 1
    assert "No setting matches" in unmatched.output
    assert "TAG_TIK_WAIT_SECONDS" in unmatched.output


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00"])
def test_a_first_day_outside_the_calendar_is_refused_with_a_sentence(day: str) -> None:
    with pytest.raises(ValueError, match=r"TAG_PARTITIONS_START.*outside the years 1 to 9999 in UTC"):
        Settings.from_environment({"TAG_PARTITIONS_START": day})


def test_the_command_prints_values_in_use_and_finds_a_stale_reference(tmp_path: Path) -> None:
    environment = {"TAG_MAX_TAGS": "7", "SERVICE_SECRET": "hunter2"}
    shown = CliRunner().invoke(settings, ["--changed"], env=environment)
    assert shown.exit_code == 0
    assert "TAG_MAX_TAGS = 7" in shown.output
    assert "hunter2" not in shown.output
    stale = tmp_path / "settings.md"
    stale.write_text("# Settings\n")
    assert CliRunner().invoke(settings, ["--check", str(stale)]).exit_code == 1
    assert CliRunner().invoke(settings, ["--write", str(stale)]).exit_code == 0
    assert CliRunner().invoke(settings, ["--check", str(stale)]).exit_code == 0


class TestTheOldServicesVariables:
    """A drop-in starts with the old services' environment; each variable is read or reported, one line each."""

    def test_a_database_password_in_a_file_is_enough_for_recap_db(self, tmp_path: Path) -> None:
        (tmp_path / "password").write_text("p@ss:/w%rd\n")
        url = Settings.from_environment({"RECAP_SUBWORKER_DB_PASSWORD_FILE": str(tmp_path / "password")}).recap_db.url
        assert url is not None
        assert (url.host, url.username, url.password, url.database) == ("recap-db", "recap_user", "p@ss:/w%rd", "recap")

    def test_the_password_replaces_the_one_in_the_url(self) -> None:
        variables = {"RECAP_DB_URL": "postgresql+asyncpg://u:old@h/recap", "RECAP_SUBWORKER_DB_PASSWORD": "new"}
        url = Settings.from_environment(variables).recap_db.url
        assert url is not None
        assert (url.host, url.password) == ("h", "new")

    @pytest.mark.parametrize("backend", ["hash", "ollama-remote"])
    def test_a_backend_that_would_degrade_results_is_ignored_and_reported(self, backend: str) -> None:
        environment = {"RECAP_SUBWORKER_MODEL_BACKEND": backend}
        assert Settings.from_environment(environment).embedding.backend == "onnx"
        (sentence,) = Settings.without_effect(environment)
        assert backend in sentence

    @pytest.mark.parametrize("yes", ["true", "y", "1", "ON"])
    def test_hash_needs_an_explicit_confirmation(self, yes: str) -> None:
        environment = {"RECAP_SUBWORKER_MODEL_BACKEND": "hash", "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": yes}
        assert Settings.from_environment(environment).embedding.backend == "hash"
        assert Settings.without_effect(environment) == []

    @pytest.mark.parametrize("no", ["false", "n", "0"])
    def test_hash_without_its_confirmation_is_ignored_and_reported(self, no: str) -> None:
        environment = {"RECAP_SUBWORKER_MODEL_BACKEND": "hash", "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": no}
        assert Settings.from_environment(environment).embedding.backend == "onnx"
        (sentence,) = Settings.without_effect(environment)
        assert "random" in sentence

    def test_hash_needs_its_confirmation_in_code_and_in_a_file_too(self, tmp_path: Path) -> None:
        assert EmbeddingSettings(backend="hash").backend == "onnx"
        assert EmbeddingSettings(backend="hash", allow_hash=True).backend == "hash"
        (tmp_path / "yes").write_text("yes\n")
        environment = {
            "RECAP_SUBWORKER_MODEL_BACKEND": "hash",
            "RECAP_SUBWORKER_ALLOW_HASH_BACKEND_FILE": str(tmp_path / "yes"),
        }
        assert Settings.from_environment(environment).embedding.backend == "hash"
        assert Settings.without_effect(environment) == []

    def test_a_confirmation_that_is_neither_yes_nor_no_is_refused_and_nothing_else_is_said(self) -> None:
        environment = {"RECAP_SUBWORKER_MODEL_BACKEND": "hash", "RECAP_SUBWORKER_ALLOW_HASH_BACKEND": "perhaps"}
        with pytest.raises(SettingsError, match="RECAP_SUBWORKER_ALLOW_HASH_BACKEND is 'perhaps'"):
            Settings.from_environment(environment)
        assert Settings.without_effect(environment) == []

    def test_an_unknown_backend_is_refused(self) -> None:
        with pytest.raises(SettingsError, match="RECAP_SUBWORKER_MODEL_BACKEND is 'tensor'"):
            Settings.from_environment({"RECAP_SUBWORKER_MODEL_BACKEND": "tensor"})

    @pytest.mark.parametrize(
        ("variable", "instead"),
        [
            ("PROCESSING_INTERVAL", "TAG_PROCESSING_INTERVAL"),
            ("RECAP_SUBWORKER_PROCESS_POOL_SIZE", "ALT_RECAP_PROCESSES"),
            ("RECAP_SUBWORKER_CLASSIFICATION_DEVICE", "does not classify"),
            ("RECAP_UMAP_N_NEIGHBORS", "RECAP_SUBWORKER_CLUSTERING"),
            ("MTLS_CERT_FILE", "in front of the adapter"),
            ("TAG_MAX_TAG", "did you mean TAG_MAX_TAGS"),
            ("RECAP_SUBWORKER_DEDUP_TRESHOLD_FILE", "did you mean RECAP_SUBWORKER_DEDUP_THRESHOLD"),
        ],
    )
    def test_a_variable_that_does_nothing_is_named_with_what_to_set(self, variable: str, instead: str) -> None:
        (sentence,) = Settings.without_effect({variable: "1", "PATH": "/bin", "EMPTY": "", "TAG_MAX_TAGS": "5"})
        assert sentence.startswith(f"{variable} has no effect")
        assert instead in sentence

    def test_what_is_listed_as_without_effect_is_read_by_nothing_and_what_to_set_exists(self) -> None:
        for old in OLD_VARIABLES:
            for pattern in old.patterns:
                assert not fnmatch.filter(Settings.variables(), pattern), pattern
            for name in re.findall(r"[A-Z]+_[A-Z_]+[A-Z]", old.instead):
                assert name in Settings.variables() or name == "DB_", name
