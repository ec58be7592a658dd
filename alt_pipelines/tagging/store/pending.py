"""Which articles are pending, in one place: the conditions that probes, pages, counts and the adoption share.

An article is pending when it has no outcome, unless an earlier service has tagged it: an article with links to
automatic tags and without an outcome is adopted as tagged (`adoption`), and until it is, it counts as tagged. Every
condition is about an article `a` (or the alias given) and its outcome `o`.
"""

from alt_pipelines.database.shapes import Shape


def has_automatic_tags(article: str = "a") -> str:
    """The article is linked to tags that a tagger gave it."""
    return f"""EXISTS (SELECT FROM article_tags l JOIN feed_tags t ON t.id = l.feed_tag_id
                  WHERE l.article_id = {article}.id AND coalesce(t.tag_type, 'auto') = 'auto')"""


def untried(shape: Shape, article: str = "a") -> str:
    """The article has neither an outcome nor tags of an earlier service, nor was it deleted."""
    deleted = f"AND {article}.deleted_at IS NULL" if shape.deleted_at else ""
    return f"""NOT EXISTS (SELECT FROM alt_pipelines.article_tag_outcomes o WHERE o.article_id = {article}.id)
    AND NOT {has_automatic_tags(article)} {deleted}"""


def unclaimed(article: str = "a") -> str:
    """No run has the article, and none has died at it: `probes.expired_claims` finds those."""
    return f"NOT EXISTS (SELECT FROM alt_pipelines.article_tag_claims c WHERE c.article_id = {article}.id)"
