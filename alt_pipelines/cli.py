"""The command `alt-pipelines`: one group whose commands are defined in the packages that they belong to.

A package's `command.py` is imported only when one of its commands is called, so small commands start fast.
"""

import importlib
import sys
from typing import Any

import click

from alt_pipelines import installation
from alt_pipelines.observability.logging import configure_logging, warn_of_settings_without_effect
from alt_pipelines.settings import LoggingSettings, Settings, SettingsError

_COMMANDS = {
    "settings": ("alt_pipelines.settings.command", "settings"),
    "cluster": ("alt_pipelines.recap.command", "cluster"),
    "daemon": ("alt_pipelines.stack.command", "daemon"),
    "db": ("alt_pipelines.database.command", "db"),
    "doctor": ("alt_pipelines.stack.command", "doctor"),
    "graph": ("alt_pipelines.label_graph.command", "graph"),
    "learn": ("alt_pipelines.learning.command", "learn"),
    "load": ("alt_pipelines.demo.command", "load"),
    "retag": ("alt_pipelines.tagging.retag", "retag"),
    "tag": ("alt_pipelines.tagging.command", "tag"),
    "up": ("alt_pipelines.stack.command", "up"),
    "worker": ("alt_pipelines.stack.command", "worker"),
}


_LONG_RUNNING = ("daemon", "up", "worker")


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="alt-pipelines")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Tag articles, cluster a week's stories and keep the tag label graph.

    \b
    Without any database or Dagster:
      alt-pipelines tag --input articles.jsonl --output tags.jsonl
      alt-pipelines cluster --input request.json --output response.json
    The whole stack on this machine, all parts embedded:
      alt-pipelines up
    Check the installation:
      alt-pipelines doctor
    """
    try:
        configure_logging(LoggingSettings.read(Settings.environment()))
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    if ctx.invoked_subcommand in _LONG_RUNNING:
        warn_of_settings_without_effect()
        installation.log_unmet_requirements()


def main() -> None:
    """Run the command line. A failure that the user can fix prints one sentence instead of a stack trace."""
    run(cli)


def run(command: click.Command, **arguments: Any) -> None:
    """Run a command and exit: 2 after a settings error, 1 after an error of a database, the broker or the installation.

    Each is printed as a sentence.

    Any other exception is a defect and is raised.
    """
    try:
        command(standalone_mode=True, **arguments)
    except SettingsError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except ImportError as error:
        problems = installation.unmet(installation.declared())
        if not problems:
            raise
        click.echo(f"Error: {error}: {installation.sentence(problems)}", err=True)
        sys.exit(1)
    except Exception as error:
        sentence = _sentence_of(error)
        if sentence is None:
            raise
        click.echo(f"Error: {sentence}", err=True)
        sys.exit(1)


def _sentence_of(error: Exception) -> str | None:
    """Return a sentence for a failure of the environment, or None for a defect, which keeps its stack trace."""
    from redis import RedisError
    from sqlalchemy.exc import DBAPIError

    from alt_pipelines.data_files import DataFileError
    from alt_pipelines.database.embedded import EmbeddedServerError
    from alt_pipelines.database.error_messages import sentence_of
    from alt_pipelines.database.migrate import MigrationRightsError, NoPlatformError
    from alt_pipelines.database.startup import PendingMigrationsError
    from alt_pipelines.database.unique_keys import MissingKeyError
    from alt_pipelines.embedding.protocol import EmbeddingError

    if isinstance(error, DBAPIError):
        return sentence_of(error)
    if isinstance(error, RedisError):
        return f"The broker does not answer: {error}. Check ALT_BROKER_URL and the broker."
    database = (MigrationRightsError, MissingKeyError, NoPlatformError, PendingMigrationsError)
    known = (DataFileError, EmbeddedServerError, EmbeddingError, *database)
    return str(error) if isinstance(error, known) else None
