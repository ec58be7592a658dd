"""The command `alt-pipelines settings`: print the settings of this environment, and write or check docs/settings.md."""

from pathlib import Path

import click

from alt_pipelines.settings import Settings, SettingsError
from alt_pipelines.settings.reference import Group, markdown


@click.command()
@click.argument("words", nargs=-1)
@click.option("--changed", is_flag=True, help="Print only settings that a variable sets.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the reference as Markdown to this file.")
@click.option("--check", type=click.Path(path_type=Path), help="Exit with 1 if this file differs from the reference.")
def settings(words: tuple[str, ...], changed: bool, write: Path | None, check: Path | None) -> None:
    """Print every setting: name, value in this environment, default, allowed values and meaning. Secrets are hidden.

    A few settings have other values in the parts of `alt-pipelines up`; their meaning says so.

    \b
    WORDS select the settings whose name, group or meaning contains one of them:
      alt-pipelines settings tagging cascade
    """
    if write is not None or check is not None:
        reference = markdown(Settings.describe({}))
        if write is not None:
            try:
                write.write_text(reference, "utf-8")
            except OSError as error:
                raise click.ClickException(f"{write}: {error.strerror}.") from None
        if check is not None and (not check.is_file() or check.read_text("utf-8") != reference):
            raise click.ClickException(f"{check} is stale. Run `alt-pipelines settings --write {check}`.")
        return
    try:
        described = list(Settings.describe())
    except SettingsError as error:
        raise click.UsageError(str(error)) from None
    shown = 0
    for group in described:
        shown += _print(group, words, changed)
    for sentence in Settings.without_effect():
        click.secho(sentence, fg="yellow", err=True)
    if not shown and words:
        matches = "No setting that a variable sets matches" if changed else "No setting matches"
        raise click.ClickException(f"{matches}. Run `alt-pipelines settings` for all of them.")
    if not shown:
        click.echo("No variable sets a setting; all have their defaults.")


def _print(group: Group, words: tuple[str, ...], changed: bool) -> int:
    rows = [
        row
        for row in group.settings
        if (not changed or row.source)
        and (not words or any(word.lower() in f"{row.name} {row.group} {row.description}".lower() for word in words))
    ]
    if rows:
        click.secho(f"\n{group.name}: {group.title}", bold=True)
    for row in rows:
        value = click.style(row.value or "(not set)", fg="green" if row.source else None)
        origin = f"  from {row.source}" if row.source else ""
        facts = [
            f"default {row.default.replace('`', '')}" if row.default else "",
            f"allowed: {row.bounds.replace('`', '')}",
        ]
        click.echo(f"  {row.name} = {value}{origin}")
        click.echo(f"      {row.description} ({'; '.join(filter(None, facts))})")
    return len(rows)
