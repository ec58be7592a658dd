"""SQL of the demo: insert articles as the platform's feed reader would, and read their outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.engine import Engine

from alt_pipelines.database import ownership
from alt_pipelines.database.alt_tables import article_tag_outcomes as outcomes
from alt_pipelines.database.alt_tables import article_tags, articles, feed_tags, feeds
from alt_pipelines.database.recap_tables import learning_results, tag_label_graph
from alt_pipelines.database.server import has_table
from alt_pipelines.demo.corpus import LoadedArticle
from alt_pipelines.text.normal import storable

_USER = "00000000-0000-0000-0000-000000000001"
_CHUNK = 500
_OPENING = 100  # characters of an article without a title that are used as its title


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """A loaded article with its outcome. `tags` are (tag, confidence), best first; `status` is None while pending."""

    id: str
    url: str
    title: str
    status: str | None
    language: str | None
    inference_ms: float | None
    tags: tuple[tuple[str, float], ...]


class PlatformDatabaseError(RuntimeError):
    """The alt-db belongs to a platform, whose articles only its own services may write."""


def refuse_platform(engine: Engine) -> None:
    """Do nothing if this program created alt-db's tables of articles, or if there are none.

    Raises:
        PlatformDatabaseError: a platform may have created them.
    """
    with engine.connect() as connection:
        if has_table(connection, "articles") and not ownership.is_ours(connection):
            raise PlatformDatabaseError(
                f"{engine.url.render_as_string()} may belong to a platform, whose own services write its articles and "
                "feeds: its tables were not created by `alt-pipelines db upgrade --without-platform` of this version. "
                "Loading articles works only in installations without a platform. If this is one, run: "
                f'alt-pipelines db sql alt "{" ".join(ownership.RECORD.split())}"'
            )


def has_articles(engine: Engine) -> bool:
    """Whether alt-db holds any article."""
    with engine.connect() as connection:
        return connection.execute(select(articles.c.id).limit(1)).first() is not None


def insert_articles(engine: Engine, loaded: Sequence[LoadedArticle], arrivals: Sequence[datetime]) -> int:
    """Insert articles and their feed rows; existing URLs are left unchanged. Return the number of new articles."""
    new = 0
    for start in range(0, len(loaded), _CHUNK):
        rows = list(zip(loaded[start : start + _CHUNK], arrivals[start : start + _CHUNK], strict=True))
        with engine.begin() as connection:
            connection.execute(
                insert(feeds).on_conflict_do_nothing(index_elements=[feeds.c.link]),
                [
                    {
                        "title": storable(article.title) or article.url,
                        "description": storable(article.content[:200]),
                        "link": storable(article.url),
                        "pub_date": article.published or arrival,
                    }
                    for article, arrival in rows
                ],
            )
            links = [storable(article.url) for article, _ in rows]
            feed_ids = dict(
                connection.execute(select(feeds.c.link, feeds.c.id).where(feeds.c.link.in_(links))).tuples().all()
            )
            added = connection.execute(
                insert(articles).on_conflict_do_nothing(index_elements=[articles.c.url]).returning(articles.c.id),
                [
                    {
                        "title": storable(article.title),
                        "content": storable(article.content),
                        "url": storable(article.url),
                        "created_at": arrival,
                        "feed_id": feed_ids[storable(article.url)],
                        "user_id": _USER,
                    }
                    for article, arrival in rows
                ],
            )
            new += len(added.all())
    return new


def arrivals_of(loaded: Sequence[LoadedArticle], spread: timedelta | None) -> list[datetime]:
    """Return arrival times: now or, with `spread`, even times over that period in order of publication, newest now."""
    now = datetime.now(UTC).replace(tzinfo=None)
    if spread is None:
        return [now] * len(loaded)
    order = sorted(range(len(loaded)), key=lambda index: str(loaded[index].published or now))
    step = spread / max(1, len(loaded) - 1)
    arrivals = [now] * len(loaded)
    for rank, index in enumerate(reversed(order)):
        arrivals[index] = now - rank * step
    return arrivals


def outcome_counts(engine: Engine, urls: Sequence[str]) -> Mapping[str, int]:
    """Count the articles with these URLs by outcome; articles without an outcome count as `pending`."""
    status = func.coalesce(outcomes.c.status, "pending")
    query = (
        select(status, func.count())
        .select_from(articles.outerjoin(outcomes, outcomes.c.article_id == articles.c.id))
        .where(articles.c.url == func.any(list(map(storable, urls))))
        .group_by(status)
    )
    with engine.connect() as connection:
        return dict(connection.execute(query).tuples().all())


def first_tagged(engine: Engine, urls: Sequence[str]) -> TaggedArticle | None:
    """Return one of the articles with these URLs that has tags, None while none has."""
    query = (
        select(articles.c.url)
        .join(outcomes, outcomes.c.article_id == articles.c.id)
        .where(articles.c.url == func.any(list(map(storable, urls))), outcomes.c.status == "tagged")
        .order_by(outcomes.c.updated_at)
        .limit(1)
    )
    with engine.connect() as connection:
        url = connection.execute(query).scalar()
    return None if url is None else tagged_articles(engine, [url]).get(url)


def tagged_articles(engine: Engine, urls: Sequence[str]) -> dict[str, TaggedArticle]:
    """Read the articles with these URLs and their tags, by URL."""
    found: dict[str, TaggedArticle] = {}
    wanted = list(map(storable, urls))
    with engine.connect() as connection:
        tags: dict[str, list[tuple[str, float]]] = {}
        for article_id, tag, confidence in connection.execute(
            select(article_tags.c.article_id, feed_tags.c.tag_name, feed_tags.c.confidence)
            .join(feed_tags, feed_tags.c.id == article_tags.c.feed_tag_id)
            .join(articles, articles.c.id == article_tags.c.article_id)
            .where(articles.c.url == func.any(wanted))
            .order_by(feed_tags.c.confidence.desc(), feed_tags.c.tag_name)
        ):
            tags.setdefault(article_id, []).append((tag, confidence))
        for row in connection.execute(
            select(
                articles.c.id,
                articles.c.url,
                func.coalesce(func.nullif(articles.c.title, ""), func.left(articles.c.content, _OPENING)).label(
                    "title"
                ),
                outcomes.c.status,
                outcomes.c.language,
                outcomes.c.inference_ms,
            )
            .select_from(articles.outerjoin(outcomes, outcomes.c.article_id == articles.c.id))
            .where(articles.c.url == func.any(wanted))
        ):
            found[row.url] = TaggedArticle(*row._tuple(), tags=tuple(tags.get(row.id, ())))
    return found


def insert_learning_rows(engine: Engine, rows: Sequence[Mapping[str, object]]) -> None:
    """Upsert learning rows (see `learning_rows`), as the recap worker does after refining a genre."""
    with engine.begin() as connection:
        for start in range(0, len(rows), _CHUNK):
            statement = insert(learning_results)
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[learning_results.c.job_id, learning_results.c.article_id],
                    set_={
                        "tag_profile": statement.excluded.tag_profile,
                        "refine_decision": statement.excluded.refine_decision,
                        "updated_at": func.now(),
                    },
                ),
                list(rows[start : start + _CHUNK]),
            )


def strongest_edges(engine: Engine, window: str, per_genre: int) -> dict[str, list[tuple[str, float, int]]]:
    """Read up to `per_genre` edges of each genre, best supported first, as (tag, weight, observations)."""
    query = select(
        tag_label_graph.c.genre, tag_label_graph.c.tag, tag_label_graph.c.weight, tag_label_graph.c.sample_size
    ).where(tag_label_graph.c.window_label == window)
    ordered = query.order_by(tag_label_graph.c.sample_size.desc(), tag_label_graph.c.weight.desc())
    found: dict[str, list[tuple[str, float, int]]] = {}
    with engine.connect() as connection:
        for genre, tag, weight, size in connection.execute(ordered):
            edges = found.setdefault(genre, [])
            if len(edges) < per_genre:
                edges.append((tag, weight, size))
    return found
