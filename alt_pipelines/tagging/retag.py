"""`alt-pipelines retag`: marks the articles of given days to be tagged again, with lower priority than new articles.

A new extractor version does not retag existing articles on its own. This command estimates the time needed and marks
the outcomes of the chosen days. The running stack tags the marked articles whenever nothing else is pending. Writing
an article's next outcome clears its mark, so retagging can be interrupted and repeated at any time.
"""

from datetime import datetime, timedelta

import click
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import alt_url, make_engine, with_retries
from alt_pipelines.database.error_messages import sentence_of
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.store import retag_marks
from alt_pipelines.tagging.windows import KEY_FORMAT, Window, floor, utc_now

_DAY = click.DateTime(formats=[KEY_FORMAT])


@click.command()
@click.option("--from", "start", type=_DAY, required=True, help="First day (UTC), for example 2026-01-31.")
@click.option("--to", "end", type=_DAY, help="Last day (UTC), inclusive.  [default: today]")
@click.option("--yes", is_flag=True, help="Mark without asking for confirmation.")
@click.option("--cancel", is_flag=True, help="Remove the marks of these days instead.")
def retag(start: datetime, end: datetime | None, yes: bool, cancel: bool) -> None:
    """Mark the articles of the given days to be tagged again, with lower priority than new articles.

    The running stack does the tagging. Tags with a tag_type other than 'auto' are kept. An article that yields no tags
    this time keeps its previous tags.

    \b
    alt-pipelines retag --from 2026-01-01 --to 2026-01-31      estimates the time, asks, then marks
    alt-pipelines retag --from 2026-01-01 --cancel             removes the marks that are left
    """
    settings = Settings.from_environment()
    last = end or floor(utc_now())
    if last < start:
        raise click.UsageError(f"--to {last:{KEY_FORMAT}} is before --from {start:{KEY_FORMAT}}.")
    window = Window(start, last + timedelta(days=1))
    engine = make_engine(alt_url(settings), settings.pool, "alt-retag")
    try:
        if cancel:
            click.echo(f"marks removed: {retag_marks.cancel(engine, window)}")
            return
        with engine.connect():  # a person waits: no retries for a server that does not answer
            pass
        estimate = with_retries(lambda: retag_marks.estimate(engine, window), settings.pool, "estimate")
        if not estimate.articles:
            click.echo("No article of these days has tags or an outcome, so there is nothing to tag again.")
            return
        click.echo(f"articles: {estimate.articles}; {_duration(estimate, settings.tagging.parallel_runs)}")
        if yes or click.confirm("Mark these articles?"):
            click.echo(f"marked: {retag_marks.mark(engine, window)}; the stack tags them when nothing else is pending")
        else:
            click.echo("Nothing was marked.")
    except DBAPIError as error:
        raise click.ClickException(sentence_of(error, "alt-db")) from None
    finally:
        engine.dispose()


def _duration(estimate: retag_marks.Estimate, runs: int) -> str:
    if estimate.milliseconds_per_article is None:
        return "estimated time: unknown, because no article has been tagged yet"
    seconds = estimate.articles * estimate.milliseconds_per_article / 1000 / runs
    took = f"recently {estimate.milliseconds_per_article:.0f} ms per article; parallel runs: {runs}"
    return f"estimated time if no new articles arrive: {timedelta(seconds=round(seconds))} ({took})"
