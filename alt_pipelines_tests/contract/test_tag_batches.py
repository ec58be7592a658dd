"""The JSON of a batch answer, for every way in which articles, feeds and tags can be linked."""

import json
import random
import uuid
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Engine

from alt_pipelines.database.alt_tables import article_tags, articles, feed_tags, feeds
from alt_pipelines_tests.support.stored_tags import tags_of_articles
from api.tags_store import TAGS_READ_PER_FEED, tags_as_json

CHANGED = datetime(2026, 11, 20, 8, 30)


class Rows:
    """Inserts feeds, their tags, articles and links."""

    def __init__(self, engine: Engine, seed: int = 0) -> None:
        self._engine = engine
        self.chance = random.Random(seed)

    def id(self) -> str:
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def feed(self, tags: int) -> list[str]:
        """Insert a feed with `tags` tags, in random order. Returns their ids."""
        feed_id, names = self.id(), [f'Tag {number} "of" \\ 半導体 \'{self.chance.random()}' for number in range(tags)]
        rows = [
            {
                "id": self.id(),
                "feed_id": feed_id,
                "tag_name": name,
                "confidence": self.chance.choice([0, 1, 0.5, self.chance.random()]),
                "updated_at": CHANGED + timedelta(microseconds=self.chance.choice([0, 120_000, 1, 86_399_999_999])),
            }
            for name in names
        ]
        with self._engine.begin() as connection:
            link = f"https://news.example/{feed_id}"
            connection.execute(
                insert(feeds).values(id=feed_id, title="t", description="d", link=link, pub_date=CHANGED)
            )
            connection.execute(insert(feed_tags), rows)
        return [str(row["id"]) for row in rows]

    def article(self, tag_ids: list[str]) -> str:
        """Insert an article with links to the tags."""
        article_id = self.id()
        with self._engine.begin() as connection:
            url = f"https://news.example/{article_id}"
            connection.execute(
                insert(articles).values(id=article_id, title="t", content="c", url=url, user_id=self.id())
            )
            if tag_ids:
                links = [{"article_id": article_id, "feed_tag_id": tag_id} for tag_id in tag_ids]
                connection.execute(insert(article_tags), links)
        return article_id


@pytest.fixture
def rows(alt_engine: Engine) -> Rows:
    return Rows(alt_engine)


def expected(engine: Engine, ids: list[str]) -> object:
    """Build the answer from rows."""
    return {
        article_id: [
            {
                "tag": row.tag,
                "confidence": row.confidence,
                "source": "ml_model",
                "updated_at": _trimmed(row.updated_at.replace(tzinfo=None)),
            }
            for row in tags
        ]
        for article_id, tags in tags_of_articles(engine, ids).items()
    }


def _trimmed(moment: datetime) -> str:
    text = moment.isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"


def assert_same(engine: Engine, ids: list[str]) -> None:
    answer = json.loads(tags_as_json(engine, ids))
    assert answer == {"success": True, "tags": expected(engine, ids)}


def test_an_article_has_exactly_its_own_tags_of_a_feed_that_several_articles_share(
    alt_engine: Engine, rows: Rows
) -> None:
    tags = rows.feed(12)
    ids = [rows.article(tags[:5]), rows.article(tags[3:9]), rows.article(tags), rows.article([])]
    assert_same(alt_engine, ids)


def test_tags_of_several_feeds_are_all_found(alt_engine: Engine, rows: Rows) -> None:
    ids = [rows.article(rows.feed(3)[:2] + rows.feed(4) + rows.feed(1)), rows.article(rows.feed(2))]
    assert_same(alt_engine, ids)


def test_no_tag_is_lost_when_a_feed_has_more_tags_than_are_read_at_once(alt_engine: Engine, rows: Rows) -> None:
    tags = rows.feed(5 * TAGS_READ_PER_FEED)
    ids = [rows.article(rows.chance.sample(tags, 10)) for _ in range(8)] + [rows.article(tags), rows.article(tags[-1:])]
    assert_same(alt_engine, ids)


def test_changes_by_other_services_are_in_the_next_answer(alt_engine: Engine, rows: Rows) -> None:
    tags = rows.feed(6)
    article_id = rows.article(tags[:4])
    assert_same(alt_engine, [article_id])
    with alt_engine.begin() as connection:
        connection.execute(feed_tags.update().where(feed_tags.c.id == tags[0]).values(confidence=0.123, tag_name="new"))
        connection.execute(feed_tags.delete().where(feed_tags.c.id == tags[1]))
        connection.execute(insert(article_tags).values(article_id=article_id, feed_tag_id=tags[5]))
    assert_same(alt_engine, [article_id])
    assert '"tag":"new","confidence":0.123' in tags_as_json(alt_engine, [article_id])


@pytest.mark.parametrize("seed", range(3))
def test_every_mixture_of_links_gives_the_answer_that_the_rows_give(alt_engine: Engine, seed: int) -> None:
    rows = Rows(alt_engine, seed)
    every_tag = [rows.feed(rows.chance.choice([1, 3, 10, 40])) for _ in range(12)]
    ids = []
    for _ in range(40):
        tags = rows.chance.choice(every_tag)
        if rows.chance.random() < 0.3:
            tags = tags + rows.chance.choice([other for other in every_tag if other is not tags])
        ids.append(rows.article(rows.chance.sample(tags, rows.chance.randint(0, min(len(tags), 12)))))
    assert_same(alt_engine, ids)


def test_every_spelling_of_an_id_is_answered_whether_its_tags_are_found_by_feed_or_one_by_one(
    alt_engine: Engine, rows: Rows
) -> None:
    together, apart = rows.article(rows.feed(3)), rows.article(rows.feed(2) + rows.feed(2))
    ids = [spell(article) for article in (together, apart) for spell in (str, str.upper, "{{{}}}".format)]
    assert_same(alt_engine, [*ids, "no id", rows.id().upper()])
    assert_same(alt_engine, [together.upper()])
    assert_same(alt_engine, [apart, apart.upper()])
