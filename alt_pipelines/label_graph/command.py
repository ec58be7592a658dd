"""`alt-pipelines graph build` and, with the same options, `python -m alt_pipelines.label_graph`.

Options and exit codes match those of the script that built the graph before: 0 if all windows were built, else 1 with
one sentence. Without a database setting, `alt-pipelines` uses the embedded database; the script exits with an error.
"""

from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database import embedded
from alt_pipelines.database.engines import make_engine
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.label_graph.report import GraphBuildReport, WindowReport
from alt_pipelines.label_graph.run import BuildInProgress, build_graph
from alt_pipelines.observability.logging import configure_logging
from alt_pipelines.settings import GraphSettings, LoggingSettings, Settings, SettingsError, postgres_url

_NO_DSN = "No database is configured. Pass --dsn postgresql://user:password@host:5432/name, or set RECAP_DB_DSN."

_EPILOG = """\b
Example:
  alt-pipelines graph build --windows 7 --min-support 5 --dry-run

\b
Exit codes: 0 the windows were built (or, with --dry-run, could be built), 1 otherwise.
A window without edges keeps its previous graph."""


@click.group()
def graph() -> None:
    """The tag label graph: the association of tags with genres."""


@click.command(epilog=_EPILOG)
@click.option("--dsn", help="URL of recap-db. Default: RECAP_DB_DSN or RECAP_DB_URL.")
@click.option("--windows", default="7,30", show_default=True, help="Windows in days, separated by commas.")
@click.option("--max-tags", type=int, help="Number of tags used per article.  [default: 6]")
@click.option("--min-confidence", type=float, help="Minimum confidence of a tag.  [default: 0.55]")
@click.option("--min-support", type=int, help="Minimum number of observations per edge.  [default: 3]")
@click.option("--dry-run", is_flag=True, help="Report what would be written, and write nothing.")
@click.option("--verbose", is_flag=True, help="Log every step, and list the skipped rows by reason.")
@click.pass_context
def build(context: click.Context, /, dsn: str | None, windows: str, dry_run: bool, verbose: bool, **rules: Any) -> None:
    """Build the graph now, window by window, and print the number of edges of each."""
    try:
        settings = Settings.from_environment()
        configure_logging(LoggingSettings(level="DEBUG" if verbose else "WARNING", format="console"))
        chosen = {name: value for name, value in rules.items() if value is not None}
        # An explicit command builds the graph even if the schedule is switched off.
        graph_settings = GraphSettings(**{**settings.graph.model_dump(), **chosen, "enabled": True})
        engine = make_engine(_url(settings, dsn, strict=context.obj == "script"), settings.pool, "label-graph")
        with engine.connect():  # a person waits: no retries for a server that does not answer
            pass
        report = build_graph(
            engine, graph_settings, _days(windows), dry_run=dry_run, wait_seconds=60, pool=settings.pool
        )
    except ValidationError as error:
        problems = "; ".join(f"--{str(p['loc'][0]).replace('_', '-')}: {p['msg']}" for p in error.errors())
        raise click.ClickException(problems) from None
    except (SettingsError, ValueError, BuildInProgress) as error:
        raise click.ClickException(str(error)) from None
    except DBAPIError as error:
        raise click.ClickException(sentence_of(error)) from None
    _say(report, verbose=verbose)


graph.add_command(build)


def _url(settings: Settings, dsn: str | None, *, strict: bool) -> URL:
    if dsn:
        return postgres_url(dsn)
    if settings.recap_db.url is not None:
        return settings.recap_db.url
    data_dir = Path(settings.execution.home).resolve() / "postgres"
    if strict or not data_dir.exists():
        raise ValueError(_NO_DSN)
    embedded.ensure_running(data_dir)
    return embedded.url(data_dir, embedded.RECAP_DATABASE)


def _days(windows: str) -> list[int]:
    try:
        return [int(part) for part in windows.split(",") if part.strip()]
    except ValueError:
        raise ValueError(f"--windows={windows!r} is invalid; pass whole numbers of days, for example 7,30.") from None


def _say(report: GraphBuildReport, *, verbose: bool) -> None:
    for window in report.windows:
        click.echo(_sentence(window, dry_run=report.dry_run))
        if verbose:
            for what, counted in (("rows", window.rows_skipped), ("tags", window.tags_skipped)):
                for reason, count in sorted(counted.items()):
                    click.echo(f"  {what} skipped ({reason}): {count}")
    if report.dry_run:
        click.echo("Dry run: nothing was written.")


def _sentence(window: WindowReport, *, dry_run: bool) -> str:
    rows = f"rows read: {window.rows_read}, skipped: {sum(window.rows_skipped.values())}"
    if window.kept_previous:
        kept = f"the previous graph {'would be' if dry_run else 'was'} kept (edges: {window.edges_before})"
        return f"{window.window_label}: 0 edges refreshed; {kept}; {rows}"
    change = f"new: {window.edges_new}, deleted: {window.edges_gone}"
    verb = "would be refreshed" if dry_run else "refreshed"
    return f"{window.window_label}: {window.edges} edges {verb} in {window.seconds:.1f} s; {change}; {rows}"
