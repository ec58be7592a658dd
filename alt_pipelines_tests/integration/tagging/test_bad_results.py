"""Writing results that Postgres refuses, or whose article is gone: the rest of the batch is stored."""

import threading

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.exc import ProgrammingError

from alt_pipelines.tagging.extraction.article import reason_of
from alt_pipelines.tagging.store import (
    ArticleResult,
    outcome_counts,
    write_batch_in,
)
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import DEFAULTS, write
from alt_pipelines_tests.support.waiting import LONG_SECONDS


def test_a_failed_try_keeps_the_tags_an_article_has(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    write(alt_engine, corpus.tagged(article, corpus.feed_of(alt_engine, article), ("kept", 0.7)))

    write(alt_engine, ArticleResult.failure(article, corpus.VERSION, "the model is gone"))

    assert corpus.links(alt_engine, article) == {"kept": 0.7}
    assert corpus.outcome(alt_engine, article).status == "failed"


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
        write_batch_in(connection, [corpus.tagged(article, feed, ("x", 0.7))], DEFAULTS)
        thread = threading.Thread(target=delete)
        thread.start()
        assert not deleted.wait(0.5)
    thread.join(LONG_SECONDS)

    assert deleted.is_set()
    assert corpus.contents(alt_engine)["feed_tags"] == []
    with alt_engine.connect() as connection:
        assert sum(outcome_counts(connection)) == 0, "the outcome of an article that is gone counts nowhere"


def test_failures_wait_longer_each_time_and_end(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    waits = []
    for _ in range(DEFAULTS.max_attempts + 1):
        write(alt_engine, ArticleResult.failure(article, corpus.VERSION, "again"))
        outcome = corpus.outcome(alt_engine, article)
        wait = outcome.next_attempt_at and (outcome.next_attempt_at - outcome.updated_at).total_seconds()
        waits.append(wait)
    assert waits == [60, 120, 240, 480, None, None]

    write(alt_engine, ArticleResult.failure(article, "test-2", "another version starts over"))
    assert corpus.outcome(alt_engine, article).attempts == 1


def test_an_article_that_needs_a_missing_module_is_tried_until_the_module_is_there(alt_engine: Engine) -> None:
    article = corpus.add_article(alt_engine)
    waits = []
    for _ in range(9):
        reason = reason_of(ModuleNotFoundError("No module named 'words'", name="words"))
        write(alt_engine, ArticleResult.failure(article, corpus.VERSION, reason))
        outcome = corpus.outcome(alt_engine, article)
        waits.append((outcome.next_attempt_at - outcome.updated_at).total_seconds() / 60)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


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
