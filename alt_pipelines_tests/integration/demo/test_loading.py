"""Loading into a real alt-db, and the learning rows that the demo writes."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console
from sqlalchemy import create_engine, func, select
from sqlalchemy.engine import Engine

from alt_pipelines.database.alt_tables import articles, feeds
from alt_pipelines.database.recap_tables import learning_results
from alt_pipelines.demo import store
from alt_pipelines.demo.command import SOME_MALFORMED, load
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles, split_problems
from alt_pipelines.demo.learning_rows import learning_rows
from alt_pipelines.demo.show import Demo
from alt_pipelines.sites.store import lines_of_site
from alt_pipelines.text.boilerplate.removal import line_key
from alt_pipelines_tests.support.platform import make_database


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


def test_load_puts_a_file_into_alt_db_and_says_what_it_could_not_read(
    alt_engine: Engine, postgres: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.csv").write_text("title,text,url\none,first,https://a.example/1\ntwo,second\nx,y,z,too many\n")
    environment = {"ALT_PIPELINES_HOME": str(postgres.parent)}
    for loaded, known in ((2, 0), (0, 2)):
        done = CliRunner().invoke(load, [str(tmp_path / "a.csv")], env=environment)
        assert done.exit_code == SOME_MALFORMED
        assert "line 4: 4 columns" in done.stderr
        assert f"loaded {loaded}, known {known}, malformed 1" in done.stderr
    with alt_engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(articles)).scalar_one() == 2


def test_load_learns_what_its_sites_repeat_before_anything_is_tagged(
    alt_engine: Engine, postgres: Path, tmp_path: Path
) -> None:
    note = "The Harbour Gazette brings the county together each dawn."
    topics = ("cod quota", "tram strike", "opera roof", "kelp farm", "sea cable", "ice rink")
    rows = [f"{t},The county discussed the {t} on Monday. {note},https://gazette.example/{t}" for t in topics]
    (tmp_path / "a.csv").write_text("\n".join(["title,text,url", *rows]) + "\n")
    done = CliRunner().invoke(load, [str(tmp_path / "a.csv")], env={"ALT_PIPELINES_HOME": str(postgres.parent)})
    assert done.exit_code == 0, done.stderr
    with alt_engine.connect() as connection:
        assert line_key(note) in lines_of_site(connection, "gazette.example")


def test_load_leaves_a_platform_alone(postgres: Path) -> None:
    platform = make_database(postgres, "platform_load", ("alt", "2026_08"))
    environment = {
        "DB_HOST": str(platform.owner.query["host"]),
        "DB_PORT": "5432",
        "DB_NAME": "platform_load",
        "DB_TAG_GENERATOR_USER": str(platform.owner.username),
        "DB_TAG_GENERATOR_PASSWORD": "any",
    }
    done = CliRunner().invoke(load, [], env=environment)
    assert done.exit_code == 1
    assert "without a platform" in done.stderr


def test_the_demo_leaves_a_platform_alone_and_waits_for_the_first_tags(alt_engine: Engine, postgres: Path) -> None:
    printed = Console(record=True, width=200)
    show = Demo(alt_engine, alt_engine, "http://127.0.0.1:1", printed)
    loaded = show.load(SAMPLE)
    assert len(loaded) == 120
    show.watch_first_tags()
    assert "first tags" not in printed.export_text(clear=False), "nothing is tagged yet"
    platform = make_database(postgres, "platform_demo", ("alt", "2026_08"))
    owner = create_engine(platform.owner)
    with pytest.raises(store.PlatformDatabaseError, match="without a platform"):
        Demo(owner, owner, "http://127.0.0.1:1", printed).load(SAMPLE)
    owner.dispose()
