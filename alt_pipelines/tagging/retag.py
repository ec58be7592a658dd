"""`alt-pipelines retag`: marks the articles of given days to be tagged again, with lower priority than new articles.

A new extractor version does not retag existing articles on its own. This command estimates the time needed and marks
the outcomes of the chosen days. The running stack tags the marked articles whenever nothing else is pending. Writing
an article's next outcome clears its mark, so retagging can be interrupted and repeated at any time.
"""

from datetime import date, datetime, timedelta

import click
from sqlalchemy.exc import DBAPIError

from alt_pipelines.database.engines import alt_url, make_engine, with_retries
from alt_pipelines.database.sentences import sentence_of
from alt_pipelines.settings import Settings
from alt_pipelines.tagging.store import marks
from alt_pipelines.tagging.windows import KEY_FORMAT, Window

_DAY = click.DateTime(formats=[KEY_FORMAT])


@click.command()
@click.option("--from", "start", type=_DAY, required=True, help="First day (UTC), for example 2026-01-31.")
@click.option("--to", "end", type=_DAY, help="Last day, included.  [default: today]")
@click.option("--yes", is_flag=True, help="Do not ask before marking.")
@click.option("--cancel", is_flag=True, help="Take the marks of these days away instead.")
def retag(start: datetime, end: datetime | None, yes: bool, cancel: bool) -> None:
    """Tag the articles of some days again, behind everything that is new.

    Needs the running stack, which does the work; tags of another tag_type stay, and so do tags of articles that give
    none this time.
    """
    settings = Settings.from_environment()
    last = end or datetime.combine(date.today(), datetime.min.time())
    if last < start:
        raise click.UsageError(f"--to {last:{KEY_FORMAT}} is before --from {start:{KEY_FORMAT}}.")
    window = Window(start, last + timedelta(days=1))
    engine = make_engine(alt_url(settings), settings.pool, "alt-retag")
    try:
        if cancel:
            click.echo(f"marks removed: {marks.cancel(engine, window)}")
            return
        estimate = with_retries(lambda: marks.estimate(engine, window), settings.pool, "estimate")
        click.echo(f"articles: {estimate.articles}; {_duration(estimate, settings.tagging.parallel_runs)}")
        if estimate.articles and (yes or click.confirm("Mark them?")):
            click.echo(f"marked: {marks.mark(engine, window)}; the stack tags them when nothing else is pending")
    except DBAPIError as error:
        raise click.ClickException(sentence_of(error, "alt-db")) from None
    finally:
        engine.dispose()


def _duration(estimate: marks.Estimate, runs: int) -> str:
    if estimate.milliseconds_per_article is None:
        return "no article was tagged here yet, so there is no estimate of the time"
    seconds = estimate.articles * estimate.milliseconds_per_article / 1000 / runs
    took = f"{estimate.milliseconds_per_article:.0f} ms per article lately"
    return f"about {timedelta(seconds=round(seconds))} ({took}, runs at once: {runs}) when nothing new arrives"
