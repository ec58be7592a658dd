"""Writing outcomes: each test is a way in which a batch was, or could be, lost."""

import threading
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ProgrammingError

from alt_pipelines.observability.store import read_metrics
from alt_pipelines.settings import PoolSettings, TaggingSettings
from alt_pipelines.tagging.store import (
    ArticleResult,
    WriteReport,
    outcome_counts,
    tags_of_articles,
    write_batch,
    write_batch_in,
)
from alt_pipelines_tests.integration.tagging import corpus

SETTINGS = TaggingSettings()
POOL = PoolSettings(retry_seconds=5)


def write(engine: Engine, *results: ArticleResult, settings: TaggingSettings = SETTINGS) -> WriteReport:
    return write_batch(engine, results, settings, POOL)


def test_a_result_is_tags_links_and_one_outcome(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    feed = corpus.feed_of(alt_engine, article)

    report = write(alt_engine, corpus.tagged(article, feed, ("port authority", 0.8), ("Rotterdam", 0.6)))

    assert report.counts() == {"tagged": 1}
    assert corpus.links(alt_engine, article) == {"port authority": 0.8, "Rotterdam": 0.6}
    outcome = corpus.outcome(alt_engine, article)
    assert (outcome.status, outcome.tag_count, outcome.attempts, outcome.next_attempt_at) == ("tagged", 2, 1, None)
    assert outcome.cascade["reason"] == "high_confidence_exit"
    with alt_engine.connect() as connection:
        metrics = {(sample.name, sample.labels): sample.value for sample in read_metrics(connection)}
    assert metrics["tagging_articles_total", '{"outcome": "tagged"}'] == 1
    assert metrics["tagging_cascade_decisions_total", '{"reason": "high_confidence_exit"}'] == 1
    assert metrics["tagging_inference_seconds_count", "{}"] == 1


_names = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=12).map(str.strip)
_tags = st.dictionaries(_names.filter(bool), st.floats(0, 1), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batch=st.lists(_tags, min_size=1, max_size=6), shared=st.booleans())
def test_writing_any_batch_again_changes_nothing(
    alt_engine: Engine, batch: list[dict[str, float]], shared: bool
) -> None:
    feed = corpus.add_feed(alt_engine)
    results = []
    for tags in batch:
        article = corpus.add_article(alt_engine, feed=feed if shared else "new")
        results.append(corpus.tagged(article, corpus.feed_of(alt_engine, article), *tags.items()))
    write(alt_engine, *results)
    before = corpus.contents(alt_engine)

    write(alt_engine, *results)
    for result in reversed(results):  # nor in other batches, in another order
        write(alt_engine, result)

    assert corpus.contents(alt_engine) == before


