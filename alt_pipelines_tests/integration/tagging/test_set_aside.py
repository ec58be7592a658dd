"""Articles that take long among others are tagged alone, later: the run keeps none of their texts until then."""

import gc
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.engine import Engine

from alt_pipelines.platform import Platform
from alt_pipelines.settings import TaggingSettings
from alt_pipelines.tagging.extraction.article import Extraction, RawArticle
from alt_pipelines.tagging.extraction.cascade import Load
from alt_pipelines.tagging.store.selection import PendingArticle
from alt_pipelines_tests.integration.tagging import corpus
from alt_pipelines_tests.integration.tagging.runs import WordListOnly, counts, run

PAGE = 5
PAGES = 12
SETTINGS = TaggingSettings(batch_limit=PAGE)


class Slow(WordListOnly):
    """Sets all articles of a group but the first `done` aside, and counts the articles with a text in memory."""

    model_id = "slow"

    def __init__(self, platform: Platform, done: int = 0, meanwhile: Callable[[], None] = lambda: None) -> None:
        self._extractor = platform.tag_extractor
        self._done = done
        self._meanwhile = meanwhile
        self.most_held = 0
        self.alone: list[str] = []

    def extract(self, articles: Sequence[RawArticle], load: Load | None = None) -> Sequence[Extraction | None]:
        held = sum(type(one) is PendingArticle and bool(one.content) for one in gc.get_objects())
        self.most_held = max(self.most_held, held)
        if len(articles) > 1:
            self._meanwhile()
            done = self._extractor.extract(articles[: self._done]) if self._done else []
            return [*done, *[None] * (len(articles) - len(done))]
        self.alone += [article.id for article in articles]
        return self._extractor.extract(articles, load)


@pytest.mark.parametrize(("only_pending", "done"), [(True, 0), (True, 1), (False, 1)])
def test_a_run_holds_the_texts_of_a_few_pages_however_many_articles_it_sets_aside(
    alt_engine: Engine, platform: Platform, only_pending: bool, done: int
) -> None:
    feed = corpus.add_feed(alt_engine)
    ids = {corpus.add_article(alt_engine, feed=feed) for _ in range(PAGE * PAGES)}
    slow = Slow(platform, done)
    run(platform, slow, settings=SETTINGS, only_pending=only_pending)
    assert slow.most_held <= 4 * PAGE + 1, "pages in work, read ahead, written and of fresh ones, and one article alone"
    assert len(set(slow.alone)) >= PAGES * (PAGE - done)
    assert counts(alt_engine).tagged == len(ids)


def test_an_article_that_changed_or_went_while_it_was_set_aside_is_tagged_as_it_is_now(
    alt_engine: Engine, platform: Platform
) -> None:
    feed = corpus.add_feed(alt_engine)
    kept, changed, deleted = (corpus.add_article(alt_engine, feed=feed) for _ in range(3))

    def edit() -> None:
        text = "Astronomers saw a comet with the naked eye. The comet passes the sun again in a thousand years."
        corpus.execute(
            alt_engine, "UPDATE articles SET title = 'Comet', content = :text WHERE id = :id", text=text, id=changed
        )
        corpus.execute(alt_engine, "DELETE FROM articles WHERE id = :id", id=deleted)

    run(platform, Slow(platform, meanwhile=edit), settings=SETTINGS)
    assert any("comet" in tag.lower() for tag in corpus.links(alt_engine, changed))
    assert corpus.outcome(alt_engine, kept).status == "tagged"
    assert corpus.outcome(alt_engine, deleted) is None
