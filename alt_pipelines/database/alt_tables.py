"""The tables of alt-db: the platform's articles, feeds and tags, and our tables in the schema `alt_pipelines`.

The contract with the platform's other services fixes the columns and keys of its tables; `shapes` covers the
differences between platform versions. `migrations/alt` creates our tables. Without a platform, `platform_tables`
creates the platform's. A test compares these definitions with the created tables. Our tables have no foreign keys to
the platform's, because a foreign key would add triggers to its tables and interfere with its migrations.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, UUID

metadata = MetaData()

SCHEMA = "alt_pipelines"
"""The Postgres schema of our tables, in both databases."""

_NEW_ID = text("gen_random_uuid()")


def _uuid() -> UUID[str]:
    return UUID(as_uuid=False)


feeds = Table(
    "feeds",
    metadata,
    Column("id", _uuid(), primary_key=True, server_default=_NEW_ID),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("link", Text, nullable=False, unique=True),
    Column("pub_date", DateTime, nullable=False),
    Column("created_at", DateTime, nullable=False, server_default=func.now()),
    Column("updated_at", DateTime, nullable=False, server_default=func.now()),
)

articles = Table(
    "articles",
    metadata,
    Column("id", _uuid(), primary_key=True, server_default=_NEW_ID),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("url", Text, nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False, server_default=func.now()),
    Column("feed_id", _uuid(), ForeignKey("feeds.id", ondelete="CASCADE")),
    Column("user_id", _uuid(), nullable=False),
    Column("deleted_at", DateTime(timezone=True)),
    Column("published_at", DateTime(timezone=True)),
    Column("language", Text),
)
Index("idx_articles_created_at_id", articles.c.created_at.desc(), articles.c.id.desc())
Index("idx_articles_feed_id", articles.c.feed_id)
Index("idx_articles_user_id", articles.c.user_id)

feed_tags = Table(
    "feed_tags",
    metadata,
    Column("id", _uuid(), primary_key=True, server_default=_NEW_ID),
    Column("feed_id", _uuid(), ForeignKey("feeds.id", ondelete="CASCADE"), nullable=False),
    Column("tag_name", Text, nullable=False),
    Column("confidence", Double, nullable=False, server_default=text("0")),
    Column("created_at", DateTime, nullable=False, server_default=func.now()),
    Column("updated_at", DateTime, nullable=False, server_default=func.now()),
    Column("tag_type", String(50), server_default=text("'auto'")),
    UniqueConstraint("feed_id", "tag_name", name="feed_tags_feed_id_tag_name_key"),
)
Index("idx_feed_tags_feed_id", feed_tags.c.feed_id)
Index("idx_feed_tags_tag_name", feed_tags.c.tag_name)
Index("idx_feed_tags_confidence", feed_tags.c.confidence.desc())
Index("idx_feed_tags_created_at", feed_tags.c.created_at)

article_tags = Table(
    "article_tags",
    metadata,
    Column("article_id", _uuid(), ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("feed_tag_id", _uuid(), ForeignKey("feed_tags.id", ondelete="CASCADE"), primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

OUTCOME_STATUSES = ("tagged", "empty", "rejected", "no_feed", "failed")

# Ours. An article without a row here and without automatic tags of an earlier service is pending. Maintenance removes
# the rows of deleted articles; until then no count includes them.
article_tag_outcomes = Table(
    "article_tag_outcomes",
    metadata,
    Column("article_id", _uuid(), primary_key=True),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("attempts", Integer, nullable=False, server_default=text("1")),
    Column("extractor_version", Text, nullable=False),
    Column("backend", Text),
    Column("language", Text),
    Column("confidence", Double),
    Column("tag_count", Integer, nullable=False, server_default=text("0")),
    Column("inference_ms", Double),
    Column("sanitized_length", Integer),
    Column("cascade", JSONB),
    Column("content_digest", Text),
    Column("vocabulary", Text),
    Column("next_attempt_at", DateTime(timezone=True)),
    Column("retag_requested_at", DateTime(timezone=True)),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    CheckConstraint(
        "status IN ('tagged', 'empty', 'rejected', 'no_feed', 'failed')", name="article_tag_outcomes_status_check"
    ),
    schema=SCHEMA,
)
Index(
    "idx_article_tag_outcomes_next_attempt",
    article_tag_outcomes.c.next_attempt_at,
    postgresql_where=article_tag_outcomes.c.next_attempt_at.is_not(None),
)
Index(
    "idx_article_tag_outcomes_retag",
    article_tag_outcomes.c.retag_requested_at,
    postgresql_where=article_tag_outcomes.c.retag_requested_at.is_not(None),
)
Index(
    "idx_article_tag_outcomes_final",
    article_tag_outcomes.c.article_id,
    postgresql_where=article_tag_outcomes.c.content_digest.is_not(None),
)

# Ours. The articles being tagged now. A row past `claimed_until` belongs to a process that died while tagging it;
# `attempts` counts these. No foreign key: a claim must not lock rows of the platform.
article_tag_claims = Table(
    "article_tag_claims",
    metadata,
    Column("article_id", _uuid(), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("1")),
    Column("claimed_until", DateTime(timezone=True), nullable=False),
    schema=SCHEMA,
)

# Ours. Counters and histograms of the work, summed over all processes; see observability/metrics.py.
pipeline_metrics = Table(
    "pipeline_metrics",
    metadata,
    Column("name", Text, primary_key=True),
    Column("labels", Text, primary_key=True),
    Column("value", Double, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    schema=SCHEMA,
)

# Ours. Lines that sites repeat, as the `text.boilerplate.removal.line_key` of each; see sites.
site_lines = Table(
    "site_lines",
    metadata,
    Column("site", Text, primary_key=True),
    Column("line_key", BigInteger, primary_key=True),
    Column("stories", Integer, nullable=False),
    Column("learned_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    schema=SCHEMA,
)
Index("idx_site_lines_learned_at", site_lines.c.learned_at)

# Ours. The commonest form of each name that a site's articles are tagged with; see sites.
site_names = Table(
    "site_names",
    metadata,
    Column("site", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("learned_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    schema=SCHEMA,
)
Index("idx_site_names_learned_at", site_names.c.learned_at)

# Ours. How often words are in articles and titles, one row per version; see vocabulary.
vocabularies = Table(
    "vocabularies",
    metadata,
    Column("version", Text, primary_key=True),
    Column("language", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("words", Integer, nullable=False),
    Column("counts", JSON, nullable=False),
    Column("built_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    schema=SCHEMA,
)
Index("idx_vocabularies_newest", vocabularies.c.language, vocabularies.c.built_at.desc())

# Ours. What all processes of an installation share by a name; `installation_facts.py` reads and writes it.
installation_facts = Table(
    "installation_facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("updated_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    schema=SCHEMA,
)