def test_updated_at_moves_with_the_confidence_and_only_then(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    feed = corpus.feed_of(alt_engine, article)
    write(alt_engine, corpus.tagged(article, feed, ("same", 0.5), ("other", 0.5)))
    first = {tag.tag: tag.updated_at for tag in tags_of_articles(alt_engine, [article])[article]}

    write(alt_engine, corpus.tagged(article, feed, ("same", 0.5), ("other", 0.4)))
    second = {tag.tag: tag.updated_at for tag in tags_of_articles(alt_engine, [article])[article]}

    assert second["same"] == first["same"]
    assert second["other"] > first["other"]


def test_a_new_extraction_removes_the_links_it_no_longer_gives_and_leaves_other_services_tags(
    alt_engine: Engine,
) -> None:
    article = corpus.add_article(alt_engine)
    feed = corpus.feed_of(alt_engine, article)
    write(alt_engine, corpus.tagged(article, feed, ("old", 0.7), ("kept", 0.7)))
    corpus.execute(
        alt_engine,
        "WITH t AS (INSERT INTO feed_tags (feed_id, tag_name, confidence, tag_type) "
        "VALUES (:feed, 'by hand', 1, 'manual') RETURNING id) INSERT INTO article_tags SELECT :article, id FROM t",
        feed=feed,
        article=article,
    )

    write(alt_engine, corpus.tagged(article, feed, ("kept", 0.7), ("new", 0.7)))

    assert set(corpus.links(alt_engine, article)) == {"kept", "new", "by hand"}
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM feed_tags WHERE tag_name = 'old'") == 1


def test_a_failed_try_keeps_the_tags_an_article_has(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    write(alt_engine, corpus.tagged(article, corpus.feed_of(alt_engine, article), ("kept", 0.7)))

    write(alt_engine, ArticleResult.failure(article, corpus.VERSION, "the model is gone"))

    assert corpus.links(alt_engine, article) == {"kept": 0.7}
    assert corpus.outcome(alt_engine, article).status == "failed"


def test_a_shared_feeds_tag_has_the_highest_confidence_whoever_wrote_last(alt_engine: Engine) -> None:
    feed = corpus.add_feed(alt_engine)
    sure, unsure = (corpus.add_article(alt_engine, feed=feed) for _ in range(2))
    write(alt_engine, corpus.tagged(sure, feed, ("port", 0.9)))
    write(alt_engine, corpus.tagged(unsure, feed, ("port", 0.3)))
    assert corpus.links(alt_engine, sure) == corpus.links(alt_engine, unsure) == {"port": 0.9}

    alone = corpus.add_article(alt_engine)
    own = corpus.feed_of(alt_engine, alone)
    write(alt_engine, corpus.tagged(alone, own, ("port", 0.9)))
    write(alt_engine, corpus.tagged(alone, own, ("port", 0.3)))
    assert corpus.links(alt_engine, alone) == {"port": 0.3}


@pytest.mark.parametrize("bad_at", [0, 7, 15])
def test_a_bad_article_never_rolls_back_its_neighbours(alt_engine: Engine, bad_at: int) -> None:
    corpus.execute(
        alt_engine,
        "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN IF NEW.tag_name = 'cursed' THEN RAISE 'no such tag here'; END IF; RETURN NEW; END $$",
    )
    corpus.execute(
        alt_engine,
        "CREATE TRIGGER refuse BEFORE INSERT ON feed_tags FOR EACH ROW EXECUTE FUNCTION refuse()",
    )
    try:
        articles = [corpus.add_article(alt_engine) for _ in range(16)]
        results = [
            corpus.tagged(article, corpus.feed_of(alt_engine, article), ("cursed" if at == bad_at else "fine", 0.7))
            for at, article in enumerate(articles)
        ]
        report = write(alt_engine, *results)
    finally:
        corpus.execute(alt_engine, "DROP TRIGGER refuse ON feed_tags")

    assert report.counts() == {"tagged": 15, "failed": 1}
    outcome = corpus.outcome(alt_engine, articles[bad_at])
    assert outcome.status == "failed"
    assert "no such tag here" in outcome.reason
    assert outcome.next_attempt_at is not None


def test_a_tag_of_two_thousand_characters_is_left_out_with_a_reason(alt_engine: Engine) -> None:
    from alt_pipelines.tagging.extraction.article import Extraction, Tag

    long = "".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(2000))  # does not compress: too long for the index
    article, neighbour = corpus.add_article(alt_engine), corpus.add_article(alt_engine)

    def extraction(article_id: str, *tags: str) -> Extraction:
        given = tuple(Tag(tag, 0.7) for tag in tags)
        return Extraction(article_id, "tagged", given, 0.7, "ja", "features", corpus.VERSION, 1.0, 2000)

    report = write(
        alt_engine,
        ArticleResult.of(extraction(article, long, "港湾"), corpus.feed_of(alt_engine, article)),
        ArticleResult.of(extraction(neighbour, long), corpus.feed_of(alt_engine, neighbour)),
    )

    assert report.counts() == {"tagged": 1, "empty": 1}
    assert corpus.links(alt_engine, article) == {"港湾": 0.7}
    assert "omitted" in corpus.outcome(alt_engine, neighbour).reason


def test_a_tag_too_long_for_an_index_row_fails_only_its_article(alt_engine: Engine) -> None:
    long = "".join(chr(0x4E00 + (i * 7919) % 20000) for i in range(2000))
    article, neighbour = corpus.add_article(alt_engine), corpus.add_article(alt_engine)

    write(
        alt_engine,
        corpus.tagged(article, corpus.feed_of(alt_engine, article), (long, 0.7)),
        corpus.tagged(neighbour, corpus.feed_of(alt_engine, neighbour), ("fine", 0.7)),
    )

    assert "index row" in corpus.outcome(alt_engine, article).reason
    assert corpus.links(alt_engine, neighbour) == {"fine": 0.7}


def test_nul_and_broken_surrogates_in_a_result_affect_no_other_article(alt_engine: Engine) -> None:
    articles = [corpus.add_article(alt_engine) for _ in range(3)]
    feeds = [corpus.feed_of(alt_engine, article) for article in articles]

    report = write(
        alt_engine,
        corpus.tagged(articles[0], feeds[0], ("a\0b", 0.7)),
        corpus.tagged(articles[1], feeds[1], ("\ud800", 0.7)),
        corpus.tagged(articles[2], feeds[2], ("fine", 0.7)),
    )

    assert report.counts() == {"tagged": 1, "failed": 2}
    assert corpus.links(alt_engine, articles[2]) == {"fine": 0.7}


def test_an_article_or_feed_deleted_while_tagged_does_not_fail_the_others(alt_engine: Engine) -> None:
    gone, orphan, fine = (corpus.add_article(alt_engine) for _ in range(3))
    results = [
        corpus.tagged(article, corpus.feed_of(alt_engine, article), ("x", 0.7)) for article in (gone, orphan, fine)
    ]
    corpus.execute(alt_engine, "DELETE FROM articles WHERE id = :id", id=gone)
    feed = corpus.feed_of(alt_engine, orphan)
    corpus.execute(alt_engine, "UPDATE articles SET feed_id = NULL WHERE id = :id", id=orphan)
    corpus.execute(alt_engine, "DELETE FROM feeds WHERE id = :id", id=feed)

    report = write(alt_engine, *results)

    assert report.deleted == [gone]
    assert {article: result.status for article, result in report.written.items()} == {orphan: "no_feed", fine: "tagged"}


def test_deleting_the_feed_waits_for_the_write_and_takes_its_tags_along(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    feed = corpus.feed_of(alt_engine, article)
    deleted = threading.Event()

    def delete() -> None:
        corpus.execute(alt_engine, "DELETE FROM feeds WHERE id = :id", id=feed)
        deleted.set()

    with alt_engine.begin() as connection:
        write_batch_in(connection, [corpus.tagged(article, feed, ("x", 0.7))], SETTINGS)
        thread = threading.Thread(target=delete)
        thread.start()
        assert not deleted.wait(0.5)
    thread.join(10)

    assert deleted.is_set()
    assert corpus.contents(alt_engine)["feed_tags"] == []
    with alt_engine.connect() as connection:
        assert sum(outcome_counts(connection)) == 0, "the outcome of an article that is gone counts nowhere"


def test_in_the_callers_transaction_nothing_is_kept_when_the_caller_gives_up(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    before = corpus.contents(alt_engine)
    with alt_engine.connect() as connection:
        write_batch_in(connection, [corpus.tagged(article, corpus.feed_of(alt_engine, article), ("x", 0.7))], SETTINGS)
        connection.rollback()
    assert corpus.contents(alt_engine) == before


def test_failures_wait_longer_each_time_and_end(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    waits = []
    for _ in range(SETTINGS.max_attempts + 1):
        write(alt_engine, ArticleResult.failure(article, corpus.VERSION, "again"))
        outcome = corpus.outcome(alt_engine, article)
        wait = outcome.next_attempt_at and (outcome.next_attempt_at - outcome.updated_at).total_seconds()
        waits.append(wait)
    assert waits == [60, 120, 240, 480, None, None]

    write(alt_engine, ArticleResult.failure(article, "test-2", "another version starts over"))
    assert corpus.outcome(alt_engine, article).attempts == 1


def test_an_article_without_a_feed_is_rechecked_with_growing_delays(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine, feed=None)
    waits = []
    for _ in range(7):
        write(alt_engine, ArticleResult.without_feed(article, corpus.VERSION))
        outcome = corpus.outcome(alt_engine, article)
        waits.append((outcome.next_attempt_at - outcome.updated_at).total_seconds() / 3600)
    assert waits == [1, 2, 4, 8, 16, 24, 24]


def test_a_refusal_that_is_about_no_article_is_raised_and_marks_none_as_failed(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    feed = corpus.feed_of(alt_engine, article)
    corpus.execute(alt_engine, "ALTER TABLE feed_tags RENAME TO feed_tags_away")
    try:
        with pytest.raises(ProgrammingError):
            write(alt_engine, corpus.tagged(article, feed, ("x", 0.7)))
    finally:
        corpus.execute(alt_engine, "ALTER TABLE feed_tags_away RENAME TO feed_tags")
    assert corpus.outcome(alt_engine, article) is None


def test_many_writers_of_the_same_articles_make_no_doubles_and_no_deadlock(alt_engine: Engine) -> None:
    feed = corpus.add_feed(alt_engine)
    articles = [corpus.add_article(alt_engine, feed=feed) for _ in range(30)]
    errors: list[Exception] = []

    def work(seed: int) -> None:
        order = articles[seed:] + articles[:seed]
        try:
            for start in range(0, 30, 10):
                batch = [
                    corpus.tagged(article, feed, *((f"tag {n}", (n + seed) / 20) for n in range(8)))
                    for article in order[start : start + 10]
                ]
                write(alt_engine, *batch)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert errors == []
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM alt_pipelines.article_tag_outcomes") == 30
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM feed_tags") == 8
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM article_tags") == 240


def test_tags_are_read_in_order_and_unknown_ids_are_absent(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    untagged = corpus.add_article(alt_engine)
    feed = corpus.feed_of(alt_engine, article)
    write(alt_engine, corpus.tagged(article, feed, ("b", 0.5), ("a", 0.5), ("港", 0.5), ("Z", 0.9)))

    given = [article.upper(), article, untagged, "no uuid", "", "00000000-0000-0000-0000-000000000000"]
    found = tags_of_articles(alt_engine, given)

    assert set(found) == {article, article.upper()}
    assert [tag.tag for tag in found[article]] == ["Z", "a", "b", "港"]
    assert all(tag.updated_at.utcoffset() is not None for tag in found[article])


def test_a_thousand_articles_are_read_in_one_quick_query(alt_engine: Engine) -> None:
    corpus.execute(
        alt_engine,
        """
        WITH f AS (INSERT INTO feeds (title, description, link, pub_date)
                   SELECT 't', 'd', 'link ' || n, now() FROM generate_series(1, 1000) n RETURNING id, link),
             a AS (INSERT INTO articles (title, content, url, feed_id, user_id)
                   SELECT 't', 'c', link, id, gen_random_uuid() FROM f RETURNING id, feed_id),
             t AS (INSERT INTO feed_tags (feed_id, tag_name, confidence)
                   SELECT feed_id, 'tag ' || n, random() FROM a, generate_series(1, 10) n RETURNING id, feed_id)
        INSERT INTO article_tags SELECT a.id, t.id FROM a JOIN t USING (feed_id)
        """,
    )
    ids = [row[0] for row in corpus.rows(alt_engine, "SELECT id::text FROM articles")]
    started = time.perf_counter()
    found = tags_of_articles(alt_engine, ids)
    assert time.perf_counter() - started < 10
    assert sum(len(tags) for tags in found.values()) == 10_000


def test_the_counts_add_up_in_every_state(alt_engine: Engine) -> None:
    articles = [corpus.add_article(alt_engine) for _ in range(6)]
    feeds = [corpus.feed_of(alt_engine, article) for article in articles]
    write(
        alt_engine,
        corpus.tagged(articles[0], feeds[0], ("x", 0.5)),
        corpus.tagged(articles[1], feeds[1]),
        ArticleResult(articles[2], feeds[2], "rejected", corpus.VERSION, reason="no text"),
        ArticleResult.without_feed(articles[3], corpus.VERSION),
        ArticleResult.failure(articles[4], corpus.VERSION, "x"),
    )
    with alt_engine.connect() as connection:
        counts = outcome_counts(connection)
        assert counts == (1, 1, 1, 1, 1, 1, 6)
        assert counts.adds_up
        retry = "UPDATE alt_pipelines.article_tag_outcomes SET next_attempt_at = now() WHERE status = 'failed'"
        connection.execute(text(retry))
        due = outcome_counts(connection, due=True)
        assert (due.pending, due.failed, due.tagged) == (2, 0, 1)
        assert due.adds_up
