"""`alt-pipelines load`: put articles from files into alt-db, as the platform's feed reader would."""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import click
from sqlalchemy.engine import Engine

from alt_pipelines.article_files import FORMATS, UnreadableError
from alt_pipelines.article_files.opening import input_size
from alt_pipelines.database import migrate
from alt_pipelines.database.engines import alt_url, make_engine
from alt_pipelines.demo import store
from alt_pipelines.demo.corpus import SAMPLE, Problem, read_articles, split_problems
from alt_pipelines.observability.progress import progress_for
from alt_pipelines.settings import Settings
from alt_pipelines.sites.repeated import SeenArticle, site_of
from alt_pipelines.sites.run import learn_from

_CHUNK = 500
SOME_MALFORMED = 3


@click.command()
@click.argument("source", type=click.Path(path_type=Path, allow_dash=True), required=False)
@click.option("--from", "form", type=click.Choice(FORMATS), help="Format of SOURCE. Default: detected.")
def load(source: Path | None, form: str | None) -> None:
    """Load the articles of SOURCE into alt-db; the running stack tags them within seconds.

    SOURCE is a file, a folder, or - for standard input, in any format that `alt-pipelines tag` reads (JSON, CSV, feeds,
    OPML, HTML, Markdown, text; .gz of any). Default: the sample articles. Articles whose URL is already in alt-db are
    skipped, so loading twice is harmless.

    \b
    alt-pipelines load export.csv
    zcat articles.jsonl.gz | alt-pipelines load -

    \b
    Exit codes: 0 success, 1 SOURCE cannot be read, 2 invalid arguments or settings, 3 some entries were malformed.
    """
    settings = Settings.from_environment()
    path = source or SAMPLE
    engine = make_engine(alt_url(settings), settings.pool)
    _prepare(engine, settings)
    counts: Counter[str] = Counter()
    try:
        size = None if str(path) == "-" or not path.exists() else input_size(path)
        with progress_for(size, "loading") as progress:
            rows = read_articles(None if str(path) == "-" else path, form, progress.read)
            while chunk := list(islice(rows, _CHUNK)):
                loaded, problems = split_problems(chunk)
                learn_from([SeenArticle(site_of(a.url), a.title, a.content) for a in loaded], engine, settings.pool)
                new = store.insert_articles(engine, loaded, store.arrivals_of(loaded, None))
                known = len(chunk) - len(problems) - new
                counts.update({"loaded": new, "known": known, "malformed": len(problems)})
                for problem in problems:
                    progress.say(_sentence(problem))
                progress.done(counts)
    except UnreadableError as error:
        raise click.ClickException(str(error)) from None
    finally:
        engine.dispose()
    if counts["malformed"]:
        sys.exit(SOME_MALFORMED)


def _prepare(engine: Engine, settings: Settings) -> None:
    """Migrate alt-db, unless it belongs to a platform."""
    is_embedded = settings.alt_db.url is None
    try:
        if not is_embedded:
            store.refuse_platform(engine)
        migrate.upgrade(engine, "alt", without_platform=is_embedded)
    except (store.PlatformDatabaseError, migrate.NoPlatformError) as error:
        raise click.ClickException(str(error)) from None


def _sentence(problem: Problem) -> str:
    return f"{problem.where}: {problem.why}"
