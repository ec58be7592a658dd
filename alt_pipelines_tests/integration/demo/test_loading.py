"""Loading into a real alt-db, and the learning rows that the demo writes."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from rich.console import Console
from sqlalchemy import func, select, text
from sqlalchemy.engine import URL, Engine

from alt_pipelines.database import migrate, ownership
from alt_pipelines.database.alt_tables import articles, feeds
from alt_pipelines.database.recap_tables import learning_results
from alt_pipelines.database.startup import prepare_databases
from alt_pipelines.demo import store
from alt_pipelines.demo.command import SOME_MALFORMED, load
from alt_pipelines.demo.corpus import SAMPLE, LoadedArticle, read_articles, split_problems
from alt_pipelines.demo.learning_rows import learning_rows
from alt_pipelines.demo.show import Demo
from alt_pipelines.settings import Settings
from alt_pipelines.sites.store import lines_of_site
from alt_pipelines.text.boilerplate.removal import line_key
from alt_pipelines_tests.support.named_databases import named_databases
from alt_pipelines_tests.support.platform import SHAPES, Shape, make_database


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


def environment_of(database: URL) -> dict[str, str]:
    """The variables that name an alt-db."""
    return named_databases(database, database)


def changed(engine: Engine) -> tuple[int, list[str]]:
    """What loading would change in a platform's database: its articles, and the schemas."""
    with engine.connect() as connection:
        count = connection.scalar(text("SELECT count(*) FROM articles"))
        schemas = connection.scalars(text("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1"))
        return int(count or 0), list(schemas)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("migrated", [False, True], ids=["not-migrated", "migrated"])
def test_articles_are_not_loaded_into_a_platform(postgres: Path, shape: Shape, migrated: bool) -> None:
    platform = make_database(postgres, "platform_load", ("alt", shape))
    owner = platform.as_owner()
    if migrated:
        migrate.upgrade(owner, "alt")
        migrate.upgrade(owner, "alt", without_platform=True)  # by mistake: it creates nothing
    before = changed(owner)
    done = CliRunner().invoke(load, [], env=environment_of(platform.owner))
    assert done.exit_code == 1
    assert "without a platform" in done.stderr
    with pytest.raises(store.PlatformDatabaseError, match="without a platform"):
        Demo(owner, owner, "http://127.0.0.1:1", Console(record=True)).load(SAMPLE)
    assert changed(owner) == before


def test_articles_are_loaded_where_we_created_the_tables_and_where_a_person_says_so(postgres: Path) -> None:
    database = make_database(postgres, "own_load")
    empty = CliRunner().invoke(load, [], env=environment_of(database.owner))
    assert empty.exit_code == 1
    assert "db upgrade --without-platform" in empty.stderr
    owner = database.as_owner()
    migrate.upgrade(owner, "alt", without_platform=True)
    assert CliRunner().invoke(load, [], env=environment_of(database.owner)).exit_code == 0
    with owner.begin() as connection:  # as an earlier version left it
        connection.execute(text("DELETE FROM alt_pipelines.installation_facts"))
    refused = CliRunner().invoke(load, [], env=environment_of(database.owner))
    statement = re.search(r'db sql alt "(.*)"', refused.stderr)
    assert statement is not None
    with owner.begin() as connection:
        connection.execute(text(statement[1]))
    assert CliRunner().invoke(load, [], env=environment_of(database.owner)).exit_code == 0


def test_an_embedded_server_of_an_earlier_version_is_without_a_platform(
    alt_engine: Engine, recap_engine: Engine, postgres: Path
) -> None:
    with pytest.raises(store.PlatformDatabaseError):  # the fixture has emptied the table of facts
        store.refuse_platform(alt_engine)
    prepare_databases(Settings.from_environment({"ALT_PIPELINES_HOME": str(postgres.parent)}))
    store.refuse_platform(alt_engine)


MARKUP = "see [/b], [bold]x[/bold] and [/] there"
"""What the library that prints would read as its own markup, with the end of one that never began."""


def test_the_names_and_problems_of_a_source_are_printed_as_they_are(alt_engine: Engine, tmp_path: Path) -> None:
    with alt_engine.begin() as connection:
        ownership.record(connection)
    source = tmp_path / "news [b] [i]"
    source.mkdir()
    entries = [{"id": "a", "text": 5}, {"id": "b", "text": [MARKUP]}, {"text": "x", "url": "https://a.example/1"}]
    (source / "of [x] [b].jsonl").write_text("\n".join(json.dumps(entry) for entry in entries))
    printed = Console(record=True, width=1000)
    assert len(Demo(alt_engine, alt_engine, "http://127.0.0.1:1", printed).load(source)) == 1
    said = printed.export_text()
    assert f"articles from {source.name}: 1" in said
    assert "of [x] [b].jsonl: line 2" in said
    assert json.dumps(MARKUP) in said or MARKUP in said


def test_articles_stories_and_answers_are_printed_as_they_are(recap_engine: Engine) -> None:
    names = [f"{MARKUP} {number}" for number in range(3)]
    loaded = [
        LoadedArticle(f"https://a.example/{name}", name, f"{MARKUP} {'is a sentence. ' * 9}", "[/g]", "en", None)
        for name in names
    ]
    tagged = {
        article.url: store.TaggedArticle(
            article.title, article.url, article.title, "tagged", "en", 1.0, ((MARKUP, 0.8),)
        )
        for article in loaded
    }
    story = {
        "cluster_id": 0,
        "size": 3,
        "label": MARKUP,
        "top_terms": [],
        "representatives": [{"sentence_text": MARKUP}],
    }
    runs = iter(
        [
            {"status": "succeeded", "cluster_count": 1, "clusters": [story]},
            {"status": "failed", "diagnostics": {"error_message": MARKUP}},
        ]
    )

    def adapter(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/v1/runs":
            return httpx.Response(202, json={"run_id": 1})
        return (
            httpx.Response(500, json={"detail": MARKUP})
            if request.method == "POST"
            else httpx.Response(200, json=next(runs))
        )

    printed = Console(record=True, width=1000)
    show = Demo(recap_engine, recap_engine, "http://127.0.0.1:1", printed)
    with httpx.Client(base_url="http://adapter", transport=httpx.MockTransport(adapter)) as client:
        show.print_examples(loaded, tagged)
        show.follow_genre_runs(client, loaded, tagged)
        show.follow_genre_runs(client, loaded, tagged)
        show.grow_graph(client, loaded, tagged)
    said = printed.export_text()
    assert all(name in said for name in names)
    assert "genre runs submitted: 1 ([/g])" in said
    assert f"[/g]: failed, {MARKUP}" in said
    assert f"the label graph was not built: {MARKUP}" in said
    assert said.count(MARKUP) >= 2 * len(names) + 4


def test_the_demo_waits_for_the_first_tags(alt_engine: Engine) -> None:
    with alt_engine.begin() as connection:
        ownership.record(connection)
    printed = Console(record=True, width=200)
    show = Demo(alt_engine, alt_engine, "http://127.0.0.1:1", printed)
    loaded = show.load(SAMPLE)
    assert len(loaded) == 120
    show.watch_first_tags()
    assert "first tags" not in printed.export_text(clear=False), "nothing is tagged yet"
