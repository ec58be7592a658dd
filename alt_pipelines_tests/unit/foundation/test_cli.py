"""The command line: a failure that a person can mend is one sentence and an exit code, in every command."""

import json
import logging
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from redis import ConnectionError as BrokerConnectionError

from alt_pipelines.cli import cli, run
from alt_pipelines.data_files import data_file
from alt_pipelines.database.embedded import EmbeddedServerError
from alt_pipelines.database.migrate import MigrationRightsError, NoPlatformError
from alt_pipelines.database.startup import PendingMigrationsError
from alt_pipelines.database.unique_keys import MissingKeyError
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import LoggingSettings
from alt_pipelines.stack import supervisor

DEAD = {
    "DB_HOST": "127.0.0.1",
    "DB_PORT": "9",
    "DB_NAME": "alt",
    "DB_TAG_GENERATOR_USER": "u",
    "DB_TAG_GENERATOR_PASSWORD": "hunter2",
    "RECAP_DB_URL": "postgresql://u:hunter2@127.0.0.1:9/recap",
    "DAGSTER_POSTGRES_URL": "postgresql://u:hunter2@127.0.0.1:9/dagster",
    "ALT_BROKER_URL": "redis://127.0.0.1:9/0",
    "ALT_DB_CONNECT_TIMEOUT_SECONDS": "1",
}


@pytest.fixture
def dead(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in DEAD.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("dead")
@pytest.mark.parametrize(
    "arguments",
    [
        ["db", "upgrade"],
        ["db", "sql", "alt", "SELECT 1"],
        ["db", "sql", "recap"],
        ["load"],
        ["learn", "--dry-run"],
        ["graph", "build", "--dry-run"],
        ["up", "--once"],
        ["retag", "--from", "2026-01-01"],
    ],
    ids=" ".join,
)
def test_a_dead_database_is_one_sentence(
    arguments: list[str], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("ALT_PIPELINES_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        run(cli, args=arguments)
    said = capfd.readouterr()
    assert ended.value.code == 1
    assert "does not answer" in said.err
    assert "database_retry" not in said.err, "a person waits"
    assert "Traceback" not in said.err + said.out
    assert "hunter2" not in said.err + said.out


@pytest.mark.parametrize("name", cli.list_commands(click.Context(cli)))
def test_every_command_says_which_setting_is_wrong(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAG_MAX_TAGS", "many")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    result = CliRunner().invoke(cli, [name])
    assert result.exit_code == 2
    assert "LOG_LEVEL is" in result.stderr


def test_a_dead_broker_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def broken() -> None:
        raise BrokerConnectionError("refused")

    with pytest.raises(SystemExit) as ended:
        run(broken, args=[])
    assert ended.value.code == 1
    assert "ALT_BROKER_URL" in capsys.readouterr().err


def test_a_missing_data_file_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        with data_file("alt_pipelines", "missing.json") as file:
            file.read_text("utf-8")

    with pytest.raises(SystemExit) as ended:
        run(click.Command("broken", callback=fail), args=[])
    assert ended.value.code == 1
    assert "missing.json is missing. Restore it with `git " in capsys.readouterr().err


def test_a_defect_keeps_its_stack_trace() -> None:
    @click.command()
    def broken() -> None:
        raise KeyError("a defect")

    with pytest.raises(KeyError):
        run(broken, args=[])


def test_long_running_commands_warn_of_settings_without_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECAP_SUBWORKER_MODEL_BACKEND", "hash")
    worker = CliRunner().invoke(cli, ["worker", "--queue", "nothing"])
    (warning,) = [line for line in worker.stderr.splitlines() if "setting_without_effect" in line]
    assert "vectors are random" in json.loads(warning)["detail"]
    assert "setting_without_effect" not in CliRunner().invoke(cli, ["tag", "--nothing"]).stderr


def test_every_command_has_an_example_and_a_sentence_for_each_option() -> None:
    def check(command: click.Command, words: tuple[str, ...]) -> None:
        context = click.Context(command, info_name=" ".join(words))
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None
                check(child, (*words, name))
        elif words[1:] != ("db", "stop"):  # it takes nothing
            shown = f"{command.help} {command.epilog}"
            assert f"{' '.join(words)} " in shown, f"{words} has no example"
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{words} {option.name}"

    check(cli, ("alt-pipelines",))


def test_loggers_of_libraries_are_silent_at_info() -> None:
    configure_logging(LoggingSettings())
    assert not logging.getLogger("pymorphy3.opencorpora_dict.wrapper").isEnabledFor(logging.INFO)
    assert logging.getLogger("alt_pipelines.tagging").isEnabledFor(logging.INFO)


@pytest.mark.parametrize(
    "error", [MigrationRightsError, MissingKeyError, NoPlatformError, PendingMigrationsError, EmbeddedServerError]
)
def test_a_database_that_is_not_ready_is_one_sentence(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise error("Run the command that prepares it.")

    monkeypatch.setattr(supervisor, "prepare_databases", refuse)
    monkeypatch.setenv("ALT_PIPELINES_HOME", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        run(cli, args=["up", "--once"])
    assert ended.value.code == 1
    assert "Error: Run the command that prepares it.\n" in capfd.readouterr().err
