"""`alt-pipelines load`: put articles from files into alt-db, as the platform's feed reader would."""

from pathlib import Path

import click

from alt_pipelines.database import migrate
from alt_pipelines.database.engines import alt_url, make_engine
from alt_pipelines.demo import store
from alt_pipelines.demo.corpus import default_source, read_articles, split_problems
from alt_pipelines.settings import Settings


@click.command()
@click.argument("source", type=click.Path(exists=True, path_type=Path), required=False)
def load(source: Path | None) -> None:
    """Load the articles of SOURCE into alt-db; the running stack tags them within seconds.

    SOURCE is a .jsonl file, or a folder with .jsonl or .txt files; without it, the demo articles. Each JSON line
    needs `text` or `content`, and may have `title`, `url`, `lang`, `genre` and `published`. Articles that are there
    already (same URL) are left alone, so loading twice is harmless.
    """
    settings = Settings.from_environment()
    engine = make_engine(alt_url(settings), settings.pool)
    migrate.upgrade(engine, "alt")
    loaded, problems = split_problems(read_articles(source or default_source()))
    new = store.insert_articles(engine, loaded, store.arrivals_of(loaded, None))
    for problem in problems:
        click.echo(f"{problem.where}: {problem.why}", err=True)
    click.echo(f"{new} articles loaded, {len(loaded) - new} known, {len(problems)} lines unreadable")
    engine.dispose()
