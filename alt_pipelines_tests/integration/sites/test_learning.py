"""Learning what sites repeat, and tagging without it, on a real Postgres."""

import dagster as dg
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.settings import PoolSettings, Settings, TaggingSettings
from alt_pipelines.sites import run, store
from alt_pipelines.sites.assets import make_site_boilerplate
from alt_pipelines.sites.definitions import make_defs
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.support.definitions import sensor_of

TOPICS = [
    "cod quota",
    "tram strike",
    "opera roof",
    "kelp farm",
    "sea cable",
    "library hours",
    "otter census",
    "ice rink",
]
NOTE = "Harbour Gazette puzzles await behind the golden crossword page."
POOL = PoolSettings()


def add_site(engine: Engine, host: str, note: str) -> list[str]:
    return [
        corpus.add_article(
            engine,
            title=topic.title(),
            content=f"<p>The {topic} kept the county council busy on Monday evening.</p><p>{note}</p>",
            url=f"https://{host}/{topic.replace(' ', '-')}",
        )
        for topic in TOPICS
    ]


def rows(engine: Engine) -> list[tuple[str, int, int]]:
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT site, line_key, stories FROM alt_pipelines.site_lines ORDER BY site, line_key")
        )
        return [(row.site, row.line_key, row.stories) for row in found]


def tags(engine: Engine, article: str) -> set[str]:
    query = "SELECT t.tag_name FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id WHERE l.article_id = :id"
    with engine.connect() as connection:
        return {str(tag).casefold() for tag in connection.scalars(text(query), {"id": article})}


def test_learning_twice_leaves_the_same_rows(alt_engine: Engine) -> None:
    add_site(alt_engine, "Gazette.example", NOTE)
    first = run.learn_lines(alt_engine, POOL)
    learned = rows(alt_engine)
    assert [(site, stories) for site, _, stories in learned] == [("gazette.example", len(TOPICS))]
    second = run.learn_lines(alt_engine, POOL)
    assert rows(alt_engine) == learned
    assert (first.lines, second.lines) == (1, 1)


def test_what_a_site_stops_repeating_is_forgotten(alt_engine: Engine) -> None:
    add_site(alt_engine, "gazette.example", NOTE)
    run.learn_lines(alt_engine, POOL)
    with alt_engine.begin() as connection:
        connection.execute(text("UPDATE articles SET content = 'The ' || title || ' is over and done with.'"))
    run.learn_lines(alt_engine, POOL)
    assert rows(alt_engine) == []


def test_lines_of_other_sites_are_kept_and_the_oldest_sites_pruned(alt_engine: Engine) -> None:
    with alt_engine.begin() as connection:
        store.replace_lines(connection, {"old.example": {1: 3}, "older.example": {2: 3}})
        connection.execute(
            text(
                "UPDATE alt_pipelines.site_lines SET learned_at = now() - interval '99 days' "
                "WHERE site = 'older.example'"
            )
        )
    add_site(alt_engine, "gazette.example", NOTE)
    report = run.learn_lines(alt_engine, POOL)
    assert report.pruned == 1
    assert {site for site, _, _ in rows(alt_engine)} == {"gazette.example", "old.example"}
    with alt_engine.begin() as connection:
        assert store.prune(connection, sites=1, days=60) == 1


def test_tags_are_chosen_without_what_the_site_repeats(alt_engine: Engine) -> None:
    herald = add_site(alt_engine, "gazette.example", NOTE)
    other = corpus.add_article(alt_engine, "Crossword prize", f"<p>{NOTE}</p>", url="https://other.example/1")
    run.learn_lines(alt_engine, POOL)
    extractor = TagExtractor(TaggingSettings(), None, fallback=False)
    assignment = Assignment((corpus.now(),), only_pending=True)
    TaggingRun(alt_engine, extractor, TaggingSettings(), POOL, assignment).carry_out()
    assert not any("crossword" in tag or "gazette" in tag for article in herald for tag in tags(alt_engine, article))
    assert any("cod quota" in tag for tag in tags(alt_engine, herald[0]))
    assert any("crossword" in tag or "gazette" in tag for tag in tags(alt_engine, other))


def test_the_asset_says_what_it_learned(alt_engine: Engine) -> None:
    add_site(alt_engine, "gazette.example", NOTE)
    result = dg.materialize([make_site_boilerplate(POOL)], resources={"alt_db": alt_engine})
    (event,) = result.get_asset_materialization_events()
    metadata = event.step_materialization_data.materialization.metadata
    assert metadata["lines"].value == 1
    assert metadata["articles"].value == len(TOPICS)
    assert next(iter(metadata)) == "summary"
    commonest = metadata["commonest"]
    assert isinstance(commonest, dg.TableMetadataValue)
    (row,) = commonest.records
    assert row.data == {"line": NOTE, "stories": len(TOPICS), "site": "gazette.example"}


def test_an_article_without_a_usable_address_teaches_nothing_and_is_tagged(alt_engine: Engine) -> None:
    for at in range(6):
        corpus.add_article(alt_engine, f"Title {at}", NOTE, url=f"no address {at}")
    assert run.learn_lines(alt_engine, POOL).articles == 0
    with alt_engine.connect() as connection:
        assert store.lines_of_articles(connection, []) == {}


def test_the_boilerplate_is_learned_at_the_first_start_so_that_the_ui_misses_no_upstream_asset(
    alt_engine: Engine,
) -> None:
    """Even without an article, the asset has a materialization before someone materializes `article_tags`."""
    resources = dg.Definitions(resources={"alt_db": alt_engine}, executor=dg.in_process_executor)
    definitions = dg.Definitions.merge(make_defs(Settings()), resources)
    sensor = sensor_of(definitions, "first_site_boilerplate")
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    with dg.DagsterInstance.ephemeral() as instance:
        assert isinstance(sensor(dg.build_sensor_context(instance=instance)), dg.RunRequest)
        assert definitions.resolve_job_def(sensor.job_name).execute_in_process(instance=instance).success
        assert isinstance(sensor(dg.build_sensor_context(instance=instance)), dg.SkipReason)
