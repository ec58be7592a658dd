"""Loading into a real alt-db, and the learning rows that the demo writes."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from alt_pipelines.database.alt_tables import articles, feeds
from alt_pipelines.database.recap_tables import learning_results
from alt_pipelines.demo import store
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles, split_problems
from alt_pipelines.demo.learning_rows import learning_rows


def test_loading_twice_adds_nothing(alt_engine: Engine) -> None:
    loaded, _ = split_problems(read_articles(SAMPLE))
    arrivals = store.arrivals_of(loaded, timedelta(days=6))
    assert store.insert_articles(alt_engine, loaded, arrivals) == 120
    assert store.insert_articles(alt_engine, loaded, arrivals) == 0
    with alt_engine.connect() as connection:
        linked = select(func.count()).select_from(articles.join(feeds, feeds.c.id == articles.c.feed_id))
        assert connection.execute(linked).scalar_one() == 120
    assert store.outcome_counts(alt_engine, [article.url for article in loaded]) == {"pending": 120}


def test_a_nul_in_a_text_does_not_stop_the_load(alt_engine: Engine) -> None:
    article = LoadedArticle("https://a.example/nul", "ti\x00tle", "te\x00xt", "general", None, None)
    assert store.insert_articles(alt_engine, [article], [datetime(2026, 1, 1)]) == 1


def test_learning_rows_are_stored_once_per_article(recap_engine: Engine) -> None:
    loaded, _ = split_problems(read_articles(SAMPLE))
    tagged = {
        article.url: store.TaggedArticle(str(i), article.url, article.title, "tagged", "en", 1.0, (("chips", 0.8),))
        for i, article in enumerate(loaded)
    }
    job = "00000000-0000-0000-0000-00000000000a"
    rows = learning_rows(job, loaded, tagged)
    for _ in range(2):
        store.insert_learning_rows(recap_engine, rows)
    with recap_engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(learning_results)).scalar_one() == 120
