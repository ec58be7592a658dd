"""Writing outcomes: each test is a way in which a batch was, or could be, lost."""

import threading

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.engine import Engine

from alt_pipelines.observability.store import read_metrics
from alt_pipelines.tagging.store import (
    ArticleResult,
    outcome_counts,
    write_batch_in,
)
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import DEFAULTS, write
from alt_pipelines_tests.support.waiting import LONG_SECONDS


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
    changed = "SELECT tag_name, updated_at FROM feed_tags"
    write(alt_engine, corpus.tagged(article, feed, ("same", 0.5), ("other", 0.5)))
    first = dict(corpus.rows(alt_engine, changed))

    write(alt_engine, corpus.tagged(article, feed, ("same", 0.5), ("other", 0.4)))
    second = dict(corpus.rows(alt_engine, changed))

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


def test_in_the_callers_transaction_nothing_is_kept_when_the_caller_gives_up(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    before = corpus.contents(alt_engine)
    with alt_engine.connect() as connection:
        write_batch_in(connection, [corpus.tagged(article, corpus.feed_of(alt_engine, article), ("x", 0.7))], DEFAULTS)
        connection.rollback()
    assert corpus.contents(alt_engine) == before


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
        thread.join(LONG_SECONDS)

    assert errors == []
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM alt_pipelines.article_tag_outcomes") == 30
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM feed_tags") == 8
    assert corpus.scalar(alt_engine, "SELECT count(*) FROM article_tags") == 240


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
