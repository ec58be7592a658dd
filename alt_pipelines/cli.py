"""The command `alt-pipelines`: one group, whose commands live with the rooms they belong to.

A room's `command.py` is imported only when its command is called, so `--help` and small commands start fast.
"""

import importlib
import sys

import click

from alt_pipelines.observability.logging import configure_logging
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
    "tag": ("alt_pipelines.tagging.command", "tag"),
    "up": ("alt_pipelines.stack.command", "up"),
    "worker": ("alt_pipelines.stack.command", "worker"),
}


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
def cli() -> None:
    """Tag articles, cluster a week's stories and keep the tag label graph.

    \b
    Without any database or Dagster:
      alt-pipelines tag --input articles.jsonl --output tags.jsonl
      alt-pipelines cluster --input request.json --output response.json
    The whole stack on this machine, all parts embedded:
      alt-pipelines up
    What is wrong here, and what to do about it:
      alt-pipelines doctor
    """
    try:
        configure_logging(LoggingSettings.read(Settings.environment()))
    except SettingsError as error:
        raise click.UsageError(str(error)) from None


def main() -> None:
    """Entry point: settings and database errors end in one sentence, not in a stack trace."""
    try:
        cli(standalone_mode=True)
    except SettingsError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
