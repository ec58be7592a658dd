"""Learning the names of a site from what was tagged, and tagging with them, on a real Postgres."""

import dagster as dg
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.sites import run, store
from alt_pipelines.sites.assets import make_site_names
from alt_pipelines.tagging.assignment import Assignment
from alt_pipelines.tagging.extraction.extractor import TagExtractor
from alt_pipelines.tagging.run import TaggingRun
from alt_pipelines_tests.integration.tagging import corpus

POOL = PoolSettings()
PLACES = ("岡山", "広島", "仙台", "札幌")


def add(engine: Engine, host: str, disease: str, place: str) -> str:
    return corpus.add_article(
        engine,
        title=f"{disease}の治療に新薬、{place}の病院",
        content=f"{disease}の患者に新薬を投与する治験が{place}の病院で始まる。{disease}の後遺症を防ぐ薬だ。",
        url=f"https://{host}/{place}-{disease}",
    )


def tag_all(engine: Engine) -> None:
    extractor = TagExtractor(TaggingSettings(), None, fallback=False)
    TaggingRun(engine, extractor, TaggingSettings(), POOL, Assignment((corpus.now(),), only_pending=True)).carry_out()


def tags(engine: Engine, article: str) -> set[str]:
    query = "SELECT t.tag_name FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id WHERE l.article_id = :id"
    with engine.connect() as connection:
        return set(connection.scalars(text(query), {"id": article}))


def names(engine: Engine) -> dict[tuple[str, str], int]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT site, name, articles FROM alt_pipelines.site_names"))
        return {(row.site, row.name): row.articles for row in rows}


def test_a_variant_becomes_the_commonest_form_of_its_site_and_of_no_other(alt_engine: Engine) -> None:
    for place in PLACES:
        add(alt_engine, "News.example", "くも膜下出血", place)
    tag_all(alt_engine)
    run.learn_names(alt_engine, POOL)
    assert names(alt_engine)["news.example", "くも膜下出血"] == len(PLACES)
    here = add(alt_engine, "news.example", "クモ膜下出血", "高松")
    elsewhere = add(alt_engine, "other.example", "クモ膜下出血", "高松")
    tag_all(alt_engine)
    assert "くも膜下出血" in tags(alt_engine, here)
    assert "クモ膜下出血" not in tags(alt_engine, here)
    assert "クモ膜下出血" in tags(alt_engine, elsewhere)


def test_learning_again_changes_nothing_and_keeps_a_name_through_variants(alt_engine: Engine) -> None:
    for place in PLACES[:3]:
        add(alt_engine, "news.example", "くも膜下出血", place)
    tag_all(alt_engine)
    run.learn_names(alt_engine, POOL)
    first = names(alt_engine)
    run.learn_names(alt_engine, POOL)
    assert names(alt_engine) == first
    with alt_engine.begin() as connection:
        connection.execute(text("UPDATE feed_tags SET tag_name = 'クモ膜下出血' WHERE tag_name = 'くも膜下出血'"))
    run.learn_names(alt_engine, POOL)
    assert ("news.example", "くも膜下出血") in names(alt_engine)
    assert ("news.example", "クモ膜下出血") not in names(alt_engine)


def test_names_not_seen_for_long_and_the_oldest_sites_are_pruned(alt_engine: Engine) -> None:
    for place in PLACES[:3]:
        add(alt_engine, "news.example", "くも膜下出血", place)
    tag_all(alt_engine)
    run.learn_names(alt_engine, POOL)
    with alt_engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO alt_pipelines.site_names (site, name, language, articles, learned_at) VALUES "
                "('old.example', 'ferry', 'en', 9, now() - interval '99 days'), "
                "('new.example', 'ferry', 'en', 9, now() - interval '1 day')"
            )
        )
    assert run.learn_names(alt_engine, POOL).pruned == 1
    with alt_engine.begin() as connection:
        assert store.prune_names(connection, sites=1, days=60) == 1
    assert {site for site, _ in names(alt_engine)} == {"news.example"}


def test_tags_of_other_services_teach_nothing(alt_engine: Engine) -> None:
    for place in PLACES[:3]:
        add(alt_engine, "news.example", "くも膜下出血", place)
    tag_all(alt_engine)
    with alt_engine.begin() as connection:
        connection.execute(text("UPDATE feed_tags SET tag_type = 'editor'"))
    assert run.learn_names(alt_engine, POOL).names == 0


def test_the_asset_says_what_it_learned(alt_engine: Engine) -> None:
    for place in PLACES[:3]:
        add(alt_engine, "news.example", "くも膜下出血", place)
    tag_all(alt_engine)
    result = dg.materialize([make_site_names(POOL)], resources={"alt_db": alt_engine})
    (event,) = result.get_asset_materialization_events()
    assert event.step_materialization_data.materialization.metadata["names"].value == len(names(alt_engine))
